//! Answering an approver who wants something changed.

use serde::Serialize;

use crate::access::{Action, Actor};
use crate::app::Keyed;
use crate::journal::IdempotencyKey;
use crate::kernel::{BudgetId, Failure, Fault, FundingRequestId, Money, ProgramId, Refusals, check_version};

use super::Funding;
use crate::funding::submission::Proposal;
use crate::funding::{
    AskedCourse, BudgetStatus, CoFunding, FundingEvent, FundingRequest, ResubmitRefusal, SubmitRefusal,
};

/// A new round of a request that was handed back. What is not given stays as it was.
#[derive(Debug, Clone, Serialize)]
pub struct ResubmitFundingRequest {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which one was handed back.
    pub id: FundingRequestId,
    /// The same course, said in other words.
    pub course: Option<AskedCourse>,
    /// What it costs, where the catalog does not know it (C3).
    pub quote: Option<Money>,
    /// What others pay of it.
    pub co_funding: Option<Vec<CoFunding>>,
    /// The budget to ask.
    pub budget: Option<BudgetId>,
    /// The program it is part of.
    pub program: Option<ProgramId>,
    /// What it is good for.
    pub purpose: Option<String>,
    /// The version that the caller saw, if it matters to them.
    pub expected_version: Option<i32>,
}

impl ResubmitFundingRequest {
    /// What is judged: what is given, and for the rest what the round before asked for.
    fn proposal<'a>(&'a self, before: &'a FundingRequest, course: &'a AskedCourse) -> Proposal<'a> {
        // The catalog knows what its courses cost, so an old quote would only stand in the way.
        let quoted = matches!(course, AskedCourse::Outside(_)).then_some(before.offer.price);
        Proposal {
            employee: before.employee,
            course,
            quote: self.quote.or(quoted),
            co_funding: self.co_funding.as_deref().unwrap_or(&before.co_funding),
            budget: self.budget,
            program: self.program.or(before.program),
            purpose: Some(self.purpose.as_deref().unwrap_or(&before.purpose)),
        }
    }
}

impl Funding<'_> {
    /// Answers with a new round on the same thread. It is judged like any submission: by the policy that is in force now,
    /// with a chain that is resolved anew. The round before ends in the same transaction.
    pub async fn resubmit_request(
        self,
        actor: &Actor,
        command: ResubmitFundingRequest,
    ) -> Result<FundingRequest, Failure<Refusals<ResubmitRefusal>>> {
        let id = self.core.id::<FundingRequestId>();
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "resubmitFundingRequest", input: &command };
        let earlier = self.core.claim::<_, ResubmitRefusal>(&mut *tx, actor, keyed, id).await;
        if let Some(earlier) = earlier.map_err(Failure::of_several)? {
            return Ok(tx.lock_request(earlier).await?.ok_or_else(|| Fault::not_found(earlier))?);
        }
        let (mut before, _) = self.open(&mut *tx, actor, Action::WithdrawFundingRequest, command.id).await?;
        check_version("request", command.expected_version, before.version)?;
        let course = command.course.clone().unwrap_or_else(|| before.asked_course());
        let gave_way = before.give_way(&course, self.core.clock.now());
        gave_way.map_err(|refusal| Failure::Refused(Refusals::from(refusal)))?;
        // Kept before the new round is judged, so that it does not stand in its own way.
        tx.save_request(&before).await?;
        let mut proposal = command.proposal(&before, &course);
        if proposal.budget.is_none() {
            // The same budget is asked while it is open, and otherwise the nearest one.
            let asked = tx.hold_budget(before.budget).await?;
            let open = asked.filter(|budget| budget.status == BudgetStatus::Open);
            proposal.budget = open.map(|budget| budget.id);
        }
        let event =
            FundingEvent::RequestSuperseded { request: before.id, employee: before.employee, next: id };
        self.core.record(&mut *tx, actor, &[event]).await?;
        let request = self.submit_proposal(&mut *tx, actor, (id, proposal)).await;
        let request = request.map_err(of_resubmission)?;
        tx.commit().await?;
        Ok(request)
    }
}

fn of_resubmission(why: Failure<Refusals<SubmitRefusal>>) -> Failure<Refusals<ResubmitRefusal>> {
    why.map(|Refusals(refusals)| Refusals(refusals.into_iter().map(ResubmitRefusal::from).collect()))
}
