//! How an enrollment goes on: started, interrupted, handed in.

use crate::access::{Action, Actor};
use crate::kernel::{EnrollmentId, Failure, Refusal, check_version};
use crate::learning::{
    Enrollment, Learning, LearningEvent, NamedMilestone, PauseRefusal, ReachMilestoneRefusal, ResumeRefusal,
    StartRefusal, SubmitForAssessmentRefusal,
};

use super::Moment;

/// An enrollment to change, as it was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangeEnrollment {
    /// Which one.
    pub id: EnrollmentId,
    /// The version that the caller saw, if it matters to them.
    pub expected_version: Option<i32>,
}

/// A part of a course that somebody got through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReachMilestone {
    /// In which enrollment.
    pub asked: ChangeEnrollment,
    /// Which part.
    pub milestone: NamedMilestone,
}

impl Learning<'_> {
    /// The person begins to learn.
    pub async fn start_enrollment(
        self,
        actor: &Actor,
        asked: ChangeEnrollment,
    ) -> Result<Enrollment, Failure<StartRefusal>> {
        let start = |enrollment: &mut Enrollment, Moment { at, today }: Moment| {
            enrollment.start(today, at)?;
            let Enrollment { id, employee, .. } = *enrollment;
            Ok(Some(LearningEvent::Started { enrollment: id, employee }))
        };
        self.change(actor, Action::ManageEnrollments, asked, start).await
    }

    /// The person got through a part of the course. Saying it again changes nothing.
    pub async fn reach_milestone(
        self,
        actor: &Actor,
        command: ReachMilestone,
    ) -> Result<Enrollment, Failure<ReachMilestoneRefusal>> {
        let milestone = command.milestone;
        let reach = |enrollment: &mut Enrollment, Moment { at, .. }: Moment| {
            let news = enrollment.reach(&milestone, at)?;
            let Enrollment { id, employee, .. } = *enrollment;
            // By the name that the course has for it, however it was written.
            let name = enrollment.milestones.iter().find(|part| part.is(&milestone));
            let name = name.and_then(|part| part.name.clone());
            let milestone = milestone.kind;
            let reached = LearningEvent::MilestoneReached { enrollment: id, employee, milestone, name };
            Ok(news.then_some(reached))
        };
        self.change(actor, Action::ManageEnrollments, command.asked, reach).await
    }

    /// The person has learned, and waits for the result.
    pub async fn submit_for_assessment(
        self,
        actor: &Actor,
        asked: ChangeEnrollment,
    ) -> Result<Enrollment, Failure<SubmitForAssessmentRefusal>> {
        let submit = |enrollment: &mut Enrollment, Moment { at, .. }: Moment| {
            enrollment.submit_for_assessment(at)?;
            let Enrollment { id, employee, .. } = *enrollment;
            Ok(Some(LearningEvent::SubmittedForAssessment { enrollment: id, employee }))
        };
        self.change(actor, Action::ManageEnrollments, asked, submit).await
    }

    /// The person interrupts the course.
    pub async fn pause_enrollment(
        self,
        actor: &Actor,
        asked: ChangeEnrollment,
    ) -> Result<Enrollment, Failure<PauseRefusal>> {
        let pause = |enrollment: &mut Enrollment, Moment { at, .. }: Moment| {
            enrollment.pause(at)?;
            let Enrollment { id, employee, .. } = *enrollment;
            Ok(Some(LearningEvent::Paused { enrollment: id, employee }))
        };
        self.change(actor, Action::ManageEnrollments, asked, pause).await
    }

    /// The person goes on where they stood.
    pub async fn resume_enrollment(
        self,
        actor: &Actor,
        asked: ChangeEnrollment,
    ) -> Result<Enrollment, Failure<ResumeRefusal>> {
        let resume = |enrollment: &mut Enrollment, _: Moment| {
            enrollment.resume()?;
            let Enrollment { id, employee, .. } = *enrollment;
            Ok(Some(LearningEvent::Resumed { enrollment: id, employee }))
        };
        self.change(actor, Action::ManageEnrollments, asked, resume).await
    }

    /// What they all have in common: lock the enrollment, let it decide, keep it where something is new.
    pub(super) async fn change<R: Refusal + Send>(
        self,
        actor: &Actor,
        action: Action,
        asked: ChangeEnrollment,
        transition: impl FnOnce(&mut Enrollment, Moment) -> Result<Option<LearningEvent>, R> + Send,
    ) -> Result<Enrollment, Failure<R>> {
        let mut tx = self.core.store.begin(actor.employer).await?;
        let mut enrollment = self.open(&mut *tx, actor, action, asked.id).await?;
        check_version("enrollment", asked.expected_version, enrollment.version)?;
        let moment = self.moment(&mut *tx).await?;
        if let Some(event) = transition(&mut enrollment, moment)? {
            tx.save_enrollment(&enrollment).await?;
            self.core.record(&mut *tx, actor, &[event]).await?;
            tx.commit().await?;
        }
        Ok(enrollment)
    }
}
