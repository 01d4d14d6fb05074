//! Which budgets and requests a relation ties to a person, as SQL.
//!
//! Budgets are few, so each relation is a select of ids that starts at the person. Requests are many, and who leads
//! many people sees many of them, so they are found from either end (see [`Walk`]).

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Cond, Expr, ExprTrait, Query, SelectStatement, SimpleExpr, UnionType};
use upskill_domain::access::{Reach, Scope};
use upskill_domain::funding::{RequestFilter, StepStatus};
use upskill_domain::kernel::{Fault, TypedId};
use uuid::Uuid;

use super::delegations::delegators;
use crate::organization::line::{self, Walk};

/// Keeps the budgets that the scope reaches: those of owners, of departments that the person heads and of the ones
/// below, and of requests that wait for them.
pub(super) fn keep_budgets(select: &mut SelectStatement, id: (&'static str, &'static str), scope: Scope) {
    let Reach::Related(person) = scope.reach else { return };
    let (employer, person) = (scope.employer.uuid(), person.uuid());
    let headed = Query::select()
        .column("id")
        .from("budget")
        .and_where(Expr::col("employer_id").eq(employer))
        .and_where(Expr::col("department_id").in_subquery(line::headed(employer, person)))
        .to_owned();
    let mut waiting = assigned(employer, person);
    waiting.and_where(Expr::col("status").eq(StepStatus::Waiting.name()));
    waiting.union(UnionType::All, in_the_name_of_others(employer, person));
    let to_decide = requests(employer, "budget_id", among("id", waiting));
    select.and_where(Expr::col(id).in_subquery(any_of([owned(employer, person), headed, to_decide])));
}

/// Keeps the requests that the scope reaches, of a select that has them under an alias: the person's own, those of
/// everybody below them, those that wait or waited for them, and those asked of budgets they own.
pub(super) fn keep_requests(select: &mut SelectStatement, alias: &'static str, scope: Scope, walk: Walk) {
    let Reach::Related(person) = scope.reach else { return };
    let (employer, person) = (scope.employer.uuid(), person.uuid());
    match walk {
        Walk::Up => select.cond_where(is_visible(employer, alias, person)),
        Walk::Down => {
            let own = requests(employer, "id", Expr::col("employee_id").eq(person));
            let below = requests(employer, "id", among("employee_id", line::below(employer, person)));
            let others = in_the_name_of_others(employer, person);
            let seen = any_of([own, below, assigned(employer, person), asked(employer, person), others]);
            select.and_where(Expr::col((alias, "id")).in_subquery(seen))
        }
    };
}

/// Keeps what belongs to requests that the scope reaches, of a select that holds their ids in a column.
pub(super) fn keep_of_requests(select: &mut SelectStatement, id: (&'static str, &'static str), scope: Scope) {
    let Reach::Related(person) = scope.reach else { return };
    let employer = scope.employer.uuid();
    let request = Query::select()
        .expr(Expr::val(1))
        .from_as("funding_request", "whose")
        .and_where(Expr::col(("whose", "employer_id")).eq(employer))
        .and_where(Expr::col(("whose", "id")).equals(id))
        .cond_where(is_visible(employer, "whose", person.uuid()))
        .to_owned();
    select.and_where(Expr::exists(request));
}

/// How lists of requests are read.
pub(super) async fn walks_through_requests(
    on: &impl ConnectionTrait,
    scope: Scope,
    lists: &[RequestFilter],
) -> Result<Vec<Walk>, Fault> {
    let seen = match scope.reach {
        Reach::Related(person) => {
            let (employer, person) = (scope.employer.uuid(), person.uuid());
            vec![line::below(employer, person), assigned(employer, person), asked(employer, person)]
        }
        Reach::All => Vec::new(),
    };
    Walk::through(on, seen, lists.iter().map(|filter| filter.employees.as_ref().map_or(0, Vec::len))).await
}

/// Whether a person sees the request of the row around.
fn is_visible(employer: Uuid, alias: &'static str, person: Uuid) -> Cond {
    let mut assigned = assigned(employer, person);
    assigned.and_where(Expr::col(("approval_step", "request_id")).equals((alias, "id")));
    let mut others = in_the_name_of_others(employer, person);
    others.and_where(Expr::col(("approval_step", "request_id")).equals((alias, "id")));
    Cond::any()
        .add(Expr::col((alias, "employee_id")).eq(person))
        .add(Expr::col((alias, "budget_id")).in_subquery(owned(employer, person)))
        .add(line::is_below(employer, (alias, "employee_id"), person))
        .add(Expr::exists(assigned))
        .add(Expr::exists(others))
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

/// The requests of which a step waits for somebody in whose name a person decides, as far as the calendar has been looked
/// at: reads do not know the day.
fn in_the_name_of_others(employer: Uuid, person: Uuid) -> SelectStatement {
    Query::select()
        .column("request_id")
        .from("approval_step")
        .and_where(Expr::col("employer_id").eq(employer))
        .and_where(Expr::col("assignee_id").in_subquery(delegators(employer, person)))
        .and_where(Expr::col("status").eq(StepStatus::Waiting.name()))
        .to_owned()
}

/// The requests that are asked of budgets that a person owns.
fn asked(employer: Uuid, person: Uuid) -> SelectStatement {
    requests(employer, "id", among("budget_id", owned(employer, person)))
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
