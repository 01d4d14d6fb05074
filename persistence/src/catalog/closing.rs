//! Which courses teach what at a level, as SQL.

use std::collections::BTreeMap;

use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, JoinType};
use upskill_domain::catalog::{CourseStatus, TeachingCourse};
use upskill_domain::kernel::{CourseId, Fault, SkillId};
use upskill_domain::skills::{SkillLevel, SkillNeed};
use uuid::Uuid;

use super::entity::{course, course_skill};
use super::records::{duration, price};
use crate::fault::OrFault;
use crate::row::{Cells, named_by, uuids};

/// The published courses that teach some skills at a level, with those of these skills that they teach.
pub(super) async fn read(
    on: &impl ConnectionTrait,
    employer: Uuid,
    skills: &[SkillId],
) -> Result<Vec<TeachingCourse>, Fault> {
    let mut found = BTreeMap::<CourseId, TeachingCourse>::new();
    for row in &on.query_all(&select(employer, skills)).await.or_fault()? {
        let mut cells = Cells::of(row);
        let id: CourseId = cells.id()?;
        let (code, price, duration) = (cells.take()?, price(&mut cells)?, duration(&mut cells)?);
        let course = TeachingCourse { id, code, price, duration, teaches: Vec::new() };
        let skill = cells.id()?;
        let level = cells.made(SkillLevel::new)?;
        found.entry(id).or_insert(course).teaches.push(SkillNeed { skill, level });
    }
    Ok(found.into_values().collect())
}

fn select(employer: Uuid, skills: &[SkillId]) -> SelectStatement {
    Query::select()
        .columns([("c", "id"), ("c", "code"), ("c", "price_minor"), ("c", "currency")])
        .columns([("c", "weeks_min"), ("c", "weeks_max"), ("l", "skill_id"), ("l", "level")])
        .from_as(course_skill::Entity, "l")
        .join_as(JoinType::InnerJoin, course::Entity, "c", named_by("c", ("l", "course_id")))
        .and_where(Expr::col(("l", "employer_id")).eq(employer))
        .and_where(Expr::col(("l", "role")).eq("TAUGHT"))
        .and_where(Expr::col(("l", "skill_id")).is_in(uuids(skills)))
        .and_where(Expr::col(("l", "level")).is_not_null())
        .and_where(Expr::col(("c", "status")).eq(CourseStatus::Published.name()))
        .order_by(("c", "id"), Order::Asc)
        .order_by(("l", "skill_id"), Order::Asc)
        .to_owned()
}
