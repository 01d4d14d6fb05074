//! Reading skills.

use async_trait::async_trait;
use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait, SelectStatement};
use upskill_domain::access::Scope;
use upskill_domain::kernel::{
    Direction, EmployeeId, Fault, Page, PageRequest, SkillId, SkillRecordId, TypedId, search_key,
};
use upskill_domain::skills::{Skill, SkillFilter, SkillOrder, SkillReads, SkillRecord, SkillRecordFilter};

use super::levels::{filtered, skill_records, walks};
use crate::organization::line::Walk;
use crate::page::{KeyKind, SortKey, pages};
use crate::row::{self, uuids};
use crate::shape::alone;
use crate::store::Db;

#[async_trait]
impl SkillReads for Db {
    async fn skills_by_id(&self, scope: Scope, ids: &[SkillId]) -> Result<Vec<Skill>, Fault> {
        let mut select = row::select::<Skill>("s", scope.employer.uuid());
        select.and_where(Expr::col(("s", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn skills(
        &self,
        scope: Scope,
        lists: &[SkillFilter],
        (order, direction): (SkillOrder, Direction),
        request: &PageRequest,
    ) -> Result<Vec<Page<Skill>>, Fault> {
        let sort = match order {
            SkillOrder::Name => SortKey { alias: "s", column: "name_key", kind: KeyKind::Text },
        };
        let selects = lists.iter().map(|filter| skills(scope, filter));
        pages(&self.pool, scope.employer, selects, (sort, direction), request, alone::<Skill>()).await
    }

    async fn count_skills(&self, scope: Scope, lists: &[SkillFilter]) -> Result<Vec<u64>, Fault> {
        row::counts(&self.pool, lists.iter().map(|filter| skills(scope, filter))).await
    }

    async fn skill_records_by_id(
        &self,
        scope: Scope,
        ids: &[SkillRecordId],
    ) -> Result<Vec<SkillRecord>, Fault> {
        let mut select = skill_records(scope, Walk::Up);
        select.and_where(Expr::col(("r", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn skill_record_pages(
        &self,
        scope: Scope,
        lists: &[SkillRecordFilter],
        request: &PageRequest,
    ) -> Result<Vec<Page<SkillRecord>>, Fault> {
        let sort = SortKey { alias: "r", column: "from_on", kind: KeyKind::Day };
        let walks = walks(&self.pool, scope, lists).await?;
        let selects = lists.iter().zip(walks).map(|(filter, walk)| filtered(scope, filter, walk));
        let latest_first = (sort, Direction::Descending);
        pages(&self.pool, scope.employer, selects, latest_first, request, alone::<SkillRecord>()).await
    }

    async fn count_skill_records(
        &self,
        scope: Scope,
        lists: &[SkillRecordFilter],
    ) -> Result<Vec<u64>, Fault> {
        let walk =
            |filter: &SkillRecordFilter| if filter.employees.is_none() { Walk::Down } else { Walk::Up };
        row::counts(&self.pool, lists.iter().map(|filter| filtered(scope, filter, walk(filter)))).await
    }

    async fn skill_records_of(
        &self,
        scope: Scope,
        employees: &[EmployeeId],
        day: NaiveDate,
    ) -> Result<Vec<SkillRecord>, Fault> {
        let mut select = skill_records(scope, Walk::Up);
        select
            .and_where(Expr::col(("r", "employee_id")).is_in(uuids(employees)))
            .and_where(Expr::col(("r", "from_on")).lte(day));
        row::all(&self.pool, &select).await
    }
}

fn skills(scope: Scope, filter: &SkillFilter) -> SelectStatement {
    let mut select = row::select::<Skill>("s", scope.employer.uuid());
    if let Some(kinds) = &filter.kinds {
        select.and_where(Expr::col(("s", "kind")).is_in(kinds.iter().map(|kind| kind.name())));
    }
    if let Some(areas) = &filter.areas {
        select.and_where(Expr::col(("s", "area")).is_in(areas.iter().cloned()));
    }
    if let Some(search) = &filter.search {
        select.and_where(row::contains(("s", "name_key"), &search_key(search)));
    }
    select
}
