//! What stands in the way of erasing somebody, as rows.

use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use upskill_domain::funding::RequestStatus;
use upskill_domain::kernel::{EmployeeId, TypedId};
use upskill_domain::learning::EnrollmentStatus;
use upskill_domain::organization::EmploymentStatus;
use upskill_domain::privacy::Obstacle;
use uuid::Uuid;

/// The rows that are an obstacle.
pub(super) fn rows_of(obstacle: Obstacle, employer: Uuid, person: EmployeeId) -> SelectStatement {
    let of = |table: &'static str, column: &'static str| {
        Query::select()
            .from_as(table, "t")
            .and_where(Expr::col(("t", "employer_id")).eq(employer))
            .and_where(Expr::col(("t", column)).eq(person.uuid()))
            .to_owned()
    };
    let mut rows = match obstacle {
        Obstacle::NotLeft => of("employee", "id"),
        Obstacle::OpenRequests => of("funding_request", "employee_id"),
        Obstacle::OpenApprovals => of("approval_step", "assignee_id"),
        Obstacle::OpenEnrollments => of("enrollment", "employee_id"),
        Obstacle::LastBudgetOwner => of("budget_owner", "employee_id"),
        Obstacle::ProgramOwner => of("program", "owner_id"),
        Obstacle::DepartmentHead => of("department", "head_id"),
        Obstacle::LineManager => of("employee", "manager_id"),
    };
    let status = || Expr::col(("t", "status"));
    match obstacle {
        Obstacle::NotLeft | Obstacle::LineManager => {
            rows.and_where(status().ne(EmploymentStatus::Left.name()));
        }
        Obstacle::OpenRequests => {
            let live = RequestStatus::ALL.into_iter().filter(|status| status.is_live());
            rows.and_where(status().is_in(live.map(RequestStatus::name)));
        }
        Obstacle::OpenApprovals => {
            let open = Query::select()
                .column("id")
                .from("funding_request")
                .and_where(Expr::col("employer_id").eq(employer))
                .and_where(Expr::col("status").eq(RequestStatus::Submitted.name()))
                .to_owned();
            rows.and_where(status().is_in(["PENDING", "WAITING"]))
                .and_where(Expr::col(("t", "request_id")).in_subquery(open));
        }
        Obstacle::OpenEnrollments => {
            let live = EnrollmentStatus::ALL.into_iter().filter(|status| status.is_live());
            rows.and_where(status().is_in(live.map(EnrollmentStatus::name)));
        }
        Obstacle::LastBudgetOwner => {
            rows.and_where(Expr::exists(kept_budget())).and_where(Expr::exists(another_owner()).not());
        }
        Obstacle::ProgramOwner => {
            rows.and_where(status().ne("CLOSED"));
        }
        Obstacle::DepartmentHead => {}
    }
    rows
}

/// The budget of an ownership, unless it is archived.
fn kept_budget() -> SelectStatement {
    Query::select()
        .expr(Expr::val(1))
        .from_as("budget", "b")
        .and_where(Expr::col(("b", "employer_id")).equals(("t", "employer_id")))
        .and_where(Expr::col(("b", "id")).equals(("t", "budget_id")))
        .and_where(Expr::col(("b", "status")).ne("ARCHIVED"))
        .to_owned()
}

/// Who else answers for its budget.
fn another_owner() -> SelectStatement {
    Query::select()
        .expr(Expr::val(1))
        .from_as("budget_owner", "o")
        .and_where(Expr::col(("o", "employer_id")).equals(("t", "employer_id")))
        .and_where(Expr::col(("o", "budget_id")).equals(("t", "budget_id")))
        .and_where(Expr::col(("o", "employee_id")).not_equals(("t", "employee_id")))
        .to_owned()
}
