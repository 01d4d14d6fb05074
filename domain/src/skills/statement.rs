//! What somebody says of a level, and why it was not recorded.

use chrono::NaiveDate;
use serde::Serialize;

use crate::journal::Reused;
use crate::kernel::{EmployeeId, Refusal, SkillId, TextError, WebAddress};

use super::SkillLevel;

/// What somebody says of one skill of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SkillStatement {
    /// Which skill.
    pub skill: SkillId,
    /// How well; none ends what the same kind of evidence said before.
    pub level: Option<SkillLevel>,
    /// The first day on which it holds; today when not given.
    pub from_on: Option<NaiveDate>,
    /// The last one, where it runs out by itself.
    pub until_on: Option<NaiveDate>,
    /// Where the evidence lies.
    pub link: Option<WebAddress>,
    /// A remark.
    pub note: Option<String>,
}

/// Why a statement was not recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message says what each field is")]
pub enum StateSkillRefusal {
    /// No such skill.
    #[error("there is no skill {0}")]
    UnknownSkill(SkillId),
    /// It would hold from a day that is still to come.
    #[error("{given} is still to come; a level holds from today, {today}, or from an earlier day")]
    InFuture { given: NaiveDate, today: NaiveDate },
    /// It would end before it begins.
    #[error("{until_on} is before {from_on}, the first day on which the level holds")]
    EndsBeforeStart { from_on: NaiveDate, until_on: NaiveDate },
    /// There is no level that could end.
    #[error("nothing of the kind holds on {0} that could end; levels are 1 to 5")]
    NothingToEnd(NaiveDate),
    /// What ends has no last day.
    #[error("level 0 ends what was recorded; it has no last day of its own")]
    EndWithEnd,
    /// The note cannot be taken.
    #[error("the note {0}")]
    InvalidNote(TextError),
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for StateSkillRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::UnknownSkill(_) => &["input", "skillId"],
            Self::InFuture { .. } => &["input", "fromOn"],
            Self::EndsBeforeStart { .. } | Self::EndWithEnd => &["input", "untilOn"],
            Self::NothingToEnd(_) => &["input", "level"],
            Self::InvalidNote(_) => &["input", "note"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// Why somebody's level was not assessed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AssessSkillRefusal {
    /// No such person, or somebody who has left.
    #[error("there is no employee {0} who could be assessed")]
    UnknownEmployee(EmployeeId),
    /// Nobody assesses themself.
    #[error("nobody assesses themself; say what you think of your own level with stateSkill")]
    Oneself,
    /// What people say of themselves is theirs to say.
    #[error("SELF is what people say of themselves; name the evidence that you have")]
    NotTheirWord,
    /// The statement itself cannot be taken.
    #[error(transparent)]
    Statement(#[from] StateSkillRefusal),
}

impl From<Reused> for AssessSkillRefusal {
    fn from(reused: Reused) -> Self {
        Self::Statement(reused.into())
    }
}

impl Refusal for AssessSkillRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::UnknownEmployee(_) | Self::Oneself => &["input", "employeeId"],
            Self::NotTheirWord => &["input", "evidence"],
            Self::Statement(refusal) => refusal.field(),
        }
    }
}

impl SkillStatement {
    /// The first day on which it holds, if it makes sense on a day.
    pub(super) fn begins(&self, today: NaiveDate) -> Result<NaiveDate, StateSkillRefusal> {
        let from_on = self.from_on.unwrap_or(today);
        if from_on > today {
            return Err(StateSkillRefusal::InFuture { given: from_on, today });
        }
        match self.until_on {
            Some(_) if self.level.is_none() => Err(StateSkillRefusal::EndWithEnd),
            Some(until_on) if until_on < from_on => {
                Err(StateSkillRefusal::EndsBeforeStart { from_on, until_on })
            }
            _ => Ok(from_on),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::kernel::TypedId;

    #[test]
    fn a_statement_begins_today_or_before_and_ends_after_that() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        let today = day("2026-03-02");
        let statement = |level, from_on: Option<&str>, until_on: Option<&str>| {
            let statement = SkillStatement {
                skill: SkillId::from_uuid(Uuid::from_u128(1)),
                level: SkillLevel::new(level).ok(),
                from_on: from_on.map(day),
                until_on: until_on.map(day),
                link: None,
                note: None,
            };
            statement.begins(today)
        };
        assert_eq!(statement(3, None, None), Ok(today));
        assert_eq!(statement(3, Some("2026-03-01"), Some("2026-03-01")), Ok(day("2026-03-01")));
        let given = day("2026-03-03");
        assert_eq!(statement(3, Some("2026-03-03"), None), Err(StateSkillRefusal::InFuture { given, today }));
        let until_on = day("2026-03-01");
        assert_eq!(
            statement(3, None, Some("2026-03-01")),
            Err(StateSkillRefusal::EndsBeforeStart { from_on: today, until_on })
        );
        assert_eq!(statement(0, None, Some("2026-03-09")), Err(StateSkillRefusal::EndWithEnd));
        assert_eq!(statement(0, None, None), Ok(today));
    }
}
