//! Keyset pages: a place in an order is a sort key and an id, so a page costs the same however deep it lies.
//!
//! Reads of lists take several lists at once, each said by its filter, and answer with the same page of each: the reports
//! of twenty people take one statement, not twenty.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The value of the column a list is ordered by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Key {
    /// A text, compared byte by byte.
    Text(String),
    /// A number.
    Number(i64),
    /// An instant.
    Instant(DateTime<Utc>),
    /// A day.
    Day(NaiveDate),
}

/// Where a row stands in an order: its sort key, and its id to tell equals apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Position {
    /// The sort key.
    pub key: Key,
    /// The row's id.
    pub id: Uuid,
}

/// Which way a list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Direction {
    /// Smallest first.
    #[default]
    Ascending,
    /// Largest first.
    Descending,
}

impl Direction {
    /// The other way.
    pub fn reversed(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }
}

/// One page of a list, as asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PageRequest {
    /// How many rows at most.
    pub size: u32,
    /// Rows strictly beyond this place only.
    pub beyond: Option<Position>,
    /// Read towards the start of the list (`last`/`before`) instead of towards its end.
    pub backward: bool,
}

impl PageRequest {
    /// The first `size` rows.
    pub fn first(size: u32) -> Self {
        Self { size, beyond: None, backward: false }
    }
}

/// A row with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<T> {
    /// The row.
    pub row: T,
    /// Where it stands in the order of the list.
    pub position: Position,
}

/// One page of a list, as read: always in the order of the list, whichever way it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<Placed<T>>,
    /// Whether there are rows beyond the page, in the direction it was read.
    pub more: bool,
}

impl<T> Page<T> {
    /// A page without rows.
    pub fn empty() -> Self {
        Self { rows: Vec::new(), more: false }
    }

    /// The same page with its rows turned into something else.
    pub fn map<U>(self, mut into: impl FnMut(T) -> U) -> Page<U> {
        let rows =
            self.rows.into_iter().map(|placed| Placed { row: into(placed.row), position: placed.position });
        Page { rows: rows.collect(), more: self.more }
    }
}

/// A to-one neighbor that a read may bring along in the same statement.
///
/// The difference between "not asked for" and "there is none" decides whether somebody has to look it up later.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Joined<T> {
    /// The read was not asked to bring it.
    #[default]
    Unasked,
    /// There is none, or none that the actor may see.
    Absent,
    /// Here it is. A row of which nothing was asked does not carry the room for it.
    Present(Box<T>),
}

impl<T> Joined<T> {
    /// What was brought, when it was asked for.
    pub fn asked(found: Option<T>) -> Self {
        found.map_or(Self::Absent, |found| Self::Present(Box::new(found)))
    }
}
