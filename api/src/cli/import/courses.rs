//! `upskill import courses`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use upskill_api::config::Config;
use upskill_api::import::read_courses;
use upskill_domain::access::Actor;
use upskill_domain::catalog::{
    CourseColumn, CourseOutcome, CourseReport, ImportCourses, ImportOptions, ProviderKind,
};
use upskill_domain::kernel::Currency;

use super::refused;
use super::report::{self, Outcome, Row, column_name, print_refused, print_totals, progress};

#[derive(Args)]
pub(in crate::cli) struct CoursesArgs {
    /// The file. Its first line names the columns; it needs `code`, or `title` and `provider`. Usual names of listings,
    /// such as Organization or Difficulty, are recognized.
    file: PathBuf,
    /// The short name of the employer.
    #[arg(long, value_name = "SLUG")]
    employer: String,
    /// Under which name a column stands in the file, where it is not recognized by itself; may be repeated.
    #[arg(long = "map", value_name = "COLUMN=NAME")]
    names: Vec<String>,
    /// The file's encoding, such as windows-1252; UTF-8 when not given.
    #[arg(long)]
    encoding: Option<String>,
    /// What new courses are; PUBLISHED also publishes drafts that are in the file.
    #[arg(long, value_enum, ignore_case = true, default_value = "DRAFT")]
    status: Status,
    /// The currency of prices that do not say, by the ISO 4217 code.
    #[arg(long)]
    currency: Option<String>,
    /// Decide and report everything, write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Where to write what became of every row, as CSV.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

/// What new courses are.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "UPPER")]
enum Status {
    /// To be looked at before employees see them.
    Draft,
    /// On offer.
    Published,
}

impl CoursesArgs {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<ExitCode> {
        let name = |pair: &String| column_name(pair, "catalog", &CourseColumn::ALL, |column| column.name());
        let names = self.names.iter().map(name).collect::<anyhow::Result<Vec<_>>>()?;
        let currency = self.currency.as_deref().map(Currency::parse).transpose()?;
        let bytes =
            std::fs::read(&self.file).with_context(|| format!("cannot read {}", self.file.display()))?;
        let file = read_courses(&bytes, self.encoding.as_deref(), &names)?;
        if !file.ignored.is_empty() {
            eprintln!("columns that a catalog does not have, left alone: {}", file.ignored.join(", "));
        }
        let installation = super::super::opened(config).await?;
        let employer = super::super::employer(&installation, &self.employer).await?;
        let progress = progress(file.lines.len())?;
        let options = ImportOptions { publish: self.status == Status::Published, currency };
        let courses = ImportCourses { lines: file.lines, dry_run: self.dry_run, options };
        let actor = Actor::system(employer.id, "import");
        let report = installation.app.catalog().import_courses(&actor, courses).await.map_err(refused)?;
        progress.finish_and_clear();
        let rows = in_words(&report);
        if let Some(path) = &self.report {
            report::write(path, "code", "course_id", &rows)?;
        }
        Ok(show(&report, &rows))
    }
}

fn show(report: &CourseReport, rows: &[Row]) -> ExitCode {
    print_refused(rows);
    if !report.providers_created.is_empty() {
        println!(
            "{} providers created; kinds that the file did not give are guesses:",
            report.providers_created.len()
        );
        for kind in ProviderKind::ALL {
            let named = report.providers_created.iter().filter(|(_, of)| *of == kind);
            let names: Vec<_> = named.map(|(name, _)| name.as_str()).collect();
            if !names.is_empty() {
                println!("  {} ({}): {}", kind.name(), names.len(), names.join("; "));
            }
        }
    }
    if !report.skills_created.is_empty() {
        println!("{} skills created", report.skills_created.len());
    }
    if print_totals(rows, report.dry_run) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn in_words(report: &CourseReport) -> Vec<Row> {
    let rows = report.rows.iter().map(|row| Row {
        line: row.line,
        name: row.code.clone().unwrap_or_default(),
        outcome: match &row.outcome {
            CourseOutcome::Created(id) => Outcome::Created(id.to_string()),
            CourseOutcome::Updated(id) => Outcome::Updated(id.to_string()),
            CourseOutcome::Unchanged(id) => Outcome::Unchanged(id.to_string()),
            CourseOutcome::Refused(problem) => Outcome::Refused(problem.to_string()),
        },
    });
    rows.collect()
}
