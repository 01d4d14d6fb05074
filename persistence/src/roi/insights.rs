//! What the records of other capabilities know of leaving, and of what is applied.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, JoinType, Query, SelectStatement, SimpleExpr};
use upskill_domain::kernel::{Currency, Fault, Money, Period, ProgramId, TypedId};
use upskill_domain::learning::{Application, EnrollmentStatus};
use upskill_domain::roi::{AskedPlace, Cell, DepartmentWatched, Watched};
use uuid::Uuid;

use crate::dialect::Dialect;
use crate::organization::line;
use crate::row::{Cells, named_by};

/// The departments that a program is meant for, and those below them.
pub(super) fn meant_departments(employer: Uuid, program: ProgramId) -> SelectStatement {
    let named = Query::select()
        .column("department_id")
        .from("program_department")
        .and_where(Expr::col("employer_id").eq(employer))
        .and_where(Expr::col("program_id").eq(program.uuid()))
        .to_owned();
    line::departments_from(employer, Expr::col("id").in_subquery(named))
}

/// For each department, how many were there when each year began and how many of them left in it.
pub(super) fn watched_departments(dialect: Dialect, employer: Uuid, years: [Period; 3]) -> SelectStatement {
    let day = |column: &'static str| Expr::col(("e", column));
    let mut select = Query::select();
    select
        .column(("e", "department_id"))
        .from_as("employee", "e")
        .and_where(day("employer_id").eq(employer))
        .group_by_col(("e", "department_id"));
    for year in years {
        let stayed = day("left_on").is_null().or(day("left_on").gte(year.from()));
        let there = day("hired_on").lte(year.from()).and(stayed);
        let left = there.clone().and(day("left_on").lte(year.to()));
        for counted in [there, left] {
            select.expr(dialect.sum(CaseStatement::new().case(counted, 1).finally(0)));
        }
    }
    select
}

pub(super) fn read_watched(cells: &mut Cells<'_>) -> Result<DepartmentWatched, Fault> {
    let department = cells.id_or_none()?;
    let mut count = || -> Result<u32, Fault> {
        let counted = cells.count()?;
        u32::try_from(counted)
            .map_err(|_| Fault::inconsistent(format!("{counted} people are in a department")))
    };
    let mut year = || -> Result<Cell, Fault> { Ok(Cell { people: count()?, exits: count()? }) };
    Ok((department, Watched { earlier: year()?, before: year()?, after: year()? }))
}

/// Courses that were completed between two instants and that somebody was asked about.
pub(super) fn asked_places(
    dialect: Dialect,
    employer: Uuid,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> SelectStatement {
    let of_place = |table: &'static str, alias: &'static str, key: &'static str, of: &'static str| {
        Query::select()
            .from_as(table, alias)
            .and_where(Expr::col((alias, "employer_id")).equals(("p", "employer_id")))
            .and_where(Expr::col((alias, key)).equals(("p", of)))
            .to_owned()
    };
    let forms = || of_place("follow_up", "f", "enrollment_id", "id");
    let entries = || of_place("ledger_entry", "l", "request_id", "request_id");
    let scalar = |mut select: SelectStatement, what: SimpleExpr| {
        SimpleExpr::SubQuery(None, Box::new(select.expr(what).to_owned().into()))
    };
    Query::select()
        .column(("p", "course_id"))
        .column(("c", "provider_id"))
        .column(("p", "employee_id"))
        .expr(scalar(forms(), said().max()))
        .expr(scalar(entries(), Expr::col(("l", "currency")).min()))
        .expr(scalar(entries(), dialect.sum(Expr::col(("l", "spent")))))
        .from_as("enrollment", "p")
        .join_as(JoinType::LeftJoin, "course", "c", named_by("c", ("p", "course_id")))
        .and_where(Expr::col(("p", "employer_id")).eq(employer))
        .and_where(Expr::col(("p", "status")).eq(EnrollmentStatus::Completed.name()))
        .and_where(Expr::col(("p", "ended_at")).gte(from))
        .and_where(Expr::col(("p", "ended_at")).lt(to))
        .and_where(Expr::exists(forms().expr(Expr::cust("1")).to_owned()))
        .to_owned()
}

/// What forms say, as numbers of which the greatest counts: the latest one that was answered, and of two answers to it the
/// lesser.
fn said() -> SimpleExpr {
    let mut said = CaseStatement::new();
    for (application, rank) in RANKS {
        let answered = Expr::col(("f", "application")).eq(application.name());
        said = said.case(answered, Expr::col(("f", "after_days")).mul(10).add(rank));
    }
    said.into()
}

const RANKS: [(Application, i32); 3] =
    [(Application::Applied, 0), (Application::Partly, 1), (Application::NotApplied, 2)];

pub(super) fn read_place(cells: &mut Cells<'_>) -> Result<AskedPlace, Fault> {
    let (course, provider, employee) = (cells.id_or_none()?, cells.id_or_none()?, cells.id()?);
    let said: Option<i32> = cells.take()?;
    let rank = said.map(|said| said.rem_euclid(10));
    let application = RANKS.into_iter().find(|(_, known)| Some(*known) == rank).map(|(said, _)| said);
    let currency: Option<Currency> = cells.read_or_none(Currency::parse)?;
    let spent: i64 = cells.take()?;
    let spent = currency.map(|currency| Money::sum(spent, currency));
    Ok(AskedPlace { course, provider, employee, application, spent })
}
