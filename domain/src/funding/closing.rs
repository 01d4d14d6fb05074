//! The end of a budget's fiscal period: its open promises and what is left go on, stay, or lapse.

mod refusal;
mod tree;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::kernel::{BudgetId, EmployeeId, Failure, Fault, Money};

use super::movement::{Movement, grant, route};
use super::posting::{Posting, Remarks, Stamp, post_movements};
use super::{
    Budget, BudgetStatus, Change, EntryKind, FundingRequest, LedgerEntry, PostingRefusal, ReasonCode,
    RequestStatus,
};

pub use refusal::CloseBudgetRefusal;
pub use tree::CloseBudgetTreeRefusal;
pub(super) use tree::{MOST_BUDGETS, Tree};

/// What becomes of open promises when a budget is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PromisesOnClose {
    /// They move to the successor, with their money.
    CarryOver,
    /// They stay until they are settled or canceled.
    Stay,
}

/// What becomes of available money when a budget is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MoneyOnClose {
    /// It moves to the successor.
    CarryOver,
    /// It goes back to the budget above, or out of a budget at the top.
    Lapse,
}

/// What was done when a budget was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetClosing {
    /// The budget.
    pub budget: BudgetId,
    /// Where promises and money went, if anything did.
    pub successor: Option<BudgetId>,
    /// How many approved or committed requests moved.
    pub moved_requests: i64,
    /// How many requests moved that wait for a decision.
    pub moved_waiting: i64,
    /// What is promised to those that moved.
    pub carried_promises: Money,
    /// How much money moved to the successor, for promises and otherwise.
    pub carried_money: Money,
    /// How much lapsed.
    pub lapsed: Money,
    /// What is still promised on the budget.
    pub kept_promises: Money,
    /// Who closed it; nobody when the installation did.
    pub by: Option<EmployeeId>,
    /// When.
    pub at: DateTime<Utc>,
}

/// What a closing looks at: everything is locked.
pub(super) struct Books<'a> {
    /// The budget, its children and successor, and those that money passes in between.
    pub budgets: &'a mut [Budget],
    /// The budget and those above it.
    pub line: &'a [BudgetId],
    /// The successor and those above it; empty without one.
    pub successor_line: &'a [BudgetId],
    /// The requests to the budget that wait, are approved or committed.
    pub requests: &'a [FundingRequest],
}

impl Books<'_> {
    fn find(&mut self, id: Option<&BudgetId>) -> Result<&mut Budget, Fault> {
        let found = id.and_then(|id| self.budgets.iter_mut().find(|budget| budget.id == *id));
        found.ok_or_else(|| Fault::inconsistent("a budget to close, or its successor, is not there"))
    }

    /// Whether the budget can be closed this way today.
    fn check(
        &mut self,
        promises: PromisesOnClose,
        money: MoneyOnClose,
        today: NaiveDate,
    ) -> Result<(), Failure<CloseBudgetRefusal>> {
        let waiting =
            self.requests.iter().filter(|request| request.status == RequestStatus::Submitted).count();
        let names = self.blocking_children();
        let budget = self.find(self.line.first())?.clone();
        let (last, carries) =
            (budget.period.to(), (promises, money) != (PromisesOnClose::Stay, MoneyOnClose::Lapse));
        let refusal = if !matches!(budget.status, BudgetStatus::Open | BudgetStatus::ClosedToSpend) {
            CloseBudgetRefusal::Status(budget.status)
        } else if today <= last {
            CloseBudgetRefusal::NotOver { last, today }
        } else if !names.is_empty() {
            CloseBudgetRefusal::ChildrenOpen { names }
        } else if promises == PromisesOnClose::Stay && waiting > 0 {
            CloseBudgetRefusal::RequestsWaiting { count: waiting }
        } else if carries && self.successor_line.is_empty() {
            CloseBudgetRefusal::NoSuccessor
        } else if !carries && !self.successor_line.is_empty() {
            CloseBudgetRefusal::SuccessorUnused
        } else if carries {
            return Ok(budget.check_successor(self.find(self.successor_line.first())?, today)?);
        } else {
            return Ok(());
        };
        Err(refusal.into())
    }

    /// The names of the budgets directly below that are to be closed first.
    fn blocking_children(&self) -> Vec<String> {
        let below = self.budgets.iter().filter(|child| child.parent.as_ref() == self.line.first());
        let open = below.filter(|child| {
            matches!(child.status, BudgetStatus::Draft | BudgetStatus::Open) || child.balance.available() > 0
        });
        let mut names: Vec<String> = open.map(|child| child.name.clone()).collect();
        names.sort_unstable();
        names
    }

    /// Closes the budget: promises are released here and made again there, the money goes along, and the rest lapses
    /// or goes along too.
    pub(super) fn close(
        &mut self,
        (promises, money): (PromisesOnClose, MoneyOnClose),
        note: Option<&str>,
        stamp: &Stamp<'_>,
    ) -> Result<(BudgetClosing, Vec<LedgerEntry>), Failure<CloseBudgetRefusal>> {
        self.check(promises, money, stamp.today)?;
        let remarks =
            |reason| Remarks { reason: Some(reason), note: note.map(str::to_owned), ..Remarks::default() };
        let carry_over = remarks(ReasonCode::CarryOver);
        let (carries, requests) = (promises == PromisesOnClose::CarryOver, self.requests);
        let promised = |request: &&FundingRequest| carries && request.status.is_promised();
        let carried: Vec<&FundingRequest> = requests.iter().filter(promised).collect();
        let moved_waiting = if carries { requests.len().saturating_sub(carried.len()) } else { 0 };
        let budget = self.find(self.line.first())?;
        let mut entries = Vec::new();
        for request in &carried {
            request.check_held(budget)?;
            entries
                .push(request.release(budget, carry_over.clone(), stamp).map_err(CloseBudgetRefusal::from)?);
        }
        let needed =
            carried.iter().fold(0_i64, |sum, request| sum.saturating_add(request.promised().minor()));
        let left = budget.balance.available().max(0);
        let taken_along = if money == MoneyOnClose::CarryOver { left } else { left.min(needed) };
        if taken_along > 0 {
            let way = route(self.line, self.successor_line, taken_along);
            entries.extend(self.book(&way, &carry_over, stamp)?);
        }
        for request in &carried {
            let successor = self.find(self.successor_line.first())?;
            let again = request.promise_again(successor, &carry_over, stamp);
            entries.extend(again.map_err(CloseBudgetRefusal::from)?);
        }
        let lapsed = left.saturating_sub(taken_along);
        if let Some(id) = self.line.first().filter(|_| lapsed > 0) {
            let lapse = grant(*id, self.line.get(1).copied(), EntryKind::Adjust, lapsed.saturating_neg());
            entries.extend(self.book(&lapse, &remarks(ReasonCode::Lapsed), stamp)?);
        }
        let successor = self.successor_line.first().copied();
        let budget = self.find(self.line.first())?;
        if budget.status == BudgetStatus::Open {
            let closed = budget.become_status(BudgetStatus::ClosedToSpend);
            closed.map_err(|refusal| Fault::inconsistent(refusal.to_string()))?;
        }
        let closing = BudgetClosing {
            budget: budget.id,
            successor,
            moved_requests: count(carried.len()),
            moved_waiting: count(moved_waiting),
            carried_promises: budget.money(needed),
            carried_money: budget.money(taken_along),
            lapsed: budget.money(lapsed),
            kept_promises: budget.money(budget.balance.reserved.saturating_add(budget.balance.committed)),
            by: stamp.by,
            at: stamp.at,
        };
        Ok((closing, entries))
    }

    fn book(
        &mut self,
        movements: &[Movement],
        remarks: &Remarks,
        stamp: &Stamp<'_>,
    ) -> Result<Vec<LedgerEntry>, Failure<CloseBudgetRefusal>> {
        Ok(post_movements(self.budgets, movements, remarks, stamp)?.map_err(CloseBudgetRefusal::from)?)
    }
}

fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

impl Budget {
    fn check_successor(&self, successor: &Self, today: NaiveDate) -> Result<(), CloseBudgetRefusal> {
        if successor.id == self.id {
            return Err(CloseBudgetRefusal::SameBudget);
        }
        self.check_currency(Money::zero(successor.currency)).map_err(|_| {
            let (given, expected) = (successor.currency, self.currency);
            CloseBudgetRefusal::SuccessorCurrency { given, expected }
        })?;
        if successor.period.to() < today {
            let (name, last) = (successor.name.clone(), successor.period.to());
            return Err(CloseBudgetRefusal::SuccessorOver { name, last });
        }
        if successor.status != BudgetStatus::Open {
            let (name, status) = (successor.name.clone(), successor.status);
            return Err(CloseBudgetRefusal::SuccessorNotOpen { name, status });
        }
        Ok(())
    }
}

impl FundingRequest {
    /// Makes the same promise on another budget, as far as it had come.
    fn promise_again(
        &self,
        budget: &mut Budget,
        remarks: &Remarks,
        stamp: &Stamp<'_>,
    ) -> Result<Vec<LedgerEntry>, PostingRefusal> {
        let promised = self.promised().minor();
        let reserve = Change { reserved: promised, ..Change::default() };
        let mut entries = vec![self.post(budget, EntryKind::Reserve, reserve, remarks.clone(), stamp)?];
        if self.status == RequestStatus::Committed {
            let commit =
                Change { reserved: promised.saturating_neg(), committed: promised, ..Change::default() };
            let posting = Posting::new(EntryKind::Commit, commit).about(self);
            let document = self.order_number.clone();
            entries.push(budget.post(posting.remarking(Remarks { document, ..remarks.clone() }), stamp)?);
        }
        Ok(entries)
    }
}

#[cfg(test)]
mod tests;
