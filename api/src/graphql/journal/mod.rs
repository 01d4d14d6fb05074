//! The journal, for those who audit.

mod inputs;
mod lists;
mod loaders;
mod queries;
mod subscriptions;
mod types;

pub(crate) use queries::JournalQueries;
pub(crate) use subscriptions::{JournalSubscriptions, JournalViewer};
pub(crate) use types::JournalEntry;
