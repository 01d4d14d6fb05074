//! The periods that reports are about.

use std::fmt;
use std::ops::Range;

use chrono::{Datelike, NaiveDate};

/// How finely the days of a year are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    /// Not at all.
    Year,
    /// By quarter.
    Quarter,
    /// By month.
    Month,
}

impl Grain {
    /// Every grain, the coarsest first.
    pub(super) const ALL: [Self; 3] = [Self::Year, Self::Quarter, Self::Month];

    /// The slots of a year at this grain: the months come first, then the quarters, then the year itself.
    pub(super) fn slots(self) -> Range<usize> {
        match self {
            Self::Month => 0..12,
            Self::Quarter => 12..16,
            Self::Year => 16..SLOTS,
        }
    }
}

/// How many months, quarters and years a year has together.
pub(super) const SLOTS: usize = 17;

/// The slots that a month, from 0 to 11, is part of.
pub(super) fn slots_of(month: usize) -> [usize; 3] {
    [month, (month / 3).saturating_add(12), 16]
}

/// A calendar year, one of its quarters, or one of its months. Periods of the same grain never overlap, so no days can be
/// told by asking for two periods that differ by a few.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReportPeriod {
    year: i32,
    slot: usize,
}

/// Why a text is not a period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a period such as 2026, 2026-Q2 or 2026-05, in the years 2000 to 2199")]
pub struct ReportPeriodError(String);

impl ReportPeriod {
    /// Reads `2026`, `2026-Q2` or `2026-05`.
    pub fn parse(text: &str) -> Result<Self, ReportPeriodError> {
        let wrong = || ReportPeriodError(text.chars().take(20).collect());
        let (year, part) = text.split_once('-').map_or((text, None), |(year, part)| (year, Some(part)));
        let year = digits::<4>(year).filter(|year| (2000..2200).contains(year)).ok_or_else(wrong)?;
        let slot = match part {
            None => Some(16),
            Some(part) => match part.strip_prefix('Q') {
                Some(quarter) => {
                    digits::<1>(quarter).filter(|n| (1..=4).contains(n)).map(|n| n.saturating_add(11))
                }
                None => digits::<2>(part).filter(|n| (1..=12).contains(n)).map(|n| n.saturating_sub(1)),
            },
        };
        let slot = slot.and_then(|slot| usize::try_from(slot).ok()).ok_or_else(wrong)?;
        Ok(Self { year, slot })
    }

    /// A month of a year, counted from 0.
    fn month(year: i32, month: usize) -> Self {
        Self { year, slot: month.min(11) }
    }

    /// The month that a day is in.
    pub(super) fn month_of(day: NaiveDate) -> Self {
        Self::month(day.year(), usize::try_from(day.month0()).unwrap_or(0))
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// Where the period stands among those of its year.
    pub(super) fn slot(self) -> usize {
        self.slot
    }

    /// How fine it is.
    pub fn grain(self) -> Grain {
        match self.slot {
            0..12 => Grain::Month,
            12..16 => Grain::Quarter,
            _ => Grain::Year,
        }
    }

    /// Its months as periods, the first one first.
    pub fn each_month(self) -> impl Iterator<Item = Self> {
        self.months().map(move |month| Self::month(self.year, month))
    }

    /// Its months, counted from 0.
    pub(super) fn months(self) -> Range<usize> {
        match self.slot {
            month @ 0..12 => month..month.saturating_add(1),
            12 => 0..3,
            13 => 3..6,
            14 => 6..9,
            15 => 9..12,
            _ => 0..12,
        }
    }
}

/// A number of exactly so many digits.
fn digits<const N: usize>(text: &str) -> Option<i32> {
    let plain = text.len() == N && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

impl fmt::Display for ReportPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, slot } = self;
        match slot {
            0..12 => write!(f, "{year}-{:02}", slot.saturating_add(1)),
            12..16 => write!(f, "{year}-Q{}", slot.saturating_sub(11)),
            _ => write!(f, "{year}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_a_year_a_quarter_or_a_month() {
        for (text, grain, months) in [
            ("2026", Grain::Year, 0..12),
            ("2026-Q1", Grain::Quarter, 0..3),
            ("2026-Q4", Grain::Quarter, 9..12),
            ("2026-01", Grain::Month, 0..1),
            ("2026-12", Grain::Month, 11..12),
        ] {
            let period = ReportPeriod::parse(text).unwrap();
            assert_eq!((period.to_string().as_str(), period.grain(), period.months()), (text, grain, months));
            assert!(period.grain().slots().contains(&period.slot()));
            let each = period.each_month().map(|month| month.months().start);
            assert!(each.eq(period.months()));
        }
    }

    #[test]
    fn anything_else_is_refused_with_what_it_was() {
        for text in [
            "",
            "26",
            "1999",
            "2200",
            "2026-",
            "2026-Q0",
            "2026-Q5",
            "2026-00",
            "2026-13",
            "2026-1",
            "2026-05-01",
        ] {
            assert_eq!(ReportPeriod::parse(text), Err(ReportPeriodError(text.to_owned())), "{text}");
        }
        let error = ReportPeriod::parse("last year").unwrap_err();
        assert_eq!(
            error.to_string(),
            "'last year' is not a period such as 2026, 2026-Q2 or 2026-05, in the years 2000 to 2199"
        );
    }
}
