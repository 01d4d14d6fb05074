//! Providers to create and to change.

use async_graphql::{InputObject, MaybeUndefined};
use upskill_domain::catalog::{self as domain, ProviderDetails};
use upskill_domain::kernel::ProviderId;

use super::ProviderKind;
use crate::graphql::error::ApiError;
use crate::graphql::id::Id;
use crate::graphql::key::key;
use crate::graphql::scalars::{CountryCode, Url};

/// A provider to create.
#[derive(InputObject)]
pub(crate) struct CreateProviderInput {
    /// The name: 1 to 200 characters, unique within the employer without regard to case and spacing.
    name: String,
    /// What sort of organization it is.
    kind: ProviderKind,
    /// Where it issues its credentials; unknown when not given.
    country: Option<CountryCode>,
    /// The region within the country: at most 200 characters; unknown when not given.
    region: Option<String>,
    /// Who has accredited it, for what: at most 4,000 characters; none known when not given.
    accreditation: Option<String>,
    /// How the quality of its courses is assured: at most 4,000 characters; unknown when not given.
    quality_assurance: Option<String>,
    /// Its web site; unknown when not given.
    website: Option<Url>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<CreateProviderInput> for domain::CreateProvider {
    type Error = ApiError;
    fn try_from(input: CreateProviderInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            name: input.name,
            kind: input.kind.into(),
            details: ProviderDetails {
                country: Some(input.country.map(|code| code.0)),
                region: Some(input.region),
                accreditation: Some(input.accreditation),
                quality_assurance: Some(input.quality_assurance),
                website: Some(input.website.map(|website| website.0)),
            },
        })
    }
}

/// A provider to change. What is left out stays as it is; null makes it unknown.
#[derive(InputObject)]
pub(crate) struct ChangeProviderInput {
    /// Which one.
    id: Id<ProviderId>,
    /// The `version` that was read; CONFLICT when somebody else has changed the provider since.
    expected_version: i32,
    /// A new name: 1 to 200 characters.
    name: Option<String>,
    /// Another kind.
    kind: Option<ProviderKind>,
    /// Where it issues its credentials.
    country: MaybeUndefined<CountryCode>,
    /// The region within the country: at most 200 characters.
    region: MaybeUndefined<String>,
    /// Who has accredited it, for what: at most 4,000 characters.
    accreditation: MaybeUndefined<String>,
    /// How the quality of its courses is assured: at most 4,000 characters.
    quality_assurance: MaybeUndefined<String>,
    /// Its web site.
    website: MaybeUndefined<Url>,
}

impl From<ChangeProviderInput> for domain::ChangeProvider {
    fn from(input: ChangeProviderInput) -> Self {
        Self {
            id: input.id.0,
            expected_version: input.expected_version,
            name: input.name,
            kind: input.kind.map(Into::into),
            details: ProviderDetails {
                country: input.country.map_value(|code| code.0).into(),
                region: input.region.into(),
                accreditation: input.accreditation.into(),
                quality_assurance: input.quality_assurance.into(),
                website: input.website.map_value(|website| website.0).into(),
            },
        }
    }
}
