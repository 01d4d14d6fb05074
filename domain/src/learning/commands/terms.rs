//! Agreeing on what a course gives back.

use crate::access::{Action, Actor, policy};
use crate::kernel::{CourseId, Failure};
use crate::learning::terms::checked;
use crate::learning::{CourseTerms, Learning, LearningEvent, RefundStep, SetCourseTermsRefusal};

/// What a course gives back to those who give up. Setting the same again changes nothing, so a key for retries is not
/// needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetCourseTerms {
    /// Which course.
    pub course: CourseId,
    /// What comes back when; nothing when there is no step.
    pub refunds: Vec<RefundStep>,
}

impl Learning<'_> {
    /// Sets what a course gives back. It holds for those who enroll from now on.
    pub async fn set_course_terms(
        self,
        actor: &Actor,
        command: SetCourseTerms,
    ) -> Result<CourseTerms, Failure<SetCourseTermsRefusal>> {
        policy::require(actor, Action::ManageCatalog, &[])?;
        let SetCourseTerms { course, refunds } = command;
        let mut tx = self.core.store.begin(actor.employer).await?;
        if tx.lock_course(course).await?.is_none() {
            return Err(SetCourseTermsRefusal::UnknownCourse(course).into());
        }
        let terms = CourseTerms { course, refunds: checked(refunds)? };
        let before = tx.course_terms(course).await?;
        if before.as_ref() != Some(&terms) && (before.is_some() || !terms.refunds.is_empty()) {
            tx.save_course_terms(&terms).await?;
            self.core.record(&mut *tx, actor, &[LearningEvent::TermsSet { course }]).await?;
            tx.commit().await?;
        }
        Ok(terms)
    }
}
