//! Programs of the employer's that ask and do things here: service accounts.

mod inputs;
mod lists;
mod loaders;
mod mutations;
mod queries;
mod types;

pub(crate) use mutations::IntegrationMutations;
pub(crate) use queries::{IntegrationQueries, IntegrationViewer};
pub(crate) use types::ServiceAccount;
