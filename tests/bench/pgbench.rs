//! The yardstick of the database: the same statements, prepared, by `pgbench`, which does nothing else.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use sqlx::postgres::PgConnectOptions;

use crate::capture::{Statement, Value};
use crate::load::{Load, percentile};

/// Scripts per run. Each costs a preparation per connection, and all data is cached anyway.
const SCRIPTS: usize = 16;
/// Which part of the transactions has its time written down.
const SAMPLED: &str = "0.1";

/// One operation as pgbench runs it.
pub(crate) struct Scripts {
    files: Vec<PathBuf>,
    variables: Vec<String>,
    folder: PathBuf,
}

impl Scripts {
    /// Writes the scripts of an operation into a folder.
    pub(crate) fn write(folder: &Path, name: &str, requests: &[Vec<Statement>]) -> anyhow::Result<Self> {
        let folder = folder.join(name);
        std::fs::create_dir_all(&folder)?;
        let mut scripts = Self { files: Vec::new(), variables: Vec::new(), folder };
        for (number, statements) in requests.iter().take(SCRIPTS).enumerate() {
            let text = scripts.script(number, statements)?;
            let file = scripts.folder.join(format!("{number}.sql"));
            std::fs::write(&file, text)?;
            scripts.files.push(file);
        }
        Ok(scripts)
    }

    fn script(&mut self, request: usize, statements: &[Statement]) -> anyhow::Result<String> {
        let mut script = String::new();
        let fresh = statements.iter().flat_map(|statement| &statement.parameters);
        let fresh = fresh.filter_map(|parameter| match parameter.value {
            Value::Fresh(number) => Some(number),
            _ => None,
        });
        for number in fresh.collect::<std::collections::BTreeSet<_>>() {
            writeln!(script, "\\set fresh{number} random(1, 9000000000000000000)")?;
        }
        for (at, statement) in statements.iter().enumerate() {
            let mut words = Vec::new();
            for (number, parameter) in statement.parameters.iter().enumerate() {
                words.push(match &parameter.value {
                    Value::Null => "NULL".to_owned(),
                    Value::Subject => "(SELECT id FROM subject)".to_owned(),
                    Value::Fresh(number) => format!("lpad(to_hex(:fresh{number}::bigint), 32, '0')::uuid"),
                    Value::Fixed(_) => {
                        let name = format!("r{request}s{at}p{number}");
                        let text = parameter.text()?.context("a fixed value has a text")?;
                        self.variables.push(format!("{name}={text}"));
                        format!(":{name}")
                    }
                });
            }
            writeln!(script, "{};", with_words(&statement.sql, &words))?;
        }
        Ok(script)
    }

    /// Runs the scripts, each as likely as another.
    pub(crate) fn run(
        &self,
        database: &PgConnectOptions,
        connections: u32,
        lasting: Duration,
    ) -> anyhow::Result<Load> {
        for entry in std::fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if path.extension().is_none_or(|extension| extension != "sql") {
                std::fs::remove_file(path)?;
            }
        }
        let mut command = Command::new("pgbench");
        command.args(["--no-vacuum", "--protocol=prepared", "--jobs=1", "--log"]);
        command.arg(format!("--sampling-rate={SAMPLED}"));
        command.arg(format!("--log-prefix={}", self.folder.join("log").display()));
        command.arg(format!("--client={connections}")).arg(format!("--time={}", lasting.as_secs().max(1)));
        for variable in &self.variables {
            command.args(["-D", variable]);
        }
        for file in &self.files {
            command.arg("-f").arg(file);
        }
        let host =
            database.get_socket().map_or(database.get_host().into(), |socket| socket.as_os_str().to_owned());
        command.arg("--host").arg(host).arg(format!("--port={}", database.get_port()));
        command.arg(format!("--username={}", database.get_username()));
        command.arg(database.get_database().unwrap_or("postgres"));
        let started = Instant::now();
        let output = command.stdin(Stdio::null()).output().context("pgbench does not start")?;
        let elapsed = started.elapsed();
        let text = String::from_utf8_lossy(&output.stdout);
        ensure!(output.status.success(), "pgbench failed: {}", String::from_utf8_lossy(&output.stderr));
        let requests = number_after(&text, "number of transactions actually processed: ")?;
        let failed = number_after(&text, "number of failed transactions: ")?;
        ensure!(failed < 1.0, "pgbench counts failed transactions: {text}");
        let rate = number_after(&text, "tps = ")?;
        let latencies = self.latencies()?;
        Ok(Load {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
            requests: requests as u64,
            // Without the time for connecting, which the others do not have either.
            elapsed: Duration::from_secs_f64((requests / rate).min(elapsed.as_secs_f64())),
            p50_ms: percentile(&latencies, 50),
            p99_ms: percentile(&latencies, 99),
        })
    }

    /// The sampled latencies in microseconds, sorted.
    fn latencies(&self) -> anyhow::Result<Vec<u32>> {
        let mut latencies = Vec::new();
        for entry in std::fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if path.extension().is_none_or(|extension| extension != "sql") {
                let text = std::fs::read_to_string(path)?;
                latencies.extend(text.lines().filter_map(|line| line.split(' ').nth(2)?.parse::<u32>().ok()));
            }
        }
        latencies.sort_unstable();
        Ok(latencies)
    }
}

/// A statement with `$1`, `$2` and so on replaced.
fn with_words(sql: &str, words: &[String]) -> String {
    let mut parts = sql.split('$');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let word = part[..digits].parse::<usize>().ok().and_then(|number| words.get(number.checked_sub(1)?));
        match word {
            Some(word) => text.extend([word, &part[digits..]]),
            None => text.extend(["$", part]),
        }
    }
    text
}

fn number_after(text: &str, label: &str) -> anyhow::Result<f64> {
    let (_, rest) =
        text.split_once(label).with_context(|| format!("pgbench does not say '{label}': {text}"))?;
    let digits = rest.split(|digit: char| !digit.is_ascii_digit() && digit != '.').next();
    Ok(digits.unwrap_or_default().parse()?)
}
