//! Service accounts to create, to change, to list, and to give another secret.

use async_graphql::InputObject;
use upskill_domain::integration as domain;
use upskill_domain::kernel::ServiceAccountId;

use super::types::{AccountScope, ServiceAccountStatus};
use crate::graphql::error::ApiError;
use crate::graphql::filter::{OneOf, values};
use crate::graphql::id::Id;
use crate::graphql::key::key;

/// A service account to create.
#[derive(InputObject)]
pub(crate) struct CreateServiceAccountInput {
    /// What people call it: 1 to 200 characters, unlike that of any other active account.
    name: String,
    /// What it may do at most: one scope at least.
    #[graphql(validator(max_items = 100))]
    scopes: Vec<AccountScope>,
    /// Makes a retry safe: the same key with the same input answers with the first result, but without the secret. 1 to 200
    /// printable ASCII characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<CreateServiceAccountInput> for domain::CreateServiceAccount {
    type Error = ApiError;
    fn try_from(input: CreateServiceAccountInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            name: input.name,
            scopes: input.scopes.into_iter().map(Into::into).collect(),
        })
    }
}

/// A change of a service account. What is not given stays.
#[derive(InputObject)]
pub(crate) struct ChangeServiceAccountInput {
    /// Which one.
    id: Id<ServiceAccountId>,
    /// What people call it: 1 to 200 characters, unlike that of any other active account.
    name: Option<String>,
    /// What it may do at most: one scope at least, in the place of those that it has. Its tokens lose what it loses at once.
    #[graphql(validator(max_items = 100))]
    scopes: Option<Vec<AccountScope>>,
    /// The version that the caller saw; CONFLICT when it is another by now.
    expected_version: Option<i32>,
}

impl From<ChangeServiceAccountInput> for domain::ChangeServiceAccount {
    fn from(input: ChangeServiceAccountInput) -> Self {
        let ChangeServiceAccountInput { id, name, scopes, expected_version } = input;
        Self {
            account: domain::ServiceAccountToChange { id: id.0, expected_version },
            name,
            scopes: scopes.map(|scopes| scopes.into_iter().map(Into::into).collect()),
        }
    }
}

/// A service account that is to have another secret.
#[derive(InputObject)]
pub(crate) struct RotateServiceAccountSecretInput {
    /// Which one.
    id: Id<ServiceAccountId>,
    /// For how many hours the old secret goes on, 0 to 168; 24 when not given. With 0 every old secret ends at once, and so do
    /// the tokens that were given for it: for secrets that somebody else has got hold of.
    overlap_hours: Option<i32>,
    /// The version that the caller saw; CONFLICT when it is another by now.
    expected_version: Option<i32>,
    /// Makes a retry safe: the same key with the same input answers with the account, but without the secret. 1 to 200
    /// printable ASCII characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<RotateServiceAccountSecretInput> for domain::RotateClientSecret {
    type Error = ApiError;
    fn try_from(input: RotateServiceAccountSecretInput) -> Result<Self, ApiError> {
        let overlap = input.overlap_hours.map(|hours| domain::Overlap::hours(hours.into())).transpose();
        let overlap =
            overlap.map_err(|error| ApiError::bad_input("input.overlapHours", error.to_string()))?;
        Ok(Self {
            key: key(input.idempotency_key)?,
            id: input.id.0,
            expected_version: input.expected_version,
            overlap: overlap.unwrap_or(domain::Overlap::DAY),
        })
    }
}

/// A service account to revoke.
#[derive(InputObject)]
pub(crate) struct RevokeServiceAccountInput {
    /// Which one.
    id: Id<ServiceAccountId>,
    /// The version that the caller saw; CONFLICT when it is another by now.
    expected_version: Option<i32>,
}

impl From<RevokeServiceAccountInput> for domain::ServiceAccountToChange {
    fn from(input: RevokeServiceAccountInput) -> Self {
        Self { id: input.id.0, expected_version: input.expected_version }
    }
}

/// Which service accounts to list. Conditions add up.
#[derive(InputObject, Default)]
pub(crate) struct ServiceAccountFilter {
    /// With one of these statuses.
    status: Option<OneOf<ServiceAccountStatus>>,
}

impl From<ServiceAccountFilter> for domain::ServiceAccountFilter {
    fn from(filter: ServiceAccountFilter) -> Self {
        Self { statuses: values(filter.status, Into::into) }
    }
}
