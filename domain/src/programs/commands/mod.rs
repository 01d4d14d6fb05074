//! What can be done to programs.

mod participants;
mod programs;
mod running;

pub use participants::{
    CompleteParticipation, CompleteParticipationRefusal, InvitationOutcome, InvitationResult,
    InviteParticipants, InviteParticipantsRefusal, JoinProgram, JoinProgramRefusal, LeaveProgramRefusal,
};
pub use programs::{
    ChangeProgram, ChangeProgramRefusal, CreateProgram, CreateProgramRefusal, InvalidProgram,
};
pub use running::{ActivateProgramRefusal, CloseProgramRefusal};

use crate::access::{Action, Actor, Relation, policy};
use crate::app::Core;
use crate::kernel::{Fault, ProgramId};
use crate::store::UnitOfWork;

use super::{Outline, Program, ProgramStatus};

/// The use cases of programs.
#[derive(Clone, Copy)]
pub struct Programs<'a> {
    pub(super) core: &'a Core,
}

impl<'a> Programs<'a> {
    pub(crate) fn new(core: &'a Core) -> Self {
        Self { core }
    }

    /// A program, locked, as far as the actor may see it. A draft of others is not there.
    async fn visible(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        id: ProgramId,
    ) -> Result<(Program, Outline), Fault> {
        let (program, outline) = tx.lock_program(id).await?.ok_or_else(|| Fault::not_found(id))?;
        let hidden = program.status == ProgramStatus::Draft
            && policy::basis(actor, Action::ReadDraftPrograms, relations(actor, &program)).is_none();
        if hidden { Err(Fault::not_found(id)) } else { Ok((program, outline)) }
    }

    /// A program, locked, for somebody who may change it.
    async fn managed(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        id: ProgramId,
    ) -> Result<(Program, Outline), Fault> {
        let (program, outline) = self.visible(tx, actor, id).await?;
        policy::require(actor, Action::ManagePrograms, relations(actor, &program))?;
        Ok((program, outline))
    }
}

fn relations(actor: &Actor, program: &Program) -> &'static [Relation] {
    if actor.employee() == Some(program.owner) { &[Relation::ProgramOwner] } else { &[] }
}
