//! What can be asked about months to come.

use crate::access::{Action, Actor, policy};
use crate::funding::{Forecast, ForecastOf, Funding};
use crate::kernel::{BudgetId, Fault};

impl Funding<'_> {
    /// The forecasts of those of the budgets that the actor may see, where their period is not too long for one.
    pub async fn forecasts(
        self,
        actor: &Actor,
        budgets: &[ForecastOf],
    ) -> Result<Vec<(ForecastOf, Forecast)>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadBudget)?;
        let reads = self.core.store.reads();
        let today = self.core.employer(actor).await?.day_of(self.core.clock.now());
        let ids: Vec<BudgetId> = budgets.iter().map(|of| of.budget).collect();
        let (entries, promises) =
            (reads.budget_months(scope, &ids).await?, reads.promise_sums(scope, &ids).await?);
        let forecast = |of: &ForecastOf| Some((*of, Forecast::on(today, *of, &entries, &promises)?));
        Ok(budgets.iter().filter_map(forecast).collect())
    }
}
