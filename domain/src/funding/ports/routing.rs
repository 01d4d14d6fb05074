//! How approvals that are with the wrong person are found.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};

use crate::funding::Concerned;
use crate::kernel::{EmployeeId, EmployerId, Fault, FundingRequestId};

/// Writes of routing within one employer's transaction, and what it takes.
#[async_trait]
pub trait RoutingWrites: Send {
    /// Those of some people in whose name somebody else decides on a day.
    async fn covered_on(&mut self, people: &[EmployeeId], day: NaiveDate) -> Result<Vec<EmployeeId>, Fault>;
    /// Those of some people who are away on a day, with nobody to decide in their name.
    async fn absent_on(&mut self, people: &[EmployeeId], day: NaiveDate) -> Result<Vec<EmployeeId>, Fault>;
    /// Keeps up to which position of the journal the organization was followed, and when it changed last before. A
    /// position before the one that is kept changes nothing.
    async fn save_followed(&mut self, position: i64, changed_at: Option<DateTime<Utc>>) -> Result<(), Fault>;
}

/// Reads of routing, for the worker.
#[async_trait]
pub trait RoutingReads: Send + Sync {
    /// Up to which position of the journal the organization was followed, 0 before the first, and when it changed last.
    async fn followed(&self, employer: EmployerId) -> Result<(i64, Option<DateTime<Utc>>), Fault>;
    /// Requests beyond one, in the order of their ids, that wait for a decision and whose open steps may be with the wrong
    /// person.
    async fn requests_to_route(
        &self,
        employer: EmployerId,
        concerned: &Concerned,
        beyond: Option<FundingRequestId>,
        limit: u32,
    ) -> Result<Vec<FundingRequestId>, Fault>;
    /// Requests beyond one, in the order of their ids, whose waiting step's due date is to be looked at by an instant, or is
    /// with somebody who is away on a day with nobody to decide in their name.
    async fn requests_due(
        &self,
        employer: EmployerId,
        by: (DateTime<Utc>, NaiveDate),
        beyond: Option<FundingRequestId>,
        limit: u32,
    ) -> Result<Vec<FundingRequestId>, Fault>;
}
