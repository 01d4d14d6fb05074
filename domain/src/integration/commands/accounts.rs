//! Creating, changing and revoking service accounts.

use serde::Serialize;

use super::{Integration, IssuedSecret};
use crate::access::{AccountScopes, Action, Actor, policy};
use crate::app::Keyed;
use crate::integration::{
    ChangeAccountRefusal, ClientSecret, CreateAccountRefusal, IntegrationEvent, RevokeAccountRefusal,
    ServiceAccount,
};
use crate::journal::IdempotencyKey;
use crate::kernel::{
    ClientSecretId, Credential, CredentialKind, Entropy, Failure, Fault, ServiceAccountId, check_version,
};

/// A service account to create.
#[derive(Debug, Clone, Serialize)]
pub struct CreateServiceAccount {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// What people call it.
    pub name: String,
    /// What it may do at most.
    pub scopes: AccountScopes,
}

/// An account that somebody has looked at.
#[derive(Debug, Clone, Copy)]
pub struct ServiceAccountToChange {
    /// Which one.
    pub id: ServiceAccountId,
    /// The version that the caller saw, if it matters to them.
    pub expected_version: Option<i32>,
}

/// A change of a service account. What is not given stays.
#[derive(Debug, Clone)]
pub struct ChangeServiceAccount {
    /// Which one.
    pub account: ServiceAccountToChange,
    /// What people call it.
    pub name: Option<String>,
    /// What it may do at most.
    pub scopes: Option<AccountScopes>,
}

impl Integration<'_> {
    /// Creates a service account with its first secret.
    pub async fn create_account(
        self,
        actor: &Actor,
        command: CreateServiceAccount,
        entropy: &Entropy,
    ) -> Result<IssuedSecret, Failure<CreateAccountRefusal>> {
        policy::require(actor, Action::ManageServiceAccounts, &[])?;
        let (id, now) = (self.core.id::<ServiceAccountId>(), self.core.clock.now());
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "createServiceAccount", input: &command };
        let earlier = self.core.claim::<_, CreateAccountRefusal>(&mut *tx, actor, keyed, id).await?;
        if let Some(earlier) = earlier {
            let account = tx.lock_service_account(earlier).await?;
            let account = account.ok_or_else(|| Fault::not_found(earlier))?;
            return Ok(IssuedSecret { account, secret: None });
        }
        let account = ServiceAccount::create(id, &command.name, command.scopes, (actor.employee(), now))?;
        // Two who want the same name wait for each other here.
        tx.lock_organization().await?;
        if tx.service_account_named(&account.name).await?.is_some() {
            return Err(CreateAccountRefusal::NameTaken(account.name).into());
        }
        let credential = Credential::new(CredentialKind::ClientSecret, entropy);
        let secret = ClientSecret::new(self.core.id::<ClientSecretId>(), id, credential.digest(), now);
        tx.save_service_account(&account).await?;
        tx.save_client_secrets(std::slice::from_ref(&secret)).await?;
        let event = IntegrationEvent::ServiceAccountCreated {
            service_account: id,
            scopes: account.scopes,
            client_secret: secret.id,
        };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(IssuedSecret { account, secret: Some(credential) })
    }

    /// Calls an account something else, or gives it other scopes. Its tokens have no more than it has from then on.
    pub async fn change_account(
        self,
        actor: &Actor,
        command: ChangeServiceAccount,
    ) -> Result<ServiceAccount, Failure<ChangeAccountRefusal>> {
        policy::require(actor, Action::ManageServiceAccounts, &[])?;
        let ServiceAccountToChange { id, expected_version } = command.account;
        let mut tx = self.core.store.begin(actor.employer).await?;
        tx.lock_organization().await?;
        let mut account = tx.lock_service_account(id).await?.ok_or_else(|| Fault::not_found(id))?;
        check_version("service account", expected_version, account.version)?;
        let before = account.name.clone();
        if !account.change(command.name.as_deref(), command.scopes)? {
            return Ok(account);
        }
        if tx.service_account_named(&account.name).await?.is_some_and(|named| named != id) {
            return Err(ChangeAccountRefusal::NameTaken(account.name).into());
        }
        tx.save_service_account(&account).await?;
        let event = IntegrationEvent::ServiceAccountChanged {
            service_account: id,
            scopes: account.scopes,
            renamed: before != account.name,
        };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(account)
    }

    /// Takes everything from an account, for good: its secrets end, and so do its tokens.
    pub async fn revoke_account(
        self,
        actor: &Actor,
        command: ServiceAccountToChange,
    ) -> Result<ServiceAccount, Failure<RevokeAccountRefusal>> {
        policy::require(actor, Action::ManageServiceAccounts, &[])?;
        let ServiceAccountToChange { id, expected_version } = command;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let mut account = tx.lock_service_account(id).await?.ok_or_else(|| Fault::not_found(id))?;
        check_version("service account", expected_version, account.version)?;
        let now = self.core.clock.now();
        account.revoke(now)?;
        let mut secrets = tx.client_secrets_of(id).await?;
        for secret in &mut secrets {
            secret.end(now);
        }
        tx.save_service_account(&account).await?;
        tx.save_client_secrets(&secrets).await?;
        let event = IntegrationEvent::ServiceAccountRevoked { service_account: id };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(account)
    }
}
