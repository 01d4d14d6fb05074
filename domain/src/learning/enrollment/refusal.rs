//! Why an enrollment did not come to be, or did not change.

use chrono::NaiveDate;

use crate::funding::{CommitRefusal, RequestStatus};
use crate::journal::Reused;
use crate::kernel::{CourseId, EmployeeId, EnrollmentId, FundingRequestId, ProgramId, Refusal};
use crate::learning::EnrollmentStatus;
use crate::programs::ProgramStatus;

/// Why nobody was enrolled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message says what each field is")]
pub enum EnrollRefusal {
    /// No such course.
    #[error("there is no course {0}")]
    UnknownCourse(CourseId),
    /// A draft, or retired.
    #[error("the course '{title}' is not offered now; people enroll in published courses")]
    NotOffered { title: String },
    /// No such person, or gone.
    #[error("there is nobody with id {0}, or they have left")]
    UnknownEmployee(EmployeeId),
    /// The request is somebody else's.
    #[error("the request {request} is for somebody else; leave the employee out")]
    RequestOfSomebodyElse { request: FundingRequestId },
    /// Nothing was granted.
    #[error("the request is {}; a place is taken with one that is APPROVED, COMMITTED or SETTLED", .0.name())]
    NotGranted(RequestStatus),
    /// The request has been used.
    #[error("the request funds {0} already, and it funds one enrollment only")]
    RequestUsed(EnrollmentId),
    /// They take the course already.
    #[error("there is an enrollment in the same course that has not ended: {0}")]
    AlreadyEnrolled(EnrollmentId),
    /// No such program, or a draft of others.
    #[error("there is no program {0}")]
    UnknownProgram(ProgramId),
    /// The program does not run.
    #[error("the program is {}; learning is part of active programs", .0.name())]
    ProgramNotActive(ProgramStatus),
    /// The request belongs to another program.
    #[error("the request is part of the program {0}; leave the program out")]
    ProgramOfRequest(ProgramId),
    /// The last day is before the first.
    #[error("the last day {ends_on} is before the first, {starts_on}")]
    EndsBeforeStart { starts_on: NaiveDate, ends_on: NaiveDate },
    /// The last day is past.
    #[error("the last day {ends_on} is past; today is {today}")]
    Over { ends_on: NaiveDate, today: NaiveDate },
    /// The place is not booked.
    #[error(transparent)]
    Funding(#[from] CommitRefusal),
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for EnrollRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::UnknownCourse(_) | Self::NotOffered { .. } => &["input", "in", "courseId"],
            Self::UnknownEmployee(_) | Self::RequestOfSomebodyElse { .. } => &["input", "employeeId"],
            Self::AlreadyEnrolled(_) => &["input", "in"],
            Self::UnknownProgram(_) | Self::ProgramNotActive(_) | Self::ProgramOfRequest(_) => {
                &["input", "programId"]
            }
            Self::EndsBeforeStart { .. } | Self::Over { .. } => &["input", "endsOn"],
            Self::Funding(CommitRefusal::StartNeeded { .. } | CommitRefusal::StartsTooEarly { .. }) => {
                &["input", "startsOn"]
            }
            Self::NotGranted(_) | Self::RequestUsed(_) | Self::Funding(_) => {
                &["input", "in", "fundingRequestId"]
            }
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// Why nobody began to learn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message says what each field is")]
pub enum StartRefusal {
    /// Started already, or over.
    #[error("the enrollment is {}; only one that is PLANNED can be started", .0.name())]
    NotPlanned(EnrollmentStatus),
    /// Before the first day.
    #[error("the course starts on {starts_on}; today is {today}")]
    TooEarly { starts_on: NaiveDate, today: NaiveDate },
}

/// Why nobody is assessed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SubmitForAssessmentRefusal {
    /// Not learning.
    #[error("the enrollment is {}; only one that is ACTIVE can be assessed", .0.name())]
    NotActive(EnrollmentStatus),
}

/// Why nothing was interrupted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PauseRefusal {
    /// Not running.
    #[error("the enrollment is {}; only one that is ACTIVE or IN_ASSESSMENT can be paused", .0.name())]
    NotRunning(EnrollmentStatus),
}

/// Why nothing goes on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResumeRefusal {
    /// Not interrupted.
    #[error("the enrollment is {}; only one that is PAUSED can be resumed", .0.name())]
    NotPaused(EnrollmentStatus),
}

/// Why nobody gave up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WithdrawEnrollmentRefusal {
    /// It is over.
    #[error("the enrollment is {}; only one that has not ended can be withdrawn", .0.name())]
    Ended(EnrollmentStatus),
}

/// Says that a refusal speaks of the enrollment itself.
macro_rules! about_the_enrollment {
    ($($refusal:ty),+) => {$(
        impl Refusal for $refusal {
            fn field(&self) -> &'static [&'static str] {
                &["input", "id"]
            }
        }
    )+};
}

about_the_enrollment!(
    StartRefusal,
    SubmitForAssessmentRefusal,
    PauseRefusal,
    ResumeRefusal,
    WithdrawEnrollmentRefusal
);
