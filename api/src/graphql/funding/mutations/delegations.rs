//! Having somebody stand in, and ending it.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::funding::{DelegateRefusal, DelegationOver};

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::funding::inputs::{DelegateApprovalsInput, EndDelegationInput, delegation};
use crate::graphql::funding::types::ApprovalDelegation;
use crate::graphql::refusal::{answered, user_errors};

/// Mutations of delegations.
#[derive(Default)]
pub(crate) struct DelegationMutations;

#[Object]
impl DelegationMutations {
    /// Has somebody decide what waits for another person, in their name, for some days. What they decide is recorded with
    /// both names. For the person themself and `HR_ADMIN`.
    async fn delegate_approvals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who stands in for whom, and when.")] input: DelegateApprovalsInput,
    ) -> Isolated<DelegateApprovalsPayload> {
        isolated(async {
            let command = delegation(ctx.actor()?, input)?;
            let outcome = ctx.app()?.funding().delegate_approvals(ctx.actor()?, command).await;
            let (delegation, user_errors) = answered(outcome)?;
            let delegation = delegation.map(ApprovalDelegation::from);
            Ok(Some(DelegateApprovalsPayload { delegation, user_errors }))
        })
        .await
    }

    /// Ends it before its last day is over, or before its first. For the person in whose name it is, and `HR_ADMIN`.
    async fn end_delegation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The delegation.")] input: EndDelegationInput,
    ) -> Isolated<EndDelegationPayload> {
        isolated(async {
            let outcome = ctx.app()?.funding().end_delegation(ctx.actor()?, input.id.0).await;
            let (delegation, user_errors) = answered(outcome)?;
            let delegation = delegation.map(ApprovalDelegation::from);
            Ok(Some(EndDelegationPayload { delegation, user_errors }))
        })
        .await
    }
}

/// What became of `delegateApprovals`.
#[derive(SimpleObject)]
pub(crate) struct DelegateApprovalsPayload {
    /// The delegation; null when refused.
    delegation: Option<ApprovalDelegation>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<DelegateApprovalsError>,
}

user_errors! {
    /// Why nobody stands in.
    DelegateApprovalsError, DelegateApprovalsErrorCode for DelegateRefusal {
        /// There is no such employee, or they have left.
        UnknownEmployee <= DelegateRefusal::UnknownDelegator(_),
        /// There is no such employee at work to stand in.
        UnknownDelegate <= DelegateRefusal::UnknownDelegate(_),
        /// Nobody stands in for themself.
        Oneself <= DelegateRefusal::Oneself,
        /// The last day is over.
        Over <= DelegateRefusal::Over(_),
        /// The days are too many.
        TooLong <= DelegateRefusal::TooLong { .. },
        /// Somebody stands in on one of these days already.
        Overlaps <= DelegateRefusal::Overlaps { .. },
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= DelegateRefusal::KeyReused(_),
    }
}

/// What became of `endDelegation`.
#[derive(SimpleObject)]
pub(crate) struct EndDelegationPayload {
    /// The delegation as it is now; null when refused.
    delegation: Option<ApprovalDelegation>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<EndDelegationError>,
}

user_errors! {
    /// Why a delegation was not ended.
    EndDelegationError, EndDelegationErrorCode for DelegationOver {
        /// It is over, or was ended before.
        Over <= DelegationOver,
    }
}
