//! What can be done to programs.

mod participants;
mod programs;

pub use participants::{
    CompleteParticipation, InvitationOutcome, InvitationResult, InviteParticipants, InviteRefusal,
    ParticipationRefusal,
};
pub use programs::{ChangeProgram, CreateProgram, ProgramRefusal, ProgramStatusRefusal};

use crate::access::{Action, Actor, Relation, policy};
use crate::app::Core;
use crate::journal::Entry;
use crate::kernel::{Fault, ProgramId};
use crate::store::UnitOfWork;

use super::{Outline, Program, ProgramEvent, ProgramStatus};

/// The use cases of programs.
#[derive(Clone, Copy)]
pub struct Programs<'a> {
    pub(super) core: &'a Core,
}

impl<'a> Programs<'a> {
    pub(crate) fn new(core: &'a Core) -> Self {
        Self { core }
    }

    async fn record(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        events: &[ProgramEvent],
    ) -> Result<(), Fault> {
        let entries: Vec<Entry> = events.iter().map(|event| self.core.entry(actor, event)).collect();
        tx.append_entries(&entries).await
    }

    /// The program, locked, for somebody who may change it. A draft that the actor cannot see is not there.
    async fn managed(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        id: ProgramId,
    ) -> Result<(Program, Outline), Fault> {
        let (program, outline) = tx.lock_program(id).await?.ok_or_else(|| Fault::not_found(id))?;
        let owns = actor.employee() == Some(program.owner);
        let relations: &[Relation] = if owns { &[Relation::ProgramOwner] } else { &[] };
        let hidden = program.status == ProgramStatus::Draft
            && policy::basis(actor, Action::ReadDraftPrograms, relations).is_none();
        if hidden {
            return Err(Fault::not_found(id));
        }
        policy::require(actor, Action::ManagePrograms, relations)?;
        Ok((program, outline))
    }
}
