//! Why a mentor's profile was not taken.

use chrono::NaiveDate;

use crate::journal::Reused;
use crate::kernel::{EmployeeId, MentorId, Refusal, SkillId, TextError};

use super::{MOST_NAMED, MOST_PLACES};

/// Why a mentor's profile was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message says what each field is")]
pub enum MentorRefusal {
    /// No such person, or gone.
    #[error("there is nobody with id {0}, or they have left")]
    UnknownEmployee(EmployeeId),
    /// They have a profile.
    #[error("the person has the profile {0} already; change that one")]
    AlreadyMentor(MentorId),
    /// No such skill.
    #[error("there is no skill {0}")]
    UnknownSkill(SkillId),
    /// No skill, or a great many.
    #[error("a mentor helps in 1 to {MOST_NAMED} skills; {0} are named")]
    WrongSkills(usize),
    /// No language, or a great many.
    #[error("a mentor speaks 1 to {MOST_NAMED} languages; {0} are named")]
    WrongLanguages(usize),
    /// No places, or a great many.
    #[error("a mentor has places for 1 to {MOST_PLACES} people, not for {0}")]
    WrongCapacity(i32),
    /// Fewer places than are taken.
    #[error("{taken} places are taken, so there cannot be {capacity} only; end pairings first")]
    PlacesTaken { capacity: i32, taken: i32 },
    /// The last day is before the first.
    #[error("the last day {active_to} is before the first, {active_from}")]
    EndsBeforeStart { active_from: NaiveDate, active_to: NaiveDate },
    /// The text cannot be taken.
    #[error("what the mentor says of themself {0}")]
    InvalidAbout(TextError),
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for MentorRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::UnknownEmployee(_) | Self::AlreadyMentor(_) => &["input", "employeeId"],
            Self::UnknownSkill(_) | Self::WrongSkills(_) => &["input", "skills"],
            Self::WrongLanguages(_) => &["input", "languages"],
            Self::WrongCapacity(_) | Self::PlacesTaken { .. } => &["input", "capacity"],
            Self::EndsBeforeStart { .. } => &["input", "activeTo"],
            Self::InvalidAbout(_) => &["input", "about"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}
