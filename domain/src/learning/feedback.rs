//! Course feedback: what learners say of a course.

use chrono::{DateTime, Utc};

use crate::kernel::{EnrollmentId, Refusal, TextError};

use super::{Enrollment, EnrollmentStatus};

/// What somebody says of the course that they take or took. Saying it anew replaces it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseFeedback {
    /// In which enrollment.
    pub enrollment: EnrollmentId,
    /// How good it is, from 1 to 5.
    pub rating: i32,
    /// Whether they recommend it to colleagues.
    pub recommended: bool,
    /// A remark.
    pub comment: Option<String>,
    /// When it was said.
    pub at: DateTime<Utc>,
}

/// Why feedback was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GiveFeedbackRefusal {
    /// Nobody has started to learn.
    #[error("the enrollment is {}; feedback is about a course that was started", .0.name())]
    NotStarted(EnrollmentStatus),
    /// No rating.
    #[error("a rating of {0} is none; it is 1 (poor) to {BEST} (very good)")]
    WrongRating(i32),
    /// The comment cannot be taken.
    #[error("the comment {0}")]
    InvalidComment(TextError),
}

impl Refusal for GiveFeedbackRefusal {
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

impl Enrollment {
    /// Whether something may be said of the course.
    pub(super) fn check_feedback(&self, rating: i32) -> Result<(), GiveFeedbackRefusal> {
        if self.started_at.is_none() {
            return Err(GiveFeedbackRefusal::NotStarted(self.status));
        }
        if !(1..=BEST).contains(&rating) {
            return Err(GiveFeedbackRefusal::WrongRating(rating));
        }
        Ok(())
    }
}

impl CourseFeedback {
    /// Whether it says the same as another.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        let said = |feedback: &Self| (feedback.rating, feedback.recommended, feedback.comment.clone());
        said(self) == said(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::WithdrawalReason;
    use crate::learning::enrollment::fixture::{active, at, planned};

    #[test]
    fn feedback_is_about_a_course_that_was_started() {
        let refused = GiveFeedbackRefusal::NotStarted(EnrollmentStatus::Planned);
        assert_eq!(planned().check_feedback(3), Err(refused));
        let mut gave_up = active();
        assert_eq!(gave_up.withdraw(WithdrawalReason::NotSuitable, at(3)), Ok(()));
        for enrollment in [active(), gave_up] {
            assert_eq!((enrollment.check_feedback(1), enrollment.check_feedback(5)), (Ok(()), Ok(())));
            for rating in [0, 6, -1, i32::MAX] {
                let wrong = GiveFeedbackRefusal::WrongRating(rating);
                assert_eq!(enrollment.check_feedback(rating), Err(wrong));
            }
        }
    }
}
