//! How long a course takes and how much work it is.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::kernel::TextError;

/// Weeks from enrollment to certificate, beside the job: from the quickest to the slowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WeekRange {
    min: i32,
    max: i32,
}

impl WeekRange {
    /// The longest that a course may take: ten years.
    pub const LONGEST: i32 = 520;

    /// From `min` to `max` weeks.
    pub fn new(min: i32, max: i32) -> Result<Self, TextError> {
        if 1 <= min && min <= max && max <= Self::LONGEST {
            Ok(Self { min, max })
        } else {
            Err(TextError::Kind {
                value: format!("{min} to {max}"),
                kind: "a duration in weeks; both ends lie from 1 to 520, the shorter first",
            })
        }
    }

    /// The quickest.
    pub fn min(self) -> i32 {
        self.min
    }

    /// The slowest.
    pub fn max(self) -> i32 {
        self.max
    }
}

impl fmt::Display for WeekRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {} weeks", self.min, self.max)
    }
}

/// Credit points of the European Credit Transfer System, in hundredths: one stands for 25 to 30 hours of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ects(i32);

impl Ects {
    /// The most that a course may carry: five years of study.
    pub const MOST: i32 = 30_000;

    /// Credits from hundredths of one.
    pub fn from_hundredths(hundredths: i32) -> Result<Self, TextError> {
        if (1..=Self::MOST).contains(&hundredths) {
            Ok(Self(hundredths))
        } else {
            Err(wrong_credits(&format!("{hundredths} hundredths")))
        }
    }

    /// Reads a decimal such as `2.5`, with at most two decimals.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let wrong = || wrong_credits(text);
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "00"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(fraction) || whole.len() > 3 || fraction.len() > 2 {
            return Err(wrong());
        }
        let hundredths = format!("{whole}{fraction:0<2}").parse().map_err(|_| wrong())?;
        Self::from_hundredths(hundredths).map_err(|_| wrong())
    }

    /// Hundredths of a credit.
    pub fn hundredths(self) -> i32 {
        self.0
    }

    /// The decimal text, with as many decimals as it takes.
    pub fn decimal(self) -> String {
        let digits = format!("{:03}", self.0);
        let (whole, fraction) = digits.split_at(digits.len().saturating_sub(2));
        let fraction = fraction.trim_end_matches('0');
        if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
    }
}

fn wrong_credits(text: &str) -> TextError {
    TextError::Kind {
        value: text.chars().take(20).collect(),
        kind: "a number of ECTS credits above 0 and up to 300 with at most two decimals, for example 2.5",
    }
}

/// Hours of work for a course as a whole.
pub(super) fn workload_hours(hours: i32) -> Result<i32, TextError> {
    hours_from(1, hours, "a whole number of hours from 1 to 10000")
}

/// Hours of a course that the employer gives.
pub(super) fn release_hours(hours: i32) -> Result<i32, TextError> {
    hours_from(0, hours, "a whole number of hours from 0 to 10000")
}

fn hours_from(least: i32, hours: i32, kind: &'static str) -> Result<i32, TextError> {
    if (least..=10_000).contains(&hours) {
        Ok(hours)
    } else {
        Err(TextError::Kind { value: hours.to_string(), kind })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_range_of_weeks_has_its_shorter_end_first() {
        assert_eq!(WeekRange::new(4, 13).map(|weeks| (weeks.min(), weeks.max())), Ok((4, 13)));
        for (min, max) in [(0, 4), (5, 4), (1, 521), (-1, -1)] {
            assert!(WeekRange::new(min, max).is_err(), "{min} {max}");
        }
    }

    #[test]
    fn credits_are_read_exactly() {
        for (text, hundredths) in [("2", 200), ("2.5", 250), ("0.25", 25), ("300.00", 30_000)] {
            assert_eq!(Ects::parse(text).map(Ects::hundredths), Ok(hundredths), "{text}");
        }
        for text in ["", "0", "0.00", "2,5", "2.", ".5", "2.555", "301", "-1", "1e1"] {
            assert!(Ects::parse(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn credits_read_back(hundredths in 1..=Ects::MOST) {
            let credits = Ects::from_hundredths(hundredths)?;
            prop_assert_eq!(Ects::parse(&credits.decimal()), Ok(credits));
        }
    }
}
