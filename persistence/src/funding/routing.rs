//! Finding approvals that are with the wrong person, and the place up to which the journal was read for them.

use async_trait::async_trait;
use chrono::{DateTime, Days, NaiveDate, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;
use sea_orm::sea_query::{
    Expr, ExprTrait, IntoIden, OnConflict, Order, Query, SelectStatement, SimpleExpr, UnionType,
};
use upskill_domain::funding::{Capacity, Concerned, RequestStatus, RoutingReads, RoutingWrites, StepStatus};
use upskill_domain::kernel::{EmployeeId, EmployerId, Fault, FundingRequestId, TypedId};
use upskill_domain::organization::EmploymentStatus;
use uuid::Uuid;

use super::entity::{approval_delegation, approval_routing};
use crate::fault::OrFault;
use crate::organization::absences::holding;
use crate::organization::line;
use crate::row::{self, Cells, uuids};
use crate::store::{Db, Tx};

/// For how long after a substitute's last day it is looked at what they leave; the worker looks every minute.
const LATELY: Days = Days::new(7);

#[async_trait]
impl RoutingWrites for Tx {
    async fn covered_on(&mut self, people: &[EmployeeId], day: NaiveDate) -> Result<Vec<EmployeeId>, Fault> {
        let mut select = covered(self.tenant(), day);
        select.distinct().and_where(Expr::col(("g", "delegator_id")).is_in(uuids(people)));
        row::ids(&self.tx, &select).await
    }

    async fn absent_on(&mut self, people: &[EmployeeId], day: NaiveDate) -> Result<Vec<EmployeeId>, Fault> {
        let mut select = away(self.tenant(), day);
        select.and_where(Expr::col(("a", "employee_id")).is_in(uuids(people)));
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

    async fn requests_due(
        &self,
        employer: EmployerId,
        (at, day): (DateTime<Utc>, NaiveDate),
        beyond: Option<FundingRequestId>,
        limit: u32,
    ) -> Result<Vec<FundingRequestId>, Fault> {
        let mut due = waiting_steps(employer.uuid(), beyond, Expr::col("attend_at").lte(at));
        let away = waiting_steps(employer.uuid(), beyond, with_somebody_away(employer.uuid(), day));
        due.union(UnionType::Distinct, away).order_by("request_id", Order::Asc).limit(u64::from(limit));
        row::ids(&self.pool, &due).await
    }
}

/// Everybody in whose name somebody else decides on a day.
fn covered(employer: Uuid, day: NaiveDate) -> SelectStatement {
    Query::select()
        .column(("g", "delegator_id"))
        .from_as(approval_delegation::Entity, "g")
        .and_where(Expr::col(("g", "employer_id")).eq(employer))
        .cond_where(holding("g", day))
        .to_owned()
}

/// Everybody who is away on a day with nobody to decide in their name.
fn away(employer: Uuid, day: NaiveDate) -> SelectStatement {
    Query::select()
        .distinct()
        .column(("a", "employee_id"))
        .from_as("absence", "a")
        .and_where(Expr::col(("a", "employer_id")).eq(employer))
        .cond_where(holding("a", day))
        .and_where(Expr::col(("a", "employee_id")).not_in_subquery(covered(employer, day)))
        .to_owned()
}

/// The requests, beyond one, whose waiting step meets a condition.
fn waiting_steps(employer: Uuid, beyond: Option<FundingRequestId>, condition: SimpleExpr) -> SelectStatement {
    let mut select = Query::select();
    select
        .column("request_id")
        .from("approval_step")
        .and_where(Expr::col("employer_id").eq(employer))
        .and_where(Expr::col("status").eq(StepStatus::Waiting.name()))
        .and_where(condition);
    if let Some(beyond) = beyond {
        select.and_where(Expr::col("request_id").gt(beyond.uuid()));
    }
    select
}

/// Whether a step that is not stranded is with somebody who is away, or on leave since the days of a substitute ended.
fn with_somebody_away(employer: Uuid, day: NaiveDate) -> SimpleExpr {
    let lately = day.checked_sub_days(LATELY).unwrap_or(day);
    let substitutes_over = Query::select()
        .column(("g", "delegator_id"))
        .from_as(approval_delegation::Entity, "g")
        .and_where(Expr::col(("g", "employer_id")).eq(employer))
        .and_where(Expr::col(("g", "until_on")).gte(lately))
        .and_where(Expr::col(("g", "until_on")).lt(day))
        .and_where(Expr::col(("g", "delegator_id")).not_in_subquery(covered(employer, day)))
        .to_owned();
    let active = EmploymentStatus::Active.name();
    let on_leave = Expr::col("id").in_subquery(substitutes_over).and(Expr::col("status").ne(active));
    let mut gone = away(employer, day);
    gone.union(UnionType::All, line::people(employer, on_leave));
    Expr::col("stranded_at").is_null().and(Expr::col("assignee_id").in_subquery(gone))
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
