//! Funding policies on the stage, and that nobody in the story stands in for anybody.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use upskill_domain::access::Role;
use upskill_domain::funding::{
    ActionLink, Delegation, DelegationWrites, FundingPolicy, FundingRequest, LinkWrites, PolicyStatus,
    PolicyWrites, RequestStatus, RoutingWrites, RunningCourse, RunningPlace,
};
use upskill_domain::kernel::{
    ActionLinkId, ApprovalDelegationId, EmployeeId, Fault, FundingPolicyId, FundingRequestId,
};
use upskill_domain::learning::EnrollmentStatus;
use upskill_domain::organization::EmploymentStatus;

use super::Scene;

#[async_trait]
impl PolicyWrites for Scene {
    async fn published_policy(&mut self) -> Result<Option<FundingPolicy>, Fault> {
        let published = |policy: &&FundingPolicy| policy.status == PolicyStatus::Published;
        Ok(self.read().policies.all().iter().find(published).cloned())
    }

    async fn policies_numbered(&mut self, numbers: &[i32]) -> Result<Vec<FundingPolicy>, Fault> {
        let numbered =
            |policy: &&FundingPolicy| policy.number.is_some_and(|number| numbers.contains(&number));
        Ok(self.read().policies.all().iter().filter(numbered).cloned().collect())
    }

    async fn last_policy_number(&mut self) -> Result<Option<i32>, Fault> {
        Ok(self.read().policies.all().iter().filter_map(|policy| policy.number).max())
    }

    async fn lock_policy(&mut self, id: FundingPolicyId) -> Result<Option<FundingPolicy>, Fault> {
        Ok(self.read().policies.get(&id).cloned())
    }

    async fn save_policy(&mut self, policy: &FundingPolicy) -> Result<(), Fault> {
        self.write().policies.put(policy.id, policy.clone());
        Ok(())
    }

    async fn delete_policy(&mut self, _: FundingPolicyId) -> Result<(), Fault> {
        Err(Fault::inconsistent("nobody in the story discards a policy"))
    }

    async fn lock_requester(&mut self, _: EmployeeId) -> Result<(), Fault> {
        Ok(())
    }

    async fn counted_requests(
        &mut self,
        employees: &[EmployeeId],
        submitted_since: DateTime<Utc>,
        paid_since: NaiveDate,
    ) -> Result<Vec<FundingRequest>, Fault> {
        let counts = |request: &&FundingRequest| {
            let paid = request.settled_on.is_some_and(|day| day >= paid_since);
            let settled =
                request.status == RequestStatus::Settled && (request.submitted_at >= submitted_since || paid);
            employees.contains(&request.employee) && (request.status.is_live() || settled)
        };
        Ok(self.read().requests.all().iter().filter(counts).cloned().collect())
    }

    async fn running_courses(&mut self, employees: &[EmployeeId]) -> Result<Vec<RunningCourse>, Fault> {
        let props = self.read();
        let running = props.enrollments.all().iter().filter(|one| {
            use EnrollmentStatus::{Active, InAssessment, Planned};
            employees.contains(&one.employee) && matches!(one.status, Planned | Active | InAssessment)
        });
        let running = running.map(|one| RunningCourse {
            employee: one.employee,
            workload_minutes: one.taken.workload_minutes,
            duration_weeks: one.taken.duration_weeks,
            place: Some(RunningPlace {
                starts_on: one.starts_on,
                ends_on: one.ends_on,
                started_at: one.started_at,
            }),
        });
        let enrolled = |request: &FundingRequest| {
            props.enrollments.all().iter().any(|one| one.request == Some(request.id))
        };
        let requested = props.requests.all().iter().filter(|request| {
            employees.contains(&request.employee) && request.status.is_live() && !enrolled(request)
        });
        let requested = requested.map(|request| RunningCourse {
            employee: request.employee,
            workload_minutes: request.offer.workload_minutes,
            duration_weeks: request.offer.duration_weeks,
            place: None,
        });
        Ok(running.chain(requested).collect())
    }

    async fn past_requests(
        &mut self,
        _: DateTime<Utc>,
        _: Option<(EmployeeId, DateTime<Utc>, FundingRequestId)>,
        _: u32,
    ) -> Result<Vec<FundingRequest>, Fault> {
        Err(Fault::inconsistent("nobody in the story tries a policy on the past"))
    }

    async fn holders_of_each(&mut self, roles: &[Role]) -> Result<Vec<(Role, EmployeeId)>, Fault> {
        let props = self.read();
        let here = |id: &EmployeeId| {
            props.employees.get(id).is_some_and(|person| person.employment.status != EmploymentStatus::Left)
        };
        let granted =
            props.grants.iter().filter(|grant| roles.contains(&grant.role) && here(&grant.employee));
        Ok(granted.map(|grant| (grant.role, grant.employee)).collect())
    }

    async fn people_at_the_top(&mut self, limit: u64) -> Result<Vec<EmployeeId>, Fault> {
        let props = self.read();
        let top = props
            .employees
            .all()
            .iter()
            .filter(|person| person.is_present() && person.colleague.manager.is_none());
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        Ok(top.take(limit).map(upskill_domain::organization::Employee::id).collect())
    }
}

#[async_trait]
impl DelegationWrites for Scene {
    async fn lock_delegation(&mut self, _: ApprovalDelegationId) -> Result<Option<Delegation>, Fault> {
        Ok(None)
    }

    async fn delegations_of(&mut self, _: EmployeeId, _: NaiveDate) -> Result<Vec<Delegation>, Fault> {
        Ok(Vec::new())
    }

    async fn save_delegation(&mut self, _: &Delegation, _: bool) -> Result<(), Fault> {
        Err(Fault::inconsistent("nobody in the story stands in for anybody"))
    }

    async fn mark_delegations(&mut self, _: NaiveDate) -> Result<bool, Fault> {
        Ok(false)
    }

    async fn delegators_of(&mut self, _: EmployeeId, _: NaiveDate) -> Result<Vec<EmployeeId>, Fault> {
        Ok(Vec::new())
    }

    async fn deciders_of(&mut self, request: FundingRequestId) -> Result<Vec<EmployeeId>, Fault> {
        let props = self.read();
        let about = props.decisions.iter().filter(|decision| decision.request == request);
        Ok(about.filter_map(|decision| decision.by).collect())
    }
}

#[async_trait]
impl RoutingWrites for Scene {
    async fn covered_on(&mut self, _: &[EmployeeId], _: NaiveDate) -> Result<Vec<EmployeeId>, Fault> {
        Ok(Vec::new())
    }

    async fn absent_on(&mut self, _: &[EmployeeId], _: NaiveDate) -> Result<Vec<EmployeeId>, Fault> {
        Ok(Vec::new())
    }

    async fn save_followed(&mut self, _: i64, _: Option<DateTime<Utc>>) -> Result<(), Fault> {
        Err(Fault::inconsistent("the journal is followed where it is kept, not on the stage"))
    }
}

#[async_trait]
impl LinkWrites for Scene {
    async fn action_link(&mut self, _: ActionLinkId) -> Result<Option<ActionLink>, Fault> {
        Ok(None)
    }

    async fn insert_action_link(&mut self, _: &ActionLink) -> Result<(), Fault> {
        Err(Fault::inconsistent("nobody in the story decides from a link"))
    }

    async fn save_action_link(&mut self, _: &ActionLink) -> Result<(), Fault> {
        Err(Fault::inconsistent("nobody in the story decides from a link"))
    }
}
