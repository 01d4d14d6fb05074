//! Reading what happened to budgets.

use std::collections::BTreeMap;

use crate::access::{Action, Actor, policy};
use crate::funding::{BudgetMonth, Change};
use crate::kernel::{BudgetId, Fault};
use crate::reports::Reports;
use crate::reports::period::ReportPeriod;

/// What happened to a budget in a period, by the entries of its ledger that count from one of its days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetReport {
    /// Which budget.
    pub budget: BudgetId,
    /// The period.
    pub period: ReportPeriod,
    /// What all earlier entries left in its layers.
    pub opening: Change,
    /// What happened in the period.
    pub moved: BudgetMove,
    /// What happened in each of its months, the first one first.
    pub months: Vec<(ReportPeriod, BudgetMove)>,
}

/// What some entries did to a budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BudgetMove {
    /// To its layers.
    pub change: Change,
    /// How much of what was spent came back.
    pub returned: i64,
    /// What all entries up to their end left in its layers.
    pub closing: Change,
}

impl Reports<'_> {
    /// What happened to those of the budgets that the actor may see, each in a period.
    pub async fn budget_reports(
        self,
        actor: &Actor,
        asked: &[(BudgetId, ReportPeriod)],
    ) -> Result<Vec<BudgetReport>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadBudget)?;
        let ids: Vec<BudgetId> = asked.iter().map(|(budget, _)| *budget).collect();
        let mut months = BTreeMap::<BudgetId, Vec<BudgetMonth>>::new();
        for month in self.core.store.reads().budget_months(scope, &ids).await? {
            months.entry(month.budget).or_default().push(month);
        }
        // A budget without entries has no months, and no more to tell than one that the actor may not see.
        let report = |(budget, period): &(BudgetId, ReportPeriod)| {
            let months = months.get(budget).map(Vec::as_slice).unwrap_or_default();
            report((*budget, *period), months)
        };
        Ok(asked.iter().map(report).collect())
    }
}

fn report((budget, period): (BudgetId, ReportPeriod), all: &[BudgetMonth]) -> BudgetReport {
    let first = period.each_month().next().unwrap_or(period);
    let before = all.iter().filter(|month| ReportPeriod::month_of(month.month) < first);
    let opening = before.fold(Change::default(), |sum, month| sum.plus(month.change));
    let (mut moved, mut months) = (BudgetMove { closing: opening, ..BudgetMove::default() }, Vec::new());
    for month in period.each_month() {
        let known = all.iter().find(|known| ReportPeriod::month_of(known.month) == month);
        let (change, returned) = known.map(|known| (known.change, known.returned)).unwrap_or_default();
        moved.change = moved.change.plus(change);
        moved.returned = moved.returned.saturating_add(returned);
        moved.closing = moved.closing.plus(change);
        months.push((month, BudgetMove { change, returned, closing: moved.closing }));
    }
    BudgetReport { budget, period, opening, moved, months }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use uuid::Uuid;

    use super::*;
    use crate::kernel::TypedId;

    fn month(text: &str, change: Change, returned: i64) -> BudgetMonth {
        let month: NaiveDate = text.parse().unwrap_or_default();
        BudgetMonth { budget: BudgetId::from_uuid(Uuid::from_u128(1)), month, change, returned }
    }

    #[test]
    fn a_quarter_opens_with_what_was_before_and_closes_month_by_month() {
        let given = |allocated| Change { allocated, ..Change::default() };
        let spent = |spent| Change { spent, ..Change::default() };
        let known = [
            month("2025-12-01", given(1_000), 0),
            month("2026-03-01", spent(300), 0),
            month("2026-05-01", spent(-40), 40),
            month("2026-06-01", given(500), 0),
            month("2026-07-01", spent(900), 0),
        ];
        let Ok(period) = ReportPeriod::parse("2026-Q2") else { unreachable!("a quarter") };
        let report = report((BudgetId::from_uuid(Uuid::from_u128(1)), period), &known);
        let layers = |allocated, spent| Change { allocated, spent, ..Change::default() };
        assert_eq!(report.opening, layers(1_000, 300));
        let closing = layers(1_500, 260);
        assert_eq!(report.moved, BudgetMove { change: layers(500, -40), returned: 40, closing });
        let months: Vec<_> =
            report.months.iter().map(|(month, moved)| (month.to_string(), moved.closing)).collect();
        let expected =
            [("2026-04", layers(1_000, 300)), ("2026-05", layers(1_000, 260)), ("2026-06", closing)];
        assert_eq!(months, expected.map(|(month, closing)| (month.to_owned(), closing)));
    }
}
