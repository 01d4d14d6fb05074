//! Reading cost bands, benefits and reports.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait as _;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Order, Query, SelectStatement};
use upskill_domain::access::Scope;
use upskill_domain::kernel::{
    BenefitId, CostBandId, DepartmentId, Direction, EmployeeId, EmployerId, Fault, Page, PageRequest, Period,
    ProgramId, RoiReportId, TypedId,
};
use upskill_domain::roi::{
    AskedPlace, Benefit, BenefitFilter, CostBand, DepartmentWatched, Figures, RoiReads, RoiReport,
    RoiReportFilter,
};

use super::insights::{asked_places, meant_departments, read_place, read_watched, watched_departments};
use crate::dialect::Dialect;
use crate::page::{KeyKind, SortKey, pages};
use crate::row::{self, Cells, Record, uuids};
use crate::shape::alone;
use crate::store::Db;

fn benefits(scope: Scope, filter: &BenefitFilter) -> SelectStatement {
    let mut select = row::select::<Benefit>("n", scope.employer.uuid());
    if let Some(programs) = &filter.programs {
        select.and_where(Expr::col(("n", "program_id")).is_in(uuids(programs)));
    }
    if let Some(statuses) = &filter.statuses {
        select.and_where(Expr::col(("n", "status")).is_in(statuses.iter().map(|status| status.name())));
    }
    select
}

fn reports(scope: Scope, filter: &RoiReportFilter) -> SelectStatement {
    let mut select = row::select::<RoiReport>("o", scope.employer.uuid());
    if let Some(programs) = &filter.programs {
        select.and_where(Expr::col(("o", "program_id")).is_in(uuids(programs)));
    }
    select
}

#[async_trait]
impl RoiReads for Db {
    async fn cost_bands_by_id(&self, scope: Scope, ids: &[CostBandId]) -> Result<Vec<CostBand>, Fault> {
        let mut select = row::select::<CostBand>("b", scope.employer.uuid());
        select.and_where(Expr::col(("b", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn cost_bands(&self, scope: Scope) -> Result<Vec<CostBand>, Fault> {
        let mut select = row::select::<CostBand>("b", scope.employer.uuid());
        select.order_by(("b", "code"), Order::Asc);
        row::all(&self.pool, &select).await
    }

    async fn cost_bands_by_employee(
        &self,
        scope: Scope,
        employees: &[EmployeeId],
    ) -> Result<Vec<(EmployeeId, CostBand)>, Fault> {
        let mut select = row::select::<CostBand>("b", scope.employer.uuid());
        let placed = row::named_by("b", ("p", "cost_band_id"));
        select
            .join_as(JoinType::InnerJoin, "employee_cost_band", "p", placed)
            .column(("p", "employee_id"))
            .and_where(Expr::col(("p", "employee_id")).is_in(uuids(employees)));
        let pair = |cells: &mut Cells<'_>| {
            let band = CostBand::read(cells)?;
            Ok((cells.id()?, band))
        };
        row::all_as(&self.pool, &select, pair).await
    }

    async fn benefits_by_id(&self, scope: Scope, ids: &[BenefitId]) -> Result<Vec<Benefit>, Fault> {
        let mut select = benefits(scope, &BenefitFilter::default());
        select.and_where(Expr::col(("n", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn benefits(
        &self,
        scope: Scope,
        lists: &[BenefitFilter],
        request: &PageRequest,
    ) -> Result<Vec<Page<Benefit>>, Fault> {
        let sort = SortKey { alias: "n", column: "recorded_at", kind: KeyKind::Instant };
        let selects = lists.iter().map(|filter| benefits(scope, filter));
        let oldest_first = (sort, Direction::Ascending);
        pages(&self.pool, scope.employer, selects, oldest_first, request, alone::<Benefit>()).await
    }

    async fn count_benefits(&self, scope: Scope, lists: &[BenefitFilter]) -> Result<Vec<u64>, Fault> {
        row::counts(&self.pool, lists.iter().map(|filter| benefits(scope, filter))).await
    }

    async fn roi_reports_by_id(&self, scope: Scope, ids: &[RoiReportId]) -> Result<Vec<RoiReport>, Fault> {
        let mut select = reports(scope, &RoiReportFilter::default());
        select.and_where(Expr::col(("o", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn roi_reports(
        &self,
        scope: Scope,
        lists: &[RoiReportFilter],
        request: &PageRequest,
    ) -> Result<Vec<Page<RoiReport>>, Fault> {
        let sort = SortKey { alias: "o", column: "created_at", kind: KeyKind::Instant };
        let selects = lists.iter().map(|filter| reports(scope, filter));
        let newest_first = (sort, Direction::Descending);
        pages(&self.pool, scope.employer, selects, newest_first, request, alone::<RoiReport>()).await
    }

    async fn count_roi_reports(&self, scope: Scope, lists: &[RoiReportFilter]) -> Result<Vec<u64>, Fault> {
        row::counts(&self.pool, lists.iter().map(|filter| reports(scope, filter))).await
    }

    async fn newest_roi_figures(&self, scope: Scope) -> Result<Vec<Figures>, Fault> {
        let of_program = Expr::col(("n", "employer_id"))
            .equals(("o", "employer_id"))
            .and(Expr::col(("n", "program_id")).equals(("o", "program_id")));
        let newer = Query::select()
            .expr(Expr::val(1))
            .from_as("roi_report", "n")
            .and_where(of_program.and(Expr::col(("n", "number")).gt(Expr::col(("o", "number")))))
            .to_owned();
        let select = Query::select()
            .column(("o", "figures"))
            .from_as("roi_report", "o")
            .and_where(Expr::col(("o", "employer_id")).eq(scope.employer.uuid()))
            .and_where(Expr::exists(newer).not())
            .order_by(("o", "program_id"), Order::Asc)
            .to_owned();
        row::all_as(&self.pool, &select, |cells| cells.read(|text| serde_json::from_str(text))).await
    }

    async fn meant_departments(&self, scope: Scope, program: ProgramId) -> Result<Vec<DepartmentId>, Fault> {
        row::ids(&self.pool, &meant_departments(scope.employer.uuid(), program)).await
    }

    async fn watched_departments(
        &self,
        scope: Scope,
        years: [Period; 3],
    ) -> Result<Vec<DepartmentWatched>, Fault> {
        let dialect = Dialect(self.pool.get_database_backend());
        let select = watched_departments(dialect, scope.employer.uuid(), years);
        row::all_as(&self.pool, &select, read_watched).await
    }

    async fn asked_places(
        &self,
        scope: Scope,
        between: (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<Vec<AskedPlace>, Fault> {
        let dialect = Dialect(self.pool.get_database_backend());
        row::all_as(&self.pool, &asked_places(dialect, scope.employer.uuid(), between), read_place).await
    }

    async fn roi_reports_to_verify(
        &self,
        employer: EmployerId,
        beyond: Option<RoiReportId>,
        limit: u32,
    ) -> Result<Vec<RoiReport>, Fault> {
        let mut select = reports(Scope::all(employer), &RoiReportFilter::default());
        select.order_by(("o", "id"), Order::Asc).limit(u64::from(limit));
        if let Some(beyond) = beyond {
            select.and_where(Expr::col(("o", "id")).gt(beyond.uuid()));
        }
        row::all(&self.pool, &select).await
    }
}
