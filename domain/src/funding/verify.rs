//! Checking that the ledger holds: entries are the truth, balances and requests must agree with them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::kernel::{BudgetId, FundingRequestId, LedgerEntryId};

use super::budget_month::BudgetMonth;
use super::{Balance, Budget, FundingRequest, Hours, HoursChange, LedgerEntry, LimitMode, RequestStatus};

/// How much was checked without finding a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Verified {
    /// Budgets.
    pub budgets: u64,
    /// Entries of their ledgers.
    pub entries: u64,
    /// Requests.
    pub requests: u64,
}

/// The first place where the ledger does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LedgerBreak {
    /// An entry is missing.
    #[error("{budget} lacks entry {expected} of its ledger; {found} follows")]
    Gap {
        /// The budget.
        budget: BudgetId,
        /// The place that should come.
        expected: i64,
        /// The place that came.
        found: i64,
    },
    /// There are more entries or fewer than the budget counts.
    #[error(
        "{budget} counts {entries} entries, but its ledger has {found}, the last of them in place {last}"
    )]
    EntriesDiffer {
        /// The budget.
        budget: BudgetId,
        /// How many entries it counts.
        entries: i64,
        /// How many there are.
        found: i64,
        /// The highest place.
        last: i64,
    },
    /// An entry does what its kind cannot do.
    #[error("{entry} of {budget} does what no {kind} does")]
    Misshapen {
        /// The budget.
        budget: BudgetId,
        /// The entry.
        entry: LedgerEntryId,
        /// The kind it says it is.
        kind: &'static str,
    },
    /// The balance that an entry notes is not the sum up to it.
    #[error("{entry} of {budget} notes another balance than the sum of the entries up to it")]
    WrongBalance {
        /// The budget.
        budget: BudgetId,
        /// The entry.
        entry: LedgerEntryId,
    },
    /// The learning hours that an entry notes are not the sum up to it.
    #[error("{entry} of {budget} notes other learning hours than the sum of the entries up to it")]
    WrongHours {
        /// The budget.
        budget: BudgetId,
        /// The entry.
        entry: LedgerEntryId,
    },
    /// More learning hours are promised or used in HARD mode than are allowed.
    #[error(
        "{budget} is HARD, but {bound} learning hours are promised or used, which is more than its allowance"
    )]
    HoursOverdrawn {
        /// The budget.
        budget: BudgetId,
        /// How many.
        bound: i64,
    },
    /// The budget's balance is not the sum of its entries (F2).
    #[error("the balance of {budget} is not the sum of its {entries} entries")]
    WrongSum {
        /// The budget.
        budget: BudgetId,
        /// How many entries it should have.
        entries: i64,
    },
    /// A month of the budget is not the sum of the entries that count in it (F2).
    #[error("{budget} has another sum for the month of {month} than its ledger")]
    MonthDiffers {
        /// The budget.
        budget: BudgetId,
        /// The first day of the month.
        month: NaiveDate,
    },
    /// Overspent in HARD mode (F1).
    #[error("{budget} is HARD, but has {available} minor units available")]
    Overspent {
        /// The budget.
        budget: BudgetId,
        /// What is available.
        available: i64,
    },
    /// What was handed on is not what children were given (F2).
    #[error("{budget} handed on {distributed} minor units, but the budgets below it were given {children}")]
    ChildrenDiffer {
        /// The parent.
        budget: BudgetId,
        /// What it handed on.
        distributed: i64,
        /// What its children were given.
        children: i64,
    },
    /// Entries about a request leave something in the ledger of a budget that it is not asked of.
    #[error(
        "{request} is asked of {budget}, but entries about it stand in other ledgers that no carry-over explains; they \
         leave {elsewhere} minor units there"
    )]
    RequestElsewhere {
        /// The request.
        request: FundingRequestId,
        /// The budget it is asked of.
        budget: BudgetId,
        /// What they leave elsewhere.
        elsewhere: i64,
    },
    /// A request's status and its entries disagree (F4).
    #[error(
        "{request} is {status}, but its entries leave {reserved} reserved, {committed} committed, {spent} spent"
    )]
    RequestDiffers {
        /// The request.
        request: FundingRequestId,
        /// Its status.
        status: &'static str,
        /// What its entries leave reserved.
        reserved: i64,
        /// What they leave committed.
        committed: i64,
        /// What they leave spent.
        spent: i64,
    },
    /// A request's status and what its entries leave of learning hours disagree.
    #[error(
        "{request} is {status} and releases for {hours} hours, but its entries leave {reserved} hours reserved, {committed} \
         committed, {spent} spent"
    )]
    RequestHoursDiffer {
        /// The request.
        request: FundingRequestId,
        /// Its status.
        status: &'static str,
        /// For how many hours it releases.
        hours: i64,
        /// What its entries leave reserved.
        reserved: i64,
        /// What they leave committed.
        committed: i64,
        /// What they leave spent.
        spent: i64,
    },
}

/// What a budget counts and handed on, what its ledger has and its children were given, read in one breath.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BudgetTotals {
    /// The budget.
    pub budget: BudgetId,
    /// How many entries it counts.
    pub entries: i64,
    /// How many entries there are.
    pub found: i64,
    /// The highest place among them; 0 without entries.
    pub last: i64,
    /// What it handed on.
    pub distributed: i64,
    /// What its children were given, in sum.
    pub children: i64,
}

/// A request, and what the entries about it leave in each layer, read in one breath.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestTotals {
    /// The request.
    pub request: FundingRequest,
    /// Its entries in the ledger of the budget that it is asked of.
    pub entries: i64,
    /// How many stays its entries begin in other ledgers and do not end by a carry-over; none.
    pub stays: i64,
    /// What its entries leave in other ledgers; nothing, as a request moves with its promise.
    pub elsewhere: i64,
    /// What they leave reserved.
    pub reserved: i64,
    /// What they leave committed.
    pub committed: i64,
    /// What they leave spent.
    pub spent: i64,
    /// What they leave of learning hours.
    pub hours: HoursChange,
}

/// A ledger on its way from the first entry to the last.
#[derive(Debug)]
pub(super) struct Audit<'a> {
    budget: &'a Budget,
    balance: Balance,
    hours: Hours,
    sequence: i64,
    months: BTreeMap<NaiveDate, BudgetMonth>,
}

impl<'a> Audit<'a> {
    pub(super) fn of(budget: &'a Budget) -> Self {
        Self { budget, balance: Balance::ZERO, hours: Hours::default(), sequence: 0, months: BTreeMap::new() }
    }

    /// The last place that was looked at.
    pub(super) fn sequence(&self) -> i64 {
        self.sequence
    }

    /// Whether every entry that the budget counts has been looked at. Later ones are the next run's affair.
    pub(super) fn is_complete(&self) -> bool {
        self.sequence >= self.budget.entries
    }

    /// Follows one entry more.
    pub(super) fn follow(&mut self, entry: &LedgerEntry) -> Result<(), LedgerBreak> {
        let budget = self.budget.id;
        let expected = self.sequence.saturating_add(1);
        if entry.sequence != expected {
            return Err(LedgerBreak::Gap { budget, expected, found: entry.sequence });
        }
        if !entry.kind.allows(entry.change) || !entry.kind.allows_hours(entry.hours) {
            return Err(LedgerBreak::Misshapen { budget, entry: entry.id, kind: entry.kind.name() });
        }
        let sum = self.balance.plus(entry.change).filter(|sum| *sum == entry.balance);
        self.balance = sum.ok_or(LedgerBreak::WrongBalance { budget, entry: entry.id })?;
        let hours = self.hours.plus(entry.hours).filter(|hours| *hours == entry.hours_after);
        self.hours = hours.ok_or(LedgerBreak::WrongHours { budget, entry: entry.id })?;
        self.sequence = expected;
        let month = BudgetMonth::of(entry);
        self.months.entry(month.month).and_modify(|known| known.add(&month)).or_insert(month);
        Ok(())
    }

    /// Compares the months with those that are kept, each with how many entries the budget counts: where that is more than
    /// were looked at, they are the next run's affair.
    pub(super) fn compare(&self, kept: &[(i64, BudgetMonth)]) -> Result<(), LedgerBreak> {
        if kept.iter().any(|(entries, _)| *entries != self.sequence) {
            return Ok(());
        }
        let sums = |month: &BudgetMonth| (month.change, month.returned);
        let kept: BTreeMap<_, _> = kept.iter().map(|(_, month)| (month.month, sums(month))).collect();
        let found: BTreeMap<_, _> = self.months.iter().map(|(month, found)| (*month, sums(found))).collect();
        // A month in which nothing moved need not be kept.
        let differs = |month: &NaiveDate| {
            kept.get(month).copied().unwrap_or_default() != found.get(month).copied().unwrap_or_default()
        };
        match found.keys().chain(kept.keys()).copied().find(differs) {
            Some(month) => Err(LedgerBreak::MonthDiffers { budget: self.budget.id, month }),
            None => Ok(()),
        }
    }

    /// Compares the sum with the budget.
    pub(super) fn finish(self) -> Result<(), LedgerBreak> {
        let Budget { id: budget, entries, limit_mode, .. } = *self.budget;
        let sums = (self.balance, self.hours) == (self.budget.balance, self.budget.hours);
        if !sums || self.sequence != entries {
            return Err(LedgerBreak::WrongSum { budget, entries });
        }
        if limit_mode == LimitMode::Hard && self.hours.is_overdrawn() {
            return Err(LedgerBreak::HoursOverdrawn { budget, bound: self.hours.bound() });
        }
        let available = self.balance.available();
        if limit_mode == LimitMode::Hard && available < 0 {
            return Err(LedgerBreak::Overspent { budget, available });
        }
        Ok(())
    }
}

impl BudgetTotals {
    pub(super) fn check(self) -> Result<(), LedgerBreak> {
        let Self { budget, entries, found, last, distributed, children } = self;
        if (found, last) != (entries, entries) {
            return Err(LedgerBreak::EntriesDiffer { budget, entries, found, last });
        }
        if distributed != children {
            return Err(LedgerBreak::ChildrenDiffer { budget, distributed, children });
        }
        Ok(())
    }
}

impl RequestTotals {
    pub(super) fn check(&self) -> Result<(), LedgerBreak> {
        if (self.stays, self.elsewhere) != (0, 0) {
            let (request, budget, elsewhere) = (self.request.id, self.request.budget, self.elsewhere);
            return Err(LedgerBreak::RequestElsewhere { request, budget, elsewhere });
        }
        let amount = self.request.promised().minor();
        // A promise leaves an entry even when its price is 0, so a missing one shows.
        let (entries, expected) = match self.request.status {
            RequestStatus::Submitted
            | RequestStatus::ChangesRequested
            | RequestStatus::Superseded
            | RequestStatus::Rejected
            | RequestStatus::Withdrawn => (0..=0, (0, 0, 0)),
            RequestStatus::Approved => (1..=1, (amount, 0, 0)),
            // A price other than the approved one takes an entry of its own.
            RequestStatus::Committed => (2..=3, (0, amount, 0)),
            RequestStatus::Canceled => (2..=4, (0, 0, 0)),
            RequestStatus::Expired => (2..=2, (0, 0, 0)),
            RequestStatus::Settled => (3..=i64::MAX, (0, 0, self.request.spent())),
        };
        let &Self { reserved, committed, spent, .. } = self;
        let (request, status) = (self.request.id, self.request.status.name());
        if entries.contains(&self.entries) && expected == (reserved, committed, spent) {
            return self.check_hours(status);
        }
        Err(LedgerBreak::RequestDiffers { request, status, reserved, committed, spent })
    }
}

impl RequestTotals {
    /// Time goes with the status alone, whatever the price came to.
    fn check_hours(&self, status: &'static str) -> Result<(), LedgerBreak> {
        let (request, hours) = (self.request.id, self.request.offer.hours());
        let expected = match self.request.status {
            RequestStatus::Approved => [hours, 0, 0],
            RequestStatus::Committed => [0, hours, 0],
            RequestStatus::Settled => [0, 0, hours],
            _ => [0; 3],
        };
        let HoursChange { reserved, committed, spent, .. } = self.hours;
        if [reserved, committed, spent] == expected {
            return Ok(());
        }
        Err(LedgerBreak::RequestHoursDiffer { request, status, hours, reserved, committed, spent })
    }
}

#[cfg(test)]
mod tests;
