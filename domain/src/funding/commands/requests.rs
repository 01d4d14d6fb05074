//! Asking for funding, and taking it back.

use serde::Serialize;

use crate::access::{Action, Actor, Relation, Who, policy};
use crate::app::Keyed;
use crate::journal::IdempotencyKey;
use crate::kernel::{
    BudgetId, EmployeeId, Failure, Fault, FundingRequestId, Money, ProgramId, Refusals, check_version,
};
use crate::store::UnitOfWork;

use super::Funding;
use super::circumstances::Purpose;
use super::decisions::decided;
use crate::funding::submission::{Circumstances, Proposal, Submission};
use crate::funding::{
    ApprovalStep, AskedCourse, Budget, BudgetStatus, CoFunding, Decision, FundingEvent, FundingRequest,
    LedgerEntry, Objection, SubmitRefusal, WithdrawRefusal,
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
    /// What others pay of it.
    pub co_funding: Vec<CoFunding>,
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
            co_funding: &self.co_funding,
            budget: self.budget,
            program: self.program,
            purpose: Some(&self.purpose),
        }
    }
}

impl Funding<'_> {
    /// Asks for funding. What the policy approves by itself is approved at once, and its money reserved in the same
    /// transaction (F4).
    pub async fn submit_request(
        self,
        actor: &Actor,
        command: SubmitFundingRequest,
    ) -> Result<FundingRequest, Failure<Refusals<SubmitRefusal>>> {
        let oneself = (actor.employee() == Some(command.employee)).then_some(Relation::Oneself);
        policy::require(actor, Action::SubmitFundingRequest, oneself.as_slice())?;
        let id = self.core.id::<FundingRequestId>();
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "submitFundingRequest", input: &command };
        let earlier = self.core.claim::<_, SubmitRefusal>(&mut *tx, actor, keyed, id).await;
        if let Some(earlier) = earlier.map_err(Failure::of_several)? {
            return Ok(tx.lock_request(earlier).await?.ok_or_else(|| Fault::not_found(earlier))?);
        }
        let request = self.submit_proposal(&mut *tx, actor, (id, command.proposal())).await?;
        tx.commit().await?;
        Ok(request)
    }

    /// Judges a proposal and writes the request that it becomes, all but the end of the transaction.
    pub(super) async fn submit_proposal(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        (id, proposal): (FundingRequestId, Proposal<'_>),
    ) -> Result<FundingRequest, Failure<Refusals<SubmitRefusal>>> {
        if let Some(program) = proposal.program {
            // Locked, so that it does not close in between.
            tx.lock_program(program).await?;
        }
        let mut circumstances = self.circumstances(tx, proposal, Purpose::Submit).await?;
        self.hold_payer(tx, proposal, &mut circumstances).await?;
        let entry = Submission { id, at: self.core.clock.now(), ids: self.core.ids.as_ref() };
        let assessment = circumstances.assess(proposal);
        let payer = assessment.budget.filter(|_| assessment.approved_by_policy).cloned();
        let (mut request, steps) = assessment.submit(proposal, &circumstances, entry)?;
        let approval = match payer {
            Some(budget) => {
                let booked = self.approve_by_policy(tx, actor, &mut request, (budget, &circumstances));
                Some(booked.await?)
            }
            None => None,
        };
        if !tx.insert_requests(std::slice::from_ref(&request), &steps).await? {
            // Another submission of the same was quicker by a moment; it is there now.
            let live = tx.thread(proposal.employee, &request.offer.subject()).await?.live;
            let live =
                live.ok_or_else(|| Fault::Conflict("the request is being submitted elsewhere".to_owned()))?;
            let refusal = SubmitRefusal::from(Objection::AlreadyRequested { live });
            return Err(Refusals::from(refusal).into());
        }
        self.core.record(tx, actor, &[submitted(&request, &steps)]).await?;
        if let Some((budget, decision, entry)) = approval {
            tx.insert_decisions(std::slice::from_ref(&decision)).await?;
            self.save_booked(tx, &budget, std::slice::from_ref(&entry)).await?;
            let rules = Actor { who: Who::System("funding-policy"), ..actor.clone() };
            self.core.record(tx, &rules, &[decided(&request, &decision, Some(&entry))]).await?;
        }
        Ok(request)
    }

    /// Approves a request that is not there yet by the policy itself, out of a budget that is locked.
    async fn approve_by_policy(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        request: &mut FundingRequest,
        (mut budget, circumstances): (Budget, &Circumstances),
    ) -> Result<(Budget, Decision, LedgerEntry), Fault> {
        let stamp = self.stamp(tx, actor).await?;
        let approved = request.approve_by_policy(&mut budget, &circumstances.policy.rules, stamp);
        // Nothing spoke against it on the locked budget, so this happens at the edge of a day or of a number at most.
        let (decision, entry) = approved.map_err(|refusal| Fault::Conflict(refusal.to_string()))?;
        Ok((budget, decision, entry))
    }

    /// Holds the budget that pays, so that it does not close before the request is there. One that has closed just now
    /// is left out, and the next one pays.
    async fn hold_payer(
        self,
        tx: &mut dyn UnitOfWork,
        proposal: Proposal<'_>,
        circumstances: &mut Circumstances,
    ) -> Result<(), Failure<Refusals<SubmitRefusal>>> {
        loop {
            let assessment = circumstances.assess(proposal);
            assessment.check()?;
            let Some(chosen) = assessment.budget.map(|budget| budget.id) else { return Ok(()) };
            // The policy books at once, on what the budget holds now.
            let held = if assessment.approved_by_policy {
                tx.lock_budgets(&[chosen]).await?.pop()
            } else {
                tx.hold_budget(chosen).await?
            };
            circumstances.open.retain(|budget| budget.id != chosen);
            if let Some(budget) = held.filter(|budget| budget.status == BudgetStatus::Open) {
                circumstances.open.push(budget);
                return Ok(());
            }
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
        check_version("request", command.expected_version, request.version)?;
        request.withdraw(&mut steps, self.core.clock.now())?;
        tx.save_request(&request).await?;
        tx.save_steps(&steps).await?;
        let event = FundingEvent::RequestWithdrawn { request: request.id, employee: request.employee };
        self.core.record(&mut *tx, actor, &[event]).await?;
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
        co_funded: Some(request.co_funded()).filter(|parts| parts.is_positive()),
        exchange_rate: request.converted_at.as_ref().map(|applied| applied.rate),
        round: request.round,
        approvers: steps.iter().map(|step| step.assignee).collect(),
    }
}
