//! `upskill import courses`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use upskill_api::config::Config;
use upskill_api::import::read_courses;
use upskill_domain::catalog::{
    CourseColumn, CourseOutcome, CourseReport, ImportCourses, ImportOptions, ProviderKind,
};
use upskill_domain::kernel::Currency;

use super::refused;
use super::report::{Outcome, Row, print_refused, print_totals, progress};
use super::sheet::{self, SheetArgs, tell_ignored};

#[derive(Args)]
pub(in crate::cli) struct CoursesArgs {
    /// The file. Its first line names the columns; it needs `code`, or `title` and `provider`. Usual names of listings,
    /// such as Organization or Difficulty, are recognized.
    file: PathBuf,
    #[command(flatten)]
    sheet: SheetArgs,
    /// What new courses are; PUBLISHED also publishes drafts that are in the file.
    #[arg(long, value_enum, ignore_case = true, default_value = "DRAFT")]
    status: Status,
    /// The currency of prices that do not say, by the ISO 4217 code.
    #[arg(long)]
    currency: Option<String>,
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
        let names = self.sheet.names("catalog", &CourseColumn::ALL, |column| column.name())?;
        let currency = self.currency.as_deref().map(Currency::parse).transpose()?;
        let file = read_courses(&sheet::bytes(&self.file)?, self.sheet.encoding.as_deref(), &names)?;
        tell_ignored("a catalog does", &file.ignored);
        let (installation, actor) = self.sheet.open(config).await?;
        let progress = progress(file.lines.len())?;
        let options = ImportOptions { publish: self.status == Status::Published, currency };
        let courses = ImportCourses { lines: file.lines, dry_run: self.sheet.dry_run, options };
        let report = installation.app.catalog().import_courses(&actor, courses).await.map_err(refused)?;
        progress.finish_and_clear();
        let rows = in_words(&report);
        self.sheet.report("code", "course_id", &rows)?;
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
