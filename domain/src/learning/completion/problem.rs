//! Why completions were not taken.

use chrono::NaiveDate;

use crate::kernel::{Refusal, TextError};

/// Why a row was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message says what each field is")]
pub enum CompletionRowProblem {
    /// The row could not be read at all.
    #[error("{0}")]
    Unreadable(String),
    /// A cell is empty.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// A text cannot be taken.
    #[error("{column} {error}")]
    Text { column: &'static str, error: TextError },
    /// No day.
    #[error("{column} '{value}' is not a date such as 2026-01-31")]
    Day { column: &'static str, value: String },
    /// No share of the full score.
    #[error("score '{0}' is not a percentage from 0 to 100 with at most two decimals, such as 87.5")]
    Score(String),
    /// No address.
    #[error("certificate_url {0}")]
    CertificateUrl(TextError),
    /// The external id stands in the file before.
    #[error("the external id stands on line {0} already")]
    Duplicate(u32),
    /// The external id was used for another completion.
    #[error(
        "the external id was used for another completion before; it cannot be changed by telling of it again"
    )]
    ExternalIdReused,
    /// Nobody has that id.
    #[error("nobody has the external id '{0}'")]
    UnknownEmployee(String),
    /// No such course, or one that was never offered.
    #[error("there is no course with the code '{0}' that is or was offered")]
    UnknownCourse(String),
    /// A day to come.
    #[error("completed_on {completed_on} is still to come; today is {today}")]
    InFuture { completed_on: NaiveDate, today: NaiveDate },
    /// The first day is after the last.
    #[error("completed_on {completed_on} is before started_on, {started_on}")]
    EndsBeforeStart { started_on: NaiveDate, completed_on: NaiveDate },
    /// Somebody's own.
    #[error("nobody tells of their own completion; somebody else who may can do it")]
    Own,
    /// The money that is committed for it is not settled.
    #[error("the money that is committed for it cannot be settled: {0}")]
    NotSettled(String),
    /// Somebody else does the same now.
    #[error("{0}")]
    Busy(String),
}

impl Refusal for CompletionRowProblem {}

/// Why a list of completions as a whole was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportCompletionsRefusal {
    /// No rows, or too many.
    #[error("a list has 1 to {MOST} completions; this one has {0}")]
    WrongNumber(usize),
    /// The name of the other system cannot be taken.
    #[error("the source {0}")]
    InvalidSource(TextError),
}

impl Refusal for ImportCompletionsRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::WrongNumber(_) => &["input", "rows"],
            Self::InvalidSource(_) => &["input", "source"],
        }
    }
}

/// Rows that one import may have.
pub(in crate::learning) const MOST: usize = 20_000;
