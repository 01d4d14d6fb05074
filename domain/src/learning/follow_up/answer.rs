//! What is answered to a follow-up.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::kernel::{EmployeeId, Refusal, TextError};

use super::{FollowUp, FollowUpStatus};

/// What somebody answered. It never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUpAnswer {
    /// Whether it is applied on the job.
    pub application: Application,
    /// What stands in the way, where it is not.
    pub obstacle: Option<Obstacle>,
    /// A remark.
    pub note: Option<String>,
    /// Who answered.
    pub by: EmployeeId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Whether what was learned is applied on the job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Application {
    /// It is.
    Applied,
    /// Some of it is.
    Partly,
    /// It is not.
    NotApplied,
}

impl Application {
    /// Every answer.
    pub const ALL: [Self; 3] = [Self::Applied, Self::Partly, Self::NotApplied];

    /// The name in the schema and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Applied => "APPLIED",
            Self::Partly => "PARTLY",
            Self::NotApplied => "NOT_APPLIED",
        }
    }

    /// The answer with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|application| application.name() == name)
    }
}

/// What stands in the way of applying something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Obstacle {
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

impl Obstacle {
    /// Every obstacle.
    pub const ALL: [Self; 6] = [
        Self::NoOpportunity,
        Self::NoTime,
        Self::NoSupport,
        Self::NotRelevant,
        Self::MorePractice,
        Self::Other,
    ];

    /// The name in the schema and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoOpportunity => "NO_OPPORTUNITY",
            Self::NoTime => "NO_TIME",
            Self::NoSupport => "NO_SUPPORT",
            Self::NotRelevant => "NOT_RELEVANT",
            Self::MorePractice => "MORE_PRACTICE",
            Self::Other => "OTHER",
        }
    }

    /// The obstacle with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|obstacle| obstacle.name() == name)
    }
}

/// Why a follow-up was not answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message says what each field is")]
pub enum AnswerFollowUpRefusal {
    /// Not yet.
    #[error("the follow-up opens on {opens_on}; today is {today}")]
    NotOpen { opens_on: NaiveDate, today: NaiveDate },
    /// Not any more.
    #[error("the follow-up closed on {closes_on}; today is {today}")]
    Closed { closes_on: NaiveDate, today: NaiveDate },
    /// It was answered otherwise.
    #[error("the follow-up was answered with {} already; an answer does not change", .0.name())]
    Answered(Application),
    /// Nobody learns there any more.
    #[error("the learner has left; nothing is asked about them")]
    LearnerLeft,
    /// No reason for a no.
    #[error("say what stands in the way of applying it")]
    ObstacleNeeded,
    /// A reason against a yes.
    #[error("what is applied has no obstacle; leave it out, or answer PARTLY")]
    ObstacleUnneeded,
    /// The note cannot be taken.
    #[error("the note {0}")]
    InvalidNote(TextError),
}

impl Refusal for AnswerFollowUpRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::NotOpen { .. } | Self::Closed { .. } | Self::Answered(_) | Self::LearnerLeft => {
                &["input", "id"]
            }
            Self::ObstacleNeeded | Self::ObstacleUnneeded => &["input", "obstacle"],
            Self::InvalidNote(_) => &["input", "note"],
        }
    }
}

impl FollowUp {
    /// Takes an answer. Whether it is news: giving the same again changes nothing (L3).
    pub(in crate::learning) fn take(
        &mut self,
        answer: FollowUpAnswer,
        today: NaiveDate,
    ) -> Result<bool, AnswerFollowUpRefusal> {
        if let Some(given) = &self.answer {
            let said = |answer: &FollowUpAnswer| (answer.application, answer.obstacle, answer.note.clone());
            let same = said(given) == said(&answer);
            return if same { Ok(false) } else { Err(AnswerFollowUpRefusal::Answered(given.application)) };
        }
        match self.status(today) {
            FollowUpStatus::Upcoming => {
                return Err(AnswerFollowUpRefusal::NotOpen { opens_on: self.opens_on, today });
            }
            FollowUpStatus::Missed => {
                return Err(AnswerFollowUpRefusal::Closed { closes_on: self.closes_on, today });
            }
            FollowUpStatus::Open | FollowUpStatus::Answered => {}
        }
        match (answer.application, answer.obstacle) {
            (Application::NotApplied, None) => return Err(AnswerFollowUpRefusal::ObstacleNeeded),
            (Application::Applied, Some(_)) => return Err(AnswerFollowUpRefusal::ObstacleUnneeded),
            _ => {}
        }
        self.answer = Some(answer);
        Ok(true)
    }
}
