//! `upskill import`.

mod completions;
mod courses;
mod rates;
mod report;
mod sheet;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use upskill_api::config::Config;
use upskill_api::import::read_roster;
use upskill_domain::kernel::{Currency, Failure, Refusal};
use upskill_domain::organization::{
    FoundEmployer, ImportRoster, RosterColumn, RosterLine, RosterReport, RowOutcome, Slug,
};

use self::report::{Outcome, Row, print_refused, print_totals, progress};
use self::sheet::{SheetArgs, tell_ignored};

/// What to bring in.
#[derive(Subcommand)]
pub(super) enum Import {
    /// Found an employer with its first administrator.
    Employer(EmployerArgs),
    /// Create and update people from a CSV file.
    Roster(RosterArgs),
    /// Create and update courses from a CSV file: our own columns, or a listing of a course platform.
    Courses(courses::CoursesArgs),
    /// Set exchange rates from a CSV file.
    Rates(rates::RatesArgs),
    /// Take completions that another system tells of from a CSV file.
    Completions(completions::CompletionsArgs),
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
    #[command(flatten)]
    sheet: SheetArgs,
    /// Create departments whose code is not known yet.
    #[arg(long)]
    create_departments: bool,
}

impl Import {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<ExitCode> {
        match self {
            Self::Employer(arguments) => arguments.run(config).await,
            Self::Roster(arguments) => arguments.run(config).await,
            Self::Courses(arguments) => arguments.run(config).await,
            Self::Rates(arguments) => arguments.run(config).await,
            Self::Completions(arguments) => arguments.run(config).await,
        }
    }
}

impl EmployerArgs {
    async fn run(self, config: &Config) -> anyhow::Result<ExitCode> {
        let installation = super::opened(config).await?;
        let admin = RosterLine {
            line: 1,
            external_id: Some(self.admin),
            name: Some(self.admin_name),
            hired_on: Some(self.admin_hired_on),
            ..RosterLine::default()
        };
        let command = FoundEmployer {
            slug: Slug::parse(&self.slug)?,
            name: self.name,
            time_zone: self.time_zone.parse().map_err(|_| {
                anyhow::anyhow!("'{}' is not an IANA time zone such as Europe/Berlin", self.time_zone)
            })?,
            currency: Currency::parse(&self.currency)?,
            fiscal_year_start_month: self.fiscal_year_start_month,
            minimum_group_size: self.minimum_group_size,
            admin: Some(admin),
        };
        let employer = installation.app.organization().found(command).await.map_err(refused)?;
        println!("founded {} ({}), with its administrator", employer.name, employer.slug);
        Ok(ExitCode::SUCCESS)
    }
}

impl RosterArgs {
    async fn run(self, config: &Config) -> anyhow::Result<ExitCode> {
        let names = self.sheet.names("roster", &RosterColumn::ALL, |column| column.name())?;
        let file = read_roster(&sheet::bytes(&self.file)?, self.sheet.encoding.as_deref(), &names)?;
        tell_ignored("a roster does", &file.ignored);
        let (installation, actor) = self.sheet.open(config).await?;
        let progress = progress(file.lines.len())?;
        let roster = ImportRoster {
            lines: file.lines,
            dry_run: self.sheet.dry_run,
            create_departments: self.create_departments,
        };
        let report = installation.app.organization().import_roster(&actor, roster).await.map_err(refused)?;
        progress.finish_and_clear();
        let rows = in_words(&report);
        self.sheet.report("external_id", "employee_id", &rows)?;
        Ok(show(&report, &rows))
    }
}

fn show(report: &RosterReport, rows: &[Row]) -> ExitCode {
    print_refused(rows);
    if !report.departments_created.is_empty() {
        println!("departments created: {}", report.departments_created.join(", "));
    }
    if print_totals(rows, report.dry_run) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn in_words(report: &RosterReport) -> Vec<Row> {
    let rows = report.rows.iter().map(|row| Row {
        line: row.line,
        name: row.external_id.clone().unwrap_or_default(),
        outcome: match &row.outcome {
            RowOutcome::Created(id) => Outcome::Created(id.to_string()),
            RowOutcome::Updated(id) => Outcome::Updated(id.to_string()),
            RowOutcome::Unchanged(id) => Outcome::Unchanged(id.to_string()),
            RowOutcome::Refused(problem) => Outcome::Refused(problem.to_string()),
        },
    });
    rows.collect()
}

fn refused<R: Refusal>(failure: Failure<R>) -> anyhow::Error {
    match failure {
        Failure::Refused(refusal) => anyhow::anyhow!("{refusal}"),
        Failure::Fault(fault) => fault.into(),
    }
}
