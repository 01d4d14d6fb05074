//! Keeping cost bands.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::roi::{BandProblem, PlaceInBandRefusal, SetBandsRefusal};

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::refusal::{all_answered, answered, user_errors};
use crate::graphql::roi::inputs::{PlaceInCostBandInput, SetCostBandsInput};
use crate::graphql::roi::types::CostBand;

/// Mutations of cost bands.
#[derive(Default)]
pub(crate) struct BandMutations;

#[Object]
impl BandMutations {
    /// Sets what an hour of groups of employees costs, all of the list or none of it. Reports that were made keep what they
    /// were made with. For `HR_ADMIN` and FINANCE.
    async fn set_cost_bands(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The bands.")] input: SetCostBandsInput,
    ) -> Isolated<SetCostBandsPayload> {
        isolated(async {
            let outcome = ctx.app()?.roi().set_bands(ctx.actor()?, input.try_into()?).await;
            let (bands, user_errors) = all_answered(outcome)?;
            let report =
                bands.map(|bands| CostBandReport { cost_bands: bands.into_iter().map(Into::into).collect() });
            Ok(Some(SetCostBandsPayload { report, user_errors }))
        })
        .await
    }

    /// Puts people into a cost band, or takes them out of theirs. For `HR_ADMIN` and FINANCE. `NOT_FOUND` when the band or one
    /// of the people is not there, and then nobody is put anywhere.
    async fn place_in_cost_band(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, and where.")] input: PlaceInCostBandInput,
    ) -> Isolated<PlaceInCostBandPayload> {
        isolated(async {
            let outcome = ctx.app()?.roi().place_in_band(ctx.actor()?, input.into()).await;
            let (band, user_errors) = answered(outcome)?;
            Ok(Some(PlaceInCostBandPayload { cost_band: band.flatten().map(Into::into), user_errors }))
        })
        .await
    }
}

/// What was set.
#[derive(SimpleObject)]
pub(crate) struct CostBandReport {
    /// The bands as they are now, in the order of the list.
    cost_bands: Vec<CostBand>,
}

/// What became of `setCostBands`.
#[derive(SimpleObject)]
pub(crate) struct SetCostBandsPayload {
    /// What was set; null when refused.
    report: Option<CostBandReport>,
    /// Why nothing was set; empty when it was done.
    user_errors: Vec<SetCostBandsError>,
}

user_errors! {
    /// Why cost bands were not set.
    SetCostBandsError, SetCostBandsErrorCode for SetBandsRefusal {
        /// There is no band in the list, or more than 100.
        WrongNumber <= SetBandsRefusal::WrongNumber(_),
        /// There would be more than 100 bands.
        TooMany <= SetBandsRefusal::TooMany(_),
        /// The code is empty, too long or has control characters.
        InvalidCode <= SetBandsRefusal::Band { problem: BandProblem::InvalidCode(_), .. },
        /// The name is empty, too long or has control characters.
        InvalidName <= SetBandsRefusal::Band { problem: BandProblem::InvalidName(_), .. },
        /// The hour is not priced in the employer's currency.
        CurrencyMismatch <= SetBandsRefusal::Band { problem: BandProblem::Currency { .. }, .. },
        /// The hour costs nothing, or less.
        NotPositive <= SetBandsRefusal::Band { problem: BandProblem::NotPositive(_), .. },
        /// Two bands have the same code; `field` leads to the second.
        SetTwice <= SetBandsRefusal::Band { problem: BandProblem::Twice(_), .. },
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= SetBandsRefusal::KeyReused(_),
    }
}

/// What became of `placeInCostBand`.
#[derive(SimpleObject)]
pub(crate) struct PlaceInCostBandPayload {
    /// The band they are in now; null when they were taken out of theirs, or when refused.
    cost_band: Option<CostBand>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<PlaceInCostBandError>,
}

user_errors! {
    /// Why people were not put into a cost band.
    PlaceInCostBandError, PlaceInCostBandErrorCode for PlaceInBandRefusal {
        /// There is nobody in the list, or more than 500 people.
        WrongNumber <= PlaceInBandRefusal::WrongNumber(_),
    }
}
