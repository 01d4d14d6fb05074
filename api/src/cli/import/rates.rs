//! `upskill import rates`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use upskill_api::config::Config;
use upskill_api::import::read_rates;
use upskill_domain::funding::{ImportExchangeRates, RateColumn, RateReport};
use upskill_domain::kernel::ImportFate;

use super::refused;
use super::report::{Outcome, Row, print_refused, print_totals, progress};
use super::sheet::{self, SheetArgs, tell_ignored};

#[derive(Args)]
pub(in crate::cli) struct RatesArgs {
    /// The file. Its first line names the columns: day (2026-01-31), from and to (ISO 4217), rate (what a unit of the one was
    /// worth in the other, such as 0.9231) and source; all are required.
    file: PathBuf,
    #[command(flatten)]
    sheet: SheetArgs,
}

impl RatesArgs {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<ExitCode> {
        let names = self.sheet.names("file of rates", &RateColumn::ALL, |column| column.name())?;
        let file = read_rates(&sheet::bytes(&self.file)?, self.sheet.encoding.as_deref(), &names)?;
        tell_ignored("rates do", &file.ignored);
        let (installation, actor) = self.sheet.open(config).await?;
        let progress = progress(file.lines.len())?;
        let rates = ImportExchangeRates { lines: file.lines, dry_run: self.sheet.dry_run };
        let report = installation.app.funding().import_rates(&actor, rates).await.map_err(refused)?;
        progress.finish_and_clear();
        let rows = in_words(&report);
        self.sheet.report("rate", "exchange_rate_id", &rows)?;
        print_refused(&rows);
        Ok(if print_totals(&rows, report.dry_run) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn in_words(report: &RateReport) -> Vec<Row> {
    let rows = report.rows.iter().map(|row| Row {
        line: row.line,
        name: row.label.clone(),
        outcome: match &row.outcome {
            Ok((ImportFate::Created, id)) => Outcome::Created(id.to_string()),
            Ok((ImportFate::Updated, id)) => Outcome::Updated(id.to_string()),
            Ok((ImportFate::Unchanged, id)) => Outcome::Unchanged(id.to_string()),
            Err(problem) => Outcome::Refused(problem.to_string()),
        },
    });
    rows.collect()
}
