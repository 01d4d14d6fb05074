//! Proposing that somebody mentors somebody.

use serde::Serialize;

use crate::access::{Action, Actor, policy};
use crate::app::Keyed;
use crate::journal::IdempotencyKey;
use crate::kernel::{EmployeeId, EnrollmentId, Failure, Fault, MentorId, PairingId, Text};
use crate::mentoring::pairing::Proposal;
use crate::mentoring::{Mentor, Mentoring, MentoringEvent, Pairing, ProposePairingRefusal};
use crate::store::UnitOfWork;

use super::{Moment, line_relation, pair_relation};

/// A pairing to propose.
#[derive(Debug, Clone, Serialize)]
pub struct ProposePairing {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Who is to mentor.
    pub mentor: MentorId,
    /// Who is to be mentored; whoever asks when not given.
    pub mentee: Option<EmployeeId>,
    /// About which enrollment; about none in particular when not given.
    pub enrollment: Option<EnrollmentId>,
    /// The pairing whose place it takes once it is accepted.
    pub replaces: Option<PairingId>,
    /// Whether the mentee's own manager may be their mentor.
    pub manager_allowed: bool,
    /// How many days there are to accept it.
    pub answer_within_days: u32,
    /// What is said with it.
    pub message: Option<String>,
}

impl Mentoring<'_> {
    /// Proposes that somebody mentors somebody. Whoever of the two proposes it has agreed by that.
    pub async fn propose_pairing(
        self,
        actor: &Actor,
        command: ProposePairing,
    ) -> Result<Pairing, Failure<ProposePairingRefusal>> {
        let nobody = || Fault::Invalid {
            field: "menteeId",
            message: "say who is to be mentored; the caller is no person".to_owned(),
        };
        let mentee = command.mentee.or(actor.employee()).ok_or_else(nobody)?;
        let id = self.core.id::<PairingId>();
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "proposePairing", input: &command };
        let earlier = self.core.claim::<_, ProposePairingRefusal>(&mut *tx, actor, keyed, id).await?;
        if let Some(earlier) = earlier {
            return Ok(self.open(&mut *tx, actor, Action::ReadPairings, earlier).await?);
        }
        check_enrollment(&mut *tx, command.enrollment, mentee).await?;
        tx.lock_mentees(&[mentee]).await?;
        let mut mentor = locked(&mut *tx, command.mentor).await?;
        require_propose(&mut *tx, actor, (mentor.employee, mentee)).await?;
        let proposal = proposal(&mut *tx, actor, (id, mentee), command).await?;
        let known = tx.open_pairings(&[mentee]).await?;
        let Moment { at, today } = self.moment(&mut *tx).await?;
        let pairing = Pairing::proposed(proposal, (&mut mentor, &known), actor.employee(), (at, today))?;
        if pairing.takes_place() {
            tx.save_mentors(std::slice::from_ref(&mentor)).await?;
        }
        tx.save_pairings(std::slice::from_ref(&pairing)).await?;
        let Pairing { enrollment, replaces, .. } = pairing;
        let event = MentoringEvent::Proposed { pair: pairing.pair(), enrollment, replaces };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(pairing)
    }
}

/// The enrollment that a pairing is to be about. It is locked before its learner, as wherever somebody learns.
async fn check_enrollment(
    tx: &mut dyn UnitOfWork,
    enrollment: Option<EnrollmentId>,
    mentee: EmployeeId,
) -> Result<(), Failure<ProposePairingRefusal>> {
    let Some(id) = enrollment else { return Ok(()) };
    let found = tx.lock_enrollment(id).await?;
    let theirs = found.filter(|found| found.employee == mentee && found.status.is_live());
    theirs.map(|_| ()).ok_or_else(|| ProposePairingRefusal::UnknownEnrollment(id).into())
}

/// A mentor who is still here, locked.
async fn locked(tx: &mut dyn UnitOfWork, id: MentorId) -> Result<Mentor, Failure<ProposePairingRefusal>> {
    let mentor = tx.lock_mentors(&[id]).await?.pop().ok_or(ProposePairingRefusal::UnknownMentor(id))?;
    let person = tx.employees(&[mentor.employee]).await?.pop();
    if person.is_none_or(|person| person.colleague.left) {
        return Err(ProposePairingRefusal::UnknownMentor(id).into());
    }
    Ok(mentor)
}

async fn require_propose(
    tx: &mut dyn UnitOfWork,
    actor: &Actor,
    (mentored_by, mentee): (EmployeeId, EmployeeId),
) -> Result<(), Fault> {
    let relations = pair_relation(actor, mentored_by, mentee);
    if policy::basis(actor, Action::ProposePairing, relations).is_none() {
        policy::require(actor, Action::ProposePairing, line_relation(tx, actor, mentee).await?)?;
    }
    Ok(())
}

/// What a request comes to, with what has to be looked up for it.
async fn proposal(
    tx: &mut dyn UnitOfWork,
    actor: &Actor,
    (id, mentee): (PairingId, EmployeeId),
    command: ProposePairing,
) -> Result<Proposal, Failure<ProposePairingRefusal>> {
    let person = tx.employees(&[mentee]).await?.pop().filter(|person| !person.colleague.left);
    let person = person.ok_or(ProposePairingRefusal::UnknownEmployee(mentee))?;
    if command.manager_allowed && policy::basis(actor, Action::AllowOwnManager, &[]).is_none() {
        return Err(ProposePairingRefusal::ExceptionNotTheirs.into());
    }
    let message = Text::optional(command.message.as_deref(), Text::note);
    Ok(Proposal {
        id,
        mentee,
        manager: person.colleague.manager,
        manager_allowed: command.manager_allowed,
        enrollment: command.enrollment,
        replaces: command.replaces,
        days: command.answer_within_days,
        message: message.map_err(ProposePairingRefusal::InvalidMessage)?,
    })
}
