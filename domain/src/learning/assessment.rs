//! Assessments: whether somebody has shown what was to be learned, attempt by attempt.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::journal::Reused;
use crate::kernel::{AssessmentId, EmployeeId, EnrollmentId, Refusal};

use super::{Enrollment, EnrollmentStatus, MilestoneKind};

/// One attempt at the assessment of a course. It never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// Its id.
    pub id: AssessmentId,
    /// In which enrollment.
    pub enrollment: EnrollmentId,
    /// Which attempt it was, counted from 1.
    pub attempt: i32,
    /// Whether it was passed.
    pub outcome: AssessmentOutcome,
    /// How much of the full score was reached, in basis points, where there is a score.
    pub score: Option<i32>,
    /// The day of the assessment.
    pub assessed_on: NaiveDate,
    /// Who recorded it, when it was a person.
    pub by: Option<EmployeeId>,
    /// When it was recorded.
    pub at: DateTime<Utc>,
}

impl Assessment {
    /// Which attempt the next one is.
    pub(super) fn next_after(attempts: &[Self]) -> i32 {
        attempts.iter().map(|attempt| attempt.attempt).max().unwrap_or(0).saturating_add(1)
    }
}

/// Whether somebody has shown what was to be learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AssessmentOutcome {
    /// They have.
    Passed,
    /// They have not.
    Failed,
}

impl AssessmentOutcome {
    /// Every outcome.
    pub const ALL: [Self; 2] = [Self::Passed, Self::Failed];

    /// The name in the schema and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Passed => "PASSED",
            Self::Failed => "FAILED",
        }
    }

    /// The outcome with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == name)
    }
}

/// A result as somebody records it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AttemptResult {
    /// Whether it was passed.
    pub outcome: AssessmentOutcome,
    /// How much of the full score was reached, in basis points.
    pub score: Option<i32>,
    /// The day of the assessment.
    pub assessed_on: NaiveDate,
    /// Who records it, when it is a person.
    pub by: Option<EmployeeId>,
}

/// Why a result was not recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message says what each field is")]
pub enum RecordAssessmentRefusal {
    /// The course does not run.
    #[error("the enrollment is {}; results are recorded while it is ACTIVE or IN_ASSESSMENT", .0.name())]
    NotRunning(EnrollmentStatus),
    /// Nobody can do better than pass.
    #[error("the assessment was passed already; a result is not taken back")]
    AlreadyPassed,
    /// Somebody's own.
    #[error("nobody records their own result; somebody else who may can do it")]
    Own,
    /// No share of the full score.
    #[error("a score of {0} is none; it is 0 to {FULL_SCORE} basis points of the full score")]
    WrongScore(i32),
    /// A day to come.
    #[error("{given} is still to come; today is {today}")]
    InFuture { given: NaiveDate, today: NaiveDate },
    /// A day before the course.
    #[error("the enrollment was started on {started}; it was not assessed before that day")]
    BeforeStart { started: NaiveDate },
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for RecordAssessmentRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::NotRunning(_) | Self::AlreadyPassed | Self::Own => &["input", "id"],
            Self::WrongScore(_) => &["input", "score"],
            Self::InFuture { .. } | Self::BeforeStart { .. } => &["input", "assessedOn"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// All of it, in basis points.
const FULL_SCORE: i32 = 10_000;

impl Enrollment {
    /// Whether the assessment was passed.
    pub fn is_passed(&self) -> bool {
        self.has_reached(MilestoneKind::Assessment)
    }

    /// Whether they have shown what was to be learned, once that is decided. Attempts that are not the last decide nothing.
    pub fn result(&self) -> Option<AssessmentOutcome> {
        match self.status {
            EnrollmentStatus::Completed => Some(AssessmentOutcome::Passed),
            EnrollmentStatus::Failed => Some(AssessmentOutcome::Failed),
            _ => self.is_passed().then_some(AssessmentOutcome::Passed),
        }
    }

    /// A result is there. One that is passed stays passed (L3); one that is not may be followed by another attempt.
    pub(super) fn assess(
        &mut self,
        result: AttemptResult,
        (started, today): (Option<NaiveDate>, NaiveDate),
        at: DateTime<Utc>,
    ) -> Result<(), RecordAssessmentRefusal> {
        let AttemptResult { outcome, score, assessed_on, by } = result;
        if by == Some(self.employee) {
            return Err(RecordAssessmentRefusal::Own);
        }
        if !self.status.is_running() {
            return Err(RecordAssessmentRefusal::NotRunning(self.status));
        }
        if self.is_passed() {
            return Err(RecordAssessmentRefusal::AlreadyPassed);
        }
        if let Some(score) = score.filter(|score| !(0..=FULL_SCORE).contains(score)) {
            return Err(RecordAssessmentRefusal::WrongScore(score));
        }
        if assessed_on > today {
            return Err(RecordAssessmentRefusal::InFuture { given: assessed_on, today });
        }
        if let Some(started) = started.filter(|started| assessed_on < *started) {
            return Err(RecordAssessmentRefusal::BeforeStart { started });
        }
        let passed = outcome == AssessmentOutcome::Passed;
        // Another attempt that fails changes nothing that others may see, so their version of it does not count it.
        if passed || self.status == EnrollmentStatus::Active {
            self.submitted_at.get_or_insert(at);
            self.status = EnrollmentStatus::InAssessment;
            self.touch();
        }
        if passed {
            self.mark(MilestoneKind::Assessment, at);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::enrollment::fixture::{active, at, day, planned};

    fn result(outcome: AssessmentOutcome) -> AttemptResult {
        AttemptResult { outcome, score: Some(8_750), assessed_on: day("2026-03-05"), by: None }
    }

    fn days() -> (Option<NaiveDate>, NaiveDate) {
        (Some(day("2026-03-02")), day("2026-03-05"))
    }

    #[test]
    fn names_read_back() {
        let mut all = AssessmentOutcome::ALL.into_iter();
        assert!(all.all(|outcome| AssessmentOutcome::named(outcome.name()) == Some(outcome)));
    }

    #[test]
    fn l3_what_is_passed_stays_passed() {
        let mut enrollment = active();
        assert_eq!(enrollment.assess(result(AssessmentOutcome::Failed), days(), at(5)), Ok(()));
        assert_eq!((enrollment.status, enrollment.is_passed()), (EnrollmentStatus::InAssessment, false));
        let failed = enrollment.clone();
        assert_eq!(enrollment.assess(result(AssessmentOutcome::Failed), days(), at(5)), Ok(()));
        assert_eq!(enrollment, failed, "attempts are not for everybody who sees the enrollment");
        assert_eq!(enrollment.assess(result(AssessmentOutcome::Passed), days(), at(6)), Ok(()));
        let passed = enrollment.clone();
        assert_eq!((passed.submitted_at, passed.is_passed()), (Some(at(5)), true));
        for outcome in AssessmentOutcome::ALL {
            let refused = enrollment.assess(result(outcome), days(), at(9));
            assert_eq!(refused, Err(RecordAssessmentRefusal::AlreadyPassed));
        }
        assert_eq!(enrollment, passed);
    }

    #[test]
    fn nobody_records_their_own_result() {
        let mut enrollment = active();
        let own = AttemptResult { by: Some(enrollment.employee), ..result(AssessmentOutcome::Passed) };
        assert_eq!(enrollment.assess(own, days(), at(5)), Err(RecordAssessmentRefusal::Own));
        assert_eq!(enrollment, active());
    }

    #[test]
    fn a_result_is_of_a_day_of_the_course_and_a_share_of_the_score() {
        let assess = |result| active().assess(result, days(), at(5));
        let passed = result(AssessmentOutcome::Passed);
        for score in [-1, 10_001] {
            let wrong = AttemptResult { score: Some(score), ..passed };
            assert_eq!(assess(wrong), Err(RecordAssessmentRefusal::WrongScore(score)));
        }
        let [before, after] = ["2026-03-01", "2026-03-06"].map(day);
        let early = AttemptResult { assessed_on: before, ..passed };
        let started = day("2026-03-02");
        assert_eq!(assess(early), Err(RecordAssessmentRefusal::BeforeStart { started }));
        let late = AttemptResult { assessed_on: after, ..passed };
        let in_future = RecordAssessmentRefusal::InFuture { given: after, today: day("2026-03-05") };
        assert_eq!(assess(late), Err(in_future));
        let not_running = RecordAssessmentRefusal::NotRunning(EnrollmentStatus::Planned);
        assert_eq!(planned().assess(passed, days(), at(5)), Err(not_running));
    }
}
