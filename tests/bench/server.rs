//! The processes under measurement: started, waited for, and ended with the value that stands for them.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use chrono::{DateTime, Utc};
use sqlx::PgPool;
use tokio::net::TcpStream;

/// How long a process may take until it listens.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often it is tried meanwhile.
const PAUSE: Duration = Duration::from_millis(50);
/// How long a worker may take for what it is started for.
const WORKS_FOR: Duration = Duration::from_mins(10);

/// The program under test with its settings.
pub(crate) struct Upskill {
    program: PathBuf,
    folder: PathBuf,
}

impl Upskill {
    /// The release build beside this program; `cargo build --release` makes it.
    pub(crate) fn find(folder: &Path) -> anyhow::Result<Self> {
        let own = std::env::current_exe()?;
        let program =
            own.ancestors().skip(1).map(|place| place.join("upskill")).find(|program| program.is_file());
        let program = program.context("no upskill beside this program: run `cargo build --release` first")?;
        Ok(Self { program, folder: folder.to_owned() })
    }

    /// The program with the settings of a production server, except for the development issuer's tokens.
    fn command(&self, database: &str) -> Command {
        let mut command = Command::new(&self.program);
        let key = self.folder.join("issuer.pem");
        command
            .current_dir(&self.folder)
            .env("UPSKILL__DATABASE__URL", database)
            .env("UPSKILL__AUTH__DEVELOPMENT__KEY_FILE", key)
            .env("UPSKILL__GRAPHQL__INTROSPECTION", "false")
            .env("UPSKILL__GRAPHQL__GRAPHIQL", "false")
            .env("UPSKILL__WORKER__EMBEDDED", "false")
            .env("UPSKILL__LOG__FORMAT", "json")
            .env("UPSKILL__LOG__FILTER", "warn")
            .stdin(Stdio::null());
        command
    }

    /// Runs a command to its end and returns what it printed.
    pub(crate) fn run(&self, database: &str, arguments: &[&str]) -> anyhow::Result<String> {
        let output = self.command(database).args(arguments).output()?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "upskill {}: {said}", arguments.join(" "));
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    /// Lets a worker run until a statement says that something is done, given when the worker was started. Answers how long
    /// that took.
    pub(crate) async fn work_until(
        &self,
        database: &str,
        pool: &PgPool,
        done: &'static str,
    ) -> anyhow::Result<Duration> {
        let begun = Instant::now();
        let since: DateTime<Utc> = sqlx::query_scalar("SELECT now()").fetch_one(pool).await?;
        let mut command = self.command(database);
        command.arg("worker").stdout(Stdio::null());
        let mut worker = Ended(command.spawn().context("the worker does not start")?);
        while !sqlx::query_scalar::<_, bool>(done).bind(since).fetch_one(pool).await? {
            ensure!(worker.0.try_wait()?.is_none(), "the worker has ended");
            ensure!(begun.elapsed() < WORKS_FOR, "the worker does not come to an end");
            tokio::time::sleep(PAUSE).await;
        }
        Ok(begun.elapsed())
    }

    /// Serves a database.
    pub(crate) async fn serve(&self, database: &str, connections: u32) -> anyhow::Result<Process> {
        let address = free_address().await?;
        let mut command = self.command(database);
        command.arg("serve").env("UPSKILL__HTTP__LISTEN", address.to_string());
        command.env("UPSKILL__DATABASE__MAX_CONNECTIONS", connections.to_string());
        Process::start(command, address).await
    }
}

/// A process that listens.
pub(crate) struct Process {
    pub(crate) address: SocketAddr,
    pub(crate) pid: u32,
    child: Ended,
}

/// A process that is ended with the value that stands for it.
struct Ended(Child);

impl Process {
    /// Starts a process and waits until it listens.
    pub(crate) async fn start(mut command: Command, address: SocketAddr) -> anyhow::Result<Self> {
        // Standard output is for people at a terminal; what goes wrong is on standard error.
        let child = command.stdout(Stdio::null()).spawn().with_context(|| format!("{command:?}"))?;
        let mut process = Self { address, pid: child.id(), child: Ended(child) };
        let started = Instant::now();
        while TcpStream::connect(address).await.is_err() {
            ensure!(started.elapsed() < PATIENCE, "nothing listens on {address}");
            ensure!(
                process.child.0.try_wait()?.is_none(),
                "the process that should listen on {address} has ended"
            );
            tokio::time::sleep(PAUSE).await;
        }
        Ok(process)
    }
}

impl Drop for Ended {
    fn drop(&mut self) {
        // It may have ended by itself, which is as good.
        let _ended = self.0.kill();
        let _status = self.0.wait();
    }
}

/// An address of this machine where nobody listens.
pub(crate) async fn free_address() -> anyhow::Result<SocketAddr> {
    Ok(tokio::net::TcpListener::bind("127.0.0.1:0").await?.local_addr()?)
}
