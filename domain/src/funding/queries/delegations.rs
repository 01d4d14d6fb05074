//! Reading delegations.

use crate::access::{Action, Actor, policy};
use crate::funding::{Delegation, DelegationFilter, Funding};
use crate::kernel::{ApprovalDelegationId, Fault, Page, PageRequest};

impl Funding<'_> {
    /// Those of the delegations that the actor may see.
    pub async fn delegations_by_id(
        self,
        actor: &Actor,
        ids: &[ApprovalDelegationId],
    ) -> Result<Vec<Delegation>, Fault> {
        match policy::scope(actor, Action::ReadDelegations) {
            Some(scope) => self.core.store.reads().delegations_by_id(scope, ids).await,
            None => Ok(Vec::new()),
        }
    }

    /// The same page of several lists of delegations, the newest first.
    pub async fn delegations(
        self,
        actor: &Actor,
        lists: &[DelegationFilter],
        page: &PageRequest,
    ) -> Result<Vec<Page<Delegation>>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadDelegations)?;
        self.core.store.reads().delegations(scope, lists, page).await
    }

    /// How many delegations each list has.
    pub async fn count_delegations(
        self,
        actor: &Actor,
        lists: &[DelegationFilter],
    ) -> Result<Vec<u64>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadDelegations)?;
        self.core.store.reads().count_delegations(scope, lists).await
    }
}
