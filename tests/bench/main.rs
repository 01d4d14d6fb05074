//! `make bench`: what a request costs here, in relation to two yardsticks taken in the same run.
//!
//! For every operation three contenders take turns: the server; a bare HTTP handler that sends the same statements
//! (`bare.rs`); and pgbench with those statements and no HTTP at all (`pgbench.rs`). The statements are those that the
//! server was seen to send (`capture.rs`). `docs/performance.md` says how to read the result.

mod bare;
mod capture;
mod cpu;
mod growth;
mod learning;
mod load;
mod operations;
mod pgbench;
mod plans;
mod prepared;
mod report;
mod seed;
mod server;
mod subject;
mod template;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use load::Client;
use operations::{Made, Operation, Subjects};
use prepared::Prepared;
use report::{Contender, Rounds, Sample};
use seed::{Seeded, Size};
use server::{Process, Upskill};

const USAGE: &str = "usage: make bench ARGS=\"[--seconds N] [--rounds N] [--people N] [--connections N] [--only WORD] [--gate] [--reuse]\"";
/// How long everybody is warmed up before an operation is measured.
const WARM_UP: Duration = Duration::from_secs(1);
/// What each person asks for on average, and how many enrollments they have where dashboards are measured.
const REQUESTS: usize = 3;
const ENROLLMENTS: usize = 10;

/// The command line.
struct Options {
    seconds: u64,
    rounds: usize,
    people: usize,
    /// Database connections, the same number for every contender.
    connections: u32,
    only: Option<String>,
    gate: bool,
    /// Whether databases that an earlier run left on the server are used as they are. Good for what only reads.
    reuse: bool,
}

impl Options {
    fn read(mut words: impl Iterator<Item = String>) -> anyhow::Result<Self> {
        let mut options = Self {
            seconds: 5,
            rounds: 3,
            people: 100_000,
            connections: 8,
            only: None,
            gate: false,
            reuse: false,
        };
        while let Some(word) = words.next() {
            let mut value = || words.next().context(USAGE);
            match word.as_str() {
                // cargo adds this one.
                "--bench" => {}
                "--gate" => options.gate = true,
                "--reuse" => options.reuse = true,
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

    /// Whether what has this name is measured.
    fn chooses(&self, name: &str) -> bool {
        self.only.as_ref().is_none_or(|only| only == name)
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

/// The URL of the database server that is measured.
#[expect(
    clippy::disallowed_methods,
    reason = "the benchmark's server is no part of the product's configuration"
)]
fn postgres() -> anyhow::Result<String> {
    std::env::var("UPSKILL_TEST_POSTGRES").context("run it by `make bench`: it needs a PostgreSQL")
}

async fn bench(options: &Options) -> anyhow::Result<()> {
    let knows =
        |name: &String| operations::ALL.iter().any(|known| known.name == *name) || growth::knows(name);
    ensure!(options.only.as_ref().is_none_or(knows), "nothing that is measured has that name");
    let server = postgres()?;
    let folder = tempfile::tempdir()?;
    let upskill = Upskill::find(folder.path())?;
    let size = Size { people: options.people, requests: REQUESTS };
    let seeded = seed::seed(&server, &upskill, ("upskill_bench", size), options.reuse).await?;
    if ["dashboard", "dashboard-growth"].into_iter().any(|name| options.chooses(name)) {
        learning::fill(&upskill, &seeded, options.people * ENROLLMENTS).await?;
    }
    report::print_machine(&seeded.pool).await?;
    println!(
        "load: {} connections to the servers; {} connections to the database for everybody; {} rounds of {} s",
        load::CONNECTIONS,
        options.connections,
        options.rounds,
        options.seconds
    );
    // First, because what mutations pile up below would count as the size of the company.
    let mut below = growth::measure(&upskill, &seeded, options).await?;
    let chosen = |(_, operation): &(usize, &Operation)| options.chooses(operation.name);
    // One after the other, so that nobody reads the rows that were put down for the next.
    for operation in operations::ALL.iter().enumerate().filter(chosen) {
        let prepared = prepared::prepare(&upskill, &seeded, operation, options).await?;
        below += plans::check(&seeded, &prepared).await?;
        let bench = Bench::start(&upskill, &seeded, prepared, folder.path(), options).await?;
        let rounds = bench.measure(options).await?;
        rounds.print();
        below += usize::from(!rounds.passes());
    }
    ensure!(!options.gate || below == 0, "{below} targets are missed");
    Ok(())
}

/// Everything that runs during the measurement.
struct Bench {
    seeded: Seeded,
    prepared: Prepared,
    server: Process,
    bare: Process,
    postmaster: u32,
    folder: PathBuf,
}

impl Bench {
    async fn start(
        upskill: &Upskill,
        seeded: &Seeded,
        prepared: Prepared,
        folder: &Path,
        options: &Options,
    ) -> anyhow::Result<Self> {
        let server = upskill.serve(&seeded.url, options.connections).await?;
        let listen = server::free_address().await?;
        let plan = bare::Plan {
            database: seeded.url.clone(),
            connections: options.connections,
            listen,
            operation: prepared.operation.name.to_owned(),
            statements: prepared.statements.clone(),
        };
        let file = folder.join("plan.json");
        std::fs::write(&file, serde_json::to_vec(&plan)?)?;
        let mut command = std::process::Command::new(std::env::current_exe()?);
        command.arg("bare").arg(&file);
        let bare = Process::start(command, listen).await?;
        let backend: i32 = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&seeded.pool).await?;
        let postmaster = cpu::parent(backend.cast_unsigned())?;
        Ok(Self { seeded: seeded.clone(), prepared, server, bare, postmaster, folder: folder.to_owned() })
    }

    /// Measures the operation in interleaved rounds; every second one goes through the contenders backwards.
    async fn measure(&self, options: &Options) -> anyhow::Result<Rounds> {
        let prepared = &self.prepared;
        self.compare().await?;
        let requests = prepared.requests_of(Contender::Pgbench);
        let scripts = pgbench::Scripts::write(
            &self.folder,
            prepared.operation.name,
            prepared.first + requests.start,
            &prepared.statements[requests],
        )?;
        let before = self.done().await?;
        let mut sent = 0;
        let lasting = Duration::from_secs(options.seconds);
        for contender in Contender::ALL {
            sent += self.run(contender, &scripts, options.connections, WARM_UP).await?.requests;
        }
        let mut samples = Vec::new();
        for round in 0..options.rounds {
            let mut order = Contender::ALL;
            if round % 2 == 1 {
                order.reverse();
            }
            for contender in order {
                let sample = self.run(contender, &scripts, options.connections, lasting).await?;
                sent += sample.requests;
                samples.push(sample);
            }
        }
        // What was counted as done has to be there.
        let done = self.done().await?.zip(before).map(|(after, before)| after - before);
        ensure!(done.is_none_or(|done| done >= sent), "{sent} requests did {done:?} things");
        Ok(Rounds { title: prepared.operation.title, target: prepared.operation.target, samples })
    }

    /// How often the operation was done so far, where it does something.
    async fn done(&self) -> anyhow::Result<Option<u64>> {
        let Subjects::Made(Made { done, .. }) = &self.prepared.operation.subjects else { return Ok(None) };
        let count: i64 = sqlx::query_scalar(*done).fetch_one(&self.seeded.pool).await?;
        Ok(Some(u64::try_from(count)?))
    }

    async fn run(
        &self,
        contender: Contender,
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
            Some(process) => load::run(process.address, &self.prepared.load(contender), lasting).await?,
            None => scripts.run(&self.seeded.options, connections, lasting)?,
        };
        let (after, own, seconds) = (meter.read()?, cpu::own()? - own, started.elapsed().as_secs_f64());
        #[expect(clippy::cast_precision_loss, reason = "counts of requests are small")]
        let requests = load.requests as f64;
        Ok(Sample {
            contender,
            requests: load.requests,
            per_second: load.per_second(),
            p50_ms: load.p50_ms,
            p99_ms: load.p99_ms,
            server_us: (after.server - before.server) * 1e6 / requests,
            database_us: (after.database - before.database) * 1e6 / requests,
            noise: report::noise(before, after, own, seconds),
        })
    }

    /// Makes sure that server and bare handler answer the same: to the byte, except for ids where each has its own.
    async fn compare(&self) -> anyhow::Result<()> {
        let prepared = &self.prepared;
        let own = matches!(prepared.operation.subjects, Subjects::Made(_));
        let mut server = Client::connect(self.server.address).await?;
        let mut bare = Client::connect(self.bare.address).await?;
        let (to_server, to_bare) = (prepared.load(Contender::Server), prepared.load(Contender::Bare));
        for number in 0..prepared.requests_of(Contender::Bare).len().min(50) as u64 {
            let mut ours = String::from_utf8_lossy(server.answered(&to_server(number)).await?).into_owned();
            let mut theirs = String::from_utf8_lossy(bare.answered(&to_bare(number)).await?).into_owned();
            if own {
                (ours, theirs) = (without_ids(&ours), without_ids(&theirs));
            }
            ensure!(ours == theirs, "{}: the answers differ\n{ours}\n{theirs}", prepared.operation.name);
        }
        Ok(())
    }
}

/// An answer with every id of a request, and every address with one in it, left out.
fn without_ids(answer: &str) -> String {
    let is_id = |word: &str| word.starts_with("funding_request_") || word.starts_with("https://");
    let words = answer.split('"').map(|word| if is_id(word) { "" } else { word });
    words.collect::<Vec<_>>().join("\"")
}
