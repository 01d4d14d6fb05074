//! Which pairings, and what of them, a relation ties to a person, as SQL.

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Cond, Expr, ExprTrait, Query, SelectStatement, SimpleExpr, UnionType};
use upskill_domain::access::{Reach, Scope};
use upskill_domain::kernel::{Fault, TypedId};
use upskill_domain::mentoring::PairingFilter;
use uuid::Uuid;

use crate::organization::line::{self, Walk};

/// Keeps the pairings that the scope reaches: those of the person on either side, and those of everybody below them.
pub(super) fn keep_pairings(select: &mut SelectStatement, scope: Scope, walk: Walk) {
    let Reach::Related(person) = scope.reach else { return };
    let (employer, person) = (scope.employer.uuid(), person.uuid());
    match walk {
        Walk::Up => {
            let visible = Cond::any()
                .add(Expr::col(("p", "mentored_by_id")).eq(person))
                .add(Expr::col(("p", "mentee_id")).eq(person))
                .add(line::is_below(employer, ("p", "mentee_id"), person));
            select.cond_where(visible)
        }
        Walk::Down => {
            let mut seen = of_pair(employer, person);
            let below = Expr::col("mentee_id").in_subquery(line::below(employer, person));
            seen.union(UnionType::All, pairings(employer, below));
            select.and_where(Expr::col(("p", "id")).in_subquery(seen))
        }
    };
}

/// How lists of pairings are read.
pub(super) async fn walks_through_pairings(
    on: &impl ConnectionTrait,
    scope: Scope,
    lists: &[PairingFilter],
) -> Result<Vec<Walk>, Fault> {
    let seen = match scope.reach {
        Reach::Related(person) => {
            let (employer, person) = (scope.employer.uuid(), person.uuid());
            vec![line::below(employer, person), of_pair(employer, person)]
        }
        Reach::All => Vec::new(),
    };
    Walk::through(on, seen, lists.iter().map(named)).await
}

/// How many people, or things of people, a list names; 0 for a list of everybody's.
pub(super) fn named(filter: &PairingFilter) -> usize {
    let mentors = filter.mentors.as_ref().map(Vec::len);
    let people = filter.mentees.as_ref().or(filter.people.as_ref()).map(Vec::len);
    mentors.or(people).or(filter.enrollments.as_ref().map(Vec::len)).unwrap_or(0)
}

/// Keeps what belongs to the pairings that the person is one of.
pub(super) fn keep_own_of(
    select: &mut SelectStatement,
    (alias, pairing): (&'static str, &'static str),
    scope: Scope,
) {
    if let Reach::Related(person) = scope.reach {
        let own = of_pair(scope.employer.uuid(), person.uuid());
        select.and_where(Expr::col((alias, pairing)).in_subquery(own));
    }
}

/// The pairings of a person, on either side.
fn of_pair(employer: Uuid, person: Uuid) -> SelectStatement {
    let mut both = pairings(employer, Expr::col("mentored_by_id").eq(person));
    both.union(UnionType::All, pairings(employer, Expr::col("mentee_id").eq(person)));
    both
}

fn pairings(employer: Uuid, which: SimpleExpr) -> SelectStatement {
    Query::select()
        .column("id")
        .from("pairing")
        .and_where(Expr::col("employer_id").eq(employer))
        .and_where(which)
        .to_owned()
}
