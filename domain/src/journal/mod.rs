//! The journal: every state change, once, in the transaction that made it.
//!
//! An entry is audit trail and outbox message at once. Commands insert entries without looking at each other, so they
//! never queue for a counter; a moment later the worker *seals* them: each entry gets the next position of its
//! employer, without gaps, and a hash over its content and the hash before it. Readers follow positions only, so an
//! entry that commits late is never missed. After sealing nothing of an entry ever changes, and
//! [`Seal`] proves it.
//!
//! This module knows the envelope only; what happened is declared by each capability in its `event.rs`.
//!
//! [`Claim`] stands here too: the record that a request with this idempotency key has been carried out is part of
//! what happened.

mod claim;
mod commands;
mod entry;
mod interest;
mod ports;
mod queries;
mod seal;

pub use claim::{Claim, ClaimOutcome, IdempotencyKey, IdempotencyKeyError, Reused, fingerprint};
pub use commands::{Journal, Sealed};
pub use entry::{ActorKind, Entry, Event, Subject};
pub use interest::{Interest, Occasion};
pub use ports::{JournalFilter, JournalReads, JournalWrites, SealedEntry, Tail};
pub use queries::ChainBreak;
pub use seal::{GENESIS, Hash, Seal};
