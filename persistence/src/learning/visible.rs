//! Which enrollments a relation ties to a person, as SQL.

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Cond, Expr, ExprTrait, Query, SelectStatement, SimpleExpr, UnionType};
use upskill_domain::access::{Reach, Scope};
use upskill_domain::kernel::{Fault, TypedId};
use upskill_domain::learning::EnrollmentFilter;
use uuid::Uuid;

use crate::organization::line::{self, Walk};

/// Keeps the enrollments that the scope reaches: the person's own, those of everybody below them, and those within
/// programs that they own.
pub(super) fn keep_enrollments(select: &mut SelectStatement, alias: &'static str, scope: Scope, walk: Walk) {
    let Reach::Related(person) = scope.reach else { return };
    let (employer, person) = (scope.employer.uuid(), person.uuid());
    match walk {
        Walk::Up => {
            let visible = Cond::any()
                .add(Expr::col((alias, "employee_id")).eq(person))
                .add(Expr::col((alias, "program_id")).in_subquery(owned(employer, person)))
                .add(line::is_below(employer, (alias, "employee_id"), person));
            select.cond_where(visible)
        }
        Walk::Down => {
            let mut seen = enrollments(employer, Expr::col("employee_id").eq(person));
            let below = Expr::col("employee_id").in_subquery(line::below(employer, person));
            seen.union(UnionType::All, enrollments(employer, below));
            seen.union(UnionType::All, in_owned_programs(employer, person));
            select.and_where(Expr::col((alias, "id")).in_subquery(seen))
        }
    };
}

/// How lists of enrollments are read.
pub(super) async fn walks_through_enrollments(
    on: &impl ConnectionTrait,
    scope: Scope,
    lists: &[EnrollmentFilter],
) -> Result<Vec<Walk>, Fault> {
    let seen = match scope.reach {
        Reach::Related(person) => {
            let (employer, person) = (scope.employer.uuid(), person.uuid());
            vec![line::below(employer, person), in_owned_programs(employer, person)]
        }
        Reach::All => Vec::new(),
    };
    Walk::through(on, seen, lists.iter().map(|filter| filter.employees.as_ref().map_or(0, Vec::len))).await
}

/// Keeps the person's own of a select that has enrollments under an alias.
pub(super) fn keep_own(select: &mut SelectStatement, alias: &'static str, scope: Scope) {
    if let Reach::Related(person) = scope.reach {
        select.and_where(Expr::col((alias, "employee_id")).eq(person.uuid()));
    }
}

fn in_owned_programs(employer: Uuid, person: Uuid) -> SelectStatement {
    enrollments(employer, Expr::col("program_id").in_subquery(owned(employer, person)))
}

fn enrollments(employer: Uuid, which: SimpleExpr) -> SelectStatement {
    Query::select()
        .column("id")
        .from("enrollment")
        .and_where(Expr::col("employer_id").eq(employer))
        .and_where(which)
        .to_owned()
}

/// The programs that a person owns.
fn owned(employer: Uuid, person: Uuid) -> SelectStatement {
    Query::select()
        .column("id")
        .from("program")
        .and_where(Expr::col("employer_id").eq(employer))
        .and_where(Expr::col("owner_id").eq(person))
        .to_owned()
}
