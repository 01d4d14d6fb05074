//! Enrollments, and the time they take.

mod follow_ups;
mod inputs;
mod lists;
mod loaders;
mod mutations;
mod people;
mod queries;
mod results;
mod terms;
mod times;
mod types;

pub(crate) use follow_ups::FollowUp;
pub(crate) use mutations::LearningMutations;
pub(crate) use people::{EmployeeLearning, SkillRecordLearning};
pub(crate) use queries::{LearningQueries, LearningViewer};
pub(crate) use results::{Assessment, Evidence};
pub(crate) use times::LearningTime;
pub(crate) use types::Enrollment;
