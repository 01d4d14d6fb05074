//! What happens to those who learn. Payloads hold ids, days and words of lists; how long somebody learned is not told.

use chrono::NaiveDate;
use serde::Serialize;

use crate::journal::{Event, Subject};
use crate::kernel::{CourseId, EmployeeId, EnrollmentId, FundingRequestId, LearningTimeId, ProgramId};

use super::{MilestoneKind, WithdrawalReason};

/// An event of this capability.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "the fields are the event's words")]
pub enum LearningEvent {
    /// Somebody was enrolled, by themself or by HR.
    Enrolled {
        enrollment: EnrollmentId,
        employee: EmployeeId,
        #[serde(skip_serializing_if = "Option::is_none")]
        course: Option<CourseId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        request: Option<FundingRequestId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        program: Option<ProgramId>,
        starts_on: NaiveDate,
    },
    /// They began to learn.
    Started { enrollment: EnrollmentId, employee: EmployeeId },
    /// They got through a part of the course.
    MilestoneReached { enrollment: EnrollmentId, employee: EmployeeId, milestone: MilestoneKind },
    /// They are ready to be assessed.
    SubmittedForAssessment { enrollment: EnrollmentId, employee: EmployeeId },
    /// They interrupted the course.
    Paused { enrollment: EnrollmentId, employee: EmployeeId },
    /// They went on.
    Resumed { enrollment: EnrollmentId, employee: EmployeeId },
    /// They gave up.
    Withdrawn { enrollment: EnrollmentId, employee: EmployeeId, reason: WithdrawalReason },
    /// They logged time, or corrected it.
    TimeLogged { enrollment: EnrollmentId, employee: EmployeeId, learning_time: LearningTimeId },
}

impl Event for LearningEvent {
    const KINDS: &'static [&'static str] = &[
        "learning.enrolled",
        "learning.enrollment_started",
        "learning.milestone_reached",
        "learning.submitted_for_assessment",
        "learning.enrollment_paused",
        "learning.enrollment_resumed",
        "learning.enrollment_withdrawn",
        "learning.time_logged",
    ];

    fn kind(&self) -> &'static str {
        match self {
            Self::Enrolled { .. } => "learning.enrolled",
            Self::Started { .. } => "learning.enrollment_started",
            Self::MilestoneReached { .. } => "learning.milestone_reached",
            Self::SubmittedForAssessment { .. } => "learning.submitted_for_assessment",
            Self::Paused { .. } => "learning.enrollment_paused",
            Self::Resumed { .. } => "learning.enrollment_resumed",
            Self::Withdrawn { .. } => "learning.enrollment_withdrawn",
            Self::TimeLogged { .. } => "learning.time_logged",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Enrolled { enrollment, .. }
            | Self::Started { enrollment, .. }
            | Self::MilestoneReached { enrollment, .. }
            | Self::SubmittedForAssessment { enrollment, .. }
            | Self::Paused { enrollment, .. }
            | Self::Resumed { enrollment, .. }
            | Self::Withdrawn { enrollment, .. }
            | Self::TimeLogged { enrollment, .. } => Subject::of(*enrollment),
        }
    }
}
