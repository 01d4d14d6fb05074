//! The pool, with a shelf of connections that reads take in turns.
//!
//! sqlx asks a connection for a sign of life each time it goes back to the pool: a round trip and a task for every
//! statement, as dear as a look-up by key. On PostgreSQL reads therefore go through half of the connections without
//! giving them back in between. A connection whose statement failed or was given up half way is not put back on the
//! shelf but to the pool, which makes it sound again or closes it, and so is every one after a while.
//!
//! Transactions are long enough for that round trip not to matter. They take the other half, so neither kind waits for
//! the other.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::{self, AssertSqlSafe, PgPool, Postgres};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult,
    Statement,
};
use sea_query_sqlx::SqlxValues;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::fault::failed;
use crate::meter;
use crate::store::Connections;

/// How long a connection is used without a sign of life: as long as one that lay idle in the pool.
pub(crate) const TRUSTED_FOR: Duration = Duration::from_secs(15);

/// Connections to one database.
pub(crate) struct Pool {
    connections: DatabaseConnection,
    shelf: Option<Shelf>,
}

impl Pool {
    /// Opens the pool.
    pub(crate) async fn connect(options: ConnectOptions, acquire_timeout: Duration) -> Result<Self, DbErr> {
        let half = options.get_max_connections().unwrap_or(0) / 2;
        let mut connections = Box::pin(Database::connect(options)).await?;
        meter::attach(&mut connections);
        // SQLite answers from the same process, and a pool of one has no half to spare.
        let shelved = connections.get_database_backend() == DbBackend::Postgres && half > 0;
        let shelf = shelved.then(|| Shelf {
            pool: connections.get_postgres_connection_pool().clone(),
            places: Semaphore::new(usize::try_from(half).unwrap_or(1)),
            acquire_timeout,
            idle: Mutex::default(),
        });
        Ok(Self { connections, shelf })
    }

    /// How many connections there are, and what they do. Those on the shelf count as idle, though the pool has lent
    /// them.
    pub(crate) fn connections(&self) -> Connections {
        let (open, idle, limit) = match self.connections.get_database_backend() {
            DbBackend::Postgres => state(self.connections.get_postgres_connection_pool()),
            _ => state(self.connections.get_sqlite_connection_pool()),
        };
        let shelved = self.shelf.as_ref().map_or(0, Shelf::idle);
        Connections { open, idle: (idle + shelved).min(open), limit }
    }

    /// Where the store opens transactions: beside the shelf, on the other half of the connections.
    pub(crate) fn transactions(&self) -> &DatabaseConnection {
        &self.connections
    }

    /// Closes every connection.
    pub(crate) async fn close(self) -> Result<(), DbErr> {
        drop(self.shelf);
        self.connections.close().await
    }
}

#[async_trait]
impl ConnectionTrait for Pool {
    fn get_database_backend(&self) -> DbBackend {
        self.connections.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.connections.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.connections.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match &self.shelf {
            Some(shelf) => Ok(shelf.query(statement).await?.next()),
            None => self.connections.query_one_raw(statement).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match &self.shelf {
            Some(shelf) => Ok(shelf.query(statement).await?.collect()),
            None => self.connections.query_all_raw(statement).await,
        }
    }
}

/// Connections that were taken from the pool to be used by one read after another.
struct Shelf {
    pool: PgPool,
    /// As many as there may be taken from the pool at once.
    places: Semaphore,
    acquire_timeout: Duration,
    idle: Mutex<Vec<Kept>>,
}

/// A connection with the time when the pool last asked it for a sign of life.
struct Kept {
    connection: PoolConnection<Postgres>,
    trusted_since: Instant,
}

impl Shelf {
    /// Runs a statement to the end of its rows.
    async fn query(&self, statement: Statement) -> Result<impl Iterator<Item = QueryResult>, DbErr> {
        let (_place, mut kept) = self.take().await?;
        meter::count();
        let values = SqlxValues(statement.values.unwrap_or_else(|| sea_orm::Values(Vec::new())));
        let query = sqlx::query_with(AssertSqlSafe(statement.sql), values);
        let rows = query.fetch_all(&mut *kept.connection).await.map_err(failed)?;
        // Only here is the connection known to be at rest; on every other way out it goes to the pool by its drop.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(kept);
        Ok(rows.into_iter().map(QueryResult::from))
    }

    /// How many connections wait on the shelf.
    fn idle(&self) -> u32 {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).len();
        u32::try_from(idle).unwrap_or(u32::MAX)
    }

    /// The connection that was used last, or a fresh one.
    async fn take(&self) -> Result<(SemaphorePermit<'_>, Kept), DbErr> {
        let waiting = tokio::time::timeout(self.acquire_timeout, self.places.acquire());
        let place = match self.places.try_acquire() {
            Ok(place) => place,
            Err(_) => match waiting.await {
                Ok(Ok(place)) => place,
                Ok(Err(_)) => return Err(failed(sqlx::Error::PoolClosed)),
                Err(_) => return Err(failed(sqlx::Error::PoolTimedOut)),
            },
        };
        let kept = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if let Some(kept) = kept.filter(|kept| kept.trusted_since.elapsed() < TRUSTED_FOR) {
            return Ok((place, kept));
        }
        let connection = self.pool.acquire().await.map_err(failed)?;
        Ok((place, Kept { connection, trusted_since: Instant::now() }))
    }
}

impl Drop for Shelf {
    fn drop(&mut self) {
        // A connection says goodbye in a task. Where there is no runtime any more, the process ends and they with it.
        if tokio::runtime::Handle::try_current().is_err() {
            std::mem::forget(std::mem::take(self.idle.get_mut().unwrap_or_else(PoisonError::into_inner)));
        }
    }
}

fn state<D: sqlx::Database>(pool: &sqlx::Pool<D>) -> (u32, u32, u32) {
    let idle = u32::try_from(pool.num_idle()).unwrap_or(u32::MAX);
    (pool.size(), idle, pool.options().get_max_connections())
}
