//! Submitting: what a request is judged on, and how it comes to be.
//!
//! The judgement is one piece of pure code. A submission is refused with the objections that a preview (F14) tells, so the
//! two cannot come to different answers.

mod payer;
mod tax;

use chrono::{DateTime, NaiveDate, Utc};

use crate::catalog::{Course, Provider};
use crate::journal::Reused;
use crate::kernel::{
    BudgetId, EmployeeId, Failure, Fault, FundingRequestId, Ids, Money, Period, ProgramId, Refusal, Refusals,
    Text, TypedId,
};
use crate::organization::{Department, Employee, EmploymentStatus};
use crate::programs::{Program, ProgramStatus};

use super::choice::FundingSources;
use super::offer::Quoted;
use super::policy::{Applicant, ChainContext, CourseTraits, Deciders};
use super::{
    AppliedRate, ApprovalConditions, ApprovalStep, AskedCourse, Assignment, Budget, CoFunding, ExchangeRate,
    Finding, FundingRequest, LearningLoad, NoApprover, Objection, PolicyInForce, RequestStatus,
    RequestedOffer, TaxRate, TaxShare,
};

/// A request as somebody means to submit it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Proposal<'a> {
    pub employee: EmployeeId,
    pub course: &'a AskedCourse,
    pub quote: Option<Money>,
    /// What others pay of it.
    pub co_funding: &'a [CoFunding],
    /// The budget that was named.
    pub budget: Option<BudgetId>,
    pub program: Option<ProgramId>,
    /// What it is good for; none when that has not been said yet, which only a preview allows.
    pub purpose: Option<&'a str>,
}

/// Everything that a proposal is judged on, as it stands.
#[derive(Debug, Clone)]
pub(super) struct Circumstances {
    pub requester: Option<Employee>,
    /// The course of the catalog that is asked for.
    pub course: Option<(Course, Provider)>,
    /// A course of the catalog that stands where one outside of it is said to be.
    pub held: Option<Course>,
    pub program: Option<Program>,
    /// The requester's department and those above it.
    pub departments: Vec<Department>,
    /// The day it is at the employer.
    pub today: NaiveDate,
    /// The open budgets of all sources.
    pub open: Vec<Budget>,
    /// The exchange rates that are good today, from the price's currency into those of the budgets.
    pub rates: Vec<ExchangeRate>,
    /// Who owns them, the longest-standing first.
    pub owners: Vec<(BudgetId, Employee)>,
    /// The managers above the requester, the nearest first.
    pub line_above: Vec<Employee>,
    /// The rounds before.
    pub thread: Thread,
    /// What this person has asked for before, with the days of the submissions, as far as the policy looks at it.
    pub earlier: Vec<(NaiveDate, FundingRequest)>,
    /// What runs for this person, as far as the policy looks at it (L5).
    pub load: LearningLoad,
    /// The fiscal year that today lies in.
    pub year: Period,
    pub policy: PolicyInForce,
    /// Who may decide by the policy alone.
    pub deciders: Deciders,
    /// Those of all who might decide who are away today, with nobody to stand in for them.
    pub absent: Vec<EmployeeId>,
}

/// What a person has asked for about one course before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Thread {
    /// How many rounds there were.
    pub rounds: i32,
    /// The one that is still live, if any.
    pub live: Option<FundingRequestId>,
}

/// What the rules say of a proposal. Whatever could be told is there, also where something speaks against it.
#[derive(Debug, Clone)]
pub(super) struct Assessment<'a> {
    /// What forbids it, in the order in which it is told.
    pub objections: Vec<Objection>,
    /// What speaks against it without forbidding it.
    pub findings: Vec<Finding>,
    pub price: Option<Money>,
    /// What the budget is asked for, once that is known.
    pub amount: Option<Money>,
    /// The rate at which the price was converted, where it is in another currency than the budget.
    pub converted_at: Option<AppliedRate>,
    /// What it would take of the tax buckets of the person, once the amount is known.
    pub tax: Vec<TaxShare>,
    /// The rates by which that was told, where a bucket is in another currency than the budget.
    pub tax_rates: Vec<TaxRate>,
    pub offer: Option<RequestedOffer>,
    /// The budget that pays, once the price is known.
    pub budget: Option<&'a Budget>,
    /// Who decides, step by step; nobody where the policy approves by itself.
    pub chain: Vec<Assignment>,
    /// Whether the policy approves it by itself.
    pub approved_by_policy: bool,
    purpose: Option<Text>,
}

/// Why a request was not submitted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SubmitRefusal {
    /// A rule speaks against it.
    #[error(transparent)]
    Objection(#[from] Objection),
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for SubmitRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::Objection(objection) => objection.field(),
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }

    fn path(&self) -> Vec<String> {
        match self {
            Self::Objection(objection) => objection.path(),
            Self::KeyReused(_) => self.field().iter().map(|&step| step.to_owned()).collect(),
        }
    }
}

impl Circumstances {
    /// What the course comes to as it was asked for.
    pub(super) fn quoted(&self, proposal: Proposal<'_>) -> Quoted {
        match (proposal.course, &self.course) {
            (AskedCourse::Catalog(_), Some((course, provider))) => {
                Quoted::of_catalog(course, provider, proposal.quote)
            }
            (AskedCourse::Catalog(id), None) => Quoted::unknown(*id),
            (AskedCourse::Outside(outside), _) => {
                let quoted = Quoted::of_outside(outside, proposal.quote);
                match &self.held {
                    Some(course) => quoted.held(&outside.url, course),
                    None => quoted,
                }
            }
        }
    }

    /// Everybody who might be asked to decide.
    pub(super) fn asked(&self) -> Vec<EmployeeId> {
        let owners = self.owners.iter().map(|(_, owner)| owner);
        let near = self.line_above.iter().chain(owners).map(Employee::id);
        near.chain(self.deciders.everybody()).collect()
    }

    /// Where money may come from.
    pub(super) fn sources(&self, proposal: Proposal<'_>) -> FundingSources {
        FundingSources::new(proposal.program, &self.departments, self.today)
    }

    /// Applies every rule to a proposal.
    pub(super) fn assess(&self, proposal: Proposal<'_>) -> Assessment<'_> {
        self.assess_quoted(proposal, self.quoted(proposal), self.thread)
    }

    /// The same for another course than the one that was asked for.
    pub(super) fn assess_quoted(
        &self,
        proposal: Proposal<'_>,
        quoted: Quoted,
        thread: Thread,
    ) -> Assessment<'_> {
        let Quoted { price, offer, course, refusals } = quoted;
        let mut objections = Vec::new();
        let purpose = proposal.purpose.map(|text| Text::paragraph(text, Text::NOTE));
        let purpose = purpose.and_then(|text| kept(text.map_err(Objection::InvalidPurpose), &mut objections));
        let requester = self.learner(proposal);
        if requester.is_none() {
            objections.push(Objection::UnknownEmployee(proposal.employee));
        }
        objections.extend(refusals.into_iter().map(Objection::from));
        objections.extend(CoFunding::problems(proposal.co_funding).into_iter().map(Objection::from));
        objections.extend(self.check_program(proposal));
        // Whose money it would be is known by the person only.
        let payer = requester.and_then(|_| {
            let chosen = self.payer(proposal, price);
            kept(chosen.map_err(Objection::from), &mut objections)
        });
        objections.extend(thread.live.map(|live| Objection::AlreadyRequested { live }));
        let charge = price.zip(payer).map(|(price, budget)| self.charged(price, budget));
        let (charge, unknown) = match charge.transpose() {
            Ok(charge) => (charge, None),
            Err(objection) => (None, Some(objection)),
        };
        let (cost, rate) = charge.unzip();
        let (part, split) =
            match cost.map(|cost| CoFunding::employers_part(proposal.co_funding, cost)).transpose() {
                Ok(part) => (part, None),
                Err(refusal) => (None, Some(Objection::from(refusal))),
            };
        if let Some(person) = requester {
            let measured = part.or(cost).or(price);
            let judged = self.policy.rules.objections(self.applicant(person), course.as_ref(), measured);
            let share = cost.and_then(|cost| self.policy.rules.share_objection(cost, proposal.co_funding));
            objections.extend(judged.into_iter().chain(share).map(Objection::Policy));
        }
        let known = unknown.is_none() && split.is_none();
        let amount = part.or(price.filter(|_| known));
        objections.extend(unknown.into_iter().chain(split));
        let (tax, tax_rates) =
            requester.zip(amount).map(|(person, amount)| self.tax(person, amount)).unwrap_or_default();
        objections.extend(tax.iter().filter_map(TaxShare::objection).map(Objection::Policy));
        let mut assessment = Assessment {
            objections,
            findings: Vec::new(),
            price,
            amount,
            converted_at: rate.flatten(),
            tax,
            tax_rates,
            offer,
            budget: payer.filter(|_| price.is_some()),
            chain: Vec::new(),
            approved_by_policy: false,
            purpose,
        };
        if let (Some(amount), Some(budget)) = (amount, payer) {
            let course = course.unwrap_or_default();
            self.charge((proposal.employee, &course), amount, budget, &mut assessment);
        }
        assessment
    }

    /// A person as the policy judges them.
    fn applicant<'a>(&'a self, person: &'a Employee) -> Applicant<'a> {
        Applicant {
            person,
            departments: &self.departments,
            today: self.today,
            year: self.year,
            earlier: &self.earlier,
            load: self.load,
        }
    }

    /// The person, if they are there to learn.
    fn learner(&self, proposal: Proposal<'_>) -> Option<&Employee> {
        let here = self.requester.as_ref().filter(|person| person.id() == proposal.employee);
        here.filter(|person| person.employment.status != EmploymentStatus::Left)
    }

    fn check_program(&self, proposal: Proposal<'_>) -> Option<Objection> {
        let id = proposal.program?;
        let runs = |program: &Program| program.id == id && program.status == ProgramStatus::Active;
        (!self.program.as_ref().is_some_and(runs)).then_some(Objection::UnknownProgram(id))
    }

    /// What the budget and those who decide say to an amount.
    fn charge(
        &self,
        (requester, course): (EmployeeId, &CourseTraits),
        amount: Money,
        budget: &Budget,
        assessment: &mut Assessment<'_>,
    ) {
        let rules = &self.policy.rules;
        let hours = assessment.offer.as_ref().map_or(0, RequestedOffer::hours);
        assessment.findings = Finding::of((amount, hours), budget, rules);
        let within = assessment.tax.iter().filter(|share| share.objection().is_none());
        assessment.findings.extend(within.filter_map(TaxShare::finding));
        // What somebody should know of is for somebody to decide.
        assessment.approved_by_policy = rules.auto_approves(amount) && assessment.findings.is_empty();
        if assessment.approved_by_policy {
            return;
        }
        match self.chain((requester, course), amount, budget) {
            Ok(chain) => assessment.chain = chain,
            Err(none) => assessment.objections.push(none.into()),
        }
    }

    fn chain(
        &self,
        (requester, course): (EmployeeId, &CourseTraits),
        amount: Money,
        budget: &Budget,
    ) -> Result<Vec<Assignment>, NoApprover> {
        let owners = self.owners.iter().filter(|(owned, _)| *owned == budget.id);
        let owners: Vec<Employee> = owners.map(|(_, owner)| owner.clone()).collect();
        self.policy.rules.chain(ChainContext {
            requester,
            amount,
            course,
            line_above: &self.line_above,
            owners: &owners,
            deciders: &self.deciders,
            absent: &self.absent,
        })
    }
}

impl Assessment<'_> {
    /// Every objection, if there is any.
    pub(super) fn check(&self) -> Result<(), Refusals<SubmitRefusal>> {
        if self.objections.is_empty() {
            return Ok(());
        }
        Err(Refusals(self.objections.iter().cloned().map(SubmitRefusal::from).collect()))
    }

    /// The request that was assessed, with its approval chain; or every objection.
    pub(super) fn submit(
        self,
        proposal: Proposal<'_>,
        circumstances: &Circumstances,
        entry: Submission<'_>,
    ) -> Result<(FundingRequest, Vec<ApprovalStep>), Failure<Refusals<SubmitRefusal>>> {
        self.check()?;
        let (Some(offer), Some(amount)) = (self.offer, self.amount) else {
            return Err(Fault::inconsistent("a request without an offer or an amount").into());
        };
        let (Some(budget), Some(purpose)) = (self.budget, self.purpose) else {
            return Err(Fault::inconsistent("a request without a budget or a purpose").into());
        };
        let steps = entry.steps(&self.chain);
        let request = FundingRequest {
            id: entry.id,
            employee: proposal.employee,
            offer,
            requested: amount,
            amount,
            conditions: ApprovalConditions::default(),
            co_funding: proposal.co_funding.iter().map(CoFunding::kept).collect(),
            converted_at: self.converted_at,
            tax_rates: self.tax_rates,
            budget: budget.id,
            program: proposal.program,
            purpose: purpose.into_string(),
            policy_version: circumstances.policy.version,
            round: circumstances.thread.rounds.saturating_add(1),
            status: RequestStatus::Submitted,
            reserved_until: None,
            expiry_noticed_at: None,
            committed: None,
            order_number: None,
            starts_on: None,
            proof: None,
            settled: None,
            settled_on: None,
            refunded: Money::zero(amount.currency()),
            recovered: Money::zero(amount.currency()),
            submitted_at: entry.at,
            decided_at: None,
            committed_at: None,
            settled_at: None,
            ended_at: None,
            version: 1,
        };
        Ok((request, steps))
    }
}

/// The act of submitting: under which id, when, and where the ids of steps come from.
#[derive(Clone, Copy)]
pub(super) struct Submission<'a> {
    pub id: FundingRequestId,
    pub at: DateTime<Utc>,
    pub ids: &'a dyn Ids,
}

impl Submission<'_> {
    /// The steps of a chain, the first of which waits from now on.
    fn steps(self, chain: &[Assignment]) -> Vec<ApprovalStep> {
        let steps = chain.iter().zip(1..).map(|(assignment, position)| {
            let id = TypedId::from_uuid(self.ids.next());
            let mut step = ApprovalStep::pending(id, self.id, position, *assignment);
            if position == 1 {
                step.begin(self.at);
            }
            step
        });
        steps.collect()
    }
}

/// What a rule let through; its objection goes to the others.
fn kept<T>(judged: Result<T, Objection>, objections: &mut Vec<Objection>) -> Option<T> {
    judged.map_err(|objection| objections.push(objection)).ok()
}
