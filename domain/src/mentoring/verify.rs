//! Checking that places hold (M1).

use crate::kernel::MentorId;

/// A mentor whose places are not those that their pairings take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{mentor} counts {counted} places as taken, but their pairings take {found}")]
pub struct PlacesBreak {
    /// Which mentor.
    pub mentor: MentorId,
    /// How many places the mentor counts.
    pub counted: i32,
    /// How many their pairings take.
    pub found: i64,
}
