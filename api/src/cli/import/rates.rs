//! `upskill import rates`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use upskill_api::config::Config;
use upskill_api::import::read_rates;
use upskill_domain::access::Actor;
use upskill_domain::funding::{ImportExchangeRates, RateColumn, RateFate, RateReport};

use super::refused;
use super::report::{self, Outcome, Row, column_name, print_refused, print_totals, progress};

#[derive(Args)]
pub(in crate::cli) struct RatesArgs {
    /// The file. Its first line names the columns: day (2026-01-31), from and to (ISO 4217), rate (what a unit of the one was
    /// worth in the other, such as 0.9231) and source; all are required.
    file: PathBuf,
    /// The short name of the employer.
    #[arg(long, value_name = "SLUG")]
    employer: String,
    /// Under which name a column stands in the file, where it is not its own; may be repeated.
    #[arg(long = "map", value_name = "COLUMN=NAME")]
    names: Vec<String>,
    /// The file's encoding, such as windows-1252; UTF-8 when not given.
    #[arg(long)]
    encoding: Option<String>,
    /// Decide and report everything, write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Where to write what became of every row, as CSV.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

impl RatesArgs {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<ExitCode> {
        let name =
            |pair: &String| column_name(pair, "file of rates", &RateColumn::ALL, |column| column.name());
        let names = self.names.iter().map(name).collect::<anyhow::Result<Vec<_>>>()?;
        let bytes =
            std::fs::read(&self.file).with_context(|| format!("cannot read {}", self.file.display()))?;
        let file = read_rates(&bytes, self.encoding.as_deref(), &names)?;
        if !file.ignored.is_empty() {
            eprintln!("columns that rates do not have, left alone: {}", file.ignored.join(", "));
        }
        let installation = super::super::opened(config).await?;
        let employer = super::super::employer(&installation, &self.employer).await?;
        let progress = progress(file.lines.len())?;
        let rates = ImportExchangeRates { lines: file.lines, dry_run: self.dry_run };
        let actor = Actor::system(employer.id, "import");
        let report = installation.app.funding().import_rates(&actor, rates).await.map_err(refused)?;
        progress.finish_and_clear();
        let rows = in_words(&report);
        if let Some(path) = &self.report {
            report::write(path, "rate", "exchange_rate_id", &rows)?;
        }
        print_refused(&rows);
        Ok(if print_totals(&rows, report.dry_run) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn in_words(report: &RateReport) -> Vec<Row> {
    let rows = report.rows.iter().map(|row| Row {
        line: row.line,
        name: row.label.clone(),
        outcome: match &row.outcome {
            Ok((RateFate::Created, id)) => Outcome::Created(id.to_string()),
            Ok((RateFate::Updated, id)) => Outcome::Updated(id.to_string()),
            Ok((RateFate::Unchanged, id)) => Outcome::Unchanged(id.to_string()),
            Err(problem) => Outcome::Refused(problem.to_string()),
        },
    });
    rows.collect()
}
