//! Inputs of goals, sessions and notes.

use async_graphql::{InputObject, MaybeUndefined};
use upskill_domain::kernel::{MentoringGoalId, MentoringSessionId, PairingId, SkillId};
use upskill_domain::mentoring as domain;

use super::{MentoringGoalStatus, SessionAttendance};
use crate::graphql::error::ApiError;
use crate::graphql::id::Id;
use crate::graphql::key::key;
use crate::graphql::scalars::{Date, DateTime, Url};
use crate::graphql::skills::level;

/// A session to record.
#[derive(InputObject)]
pub(crate) struct RecordMentoringSessionInput {
    /// In which pairing.
    pairing_id: Id<PairingId>,
    /// When it began, or was to begin; not to come, and while the pairing ran.
    starts_at: DateTime,
    /// How long it took, or was to take, in minutes: 1 to 480.
    minutes: i32,
    /// Who came.
    #[graphql(default_with = "SessionAttendance::Both")]
    attendance: SessionAttendance,
    /// What it was about, at most 20 lines of 200 characters.
    #[graphql(default)]
    topics: Vec<String>,
    /// The goals of the pairing that they worked on, at most 20.
    #[graphql(default)]
    goal_ids: Vec<Id<MentoringGoalId>>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<RecordMentoringSessionInput> for domain::RecordMentoringSession {
    type Error = ApiError;
    fn try_from(input: RecordMentoringSessionInput) -> Result<Self, ApiError> {
        let told = domain::ToldSession {
            starts_at: input.starts_at.0,
            minutes: input.minutes,
            attendance: input.attendance.into(),
            topics: input.topics,
            goals: plain(input.goal_ids),
        };
        Ok(Self { key: key(input.idempotency_key)?, pairing: input.pairing_id.0, told })
    }
}

/// A session of which something else was recorded than what happened. Everything is said anew.
#[derive(InputObject)]
pub(crate) struct CorrectMentoringSessionInput {
    /// Which one.
    id: Id<MentoringSessionId>,
    /// The `version` that was read; CONFLICT when somebody else has corrected the session since.
    expected_version: i32,
    /// When it began, or was to begin; not to come, and while the pairing ran.
    starts_at: DateTime,
    /// How long it took, or was to take, in minutes: 1 to 480.
    minutes: i32,
    /// Who came.
    attendance: SessionAttendance,
    /// What it was about, at most 20 lines of 200 characters.
    #[graphql(default)]
    topics: Vec<String>,
    /// The goals of the pairing that they worked on, at most 20.
    #[graphql(default)]
    goal_ids: Vec<Id<MentoringGoalId>>,
}

impl From<CorrectMentoringSessionInput> for domain::CorrectMentoringSession {
    fn from(input: CorrectMentoringSessionInput) -> Self {
        let told = domain::ToldSession {
            starts_at: input.starts_at.0,
            minutes: input.minutes,
            attendance: input.attendance.into(),
            topics: input.topics,
            goals: plain(input.goal_ids),
        };
        Self { id: input.id.0, expected_version: input.expected_version, told }
    }
}

fn plain(ids: Vec<Id<MentoringGoalId>>) -> Vec<MentoringGoalId> {
    ids.into_iter().map(|id| id.0).collect()
}

/// A note to add to a session.
#[derive(InputObject)]
pub(crate) struct AddMentoringNoteInput {
    /// To which session.
    session_id: Id<MentoringSessionId>,
    /// What: at most 4000 characters.
    text: String,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<AddMentoringNoteInput> for domain::AddMentoringNote {
    type Error = ApiError;
    fn try_from(input: AddMentoringNoteInput) -> Result<Self, ApiError> {
        Ok(Self { key: key(input.idempotency_key)?, session: input.session_id.0, text: input.text })
    }
}

/// A skill that the mentor has seen the mentee apply.
#[derive(InputObject)]
pub(crate) struct ObserveSkillInput {
    /// The session in which they spoke about it, to which both came.
    session_id: Id<MentoringSessionId>,
    /// Which skill.
    skill_id: Id<SkillId>,
    /// How well they apply it, from 1 (novice) to 5 (expert).
    level: i32,
    /// A remark: at most 4000 characters.
    note: Option<String>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<ObserveSkillInput> for domain::ObserveSkill {
    type Error = ApiError;
    fn try_from(input: ObserveSkillInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            session: input.session_id.0,
            skill: input.skill_id.0,
            level: level("input.level", input.level)?,
            note: input.note,
        })
    }
}

/// A goal to set.
#[derive(InputObject)]
pub(crate) struct SetMentoringGoalInput {
    /// In which pairing.
    pairing_id: Id<PairingId>,
    /// What is to be reached: at most 1000 characters.
    text: String,
    /// By when; no day when not given.
    target_on: Option<Date>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<SetMentoringGoalInput> for domain::SetMentoringGoal {
    type Error = ApiError;
    fn try_from(input: SetMentoringGoalInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            pairing: input.pairing_id.0,
            text: input.text,
            target_on: input.target_on.map(|day| day.0),
        })
    }
}

/// A goal to change. What is left out stays as it is.
#[derive(InputObject)]
pub(crate) struct ChangeMentoringGoalInput {
    /// Which one; it is OPEN.
    id: Id<MentoringGoalId>,
    /// The `version` that was read; CONFLICT when somebody else has changed the goal since.
    expected_version: i32,
    /// What is to be reached: at most 1000 characters.
    text: Option<String>,
    /// By when; null for no day.
    target_on: MaybeUndefined<Date>,
}

impl From<ChangeMentoringGoalInput> for domain::ChangeMentoringGoal {
    fn from(input: ChangeMentoringGoalInput) -> Self {
        let target_on: Option<Option<Date>> = input.target_on.into();
        Self {
            id: input.id.0,
            expected_version: input.expected_version,
            text: input.text,
            target_on: target_on.map(|day| day.map(|day| day.0)),
        }
    }
}

/// A goal that was reached or given up.
#[derive(InputObject)]
pub(crate) struct CloseMentoringGoalInput {
    /// Which one.
    id: Id<MentoringGoalId>,
    /// DONE or DROPPED.
    status: MentoringGoalStatus,
    /// Where it shows that it was reached; left out for DROPPED.
    evidence: Option<Url>,
}

impl From<CloseMentoringGoalInput> for domain::CloseMentoringGoal {
    fn from(input: CloseMentoringGoalInput) -> Self {
        Self { id: input.id.0, status: input.status.into(), evidence: input.evidence.map(|url| url.0) }
    }
}
