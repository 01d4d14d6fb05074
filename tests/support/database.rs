//! A database of its own for every test, and the macro that runs a test on both engines.
//!
//! Nothing is shared between tests and nothing is cleaned up between them: a test gets a copy of a migrated template,
//! and the copy goes with the test. On SQLite that is a file, on PostgreSQL a database on the server that
//! `UPSKILL_TEST_POSTGRES` names (`make test` starts one; see `tests/with-postgres.sh`).

use std::{
    any::Any,
    io::Write as _,
    process::{ExitCode, Termination},
    sync::Once,
};

use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::postgres;

/// The engines that behave alike, which is what running every test on both of them proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file, in the way `cargo run` uses it.
    Sqlite,
    /// A server, as in production.
    Postgres,
}

/// A database with the current schema and nothing in it, gone when this value is dropped.
pub struct TestDb {
    engine: Engine,
    url: String,
    /// The folder or the server's database, which removes itself when dropped.
    _place: Box<dyn Any + Send + Sync>,
}

impl TestDb {
    /// A database on the engine asked for; `None` on PostgreSQL where the run has no server and need not have one.
    pub async fn on(engine: Engine) -> Option<Self> {
        match engine {
            Engine::Sqlite => Some(Self::sqlite().await),
            Engine::Postgres => Self::postgres().await,
        }
    }

    /// A new SQLite file.
    pub async fn sqlite() -> Self {
        let folder = new_folder();
        let file = folder.path().join("upskill.db");
        tokio::fs::write(&file, sqlite_template().await).await.expect("the template was written");
        let url = format!("sqlite://{}", file.display());
        Self { engine: Engine::Sqlite, url, _place: Box::new(folder) }
    }

    /// A new PostgreSQL database, or a line that says it was skipped.
    ///
    /// Panics without a server where `UPSKILL_TEST_REQUIRE_POSTGRES` is set.
    pub async fn postgres() -> Option<Self> {
        let Some(server) = postgres::server() else {
            announce_skip();
            return None;
        };
        let database = server.database().await;
        Some(Self { engine: Engine::Postgres, url: database.url.clone(), _place: Box::new(database) })
    }

    /// Where the database is, in the form that `database.url` takes.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What the database runs on.
    pub fn engine(&self) -> Engine {
        self.engine
    }
}

/// The bytes of a migrated file, made once in a process. They are kept in memory because a folder that belongs to the
/// whole process would be left behind: statics are never dropped.
async fn sqlite_template() -> &'static [u8] {
    static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
    TEMPLATE.get_or_init(make_sqlite_template).await
}

async fn make_sqlite_template() -> Vec<u8> {
    let folder = new_folder();
    let (migrated, whole) = (folder.path().join("migrated.db"), folder.path().join("whole.db"));
    let url = format!("sqlite://{}?mode=rwc", migrated.display());
    upskill_migrations::up(&url).await.expect("the migrations apply");

    // A copy of the file alone could miss what is still in its write-ahead log; this copy cannot.
    let mut connection = SqliteConnection::connect(&url).await.expect("the migrated file opens");
    let copy = AssertSqlSafe(format!("VACUUM INTO '{}'", whole.display()));
    sqlx::query(copy).execute(&mut connection).await.expect("the migrated file was copied");
    connection.close().await.expect("the migrated file closes");
    tokio::fs::read(whole).await.expect("the template is read")
}

fn new_folder() -> TempDir {
    tempfile::Builder::new().prefix("upskill-test-").tempdir().expect("a folder for the test's database")
}

/// Says once in a process what was left out.
fn announce_skip() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        announce(
            "skipped: the PostgreSQL half (UPSKILL_TEST_POSTGRES is not set; `make test` starts a server)",
        );
    });
}

/// Says something past the capture of a passing test's output.
pub(crate) fn announce(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// The number that a statement answers with, read past the application.
pub(crate) async fn number(url: &str, sql: &str) -> i64 {
    let sql = AssertSqlSafe(sql.to_owned());
    if url.starts_with("sqlite") {
        let mut connection = SqliteConnection::connect(url).await.expect("the file opens");
        sqlx::query_scalar(sql).fetch_one(&mut connection).await.expect("a number")
    } else {
        let mut connection = sqlx::PgConnection::connect(url).await.expect("the server answers");
        sqlx::query_scalar(sql).fetch_one(&mut connection).await.expect("a number")
    }
}

/// Runs a statement past the application.
pub async fn execute(database: &TestDb, statement: &'static str) {
    let done = match database.engine() {
        Engine::Sqlite => {
            let mut connection = SqliteConnection::connect(database.url()).await.expect("the file opens");
            sqlx::query(statement).execute(&mut connection).await.map(drop)
        }
        Engine::Postgres => {
            let mut connection =
                sqlx::PgConnection::connect(database.url()).await.expect("the server answers");
            sqlx::query(statement).execute(&mut connection).await.map(drop)
        }
    };
    done.expect("the statement runs");
}

/// The names of the tables, in order.
pub async fn tables(database: &TestDb) -> Vec<String> {
    let url = database.url();
    match database.engine() {
        Engine::Sqlite => {
            let names = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
            let mut connection = SqliteConnection::connect(url).await.expect("the file opens");
            sqlx::query_scalar(names).fetch_all(&mut connection).await
        }
        Engine::Postgres => {
            let names = "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1";
            let mut connection = sqlx::PgConnection::connect(url).await.expect("the server answers");
            sqlx::query_scalar(names).fetch_all(&mut connection).await
        }
    }
    .expect("the names of the tables")
}

/// Every column, as table and name, in order.
pub async fn columns(database: &TestDb) -> Vec<(String, String)> {
    let statement = match database.engine() {
        Engine::Sqlite => {
            "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY 1, 2"
        }
        Engine::Postgres => {
            "SELECT table_name::text, column_name::text FROM information_schema.columns
             WHERE table_schema = 'public' ORDER BY 1, 2"
        }
    };
    pairs(database, statement.to_owned()).await
}

/// The columns by which rows refer to a row of a table of the same employer.
pub async fn references_to(database: &TestDb, table: &str) -> Vec<(String, String)> {
    let statement = match database.engine() {
        Engine::Sqlite => format!(
            "SELECT m.name, f.\"from\" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
             WHERE m.type = 'table' AND f.\"table\" = '{table}' AND f.\"from\" <> 'employer_id' ORDER BY 1, 2"
        ),
        Engine::Postgres => format!(
            "SELECT c.conrelid::regclass::text, a.attname::text FROM pg_constraint c
             JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
             WHERE c.contype = 'f' AND c.confrelid = '{table}'::regclass AND a.attname <> 'employer_id' ORDER BY 1, 2"
        ),
    };
    pairs(database, statement).await
}

/// The columns in which a text is found anywhere, without regard to case.
pub async fn holding(database: &TestDb, text: &str) -> Vec<(String, String)> {
    let text = text.to_lowercase();
    let found = columns(database).await.into_iter().map(|(table, column)| {
        format!(
            "SELECT '{table}', '{column}' WHERE EXISTS (SELECT 1 FROM \"{table}\" WHERE LOWER(CAST(\"{column}\" AS TEXT)) LIKE '%{text}%')"
        )
    });
    let mut holding = Vec::new();
    for statements in found.collect::<Vec<_>>().chunks(100) {
        holding.extend(pairs(database, statements.join(" UNION ALL ")).await);
    }
    holding
}

async fn pairs(database: &TestDb, statement: String) -> Vec<(String, String)> {
    let statement = AssertSqlSafe(statement);
    match database.engine() {
        Engine::Sqlite => {
            let mut connection = SqliteConnection::connect(database.url()).await.expect("the file opens");
            sqlx::query_as(statement).fetch_all(&mut connection).await
        }
        Engine::Postgres => {
            let mut connection =
                sqlx::PgConnection::connect(database.url()).await.expect("the server answers");
            sqlx::query_as(statement).fetch_all(&mut connection).await
        }
    }
    .expect("pairs of names")
}

/// Runs one story on one engine; what [`both_databases!`](crate::both_databases) expands to.
#[doc(hidden)]
pub async fn tell<T: Termination>(engine: Engine, story: impl AsyncFnOnce(TestDb) -> T) {
    if let Some(database) = TestDb::on(engine).await {
        let outcome = story(database).await.report();
        assert!(outcome == ExitCode::SUCCESS, "the test returned an error");
    }
}

/// Writes a test once and runs it on SQLite and on PostgreSQL, as `name::sqlite` and `name::postgres`.
///
/// The argument is the test's fixture: a [`TestDb`](crate::database::TestDb) itself, or a type with
/// `async fn start(database: TestDb) -> Self`. A test may return a `Result`.
///
/// ```ignore
/// both_databases! {
///     async fn a_manager_approves_a_request(app: TestApp) {
///         // ...
///     }
///
///     async fn a_row_survives_a_round_trip(database: TestDb) -> anyhow::Result<()> {
///         // ...
///     }
/// }
/// ```
#[macro_export]
macro_rules! both_databases {
    ($($(#[$attribute:meta])* async fn $name:ident($binding:ident: $fixture:ident) $(-> $outcome:ty)? $story:block)+) => {
        $(
            mod $name {
                use super::*;

                async fn story($binding: $fixture) $(-> $outcome)? $story

                $(#[$attribute])*
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn sqlite() {
                    $crate::both_databases!(@tell Sqlite, $fixture);
                }

                $(#[$attribute])*
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn postgres() {
                    $crate::both_databases!(@tell Postgres, $fixture);
                }
            }
        )+
    };
    (@tell $engine:ident, TestDb) => {
        $crate::database::tell($crate::database::Engine::$engine, story).await
    };
    (@tell $engine:ident, $fixture:ident) => {
        $crate::database::tell($crate::database::Engine::$engine, async |database| {
            story($fixture::start(database).await).await
        })
        .await
    };
}

#[cfg(test)]
mod tests {
    use sqlx::{Executor as _, PgConnection};

    use super::*;

    /// A fixture that counts what it finds, as `TestApp` is one that serves.
    struct Migrated {
        database: TestDb,
        tables: i64,
    }

    impl Migrated {
        async fn start(database: TestDb) -> Self {
            let tables = count_tables(&database).await;
            Self { database, tables }
        }
    }

    both_databases! {
        async fn the_schema_is_there(database: Migrated) {
            assert!(database.tables > 0, "{} has no table", database.database.url());
        }

        async fn a_test_writes_into_nobody_elses_database(mine: TestDb) -> anyhow::Result<()> {
            let yours = TestDb::on(mine.engine()).await.expect("a second database");
            let before = count_tables(&yours).await;
            execute(&mine, "CREATE TABLE only_mine (id INTEGER PRIMARY KEY)").await?;
            assert_eq!(count_tables(&mine).await, before + 1);
            assert_eq!(count_tables(&yours).await, before);
            Ok(())
        }
    }

    async fn count_tables(database: &TestDb) -> i64 {
        let of_sqlite = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'";
        let of_postgres = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'public'";
        let url = database.url();
        match database.engine() {
            Engine::Sqlite => sqlx::query_scalar(of_sqlite).fetch_one(&mut sqlite(url).await).await,
            Engine::Postgres => sqlx::query_scalar(of_postgres).fetch_one(&mut postgres(url).await).await,
        }
        .expect("the count of tables")
    }

    async fn execute(database: &TestDb, statement: &'static str) -> sqlx::Result<()> {
        let url = database.url();
        match database.engine() {
            Engine::Sqlite => sqlite(url).await.execute(statement).await.map(drop),
            Engine::Postgres => postgres(url).await.execute(statement).await.map(drop),
        }
    }

    async fn sqlite(url: &str) -> SqliteConnection {
        SqliteConnection::connect(url).await.expect("the file opens")
    }

    async fn postgres(url: &str) -> PgConnection {
        PgConnection::connect(url).await.expect("the server answers")
    }
}
