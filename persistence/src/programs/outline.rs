//! What programs aim at: three lists in one statement.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, SimpleExpr, UnionType};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};
use upskill_domain::kernel::{Fault, ProgramId, TypedId};
use upskill_domain::programs::{Outline, TargetSkill};
use upskill_domain::skills::SkillLevel;
use uuid::Uuid;

use super::entity::{program_course, program_department, program_skill};
use crate::fault::OrFault;
use crate::row::Cells;

/// The outlines of the programs that a select of program ids names.
pub(super) async fn read(
    on: &impl ConnectionTrait,
    employer: Uuid,
    programs: &SelectStatement,
) -> Result<Vec<(ProgramId, Outline)>, Fault> {
    let list = |table: &'static str, number: &'static str, thing: &'static str, level: SimpleExpr| {
        Query::select()
            .column(("l", "program_id"))
            .expr(Expr::cust(number))
            .column(("l", thing))
            .expr(level)
            .from_as(table, "l")
            .and_where(Expr::col(("l", "employer_id")).eq(employer))
            .and_where(Expr::col(("l", "program_id")).in_subquery(programs.clone()))
            .to_owned()
    };
    let mut lists = list("program_skill", "1", "skill_id", Expr::col(("l", "level")));
    lists.union(UnionType::All, list("program_department", "2", "department_id", Expr::cust("0")));
    lists.union(UnionType::All, list("program_course", "3", "course_id", Expr::cust("0")));
    let mut found: HashMap<ProgramId, Outline> = HashMap::new();
    for row in &on.query_all(&lists).await.or_fault()? {
        let mut cells = Cells::of(row);
        let outline = found.entry(cells.id()?).or_default();
        match cells.take::<i32>()? {
            1 => {
                let (skill, level) = (cells.id()?, SkillLevel::new(cells.take()?));
                let level = level.map_err(|error| Fault::inconsistent(error.to_string()))?;
                outline.skills.push(TargetSkill { skill, level });
            }
            2 => outline.departments.push(cells.id()?),
            _ => outline.courses.push(cells.id()?),
        }
    }
    Ok(found.into_iter().map(|(program, outline)| (program, outline.tidy())).collect())
}

/// Replaces the outline of a program.
pub(super) async fn save(
    on: &impl ConnectionTrait,
    employer: Uuid,
    program: ProgramId,
    outline: &Outline,
) -> Result<(), Fault> {
    for table in ["program_skill", "program_department", "program_course"] {
        let delete = Query::delete()
            .from_table(table)
            .and_where(Expr::col("employer_id").eq(employer))
            .and_where(Expr::col("program_id").eq(program.uuid()))
            .to_owned();
        on.execute(&delete).await.or_fault()?;
    }
    let program = program.uuid();
    let skills = outline.skills.iter().map(|target| program_skill::ActiveModel {
        employer_id: Set(employer),
        program_id: Set(program),
        skill_id: Set(target.skill.uuid()),
        level: Set(target.level.number()),
    });
    program_skill::Entity::insert_many(skills).exec_without_returning(on).await.or_fault()?;
    let departments = outline.departments.iter().map(|department| program_department::ActiveModel {
        employer_id: Set(employer),
        program_id: Set(program),
        department_id: Set(department.uuid()),
    });
    program_department::Entity::insert_many(departments).exec_without_returning(on).await.or_fault()?;
    let courses = outline.courses.iter().map(|course| program_course::ActiveModel {
        employer_id: Set(employer),
        program_id: Set(program),
        course_id: Set(course.uuid()),
    });
    program_course::Entity::insert_many(courses).exec_without_returning(on).await.or_fault().map(|_| ())
}
