//! The way of money through the tree of budgets.
//!
//! A child's allocation is part of its parent's `distributed`, so money that changes hands between branches passes
//! through every budget on the way: it leaves each one below the meeting point as allocated *and* distributed, and
//! enters each one on the other side the same way. What those in between have available stays as it is, so only the
//! giver can be short of money.

use crate::journal::Reused;
use crate::kernel::{BudgetId, Money, Refusal, TextError};

use super::{Change, CurrencyMismatch, EntryKind, PostingRefusal, ReservedReason};

/// What a movement does to one budget on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Movement {
    pub budget: BudgetId,
    pub kind: EntryKind,
    pub change: Change,
}

/// The movements that bring `amount` from the first budget of one line to the first of another. A line is a budget and
/// those above it, the nearest first. The giver comes first and the taker last.
pub(super) fn route(from: &[BudgetId], to: &[BudgetId], amount: i64) -> Vec<Movement> {
    let meeting = from.iter().find(|budget| to.contains(budget));
    let below = |line: &[BudgetId]| line.iter().take_while(|budget| Some(*budget) != meeting).count();
    let less = amount.saturating_neg();
    let mut movements: Vec<Movement> = branch(from, below(from), EntryKind::TransferOut, less).collect();
    let mut coming: Vec<Movement> = branch(to, below(to), EntryKind::TransferIn, amount).collect();
    // Where one end is the meeting point itself, the other lies below it: the money is handed down or handed back.
    if let Some(giver) = meeting.filter(|meeting| from.first() == Some(meeting)) {
        let change = Change { distributed: amount, ..Change::default() };
        movements.push(Movement { budget: *giver, kind: EntryKind::TransferOut, change });
    }
    if let Some(taker) = meeting.filter(|meeting| to.first() == Some(meeting)) {
        let change = Change { distributed: less, ..Change::default() };
        coming.push(Movement { budget: *taker, kind: EntryKind::TransferIn, change });
    }
    coming.reverse();
    movements.extend(coming);
    movements
}

/// The movements that raise (or, below zero, lower) a budget's allocation: from outside for a budget at the top, out of the
/// parent's available money for one below it.
pub(super) fn grant(
    budget: BudgetId,
    parent: Option<BudgetId>,
    kind: EntryKind,
    amount: i64,
) -> Vec<Movement> {
    let handed = Change { distributed: amount, ..Change::default() };
    let given = Change { allocated: amount, ..Change::default() };
    let parent = parent.map(|budget| Movement { budget, kind: EntryKind::Distribute, change: handed });
    parent.into_iter().chain([Movement { budget, kind, change: given }]).collect()
}

fn branch(
    line: &[BudgetId],
    length: usize,
    kind: EntryKind,
    amount: i64,
) -> impl Iterator<Item = Movement> + '_ {
    line.iter().take(length).enumerate().map(move |(place, budget)| {
        let distributed = if place == 0 { 0 } else { amount };
        Movement {
            budget: *budget,
            kind,
            change: Change { allocated: amount, distributed, ..Change::default() },
        }
    })
}

/// Why money did not move, whatever the movement was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MovementRefusal {
    /// A budget does not take the entry.
    #[error(transparent)]
    Posting(#[from] PostingRefusal),
    /// The amount is of another currency than one of the budgets.
    #[error(transparent)]
    CurrencyMismatch(#[from] CurrencyMismatch),
    /// The remark cannot be taken.
    #[error("the note {0}")]
    InvalidNote(TextError),
    /// The idempotency key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for MovementRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::Posting(PostingRefusal::InFuture { .. } | PostingRefusal::BeforePeriod { .. }) => {
                &["input", "effectiveOn"]
            }
            Self::Posting(PostingRefusal::NotTaken { .. }) => &["input"],
            Self::Posting(_) | Self::CurrencyMismatch(_) => &["input", "amount"],
            Self::InvalidNote(_) => &["input", "note"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// Why money was not allocated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AllocateBudgetRefusal {
    /// Money does not move.
    #[error(transparent)]
    Movement(#[from] MovementRefusal),
    /// Nothing, or less than nothing.
    #[error("the amount is {0}; it must be above 0")]
    NotPositive(Money),
}

impl Refusal for AllocateBudgetRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::Movement(refusal) => refusal.field(),
            Self::NotPositive(_) => &["input", "amount"],
        }
    }
}

/// Why an allocation was not adjusted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AdjustBudgetRefusal {
    /// Money does not move.
    #[error(transparent)]
    Movement(#[from] MovementRefusal),
    /// A reason that people do not give.
    #[error(transparent)]
    ReservedReason(#[from] ReservedReason),
    /// By nothing.
    #[error("an adjustment by 0 changes nothing; give an amount above or below 0")]
    Nothing,
}

impl Refusal for AdjustBudgetRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::Movement(refusal) => refusal.field(),
            Self::ReservedReason(_) => &["input", "reason"],
            Self::Nothing => &["input", "amount"],
        }
    }
}

/// Why money was not transferred.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransferBudgetRefusal {
    /// Money does not move.
    #[error(transparent)]
    Movement(#[from] MovementRefusal),
    /// Both ends are the same.
    #[error("a budget cannot transfer to itself")]
    SameBudget,
    /// No such budget to transfer to.
    #[error("there is no budget {0} to transfer to")]
    UnknownTarget(BudgetId),
    /// Nothing, or less than nothing.
    #[error("the amount is {0}; it must be above 0")]
    NotPositive(Money),
}

impl Refusal for TransferBudgetRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::Movement(refusal) => refusal.field(),
            Self::SameBudget | Self::UnknownTarget(_) => &["input", "toId"],
            Self::NotPositive(_) => &["input", "amount"],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::TypedId;
    use uuid::Uuid;

    fn line(ids: &[u128]) -> Vec<BudgetId> {
        ids.iter().map(|id| BudgetId::from_uuid(Uuid::from_u128(*id))).collect()
    }

    /// Each movement as (budget, allocated, distributed).
    fn movements(from: &[u128], to: &[u128]) -> Vec<(u128, i64, i64)> {
        let movements = route(&line(from), &line(to), 10);
        assert!(movements.iter().all(|movement| movement.kind.allows(movement.change)), "{movements:?}");
        movements
            .iter()
            .map(|movement| {
                (movement.budget.uuid().as_u128(), movement.change.allocated, movement.change.distributed)
            })
            .collect()
    }

    #[test]
    fn siblings_leave_their_parent_alone() {
        assert_eq!(movements(&[2, 1], &[3, 1]), [(2, -10, 0), (3, 10, 0)]);
        assert_eq!(movements(&[2], &[3]), [(2, -10, 0), (3, 10, 0)]);
    }

    #[test]
    fn money_passes_through_what_lies_between() {
        // 1 is the root; 2 above 4, 3 above 5.
        assert_eq!(movements(&[4, 2, 1], &[5, 3, 1]), [(4, -10, 0), (2, -10, -10), (3, 10, 10), (5, 10, 0)]);
        assert_eq!(movements(&[4, 2], &[5, 3]), [(4, -10, 0), (2, -10, -10), (3, 10, 10), (5, 10, 0)]);
    }

    #[test]
    fn money_is_handed_down_and_handed_back() {
        assert_eq!(movements(&[1], &[4, 2, 1]), [(1, 0, 10), (2, 10, 10), (4, 10, 0)]);
        assert_eq!(movements(&[4, 2, 1], &[1]), [(4, -10, 0), (2, -10, -10), (1, 0, -10)]);
    }
}
