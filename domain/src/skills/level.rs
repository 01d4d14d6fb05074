//! How well somebody masters a skill.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::kernel::TextError;

/// A level of mastery: 1 novice, 2 advanced beginner, 3 competent, 4 proficient, 5 expert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "i32", try_from = "i32")]
pub struct SkillLevel(i32);

impl SkillLevel {
    /// The lowest level.
    pub const LOWEST: i32 = 1;
    /// The highest level.
    pub const HIGHEST: i32 = 5;

    /// A level from 1 to 5.
    pub fn new(level: i32) -> Result<Self, TextError> {
        if (Self::LOWEST..=Self::HIGHEST).contains(&level) {
            Ok(Self(level))
        } else {
            Err(TextError::Kind { value: level.to_string(), kind: "a skill level from 1 to 5" })
        }
    }

    /// The number.
    pub fn number(self) -> i32 {
        self.0
    }
}

impl fmt::Display for SkillLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<SkillLevel> for i32 {
    fn from(level: SkillLevel) -> Self {
        level.0
    }
}

impl TryFrom<i32> for SkillLevel {
    type Error = TextError;
    fn try_from(level: i32) -> Result<Self, TextError> {
        Self::new(level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_run_from_one_to_five() {
        let allowed: Vec<_> =
            (-1..=7).filter_map(|n| SkillLevel::new(n).ok()).map(SkillLevel::number).collect();
        assert_eq!(allowed, [1, 2, 3, 4, 5]);
        let message = SkillLevel::new(6).map_err(|error| error.to_string());
        assert_eq!(message, Err("'6' is not a skill level from 1 to 5".to_owned()));
    }
}
