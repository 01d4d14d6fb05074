//! How enrollments end: by what was shown (L1), or by the calendar.

use chrono::{DateTime, NaiveDate, Utc};

use crate::funding::SettleRefusal;
use crate::journal::Reused;
use crate::kernel::{EnrollmentId, Fault, Refusal};

use super::{Enrollment, EnrollmentStatus};

/// What ending an employer's overdue enrollments did.
#[derive(Debug, Default)]
pub struct ExpiredEnrollments {
    /// Enrollments that ended.
    pub expired: u64,
    /// Enrollments that could not be looked at, with what stood in the way.
    pub failed: Vec<(EnrollmentId, Fault)>,
}

/// Why nobody completed a course.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CompleteEnrollmentRefusal {
    /// The course does not run.
    #[error("the enrollment is {}; only one that is ACTIVE or IN_ASSESSMENT can be completed", .0.name())]
    NotRunning(EnrollmentStatus),
    /// Nothing shows it (L1).
    #[error("neither was the assessment passed nor was evidence accepted; time alone completes nothing")]
    NothingShown,
    /// Nothing is to be paid.
    #[error("no money is committed for this enrollment; leave price, invoiceNumber and proof out")]
    NothingToSettle,
    /// The price is not booked.
    #[error(transparent)]
    Funding(#[from] SettleRefusal),
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for CompleteEnrollmentRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::NotRunning(_) | Self::NothingShown => &["input", "id"],
            Self::NothingToSettle => &["input", "price"],
            Self::Funding(refusal) => refusal.field(),
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// Why nobody failed a course.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FailEnrollmentRefusal {
    /// Nobody is assessed.
    #[error("the enrollment is {}; only one that is IN_ASSESSMENT can be failed", .0.name())]
    NotInAssessment(EnrollmentStatus),
    /// The assessment was passed.
    #[error("the assessment was passed; complete the enrollment")]
    Passed,
}

impl Refusal for FailEnrollmentRefusal {
    fn field(&self) -> &'static [&'static str] {
        &["input", "id"]
    }
}

impl Enrollment {
    /// The person has shown what was to be learned: by the assessment, or by evidence that was accepted (L1).
    pub(super) fn complete(
        &mut self,
        evidence_accepted: bool,
        at: DateTime<Utc>,
    ) -> Result<(), CompleteEnrollmentRefusal> {
        if !self.status.is_running() {
            return Err(CompleteEnrollmentRefusal::NotRunning(self.status));
        }
        if !evidence_accepted && !self.is_passed() {
            return Err(CompleteEnrollmentRefusal::NothingShown);
        }
        self.ended_at = Some(at);
        self.move_to(EnrollmentStatus::Completed);
        Ok(())
    }

    /// The person has not, and there will be no other attempt.
    pub(super) fn fail(&mut self, at: DateTime<Utc>) -> Result<(), FailEnrollmentRefusal> {
        if self.status != EnrollmentStatus::InAssessment {
            return Err(FailEnrollmentRefusal::NotInAssessment(self.status));
        }
        if self.is_passed() {
            return Err(FailEnrollmentRefusal::Passed);
        }
        self.ended_at = Some(at);
        self.move_to(EnrollmentStatus::Failed);
        Ok(())
    }

    /// Ends it where its last day is over; whether it was. Who waits for a result keeps waiting.
    pub(super) fn expire(&mut self, today: NaiveDate, at: DateTime<Utc>) -> bool {
        let waits = self.resumes_as.unwrap_or(self.status) == EnrollmentStatus::InAssessment;
        let over = self.ends_on.is_some_and(|last| last < today);
        if !self.status.is_live() || waits || !over {
            return false;
        }
        self.ended_at = Some(at);
        self.move_to(EnrollmentStatus::Expired);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::MilestoneKind;
    use crate::learning::enrollment::fixture::{active, at, day, planned};

    fn assessed(passed: bool) -> Enrollment {
        let mut enrollment = active();
        assert_eq!(enrollment.submit_for_assessment(at(2)), Ok(()));
        if passed {
            enrollment.mark(MilestoneKind::Assessment, at(3));
        }
        enrollment
    }

    #[test]
    fn l1_completing_takes_a_passed_assessment_or_accepted_evidence() {
        for (mut enrollment, evidence, expected) in [
            (assessed(true), false, Ok(())),
            (assessed(false), true, Ok(())),
            (active(), true, Ok(())),
            (assessed(false), false, Err(CompleteEnrollmentRefusal::NothingShown)),
            (active(), false, Err(CompleteEnrollmentRefusal::NothingShown)),
            (planned(), true, Err(CompleteEnrollmentRefusal::NotRunning(EnrollmentStatus::Planned))),
        ] {
            let before = enrollment.clone();
            let done = enrollment.complete(evidence, at(9));
            assert_eq!(done, expected);
            let completed = (EnrollmentStatus::Completed, Some(at(9)));
            let state = (enrollment.status, enrollment.ended_at);
            assert_eq!(state, if done.is_ok() { completed } else { (before.status, None) });
        }
    }

    #[test]
    fn who_has_passed_does_not_fail() {
        assert_eq!(assessed(true).fail(at(9)), Err(FailEnrollmentRefusal::Passed));
        assert_eq!(assessed(false).fail(at(9)), Ok(()));
        let refused = FailEnrollmentRefusal::NotInAssessment(EnrollmentStatus::Active);
        assert_eq!(active().fail(at(9)), Err(refused));
    }

    #[test]
    fn the_calendar_ends_what_nobody_waits_for() {
        let until = |mut enrollment: Enrollment, today: &str| {
            enrollment.ends_on = Some(day("2026-06-30"));
            let over = enrollment.expire(day(today), at(9));
            (over, enrollment.status)
        };
        assert_eq!(until(active(), "2026-06-30"), (false, EnrollmentStatus::Active));
        assert_eq!(until(active(), "2026-07-01"), (true, EnrollmentStatus::Expired));
        assert_eq!(until(planned(), "2026-07-01"), (true, EnrollmentStatus::Expired));
        assert_eq!(until(assessed(false), "2026-07-01"), (false, EnrollmentStatus::InAssessment));
        let mut paused = assessed(false);
        assert_eq!(paused.pause(at(5)), Ok(()));
        assert_eq!(until(paused, "2026-07-01"), (false, EnrollmentStatus::Paused));
        let mut open = active();
        assert!(!open.expire(day("2036-01-01"), at(9)));
    }
}
