//! What can be done to the vocabulary of skills, to jobs, and to what is known of people's levels.

mod profiles;
mod raising;
mod stating;
mod vocabulary;

pub use profiles::{AssignJobProfiles, ChangeJobProfile, CreateJobProfile, JobAssignmentResult};
pub(crate) use raising::ShownSkills;
pub use stating::{AssessSkill, StateSkill};
pub use vocabulary::{CreateSkill, CreateSkillRefusal};

use crate::app::Core;

/// The use cases of skills.
#[derive(Clone, Copy)]
pub struct Skills<'a> {
    pub(super) core: &'a Core,
}

impl<'a> Skills<'a> {
    pub(crate) fn new(core: &'a Core) -> Self {
        Self { core }
    }
}
