//! Feedback: what mentor and mentee say of their pairing.

use chrono::{DateTime, Utc};

use crate::kernel::{EmployeeId, PairingId, Refusal, TextError, words};

use super::{Pairing, PairingStatus};

/// What one of a pair says of the pairing. Saying it anew replaces it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairingFeedback {
    /// Of which pairing.
    pub pairing: PairingId,
    /// Who of the two.
    pub side: Side,
    /// That person.
    pub by: EmployeeId,
    /// How good it is, from 1 to 5.
    pub rating: i32,
    /// A remark.
    pub comment: Option<String>,
    /// When it was said.
    pub at: DateTime<Utc>,
}

words! {
    /// One of a pair.
    Side {
        /// Who mentors.
        Mentor "MENTOR",
        /// Who is mentored.
        Mentee "MENTEE",
    }
}

/// Why feedback was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GivePairingFeedbackRefusal {
    /// They have not met.
    #[error("the pairing is {}; feedback is about mentoring that has begun", .0.name())]
    NotStarted(PairingStatus),
    /// No rating.
    #[error("a rating of {0} is none; it is 1 (poor) to {BEST} (very good)")]
    WrongRating(i32),
    /// The comment cannot be taken.
    #[error("the comment {0}")]
    InvalidComment(TextError),
}

impl Refusal for GivePairingFeedbackRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::NotStarted(_) => &["input", "id"],
            Self::WrongRating(_) => &["input", "rating"],
            Self::InvalidComment(_) => &["input", "comment"],
        }
    }
}

/// The best rating.
const BEST: i32 = 5;

impl Pairing {
    /// On which side somebody stands.
    pub fn side_of(&self, person: EmployeeId) -> Option<Side> {
        match person {
            person if person == self.mentored_by => Some(Side::Mentor),
            person if person == self.mentee => Some(Side::Mentee),
            _ => None,
        }
    }

    /// Whether something may be said of it.
    pub(super) fn check_feedback(&self, rating: i32) -> Result<(), GivePairingFeedbackRefusal> {
        if self.started_at.is_none() {
            return Err(GivePairingFeedbackRefusal::NotStarted(self.status));
        }
        if !(1..=BEST).contains(&rating) {
            return Err(GivePairingFeedbackRefusal::WrongRating(rating));
        }
        Ok(())
    }
}

impl PairingFeedback {
    /// Whether it says the same as another.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        (self.rating, &self.comment) == (other.rating, &other.comment)
    }
}
