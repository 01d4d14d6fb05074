//! The schema: one module per capability, each of the same files.
//!
//! * `types.rs`: the objects; a field is a value of a read row, a neighbor that came joined, or a loader's answer
//! * `inputs.rs`: filters, orders and mutation inputs, and how they become the domain's
//! * `queries.rs`, `mutations.rs`, `subscriptions.rs`: resolvers: decode, one use case, encode
//! * `loaders.rs`: neighbors that were not joined, by id, in batches
//! * `lists.rs`: how lists are read, those that a request asks for side by side together
//!
//! What all of them share stands beside them: errors, ids, scalars, pages, refusals, and the mark of what tells of people.
//!
//! Every root field is nullable, and a nullable field returns `Isolated` (see `error.rs`): one tile of a dashboard that
//! is forbidden leaves the others standing, and a mutation that fails hides no answer of those before it.
//!
//! Fields that have to ask somebody (loaders, connections, root fields) wait in a box of their own: async-graphql makes
//! room for the dearest field of a type whenever it resolves any of them, and most are there already.

mod batches;
mod catalog;
mod context;
mod edges;
mod error;
mod filter;
mod funding;
mod id;
mod integration;
mod journal;
mod key;
mod learning;
mod live;
mod loader;
mod look_ahead;
mod mentoring;
mod node;
mod organization;
mod page;
mod personal;
mod plain;
mod privacy;
mod programs;
mod refusal;
mod reports;
mod roi;
mod scalars;
mod schema;
mod skills;
mod viewer;

pub(crate) use batches::Batches;
pub use context::Session;
pub(crate) use error::ApiError;
pub(crate) use funding::decision_code;
pub(crate) use live::Opening;
pub use schema::{Schema, build, lists, sdl};
