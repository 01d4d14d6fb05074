//! Providers, courses, their prices and their import.

mod closing;
mod inputs;
mod lists;
mod loaders;
mod mutations;
mod queries;
mod types;

pub(crate) use closing::ProfileGapCatalog;
pub(crate) use inputs::ProviderKind;
pub(crate) use mutations::CatalogMutations;
pub(crate) use queries::CatalogQueries;
pub(crate) use types::{Course, Provider};
