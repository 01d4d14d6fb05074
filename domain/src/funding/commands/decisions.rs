//! Deciding requests.

use serde::Serialize;

use crate::access::{Action, Actor};
use crate::app::Keyed;
use crate::journal::{IdempotencyKey, Reused};
use crate::kernel::{Failure, FundingRequestId, Refusal, Text, check_version};
use crate::store::UnitOfWork;

use super::{Asked, Funding};
use crate::funding::decision::{Assent, Decider};
use crate::funding::posting::Stamp;
use crate::funding::{
    ApprovalConditions, ApprovalStep, ApproveRefusal, Budget, Decision, FundingEvent, FundingRequest,
    LedgerEntry, RejectRefusal, RejectionReason, RequestedChange, Verdict,
};

/// A request to approve.
#[derive(Debug, Clone, Serialize)]
pub struct ApproveFundingRequest {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which one.
    pub id: FundingRequestId,
    /// What the yes depends on, beyond what earlier steps asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conditions: Option<ApprovalConditions>,
    /// A remark.
    pub note: Option<String>,
    /// The version that the caller saw, if it matters to them.
    pub expected_version: Option<i32>,
}

/// A request to reject.
#[derive(Debug, Clone, Serialize)]
pub struct RejectFundingRequest {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which one.
    pub id: FundingRequestId,
    /// Why.
    pub reason: RejectionReason,
    /// Why, in words that the requester reads.
    pub text: String,
    /// The version that the caller saw, if it matters to them.
    pub expected_version: Option<i32>,
}

/// A request to hand back for changes.
#[derive(Debug, Clone, Serialize)]
pub struct RequestFundingChanges {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which one.
    pub id: FundingRequestId,
    /// What is to be changed, as far as it is one of these.
    pub changes: Vec<RequestedChange>,
    /// What is to be changed, in words that the requester reads.
    pub text: String,
    /// The version that the caller saw, if it matters to them.
    pub expected_version: Option<i32>,
}

/// What a decision looks at and changes beside the request.
pub(super) struct Deliberation<'a> {
    pub steps: &'a mut [ApprovalStep],
    pub budget: &'a mut Budget,
    pub decider: Decider<'a>,
    pub stamp: &'a Stamp<'a>,
}

/// What is said about a request, and whether it is said with a link.
pub(super) struct Saying<F> {
    pub by_link: bool,
    pub verdict: F,
}

impl Funding<'_> {
    /// Approves the step that waits for the actor. With the last step the money is reserved in the same transaction
    /// (F4), and the entry that does it comes along.
    pub async fn approve_request(
        self,
        actor: &Actor,
        command: ApproveFundingRequest,
    ) -> Result<(FundingRequest, Option<LedgerEntry>), Failure<ApproveRefusal>> {
        let keyed = Keyed { key: command.key.as_ref(), command: "approveFundingRequest", input: &command };
        let asked = Asked { id: command.id, expected_version: command.expected_version, keyed };
        let approve = |request: &mut FundingRequest, at: &mut Deliberation<'_>| {
            let note =
                Text::optional(command.note.as_deref(), Text::note).map_err(ApproveRefusal::InvalidNote)?;
            let assent = Assent { note, conditions: command.conditions.clone() };
            request.approve(at.steps, at.budget, at.decider, assent, at.stamp)
        };
        self.decide(actor, asked, approve).await
    }

    /// Rejects the request that waits for the actor.
    pub async fn reject_request(
        self,
        actor: &Actor,
        command: RejectFundingRequest,
    ) -> Result<FundingRequest, Failure<RejectRefusal>> {
        let keyed = Keyed { key: command.key.as_ref(), command: "rejectFundingRequest", input: &command };
        let asked = Asked { id: command.id, expected_version: command.expected_version, keyed };
        let reject = |request: &mut FundingRequest, at: &mut Deliberation<'_>| {
            let text =
                Text::note(&command.text).map_err(RejectRefusal::InvalidText).map(Text::into_string)?;
            let decision =
                request.reject(at.steps, at.budget, at.decider, (command.reason, text), at.stamp)?;
            Ok((decision, None))
        };
        self.decide(actor, asked, reject).await.map(|(request, _)| request)
    }

    /// Hands the request that waits for the actor back to whoever asked.
    pub async fn request_changes(
        self,
        actor: &Actor,
        command: RequestFundingChanges,
    ) -> Result<FundingRequest, Failure<RejectRefusal>> {
        let keyed = Keyed { key: command.key.as_ref(), command: "requestFundingChanges", input: &command };
        let asked = Asked { id: command.id, expected_version: command.expected_version, keyed };
        let hand_back = |request: &mut FundingRequest, at: &mut Deliberation<'_>| {
            let text =
                Text::note(&command.text).map_err(RejectRefusal::InvalidText).map(Text::into_string)?;
            let wanted = (command.changes.clone(), text);
            Ok((request.request_changes(at.steps, at.budget, at.decider, wanted, at.stamp)?, None))
        };
        self.decide(actor, asked, hand_back).await.map(|(request, _)| request)
    }

    /// What all have in common: claim, lock the request and then its budget, let the approver decide, keep it. The
    /// budget is locked for a no too, because the decision records what was available.
    async fn decide<R, C>(
        self,
        actor: &Actor,
        asked: Asked<'_, C>,
        verdict: impl FnOnce(
            &mut FundingRequest,
            &mut Deliberation<'_>,
        ) -> Result<(Decision, Option<LedgerEntry>), R>
        + Send,
    ) -> Result<(FundingRequest, Option<LedgerEntry>), Failure<R>>
    where
        R: Refusal + From<Reused> + Send,
        C: Serialize + Sync,
    {
        let Asked { id, expected_version, keyed } = asked;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let earlier = self.core.claim::<_, R>(&mut *tx, actor, keyed, id).await?;
        let (mut request, mut steps) = self.open(&mut *tx, actor, Action::DecideFundingRequest, id).await?;
        if earlier.is_some() {
            let entry = last_yes_of(actor, &steps).then_some(tx.reservation_of(id).await?).flatten();
            return Ok((request, entry));
        }
        check_version("request", expected_version, request.version)?;
        let saying = Saying { by_link: false, verdict };
        let entry = self.deliberate(&mut *tx, actor, (&mut request, &mut steps), saying).await?;
        tx.commit().await?;
        Ok((request, entry))
    }

    /// Lets the approver decide and keeps it, all but the end of the transaction.
    pub(super) async fn deliberate<R, F>(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        (request, steps): (&mut FundingRequest, &mut [ApprovalStep]),
        Saying { by_link, verdict }: Saying<F>,
    ) -> Result<Option<LedgerEntry>, Failure<R>>
    where
        R: Refusal + Send,
        F: FnOnce(&mut FundingRequest, &mut Deliberation<'_>) -> Result<(Decision, Option<LedgerEntry>), R>
            + Send,
    {
        let policy = self.policy_of_request(tx, request).await?;
        let standing = self.standing(tx, actor, (request, steps, &policy.rules)).await?;
        let stamp = self.stamp(tx, actor).await?;
        let mut budget = self.lock_budget(tx, request.budget).await?;
        let decider = standing.decider(&policy.rules);
        let mut deliberation =
            Deliberation { steps: &mut *steps, budget: &mut budget, decider, stamp: &stamp };
        let (decision, entry) = verdict(request, &mut deliberation).map_err(Failure::Refused)?;
        let decision = Decision { by_link, ..decision };
        tx.save_request(request).await?;
        tx.save_steps(steps).await?;
        tx.insert_decisions(std::slice::from_ref(&decision)).await?;
        self.save_booked(tx, &budget, entry.as_slice()).await?;
        self.core.record(tx, actor, &[decided(request, &decision, entry.as_ref())]).await?;
        Ok(entry)
    }
}

/// Whether the yes that reserves the money is, or was, this person's to say.
fn last_yes_of(actor: &Actor, steps: &[ApprovalStep]) -> bool {
    steps.last().is_some_and(|step| actor.employee() == Some(step.assignee))
}

pub(super) fn decided(
    request: &FundingRequest,
    decision: &Decision,
    entry: Option<&LedgerEntry>,
) -> FundingEvent {
    let under_conditions = !request.conditions.is_empty();
    let FundingRequest { id: request, employee, budget, amount, .. } = *request;
    let changes = &decision.changes;
    let &Decision { id: decision, step, capacity, verdict, by_link, on_behalf_of, .. } = decision;
    match (verdict, entry) {
        (Verdict::Reject(reason), _) => FundingEvent::RequestRejected {
            request,
            employee,
            decision,
            reason,
            capacity,
            by_link,
            on_behalf_of,
        },
        (Verdict::RequestChanges, _) => FundingEvent::ChangesRequested {
            request,
            employee,
            decision,
            changes: changes.clone(),
            capacity,
            on_behalf_of,
        },
        (Verdict::Approve | Verdict::ApproveWithConditions, None) => FundingEvent::StepApproved {
            request,
            employee,
            step,
            decision,
            capacity,
            by_link,
            conditional: verdict == Verdict::ApproveWithConditions,
            on_behalf_of,
        },
        (Verdict::Approve | Verdict::ApproveWithConditions, Some(_)) => FundingEvent::RequestApproved {
            request,
            employee,
            budget,
            amount,
            decision,
            capacity,
            by_link,
            conditional: under_conditions,
            on_behalf_of,
        },
    }
}
