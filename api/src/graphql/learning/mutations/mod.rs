//! What can be done to enrollments.

mod ending;
mod enrolling;
mod progress;
mod results;
mod terms;
mod time;

use async_graphql::MergedObject;

/// Mutations of learning.
#[derive(MergedObject, Default)]
pub(crate) struct LearningMutations(
    enrolling::EnrollingMutations,
    progress::ProgressMutations,
    results::ResultMutations,
    ending::EndingMutations,
    terms::TermsMutations,
    time::LearningTimeMutations,
);
