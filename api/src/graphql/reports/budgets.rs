//! What happened to budgets.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::funding::Change;
use upskill_domain::kernel::Money as Amount;
use upskill_domain::kernel::{BudgetId, Currency};
use upskill_domain::reports as domain;

use super::loaders::BudgetReports;
use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated, isolated};
use crate::graphql::funding::{BudgetBalance, LedgerChange};
use crate::graphql::plain::Plain;
use crate::graphql::scalars::{Money, ReportPeriod};

/// A budget that there are reports about.
pub(crate) struct BudgetReported {
    budget: BudgetId,
    currency: Currency,
}

impl BudgetReported {
    pub(crate) fn of(budget: BudgetId, currency: Currency) -> Self {
        Self { budget, currency }
    }
}

/// A budget that there are reports about.
#[Object]
impl BudgetReported {
    /// What happened to the budget in a period: by the entries of its ledger that count from one of its days. Ask for two
    /// periods under two names to compare them. For whoever may see the budget.
    async fn report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The calendar year, quarter or month.")] period: ReportPeriod,
    ) -> Isolated<BudgetReport> {
        isolated(async {
            let report = ctx.load::<BudgetReports, _>((self.budget, period.0)).await?;
            let report = report.ok_or_else(|| ApiError::internal("a report was not made"))?;
            Ok(Some(BudgetReport::of(report, self.currency)))
        })
        .await
    }
}

/// What happened to a budget in a period. It holds nothing that is not in the ledger, so nothing of it is suppressed.
#[derive(SimpleObject)]
pub(crate) struct BudgetReport {
    /// The period.
    period: ReportPeriod,
    /// What everything before the period left in the budget.
    opening: Plain<BudgetBalance>,
    /// What happened in the period, layer by layer; an amount below 0 left the layer.
    change: LedgerChange,
    /// How much of what was spent came back in the period, from providers and employees. `change.spent` is less by it.
    returned: Money,
    /// What everything up to the end of the period left in the budget.
    closing: Plain<BudgetBalance>,
    /// The months of the period, the first one first.
    months: Vec<BudgetReportMonth>,
}

/// One month of a budget.
#[derive(SimpleObject)]
pub(crate) struct BudgetReportMonth {
    /// The month.
    month: ReportPeriod,
    /// What happened in it, layer by layer; an amount below 0 left the layer.
    change: LedgerChange,
    /// How much of what was spent came back in it.
    returned: Money,
    /// What everything up to its end left in the budget.
    closing: Plain<BudgetBalance>,
}

impl BudgetReport {
    fn of(report: domain::BudgetReport, currency: Currency) -> Self {
        let domain::BudgetReport { period, opening, moved, months, .. } = report;
        let money = |minor| Money::from(Amount::sum(minor, currency));
        let balance = |layers: Change| BudgetBalance::new(layers.balance(), currency);
        let month = |(month, moved): (domain::ReportPeriod, domain::BudgetMove)| BudgetReportMonth {
            month: ReportPeriod(month),
            change: LedgerChange::new(moved.change, currency),
            returned: money(moved.returned),
            closing: balance(moved.closing),
        };
        Self {
            period: ReportPeriod(period),
            opening: balance(opening),
            change: LedgerChange::new(moved.change, currency),
            returned: money(moved.returned),
            closing: balance(moved.closing),
            months: months.into_iter().map(month).collect(),
        }
    }
}
