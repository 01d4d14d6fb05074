//! Calendar periods: whole days, both ends included.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// A span of whole days from `from` to `to`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    from: NaiveDate,
    to: NaiveDate,
}

/// Why two days are no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a period must not end ({to}) before it starts ({from})")]
pub struct PeriodError {
    from: NaiveDate,
    to: NaiveDate,
}

impl Period {
    /// The days from `from` to `to`.
    pub fn new(from: NaiveDate, to: NaiveDate) -> Result<Self, PeriodError> {
        if from <= to { Ok(Self { from, to }) } else { Err(PeriodError { from, to }) }
    }

    /// The fiscal year that contains a day, for a year that starts with `first_month` (1 for January).
    pub fn fiscal_year(day: NaiveDate, first_month: u32) -> Self {
        let year = if day.month() >= first_month { day.year() } else { day.year().saturating_sub(1) };
        let from = NaiveDate::from_ymd_opt(year, first_month, 1).unwrap_or(day);
        let to =
            from.checked_add_months(Months::new(12)).and_then(|next| next.checked_sub_days(Days::new(1)));
        Self { from, to: to.unwrap_or(from) }
    }

    /// The first day.
    pub fn from(self) -> NaiveDate {
        self.from
    }

    /// The last day.
    pub fn to(self) -> NaiveDate {
        self.to
    }

    /// Whether a day lies within.
    pub fn contains(self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn a_fiscal_year_may_start_in_any_month() {
        let calendar = Period::fiscal_year(day("2026-11-22"), 1);
        assert_eq!((calendar.from(), calendar.to()), (day("2026-01-01"), day("2026-12-31")));
        let april = Period::fiscal_year(day("2026-03-31"), 4);
        assert_eq!((april.from(), april.to()), (day("2025-04-01"), day("2026-03-31")));
        assert!(april.contains(day("2026-03-31")) && !april.contains(day("2026-04-01")));
    }

    #[test]
    fn a_period_does_not_end_before_it_starts() {
        let error = Period::new(day("2026-02-01"), day("2026-01-31")).map_err(|error| error.to_string());
        assert_eq!(error, Err("a period must not end (2026-01-31) before it starts (2026-02-01)".to_owned()));
    }
}
