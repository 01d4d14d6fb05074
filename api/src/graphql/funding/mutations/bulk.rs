//! Deciding many requests in one go.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::funding::DecideRefusal;

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::funding::inputs::DecideFundingRequestsInput;
use crate::graphql::funding::types::FundingDecisionReport;
use crate::graphql::refusal::{answered, user_errors};

/// The mutation that decides many requests.
#[derive(Default)]
pub(crate) struct BulkMutations;

#[Object]
impl BulkMutations {
    /// Decides up to 100 requests that wait for the caller, one after the other and each for itself: one that fails undoes no
    /// other, and every one gets a result in the order of the list. What is refused, stale, forbidden or not there is told by
    /// the `userErrors` of its result, by the rules of `approveFundingRequest` and `rejectFundingRequest`. For the approvers
    /// that the requests wait for; nobody decides their own.
    async fn decide_funding_requests(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The requests and what to decide about each.")] input: DecideFundingRequestsInput,
    ) -> Isolated<DecideFundingRequestsPayload> {
        isolated(async {
            let outcome = ctx.app()?.funding().decide_requests(ctx.actor()?, input.try_into()?).await;
            let (results, user_errors) = answered(outcome)?;
            Ok(Some(DecideFundingRequestsPayload { report: results.map(Into::into), user_errors }))
        })
        .await
    }
}

/// What became of `decideFundingRequests`.
#[derive(SimpleObject)]
pub(crate) struct DecideFundingRequestsPayload {
    /// What became of every decision; null when the list as a whole was refused.
    report: Option<FundingDecisionReport>,
    /// Why the list as a whole was refused, so that nothing was decided; empty when it was worked through.
    user_errors: Vec<DecideFundingRequestsError>,
}

user_errors! {
    /// Why a list of decisions as a whole was refused.
    DecideFundingRequestsError, DecideFundingRequestsErrorCode for DecideRefusal {
        /// There is no decision in it, or more than 100.
        WrongNumber <= DecideRefusal::WrongNumber(_),
        /// Two decisions are about one request; `field` leads to the second.
        DecidedTwice <= DecideRefusal::DecidedTwice { .. },
    }
}
