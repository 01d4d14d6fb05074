//! What a budget is going to need, month by month.
//!
//! Everything comes from what is known: entries count in the month of the day from which they count, a reservation is
//! expected in the month of its last day, and what is committed in the current month, because its invoice can come any day.
//! Nothing falls out: what lies before the budget's first month counts in the first, what lies after its last in the last, so
//! the months add up to the balance.

use chrono::{Datelike, Months, NaiveDate};

use crate::kernel::{BudgetId, Currency, Period};

use super::BudgetMonth;

/// The most months that a forecast is made for.
const LONGEST: usize = 120;

/// A budget to make a forecast for, as a reader has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ForecastOf {
    /// The budget.
    pub budget: BudgetId,
    /// The days it is for.
    pub period: Period,
    /// Its currency.
    pub currency: Currency,
}

/// What is promised on a budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PromiseSum {
    /// The budget.
    pub budget: BudgetId,
    /// The last day of the reservations; none for what is committed.
    pub until: Option<NaiveDate>,
    /// How much.
    pub amount: i64,
}

/// One month of a forecast, in minor units of the budget's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForecastMonth {
    /// Its first day.
    pub month: NaiveDate,
    /// What the budget was given in it, less what it handed on.
    pub allocated: i64,
    /// What was spent in it, less what came back.
    pub spent: i64,
    /// What reserved money is expected to be spent in it.
    pub reserved: i64,
    /// What committed money is expected to be spent in it.
    pub committed: i64,
    /// What is left at its end, of everything given up to then.
    pub available: i64,
}

impl ForecastMonth {
    /// What is spent in it, or expected to be.
    pub fn expected(&self) -> i64 {
        self.spent.saturating_add(self.reserved).saturating_add(self.committed)
    }
}

/// A budget's months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// The budget.
    pub budget: BudgetId,
    /// Its currency.
    pub currency: Currency,
    /// The months of its period, the first one first.
    pub months: Vec<ForecastMonth>,
}

impl Forecast {
    /// The forecast on a day. `None` for a period of so many months that it is no plan.
    pub(super) fn on(
        today: NaiveDate,
        of: ForecastOf,
        entries: &[BudgetMonth],
        promises: &[PromiseSum],
    ) -> Option<Self> {
        let ForecastOf { budget, period, currency } = of;
        let mut months = months(period)?;
        for sum in entries.iter().filter(|sum| sum.budget == budget) {
            let month = month_of(&mut months, sum.month)?;
            let given = sum.change.allocated.saturating_sub(sum.change.distributed);
            month.allocated = month.allocated.saturating_add(given);
            month.spent = month.spent.saturating_add(sum.change.spent);
        }
        for sum in promises.iter().filter(|sum| sum.budget == budget) {
            let month = month_of(&mut months, sum.until.unwrap_or(today).max(today))?;
            let layer = if sum.until.is_some() { &mut month.reserved } else { &mut month.committed };
            *layer = layer.saturating_add(sum.amount);
        }
        let mut available = 0_i64;
        for month in &mut months {
            available = available.saturating_add(month.allocated).saturating_sub(month.expected());
            month.available = available;
        }
        Some(Self { budget, currency, months })
    }
}

/// The calendar months that a period touches.
fn months(period: Period) -> Option<Vec<ForecastMonth>> {
    let first = period.from().with_day(1)?;
    let begins = |month: &NaiveDate| month.checked_add_months(Months::new(1));
    let months = std::iter::successors(Some(first), begins).take_while(|month| *month <= period.to());
    let empty =
        |month| ForecastMonth { month, allocated: 0, spent: 0, reserved: 0, committed: 0, available: 0 };
    let months: Vec<_> = months.take(LONGEST.saturating_add(1)).map(empty).collect();
    (months.len() <= LONGEST).then_some(months)
}

/// The month of a day, or the nearest one.
fn month_of(months: &mut [ForecastMonth], day: NaiveDate) -> Option<&mut ForecastMonth> {
    let place = months.iter().rposition(|month| month.month <= day).unwrap_or(0);
    months.get_mut(place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::funding::Change;
    use crate::funding::fixture::{currency, day, id};

    fn of(from: &str, to: &str) -> ForecastOf {
        let period = Period::new(day(from), day(to)).unwrap_or_else(|error| panic!("{error}"));
        ForecastOf { budget: id(1), period, currency: currency("EUR") }
    }

    fn entry(month: &str, allocated: i64, spent: i64) -> BudgetMonth {
        let change = Change { allocated, spent, ..Change::default() };
        BudgetMonth { budget: id(1), month: day(month), change, returned: 0 }
    }

    fn promise(until: Option<&str>, amount: i64) -> PromiseSum {
        PromiseSum { budget: id(1), until: until.map(day), amount }
    }

    /// Each month as (first day, allocated, spent, reserved, committed, available).
    fn rows(forecast: Option<Forecast>) -> Vec<(String, [i64; 5])> {
        let months = forecast.map(|forecast| forecast.months).unwrap_or_default();
        months
            .into_iter()
            .map(|m| (m.month.to_string(), [m.allocated, m.spent, m.reserved, m.committed, m.available]))
            .collect()
    }

    #[test]
    fn months_hold_what_is_known_and_what_is_expected() {
        let entries = [entry("2025-12-01", 500, 0), entry("2026-01-01", 0, 80), entry("2026-02-01", 100, 30)];
        let promises = [promise(Some("2026-03-15"), 40), promise(Some("2026-02-01"), 7), promise(None, 60)];
        let other = BudgetMonth { budget: id(2), ..entry("2026-01-01", 999, 999) };
        let known = [entries.as_slice(), &[other]].concat();
        let forecast = Forecast::on(day("2026-02-10"), of("2026-01-15", "2026-03-31"), &known, &promises);
        let expected = [
            ("2026-01-01", [500, 80, 0, 0, 420]),
            // A reservation whose day is over and that nobody has ended yet is expected now.
            ("2026-02-01", [100, 30, 7, 60, 423]),
            ("2026-03-01", [0, 0, 40, 0, 383]),
        ];
        assert_eq!(rows(forecast), expected.map(|(month, layers)| (month.to_owned(), layers)));
    }

    #[test]
    fn what_lies_beyond_the_period_counts_at_its_ends() {
        let entries = [entry("2025-11-01", 100, 0), entry("2027-01-01", 0, 25)];
        let promises = [promise(Some("2027-02-01"), 10), promise(None, 5)];
        let forecast = Forecast::on(day("2027-01-25"), of("2026-11-01", "2026-12-31"), &entries, &promises);
        let expected = [("2026-11-01", [100, 0, 0, 0, 100]), ("2026-12-01", [0, 25, 10, 5, 60])];
        assert_eq!(rows(forecast), expected.map(|(month, layers)| (month.to_owned(), layers)));
    }

    #[test]
    fn a_century_is_no_plan() {
        let forecast = |to| Forecast::on(day("2026-01-01"), of("2020-01-01", to), &[], &[]);
        assert_eq!(forecast("2029-12-31").map(|forecast| forecast.months.len()), Some(120));
        assert_eq!(forecast("2030-01-01"), None);
    }
}
