//! Closing a budget with all those below it, the lowest first.

use chrono::NaiveDate;

use crate::journal::Reused;
use crate::kernel::{BudgetId, Failure, Fault, Refusal, TextError};

use crate::funding::posting::Stamp;
use crate::funding::{
    Budget, BudgetClosing, BudgetStatus, CloseBudgetRefusal, FundingRequest, LedgerEntry, MoneyOnClose,
    PromisesOnClose,
};

use super::Books;

/// How many budgets a tree may have to be closed at once.
pub(in crate::funding) const MOST_BUDGETS: usize = 100;

/// What the closing of a tree looks at: everything is locked.
pub(in crate::funding) struct Tree<'a> {
    /// Every budget of the tree, their successors, and those above all of them.
    pub budgets: &'a mut Vec<Budget>,
    /// The tree, each budget after the one above it.
    pub tree: &'a [BudgetId],
    /// Those of the tree that were closed before.
    pub closed: &'a [BudgetId],
    /// Which budget takes what is carried over from which.
    pub successors: &'a [(BudgetId, BudgetId)],
    /// The requests to the budgets of the tree that wait, are approved or committed.
    pub requests: &'a [FundingRequest],
}

/// A budget of the tree that was closed.
pub(in crate::funding) struct Closed {
    pub closing: BudgetClosing,
    pub entries: Vec<LedgerEntry>,
    /// The requests that it had.
    pub requests: Vec<FundingRequest>,
}

impl Tree<'_> {
    /// Closes what is not closed yet, the lowest budgets first.
    pub(in crate::funding) fn close(
        &mut self,
        (promises, money): (PromisesOnClose, MoneyOnClose),
        note: Option<&str>,
        stamp: &Stamp<'_>,
    ) -> Result<Vec<Closed>, Failure<CloseBudgetTreeRefusal>> {
        let mut done = Vec::new();
        for id in self.tree.iter().rev() {
            let budget = self.find(*id)?.clone();
            let archived = budget.status == BudgetStatus::Archived && Some(id) != self.tree.first();
            if self.closed.contains(id) || archived {
                continue;
            }
            let requests: Vec<FundingRequest> =
                self.requests.iter().filter(|request| request.budget == *id).cloned().collect();
            let successor = self.successors.iter().find(|(of, _)| of == id).map(|(_, successor)| *successor);
            // What has nothing to carry needs nobody to carry it to.
            let empty = requests.is_empty() && budget.balance.available() <= 0;
            let how = if empty && successor.is_none() {
                (PromisesOnClose::Stay, MoneyOnClose::Lapse)
            } else {
                (promises, money)
            };
            let line = self.line(*id)?;
            let successor_line = successor.map(|id| self.line(id)).transpose()?.unwrap_or_default();
            let mut books = Books {
                budgets: self.budgets.as_mut_slice(),
                line: &line,
                successor_line: &successor_line,
                requests: &requests,
            };
            let closed = books.close(how, note, stamp).map_err(|why| of_budget(&budget, why))?;
            done.push(Closed { closing: closed.0, entries: closed.1, requests });
        }
        Ok(done)
    }

    fn find(&self, id: BudgetId) -> Result<&Budget, Fault> {
        let found = self.budgets.iter().find(|budget| budget.id == id);
        found.ok_or_else(|| Fault::inconsistent(format!("{id} is in a tree, but not there")))
    }

    /// A budget and those above it.
    fn line(&self, id: BudgetId) -> Result<Vec<BudgetId>, Fault> {
        let mut line = vec![id];
        let mut parent = self.find(id)?.parent;
        while let Some(above) = parent {
            line.push(above);
            parent = self.find(above)?.parent;
        }
        Ok(line)
    }
}

fn of_budget(budget: &Budget, why: Failure<CloseBudgetRefusal>) -> Failure<CloseBudgetTreeRefusal> {
    why.map(|why| CloseBudgetTreeRefusal::Budget { name: budget.name.clone(), budget: budget.id, why })
}

/// Why a tree of budgets was not closed. Nothing of it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CloseBudgetTreeRefusal {
    /// The budget at its top was closed before.
    #[error("the budget was closed on {on} already; close what is left below it by itself")]
    AlreadyClosed {
        /// The day of the closing.
        on: NaiveDate,
    },
    /// One of its budgets cannot be closed.
    #[error("the budget '{name}' ({budget}) cannot be closed, so nothing is: {why}")]
    Budget {
        /// What it is called.
        name: String,
        /// Which one.
        budget: BudgetId,
        /// Why not.
        why: CloseBudgetRefusal,
    },
    /// More budgets than are closed at once.
    #[error(
        "there are {given} budgets in the tree; close branches first, at most {MOST_BUDGETS} budgets at once"
    )]
    TooMany {
        /// How many.
        given: usize,
    },
    /// A successor of a budget that is not closed here.
    #[error("a successor is named for {0}, which is not in the tree")]
    NotInTree(BudgetId),
    /// Two successors of one budget.
    #[error("more than one successor is named for {0}")]
    SuccessorTwice(BudgetId),
    /// There is no such successor.
    #[error("there is no budget {0} to carry over to")]
    UnknownSuccessor(BudgetId),
    /// The remark cannot be taken.
    #[error("the note {0}")]
    InvalidNote(TextError),
    /// The idempotency key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for CloseBudgetTreeRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::Budget { why, .. } => match why.field() {
                [.., "successorId"] => &["input", "successors"],
                field => field,
            },
            Self::AlreadyClosed { .. } | Self::TooMany { .. } => &["input", "id"],
            Self::NotInTree(_) | Self::SuccessorTwice(_) | Self::UnknownSuccessor(_) => {
                &["input", "successors"]
            }
            Self::InvalidNote(_) => &["input", "note"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}
