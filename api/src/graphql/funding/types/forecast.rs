//! What a budget is going to need.

use async_graphql::SimpleObject;
use upskill_domain::funding as domain;

use super::budgets::money;
use crate::graphql::scalars::{Date, Money};

/// What a budget was given, has spent and is going to need, month by month. For whoever may see the budget.
#[derive(SimpleObject)]
pub(crate) struct BudgetForecast {
    /// The calendar months that the budget's days touch, the first one first; at most 120. What lies before the first month
    /// counts in the first and what lies after the last in the last, so the months add up to the budget's balance.
    months: Vec<BudgetForecastMonth>,
}

/// One month of a forecast.
#[derive(SimpleObject)]
pub(crate) struct BudgetForecastMonth {
    /// The first day of the month.
    month: Date,
    /// What the budget was given in it, less what it handed on to budgets below it: by the entries of its ledger that count
    /// from a day of this month. Below 0 when more was taken away.
    allocated: Money,
    /// What was spent in it, less what came back, by the same entries. Below 0 when more came back.
    spent: Money,
    /// Of what is reserved now, what is expected in this month: a reservation counts in the month of its `reservedUntil`.
    reserved: Money,
    /// Of what is committed now, what is expected in this month: everything counts in the current month, as its invoice can
    /// come any day.
    committed: Money,
    /// `spent`, `reserved` and `committed` together.
    expected: Money,
    /// What is left at the end of the month: everything allocated up to then, less everything expected up to then. In the
    /// last month it is what the budget has available now.
    available: Money,
}

impl From<domain::Forecast> for BudgetForecast {
    fn from(forecast: domain::Forecast) -> Self {
        let currency = forecast.currency;
        let month = |month: domain::ForecastMonth| BudgetForecastMonth {
            month: Date(month.month),
            allocated: money(month.allocated, currency),
            spent: money(month.spent, currency),
            reserved: money(month.reserved, currency),
            committed: money(month.committed, currency),
            expected: money(month.expected(), currency),
            available: money(month.available, currency),
        };
        Self { months: forecast.months.into_iter().map(month).collect() }
    }
}
