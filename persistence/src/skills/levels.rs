//! Who masters what: from rows to records, and back; and whose records somebody may see.

use sea_orm::ActiveValue::Set;
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use upskill_domain::access::{Reach, Scope};
use upskill_domain::kernel::{Fault, TypedId, WebAddress};
use upskill_domain::skills::{SkillEvidence, SkillLevel, SkillRecord, SkillRecordFilter};
use uuid::Uuid;

use super::entity::skill_record;
use crate::organization::line::{self, Walk};
use crate::row::{self, Cells, Record, uuids};

impl Record for SkillRecord {
    type Entity = skill_record::Entity;
    const COLUMNS: &'static [skill_record::Column] = {
        use skill_record::Column as C;
        &[
            C::Id,
            C::EmployeeId,
            C::SkillId,
            C::Level,
            C::Evidence,
            C::FromOn,
            C::UntilOn,
            C::EnrollmentId,
            C::Url,
            C::Note,
            C::ById,
            C::At,
        ]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            employee: cells.id()?,
            skill: cells.id()?,
            level: cells.take::<Option<i32>>()?.map(level).transpose()?,
            evidence: cells.word(SkillEvidence::named)?,
            from_on: cells.take()?,
            until_on: cells.take()?,
            enrollment: cells.id_or_none()?,
            link: cells.read_or_none(WebAddress::parse)?,
            note: cells.take()?,
            by: cells.id_or_none()?,
            at: cells.take()?,
        })
    }
}

fn level(number: i32) -> Result<SkillLevel, Fault> {
    SkillLevel::new(number).map_err(|error| Fault::inconsistent(error.to_string()))
}

pub(super) fn skill_record_row(employer: Uuid, record: &SkillRecord) -> skill_record::ActiveModel {
    skill_record::ActiveModel {
        employer_id: Set(employer),
        id: Set(record.id.uuid()),
        employee_id: Set(record.employee.uuid()),
        skill_id: Set(record.skill.uuid()),
        level: Set(record.level.map(SkillLevel::number)),
        evidence: Set(record.evidence.name().to_owned()),
        from_on: Set(record.from_on),
        until_on: Set(record.until_on),
        enrollment_id: Set(record.enrollment.map(TypedId::uuid)),
        url: Set(record.link.as_ref().map(ToString::to_string)),
        note: Set(record.note.clone()),
        by_id: Set(record.by.map(TypedId::uuid)),
        at: Set(record.at),
    }
}

/// Records within the scope: the person's own, and those of everybody below them.
pub(super) fn skill_records(scope: Scope, walk: Walk) -> SelectStatement {
    let employer = scope.employer.uuid();
    let mut select = row::select::<SkillRecord>("r", employer);
    if let Reach::Related(person) = scope.reach {
        let person = person.uuid();
        select.and_where(match walk {
            Walk::Up => {
                let own = Expr::col(("r", "employee_id")).eq(person);
                own.or(line::is_below(employer, ("r", "employee_id"), person))
            }
            Walk::Down => Expr::col(("r", "employee_id")).in_subquery(with_those_below(employer, person)),
        });
    }
    select
}

/// The records within the scope that a filter leaves.
pub(super) fn filtered(scope: Scope, filter: &SkillRecordFilter, walk: Walk) -> SelectStatement {
    let mut select = skill_records(scope, walk);
    if let Some(employees) = &filter.employees {
        select.and_where(Expr::col(("r", "employee_id")).is_in(uuids(employees)));
    }
    if let Some(skills) = &filter.skills {
        select.and_where(Expr::col(("r", "skill_id")).is_in(uuids(skills)));
    }
    if let Some(evidence) = &filter.evidence {
        let names = evidence.iter().map(|evidence| evidence.name());
        select.and_where(Expr::col(("r", "evidence")).is_in(names));
    }
    select
}

/// How lists of records are read.
pub(super) async fn walks(
    on: &impl ConnectionTrait,
    scope: Scope,
    lists: &[SkillRecordFilter],
) -> Result<Vec<Walk>, Fault> {
    let seen = match scope.reach {
        Reach::Related(person) => vec![seen(scope.employer.uuid(), person.uuid())],
        Reach::All => Vec::new(),
    };
    Walk::through(on, seen, lists.iter().map(|filter| filter.employees.as_ref().map_or(0, Vec::len))).await
}

/// The records of a person and of everybody below them.
fn seen(employer: Uuid, person: Uuid) -> SelectStatement {
    Query::select()
        .column("id")
        .from("skill_record")
        .and_where(Expr::col("employer_id").eq(employer))
        .and_where(Expr::col("employee_id").in_subquery(with_those_below(employer, person)))
        .to_owned()
}

fn with_those_below(employer: Uuid, person: Uuid) -> SelectStatement {
    line::down_from(employer, line::people(employer, Expr::col("id").eq(person)))
}
