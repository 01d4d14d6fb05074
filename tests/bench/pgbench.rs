//! The yardstick of the database: the same statements, prepared, by `pgbench`, which does nothing else.

use std::cell::Cell;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use sqlx::postgres::PgConnectOptions;

use crate::capture::{Statement, Value};
use crate::load::{Load, percentile};
use crate::subject;

/// Scripts per run. Each costs a preparation per connection and run, and all data is cached anyway.
pub(crate) const SCRIPTS: usize = 8;
/// The most variables that a statement may have; one with more has its values written into it.
const MOST: usize = 255;
/// Which part of the transactions has its time written down.
const SAMPLED: &str = "0.1";

/// One operation as pgbench runs it.
pub(crate) struct Scripts {
    files: Vec<PathBuf>,
    variables: Vec<String>,
    folder: PathBuf,
    /// The numbers of the requests, and how many repetitions of each a client has counted through so far.
    requests: Range<usize>,
    counted: Cell<u64>,
}

impl Scripts {
    /// Writes the scripts of an operation into a folder; the first request has the number `first`.
    pub(crate) fn write(
        folder: &Path,
        name: &str,
        first: usize,
        requests: &[Vec<Statement>],
    ) -> anyhow::Result<Self> {
        let folder = folder.join(name);
        std::fs::create_dir_all(&folder)?;
        let count = requests.len().min(SCRIPTS);
        let numbers = first..first + count;
        let counted = Cell::new(subject::CAPTURED);
        let mut scripts =
            Self { files: Vec::new(), variables: Vec::new(), folder, requests: numbers.clone(), counted };
        for (number, statements) in numbers.zip(requests) {
            let text = scripts.script(number, statements)?;
            let file = scripts.folder.join(format!("{number}.sql"));
            std::fs::write(&file, text)?;
            scripts.files.push(file);
        }
        Ok(scripts)
    }

    /// A client counts through its repetitions of a request, and no two clients meet at a number.
    fn script(&mut self, request: usize, statements: &[Statement]) -> anyhow::Result<String> {
        let mut script = format!(
            "\\set counted{request} :counted{request} + 1\n\\set number :counted{request} * :clients + :client_id\n"
        );
        let subject = subject::sql(&request.to_string(), ":number");
        for (at, statement) in statements.iter().enumerate() {
            let mut words = Vec::new();
            for (number, parameter) in statement.parameters.iter().enumerate() {
                let name = format!("r{request}s{at}p{number}");
                words.push(match &parameter.value {
                    Value::Null => "NULL".to_owned(),
                    Value::Subject => subject.clone(),
                    Value::Next => subject::place_sql(request, ":number"),
                    Value::Fresh(nth) => subject::sql(&subject::fresh(request, *nth).to_string(), ":number"),
                    Value::Around(before, after) => {
                        let (before, after) =
                            (self.word(&format!("{name}a"), before), self.word(&format!("{name}b"), after));
                        format!("({before}::text || {subject} || {after}::text)")
                    }
                    Value::Fixed(_) => {
                        let text = parameter.text()?.context("a fixed value has a text")?;
                        if statement.parameters.len() > MOST {
                            quoted(&text)
                        } else {
                            self.word(&name, &text)
                        }
                    }
                });
            }
            writeln!(script, "{};", with_words(&statement.sql, &words))?;
        }
        Ok(script)
    }

    /// A text as a variable. pgbench has none that are empty.
    fn word(&mut self, name: &str, text: &str) -> String {
        if text.is_empty() {
            return "''".to_owned();
        }
        self.variables.push(format!("{name}={text}"));
        format!(":{name}")
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
        let counted = self.counted.get();
        for request in self.requests.clone() {
            command.args(["-D", &format!("counted{request}={counted}")]);
        }
        command.args(["-D", &format!("clients={connections}")]);
        let whole = subject::repetitions(lasting.as_secs().max(1), self.requests.len());
        self.counted.set(counted + whole / u64::from(connections));
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

/// A value as SQL writes it; of what type it is follows from where it stands.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
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
