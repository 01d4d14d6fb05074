//! Upskilling programs and who takes part in them.

mod inputs;
mod lists;
mod loaders;
mod mutations;
mod queries;
mod types;

pub(crate) use mutations::ProgramMutations;
pub(crate) use queries::{ProgramQueries, ProgramViewer};
pub(crate) use types::{Participant, Program};
