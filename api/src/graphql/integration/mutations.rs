//! Keeping service accounts.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::integration::{
    ChangeAccountRefusal, CreateAccountRefusal, IssuedSecret, RevokeAccountRefusal, RotateSecretRefusal,
};

use super::inputs::{
    ChangeServiceAccountInput, CreateServiceAccountInput, RevokeServiceAccountInput,
    RotateServiceAccountSecretInput,
};
use super::types::ServiceAccount;
use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::refusal::{answered, user_errors};
use crate::system::entropy;

/// Why an account is answered without its secret.
const SHOWN_BEFORE: &str = "the secret was shown when this idempotencyKey was first used and is kept by nobody here; \
                            rotateServiceAccountSecret makes another";

/// Mutations of integration.
#[derive(Default)]
pub(crate) struct IntegrationMutations;

#[Object]
impl IntegrationMutations {
    /// Creates a service account and shows its secret, this once. For `EMPLOYER_ADMIN`.
    async fn create_service_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The account.")] input: CreateServiceAccountInput,
    ) -> Isolated<CreateServiceAccountPayload> {
        isolated(async {
            let (command, entropy) = (input.try_into()?, entropy()?);
            let outcome = ctx.app()?.integration().create_account(ctx.actor()?, command, &entropy).await;
            let (issued, user_errors) = answered(outcome)?;
            let (service_account, secret, notice) = told(issued);
            Ok(Some(CreateServiceAccountPayload { service_account, secret, notice, user_errors }))
        })
        .await
    }

    /// Calls a service account something else, or gives it other scopes. For `EMPLOYER_ADMIN`. CONFLICT when the expected
    /// version is not the stored one.
    async fn change_service_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changes.")] input: ChangeServiceAccountInput,
    ) -> Isolated<ChangeServiceAccountPayload> {
        isolated(async {
            let outcome = ctx.app()?.integration().change_account(ctx.actor()?, input.into()).await;
            let (account, user_errors) = answered(outcome)?;
            let service_account = account.map(ServiceAccount::from);
            Ok(Some(ChangeServiceAccountPayload { service_account, user_errors }))
        })
        .await
    }

    /// Gives a service account another secret and shows it, this once. The old one goes on for a while, so that nothing stands
    /// still until the new one is everywhere. For `EMPLOYER_ADMIN`. CONFLICT when the expected version is not the stored one.
    async fn rotate_service_account_secret(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The account, and for how long its old secret goes on.")]
        input: RotateServiceAccountSecretInput,
    ) -> Isolated<RotateServiceAccountSecretPayload> {
        isolated(async {
            let (command, entropy) = (input.try_into()?, entropy()?);
            let outcome = ctx.app()?.integration().rotate_secret(ctx.actor()?, command, &entropy).await;
            let (issued, user_errors) = answered(outcome)?;
            let (service_account, secret, notice) = told(issued);
            Ok(Some(RotateServiceAccountSecretPayload { service_account, secret, notice, user_errors }))
        })
        .await
    }

    /// Takes everything from a service account, for good: its secrets and its tokens end at once. For `EMPLOYER_ADMIN`.
    /// CONFLICT when the expected version is not the stored one.
    async fn revoke_service_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The account.")] input: RevokeServiceAccountInput,
    ) -> Isolated<RevokeServiceAccountPayload> {
        isolated(async {
            let outcome = ctx.app()?.integration().revoke_account(ctx.actor()?, input.into()).await;
            let (account, user_errors) = answered(outcome)?;
            let service_account = account.map(ServiceAccount::from);
            Ok(Some(RevokeServiceAccountPayload { service_account, user_errors }))
        })
        .await
    }
}

/// What is told of a secret that was made: whose it is, the secret, or why there is none.
fn told(issued: Option<IssuedSecret>) -> (Option<ServiceAccount>, Option<String>, Option<&'static str>) {
    let Some(IssuedSecret { account, secret }) = issued else { return (None, None, None) };
    let notice = secret.is_none().then_some(SHOWN_BEFORE);
    (Some(account.into()), secret.map(|secret| secret.expose().to_owned()), notice)
}

/// What became of `createServiceAccount`.
#[derive(SimpleObject)]
pub(crate) struct CreateServiceAccountPayload {
    /// The account; null when refused.
    service_account: Option<ServiceAccount>,
    /// The secret, `upsk_secret_` and 64 hexadecimal digits: the `client_secret` at `/oauth/token`. It is shown this once and
    /// kept by nobody here. Null when refused, and when the same request was carried out before.
    secret: Option<String>,
    /// Why the account is answered without its secret; null when the secret is there.
    notice: Option<&'static str>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<CreateServiceAccountError>,
}

user_errors! {
    /// Why a service account was not created.
    CreateServiceAccountError, CreateServiceAccountErrorCode for CreateAccountRefusal {
        /// The name is empty, too long or has control characters.
        InvalidName <= CreateAccountRefusal::InvalidName(_),
        /// Another active account is called so.
        NameTaken <= CreateAccountRefusal::NameTaken(_),
        /// An account without scopes can do nothing.
        NoScopes <= CreateAccountRefusal::NoScopes,
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= CreateAccountRefusal::KeyReused(_),
    }
}

/// What became of `changeServiceAccount`.
#[derive(SimpleObject)]
pub(crate) struct ChangeServiceAccountPayload {
    /// The account as it is now; null when refused.
    service_account: Option<ServiceAccount>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<ChangeServiceAccountError>,
}

user_errors! {
    /// Why a service account was not changed.
    ChangeServiceAccountError, ChangeServiceAccountErrorCode for ChangeAccountRefusal {
        /// It is revoked.
        Revoked <= ChangeAccountRefusal::Revoked,
        /// The name is empty, too long or has control characters.
        InvalidName <= ChangeAccountRefusal::InvalidName(_),
        /// Another active account is called so.
        NameTaken <= ChangeAccountRefusal::NameTaken(_),
        /// An account without scopes can do nothing.
        NoScopes <= ChangeAccountRefusal::NoScopes,
    }
}

/// What became of `rotateServiceAccountSecret`.
#[derive(SimpleObject)]
pub(crate) struct RotateServiceAccountSecretPayload {
    /// The account with its secrets as they are now; null when refused.
    service_account: Option<ServiceAccount>,
    /// The new secret. It is shown this once and kept by nobody here. Null when refused, and when the same request was carried
    /// out before.
    secret: Option<String>,
    /// Why the account is answered without its secret; null when the secret is there.
    notice: Option<&'static str>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<RotateServiceAccountSecretError>,
}

user_errors! {
    /// Why a service account got no other secret.
    RotateServiceAccountSecretError, RotateServiceAccountSecretErrorCode for RotateSecretRefusal {
        /// It is revoked.
        Revoked <= RotateSecretRefusal::Revoked,
        /// Another old secret goes on still; `overlapHours` of 0 ends every old one.
        RotationUnderway <= RotateSecretRefusal::Underway { .. },
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= RotateSecretRefusal::KeyReused(_),
    }
}

/// What became of `revokeServiceAccount`.
#[derive(SimpleObject)]
pub(crate) struct RevokeServiceAccountPayload {
    /// The account as it is now; null when refused.
    service_account: Option<ServiceAccount>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<RevokeServiceAccountError>,
}

user_errors! {
    /// Why a service account was not revoked.
    RevokeServiceAccountError, RevokeServiceAccountErrorCode for RevokeAccountRefusal {
        /// It was revoked before.
        AlreadyRevoked <= RevokeAccountRefusal,
    }
}
