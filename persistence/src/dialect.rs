//! Every difference between SQLite and PostgreSQL.
//!
//! * Transactions: SQLite takes its only writer lock when the transaction begins (`IMMEDIATE`); otherwise a snapshot
//!   that was read cannot be upgraded and fails. PostgreSQL locks rows with `FOR NO KEY UPDATE`, which SQLite's
//!   builder leaves out. Not with `FOR UPDATE`: whatever is inserted below a row shares a lock on its key, so two
//!   transactions that insert first (a claim) and lock then (the employer) would wait for each other for ever.
//! * Locks that are skipped: SQLite has one writer, so nothing that a transaction finds is held by another. There the
//!   builder leaves `SKIP LOCKED` out with the lock.
//! * Looks: PostgreSQL refuses to write in one; SQLite would take its lock then, so there it is the domain's to keep.
//! * Sums: PostgreSQL answers `SUM(bigint)` with a numeric; [`Dialect::sum`] casts it back.
//! * Bind values: SQLite takes 32,766 in a statement, PostgreSQL 65,535; [`CHUNK_CELLS`] stays below both.
//! * Notices: PostgreSQL tells every process that entries were sealed (`NOTIFY`, in the transaction that seals); SQLite
//!   tells only the process that did it, and others look for themselves (see `notices.rs`).
//! * Text order: columns that lists are sorted by are declared to compare bytes (see the migrations).
//! * Case: SQLite's `LOWER` knows ASCII only, so texts are folded in Rust and stored beside the original.

use std::time::Duration;

use sea_orm::sea_query::{Alias, Expr, ExprTrait, SimpleExpr};
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    AccessMode, ConnectOptions, DbBackend, IsolationLevel, SqliteTransactionMode, TransactionOptions,
};

/// Bind values that one statement may carry on either database, with room to spare.
pub(crate) const CHUNK_CELLS: usize = 16_000;

/// Which database it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dialect(pub(crate) DbBackend);

impl Dialect {
    /// The options of every writing transaction.
    pub(crate) fn write_transaction() -> TransactionOptions {
        TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..Default::default()
        }
    }

    /// The options of a transaction that reads everything as of one moment and must not write. SQLite has that by
    /// waiting with its lock until somebody writes; it knows no isolation levels.
    pub(crate) fn reading_transaction(self) -> TransactionOptions {
        if self.0 == DbBackend::Postgres {
            return TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..Default::default()
            };
        }
        TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Deferred),
            ..Default::default()
        }
    }

    /// A sum of whole numbers, as a whole number; 0 over no rows.
    pub(crate) fn sum(self, expr: impl Into<SimpleExpr>) -> SimpleExpr {
        let whole = if self.0 == DbBackend::Postgres { "bigint" } else { "integer" };
        let sum: SimpleExpr = expr.into();
        Expr::expr(sum.sum()).if_null(0).cast_as(Alias::new(whole))
    }

    /// Settings of the connection that only one of the databases has.
    pub(crate) fn configure(options: &mut ConnectOptions, statement_timeout: Duration) {
        options.map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Normal)
                .busy_timeout(Duration::from_secs(5))
                .foreign_keys(true)
                .create_if_missing(false)
        });
        if options.get_url().starts_with("postgres") && !statement_timeout.is_zero() {
            options.statement_timeout(statement_timeout);
        }
    }
}
