//! Deciding requests.

use serde::Serialize;

use crate::access::{Action, Actor};
use crate::app::Keyed;
use crate::journal::IdempotencyKey;
use crate::kernel::{Failure, Fault, FundingRequestId, Text};
use crate::organization::Employee;
use crate::store::UnitOfWork;

use super::{Funding, check_version, note, optional};
use crate::funding::{
    ApproveRefusal, Decision, FundingEvent, FundingRequest, LedgerEntry, RejectRefusal, RejectionReason,
};

/// A request to approve.
#[derive(Debug, Clone, Serialize)]
pub struct ApproveFundingRequest {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which one.
    pub id: FundingRequestId,
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

impl Funding<'_> {
    /// Approves the step that waits for the actor. With the last step the money is reserved in the same transaction
    /// (F4).
    pub async fn approve_request(
        self,
        actor: &Actor,
        command: ApproveFundingRequest,
    ) -> Result<FundingRequest, Failure<ApproveRefusal>> {
        let note = optional(command.note.as_deref(), note).map_err(ApproveRefusal::InvalidNote)?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let (mut request, mut steps) =
            self.open(&mut *tx, actor, Action::DecideFundingRequest, command.id).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "approveFundingRequest", input: &command };
        if self.core.claim::<_, ApproveRefusal>(&mut *tx, actor, keyed, request.id).await?.is_some() {
            return Ok(request);
        }
        check_version(&request, command.expected_version)?;
        let approver = self.approver(&mut *tx, actor).await?;
        let stamp = self.stamp(&mut *tx, actor).await?;
        let mut budget = self.lock_budget(&mut *tx, request.budget).await?;
        let (decision, entry) = request.approve(&mut steps, &mut budget, &approver, note, &stamp)?;
        tx.save_request(&request).await?;
        tx.save_steps(&steps).await?;
        tx.insert_decisions(std::slice::from_ref(&decision)).await?;
        self.save_booked(&mut *tx, &budget, entry.as_slice()).await?;
        self.record(&mut *tx, actor, &[approved(&request, &decision, entry.as_ref())]).await?;
        tx.commit().await?;
        Ok(request)
    }

    /// Rejects the request that waits for the actor.
    pub async fn reject_request(
        self,
        actor: &Actor,
        command: RejectFundingRequest,
    ) -> Result<FundingRequest, Failure<RejectRefusal>> {
        let text = note(&command.text).map_err(RejectRefusal::InvalidText).map(Text::into_string)?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let (mut request, mut steps) =
            self.open(&mut *tx, actor, Action::DecideFundingRequest, command.id).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "rejectFundingRequest", input: &command };
        if self.core.claim::<_, RejectRefusal>(&mut *tx, actor, keyed, request.id).await?.is_some() {
            return Ok(request);
        }
        check_version(&request, command.expected_version)?;
        let approver = self.approver(&mut *tx, actor).await?;
        let stamp = self.stamp(&mut *tx, actor).await?;
        // Locked because the decision records what was available.
        let budget = self.lock_budget(&mut *tx, request.budget).await?;
        let decision = request.reject(&mut steps, &budget, &approver, (command.reason, text), &stamp)?;
        tx.save_request(&request).await?;
        tx.save_steps(&steps).await?;
        tx.insert_decisions(std::slice::from_ref(&decision)).await?;
        let event = FundingEvent::RequestRejected {
            request: request.id,
            employee: request.employee,
            decision: decision.id,
            reason: command.reason,
            capacity: decision.capacity,
        };
        self.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(request)
    }

    /// The person who decides; the policy lets nobody else come here (F12).
    async fn approver(self, tx: &mut dyn UnitOfWork, actor: &Actor) -> Result<Employee, Fault> {
        let person = actor.employee().ok_or_else(|| Fault::Forbidden("only people decide".to_owned()))?;
        tx.employees(&[person]).await?.pop().ok_or_else(|| Fault::not_found(person))
    }
}

fn approved(request: &FundingRequest, decision: &Decision, entry: Option<&LedgerEntry>) -> FundingEvent {
    let (employee, capacity) = (request.employee, decision.capacity);
    if entry.is_none() {
        let (step, decision) = (decision.step, decision.id);
        return FundingEvent::StepApproved { request: request.id, employee, step, decision, capacity };
    }
    FundingEvent::RequestApproved {
        request: request.id,
        employee,
        budget: request.budget,
        amount: request.amount,
        decision: decision.id,
        capacity,
    }
}
