//! Inviting people, and what they make of it.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use crate::access::{Action, Actor, Relation, policy};
use crate::app::Keyed;
use crate::journal::{IdempotencyKey, Reused};
use crate::kernel::{EmployeeId, Failure, Fault, ProgramId, Refusal};
use crate::organization::{Employee, EmploymentStatus};

use crate::programs::{Participant, ParticipantStatus, Program, ProgramEvent, ProgramStatus, Programs};
use crate::store::UnitOfWork;

/// People whom one invitation may name.
const MOST_INVITED: usize = 1_000;

/// People to invite into a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InviteParticipants {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
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
pub enum InviteParticipantsRefusal {
    /// The program does not run.
    #[error("people are invited into active programs; this one is {}", .0.name())]
    NotActive(ProgramStatus),
    /// Nobody, or too many at once.
    #[error("an invitation names 1 to {MOST_INVITED} people; this one names {given}")]
    WrongNumber { given: usize },
    /// The idempotency key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for InviteParticipantsRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::NotActive(_) => &["input", "programId"],
            Self::WrongNumber { .. } => &["input", "employeeIds"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
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

/// A program to join.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JoinProgram {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which one.
    pub program: ProgramId,
}

/// Why somebody did not join.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JoinProgramRefusal {
    /// The program does not run.
    #[error("the program is {}; only an active one can be joined", .0.name())]
    NotActive(ProgramStatus),
    /// No invitation that still stands.
    #[error("there is no open invitation; the owner of the program can send one")]
    NotInvited,
    /// The person is in already.
    #[error("the person takes part already, with the status {}", .0.name())]
    AlreadyTakesPart(ParticipantStatus),
    /// The idempotency key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for JoinProgramRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::KeyReused(_) => &["input", "idempotencyKey"],
            _ => &["input", "id"],
        }
    }
}

/// Why somebody did not leave.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LeaveProgramRefusal {
    /// The program does not run.
    #[error("the program is {}; only an active one can be left", .0.name())]
    NotActive(ProgramStatus),
    /// The person is not in.
    #[error("the person takes no part in the program")]
    TakesNoPart,
    /// What is completed stays completed.
    #[error("the person has completed the program, which cannot be taken back")]
    Completed,
}

impl Refusal for LeaveProgramRefusal {
    fn field(&self) -> &'static [&'static str] {
        &["input", "id"]
    }
}

/// Why a completion was not recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CompleteParticipationRefusal {
    /// The person is not in.
    #[error("the person takes no part in the program")]
    TakesNoPart,
    /// Only who has joined can complete.
    #[error("only who has joined can complete; this person is {}", .0.name())]
    NotJoined(ParticipantStatus),
}

impl Refusal for CompleteParticipationRefusal {
    fn field(&self) -> &'static [&'static str] {
        &["input", "employeeId"]
    }
}

impl Programs<'_> {
    /// Invites people into a program, each on their own: one who cannot be invited does not hinder the others.
    pub async fn invite_participants(
        self,
        actor: &Actor,
        command: InviteParticipants,
    ) -> Result<Vec<InvitationResult>, Failure<InviteParticipantsRefusal>> {
        let given = command.employees.len();
        if !(1..=MOST_INVITED).contains(&given) {
            return Err(InviteParticipantsRefusal::WrongNumber { given }.into());
        }
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "inviteParticipants", input: &command };
        let claimed =
            self.core.claim::<_, InviteParticipantsRefusal>(&mut *tx, actor, keyed, command.program);
        let replayed = claimed.await?.is_some();
        let (program, _) = self.managed(&mut *tx, actor, command.program).await?;
        if replayed {
            let parts = tx.lock_participants(program.id, &command.employees).await?;
            return Ok(invited_before(&command.employees, &parts));
        }
        if program.status != ProgramStatus::Active {
            return Err(InviteParticipantsRefusal::NotActive(program.status).into());
        }
        let people = tx.employees(&command.employees).await?;
        let here = people.iter().filter(|person| person.employment.status != EmploymentStatus::Left);
        let here: HashSet<EmployeeId> = here.map(Employee::id).collect();
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
        self.core.record(&mut *tx, actor, &events).await?;
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
        command: JoinProgram,
    ) -> Result<Participant, Failure<JoinProgramRefusal>> {
        let id = command.program;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "joinProgram", input: &command };
        let claimed = self.core.claim::<_, JoinProgramRefusal>(&mut *tx, actor, keyed, id).await?;
        let (program, part) = self.own_part(&mut *tx, actor, id).await?;
        if claimed.is_some() {
            return Ok(part.ok_or(JoinProgramRefusal::NotInvited)?);
        }
        if program.status != ProgramStatus::Active {
            return Err(JoinProgramRefusal::NotActive(program.status).into());
        }
        let mut part = part.ok_or(JoinProgramRefusal::NotInvited)?;
        part.join(self.core.clock.now())?;
        let event = ProgramEvent::ParticipantJoined { program: id, employee: part.employee };
        self.keep(tx, actor, &part, event).await?;
        Ok(part)
    }

    /// The person declines or drops out.
    pub async fn leave_program(
        self,
        actor: &Actor,
        id: ProgramId,
    ) -> Result<Participant, Failure<LeaveProgramRefusal>> {
        let mut tx = self.core.store.begin(actor.employer).await?;
        let (program, part) = self.own_part(&mut *tx, actor, id).await?;
        if program.status != ProgramStatus::Active {
            return Err(LeaveProgramRefusal::NotActive(program.status).into());
        }
        let mut part = part.ok_or(LeaveProgramRefusal::TakesNoPart)?;
        part.leave(self.core.clock.now())?;
        let event = ProgramEvent::ParticipantLeft { program: id, employee: part.employee };
        self.keep(tx, actor, &part, event).await?;
        Ok(part)
    }

    /// Records that somebody has reached the goal; also after the program has closed, as results come late.
    pub async fn complete_participation(
        self,
        actor: &Actor,
        command: CompleteParticipation,
    ) -> Result<Participant, Failure<CompleteParticipationRefusal>> {
        let CompleteParticipation { program: id, employee } = command;
        let mut tx = self.core.store.begin(actor.employer).await?;
        self.managed(&mut *tx, actor, id).await?;
        let part = tx.lock_participants(id, &[employee]).await?.pop();
        let mut part = part.ok_or(CompleteParticipationRefusal::TakesNoPart)?;
        part.complete(self.core.clock.now())?;
        let event = ProgramEvent::ParticipantCompleted { program: id, employee };
        self.keep(tx, actor, &part, event).await?;
        Ok(part)
    }

    /// A program as the actor may see it, locked, and the part that they have in it.
    async fn own_part(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        id: ProgramId,
    ) -> Result<(Program, Option<Participant>), Fault> {
        policy::require(actor, Action::JoinPrograms, &[Relation::Oneself])?;
        let nobody = || Fault::Forbidden("only people take part in programs".to_owned());
        let employee = actor.employee().ok_or_else(nobody)?;
        let (program, _) = self.visible(tx, actor, id).await?;
        let part = tx.lock_participants(id, &[employee]).await?.pop();
        Ok((program, part))
    }

    /// Writes what became of somebody's part.
    async fn keep(
        self,
        mut tx: Box<dyn UnitOfWork>,
        actor: &Actor,
        part: &Participant,
        event: ProgramEvent,
    ) -> Result<(), Fault> {
        tx.save_participants(std::slice::from_ref(part)).await?;
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await
    }
}

/// What the names on an invitation came to that was sent before, as things stand now.
fn invited_before(employees: &[EmployeeId], parts: &[Participant]) -> Vec<InvitationResult> {
    let mut named = HashSet::new();
    let result = |employee: &EmployeeId| {
        let first = named.insert(*employee);
        let outcome = match parts.iter().find(|part| part.employee == *employee).cloned() {
            Some(part) if first && part.status == ParticipantStatus::Invited => {
                InvitationOutcome::Invited(part)
            }
            Some(part) => InvitationOutcome::AlreadyTakesPart(part),
            None => InvitationOutcome::UnknownEmployee,
        };
        InvitationResult { employee: *employee, outcome }
    };
    employees.iter().map(result).collect()
}
