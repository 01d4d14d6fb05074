//! The table at the end: medians over the rounds, and what they are in relation to the yardsticks.

use crate::cpu;
use crate::operations::Target;

/// Who was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Contender {
    Server,
    Bare,
    Pgbench,
}

impl Contender {
    pub(crate) const ALL: [Self; 3] = [Self::Server, Self::Bare, Self::Pgbench];

    fn name(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Bare => "bare handler",
            Self::Pgbench => "pgbench",
        }
    }
}

/// One round of one contender.
#[derive(Debug, Clone)]
pub(crate) struct Sample {
    pub(crate) contender: Contender,
    pub(crate) requests: u64,
    pub(crate) per_second: f64,
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
    /// Microseconds of CPU a request.
    pub(crate) server_us: f64,
    pub(crate) database_us: f64,
    /// Cores that others used meanwhile.
    pub(crate) noise: f64,
}

/// The rounds of one operation.
pub(crate) struct Rounds {
    pub(crate) title: &'static str,
    pub(crate) target: Target,
    pub(crate) samples: Vec<Sample>,
}

impl Rounds {
    fn median(&self, contender: Contender, of: impl Fn(&Sample) -> f64) -> f64 {
        let mut values: Vec<f64> =
            self.samples.iter().filter(|sample| sample.contender == contender).map(of).collect();
        values.sort_unstable_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
    }

    fn rate(&self, contender: Contender) -> f64 {
        self.median(contender, |sample| sample.per_second)
    }

    fn cost(&self, contender: Contender) -> f64 {
        self.median(contender, |sample| sample.server_us + sample.database_us)
    }

    /// The server's throughput as a share of that of the yardstick that the target names.
    fn share(&self) -> f64 {
        self.rate(Contender::Server) / self.rate(self.target.of)
    }

    /// Whether the target is met.
    pub(crate) fn passes(&self) -> bool {
        self.share() >= self.target.share
    }

    /// Prints the operation's part of the table.
    pub(crate) fn print(&self) {
        println!("\n{}", self.title);
        println!(
            "  {:<14} {:>9} {:>8} {:>8} {:>10} {:>10} {:>8} {:>8} {:>6}",
            "", "requests/s", "p50 ms", "p99 ms", "server us", "db us", "/ bare", "/ pgb", "noise"
        );
        for contender in Contender::ALL {
            let rate = self.rate(contender);
            println!(
                "  {:<14} {:>9.0} {:>8.2} {:>8.2} {:>10.0} {:>10.0} {:>8.2} {:>8.2} {:>6.2}",
                contender.name(),
                rate,
                self.median(contender, |sample| sample.p50_ms),
                self.median(contender, |sample| sample.p99_ms),
                self.median(contender, |sample| sample.server_us),
                self.median(contender, |sample| sample.database_us),
                rate / self.rate(Contender::Bare),
                rate / self.rate(Contender::Pgbench),
                self.median(contender, |sample| sample.noise),
            );
        }
        let cost = self.cost(Contender::Server);
        println!(
            "  throughput {:.2} of that of the {}, target {:.2}: {}; CPU of server and database {:.2} times the \
             bare handler's, {:.2} times pgbench's",
            self.share(),
            self.target.of.name(),
            self.target.share,
            if self.passes() { "ok" } else { "BELOW" },
            cost / self.cost(Contender::Bare),
            cost / self.cost(Contender::Pgbench),
        );
    }
}

/// What the figures were taken on.
pub(crate) async fn print_machine(pool: &sqlx::PgPool) -> anyhow::Result<()> {
    let cpus = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpus.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or(": unknown");
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    println!("machine: {cores} cores of {}", model.trim_start_matches(['\t', ' ', ':']));
    let mut facts = Vec::new();
    for name in ["server_version", "shared_buffers", "fsync", "synchronous_commit"] {
        let value: String =
            sqlx::query_scalar("SELECT current_setting($1)").bind(name).fetch_one(pool).await?;
        facts.push(format!("{name} {value}"));
    }
    println!("PostgreSQL: {}", facts.join(", "));
    Ok(())
}

/// Cores that others than those measured used between two readings.
pub(crate) fn noise(before: cpu::Usage, after: cpu::Usage, own: f64, seconds: f64) -> f64 {
    let ours = (after.server - before.server) + (after.database - before.database) + own;
    ((after.machine - before.machine - ours) / seconds).max(0.0)
}
