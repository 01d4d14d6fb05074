//! Keeping the table of exchange rates.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::funding::{RateProblem, RateWithdrawn, SetRatesRefusal};

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::funding::inputs::{SetExchangeRatesInput, WithdrawExchangeRateInput};
use crate::graphql::funding::types::ExchangeRate;
use crate::graphql::refusal::{all_answered, answered, user_errors};

/// Mutations of exchange rates.
#[derive(Default)]
pub(crate) struct ExchangeMutations;

#[Object]
impl ExchangeMutations {
    /// Sets what currencies were worth in others, all of the list or none of it. A rate of the same pair and day is replaced,
    /// and one that was withdrawn is in force again. Requests that were converted before keep their rate. For `HR_ADMIN` and
    /// FINANCE.
    async fn set_exchange_rates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The rates.")] input: SetExchangeRatesInput,
    ) -> Isolated<SetExchangeRatesPayload> {
        isolated(async {
            let outcome = ctx.app()?.funding().set_rates(ctx.actor()?, input.try_into()?).await;
            let (rates, user_errors) = all_answered(outcome)?;
            let report = rates.map(|rates| ExchangeRateReport {
                exchange_rates: rates.into_iter().map(Into::into).collect(),
            });
            Ok(Some(SetExchangeRatesPayload { report, user_errors }))
        })
        .await
    }

    /// Takes a rate back: no further request is converted by it. For `HR_ADMIN` and FINANCE. CONFLICT when the expected
    /// version is not the stored one.
    async fn withdraw_exchange_rate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The rate.")] input: WithdrawExchangeRateInput,
    ) -> Isolated<WithdrawExchangeRatePayload> {
        isolated(async {
            let outcome = ctx.app()?.funding().withdraw_rate(ctx.actor()?, input.into()).await;
            let (rate, user_errors) = answered(outcome)?;
            Ok(Some(WithdrawExchangeRatePayload { exchange_rate: rate.map(Into::into), user_errors }))
        })
        .await
    }
}

/// What was set.
#[derive(SimpleObject)]
pub(crate) struct ExchangeRateReport {
    /// The rates as they are now, in the order of the list.
    exchange_rates: Vec<ExchangeRate>,
}

/// What became of `setExchangeRates`.
#[derive(SimpleObject)]
pub(crate) struct SetExchangeRatesPayload {
    /// What was set; null when refused.
    report: Option<ExchangeRateReport>,
    /// Why nothing was set; empty when it was done.
    user_errors: Vec<SetExchangeRatesError>,
}

user_errors! {
    /// Why exchange rates were not set.
    SetExchangeRatesError, SetExchangeRatesErrorCode for SetRatesRefusal {
        /// There is no rate in the list, or more than 500.
        WrongNumber <= SetRatesRefusal::WrongNumber(_),
        /// Both currencies are the same.
        SameCurrency <= SetRatesRefusal::Rate { problem: RateProblem::SameCurrency(_), .. },
        /// The day is still to come.
        DayToCome <= SetRatesRefusal::Rate { problem: RateProblem::DayToCome { .. }, .. },
        /// The rate is no decimal above 0, or has too many digits.
        InvalidRate <= SetRatesRefusal::Rate { problem: RateProblem::InvalidRate(_), .. },
        /// The source is empty, too long or has control characters.
        InvalidSource <= SetRatesRefusal::Rate { problem: RateProblem::InvalidSource(_), .. },
        /// Two rates are of the same pair and day; `field` leads to the second.
        SetTwice <= SetRatesRefusal::SetTwice { .. },
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= SetRatesRefusal::KeyReused(_),
    }
}

/// What became of `withdrawExchangeRate`.
#[derive(SimpleObject)]
pub(crate) struct WithdrawExchangeRatePayload {
    /// The rate as it is now; null when refused.
    exchange_rate: Option<ExchangeRate>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<WithdrawExchangeRateError>,
}

user_errors! {
    /// Why an exchange rate was not withdrawn.
    WithdrawExchangeRateError, WithdrawExchangeRateErrorCode for RateWithdrawn {
        /// It was withdrawn before.
        AlreadyWithdrawn <= RateWithdrawn,
    }
}
