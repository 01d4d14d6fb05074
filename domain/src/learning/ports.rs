//! How enrollments are stored.

use async_trait::async_trait;
use chrono::NaiveDate;

use crate::access::Scope;
use crate::kernel::{
    CourseId, Direction, EmployeeId, EnrollmentId, Fault, FundingRequestId, LearningTimeId, Page,
    PageRequest, ProgramId,
};

use super::{Enrollment, EnrollmentOrder, EnrollmentStatus, LearningTime, TimeTotals};

/// Writes within one employer's transaction.
#[async_trait]
pub trait LearningWrites: Send {
    /// An enrollment, locked.
    async fn lock_enrollment(&mut self, id: EnrollmentId) -> Result<Option<Enrollment>, Fault>;
    /// A person's enrollment in a subject that has not ended.
    async fn live_enrollment(
        &mut self,
        employee: EmployeeId,
        subject: &str,
    ) -> Result<Option<EnrollmentId>, Fault>;
    /// The enrollment that a request funds.
    async fn enrollment_of_request(
        &mut self,
        request: FundingRequestId,
    ) -> Result<Option<EnrollmentId>, Fault>;
    /// Adds enrollments, unless one of their people has a live one in the same subject or a request funds another one
    /// already. Whether it did; if not, what was written must be undone.
    async fn insert_enrollments(&mut self, enrollments: &[Enrollment]) -> Result<bool, Fault>;
    /// Replaces an enrollment.
    async fn save_enrollment(&mut self, enrollment: &Enrollment) -> Result<(), Fault>;
    /// What is logged in an enrollment for a day.
    async fn time_on(&mut self, enrollment: EnrollmentId, day: NaiveDate) -> Result<TimeTotals, Fault>;
    /// What was logged under an id.
    async fn learning_time(&mut self, id: LearningTimeId) -> Result<Option<LearningTime>, Fault>;
    /// Adds logged time.
    async fn append_learning_times(&mut self, times: &[LearningTime]) -> Result<(), Fault>;
}

/// Which enrollments a reader wants. A list that is not there means "any", an empty one "none".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct EnrollmentFilter {
    /// Of one of these people.
    pub employees: Option<Vec<EmployeeId>>,
    /// In one of these courses of the catalog.
    pub courses: Option<Vec<CourseId>>,
    /// Within one of these programs.
    pub programs: Option<Vec<ProgramId>>,
    /// Of one of these statuses.
    pub statuses: Option<Vec<EnrollmentStatus>>,
    /// Funded by one of these requests.
    pub requests: Option<Vec<FundingRequestId>>,
}

/// Reads of enrollments.
///
/// Within [`crate::access::Reach::Related`] are the person's own, those of everybody below them, and those within
/// programs that they own. Of logged time only the person's own.
#[async_trait]
pub trait LearningReads: Send + Sync {
    /// Enrollments by id.
    async fn enrollments_by_id(&self, scope: Scope, ids: &[EnrollmentId]) -> Result<Vec<Enrollment>, Fault>;
    /// The same page of several lists of enrollments.
    async fn enrollments(
        &self,
        scope: Scope,
        lists: &[EnrollmentFilter],
        order: (EnrollmentOrder, Direction),
        page: &PageRequest,
    ) -> Result<Vec<Page<Enrollment>>, Fault>;
    /// How many enrollments each list has.
    async fn count_enrollments(&self, scope: Scope, lists: &[EnrollmentFilter]) -> Result<Vec<u64>, Fault>;
    /// What was logged in enrollments; one of which nothing was may be left out only where it is out of reach.
    async fn time_totals(
        &self,
        scope: Scope,
        enrollments: &[EnrollmentId],
    ) -> Result<Vec<(EnrollmentId, TimeTotals)>, Fault>;
    /// Logged time by id.
    async fn learning_times_by_id(
        &self,
        scope: Scope,
        ids: &[LearningTimeId],
    ) -> Result<Vec<LearningTime>, Fault>;
    /// The same page of what was logged in several enrollments, the latest day last.
    async fn learning_times(
        &self,
        scope: Scope,
        lists: &[EnrollmentId],
        page: &PageRequest,
    ) -> Result<Vec<Page<LearningTime>>, Fault>;
    /// How much was logged in each.
    async fn count_learning_times(&self, scope: Scope, lists: &[EnrollmentId]) -> Result<Vec<u64>, Fault>;
}
