//! The people, budgets and requests of a soak, and what each deed does to them.

mod catalog;
mod closing;
mod money;
mod requests;
mod worker;

use std::sync::{Mutex, PoisonError};

use chrono::{Days, NaiveDate};
use support::TestApp;
use support::story::{Employer, PEOPLE};
use upskill_domain::access::{Actor, Person};
use upskill_domain::app::App;
use upskill_domain::funding::{
    AddBudgetOwner, AskedCourse, ChangeBudget, ChangeBudgetStatus, CreateBudget, FundingRequest, LimitMode,
    OutsideCourse, OwnedBy, RemoveBudgetOwner, RequestStatus, StepStatus, SubmitFundingRequest,
};
use upskill_domain::kernel::{BudgetId, CourseId, Currency, Failure, Fault, FundingRequestId, Money, Period};

use super::deed::{Deed, Kind};

/// Days that the budgets of one period are for.
const PERIOD: u64 = 30;

/// How many of the latest requests people mostly deal with, and how many of those they look at for one that fits.
const LATEST: usize = 60;
const CANDIDATES: usize = 12;

/// What came of a deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Done,
    Refused,
}

pub(super) struct World {
    pub employer: Employer,
    app: App,
    /// Everybody who has not left.
    people: Vec<Actor>,
    finance: Actor,
    hr: Actor,
    /// Of the catalog.
    courses: Vec<CourseId>,
    budgets: Mutex<Vec<BudgetId>>,
    /// The one at the top of the latest period.
    root: Mutex<Option<BudgetId>>,
    requests: Mutex<Vec<FundingRequestId>>,
    /// The last day of the latest period.
    last: Mutex<Option<NaiveDate>>,
}

/// Done, or refused by a rule or the policy. A defect, or a store that does not answer, ends the soak.
fn outcome<T, R: std::fmt::Debug>(what: &str, result: Result<T, Failure<R>>) -> Outcome {
    match result {
        Ok(_) => Outcome::Done,
        Err(
            Failure::Refused(_)
            | Failure::Fault(Fault::Forbidden(_) | Fault::NotFound { .. } | Fault::Conflict(_)),
        ) => Outcome::Refused,
        Err(Failure::Fault(fault)) => panic!("{what}: {fault}"),
    }
}

impl World {
    pub(super) async fn build(app: &TestApp) -> Self {
        let employer = app.northwind().await;
        let mut people = Vec::new();
        for (id, ..) in PEOPLE.iter().filter(|(id, ..)| *id != "L1") {
            let person = Person::ExternalId((*id).to_owned());
            people.push(app.app.access().identify("northwind", &person, "soak").await.expect("a person"));
        }
        let named = |name: &str| {
            let place = PEOPLE.iter().position(|(id, ..)| *id == name).expect("one of the story");
            people[place].clone()
        };
        let (finance, hr) = (named("F1"), named("H1"));
        let courses = catalog::publish(&app.app, &hr).await;
        let (budgets, requests) = (Mutex::default(), Mutex::default());
        let (root, last) = (Mutex::default(), Mutex::default());
        Self { employer, app: app.app.clone(), people, finance, hr, courses, budgets, root, requests, last }
    }

    /// Makes the budgets of the period that today is in, unless they are there: one at the top and two below it, HARD and
    /// WARN.
    pub(super) async fn begin_period(&self) {
        let today = self.today();
        let mut last = *self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.is_some_and(|last| today <= last) {
            return;
        }
        let to = today.checked_add_days(Days::new(PERIOD)).expect("a day");
        last.replace(to);
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = last;
        let root =
            self.create(None, (today, to), LimitMode::Hard, 300_000).await.expect("a budget at the top");
        *self.root.lock().unwrap_or_else(PoisonError::into_inner) = Some(root);
        for mode in [LimitMode::Hard, LimitMode::Warn] {
            self.create(Some(root), (today, to), mode, 60_000).await.expect("a budget below");
        }
    }

    fn today(&self) -> NaiveDate {
        self.app.clock().now().date_naive()
    }

    fn money(minor: i64) -> Money {
        Money::new(minor, Currency::parse("EUR").expect("a currency")).expect("an amount")
    }

    /// One of the people.
    fn person(&self, who: usize) -> &Actor {
        &self.people[who % self.people.len()]
    }

    /// A budget: mostly one of the six latest.
    fn budget(&self, what: usize) -> BudgetId {
        let budgets = self.budgets.lock().unwrap_or_else(PoisonError::into_inner);
        let among = if what.is_multiple_of(5) { budgets.len() } else { budgets.len().min(6) };
        budgets[budgets.len() - 1 - (what / 5) % among]
    }

    /// A budget for a deed that is for what is over: it looks further back than others.
    fn ended(&self, deed: Deed) -> BudgetId {
        self.budget(deed.what * 5)
    }

    /// Late requests, in an order that the number says.
    fn requests(&self, what: usize) -> Vec<FundingRequestId> {
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        let among = if what.is_multiple_of(10) { requests.len() } else { requests.len().min(LATEST) };
        let at = |n: usize| requests[requests.len() - 1 - (what / 10 + n) % among];
        (0..among.min(CANDIDATES)).map(at).collect()
    }

    /// A request for a deed: mostly one that is where the deed needs it, sometimes any.
    async fn request(&self, deed: Deed) -> Option<FundingRequest> {
        let ids = self.requests(deed.what);
        let found = self.app.funding().requests_by_id(&self.employer.system, &ids).await.expect("requests");
        let needed = match deed.kind {
            Kind::Withdraw | Kind::Decide | Kind::DecideOutOfTurn | Kind::DecideList => {
                RequestStatus::Submitted
            }
            Kind::Resubmit => RequestStatus::ChangesRequested,
            Kind::Settle => RequestStatus::Committed,
            Kind::Cancel if deed.other.is_multiple_of(2) => RequestStatus::Committed,
            Kind::Commit | Kind::Extend | Kind::Cancel => RequestStatus::Approved,
            _ => RequestStatus::Settled,
        };
        let fits = |request: &&FundingRequest| request.status == needed;
        let any = deed.other.is_multiple_of(6);
        found.iter().find(fits).filter(|_| !any).or_else(|| found.first()).cloned()
    }

    async fn create(
        &self,
        parent: Option<BudgetId>,
        (from, to): (NaiveDate, NaiveDate),
        limit_mode: LimitMode,
        allocation: i64,
    ) -> Option<BudgetId> {
        let owner =
            self.person(usize::try_from(allocation).unwrap_or(0) / 1_000).employee().expect("a person");
        let command = CreateBudget {
            key: None,
            name: format!("Soak {from}"),
            owned_by: OwnedBy::Employer,
            period: Period::new(from, to).expect("a period"),
            currency: None,
            parent,
            limit_mode,
            owners: vec![owner],
            allocation: Some(Self::money(allocation.max(1))),
        };
        let created = self.app.funding().create_budget(&self.finance, command).await;
        let Ok(budget) = created else {
            outcome("create", created);
            return None;
        };
        self.budgets.lock().unwrap_or_else(PoisonError::into_inner).push(budget.id);
        let opening = ChangeBudgetStatus { id: budget.id, expected_version: None };
        outcome("open", self.app.funding().open_budget(&self.finance, opening).await);
        Some(budget.id)
    }

    /// Who the step of a request waits for, if one does.
    async fn awaited(&self, id: FundingRequestId) -> Option<&Actor> {
        let steps = self.app.funding().steps_by_request(&self.employer.system, &[id]).await.expect("steps");
        let waiting = steps.into_iter().find(|step| step.status == StepStatus::Waiting)?;
        self.people.iter().find(|person| person.employee() == Some(waiting.assignee))
    }

    /// Tries one deed.
    pub(super) async fn attempt(&self, deed: Deed) -> Outcome {
        match deed.kind {
            Kind::Submit => self.submit(deed).await,
            Kind::Create
            | Kind::Change
            | Kind::Open
            | Kind::CloseToSpend
            | Kind::Archive
            | Kind::AddOwner
            | Kind::RemoveOwner => self.manage(deed).await,
            Kind::Close | Kind::CloseTree => self.close(deed).await,
            Kind::Allocate | Kind::Adjust | Kind::Transfer | Kind::SetHours => self.move_money(deed).await,
            Kind::LookAfter => self.work().await,
            _ => match self.request(deed).await {
                Some(request) => self.follow_up(deed, &request).await,
                None => Outcome::Refused,
            },
        }
    }

    /// What somebody asks for: every third time a course of the catalog, else one of some thousands outside of it.
    fn course(&self, deed: Deed) -> AskedCourse {
        if deed.other.is_multiple_of(3) {
            return AskedCourse::Catalog(self.courses[deed.other / 3 % self.courses.len()]);
        }
        let title = format!("course-{}", deed.other % 2_000);
        AskedCourse::Outside(OutsideCourse {
            url: format!("https://example.org/{title}"),
            title,
            provider_name: "Example College".to_owned(),
            workload_minutes: None,
        })
    }

    async fn submit(&self, deed: Deed) -> Outcome {
        let actor = self.person(deed.who);
        let command = SubmitFundingRequest {
            key: None,
            employee: actor.employee().expect("a person"),
            course: self.course(deed),
            quote: Some(Self::money(if deed.other.is_multiple_of(20) { 0 } else { deed.amount / 10 })),
            co_funding: Vec::new(),
            budget: Some(self.budget(deed.what)),
            program: None,
            purpose: "soak".to_owned(),
        };
        let submitted = self.app.funding().submit_request(actor, command).await;
        if let Ok(request) = &submitted {
            self.requests.lock().unwrap_or_else(PoisonError::into_inner).push(request.id);
        }
        outcome("submit", submitted)
    }

    async fn manage(&self, deed: Deed) -> Outcome {
        let (funding, finance, id) = (self.app.funding(), &self.finance, self.budget(deed.what));
        let id = if deed.kind == Kind::Archive { self.ended(deed) } else { id };
        let status = ChangeBudgetStatus { id, expected_version: None };
        let employee = self.person(deed.who).employee().expect("a person");
        let owner = AddBudgetOwner { key: None, id, employee };
        match deed.kind {
            Kind::Create => {
                let to = self.last.lock().unwrap_or_else(PoisonError::into_inner).expect("a period");
                let mode = if deed.other.is_multiple_of(2) { LimitMode::Hard } else { LimitMode::Warn };
                let created = self.create(Some(id), (self.today().min(to), to), mode, deed.amount).await;
                if created.is_some() { Outcome::Done } else { Outcome::Refused }
            }
            Kind::Change => {
                let budgets = funding.budgets_by_id(finance, &[id]).await.expect("budgets");
                let expected_version = budgets.first().map_or(0, |budget| budget.version);
                let mode = if deed.other.is_multiple_of(2) { LimitMode::Hard } else { LimitMode::Warn };
                let command = ChangeBudget { id, expected_version, name: None, limit_mode: Some(mode) };
                outcome("change", funding.change_budget(finance, command).await)
            }
            Kind::Open => outcome("open", funding.open_budget(finance, status).await),
            Kind::CloseToSpend => {
                outcome("close to spend", funding.close_budget_to_spend(finance, status).await)
            }
            Kind::Archive => outcome("archive", funding.archive_budget(finance, status).await),
            Kind::AddOwner => outcome("add an owner", funding.add_budget_owner(finance, owner).await),
            _ => {
                let owner = RemoveBudgetOwner { id, employee };
                outcome("remove an owner", funding.remove_budget_owner(finance, owner).await)
            }
        }
    }
}
