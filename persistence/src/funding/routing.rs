//! Finding approvals that are with the wrong person, and the place up to which the journal was read for them.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;
use sea_orm::sea_query::{
    Expr, ExprTrait, IntoIden, OnConflict, Order, Query, SelectStatement, SimpleExpr, UnionType,
};
use upskill_domain::funding::{Capacity, Concerned, RequestStatus, RoutingReads, RoutingWrites, StepStatus};
use upskill_domain::kernel::{EmployeeId, EmployerId, Fault, FundingRequestId, TypedId};
use uuid::Uuid;

use super::delegations::holding;
use super::entity::{approval_delegation, approval_routing};
use crate::fault::OrFault;
use crate::organization::line;
use crate::row::{self, Cells, uuids};
use crate::store::{Db, Tx};

#[async_trait]
impl RoutingWrites for Tx {
    async fn covered_on(&mut self, people: &[EmployeeId], day: NaiveDate) -> Result<Vec<EmployeeId>, Fault> {
        let select = Query::select()
            .distinct()
            .column(("g", "delegator_id"))
            .from_as(approval_delegation::Entity, "g")
            .and_where(Expr::col(("g", "employer_id")).eq(self.tenant()))
            .and_where(Expr::col(("g", "delegator_id")).is_in(uuids(people)))
            .cond_where(holding("g", day))
            .to_owned();
        row::ids(&self.tx, &select).await
    }

    async fn save_followed(&mut self, position: i64, changed_at: Option<DateTime<Utc>>) -> Result<(), Fault> {
        let kept = Expr::col((approval_routing::Entity, "position"));
        let mut further = OnConflict::column("employer_id");
        further.update_columns(["position", "changed_at"]).action_and_where(kept.lt(position));
        let employer_id = Set(self.tenant());
        let row = approval_routing::ActiveModel {
            employer_id,
            position: Set(position),
            changed_at: Set(changed_at),
        };
        let insert = approval_routing::Entity::insert(row).on_conflict(further);
        insert.exec_without_returning(&self.tx).await.or_fault().map(|_| ())
    }
}

#[async_trait]
impl RoutingReads for Db {
    async fn followed(&self, employer: EmployerId) -> Result<(i64, Option<DateTime<Utc>>), Fault> {
        let select = Query::select()
            .columns(["position", "changed_at"])
            .from(approval_routing::Entity)
            .and_where(Expr::col("employer_id").eq(employer.uuid()))
            .to_owned();
        let place = |cells: &mut Cells<'_>| Ok((cells.take()?, cells.take()?));
        Ok(row::one_as(&self.pool, &select, place).await?.unwrap_or_default())
    }

    async fn requests_to_route(
        &self,
        employer: EmployerId,
        concerned: &Concerned,
        beyond: Option<FundingRequestId>,
        limit: u32,
    ) -> Result<Vec<FundingRequestId>, Fault> {
        let found = concerning(employer.uuid(), concerned).into_iter();
        let Some(found) = found.reduce(|mut all, select| all.union(UnionType::All, select).to_owned()) else {
            return Ok(Vec::new());
        };
        let mut select = waiting(employer.uuid(), Expr::col("id").in_subquery(found));
        select.order_by("id", Order::Asc).limit(u64::from(limit));
        if let Some(beyond) = beyond {
            select.and_where(Expr::col("id").gt(beyond.uuid()));
        }
        row::ids(&self.pool, &select).await
    }
}

/// The ids of the requests that a change concerns, one select for each way in which it does.
fn concerning(employer: Uuid, concerned: &Concerned) -> Vec<SelectStatement> {
    let mut selects = Vec::new();
    if !concerned.approvers.is_empty() {
        selects.push(open_steps(employer, among("assignee_id", &concerned.approvers)));
    }
    if !concerned.lines.is_empty() {
        let people = line::down_from(employer, line::people(employer, among("id", &concerned.lines)));
        selects.push(waiting(employer, Expr::col("employee_id").in_subquery(people)));
    }
    if !concerned.departments.is_empty() {
        let departments = line::departments_from(employer, among("id", &concerned.departments));
        let people = line::people(employer, Expr::col("department_id").in_subquery(departments));
        let asked = waiting(employer, Expr::col("employee_id").in_subquery(people));
        let of_heads = Expr::col("capacity").eq(Capacity::DepartmentHead.name());
        selects.push(open_steps(employer, of_heads.and(Expr::col("request_id").in_subquery(asked))));
    }
    if !concerned.requests.is_empty() {
        selects.push(waiting(employer, among("id", &concerned.requests)));
    }
    if concerned.stranded {
        selects.push(open_steps(employer, Expr::col("stranded_at").is_not_null()));
    }
    selects
}

fn among<'a, I: TypedId + 'a>(column: &'static str, ids: impl IntoIterator<Item = &'a I>) -> SimpleExpr {
    Expr::col(column.into_iden()).is_in(ids.into_iter().map(|id| id.uuid()))
}

/// The requests of which an open step meets a condition.
fn open_steps(employer: Uuid, condition: SimpleExpr) -> SelectStatement {
    let open = [StepStatus::Pending, StepStatus::Waiting].map(StepStatus::name);
    Query::select()
        .column("request_id")
        .from("approval_step")
        .and_where(Expr::col("employer_id").eq(employer))
        .and_where(Expr::col("status").is_in(open))
        .and_where(condition)
        .to_owned()
}

/// The requests that wait for a decision and meet a condition.
fn waiting(employer: Uuid, condition: SimpleExpr) -> SelectStatement {
    Query::select()
        .column("id")
        .from("funding_request")
        .and_where(Expr::col("employer_id").eq(employer))
        .and_where(Expr::col("status").eq(RequestStatus::Submitted.name()))
        .and_where(condition)
        .to_owned()
}
