//! Integration on the stage: no program takes part in a story.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use upskill_domain::integration::{AccessToken, ClientSecret, IntegrationWrites, ServiceAccount};
use upskill_domain::kernel::{ClientSecretId, Fault, ServiceAccountId};

use super::Scene;

fn elsewhere() -> Fault {
    Fault::inconsistent("service accounts are kept where they are used, not on the stage")
}

#[async_trait]
impl IntegrationWrites for Scene {
    async fn lock_service_account(&mut self, _: ServiceAccountId) -> Result<Option<ServiceAccount>, Fault> {
        Ok(None)
    }

    async fn service_account_named(&mut self, _: &str) -> Result<Option<ServiceAccountId>, Fault> {
        Ok(None)
    }

    async fn save_service_account(&mut self, _: &ServiceAccount) -> Result<(), Fault> {
        Err(elsewhere())
    }

    async fn client_secrets_of(&mut self, _: ServiceAccountId) -> Result<Vec<ClientSecret>, Fault> {
        Ok(Vec::new())
    }

    async fn save_client_secrets(&mut self, _: &[ClientSecret]) -> Result<(), Fault> {
        Err(elsewhere())
    }

    async fn insert_access_tokens(&mut self, _: &[AccessToken]) -> Result<(), Fault> {
        Err(elsewhere())
    }

    async fn touch_client_secrets(&mut self, _: &[ClientSecretId], _: DateTime<Utc>) -> Result<(), Fault> {
        Err(elsewhere())
    }

    async fn touch_service_accounts(
        &mut self,
        _: &[ServiceAccountId],
        _: DateTime<Utc>,
    ) -> Result<(), Fault> {
        Err(elsewhere())
    }

    async fn drop_access_tokens(&mut self, _: DateTime<Utc>) -> Result<u64, Fault> {
        Err(elsewhere())
    }

    async fn drop_client_secrets(&mut self, _: DateTime<Utc>) -> Result<u64, Fault> {
        Err(elsewhere())
    }
}
