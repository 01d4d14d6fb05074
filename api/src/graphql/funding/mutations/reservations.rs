//! Reservations that hold for longer, and money that employees pay back.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::funding::{ExtendRefusal, PostingRefusal, RefundRefusal};

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::funding::inputs::{ExtendReservationInput, RecoverFundingInput};
use crate::graphql::funding::types::FundingRequest;
use crate::graphql::refusal::{answered, user_errors};

/// Mutations of reservations and repayments.
#[derive(Default)]
pub(crate) struct ReservationMutations;

#[Object]
impl ReservationMutations {
    /// Makes the reservation of an approved request hold until a later day. For `HR_ADMIN`, FINANCE and the owners of the
    /// budget, not for their own requests. CONFLICT when the expected version is not the stored one.
    async fn extend_reservation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request and the day.")] input: ExtendReservationInput,
    ) -> Isolated<ExtendReservationPayload> {
        isolated(async {
            let command = input.try_into()?;
            let outcome = ctx.app()?.funding().extend_reservation(ctx.actor()?, command).await;
            let (funding_request, user_errors) = answered(outcome)?;
            Ok(Some(ExtendReservationPayload {
                funding_request: funding_request.map(FundingRequest::from),
                user_errors,
            }))
        })
        .await
    }

    /// Books money that the employee paid back for a settled request, all of it or a part. It is available again. For
    /// `HR_ADMIN` and FINANCE. CONFLICT when the expected version is not the stored one.
    async fn recover_funding(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request, the amount and the reason.")] input: RecoverFundingInput,
    ) -> Isolated<RecoverFundingPayload> {
        isolated(async {
            let command = input.try_into()?;
            let outcome = ctx.app()?.funding().recover_funding(ctx.actor()?, command).await;
            let (funding_request, user_errors) = answered(outcome)?;
            Ok(Some(RecoverFundingPayload {
                funding_request: funding_request.map(FundingRequest::from),
                user_errors,
            }))
        })
        .await
    }
}

/// What became of `extendReservation`.
#[derive(SimpleObject)]
pub(crate) struct ExtendReservationPayload {
    /// The request as it is now; null when refused.
    funding_request: Option<FundingRequest>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<ExtendReservationError>,
}

user_errors! {
    /// Why a reservation does not hold for longer.
    ExtendReservationError, ExtendReservationErrorCode for ExtendRefusal {
        /// It is not APPROVED.
        NotApproved <= ExtendRefusal::NotApproved(_),
        /// It is the caller's own request.
        OwnRequest <= ExtendRefusal::OwnRequest,
        /// The reservation holds that long already.
        NotLater <= ExtendRefusal::NotLater { .. },
        /// The day is too far ahead.
        TooFar <= ExtendRefusal::TooFar { .. },
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= ExtendRefusal::KeyReused(_),
    }
}

/// What became of `recoverFunding`.
#[derive(SimpleObject)]
pub(crate) struct RecoverFundingPayload {
    /// The request as it is now; null when refused.
    funding_request: Option<FundingRequest>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<RecoverFundingError>,
}

user_errors! {
    /// Why a repayment was not booked.
    RecoverFundingError, RecoverFundingErrorCode for RefundRefusal {
        /// It is not SETTLED.
        NotSettled <= RefundRefusal::NotSettled(_),
        /// The amount is not in the request's currency.
        CurrencyMismatch <= RefundRefusal::CurrencyMismatch { .. },
        /// The amount is not above 0.
        AmountNotPositive <= RefundRefusal::NotPositive(_),
        /// More than was paid would have come back.
        AboveSpent <= RefundRefusal::AboveSpent { .. },
        /// The reason is one that only the product gives.
        ReservedReason <= RefundRefusal::ReservedReason(_),
        /// The remark is empty, too long or has control characters.
        InvalidNote <= RefundRefusal::InvalidNote(_) | RefundRefusal::InvalidCreditNoteNumber(_),
        /// The budget of its status does not take it.
        BudgetStatus <= RefundRefusal::Posting(PostingRefusal::NotTaken { .. }),
        /// It would count from a day to come.
        InFuture <= RefundRefusal::Posting(PostingRefusal::InFuture { .. }),
        /// It would count from a day before the budget's first.
        BeforePeriod <= RefundRefusal::Posting(PostingRefusal::BeforePeriod { .. }),
        /// It would count from a day before the request was submitted.
        BeforeRequest <= RefundRefusal::Posting(PostingRefusal::BeforeRequest { .. }),
        /// The budget cannot take the amount.
        OutOfRange <= RefundRefusal::Posting(_),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= RefundRefusal::KeyReused(_),
    }
}
