//! What can be done to programs.

mod participants;
mod programs;

use async_graphql::MergedObject;

/// Mutations of programs.
#[derive(MergedObject, Default)]
pub(crate) struct ProgramMutations(programs::DefinitionMutations, participants::ParticipationMutations);
