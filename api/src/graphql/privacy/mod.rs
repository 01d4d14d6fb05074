//! What is kept of people: what it is for, what erasing somebody would do, and doing it.

mod inputs;
mod mutations;
mod queries;
mod types;

pub(crate) use mutations::PrivacyMutations;
pub(crate) use queries::PrivacyQueries;
