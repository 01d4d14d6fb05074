//! Reading enrollments.

use async_trait::async_trait;
use chrono::NaiveDate;
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Order, Query, SelectStatement, SimpleExpr};
use upskill_domain::access::Scope;
use upskill_domain::kernel::{
    AssessmentId, CourseId, Direction, EmployerId, EnrollmentId, EvidenceId, Fault, FollowUpId,
    LearningTimeId, Page, PageRequest, TypedId,
};
use upskill_domain::learning::{
    Assessment, CourseFeedback, CourseTerms, Enrollment, EnrollmentFilter, EnrollmentOrder, Evidence,
    FollowUp, LearningReads, LearningTime, TimeKind, TimeTotals, WaitingFollowUps,
};

use super::visible::{keep_enrollments, keep_own, walks_through_enrollments};
use super::{follow_ups, results};
use crate::dialect::Dialect;
use crate::organization::line::Walk;
use crate::page::{KeyKind, SortKey, pages};
use crate::row::{self, uuids};
use crate::shape::alone;
use crate::store::Db;

#[async_trait]
impl LearningReads for Db {
    async fn enrollments_by_id(&self, scope: Scope, ids: &[EnrollmentId]) -> Result<Vec<Enrollment>, Fault> {
        let mut select = enrollments(scope, &EnrollmentFilter::default(), Walk::Up);
        select.and_where(Expr::col(("e", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn enrollments(
        &self,
        scope: Scope,
        lists: &[EnrollmentFilter],
        (order, direction): (EnrollmentOrder, Direction),
        request: &PageRequest,
    ) -> Result<Vec<Page<Enrollment>>, Fault> {
        let sort = match order {
            EnrollmentOrder::EnrolledAt => {
                SortKey { alias: "e", column: "enrolled_at", kind: KeyKind::Instant }
            }
            EnrollmentOrder::StartsOn => SortKey { alias: "e", column: "starts_on", kind: KeyKind::Day },
        };
        let walks = walks_through_enrollments(&self.pool, scope, lists).await?;
        let selects = lists.iter().zip(walks).map(|(filter, walk)| enrollments(scope, filter, walk));
        pages(&self.pool, scope.employer, selects, (sort, direction), request, alone::<Enrollment>()).await
    }

    async fn count_enrollments(&self, scope: Scope, lists: &[EnrollmentFilter]) -> Result<Vec<u64>, Fault> {
        let walk = |filter: &EnrollmentFilter| if filter.employees.is_none() { Walk::Down } else { Walk::Up };
        row::counts(&self.pool, lists.iter().map(|filter| enrollments(scope, filter, walk(filter)))).await
    }

    async fn terms_by_course(&self, scope: Scope, courses: &[CourseId]) -> Result<Vec<CourseTerms>, Fault> {
        let mut select = row::select::<CourseTerms>("c", scope.employer.uuid());
        select.and_where(Expr::col(("c", "id")).is_in(uuids(courses)));
        row::all(&self.pool, &select).await
    }

    async fn assessments_by_enrollment(
        &self,
        scope: Scope,
        enrollments: &[EnrollmentId],
    ) -> Result<Vec<Assessment>, Fault> {
        let mut select = results::assessments(scope);
        select.and_where(Expr::col(("a", "enrollment_id")).is_in(uuids(enrollments)));
        row::all(&self.pool, &select).await
    }

    async fn assessments_by_id(&self, scope: Scope, ids: &[AssessmentId]) -> Result<Vec<Assessment>, Fault> {
        let mut select = results::assessments(scope);
        select.and_where(Expr::col(("a", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn evidence_by_enrollment(
        &self,
        scope: Scope,
        enrollments: &[EnrollmentId],
    ) -> Result<Vec<Evidence>, Fault> {
        let mut select = results::evidence(scope);
        select.and_where(Expr::col(("v", "enrollment_id")).is_in(uuids(enrollments)));
        row::all(&self.pool, &select).await
    }

    async fn evidence_by_id(&self, scope: Scope, ids: &[EvidenceId]) -> Result<Vec<Evidence>, Fault> {
        let mut select = results::evidence(scope);
        select.and_where(Expr::col(("v", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn enrollments_to_end(
        &self,
        employer: EmployerId,
        today: NaiveDate,
        beyond: Option<EnrollmentId>,
        limit: u32,
    ) -> Result<Vec<EnrollmentId>, Fault> {
        results::to_end(&self.pool, employer, today, beyond, limit).await
    }

    async fn follow_ups_by_enrollment(
        &self,
        scope: Scope,
        enrollments: &[EnrollmentId],
    ) -> Result<Vec<FollowUp>, Fault> {
        let mut select = follow_ups::follow_ups(scope);
        select
            .and_where(Expr::col(("f", "enrollment_id")).is_in(uuids(enrollments)))
            .order_by(("f", "opens_on"), Order::Asc)
            .order_by(("f", "id"), Order::Asc);
        row::all(&self.pool, &select).await
    }

    async fn follow_ups_by_id(&self, scope: Scope, ids: &[FollowUpId]) -> Result<Vec<FollowUp>, Fault> {
        let mut select = follow_ups::follow_ups(scope);
        select.and_where(Expr::col(("f", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn waiting_follow_ups(
        &self,
        scope: Scope,
        lists: &[WaitingFollowUps],
        today: NaiveDate,
        request: &PageRequest,
    ) -> Result<Vec<Page<FollowUp>>, Fault> {
        let sort = SortKey { alias: "f", column: "closes_on", kind: KeyKind::Day };
        let selects = lists.iter().map(|list| follow_ups::waiting(scope, list, today));
        let sorted = (sort, Direction::Ascending);
        pages(&self.pool, scope.employer, selects, sorted, request, alone::<FollowUp>()).await
    }

    async fn count_waiting_follow_ups(
        &self,
        scope: Scope,
        lists: &[WaitingFollowUps],
        today: NaiveDate,
    ) -> Result<Vec<u64>, Fault> {
        row::counts(&self.pool, lists.iter().map(|list| follow_ups::waiting(scope, list, today))).await
    }

    async fn follow_ups_to_tell(
        &self,
        employer: EmployerId,
        days: (NaiveDate, NaiveDate),
        beyond: Option<FollowUpId>,
        limit: u32,
    ) -> Result<Vec<FollowUpId>, Fault> {
        follow_ups::to_tell(&self.pool, employer, days, beyond, limit).await
    }

    async fn feedback_by_enrollment(
        &self,
        scope: Scope,
        enrollments: &[EnrollmentId],
    ) -> Result<Vec<CourseFeedback>, Fault> {
        let mut select = follow_ups::feedback(scope);
        select.and_where(Expr::col(("c", "id")).is_in(uuids(enrollments)));
        row::all(&self.pool, &select).await
    }

    async fn time_totals(
        &self,
        scope: Scope,
        ids: &[EnrollmentId],
    ) -> Result<Vec<(EnrollmentId, TimeTotals)>, Fault> {
        let dialect = Dialect(self.pool.get_database_backend());
        let of_enrollment = Expr::col(("t", "employer_id"))
            .equals(("e", "employer_id"))
            .and(Expr::col(("t", "enrollment_id")).equals(("e", "id")));
        let mut select = Query::select();
        select
            .column(("e", "id"))
            .expr(dialect.sum(minutes_of(TimeKind::Working)))
            .expr(dialect.sum(minutes_of(TimeKind::Own)))
            .from_as("enrollment", "e")
            .join_as(JoinType::LeftJoin, "learning_time", "t", of_enrollment)
            .and_where(Expr::col(("e", "employer_id")).eq(scope.employer.uuid()))
            .and_where(Expr::col(("e", "id")).is_in(uuids(ids)))
            .group_by_col(("e", "id"));
        keep_own(&mut select, "e", scope);
        let totals = row::all_as(&self.pool, &select, |cells| {
            Ok((cells.id()?, TimeTotals { working: cells.take()?, own: cells.take()? }))
        });
        totals.await
    }

    async fn learning_times_by_id(
        &self,
        scope: Scope,
        ids: &[LearningTimeId],
    ) -> Result<Vec<LearningTime>, Fault> {
        let mut select = learning_times(scope);
        select.and_where(Expr::col(("t", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn learning_times(
        &self,
        scope: Scope,
        lists: &[EnrollmentId],
        request: &PageRequest,
    ) -> Result<Vec<Page<LearningTime>>, Fault> {
        let sort = SortKey { alias: "t", column: "day", kind: KeyKind::Day };
        let selects = lists.iter().map(|enrollment| logged_in(scope, *enrollment));
        let sorted = (sort, Direction::Ascending);
        pages(&self.pool, scope.employer, selects, sorted, request, alone::<LearningTime>()).await
    }

    async fn count_learning_times(&self, scope: Scope, lists: &[EnrollmentId]) -> Result<Vec<u64>, Fault> {
        row::counts(&self.pool, lists.iter().map(|enrollment| logged_in(scope, *enrollment))).await
    }
}

/// The minutes of a row, where they are of one kind.
pub(super) fn minutes_of(kind: TimeKind) -> SimpleExpr {
    Expr::case(Expr::col(("t", "kind")).eq(kind.name()), Expr::col(("t", "minutes"))).finally(0).into()
}

/// The enrollments within the scope that the filter leaves.
fn enrollments(scope: Scope, filter: &EnrollmentFilter, walk: Walk) -> SelectStatement {
    let mut select = row::select::<Enrollment>("e", scope.employer.uuid());
    keep_enrollments(&mut select, "e", scope, walk);
    if let Some(employees) = &filter.employees {
        select.and_where(Expr::col(("e", "employee_id")).is_in(uuids(employees)));
    }
    if let Some(courses) = &filter.courses {
        select.and_where(Expr::col(("e", "course_id")).is_in(uuids(courses)));
    }
    if let Some(programs) = &filter.programs {
        select.and_where(Expr::col(("e", "program_id")).is_in(uuids(programs)));
    }
    if let Some(requests) = &filter.requests {
        select.and_where(Expr::col(("e", "request_id")).is_in(uuids(requests)));
    }
    if let Some(statuses) = &filter.statuses {
        let names = statuses.iter().map(|status| status.name());
        select.and_where(Expr::col(("e", "status")).is_in(names));
    }
    select
}

/// What was logged within the scope: by whom the enrollment is about.
fn learning_times(scope: Scope) -> SelectStatement {
    let mut select = row::select::<LearningTime>("t", scope.employer.uuid());
    results::keep_own_of(&mut select, ("t", "enrollment_id"), scope);
    select
}

fn logged_in(scope: Scope, enrollment: EnrollmentId) -> SelectStatement {
    let mut select = learning_times(scope);
    select.and_where(Expr::col(("t", "enrollment_id")).eq(enrollment.uuid()));
    select
}
