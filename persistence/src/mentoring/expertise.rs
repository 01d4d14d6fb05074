//! In what mentors help: two lists in one statement.

use std::collections::BTreeMap;

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, SimpleExpr, UnionType};
use upskill_domain::kernel::{Fault, LanguageTag, MentorId, TypedId};
use upskill_domain::mentoring::{Expertise, MentoredSkill};
use upskill_domain::skills::SkillLevel;
use uuid::Uuid;

use crate::fault::OrFault;
use crate::row::{Cells, uuids};

/// In what these mentors help.
pub(super) async fn read(
    on: &impl ConnectionTrait,
    employer: Uuid,
    mentors: &[MentorId],
) -> Result<Vec<(MentorId, Expertise)>, Fault> {
    let list = |table: &'static str, [skill, level, language]: [SimpleExpr; 3]| -> SelectStatement {
        Query::select()
            .column(("l", "mentor_id"))
            .expr(skill)
            .expr(level)
            .expr(language)
            .from_as(table, "l")
            .and_where(Expr::col(("l", "employer_id")).eq(employer))
            .and_where(Expr::col(("l", "mentor_id")).is_in(uuids(mentors)))
            .to_owned()
    };
    let column = |name: &'static str| -> SimpleExpr { Expr::col(("l", name)) };
    let nothing = || -> SimpleExpr { Expr::cust("NULL") };
    let mut lists = list("mentor_skill", [column("skill_id"), column("level"), nothing()]);
    lists.union(UnionType::All, list("mentor_language", [nothing(), Expr::cust("0"), column("language")]));
    let mut found: BTreeMap<MentorId, Expertise> = BTreeMap::new();
    for row in &on.query_all(&lists).await.or_fault()? {
        let mut cells = Cells::of(row);
        let expertise = found.entry(cells.id()?).or_default();
        let (skill, level) = (cells.id_or_none()?, cells.take::<i32>()?);
        if let Some(skill) = skill {
            let level = SkillLevel::new(level).map_err(|error| Fault::inconsistent(error.to_string()))?;
            expertise.skills.push(MentoredSkill { skill, level });
        }
        expertise.languages.extend(cells.read_or_none(LanguageTag::parse)?);
    }
    for expertise in found.values_mut() {
        expertise.skills.sort_by_key(|mentored| mentored.skill);
        expertise.languages.sort();
    }
    Ok(found.into_iter().collect())
}

/// Replaces in what a mentor helps.
pub(super) async fn save(
    on: &impl ConnectionTrait,
    employer: Uuid,
    mentor: MentorId,
    expertise: &Expertise,
) -> Result<(), Fault> {
    let mentor = mentor.uuid();
    for table in ["mentor_skill", "mentor_language"] {
        let delete = Query::delete()
            .from_table(table)
            .and_where(Expr::col("employer_id").eq(employer))
            .and_where(Expr::col("mentor_id").eq(mentor))
            .to_owned();
        on.execute(&delete).await.or_fault()?;
    }
    let mut skills = Query::insert();
    skills.into_table("mentor_skill").columns(["employer_id", "mentor_id", "skill_id", "level"]);
    for MentoredSkill { skill, level } in &expertise.skills {
        skills.values_panic([employer.into(), mentor.into(), skill.uuid().into(), level.number().into()]);
    }
    on.execute(&skills).await.or_fault()?;
    let mut languages = Query::insert();
    languages.into_table("mentor_language").columns(["employer_id", "mentor_id", "language"]);
    for language in &expertise.languages {
        languages.values_panic([employer.into(), mentor.into(), language.as_str().into()]);
    }
    on.execute(&languages).await.or_fault().map(|_| ())
}
