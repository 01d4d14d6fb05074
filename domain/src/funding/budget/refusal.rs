//! Why a budget was not created, changed, opened, closed or archived.

use crate::journal::Reused;
use crate::kernel::{
    BudgetId, Currency, DepartmentId, EmployeeId, Money, Period, ProgramId, Refusal, TextError,
};

use super::BudgetStatus;
use crate::funding::{CurrencyMismatch, PostingRefusal};

/// Why a budget was not created.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreateBudgetRefusal {
    /// The name cannot be taken.
    #[error("the name {0}")]
    InvalidName(TextError),
    /// Nobody would answer for it.
    #[error("a budget needs at least one owner")]
    NoOwner,
    /// No such person, or somebody who is not at work.
    #[error("there is no present employee {0} to own it")]
    UnknownOwner(EmployeeId),
    /// No such department.
    #[error("there is no department {0}")]
    UnknownDepartment(DepartmentId),
    /// No such program, or one that has ended.
    #[error("there is no program {0} that is not CLOSED")]
    UnknownProgram(ProgramId),
    /// No such budget to get money from.
    #[error("there is no budget {0} to put it under")]
    UnknownParent(BudgetId),
    /// Parent and child share one currency.
    #[error("the budget above is in {expected}, so this one cannot be in {given}")]
    ParentCurrency {
        /// The currency given.
        given: Currency,
        /// The parent's.
        expected: Currency,
    },
    /// A child lies within its parent's days.
    #[error("the budget above runs from {} to {}; this one must lie within", .0.from(), .0.to())]
    OutsideParentPeriod(Period),
    /// The parent is over.
    #[error("the budget above is ARCHIVED")]
    ParentArchived,
    /// The first allocation is nothing, or less than nothing.
    #[error("the allocation is {0}; it must be above 0")]
    AllocationNotPositive(Money),
    /// The first allocation is of another currency than the budget.
    #[error(transparent)]
    AllocationCurrency(#[from] CurrencyMismatch),
    /// The first allocation cannot be booked.
    #[error(transparent)]
    Allocation(#[from] PostingRefusal),
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for CreateBudgetRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::InvalidName(_) => &["input", "name"],
            Self::NoOwner | Self::UnknownOwner(_) => &["input", "ownerIds"],
            Self::UnknownDepartment(_) | Self::UnknownProgram(_) => &["input", "ownedBy"],
            Self::UnknownParent(_) | Self::ParentArchived => &["input", "parentId"],
            Self::ParentCurrency { .. } => &["input", "currency"],
            Self::OutsideParentPeriod(_) => &["input", "period"],
            Self::AllocationNotPositive(_) | Self::AllocationCurrency(_) | Self::Allocation(_) => {
                &["input", "allocation"]
            }
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// Why a budget was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeBudgetRefusal {
    /// The name cannot be taken.
    #[error("the name {0}")]
    InvalidName(TextError),
    /// Below zero already, which HARD does not know.
    #[error("{available} is available, which is below 0; allocate at least that much before setting HARD")]
    Overdrawn {
        /// What is available.
        available: Money,
    },
    /// More learning hours are promised or used than are allowed, which HARD does not know.
    #[error(
        "{hours} learning hours are promised or used, which is more than the allowance; raise it before setting HARD"
    )]
    HoursOverdrawn {
        /// How many.
        hours: i64,
    },
}

impl Refusal for ChangeBudgetRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::InvalidName(_) => &["input", "name"],
            Self::Overdrawn { .. } | Self::HoursOverdrawn { .. } => &["input", "limitMode"],
        }
    }
}

/// Why a budget was not opened or closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a budget that is {} cannot become {}", status.name(), next.name())]
pub struct StatusRefusal {
    pub(super) status: BudgetStatus,
    pub(super) next: BudgetStatus,
}

impl Refusal for StatusRefusal {
    fn field(&self) -> &'static [&'static str] {
        &["input", "id"]
    }
}

/// Why a budget was not archived.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveBudgetRefusal {
    /// Not from where it is.
    #[error(transparent)]
    Status(#[from] StatusRefusal),
    /// Requests hang on it.
    #[error("{promised} is still reserved or committed; settle or cancel those requests first")]
    StillPromised {
        /// How much.
        promised: Money,
    },
    /// Requests wait for a decision that could only be no.
    #[error(
        "requests to it that still wait for a decision: {count}; they must be decided or withdrawn first"
    )]
    RequestsWaiting {
        /// How many.
        count: u64,
    },
    /// Money would be lost to the budget above.
    #[error("{available} is still available; hand it back to the budget above first, with transferBudget")]
    MoneyLeft {
        /// How much.
        available: Money,
    },
    /// Budgets below it are in use.
    #[error("{count} budgets below it are not archived; archive them first")]
    ChildrenInUse {
        /// How many.
        count: u64,
    },
}

impl Refusal for ArchiveBudgetRefusal {
    fn field(&self) -> &'static [&'static str] {
        &["input", "id"]
    }
}
