//! Booking: the one way in which a balance changes.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::kernel::{Currency, EmployeeId, Fault, FundingRequestId, Ids, LedgerEntryId, Money, TypedId};

use super::movement::Movement;
use super::{
    Balance, Budget, BudgetStatus, Change, EntryKind, FundingRequest, Hours, HoursChange, LedgerEntry,
    LimitMode, ReasonCode,
};

/// An entry to be booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Posting {
    pub kind: EntryKind,
    pub change: Change,
    /// What it does to learning hours.
    pub hours: HoursChange,
    pub request: Option<FundingRequestId>,
    /// When the request was submitted that it is about.
    pub requested_at: Option<DateTime<Utc>>,
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
        let hours = HoursChange::default();
        Self { kind, change, hours, request: None, requested_at: None, remarks: Remarks::default() }
    }

    /// About a request: its learning hours go along with its money.
    pub(super) fn about(self, request: &FundingRequest) -> Self {
        let hours = request.hours_moved_by(self.kind);
        Self { hours, request: Some(request.id), requested_at: Some(request.submitted_at), ..self }
    }

    /// Leaves learning hours where they are: only the price is another.
    pub(super) fn keeping_hours(self) -> Self {
        Self { hours: HoursChange::default(), ..self }
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
    /// Where the employer's days begin.
    pub time_zone: Tz,
}

impl Budget {
    /// Books an entry. Nothing else changes a balance.
    pub(super) fn post(
        &mut self,
        posting: Posting,
        stamp: &Stamp<'_>,
    ) -> Result<LedgerEntry, PostingRefusal> {
        let Posting { kind, change, hours, request, requested_at, remarks } = posting;
        if !self.status.takes(kind) {
            let (budget, status) = (self.name.clone(), self.status);
            return Err(PostingRefusal::NotTaken { budget, status, kind });
        }
        let effective_on = match remarks.effective_on {
            Some(given) => self.check_day(given, requested_at, stamp)?,
            None => stamp.today,
        };
        if kind == EntryKind::Reserve && effective_on > self.period.to() {
            let (budget, last) = (self.name.clone(), self.period.to());
            return Err(PostingRefusal::PeriodOver { budget, last });
        }
        let available = self.balance.available().saturating_add(change.available());
        if change.available() < 0 && available < 0 && !self.lets_through(kind) {
            return Err(self.shortfall(kind, change.available()));
        }
        self.check_hours(kind, hours)?;
        let out_of_range = || PostingRefusal::OutOfRange { budget: self.name.clone() };
        let after = self.balance.plus(change).filter(|_| kind.allows(change)).ok_or_else(out_of_range)?;
        let hours_after = self.hours.plus(hours).filter(|_| kind.allows_hours(hours));
        let hours_after = hours_after.ok_or_else(out_of_range)?;
        (self.balance, self.hours) = (after, hours_after);
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
            hours,
            hours_after,
        })
    }

    /// Whether there are as many learning hours as an entry takes, where they are limited.
    fn check_hours(&self, kind: EntryKind, change: HoursChange) -> Result<(), PostingRefusal> {
        let overdrawn = self.hours.plus(change).is_some_and(Hours::is_overdrawn);
        // Without an allowance nothing was held back so far, so a first one is looked at like one that takes.
        let takes = change.available() < 0 || self.hours.allowance.is_none();
        if self.limit_mode == LimitMode::Warn || !overdrawn || !takes {
            return Ok(());
        }
        let budget = self.name.clone();
        if kind == EntryKind::Hours {
            return Err(PostingRefusal::HoursBelowPromised { budget, bound: self.hours.bound() });
        }
        let available = self.hours.available().unwrap_or(0).max(0);
        Err(PostingRefusal::InsufficientHours {
            budget,
            available,
            needed: change.available().saturating_neg(),
        })
    }

    /// The day that was given for an entry, if it can count from there: from the budget's first day on, and about a
    /// request from the day of its submission on, until today. Today is always right, because money is prepared before
    /// a budget's days and invoices come after them.
    fn check_day(
        &self,
        given: NaiveDate,
        requested_at: Option<DateTime<Utc>>,
        stamp: &Stamp<'_>,
    ) -> Result<NaiveDate, PostingRefusal> {
        let (today, first) = (stamp.today, self.period.from());
        let requested = requested_at.map(|at| at.with_timezone(&stamp.time_zone).date_naive());
        if given > today {
            return Err(PostingRefusal::InFuture { given, today });
        }
        if given < first && given != today {
            return Err(PostingRefusal::BeforePeriod { given, budget: self.name.clone(), first });
        }
        match requested.filter(|requested| given < *requested) {
            Some(requested) => Err(PostingRefusal::BeforeRequest { given, requested }),
            None => Ok(given),
        }
    }

    /// Whether an entry may take more than is available: a promise in WARN mode, nothing else (F1).
    fn lets_through(&self, kind: EntryKind) -> bool {
        self.limit_mode == LimitMode::Warn && matches!(kind, EntryKind::Reserve | EntryKind::Raise)
    }

    /// The balance after a promise of money and learning hours, if the budget takes it.
    pub(super) fn after_promise(&self, amount: Money, hours: i64) -> Option<Balance> {
        let taken = HoursChange { reserved: hours, ..HoursChange::default() };
        self.check_hours(EntryKind::Reserve, taken).ok()?;
        let change = Change { reserved: amount.minor(), ..Change::default() };
        let after = self.balance.plus(change).filter(|_| amount.currency() == self.currency)?;
        (change.available() == 0 || after.available() >= 0 || self.lets_through(EntryKind::Reserve))
            .then_some(after)
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
///
/// One that is missing is a fault: the money would leave on one side and never arrive on the other.
pub(super) fn post_movements(
    budgets: &mut [Budget],
    movements: &[Movement],
    remarks: &Remarks,
    stamp: &Stamp<'_>,
) -> Result<Result<Vec<LedgerEntry>, PostingRefusal>, Fault> {
    let mut entries: Vec<LedgerEntry> = Vec::with_capacity(movements.len());
    for &Movement { budget: id, kind, change } in movements {
        let budget = budgets.iter_mut().find(|budget| budget.id == id);
        let budget = budget
            .ok_or_else(|| Fault::inconsistent(format!("money moves through {id}, which is not there")))?;
        match budget.post(Posting::new(kind, change).remarking(remarks.clone()), stamp) {
            Ok(entry) => entries.push(entry),
            Err(refusal) => return Ok(Err(refusal)),
        }
    }
    // One entry alone is no movement between budgets.
    let transfer = entries.first().filter(|_| entries.len() > 1).map(|first| first.id);
    for entry in &mut entries {
        entry.transfer = transfer;
    }
    Ok(Ok(entries))
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
    /// More learning hours are needed than are left.
    #[error("the budget '{budget}' has {available} learning hours left, but {needed} are needed")]
    InsufficientHours {
        /// The budget's name.
        budget: String,
        /// How many are left.
        available: i64,
        /// How many are needed.
        needed: i64,
    },
    /// The allowance of learning hours would fall below what hangs on it.
    #[error(
        "{bound} learning hours of the budget '{budget}' are promised or used; its allowance is that at least"
    )]
    HoursBelowPromised {
        /// The budget's name.
        budget: String,
        /// How many are promised or used.
        bound: i64,
    },
    /// An entry counts from today or an earlier day.
    #[error("an entry cannot count from {given}, a day to come; today is {today}")]
    InFuture {
        /// The day given.
        given: NaiveDate,
        /// The day it is at the employer.
        today: NaiveDate,
    },
    /// Before the budget's days.
    #[error("an entry of the budget '{budget}' cannot count from {given}; its first day is {first}")]
    BeforePeriod {
        /// The day given.
        given: NaiveDate,
        /// The budget's name.
        budget: String,
        /// Its first day.
        first: NaiveDate,
    },
    /// Before anybody asked.
    #[error("an entry about a request cannot count from {given}; the request was submitted on {requested}")]
    BeforeRequest {
        /// The day given.
        given: NaiveDate,
        /// The day of the submission.
        requested: NaiveDate,
    },
    /// Nothing is promised after a budget's last day.
    #[error(
        "the last day of the budget '{budget}' was {last}, so nothing more is promised on it; the employee can \
         withdraw the request and ask a budget of these days"
    )]
    PeriodOver {
        /// The budget's name.
        budget: String,
        /// Its last day.
        last: NaiveDate,
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
