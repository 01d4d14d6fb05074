//! Parts of a whole, in hundredths of a percent.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A part of a whole, from none of it to all of it, in basis points: hundredths of a percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "i32", try_from = "i32")]
pub struct Share(i32);

/// A number that is no part of a whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0} basis points are no part of a whole; 0 is nothing, 10000 is everything")]
pub struct ShareError(pub i32);

impl Share {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// Everything.
    pub const ALL: Self = Self(Self::WHOLE);
    const WHOLE: i32 = 10_000;

    /// So many hundredths of a percent.
    pub fn new(basis_points: i32) -> Result<Self, ShareError> {
        if (0..=Self::WHOLE).contains(&basis_points) {
            Ok(Self(basis_points))
        } else {
            Err(ShareError(basis_points))
        }
    }

    /// The hundredths of a percent.
    pub fn basis_points(self) -> i32 {
        self.0
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let points = self.0.unsigned_abs();
        write!(f, "{}.{:02} %", points / 100, points % 100)
    }
}

impl From<Share> for i32 {
    fn from(share: Share) -> Self {
        share.0
    }
}

impl TryFrom<i32> for Share {
    type Error = ShareError;
    fn try_from(basis_points: i32) -> Result<Self, ShareError> {
        Self::new(basis_points)
    }
}
