//! Who is left without a mentor, and why.

use std::collections::BTreeMap;

use crate::kernel::EmployeeId;

use super::{Alternative, Obstacle};

/// A mentee for whom nobody is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Who.
    pub mentee: EmployeeId,
    /// Why.
    pub why: WhyLeftOut,
}

/// Why nobody is proposed for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyLeftOut {
    /// They miss nothing in any skill that they want.
    NothingWanted,
    /// No mentor mentors any of the skills in which they miss something.
    NobodyTeaches,
    /// Something stands against every mentor who does.
    RuledOut {
        /// How many of these mentors each obstacle keeps away. Several may keep the same one away.
        obstacles: BTreeMap<Obstacle, usize>,
    },
    /// Nobody reaches the least score.
    ScoresTooLow {
        /// The highest score that there is.
        best: i32,
    },
    /// Every mentor who could take them on is proposed to others, which adds up to more.
    PlacesTaken {
        /// Who would suit them best.
        best: Alternative,
    },
}

impl WhyLeftOut {
    /// The name in the schema.
    pub fn name(&self) -> &'static str {
        match self {
            Self::NothingWanted => "NOTHING_WANTED",
            Self::NobodyTeaches => "NOBODY_TEACHES",
            Self::RuledOut { .. } => "RULED_OUT",
            Self::ScoresTooLow { .. } => "SCORES_TOO_LOW",
            Self::PlacesTaken { .. } => "PLACES_TAKEN",
        }
    }
}
