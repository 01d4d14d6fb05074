//! What happened to a budget in a month.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::kernel::BudgetId;

use super::{Change, EntryKind, LedgerEntry};

/// The sum of the entries that count from a day of a calendar month: kept beside the ledger, so that a year of a budget
/// is twelve rows to read, however much happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BudgetMonth {
    /// The budget.
    pub budget: BudgetId,
    /// The first day of the month.
    pub month: NaiveDate,
    /// What they did to its layers.
    pub change: Change,
    /// How much of what was spent came back, from providers and employees; the layers have it in what is spent.
    pub returned: i64,
}

impl BudgetMonth {
    /// What one entry adds to its month.
    pub(super) fn of(entry: &LedgerEntry) -> Self {
        let came_back = matches!(entry.kind, EntryKind::Refund | EntryKind::Recover);
        let returned = if came_back { entry.change.spent.saturating_neg() } else { 0 };
        let month = entry.effective_on.with_day0(0).unwrap_or(entry.effective_on);
        Self { budget: entry.budget, month, change: entry.change, returned }
    }

    /// Adds another one.
    pub fn add(&mut self, other: &Self) {
        self.change = self.change.plus(other.change);
        self.returned = self.returned.saturating_add(other.returned);
    }
}

/// What some entries add to the months of their budgets.
pub fn months_of<'a>(entries: impl IntoIterator<Item = &'a LedgerEntry>) -> Vec<BudgetMonth> {
    let mut months = BTreeMap::<(BudgetId, NaiveDate), BudgetMonth>::new();
    for month in entries.into_iter().map(BudgetMonth::of) {
        months.entry((month.budget, month.month)).and_modify(|known| known.add(&month)).or_insert(month);
    }
    months.into_values().collect()
}
