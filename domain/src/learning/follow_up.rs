//! Follow-ups: whether what somebody has learned is applied on the job, asked 30, 60 and 90 days after they completed.

mod answer;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::kernel::{EmployeeId, EnrollmentId, Fault, FollowUpId};

pub use answer::{AnswerFollowUpRefusal, Application, FollowUpAnswer, Obstacle};

/// A form that somebody is asked to fill in about what was learned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUp {
    /// Its id.
    pub id: FollowUpId,
    /// About which enrollment.
    pub enrollment: EnrollmentId,
    /// Who learned.
    pub employee: EmployeeId,
    /// Who is asked.
    pub respondent: Respondent,
    /// The mentor, where they are the one who is asked.
    pub mentor: Option<EmployeeId>,
    /// How many days after the completion.
    pub after_days: i32,
    /// The first day on which it can be answered.
    pub opens_on: NaiveDate,
    /// The last one.
    pub closes_on: NaiveDate,
    /// What was answered, once it was.
    pub answer: Option<FollowUpAnswer>,
    /// When it was told that it is open.
    pub told_at: Option<DateTime<Utc>>,
    /// When it was told that it closes soon.
    pub reminded_at: Option<DateTime<Utc>>,
}

/// Who is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Respondent {
    /// Who learned.
    Learner,
    /// Whoever they report to on the day of the answer.
    Manager,
    /// Who mentored them in this enrollment when they completed it.
    Mentor,
}

impl Respondent {
    /// Every respondent.
    pub const ALL: [Self; 3] = [Self::Learner, Self::Manager, Self::Mentor];

    /// The name in the schema and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Learner => "LEARNER",
            Self::Manager => "MANAGER",
            Self::Mentor => "MENTOR",
        }
    }

    /// The respondent with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|respondent| respondent.name() == name)
    }
}

/// How far a follow-up is on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FollowUpStatus {
    /// Its first day is still to come.
    Upcoming,
    /// It can be answered.
    Open,
    /// It was answered.
    Answered,
    /// Its last day passed without an answer.
    Missed,
}

/// What is to be told of a follow-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notice {
    /// That it is open.
    Opened,
    /// That it closes soon.
    ClosesSoon,
}

/// What telling an employer's people of their follow-ups did.
#[derive(Debug, Default)]
pub struct ToldFollowUps {
    /// Follow-ups of which it was told that they are open.
    pub opened: u64,
    /// Follow-ups of which it was told that they close soon.
    pub reminded: u64,
    /// Follow-ups that could not be looked at, with what stood in the way.
    pub failed: Vec<(FollowUpId, Fault)>,
}

/// After how many days it is asked.
const ASKED_AFTER: [i32; 3] = [30, 60, 90];

/// For how many days a form is open: until the next one takes its place.
const OPEN_DAYS: u64 = 30;

impl FollowUp {
    /// For how many days after a completion there are forms that can be answered.
    pub(crate) fn asked_for_days() -> u64 {
        let last = ASKED_AFTER.into_iter().max().unwrap_or(0);
        u64::from(last.unsigned_abs()).saturating_add(OPEN_DAYS)
    }
}

/// How many days before its last one a form is told of again.
const NOTICE_DAYS: u64 = 7;

/// The day by which forms that close on it or before close soon.
pub(super) fn closing_soon(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(Days::new(NOTICE_DAYS)).unwrap_or(NaiveDate::MAX)
}

/// Who stands beside whoever learned.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beside {
    /// Whether they report to somebody.
    pub manager: bool,
    /// Who mentors them.
    pub mentor: Option<EmployeeId>,
}

/// The forms about an enrollment that was completed on a day: for whoever learned, and for their manager and their mentor
/// if they have one.
pub(super) fn scheduled(
    (enrollment, employee): (EnrollmentId, EmployeeId),
    (completed_on, beside): (NaiveDate, Beside),
    mut next_id: impl FnMut() -> FollowUpId,
) -> Vec<FollowUp> {
    let after = |days: u64| completed_on.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX);
    let asked = ASKED_AFTER.into_iter().flat_map(|days| Respondent::ALL.map(|respondent| (days, respondent)));
    let asked = asked.filter(|(_, respondent)| match respondent {
        Respondent::Learner => true,
        Respondent::Manager => beside.manager,
        Respondent::Mentor => beside.mentor.is_some(),
    });
    let form = |(after_days, respondent): (i32, Respondent)| {
        let opens = u64::from(after_days.unsigned_abs());
        FollowUp {
            id: next_id(),
            enrollment,
            employee,
            respondent,
            mentor: beside.mentor.filter(|_| respondent == Respondent::Mentor),
            after_days,
            opens_on: after(opens),
            closes_on: after(opens.saturating_add(OPEN_DAYS).saturating_sub(1)),
            answer: None,
            told_at: None,
            reminded_at: None,
        }
    };
    asked.map(form).collect()
}

impl FollowUp {
    /// How far it is on a day.
    pub fn status(&self, today: NaiveDate) -> FollowUpStatus {
        if self.answer.is_some() {
            FollowUpStatus::Answered
        } else if today < self.opens_on {
            FollowUpStatus::Upcoming
        } else if today > self.closes_on {
            FollowUpStatus::Missed
        } else {
            FollowUpStatus::Open
        }
    }

    /// What is to be told of it on a day, if anything; each is told once.
    pub(super) fn notice(&self, today: NaiveDate) -> Option<Notice> {
        if self.status(today) != FollowUpStatus::Open {
            return None;
        }
        let soon = self.closes_on <= closing_soon(today);
        match (self.told_at, self.reminded_at) {
            (None, _) => Some(Notice::Opened),
            (Some(_), None) if soon => Some(Notice::ClosesSoon),
            _ => None,
        }
    }

    /// Remembers that it was told.
    pub(super) fn tell(&mut self, notice: Notice, at: DateTime<Utc>) {
        match notice {
            Notice::Opened => self.told_at = Some(at),
            Notice::ClosesSoon => self.reminded_at = Some(at),
        }
    }
}
