//! Links to make.

use async_graphql::InputObject;
use upskill_domain::funding as domain;
use upskill_domain::kernel::FundingRequestId;

use crate::graphql::error::ApiError;
use crate::graphql::id::Id;
use crate::graphql::key::key;

/// A request to decide from links.
#[derive(InputObject)]
pub(crate) struct IssueActionLinksInput {
    /// Which one.
    id: Id<FundingRequestId>,
    /// The `version` that was read, if it matters; CONFLICT when the request has changed since.
    expected_version: Option<i32>,
    /// Makes a retry safe: the same key with the same input answers with the same links. 1 to 200 printable ASCII characters,
    /// remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<IssueActionLinksInput> for domain::IssueActionLinks {
    type Error = ApiError;
    fn try_from(input: IssueActionLinksInput) -> Result<Self, ApiError> {
        let key = key(input.idempotency_key)?;
        Ok(Self { key, id: input.id.0, expected_version: input.expected_version })
    }
}
