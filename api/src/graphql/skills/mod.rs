//! The vocabulary of skills, and who masters them.

mod inputs;
mod lists;
mod loaders;
mod mutations;
mod people;
mod queries;
mod records;
mod types;

pub(crate) use inputs::level;
pub(crate) use mutations::SkillMutations;
pub(crate) use people::EmployeeSkills;
pub(crate) use queries::SkillQueries;
pub(crate) use records::SkillRecord;
pub(crate) use types::Skill;
