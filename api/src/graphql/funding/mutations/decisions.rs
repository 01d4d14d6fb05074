//! Deciding requests.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::funding::{
    ApproveRefusal, ConditionRefusal, NotTheirTurn, PostingRefusal, RejectRefusal,
};

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::funding::inputs::{
    ApproveFundingRequestInput, RejectFundingRequestInput, RequestFundingChangesInput,
};
use crate::graphql::funding::types::{FundingRequest, LedgerEntry};
use crate::graphql::refusal::{answered, user_errors};

/// Mutations of those who decide.
#[derive(Default)]
pub(crate) struct DecisionMutations;

#[Object]
impl DecisionMutations {
    /// Approves the step that waits for the caller, as it stands or under conditions, which later steps see and may only tighten.
    /// With the last step the request is approved and its amount, or what the conditions left of it, reserved, both or neither. For the approver it waits for; nobody decides their own request. CONFLICT when the expected version is not the
    /// stored one.
    async fn approve_funding_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request.")] input: ApproveFundingRequestInput,
    ) -> Isolated<ApproveFundingRequestPayload> {
        isolated(async {
            let command = input.try_into()?;
            let outcome = ctx.app()?.funding().approve_request(ctx.actor()?, command).await;
            let (approved, user_errors) = answered(outcome)?;
            let (funding_request, reservation) = approved.unzip();
            Ok(Some(ApproveFundingRequestPayload {
                funding_request: funding_request.map(FundingRequest::from),
                reservation: reservation.flatten().map(LedgerEntry::from),
                user_errors,
            }))
        })
        .await
    }

    /// Hands the request that waits for the caller back to whoever asked, because something is to be changed. No money moves, and
    /// the request waits in nobody's inbox until they answer with a new round or withdraw it. For the approver it waits for; nobody
    /// decides their own request. CONFLICT when the expected version is not the stored one.
    async fn request_funding_changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request and what is to be changed.")] input: RequestFundingChangesInput,
    ) -> Isolated<RequestFundingChangesPayload> {
        isolated(async {
            let command = input.try_into()?;
            let outcome = ctx.app()?.funding().request_changes(ctx.actor()?, command).await;
            let (funding_request, user_errors) = answered(outcome)?;
            Ok(Some(RequestFundingChangesPayload {
                funding_request: funding_request.map(FundingRequest::from),
                user_errors,
            }))
        })
        .await
    }

    /// Rejects the request that waits for the caller; that ends it. For the approver it waits for; nobody decides their own
    /// request. CONFLICT when the expected version is not the stored one.
    async fn reject_funding_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request and the reason.")] input: RejectFundingRequestInput,
    ) -> Isolated<RejectFundingRequestPayload> {
        isolated(async {
            let command = input.try_into()?;
            let outcome = ctx.app()?.funding().reject_request(ctx.actor()?, command).await;
            let (funding_request, user_errors) = answered(outcome)?;
            Ok(Some(RejectFundingRequestPayload {
                funding_request: funding_request.map(FundingRequest::from),
                user_errors,
            }))
        })
        .await
    }
}

/// What became of `approveFundingRequest`.
#[derive(SimpleObject)]
pub(crate) struct ApproveFundingRequestPayload {
    /// The request as it is now; null when refused.
    funding_request: Option<FundingRequest>,
    /// The entry that reserves the money, with what it leaves in every layer of the budget; null when refused, and while
    /// other steps are still to come.
    reservation: Option<LedgerEntry>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<ApproveFundingRequestError>,
}

user_errors! {
    /// Why a request was not approved.
    ApproveFundingRequestError, ApproveFundingRequestErrorCode for ApproveRefusal {
        /// It is decided or over.
        NotPending <= ApproveRefusal::Step(NotTheirTurn::NotPending(_)),
        /// It waits for somebody else now.
        NotYourTurn <= ApproveRefusal::Step(NotTheirTurn::NotYours),
        /// Nobody decides their own request.
        OwnRequest <= ApproveRefusal::Step(NotTheirTurn::OwnRequest),
        /// Whom the step waits for has left or lost what made them an approver; it goes to somebody else in a moment.
        NoLongerApprover <= ApproveRefusal::Step(NotTheirTurn::NoLongerApprover),
        /// The caller has decided another step of the request.
        DecidedBefore <= ApproveRefusal::Step(NotTheirTurn::DecidedBefore),
        /// The caller is not at work.
        ApproverAbsent <= ApproveRefusal::Step(NotTheirTurn::Absent(_)),
        /// The budget, in HARD mode, has less available.
        InsufficientFunds <= ApproveRefusal::Posting(PostingRefusal::InsufficientFunds { .. } | PostingRefusal::BelowPromised { .. }),
        /// The budget has fewer learning hours left than the course releases for.
        InsufficientHours <= ApproveRefusal::Posting(PostingRefusal::InsufficientHours { .. }),
        /// A budget of its status promises nothing.
        BudgetStatus <= ApproveRefusal::Posting(PostingRefusal::NotTaken { .. }),
        /// The budget's last day has passed, so nothing more is promised on it.
        PeriodOver <= ApproveRefusal::Posting(PostingRefusal::PeriodOver { .. }),
        /// The budget cannot hold that much.
        OutOfRange <= ApproveRefusal::Posting(_),
        /// The conditions ask for nothing.
        NoCondition <= ApproveRefusal::Conditions(ConditionRefusal::Empty),
        /// The amount of the conditions is not in the request's currency.
        CurrencyMismatch <= ApproveRefusal::Conditions(ConditionRefusal::CurrencyMismatch { .. }),
        /// The amount of the conditions is 0 or below.
        AmountNotPositive <= ApproveRefusal::Conditions(ConditionRefusal::NotPositive(_)),
        /// The amount of the conditions is not below what the request is for as it stands.
        AmountNotSmaller <= ApproveRefusal::Conditions(ConditionRefusal::NotSmaller { .. }),
        /// The first day of the conditions is not after today and what earlier steps asked for, or too far ahead.
        InvalidStart <= ApproveRefusal::Conditions(ConditionRefusal::NotLater { .. } | ConditionRefusal::TooFar { .. }),
        /// A proof of the conditions is empty, too long or has control characters, or there are too many.
        InvalidProof <= ApproveRefusal::Conditions(ConditionRefusal::TooManyProofs(_) | ConditionRefusal::InvalidProof { .. }),
        /// The remark is empty, too long or has control characters.
        InvalidNote <= ApproveRefusal::InvalidNote(_),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= ApproveRefusal::KeyReused(_),
    }
}

/// What became of `requestFundingChanges`.
#[derive(SimpleObject)]
pub(crate) struct RequestFundingChangesPayload {
    /// The request as it is now; null when refused.
    funding_request: Option<FundingRequest>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<RequestFundingChangesError>,
}

user_errors! {
    /// Why a request was not handed back.
    RequestFundingChangesError, RequestFundingChangesErrorCode for RejectRefusal {
        /// It is decided or over.
        NotPending <= RejectRefusal::Step(NotTheirTurn::NotPending(_)),
        /// It waits for somebody else now.
        NotYourTurn <= RejectRefusal::Step(NotTheirTurn::NotYours),
        /// Nobody decides their own request.
        OwnRequest <= RejectRefusal::Step(NotTheirTurn::OwnRequest),
        /// The caller has decided another step of the request.
        DecidedBefore <= RejectRefusal::Step(NotTheirTurn::DecidedBefore),
        /// The caller is not at work.
        ApproverAbsent <= RejectRefusal::Step(NotTheirTurn::Absent(_)),
        /// Whom the step waits for has left or lost what made them an approver; it goes to somebody else in a moment.
        NoLongerApprover <= RejectRefusal::Step(NotTheirTurn::NoLongerApprover),
        /// The text is empty, too long or has control characters.
        InvalidText <= RejectRefusal::InvalidText(_),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= RejectRefusal::KeyReused(_),
    }
}

/// What became of `rejectFundingRequest`.
#[derive(SimpleObject)]
pub(crate) struct RejectFundingRequestPayload {
    /// The request as it is now; null when refused.
    funding_request: Option<FundingRequest>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<RejectFundingRequestError>,
}

user_errors! {
    /// Why a request was not rejected.
    RejectFundingRequestError, RejectFundingRequestErrorCode for RejectRefusal {
        /// It is decided or over.
        NotPending <= RejectRefusal::Step(NotTheirTurn::NotPending(_)),
        /// It waits for somebody else now.
        NotYourTurn <= RejectRefusal::Step(NotTheirTurn::NotYours),
        /// Nobody decides their own request.
        OwnRequest <= RejectRefusal::Step(NotTheirTurn::OwnRequest),
        /// Whom the step waits for has left or lost what made them an approver; it goes to somebody else in a moment.
        NoLongerApprover <= RejectRefusal::Step(NotTheirTurn::NoLongerApprover),
        /// The caller has decided another step of the request.
        DecidedBefore <= RejectRefusal::Step(NotTheirTurn::DecidedBefore),
        /// The caller is not at work.
        ApproverAbsent <= RejectRefusal::Step(NotTheirTurn::Absent(_)),
        /// The text is empty, too long or has control characters.
        InvalidText <= RejectRefusal::InvalidText(_),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= RejectRefusal::KeyReused(_),
    }
}
