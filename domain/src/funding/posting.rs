//! Booking: the one way in which a balance changes.

use chrono::{DateTime, NaiveDate, Utc};

use crate::kernel::{Currency, EmployeeId, FundingRequestId, Ids, LedgerEntryId, Money, TypedId};

use super::route::Leg;
use super::{Budget, BudgetStatus, Change, EntryKind, LedgerEntry, LimitMode, ReasonCode};

/// An entry to be booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Posting {
    pub kind: EntryKind,
    pub change: Change,
    pub request: Option<FundingRequestId>,
    pub remarks: Remarks,
}

/// What somebody says about an entry they cause.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Remarks {
    pub reason: Option<ReasonCode>,
    pub note: Option<String>,
    pub document: Option<String>,
    /// Today when not given.
    pub effective_on: Option<NaiveDate>,
}

impl Posting {
    pub(super) fn new(kind: EntryKind, change: Change) -> Self {
        Self { kind, change, request: None, remarks: Remarks::default() }
    }

    pub(super) fn about(self, request: FundingRequestId) -> Self {
        Self { request: Some(request), ..self }
    }

    pub(super) fn remarking(self, remarks: Remarks) -> Self {
        Self { remarks, ..self }
    }
}

/// Who books, when, and where new ids come from.
#[derive(Clone, Copy)]
pub(super) struct Stamp<'a> {
    pub ids: &'a dyn Ids,
    pub by: Option<EmployeeId>,
    pub at: DateTime<Utc>,
    /// The day it is at the employer.
    pub today: NaiveDate,
}

impl Budget {
    /// Books an entry. Nothing else changes a balance.
    pub(super) fn post(
        &mut self,
        posting: Posting,
        stamp: &Stamp<'_>,
    ) -> Result<LedgerEntry, PostingRefusal> {
        let Posting { kind, change, request, remarks } = posting;
        if !self.status.takes(kind) {
            let (budget, status) = (self.name.clone(), self.status);
            return Err(PostingRefusal::NotTaken { budget, status, kind });
        }
        let effective_on = remarks.effective_on.unwrap_or(stamp.today);
        if effective_on > stamp.today {
            return Err(PostingRefusal::InFuture { given: effective_on, today: stamp.today });
        }
        let available = self.balance.available().saturating_add(change.available());
        if change.available() < 0 && available < 0 && !self.lets_through(kind) {
            return Err(self.shortfall(kind, change.available()));
        }
        let out_of_range = PostingRefusal::OutOfRange { budget: self.name.clone() };
        let after = self.balance.plus(change).filter(|_| kind.allows(change)).ok_or(out_of_range)?;
        self.balance = after;
        self.entries = self.entries.saturating_add(1);
        Ok(LedgerEntry {
            id: LedgerEntryId::from_uuid(stamp.ids.next()),
            budget: self.id,
            sequence: self.entries,
            kind,
            change,
            currency: self.currency,
            balance: after,
            request,
            transfer: None,
            reason: remarks.reason,
            note: remarks.note,
            document: remarks.document,
            effective_on,
            by: stamp.by,
            at: stamp.at,
        })
    }

    /// Whether an entry may take more than is available: a promise in WARN mode, nothing else (F1).
    fn lets_through(&self, kind: EntryKind) -> bool {
        self.limit_mode == LimitMode::Warn && kind == EntryKind::Reserve
    }

    fn shortfall(&self, kind: EntryKind, taken: i64) -> PostingRefusal {
        let budget = self.name.clone();
        let (needed, bound) = (taken.saturating_neg(), self.balance.bound());
        if kind != EntryKind::Adjust {
            let (available, needed) = (self.available(), self.money(needed));
            return PostingRefusal::InsufficientFunds { budget, available, needed };
        }
        let lowerable = self.balance.available().max(0);
        // No more can be released than hangs on it; beyond that the allocation would fall below 0.
        let release = needed.saturating_sub(self.balance.available()).min(bound);
        let [lowerable, bound, release] = [lowerable, bound, release].map(|minor| self.money(minor));
        PostingRefusal::BelowPromised { budget, lowerable, bound, release }
    }

    /// Whether an amount is in this budget's currency.
    pub(super) fn check_currency(&self, amount: Money) -> Result<(), CurrencyMismatch> {
        let (given, expected) = (amount.currency(), self.currency);
        if given == expected {
            return Ok(());
        }
        Err(CurrencyMismatch { budget: self.name.clone(), given, expected })
    }
}

/// Books what a movement does to each budget on its way; all of them are locked by the caller.
pub(super) fn post_legs(
    budgets: &mut [Budget],
    legs: &[Leg],
    remarks: &Remarks,
    stamp: &Stamp<'_>,
) -> Result<Vec<LedgerEntry>, PostingRefusal> {
    let mut entries: Vec<LedgerEntry> = Vec::with_capacity(legs.len());
    for leg in legs {
        let Some(budget) = budgets.iter_mut().find(|budget| budget.id == leg.budget) else { continue };
        let posting = Posting::new(leg.kind, leg.change).remarking(remarks.clone());
        entries.push(budget.post(posting, stamp)?);
    }
    // One entry alone is no movement between budgets.
    let transfer = entries.first().filter(|_| entries.len() > 1).map(|first| first.id);
    for entry in &mut entries {
        entry.transfer = transfer;
    }
    Ok(entries)
}

/// Why a budget does not take an entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PostingRefusal {
    /// Its status does not allow it.
    #[error("the budget '{budget}' is {}, so it takes no {}", status.name(), kind.name())]
    NotTaken {
        /// The budget's name.
        budget: String,
        /// Its status.
        status: BudgetStatus,
        /// What it should take.
        kind: EntryKind,
    },
    /// More is needed than is available.
    #[error("the budget '{budget}' has {available} available, but {needed} is needed")]
    InsufficientFunds {
        /// The budget's name.
        budget: String,
        /// What is available.
        available: Money,
        /// What is needed.
        needed: Money,
    },
    /// The allocation would fall below what hangs on it (F6).
    #[error(
        "the allocation of the budget '{budget}' can be lowered by {lowerable} at most; {bound} is handed on, promised \
         or spent, of which {release} would have to be released first"
    )]
    BelowPromised {
        /// The budget's name.
        budget: String,
        /// By how much it can be lowered as it is.
        lowerable: Money,
        /// What is handed on, promised or spent.
        bound: Money,
        /// What of that would have to be released.
        release: Money,
    },
    /// An entry counts from today or an earlier day.
    #[error("an entry cannot count from {given}, a day to come; today is {today}")]
    InFuture {
        /// The day given.
        given: NaiveDate,
        /// The day it is at the employer.
        today: NaiveDate,
    },
    /// Beyond what a budget can hold.
    #[error("the budget '{budget}' cannot hold that: a layer must lie between 0 and 10 trillion minor units")]
    OutOfRange {
        /// The budget's name.
        budget: String,
    },
}

/// An amount of another currency than the budget.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the amount is in {given}, but the budget '{budget}' is in {expected}")]
pub struct CurrencyMismatch {
    budget: String,
    given: Currency,
    expected: Currency,
}

#[cfg(test)]
mod tests;
