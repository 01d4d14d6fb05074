//! Budgets month by month: sums that are kept beside the ledger.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, OnConflict, SelectStatement};
use sea_orm::{EntityTrait, Iterable};
use upskill_domain::access::Scope;
use upskill_domain::funding::{BudgetMonth, Change};
use upskill_domain::kernel::{BudgetId, EmployerId, Fault, TypedId};

use super::entity::budget_month;
use super::visible::keep_budgets;
use crate::dialect::CHUNK_CELLS;
use crate::fault::OrFault;
use crate::row::{self, Cells, Record, named_by, uuids};
use crate::store::{Db, Tx};

const SUMS: [&str; 6] = ["allocated", "distributed", "reserved", "committed", "spent", "returned"];

impl Record for BudgetMonth {
    type Entity = budget_month::Entity;
    const COLUMNS: &'static [budget_month::Column] = {
        use budget_month::Column as C;
        &[
            C::BudgetId,
            C::Month,
            C::Allocated,
            C::Distributed,
            C::Reserved,
            C::Committed,
            C::Spent,
            C::Returned,
        ]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        let (budget, month) = (cells.id()?, cells.take()?);
        let (allocated, distributed) = (cells.take()?, cells.take()?);
        let (reserved, committed, spent) = (cells.take()?, cells.take()?, cells.take()?);
        let change = Change { allocated, distributed, reserved, committed, spent };
        Ok(Self { budget, month, change, returned: cells.take()? })
    }
}

/// Adds to months what entries did. Whoever appends to a ledger holds its budget, so nobody else adds to them now.
pub(super) async fn add(tx: &Tx, months: &[BudgetMonth]) -> Result<(), Fault> {
    let employer = tx.tenant();
    for chunk in months.chunks(CHUNK_CELLS / budget_month::Column::iter().count()) {
        let rows = chunk.iter().map(|month| budget_month::ActiveModel {
            employer_id: Set(employer),
            budget_id: Set(month.budget.uuid()),
            month: Set(month.month),
            allocated: Set(month.change.allocated),
            distributed: Set(month.change.distributed),
            reserved: Set(month.change.reserved),
            committed: Set(month.change.committed),
            spent: Set(month.change.spent),
            returned: Set(month.returned),
        });
        let mut there = OnConflict::columns(["employer_id", "budget_id", "month"]);
        for sum in SUMS {
            there.value(sum, Expr::col(("budget_month", sum)).add(Expr::col(("excluded", sum))));
        }
        let insert = budget_month::Entity::insert_many(rows).on_conflict(there);
        insert.exec_without_returning(&tx.tx).await.or_fault()?;
    }
    Ok(())
}

/// The months of those of the budgets that a reader may see.
pub(super) async fn of(db: &Db, scope: Scope, budgets: &[BudgetId]) -> Result<Vec<BudgetMonth>, Fault> {
    let mut select = of_budgets(scope, budgets);
    keep_budgets(&mut select, ("m", "budget_id"), scope);
    row::all(&db.pool, &select).await
}

fn of_budgets(scope: Scope, budgets: &[BudgetId]) -> SelectStatement {
    let mut select = row::select::<BudgetMonth>("m", scope.employer.uuid());
    select.and_where(Expr::col(("m", "budget_id")).is_in(uuids(budgets)));
    select
}

/// A budget's months, each with how many entries the budget counts.
pub(super) async fn to_verify(
    db: &Db,
    employer: EmployerId,
    budget: BudgetId,
) -> Result<Vec<(i64, BudgetMonth)>, Fault> {
    let mut select = of_budgets(Scope::all(employer), &[budget]);
    select
        .join_as(JoinType::InnerJoin, "budget", "b", named_by("b", ("m", "budget_id")))
        .column(("b", "entries"));
    let month = |cells: &mut Cells<'_>| {
        let month = BudgetMonth::read(cells)?;
        Ok((cells.take()?, month))
    };
    row::all_as(&db.pool, &select, month).await
}
