//! How service accounts, their secrets and their tokens are stored.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::access::Scope;
use crate::kernel::{ClientSecretId, Fault, Page, PageRequest, ServiceAccountId};

use super::{AccessToken, Client, ClientSecret, ServiceAccount, ServiceAccountFilter};

/// Writes within one employer's transaction.
#[async_trait]
pub trait IntegrationWrites: Send {
    /// A service account, locked.
    async fn lock_service_account(&mut self, id: ServiceAccountId) -> Result<Option<ServiceAccount>, Fault>;
    /// The active account that is called so, whatever the case of the letters.
    async fn service_account_named(&mut self, name: &str) -> Result<Option<ServiceAccountId>, Fault>;
    /// Adds or replaces an account by id, except for when it was last used.
    async fn save_service_account(&mut self, account: &ServiceAccount) -> Result<(), Fault>;
    /// The secrets of an account.
    async fn client_secrets_of(&mut self, account: ServiceAccountId) -> Result<Vec<ClientSecret>, Fault>;
    /// Adds or replaces secrets by id.
    async fn save_client_secrets(&mut self, secrets: &[ClientSecret]) -> Result<(), Fault>;
    /// Adds tokens.
    async fn insert_access_tokens(&mut self, tokens: &[AccessToken]) -> Result<(), Fault>;
    /// Puts down that secrets were used.
    async fn touch_client_secrets(&mut self, ids: &[ClientSecretId], at: DateTime<Utc>) -> Result<(), Fault>;
    /// Puts down that accounts were used, unless that is put down for a later instant.
    async fn touch_service_accounts(
        &mut self,
        ids: &[ServiceAccountId],
        at: DateTime<Utc>,
    ) -> Result<(), Fault>;
    /// Forgets tokens that have ended by an instant.
    async fn drop_access_tokens(&mut self, by: DateTime<Utc>) -> Result<u64, Fault>;
    /// Forgets secrets that have ended by an instant, with the tokens that were given for them.
    async fn drop_client_secrets(&mut self, by: DateTime<Utc>) -> Result<u64, Fault>;
}

/// Reads of service accounts.
#[async_trait]
pub trait IntegrationReads: Send + Sync {
    /// A service account with its secrets, of whatever employer: it is asked for before it is known whose it is.
    async fn client(&self, id: ServiceAccountId) -> Result<Option<Client>, Fault>;
    /// Accounts by id.
    async fn service_accounts_by_id(
        &self,
        scope: Scope,
        ids: &[ServiceAccountId],
    ) -> Result<Vec<ServiceAccount>, Fault>;
    /// The same page of several lists of accounts, the oldest first.
    async fn service_accounts(
        &self,
        scope: Scope,
        lists: &[ServiceAccountFilter],
        page: &PageRequest,
    ) -> Result<Vec<Page<ServiceAccount>>, Fault>;
    /// How many accounts each list has.
    async fn count_service_accounts(
        &self,
        scope: Scope,
        lists: &[ServiceAccountFilter],
    ) -> Result<Vec<u64>, Fault>;
    /// The secrets of accounts, the oldest first.
    async fn client_secrets_by_account(
        &self,
        scope: Scope,
        accounts: &[ServiceAccountId],
    ) -> Result<Vec<ClientSecret>, Fault>;
}
