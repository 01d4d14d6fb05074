//! Reading service accounts.

use crate::access::{Action, Actor, Scope, policy};
use crate::kernel::{Fault, Page, PageRequest, ServiceAccountId};

use super::{ClientSecret, Integration, ServiceAccount, ServiceAccountFilter};

impl Integration<'_> {
    /// Those of the accounts that the actor may see.
    pub async fn service_accounts_by_id(
        self,
        actor: &Actor,
        ids: &[ServiceAccountId],
    ) -> Result<Vec<ServiceAccount>, Fault> {
        match policy::scope(actor, Action::ReadServiceAccounts) {
            Some(scope) => self.core.store.reads().service_accounts_by_id(scope, ids).await,
            None => Ok(Vec::new()),
        }
    }

    /// The account that asks, in its own name or in that of a person.
    pub async fn own_account(self, actor: &Actor) -> Result<Option<ServiceAccount>, Fault> {
        let Some(own) = actor.account() else { return Ok(None) };
        let scope = Scope::all(actor.employer);
        Ok(self.core.store.reads().service_accounts_by_id(scope, &[own.id]).await?.pop())
    }

    /// The same page of several lists of accounts, the oldest first.
    pub async fn service_accounts(
        self,
        actor: &Actor,
        lists: &[ServiceAccountFilter],
        page: &PageRequest,
    ) -> Result<Vec<Page<ServiceAccount>>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadServiceAccounts)?;
        self.core.store.reads().service_accounts(scope, lists, page).await
    }

    /// How many accounts each list has.
    pub async fn count_service_accounts(
        self,
        actor: &Actor,
        lists: &[ServiceAccountFilter],
    ) -> Result<Vec<u64>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadServiceAccounts)?;
        self.core.store.reads().count_service_accounts(scope, lists).await
    }

    /// The secrets of accounts that hold still, the oldest first, where the actor may see the accounts.
    pub async fn client_secrets_by_account(
        self,
        actor: &Actor,
        accounts: &[ServiceAccountId],
    ) -> Result<Vec<ClientSecret>, Fault> {
        let Some(scope) = policy::scope(actor, Action::ReadServiceAccounts) else { return Ok(Vec::new()) };
        let mut secrets = self.core.store.reads().client_secrets_by_account(scope, accounts).await?;
        let now = self.core.clock.now();
        secrets.retain(|secret| secret.holds(now));
        Ok(secrets)
    }
}
