//! What happens to those who learn. Payloads hold ids, days and words of lists; how long somebody learned is not told.

use chrono::NaiveDate;
use serde::Serialize;

use crate::journal::{Event, Subject};
use crate::kernel::{
    AssessmentId, CourseId, EmployeeId, EnrollmentId, EvidenceId, FollowUpId, FundingRequestId,
    LearningTimeId, ProgramId,
};

use super::{MilestoneKind, Respondent, Verifier, WithdrawalReason};

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
    /// What a course gives back to those who give up was set.
    TermsSet { course: CourseId },
    /// They began to learn.
    Started { enrollment: EnrollmentId, employee: EmployeeId },
    /// They got through a part of the course.
    MilestoneReached {
        enrollment: EnrollmentId,
        employee: EmployeeId,
        milestone: MilestoneKind,
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
    },
    /// They are ready to be assessed.
    SubmittedForAssessment { enrollment: EnrollmentId, employee: EmployeeId },
    /// They interrupted the course.
    Paused { enrollment: EnrollmentId, employee: EmployeeId },
    /// They went on.
    Resumed { enrollment: EnrollmentId, employee: EmployeeId },
    /// They gave up.
    Withdrawn { enrollment: EnrollmentId, employee: EmployeeId, reason: WithdrawalReason },
    /// A result of theirs was recorded. What it was is theirs to know.
    AssessmentRecorded { enrollment: EnrollmentId, employee: EmployeeId, assessment: AssessmentId },
    /// They handed evidence in.
    EvidenceSubmitted { enrollment: EnrollmentId, employee: EmployeeId, evidence: EvidenceId },
    /// Somebody looked at it.
    EvidenceVerified {
        enrollment: EnrollmentId,
        employee: EmployeeId,
        evidence: EvidenceId,
        accepted: bool,
        verifier: Verifier,
    },
    /// They have shown what was to be learned.
    Completed {
        enrollment: EnrollmentId,
        employee: EmployeeId,
        #[serde(skip_serializing_if = "Option::is_none")]
        course: Option<CourseId>,
    },
    /// They have not, for good.
    Failed { enrollment: EnrollmentId, employee: EmployeeId },
    /// Their last day passed.
    Expired {
        enrollment: EnrollmentId,
        employee: EmployeeId,
        #[serde(skip_serializing_if = "Option::is_none")]
        request: Option<FundingRequestId>,
    },
    /// Somebody is asked whether it is applied.
    FollowUpOpened {
        enrollment: EnrollmentId,
        employee: EmployeeId,
        follow_up: FollowUpId,
        assignee: EmployeeId,
        closes_on: NaiveDate,
    },
    /// They are asked once more.
    FollowUpReminded {
        enrollment: EnrollmentId,
        employee: EmployeeId,
        follow_up: FollowUpId,
        assignee: EmployeeId,
        closes_on: NaiveDate,
    },
    /// They answered. What they said is for those who may read it.
    FollowUpAnswered {
        enrollment: EnrollmentId,
        employee: EmployeeId,
        follow_up: FollowUpId,
        respondent: Respondent,
    },
    /// The learner said something of the course.
    FeedbackGiven {
        enrollment: EnrollmentId,
        employee: EmployeeId,
        #[serde(skip_serializing_if = "Option::is_none")]
        course: Option<CourseId>,
    },
    /// They logged time, or corrected it.
    TimeLogged { enrollment: EnrollmentId, employee: EmployeeId, learning_time: LearningTimeId },
}

impl Event for LearningEvent {
    const KINDS: &'static [&'static str] = &[
        "learning.enrolled",
        "learning.course_terms_set",
        "learning.enrollment_started",
        "learning.milestone_reached",
        "learning.submitted_for_assessment",
        "learning.enrollment_paused",
        "learning.enrollment_resumed",
        "learning.enrollment_withdrawn",
        "learning.assessment_recorded",
        "learning.evidence_submitted",
        "learning.evidence_verified",
        "learning.enrollment_completed",
        "learning.enrollment_failed",
        "learning.enrollment_expired",
        "learning.follow_up_opened",
        "learning.follow_up_reminded",
        "learning.follow_up_answered",
        "learning.feedback_given",
        "learning.time_logged",
    ];

    fn kind(&self) -> &'static str {
        match self {
            Self::Enrolled { .. } => "learning.enrolled",
            Self::TermsSet { .. } => "learning.course_terms_set",
            Self::Started { .. } => "learning.enrollment_started",
            Self::MilestoneReached { .. } => "learning.milestone_reached",
            Self::SubmittedForAssessment { .. } => "learning.submitted_for_assessment",
            Self::Paused { .. } => "learning.enrollment_paused",
            Self::Resumed { .. } => "learning.enrollment_resumed",
            Self::Withdrawn { .. } => "learning.enrollment_withdrawn",
            Self::AssessmentRecorded { .. } => "learning.assessment_recorded",
            Self::EvidenceSubmitted { .. } => "learning.evidence_submitted",
            Self::EvidenceVerified { .. } => "learning.evidence_verified",
            Self::Completed { .. } => "learning.enrollment_completed",
            Self::Failed { .. } => "learning.enrollment_failed",
            Self::Expired { .. } => "learning.enrollment_expired",
            Self::FollowUpOpened { .. } => "learning.follow_up_opened",
            Self::FollowUpReminded { .. } => "learning.follow_up_reminded",
            Self::FollowUpAnswered { .. } => "learning.follow_up_answered",
            Self::FeedbackGiven { .. } => "learning.feedback_given",
            Self::TimeLogged { .. } => "learning.time_logged",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::TermsSet { course } => Subject::of(*course),
            Self::Enrolled { enrollment, .. }
            | Self::Started { enrollment, .. }
            | Self::MilestoneReached { enrollment, .. }
            | Self::SubmittedForAssessment { enrollment, .. }
            | Self::Paused { enrollment, .. }
            | Self::Resumed { enrollment, .. }
            | Self::Withdrawn { enrollment, .. }
            | Self::AssessmentRecorded { enrollment, .. }
            | Self::EvidenceSubmitted { enrollment, .. }
            | Self::EvidenceVerified { enrollment, .. }
            | Self::Completed { enrollment, .. }
            | Self::Failed { enrollment, .. }
            | Self::Expired { enrollment, .. }
            | Self::FollowUpOpened { enrollment, .. }
            | Self::FollowUpReminded { enrollment, .. }
            | Self::FollowUpAnswered { enrollment, .. }
            | Self::FeedbackGiven { enrollment, .. }
            | Self::TimeLogged { enrollment, .. } => Subject::of(*enrollment),
        }
    }
}
