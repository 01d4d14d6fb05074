//! Which courses run for people, by requests and by enrollments.

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, UnionType};
use upskill_domain::funding::{RunningCourse, RunningPlace};
use upskill_domain::kernel::{EmployeeId, Fault};
use uuid::Uuid;

use super::selects;
use crate::row::{Cells, uuids};

/// Live requests for which nobody is enrolled, and enrollments that are neither interrupted nor over.
pub(super) fn running_courses(employer: Uuid, employees: &[EmployeeId]) -> SelectStatement {
    let mut running = Query::select()
        .columns(["employee_id", "workload_minutes", "duration_weeks", "starts_on", "ends_on", "started_at"])
        .from("enrollment")
        .and_where(Expr::col("employer_id").eq(employer))
        .and_where(Expr::col("employee_id").is_in(uuids(employees)))
        .and_where(Expr::col("status").is_in(["PLANNED", "ACTIVE", "IN_ASSESSMENT"]))
        .to_owned();
    running.union(UnionType::All, requested(employer, employees));
    running
}

fn requested(employer: Uuid, employees: &[EmployeeId]) -> SelectStatement {
    let enrolled = Query::select()
        .expr(Expr::val(1))
        .from_as("enrollment", "e")
        .and_where(Expr::col(("e", "employer_id")).eq(employer))
        .and_where(Expr::col(("e", "request_id")).equals(("r", "id")))
        .to_owned();
    Query::select()
        .columns([("r", "employee_id"), ("r", "workload_minutes"), ("r", "duration_weeks")])
        .exprs([Expr::cust("NULL"), Expr::cust("NULL"), Expr::cust("NULL")])
        .from_as("funding_request", "r")
        .and_where(Expr::col(("r", "employer_id")).eq(employer))
        .and_where(Expr::col(("r", "employee_id")).is_in(uuids(employees)))
        .and_where(Expr::col(("r", "status")).is_in(selects::live()))
        .and_where(Expr::exists(enrolled).not())
        .to_owned()
}

pub(super) fn running_course(cells: &mut Cells<'_>) -> Result<RunningCourse, Fault> {
    let (employee, workload_minutes, duration_weeks) = (cells.id()?, cells.take()?, cells.take()?);
    let starts_on: Option<NaiveDate> = cells.take()?;
    let (ends_on, started_at) = (cells.take()?, cells.take()?);
    let place = starts_on.map(|starts_on| RunningPlace { starts_on, ends_on, started_at });
    Ok(RunningCourse { employee, workload_minutes, duration_weeks, place })
}
