//! Creating and changing providers.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::catalog::{ChangeProviderRefusal, CreateProviderRefusal, InvalidProvider};

use crate::graphql::catalog::inputs::{ChangeProviderInput, CreateProviderInput};
use crate::graphql::catalog::types::Provider;
use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::refusal::{answered, user_errors};

/// Mutations of providers.
#[derive(Default)]
pub(crate) struct ProviderMutations;

#[Object]
impl ProviderMutations {
    /// Adds a provider. For `HR_ADMIN`.
    async fn create_provider(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The provider.")] input: CreateProviderInput,
    ) -> Isolated<CreateProviderPayload> {
        isolated(async {
            let outcome = ctx.app()?.catalog().create_provider(ctx.actor()?, input.try_into()?).await;
            let (provider, user_errors) = answered(outcome)?;
            Ok(Some(CreateProviderPayload { provider: provider.map(Provider::from), user_errors }))
        })
        .await
    }

    /// Changes what is known of a provider. For `HR_ADMIN`. CONFLICT when the expected version is not the stored one.
    async fn change_provider(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The provider and what changes.")] input: ChangeProviderInput,
    ) -> Isolated<ChangeProviderPayload> {
        isolated(async {
            let outcome = ctx.app()?.catalog().change_provider(ctx.actor()?, input.into()).await;
            let (provider, user_errors) = answered(outcome)?;
            Ok(Some(ChangeProviderPayload { provider: provider.map(Provider::from), user_errors }))
        })
        .await
    }
}

/// What became of `createProvider`.
#[derive(SimpleObject)]
pub(crate) struct CreateProviderPayload {
    /// The provider; null when refused.
    provider: Option<Provider>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<CreateProviderError>,
}

user_errors! {
    /// Why a provider was not created.
    CreateProviderError, CreateProviderErrorCode for CreateProviderRefusal {
        /// Another provider has the name.
        NameTaken <= CreateProviderRefusal::NameTaken(_),
        /// The name is empty, too long or has control characters.
        InvalidName <= CreateProviderRefusal::Invalid(InvalidProvider::Name(_)),
        /// The region is empty, too long or has control characters.
        InvalidRegion <= CreateProviderRefusal::Invalid(InvalidProvider::Region(_)),
        /// The accreditation is empty, too long or has control characters.
        InvalidAccreditation <= CreateProviderRefusal::Invalid(InvalidProvider::Accreditation(_)),
        /// The quality assurance is empty, too long or has control characters.
        InvalidQualityAssurance <= CreateProviderRefusal::Invalid(InvalidProvider::QualityAssurance(_)),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= CreateProviderRefusal::KeyReused(_),
    }
}

/// What became of `changeProvider`.
#[derive(SimpleObject)]
pub(crate) struct ChangeProviderPayload {
    /// The provider as it is now; null when refused.
    provider: Option<Provider>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<ChangeProviderError>,
}

user_errors! {
    /// Why a provider was not changed.
    ChangeProviderError, ChangeProviderErrorCode for ChangeProviderRefusal {
        /// Another provider has the name.
        NameTaken <= ChangeProviderRefusal::NameTaken(_),
        /// The name is empty, too long or has control characters.
        InvalidName <= ChangeProviderRefusal::Invalid(InvalidProvider::Name(_)),
        /// The region is empty, too long or has control characters.
        InvalidRegion <= ChangeProviderRefusal::Invalid(InvalidProvider::Region(_)),
        /// The accreditation is empty, too long or has control characters.
        InvalidAccreditation <= ChangeProviderRefusal::Invalid(InvalidProvider::Accreditation(_)),
        /// The quality assurance is empty, too long or has control characters.
        InvalidQualityAssurance <= ChangeProviderRefusal::Invalid(InvalidProvider::QualityAssurance(_)),
    }
}
