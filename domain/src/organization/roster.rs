//! The roster as it comes in: rows of text, and what becomes of each.

use chrono::NaiveDate;

use crate::kernel::{CountryCode, EmployeeId, Refusal, Text};

use super::{Employee, EmploymentStatus};

/// Rows that one import may have.
pub const MAX_ROWS: usize = 50_000;

/// One row as the file or the caller gave it.
///
/// `None` means that the source has no such column, so the stored value stays; an empty text clears it.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
#[expect(missing_docs, reason = "the fields are the columns, which RosterColumn documents")]
pub struct RosterLine {
    /// The line in the source, counted from 1 with the header as line 1, for the report.
    pub line: u32,
    /// Why the source could not read the row, when it could not.
    pub unreadable: Option<String>,
    pub external_id: Option<String>,
    pub name: Option<String>,
    pub email: Option<String>,
    pub department: Option<String>,
    pub manager: Option<String>,
    pub job_title: Option<String>,
    pub work_country: Option<String>,
    pub work_region: Option<String>,
    pub weekly_hours: Option<String>,
    pub hired_on: Option<String>,
    pub left_on: Option<String>,
    pub status: Option<String>,
}

/// The columns of a roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RosterColumn {
    /// The HR system's id of the person: 1 to 64 characters. Required.
    ExternalId,
    /// The person's name. Required for new people.
    Name,
    /// The e-mail address.
    Email,
    /// The code of the department.
    Department,
    /// The external id of the manager, who may stand anywhere in the file.
    Manager,
    /// What the person does.
    JobTitle,
    /// ISO 3166-1 country of work.
    WorkCountry,
    /// Region of work.
    WorkRegion,
    /// Agreed hours a week, with decimals; 40 for new people when not given.
    WeeklyHours,
    /// First day, as 2026-01-31. Required for new people.
    HiredOn,
    /// Last day.
    LeftOn,
    /// ACTIVE, `ON_LEAVE` or LEFT.
    Status,
}

impl RosterColumn {
    /// Every column.
    pub const ALL: [Self; 12] = [
        Self::ExternalId,
        Self::Name,
        Self::Email,
        Self::Department,
        Self::Manager,
        Self::JobTitle,
        Self::WorkCountry,
        Self::WorkRegion,
        Self::WeeklyHours,
        Self::HiredOn,
        Self::LeftOn,
        Self::Status,
    ];

    /// The name of the column in a file's header.
    pub fn name(self) -> &'static str {
        match self {
            Self::ExternalId => "external_id",
            Self::Name => "name",
            Self::Email => "email",
            Self::Department => "department",
            Self::Manager => "manager",
            Self::JobTitle => "job_title",
            Self::WorkCountry => "work_country",
            Self::WorkRegion => "work_region",
            Self::WeeklyHours => "weekly_hours",
            Self::HiredOn => "hired_on",
            Self::LeftOn => "left_on",
            Self::Status => "status",
        }
    }
}

/// A roster to import.
#[derive(Debug, Clone, Default)]
pub struct ImportRoster {
    /// The rows.
    pub lines: Vec<RosterLine>,
    /// Decide and report everything, write nothing.
    pub dry_run: bool,
    /// Create departments whose code is not known yet, named by their code.
    pub create_departments: bool,
}

/// Why a roster as a whole was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RosterRefusal {
    /// No rows.
    #[error("the roster has no rows")]
    Empty,
    /// More rows than one import may have.
    #[error("the roster has {rows} rows; at most {MAX_ROWS} may come in one import")]
    TooManyRows {
        /// How many.
        rows: usize,
    },
}

impl Refusal for RosterRefusal {
    fn field(&self) -> &'static [&'static str] {
        &["input", "rows"]
    }
}

/// What became of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowResult {
    /// The line in the source.
    pub line: u32,
    /// The external id of the row, when it had one.
    pub external_id: Option<String>,
    /// What became of it.
    pub outcome: RowOutcome,
}

/// The fates of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowOutcome {
    /// A new person.
    Created(EmployeeId),
    /// A known person with something new.
    Updated(EmployeeId),
    /// A known person with nothing new.
    Unchanged(EmployeeId),
    /// Not taken.
    Refused(RosterProblem),
}

/// Why a row was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message says what each field is")]
pub enum RosterProblem {
    /// The row could not be read at all.
    #[error("{reason}")]
    Unreadable { reason: String },
    /// A required value is missing.
    #[error("{column} is missing; it is required{}", if *.only_new { " for a person who is not on the roster yet" } else { "" })]
    Missing { column: &'static str, only_new: bool },
    /// A value is not what its column holds.
    #[error("{column} {reason}")]
    Invalid { column: &'static str, reason: String },
    /// The external id stood in the file before.
    #[error("external_id '{external_id}' stands on line {first_line} already")]
    Duplicate { external_id: String, first_line: u32 },
    /// Somebody else has the e-mail address.
    #[error("email '{email}' belongs to '{other}' already")]
    EmailTaken { email: String, other: String },
    /// No such department.
    #[error("department '{code}' is not known; create it first or import with department creation on")]
    UnknownDepartment { code: String },
    /// No such person, neither on the roster nor among the rows that can be taken.
    #[error("manager '{manager}' is neither on the roster nor on a row that can be taken")]
    UnknownManager { manager: String },
    /// Nobody could grant roles any more.
    #[error("{person} is the last EMPLOYER_ADMIN and cannot leave; grant the role to somebody else first")]
    LastAdmin { person: String },
    /// The reporting line would run in a circle (O1).
    #[error("{person} cannot report to {manager}: {manager} reports to {person}, directly or through others")]
    Cycle { person: String, manager: String },
}

/// What became of a roster.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RosterReport {
    /// Whether nothing was written because the caller asked for a dry run.
    pub dry_run: bool,
    /// A result for every row, in the order of the rows.
    pub rows: Vec<RowResult>,
    /// Codes of departments that were created.
    pub departments_created: Vec<String>,
}

impl RosterReport {
    /// How many rows had a fate.
    pub fn count(&self, fate: impl Fn(&RowOutcome) -> bool) -> usize {
        self.rows.iter().filter(|row| fate(&row.outcome)).count()
    }
}

/// A row whose texts have been read, before anybody looked at the other rows.
#[derive(Debug, Clone)]
pub(super) struct ReadLine {
    pub external_id: String,
    pub name: Option<String>,
    pub email: Option<Option<String>>,
    pub department: Option<Option<String>>,
    pub manager: Option<Option<String>>,
    pub job_title: Option<Option<String>>,
    pub work_country: Option<Option<CountryCode>>,
    pub work_region: Option<Option<String>>,
    pub weekly_minutes: Option<i32>,
    pub hired_on: Option<NaiveDate>,
    pub left_on: Option<Option<NaiveDate>>,
    pub status: Option<EmploymentStatus>,
}

/// Reads the texts of a row.
pub(super) fn read(line: &RosterLine) -> Result<ReadLine, RosterProblem> {
    use RosterColumn as C;
    if let Some(reason) = line.unreadable.clone() {
        return Err(RosterProblem::Unreadable { reason });
    }
    let external_id = required(C::ExternalId, line.external_id.as_ref())?;
    Ok(ReadLine {
        external_id: text(C::ExternalId, &external_id, 64)?,
        name: filled(line.name.as_ref()).map(|name| text(C::Name, name, Text::NAME)).transpose()?,
        email: clearable(line.email.as_ref(), email)?,
        department: clearable(line.department.as_ref(), |code| text(C::Department, code, 64))?,
        manager: clearable(line.manager.as_ref(), |id| text(C::Manager, id, 64))?,
        job_title: clearable(line.job_title.as_ref(), |title| text(C::JobTitle, title, Text::NAME))?,
        work_country: clearable(line.work_country.as_ref(), |code| {
            CountryCode::parse(code).map_err(|error| invalid(C::WorkCountry, error))
        })?,
        work_region: clearable(line.work_region.as_ref(), |region| text(C::WorkRegion, region, Text::NAME))?,
        weekly_minutes: filled(line.weekly_hours.as_ref()).map(hours).transpose()?,
        hired_on: filled(line.hired_on.as_ref()).map(|day| date(C::HiredOn, day)).transpose()?,
        left_on: clearable(line.left_on.as_ref(), |day| date(C::LeftOn, day))?,
        status: filled(line.status.as_ref()).map(status).transpose()?,
    })
}

fn filled(cell: Option<&String>) -> Option<&str> {
    cell.map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
}

fn required(column: RosterColumn, cell: Option<&String>) -> Result<String, RosterProblem> {
    filled(cell).map(str::to_owned).ok_or(RosterProblem::Missing { column: column.name(), only_new: false })
}

fn clearable<T>(
    cell: Option<&String>,
    read: impl Fn(&str) -> Result<T, RosterProblem>,
) -> Result<Option<Option<T>>, RosterProblem> {
    cell.map(|_| filled(cell).map(&read).transpose()).transpose()
}

fn invalid(column: RosterColumn, reason: impl std::fmt::Display) -> RosterProblem {
    RosterProblem::Invalid { column: column.name(), reason: reason.to_string() }
}

fn text(column: RosterColumn, cell: &str, limit: usize) -> Result<String, RosterProblem> {
    Text::line(cell, limit).map(Text::into_string).map_err(|error| invalid(column, error))
}

fn email(cell: &str) -> Result<String, RosterProblem> {
    let address = text(RosterColumn::Email, cell, 254)?.to_lowercase();
    let fits = address.split_once('@').is_some_and(|(local, host)| {
        !local.is_empty()
            && host.contains('.')
            && !host.contains('@')
            && !host.starts_with('.')
            && !host.ends_with('.')
    });
    if fits && !address.contains(char::is_whitespace) {
        Ok(address)
    } else {
        Err(invalid(RosterColumn::Email, format!("'{address}' is not an e-mail address")))
    }
}

fn hours(cell: &str) -> Result<i32, RosterProblem> {
    let wrong = || {
        invalid(
            RosterColumn::WeeklyHours,
            format!("'{cell}' is not a number of hours from 0 to 80, for example 38.5"),
        )
    };
    let (whole, fraction) = cell.split_once('.').unwrap_or((cell, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 2 || fraction.len() > 2 || !digits(whole) || !digits(fraction) {
        return Err(wrong());
    }
    let hundredths: i32 = format!("{whole}{fraction:0<2}").parse().map_err(|_| wrong())?;
    let minutes = hundredths.saturating_mul(60).saturating_add(50).checked_div(100).unwrap_or(0);
    if minutes <= 80 * 60 { Ok(minutes) } else { Err(wrong()) }
}

fn date(column: RosterColumn, cell: &str) -> Result<NaiveDate, RosterProblem> {
    let reason = || invalid(column, format!("'{cell}' is not a date such as 2026-01-31"));
    let day: NaiveDate = cell.parse().map_err(|_| reason())?;
    let plausible = NaiveDate::from_ymd_opt(1900, 1, 1)..NaiveDate::from_ymd_opt(2200, 1, 1);
    if plausible.contains(&Some(day)) { Ok(day) } else { Err(reason()) }
}

fn status(cell: &str) -> Result<EmploymentStatus, RosterProblem> {
    EmploymentStatus::named(cell)
        .ok_or_else(|| invalid(RosterColumn::Status, format!("'{cell}' is not ACTIVE, ON_LEAVE or LEFT")))
}

/// The names of the fields in which two states of a person differ.
pub(super) fn differences(before: &Employee, after: &Employee) -> Vec<&'static str> {
    let (a, b) = (&before.colleague, &after.colleague);
    let (m, n) = (&before.employment, &after.employment);
    let changed = [
        (RosterColumn::Name, a.name != b.name),
        (RosterColumn::Email, a.email != b.email),
        (RosterColumn::Department, a.department != b.department),
        (RosterColumn::Manager, a.manager != b.manager),
        (RosterColumn::JobTitle, a.job_title != b.job_title),
        (RosterColumn::WorkCountry, m.work_country != n.work_country),
        (RosterColumn::WorkRegion, m.work_region != n.work_region),
        (RosterColumn::WeeklyHours, m.weekly_minutes != n.weekly_minutes),
        (RosterColumn::HiredOn, m.hired_on != n.hired_on),
        (RosterColumn::LeftOn, m.left_on != n.left_on),
        (RosterColumn::Status, m.status != n.status),
    ];
    changed.into_iter().filter(|(_, differs)| *differs).map(|(column, _)| column.name()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(change: impl Fn(&mut RosterLine)) -> RosterLine {
        let mut line = RosterLine { line: 2, external_id: Some("E1".to_owned()), ..RosterLine::default() };
        change(&mut line);
        line
    }

    #[test]
    fn a_missing_column_keeps_and_an_empty_cell_clears() {
        let kept = read(&line(|_| {})).map(|read| read.email);
        assert_eq!(kept, Ok(None));
        let cleared = read(&line(|l| l.email = Some(" ".to_owned()))).map(|read| read.email);
        assert_eq!(cleared, Ok(Some(None)));
        let set = read(&line(|l| l.email = Some("Ada@Example.com".to_owned()))).map(|read| read.email);
        assert_eq!(set, Ok(Some(Some("ada@example.com".to_owned()))));
    }

    #[test]
    fn hours_keep_their_quarters() {
        for (cell, minutes) in [("40", 2400), ("38.5", 2310), ("0", 0), ("7.75", 465), ("80", 4800)] {
            assert_eq!(hours(cell), Ok(minutes), "{cell}");
        }
        for cell in ["-1", "80.5", "1e2", "40,0", "168", ".5"] {
            assert!(hours(cell).is_err(), "{cell}");
        }
    }

    #[test]
    fn bad_cells_are_named_with_their_value() {
        let message =
            |change: fn(&mut RosterLine)| read(&line(change)).map(|_| ()).map_err(|e| e.to_string());
        assert_eq!(
            message(|l| l.hired_on = Some("31.01.2026".to_owned())),
            Err("hired_on '31.01.2026' is not a date such as 2026-01-31".to_owned())
        );
        assert_eq!(
            message(|l| l.status = Some("fired".to_owned())),
            Err("status 'fired' is not ACTIVE, ON_LEAVE or LEFT".to_owned())
        );
        assert_eq!(
            message(|l| l.work_country = Some("Germany".to_owned())),
            Err("work_country 'Germany' is not an ISO 3166-1 country code of two capital letters, for example DE".to_owned())
        );
        assert_eq!(
            message(|l| l.external_id = Some(String::new())),
            Err("external_id is missing; it is required".to_owned())
        );
        assert_eq!(
            message(|l| l.email = Some("a@b".to_owned())),
            Err("email 'a@b' is not an e-mail address".to_owned())
        );
    }
}
