//! What can be done to enrollments, and what all of it shares.

mod completions;
mod ending;
mod enrolling;
mod feedback;
mod follow_ups;
mod progress;
mod raising;
mod results;
mod terms;
mod time;
mod withdrawal;

pub use completions::{CompletionReport, CompletionResult, ImportCompletions};
pub use ending::CompleteEnrollment;
pub use enrolling::{Enroll, EnrollIn};
pub use feedback::GiveCourseFeedback;
pub use follow_ups::AnswerFollowUp;
pub use progress::{ChangeEnrollment, ReachMilestone};
pub use results::{RecordAssessment, SubmitEvidence, VerifyEvidence};
pub use terms::SetCourseTerms;
pub use time::LogLearningTime;
pub use withdrawal::WithdrawEnrollment;

use chrono::{DateTime, NaiveDate, Utc};

use crate::access::{Action, Actor, Relation, policy};
use crate::app::Core;
use crate::kernel::{EnrollmentId, Fault};
use crate::store::UnitOfWork;

use super::Enrollment;

/// The use cases of learning.
#[derive(Clone, Copy)]
pub struct Learning<'a> {
    pub(super) core: &'a Core,
}

/// The instant of a command, and the day it is at the employer.
#[derive(Debug, Clone, Copy)]
struct Moment {
    at: DateTime<Utc>,
    today: NaiveDate,
}

impl<'a> Learning<'a> {
    pub(crate) fn new(core: &'a Core) -> Self {
        Self { core }
    }

    async fn moment(self, tx: &mut dyn UnitOfWork) -> Result<Moment, Fault> {
        let at = self.core.clock.now();
        Ok(Moment { at, today: tx.employer().await?.day_of(at) })
    }

    /// An enrollment, locked, for somebody who may do this to it. To those who may not see it, it is not there.
    async fn open(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        action: Action,
        id: EnrollmentId,
    ) -> Result<Enrollment, Fault> {
        let enrollment = tx.lock_enrollment(id).await?.ok_or_else(|| Fault::not_found(id))?;
        let relations = oneself(actor, &enrollment);
        if policy::basis(actor, action, relations).is_none() {
            let beyond = [relations, &self.relations_beyond(tx, actor, &enrollment).await?].concat();
            if policy::basis(actor, Action::ReadEnrollments, &beyond).is_none() {
                return Err(Fault::not_found(id));
            }
            policy::require(actor, action, &beyond)?;
        }
        Ok(enrollment)
    }

    /// How the actor stands to an enrollment by the reporting line and the program.
    async fn relations_beyond(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        enrollment: &Enrollment,
    ) -> Result<Vec<Relation>, Fault> {
        let Some(person) = actor.employee() else { return Ok(Vec::new()) };
        let line = tx.line_above(enrollment.employee).await?;
        let manages = line.iter().any(|manager| manager.id() == person);
        let programs = tx.programs(enrollment.program.as_slice()).await?;
        let owns = programs.iter().any(|program| program.owner == person);
        let relations = [(manages, Relation::LineManager), (owns, Relation::ProgramOwner)];
        Ok(relations.into_iter().filter(|(holds, _)| *holds).map(|(_, relation)| relation).collect())
    }
}

fn oneself(actor: &Actor, enrollment: &Enrollment) -> &'static [Relation] {
    if actor.employee() == Some(enrollment.employee) { &[Relation::Oneself] } else { &[] }
}
