//! How delegations are stored.

use async_trait::async_trait;
use chrono::NaiveDate;

use crate::access::Scope;
use crate::funding::{Delegation, DelegationFilter};
use crate::kernel::{ApprovalDelegationId, EmployeeId, Fault, FundingRequestId, Page, PageRequest};

/// Writes of delegations within one employer's transaction, and what deciding in somebody's name takes.
#[async_trait]
pub trait DelegationWrites: Send {
    /// A delegation, locked.
    async fn lock_delegation(&mut self, id: ApprovalDelegationId) -> Result<Option<Delegation>, Fault>;
    /// Those in a person's name whose last day is this one or a later one.
    async fn delegations_of(
        &mut self,
        delegator: EmployeeId,
        day: NaiveDate,
    ) -> Result<Vec<Delegation>, Fault>;
    /// Adds or replaces a delegation by id, with whether it holds today.
    async fn save_delegation(&mut self, delegation: &Delegation, holds: bool) -> Result<(), Fault>;
    /// Marks those that hold on a day, and no others. Whether any mark changed.
    async fn mark_delegations(&mut self, day: NaiveDate) -> Result<bool, Fault>;
    /// In whose name a person decides on a day.
    async fn delegators_of(&mut self, delegate: EmployeeId, day: NaiveDate)
    -> Result<Vec<EmployeeId>, Fault>;
    /// Who has decided steps of a request.
    async fn deciders_of(&mut self, request: FundingRequestId) -> Result<Vec<EmployeeId>, Fault>;
}

/// Reads of delegations. Under [`crate::access::Reach::Related`] a person sees those in their name and those to them.
#[async_trait]
pub trait DelegationReads: Send + Sync {
    /// Delegations by id.
    async fn delegations_by_id(
        &self,
        scope: Scope,
        ids: &[ApprovalDelegationId],
    ) -> Result<Vec<Delegation>, Fault>;
    /// The same page of several lists of delegations, the newest first.
    async fn delegations(
        &self,
        scope: Scope,
        lists: &[DelegationFilter],
        page: &PageRequest,
    ) -> Result<Vec<Page<Delegation>>, Fault>;
    /// How many delegations each list has.
    async fn count_delegations(&self, scope: Scope, lists: &[DelegationFilter]) -> Result<Vec<u64>, Fault>;
}
