//! The way of money through the tree of budgets.
//!
//! A child's allocation is part of its parent's `distributed`, so money that changes hands between branches passes
//! through every budget on the way: it leaves each one below the meeting point as allocated *and* distributed, and
//! enters each one on the other side the same way. What those in between have available stays as it is, so only the
//! giver can be short of money.

use crate::kernel::BudgetId;

use super::{Change, EntryKind};

/// What a movement does to one budget on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Leg {
    pub budget: BudgetId,
    pub kind: EntryKind,
    pub change: Change,
}

/// The legs that bring `amount` from the first budget of one line to the first of another. A line is a budget and
/// those above it, the nearest first. The giver comes first and the taker last.
pub(super) fn route(from: &[BudgetId], to: &[BudgetId], amount: i64) -> Vec<Leg> {
    let meeting = from.iter().find(|budget| to.contains(budget));
    let below = |line: &[BudgetId]| line.iter().take_while(|budget| Some(*budget) != meeting).count();
    let less = amount.saturating_neg();
    let mut legs: Vec<Leg> = branch(from, below(from), EntryKind::TransferOut, less).collect();
    let mut coming: Vec<Leg> = branch(to, below(to), EntryKind::TransferIn, amount).collect();
    // Where one end is the meeting point itself, the other lies below it: the money is handed down or handed back.
    if let Some(giver) = meeting.filter(|meeting| from.first() == Some(meeting)) {
        let change = Change { distributed: amount, ..Change::default() };
        legs.push(Leg { budget: *giver, kind: EntryKind::TransferOut, change });
    }
    if let Some(taker) = meeting.filter(|meeting| to.first() == Some(meeting)) {
        let change = Change { distributed: less, ..Change::default() };
        coming.push(Leg { budget: *taker, kind: EntryKind::TransferIn, change });
    }
    coming.reverse();
    legs.extend(coming);
    legs
}

/// The legs that raise (or, below zero, lower) a budget's allocation: from outside for a budget at the top, out of the
/// parent's available money for one below it.
pub(super) fn grant(budget: BudgetId, parent: Option<BudgetId>, kind: EntryKind, amount: i64) -> Vec<Leg> {
    let handed = Change { distributed: amount, ..Change::default() };
    let given = Change { allocated: amount, ..Change::default() };
    let parent = parent.map(|budget| Leg { budget, kind: EntryKind::Distribute, change: handed });
    parent.into_iter().chain([Leg { budget, kind, change: given }]).collect()
}

fn branch(line: &[BudgetId], length: usize, kind: EntryKind, amount: i64) -> impl Iterator<Item = Leg> + '_ {
    line.iter().take(length).enumerate().map(move |(place, budget)| {
        let distributed = if place == 0 { 0 } else { amount };
        Leg { budget: *budget, kind, change: Change { allocated: amount, distributed, ..Change::default() } }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::TypedId;
    use uuid::Uuid;

    fn line(ids: &[u128]) -> Vec<BudgetId> {
        ids.iter().map(|id| BudgetId::from_uuid(Uuid::from_u128(*id))).collect()
    }

    /// Each leg as (budget, allocated, distributed).
    fn legs(from: &[u128], to: &[u128]) -> Vec<(u128, i64, i64)> {
        let legs = route(&line(from), &line(to), 10);
        assert!(legs.iter().all(|leg| leg.kind.allows(leg.change)), "{legs:?}");
        legs.iter()
            .map(|leg| (leg.budget.uuid().as_u128(), leg.change.allocated, leg.change.distributed))
            .collect()
    }

    #[test]
    fn siblings_leave_their_parent_alone() {
        assert_eq!(legs(&[2, 1], &[3, 1]), [(2, -10, 0), (3, 10, 0)]);
        assert_eq!(legs(&[2], &[3]), [(2, -10, 0), (3, 10, 0)]);
    }

    #[test]
    fn money_passes_through_what_lies_between() {
        // 1 is the root; 2 above 4, 3 above 5.
        assert_eq!(legs(&[4, 2, 1], &[5, 3, 1]), [(4, -10, 0), (2, -10, -10), (3, 10, 10), (5, 10, 0)]);
        assert_eq!(legs(&[4, 2], &[5, 3]), [(4, -10, 0), (2, -10, -10), (3, 10, 10), (5, 10, 0)]);
    }

    #[test]
    fn money_is_handed_down_and_handed_back() {
        assert_eq!(legs(&[1], &[4, 2, 1]), [(1, 0, 10), (2, 10, 10), (4, 10, 0)]);
        assert_eq!(legs(&[4, 2, 1], &[1]), [(4, -10, 0), (2, -10, -10), (1, 0, -10)]);
    }
}
