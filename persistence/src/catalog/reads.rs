//! Reading the catalog.

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use upskill_domain::access::Scope;
use upskill_domain::catalog::{
    CatalogReads, Course, CourseCard, CourseFilter, CourseOrder, CoursePrice, CourseStatus, CourseWith,
    EquivalentSearch, Provider, ProviderFilter, ProviderOrder, Syllabus, TeachingCourse,
};
use upskill_domain::kernel::{
    CourseId, Direction, Fault, Page, PageRequest, ProviderId, SkillId, TypedId, search_key,
};

use super::{closing, equivalents, filter::narrow, syllabus};
use crate::page::{KeyKind, SortKey, pages};
use crate::row::{self, Cells, Record, uuids};
use crate::shape::{Shape, alone};
use crate::store::Db;

#[async_trait]
impl CatalogReads for Db {
    async fn providers_by_id(&self, scope: Scope, ids: &[ProviderId]) -> Result<Vec<Provider>, Fault> {
        let mut select = row::select::<Provider>("p", scope.employer.uuid());
        select.and_where(Expr::col(("p", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn providers(
        &self,
        scope: Scope,
        lists: &[ProviderFilter],
        (order, direction): (ProviderOrder, Direction),
        request: &PageRequest,
    ) -> Result<Vec<Page<Provider>>, Fault> {
        let sort = match order {
            ProviderOrder::Name => SortKey { alias: "p", column: "name_key", kind: KeyKind::Text },
        };
        let selects = lists.iter().map(|filter| providers(scope, filter));
        pages(&self.pool, scope.employer, selects, (sort, direction), request, alone::<Provider>()).await
    }

    async fn count_providers(&self, scope: Scope, lists: &[ProviderFilter]) -> Result<Vec<u64>, Fault> {
        row::counts(&self.pool, lists.iter().map(|filter| providers(scope, filter))).await
    }

    async fn courses_by_id(
        &self,
        scope: Scope,
        ids: &[CourseId],
        statuses: &[CourseStatus],
    ) -> Result<Vec<Course>, Fault> {
        let mut select = row::select::<Course>("c", scope.employer.uuid());
        select
            .and_where(Expr::col(("c", "id")).is_in(uuids(ids)))
            .and_where(Expr::col(("c", "status")).is_in(statuses.iter().map(|status| status.name())));
        row::all(&self.pool, &select).await
    }

    async fn syllabi_by_id(
        &self,
        scope: Scope,
        ids: &[CourseId],
        statuses: &[CourseStatus],
    ) -> Result<Vec<(CourseId, Syllabus)>, Fault> {
        let courses = Query::select()
            .column(("c", "id"))
            .from_as("course", "c")
            .and_where(Expr::col(("c", "employer_id")).eq(scope.employer.uuid()))
            .and_where(Expr::col(("c", "id")).is_in(uuids(ids)))
            .and_where(Expr::col(("c", "status")).is_in(statuses.iter().map(|status| status.name())))
            .to_owned();
        syllabus::read(&self.pool, scope.employer.uuid(), courses).await
    }

    async fn courses(
        &self,
        scope: Scope,
        lists: &[CourseFilter],
        (order, direction): (CourseOrder, Direction),
        request: &PageRequest,
        with: CourseWith,
    ) -> Result<Vec<Page<CourseCard>>, Fault> {
        let (column, kind) = match order {
            CourseOrder::Title => ("title_key", KeyKind::Text),
            CourseOrder::Duration => ("weeks_order", KeyKind::Number),
            CourseOrder::Price => ("price_minor", KeyKind::Number),
            CourseOrder::Created => ("created_at", KeyKind::Instant),
        };
        let sort = SortKey { alias: "c", column, kind };
        let selects = lists.iter().map(|filter| courses(scope, filter));
        pages(&self.pool, scope.employer, selects, (sort, direction), request, with).await
    }

    async fn equivalents(
        &self,
        scope: Scope,
        search: &EquivalentSearch,
    ) -> Result<Vec<(Course, Provider)>, Fault> {
        let select = equivalents::select(scope.employer.uuid(), search);
        let pair = |cells: &mut Cells<'_>| Ok((Course::read(cells)?, Provider::read(cells)?));
        row::all_as(&self.pool, &select, pair).await
    }

    async fn teaching_courses(&self, scope: Scope, skills: &[SkillId]) -> Result<Vec<TeachingCourse>, Fault> {
        closing::read(&self.pool, scope.employer.uuid(), skills).await
    }

    async fn count_courses(&self, scope: Scope, lists: &[CourseFilter]) -> Result<Vec<u64>, Fault> {
        row::counts(&self.pool, lists.iter().map(|filter| courses(scope, filter))).await
    }

    async fn prices(
        &self,
        scope: Scope,
        statuses: &[CourseStatus],
        courses: &[CourseId],
        request: &PageRequest,
    ) -> Result<Vec<Page<CoursePrice>>, Fault> {
        let sort = SortKey { alias: "r", column: "valid_from", kind: KeyKind::Instant };
        let selects = courses.iter().map(|course| prices(scope, statuses, *course));
        let sorted = (sort, Direction::Ascending);
        pages(&self.pool, scope.employer, selects, sorted, request, alone::<CoursePrice>()).await
    }

    async fn count_prices(
        &self,
        scope: Scope,
        statuses: &[CourseStatus],
        courses: &[CourseId],
    ) -> Result<Vec<u64>, Fault> {
        row::counts(&self.pool, courses.iter().map(|course| prices(scope, statuses, *course))).await
    }
}

fn providers(scope: Scope, filter: &ProviderFilter) -> SelectStatement {
    let mut select = row::select::<Provider>("p", scope.employer.uuid());
    if let Some(kinds) = &filter.kinds {
        select.and_where(Expr::col(("p", "kind")).is_in(kinds.iter().map(|kind| kind.name())));
    }
    if let Some(search) = &filter.search {
        select.and_where(row::contains(("p", "name_key"), &search_key(search)));
    }
    select
}

fn courses(scope: Scope, filter: &CourseFilter) -> SelectStatement {
    let employer = scope.employer.uuid();
    let mut select = row::select::<Course>("c", employer);
    narrow(&mut select, employer, filter);
    select
}

/// Courses, as `c`, with their provider.
impl Shape for CourseWith {
    type First = Course;
    type Row = CourseCard;

    fn join(&self, select: &mut SelectStatement) {
        if self.provider {
            row::join::<Provider>(select, ("c", "provider_id"), "c_provider");
        }
    }

    fn read(&self, cells: &mut Cells<'_>) -> Result<CourseCard, Fault> {
        Ok(CourseCard { course: Course::read(cells)?, provider: cells.joined(self.provider)? })
    }
}

/// The prices of a course, if it is of one of the statuses.
fn prices(scope: Scope, statuses: &[CourseStatus], course: CourseId) -> SelectStatement {
    let employer = scope.employer.uuid();
    let visible = Query::select()
        .column("id")
        .from("course")
        .and_where(Expr::col("employer_id").eq(employer))
        .and_where(Expr::col("id").eq(course.uuid()))
        .and_where(Expr::col("status").is_in(statuses.iter().map(|status| status.name())))
        .to_owned();
    let mut select = row::select::<CoursePrice>("r", employer);
    select.and_where(Expr::col(("r", "course_id")).in_subquery(visible));
    select
}
