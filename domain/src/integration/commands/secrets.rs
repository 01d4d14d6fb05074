//! Giving a service account another secret.

use serde::Serialize;

use super::{Integration, IssuedSecret};
use crate::access::{Action, Actor, policy};
use crate::app::Keyed;
use crate::integration::secret::make_way;
use crate::integration::{ClientSecret, IntegrationEvent, Overlap, RotateSecretRefusal};
use crate::journal::IdempotencyKey;
use crate::kernel::{
    ClientSecretId, Credential, CredentialKind, Entropy, Failure, Fault, ServiceAccountId, check_version,
};

/// A service account that is to have another secret.
#[derive(Debug, Clone, Serialize)]
pub struct RotateClientSecret {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which account.
    pub id: ServiceAccountId,
    /// The version that the caller saw, if it matters to them.
    pub expected_version: Option<i32>,
    /// How long the old secret goes on.
    pub overlap: Overlap,
}

impl Integration<'_> {
    /// Gives an account another secret. The old one, and the tokens that were given for it, go on for a while.
    pub async fn rotate_secret(
        self,
        actor: &Actor,
        command: RotateClientSecret,
        entropy: &Entropy,
    ) -> Result<IssuedSecret, Failure<RotateSecretRefusal>> {
        policy::require(actor, Action::ManageServiceAccounts, &[])?;
        let (id, now) = (command.id, self.core.clock.now());
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed =
            Keyed { key: command.key.as_ref(), command: "rotateServiceAccountSecret", input: &command };
        let earlier = self.core.claim::<_, RotateSecretRefusal>(&mut *tx, actor, keyed, id).await?;
        let mut account = tx.lock_service_account(id).await?.ok_or_else(|| Fault::not_found(id))?;
        if earlier.is_some() {
            return Ok(IssuedSecret { account, secret: None });
        }
        check_version("service account", command.expected_version, account.version)?;
        if !account.is_active() {
            return Err(RotateSecretRefusal::Revoked.into());
        }
        let mut secrets = tx.client_secrets_of(id).await?;
        let old_ends_at = make_way(&mut secrets, command.overlap, now)?;
        let credential = Credential::new(CredentialKind::ClientSecret, entropy);
        let secret = ClientSecret::new(self.core.id::<ClientSecretId>(), id, credential.digest(), now);
        let event =
            IntegrationEvent::SecretRotated { service_account: id, client_secret: secret.id, old_ends_at };
        secrets.push(secret);
        account.version = account.version.saturating_add(1);
        tx.save_service_account(&account).await?;
        tx.save_client_secrets(&secrets).await?;
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(IssuedSecret { account, secret: Some(credential) })
    }
}
