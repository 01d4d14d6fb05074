//! Goals: what a mentee wants to reach with their mentor.

use chrono::{DateTime, NaiveDate, Utc};

use crate::journal::Reused;
use crate::kernel::{EmployeeId, MentoringGoalId, PairingId, Refusal, Text, TextError, WebAddress, words};

use super::{Pairing, PairingStatus};

/// What a mentee wants to reach with their mentor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MentoringGoal {
    /// Its id.
    pub id: MentoringGoalId,
    /// In which pairing.
    pub pairing: PairingId,
    /// What is to be reached.
    pub text: String,
    /// By when.
    pub target_on: Option<NaiveDate>,
    /// How far it is.
    pub status: GoalStatus,
    /// Where it shows that it was reached.
    pub evidence: Option<WebAddress>,
    /// Who set it; none for the installation itself.
    pub set_by: Option<EmployeeId>,
    /// When.
    pub set_at: DateTime<Utc>,
    /// When it was reached or given up.
    pub closed_at: Option<DateTime<Utc>>,
    /// Counts changes, to notice concurrent ones.
    pub version: i32,
}

words! {
    /// How far a goal is.
    GoalStatus {
        /// To be reached.
        Open "OPEN",
        /// Reached.
        Done "DONE",
        /// Given up.
        Dropped "DROPPED",
    }
}

/// Why a goal was not set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetGoalRefusal {
    /// The mentoring is not agreed, or over.
    #[error("the pairing is {}; goals are set while it is ACCEPTED, ACTIVE or PAUSED", .0.name())]
    NotRunning(PairingStatus),
    /// There are a lot already.
    #[error("the pairing has {MOST} goals, which is the most")]
    TooMany,
    /// The text cannot be taken.
    #[error("the goal {0}")]
    InvalidText(TextError),
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for SetGoalRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::NotRunning(_) | Self::TooMany => &["input", "pairingId"],
            Self::InvalidText(_) => &["input", "text"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// Why a goal was not changed or closed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GoalRefusal {
    /// It is closed.
    #[error("the goal is {} already", .0.name())]
    Closed(GoalStatus),
    /// Closing is to say how.
    #[error("a goal is closed as DONE or DROPPED")]
    StillOpen,
    /// What was given up shows nothing.
    #[error("what is DROPPED has no evidence; leave it out, or close the goal as DONE")]
    EvidenceUnneeded,
    /// The text cannot be taken.
    #[error("the goal {0}")]
    InvalidText(TextError),
}

impl Refusal for GoalRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::Closed(_) => &["input", "id"],
            Self::StillOpen => &["input", "status"],
            Self::EvidenceUnneeded => &["input", "evidence"],
            Self::InvalidText(_) => &["input", "text"],
        }
    }
}

/// Goals that one pairing may have.
pub(super) const MOST: u64 = 50;

/// What is to be reached, in a paragraph.
pub(super) fn goal_text(text: &str) -> Result<String, TextError> {
    Text::paragraph(text, 1_000).map(Text::into_string)
}

impl Pairing {
    /// Whether a goal may be set, of which there are so many already.
    pub(super) fn check_goal(&self, goals: u64) -> Result<(), SetGoalRefusal> {
        if !self.status.is_running() {
            return Err(SetGoalRefusal::NotRunning(self.status));
        }
        if goals >= MOST { Err(SetGoalRefusal::TooMany) } else { Ok(()) }
    }
}

impl MentoringGoal {
    /// Says it in other words, or for another day. Whether that is news.
    pub(super) fn change(
        &mut self,
        (text, target_on): (Option<&str>, Option<Option<NaiveDate>>),
    ) -> Result<bool, GoalRefusal> {
        if self.status != GoalStatus::Open {
            return Err(GoalRefusal::Closed(self.status));
        }
        let text = text.map(goal_text).transpose().map_err(GoalRefusal::InvalidText)?;
        let before = self.clone();
        if let Some(text) = text {
            self.text = text;
        }
        if let Some(target_on) = target_on {
            self.target_on = target_on;
        }
        Ok(self.counted(&before))
    }

    /// Says that it is reached or given up. Whether that is news: saying the same again changes nothing.
    pub(super) fn close(
        &mut self,
        status: GoalStatus,
        evidence: Option<WebAddress>,
        at: DateTime<Utc>,
    ) -> Result<bool, GoalRefusal> {
        match status {
            GoalStatus::Open => return Err(GoalRefusal::StillOpen),
            GoalStatus::Dropped if evidence.is_some() => return Err(GoalRefusal::EvidenceUnneeded),
            GoalStatus::Dropped | GoalStatus::Done => {}
        }
        if (self.status, &self.evidence) == (status, &evidence) {
            return Ok(false);
        }
        if self.status != GoalStatus::Open {
            return Err(GoalRefusal::Closed(self.status));
        }
        let before = self.clone();
        (self.status, self.evidence, self.closed_at) = (status, evidence, Some(at));
        Ok(self.counted(&before))
    }

    /// Whether it is overdue on a day.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.status == GoalStatus::Open && self.target_on.is_some_and(|target| target < today)
    }

    fn counted(&mut self, before: &Self) -> bool {
        let changed = self != before;
        self.version = self.version.saturating_add(i32::from(changed));
        changed
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::kernel::TypedId;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap_or_default()
    }

    fn goal() -> MentoringGoal {
        MentoringGoal {
            id: MentoringGoalId::from_uuid(Uuid::from_u128(1)),
            pairing: PairingId::from_uuid(Uuid::from_u128(2)),
            text: "Lead one incident review".to_owned(),
            target_on: "2026-03-02".parse().ok(),
            status: GoalStatus::Open,
            evidence: None,
            set_by: None,
            set_at: at(0),
            closed_at: None,
            version: 1,
        }
    }

    #[test]
    fn a_goal_is_overdue_after_its_day_while_it_is_open() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let mut goal = goal();
        assert_eq!((goal.is_overdue(day("2026-03-02")), goal.is_overdue(day("2026-03-03"))), (false, true));
        assert_eq!(goal.close(GoalStatus::Dropped, None, at(1)), Ok(true));
        assert!(!goal.is_overdue(day("2026-03-03")));
    }

    #[test]
    fn a_goal_closes_once_and_saying_so_again_changes_nothing() {
        let mut goal = goal();
        assert_eq!(goal.close(GoalStatus::Open, None, at(1)), Err(GoalRefusal::StillOpen));
        let link = WebAddress::parse("https://wiki.example/review").ok();
        assert_eq!(goal.close(GoalStatus::Dropped, link.clone(), at(1)), Err(GoalRefusal::EvidenceUnneeded));
        assert_eq!(goal.close(GoalStatus::Done, link.clone(), at(1)), Ok(true));
        let done = goal.clone();
        assert_eq!((done.closed_at, done.version), (Some(at(1)), 2));
        assert_eq!(goal.close(GoalStatus::Done, link, at(2)), Ok(false));
        assert_eq!(goal.close(GoalStatus::Dropped, None, at(2)), Err(GoalRefusal::Closed(GoalStatus::Done)));
        assert_eq!(goal.change((Some("other"), None)), Err(GoalRefusal::Closed(GoalStatus::Done)));
        assert_eq!(goal, done);
    }

    #[test]
    fn changing_nothing_counts_no_version() {
        let mut goal = goal();
        assert_eq!(goal.change((Some("Lead one incident review"), None)), Ok(false));
        assert_eq!(goal.change((None, Some(None))), Ok(true));
        assert_eq!((goal.target_on, goal.version), (None, 2));
        let empty = GoalRefusal::InvalidText(TextError::Empty);
        assert_eq!(goal.change((Some(" "), None)), Err(empty));
    }
}
