//! Booking, paying, giving up and getting money back.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::funding::{
    CancelRefusal, CommitRefusal, PostingRefusal, PriceRefusal, RefundRefusal, SettleRefusal,
};

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::funding::inputs::{
    CancelFundingRequestInput, CommitFundingRequestInput, RefundFundingRequestInput,
    SettleFundingRequestInput,
};
use crate::graphql::funding::types::FundingRequest;
use crate::graphql::refusal::{answered, user_errors};

/// Mutations that follow a decision.
#[derive(Default)]
pub(crate) struct SettlementMutations;

#[Object]
impl SettlementMutations {
    /// Commits the money of an approved request: the place is booked, at the approved amount or at the price that is given.
    /// For `HR_ADMIN` and FINANCE. CONFLICT when the expected version is not the stored one.
    async fn commit_funding_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request.")] input: CommitFundingRequestInput,
    ) -> Isolated<CommitFundingRequestPayload> {
        isolated(async {
            let command = input.try_into()?;
            let outcome = ctx.app()?.funding().commit_request(ctx.actor()?, command).await;
            let (funding_request, user_errors) = answered(outcome)?;
            Ok(Some(CommitFundingRequestPayload {
                funding_request: funding_request.map(FundingRequest::from),
                user_errors,
            }))
        })
        .await
    }

    /// Settles a committed request at its actual price; what the price leaves over is available again, what it needs beyond
    /// what is committed is taken from what the budget has available. For `HR_ADMIN` and FINANCE. CONFLICT when the expected
    /// version is not the stored one.
    async fn settle_funding_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request and the price.")] input: SettleFundingRequestInput,
    ) -> Isolated<SettleFundingRequestPayload> {
        isolated(async {
            let command = input.try_into()?;
            let outcome = ctx.app()?.funding().settle_request(ctx.actor()?, command).await;
            let (funding_request, user_errors) = answered(outcome)?;
            Ok(Some(SettleFundingRequestPayload {
                funding_request: funding_request.map(FundingRequest::from),
                user_errors,
            }))
        })
        .await
    }

    /// Gives an approved or committed request up and releases its money. For `HR_ADMIN` and FINANCE. CONFLICT when the expected
    /// version is not the stored one.
    async fn cancel_funding_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request and the reason.")] input: CancelFundingRequestInput,
    ) -> Isolated<CancelFundingRequestPayload> {
        isolated(async {
            let command = input.try_into()?;
            let outcome = ctx.app()?.funding().cancel_request(ctx.actor()?, command).await;
            let (funding_request, user_errors) = answered(outcome)?;
            Ok(Some(CancelFundingRequestPayload {
                funding_request: funding_request.map(FundingRequest::from),
                user_errors,
            }))
        })
        .await
    }

    /// Books money that came back from the provider of a settled request, all of it or a part. For `HR_ADMIN` and FINANCE. CONFLICT when the
    /// expected version is not the stored one.
    async fn refund_funding_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request, the amount and the reason.")] input: RefundFundingRequestInput,
    ) -> Isolated<RefundFundingRequestPayload> {
        isolated(async {
            let command = input.try_into()?;
            let outcome = ctx.app()?.funding().refund_request(ctx.actor()?, command).await;
            let (funding_request, user_errors) = answered(outcome)?;
            Ok(Some(RefundFundingRequestPayload {
                funding_request: funding_request.map(FundingRequest::from),
                user_errors,
            }))
        })
        .await
    }
}

/// What became of `commitFundingRequest`.
#[derive(SimpleObject)]
pub(crate) struct CommitFundingRequestPayload {
    /// The request as it is now; null when refused.
    funding_request: Option<FundingRequest>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<CommitFundingRequestError>,
}

user_errors! {
    /// Why a request was not committed.
    CommitFundingRequestError, CommitFundingRequestErrorCode for CommitRefusal {
        /// It is not APPROVED.
        NotApproved <= CommitRefusal::NotApproved(_),
        /// The price is neither in the request's currency nor in that of its offer.
        CurrencyMismatch <= CommitRefusal::Price(PriceRefusal::CurrencyMismatch { .. }),
        /// The price is below 0.
        NegativePrice <= CommitRefusal::Price(PriceRefusal::Negative(_)),
        /// The price is further above what was approved than the tolerance allows; it needs a new decision.
        PriceAboveTolerance <= CommitRefusal::Price(PriceRefusal::AboveTolerance { .. }),
        /// The budget has less available than the difference.
        InsufficientFunds <= CommitRefusal::Posting(PostingRefusal::InsufficientFunds { .. }),
        /// It was approved for a later start: say when the course starts.
        StartNeeded <= CommitRefusal::StartNeeded { .. },
        /// The course starts before the first day that it was approved for.
        StartsTooEarly <= CommitRefusal::StartsTooEarly { .. },
        /// The order number is empty, too long or has control characters.
        InvalidOrderNumber <= CommitRefusal::InvalidOrderNumber(_),
        /// The budget of its status does not take it.
        BudgetStatus <= CommitRefusal::Posting(PostingRefusal::NotTaken { .. }),
        /// The budget cannot take the amount.
        OutOfRange <= CommitRefusal::Posting(_),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= CommitRefusal::KeyReused(_),
    }
}

/// What became of `settleFundingRequest`.
#[derive(SimpleObject)]
pub(crate) struct SettleFundingRequestPayload {
    /// The request as it is now; null when refused.
    funding_request: Option<FundingRequest>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<SettleFundingRequestError>,
}

user_errors! {
    /// Why a request was not settled.
    SettleFundingRequestError, SettleFundingRequestErrorCode for SettleRefusal {
        /// It is not COMMITTED.
        NotCommitted <= SettleRefusal::NotCommitted(_),
        /// The price is neither in the request's currency nor in that of its offer.
        CurrencyMismatch <= SettleRefusal::Price(PriceRefusal::CurrencyMismatch { .. }),
        /// The price is below 0.
        NegativePrice <= SettleRefusal::Price(PriceRefusal::Negative(_)),
        /// The price is further above what was approved than the tolerance allows; it needs a new decision.
        PriceAboveTolerance <= SettleRefusal::Price(PriceRefusal::AboveTolerance { .. }),
        /// The budget has less available than the difference.
        InsufficientFunds <= SettleRefusal::Posting(PostingRefusal::InsufficientFunds { .. }),
        /// It was approved on the condition that something is shown: say what was.
        ProofNeeded <= SettleRefusal::ProofNeeded { .. },
        /// The proof is empty, too long or has control characters.
        InvalidProof <= SettleRefusal::InvalidProof(_),
        /// The invoice number is empty, too long or has control characters.
        InvalidInvoiceNumber <= SettleRefusal::InvalidInvoiceNumber(_),
        /// The budget of its status does not take it.
        BudgetStatus <= SettleRefusal::Posting(PostingRefusal::NotTaken { .. }),
        /// It would count from a day to come.
        InFuture <= SettleRefusal::Posting(PostingRefusal::InFuture { .. }),
        /// It would count from a day before the budget's first.
        BeforePeriod <= SettleRefusal::Posting(PostingRefusal::BeforePeriod { .. }),
        /// It would count from a day before the request was submitted.
        BeforeRequest <= SettleRefusal::Posting(PostingRefusal::BeforeRequest { .. }),
        /// The budget cannot take the amount.
        OutOfRange <= SettleRefusal::Posting(_),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= SettleRefusal::KeyReused(_),
    }
}

/// What became of `cancelFundingRequest`.
#[derive(SimpleObject)]
pub(crate) struct CancelFundingRequestPayload {
    /// The request as it is now; null when refused.
    funding_request: Option<FundingRequest>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<CancelFundingRequestError>,
}

user_errors! {
    /// Why a request was not canceled.
    CancelFundingRequestError, CancelFundingRequestErrorCode for CancelRefusal {
        /// It is neither APPROVED nor COMMITTED.
        NotPromised <= CancelRefusal::NotPromised(_),
        /// The reason is one that only the product gives.
        ReservedReason <= CancelRefusal::ReservedReason(_),
        /// The remark is empty, too long or has control characters.
        InvalidNote <= CancelRefusal::InvalidNote(_),
        /// The budget of its status does not take it.
        BudgetStatus <= CancelRefusal::Posting(PostingRefusal::NotTaken { .. }),
        /// The budget cannot take the amount.
        OutOfRange <= CancelRefusal::Posting(_),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= CancelRefusal::KeyReused(_),
    }
}

/// What became of `refundFundingRequest`.
#[derive(SimpleObject)]
pub(crate) struct RefundFundingRequestPayload {
    /// The request as it is now; null when refused.
    funding_request: Option<FundingRequest>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<RefundFundingRequestError>,
}

user_errors! {
    /// Why a refund was not booked.
    RefundFundingRequestError, RefundFundingRequestErrorCode for RefundRefusal {
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
        InvalidNote <= RefundRefusal::InvalidNote(_),
        /// The number of the credit note is empty, too long or has control characters.
        InvalidCreditNoteNumber <= RefundRefusal::InvalidCreditNoteNumber(_),
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
