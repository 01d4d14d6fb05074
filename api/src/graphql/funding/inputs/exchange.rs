//! Exchange rates to set, to withdraw and to list.

use async_graphql::InputObject;
use upskill_domain::funding as domain;
use upskill_domain::kernel::ExchangeRateId;

use crate::graphql::error::ApiError;
use crate::graphql::id::Id;
use crate::graphql::key::key;
use crate::graphql::scalars::{Currency, Date, Decimal};

/// Exchange rates to set: all of them or none.
#[derive(InputObject)]
pub(crate) struct SetExchangeRatesInput {
    /// The rates, 1 to 500, each pair and day once.
    rates: Vec<ExchangeRateInput>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

/// What one currency was worth in another on a day.
#[derive(InputObject)]
pub(crate) struct ExchangeRateInput {
    /// The currency of prices.
    from: Currency,
    /// The currency of budgets, another one. The way back is a rate of its own.
    to: Currency,
    /// The day at the employer, today or earlier.
    day: Date,
    /// What a unit of `from` was worth in `to`: above 0, at most 15 digits, at most 12 of them after the decimal point.
    rate: Decimal,
    /// Who says so, such as a bank: 1 to 200 characters.
    source: String,
}

impl TryFrom<SetExchangeRatesInput> for domain::SetExchangeRates {
    type Error = ApiError;
    fn try_from(input: SetExchangeRatesInput) -> Result<Self, ApiError> {
        let rates = input.rates.into_iter().map(|rate| domain::GivenRate {
            from: rate.from.0,
            to: rate.to.0,
            day: rate.day.0,
            rate: rate.rate.0,
            source: rate.source,
        });
        Ok(Self { key: key(input.idempotency_key)?, rates: rates.collect() })
    }
}

/// An exchange rate to withdraw.
#[derive(InputObject)]
pub(crate) struct WithdrawExchangeRateInput {
    /// Which one.
    id: Id<ExchangeRateId>,
    /// The `version` that was read, if it matters; CONFLICT when the rate has changed since.
    expected_version: Option<i32>,
}

impl From<WithdrawExchangeRateInput> for domain::WithdrawExchangeRate {
    fn from(input: WithdrawExchangeRateInput) -> Self {
        Self { id: input.id.0, expected_version: input.expected_version }
    }
}

/// Which exchange rates to list. Conditions add up.
#[derive(InputObject, Default)]
pub(crate) struct ExchangeRateFilter {
    /// From this currency.
    from: Option<Currency>,
    /// Into this currency.
    to: Option<Currency>,
    /// Of this day or a later one.
    day_from: Option<Date>,
    /// Of this day or an earlier one.
    day_to: Option<Date>,
    /// Whether they were withdrawn; both when not given.
    withdrawn: Option<bool>,
}

impl From<ExchangeRateFilter> for domain::ExchangeRateFilter {
    fn from(filter: ExchangeRateFilter) -> Self {
        Self {
            from: filter.from.map(|currency| currency.0),
            to: filter.to.map(|currency| currency.0),
            first_day: filter.day_from.map(|day| day.0),
            last_day: filter.day_to.map(|day| day.0),
            withdrawn: filter.withdrawn,
        }
    }
}
