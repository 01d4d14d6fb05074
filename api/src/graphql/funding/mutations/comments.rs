//! Talking about requests.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::funding::CommentRefusal;

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::funding::inputs::CommentOnFundingRequestInput;
use crate::graphql::funding::types::{FundingComment, FundingRequest};
use crate::graphql::refusal::{answered, user_errors};

/// Mutations of those who talk about requests.
#[derive(Default)]
pub(crate) struct CommentMutations;

#[Object]
impl CommentMutations {
    /// Says something about a request, in whatever state it is. The request does not change by it. For everybody who may
    /// see the request.
    async fn comment_on_funding_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The remark.")] input: CommentOnFundingRequestInput,
    ) -> Isolated<CommentOnFundingRequestPayload> {
        isolated(async {
            let outcome = ctx.app()?.funding().comment_on_request(ctx.actor()?, input.try_into()?).await;
            let (said, user_errors) = answered(outcome)?;
            let (request, comment) = said.unzip();
            Ok(Some(CommentOnFundingRequestPayload {
                funding_request: request.map(FundingRequest::from),
                comment: comment.map(FundingComment::from),
                user_errors,
            }))
        })
        .await
    }
}

/// What became of `commentOnFundingRequest`.
#[derive(SimpleObject)]
pub(crate) struct CommentOnFundingRequestPayload {
    /// The request; null when refused.
    funding_request: Option<FundingRequest>,
    /// The remark; null when refused.
    comment: Option<FundingComment>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<CommentOnFundingRequestError>,
}

user_errors! {
    /// Why nothing was said.
    CommentOnFundingRequestError, CommentOnFundingRequestErrorCode for CommentRefusal {
        /// The text is empty, too long or has control characters.
        InvalidText <= CommentRefusal::InvalidText(_),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= CommentRefusal::KeyReused(_),
    }
}
