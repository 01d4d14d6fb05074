//! Reading absences.

use crate::access::{Action, Actor, policy};
use crate::kernel::{AbsenceId, Fault, Page, PageRequest};
use crate::organization::{Absence, AbsenceFilter, Organization};

impl Organization<'_> {
    /// Those of the absences that the actor may see.
    pub async fn absences_by_id(self, actor: &Actor, ids: &[AbsenceId]) -> Result<Vec<Absence>, Fault> {
        match policy::scope(actor, Action::ReadAbsences) {
            Some(scope) => self.core.store.reads().absences_by_id(scope, ids).await,
            None => Ok(Vec::new()),
        }
    }

    /// The same page of several lists of absences, the newest first.
    pub async fn absences(
        self,
        actor: &Actor,
        lists: &[AbsenceFilter],
        page: &PageRequest,
    ) -> Result<Vec<Page<Absence>>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadAbsences)?;
        self.core.store.reads().absences(scope, lists, page).await
    }

    /// How many absences each list has.
    pub async fn count_absences(self, actor: &Actor, lists: &[AbsenceFilter]) -> Result<Vec<u64>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadAbsences)?;
        self.core.store.reads().count_absences(scope, lists).await
    }
}
