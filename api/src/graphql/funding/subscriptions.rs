//! What can be followed of budgets and requests.

use async_graphql::{Context, SimpleObject, Subscription};
use upskill_domain::access::Action;
use upskill_domain::journal::{Interest, Subject};
use upskill_domain::kernel::{BudgetId, Fault, FundingRequestId};

use super::types::{Budget, FundingRequest};
use crate::graphql::id::Id;
use crate::graphql::live::{Moment, Told, happened, told};
use crate::graphql::personal::{DataClass, personal, who};

/// Something happened to a budget.
#[derive(SimpleObject)]
pub(crate) struct BudgetEvent {
    #[graphql(flatten)]
    moment: Moment,
    /// The budget as it is now, which may be later than the event.
    budget: Budget,
}

/// Something happened to a funding request.
#[derive(SimpleObject)]
#[graphql(directive = personal::apply(DataClass::Journal, who(Action::ReadFundingRequest)))]
pub(crate) struct FundingRequestEvent {
    #[graphql(flatten)]
    moment: Moment,
    /// The request as it is now, which may be later than the event.
    funding_request: FundingRequest,
}

/// Subscriptions of funding.
#[derive(Default)]
pub(crate) struct FundingSubscriptions;

#[Subscription]
impl FundingSubscriptions {
    /// What happens to a budget: its owners, its status, its money, and the requests that are asked of it. Ends with
    /// `NOT_FOUND` when the caller may no longer see the budget.
    async fn budget_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The budget's id.")] id: Id<BudgetId>,
        #[graphql(
            desc = "Everything after this cursor first; only what happens from now on when not given."
        )]
        after: Option<String>,
    ) -> Told<BudgetEvent> {
        told(async {
            let budget = Budget::load(ctx, id.0).await?.ok_or_else(|| Fault::not_found(id.0))?;
            let occasion = happened(ctx, Interest::Thing(Subject::of(id.0)), after).await?;
            Ok(occasion.map(|occasion| BudgetEvent { moment: occasion.as_ref().into(), budget }))
        })
        .await
    }

    /// What happens to a funding request. Ends with `NOT_FOUND` when the caller may no longer see the request.
    async fn funding_request_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request's id.")] id: Id<FundingRequestId>,
        #[graphql(
            desc = "Everything after this cursor first; only what happens from now on when not given."
        )]
        after: Option<String>,
    ) -> Told<FundingRequestEvent> {
        told(async {
            let found = FundingRequest::load(ctx, id.0).await?;
            let funding_request = found.ok_or_else(|| Fault::not_found(id.0))?;
            let occasion = happened(ctx, Interest::Thing(Subject::of(id.0)), after).await?;
            Ok(occasion
                .map(|occasion| FundingRequestEvent { moment: occasion.as_ref().into(), funding_request }))
        })
        .await
    }
}
