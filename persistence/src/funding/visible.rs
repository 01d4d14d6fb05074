//! Which budgets and requests a relation ties to a person, as SQL.
//!
//! Each relation is a select of ids that starts at the person, so what it costs follows what the person sees, not what
//! the employer has.

use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, SimpleExpr, UnionType};
use upskill_domain::access::{Reach, Scope};
use upskill_domain::kernel::TypedId;
use uuid::Uuid;

use crate::organization::line;

/// Keeps the budgets that the scope reaches: those of owners, of departments that the person heads and of the ones
/// below, and of requests that wait or waited for them.
pub(super) fn keep_budgets(select: &mut SelectStatement, id: (&'static str, &'static str), scope: Scope) {
    let Reach::Related(person) = scope.reach else { return };
    let (employer, person) = (scope.employer.uuid(), person.uuid());
    let headed = Query::select()
        .column("id")
        .from("budget")
        .and_where(Expr::col("employer_id").eq(employer))
        .and_where(Expr::col("department_id").in_subquery(line::headed(employer, person)))
        .to_owned();
    let approved = requests(employer, "budget_id", among("id", assigned(employer, person)));
    select.and_where(Expr::col(id).in_subquery(any_of([owned(employer, person), headed, approved])));
}

/// Keeps the requests that the scope reaches: the person's own, those of everybody below them, those that wait or waited
/// for them, and those asked of budgets they own.
pub(super) fn keep_requests(select: &mut SelectStatement, id: (&'static str, &'static str), scope: Scope) {
    let Reach::Related(person) = scope.reach else { return };
    let (employer, person) = (scope.employer.uuid(), person.uuid());
    let own = requests(employer, "id", Expr::col("employee_id").eq(person));
    let below = requests(employer, "id", among("employee_id", line::below(employer, person)));
    let asked = requests(employer, "id", among("budget_id", owned(employer, person)));
    let seen = any_of([own, below, assigned(employer, person), asked]);
    select.and_where(Expr::col(id).in_subquery(seen));
}

/// The budgets that a person owns.
fn owned(employer: Uuid, person: Uuid) -> SelectStatement {
    Query::select()
        .column("budget_id")
        .from("budget_owner")
        .and_where(Expr::col("employer_id").eq(employer))
        .and_where(Expr::col("employee_id").eq(person))
        .to_owned()
}

/// The requests of which a step waits, waited or would have waited for a person.
fn assigned(employer: Uuid, person: Uuid) -> SelectStatement {
    Query::select()
        .column("request_id")
        .from("approval_step")
        .and_where(Expr::col("employer_id").eq(employer))
        .and_where(Expr::col("assignee_id").eq(person))
        .to_owned()
}

fn requests(employer: Uuid, column: &'static str, which: SimpleExpr) -> SelectStatement {
    Query::select()
        .column(column)
        .from("funding_request")
        .and_where(Expr::col("employer_id").eq(employer))
        .and_where(which)
        .to_owned()
}

fn among(column: &'static str, ids: SelectStatement) -> SimpleExpr {
    Expr::col(column).in_subquery(ids)
}

fn any_of<const N: usize>(selects: [SelectStatement; N]) -> SelectStatement {
    let mut selects = selects.into_iter();
    let mut first = selects.next().unwrap_or_default();
    selects.for_each(|select| {
        first.union(UnionType::All, select);
    });
    first
}
