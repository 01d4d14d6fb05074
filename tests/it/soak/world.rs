//! The people, budgets and requests of a soak, and what each deed does to them.

mod money;

use std::sync::{Mutex, PoisonError};

use chrono::{Days, NaiveDate};
use support::TestApp;
use support::story::{Employer, PEOPLE};
use upskill_api::worker::look_after_reservations;
use upskill_domain::access::{Actor, Person};
use upskill_domain::app::App;
use upskill_domain::funding::{
    ApprovalConditions, ApproveFundingRequest, AskedVerdict, CancelFundingRequest, ChangeBudget,
    ChangeBudgetOwner, ChangeBudgetStatus, CloseBudget, CommitFundingRequest, CreateBudget,
    DecideFundingRequests, DecisionOnRequest, ExtendReservation, FundingRequest, LimitMode, MoneyOnClose,
    OwnedBy, PromisesOnClose, ReasonCode, RecoverFunding, RefundFundingRequest, RejectFundingRequest,
    RejectionReason, RequestStatus, SettleFundingRequest, StepStatus, SubmitFundingRequest,
    WithdrawFundingRequest,
};
use upskill_domain::journal::IdempotencyKey;
use upskill_domain::kernel::{BudgetId, Currency, Failure, Fault, FundingRequestId, Money, Period};

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
        let finance = PEOPLE.iter().position(|(id, ..)| *id == "F1").expect("Finn");
        let finance = people[finance].clone();
        let (budgets, requests) = (Mutex::default(), Mutex::default());
        let (root, last) = (Mutex::default(), Mutex::default());
        Self { employer, app: app.app.clone(), people, finance, budgets, root, requests, last }
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
            | Kind::Close
            | Kind::AddOwner
            | Kind::RemoveOwner => self.manage(deed).await,
            Kind::Allocate | Kind::Adjust | Kind::Transfer => self.move_money(deed).await,
            Kind::LookAfter => {
                let failed = look_after_reservations(&self.app, 7).await.expect("the employers are there");
                assert!(failed.is_empty(), "{failed:?}");
                Outcome::Done
            }
            _ => match self.request(deed).await {
                Some(request) => self.follow_up(deed, &request).await,
                None => Outcome::Refused,
            },
        }
    }

    async fn submit(&self, deed: Deed) -> Outcome {
        let actor = self.person(deed.who);
        let command = SubmitFundingRequest {
            key: None,
            employee: actor.employee().expect("a person"),
            course: deed.course(),
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

    /// What is done with a request after its submission.
    async fn follow_up(&self, deed: Deed, request: &FundingRequest) -> Outcome {
        let (funding, expected_version, finance, id) = (self.app.funding(), None, &self.finance, request.id);
        // Mostly a part of what was approved, sometimes more.
        let part = |percent: i64| Self::money(request.amount.minor() * (deed.amount % percent) / 100);
        // Every other command carries a key, so that it meets itself again.
        let text = format!("{:?}-{id}-{}", deed.kind, deed.amount % 2);
        let key = deed.who.is_multiple_of(2).then(|| IdempotencyKey::parse(&text).expect("a key"));
        match deed.kind {
            Kind::Withdraw => {
                let asker = self.people.iter().find(|person| person.employee() == Some(request.employee));
                let command = WithdrawFundingRequest { id, expected_version };
                outcome("withdraw", funding.withdraw_request(asker.unwrap_or(finance), command).await)
            }
            Kind::Decide | Kind::DecideOutOfTurn | Kind::DecideList => self.decide(deed, request).await,
            Kind::Commit => {
                let price = deed.other.is_multiple_of(3).then(|| part(115));
                let command = CommitFundingRequest {
                    key,
                    id,
                    price,
                    order_number: None,
                    starts_on: None,
                    expected_version,
                };
                outcome("commit", funding.commit_request(finance, command).await)
            }
            Kind::Settle => {
                let (invoice_number, effective_on) = (None, None);
                let command = SettleFundingRequest {
                    key,
                    id,
                    price: part(115),
                    invoice_number,
                    proof: None,
                    effective_on,
                    expected_version,
                };
                outcome("settle", funding.settle_request(finance, command).await)
            }
            Kind::Cancel => {
                let reason = ReasonCode::CourseCanceled;
                let command = CancelFundingRequest { key, id, reason, note: None, expected_version };
                outcome("cancel", funding.cancel_request(finance, command).await)
            }
            Kind::Refund | Kind::Recover => self.bring_back(deed, (id, part(40)), key).await,
            _ => {
                let days = Days::new(u64::try_from(deed.other % 31).unwrap_or(0) + 60);
                let reserved_until = self.today().checked_add_days(days).expect("a day");
                let command = ExtendReservation { key, id, reserved_until, expected_version };
                let actor = if deed.other.is_multiple_of(2) { finance } else { self.person(deed.who) };
                outcome("extend", funding.extend_reservation(actor, command).await)
            }
        }
    }

    /// Money of a settled request comes back.
    async fn bring_back(
        &self,
        deed: Deed,
        (id, amount): (FundingRequestId, Money),
        key: Option<IdempotencyKey>,
    ) -> Outcome {
        let (funding, finance, expected_version) = (self.app.funding(), &self.finance, None);
        if deed.kind == Kind::Refund {
            let (reason, note, credit_note_number) = (ReasonCode::PriceCorrected, None, None);
            let command = RefundFundingRequest {
                key,
                id,
                amount,
                reason,
                note,
                credit_note_number,
                effective_on: None,
                expected_version,
            };
            return outcome("refund", funding.refund_request(finance, command).await);
        }
        let (reason, note, effective_on) = (ReasonCode::EmployeeLeft, None, None);
        let command = RecoverFunding { key, id, amount, reason, note, effective_on, expected_version };
        outcome("recover", funding.recover_funding(finance, command).await)
    }

    async fn decide(&self, deed: Deed, request: &FundingRequest) -> Outcome {
        let id = request.id;
        let (funding, expected_version) = (self.app.funding(), None);
        let awaited = if deed.kind == Kind::DecideOutOfTurn { None } else { self.awaited(id).await };
        let actor = awaited.unwrap_or_else(|| self.person(deed.who));
        if deed.kind == Kind::DecideList {
            let mut ids = self.requests(deed.what);
            ids.truncate(4);
            let verdict = || AskedVerdict::Approve { note: None, conditions: None };
            let decision = |id| DecisionOnRequest { id, expected_version, verdict: verdict() };
            let command =
                DecideFundingRequests { key: None, decisions: ids.into_iter().map(decision).collect() };
            let decided = funding.decide_requests(actor, command).await;
            let results = decided.unwrap_or_else(|failure| panic!("decide a list: {failure:?}"));
            let outcomes = results.into_iter().map(|result| outcome("decide one of a list", result.decided));
            let done = outcomes.filter(|outcome| *outcome == Outcome::Done).count();
            return if done > 0 { Outcome::Done } else { Outcome::Refused };
        }
        if deed.other % 8 == 1 {
            let (reason, text) = (RejectionReason::Other, "soak".to_owned());
            let command = RejectFundingRequest { key: None, id, reason, text, expected_version };
            return outcome("reject", funding.reject_request(actor, command).await);
        }
        // Every eighth yes is to a part of the amount, on top of what earlier steps left of it.
        let part = (deed.other % 8 == 2).then(|| {
            let amount = Money::new(request.amount.minor() * 3 / 4, request.amount.currency());
            ApprovalConditions { amount: amount.ok(), ..ApprovalConditions::default() }
        });
        let command = ApproveFundingRequest { key: None, id, conditions: part, note: None, expected_version };
        outcome("approve", funding.approve_request(actor, command).await)
    }

    async fn manage(&self, deed: Deed) -> Outcome {
        let (funding, finance, id) = (self.app.funding(), &self.finance, self.budget(deed.what));
        // Ending is for what is over, so it looks further back than other deeds.
        let ends = matches!(deed.kind, Kind::Archive | Kind::Close);
        let id = if ends { self.budget(deed.what * 5) } else { id };
        let status = ChangeBudgetStatus { id, expected_version: None };
        let owner = ChangeBudgetOwner { id, employee: self.person(deed.who).employee().expect("a person") };
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
            Kind::RemoveOwner => {
                outcome("remove an owner", funding.remove_budget_owner(finance, owner).await)
            }
            _ => {
                let promises = if deed.other.is_multiple_of(4) {
                    PromisesOnClose::Stay
                } else {
                    PromisesOnClose::CarryOver
                };
                let money =
                    if deed.who.is_multiple_of(2) { MoneyOnClose::Lapse } else { MoneyOnClose::CarryOver };
                let carries = (promises, money) != (PromisesOnClose::Stay, MoneyOnClose::Lapse);
                let successor = carries.then(|| self.budget(deed.other));
                let dry_run = deed.amount % 8 == 0;
                let command = CloseBudget {
                    key: None,
                    id,
                    promises,
                    money,
                    successor,
                    note: None,
                    dry_run,
                    expected_version: None,
                };
                outcome("close", funding.close_budget(finance, command).await)
            }
        }
    }
}
