//! Talking about a request.

use serde::Serialize;

use crate::access::{Action, Actor};
use crate::app::Keyed;
use crate::funding::{CommentRefusal, Funding, FundingComment, FundingEvent, FundingRequest};
use crate::journal::IdempotencyKey;
use crate::kernel::{Failure, Fault, FundingCommentId, FundingRequestId, Text};

/// Something to say about a request.
#[derive(Debug, Clone, Serialize)]
pub struct CommentOnFundingRequest {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which request.
    pub id: FundingRequestId,
    /// What to say.
    pub text: String,
}

impl Funding<'_> {
    /// Says something about a request, whatever has become of it. It is not decided by that, and its version stays.
    pub async fn comment_on_request(
        self,
        actor: &Actor,
        command: CommentOnFundingRequest,
    ) -> Result<(FundingRequest, FundingComment), Failure<CommentRefusal>> {
        let id = self.core.id::<FundingCommentId>();
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "commentOnFundingRequest", input: &command };
        let earlier = self.core.claim::<_, CommentRefusal>(&mut *tx, actor, keyed, id).await?;
        let (request, _) = self.open(&mut *tx, actor, Action::CommentOnFundingRequest, command.id).await?;
        if let Some(earlier) = earlier {
            let comment = tx.comment(earlier).await?.ok_or_else(|| Fault::not_found(earlier))?;
            return Ok((request, comment));
        }
        let by = actor.employee().ok_or_else(|| Fault::Forbidden("only people comment".to_owned()))?;
        let text = Text::note(&command.text).map_err(CommentRefusal::InvalidText).map(Text::into_string)?;
        let comment = FundingComment { id, request: request.id, by, text, at: self.core.clock.now() };
        tx.insert_comment(&comment).await?;
        let event =
            FundingEvent::RequestCommented { request: request.id, employee: request.employee, comment: id };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok((request, comment))
    }
}
