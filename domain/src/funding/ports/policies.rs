//! How policies are stored.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};

use crate::access::{Role, Scope};
use crate::funding::{FundingPolicy, FundingRequest, PolicyStatus, RunningCourse};
use crate::kernel::{EmployeeId, EmployerId, Fault, FundingPolicyId, FundingRequestId, Page, PageRequest};

/// Writes of policies within one employer's transaction, and what judging by them takes.
#[async_trait]
pub trait PolicyWrites: Send {
    /// The policy that new requests go by, if one is published.
    async fn published_policy(&mut self) -> Result<Option<FundingPolicy>, Fault>;
    /// The policies that were published under these numbers.
    async fn policies_numbered(&mut self, numbers: &[i32]) -> Result<Vec<FundingPolicy>, Fault>;
    /// The number of the last version that was published.
    async fn last_policy_number(&mut self) -> Result<Option<i32>, Fault>;
    /// A policy, locked.
    async fn lock_policy(&mut self, id: FundingPolicyId) -> Result<Option<FundingPolicy>, Fault>;
    /// Adds or replaces a policy by id.
    async fn save_policy(&mut self, policy: &FundingPolicy) -> Result<(), Fault>;
    /// Removes a policy, which must be a draft.
    async fn delete_policy(&mut self, id: FundingPolicyId) -> Result<(), Fault>;
    /// Locks a person, so that what they have asked for does not grow meanwhile.
    async fn lock_requester(&mut self, employee: EmployeeId) -> Result<(), Fault>;
    /// The requests of people that are live, and of those that are settled the ones that were submitted at an instant or
    /// later, or paid on a day or later.
    async fn counted_requests(
        &mut self,
        employees: &[EmployeeId],
        submitted_since: DateTime<Utc>,
        paid_since: NaiveDate,
    ) -> Result<Vec<FundingRequest>, Fault>;
    /// The courses that run for people: live requests for which nobody is enrolled, and enrollments that are PLANNED, ACTIVE
    /// or `IN_ASSESSMENT`.
    async fn running_courses(&mut self, employees: &[EmployeeId]) -> Result<Vec<RunningCourse>, Fault>;
    /// Requests submitted at an instant or later, of one person after another in the order of their submissions, beyond
    /// one of them.
    async fn past_requests(
        &mut self,
        since: DateTime<Utc>,
        beyond: Option<(EmployeeId, DateTime<Utc>, FundingRequestId)>,
        limit: u32,
    ) -> Result<Vec<FundingRequest>, Fault>;
    /// The people who are still here and were granted one of these roles, the longest-standing first, as pairs.
    async fn holders_of_each(&mut self, roles: &[Role]) -> Result<Vec<(Role, EmployeeId)>, Fault>;
    /// People at work without a manager, at most as many as given.
    async fn people_at_the_top(&mut self, limit: u64) -> Result<Vec<EmployeeId>, Fault>;
}

/// Which policies a reader wants. A list that is not there means "any", an empty one "none".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct PolicyFilter {
    /// Of one of these statuses.
    pub statuses: Option<Vec<PolicyStatus>>,
}

/// Reads of policies.
#[async_trait]
pub trait PolicyReads: Send + Sync {
    /// The courses that run for people, as [`PolicyWrites::running_courses`] knows them.
    async fn running_courses(
        &self,
        employer: EmployerId,
        employees: &[EmployeeId],
    ) -> Result<Vec<RunningCourse>, Fault>;
    /// Policies by id.
    async fn policies_by_id(
        &self,
        scope: Scope,
        ids: &[FundingPolicyId],
    ) -> Result<Vec<FundingPolicy>, Fault>;
    /// The policy that was published under a number, or the one that new requests go by.
    async fn policy_of(&self, scope: Scope, number: Option<i32>) -> Result<Option<FundingPolicy>, Fault>;
    /// The same page of several lists of policies, the newest first.
    async fn policies(
        &self,
        scope: Scope,
        lists: &[PolicyFilter],
        page: &PageRequest,
    ) -> Result<Vec<Page<FundingPolicy>>, Fault>;
    /// How many policies each list has.
    async fn count_policies(&self, scope: Scope, lists: &[PolicyFilter]) -> Result<Vec<u64>, Fault>;
}
