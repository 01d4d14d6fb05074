//! What the records of other capabilities know of a program's costs.

use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{
    CaseStatement, Expr, ExprTrait, JoinType, Order, Query, SelectStatement, SimpleExpr, UnionType,
};
use upskill_domain::funding::RequestStatus;
use upskill_domain::kernel::{Currency, Fault, Money, Period, ProgramId, TypedId};
use upskill_domain::learning::{EnrollmentStatus, TimeKind};
use upskill_domain::roi::{CostKind, Hours, Spend, Workplace};
use uuid::Uuid;

use crate::dialect::Dialect;
use crate::row::{self, Cells};
use crate::store::Tx;

impl Tx {
    fn dialect(&self) -> Dialect {
        Dialect(self.tx.get_database_backend())
    }
}

/// Rows of a table that are part of a program.
fn of_program(table: &'static str, employer: Uuid, program: ProgramId) -> SelectStatement {
    Query::select()
        .from_as(table, "p")
        .and_where(Expr::col(("p", "employer_id")).eq(employer))
        .and_where(Expr::col(("p", "program_id")).eq(program.uuid()))
        .to_owned()
}

/// Groups rows by where the people work whom they name.
fn by_workplace(select: &mut SelectStatement, employer: Uuid, whose: (&'static str, &'static str)) {
    let theirs = Expr::col(("w", "employer_id")).eq(employer).and(Expr::col(("w", "id")).equals(whose));
    select
        .join_as(JoinType::LeftJoin, "employee", "w", theirs)
        .column(("w", "department_id"))
        .group_by_col(("w", "department_id"));
}

/// How many people have joined a program, by where they work.
pub(super) async fn cohort(tx: &Tx, program: ProgramId) -> Result<Vec<(Workplace, u64)>, Fault> {
    let mut select = of_program("participant", tx.tenant(), program);
    select.and_where(Expr::col(("p", "joined_at")).is_not_null());
    by_workplace(&mut select, tx.tenant(), ("p", "employee_id"));
    select.expr(Expr::cust("COUNT(*)"));
    let read = |cells: &mut Cells<'_>| Ok((cells.id_or_none()?, cells.count()?));
    row::all_as(&tx.tx, &select, read).await
}

/// What entries spent within some days, and brought back, on requests of a program and on those that fund a place of it.
pub(super) async fn spend(tx: &Tx, program: ProgramId, window: Period) -> Result<Vec<Spend>, Fault> {
    let mut funding = of_program("enrollment", tx.tenant(), program);
    funding.column(("p", "request_id")).and_where(Expr::col(("p", "request_id")).is_not_null());
    let mut requests = of_program("funding_request", tx.tenant(), program);
    requests.column(("p", "id")).union(UnionType::Distinct, funding);
    let mut select = Query::select()
        .from_as("ledger_entry", "l")
        .join_as(JoinType::InnerJoin, "funding_request", "r", row::named_by("r", ("l", "request_id")))
        .and_where(Expr::col(("l", "employer_id")).eq(tx.tenant()))
        .and_where(Expr::col(("l", "request_id")).in_subquery(requests))
        .and_where(Expr::col(("l", "effective_on")).between(window.from(), window.to()))
        .and_where(Expr::col(("l", "spent")).ne(0))
        .to_owned();
    by_workplace(&mut select, tx.tenant(), ("r", "employee_id"));
    select
        .column(("l", "currency"))
        .expr(tx.dialect().sum(Expr::col(("l", "spent"))))
        .expr(Expr::cust("COUNT(*)"))
        .expr(Expr::cust("COUNT(DISTINCT \"r\".\"employee_id\")"))
        .group_by_col(("l", "currency"))
        .order_by(("l", "currency"), Order::Asc);
    let spend = |cells: &mut Cells<'_>| {
        let (workplace, currency) = (cells.id_or_none()?, cells.read(Currency::parse)?);
        let amount = Money::sum(cells.take()?, currency);
        Ok(Spend { workplace, amount, entries: cells.count()?, people: cells.count()? })
    };
    row::all_as(&tx.tx, &select, spend).await
}

/// The working time of a program's places that were booked or taken between two instants, by the cost band of the people and
/// by where they work, and how many of those places have no known hours.
pub(super) async fn hours(
    tx: &Tx,
    program: ProgramId,
    between: (DateTime<Utc>, DateTime<Utc>),
) -> Result<(Vec<Hours>, u64), Fault> {
    let mut places = booked(tx.tenant(), program, between);
    places.union(UnionType::All, taken(tx.tenant(), program, between));
    let minutes = || Expr::col(("t", "minutes"));
    let unknown = CaseStatement::new().case(minutes().is_null(), 1).finally(0);
    let theirs = Expr::col(("b", "employer_id"))
        .eq(tx.tenant())
        .and(Expr::col(("b", "employee_id")).equals(("t", "employee_id")));
    let mut select = Query::select()
        .from_subquery(places, "t")
        .join_as(JoinType::LeftJoin, "employee_cost_band", "b", theirs)
        .to_owned();
    by_workplace(&mut select, tx.tenant(), ("t", "employee_id"));
    select
        .column(("b", "cost_band_id"))
        .expr(tx.dialect().sum(minutes()))
        .expr(Expr::cust("COUNT(DISTINCT CASE WHEN \"t\".\"minutes\" > 0 THEN \"t\".\"employee_id\" END)"))
        .expr(tx.dialect().sum(unknown))
        .group_by_col(("b", "cost_band_id"));
    let band = |cells: &mut Cells<'_>| {
        let (workplace, band) = (cells.id_or_none()?, cells.id_or_none()?);
        let (minutes, people) = (cells.take()?, cells.count()?);
        let hours = Hours { kind: CostKind::ReleasedTime, workplace, band, minutes, people };
        Ok((hours, cells.count()?))
    };
    let rows = row::all_as(&tx.tx, &select, band).await?;
    let unknown = rows.iter().map(|(_, unknown)| unknown).sum();
    let mut hours: Vec<_> =
        rows.into_iter().map(|(hours, _)| hours).filter(|hours| hours.minutes > 0).collect();
    // Databases disagree on where nothing stands in an order.
    hours.sort_by_key(|hours| (hours.band, hours.workplace));
    Ok((hours, unknown))
}

/// Released hours in minutes.
fn released(alias: &'static str, column: &'static str) -> SimpleExpr {
    Expr::col((alias, column)).mul(60)
}

/// Places that were booked and that nobody has taken: whose they are, and how many minutes each takes.
fn booked(employer: Uuid, program: ProgramId, (from, to): (DateTime<Utc>, DateTime<Utc>)) -> SelectStatement {
    let statuses = [RequestStatus::Committed, RequestStatus::Settled].map(RequestStatus::name);
    let taken = Query::select()
        .expr(Expr::cust("1"))
        .from_as("enrollment", "e")
        .and_where(Expr::col(("e", "employer_id")).equals(("p", "employer_id")))
        .and_where(Expr::col(("e", "request_id")).equals(("p", "id")))
        .to_owned();
    let minutes = released("p", "release_hours").if_null(Expr::col(("p", "workload_minutes")));
    let mut select = of_program("funding_request", employer, program);
    select
        .column(("p", "employee_id"))
        .expr_as(minutes, "minutes")
        .and_where(Expr::col(("p", "status")).is_in(statuses))
        .and_where(Expr::col(("p", "committed_at")).gte(from))
        .and_where(Expr::col(("p", "committed_at")).lt(to))
        .and_where(Expr::exists(taken).not());
    select
}

/// Places that were taken: whose they are, and how many minutes each takes. Of what was planned and what was logged of
/// working time the more counts; who gave up is counted with what they logged.
fn taken(employer: Uuid, program: ProgramId, between: (DateTime<Utc>, DateTime<Utc>)) -> SelectStatement {
    let (planned, logged) = (|| Expr::col(("q", "planned")), || Expr::col(("q", "logged")));
    let more = logged().gt(planned()).or(planned().is_null());
    let minutes = CaseStatement::new()
        .case(Expr::col(("q", "status")).eq(EnrollmentStatus::Withdrawn.name()), logged().if_null(0))
        .case(more, logged())
        .finally(planned());
    Query::select()
        .column(("q", "employee_id"))
        .expr_as(minutes, "minutes")
        .from_subquery(planned_and_logged(employer, program, between), "q")
        .to_owned()
}

/// What was planned for places that were taken, and what was logged in them. With a request the plan is what was granted;
/// without one it is what the course releases people for.
fn planned_and_logged(
    employer: Uuid,
    program: ProgramId,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> SelectStatement {
    let logged = Query::select()
        .expr(Expr::col(("m", "minutes")).sum())
        .from_as("learning_time", "m")
        .and_where(Expr::col(("m", "employer_id")).equals(("p", "employer_id")))
        .and_where(Expr::col(("m", "enrollment_id")).equals(("p", "id")))
        .and_where(Expr::col(("m", "kind")).eq(TimeKind::Working.name()))
        .to_owned();
    let unfunded = row::named_by("c", ("p", "course_id")).and(Expr::col(("p", "request_id")).is_null());
    let planned = released("r", "release_hours")
        .if_null(released("c", "paid_release_hours"))
        .if_null(Expr::col(("p", "workload_minutes")));
    let mut select = of_program("enrollment", employer, program);
    select
        .column(("p", "employee_id"))
        .column(("p", "status"))
        .expr_as(planned, "planned")
        .expr_as(SimpleExpr::SubQuery(None, Box::new(logged.into())), "logged")
        .join_as(JoinType::LeftJoin, "funding_request", "r", row::named_by("r", ("p", "request_id")))
        .join_as(JoinType::LeftJoin, "course", "c", unfunded)
        .and_where(Expr::col(("p", "enrolled_at")).gte(from))
        .and_where(Expr::col(("p", "enrolled_at")).lt(to));
    select
}
