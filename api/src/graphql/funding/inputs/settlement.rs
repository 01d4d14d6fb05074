//! Requests to commit, to settle, to cancel and to refund.

use async_graphql::InputObject;
use upskill_domain::funding as domain;
use upskill_domain::kernel::FundingRequestId;

use super::{ReasonCode, amount};
use crate::graphql::error::ApiError;
use crate::graphql::id::Id;
use crate::graphql::key::key;
use crate::graphql::scalars::{Date, MoneyInput};

/// An approved request whose place is booked.
#[derive(InputObject)]
pub(crate) struct CommitFundingRequestInput {
    /// Which one.
    id: Id<FundingRequestId>,
    /// What it costs in all, in the request's currency or in that of its offer, which is converted at the request's exchange rate; what
    /// was approved when not given. What others pay is taken off it. A lower price releases the rest, a higher one takes the
    /// difference from what the budget has available, within the tolerance.
    price: Option<MoneyInput>,
    /// The number of the order: at most 100 characters.
    order_number: Option<String>,
    /// The day on which the course starts; required where the approval asks for a later start.
    starts_on: Option<Date>,
    /// The `version` that was read, if it matters; CONFLICT when the request has changed since.
    expected_version: Option<i32>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<CommitFundingRequestInput> for domain::CommitFundingRequest {
    type Error = ApiError;
    fn try_from(input: CommitFundingRequestInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            id: input.id.0,
            price: input.price.map(|price| amount("input.price", &price)).transpose()?,
            order_number: input.order_number,
            starts_on: input.starts_on.map(|day| day.0),
            expected_version: input.expected_version,
        })
    }
}

/// A committed request whose price is known.
#[derive(InputObject)]
pub(crate) struct SettleFundingRequestInput {
    /// Which one.
    id: Id<FundingRequestId>,
    /// What it cost in all in the end: 0 or above; what others pay is taken off it. In the request's currency or in that of its offer. An invoice in the latter is
    /// converted at the request's exchange rate; where the bank took another one, give what was paid in the request's
    /// currency. Above what was approved only within the tolerance.
    price: MoneyInput,
    /// The number of the invoice: at most 100 characters.
    invoice_number: Option<String>,
    /// What was shown, for example a grade or the number of a certificate: 1 to 500 characters; required where the approval
    /// asks for proofs.
    proof: Option<String>,
    /// The day from which it counts, today or earlier; today when not given.
    effective_on: Option<Date>,
    /// The `version` that was read, if it matters; CONFLICT when the request has changed since.
    expected_version: Option<i32>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<SettleFundingRequestInput> for domain::SettleFundingRequest {
    type Error = ApiError;
    fn try_from(input: SettleFundingRequestInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            id: input.id.0,
            price: amount("input.price", &input.price)?,
            invoice_number: input.invoice_number,
            proof: input.proof,
            effective_on: input.effective_on.map(|day| day.0),
            expected_version: input.expected_version,
        })
    }
}

/// An approved or committed request to give up.
#[derive(InputObject)]
pub(crate) struct CancelFundingRequestInput {
    /// Which one.
    id: Id<FundingRequestId>,
    /// Why.
    reason: ReasonCode,
    /// A remark: at most 4000 characters.
    note: Option<String>,
    /// The `version` that was read, if it matters; CONFLICT when the request has changed since.
    expected_version: Option<i32>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<CancelFundingRequestInput> for domain::CancelFundingRequest {
    type Error = ApiError;
    fn try_from(input: CancelFundingRequestInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            id: input.id.0,
            reason: input.reason.into(),
            note: input.note,
            expected_version: input.expected_version,
        })
    }
}

/// Money that came back from the provider of a settled request.
#[derive(InputObject)]
pub(crate) struct RefundFundingRequestInput {
    /// Which one.
    id: Id<FundingRequestId>,
    /// How much: above 0, at most what of the settled price has not come back yet, in the request's currency.
    amount: MoneyInput,
    /// Why.
    reason: ReasonCode,
    /// A remark: at most 4000 characters.
    note: Option<String>,
    /// The number of the credit note: at most 100 characters.
    credit_note_number: Option<String>,
    /// The day from which it counts, today or earlier; today when not given.
    effective_on: Option<Date>,
    /// The `version` that was read, if it matters; CONFLICT when the request has changed since.
    expected_version: Option<i32>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<RefundFundingRequestInput> for domain::RefundFundingRequest {
    type Error = ApiError;
    fn try_from(input: RefundFundingRequestInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            id: input.id.0,
            amount: amount("input.amount", &input.amount)?,
            reason: input.reason.into(),
            note: input.note,
            credit_note_number: input.credit_note_number,
            effective_on: input.effective_on.map(|day| day.0),
            expected_version: input.expected_version,
        })
    }
}

/// Money that the employee paid back for a settled request.
#[derive(InputObject)]
pub(crate) struct RecoverFundingInput {
    /// Which one.
    id: Id<FundingRequestId>,
    /// How much: above 0, at most what of the settled price has not come back yet, in the request's currency.
    amount: MoneyInput,
    /// Why.
    reason: ReasonCode,
    /// A remark: at most 4000 characters.
    note: Option<String>,
    /// The day from which it counts, today or earlier; today when not given.
    effective_on: Option<Date>,
    /// The `version` that was read, if it matters; CONFLICT when the request has changed since.
    expected_version: Option<i32>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<RecoverFundingInput> for domain::RecoverFunding {
    type Error = ApiError;
    fn try_from(input: RecoverFundingInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            id: input.id.0,
            amount: amount("input.amount", &input.amount)?,
            reason: input.reason.into(),
            note: input.note,
            effective_on: input.effective_on.map(|day| day.0),
            expected_version: input.expected_version,
        })
    }
}

/// An approved request whose reservation is to hold for longer.
#[derive(InputObject)]
pub(crate) struct ExtendReservationInput {
    /// Which one.
    id: Id<FundingRequestId>,
    /// The last day on which it is to hold: later than `reservedUntil`, and no more days from today than the
    /// request's policy keeps promises: 90 without a policy of one's own.
    reserved_until: Date,
    /// The `version` that was read, if it matters; CONFLICT when the request has changed since.
    expected_version: Option<i32>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<ExtendReservationInput> for domain::ExtendReservation {
    type Error = ApiError;
    fn try_from(input: ExtendReservationInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            id: input.id.0,
            reserved_until: input.reserved_until.0,
            expected_version: input.expected_version,
        })
    }
}
