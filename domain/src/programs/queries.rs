//! What can be asked about programs.

use crate::access::{Action, Actor, Scope, policy};
use crate::kernel::{Direction, Fault, Page, PageRequest, ParticipantId, ProgramId};

use super::{Outline, Participant, ParticipantFilter, Program, ProgramFilter, ProgramOrder, Programs};

impl Programs<'_> {
    /// Programs by id, as far as the actor may see them.
    pub async fn programs_by_id(self, actor: &Actor, ids: &[ProgramId]) -> Result<Vec<Program>, Fault> {
        self.core.store.reads().programs_by_id(drafts(actor)?, ids).await
    }

    /// What programs aim at, as far as the actor may see them.
    pub async fn outlines_by_id(
        self,
        actor: &Actor,
        ids: &[ProgramId],
    ) -> Result<Vec<(ProgramId, Outline)>, Fault> {
        self.core.store.reads().outlines_by_id(drafts(actor)?, ids).await
    }

    /// The same page of several lists of programs.
    pub async fn programs(
        self,
        actor: &Actor,
        lists: &[ProgramFilter],
        order: (ProgramOrder, Direction),
        page: &PageRequest,
    ) -> Result<Vec<Page<Program>>, Fault> {
        self.core.store.reads().programs(drafts(actor)?, lists, order, page).await
    }

    /// How many programs each list has.
    pub async fn count_programs(self, actor: &Actor, lists: &[ProgramFilter]) -> Result<Vec<u64>, Fault> {
        self.core.store.reads().count_programs(drafts(actor)?, lists).await
    }

    /// Participants by id, as far as the actor may see them.
    pub async fn participants_by_id(
        self,
        actor: &Actor,
        ids: &[ParticipantId],
    ) -> Result<Vec<Participant>, Fault> {
        match policy::scope(actor, Action::ReadParticipants) {
            Some(scope) => self.core.store.reads().participants_by_id(scope, ids).await,
            None => Ok(Vec::new()),
        }
    }

    /// The same page of several lists of participants, as far as the actor may see them, the newest invitation last.
    pub async fn participants(
        self,
        actor: &Actor,
        lists: &[ParticipantFilter],
        page: &PageRequest,
    ) -> Result<Vec<Page<Participant>>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadParticipants)?;
        self.core.store.reads().participants(scope, lists, page).await
    }

    /// How many participants each list has, as far as the actor may see them.
    pub async fn count_participants(
        self,
        actor: &Actor,
        lists: &[ParticipantFilter],
    ) -> Result<Vec<u64>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadParticipants)?;
        self.core.store.reads().count_participants(scope, lists).await
    }
}

/// Which drafts an actor may see beside the programs that are open to everybody.
fn drafts(actor: &Actor) -> Result<Scope, Fault> {
    policy::require_scope(actor, Action::ReadPrograms)?;
    policy::require_scope(actor, Action::ReadDraftPrograms)
}
