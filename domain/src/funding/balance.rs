//! A budget's money, layer by layer.

use crate::kernel::Money;

/// How much of a budget's money lies where, in minor units of its currency. No layer is ever below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Balance {
    /// What the budget was given.
    pub allocated: i64,
    /// Of that, what it handed on to budgets below it.
    pub distributed: i64,
    /// Promised to approved requests.
    pub reserved: i64,
    /// Enrolled or ordered.
    pub committed: i64,
    /// Invoiced.
    pub spent: i64,
}

/// What one entry does to a balance, layer by layer; what is negative is taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the layers are those of a Balance")]
pub struct Change {
    pub allocated: i64,
    pub distributed: i64,
    pub reserved: i64,
    pub committed: i64,
    pub spent: i64,
}

impl Balance {
    /// Nothing in any layer.
    pub const ZERO: Self = Self { allocated: 0, distributed: 0, reserved: 0, committed: 0, spent: 0 };

    /// What of the allocation is neither handed on, promised nor spent. Below zero only in WARN mode.
    pub fn available(self) -> i64 {
        self.allocated.saturating_sub(self.bound())
    }

    /// What the allocation cannot be lowered below: handed on, promised or spent.
    pub fn bound(self) -> i64 {
        self.distributed
            .saturating_add(self.reserved)
            .saturating_add(self.committed)
            .saturating_add(self.spent)
    }

    /// The balance after a change. `None` when a layer would fall below zero or grow beyond what an amount can be.
    pub fn plus(self, change: Change) -> Option<Self> {
        let after = Self {
            allocated: layer(self.allocated, change.allocated)?,
            distributed: layer(self.distributed, change.distributed)?,
            reserved: layer(self.reserved, change.reserved)?,
            committed: layer(self.committed, change.committed)?,
            spent: layer(self.spent, change.spent)?,
        };
        (-Money::MAX_MINOR..=Money::MAX_MINOR).contains(&after.available()).then_some(after)
    }
}

impl Change {
    /// What the change leaves of nothing.
    pub fn balance(self) -> Balance {
        let Self { allocated, distributed, reserved, committed, spent } = self;
        Balance { allocated, distributed, reserved, committed, spent }
    }

    /// This change and another one.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            allocated: self.allocated.saturating_add(other.allocated),
            distributed: self.distributed.saturating_add(other.distributed),
            reserved: self.reserved.saturating_add(other.reserved),
            committed: self.committed.saturating_add(other.committed),
            spent: self.spent.saturating_add(other.spent),
        }
    }

    /// What becomes available by it; negative when it takes from there.
    pub fn available(self) -> i64 {
        let bound = self
            .distributed
            .saturating_add(self.reserved)
            .saturating_add(self.committed)
            .saturating_add(self.spent);
        self.allocated.saturating_sub(bound)
    }
}

fn layer(held: i64, change: i64) -> Option<i64> {
    held.checked_add(change).filter(|after| (0..=Money::MAX_MINOR).contains(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn available_is_what_no_other_layer_holds() {
        let balance =
            Balance { allocated: 1_000, distributed: 300, reserved: 200, committed: 100, spent: 50 };
        assert_eq!((balance.available(), balance.bound()), (350, 650));
        let change = Change { committed: -100, spent: 80, ..Change::default() };
        assert_eq!(change.available(), 20);
        assert_eq!(balance.plus(change).map(Balance::available), Some(370));
    }

    #[test]
    fn no_layer_leaves_its_range() {
        let balance = Balance { allocated: Money::MAX_MINOR, reserved: 5, ..Balance::ZERO };
        assert_eq!(balance.plus(Change { reserved: -6, ..Change::default() }), None);
        assert_eq!(balance.plus(Change { allocated: 1, ..Change::default() }), None);
        assert_eq!(balance.plus(Change { allocated: i64::MAX, ..Change::default() }), None);
        assert_eq!(balance.plus(Change { allocated: i64::MIN, ..Change::default() }), None);
    }
}
