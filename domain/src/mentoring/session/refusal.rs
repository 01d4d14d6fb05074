//! Why a session was not recorded, or nothing was made of it.

use chrono::{DateTime, Utc};

use crate::journal::Reused;
use crate::kernel::{MentoringGoalId, MentoringSessionId, Refusal, SkillId, TextError};
use crate::mentoring::PairingStatus;
use crate::skills::StateSkillRefusal;

use super::{LONGEST, MOST_NAMED};

/// Why a session was not recorded, or not corrected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message says what each field is")]
pub enum SessionRefusal {
    /// The mentoring is not agreed, or interrupted.
    #[error("the pairing is {}; sessions belong to what both agreed to and what is not PAUSED", .0.name())]
    NotRunning(PairingStatus),
    /// No time at all, or more than a working day.
    #[error("a session takes 1 to {LONGEST} minutes, not {0}")]
    WrongLength(i32),
    /// It has not happened.
    #[error("{starts_at} is still to come; sessions are recorded once they have happened (now: {now})")]
    InFuture { starts_at: DateTime<Utc>, now: DateTime<Utc> },
    /// They had not agreed.
    #[error("{starts_at} is before {agreed_at}, when the two had agreed")]
    BeforeAgreed { starts_at: DateTime<Utc>, agreed_at: DateTime<Utc> },
    /// It was over.
    #[error("{starts_at} is after {ended_at}, when the pairing ended")]
    AfterEnd { starts_at: DateTime<Utc>, ended_at: DateTime<Utc> },
    /// They met at that time already.
    #[error("the two met at that time already: {0}")]
    Overlaps(MentoringSessionId),
    /// A lot of topics.
    #[error("a session has at most {MOST_NAMED} topics; {0} are given")]
    TooManyTopics(usize),
    /// A topic cannot be taken.
    #[error("a topic {0}")]
    InvalidTopic(TextError),
    /// A lot of goals.
    #[error("a session works on at most {MOST_NAMED} goals; {0} are given")]
    TooManyGoals(usize),
    /// No such goal of the pairing.
    #[error("{0} is no goal of the pairing")]
    UnknownGoal(MentoringGoalId),
    /// There are a lot already.
    #[error("the pairing has {0} sessions, which is the most")]
    TooMany(usize),
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for SessionRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::NotRunning(_) | Self::TooMany(_) => &["input"],
            Self::WrongLength(_) => &["input", "minutes"],
            Self::InFuture { .. } | Self::BeforeAgreed { .. } | Self::AfterEnd { .. } | Self::Overlaps(_) => {
                &["input", "startsAt"]
            }
            Self::TooManyTopics(_) | Self::InvalidTopic(_) => &["input", "topics"],
            Self::TooManyGoals(_) | Self::UnknownGoal(_) => &["input", "goalIds"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// Why a note was not added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message says what each field is")]
pub enum NoteRefusal {
    /// The text cannot be taken.
    #[error("the note {0}")]
    InvalidText(TextError),
    /// There are a lot already.
    #[error("the session has {most} notes, which is the most")]
    TooMany { most: u64 },
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for NoteRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::InvalidText(_) => &["input", "text"],
            Self::TooMany { .. } => &["input", "sessionId"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// Why an observed skill did not become evidence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ObserveSkillRefusal {
    /// Nobody could see anything.
    #[error("not both came to the session; what is observed belongs to one to which both came")]
    NotHeld,
    /// No such skill.
    #[error("there is no skill {0}")]
    UnknownSkill(SkillId),
    /// The note cannot be taken.
    #[error("the note {0}")]
    InvalidNote(TextError),
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl From<StateSkillRefusal> for ObserveSkillRefusal {
    fn from(refusal: StateSkillRefusal) -> Self {
        match refusal {
            StateSkillRefusal::UnknownSkill(skill) => Self::UnknownSkill(skill),
            StateSkillRefusal::InvalidNote(error) => Self::InvalidNote(error),
            StateSkillRefusal::KeyReused(reused) => Self::KeyReused(reused),
            // A session has happened and a level is given, so there is nothing else to refuse.
            StateSkillRefusal::InFuture { .. }
            | StateSkillRefusal::EndsBeforeStart { .. }
            | StateSkillRefusal::NothingToEnd(_)
            | StateSkillRefusal::EndWithEnd => Self::NotHeld,
        }
    }
}

impl Refusal for ObserveSkillRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::NotHeld => &["input", "sessionId"],
            Self::UnknownSkill(_) => &["input", "skillId"],
            Self::InvalidNote(_) => &["input", "note"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}
