//! Links that decide.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::funding::{IssueLinksRefusal, NotTheirTurn};
use upskill_domain::kernel::Failure;

use crate::actions::ActionLinks;
use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::funding::inputs::IssueActionLinksInput;
use crate::graphql::funding::types::ActionLinkPair;
use crate::graphql::refusal::{answered, user_errors};

/// Mutations about links.
#[derive(Default)]
pub(crate) struct LinkMutations;

#[Object]
impl LinkMutations {
    /// Makes two links for the step that waits for the caller, one that approves and one that rejects, for a mail or a chat
    /// tool. Each can be used by whoever holds it, as the caller, until one of them was used, the request has changed, or they
    /// expire; every rule of a decision holds then. A GET shows what a link would decide, a POST decides. For the approver
    /// whom the request waits for, and for nobody else. CONFLICT when the expected version is not the stored one.
    async fn issue_action_links(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request.")] input: IssueActionLinksInput,
    ) -> Isolated<IssueActionLinksPayload> {
        isolated(async {
            let command = input.try_into()?;
            let outcome = match ctx.data_opt::<std::sync::Arc<ActionLinks>>().and_then(|links| links.signer())
            {
                Some((signer, lifetime)) => {
                    let funding = ctx.app()?.funding();
                    funding.issue_action_links(ctx.actor()?, command, (&signer, lifetime)).await
                }
                None => Err(Failure::Refused(IssueLinksRefusal::NoKey)),
            };
            let (links, user_errors) = answered(outcome)?;
            Ok(Some(IssueActionLinksPayload { links: links.map(ActionLinkPair::from), user_errors }))
        })
        .await
    }
}

/// What became of `issueActionLinks`.
#[derive(SimpleObject)]
pub(crate) struct IssueActionLinksPayload {
    /// The links; null when refused.
    links: Option<ActionLinkPair>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<IssueActionLinksError>,
}

user_errors! {
    /// Why links were not made.
    IssueActionLinksError, IssueActionLinksErrorCode for IssueLinksRefusal {
        /// It is decided or over.
        NotPending <= IssueLinksRefusal::Step(NotTheirTurn::NotPending(_)),
        /// Nobody decides their own request.
        OwnRequest <= IssueLinksRefusal::Step(NotTheirTurn::OwnRequest),
        /// The caller has decided another step of the request.
        DecidedBefore <= IssueLinksRefusal::Step(NotTheirTurn::DecidedBefore),
        /// The caller is not at work.
        ApproverAbsent <= IssueLinksRefusal::Step(NotTheirTurn::Absent(_)),
        /// Whom the step waits for has left or lost what made them an approver; it goes to somebody else in a moment.
        NoLongerApprover <= IssueLinksRefusal::Step(NotTheirTurn::NoLongerApprover),
        /// It waits for somebody else now.
        NotYourTurn <= IssueLinksRefusal::Step(NotTheirTurn::NotYours),
        /// The installation has no key to sign links with.
        NoKey <= IssueLinksRefusal::NoKey,
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= IssueLinksRefusal::KeyReused(_),
    }
}
