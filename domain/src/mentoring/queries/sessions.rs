//! What can be asked about goals and sessions.

use crate::access::{Action, Actor, policy};
use crate::kernel::{Fault, MentoringGoalId, MentoringSessionId, Page, PageRequest, PairingId};
use crate::mentoring::{Mentoring, MentoringGoal, MentoringNote, MentoringSession, ObservedSkill};

impl Mentoring<'_> {
    /// Goals by id, as far as the actor may see them.
    pub async fn goals_by_id(
        self,
        actor: &Actor,
        ids: &[MentoringGoalId],
    ) -> Result<Vec<MentoringGoal>, Fault> {
        match policy::scope(actor, Action::ReadMentoringSessions) {
            Some(scope) => self.core.store.reads().goals_by_id(scope, ids).await,
            None => Ok(Vec::new()),
        }
    }

    /// The goals of pairings, as far as the actor may see them.
    pub async fn goals_by_pairing(
        self,
        actor: &Actor,
        pairings: &[PairingId],
    ) -> Result<Vec<MentoringGoal>, Fault> {
        match policy::scope(actor, Action::ReadMentoringSessions) {
            Some(scope) => self.core.store.reads().goals_by_pairing(scope, pairings).await,
            None => Ok(Vec::new()),
        }
    }

    /// Sessions by id, as far as the actor may see them.
    pub async fn sessions_by_id(
        self,
        actor: &Actor,
        ids: &[MentoringSessionId],
    ) -> Result<Vec<MentoringSession>, Fault> {
        match policy::scope(actor, Action::ReadMentoringSessions) {
            Some(scope) => self.core.store.reads().sessions_by_id(scope, ids).await,
            None => Ok(Vec::new()),
        }
    }

    /// The same page of the sessions of several pairings, as far as the actor may see them.
    pub async fn mentoring_sessions(
        self,
        actor: &Actor,
        lists: &[PairingId],
        page: &PageRequest,
    ) -> Result<Vec<Page<MentoringSession>>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadMentoringSessions)?;
        self.core.store.reads().mentoring_sessions(scope, lists, page).await
    }

    /// How many sessions each pairing has.
    pub async fn count_mentoring_sessions(
        self,
        actor: &Actor,
        lists: &[PairingId],
    ) -> Result<Vec<u64>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadMentoringSessions)?;
        self.core.store.reads().count_mentoring_sessions(scope, lists).await
    }

    /// The notes of sessions, for the pair.
    pub async fn notes_by_session(
        self,
        actor: &Actor,
        sessions: &[MentoringSessionId],
    ) -> Result<Vec<MentoringNote>, Fault> {
        match policy::scope(actor, Action::ShareMentoringNotes) {
            Some(scope) => self.core.store.reads().notes_by_session(scope, sessions).await,
            None => Ok(Vec::new()),
        }
    }

    /// The skills that were observed in sessions, as far as the actor may see them.
    pub async fn observations_by_session(
        self,
        actor: &Actor,
        sessions: &[MentoringSessionId],
    ) -> Result<Vec<(MentoringSessionId, ObservedSkill)>, Fault> {
        match policy::scope(actor, Action::ReadMentoringSessions) {
            Some(scope) => self.core.store.reads().observations_by_session(scope, sessions).await,
            None => Ok(Vec::new()),
        }
    }
}
