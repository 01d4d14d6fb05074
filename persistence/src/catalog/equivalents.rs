//! Which courses may stand in for another one, as SQL.

use sea_orm::JoinType;
use sea_orm::sea_query::{Cond, Expr, ExprTrait, Order, Query, SelectStatement};
use upskill_domain::catalog::{Course, CourseStatus, EquivalentSearch, Provider};
use upskill_domain::kernel::{CourseId, TypedId};
use uuid::Uuid;

use super::entity::course_skill;
use crate::row::{self, uuids};

/// Courses with their providers, the cheapest first.
pub(super) fn select(employer: Uuid, search: &EquivalentSearch) -> SelectStatement {
    let mut select = row::select::<Course>("c", employer);
    row::join::<Provider>(&mut select, ("c", "provider_id"), "p");
    select
        .and_where(Expr::col(("c", "id")).in_subquery(teaching_the_same(employer, search.course)))
        .and_where(Expr::col(("c", "id")).ne(search.course.uuid()))
        .and_where(Expr::col(("c", "status")).eq(CourseStatus::Published.name()))
        .and_where(Expr::col(("c", "currency")).eq(search.below.currency().code()))
        .and_where(Expr::col(("c", "price_minor")).lt(search.below.minor()))
        .order_by(("c", "price_minor"), Order::Asc)
        .order_by(("c", "id"), Order::Asc)
        .limit(search.limit);
    if !search.except.is_empty() {
        select.and_where(Expr::col(("c", "id")).is_not_in(uuids(&search.except)));
    }
    select
}

/// The courses that teach as many skills of a course well enough as it teaches. Where the course does not say how well,
/// any level will do; where the other does not, it may be too low.
fn teaching_the_same(employer: Uuid, course: CourseId) -> SelectStatement {
    let same = Cond::all()
        .add(Expr::col(("o", "employer_id")).equals(("s", "employer_id")))
        .add(Expr::col(("o", "skill_id")).equals(("s", "skill_id")))
        .add(Expr::col(("o", "role")).equals(("s", "role")));
    let well_enough = Cond::any()
        .add(Expr::col(("s", "level")).is_null())
        .add(Expr::col(("o", "level")).gte(Expr::col(("s", "level"))));
    let mut all = taught(employer, course);
    all.expr(Expr::cust("COUNT(*)"));
    let mut others = taught(employer, course);
    others
        .column(("o", "course_id"))
        .join_as(JoinType::InnerJoin, course_skill::Entity, "o", same)
        .cond_where(well_enough)
        .group_by_col(("o", "course_id"))
        .and_having(Expr::cust("COUNT(*)").eq(all));
    others
}

/// What a course teaches, as `s`.
fn taught(employer: Uuid, course: CourseId) -> SelectStatement {
    Query::select()
        .from_as(course_skill::Entity, "s")
        .and_where(Expr::col(("s", "employer_id")).eq(employer))
        .and_where(Expr::col(("s", "course_id")).eq(course.uuid()))
        .and_where(Expr::col(("s", "role")).eq("TAUGHT"))
        .to_owned()
}
