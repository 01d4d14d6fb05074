//! Looking after approvals: open steps go to those who may decide them now, and up when they are overdue.

use chrono::{DateTime, Utc};

use crate::access::{Actor, Role};
use crate::funding::policy::{ChainContext, CourseTraits, Deciders};
use crate::funding::routing::{Routed, Routing};
use crate::funding::{
    ApprovalStep, Concerned, FundingEvent, FundingRequest, PolicyInForce, RequestStatus, RoutedApprovals,
};
use crate::kernel::{EmployeeId, Fault, FundingRequestId};
use crate::organization::{Employee, Employer};
use crate::store::UnitOfWork;

use super::Funding;

/// What is done about a request that somebody else holds at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    /// It is waited for, because what brought us here is not looked at again.
    WaitedFor,
    /// It is left to the next round.
    LeftAlone,
}

/// What the open steps of one request are held against.
struct Surroundings {
    policy: PolicyInForce,
    course: CourseTraits,
    line_above: Vec<Employee>,
    owners: Vec<Employee>,
    deciders: Deciders,
    absent: Vec<EmployeeId>,
    covered: Vec<EmployeeId>,
    decided: Vec<EmployeeId>,
}

impl Funding<'_> {
    /// Reads what happened in an employer's organization since the last time, `batch` entries of the journal at a time, and
    /// gives the steps whose approver may not decide them any more to those who may (F11).
    ///
    /// Each request is a transaction of its own that decides on what it has locked, so any number of workers may do this at
    /// once. The place in the journal moves on when the requests are done, so one that is killed loses nothing.
    pub async fn follow_organization(
        self,
        employer: &Employer,
        batch: u32,
    ) -> Result<RoutedApprovals, Fault> {
        let actor = Actor::system(employer.id, "approvals");
        let mut done = RoutedApprovals::default();
        let reads = self.core.store.reads();
        let (mut position, mut changed_at) = reads.followed(employer.id).await?;
        loop {
            let entries = reads.chain(employer.id, position, batch.max(1)).await?;
            let Some(last) = entries.last() else { return Ok(done) };
            let (concerned, changed) = Concerned::by(&entries, changed_at);
            self.route_concerned(&actor, &concerned, batch, &mut done).await?;
            (position, changed_at) = (last.seal.position, changed);
            let mut tx = self.core.store.begin(employer.id).await?;
            tx.save_followed(position, changed_at).await?;
            tx.commit().await?;
        }
    }

    async fn route_concerned(
        self,
        actor: &Actor,
        concerned: &Concerned,
        batch: u32,
        done: &mut RoutedApprovals,
    ) -> Result<(), Fault> {
        let mut beyond = None;
        while !concerned.is_empty() {
            let reads = self.core.store.reads();
            let due = reads.requests_to_route(actor.employer, concerned, beyond, batch.max(1)).await?;
            let Some(last) = due.last() else { break };
            beyond = Some(*last);
            for id in due {
                match self.route(actor, id, Held::WaitedFor).await {
                    Ok(routed) => done.add(&routed),
                    // What may pass is tried again from the same place of the journal; what will not is told.
                    Err(fault @ (Fault::Unavailable(_) | Fault::Conflict(_))) => return Err(fault),
                    Err(fault) => done.failed.push((id, fault)),
                }
            }
        }
        Ok(())
    }

    /// Reminds of steps that are due, gives those that are overdue to the next in line, and those of people who are away from
    /// today on to others (F11), `batch` requests at a time.
    ///
    /// Each request is a transaction of its own that decides on what it has locked and writes down what was told, so any
    /// number of workers may do this at once. A request that somebody holds now is left to the next round.
    pub async fn attend_to_approvals(
        self,
        employer: &Employer,
        batch: u32,
    ) -> Result<RoutedApprovals, Fault> {
        let actor = Actor::system(employer.id, "approvals");
        let (mut done, mut beyond) = (RoutedApprovals::default(), None);
        let now = self.core.clock.now();
        let by = (now, employer.day_of(now));
        loop {
            let due = self.core.store.reads().requests_due(employer.id, by, beyond, batch.max(1)).await?;
            let Some(last) = due.last() else { return Ok(done) };
            beyond = Some(*last);
            for id in due {
                match self.route(&actor, id, Held::LeftAlone).await {
                    Ok(routed) => done.add(&routed),
                    Err(fault) => done.failed.push((id, fault)),
                }
            }
        }
    }

    /// Gives the open steps of one request to those who may decide them now, and looks at the due date of the one that
    /// waits.
    async fn route(self, actor: &Actor, id: FundingRequestId, held: Held) -> Result<Vec<Routed>, Fault> {
        let mut tx = self.core.store.begin(actor.employer).await?;
        let request = match held {
            Held::WaitedFor => tx.lock_request(id).await?,
            Held::LeftAlone => tx.lock_request_if_free(id).await?,
        };
        let Some(mut request) = request.filter(|request| request.status == RequestStatus::Submitted) else {
            return Ok(Vec::new());
        };
        let mut steps = tx.steps_of(id).await?;
        let around = self.surroundings(&mut *tx, &request, &steps).await?;
        let routing = around.routing(&request, self.core.clock.now());
        let mut routed = request.reroute(&mut steps, routing);
        routed.extend(request.attend(&mut steps, routing));
        if routed.is_empty() {
            return Ok(routed);
        }
        let told = if routed.iter().any(Routed::is_for_hr) {
            tx.holders_of(Role::HrAdmin).await?
        } else {
            Vec::new()
        };
        tx.save_request(&request).await?;
        tx.save_steps(&steps).await?;
        let events = routed.iter().filter_map(|routed| event(&request, routed, &told));
        let events: Vec<FundingEvent> = events.collect();
        self.core.record(&mut *tx, actor, &events).await?;
        tx.commit().await?;
        Ok(routed)
    }

    /// Looks up what the open steps of a request are held against, as a submission does.
    async fn surroundings(
        self,
        tx: &mut dyn UnitOfWork,
        request: &FundingRequest,
        steps: &[ApprovalStep],
    ) -> Result<Surroundings, Fault> {
        let policy = self.policy_of_request(tx, request).await?;
        let requester = tx.employees(&[request.employee]).await?.pop();
        let department = requester.and_then(|person| person.colleague.department);
        let departments = match department.filter(|_| policy.rules.asks_heads()) {
            Some(department) => tx.department_line(department).await?,
            None => Vec::new(),
        };
        let deciders = if policy.is_built_in() {
            Deciders::default()
        } else {
            self.deciders(tx, &[&policy.rules], &departments).await?
        };
        let owners = self.budget_owners(tx, &[request.budget]).await?;
        let open = steps.iter().filter(|step| step.is_open());
        let assignees: Vec<EmployeeId> = open.map(|step| step.assignee).collect();
        let today = tx.employer().await?.day_of(self.core.clock.now());
        let owners: Vec<Employee> = owners.into_iter().map(|(_, owner)| owner).collect();
        let line_above = tx.line_above(request.employee).await?;
        let near = line_above.iter().chain(&owners).map(Employee::id);
        let asked: Vec<EmployeeId> = near.chain(deciders.everybody()).collect();
        Ok(Surroundings {
            course: request.offer.traits(),
            absent: tx.absent_on(&asked, today).await?,
            line_above,
            owners,
            covered: tx.covered_on(&assignees, today).await?,
            decided: tx.deciders_of(request.id).await?,
            deciders,
            policy,
        })
    }
}

impl Surroundings {
    fn routing(&self, request: &FundingRequest, at: DateTime<Utc>) -> Routing<'_> {
        Routing {
            rules: &self.policy.rules,
            context: ChainContext {
                requester: request.employee,
                amount: request.amount,
                course: &self.course,
                line_above: &self.line_above,
                owners: &self.owners,
                deciders: &self.deciders,
                absent: &self.absent,
            },
            covered: &self.covered,
            decided: &self.decided,
            at,
        }
    }
}

impl RoutedApprovals {
    fn add(&mut self, routed: &[Routed]) {
        for routed in routed {
            match routed {
                Routed::To { .. } => self.rerouted = self.rerouted.saturating_add(1),
                Routed::Nowhere { .. } => self.stranded = self.stranded.saturating_add(1),
                Routed::Reminded { .. } => self.reminded = self.reminded.saturating_add(1),
                Routed::Escalated { .. } => self.escalated = self.escalated.saturating_add(1),
                Routed::Overdue { .. } => self.overdue = self.overdue.saturating_add(1),
                Routed::Restored => {}
            }
        }
    }
}

/// What the journal says of it.
fn event(request: &FundingRequest, routed: &Routed, told: &[EmployeeId]) -> Option<FundingEvent> {
    let FundingRequest { id: request, employee, .. } = *request;
    match *routed {
        Routed::To { step, from, to, capacity, reason } => {
            Some(FundingEvent::StepRerouted { request, employee, step, from, to, capacity, reason })
        }
        Routed::Nowhere { step, assignee, reason } => {
            let told = told.to_vec();
            Some(FundingEvent::StepStranded { request, employee, step, assignee, reason, told })
        }
        Routed::Reminded { step, assignee, notice, due_at } => {
            let notice = notice.name();
            Some(FundingEvent::StepReminded { request, employee, step, assignee, notice, due_at })
        }
        Routed::Escalated { step, from, to, capacity, due_at } => {
            Some(FundingEvent::StepEscalated { request, employee, step, from, to, capacity, due_at })
        }
        Routed::Overdue { step, assignee, due_at } => {
            let told = told.to_vec();
            Some(FundingEvent::StepOverdue { request, employee, step, assignee, due_at, told })
        }
        Routed::Restored => None,
    }
}
