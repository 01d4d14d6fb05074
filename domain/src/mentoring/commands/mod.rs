//! What can be done in mentoring, and what all of it shares.

mod answering;
mod feedback;
mod goals;
mod guiding;
mod mentors;
mod notes;
mod observing;
mod proposing;
mod sessions;
mod settling;

pub use answering::{AcceptPairing, DeclinePairing};
pub use feedback::GivePairingFeedback;
pub use goals::{ChangeMentoringGoal, CloseMentoringGoal, SetMentoringGoal};
pub use guiding::{CompletePairing, EndPairing, PausePairing, ResumePairing};
pub use mentors::{BecomeMentor, ChangeMentor};
pub use notes::AddMentoringNote;
pub use observing::ObserveSkill;
pub use proposing::ProposePairing;
pub use sessions::{CorrectMentoringSession, RecordMentoringSession};
pub use settling::SettledPairings;

use chrono::{DateTime, NaiveDate, Utc};

use crate::access::{Action, Actor, Relation, policy};
use crate::app::Core;
use crate::kernel::{EmployeeId, Fault, MentorId, PairingId};
use crate::store::UnitOfWork;

use super::{Mentor, MentoringEvent, Pairing};

/// The use cases of mentoring.
#[derive(Clone, Copy)]
pub struct Mentoring<'a> {
    pub(super) core: &'a Core,
}

/// The instant of a command, and the day it is at the employer.
#[derive(Debug, Clone, Copy)]
struct Moment {
    at: DateTime<Utc>,
    today: NaiveDate,
}

impl<'a> Mentoring<'a> {
    pub(crate) fn new(core: &'a Core) -> Self {
        Self { core }
    }

    async fn moment(self, tx: &mut dyn UnitOfWork) -> Result<Moment, Fault> {
        let at = self.core.clock.now();
        Ok(Moment { at, today: tx.employer().await?.day_of(at) })
    }

    /// A pairing, with its mentee locked, for somebody who may do this to it. To those who may not see it, it is not there.
    async fn open(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        action: Action,
        id: PairingId,
    ) -> Result<Pairing, Fault> {
        let not_found = || Fault::not_found(id);
        tx.lock_mentee_of(id).await?.ok_or_else(not_found)?;
        let pairing = tx.pairings(&[id]).await?.pop().ok_or_else(not_found)?;
        let relations = pair_relation(actor, pairing.mentored_by, pairing.mentee);
        if policy::basis(actor, action, relations).is_none() {
            let beyond = [relations, line_relation(tx, actor, pairing.mentee).await?].concat();
            if policy::basis(actor, Action::ReadPairings, &beyond).is_none() {
                return Err(not_found());
            }
            policy::require(actor, action, &beyond)?;
        }
        Ok(pairing)
    }

    /// Writes what became of a pairing, and frees the place that it took if it is over now.
    async fn keep(
        self,
        mut tx: Box<dyn UnitOfWork>,
        actor: &Actor,
        (before, after): (&Pairing, &Pairing),
        event: MentoringEvent,
    ) -> Result<(), Fault> {
        if before.takes_place() && !after.takes_place() {
            let mut mentors = tx.lock_mentors(&[after.mentor]).await?;
            mentors.iter_mut().for_each(Mentor::free_place);
            tx.save_mentors(&mentors).await?;
        }
        tx.save_pairings(std::slice::from_ref(after)).await?;
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await
    }
}

/// How the actor stands to a pair as one of the two.
fn pair_relation(actor: &Actor, mentored_by: EmployeeId, mentee: EmployeeId) -> &'static [Relation] {
    match actor.employee() {
        Some(person) if person == mentored_by => &[Relation::Mentor],
        Some(person) if person == mentee => &[Relation::Oneself],
        _ => &[],
    }
}

/// How the actor stands to a mentee by the reporting line.
async fn line_relation(
    tx: &mut dyn UnitOfWork,
    actor: &Actor,
    mentee: EmployeeId,
) -> Result<&'static [Relation], Fault> {
    let Some(person) = actor.employee() else { return Ok(&[]) };
    let line = tx.line_above(mentee).await?;
    let manages = line.iter().any(|manager| manager.id() == person);
    Ok(if manages { &[Relation::LineManager] } else { &[] })
}

/// One of some mentors that were locked together.
fn among(mentors: &mut [Mentor], id: MentorId) -> Result<&mut Mentor, Fault> {
    let found = mentors.iter_mut().find(|mentor| mentor.id == id);
    found.ok_or_else(|| Fault::inconsistent(format!("{id} is gone, though somebody is paired with them")))
}
