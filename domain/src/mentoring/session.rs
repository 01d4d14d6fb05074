//! Sessions: a mentor and a mentee meet.

mod refusal;
#[cfg(test)]
mod tests;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::kernel::{
    EmployeeId, MentoringGoalId, MentoringNoteId, MentoringSessionId, PairingId, SkillId, SkillRecordId,
    Text, words,
};
use crate::skills::SkillLevel;

use super::{Pairing, PairingStatus};

pub use refusal::{NoteRefusal, ObserveSkillRefusal, SessionRefusal};

/// One meeting of a mentor and a mentee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MentoringSession {
    /// Its id.
    pub id: MentoringSessionId,
    /// In which pairing.
    pub pairing: PairingId,
    /// When it began, or was to begin.
    pub starts_at: DateTime<Utc>,
    /// How long it took, or was to take: 1 to 480.
    pub minutes: i32,
    /// Who came.
    pub attendance: Attendance,
    /// What it was about, in a line each.
    pub topics: Vec<String>,
    /// The goals that they worked on.
    pub goals: Vec<MentoringGoalId>,
    /// Who recorded it; none for the installation itself.
    pub recorded_by: Option<EmployeeId>,
    /// When.
    pub recorded_at: DateTime<Utc>,
    /// Counts changes, to notice concurrent ones.
    pub version: i32,
}

/// A skill that a mentor has seen the mentee apply (M6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ObservedSkill {
    /// The record that it became.
    pub record: SkillRecordId,
    /// Which skill.
    pub skill: SkillId,
    /// How well.
    pub level: SkillLevel,
}

words! {
    /// Who came to a session.
    Attendance {
        /// Both.
        Both "BOTH",
        /// The mentor waited for the mentee.
        MenteeAbsent "MENTEE_ABSENT",
        /// The mentee waited for the mentor.
        MentorAbsent "MENTOR_ABSENT",
    }
}

/// What one of a pair wrote about a session. It is for the two of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MentoringNote {
    /// Its id.
    pub id: MentoringNoteId,
    /// In which pairing.
    pub pairing: PairingId,
    /// About which session.
    pub session: MentoringSessionId,
    /// Who wrote it.
    pub by: EmployeeId,
    /// What.
    pub text: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// What somebody says of a session, before it is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ToldSession {
    /// When it began, or was to begin.
    pub starts_at: DateTime<Utc>,
    /// How long it took, or was to take.
    pub minutes: i32,
    /// Who came.
    pub attendance: Attendance,
    /// What it was about.
    pub topics: Vec<String>,
    /// The goals that they worked on.
    pub goals: Vec<MentoringGoalId>,
}

/// The longest session, in minutes.
pub(super) const LONGEST: i32 = 480;

/// Sessions that one pairing may have.
pub(super) const MOST_SESSIONS: usize = 1_000;

/// Notes that one session may have.
pub(super) const MOST_NOTES: u64 = 50;

/// The most topics, and the most goals, of a session.
const MOST_NAMED: usize = 20;

impl ToldSession {
    /// The same, if it makes sense in a pairing now. `known` are its goals.
    pub(super) fn checked(
        mut self,
        pairing: &Pairing,
        known: &[MentoringGoalId],
        now: DateTime<Utc>,
    ) -> Result<Self, SessionRefusal> {
        if !(1..=LONGEST).contains(&self.minutes) {
            return Err(SessionRefusal::WrongLength(self.minutes));
        }
        if self.starts_at > now {
            return Err(SessionRefusal::InFuture { starts_at: self.starts_at, now });
        }
        check_time(pairing, self.starts_at)?;
        if self.topics.len() > MOST_NAMED {
            return Err(SessionRefusal::TooManyTopics(self.topics.len()));
        }
        let line = |topic: &String| Text::line(topic, Text::NAME).map(Text::into_string);
        self.topics =
            self.topics.iter().map(line).collect::<Result<_, _>>().map_err(SessionRefusal::InvalidTopic)?;
        self.goals.sort();
        self.goals.dedup();
        if self.goals.len() > MOST_NAMED {
            return Err(SessionRefusal::TooManyGoals(self.goals.len()));
        }
        match self.goals.iter().find(|goal| !known.contains(goal)) {
            Some(unknown) => Err(SessionRefusal::UnknownGoal(*unknown)),
            None => Ok(self),
        }
    }

    /// The instants between which it took place.
    pub(super) fn span(&self) -> (DateTime<Utc>, DateTime<Utc>) {
        (self.starts_at, ends_at(self.starts_at, self.minutes))
    }
}

/// Whether the pairing was agreed and not over when a session began. What happened may be told later.
fn check_time(pairing: &Pairing, starts_at: DateTime<Utc>) -> Result<(), SessionRefusal> {
    use PairingStatus::{Accepted, Active, Completed, Ended};
    if !matches!(pairing.status, Accepted | Active | Completed | Ended) {
        return Err(SessionRefusal::NotRunning(pairing.status));
    }
    let Some(agreed_at) = pairing.agreed_at() else { return Err(SessionRefusal::NotRunning(pairing.status)) };
    if starts_at < agreed_at {
        return Err(SessionRefusal::BeforeAgreed { starts_at, agreed_at });
    }
    match pairing.ended_at.filter(|ended_at| starts_at > *ended_at) {
        Some(ended_at) => Err(SessionRefusal::AfterEnd { starts_at, ended_at }),
        None => Ok(()),
    }
}

fn ends_at(starts_at: DateTime<Utc>, minutes: i32) -> DateTime<Utc> {
    starts_at.checked_add_signed(TimeDelta::minutes(minutes.into())).unwrap_or(starts_at)
}

impl Pairing {
    /// When both had agreed.
    pub fn agreed_at(&self) -> Option<DateTime<Utc>> {
        self.mentor_agreed_at
            .max(self.mentee_agreed_at)
            .filter(|_| self.mentor_agreed_at.is_some() && self.mentee_agreed_at.is_some())
    }

    /// Counts sessions anew, out of what there is of them; the first makes the pairing ACTIVE. Whether that is news.
    pub(super) fn count(&mut self, sessions: &[MentoringSession]) -> bool {
        let held = || sessions.iter().filter(|session| session.attendance == Attendance::Both);
        let before = self.clone();
        self.sessions = i32::try_from(held().count()).unwrap_or(i32::MAX);
        self.minutes = held().fold(0, |sum, session| sum.saturating_add(session.minutes));
        self.last_session_at = held().map(|session| session.starts_at).max();
        self.started_at = held().map(|session| session.starts_at).min();
        if self.status == PairingStatus::Accepted && self.started_at.is_some() {
            self.status = PairingStatus::Active;
        }
        *self != before
    }
}

impl MentoringSession {
    /// A session as somebody tells of it.
    pub(super) fn recorded(
        (id, pairing): (MentoringSessionId, PairingId),
        told: ToldSession,
        (recorded_by, recorded_at): (Option<EmployeeId>, DateTime<Utc>),
    ) -> Self {
        let ToldSession { starts_at, minutes, attendance, topics, goals } = told;
        Self {
            id,
            pairing,
            starts_at,
            minutes,
            attendance,
            topics,
            goals,
            recorded_by,
            recorded_at,
            version: 1,
        }
    }

    /// The same session as somebody tells of it anew. Whether that is news.
    pub(super) fn correct(&mut self, told: ToldSession) -> bool {
        let ToldSession { starts_at, minutes, attendance, topics, goals } = told;
        let corrected = Self { starts_at, minutes, attendance, topics, goals, ..self.clone() };
        let changed = corrected != *self;
        *self = Self { version: self.version.saturating_add(i32::from(changed)), ..corrected };
        changed
    }

    /// Whether it took place at the same time as another one.
    pub(super) fn overlaps(&self, (from, to): (DateTime<Utc>, DateTime<Utc>)) -> bool {
        self.starts_at < to && from < ends_at(self.starts_at, self.minutes)
    }
}
