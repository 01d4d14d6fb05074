//! Enrollments, and the time they take.

mod inputs;
mod lists;
mod loaders;
mod mutations;
mod people;
mod queries;
mod times;
mod types;

pub(crate) use mutations::LearningMutations;
pub(crate) use people::EmployeeLearning;
pub(crate) use queries::{LearningQueries, LearningViewer};
pub(crate) use times::LearningTime;
pub(crate) use types::Enrollment;
