//! Reading exchange rates.

use crate::access::{Action, Actor, policy};
use crate::funding::{ExchangeRate, ExchangeRateFilter, Funding};
use crate::kernel::{ExchangeRateId, Fault, Page, PageRequest};

impl Funding<'_> {
    /// Those of the rates that the actor may see.
    pub async fn rates_by_id(
        self,
        actor: &Actor,
        ids: &[ExchangeRateId],
    ) -> Result<Vec<ExchangeRate>, Fault> {
        match policy::scope(actor, Action::ReadExchangeRates) {
            Some(scope) => self.core.store.reads().rates_by_id(scope, ids).await,
            None => Ok(Vec::new()),
        }
    }

    /// The same page of several lists of rates, those of the latest days first.
    pub async fn rates(
        self,
        actor: &Actor,
        lists: &[ExchangeRateFilter],
        page: &PageRequest,
    ) -> Result<Vec<Page<ExchangeRate>>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadExchangeRates)?;
        self.core.store.reads().rates(scope, lists, page).await
    }

    /// How many rates each list has.
    pub async fn count_rates(self, actor: &Actor, lists: &[ExchangeRateFilter]) -> Result<Vec<u64>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadExchangeRates)?;
        self.core.store.reads().count_rates(scope, lists).await
    }
}
