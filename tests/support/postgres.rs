//! The PostgreSQL server that the tests share: one small pool for housekeeping, one migrated template, and for each
//! test a database of its own copied from that template.
//!
//! Housekeeping runs on a runtime of its own that lives as long as the process. Each test brings its own runtime, and
//! a connection does not outlive the runtime that opened it.

use std::{
    collections::hash_map::DefaultHasher,
    hash::{Hash, Hasher},
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
        mpsc,
    },
    time::{Duration, SystemTime},
};

use sqlx::{
    AssertSqlSafe, Connection, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tokio::{
    runtime::{Builder, Runtime},
    sync::OnceCell,
};

/// Held while the template is made, so that test processes beside each other make it once.
const TEMPLATE_LOCK: i64 = 0x0075_7073_6b69_6c6c;

/// How long a test waits for its database to be dropped. What is left after that goes with the server.
const FAREWELL: Duration = Duration::from_secs(10);

/// Names this process in the names of its databases, also on a server that earlier processes have used.
static PROCESS: LazyLock<String> = LazyLock::new(|| {
    let since_epoch = SystemTime::UNIX_EPOCH.elapsed().map_or(0, |elapsed| elapsed.as_micros());
    format!("{}_{since_epoch}", std::process::id())
});

static SERVER: LazyLock<Option<Server>> =
    LazyLock::new(|| variable("UPSKILL_TEST_POSTGRES").map(|url| Server::new(&url)));

/// The server named by `UPSKILL_TEST_POSTGRES`, a URL that names any database where databases may be created.
///
/// `None` if the variable is absent. That is an error when `UPSKILL_TEST_REQUIRE_POSTGRES` is set, as `make test`
/// does: a run that promises both databases must not quietly leave one out.
pub(crate) fn server() -> Option<&'static Server> {
    let server = SERVER.as_ref();
    assert!(
        server.is_some() || variable("UPSKILL_TEST_REQUIRE_POSTGRES").is_none(),
        "UPSKILL_TEST_REQUIRE_POSTGRES is set, but UPSKILL_TEST_POSTGRES names no server"
    );
    server
}

#[expect(
    clippy::disallowed_methods,
    reason = "the test run's switches are no part of the product's configuration"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// A server on which the tests create and drop databases.
pub(crate) struct Server {
    url: String,
    runtime: Runtime,
    pool: PgPool,
    template: OnceCell<String>,
}

/// One test's database, dropped with this value.
pub(crate) struct Database {
    name: String,
    pub(crate) url: String,
    server: &'static Server,
}

impl Server {
    fn new(url: &str) -> Self {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime for the server");
        let options: PgConnectOptions = url.parse().expect("UPSKILL_TEST_POSTGRES is a PostgreSQL URL");
        let context = runtime.enter();
        let pool = PgPoolOptions::new().max_connections(4).connect_lazy_with(options);
        drop(context);
        Self { url: url.to_owned(), runtime, pool, template: OnceCell::new() }
    }

    /// A database with the current schema and nothing in it.
    pub(crate) async fn database(&'static self) -> Database {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let name = format!("upskill_test_{}_{}", *PROCESS, NEXT.fetch_add(1, Ordering::Relaxed));
        let url = url_of_database(&self.url, &name);
        let database = Database { name: name.clone(), url, server: self };
        self.runtime.spawn(self.copy_template(name)).await.expect("the test's database was created");
        database
    }

    async fn copy_template(&self, name: String) {
        let template = self.template.get_or_init(|| self.make_template()).await;
        // Copying files takes a third of the time that the default, copying through the write-ahead log, takes.
        self.run(format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")).await;
    }

    /// Migrates a draft and only then gives it the template's name, so that a template is complete if it exists.
    async fn make_template(&self) -> String {
        let template = format!("upskill_template_{:016x}", fingerprint_of_this_program());
        let mut guard =
            PgConnection::connect_with(&self.pool.connect_options()).await.expect("PostgreSQL answers");
        sqlx::query("SELECT pg_advisory_lock($1)")
            .bind(TEMPLATE_LOCK)
            .execute(&mut guard)
            .await
            .expect("the lock");

        let exists: bool = sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)")
            .bind(&template)
            .fetch_one(&self.pool)
            .await
            .expect("the list of databases");
        if !exists {
            let draft = format!("{template}_draft");
            self.run(format!("DROP DATABASE IF EXISTS {draft} WITH (FORCE)")).await;
            self.run(format!("CREATE DATABASE {draft}")).await;
            upskill_migrations::up(&url_of_database(&self.url, &draft)).await.expect("the migrations apply");
            // A template with a connection cannot be copied. Nobody shall open one, and the migration's are closed.
            self.run(format!("ALTER DATABASE {draft} ALLOW_CONNECTIONS false")).await;
            sqlx::query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1")
                .bind(&draft)
                .execute(&self.pool)
                .await
                .expect("the migration's connections were closed");
            self.run(format!("ALTER DATABASE {draft} RENAME TO {template}")).await;
        }

        // Closing the connection gives the lock back.
        guard.close().await.expect("the connection was closed");
        template
    }

    async fn run(&self, statement: String) {
        if let Err(error) = sqlx::raw_sql(AssertSqlSafe(statement.clone())).execute(&self.pool).await {
            panic!("{statement}: {error}");
        }
    }
}

impl Drop for Database {
    /// Waits for the server: a run of hundreds of tests would otherwise keep hundreds of databases.
    fn drop(&mut self) {
        let (done, dropped) = mpsc::channel();
        let (server, name) = (self.server, std::mem::take(&mut self.name));
        server.runtime.spawn(async move {
            server.run(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
            let _ = done.send(());
        });
        let _ = dropped.recv_timeout(FAREWELL);
    }
}

/// The same server's URL with another database in it.
fn url_of_database(url: &str, database: &str) -> String {
    let (address, query) = url.split_once('?').map_or((url, None), |(address, query)| (address, Some(query)));
    let (scheme, rest) = address.split_once("://").expect("a URL has a scheme");
    let host = rest.split_once('/').map_or(rest, |(host, _)| host);
    let query = query.map_or(String::new(), |query| format!("?{query}"));
    format!("{scheme}://{host}/{database}{query}")
}

/// Differs whenever the program was built anew, and so whenever a migration has changed.
fn fingerprint_of_this_program() -> u64 {
    let file = std::env::current_exe().and_then(std::fs::metadata).expect("this program's file");
    let mut hasher = DefaultHasher::new();
    file.len().hash(&mut hasher);
    file.modified().expect("the file's time").hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::url_of_database;

    #[test]
    fn a_url_is_pointed_at_another_database() {
        for (url, expected) in [
            ("postgres:///postgres?host=/tmp/x&port=5432", "postgres:///t1?host=/tmp/x&port=5432"),
            ("postgres://user:secret@host:5433/postgres", "postgres://user:secret@host:5433/t1"),
            ("postgres://host", "postgres://host/t1"),
        ] {
            assert_eq!(url_of_database(url, "t1"), expected);
        }
    }
}
