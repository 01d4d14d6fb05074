//! `upskill import courses`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use comfy_table::{Table, presets::NOTHING};
use indicatif::{ProgressBar, ProgressStyle};
use upskill_api::config::Config;
use upskill_api::import::read_courses;
use upskill_domain::access::Actor;
use upskill_domain::catalog::{
    CourseColumn, CourseOutcome, CourseReport, ImportCourses, ImportOptions, ProviderKind,
};
use upskill_domain::kernel::Currency;

use super::{SHOWN, plain, refused};

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
        let names = self.names.iter().map(|name| column_name(name)).collect::<anyhow::Result<Vec<_>>>()?;
        let currency = self.currency.as_deref().map(Currency::parse).transpose()?;
        let bytes =
            std::fs::read(&self.file).with_context(|| format!("cannot read {}", self.file.display()))?;
        let file = read_courses(&bytes, self.encoding.as_deref(), &names)?;
        if !file.ignored.is_empty() {
            eprintln!("columns that a catalog does not have, left alone: {}", file.ignored.join(", "));
        }
        let installation = super::super::opened(config).await?;
        let employer = super::super::employer(&installation, &self.employer).await?;
        let progress =
            ProgressBar::new_spinner().with_style(ProgressStyle::with_template("{spinner} {msg} {elapsed}")?);
        progress.set_message(format!("deciding and writing {} rows", file.lines.len()));
        progress.enable_steady_tick(Duration::from_millis(120));
        let options = ImportOptions { publish: self.status == Status::Published, currency };
        let courses = ImportCourses { lines: file.lines, dry_run: self.dry_run, options };
        let actor = Actor::system(employer.id, "import");
        let report = installation.app.catalog().import_courses(&actor, courses).await.map_err(refused)?;
        progress.finish_and_clear();
        if let Some(path) = &self.report {
            write_report(path, &report).with_context(|| format!("cannot write {}", path.display()))?;
        }
        Ok(show(&report))
    }
}

fn column_name(pair: &str) -> anyhow::Result<(CourseColumn, String)> {
    let (column, name) = pair.split_once('=').with_context(|| format!("'{pair}' is not COLUMN=NAME"))?;
    let columns = CourseColumn::ALL.map(CourseColumn::name).join(", ");
    let column = CourseColumn::named(column.trim())
        .with_context(|| format!("'{column}' is not a column of a catalog; those are: {columns}"))?;
    Ok((column, name.trim().to_owned()))
}

fn show(report: &CourseReport) -> ExitCode {
    let mut table = Table::new();
    table.load_style(NOTHING);
    let mut refused = 0;
    for row in &report.rows {
        let CourseOutcome::Refused(problem) = &row.outcome else { continue };
        refused += 1;
        if refused <= SHOWN {
            let code = row.code.clone().unwrap_or_default();
            table.add_row([format!("line {}", row.line), code, problem.to_string()]);
        }
    }
    if refused > 0 {
        println!("{table}");
        if refused > SHOWN {
            println!("and {} more; --report FILE has them all", refused - SHOWN);
        }
    }
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
    println!(
        "{}{} created, {} updated, {} unchanged, {refused} refused",
        if report.dry_run { "dry run, nothing written: " } else { "" },
        report.count(|fate| matches!(fate, CourseOutcome::Created(_))),
        report.count(|fate| matches!(fate, CourseOutcome::Updated(_))),
        report.count(|fate| matches!(fate, CourseOutcome::Unchanged(_))),
    );
    if refused == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn write_report(path: &Path, report: &CourseReport) -> anyhow::Result<()> {
    let mut writer = csv::Writer::from_path(path)?;
    writer.write_record(["line", "code", "outcome", "course_id", "problem"])?;
    for row in &report.rows {
        let (outcome, id, problem) = match &row.outcome {
            CourseOutcome::Created(id) => ("CREATED", id.to_string(), String::new()),
            CourseOutcome::Updated(id) => ("UPDATED", id.to_string(), String::new()),
            CourseOutcome::Unchanged(id) => ("UNCHANGED", id.to_string(), String::new()),
            CourseOutcome::Refused(problem) => ("REFUSED", String::new(), problem.to_string()),
        };
        let code = plain(row.code.as_deref().unwrap_or_default());
        writer.write_record([&row.line.to_string(), &code, outcome, &id, &plain(&problem)])?;
    }
    Ok(writer.flush()?)
}
