//! How reports are stored.

mod stock;

pub use stock::{StockReads, StockTaken, StockWrites};

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};

use crate::access::Scope;
use crate::kernel::{
    CourseId, DepartmentId, EmployeeId, EmployerId, EnrollmentId, Fault, FundingRequestId, LearningTimeId,
};
use crate::learning::TimeKind;

use super::figures::Sizes;
use super::fold::Learned;
use super::group::{Group, GroupKind, GroupYear, PersonYear};

/// Up to where the journal was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CountedUpTo {
    /// The position of the last entry, 0 before the first.
    pub position: i64,
    /// When what it tells happened.
    pub at: Option<DateTime<Utc>>,
}

/// Time that was logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Logged {
    /// For which enrollment.
    pub enrollment: EnrollmentId,
    /// The day it is for.
    pub day: NaiveDate,
    /// Whose time it was.
    pub kind: TimeKind,
    /// How much; below zero takes some back.
    pub minutes: i32,
}

/// How many people a group was about in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SizedGroup {
    /// Which group.
    pub group: Group,
    /// For a course, the provider under which it counts.
    pub under: Group,
    /// Its sizes.
    pub sizes: Sizes,
}

/// Writes within one employer's transaction.
#[async_trait]
pub trait ReportWrites: StockWrites + Send {
    /// Up to where the journal was counted, locked, unless somebody else counts now.
    async fn lock_counted_if_free(&mut self) -> Result<Option<CountedUpTo>, Fault>;
    /// The same, waiting for whoever counts now.
    async fn lock_counted(&mut self) -> Result<CountedUpTo, Fault>;
    /// Up to where the journal was counted, as of the moment of everything else that is read here.
    async fn counted_up_to(&mut self) -> Result<CountedUpTo, Fault>;
    /// Forgets everything that was counted, but not up to where.
    async fn forget_counted(&mut self) -> Result<(), Fault>;
    /// Moves on.
    async fn save_counted(&mut self, counted: CountedUpTo) -> Result<(), Fault>;
    /// Who learned what in enrollments.
    async fn learned_by_enrollment(
        &mut self,
        ids: &[EnrollmentId],
    ) -> Result<Vec<(EnrollmentId, Learned)>, Fault>;
    /// Who learned what with money that was asked for.
    async fn learned_by_request(
        &mut self,
        ids: &[FundingRequestId],
    ) -> Result<Vec<(FundingRequestId, Learned)>, Fault>;
    /// Time that was logged.
    async fn logged(&mut self, ids: &[LearningTimeId]) -> Result<Vec<(LearningTimeId, Logged)>, Fault>;
    /// What was counted of people in years.
    async fn person_years(&mut self, of: &[(i32, EmployeeId)]) -> Result<Vec<PersonYear>, Fault>;
    /// What was counted of groups in years.
    async fn group_years(&mut self, of: &[(i32, Group)]) -> Result<Vec<GroupYear>, Fault>;
    /// Everything that was counted of groups.
    async fn all_group_years(&mut self) -> Result<Vec<GroupYear>, Fault>;
    /// Adds or replaces what is counted of people.
    async fn save_person_years(&mut self, people: &[PersonYear]) -> Result<(), Fault>;
    /// Adds or replaces what is counted of groups.
    async fn save_group_years(&mut self, groups: &[GroupYear]) -> Result<(), Fault>;
}

/// Reads of what was counted.
#[async_trait]
pub trait ReportReads: StockReads + Send + Sync {
    /// Up to where the journal was counted.
    async fn counted(&self, employer: EmployerId) -> Result<CountedUpTo, Fault>;
    /// The sizes of all groups of some kinds in a year.
    async fn group_sizes(
        &self,
        scope: Scope,
        year: i32,
        kinds: &[GroupKind],
    ) -> Result<Vec<SizedGroup>, Fault>;
    /// The sizes in a year of the courses that count under the same providers as some of them do.
    async fn course_sizes(
        &self,
        scope: Scope,
        year: i32,
        beside: &[CourseId],
    ) -> Result<Vec<SizedGroup>, Fault>;
    /// What was counted of groups in years.
    async fn counted_groups(&self, scope: Scope, of: &[(i32, Group)]) -> Result<Vec<GroupYear>, Fault>;
    /// Every department with the one above it.
    async fn department_tree(&self, scope: Scope)
    -> Result<Vec<(DepartmentId, Option<DepartmentId>)>, Fault>;
}
