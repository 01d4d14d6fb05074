//! How the stock of skills is stored.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};

use crate::access::Scope;
use crate::kernel::{DepartmentId, EmployeeId, EmployerId, Fault, ProgramId};
use crate::reports::stock::{SkillsOf, ToldSkills};
use crate::skills::SkillNeed;

/// When stock was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StockTaken {
    /// The day it is of.
    pub on: NaiveDate,
    /// When.
    pub at: DateTime<Utc>,
    /// The minimum group size by which it was decided what to tell.
    pub minimum: u32,
}

/// Writes within one employer's transaction.
#[async_trait]
pub trait StockWrites: Send {
    /// Replaces what was told before. Two may do so at once; the later one stays.
    async fn save_stock(&mut self, taken: StockTaken, told: &[ToldSkills]) -> Result<(), Fault>;
}

/// Reads of the stock that was taken last.
#[async_trait]
pub trait StockReads: Send + Sync {
    /// When it was taken.
    async fn stock_taken(&self, employer: EmployerId) -> Result<Option<StockTaken>, Fault>;
    /// People who have not left, in the order of their ids, with their departments.
    async fn some_employees(
        &self,
        employer: EmployerId,
        after: Option<EmployeeId>,
        limit: u32,
    ) -> Result<Vec<(EmployeeId, Option<DepartmentId>)>, Fault>;
    /// Which programs some people take part in.
    async fn programs_of(
        &self,
        employer: EmployerId,
        people: &[EmployeeId],
    ) -> Result<Vec<(EmployeeId, ProgramId)>, Fault>;
    /// Every program that is more than a draft, with the skills that it aims at.
    async fn program_targets(&self, employer: EmployerId) -> Result<Vec<(ProgramId, Vec<SkillNeed>)>, Fault>;
    /// What it tells.
    async fn told_skills(&self, scope: Scope, of: &[SkillsOf]) -> Result<Vec<ToldSkills>, Fault>;
}
