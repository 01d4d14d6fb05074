//! Saying something of a course.

use crate::access::{Action, Actor};
use crate::kernel::{EnrollmentId, Failure, Text};
use crate::learning::{CourseFeedback, Enrollment, GiveFeedbackRefusal, Learning, LearningEvent};

/// What somebody says of a course. Saying the same again changes nothing, so a key for retries is not needed.
#[derive(Debug, Clone)]
pub struct GiveCourseFeedback {
    /// In which enrollment.
    pub id: EnrollmentId,
    /// How good it is, from 1 to 5.
    pub rating: i32,
    /// Whether they recommend it to colleagues.
    pub recommended: bool,
    /// A remark.
    pub comment: Option<String>,
}

impl Learning<'_> {
    /// Says something of a course, or replaces what was said of it before. Nobody speaks for somebody else.
    pub async fn give_feedback(
        self,
        actor: &Actor,
        command: GiveCourseFeedback,
    ) -> Result<(Enrollment, CourseFeedback), Failure<GiveFeedbackRefusal>> {
        let GiveCourseFeedback { id, rating, recommended, comment } = command;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let enrollment = self.open(&mut *tx, actor, Action::GiveCourseFeedback, id).await?;
        enrollment.check_feedback(rating)?;
        let comment = Text::optional(comment.as_deref(), Text::note);
        let comment = comment.map_err(GiveFeedbackRefusal::InvalidComment)?;
        let at = self.core.clock.now();
        let feedback = CourseFeedback { enrollment: id, rating, recommended, comment, at };
        let before = tx.feedback(id).await?;
        if let Some(before) = before.filter(|before| before.says_the_same(&feedback)) {
            return Ok((enrollment, before));
        }
        tx.save_feedback(&feedback).await?;
        let (employee, course) = (enrollment.employee, enrollment.taken.course);
        let event = LearningEvent::FeedbackGiven { enrollment: id, employee, course };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok((enrollment, feedback))
    }
}
