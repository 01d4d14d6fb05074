//! Giving tokens, noting what was used, and forgetting what has ended.

use super::Integration;
use crate::access::Actor;
use crate::integration::{Granted, RequestToken, TokenRefusal};
use crate::kernel::{AccessTokenId, EmployerId, Entropy, Failure, Fault, Refusal, ServiceAccountId, TypedId};

impl Refusal for TokenRefusal {}

impl Integration<'_> {
    /// Gives a token to who proves to be a service account. The journal does not tell of it, since a client may ask every
    /// hour of every day; what the account does with the token, it tells.
    pub async fn grant_token(
        self,
        asked: RequestToken<'_>,
        entropy: &Entropy,
    ) -> Result<Granted, Failure<TokenRefusal>> {
        let id = ServiceAccountId::parse(asked.client_id).map_err(|_| TokenRefusal::UnknownClient)?;
        let client = self.core.store.reads().client(id).await?.ok_or(TokenRefusal::UnknownClient)?;
        let now = self.core.clock.now();
        let granted = client.grant(&asked, (self.core.id::<AccessTokenId>(), entropy), now)?;
        // Whoever revokes the account meanwhile need not wait: the token is looked up together with the account.
        let mut tx = self.core.store.begin(client.employer).await?;
        tx.insert_access_tokens(std::slice::from_ref(&granted.token)).await?;
        tx.touch_client_secrets(&[granted.token.secret], now).await?;
        tx.commit().await?;
        Ok(granted)
    }

    /// Puts down that a service account was used, beside the request that it sent.
    pub async fn note_use(self, actor: &Actor) -> Result<(), Fault> {
        let Some(account) = actor.account() else { return Ok(()) };
        let mut tx = self.core.store.begin(actor.employer).await?;
        tx.touch_service_accounts(&[account.id], self.core.clock.now()).await?;
        tx.commit().await
    }

    /// Forgets tokens and secrets that have ended, of one employer. Answers with how many there were.
    pub async fn drop_ended_credentials(self, employer: EmployerId) -> Result<u64, Fault> {
        let now = self.core.clock.now();
        let mut tx = self.core.store.begin(employer).await?;
        let tokens = tx.drop_access_tokens(now).await?;
        let secrets = tx.drop_client_secrets(now).await?;
        tx.commit().await?;
        Ok(tokens.saturating_add(secrets))
    }
}
