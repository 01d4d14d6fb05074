//! What is said about requests.

use async_graphql::InputObject;
use upskill_domain::funding as domain;
use upskill_domain::kernel::FundingRequestId;

use crate::graphql::error::ApiError;
use crate::graphql::id::Id;
use crate::graphql::key::key;

/// Something to say about a request.
#[derive(InputObject)]
pub(crate) struct CommentOnFundingRequestInput {
    /// Which request.
    id: Id<FundingRequestId>,
    /// What to say: 1 to 4000 characters.
    text: String,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<CommentOnFundingRequestInput> for domain::CommentOnFundingRequest {
    type Error = ApiError;
    fn try_from(input: CommentOnFundingRequestInput) -> Result<Self, ApiError> {
        Ok(Self { key: key(input.idempotency_key)?, id: input.id.0, text: input.text })
    }
}
