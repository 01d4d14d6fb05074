//! Nobody in the story asks for anything in another currency than the employer's.

use async_trait::async_trait;
use upskill_domain::funding::{ExchangeRate, ExchangeWrites, RateKey};
use upskill_domain::kernel::{Currency, ExchangeRateId, Fault, Period};

use super::Scene;

#[async_trait]
impl ExchangeWrites for Scene {
    async fn lock_rate(&mut self, _: ExchangeRateId) -> Result<Option<ExchangeRate>, Fault> {
        Ok(None)
    }

    async fn lock_rates(&mut self, _: &[RateKey]) -> Result<Vec<ExchangeRate>, Fault> {
        Ok(Vec::new())
    }

    async fn rates_between(
        &mut self,
        _: &[Currency],
        _: &[Currency],
        _: Period,
    ) -> Result<Vec<ExchangeRate>, Fault> {
        Ok(Vec::new())
    }

    async fn save_rates(&mut self, _: &[ExchangeRate]) -> Result<(), Fault> {
        Err(Fault::inconsistent("nobody in the story sets exchange rates"))
    }
}
