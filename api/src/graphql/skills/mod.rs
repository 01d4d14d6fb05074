//! The vocabulary of skills.

mod inputs;
mod lists;
mod loaders;
mod mutations;
mod queries;
mod types;

pub(crate) use inputs::level;
pub(crate) use mutations::SkillMutations;
pub(crate) use queries::SkillQueries;
pub(crate) use types::Skill;
