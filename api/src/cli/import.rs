//! `upskill import`.

mod courses;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use comfy_table::{Table, presets::NOTHING};
use indicatif::{ProgressBar, ProgressStyle};
use upskill_api::config::Config;
use upskill_api::import::read_roster;
use upskill_domain::access::{Actor, Role};
use upskill_domain::kernel::{Currency, Failure, Refusal};
use upskill_domain::organization::{
    FoundEmployer, GrantRole, ImportRoster, RosterColumn, RosterLine, RosterReport, RowOutcome, Slug,
};

/// Refused rows that are shown on the terminal; a report file has all of them.
const SHOWN: usize = 20;

/// What to bring in.
#[derive(Subcommand)]
pub(super) enum Import {
    /// Found an employer with its first administrator.
    Employer(EmployerArgs),
    /// Create and update people from a CSV file.
    Roster(RosterArgs),
    /// Create and update courses from a CSV file: our own columns, or a listing of a course platform.
    Courses(courses::CoursesArgs),
}

#[derive(Args)]
pub(super) struct EmployerArgs {
    /// The short name for tokens and operators: small letters, digits and hyphens.
    #[arg(long)]
    slug: String,
    /// The name people know.
    #[arg(long)]
    name: String,
    /// Where its days begin, by the IANA name.
    #[arg(long, default_value = "UTC")]
    time_zone: String,
    /// The currency of its budgets, by the ISO 4217 code.
    #[arg(long)]
    currency: String,
    /// The month in which its fiscal year starts, 1 to 12.
    #[arg(long, default_value_t = 1)]
    fiscal_year_start_month: u32,
    /// The smallest group of people that an aggregate may speak about, at least 3.
    #[arg(long, default_value_t = 5)]
    minimum_group_size: u32,
    /// The external id of the first administrator, who can grant roles to everybody else.
    #[arg(long, value_name = "EXTERNAL_ID")]
    admin: String,
    /// The administrator's name.
    #[arg(long, value_name = "NAME")]
    admin_name: String,
    /// The administrator's first day, such as 2026-01-31.
    #[arg(long, value_name = "DATE")]
    admin_hired_on: String,
}

#[derive(Args)]
pub(super) struct RosterArgs {
    /// The file. Its first line names the columns; `external_id` is required, `name` and `hired_on` are for new people.
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
    /// Create departments whose code is not known yet.
    #[arg(long)]
    create_departments: bool,
    /// Where to write what became of every row, as CSV.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

impl Import {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<ExitCode> {
        match self {
            Self::Employer(arguments) => arguments.run(config).await,
            Self::Roster(arguments) => arguments.run(config).await,
            Self::Courses(arguments) => arguments.run(config).await,
        }
    }
}

impl EmployerArgs {
    async fn run(self, config: &Config) -> anyhow::Result<ExitCode> {
        let installation = super::opened(config).await?;
        let organization = installation.app.organization();
        let command = FoundEmployer {
            slug: Slug::parse(&self.slug)?,
            name: self.name,
            time_zone: self.time_zone.parse().map_err(|_| {
                anyhow::anyhow!("'{}' is not an IANA time zone such as Europe/Berlin", self.time_zone)
            })?,
            currency: Currency::parse(&self.currency)?,
            fiscal_year_start_month: self.fiscal_year_start_month,
            minimum_group_size: self.minimum_group_size,
        };
        let employer = organization.found(command).await.map_err(refused)?;
        let actor = Actor::system(employer.id, "import");
        let admin = RosterLine {
            line: 1,
            external_id: Some(self.admin),
            name: Some(self.admin_name),
            hired_on: Some(self.admin_hired_on),
            ..RosterLine::default()
        };
        let roster = ImportRoster { lines: vec![admin], ..ImportRoster::default() };
        let report = organization.import_roster(&actor, roster).await.map_err(refused)?;
        match report.rows.first().map(|row| &row.outcome) {
            Some(RowOutcome::Created(employee)) => {
                let grant = GrantRole { employee: *employee, role: Role::EmployerAdmin };
                organization.grant_role(&actor, grant).await.map_err(refused)?;
                println!("founded {} ({}), with its administrator", employer.name, employer.slug);
                Ok(ExitCode::SUCCESS)
            }
            Some(RowOutcome::Refused(problem)) => {
                println!(
                    "founded {} ({}), but not its administrator: {problem}",
                    employer.name, employer.slug
                );
                println!("import the administrator with `upskill import roster` and repeat");
                Ok(ExitCode::FAILURE)
            }
            _ => anyhow::bail!("the administrator was on the roster of an employer that was not there yet"),
        }
    }
}

impl RosterArgs {
    async fn run(self, config: &Config) -> anyhow::Result<ExitCode> {
        let names = self.names.iter().map(|name| column_name(name)).collect::<anyhow::Result<Vec<_>>>()?;
        let bytes =
            std::fs::read(&self.file).with_context(|| format!("cannot read {}", self.file.display()))?;
        let file = read_roster(&bytes, self.encoding.as_deref(), &names)?;
        if !file.ignored.is_empty() {
            eprintln!("columns that a roster does not have, left alone: {}", file.ignored.join(", "));
        }
        let installation = super::opened(config).await?;
        let employer = super::employer(&installation, &self.employer).await?;
        let progress =
            ProgressBar::new_spinner().with_style(ProgressStyle::with_template("{spinner} {msg} {elapsed}")?);
        progress.set_message(format!("deciding and writing {} rows", file.lines.len()));
        progress.enable_steady_tick(Duration::from_millis(120));
        let roster = ImportRoster {
            lines: file.lines,
            dry_run: self.dry_run,
            create_departments: self.create_departments,
        };
        let actor = Actor::system(employer.id, "import");
        let report = installation.app.organization().import_roster(&actor, roster).await.map_err(refused)?;
        progress.finish_and_clear();
        if let Some(path) = &self.report {
            write_report(path, &report).with_context(|| format!("cannot write {}", path.display()))?;
        }
        Ok(show(&report))
    }
}

fn column_name(pair: &str) -> anyhow::Result<(RosterColumn, String)> {
    let (column, name) = pair.split_once('=').with_context(|| format!("'{pair}' is not COLUMN=NAME"))?;
    let known = RosterColumn::ALL.into_iter().find(|known| known.name() == column.trim());
    let columns = RosterColumn::ALL.map(RosterColumn::name).join(", ");
    let column =
        known.with_context(|| format!("'{column}' is not a column of a roster; those are: {columns}"))?;
    Ok((column, name.trim().to_owned()))
}

fn show(report: &RosterReport) -> ExitCode {
    let mut table = Table::new();
    table.load_style(NOTHING);
    let mut refused = 0;
    for row in &report.rows {
        let RowOutcome::Refused(problem) = &row.outcome else { continue };
        refused += 1;
        if refused <= SHOWN {
            let id = row.external_id.clone().unwrap_or_default();
            table.add_row([format!("line {}", row.line), id, problem.to_string()]);
        }
    }
    if refused > 0 {
        println!("{table}");
        if refused > SHOWN {
            println!("and {} more; --report FILE has them all", refused - SHOWN);
        }
    }
    if !report.departments_created.is_empty() {
        println!("departments created: {}", report.departments_created.join(", "));
    }
    println!(
        "{}{} created, {} updated, {} unchanged, {refused} refused",
        if report.dry_run { "dry run, nothing written: " } else { "" },
        report.count(|fate| matches!(fate, RowOutcome::Created(_))),
        report.count(|fate| matches!(fate, RowOutcome::Updated(_))),
        report.count(|fate| matches!(fate, RowOutcome::Unchanged(_))),
    );
    if refused == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn write_report(path: &std::path::Path, report: &RosterReport) -> anyhow::Result<()> {
    let mut writer = csv::Writer::from_path(path)?;
    writer.write_record(["line", "external_id", "outcome", "employee_id", "problem"])?;
    for row in &report.rows {
        let (outcome, id, problem) = match &row.outcome {
            RowOutcome::Created(id) => ("CREATED", id.to_string(), String::new()),
            RowOutcome::Updated(id) => ("UPDATED", id.to_string(), String::new()),
            RowOutcome::Unchanged(id) => ("UNCHANGED", id.to_string(), String::new()),
            RowOutcome::Refused(problem) => ("REFUSED", String::new(), problem.to_string()),
        };
        let external_id = plain(row.external_id.as_deref().unwrap_or_default());
        writer.write_record([&row.line.to_string(), &external_id, outcome, &id, &plain(&problem)])?;
    }
    Ok(writer.flush()?)
}

/// A cell that a spreadsheet will not take for a formula.
fn plain(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

fn refused<R: Refusal>(failure: Failure<R>) -> anyhow::Error {
    match failure {
        Failure::Refused(refusal) => anyhow::anyhow!("{refusal}"),
        Failure::Fault(fault) => fault.into(),
    }
}
