//! Reading what was counted.

use std::collections::BTreeMap;

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use upskill_domain::access::Scope;
use upskill_domain::kernel::{CourseId, DepartmentId, EmployerId, Fault, TypedId};
use upskill_domain::reports::{CountedUpTo, Group, GroupKind, GroupYear, ReportReads, SizedGroup};
use uuid::Uuid;

use super::entity::report_group;
use super::records::{group, group_id};
use crate::row::{self, Cells, any_of, uuids};
use crate::store::Db;

#[async_trait]
impl ReportReads for Db {
    async fn counted(&self, employer: EmployerId) -> Result<CountedUpTo, Fault> {
        Ok(row::one_as(&self.pool, &counted(employer.uuid()), counted_up_to).await?.unwrap_or_default())
    }

    async fn group_sizes(
        &self,
        scope: Scope,
        year: i32,
        kinds: &[GroupKind],
    ) -> Result<Vec<SizedGroup>, Fault> {
        let mut select = sizes(scope, year);
        select.and_where(Expr::col(("g", "kind")).is_in(kinds.iter().map(|kind| kind.name())));
        row::all_as(&self.pool, &select, sized).await
    }

    async fn course_sizes(
        &self,
        scope: Scope,
        year: i32,
        beside: &[CourseId],
    ) -> Result<Vec<SizedGroup>, Fault> {
        let providers = Query::select()
            .column(("a", "provider_id"))
            .from_as(report_group::Entity, "a")
            .and_where(Expr::col(("a", "employer_id")).eq(scope.employer.uuid()))
            .and_where(Expr::col(("a", "year")).eq(year))
            .and_where(Expr::col(("a", "kind")).eq(GroupKind::Course.name()))
            .and_where(Expr::col(("a", "group_id")).is_in(uuids(beside)))
            .to_owned();
        let mut select = sizes(scope, year);
        select
            .and_where(Expr::col(("g", "kind")).eq(GroupKind::Course.name()))
            .and_where(Expr::col(("g", "provider_id")).in_subquery(providers));
        row::all_as(&self.pool, &select, sized).await
    }

    async fn counted_groups(&self, scope: Scope, of: &[(i32, Group)]) -> Result<Vec<GroupYear>, Fault> {
        row::all(&self.pool, &groups(scope.employer.uuid(), of)).await
    }

    async fn department_tree(
        &self,
        scope: Scope,
    ) -> Result<Vec<(DepartmentId, Option<DepartmentId>)>, Fault> {
        let select = Query::select()
            .columns(["id", "parent_id"])
            .from("department")
            .and_where(Expr::col("employer_id").eq(scope.employer.uuid()))
            .to_owned();
        let place = |cells: &mut Cells<'_>| Ok((cells.id()?, cells.id_or_none()?));
        row::all_as(&self.pool, &select, place).await
    }
}

/// Up to where an employer's journal was counted.
pub(super) fn counted(employer: Uuid) -> SelectStatement {
    Query::select()
        .columns(["position", "at"])
        .from("report_progress")
        .and_where(Expr::col("employer_id").eq(employer))
        .to_owned()
}

pub(super) fn counted_up_to(cells: &mut Cells<'_>) -> Result<CountedUpTo, Fault> {
    Ok(CountedUpTo { position: cells.take()?, at: cells.take()? })
}

/// The sizes of groups in a year.
fn sizes(scope: Scope, year: i32) -> SelectStatement {
    Query::select()
        .columns(["kind", "group_id", "provider_id", "sizes"].map(|column| ("g", column)))
        .from_as(report_group::Entity, "g")
        .and_where(Expr::col(("g", "employer_id")).eq(scope.employer.uuid()))
        .and_where(Expr::col(("g", "year")).eq(year))
        .to_owned()
}

fn sized(cells: &mut Cells<'_>) -> Result<SizedGroup, Fault> {
    let group = group(cells.word(GroupKind::named)?, cells.take()?);
    let under = Group::Provider(cells.id_or_none()?);
    Ok(SizedGroup { group, under, sizes: cells.read(|text| serde_json::from_str(text))? })
}

/// Groups in years.
pub(super) fn groups(employer: Uuid, of: &[(i32, Group)]) -> SelectStatement {
    let mut ids = BTreeMap::<(i32, GroupKind), Vec<Uuid>>::new();
    for (year, group) in of {
        ids.entry((*year, group.kind())).or_default().push(group_id(*group));
    }
    let these = ids.into_iter().map(|((year, kind), ids)| {
        Expr::col(("g", "year"))
            .eq(year)
            .and(Expr::col(("g", "kind")).eq(kind.name()))
            .and(Expr::col(("g", "group_id")).is_in(ids))
    });
    let mut select = row::select::<GroupYear>("g", employer);
    select.and_where(any_of(these));
    select
}
