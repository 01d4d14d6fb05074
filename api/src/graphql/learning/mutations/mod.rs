//! What can be done to enrollments.

mod completions;
mod ending;
mod enrolling;
mod follow_ups;
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
    completions::CompletionMutations,
    follow_ups::FollowUpMutations,
    terms::TermsMutations,
    time::LearningTimeMutations,
);
