//! What was said about requests.

use async_graphql::{Context, ID, Object};
use upskill_domain::access::Action;
use upskill_domain::funding as domain;
use upskill_domain::kernel::FundingCommentId;

use super::FundingRequest;
use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated};
use crate::graphql::funding::loaders::Comments;
use crate::graphql::id::wire;
use crate::graphql::organization::Employee;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::plain::Known;
use crate::graphql::scalars::DateTime;

/// A remark on a funding request. It never changes. For everybody who may see the request.
#[derive(Clone)]
pub(crate) struct FundingComment(domain::FundingComment);

impl From<domain::FundingComment> for FundingComment {
    fn from(comment: domain::FundingComment) -> Self {
        Self(comment)
    }
}

impl FundingComment {
    /// The comment with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: FundingCommentId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<Comments, _>(id).await?.map(Self::from))
    }
}

impl Known for FundingComment {
    const KNOWN: &'static [&'static str] = &["id", "text", "saidAt"];
}

/// A remark on a funding request. It never changes. For everybody who may see the request.
#[Object(directive = personal::apply(DataClass::Opinion, who(Action::ReadFundingRequest)))]
impl FundingComment {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// The request that it is about.
    async fn request(&self, ctx: &Context<'_>) -> Isolated<FundingRequest> {
        FundingRequest::load(ctx, self.0.request).await.transpose()
    }

    /// Who said it.
    async fn author(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.by).await.transpose()
    }

    /// What was said.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// When it was said.
    async fn said_at(&self) -> DateTime {
        DateTime(self.0.at)
    }
}
