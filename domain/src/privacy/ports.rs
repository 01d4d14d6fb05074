//! How what is kept of a person is counted, told and erased.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::kernel::{EmployeeId, EmployerId, Fault};

use super::{Obstruction, RecordPage, RecordPlace, Section, Tally};

/// Within a transaction.
#[async_trait]
pub trait PrivacyWrites: Send {
    /// When somebody was erased, if they were.
    async fn erased_at(&mut self, employee: EmployeeId) -> Result<Option<DateTime<Utc>>, Fault>;

    /// How many records every section has of somebody.
    async fn personal_tallies(&mut self, employee: EmployeeId) -> Result<Vec<Tally>, Fault>;

    /// What stands in the way of erasing somebody, with how often.
    async fn erasure_obstacles(&mut self, employee: EmployeeId) -> Result<Vec<Obstruction>, Fault>;

    /// Erases somebody: treats every section as it says and leaves a tombstone.
    async fn erase_employee(&mut self, employee: EmployeeId, at: DateTime<Utc>) -> Result<(), Fault>;
}

/// Outside of any transaction.
#[async_trait]
pub trait PrivacyReads: Send + Sync {
    /// Records of a section that follow a place, at most so many.
    async fn personal_records(
        &self,
        employer: EmployerId,
        employee: EmployeeId,
        section: &'static Section,
        (after, limit): (Option<&RecordPlace>, u32),
    ) -> Result<RecordPage, Fault>;
}
