//! Sums over ledgers and promises.

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use upskill_domain::access::Scope;
use upskill_domain::funding::{DaySum, PromiseSum, RequestStatus};
use upskill_domain::kernel::{BudgetId, Fault, TypedId};

use super::visible::keep_budgets;
use crate::row::{self, Cells, uuids};
use crate::store::Db;

/// What the entries of each day gave and spent.
pub(super) async fn days(db: &Db, scope: Scope, budgets: &[BudgetId]) -> Result<Vec<DaySum>, Fault> {
    let given = Expr::col(("l", "allocated")).sub(Expr::col(("l", "distributed")));
    let mut select = Query::select();
    select
        .columns([("l", "budget_id"), ("l", "effective_on")])
        .expr(db.sum(given))
        .expr(db.sum(Expr::col(("l", "spent"))))
        .from_as("ledger_entry", "l")
        .and_where(Expr::col(("l", "employer_id")).eq(scope.employer.uuid()))
        .and_where(Expr::col(("l", "budget_id")).is_in(uuids(budgets)))
        .group_by_columns([("l", "budget_id"), ("l", "effective_on")]);
    keep_budgets(&mut select, ("l", "budget_id"), scope);
    let sum = |cells: &mut Cells<'_>| {
        Ok(DaySum { budget: cells.id()?, day: cells.take()?, allocated: cells.take()?, spent: cells.take()? })
    };
    row::all_as(&db.pool, &select, sum).await
}

/// What is promised, by the last day of its reservation.
pub(super) async fn promises(db: &Db, scope: Scope, budgets: &[BudgetId]) -> Result<Vec<PromiseSum>, Fault> {
    let promised = [RequestStatus::Approved, RequestStatus::Committed].map(RequestStatus::name);
    let amount = Expr::col(("r", "committed")).if_null(Expr::col(("r", "amount")));
    let mut select = Query::select();
    select
        .columns([("r", "budget_id"), ("r", "reserved_until")])
        .expr(db.sum(amount))
        .from_as("funding_request", "r")
        .and_where(Expr::col(("r", "employer_id")).eq(scope.employer.uuid()))
        .and_where(Expr::col(("r", "budget_id")).is_in(uuids(budgets)))
        .and_where(Expr::col(("r", "status")).is_in(promised))
        .group_by_columns([("r", "budget_id"), ("r", "reserved_until")]);
    keep_budgets(&mut select, ("r", "budget_id"), scope);
    let sum = |cells: &mut Cells<'_>| {
        Ok(PromiseSum { budget: cells.id()?, until: cells.take()?, amount: cells.take()? })
    };
    row::all_as(&db.pool, &select, sum).await
}
