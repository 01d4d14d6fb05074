//! Exchange rates: what one currency was worth in another on a day, as the employer's finance keeps it.
//!
//! A rate goes one way: what it says of USD in EUR says nothing of EUR in USD. There is one for a pair of currencies and a
//! day. It may be corrected or withdrawn, because a request that was converted by it keeps a copy of its own.

mod line;
mod plan;
mod refusal;

pub use line::{RateColumn, RateLine, RateRowProblem};
pub use plan::{GivenRate, RateKey, RateProblem};
pub(super) use plan::{ReadRate, first_places};
pub use refusal::{ImportRatesRefusal, RateWithdrawn, SetRatesRefusal};
pub(super) use refusal::{MOST_IMPORTED, MOST_SET};

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::kernel::{Currency, EmployeeId, ExchangeRateId, Money, MoneyError, Rate};

/// What one currency was worth in another on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeRate {
    /// Its id.
    pub id: ExchangeRateId,
    /// The currency of the price.
    pub from: Currency,
    /// The currency of the budget.
    pub to: Currency,
    /// The day at the employer.
    pub day: NaiveDate,
    /// What a unit of the one was worth in the other.
    pub rate: Rate,
    /// Who says so, such as a bank.
    pub source: String,
    /// Who set it last; none for the installation itself.
    pub set_by: Option<EmployeeId>,
    /// When.
    pub set_at: DateTime<Utc>,
    /// When it was withdrawn, if it was.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Counts changes, to notice concurrent ones.
    pub version: i32,
}

/// The rate at which a request was converted, frozen on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppliedRate {
    /// What a unit of the price's currency was worth in the budget's.
    pub rate: Rate,
    /// The day it was of.
    pub day: NaiveDate,
    /// Who said so.
    pub source: String,
}

/// Which rates a reader wants.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct ExchangeRateFilter {
    /// From this currency.
    pub from: Option<Currency>,
    /// Into this one.
    pub to: Option<Currency>,
    /// Of this day or a later one.
    pub first_day: Option<NaiveDate>,
    /// Of this day or an earlier one.
    pub last_day: Option<NaiveDate>,
    /// Whether it was withdrawn.
    pub withdrawn: Option<bool>,
}

impl ExchangeRate {
    /// For how many days after its own a rate is good while there is none of a later day: over weekends and holidays, not
    /// over a table that nobody keeps.
    pub const GOOD_FOR_DAYS: u64 = 7;

    /// The first of the days whose rates are good on a day.
    pub(super) fn first_good_day(day: NaiveDate) -> NaiveDate {
        day.checked_sub_days(Days::new(Self::GOOD_FOR_DAYS)).unwrap_or(day)
    }

    /// The one to convert by on a day: the latest of the pair that is good then.
    pub(super) fn on(rates: &[Self], (from, to): (Currency, Currency), day: NaiveDate) -> Option<&Self> {
        let good = Self::first_good_day(day)..=day;
        let fits = |rate: &&Self| {
            (rate.from, rate.to) == (from, to) && good.contains(&rate.day) && rate.withdrawn_at.is_none()
        };
        rates.iter().filter(fits).max_by_key(|rate| rate.day)
    }

    /// What is frozen on a request that is converted by it.
    pub(super) fn applied(&self) -> AppliedRate {
        AppliedRate { rate: self.rate, day: self.day, source: self.source.clone() }
    }

    /// Converts no further request by it.
    pub(super) fn withdraw(&mut self, at: DateTime<Utc>) -> Result<(), RateWithdrawn> {
        if self.withdrawn_at.is_some() {
            return Err(RateWithdrawn);
        }
        self.withdrawn_at = Some(at);
        self.version = self.version.saturating_add(1);
        Ok(())
    }
}

impl AppliedRate {
    /// An amount in the budget's currency.
    pub(super) fn convert(&self, money: Money, to: Currency) -> Result<Money, MoneyError> {
        self.rate.convert(money, to)
    }
}

#[cfg(test)]
mod tests;
