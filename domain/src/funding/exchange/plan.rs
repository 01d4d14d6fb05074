//! What becomes of rates that are given: new ones, corrections, and what cannot be taken.

use std::collections::HashMap;
use std::hash::Hash;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::kernel::{Currency, EmployeeId, ExchangeRateId, ImportFate, Rate, RateError, Text, TextError};

use super::ExchangeRate;

/// A rate as somebody gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GivenRate {
    /// The currency of prices.
    pub from: Currency,
    /// The currency of budgets.
    pub to: Currency,
    /// The day it is of.
    pub day: NaiveDate,
    /// What a unit of the one was worth in the other, as a decimal.
    pub rate: String,
    /// Who says so.
    pub source: String,
}

/// What there is one rate for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RateKey {
    /// The currency of prices.
    pub from: Currency,
    /// The currency of budgets.
    pub to: Currency,
    /// The day.
    pub day: NaiveDate,
}

/// Why a rate cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RateProblem {
    /// A currency in itself.
    #[error("a rate is between two currencies; both are {0}")]
    SameCurrency(Currency),
    /// Nobody knows it yet.
    #[error("{day} is still to come, today is {today}; a rate is of today or an earlier day")]
    DayToCome {
        /// The day.
        day: NaiveDate,
        /// Today at the employer.
        today: NaiveDate,
    },
    /// No rate.
    #[error(transparent)]
    InvalidRate(#[from] RateError),
    /// The source cannot be taken.
    #[error("the source {0}")]
    InvalidSource(#[from] TextError),
}

impl RateProblem {
    /// The field at fault.
    pub(super) fn field(&self) -> &'static str {
        match self {
            Self::SameCurrency(_) => "to",
            Self::DayToCome { .. } => "day",
            Self::InvalidRate(_) => "rate",
            Self::InvalidSource(_) => "source",
        }
    }
}

/// A rate that can be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::funding) struct ReadRate {
    pub key: RateKey,
    pub rate: Rate,
    pub source: String,
}

impl GivenRate {
    /// Reads it, on a day.
    pub(in crate::funding) fn read(&self, today: NaiveDate) -> Result<ReadRate, RateProblem> {
        let Self { from, to, day, .. } = *self;
        if from == to {
            return Err(RateProblem::SameCurrency(from));
        }
        if day > today {
            return Err(RateProblem::DayToCome { day, today });
        }
        let rate = Rate::parse(self.rate.trim())?;
        let source = Text::line(&self.source, Text::NAME)?.into_string();
        Ok(ReadRate { key: RateKey { from, to, day }, rate, source })
    }
}

impl ReadRate {
    /// The rate as it is to be, and what becomes of it beside the one that is known.
    pub(in crate::funding) fn beside(
        &self,
        known: Option<&ExchangeRate>,
        id: ExchangeRateId,
        (set_by, set_at): (Option<EmployeeId>, DateTime<Utc>),
    ) -> (ImportFate, ExchangeRate) {
        let Self { key: RateKey { from, to, day }, rate, ref source } = *self;
        let Some(known) = known else {
            let (source, withdrawn_at, version) = (source.clone(), None, 1);
            let rate =
                ExchangeRate { id, from, to, day, rate, source, set_by, set_at, withdrawn_at, version };
            return (ImportFate::Created, rate);
        };
        if known.withdrawn_at.is_none() && known.rate == rate && known.source == *source {
            return (ImportFate::Unchanged, known.clone());
        }
        let version = known.version.saturating_add(1);
        let source = source.clone();
        let known = ExchangeRate { rate, source, set_by, set_at, withdrawn_at: None, version, ..*known };
        (ImportFate::Updated, known)
    }
}

impl ExchangeRate {
    /// What it is the one rate for.
    pub(in crate::funding) fn key(&self) -> RateKey {
        RateKey { from: self.from, to: self.to, day: self.day }
    }
}

/// For every value the first place at which it stands; none for the first one itself.
pub(in crate::funding) fn first_places<K: Eq + Hash>(
    values: impl IntoIterator<Item = Option<K>>,
) -> Vec<Option<usize>> {
    let mut first = HashMap::new();
    let place = |(at, value): (usize, Option<K>)| {
        let earlier = *first.entry(value?).or_insert(at);
        (earlier != at).then_some(earlier)
    };
    values.into_iter().enumerate().map(place).collect()
}
