//! After the decision: booking the place, paying for it, giving it up, getting money back.

use crate::journal::Reused;
use crate::kernel::{Currency, Fault, Money, Refusal, TextError};

use super::posting::{Posting, Remarks, Stamp};
use super::{Budget, Change, EntryKind, FundingRequest, LedgerEntry, PostingRefusal, RequestStatus};

/// Why a request was not committed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommitRefusal {
    /// Not approved, or further already.
    #[error("the request is {}; only one that is APPROVED can be committed", .0.name())]
    NotApproved(RequestStatus),
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
    /// The price is of another currency than the request.
    #[error("the price is in {given}, but the request is in {expected}")]
    CurrencyMismatch {
        /// The currency given.
        given: Currency,
        /// The request's.
        expected: Currency,
    },
    /// Less than nothing.
    #[error("the price is {0}; a price is 0 or above")]
    Negative(Money),
    /// More than was promised.
    #[error(
        "the price is {price}, but only {committed} is committed; the difference needs a decision of its own"
    )]
    AboveCommitted {
        /// The actual price.
        price: Money,
        /// What is committed.
        committed: Money,
    },
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
            Self::CurrencyMismatch { .. } | Self::Negative(_) | Self::AboveCommitted { .. } => {
                &["input", "price"]
            }
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
            Self::InvalidNote(_) => &["input", "note"],
            Self::Posting(refusal) => posting_field(refusal),
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// Why a refund was not booked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RefundRefusal {
    /// Nothing is spent.
    #[error("the request is {}; only for one that is SETTLED can money come back", .0.name())]
    NotSettled(RequestStatus),
    /// The amount is of another currency than the request.
    #[error("the refund is in {given}, but the request is in {expected}")]
    CurrencyMismatch {
        /// The currency given.
        given: Currency,
        /// The request's.
        expected: Currency,
    },
    /// Nothing, or less than nothing.
    #[error("the refund is {0}; it must be above 0")]
    NotPositive(Money),
    /// More than was paid.
    #[error("the refund is {given}, but only {left} of the price has not come back yet")]
    AboveSpent {
        /// The amount given.
        given: Money,
        /// What can still come back.
        left: Money,
    },
    /// The note cannot be taken.
    #[error("the note {0}")]
    InvalidNote(TextError),
    /// The credit note's number cannot be taken.
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

impl FundingRequest {
    /// What of the settled price has not come back.
    pub fn spent(&self) -> i64 {
        self.settled.map_or(0, |settled| settled.minor().saturating_sub(self.refunded.minor()))
    }

    /// Whether the budget holds in its layers what the request says it holds. If not, something wrote past the
    /// ledger, and booking on top would hide it.
    pub(super) fn check_held(&self, budget: &Budget) -> Result<(), Fault> {
        let amount = self.amount.minor();
        let (held, needed, layer) = match self.status {
            RequestStatus::Approved => (budget.balance.reserved, amount, "reserved"),
            RequestStatus::Committed => (budget.balance.committed, amount, "committed"),
            RequestStatus::Settled => (budget.balance.spent, self.spent(), "spent"),
            _ => return Ok(()),
        };
        if held >= needed {
            return Ok(());
        }
        Err(Fault::inconsistent(format!(
            "{} has {held} {layer}, but {} alone stands for {needed}; run the verification",
            budget.id, self.id
        )))
    }

    /// The place is booked.
    pub(super) fn commit(
        &mut self,
        budget: &mut Budget,
        order_number: Option<String>,
        stamp: &Stamp<'_>,
    ) -> Result<LedgerEntry, CommitRefusal> {
        if self.status != RequestStatus::Approved {
            return Err(CommitRefusal::NotApproved(self.status));
        }
        let amount = self.amount.minor();
        let change = Change { reserved: amount.saturating_neg(), committed: amount, ..Change::default() };
        let remarks = Remarks { document: order_number.clone(), ..Remarks::default() };
        let entry = self.post(budget, EntryKind::Commit, change, remarks, stamp)?;
        self.order_number = order_number;
        self.committed_at = Some(stamp.at);
        self.move_to(RequestStatus::Committed);
        Ok(entry)
    }

    /// The price is known. What it leaves of the commitment is available again.
    pub(super) fn settle(
        &mut self,
        budget: &mut Budget,
        price: Money,
        remarks: Remarks,
        stamp: &Stamp<'_>,
    ) -> Result<LedgerEntry, SettleRefusal> {
        if self.status != RequestStatus::Committed {
            return Err(SettleRefusal::NotCommitted(self.status));
        }
        let (given, expected) = (price.currency(), self.amount.currency());
        if given != expected {
            return Err(SettleRefusal::CurrencyMismatch { given, expected });
        }
        if price.is_negative() {
            return Err(SettleRefusal::Negative(price));
        }
        if price.minor() > self.amount.minor() {
            return Err(SettleRefusal::AboveCommitted { price, committed: self.amount });
        }
        let committed = self.amount.minor().saturating_neg();
        let change = Change { committed, spent: price.minor(), ..Change::default() };
        let entry = self.post(budget, EntryKind::Spend, change, remarks, stamp)?;
        self.settled = Some(price);
        self.settled_at = Some(stamp.at);
        self.move_to(RequestStatus::Settled);
        Ok(entry)
    }

    /// It is given up; the promise is released.
    pub(super) fn cancel(
        &mut self,
        budget: &mut Budget,
        remarks: Remarks,
        stamp: &Stamp<'_>,
    ) -> Result<LedgerEntry, CancelRefusal> {
        let promised = self.amount.minor().saturating_neg();
        let change = match self.status {
            RequestStatus::Approved => Change { reserved: promised, ..Change::default() },
            RequestStatus::Committed => Change { committed: promised, ..Change::default() },
            status => return Err(CancelRefusal::NotPromised(status)),
        };
        let entry = self.post(budget, EntryKind::Release, change, remarks, stamp)?;
        self.ended_at = Some(stamp.at);
        self.move_to(RequestStatus::Canceled);
        Ok(entry)
    }

    /// Money comes back, all of it or a part.
    pub(super) fn refund(
        &mut self,
        budget: &mut Budget,
        amount: Money,
        remarks: Remarks,
        stamp: &Stamp<'_>,
    ) -> Result<LedgerEntry, RefundRefusal> {
        if self.status != RequestStatus::Settled {
            return Err(RefundRefusal::NotSettled(self.status));
        }
        let (given, expected) = (amount.currency(), self.amount.currency());
        if given != expected {
            return Err(RefundRefusal::CurrencyMismatch { given, expected });
        }
        if !amount.is_positive() {
            return Err(RefundRefusal::NotPositive(amount));
        }
        let left = budget.money(self.spent());
        if amount.minor() > left.minor() {
            return Err(RefundRefusal::AboveSpent { given: amount, left });
        }
        let change = Change { spent: amount.minor().saturating_neg(), ..Change::default() };
        let entry = self.post(budget, EntryKind::Refund, change, remarks, stamp)?;
        self.refunded = budget.money(self.refunded.minor().saturating_add(amount.minor()));
        self.touch();
        Ok(entry)
    }

    fn post(
        &self,
        budget: &mut Budget,
        kind: EntryKind,
        change: Change,
        remarks: Remarks,
        stamp: &Stamp<'_>,
    ) -> Result<LedgerEntry, PostingRefusal> {
        budget.post(Posting::new(kind, change).about(self).remarking(remarks), stamp)
    }
}
