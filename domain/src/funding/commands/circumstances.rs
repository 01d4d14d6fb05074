//! Looking up what a request is judged on. A submission and a preview of it come here both.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use crate::access::Role;
use crate::catalog::{Course, Provider};
use crate::kernel::{BudgetId, Currency, EmployeeId, Fault, Period};
use crate::organization::{Department, Employee, Employer};
use crate::store::UnitOfWork;

use super::Funding;
use crate::funding::policy::Deciders;
use crate::funding::submission::{Circumstances, Proposal, Thread};
use crate::funding::{
    AskedCourse, ExchangeRate, FundingPolicy, FundingRequest, LearningLoad, PolicyInForce, PolicyRules,
};

/// What somebody looks up circumstances for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::funding) enum Purpose {
    /// To tell, and write nothing.
    Look,
    /// To submit: nobody else may submit for this person before it is done.
    Submit,
}

impl Funding<'_> {
    /// Everything that a proposal is judged on. It locks nothing: what must not change before a request is written, the
    /// submission holds by itself.
    pub(in crate::funding) async fn circumstances(
        self,
        tx: &mut dyn UnitOfWork,
        proposal: Proposal<'_>,
        purpose: Purpose,
    ) -> Result<Circumstances, Fault> {
        let employer = tx.employer().await?;
        let policy = self.policy_for_new_requests(tx, employer.currency).await?;
        let today = employer.day_of(self.core.clock.now());
        let year = employer.fiscal_year(today);
        let earlier = if policy.rules.looks_back() {
            if purpose == Purpose::Submit {
                tx.lock_requester(proposal.employee).await?;
            }
            self.earlier(tx, &employer, proposal.employee, year).await?
        } else {
            Vec::new()
        };
        let load = if policy.rules.workload.is_limited() {
            self.load(tx, &employer, proposal.employee).await?
        } else {
            LearningLoad::default()
        };
        let requester = tx.employees(&[proposal.employee]).await?.pop();
        let department = requester.as_ref().and_then(|person| person.colleague.department);
        let program = match proposal.program {
            Some(id) => tx.programs(&[id]).await?.pop(),
            None => None,
        };
        let mut circumstances = Circumstances {
            requester,
            course: self.asked_course(tx, proposal.course).await?,
            held: tx.published_course_at(&proposal.course.addresses()).await?,
            program,
            departments: match department {
                Some(department) => tx.department_line(department).await?,
                None => Vec::new(),
            },
            today,
            open: Vec::new(),
            rates: Vec::new(),
            owners: Vec::new(),
            line_above: tx.line_above(proposal.employee).await?,
            thread: match proposal.course.subject() {
                Some(subject) => tx.thread(proposal.employee, &subject).await?,
                None => Thread::default(),
            },
            earlier,
            load,
            year,
            deciders: Deciders::default(),
            absent: Vec::new(),
            policy,
        };
        if !circumstances.policy.is_built_in() {
            let heads = &circumstances.departments;
            circumstances.deciders = self.deciders(tx, &[&circumstances.policy.rules], heads).await?;
        }
        let sources = circumstances.sources(proposal);
        circumstances.open = tx.open_budgets(&sources.owners(), sources.day()).await?;
        circumstances.rates = rates(tx, proposal, &circumstances).await?;
        let open: Vec<BudgetId> = circumstances.open.iter().map(|budget| budget.id).collect();
        circumstances.owners = self.budget_owners(tx, &open).await?;
        circumstances.absent = tx.absent_on(&circumstances.asked(), today).await?;
        Ok(circumstances)
    }

    /// The policy that new requests go by.
    pub(in crate::funding) async fn policy_for_new_requests(
        self,
        tx: &mut dyn UnitOfWork,
        currency: Currency,
    ) -> Result<PolicyInForce, Fault> {
        let published = tx.published_policy().await?.and_then(FundingPolicy::in_force);
        Ok(published.unwrap_or_else(|| PolicyInForce::built_in(currency)))
    }

    /// The policy that a request was submitted under.
    pub(in crate::funding) async fn policy_of_request(
        self,
        tx: &mut dyn UnitOfWork,
        request: &FundingRequest,
    ) -> Result<PolicyInForce, Fault> {
        let number = request.policy_version;
        if number == PolicyInForce::BUILT_IN {
            return Ok(PolicyInForce::built_in(request.amount.currency()));
        }
        let policy = tx.policies_numbered(&[number]).await?.pop().and_then(FundingPolicy::in_force);
        policy.ok_or_else(|| Fault::inconsistent(format!("{} names no policy: {number}", request.id)))
    }

    /// What a person has asked for, as far as limits over time look at it, each with the day of its submission.
    pub(in crate::funding) async fn earlier(
        self,
        tx: &mut dyn UnitOfWork,
        employer: &Employer,
        person: EmployeeId,
        year: Period,
    ) -> Result<Vec<(NaiveDate, FundingRequest)>, Fault> {
        // A day early in every time zone; the rule itself goes by the employer's days.
        let since = year.from().checked_sub_days(Days::new(1)).unwrap_or(year.from());
        let since = DateTime::<Utc>::from_naive_utc_and_offset(since.and_time(NaiveTime::MIN), Utc);
        let paid_since = calendar_year(employer.day_of(self.core.clock.now()));
        let requests = tx.counted_requests(&[person], since, paid_since).await?;
        Ok(requests.into_iter().map(|request| (employer.day_of(request.submitted_at), request)).collect())
    }

    /// What runs for a person.
    pub(in crate::funding) async fn load(
        self,
        tx: &mut dyn UnitOfWork,
        employer: &Employer,
        person: EmployeeId,
    ) -> Result<LearningLoad, Fault> {
        let running = tx.running_courses(&[person]).await?;
        Ok(LearningLoad::of(&running, employer, employer.day_of(self.core.clock.now())))
    }

    /// The people who may decide by the policy alone: heads of departments as far as a step asks for them, holders of
    /// roles, and those whom it names.
    pub(in crate::funding) async fn deciders(
        self,
        tx: &mut dyn UnitOfWork,
        rules: &[&PolicyRules],
        departments: &[Department],
    ) -> Result<Deciders, Fault> {
        let heads_asked = rules.iter().any(|rules| rules.asks_heads());
        let asked = departments.iter().filter(|_| heads_asked);
        let heads: Vec<EmployeeId> = asked.filter_map(|department| department.head).collect();
        let named: Vec<EmployeeId> = rules.iter().flat_map(|rules| rules.people()).collect();
        let roles: BTreeSet<Role> = rules.iter().flat_map(|rules| rules.roles()).collect();
        let roles: Vec<Role> = roles.into_iter().collect();
        let holders = tx.holders_of_each(&roles).await?;
        let mut ids: Vec<EmployeeId> = holders.iter().map(|(_, person)| *person).collect();
        ids.extend(heads.iter().chain(&named));
        let people = self.people(tx, ids).await?;
        let person = |id: EmployeeId| people.get(&id).cloned();
        Ok(Deciders {
            heads: heads.into_iter().filter_map(person).collect(),
            holders: holders.into_iter().filter_map(|(role, id)| Some((role, person(id)?))).collect(),
            named: named.into_iter().filter_map(person).collect(),
        })
    }

    /// The course of the catalog that is asked for, with who offers it.
    async fn asked_course(
        self,
        tx: &mut dyn UnitOfWork,
        asked: &AskedCourse,
    ) -> Result<Option<(Course, Provider)>, Fault> {
        let AskedCourse::Catalog(id) = asked else { return Ok(None) };
        let Some(course) = tx.courses(&[*id]).await?.pop() else { return Ok(None) };
        let provider = tx.providers(&[course.provider]).await?.pop();
        let provider = provider.ok_or_else(|| Fault::not_found(course.provider))?;
        Ok(Some((course, provider)))
    }

    /// The people who own budgets, of each budget the longest-standing first.
    pub(super) async fn budget_owners(
        self,
        tx: &mut dyn UnitOfWork,
        budgets: &[BudgetId],
    ) -> Result<Vec<(BudgetId, Employee)>, Fault> {
        let owners = tx.owners_of_each(budgets).await?;
        let people = self.people(tx, owners.iter().map(|(_, person)| *person).collect()).await?;
        Ok(owners.into_iter().filter_map(|(budget, id)| Some((budget, people.get(&id).cloned()?))).collect())
    }

    /// People by their ids, each looked up once.
    async fn people(
        self,
        tx: &mut dyn UnitOfWork,
        mut ids: Vec<EmployeeId>,
    ) -> Result<HashMap<EmployeeId, Employee>, Fault> {
        ids.sort_unstable();
        ids.dedup();
        Ok(tx.employees(&ids).await?.into_iter().map(|person| (person.id(), person)).collect())
    }
}

/// The first day of the calendar year that a day lies in.
pub(in crate::funding) fn calendar_year(day: NaiveDate) -> NaiveDate {
    Period::fiscal_year(day, 1).from()
}

/// The exchange rates that are good today: from the price's currency into those of the budgets, and from these into those
/// of the person's tax buckets.
async fn rates(
    tx: &mut dyn UnitOfWork,
    proposal: Proposal<'_>,
    circumstances: &Circumstances,
) -> Result<Vec<ExchangeRate>, Fault> {
    let Some(price) = circumstances.quoted(proposal).price else { return Ok(Vec::new()) };
    let rules = &circumstances.policy.rules;
    let buckets = circumstances.requester.iter().flat_map(|person| rules.buckets_of(person));
    let buckets: Vec<Currency> = buckets.map(|bucket| bucket.currency).collect();
    let mut pairs = Vec::new();
    for budget in &circumstances.open {
        pairs.push((price.currency(), budget.currency));
        pairs.extend(buckets.iter().map(|bucket| (budget.currency, *bucket)));
    }
    pairs.retain(|(from, to)| from != to);
    if pairs.is_empty() {
        return Ok(Vec::new());
    }
    let (mut from, mut to): (Vec<Currency>, Vec<Currency>) = pairs.into_iter().unzip();
    for currencies in [&mut from, &mut to] {
        currencies.sort_unstable_by_key(|currency| currency.code());
        currencies.dedup();
    }
    let today = circumstances.today;
    let days = Period::new(ExchangeRate::first_good_day(today), today);
    let days = days.map_err(|error| Fault::inconsistent(error.to_string()))?;
    tx.rates_between(&from, &to, days).await
}
