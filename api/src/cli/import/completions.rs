//! `upskill import completions`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use upskill_api::config::Config;
use upskill_api::import::read_completions;
use upskill_domain::kernel::ImportFate;
use upskill_domain::learning::{CompletionColumn, CompletionReport, ImportCompletions};

use super::refused;
use super::report::{Outcome, Row, print_refused, print_totals, progress};
use super::sheet::{self, SheetArgs, tell_ignored};

#[derive(Args)]
pub(in crate::cli) struct CompletionsArgs {
    /// The file. Its first line names the columns: `external_id`, employee (their external id), course (its code) and
    /// `completed_on` (2026-01-31) are required; `started_on`, score (percent) and `certificate_url` are taken where they are.
    file: PathBuf,
    #[command(flatten)]
    sheet: SheetArgs,
    /// The name of the system that the file is from: external ids are its own.
    #[arg(long)]
    source: String,
}

impl CompletionsArgs {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<ExitCode> {
        let names =
            self.sheet.names("file of completions", &CompletionColumn::ALL, |column| column.name())?;
        let file = read_completions(&sheet::bytes(&self.file)?, self.sheet.encoding.as_deref(), &names)?;
        tell_ignored("completions do", &file.ignored);
        let (installation, actor) = self.sheet.open(config).await?;
        let progress = progress(file.lines.len())?;
        let completions =
            ImportCompletions { source: self.source, lines: file.lines, dry_run: self.sheet.dry_run };
        let report = installation.app.learning().import_completions(&actor, completions).await;
        let report = report.map_err(refused)?;
        progress.finish_and_clear();
        let rows = in_words(&report);
        self.sheet.report("external_id", "enrollment_id", &rows)?;
        print_refused(&rows);
        Ok(if print_totals(&rows, report.dry_run) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn in_words(report: &CompletionReport) -> Vec<Row> {
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
