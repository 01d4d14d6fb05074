//! What courses teach and expect: three lists in one statement.

use std::collections::HashMap;

use sea_orm::sea_query::{Cond, Expr, ExprTrait, Query, SelectStatement, UnionType};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, JoinType};
use upskill_domain::catalog::{Course, SkillAtLevel, Syllabus, TaughtSkill};
use upskill_domain::kernel::{CourseId, Fault, TypedId};
use upskill_domain::skills::SkillLevel;
use uuid::Uuid;

use super::entity::{course_requirement, course_skill};
use crate::dialect::CHUNK_CELLS;
use crate::fault::OrFault;
use crate::row::Cells;

const TAUGHT: &str = "TAUGHT";
const REQUIRED: &str = "REQUIRED";

/// Bind values of one row of either table, at most.
const LINK_CELLS: usize = 5;

/// The syllabi of the courses that a select of course ids names.
pub(super) async fn read(
    on: &impl ConnectionTrait,
    employer: Uuid,
    courses: SelectStatement,
) -> Result<Vec<(CourseId, Syllabus)>, Fault> {
    let mut lists = skills(employer, courses.clone());
    lists.union(UnionType::All, requirements(employer, courses));
    let mut found: HashMap<CourseId, Syllabus> = HashMap::new();
    for row in &on.query_all(&lists).await.or_fault()? {
        let mut cells = Cells::of(row);
        let syllabus = found.entry(cells.id()?).or_default();
        let (role, thing): (String, Uuid) = (cells.take()?, cells.take()?);
        let level: i32 = cells.take()?;
        let level = if level == 0 { None } else { Some(level_of(level)?) };
        match role.as_str() {
            TAUGHT => {
                let (skill, name) = (TypedId::from_uuid(thing), cells.take()?);
                syllabus.skills.push(TaughtSkill { skill, name, level });
            }
            REQUIRED => {
                let skill = TypedId::from_uuid(thing);
                syllabus.prerequisites.skills.push(SkillAtLevel { skill, level });
            }
            _ => syllabus.prerequisites.courses.push(TypedId::from_uuid(thing)),
        }
    }
    let sorted = found.into_iter().map(|(course, mut syllabus)| {
        syllabus.sort();
        (course, syllabus)
    });
    Ok(sorted.collect())
}

fn level_of(level: i32) -> Result<SkillLevel, Fault> {
    SkillLevel::new(level).map_err(|error| Fault::inconsistent(error.to_string()))
}

/// Skills that are taught or required. A level that is not given reads as 0, so that both lists have the same columns.
fn skills(employer: Uuid, courses: SelectStatement) -> SelectStatement {
    let same = Expr::col(("s", "employer_id"))
        .equals(("l", "employer_id"))
        .and(Expr::col(("s", "id")).equals(("l", "skill_id")));
    Query::select()
        .columns([("l", "course_id"), ("l", "role"), ("l", "skill_id")])
        .expr(Expr::col(("l", "level")).if_null(Expr::cust("0")))
        .column(("s", "name"))
        .from_as(course_skill::Entity, "l")
        .join_as(JoinType::InnerJoin, "skill", "s", Cond::all().add(same))
        .and_where(Expr::col(("l", "employer_id")).eq(employer))
        .and_where(Expr::col(("l", "course_id")).in_subquery(courses))
        .to_owned()
}

fn requirements(employer: Uuid, courses: SelectStatement) -> SelectStatement {
    Query::select()
        .column(("l", "course_id"))
        .expr(Expr::cust("'COURSE'"))
        .column(("l", "required_id"))
        .exprs([Expr::cust("0"), Expr::cust("''")])
        .from_as(course_requirement::Entity, "l")
        .and_where(Expr::col(("l", "employer_id")).eq(employer))
        .and_where(Expr::col(("l", "course_id")).in_subquery(courses))
        .to_owned()
}

/// Removes what is stored of courses' syllabi.
pub(super) async fn clear(
    on: &impl ConnectionTrait,
    employer: Uuid,
    courses: &[(Course, Syllabus)],
) -> Result<(), Fault> {
    for chunk in courses.chunks(CHUNK_CELLS) {
        for table in ["course_skill", "course_requirement"] {
            let ids = chunk.iter().map(|(course, _)| course.id.uuid());
            let delete = Query::delete()
                .from_table(table)
                .and_where(Expr::col("employer_id").eq(employer))
                .and_where(Expr::col("course_id").is_in(ids))
                .to_owned();
            on.execute(&delete).await.or_fault()?;
        }
    }
    Ok(())
}

/// Stores courses' syllabi where none are stored.
pub(super) async fn insert(
    on: &impl ConnectionTrait,
    employer: Uuid,
    courses: &[(Course, Syllabus)],
) -> Result<(), Fault> {
    let skills: Vec<_> =
        courses.iter().flat_map(|(course, syllabus)| skill_rows(employer, course, syllabus)).collect();
    for chunk in skills.chunks(CHUNK_CELLS / LINK_CELLS) {
        course_skill::Entity::insert_many(chunk.to_vec()).exec_without_returning(on).await.or_fault()?;
    }
    let required = courses.iter().flat_map(|(course, syllabus)| {
        syllabus.prerequisites.courses.iter().map(|required| course_requirement::ActiveModel {
            employer_id: Set(employer),
            course_id: Set(course.id.uuid()),
            required_id: Set(required.uuid()),
        })
    });
    let required: Vec<_> = required.collect();
    for chunk in required.chunks(CHUNK_CELLS / LINK_CELLS) {
        course_requirement::Entity::insert_many(chunk.to_vec())
            .exec_without_returning(on)
            .await
            .or_fault()?;
    }
    Ok(())
}

fn skill_rows(employer: Uuid, course: &Course, syllabus: &Syllabus) -> Vec<course_skill::ActiveModel> {
    let row = |role: &str, skill: Uuid, level: Option<SkillLevel>| course_skill::ActiveModel {
        employer_id: Set(employer),
        course_id: Set(course.id.uuid()),
        role: Set(role.to_owned()),
        skill_id: Set(skill),
        level: Set(level.map(SkillLevel::number)),
    };
    let taught = syllabus.skills.iter().map(|taught| row(TAUGHT, taught.skill.uuid(), taught.level));
    let required = &syllabus.prerequisites.skills;
    taught
        .chain(required.iter().map(|required| row(REQUIRED, required.skill.uuid(), required.level)))
        .collect()
}
