//! Sums over promises.

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use upskill_domain::access::Scope;
use upskill_domain::funding::{PromiseSum, RequestStatus};
use upskill_domain::kernel::{BudgetId, Fault, TypedId};

use super::visible::keep_budgets;
use crate::row::{self, Cells, uuids};
use crate::store::Db;

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
