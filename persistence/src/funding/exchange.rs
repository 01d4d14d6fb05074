//! Reading and writing exchange rates.

use std::collections::HashSet;

use async_trait::async_trait;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, LockType, Order, SelectStatement};
use sea_orm::{EntityTrait, Iterable};
use upskill_domain::access::Scope;
use upskill_domain::funding::{
    AppliedRate, ExchangeRate, ExchangeRateFilter, ExchangeReads, ExchangeWrites, RateKey,
};
use upskill_domain::kernel::{
    Currency, Direction, ExchangeRateId, Fault, Page, PageRequest, Period, Rate, TypedId,
};
use uuid::Uuid;

use super::entity::exchange_rate;
use crate::dialect::CHUNK_CELLS;
use crate::fault::OrFault;
use crate::page::{KeyKind, SortKey, pages};
use crate::row::{self, Cells, Record, replace_by_id, uuids};
use crate::shape::alone;
use crate::store::{Db, Tx};

impl Record for ExchangeRate {
    type Entity = exchange_rate::Entity;
    const COLUMNS: &'static [exchange_rate::Column] = {
        use exchange_rate::Column as C;
        &[
            C::Id,
            C::FromCurrency,
            C::ToCurrency,
            C::Day,
            C::Mantissa,
            C::Scale,
            C::Source,
            C::SetBy,
            C::SetAt,
            C::WithdrawnAt,
            C::Version,
        ]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            from: cells.read(Currency::parse)?,
            to: cells.read(Currency::parse)?,
            day: cells.take()?,
            rate: rate(cells.take()?, cells.take()?)?,
            source: cells.take()?,
            set_by: cells.id_or_none()?,
            set_at: cells.take()?,
            withdrawn_at: cells.take()?,
            version: cells.take()?,
        })
    }
}

fn rate(mantissa: i64, scale: i32) -> Result<Rate, Fault> {
    Rate::new(mantissa, scale).map_err(|error| Fault::inconsistent(error.to_string()))
}

/// The rate that is frozen on a request, from its four columns.
pub(super) fn applied_rate(cells: &mut Cells<'_>) -> Result<Option<AppliedRate>, Fault> {
    let (mantissa, scale): (Option<i64>, Option<i32>) = (cells.take()?, cells.take()?);
    let (day, source) = (cells.take()?, cells.take::<Option<String>>()?);
    match (mantissa, scale, day, source) {
        (Some(mantissa), Some(scale), Some(day), Some(source)) => {
            Ok(Some(AppliedRate { rate: rate(mantissa, scale)?, day, source }))
        }
        _ => Ok(None),
    }
}

fn rate_row(employer: Uuid, rate: &ExchangeRate) -> exchange_rate::ActiveModel {
    exchange_rate::ActiveModel {
        employer_id: Set(employer),
        id: Set(rate.id.uuid()),
        from_currency: Set(rate.from.code().to_owned()),
        to_currency: Set(rate.to.code().to_owned()),
        day: Set(rate.day),
        mantissa: Set(rate.rate.mantissa()),
        scale: Set(rate.rate.scale()),
        source: Set(rate.source.clone()),
        set_by: Set(rate.set_by.map(TypedId::uuid)),
        set_at: Set(rate.set_at),
        withdrawn_at: Set(rate.withdrawn_at),
        version: Set(rate.version),
    }
}

fn filtered(scope: Scope, filter: &ExchangeRateFilter) -> SelectStatement {
    let mut select = row::select::<ExchangeRate>("x", scope.employer.uuid());
    let currencies = [("from_currency", filter.from), ("to_currency", filter.to)];
    for (column, currency) in currencies {
        if let Some(currency) = currency {
            select.and_where(Expr::col(("x", column)).eq(currency.code()));
        }
    }
    if let Some(day) = filter.first_day {
        select.and_where(Expr::col(("x", "day")).gte(day));
    }
    if let Some(day) = filter.last_day {
        select.and_where(Expr::col(("x", "day")).lte(day));
    }
    if let Some(withdrawn) = filter.withdrawn {
        let at = Expr::col(("x", "withdrawn_at"));
        select.and_where(if withdrawn { at.is_not_null() } else { at.is_null() });
    }
    select
}

/// The distinct codes of currencies.
fn codes(currencies: impl Iterator<Item = Currency>) -> Vec<&'static str> {
    let mut codes: Vec<_> = currencies.map(Currency::code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[async_trait]
impl ExchangeWrites for Tx {
    async fn lock_rate(&mut self, id: ExchangeRateId) -> Result<Option<ExchangeRate>, Fault> {
        let mut select = row::select::<ExchangeRate>("x", self.tenant());
        select.and_where(Expr::col(("x", "id")).eq(id.uuid())).lock(LockType::NoKeyUpdate);
        row::one(&self.tx, &select).await
    }

    async fn lock_rates(&mut self, keys: &[RateKey]) -> Result<Vec<ExchangeRate>, Fault> {
        let days = keys.iter().map(|key| key.day);
        let Some((first, last)) = days.clone().min().zip(days.max()) else { return Ok(Vec::new()) };
        let mut select = row::select::<ExchangeRate>("x", self.tenant());
        // Lists name currencies over and over: what lies between their days is read, and the pairs are told apart here.
        select
            .and_where(Expr::col(("x", "from_currency")).is_in(codes(keys.iter().map(|key| key.from))))
            .and_where(Expr::col(("x", "to_currency")).is_in(codes(keys.iter().map(|key| key.to))))
            .and_where(Expr::col(("x", "day")).between(first, last))
            .order_by(("x", "id"), Order::Asc)
            .lock(LockType::NoKeyUpdate);
        let wanted: HashSet<&RateKey> = keys.iter().collect();
        let mut rates: Vec<ExchangeRate> = row::all(&self.tx, &select).await?;
        rates.retain(|rate| wanted.contains(&RateKey { from: rate.from, to: rate.to, day: rate.day }));
        Ok(rates)
    }

    async fn rates_between(
        &mut self,
        from: &[Currency],
        to: &[Currency],
        days: Period,
    ) -> Result<Vec<ExchangeRate>, Fault> {
        let mut select = row::select::<ExchangeRate>("x", self.tenant());
        select
            .and_where(Expr::col(("x", "from_currency")).is_in(codes(from.iter().copied())))
            .and_where(Expr::col(("x", "to_currency")).is_in(codes(to.iter().copied())))
            .and_where(Expr::col(("x", "day")).between(days.from(), days.to()))
            .and_where(Expr::col(("x", "withdrawn_at")).is_null());
        row::all(&self.tx, &select).await
    }

    async fn save_rates(&mut self, rates: &[ExchangeRate]) -> Result<(), Fault> {
        for chunk in rates.chunks(CHUNK_CELLS / exchange_rate::Column::iter().count()) {
            let rows = chunk.iter().map(|rate| rate_row(self.tenant(), rate));
            exchange_rate::Entity::insert_many(rows)
                .on_conflict(replace_by_id::<exchange_rate::Entity>(&["from_currency", "to_currency", "day"]))
                .exec_without_returning(&self.tx)
                .await
                .or_fault()?;
        }
        Ok(())
    }
}

#[async_trait]
impl ExchangeReads for Db {
    async fn rates_by_id(&self, scope: Scope, ids: &[ExchangeRateId]) -> Result<Vec<ExchangeRate>, Fault> {
        let mut select = row::select::<ExchangeRate>("x", scope.employer.uuid());
        select.and_where(Expr::col(("x", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn rates(
        &self,
        scope: Scope,
        lists: &[ExchangeRateFilter],
        request: &PageRequest,
    ) -> Result<Vec<Page<ExchangeRate>>, Fault> {
        let sort = SortKey { alias: "x", column: "day", kind: KeyKind::Day };
        let selects = lists.iter().map(|filter| filtered(scope, filter));
        let latest_first = (sort, Direction::Descending);
        pages(&self.pool, scope.employer, selects, latest_first, request, alone::<ExchangeRate>()).await
    }

    async fn count_rates(&self, scope: Scope, lists: &[ExchangeRateFilter]) -> Result<Vec<u64>, Fault> {
        row::counts(&self.pool, lists.iter().map(|filter| filtered(scope, filter))).await
    }
}
