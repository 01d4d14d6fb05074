//! The vocabulary of skills, who masters them, and which jobs ask for them.

mod inputs;
mod lists;
mod loaders;
mod mutations;
mod people;
mod profiles;
mod queries;
mod records;
mod types;

pub(crate) use inputs::level;
pub(crate) use mutations::SkillMutations;
pub(crate) use people::EmployeeSkills;
pub(crate) use profiles::JobProfile;
pub(crate) use queries::SkillQueries;
pub(crate) use records::SkillRecord;
pub(crate) use types::Skill;
