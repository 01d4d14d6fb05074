//! Inviting people, and what they make of it.

use std::collections::{HashMap, HashSet};

use crate::access::{Action, Actor, Relation, policy};
use crate::kernel::{EmployeeId, Failure, Fault, ProgramId, Refusal};
use crate::organization::EmploymentStatus;

use super::super::{Participant, ParticipantStatus, ProgramEvent, ProgramStatus, Programs};

/// People whom one invitation may name.
const MOST_INVITED: usize = 1_000;

/// People to invite into a program.
///
/// Inviting somebody twice changes nothing, so a key for retries is not needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InviteParticipants {
    /// Into which program.
    pub program: ProgramId,
    /// Whom.
    pub employees: Vec<EmployeeId>,
}

/// What became of one name on an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationResult {
    /// Who.
    pub employee: EmployeeId,
    /// What became of it.
    pub outcome: InvitationOutcome,
}

/// The fates of a name on an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvitationOutcome {
    /// Invited, for the first time or again.
    Invited(Participant),
    /// Takes part already, as the status says; nothing changed.
    AlreadyTakesPart(Participant),
    /// There is no such person, or they have left the employer.
    UnknownEmployee,
}

/// Why nobody was invited.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message says what each field is")]
pub enum InviteRefusal {
    /// The program does not run.
    #[error("people are invited into active programs; this one is {}", .0.name())]
    NotActive(ProgramStatus),
    /// Nobody, or too many at once.
    #[error("an invitation names 1 to {MOST_INVITED} people; this one names {given}")]
    WrongNumber { given: usize },
}

impl Refusal for InviteRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::NotActive(_) => &["input", "programId"],
            Self::WrongNumber { .. } => &["input", "employeeIds"],
        }
    }
}

/// Somebody who has reached the goal of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CompleteParticipation {
    /// Of which program.
    pub program: ProgramId,
    /// Who.
    pub employee: EmployeeId,
}

/// Why somebody's part in a program did not change.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message says what each field is")]
pub enum ParticipationRefusal {
    /// The program does not run.
    #[error("this is not possible while the program is {}", .0.name())]
    NotActive(ProgramStatus),
    /// No invitation that still stands.
    #[error("there is no open invitation; the owner of the program can send one")]
    NotInvited,
    /// The part is past or before this step.
    #[error("this is not possible for a participant who is {}", .status.name())]
    WrongStatus { status: ParticipantStatus },
}

impl Refusal for ParticipationRefusal {
    fn field(&self) -> &'static [&'static str] {
        &["input", "id"]
    }
}

impl Programs<'_> {
    /// Invites people into a program, each on their own: one who cannot be invited does not hinder the others.
    pub async fn invite_participants(
        self,
        actor: &Actor,
        command: InviteParticipants,
    ) -> Result<Vec<InvitationResult>, Failure<InviteRefusal>> {
        let given = command.employees.len();
        if !(1..=MOST_INVITED).contains(&given) {
            return Err(InviteRefusal::WrongNumber { given }.into());
        }
        let mut tx = self.core.store.begin(actor.employer).await?;
        let (program, _) = self.managed(&mut *tx, actor, command.program).await?;
        if program.status != ProgramStatus::Active {
            return Err(InviteRefusal::NotActive(program.status).into());
        }
        let people = tx.employees(&command.employees).await?;
        let here = people.iter().filter(|person| person.employment.status != EmploymentStatus::Left);
        let here: HashSet<EmployeeId> = here.map(crate::organization::Employee::id).collect();
        let parts = tx.lock_participants(program.id, &command.employees).await?;
        let mut parts: HashMap<_, _> = parts.into_iter().map(|part| (part.employee, part)).collect();
        let mut invited = Vec::new();
        let mut results = Vec::with_capacity(given);
        for employee in command.employees {
            let outcome = self.invite(program.id, employee, here.contains(&employee), parts.get(&employee));
            if let InvitationOutcome::Invited(part) = &outcome {
                parts.insert(employee, part.clone());
                invited.push(part.clone());
            }
            results.push(InvitationResult { employee, outcome });
        }
        tx.save_participants(&invited).await?;
        let events = invited
            .iter()
            .map(|part| ProgramEvent::ParticipantInvited { program: program.id, employee: part.employee });
        let events: Vec<_> = events.collect();
        self.record(&mut *tx, actor, &events).await?;
        tx.commit().await?;
        Ok(results)
    }

    fn invite(
        self,
        program: ProgramId,
        employee: EmployeeId,
        here: bool,
        part: Option<&Participant>,
    ) -> InvitationOutcome {
        let now = self.core.clock.now();
        match part.cloned() {
            _ if !here => InvitationOutcome::UnknownEmployee,
            None => InvitationOutcome::Invited(Participant::invited(self.core.id(), program, employee, now)),
            Some(mut part) => match part.invite_again(now) {
                Ok(()) => InvitationOutcome::Invited(part),
                Err(_) => InvitationOutcome::AlreadyTakesPart(part),
            },
        }
    }

    /// The person joins a program they were invited into.
    pub async fn join_program(
        self,
        actor: &Actor,
        id: ProgramId,
    ) -> Result<Participant, Failure<ParticipationRefusal>> {
        self.decide_for_oneself(actor, id, Participant::join, |program, employee| {
            ProgramEvent::ParticipantJoined { program, employee }
        })
        .await
    }

    /// The person declines or drops out.
    pub async fn leave_program(
        self,
        actor: &Actor,
        id: ProgramId,
    ) -> Result<Participant, Failure<ParticipationRefusal>> {
        self.decide_for_oneself(actor, id, Participant::leave, |program, employee| {
            ProgramEvent::ParticipantLeft { program, employee }
        })
        .await
    }

    async fn decide_for_oneself(
        self,
        actor: &Actor,
        id: ProgramId,
        step: fn(&mut Participant, chrono::DateTime<chrono::Utc>) -> Result<(), ParticipationRefusal>,
        event: fn(ProgramId, EmployeeId) -> ProgramEvent,
    ) -> Result<Participant, Failure<ParticipationRefusal>> {
        policy::require(actor, Action::ReadPrograms, &[])?;
        let Some(employee) = actor.employee() else {
            return Err(Fault::Forbidden("only people take part in programs".to_owned()).into());
        };
        let mut tx = self.core.store.begin(actor.employer).await?;
        let (program, _) = tx.lock_program(id).await?.ok_or_else(|| Fault::not_found(id))?;
        let owns = program.owner == employee;
        let relations: &[Relation] = if owns { &[Relation::ProgramOwner] } else { &[] };
        match program.status {
            ProgramStatus::Active => {}
            ProgramStatus::Draft if policy::basis(actor, Action::ReadDraftPrograms, relations).is_none() => {
                return Err(Fault::not_found(id).into());
            }
            status => return Err(ParticipationRefusal::NotActive(status).into()),
        }
        let part = tx.lock_participants(id, &[employee]).await?.pop();
        let mut part = part.ok_or(ParticipationRefusal::NotInvited)?;
        step(&mut part, self.core.clock.now())?;
        tx.save_participants(std::slice::from_ref(&part)).await?;
        self.record(&mut *tx, actor, &[event(id, employee)]).await?;
        tx.commit().await?;
        Ok(part)
    }
    /// Records that somebody has reached the goal; also after the program has closed, as results come late.
    pub async fn complete_participation(
        self,
        actor: &Actor,
        command: CompleteParticipation,
    ) -> Result<Participant, Failure<ParticipationRefusal>> {
        let CompleteParticipation { program: id, employee } = command;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let (program, _) = self.managed(&mut *tx, actor, id).await?;
        if program.status == ProgramStatus::Draft {
            return Err(ParticipationRefusal::NotActive(program.status).into());
        }
        let part = tx.lock_participants(id, &[employee]).await?.pop();
        let mut part = part.ok_or(ParticipationRefusal::NotInvited)?;
        part.complete(self.core.clock.now())?;
        tx.save_participants(std::slice::from_ref(&part)).await?;
        self.record(&mut *tx, actor, &[ProgramEvent::ParticipantCompleted { program: id, employee }]).await?;
        tx.commit().await?;
        Ok(part)
    }
}
