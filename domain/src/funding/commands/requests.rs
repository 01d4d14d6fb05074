//! Asking for funding, and taking it back.

use serde::Serialize;

use crate::access::{Action, Actor, Relation, policy};
use crate::app::Keyed;
use crate::journal::IdempotencyKey;
use crate::kernel::{BudgetId, EmployeeId, Failure, Fault, FundingRequestId, Money, ProgramId};
use crate::store::UnitOfWork;

use super::{Funding, check_version};
use crate::funding::submission::{Circumstances, Proposal, Submission};
use crate::funding::{
    ApprovalStep, AskedCourse, BudgetStatus, FundingEvent, FundingRequest, Objection, SubmitRefusal,
    WithdrawRefusal,
};

/// A request to submit.
#[derive(Debug, Clone, Serialize)]
pub struct SubmitFundingRequest {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// For whom.
    pub employee: EmployeeId,
    /// For what.
    pub course: AskedCourse,
    /// What it costs, where the catalog does not know it (C3).
    pub quote: Option<Money>,
    /// The budget to ask; the nearest one when not given.
    pub budget: Option<BudgetId>,
    /// The program it is part of, if any.
    pub program: Option<ProgramId>,
    /// What it is good for.
    pub purpose: String,
}

/// A request to take back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WithdrawFundingRequest {
    /// Which one.
    pub id: FundingRequestId,
    /// The version that the caller saw, if it matters to them.
    pub expected_version: Option<i32>,
}

impl SubmitFundingRequest {
    /// What is judged.
    fn proposal(&self) -> Proposal<'_> {
        Proposal {
            employee: self.employee,
            course: &self.course,
            quote: self.quote,
            budget: self.budget,
            program: self.program,
            purpose: Some(&self.purpose),
        }
    }
}

impl Funding<'_> {
    /// Asks for funding.
    pub async fn submit_request(
        self,
        actor: &Actor,
        command: SubmitFundingRequest,
    ) -> Result<FundingRequest, Failure<SubmitRefusal>> {
        let oneself = (actor.employee() == Some(command.employee)).then_some(Relation::Oneself);
        policy::require(actor, Action::SubmitFundingRequest, oneself.as_slice())?;
        let id = self.core.id::<FundingRequestId>();
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "submitFundingRequest", input: &command };
        if let Some(earlier) = self.core.claim::<_, SubmitRefusal>(&mut *tx, actor, keyed, id).await? {
            return Ok(tx.lock_request(earlier).await?.ok_or_else(|| Fault::not_found(earlier))?);
        }
        if let Some(program) = command.program {
            // Locked, so that it does not close in between.
            tx.lock_program(program).await?;
        }
        let proposal = command.proposal();
        let mut circumstances = self.circumstances(&mut *tx, proposal).await?;
        self.hold_payer(&mut *tx, proposal, &mut circumstances).await?;
        let entry = Submission { id, at: self.core.clock.now(), ids: self.core.ids.as_ref() };
        let (request, steps) = circumstances.assess(proposal).submit(proposal, &circumstances, entry)?;
        if !tx.insert_requests(std::slice::from_ref(&request), &steps).await? {
            // Another submission of the same was quicker by a moment; it is there now.
            let live = tx.thread(command.employee, &request.offer.subject()).await?.live;
            let live =
                live.ok_or_else(|| Fault::Conflict("the request is being submitted elsewhere".to_owned()))?;
            return Err(SubmitRefusal::from(Objection::AlreadyRequested { live }).into());
        }
        self.record(&mut *tx, actor, &[submitted(&request, &steps)]).await?;
        tx.commit().await?;
        Ok(request)
    }

    /// Holds the budget that pays, so that it does not close before the request is there. One that has closed just now
    /// is left out, and the next one pays.
    async fn hold_payer(
        self,
        tx: &mut dyn UnitOfWork,
        proposal: Proposal<'_>,
        circumstances: &mut Circumstances,
    ) -> Result<(), Failure<SubmitRefusal>> {
        loop {
            let assessment = circumstances.assess(proposal);
            assessment.check().map_err(SubmitRefusal::from)?;
            let Some(chosen) = assessment.budget.map(|budget| budget.id) else { return Ok(()) };
            if tx.hold_budget(chosen).await?.is_some_and(|budget| budget.status == BudgetStatus::Open) {
                return Ok(());
            }
            circumstances.open.retain(|budget| budget.id != chosen);
        }
    }

    /// Takes a request back that has not been decided.
    pub async fn withdraw_request(
        self,
        actor: &Actor,
        command: WithdrawFundingRequest,
    ) -> Result<FundingRequest, Failure<WithdrawRefusal>> {
        let mut tx = self.core.store.begin(actor.employer).await?;
        let (mut request, mut steps) =
            self.open(&mut *tx, actor, Action::WithdrawFundingRequest, command.id).await?;
        check_version(&request, command.expected_version)?;
        request.withdraw(&mut steps, self.core.clock.now())?;
        tx.save_request(&request).await?;
        tx.save_steps(&steps).await?;
        let event = FundingEvent::RequestWithdrawn { request: request.id, employee: request.employee };
        self.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(request)
    }
}

fn submitted(request: &FundingRequest, steps: &[ApprovalStep]) -> FundingEvent {
    FundingEvent::RequestSubmitted {
        request: request.id,
        employee: request.employee,
        course: request.offer.course,
        budget: request.budget,
        amount: request.amount,
        round: request.round,
        approvers: steps.iter().map(|step| step.assignee).collect(),
    }
}
