//! The history of the tables, the same on SQLite and PostgreSQL.
//!
//! A migration is frozen history: it knows neither the domain nor the entities of today. Callers pass an address, never
//! a connection, so that the pool which serves requests is never the one that changes tables.

mod columns;
mod m0001_organization;
mod m0002_journal;
mod m0003_skills;
mod m0004_catalog;
mod m0005_programs;
mod m0006_funding;
mod m0007_indexes;
mod m0008_funding_policies;
mod m0009_budget_closing;
mod m0010_comments;
mod m0012_approval_delegations;
mod m0013_approval_routing;
mod m0015_action_links;
mod m0016_exchange_rates;
mod m0020_learning;
mod m0021_results;
mod m0022_follow_ups;
mod m0023_completions;
mod m0025_roi;
mod m0030_skill_records;
mod m0031_job_profiles;
mod m0035_reports;
mod m0044_skills_stock;
mod m0045_budget_months;
mod m0047_course_sizes;
mod m0048_mentoring;
mod m0049_service_accounts;

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::sqlx::sqlite::SqliteJournalMode;
use sea_orm_migration::sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

/// The ordered list of migrations.
struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_organization::Migration),
            Box::new(m0002_journal::Migration),
            Box::new(m0003_skills::Migration),
            Box::new(m0004_catalog::Migration),
            Box::new(m0005_programs::Migration),
            Box::new(m0006_funding::Migration),
            Box::new(m0007_indexes::Migration),
            Box::new(m0008_funding_policies::Migration),
            Box::new(m0009_budget_closing::Migration),
            Box::new(m0010_comments::Migration),
            Box::new(m0012_approval_delegations::Migration),
            Box::new(m0013_approval_routing::Migration),
            Box::new(m0015_action_links::Migration),
            Box::new(m0016_exchange_rates::Migration),
            Box::new(m0020_learning::Migration),
            Box::new(m0021_results::Migration),
            Box::new(m0022_follow_ups::Migration),
            Box::new(m0023_completions::Migration),
            Box::new(m0025_roi::Migration),
            Box::new(m0030_skill_records::Migration),
            Box::new(m0031_job_profiles::Migration),
            Box::new(m0035_reports::Migration),
            Box::new(m0044_skills_stock::Migration),
            Box::new(m0045_budget_months::Migration),
            Box::new(m0047_course_sizes::Migration),
            Box::new(m0048_mentoring::Migration),
            Box::new(m0049_service_accounts::Migration),
        ]
    }
}

/// One migration and whether a database has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The migration's name.
    pub name: String,
    /// Whether it has been applied.
    pub applied: bool,
}

/// Brings a database up to date. A SQLite file that is not there yet is created.
///
/// Several processes may start together: one migrates, the others wait and then find nothing left to do.
pub async fn up(url: &str) -> Result<(), DbErr> {
    let (connection, tx) = exclusive(url).await?;
    Migrator::up(&tx, None).await?;
    tx.commit().await?;
    connection.close().await
}

/// Takes everything back, newest first. For tests: it deletes all data.
pub async fn down(url: &str) -> Result<(), DbErr> {
    let (connection, tx) = exclusive(url).await?;
    Migrator::down(&tx, None).await?;
    tx.commit().await?;
    connection.close().await
}

/// Every migration, with whether the database has it. Writes nothing.
pub async fn status(url: &str) -> Result<Vec<Step>, DbErr> {
    let connection = connect(url, false).await?;
    let table = <Migrator as MigratorTrait>::migration_table_name().to_string();
    let manager = SchemaManager::new(&connection);
    let applied: Vec<String> = if manager.has_table(&table).await? {
        let versions = Query::select().column("version").from(Alias::new(&table)).to_owned();
        let rows = connection.query_all(&versions).await?;
        rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?
    } else {
        Vec::new()
    };
    connection.close().await?;
    let steps = Migrator::migrations().into_iter().map(|migration| {
        let name = migration.name().to_owned();
        Step { applied: applied.contains(&name), name }
    });
    Ok(steps.collect())
}

async fn connect(url: &str, create: bool) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    options.map_sqlx_sqlite_opts(move |sqlite| {
        sqlite.journal_mode(SqliteJournalMode::Wal).create_if_missing(create)
    });
    Database::connect(options).await
}

/// A transaction that no other migrating process shares: the writer lock on SQLite, an advisory lock on PostgreSQL
/// (whose own catalog otherwise fails on two processes that create the same table).
async fn exclusive(url: &str) -> Result<(DatabaseConnection, DatabaseTransaction), DbErr> {
    const ADVISORY_LOCK: i64 = 0x5550_534b_494c_4c01;
    let connection = connect(url, true).await?;
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..Default::default()
    };
    let tx = connection.begin_with_options(options).await?;
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")).await?;
    }
    Ok((connection, tx))
}
