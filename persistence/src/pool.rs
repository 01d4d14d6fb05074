//! The pool, with a shelf of connections that reads take in turns.
//!
//! sqlx asks a connection for a sign of life each time it goes back to the pool: a round trip and a task for every
//! statement, as dear as a look-up by key. On PostgreSQL reads therefore go through half of the connections without
//! giving them back in between. A connection whose statement failed or was given up half way is not put back on the
//! shelf but to the pool, which makes it sound again or closes it, and so is every one after a while.
//!
//! Transactions are long enough for that round trip not to matter. They take the other half, and what the reads leave of
//! theirs (`shelf.rs`).

use std::time::Duration;

use async_trait::async_trait;
use sea_orm::sqlx;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult,
    Statement,
};

use crate::meter;
use crate::shelf::Shelf;
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
        let most = options.get_max_connections().unwrap_or(0);
        let mut connections = Box::pin(Database::connect(options)).await?;
        meter::attach(&mut connections);
        // SQLite answers from the same process, and a pool of one has nothing to share out.
        let shelved = connections.get_database_backend() == DbBackend::Postgres && most > 1;
        let shelf = shelved
            .then(|| Shelf::new(connections.get_postgres_connection_pool().clone(), most, acquire_timeout));
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

    /// Where the store opens transactions: beside the shelf, which makes room if it can.
    pub(crate) fn transactions(&self) -> &DatabaseConnection {
        if let Some(shelf) = &self.shelf {
            shelf.make_room();
        }
        &self.connections
    }

    /// To whom the connections go.
    pub(crate) fn connect_options(&self) -> std::sync::Arc<sqlx::postgres::PgConnectOptions> {
        self.connections.get_postgres_connection_pool().connect_options()
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

fn state<D: sqlx::Database>(pool: &sqlx::Pool<D>) -> (u32, u32, u32) {
    let idle = u32::try_from(pool.num_idle()).unwrap_or(u32::MAX);
    (pool.size(), idle, pool.options().get_max_connections())
}
