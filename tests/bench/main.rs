//! `make bench`: what a request costs here, in relation to two yardsticks taken in the same run.
//!
//! For every operation three contenders take turns: the server; a bare HTTP handler that sends the same statements
//! (`bare.rs`); and pgbench with those statements and no HTTP at all (`pgbench.rs`). The statements are those that the
//! server was seen to send (`capture.rs`). `docs/performance.md` says how to read the result.

mod bare;
mod capture;
mod cpu;
mod load;
mod operations;
mod pgbench;
mod report;
mod seed;
mod server;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use capture::{Statement, Tap};
use load::{Client, Requests};
use operations::Operation;
use report::{Contender, Rounds, Sample};
use seed::Seeded;
use server::{Process, Upskill};
use uuid::Uuid;

const USAGE: &str = "usage: make bench ARGS=\"[--seconds N] [--rounds N] [--people N] [--connections N] [--only WORD] [--gate]\"";
/// How long everybody is warmed up before an operation is measured.
const WARM_UP: Duration = Duration::from_secs(1);

/// The command line.
struct Options {
    seconds: u64,
    rounds: usize,
    people: usize,
    /// Database connections, the same number for every contender.
    connections: u32,
    only: Option<String>,
    gate: bool,
}

impl Options {
    fn read(mut words: impl Iterator<Item = String>) -> anyhow::Result<Self> {
        let mut options =
            Self { seconds: 5, rounds: 3, people: 100_000, connections: 8, only: None, gate: false };
        while let Some(word) = words.next() {
            let mut value = || words.next().context(USAGE);
            match word.as_str() {
                // cargo adds this one.
                "--bench" => {}
                "--gate" => options.gate = true,
                "--seconds" => options.seconds = value()?.parse().context(USAGE)?,
                "--rounds" => options.rounds = value()?.parse().context(USAGE)?,
                "--people" => options.people = value()?.parse().context(USAGE)?,
                "--connections" => options.connections = value()?.parse().context(USAGE)?,
                "--only" => options.only = Some(value()?),
                _ => bail!("{USAGE}"),
            }
        }
        Ok(options)
    }
}

fn main() -> anyhow::Result<()> {
    let mut words = std::env::args().skip(1).peekable();
    if words.next_if_eq("bare").is_some() {
        let plan = words.next().context("a plan")?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        return runtime.block_on(bare::serve(Path::new(&plan)));
    }
    let options = Options::read(words)?;
    // One thread sends the load, so that it takes one core at most.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(bench(&options))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the benchmark's server is no part of the product's configuration"
)]
async fn bench(options: &Options) -> anyhow::Result<()> {
    let server =
        std::env::var("UPSKILL_TEST_POSTGRES").context("run it by `make bench`: it needs a PostgreSQL")?;
    let folder = tempfile::tempdir()?;
    let upskill = Upskill::find(folder.path())?;
    println!("seeding {} people", options.people);
    let seeded = seed::seed(&server, &upskill, options.people).await?;
    let operations = prepare(&upskill, &seeded, options).await?;
    let bench = Bench::start(&upskill, seeded, operations, folder.path(), options).await?;
    report::print_machine(&bench.seeded.pool).await?;
    println!(
        "load: {} connections to the servers; {} connections to the database for everybody; {} rounds of {} s",
        load::CONNECTIONS,
        options.connections,
        options.rounds,
        options.seconds
    );
    let mut below = 0;
    for prepared in &bench.operations {
        let rounds = bench.measure(prepared, options).await?;
        rounds.print();
        below += usize::from(!rounds.passes());
    }
    ensure!(!options.gate || below == 0, "{below} operations are below their target");
    Ok(())
}

/// An operation with its requests and what they make the server send.
struct Prepared {
    operation: &'static Operation,
    bodies: Vec<String>,
    token: String,
    statements: Vec<Vec<Statement>>,
}

/// Learns from a server behind a tap which statements each request takes.
async fn prepare(upskill: &Upskill, seeded: &Seeded, options: &Options) -> anyhow::Result<Vec<Prepared>> {
    let tap = Tap::open(&seeded.options).await?;
    let user = seeded.options.get_username();
    let database = seeded.options.get_database().context("a database")?;
    let url = format!("postgres://{user}@127.0.0.1:{}/{database}?sslmode=disable", tap.port);
    // One connection, so that statements are seen in the order in which they are sent.
    let server = upskill.serve(&url, 1).await?;
    let mut prepared = Vec::new();
    let chosen = |operation: &&Operation| options.only.as_ref().is_none_or(|only| operation.name == *only);
    for operation in operations::ALL.iter().filter(chosen) {
        let caller = operation.caller(&seeded.pool).await?;
        let token = upskill.run(&seeded.url, &["token", "--employer", seed::EMPLOYER, "--as", &caller])?;
        let bodies: Vec<_> = operation.bodies(&seeded.pool).await?.iter().map(ToString::to_string).collect();
        let mut client = Client::connect(server.address).await?;
        client.answered(&request("/graphql", &token, &bodies[0])).await?;
        tap.take();
        let mut statements = Vec::new();
        for body in &bodies {
            client.answered(&request("/graphql", &token, body)).await?;
            statements.push(tap.take());
        }
        println!("{}: {} statements a request", operation.name, statements[0].len());
        prepared.push(Prepared { operation, bodies, token, statements });
    }
    ensure!(!prepared.is_empty(), "no operation has that name");
    Ok(prepared)
}

/// One request as it goes over the wire.
fn request(path: &str, token: &str, body: &str) -> Rc<[u8]> {
    let length = body.len();
    let text = format!(
        "POST {path} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\naccept: application/json\r\n\
         authorization: Bearer {token}\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    Rc::from(text.into_bytes())
}

/// Everything that runs during the measurement.
struct Bench {
    seeded: Seeded,
    operations: Vec<Prepared>,
    server: Process,
    bare: Process,
    postmaster: u32,
    folder: PathBuf,
}

impl Bench {
    async fn start(
        upskill: &Upskill,
        seeded: Seeded,
        operations: Vec<Prepared>,
        folder: &Path,
        options: &Options,
    ) -> anyhow::Result<Self> {
        let server = upskill.serve(&seeded.url, options.connections).await?;
        let listen = server::free_address().await?;
        let by_name = |prepared: &Prepared| (prepared.operation.name.to_owned(), prepared.statements.clone());
        let plan = bare::Plan {
            database: seeded.url.clone(),
            connections: options.connections,
            listen,
            operations: operations.iter().map(by_name).collect::<HashMap<_, _>>(),
        };
        let file = folder.join("plan.json");
        std::fs::write(&file, serde_json::to_vec(&plan)?)?;
        let mut command = std::process::Command::new(std::env::current_exe()?);
        command.arg("bare").arg(&file);
        let bare = Process::start(command, listen).await?;
        let backend: i32 = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&seeded.pool).await?;
        let postmaster = cpu::parent(backend.cast_unsigned())?;
        Ok(Self { seeded, operations, server, bare, postmaster, folder: folder.to_owned() })
    }

    /// Measures an operation in interleaved rounds; every second one goes through the contenders backwards.
    async fn measure(&self, prepared: &Prepared, options: &Options) -> anyhow::Result<Rounds> {
        self.compare(prepared).await?;
        let scripts = pgbench::Scripts::write(&self.folder, prepared.operation.name, &prepared.statements)?;
        let lasting = Duration::from_secs(options.seconds);
        for contender in Contender::ALL {
            self.run(contender, prepared, &scripts, options.connections, WARM_UP).await?;
        }
        let mut samples = Vec::new();
        for round in 0..options.rounds {
            let mut order = Contender::ALL;
            if round % 2 == 1 {
                order.reverse();
            }
            for contender in order {
                samples.push(self.run(contender, prepared, &scripts, options.connections, lasting).await?);
            }
        }
        Ok(Rounds { title: prepared.operation.title, target: prepared.operation.target, samples })
    }

    async fn run(
        &self,
        contender: Contender,
        prepared: &Prepared,
        scripts: &pgbench::Scripts,
        connections: u32,
        lasting: Duration,
    ) -> anyhow::Result<Sample> {
        let process = match contender {
            Contender::Server => Some(&self.server),
            Contender::Bare => Some(&self.bare),
            Contender::Pgbench => None,
        };
        let meter = cpu::Meter { server: process.map(|process| process.pid), postmaster: self.postmaster };
        let (before, own) = (meter.read()?, cpu::own()?);
        let started = std::time::Instant::now();
        let load = match process {
            Some(process) => load::run(process.address, &prepared.requests(contender), lasting).await?,
            None => scripts.run(&self.seeded.options, connections, lasting)?,
        };
        let (after, own, seconds) = (meter.read()?, cpu::own()? - own, started.elapsed().as_secs_f64());
        #[expect(clippy::cast_precision_loss, reason = "counts of requests are small")]
        let requests = load.requests as f64;
        Ok(Sample {
            contender,
            per_second: requests / load.elapsed.as_secs_f64(),
            p50_ms: load.p50_ms,
            p99_ms: load.p99_ms,
            server_us: (after.server - before.server) * 1e6 / requests,
            database_us: (after.database - before.database) * 1e6 / requests,
            noise: report::noise(before, after, own, seconds),
        })
    }

    /// Makes sure that server and bare handler answer the same, to the byte.
    async fn compare(&self, prepared: &Prepared) -> anyhow::Result<()> {
        let mut server = Client::connect(self.server.address).await?;
        let mut bare = Client::connect(self.bare.address).await?;
        let (to_server, to_bare) = (prepared.requests(Contender::Server), prepared.requests(Contender::Bare));
        for number in 0..prepared.bodies.len().min(50) as u64 {
            let ours = String::from_utf8_lossy(server.answered(&to_server(number)).await?);
            let theirs = String::from_utf8_lossy(bare.answered(&to_bare(number)).await?);
            ensure!(ours == theirs, "{}: the answers differ\n{ours}\n{theirs}", prepared.operation.name);
        }
        Ok(())
    }
}

impl Prepared {
    /// The requests to a contender, over and over.
    fn requests(&self, contender: Contender) -> Requests {
        let subject = Uuid::nil();
        let whole = self.bodies.iter().enumerate().map(|(number, body)| match contender {
            Contender::Bare => {
                request(&format!("/{}/{number}/{subject}", self.operation.name), &self.token, body)
            }
            Contender::Server | Contender::Pgbench => request("/graphql", &self.token, body),
        });
        let whole: Vec<_> = whole.collect();
        let count = whole.len() as u64;
        Rc::new(move |number| {
            let at = usize::try_from(number % count).unwrap_or(0);
            Rc::clone(&whole[at])
        })
    }
}
