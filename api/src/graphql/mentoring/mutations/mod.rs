//! What can be done in mentoring.

mod goals;
mod guiding;
mod mentors;
mod pairings;
mod sessions;

use async_graphql::MergedObject;

/// Mutations of mentoring.
#[derive(MergedObject, Default)]
pub(crate) struct MentoringMutations(
    mentors::MentorMutations,
    pairings::PairingMutations,
    guiding::GuidingMutations,
    sessions::SessionMutations,
    goals::GoalMutations,
);
