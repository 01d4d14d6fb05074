//! Enrollments: somebody takes a course, and how far they are.

#[cfg(test)]
pub(super) mod fixture;
mod refusal;
#[cfg(test)]
mod tests;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::catalog::CourseMilestone;
use crate::kernel::{EmployeeId, EnrollmentId, FundingRequestId, ProgramId};

use super::{Milestone, MilestoneKind, NamedMilestone, ReachMilestoneRefusal, RefundStep, TakenCourse};

pub use refusal::{
    EnrollRefusal, PauseRefusal, ResumeRefusal, StartRefusal, SubmitForAssessmentRefusal,
    WithdrawEnrollmentRefusal,
};

/// Somebody takes a course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrollment {
    /// Its id.
    pub id: EnrollmentId,
    /// Who learns.
    pub employee: EmployeeId,
    /// What, as it was when they enrolled.
    pub taken: TakenCourse,
    /// The request that funds it, if any.
    pub request: Option<FundingRequestId>,
    /// The program it is part of, if any.
    pub program: Option<ProgramId>,
    /// The first day of the course.
    pub starts_on: NaiveDate,
    /// The last day on which it can be ended, where there is one.
    pub ends_on: Option<NaiveDate>,
    /// How far they are.
    pub status: EnrollmentStatus,
    /// Where it goes on after a pause; there only while it is PAUSED.
    pub resumes_as: Option<EnrollmentStatus>,
    /// The parts of the course, in their order.
    pub milestones: Vec<Milestone>,
    /// What comes back of the price when they give up, the earliest day first (L4).
    pub refunds: Vec<RefundStep>,
    /// Why they gave up, when they did.
    pub withdrawn_for: Option<WithdrawalReason>,
    /// When they were enrolled.
    pub enrolled_at: DateTime<Utc>,
    /// When they began to learn.
    pub started_at: Option<DateTime<Utc>>,
    /// When they were ready to be assessed.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Since when it is interrupted; there only while it is PAUSED.
    pub paused_at: Option<DateTime<Utc>>,
    /// When it was over, however it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// Counts changes, to notice concurrent ones.
    pub version: i32,
}

/// How far somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EnrollmentStatus {
    /// Enrolled, not started.
    Planned,
    /// Learns.
    Active,
    /// Has learned, and waits for the result.
    InAssessment,
    /// Interrupted.
    Paused,
    /// Has shown what was to be learned.
    Completed,
    /// Has not, for good.
    Failed,
    /// Gave up.
    Withdrawn,
    /// The last day passed.
    Expired,
}

impl EnrollmentStatus {
    /// Every status, in the order of an enrollment's life, early ends last.
    pub const ALL: [Self; 8] = [
        Self::Planned,
        Self::Active,
        Self::InAssessment,
        Self::Paused,
        Self::Completed,
        Self::Failed,
        Self::Withdrawn,
        Self::Expired,
    ];

    /// The name in the schema and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Planned => "PLANNED",
            Self::Active => "ACTIVE",
            Self::InAssessment => "IN_ASSESSMENT",
            Self::Paused => "PAUSED",
            Self::Completed => "COMPLETED",
            Self::Failed => "FAILED",
            Self::Withdrawn => "WITHDRAWN",
            Self::Expired => "EXPIRED",
        }
    }

    /// The status with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }

    /// Whether something is still to come.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Planned | Self::Active | Self::InAssessment | Self::Paused)
    }

    /// Whether the person learns, or is assessed.
    pub(super) fn is_running(self) -> bool {
        matches!(self, Self::Active | Self::InAssessment)
    }
}

/// Why somebody gave up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum WithdrawalReason {
    /// There is no time for it beside the work.
    NoTime,
    /// It does not fit the person or the task.
    NotSuitable,
    /// The provider canceled the course.
    CourseCanceled,
    /// The person changed jobs.
    ChangedJob,
    /// Something else.
    Other,
}

impl WithdrawalReason {
    /// Every reason.
    pub const ALL: [Self; 5] =
        [Self::NoTime, Self::NotSuitable, Self::CourseCanceled, Self::ChangedJob, Self::Other];

    /// The name in the schema and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoTime => "NO_TIME",
            Self::NotSuitable => "NOT_SUITABLE",
            Self::CourseCanceled => "COURSE_CANCELED",
            Self::ChangedJob => "CHANGED_JOB",
            Self::Other => "OTHER",
        }
    }

    /// The reason with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }
}

/// The orders in which enrollments can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum EnrollmentOrder {
    /// By the instant of enrollment.
    #[default]
    EnrolledAt,
    /// By the first day of the course.
    StartsOn,
}

/// Who enrolls for what, on which days.
pub(super) struct Place {
    /// Its id.
    pub id: EnrollmentId,
    /// Who learns.
    pub employee: EmployeeId,
    /// What.
    pub taken: TakenCourse,
    /// The request that funds it.
    pub request: Option<FundingRequestId>,
    /// The program it is part of.
    pub program: Option<ProgramId>,
    /// The first day of the course, and the last.
    pub days: (NaiveDate, Option<NaiveDate>),
    /// What comes back of the price when they give up.
    pub refunds: Vec<RefundStep>,
    /// The parts that the course defines.
    pub milestones: Vec<CourseMilestone>,
}

impl Enrollment {
    /// Somebody who has a place in a course.
    pub(super) fn planned(place: Place, at: DateTime<Utc>) -> Result<Self, EnrollRefusal> {
        let milestones = Milestone::of_course(&place.milestones);
        let Place { id, employee, taken, request, program, refunds, days: (starts_on, ends_on), .. } = place;
        if let Some(ends_on) = ends_on.filter(|last| *last < starts_on) {
            return Err(EnrollRefusal::EndsBeforeStart { starts_on, ends_on });
        }
        Ok(Self {
            id,
            employee,
            taken,
            request,
            program,
            starts_on,
            ends_on,
            status: EnrollmentStatus::Planned,
            resumes_as: None,
            milestones,
            refunds,
            withdrawn_for: None,
            enrolled_at: at,
            started_at: None,
            submitted_at: None,
            paused_at: None,
            ended_at: None,
            version: 1,
        })
    }

    /// The person begins to learn.
    pub(super) fn start(&mut self, today: NaiveDate, at: DateTime<Utc>) -> Result<(), StartRefusal> {
        if self.status != EnrollmentStatus::Planned {
            return Err(StartRefusal::NotPlanned(self.status));
        }
        if today < self.starts_on {
            return Err(StartRefusal::TooEarly { starts_on: self.starts_on, today });
        }
        self.started_at = Some(at);
        self.move_to(EnrollmentStatus::Active);
        Ok(())
    }

    /// The person got through a part of the course. Whether that is news: saying it again changes nothing (L3).
    pub(super) fn reach(
        &mut self,
        named: &NamedMilestone,
        at: DateTime<Utc>,
    ) -> Result<bool, ReachMilestoneRefusal> {
        if named.kind.takes_a_result() {
            return Err(ReachMilestoneRefusal::TakesResult(named.kind));
        }
        let milestone = self.milestones.iter_mut().find(|part| part.is(named));
        let milestone = milestone.ok_or_else(|| ReachMilestoneRefusal::Unknown(named.clone()))?;
        if milestone.reached_at.is_some() {
            return Ok(false);
        }
        if !self.status.is_running() {
            return Err(ReachMilestoneRefusal::NotRunning(self.status));
        }
        milestone.reached_at = Some(at);
        self.touch();
        Ok(true)
    }

    /// The person has learned, and waits for the result.
    pub(super) fn submit_for_assessment(
        &mut self,
        at: DateTime<Utc>,
    ) -> Result<(), SubmitForAssessmentRefusal> {
        if self.status != EnrollmentStatus::Active {
            return Err(SubmitForAssessmentRefusal::NotActive(self.status));
        }
        self.submitted_at = Some(at);
        self.move_to(EnrollmentStatus::InAssessment);
        Ok(())
    }

    /// The person interrupts the course.
    pub(super) fn pause(&mut self, at: DateTime<Utc>) -> Result<(), PauseRefusal> {
        if !self.status.is_running() {
            return Err(PauseRefusal::NotRunning(self.status));
        }
        self.resumes_as = Some(self.status);
        self.paused_at = Some(at);
        self.status = EnrollmentStatus::Paused;
        self.touch();
        Ok(())
    }

    /// The person goes on where they stood.
    pub(super) fn resume(&mut self) -> Result<(), ResumeRefusal> {
        let stood = self.resumes_as.filter(|_| self.status == EnrollmentStatus::Paused);
        self.move_to(stood.ok_or(ResumeRefusal::NotPaused(self.status))?);
        Ok(())
    }

    /// The person gives up.
    pub(super) fn withdraw(
        &mut self,
        reason: WithdrawalReason,
        at: DateTime<Utc>,
    ) -> Result<(), WithdrawEnrollmentRefusal> {
        if !self.status.is_live() {
            return Err(WithdrawEnrollmentRefusal::Ended(self.status));
        }
        self.withdrawn_for = Some(reason);
        self.ended_at = Some(at);
        self.move_to(EnrollmentStatus::Withdrawn);
        Ok(())
    }

    /// Whether a part of the course was got through.
    pub(super) fn has_reached(&self, kind: MilestoneKind) -> bool {
        self.milestones.iter().any(|part| part.kind == kind && part.reached_at.is_some())
    }

    /// Marks a part of the course as got through, unless it is (L3).
    pub(super) fn mark(&mut self, kind: MilestoneKind, at: DateTime<Utc>) {
        let waiting = self.milestones.iter_mut().filter(|part| part.kind == kind);
        waiting.for_each(|part| {
            part.reached_at.get_or_insert(at);
        });
    }

    pub(super) fn move_to(&mut self, status: EnrollmentStatus) {
        self.status = status;
        (self.resumes_as, self.paused_at) = (None, None);
        self.touch();
    }

    pub(super) fn touch(&mut self) {
        self.version = self.version.saturating_add(1);
    }
}
