//! The employer: tenant and calendar.

use std::fmt;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone as _, Utc};
use chrono_tz::Tz;

use crate::kernel::{Currency, EmployerId, MinimumGroupSize, Period};

/// An employer with the settings its rules go by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Employer {
    /// Its id.
    pub id: EmployerId,
    /// The name by which tokens and operators refer to it.
    pub slug: Slug,
    /// The name people know.
    pub name: String,
    /// Where its days begin.
    pub time_zone: Tz,
    /// The currency of its budgets unless a budget says otherwise.
    pub currency: Currency,
    /// The month in which its fiscal year starts, 1 to 12.
    pub fiscal_year_start_month: u32,
    /// The smallest group of people that an aggregate may speak about.
    pub minimum_group_size: u32,
}

impl Employer {
    /// The floor below which no employer may set its minimum group size.
    pub const MINIMUM_GROUP_SIZE_FLOOR: u32 = MinimumGroupSize::FLOOR;

    /// The day it is at the employer.
    pub fn day_of(&self, instant: DateTime<Utc>) -> NaiveDate {
        instant.with_timezone(&self.time_zone).date_naive()
    }

    /// The instants between which the days of a period lie at the employer: from the first on, up to the second.
    pub fn instants_of(&self, days: Period) -> (DateTime<Utc>, DateTime<Utc>) {
        let next = days.to().succ_opt().unwrap_or(days.to());
        (self.begin_of(days.from()), self.begin_of(next))
    }

    /// When a day begins at the employer. Where clocks leap over midnight it begins as if they did not.
    fn begin_of(&self, day: NaiveDate) -> DateTime<Utc> {
        let midnight = day.and_time(NaiveTime::MIN);
        let local = self.time_zone.from_local_datetime(&midnight).earliest();
        local.map_or_else(|| midnight.and_utc(), |local| local.to_utc())
    }

    /// The smallest group of people that an aggregate may speak about. A stored one below the floor protects by the floor.
    pub fn group_size(&self) -> MinimumGroupSize {
        MinimumGroupSize::new(self.minimum_group_size.max(MinimumGroupSize::FLOOR)).unwrap_or_default()
    }

    /// The fiscal year that contains a day.
    pub fn fiscal_year(&self, day: NaiveDate) -> Period {
        Period::fiscal_year(day, self.fiscal_year_start_month)
    }
}

/// The short name of an employer: small letters, digits and single hyphens.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Slug(String);

/// A text that is no slug.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{0}' is not a short name: 2 to 40 small letters, digits and single hyphens, starting with a letter"
)]
pub struct SlugError(pub String);

impl Slug {
    /// Reads a short name such as `northwind-steel`.
    pub fn parse(text: &str) -> Result<Self, SlugError> {
        let symbols = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        let starts = text.bytes().next().is_some_and(|b| b.is_ascii_lowercase());
        let fits = (2..=40).contains(&text.len())
            && symbols
            && starts
            && !text.ends_with('-')
            && !text.contains("--");
        if fits { Ok(Self(text.to_owned())) } else { Err(SlugError(text.chars().take(60).collect())) }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_short_and_plain() {
        for good in ["ab", "northwind-steel", "a1"] {
            assert!(Slug::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "a", "Acme", "1a", "a--b", "a-", "a b", "ä1"] {
            assert_eq!(Slug::parse(bad), Err(SlugError(bad.to_owned())), "{bad}");
        }
    }
}
