//! What can be done to enrollments.

mod enrolling;
mod progress;
mod time;

use async_graphql::MergedObject;

/// Mutations of learning.
#[derive(MergedObject, Default)]
pub(crate) struct LearningMutations(
    enrolling::EnrollingMutations,
    progress::ProgressMutations,
    time::LearningTimeMutations,
);
