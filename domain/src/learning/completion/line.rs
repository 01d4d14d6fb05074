//! Completions as a file has them: rows of text.

use chrono::NaiveDate;

use crate::kernel::{Text, WebAddress};

use super::{CompletionRowProblem, ToldCompletion};

/// One row as the file has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the fields are the columns, which CompletionColumn documents")]
pub struct CompletionLine {
    /// The line in the file, counted from 1 with the header as line 1, for the report.
    pub line: u32,
    /// Why the row could not be read, when it could not.
    pub unreadable: Option<String>,
    pub external_id: Option<String>,
    pub employee: Option<String>,
    pub course: Option<String>,
    pub started_on: Option<String>,
    pub completed_on: Option<String>,
    pub score: Option<String>,
    pub certificate_url: Option<String>,
}

/// The columns of a file of completions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CompletionColumn {
    /// By what the other system knows the completion: 1 to 200 characters. Required.
    ExternalId,
    /// The external id of who learned. Required.
    Employee,
    /// The code of the course in the catalog. Required.
    Course,
    /// The day on which they completed, as 2026-01-31. Required.
    CompletedOn,
    /// The day on which they began.
    StartedOn,
    /// How much of the full score was reached, in percent: 0 to 100, with at most two decimals.
    Score,
    /// Where the certificate lies.
    CertificateUrl,
}

impl CompletionColumn {
    /// Every column, required ones first.
    pub const ALL: [Self; 7] = [
        Self::ExternalId,
        Self::Employee,
        Self::Course,
        Self::CompletedOn,
        Self::StartedOn,
        Self::Score,
        Self::CertificateUrl,
    ];

    /// The name of the column in a file's header.
    pub fn name(self) -> &'static str {
        match self {
            Self::ExternalId => "external_id",
            Self::Employee => "employee",
            Self::Course => "course",
            Self::CompletedOn => "completed_on",
            Self::StartedOn => "started_on",
            Self::Score => "score",
            Self::CertificateUrl => "certificate_url",
        }
    }

    /// Whether every file has it.
    pub fn is_required(self) -> bool {
        matches!(self, Self::ExternalId | Self::Employee | Self::Course | Self::CompletedOn)
    }
}

impl CompletionLine {
    /// Reads the texts.
    pub(in crate::learning) fn told(&self) -> Result<ToldCompletion, CompletionRowProblem> {
        if let Some(reason) = self.unreadable.clone() {
            return Err(CompletionRowProblem::Unreadable(reason));
        }
        let completed_on = day(CompletionColumn::CompletedOn, self.completed_on.as_ref())?;
        let certificate = filled(self.certificate_url.as_ref()).map(WebAddress::parse).transpose();
        Ok(ToldCompletion {
            external_id: text(CompletionColumn::ExternalId, self.external_id.as_ref())?,
            employee: text(CompletionColumn::Employee, self.employee.as_ref())?,
            course: text(CompletionColumn::Course, self.course.as_ref())?,
            started_on: day(CompletionColumn::StartedOn, self.started_on.as_ref())?,
            completed_on: completed_on
                .ok_or(CompletionRowProblem::Missing(CompletionColumn::CompletedOn.name()))?,
            score: filled(self.score.as_ref()).map(basis_points).transpose()?,
            certificate: certificate.map_err(CompletionRowProblem::CertificateUrl)?,
        })
    }

    /// What the other system calls the completion, as far as it is there.
    pub fn label(&self) -> String {
        filled(self.external_id.as_ref()).unwrap_or_default().to_owned()
    }
}

fn filled(cell: Option<&String>) -> Option<&str> {
    cell.map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
}

fn text(column: CompletionColumn, cell: Option<&String>) -> Result<String, CompletionRowProblem> {
    let cell = filled(cell).ok_or(CompletionRowProblem::Missing(column.name()))?;
    let text = Text::line(cell, Text::NAME);
    text.map(Text::into_string).map_err(|error| CompletionRowProblem::Text { column: column.name(), error })
}

fn day(column: CompletionColumn, cell: Option<&String>) -> Result<Option<NaiveDate>, CompletionRowProblem> {
    let Some(cell) = filled(cell) else { return Ok(None) };
    let plausible = NaiveDate::from_ymd_opt(1950, 1, 1)..NaiveDate::from_ymd_opt(2200, 1, 1);
    let read = cell.parse().ok().filter(|day| plausible.contains(&Some(*day)));
    let wrong =
        || CompletionRowProblem::Day { column: column.name(), value: cell.chars().take(40).collect() };
    read.map(Some).ok_or_else(wrong)
}

/// Reads a share in percent, such as `87.5`, as basis points.
fn basis_points(text: &str) -> Result<i32, CompletionRowProblem> {
    let wrong = || CompletionRowProblem::Score(text.chars().take(40).collect());
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "00"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || whole.len() > 3 || fraction.len() > 2 {
        return Err(wrong());
    }
    let points: i32 = format!("{whole}{fraction:0<2}").parse().map_err(|_| wrong())?;
    if points > 10_000 { Err(wrong()) } else { Ok(points) }
}
