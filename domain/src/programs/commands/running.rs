//! Starting and ending programs.

use chrono::NaiveDate;

use crate::access::Actor;
use crate::catalog::CourseStatus;
use crate::kernel::{CourseId, Failure, Fault, ProgramId, Refusal};
use crate::programs::{Program, ProgramEvent, ProgramStatus, Programs};
use crate::store::UnitOfWork;

/// Why a program was not started.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message says what each field is")]
pub enum ActivateProgramRefusal {
    /// Only a draft can start.
    #[error("only a draft can be started; this program is {}", .0.name())]
    NotDraft(ProgramStatus),
    /// Neither a target skill nor a course.
    #[error("the program has neither a target skill nor a course; give it one first")]
    NothingToLearn,
    /// Its last day is past.
    #[error("the program's last day was {ended}; move it first")]
    PeriodOver { ended: NaiveDate },
    /// A course of it cannot be taken.
    #[error("course {0} of the program is not published; publish it or take it out first")]
    UnpublishedCourse(CourseId),
}

impl Refusal for ActivateProgramRefusal {
    fn field(&self) -> &'static [&'static str] {
        &["input", "id"]
    }
}

/// Why a program was not ended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CloseProgramRefusal {
    /// Only what runs can end.
    #[error("only an active program can be closed; this one is {}", .0.name())]
    NotActive(ProgramStatus),
}

impl Refusal for CloseProgramRefusal {
    fn field(&self) -> &'static [&'static str] {
        &["input", "id"]
    }
}

impl Programs<'_> {
    /// Starts a program: from now on people can be invited, and everybody can read it.
    pub async fn activate_program(
        self,
        actor: &Actor,
        id: ProgramId,
    ) -> Result<Program, Failure<ActivateProgramRefusal>> {
        let mut tx = self.core.store.begin(actor.employer).await?;
        let (mut program, outline) = self.managed(&mut *tx, actor, id).await?;
        let employer = tx.employer().await?;
        program.activate(&outline, employer.day_of(self.core.clock.now()))?;
        if let Some(course) = unpublished(&mut *tx, &outline.courses).await? {
            return Err(ActivateProgramRefusal::UnpublishedCourse(course).into());
        }
        tx.save_program(&program, &outline).await?;
        self.core.record(&mut *tx, actor, &[ProgramEvent::Activated { program: id }]).await?;
        tx.commit().await?;
        Ok(program)
    }

    /// Ends a program. Completions can still be recorded, everything else stays as it is.
    pub async fn close_program(
        self,
        actor: &Actor,
        id: ProgramId,
    ) -> Result<Program, Failure<CloseProgramRefusal>> {
        let mut tx = self.core.store.begin(actor.employer).await?;
        let (mut program, outline) = self.managed(&mut *tx, actor, id).await?;
        program.close()?;
        tx.save_program(&program, &outline).await?;
        self.core.record(&mut *tx, actor, &[ProgramEvent::Closed { program: id }]).await?;
        tx.commit().await?;
        Ok(program)
    }
}

/// The first of these courses that cannot be taken.
pub(super) async fn unpublished(
    tx: &mut dyn UnitOfWork,
    ids: &[CourseId],
) -> Result<Option<CourseId>, Fault> {
    let courses = tx.courses(ids).await?;
    Ok(courses.iter().find(|course| course.status != CourseStatus::Published).map(|course| course.id))
}
