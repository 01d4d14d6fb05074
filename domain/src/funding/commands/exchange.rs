//! Keeping the table of exchange rates.

use std::collections::HashMap;

use serde::Serialize;

use super::Funding;
use crate::access::{Action, Actor, policy};
use crate::app::Keyed;
use crate::funding::exchange::{MOST_IMPORTED, MOST_SET, ReadRate, first_places};
use crate::funding::{
    ExchangeRate, FundingEvent, GivenRate, ImportRatesRefusal, RateKey, RateLine, RateRowProblem,
    RateWithdrawn, SetRatesRefusal,
};
use crate::journal::IdempotencyKey;
use crate::kernel::{ExchangeRateId, Failure, Fault, ImportFate, Refusals, check_version};
use crate::store::UnitOfWork;

/// Rates to set: all of them or none.
#[derive(Debug, Clone, Serialize)]
pub struct SetExchangeRates {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The rates.
    pub rates: Vec<GivenRate>,
}

/// A file of rates: what can be taken of it.
#[derive(Debug, Clone, Default)]
pub struct ImportExchangeRates {
    /// The rows.
    pub lines: Vec<RateLine>,
    /// Decide and report everything, write nothing.
    pub dry_run: bool,
}

/// What became of every row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateReport {
    /// Whether nothing was written because the caller asked for a dry run.
    pub dry_run: bool,
    /// A result for every row, in the order of the rows.
    pub rows: Vec<RateResult>,
}

/// What became of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateResult {
    /// The line in the file.
    pub line: u32,
    /// Its day and its pair, as the file has them.
    pub label: String,
    /// What became of it, or why it was not taken.
    pub outcome: Result<(ImportFate, ExchangeRateId), RateRowProblem>,
}

/// A rate by which no further request is to be converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WithdrawExchangeRate {
    /// Which one.
    pub id: ExchangeRateId,
    /// The version that the caller saw, if it matters to them.
    pub expected_version: Option<i32>,
}

impl Funding<'_> {
    /// Sets rates: new ones, and others in the place of those of the same pair and day. Requests that were converted
    /// before keep what they were converted by.
    pub async fn set_rates(
        self,
        actor: &Actor,
        command: SetExchangeRates,
    ) -> Result<Vec<ExchangeRate>, Failure<Refusals<SetRatesRefusal>>> {
        policy::require(actor, Action::ManageExchangeRates, &[])?;
        let count = command.rates.len();
        if !(1..=MOST_SET).contains(&count) {
            return Err(Refusals::from(SetRatesRefusal::WrongNumber(count)).into());
        }
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "setExchangeRates", input: &command };
        let id = self.core.id::<ExchangeRateId>();
        let earlier = self.core.claim::<_, SetRatesRefusal>(&mut *tx, actor, keyed, id).await;
        let replayed = earlier.map_err(Failure::of_several)?.is_some();
        let today = tx.employer().await?.day_of(self.core.clock.now());
        let read: Vec<_> = command.rates.iter().map(|given| given.read(today)).collect();
        let twice = first_places(read.iter().map(|read| read.as_ref().ok().map(|read| read.key)));
        let (mut rates, mut refusals) = (Vec::with_capacity(count), Vec::new());
        for (at, (read, first)) in read.into_iter().zip(twice).enumerate() {
            match (read, first) {
                (Err(problem), _) => refusals.push(SetRatesRefusal::Rate { at, problem }),
                (Ok(_), Some(first)) => refusals.push(SetRatesRefusal::SetTwice { first, at }),
                (Ok(read), None) => rates.push(read),
            }
        }
        if !refusals.is_empty() {
            return Err(Refusals(refusals).into());
        }
        let known = known(&mut *tx, &rates).await?;
        if replayed {
            return Ok(rates.iter().filter_map(|rate| known.get(&rate.key).cloned()).collect());
        }
        let stamp = (actor.employee(), self.core.clock.now());
        let place = |rate: &ReadRate| rate.beside(known.get(&rate.key), self.core.id(), stamp);
        let placed: Vec<_> = rates.iter().map(place).collect();
        self.keep_rates(&mut *tx, actor, &placed).await?;
        tx.commit().await?;
        Ok(placed.into_iter().map(|(_, rate)| rate).collect())
    }

    /// Takes a file of rates: decides every row, writes what can be taken, reports the rest.
    pub async fn import_rates(
        self,
        actor: &Actor,
        command: ImportExchangeRates,
    ) -> Result<RateReport, Failure<ImportRatesRefusal>> {
        policy::require(actor, Action::ManageExchangeRates, &[])?;
        let ImportExchangeRates { lines, dry_run } = command;
        if !(1..=MOST_IMPORTED).contains(&lines.len()) {
            return Err(ImportRatesRefusal::WrongNumber(lines.len()).into());
        }
        let mut tx = self.core.store.begin(actor.employer).await?;
        let today = tx.employer().await?.day_of(self.core.clock.now());
        let read = |line: &RateLine| line.given().and_then(|given| Ok(given.read(today)?));
        let mut read: Vec<_> = lines.iter().map(read).collect();
        let twice = first_places(read.iter().map(|read| read.as_ref().ok().map(|read| read.key)));
        for (read, first) in read.iter_mut().zip(twice) {
            if let Some(first) = first.and_then(|first| lines.get(first)) {
                *read = Err(RateRowProblem::Duplicate(first.line));
            }
        }
        let rates: Vec<_> = read.iter().filter_map(|read| read.as_ref().ok().cloned()).collect();
        let known = known(&mut *tx, &rates).await?;
        let stamp = (actor.employee(), self.core.clock.now());
        let place = |rate: ReadRate| rate.beside(known.get(&rate.key), self.core.id(), stamp);
        let placed: Vec<_> = read.into_iter().map(|read| read.map(place)).collect();
        if !dry_run {
            self.keep_rates(&mut *tx, actor, placed.iter().flatten()).await?;
            tx.commit().await?;
        }
        let rows = lines.iter().zip(placed).map(|(line, placed)| RateResult {
            line: line.line,
            label: line.label(),
            outcome: placed.map(|(fate, rate)| (fate, rate.id)),
        });
        Ok(RateReport { dry_run, rows: rows.collect() })
    }

    /// Takes a rate back, so that no further request is converted by it.
    pub async fn withdraw_rate(
        self,
        actor: &Actor,
        command: WithdrawExchangeRate,
    ) -> Result<ExchangeRate, Failure<RateWithdrawn>> {
        let WithdrawExchangeRate { id, expected_version } = command;
        policy::require(actor, Action::ManageExchangeRates, &[])?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let mut rate = tx.lock_rate(id).await?.ok_or_else(|| Fault::not_found(id))?;
        check_version("exchange rate", expected_version, rate.version)?;
        rate.withdraw(self.core.clock.now())?;
        tx.save_rates(std::slice::from_ref(&rate)).await?;
        let event = FundingEvent::ExchangeRateWithdrawn { exchange_rate: id };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(rate)
    }

    /// Writes those that are new or other than before.
    async fn keep_rates(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        placed: impl IntoIterator<Item = &(ImportFate, ExchangeRate)> + Send,
    ) -> Result<(), Fault> {
        let news = placed.into_iter().filter(|(fate, _)| *fate != ImportFate::Unchanged);
        let rates: Vec<ExchangeRate> = news.map(|(_, rate)| rate.clone()).collect();
        let events: Vec<FundingEvent> = rates.iter().map(set).collect();
        tx.save_rates(&rates).await?;
        self.core.record(tx, actor, &events).await
    }
}

/// The rates that are known for the same pairs and days.
async fn known(tx: &mut dyn UnitOfWork, rates: &[ReadRate]) -> Result<HashMap<RateKey, ExchangeRate>, Fault> {
    let keys: Vec<RateKey> = rates.iter().map(|rate| rate.key).collect();
    Ok(tx.lock_rates(&keys).await?.into_iter().map(|rate| (rate.key(), rate)).collect())
}

fn set(rate: &ExchangeRate) -> FundingEvent {
    FundingEvent::ExchangeRateSet {
        exchange_rate: rate.id,
        from: rate.from,
        to: rate.to,
        day: rate.day,
        rate: rate.rate,
    }
}
