//! The reporting line and the tree of departments as SQL: recursive, so that it is always right and never has to be maintained.
//!
//! `UNION` (not `UNION ALL`) ends the recursion even on a line that runs in a circle.

use sea_orm::sea_query::{
    CommonTableExpression, Cond, Expr, ExprTrait, IntoColumnRef, JoinType, Query, SelectStatement,
    SimpleExpr, UnionType, WithClause,
};
use uuid::Uuid;

/// The ids of everybody who reports to a person, directly or through others.
pub(crate) fn below(employer: Uuid, person: Uuid) -> SelectStatement {
    let first = people(employer, Expr::col("manager_id").eq(person));
    let next = step("employee")
        .column(("r", "id"))
        .and_where(Expr::col(("r", "manager_id")).equals(("line", "id")))
        .and_where(Expr::col(("r", "employer_id")).eq(employer))
        .to_owned();
    recursive(first, next)
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
    let next = step("employee")
        .column(("r", "manager_id"))
        .and_where(Expr::col(("r", "id")).equals(("line", "id")))
        .and_where(Expr::col(("r", "employer_id")).eq(employer))
        .and_where(Expr::col(("r", "manager_id")).is_not_null())
        .to_owned();
    recursive(people, next)
}

/// The ids of the departments that a person heads, and of those below them.
pub(crate) fn headed(employer: Uuid, person: Uuid) -> SelectStatement {
    let mut first = Query::select();
    first
        .column("id")
        .from("department")
        .and_where(Expr::col("employer_id").eq(employer))
        .and_where(Expr::col("head_id").eq(person));
    let next = step("department")
        .column(("r", "id"))
        .and_where(Expr::col(("r", "parent_id")).equals(("line", "id")))
        .and_where(Expr::col(("r", "employer_id")).eq(employer))
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
        .column(("r", "parent_id"))
        .and_where(Expr::col(("r", "id")).equals(("line", "id")))
        .and_where(Expr::col(("r", "employer_id")).eq(employer))
        .and_where(Expr::col(("r", "parent_id")).is_not_null())
        .to_owned();
    recursive(first, next)
}

/// From those found so far to the next. A cross join, because SQLite keeps its order: it would otherwise walk the whole
/// table for each of them.
fn step(table: &'static str) -> SelectStatement {
    Query::select().from("line").join_as(JoinType::CrossJoin, table, "r", Cond::all()).to_owned()
}

fn recursive(mut first: SelectStatement, next: SelectStatement) -> SelectStatement {
    first.union(UnionType::Distinct, next);
    let line = CommonTableExpression::new().query(first).column("id").table_name("line").to_owned();
    let with = WithClause::new().recursive(true).cte(line).to_owned();
    Query::select().column("id".into_column_ref()).from("line").with_cte(with).to_owned()
}
