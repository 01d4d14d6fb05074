//! Reading the organization.

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, SelectStatement};
use upskill_domain::access::{Reach, Scope};
use upskill_domain::kernel::{
    DepartmentId, Direction, EmployeeId, EmployerId, Fault, Page, PageRequest, RoleGrantId, TypedId,
    search_key,
};
use upskill_domain::organization::{
    Colleague, ColleagueCard, ColleagueFilter, ColleagueOrder, ColleagueWith, Department, DepartmentFilter,
    DepartmentOrder, Employer, Employment, EmploymentStatus, GrantFilter, OrganizationReads, RoleGrant, Slug,
};

use super::line;
use crate::page::{KeyKind, SortKey, pages};
use crate::row::{self, Cells, Record, uuids};
use crate::shape::{self, Shape, alone};
use crate::store::Db;

#[async_trait]
impl OrganizationReads for Db {
    async fn employer(&self, id: EmployerId) -> Result<Option<Employer>, Fault> {
        let mut select = row::select_untenanted::<Employer>("o");
        select.and_where(Expr::col(("o", "id")).eq(id.uuid()));
        row::one(&self.pool, &select).await
    }

    async fn employer_named(&self, slug: &Slug) -> Result<Option<Employer>, Fault> {
        let mut select = row::select_untenanted::<Employer>("o");
        select.and_where(Expr::col(("o", "slug")).eq(slug.as_str()));
        row::one(&self.pool, &select).await
    }

    async fn all_employers(&self) -> Result<Vec<Employer>, Fault> {
        row::all(&self.pool, &row::select_untenanted::<Employer>("o")).await
    }

    async fn colleague(
        &self,
        scope: Scope,
        id: EmployeeId,
        with: ColleagueWith,
    ) -> Result<Option<ColleagueCard>, Fault> {
        let mut select = row::select::<Colleague>("e", scope.employer.uuid());
        select.and_where(Expr::col(("e", "id")).eq(id.uuid()));
        shape::one(&self.pool, select, with).await
    }

    async fn colleagues_by_id(&self, scope: Scope, ids: &[EmployeeId]) -> Result<Vec<Colleague>, Fault> {
        let mut select = row::select::<Colleague>("e", scope.employer.uuid());
        select.and_where(Expr::col(("e", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn colleagues(
        &self,
        scope: Scope,
        lists: &[ColleagueFilter],
        (order, direction): (ColleagueOrder, Direction),
        request: &PageRequest,
        with: ColleagueWith,
    ) -> Result<Vec<Page<ColleagueCard>>, Fault> {
        let sort = match order {
            ColleagueOrder::Name => SortKey { alias: "e", column: "name_key", kind: KeyKind::Text },
            ColleagueOrder::ExternalId => SortKey { alias: "e", column: "external_id", kind: KeyKind::Text },
        };
        let selects = lists.iter().map(|filter| colleagues(scope, filter));
        pages(&self.pool, scope.employer, selects, (sort, direction), request, with).await
    }

    async fn count_colleagues(&self, scope: Scope, lists: &[ColleagueFilter]) -> Result<Vec<u64>, Fault> {
        row::counts(&self.pool, lists.iter().map(|filter| colleagues(scope, filter))).await
    }

    async fn employments_by_id(&self, scope: Scope, ids: &[EmployeeId]) -> Result<Vec<Employment>, Fault> {
        let employer = scope.employer.uuid();
        let mut select = row::select::<Employment>("e", employer);
        select.and_where(Expr::col(("e", "id")).is_in(uuids(ids)));
        if let Reach::Related(person) = scope.reach {
            let oneself = Expr::col(("e", "id")).eq(person.uuid());
            select.and_where(oneself.or(line::is_below(employer, ("e", "id"), person.uuid())));
        }
        row::all(&self.pool, &select).await
    }

    async fn departments_by_id(&self, scope: Scope, ids: &[DepartmentId]) -> Result<Vec<Department>, Fault> {
        let mut select = row::select::<Department>("d", scope.employer.uuid());
        select.and_where(Expr::col(("d", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn departments(
        &self,
        scope: Scope,
        lists: &[DepartmentFilter],
        (order, direction): (DepartmentOrder, Direction),
        request: &PageRequest,
    ) -> Result<Vec<Page<Department>>, Fault> {
        let sort = match order {
            DepartmentOrder::Code => SortKey { alias: "d", column: "code", kind: KeyKind::Text },
            DepartmentOrder::Name => SortKey { alias: "d", column: "name_key", kind: KeyKind::Text },
        };
        let selects = lists.iter().map(|filter| departments(scope, filter));
        pages(&self.pool, scope.employer, selects, (sort, direction), request, alone::<Department>()).await
    }

    async fn count_departments(&self, scope: Scope, lists: &[DepartmentFilter]) -> Result<Vec<u64>, Fault> {
        row::counts(&self.pool, lists.iter().map(|filter| departments(scope, filter))).await
    }

    async fn grants(
        &self,
        scope: Scope,
        lists: &[GrantFilter],
        request: &PageRequest,
    ) -> Result<Vec<Page<RoleGrant>>, Fault> {
        let sort = SortKey { alias: "g", column: "granted_at", kind: KeyKind::Instant };
        let (sorted, selects) =
            ((sort, Direction::Ascending), lists.iter().map(|filter| grants(scope, filter)));
        pages(&self.pool, scope.employer, selects, sorted, request, alone::<RoleGrant>()).await
    }

    async fn grants_by_id(&self, scope: Scope, ids: &[RoleGrantId]) -> Result<Vec<RoleGrant>, Fault> {
        let mut select = grants(scope, &GrantFilter::default());
        select.and_where(Expr::col(("g", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn count_grants(&self, scope: Scope, lists: &[GrantFilter]) -> Result<Vec<u64>, Fault> {
        row::counts(&self.pool, lists.iter().map(|filter| grants(scope, filter))).await
    }
}

/// People, as `e`, with their neighbors.
impl Shape for ColleagueWith {
    type First = Colleague;
    type Row = ColleagueCard;

    fn join(&self, select: &mut SelectStatement) {
        if self.department {
            row::join::<Department>(select, ("e", "department_id"), "e_department");
        }
        if self.manager {
            row::join::<Colleague>(select, ("e", "manager_id"), "e_manager");
        }
    }

    fn read(&self, cells: &mut Cells<'_>) -> Result<ColleagueCard, Fault> {
        Ok(ColleagueCard {
            colleague: Colleague::read(cells)?,
            department: cells.joined(self.department)?,
            manager: cells.joined(self.manager)?,
        })
    }
}

fn colleagues(scope: Scope, filter: &ColleagueFilter) -> SelectStatement {
    let mut select = row::select::<Colleague>("e", scope.employer.uuid());
    if let Some(departments) = &filter.departments {
        select.and_where(Expr::col(("e", "department_id")).is_in(uuids(departments)));
    }
    if let Some(managers) = &filter.managers {
        select.and_where(Expr::col(("e", "manager_id")).is_in(uuids(managers)));
    }
    if let Some(external_ids) = &filter.external_ids {
        select.and_where(Expr::col(("e", "external_id")).is_in(external_ids.iter().cloned()));
    }
    if let Some(search) = &filter.search {
        select.and_where(row::contains(("e", "search_key"), &search_key(search)));
    }
    match &filter.statuses {
        None => select.and_where(Expr::col(("e", "status")).ne(EmploymentStatus::Left.name())),
        Some(statuses) => {
            select.and_where(Expr::col(("e", "status")).is_in(statuses.iter().map(|status| status.name())))
        }
    };
    select
}

fn departments(scope: Scope, filter: &DepartmentFilter) -> SelectStatement {
    let mut select = row::select::<Department>("d", scope.employer.uuid());
    if let Some(parents) = &filter.parents {
        select.and_where(Expr::col(("d", "parent_id")).is_in(uuids(parents)));
    }
    if filter.roots_only {
        select.and_where(Expr::col(("d", "parent_id")).is_null());
    }
    if let Some(search) = &filter.search {
        let key = search_key(search);
        let code = row::contains_code(("d", "code"), search.trim());
        select.and_where(row::contains(("d", "name_key"), &key).or(code));
    }
    select
}

fn grants(scope: Scope, filter: &GrantFilter) -> SelectStatement {
    let mut select = row::select::<RoleGrant>("g", scope.employer.uuid());
    if let Some(employees) = &filter.employees {
        select.and_where(Expr::col(("g", "employee_id")).is_in(uuids(employees)));
    }
    if let Some(roles) = &filter.roles {
        select.and_where(Expr::col(("g", "role")).is_in(roles.iter().map(|role| role.name())));
    }
    select
}
