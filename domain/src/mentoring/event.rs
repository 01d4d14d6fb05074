//! What happens in mentoring.

use serde::Serialize;

use crate::journal::{Event, Subject};
use crate::kernel::{
    EmployeeId, EnrollmentId, MentorId, MentoringGoalId, MentoringSessionId, PairingId, SkillId,
    SkillRecordId,
};

use super::{DeclineReason, EndReason, GoalStatus, Pairing, Side};

/// What happens in mentoring. The two of a pair are named, so that whoever follows them hears of it; words are not.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all_fields = "camelCase", untagged)]
#[expect(missing_docs, reason = "the fields are ids by name")]
pub enum MentoringEvent {
    /// Somebody became a mentor.
    BecameMentor { mentor: MentorId, employee: EmployeeId },
    /// A mentor's profile changed.
    MentorChanged { mentor: MentorId, employee: EmployeeId },
    /// Somebody is to mentor somebody.
    Proposed {
        #[serde(flatten)]
        pair: Pair,
        #[serde(skip_serializing_if = "Option::is_none")]
        enrollment: Option<EnrollmentId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        replaces: Option<PairingId>,
    },
    /// One of the two agreed.
    Agreed {
        #[serde(flatten)]
        pair: Pair,
        side: Side,
    },
    /// Both have agreed.
    Accepted {
        #[serde(flatten)]
        pair: Pair,
    },
    /// Somebody said no.
    Declined {
        #[serde(flatten)]
        pair: Pair,
        reason: DeclineReason,
    },
    /// Nobody accepted it in time.
    Expired {
        #[serde(flatten)]
        pair: Pair,
    },
    /// Another one was accepted.
    Superseded {
        #[serde(flatten)]
        pair: Pair,
        by: PairingId,
    },
    /// It was interrupted.
    Paused {
        #[serde(flatten)]
        pair: Pair,
    },
    /// It went on.
    Resumed {
        #[serde(flatten)]
        pair: Pair,
    },
    /// It has done what it was for.
    Completed {
        #[serde(flatten)]
        pair: Pair,
    },
    /// It ended before that.
    Ended {
        #[serde(flatten)]
        pair: Pair,
        reason: EndReason,
    },
    /// They have met, or were to.
    SessionRecorded {
        #[serde(flatten)]
        pair: Pair,
        session: MentoringSessionId,
    },
    /// What was recorded of it was not right.
    SessionCorrected {
        #[serde(flatten)]
        pair: Pair,
        session: MentoringSessionId,
    },
    /// One of the two wrote something down.
    NoteAdded {
        #[serde(flatten)]
        pair: Pair,
        session: MentoringSessionId,
    },
    /// The mentor has seen the mentee apply a skill.
    SkillObserved {
        #[serde(flatten)]
        pair: Pair,
        session: MentoringSessionId,
        skill: SkillId,
        skill_record: SkillRecordId,
    },
    /// There is something to reach.
    GoalSet {
        #[serde(flatten)]
        pair: Pair,
        goal: MentoringGoalId,
    },
    /// It is said in other words, or for another day.
    GoalChanged {
        #[serde(flatten)]
        pair: Pair,
        goal: MentoringGoalId,
    },
    /// It was reached, or given up.
    GoalClosed {
        #[serde(flatten)]
        pair: Pair,
        goal: MentoringGoalId,
        status: GoalStatus,
    },
    /// One of the two said something of the pairing.
    FeedbackGiven {
        #[serde(flatten)]
        pair: Pair,
        side: Side,
    },
}

/// Whom it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Pair {
    /// The pairing.
    pub pairing: PairingId,
    /// Who mentors.
    pub mentored_by: EmployeeId,
    /// Who is mentored.
    pub mentee: EmployeeId,
}

impl Pairing {
    /// Whom it is about.
    pub(super) fn pair(&self) -> Pair {
        Pair { pairing: self.id, mentored_by: self.mentored_by, mentee: self.mentee }
    }
}

impl Event for MentoringEvent {
    const KINDS: &'static [&'static str] = &[
        "mentoring.became_mentor",
        "mentoring.mentor_changed",
        "mentoring.pairing_proposed",
        "mentoring.pairing_agreed",
        "mentoring.pairing_accepted",
        "mentoring.pairing_declined",
        "mentoring.pairing_expired",
        "mentoring.pairing_superseded",
        "mentoring.pairing_paused",
        "mentoring.pairing_resumed",
        "mentoring.pairing_completed",
        "mentoring.pairing_ended",
        "mentoring.session_recorded",
        "mentoring.session_corrected",
        "mentoring.note_added",
        "mentoring.skill_observed",
        "mentoring.goal_set",
        "mentoring.goal_changed",
        "mentoring.goal_closed",
        "mentoring.feedback_given",
    ];

    fn kind(&self) -> &'static str {
        match self {
            Self::BecameMentor { .. } => "mentoring.became_mentor",
            Self::MentorChanged { .. } => "mentoring.mentor_changed",
            Self::Proposed { .. } => "mentoring.pairing_proposed",
            Self::Agreed { .. } => "mentoring.pairing_agreed",
            Self::Accepted { .. } => "mentoring.pairing_accepted",
            Self::Declined { .. } => "mentoring.pairing_declined",
            Self::Expired { .. } => "mentoring.pairing_expired",
            Self::Superseded { .. } => "mentoring.pairing_superseded",
            Self::Paused { .. } => "mentoring.pairing_paused",
            Self::Resumed { .. } => "mentoring.pairing_resumed",
            Self::Completed { .. } => "mentoring.pairing_completed",
            Self::Ended { .. } => "mentoring.pairing_ended",
            Self::SessionRecorded { .. } => "mentoring.session_recorded",
            Self::SessionCorrected { .. } => "mentoring.session_corrected",
            Self::NoteAdded { .. } => "mentoring.note_added",
            Self::SkillObserved { .. } => "mentoring.skill_observed",
            Self::GoalSet { .. } => "mentoring.goal_set",
            Self::GoalChanged { .. } => "mentoring.goal_changed",
            Self::GoalClosed { .. } => "mentoring.goal_closed",
            Self::FeedbackGiven { .. } => "mentoring.feedback_given",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::BecameMentor { mentor, .. } | Self::MentorChanged { mentor, .. } => Subject::of(*mentor),
            Self::Proposed { pair, .. }
            | Self::Agreed { pair, .. }
            | Self::Accepted { pair }
            | Self::Declined { pair, .. }
            | Self::Expired { pair }
            | Self::Superseded { pair, .. }
            | Self::Paused { pair }
            | Self::Resumed { pair }
            | Self::Completed { pair }
            | Self::Ended { pair, .. }
            | Self::SessionRecorded { pair, .. }
            | Self::SessionCorrected { pair, .. }
            | Self::NoteAdded { pair, .. }
            | Self::SkillObserved { pair, .. }
            | Self::GoalSet { pair, .. }
            | Self::GoalChanged { pair, .. }
            | Self::GoalClosed { pair, .. }
            | Self::FeedbackGiven { pair, .. } => Subject::of(pair.pairing),
        }
    }
}
