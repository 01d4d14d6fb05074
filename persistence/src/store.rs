//! The store: the pool, and the only place where transactions begin and end.

use std::time::Duration;

use async_trait::async_trait;
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseTransaction, TransactionTrait};
use tokio::sync::broadcast;
use upskill_domain::kernel::{EmployerId, Fault, TypedId};
use upskill_domain::store::{Reads, Store, UnitOfWork};
use uuid::Uuid;

use crate::dialect::Dialect;
use crate::fault::OrFault;
use crate::notices::WAITING_NOTICES;
use crate::pool::{Pool, TRUSTED_FOR};

/// A pool of connections to one database.
pub struct Db {
    pub(crate) pool: Pool,
    /// Employers whose entries this process has just sealed.
    pub(crate) sealed: broadcast::Sender<EmployerId>,
}

/// How to reach a database.
#[derive(Debug, Clone)]
pub struct DbOptions {
    /// `sqlite://path/to/file` or `postgres://...`.
    pub url: String,
    /// Connections at most.
    pub max_connections: u32,
    /// How long a request waits for a connection.
    pub acquire_timeout: Duration,
    /// How long a statement may run on PostgreSQL; zero for no limit.
    pub statement_timeout: Duration,
}

/// The connections of a pool at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connections {
    /// Those held open.
    pub open: u32,
    /// Those of them that wait for work.
    pub idle: u32,
    /// As many as may be open.
    pub limit: u32,
}

impl Db {
    /// Opens the pool. The database must be there and up to date.
    pub async fn connect(options: &DbOptions) -> Result<Self, Fault> {
        let mut connect = ConnectOptions::new(&options.url);
        connect
            .max_connections(options.max_connections)
            .min_connections(1)
            .acquire_timeout(options.acquire_timeout)
            .sqlx_logging(false)
            // A ping before every statement costs as much as the statement; a connection that broke is noticed by
            // the request that meets it and replaced for the next.
            .test_before_acquire(false)
            .test_before_acquire_if_idle_for(TRUSTED_FOR);
        Dialect::configure(&mut connect, options.statement_timeout);
        let pool = Pool::connect(connect, options.acquire_timeout).await.or_fault()?;
        Ok(Self { pool, sealed: broadcast::Sender::new(WAITING_NOTICES) })
    }

    /// Asks the database for a sign of life.
    pub async fn ping(&self) -> Result<(), Fault> {
        self.pool.execute_unprepared("SELECT 1").await.or_fault().map(|_| ())
    }

    /// How many connections there are, and what they do.
    pub fn connections(&self) -> Connections {
        self.pool.connections()
    }

    /// Closes every connection.
    pub async fn close(self) -> Result<(), Fault> {
        self.pool.close().await.or_fault()
    }
}

/// One transaction in one employer's data.
pub(crate) struct Tx {
    pub(crate) tx: DatabaseTransaction,
    pub(crate) employer: EmployerId,
    /// Whom to tell once entries were sealed, and whether this transaction has sealed any.
    pub(crate) sealed: broadcast::Sender<EmployerId>,
    pub(crate) has_sealed: bool,
}

impl Tx {
    /// The employer as the tables store it.
    pub(crate) fn tenant(&self) -> Uuid {
        self.employer.uuid()
    }
}

#[async_trait]
impl Store for Db {
    async fn begin(&self, employer: EmployerId) -> Result<Box<dyn UnitOfWork>, Fault> {
        let tx =
            self.pool.transactions().begin_with_options(Dialect::write_transaction()).await.or_fault()?;
        Ok(Box::new(Tx { tx, employer, sealed: self.sealed.clone(), has_sealed: false }))
    }

    async fn look(&self, employer: EmployerId) -> Result<Box<dyn UnitOfWork>, Fault> {
        let options = Dialect(self.pool.get_database_backend()).reading_transaction();
        let tx = self.pool.transactions().begin_with_options(options).await.or_fault()?;
        Ok(Box::new(Tx { tx, employer, sealed: self.sealed.clone(), has_sealed: false }))
    }

    fn reads(&self) -> &dyn Reads {
        self
    }
}

#[async_trait]
impl UnitOfWork for Tx {
    async fn commit(self: Box<Self>) -> Result<(), Fault> {
        self.tx.commit().await.or_fault()?;
        if self.has_sealed {
            // Nobody listens, more often than not.
            let _ = self.sealed.send(self.employer);
        }
        Ok(())
    }
}
