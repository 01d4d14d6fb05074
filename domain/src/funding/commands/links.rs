//! Links that decide: making them and using them.

use chrono::TimeDelta;
use serde::Serialize;

use crate::access::{Action, Actor, Roles, Who};
use crate::app::Keyed;
use crate::funding::decision::Assent;
use crate::funding::{
    ActionLink, ApproveRefusal, Decided, DecisionOutcome, FundingEvent, FundingRequest, IssueLinksRefusal,
    IssuedLinks, LinkAnswer, LinkClaims, LinkSigner, LinkVerdict, NotTheirTurn, RedeemRefusal, RejectRefusal,
};
use crate::journal::IdempotencyKey;
use crate::kernel::{ActionLinkId, Failure, Fault, FundingRequestId, Text, check_version};

use super::Funding;
use super::decisions::{Deliberation, Saying};

/// Links to make for the step that waits for the actor.
#[derive(Debug, Clone, Serialize)]
pub struct IssueActionLinks {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Of which request.
    pub id: FundingRequestId,
    /// The version that the caller saw, if it matters to them.
    pub expected_version: Option<i32>,
}

/// A link in use.
#[derive(Debug, Clone)]
pub struct RedeemActionLink {
    /// What its token says.
    pub claims: LinkClaims,
    /// The digest of the token.
    pub digest: String,
    /// What is said with it.
    pub answer: LinkAnswer,
    /// The request that is being served; the journal keeps it.
    pub request_id: String,
}

impl Funding<'_> {
    /// Makes a pair of links for the person whom the request waits for: nobody else gets any, so that no integration ever
    /// holds somebody's yes (F12).
    pub async fn issue_action_links(
        self,
        actor: &Actor,
        command: IssueActionLinks,
        (signer, lifetime): (&dyn LinkSigner, TimeDelta),
    ) -> Result<IssuedLinks, Failure<IssueLinksRefusal>> {
        let id = self.core.id::<ActionLinkId>();
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "issueActionLinks", input: &command };
        let earlier = self.core.claim::<_, IssueLinksRefusal>(&mut *tx, actor, keyed, id).await?;
        let (request, steps) = self.open(&mut *tx, actor, Action::DecideFundingRequest, command.id).await?;
        if let Some(earlier) = earlier {
            let link = tx.action_link(earlier).await?.ok_or_else(|| Fault::not_found(earlier))?;
            return Ok(signed(signer, actor, link));
        }
        check_version("request", command.expected_version, request.version)?;
        let policy = self.policy_of_request(&mut *tx, &request).await?;
        let standing = self.standing(&mut *tx, actor, (&request, &steps, &policy.rules)).await?;
        let open =
            request.open_step(&steps, standing.decider(&policy.rules)).map_err(IssueLinksRefusal::from)?;
        let issued_at = self.core.clock.now();
        let digest = |verdict| {
            signer.digest(&signer.token(LinkClaims { employer: actor.employer, link: id, verdict }))
        };
        let link = ActionLink {
            id,
            request: request.id,
            request_version: request.version,
            person: open.by,
            approve_digest: digest(LinkVerdict::Approve),
            reject_digest: digest(LinkVerdict::Reject),
            issued_at,
            expires_at: issued_at.checked_add_signed(lifetime).unwrap_or(issued_at),
            used_at: None,
            outcome: None,
        };
        tx.insert_action_link(&link).await?;
        let event = FundingEvent::ActionLinksIssued {
            link: id,
            request: request.id,
            approver: link.person,
            until: link.expires_at,
        };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(signed(signer, actor, link))
    }

    /// Decides what a link says, as its person and by every rule of a decision. Using it again answers with what became
    /// of the request, and changes nothing.
    pub async fn redeem_action_link(
        self,
        command: RedeemActionLink,
    ) -> Result<Decided, Failure<RedeemRefusal>> {
        let RedeemActionLink { claims, digest, answer, request_id } = command;
        if answer.verdict() != claims.verdict {
            return Err(RedeemRefusal::Unknown.into());
        }
        let mut tx = self.core.store.begin(claims.employer).await?;
        let link = ActionLink::named(tx.action_link(claims.link).await?, claims.verdict, &digest)?;
        let person = Actor {
            employer: claims.employer,
            who: Who::Employee(link.person),
            roles: Roles::NONE,
            request_id,
        };
        let opened = self.open(&mut *tx, &person, Action::DecideFundingRequest, link.request).await;
        let (mut request, mut steps) = opened.map_err(|fault| moved_on(fault, claims.verdict))?;
        // Read again under the lock of its request, without which nobody uses it.
        let mut link = ActionLink::named(tx.action_link(claims.link).await?, claims.verdict, &digest)?;
        if let Some(outcome) = link.outcome.filter(|_| link.used_for() == Some(claims.verdict)) {
            let reservation = match outcome {
                DecisionOutcome::Approved => tx.reservation_of(request.id).await?,
                _ => None,
            };
            return Ok(Decided { request, reservation, outcome });
        }
        let now = self.core.clock.now();
        link.check(&request, now).map_err(RedeemRefusal::from)?;
        let reservation = match answer {
            LinkAnswer::Approve { note: remark } => {
                let say = |request: &mut FundingRequest, at: &mut Deliberation<'_>| {
                    let note =
                        Text::optional(remark.as_deref(), Text::note).map_err(ApproveRefusal::InvalidNote)?;
                    let assent = Assent { note, conditions: None };
                    request.approve(at.steps, at.budget, at.decider, assent, at.stamp)
                };
                let saying = Saying { by_link: true, verdict: say };
                let said = self.deliberate(&mut *tx, &person, (&mut request, &mut steps), saying);
                said.await.map_err(|why| why.map(RedeemRefusal::Approve))?
            }
            LinkAnswer::Reject { reason, text } => {
                let say = |request: &mut FundingRequest, at: &mut Deliberation<'_>| {
                    let text =
                        Text::note(&text).map_err(RejectRefusal::InvalidText).map(Text::into_string)?;
                    let decision =
                        request.reject(at.steps, at.budget, at.decider, (reason, text), at.stamp)?;
                    Ok((decision, None))
                };
                let saying = Saying { by_link: true, verdict: say };
                let said = self.deliberate(&mut *tx, &person, (&mut request, &mut steps), saying);
                said.await.map_err(|why| why.map(RedeemRefusal::Reject))?
            }
        };
        let outcome = match (claims.verdict, &reservation) {
            (LinkVerdict::Reject, _) => DecisionOutcome::Rejected,
            (LinkVerdict::Approve, Some(_)) => DecisionOutcome::Approved,
            (LinkVerdict::Approve, None) => DecisionOutcome::PassedOn,
        };
        link.spend(outcome, now);
        tx.save_action_link(&link).await?;
        tx.commit().await?;
        Ok(Decided { request, reservation, outcome })
    }
}

fn signed(signer: &dyn LinkSigner, actor: &Actor, link: ActionLink) -> IssuedLinks {
    let token = |verdict| signer.token(LinkClaims { employer: actor.employer, link: link.id, verdict });
    let (approve, reject) = (token(LinkVerdict::Approve), token(LinkVerdict::Reject));
    IssuedLinks { link, approve, reject }
}

/// Whoever may not even see the request any more hears that it is not their turn: they knew of it when the link was made.
fn moved_on(fault: Fault, verdict: LinkVerdict) -> Failure<RedeemRefusal> {
    match (fault, verdict) {
        (Fault::NotFound { .. } | Fault::Forbidden(_), LinkVerdict::Approve) => {
            RedeemRefusal::Approve(ApproveRefusal::Step(NotTheirTurn::NotYours)).into()
        }
        (Fault::NotFound { .. } | Fault::Forbidden(_), LinkVerdict::Reject) => {
            RedeemRefusal::Reject(RejectRefusal::Step(NotTheirTurn::NotYours)).into()
        }
        (fault, _) => Failure::Fault(fault),
    }
}
