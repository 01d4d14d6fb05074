//! Inputs of follow-ups and course feedback.

use async_graphql::{Enum, InputObject};
use upskill_domain::kernel::{EnrollmentId, FollowUpId};
use upskill_domain::learning as domain;

use crate::graphql::id::Id;

/// Who is asked in a follow-up.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::Respondent")]
pub(crate) enum FollowUpRespondent {
    /// Who learned.
    Learner,
    /// Whoever they report to on the day of the answer.
    Manager,
    /// Who mentored them in this enrollment when they completed it.
    Mentor,
}

/// How far a follow-up is today.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::FollowUpStatus")]
pub(crate) enum FollowUpStatus {
    /// Its first day is still to come.
    Upcoming,
    /// It can be answered.
    Open,
    /// It was answered.
    Answered,
    /// Its last day passed without an answer.
    Missed,
}

/// Whether what was learned is applied on the job.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::Application")]
pub(crate) enum JobApplication {
    /// It is.
    Applied,
    /// Some of it is.
    Partly,
    /// It is not.
    NotApplied,
}

/// What stands in the way of applying something on the job.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::Obstacle")]
pub(crate) enum ApplicationObstacle {
    /// The work had no use for it yet.
    NoOpportunity,
    /// There is no time for it.
    NoTime,
    /// Manager, team or tools do not support it.
    NoSupport,
    /// It does not fit the job.
    NotRelevant,
    /// It takes more practice first.
    MorePractice,
    /// Something else.
    Other,
}

/// What somebody answers to a follow-up.
#[derive(InputObject)]
pub(crate) struct AnswerFollowUpInput {
    /// Which one.
    id: Id<FollowUpId>,
    /// Whether it is applied on the job.
    application: JobApplication,
    /// What stands in the way: needed for `NOT_APPLIED`, possible for PARTLY, left out for APPLIED.
    obstacle: Option<ApplicationObstacle>,
    /// A remark: at most 4000 characters.
    note: Option<String>,
}

impl From<AnswerFollowUpInput> for domain::AnswerFollowUp {
    fn from(input: AnswerFollowUpInput) -> Self {
        Self {
            id: input.id.0,
            application: input.application.into(),
            obstacle: input.obstacle.map(Into::into),
            note: input.note,
        }
    }
}

/// What somebody says of a course that they take or took.
#[derive(InputObject)]
pub(crate) struct GiveCourseFeedbackInput {
    /// In which enrollment.
    id: Id<EnrollmentId>,
    /// How good it is, from 1 (poor) to 5 (very good).
    rating: i32,
    /// Whether they recommend it to colleagues.
    recommended: bool,
    /// A remark: at most 4000 characters.
    comment: Option<String>,
}

impl From<GiveCourseFeedbackInput> for domain::GiveCourseFeedback {
    fn from(input: GiveCourseFeedbackInput) -> Self {
        Self { id: input.id.0, rating: input.rating, recommended: input.recommended, comment: input.comment }
    }
}
