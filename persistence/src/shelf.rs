//! The connections that reads keep: half of the pool's at first, and as many as are of use from then on.
//!
//! A transaction that finds the pool empty takes a connection from a shelf that has one to spare, and a read that finds
//! the shelf empty takes one that the pool has to spare. A quarter is left to either, so neither ever waits for all of
//! the other's work to end.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::{self, AssertSqlSafe, PgPool, Postgres};
use sea_orm::{DbErr, QueryResult, Statement};
use sea_query_sqlx::SqlxValues;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::fault::failed;
use crate::meter;
use crate::pool::TRUSTED_FOR;

/// Connections that were taken from the pool to be used by one read after another.
pub(crate) struct Shelf {
    pool: PgPool,
    /// As many as there may be taken from the pool at once.
    places: Semaphore,
    acquire_timeout: Duration,
    /// How many the pool has in all.
    most: usize,
    stock: Mutex<Stock>,
}

struct Stock {
    /// How many places there are, whether taken or not.
    places: usize,
    idle: Vec<Kept>,
}

/// A connection with the time when the pool last asked it for a sign of life.
struct Kept {
    connection: PoolConnection<Postgres>,
    trusted_since: Instant,
}

impl Kept {
    fn fresh(connection: PoolConnection<Postgres>) -> Self {
        Self { connection, trusted_since: Instant::now() }
    }
}

impl Shelf {
    /// An empty shelf for half of the connections of a pool that has `most`.
    pub(crate) fn new(pool: PgPool, most: u32, acquire_timeout: Duration) -> Self {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let places = (most / 2).max(1);
        let stock = Mutex::new(Stock { places, idle: Vec::new() });
        Self { pool, places: Semaphore::new(places), acquire_timeout, most, stock }
    }

    /// Runs a statement to the end of its rows.
    pub(crate) async fn query(
        &self,
        statement: Statement,
    ) -> Result<impl Iterator<Item = QueryResult>, DbErr> {
        let (_place, mut kept) = self.take().await?;
        meter::count();
        let values = SqlxValues(statement.values.unwrap_or_else(|| sea_orm::Values(Vec::new())));
        let query = sqlx::query_with(AssertSqlSafe(statement.sql), values);
        let rows = query.fetch_all(&mut *kept.connection).await.map_err(failed)?;
        // Only here is the connection known to be at rest; on every other way out it goes to the pool by its drop.
        self.stock().idle.push(kept);
        Ok(rows.into_iter().map(QueryResult::from))
    }

    /// How many connections wait on the shelf.
    pub(crate) fn idle(&self) -> u32 {
        u32::try_from(self.stock().idle.len()).unwrap_or(u32::MAX)
    }

    /// How many connections are left to either side.
    fn quarter(&self) -> usize {
        (self.most / 4).max(1)
    }

    /// Gives a connection that no read uses back to the pool, if the pool has none left and a quarter stays here.
    pub(crate) fn make_room(&self) {
        if self.pool.num_idle() > 0 || usize::try_from(self.pool.size()).unwrap_or(0) < self.most {
            return;
        }
        let mut stock = self.stock();
        let least = self.quarter();
        let Some(place) = (stock.places > least).then(|| self.places.try_acquire().ok()).flatten() else {
            return;
        };
        // The place is free, so the connection that it was last used for is idle, if there is one yet.
        let spared = stock.idle.pop();
        place.forget();
        stock.places -= 1;
        drop(stock);
        drop(spared);
    }

    /// The connection that was used last, or a fresh one.
    async fn take(&self) -> Result<(SemaphorePermit<'_>, Kept), DbErr> {
        if let Ok(place) = self.places.try_acquire() {
            return self.kept(place).await;
        }
        if let Some(spared) = self.spared_by_the_pool() {
            return Ok(spared);
        }
        match tokio::time::timeout(self.acquire_timeout, self.places.acquire()).await {
            Ok(Ok(place)) => self.kept(place).await,
            Ok(Err(_)) => Err(failed(sqlx::Error::PoolClosed)),
            Err(_) => Err(failed(sqlx::Error::PoolTimedOut)),
        }
    }

    async fn kept<'s>(&self, place: SemaphorePermit<'s>) -> Result<(SemaphorePermit<'s>, Kept), DbErr> {
        let kept = self.stock().idle.pop();
        if let Some(kept) = kept.filter(|kept| kept.trusted_since.elapsed() < TRUSTED_FOR) {
            return Ok((place, kept));
        }
        Ok((place, Kept::fresh(self.pool.acquire().await.map_err(failed)?)))
    }

    /// One more place with a connection that lies idle in the pool, unless a quarter of them would not be left there.
    fn spared_by_the_pool(&self) -> Option<(SemaphorePermit<'_>, Kept)> {
        let mut stock = self.stock();
        let most = self.most - self.quarter();
        let connection = (stock.places < most).then(|| self.pool.try_acquire()).flatten()?;
        self.places.add_permits(1);
        stock.places += 1;
        // Others wait for places, and the first of them may be handed this one; then the connection is for them.
        let Ok(place) = self.places.try_acquire() else {
            stock.idle.push(Kept::fresh(connection));
            return None;
        };
        Some((place, Kept::fresh(connection)))
    }

    fn stock(&self) -> MutexGuard<'_, Stock> {
        self.stock.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Shelf {
    fn drop(&mut self) {
        // A connection says goodbye in a task. Where there is no runtime any more, the process ends and they with it.
        if tokio::runtime::Handle::try_current().is_err() {
            let stock = self.stock.get_mut().unwrap_or_else(PoisonError::into_inner);
            std::mem::forget(std::mem::take(&mut stock.idle));
        }
    }
}
