//! Reservations by their end.

use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use upskill_domain::funding::{Ending, RequestStatus};
use upskill_domain::kernel::{EmployerId, Fault, FundingRequestId, TypedId};

use crate::row;
use crate::store::Db;

/// Requests beyond one whose reservation has ended, or ends soon without a notice.
pub(super) async fn to_end(
    db: &Db,
    employer: EmployerId,
    days: Ending,
    beyond: Option<FundingRequestId>,
    limit: u32,
) -> Result<Vec<FundingRequestId>, Fault> {
    let until = || Expr::col("reserved_until");
    let unnoticed = until().lte(days.soon).and(Expr::col("expiry_noticed_at").is_null());
    let mut select = Query::select();
    select
        .column("id")
        .from("funding_request")
        .and_where(Expr::col("employer_id").eq(employer.uuid()))
        .and_where(Expr::col("status").eq(RequestStatus::Approved.name()))
        .and_where(until().lt(days.today).or(unnoticed))
        .order_by("id", Order::Asc)
        .limit(u64::from(limit));
    if let Some(beyond) = beyond {
        select.and_where(Expr::col("id").gt(beyond.uuid()));
    }
    row::ids(&db.pool, &select).await
}
