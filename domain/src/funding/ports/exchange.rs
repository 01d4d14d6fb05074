//! How exchange rates are stored.

use async_trait::async_trait;

use crate::access::Scope;
use crate::funding::{ExchangeRate, ExchangeRateFilter, RateKey};
use crate::kernel::{Currency, ExchangeRateId, Fault, Page, PageRequest, Period};

/// Writes of exchange rates within one employer's transaction.
#[async_trait]
pub trait ExchangeWrites: Send {
    /// A rate, locked.
    async fn lock_rate(&mut self, id: ExchangeRateId) -> Result<Option<ExchangeRate>, Fault>;
    /// The rates of pairs and days, withdrawn ones among them, locked.
    async fn lock_rates(&mut self, keys: &[RateKey]) -> Result<Vec<ExchangeRate>, Fault>;
    /// The rates in force of some days, from some currencies into others.
    async fn rates_between(
        &mut self,
        from: &[Currency],
        to: &[Currency],
        days: Period,
    ) -> Result<Vec<ExchangeRate>, Fault>;
    /// Adds or replaces rates by id.
    async fn save_rates(&mut self, rates: &[ExchangeRate]) -> Result<(), Fault>;
}

/// Reads of exchange rates.
#[async_trait]
pub trait ExchangeReads: Send + Sync {
    /// Rates by id.
    async fn rates_by_id(&self, scope: Scope, ids: &[ExchangeRateId]) -> Result<Vec<ExchangeRate>, Fault>;
    /// The same page of several lists of rates, those of the latest days first.
    async fn rates(
        &self,
        scope: Scope,
        lists: &[ExchangeRateFilter],
        page: &PageRequest,
    ) -> Result<Vec<Page<ExchangeRate>>, Fault>;
    /// How many rates each list has.
    async fn count_rates(&self, scope: Scope, lists: &[ExchangeRateFilter]) -> Result<Vec<u64>, Fault>;
}
