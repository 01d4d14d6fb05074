//! Pairings that are to be settled, and places that do not hold.

use chrono::NaiveDate;
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Cond, Expr, ExprTrait, JoinType, Order, Query};
use upskill_domain::kernel::{EmployerId, Fault, PairingId, TypedId};
use upskill_domain::mentoring::{PairingStatus, PlacesBreak};

use crate::row;

/// Pairings beyond one that are not over, though nobody accepted them before a day, or one of the two has left.
pub(super) async fn to_settle(
    on: &impl ConnectionTrait,
    employer: EmployerId,
    today: NaiveDate,
    beyond: Option<PairingId>,
    limit: u32,
) -> Result<Vec<PairingId>, Fault> {
    let late = Expr::col(("p", "status"))
        .eq(PairingStatus::Proposed.name())
        .and(Expr::col(("p", "answer_by")).lt(today));
    let somebody_left = || {
        Query::select()
            .column("id")
            .from("employee")
            .and_where(Expr::col("employer_id").eq(employer.uuid()))
            .and_where(Expr::col("status").eq("LEFT"))
            .to_owned()
    };
    let settled = Cond::any()
        .add(late)
        .add(Expr::col(("p", "mentored_by_id")).in_subquery(somebody_left()))
        .add(Expr::col(("p", "mentee_id")).in_subquery(somebody_left()));
    let mut select = Query::select();
    select
        .column(("p", "id"))
        .from_as("pairing", "p")
        .and_where(Expr::col(("p", "employer_id")).eq(employer.uuid()))
        .and_where(Expr::col(("p", "ended_at")).is_null())
        .cond_where(settled)
        .order_by(("p", "id"), Order::Asc)
        .limit(u64::from(limit));
    if let Some(beyond) = beyond {
        select.and_where(Expr::col(("p", "id")).gt(beyond.uuid()));
    }
    row::ids(on, &select).await
}

/// The first mentor whose places are not those that their pairings take.
pub(super) async fn places_break(
    on: &impl ConnectionTrait,
    employer: EmployerId,
) -> Result<Option<PlacesBreak>, Fault> {
    let takes_place = Expr::col(("p", "employer_id"))
        .equals(("m", "employer_id"))
        .and(Expr::col(("p", "mentor_id")).equals(("m", "id")))
        .and(Expr::col(("p", "ended_at")).is_null())
        .and(Expr::col(("p", "mentor_agreed_at")).is_not_null());
    let select = Query::select()
        .column(("m", "id"))
        .column(("m", "places_taken"))
        .expr(Expr::cust(r#"COUNT("p"."id")"#))
        .from_as("mentor", "m")
        .join_as(JoinType::LeftJoin, "pairing", "p", takes_place)
        .and_where(Expr::col(("m", "employer_id")).eq(employer.uuid()))
        .group_by_col(("m", "id"))
        .group_by_col(("m", "places_taken"))
        .and_having(Expr::cust(r#"COUNT("p"."id") <> "m"."places_taken""#))
        .order_by(("m", "id"), Order::Asc)
        .limit(1)
        .to_owned();
    let found = row::one_as(on, &select, |cells| {
        Ok(PlacesBreak { mentor: cells.id()?, counted: cells.take()?, found: cells.take()? })
    });
    found.await
}
