//! Why a budget was not closed.

use chrono::NaiveDate;

use crate::journal::Reused;
use crate::kernel::{BudgetId, Currency, Refusal, TextError};

use crate::funding::{BudgetStatus, PostingRefusal};

/// Why a budget was not closed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CloseBudgetRefusal {
    /// Closed before.
    #[error("the budget was closed on {on} already; what came back since is handed on with transferBudget")]
    AlreadyClosed {
        /// The day of the closing.
        on: NaiveDate,
    },
    /// Not in use.
    #[error("the budget is {}; only one that is OPEN or CLOSED_TO_SPEND can be closed", .0.name())]
    Status(BudgetStatus),
    /// Its days are not over.
    #[error(
        "the budget's last day is {last} and today is {today}; it can be closed from the day after its last"
    )]
    NotOver {
        /// Its last day.
        last: NaiveDate,
        /// The day it is at the employer.
        today: NaiveDate,
    },
    /// Budgets below it are in use, or have money.
    #[error("budgets below it are open or have money available; close them first: {}", names.join(", "))]
    ChildrenOpen {
        /// What they are called.
        names: Vec<String>,
    },
    /// Requests wait, and would stay behind.
    #[error(
        "requests to it that still wait for a decision: {count}; decide them first, or carry promises over"
    )]
    RequestsWaiting {
        /// How many.
        count: usize,
    },
    /// Something is to be carried over, to nowhere.
    #[error("promises or money can be carried over only to a successor; name one")]
    NoSuccessor,
    /// Nothing is carried over.
    #[error(
        "nothing is carried over, so no successor is needed; leave it out, or carry promises or money over"
    )]
    SuccessorUnused,
    /// There is no such successor.
    #[error("there is no budget {0} to carry over to")]
    UnknownSuccessor(BudgetId),
    /// It would be its own successor.
    #[error("a budget is not its own successor")]
    SameBudget,
    /// The successor is in another currency.
    #[error("the successor is in {given}, but the budget is in {expected}")]
    SuccessorCurrency {
        /// The successor's.
        given: Currency,
        /// The budget's.
        expected: Currency,
    },
    /// The successor's days are over too.
    #[error("the last day of the successor '{name}' was {last}; name a budget whose days are not over")]
    SuccessorOver {
        /// The successor's name.
        name: String,
        /// Its last day.
        last: NaiveDate,
    },
    /// The successor takes no promises.
    #[error("the successor '{name}' is {}; open it first", status.name())]
    SuccessorNotOpen {
        /// The successor's name.
        name: String,
        /// Its status.
        status: BudgetStatus,
    },
    /// A budget does not take an entry.
    #[error(transparent)]
    Posting(#[from] PostingRefusal),
    /// The remark cannot be taken.
    #[error("the note {0}")]
    InvalidNote(TextError),
    /// The idempotency key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for CloseBudgetRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::AlreadyClosed { .. }
            | Self::Status(_)
            | Self::NotOver { .. }
            | Self::ChildrenOpen { .. } => &["input", "id"],
            Self::RequestsWaiting { .. } => &["input", "promises"],
            Self::NoSuccessor
            | Self::SuccessorUnused
            | Self::UnknownSuccessor(_)
            | Self::SameBudget
            | Self::SuccessorCurrency { .. }
            | Self::SuccessorOver { .. }
            | Self::SuccessorNotOpen { .. }
            | Self::Posting(_) => &["input", "successorId"],
            Self::InvalidNote(_) => &["input", "note"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}
