//! Time and ids are arguments of every rule; these two ports are the only place where they come from.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The current instant.
///
/// Implementations truncate to microseconds: PostgreSQL keeps no more, so a finer instant would differ from itself
/// after a round trip.
pub trait Clock: Send + Sync {
    /// The current instant in UTC, in whole microseconds.
    fn now(&self) -> DateTime<Utc>;
}

/// A source of UUIDv7 values, which sort by the time of their making on both databases.
pub trait Ids: Send + Sync {
    /// A fresh UUIDv7.
    fn next(&self) -> Uuid;
}
