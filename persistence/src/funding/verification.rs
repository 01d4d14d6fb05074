//! Reading ledgers to check them: every row, batch by batch in the order of ids, without a scope.

use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement, SimpleExpr};
use upskill_domain::access::Scope;
use upskill_domain::funding::{
    Budget, BudgetTotals, FundingRequest, HoursChange, LedgerEntry, LedgerFilter, RequestTotals,
};
use upskill_domain::kernel::{BudgetId, EmployerId, Fault, FundingRequestId, TypedId};

use super::selects;
use crate::organization::line::Walk;
use crate::row::{self, Cells, Record, uuids};
use crate::store::Db;

/// Budgets beyond one.
pub(super) async fn budgets(
    db: &Db,
    employer: EmployerId,
    beyond: Option<BudgetId>,
    limit: u32,
) -> Result<Vec<Budget>, Fault> {
    let mut select = selects::budgets(Scope::all(employer));
    select.order_by(("b", "id"), Order::Asc).limit(u64::from(limit));
    if let Some(beyond) = beyond {
        select.and_where(Expr::col(("b", "id")).gt(beyond.uuid()));
    }
    row::all(&db.pool, &select).await
}

/// A budget's entries beyond a place.
pub(super) async fn entries(
    db: &Db,
    employer: EmployerId,
    budget: BudgetId,
    beyond: i64,
    limit: u32,
) -> Result<Vec<LedgerEntry>, Fault> {
    let mut select = selects::ledger(Scope::all(employer), budget, &LedgerFilter::default());
    select
        .and_where(Expr::col(("l", "sequence")).gt(beyond))
        .order_by(("l", "sequence"), Order::Asc)
        .limit(u64::from(limit));
    row::all(&db.pool, &select).await
}

/// What budgets count and handed on, what their ledgers have and their children were given.
pub(super) async fn budget_totals(
    db: &Db,
    employer: EmployerId,
    budgets: &[BudgetId],
) -> Result<Vec<BudgetTotals>, Fault> {
    let ledger = |what: SimpleExpr| {
        let mut entries = Query::select();
        entries
            .expr(what)
            .from_as("ledger_entry", "l")
            .and_where(Expr::col(("l", "employer_id")).equals(("b", "employer_id")))
            .and_where(Expr::col(("l", "budget_id")).equals(("b", "id")));
        scalar(entries)
    };
    let mut children = Query::select();
    children
        .expr(db.sum(Expr::col(("c", "allocated"))))
        .from_as("budget", "c")
        .and_where(Expr::col(("c", "employer_id")).equals(("b", "employer_id")))
        .and_where(Expr::col(("c", "parent_id")).equals(("b", "id")));
    let select = Query::select()
        .columns([("b", "id"), ("b", "entries")])
        .expr(ledger(Expr::cust("COUNT(*)")))
        .expr(ledger(Expr::col(("l", "sequence")).max().if_null(0)))
        .column(("b", "distributed"))
        .expr(scalar(children))
        .from_as("budget", "b")
        .and_where(Expr::col(("b", "employer_id")).eq(employer.uuid()))
        .and_where(Expr::col(("b", "id")).is_in(uuids(budgets)))
        .to_owned();
    let totals = |cells: &mut Cells<'_>| {
        Ok(BudgetTotals {
            budget: cells.id()?,
            entries: cells.take()?,
            found: cells.take()?,
            last: cells.take()?,
            distributed: cells.take()?,
            children: cells.take()?,
        })
    };
    row::all_as(&db.pool, &select, totals).await
}

/// A promise begins in a ledger with RESERVE; where it left for another, a RELEASE says so.
const STAYS: &str = "CASE WHEN l.kind = 'RESERVE' THEN 1 \
    WHEN l.kind = 'RELEASE' AND l.reason = 'CARRY_OVER' THEN -1 ELSE 0 END";

/// Requests beyond one, with what their entries leave.
pub(super) async fn request_totals(
    db: &Db,
    employer: EmployerId,
    beyond: Option<FundingRequestId>,
    limit: u32,
) -> Result<Vec<RequestTotals>, Fault> {
    let mut select = selects::requests(Scope::all(employer), Walk::Up);
    let about = |what: SimpleExpr, here: bool| {
        let its_budget = Expr::col(("r", "budget_id"));
        let budget = Expr::col(("l", "budget_id"));
        let mut entries = Query::select();
        entries
            .expr(what)
            .from_as("ledger_entry", "l")
            .and_where(Expr::col(("l", "employer_id")).equals(("r", "employer_id")))
            .and_where(Expr::col(("l", "request_id")).equals(("r", "id")))
            .and_where(if here { budget.eq(its_budget) } else { budget.ne(its_budget) });
        scalar(entries)
    };
    let count = || Expr::cust("COUNT(*)");
    let left = ["committed", "spent", "hours_reserved", "hours_committed", "hours_spent"]
        .iter()
        .fold(Expr::col(("l", "reserved")), |sum, layer| sum.add(Expr::col(("l", *layer))));
    let stays = Expr::cust(STAYS);
    select.expr(about(count(), true)).expr(about(db.sum(stays), false)).expr(about(db.sum(left), false));
    for layer in ["reserved", "committed", "spent", "hours_reserved", "hours_committed", "hours_spent"] {
        select.expr(about(db.sum(Expr::col(("l", layer))), true));
    }
    select.order_by(("r", "id"), Order::Asc).limit(u64::from(limit));
    if let Some(beyond) = beyond {
        select.and_where(Expr::col(("r", "id")).gt(beyond.uuid()));
    }
    let totals = |cells: &mut Cells<'_>| {
        Ok(RequestTotals {
            request: FundingRequest::read(cells)?,
            entries: cells.take()?,
            stays: cells.take()?,
            elsewhere: cells.take()?,
            reserved: cells.take()?,
            committed: cells.take()?,
            spent: cells.take()?,
            hours: HoursChange {
                allowance: 0,
                reserved: cells.take()?,
                committed: cells.take()?,
                spent: cells.take()?,
            },
        })
    };
    row::all_as(&db.pool, &select, totals).await
}

/// A select that answers with one value, as a column.
fn scalar(select: SelectStatement) -> SimpleExpr {
    SimpleExpr::SubQuery(None, Box::new(select.into()))
}
