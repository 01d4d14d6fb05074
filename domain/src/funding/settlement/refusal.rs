//! Why money of a request was not booked.

use chrono::NaiveDate;

use crate::journal::Reused;
use crate::kernel::{Currency, Money, Refusal, TextError};

use crate::funding::{PostingRefusal, PriceRefusal, RequestStatus, ReservedReason};

/// Why a request was not committed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommitRefusal {
    /// Not approved, or further already.
    #[error("the request is {}; only one that is APPROVED can be committed", .0.name())]
    NotApproved(RequestStatus),
    /// The price cannot be taken.
    #[error(transparent)]
    Price(#[from] PriceRefusal),
    /// It was approved for a later start, and nobody said when the course starts.
    #[error("the request was approved for a start on {from} or later; say on which day the course starts")]
    StartNeeded {
        /// The first day approved.
        from: NaiveDate,
    },
    /// The course starts before the day for which it was approved.
    #[error("the course starts on {given}, but the request was approved for a start on {from} or later")]
    StartsTooEarly {
        /// The day given.
        given: NaiveDate,
        /// The first day approved.
        from: NaiveDate,
    },
    /// The order number cannot be taken.
    #[error("the order number {0}")]
    InvalidOrderNumber(TextError),
    /// The budget does not take the entry.
    #[error(transparent)]
    Posting(#[from] PostingRefusal),
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for CommitRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::NotApproved(_) => &["input", "id"],
            Self::Price(_) => &["input", "price"],
            Self::StartNeeded { .. } | Self::StartsTooEarly { .. } => &["input", "startsOn"],
            Self::InvalidOrderNumber(_) => &["input", "orderNumber"],
            Self::Posting(refusal) => posting_field(refusal),
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// Why a request was not settled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettleRefusal {
    /// Not committed, or settled already.
    #[error("the request is {}; only one that is COMMITTED can be settled", .0.name())]
    NotCommitted(RequestStatus),
    /// The price cannot be taken.
    #[error(transparent)]
    Price(#[from] PriceRefusal),
    /// What the approval asks to be shown was not.
    #[error("the request was approved on the condition that this is shown: {required}; say what was shown")]
    ProofNeeded {
        /// What is to be shown, in the approvers' words.
        required: String,
    },
    /// What was shown cannot be taken.
    #[error("the proof {0}")]
    InvalidProof(TextError),
    /// The invoice number cannot be taken.
    #[error("the invoice number {0}")]
    InvalidInvoiceNumber(TextError),
    /// The budget does not take the entry.
    #[error(transparent)]
    Posting(#[from] PostingRefusal),
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for SettleRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::NotCommitted(_) => &["input", "id"],
            Self::Price(_) => &["input", "price"],
            Self::ProofNeeded { .. } | Self::InvalidProof(_) => &["input", "proof"],
            Self::InvalidInvoiceNumber(_) => &["input", "invoiceNumber"],
            Self::Posting(refusal) => posting_field(refusal),
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// Why a request was not canceled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CancelRefusal {
    /// Nothing is promised.
    #[error("the request is {}; only one that is APPROVED or COMMITTED can be canceled", .0.name())]
    NotPromised(RequestStatus),
    /// A reason that people do not give.
    #[error(transparent)]
    ReservedReason(#[from] ReservedReason),
    /// The note cannot be taken.
    #[error("the note {0}")]
    InvalidNote(TextError),
    /// The budget does not take the entry.
    #[error(transparent)]
    Posting(#[from] PostingRefusal),
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for CancelRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::NotPromised(_) => &["input", "id"],
            Self::ReservedReason(_) => &["input", "reason"],
            Self::InvalidNote(_) => &["input", "note"],
            Self::Posting(refusal) => posting_field(refusal),
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// Why money that came back, from the provider or from the employee, was not booked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RefundRefusal {
    /// Nothing is spent.
    #[error("the request is {}; only for one that is SETTLED can money come back", .0.name())]
    NotSettled(RequestStatus),
    /// The amount is of another currency than the request.
    #[error("the amount is in {given}, but the request is in {expected}")]
    CurrencyMismatch {
        /// The currency given.
        given: Currency,
        /// The request's.
        expected: Currency,
    },
    /// Nothing, or less than nothing.
    #[error("the amount is {0}; it must be above 0")]
    NotPositive(Money),
    /// More than was paid.
    #[error("the amount is {given}, but only {left} of the price has not come back yet")]
    AboveSpent {
        /// The amount given.
        given: Money,
        /// What can still come back.
        left: Money,
    },
    /// A reason that people do not give.
    #[error(transparent)]
    ReservedReason(#[from] ReservedReason),
    /// The note cannot be taken.
    #[error("the note {0}")]
    InvalidNote(TextError),
    /// The number of the credit note cannot be taken.
    #[error("the number of the credit note {0}")]
    InvalidCreditNoteNumber(TextError),
    /// The budget does not take the entry.
    #[error(transparent)]
    Posting(#[from] PostingRefusal),
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for RefundRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::NotSettled(_) => &["input", "id"],
            Self::CurrencyMismatch { .. } | Self::NotPositive(_) | Self::AboveSpent { .. } => {
                &["input", "amount"]
            }
            Self::ReservedReason(_) => &["input", "reason"],
            Self::InvalidNote(_) => &["input", "note"],
            Self::InvalidCreditNoteNumber(_) => &["input", "creditNoteNumber"],
            Self::Posting(refusal) => posting_field(refusal),
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

fn posting_field(refusal: &PostingRefusal) -> &'static [&'static str] {
    match refusal {
        PostingRefusal::InFuture { .. }
        | PostingRefusal::BeforePeriod { .. }
        | PostingRefusal::BeforeRequest { .. } => &["input", "effectiveOn"],
        _ => &["input", "id"],
    }
}
