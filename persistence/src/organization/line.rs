//! The reporting line and the tree of departments as SQL: recursive, so that it is always right and never has to be maintained.
//!
//! `UNION` (not `UNION ALL`) ends the recursion even on a line that runs in a circle.
//!
//! Whether a row is about somebody below a person can be asked in two directions, and [`Walk`] says which.

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{
    CommonTableExpression, Cond, Expr, ExprTrait, IntoColumnRef, JoinType, Query, SelectStatement,
    SimpleExpr, UnionType, WithClause,
};
use upskill_domain::kernel::Fault;
use uuid::Uuid;

use crate::fault::OrFault;
use crate::row::Cells;

/// From which end a read finds the rows that a person may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Walk {
    /// From the row: each one that comes into question is asked who stands above it. What that costs follows the rows
    /// that are looked at, so it is for rows by id, and for a list of which the person sees a good part.
    Up,
    /// From the person: everything they see is collected first. What that costs follows what they see, so it is for a
    /// list of which they see little.
    Down,
}

/// From this many people and rows on, reading a list in its order finds a page sooner than collecting them does. Both
/// ways take some 50 ms here where an employer has 300,000 rows, on either database.
const MUCH: u64 = 2_000;

impl Walk {
    /// The ways through lists, by how much the person sees: at most [`MUCH`] rows of each select are counted. A list of
    /// which a number of people is named (0 for everybody) has few rows anyway. Nothing seen means that all is.
    pub(crate) async fn through(
        on: &impl ConnectionTrait,
        seen: Vec<SelectStatement>,
        named: impl Iterator<Item = usize> + Clone,
    ) -> Result<Vec<Self>, Fault> {
        let open = named.clone().any(|people| people == 0);
        let listed = if open && sees_little(on, seen).await? { Self::Down } else { Self::Up };
        Ok(named.map(|people| if people == 0 { listed } else { Self::Up }).collect())
    }
}

async fn sees_little(on: &impl ConnectionTrait, seen: Vec<SelectStatement>) -> Result<bool, Fault> {
    let bounded = seen.into_iter().map(|mut select| {
        select.limit(MUCH);
        Query::select().expr(Expr::val(1)).from_subquery(select, "seen").to_owned()
    });
    let counted = bounded.reduce(|mut all, select| all.union(UnionType::All, select).to_owned());
    let Some(counted) = counted else { return Ok(false) };
    let count = Query::select().expr(Expr::cust("COUNT(*)")).from_subquery(counted, "counted").to_owned();
    let row = on.query_one(&count).await.or_fault()?;
    Ok(row.map_or(Ok(0), |row| Cells::of(&row).count())? < MUCH)
}

/// The ids of everybody who reports to a person, directly or through others.
pub(crate) fn below(employer: Uuid, person: Uuid) -> SelectStatement {
    down_from(employer, people(employer, Expr::col("manager_id").eq(person)))
}

/// The ids of the people that a select finds, and of everybody below them.
pub(crate) fn down_from(employer: Uuid, people: SelectStatement) -> SelectStatement {
    let next = step("employee")
        .column(("next", "id"))
        .and_where(Expr::col(("next", "manager_id")).equals(("line", "id")))
        .and_where(Expr::col(("next", "employer_id")).eq(employer))
        .to_owned();
    recursive(people, next)
}

/// The ids of the people for whom a condition holds.
pub(crate) fn people(employer: Uuid, condition: SimpleExpr) -> SelectStatement {
    Query::select()
        .column("id")
        .from("employee")
        .and_where(Expr::col("employer_id").eq(employer))
        .and_where(condition)
        .to_owned()
}

/// The ids of the people that a select finds, and of everybody above them.
pub(crate) fn up_from(employer: Uuid, people: SelectStatement) -> SelectStatement {
    recursive(people, next_manager(employer))
}

/// Whether the one whose id stands in a column of the row around reports to a person, directly or through others.
pub(crate) fn is_below(employer: Uuid, column: (&'static str, &'static str), person: Uuid) -> SimpleExpr {
    let mut first = Query::select();
    first
        .column(("start", "manager_id"))
        .from_as("employee", "start")
        .and_where(Expr::col(("start", "employer_id")).eq(employer))
        .and_where(Expr::col(("start", "id")).equals(column))
        .and_where(Expr::col(("start", "manager_id")).is_not_null());
    Expr::val(person).in_subquery(recursive(first, next_manager(employer)))
}

fn next_manager(employer: Uuid) -> SelectStatement {
    step("employee")
        .column(("next", "manager_id"))
        .and_where(Expr::col(("next", "id")).equals(("line", "id")))
        .and_where(Expr::col(("next", "employer_id")).eq(employer))
        .and_where(Expr::col(("next", "manager_id")).is_not_null())
        .to_owned()
}

/// The ids of the departments that a person heads, and of those below them.
pub(crate) fn headed(employer: Uuid, person: Uuid) -> SelectStatement {
    departments_from(employer, Expr::col("head_id").eq(person))
}

/// The ids of the departments for which a condition holds, and of those below them.
pub(crate) fn departments_from(employer: Uuid, condition: SimpleExpr) -> SelectStatement {
    let mut first = Query::select();
    first
        .column("id")
        .from("department")
        .and_where(Expr::col("employer_id").eq(employer))
        .and_where(condition);
    let next = step("department")
        .column(("next", "id"))
        .and_where(Expr::col(("next", "parent_id")).equals(("line", "id")))
        .and_where(Expr::col(("next", "employer_id")).eq(employer))
        .to_owned();
    recursive(first, next)
}

/// The ids of a department and of those above it.
pub(crate) fn department_line(employer: Uuid, department: Uuid) -> SelectStatement {
    let mut first = Query::select();
    first
        .column("id")
        .from("department")
        .and_where(Expr::col("employer_id").eq(employer))
        .and_where(Expr::col("id").eq(department));
    let next = step("department")
        .column(("next", "parent_id"))
        .and_where(Expr::col(("next", "id")).equals(("line", "id")))
        .and_where(Expr::col(("next", "employer_id")).eq(employer))
        .and_where(Expr::col(("next", "parent_id")).is_not_null())
        .to_owned();
    recursive(first, next)
}

/// From those found so far to the next. A cross join, because SQLite keeps its order: it would otherwise walk the whole
/// table for each of them.
fn step(table: &'static str) -> SelectStatement {
    Query::select().from("line").join_as(JoinType::CrossJoin, table, "next", Cond::all()).to_owned()
}

fn recursive(mut first: SelectStatement, next: SelectStatement) -> SelectStatement {
    first.union(UnionType::Distinct, next);
    let line = CommonTableExpression::new().query(first).column("id").table_name("line").to_owned();
    let with = WithClause::new().recursive(true).cte(line).to_owned();
    Query::select().column("id".into_column_ref()).from("line").with_cte(with).to_owned()
}
