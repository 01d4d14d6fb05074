//! The selects that reads are made of.

use sea_orm::sea_query::{
    CommonTableExpression, Expr, ExprTrait, IntoColumnRef, Order, Query, SelectStatement, UnionType,
    WithClause,
};
use upskill_domain::access::Scope;
use upskill_domain::funding::{
    Budget, BudgetFilter, FundingRequest, LedgerEntry, LedgerFilter, RequestCard, RequestFilter,
    RequestStatus, RequestWith,
};
use upskill_domain::kernel::{BudgetId, Fault, Joined, TypedId, search_key};
use upskill_domain::organization::Colleague;
use uuid::Uuid;

use super::visible::{keep_budgets, keep_requests};
use crate::organization::line::Walk;
use crate::row::{self, Cells, Record, uuids};
use crate::shape::Shape;

/// Budgets within the scope.
pub(super) fn budgets(scope: Scope) -> SelectStatement {
    let mut select = row::select::<Budget>("b", scope.employer.uuid());
    keep_budgets(&mut select, ("b", "id"), scope);
    select
}

/// Those of them that the filter leaves.
pub(super) fn filtered_budgets(scope: Scope, filter: &BudgetFilter) -> SelectStatement {
    let mut select = budgets(scope);
    for (column, ids) in [
        ("department_id", filter.departments.as_deref().map(keys)),
        ("program_id", filter.programs.as_deref().map(keys)),
        ("parent_id", filter.parents.as_deref().map(keys)),
    ] {
        if let Some(ids) = ids {
            select.and_where(Expr::col(("b", column)).is_in(ids));
        }
    }
    if let Some(statuses) = &filter.statuses {
        select.and_where(Expr::col(("b", "status")).is_in(statuses.iter().map(|status| status.name())));
    }
    if let Some(day) = filter.on {
        select.and_where(Expr::col(("b", "starts_on")).lte(day));
        select.and_where(Expr::col(("b", "ends_on")).gte(day));
    }
    if filter.roots_only {
        select.and_where(Expr::col(("b", "parent_id")).is_null());
    }
    if let Some(search) = &filter.search {
        select.and_where(row::contains(("b", "name_key"), &search_key(search)));
    }
    select
}

/// The ids of a budget and of those above it, the nearest first.
pub(super) fn line(employer: Uuid, budget: Uuid) -> SelectStatement {
    kin(employer, budget, ("id", "parent_id"))
}

/// The ids of a budget and of those below it, each after the one above it, in an order that stays.
pub(super) fn tree(employer: Uuid, budget: Uuid) -> SelectStatement {
    let mut select = kin(employer, budget, ("parent_id", "id"));
    select.order_by("id", Order::Asc);
    select
}

/// A budget and those that one column of theirs ties to another of the ones before, step by step.
fn kin(employer: Uuid, budget: Uuid, (theirs, before): (&'static str, &'static str)) -> SelectStatement {
    let mut first = Query::select();
    first
        .columns(["id", "parent_id"])
        .expr(Expr::val(0))
        .from("budget")
        .and_where(Expr::col("employer_id").eq(employer))
        .and_where(Expr::col("id").eq(budget));
    let next = Query::select()
        .columns([("p", "id"), ("p", "parent_id")])
        .expr(Expr::col(("kin", "steps")).add(1))
        .from_as("budget", "p")
        .inner_join("kin", Expr::col(("p", theirs)).equals(("kin", before)))
        .and_where(Expr::col(("p", "employer_id")).eq(employer))
        .to_owned();
    first.union(UnionType::All, next);
    let kin = CommonTableExpression::new()
        .query(first)
        .columns(["id", "parent_id", "steps"])
        .table_name("kin")
        .to_owned();
    let with = WithClause::new().recursive(true).cte(kin).to_owned();
    let mut select = Query::select();
    select.column("id".into_column_ref()).from("kin").order_by("steps", Order::Asc).with_cte(with);
    select
}

/// Entries of budgets within the scope.
pub(super) fn entries(scope: Scope) -> SelectStatement {
    let mut select = row::select::<LedgerEntry>("l", scope.employer.uuid());
    keep_budgets(&mut select, ("l", "budget_id"), scope);
    select
}

/// Those of one budget that the filter leaves.
pub(super) fn ledger(scope: Scope, budget: BudgetId, filter: &LedgerFilter) -> SelectStatement {
    let mut select = entries(scope);
    select.and_where(Expr::col(("l", "budget_id")).eq(budget.uuid()));
    if let Some(kinds) = &filter.kinds {
        select.and_where(Expr::col(("l", "kind")).is_in(kinds.iter().map(|kind| kind.name())));
    }
    if let Some(requests) = &filter.requests {
        select.and_where(Expr::col(("l", "request_id")).is_in(uuids(requests)));
    }
    if let Some(day) = filter.effective_from {
        select.and_where(Expr::col(("l", "effective_on")).gte(day));
    }
    if let Some(day) = filter.effective_to {
        select.and_where(Expr::col(("l", "effective_on")).lte(day));
    }
    select
}

/// The names of the statuses of requests that are live.
pub(super) fn live() -> impl Iterator<Item = &'static str> {
    RequestStatus::ALL.into_iter().filter(|status| status.is_live()).map(RequestStatus::name)
}

/// Requests within the scope.
pub(super) fn requests(scope: Scope, walk: Walk) -> SelectStatement {
    let mut select = row::select::<FundingRequest>("r", scope.employer.uuid());
    keep_requests(&mut select, "r", scope, walk);
    select
}

/// Requests, as `r`, with their neighbors.
impl Shape for RequestWith {
    type First = FundingRequest;
    type Row = RequestCard;

    fn join(&self, select: &mut SelectStatement) {
        if let Some(with) = self.employee {
            row::join::<Colleague>(select, ("r", "employee_id"), "e");
            with.join(select);
        }
        if self.budget {
            row::join::<Budget>(select, ("r", "budget_id"), "b");
        }
    }

    fn read(&self, cells: &mut Cells<'_>) -> Result<RequestCard, Fault> {
        Ok(RequestCard {
            request: Box::new(FundingRequest::read(cells)?),
            employee: match self.employee {
                Some(with) => Joined::Present(Box::new(with.read(cells)?)),
                None => Joined::Unasked,
            },
            budget: cells.joined(self.budget)?,
        })
    }
}

/// Keeps the requests that the filter leaves.
pub(super) fn filter_requests(select: &mut SelectStatement, scope: Scope, filter: &RequestFilter) {
    for (column, ids) in [
        ("employee_id", filter.employees.as_deref().map(keys)),
        ("budget_id", filter.budgets.as_deref().map(keys)),
        ("course_id", filter.courses.as_deref().map(keys)),
        ("program_id", filter.programs.as_deref().map(keys)),
    ] {
        if let Some(ids) = ids {
            select.and_where(Expr::col(("r", column)).is_in(ids));
        }
    }
    if let Some(request) = filter.thread_of {
        for column in ["employee_id", "subject"] {
            let same = Query::select()
                .column(column)
                .from("funding_request")
                .and_where(Expr::col("employer_id").eq(scope.employer.uuid()))
                .and_where(Expr::col("id").eq(request.uuid()))
                .to_owned();
            select.and_where(Expr::col(("r", column)).in_subquery(same));
        }
    }
    if let Some(departments) = &filter.departments {
        // The employer is named again, not taken from the request: a subquery that refers to the row around it is run for
        // every row.
        let people = Query::select()
            .column(("w", "id"))
            .from_as("employee", "w")
            .and_where(Expr::col(("w", "employer_id")).eq(scope.employer.uuid()))
            .and_where(Expr::col(("w", "department_id")).is_in(uuids(departments)))
            .to_owned();
        select.and_where(Expr::col(("r", "employee_id")).in_subquery(people));
    }
    if let Some(statuses) = &filter.statuses {
        select.and_where(Expr::col(("r", "status")).is_in(statuses.iter().map(|status| status.name())));
    }
    if let Some(from) = filter.submitted_from {
        select.and_where(Expr::col(("r", "submitted_at")).gte(from));
    }
    if let Some(before) = filter.submitted_before {
        select.and_where(Expr::col(("r", "submitted_at")).lt(before));
    }
    if let Some(range) = filter.amount {
        select.and_where(Expr::col(("r", "currency")).eq(range.currency.code()));
        if let Some(least) = range.at_least {
            select.and_where(Expr::col(("r", "amount")).gte(least));
        }
        if let Some(most) = range.at_most {
            select.and_where(Expr::col(("r", "amount")).lte(most));
        }
    }
}

fn keys<I: TypedId>(ids: &[I]) -> Vec<Uuid> {
    uuids(ids).collect()
}
