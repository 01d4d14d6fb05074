//! Closings of budgets.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use upskill_domain::access::Scope;
use upskill_domain::funding::BudgetClosing;
use upskill_domain::kernel::{BudgetId, Currency, Fault, TypedId};
use uuid::Uuid;

use super::entity::budget_closing;
use super::records::money;
use super::visible::keep_budgets;
use crate::row::{self, Cells, Record, uuids};
use crate::store::Db;

impl Record for BudgetClosing {
    type Entity = budget_closing::Entity;
    const COLUMNS: &'static [budget_closing::Column] = {
        use budget_closing::Column as C;
        &[
            C::Id,
            C::SuccessorId,
            C::MovedRequests,
            C::MovedWaiting,
            C::Currency,
            C::CarriedPromises,
            C::CarriedMoney,
            C::Lapsed,
            C::KeptPromises,
            C::ActorId,
            C::At,
        ]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        let (budget, successor) = (cells.id()?, cells.id_or_none()?);
        let (moved_requests, moved_waiting) = (cells.take()?, cells.take()?);
        let currency = cells.read(Currency::parse)?;
        Ok(Self {
            budget,
            successor,
            moved_requests,
            moved_waiting,
            carried_promises: money(cells.take()?, currency)?,
            carried_money: money(cells.take()?, currency)?,
            lapsed: money(cells.take()?, currency)?,
            kept_promises: money(cells.take()?, currency)?,
            by: cells.id_or_none()?,
            at: cells.take()?,
        })
    }
}

pub(super) fn closing_row(employer: Uuid, closing: &BudgetClosing) -> budget_closing::ActiveModel {
    budget_closing::ActiveModel {
        employer_id: Set(employer),
        id: Set(closing.budget.uuid()),
        successor_id: Set(closing.successor.map(TypedId::uuid)),
        moved_requests: Set(closing.moved_requests),
        moved_waiting: Set(closing.moved_waiting),
        currency: Set(closing.lapsed.currency().code().to_owned()),
        carried_promises: Set(closing.carried_promises.minor()),
        carried_money: Set(closing.carried_money.minor()),
        lapsed: Set(closing.lapsed.minor()),
        kept_promises: Set(closing.kept_promises.minor()),
        actor_id: Set(closing.by.map(TypedId::uuid)),
        at: Set(closing.at),
    }
}

/// Those of budgets within the scope.
pub(super) async fn of_budgets(
    db: &Db,
    scope: Scope,
    budgets: &[BudgetId],
) -> Result<Vec<BudgetClosing>, Fault> {
    let mut select = row::select::<BudgetClosing>("c", scope.employer.uuid());
    select.and_where(Expr::col(("c", "id")).is_in(uuids(budgets)));
    keep_budgets(&mut select, ("c", "id"), scope);
    row::all(&db.pool, &select).await
}
