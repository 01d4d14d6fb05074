//! Completions that other systems tell of: what they say, and what becomes of an enrollment by that.

mod line;
mod problem;
#[cfg(test)]
mod tests;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use serde::Serialize;

use crate::kernel::{EmployeeId, EnrollmentId, WebAddress};
use crate::organization::Employer;

use super::{Enrollment, EnrollmentStatus, Milestone, MilestoneKind, TakenCourse};

pub use line::{CompletionColumn, CompletionLine};
pub(super) use problem::MOST;
pub use problem::{CompletionRowProblem, ImportCompletionsRefusal};

/// A completion as another system tells of it, read. Two that are equal are the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct ToldCompletion {
    /// By what the other system knows it.
    pub external_id: String,
    /// The external id of who learned.
    pub employee: String,
    /// The code of the course.
    pub course: String,
    /// The day on which they began.
    pub started_on: Option<NaiveDate>,
    /// The day on which they completed.
    pub completed_on: NaiveDate,
    /// How much of the full score was reached, in basis points.
    pub score: Option<i32>,
    /// Where the certificate lies, which then shows it.
    pub certificate: Option<WebAddress>,
}

/// What is known of a completion that was told before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownCompletion {
    /// The system that told of it.
    pub source: String,
    /// By what that system knows it.
    pub external_id: String,
    /// A hash over what it said.
    pub fingerprint: String,
    /// What became of it.
    pub enrollment: EnrollmentId,
}

/// When somebody learned, by what they were told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    /// The first instant.
    pub started: DateTime<Utc>,
    /// The last one.
    pub ended: DateTime<Utc>,
}

impl ToldCompletion {
    /// When it was, if the days make sense on a day.
    pub(super) fn span(&self, employer: &Employer, now: DateTime<Utc>) -> Result<Span, CompletionRowProblem> {
        let (today, completed_on) = (employer.day_of(now), self.completed_on);
        if completed_on > today {
            return Err(CompletionRowProblem::InFuture { completed_on, today });
        }
        let started_on = self.started_on.unwrap_or(completed_on);
        if started_on > completed_on {
            return Err(CompletionRowProblem::EndsBeforeStart { started_on, completed_on });
        }
        // Nobody says at what time; noon is on that day wherever the clock was put forward or back.
        let noon = |day: NaiveDate| {
            let local = day.and_time(NaiveTime::from_hms_opt(12, 0, 0).unwrap_or(NaiveTime::MIN));
            let there = employer.time_zone.from_local_datetime(&local).earliest();
            there.map_or(local.and_utc(), |there| there.to_utc()).min(now)
        };
        Ok(Span { started: noon(started_on), ended: noon(completed_on) })
    }

    /// Whether a result stands for it; a certificate is evidence of its own.
    pub(super) fn is_assessed(&self) -> bool {
        self.certificate.is_none() || self.score.is_some()
    }
}

impl Enrollment {
    /// What somebody learned of which nobody knew here: it is there from its first day on, without money.
    pub(super) fn of_the_past(
        (id, employee): (EnrollmentId, EmployeeId),
        taken: TakenCourse,
        (starts_on, span): (NaiveDate, Span),
    ) -> Self {
        Self {
            id,
            employee,
            taken,
            request: None,
            program: None,
            starts_on,
            ends_on: None,
            status: EnrollmentStatus::Active,
            resumes_as: None,
            milestones: Milestone::of_course(&[]),
            refunds: Vec::new(),
            withdrawn_for: None,
            enrolled_at: span.started,
            started_at: Some(span.started),
            submitted_at: None,
            paused_at: None,
            ended_at: None,
            version: 1,
        }
    }

    /// Another system tells that it is completed. What was reached before stays as it was (L3); who had not started, or had
    /// paused, has gone on elsewhere.
    pub(super) fn complete_by_report(&mut self, told: &ToldCompletion, span: Span) {
        let started = *self.started_at.get_or_insert(span.started);
        let ended = span.ended.max(started);
        if told.is_assessed() {
            self.mark(MilestoneKind::Assessment, ended);
        }
        if told.certificate.is_some() {
            self.mark(MilestoneKind::Certificate, ended);
        }
        self.submitted_at.get_or_insert(ended);
        self.ended_at = Some(ended);
        self.move_to(EnrollmentStatus::Completed);
    }
}
