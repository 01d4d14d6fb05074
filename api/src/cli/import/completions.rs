//! `upskill import completions`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use upskill_api::config::Config;
use upskill_api::import::read_completions;
use upskill_domain::access::Actor;
use upskill_domain::learning::{CompletionColumn, CompletionFate, CompletionReport, ImportCompletions};

use super::refused;
use super::report::{self, Outcome, Row, column_name, print_refused, print_totals, progress};

#[derive(Args)]
pub(in crate::cli) struct CompletionsArgs {
    /// The file. Its first line names the columns: `external_id`, employee (their external id), course (its code) and
    /// `completed_on` (2026-01-31) are required; `started_on`, score (percent) and `certificate_url` are taken where they are.
    file: PathBuf,
    /// The short name of the employer.
    #[arg(long, value_name = "SLUG")]
    employer: String,
    /// The name of the system that the file is from: external ids are its own.
    #[arg(long)]
    source: String,
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

impl CompletionsArgs {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<ExitCode> {
        let name = |pair: &String| {
            column_name(pair, "file of completions", &CompletionColumn::ALL, |column| column.name())
        };
        let names = self.names.iter().map(name).collect::<anyhow::Result<Vec<_>>>()?;
        let bytes =
            std::fs::read(&self.file).with_context(|| format!("cannot read {}", self.file.display()))?;
        let file = read_completions(&bytes, self.encoding.as_deref(), &names)?;
        if !file.ignored.is_empty() {
            eprintln!("columns that completions do not have, left alone: {}", file.ignored.join(", "));
        }
        let installation = super::super::opened(config).await?;
        let employer = super::super::employer(&installation, &self.employer).await?;
        let progress = progress(file.lines.len())?;
        let completions = ImportCompletions { source: self.source, lines: file.lines, dry_run: self.dry_run };
        let actor = Actor::system(employer.id, "import");
        let report = installation.app.learning().import_completions(&actor, completions).await;
        let report = report.map_err(refused)?;
        progress.finish_and_clear();
        let rows = in_words(&report);
        if let Some(path) = &self.report {
            report::write(path, "external_id", "enrollment_id", &rows)?;
        }
        print_refused(&rows);
        Ok(if print_totals(&rows, report.dry_run) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn in_words(report: &CompletionReport) -> Vec<Row> {
    let rows = report.rows.iter().map(|row| Row {
        line: row.line,
        name: row.label.clone(),
        outcome: match &row.outcome {
            Ok((CompletionFate::Created, id)) => Outcome::Created(id.to_string()),
            Ok((CompletionFate::Updated, id)) => Outcome::Updated(id.to_string()),
            Ok((CompletionFate::Unchanged, id)) => Outcome::Unchanged(id.to_string()),
            Err(problem) => Outcome::Refused(problem.to_string()),
        },
    });
    rows.collect()
}
