//! Asking for funding, and taking it back.

use serde::Serialize;

use crate::access::{Action, Actor, Relation, policy};
use crate::app::Keyed;
use crate::journal::IdempotencyKey;
use crate::kernel::{
    BudgetId, CourseId, EmployeeId, Failure, Fault, FundingRequestId, Money, ProgramId, Text,
};
use crate::organization::{Employee, EmploymentStatus};
use crate::programs::ProgramStatus;
use crate::store::UnitOfWork;

use super::{Funding, check_version};
use crate::funding::choice::FundingSources;
use crate::funding::submission::Submission;
use crate::funding::{
    ApprovalStep, Budget, BudgetStatus, FundingEvent, FundingPolicy, FundingRequest, OfferRefusal,
    OutsideCourse, RequestedOffer, SubmitRefusal, WithdrawRefusal,
};

/// What somebody asks to have funded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum AskedCourse {
    /// A course of the catalog.
    Catalog(CourseId),
    /// One outside of it (C4).
    Outside(OutsideCourse),
}

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
        let purpose = Text::paragraph(&command.purpose, Text::NOTE).map_err(SubmitRefusal::InvalidPurpose)?;
        let requester = self.requester(&mut *tx, command.employee).await?;
        let offer = self.offer(&mut *tx, &command).await?;
        let budget = self.payer(&mut *tx, &command, &requester, &offer).await?;
        let owners = tx.owners_of(budget.id).await?;
        let subject = offer.subject();
        let submission = Submission {
            id,
            employee: command.employee,
            thread: tx.thread(command.employee, &subject).await?,
            offer,
            budget: &budget,
            program: command.program,
            purpose: &purpose,
            policy: &FundingPolicy::built_in(),
            line_above: &tx.line_above(command.employee).await?,
            owners: &in_order(&owners, tx.employees(&owners).await?),
            at: self.core.clock.now(),
        };
        let (request, steps) = submission.submit(self.core.ids.as_ref())?;
        if !tx.insert_requests(std::slice::from_ref(&request), &steps).await? {
            // Another submission of the same was quicker by a moment; it is there now.
            let live = tx.thread(command.employee, &subject).await?.live;
            let live =
                live.ok_or_else(|| Fault::Conflict("the request is being submitted elsewhere".to_owned()))?;
            return Err(SubmitRefusal::AlreadyRequested { live }.into());
        }
        self.record(&mut *tx, actor, &[submitted(&request, &steps)]).await?;
        tx.commit().await?;
        Ok(request)
    }

    async fn requester(
        self,
        tx: &mut dyn UnitOfWork,
        id: EmployeeId,
    ) -> Result<Employee, Failure<SubmitRefusal>> {
        let found = tx.employees(&[id]).await?.pop();
        let here = found.filter(|employee| employee.employment.status != EmploymentStatus::Left);
        Ok(here.ok_or(SubmitRefusal::UnknownEmployee(id))?)
    }

    async fn offer(
        self,
        tx: &mut dyn UnitOfWork,
        command: &SubmitFundingRequest,
    ) -> Result<RequestedOffer, Failure<SubmitRefusal>> {
        let offer = match &command.course {
            AskedCourse::Outside(course) => RequestedOffer::of_outside(course, command.quote),
            AskedCourse::Catalog(id) => {
                let course = tx.courses(&[*id]).await?.pop();
                let course = course.ok_or(OfferRefusal::UnknownCourse(*id)).map_err(SubmitRefusal::from)?;
                let provider = tx.providers(&[course.provider]).await?.pop();
                let provider = provider.ok_or_else(|| Fault::not_found(course.provider))?;
                RequestedOffer::of_catalog(&course, &provider, command.quote)
            }
        };
        let offer = offer.map_err(SubmitRefusal::from)?;
        if let Some(course) = tx.published_course_at(&offer.addresses()).await? {
            let url = offer.url.unwrap_or_default();
            let held = OfferRefusal::InCatalog { url, course: course.id, title: course.title };
            return Err(SubmitRefusal::from(held).into());
        }
        Ok(offer)
    }

    /// The budget that pays: the one that was named, else the nearest.
    async fn payer(
        self,
        tx: &mut dyn UnitOfWork,
        command: &SubmitFundingRequest,
        requester: &Employee,
        offer: &RequestedOffer,
    ) -> Result<Budget, Failure<SubmitRefusal>> {
        if let Some(id) = command.program {
            // Locked, so that it does not close in between.
            let program = tx.lock_program(id).await?.map(|(program, _)| program);
            let running = program.filter(|program| program.status == ProgramStatus::Active);
            running.ok_or(SubmitRefusal::UnknownProgram(id))?;
        }
        let today = tx.employer().await?.day_of(self.core.clock.now());
        let departments = match requester.colleague.department {
            Some(department) => tx.department_line(department).await?,
            None => Vec::new(),
        };
        let sources = FundingSources::new(command.program, &departments, today);
        let mut open = tx.open_budgets(&sources.owners(), sources.day()).await?;
        loop {
            let chosen = sources.choose(&open, command.budget, offer.price.currency());
            let chosen = chosen.map_err(SubmitRefusal::from)?.id;
            // Held, so that it does not close before the request is there; it may have closed just now.
            match tx.hold_budget(chosen).await?.filter(|budget| budget.status == BudgetStatus::Open) {
                Some(budget) => return Ok(budget),
                None => open.retain(|budget| budget.id != chosen),
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

/// People in the order of their ids in a list.
fn in_order(ids: &[EmployeeId], people: Vec<Employee>) -> Vec<Employee> {
    let place = |person: &Employee| ids.iter().position(|id| *id == person.id());
    let mut people = people;
    people.sort_by_key(place);
    people
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
