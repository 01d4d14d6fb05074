//! Who offers courses.

use async_graphql::{Context, ID, Object};
use upskill_domain::catalog::{self as domain};
use upskill_domain::kernel::ProviderId;

use crate::graphql::catalog::inputs::ProviderKind;
use crate::graphql::catalog::loaders::Providers;
use crate::graphql::context::RequestContext;
use crate::graphql::edges::Reported;
use crate::graphql::error::ApiError;
use crate::graphql::id::wire;
use crate::graphql::plain::Known;
use crate::graphql::scalars::{CountryCode, Url};

/// Somebody who offers courses: a company, a professional body, a college, a university, or several together.
#[derive(Clone)]
pub(crate) struct Provider(pub(super) domain::Provider);

impl From<domain::Provider> for Provider {
    fn from(provider: domain::Provider) -> Self {
        Self(provider)
    }
}

impl Provider {
    /// The provider with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: ProviderId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<Providers, _>(id).await?.map(Self))
    }

    /// The provider that something refers to, which therefore is there.
    pub(crate) async fn referred(ctx: &Context<'_>, id: ProviderId) -> Result<Self, ApiError> {
        let found = Self::load(ctx, id).await?;
        found.ok_or_else(|| ApiError::internal("a provider that something refers to is not there"))
    }
}

impl Known for Provider {
    const KNOWN: &'static [&'static str] = &[
        "id",
        "name",
        "kind",
        "country",
        "region",
        "accreditation",
        "qualityAssurance",
        "website",
        "version",
    ];
}

/// Somebody who offers courses: a company, a professional body, a college, a university, or several together.
#[Object]
impl Provider {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// The name, unique within the employer without regard to case and spacing.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What sort of organization it is.
    async fn kind(&self) -> ProviderKind {
        self.0.kind.into()
    }

    /// Where it issues its credentials; null when unknown.
    async fn country(&self) -> Option<CountryCode> {
        self.0.country.map(CountryCode)
    }

    /// The region within the country; null when unknown.
    async fn region(&self) -> Option<&str> {
        self.0.region.as_deref()
    }

    /// Who has accredited it, for what; null when none is known.
    async fn accreditation(&self) -> Option<&str> {
        self.0.accreditation.as_deref()
    }

    /// How the quality of its courses is assured; null when unknown.
    async fn quality_assurance(&self) -> Option<&str> {
        self.0.quality_assurance.as_deref()
    }

    /// Its web site; null when unknown.
    async fn website(&self) -> Option<Url> {
        self.0.website.clone().map(Url)
    }

    /// Counts changes; give it back as `expectedVersion` when changing the provider.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The reports about it.
    #[graphql(flatten)]
    #[expect(clippy::unused_async, reason = "a resolver is async")]
    async fn reported(&self) -> Reported {
        Reported::provider(self.0.id)
    }
}
