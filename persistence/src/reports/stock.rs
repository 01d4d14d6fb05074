//! The stock of skills: what it is taken from, and what it tells.

use std::collections::BTreeMap;

use async_trait::async_trait;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, OnConflict, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, EntityTrait, Iterable};
use upskill_domain::access::Scope;
use upskill_domain::kernel::{DepartmentId, EmployeeId, EmployerId, Fault, ProgramId, Suppression, TypedId};
use upskill_domain::organization::EmploymentStatus;
use upskill_domain::programs::{ParticipantStatus, ProgramStatus};
use upskill_domain::reports::{SkillsOf, StockReads, StockTaken, StockWrites, ToldSkills};
use upskill_domain::skills::{SkillLevel, SkillNeed};
use uuid::Uuid;

use super::entity::{skills_stock, skills_told};
use crate::dialect::CHUNK_CELLS;
use crate::fault::OrFault;
use crate::row::{self, Cells, Record, any_of, document, named_by, uuids};
use crate::store::{Db, Tx};

const KINDS: [&str; 3] = ["EMPLOYER", "DEPARTMENT", "PROGRAM"];

/// The word and the id under which something is told.
fn key(of: SkillsOf) -> (&'static str, Uuid) {
    let [employer, department, program] = KINDS;
    match of {
        SkillsOf::Employer => (employer, Uuid::nil()),
        SkillsOf::Department(id) => (department, id.uuid()),
        SkillsOf::Program(id) => (program, id.uuid()),
    }
}

impl Record for ToldSkills {
    type Entity = skills_told::Entity;
    const COLUMNS: &'static [skills_told::Column] = {
        use skills_told::Column as C;
        &[C::Kind, C::SubjectId, C::Suppressed, C::Partial, C::Shortages]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        let kind = cells.word(|kind| KINDS.into_iter().find(|known| *known == kind))?;
        let id: Uuid = cells.take()?;
        let of = match kind {
            "DEPARTMENT" => SkillsOf::Department(TypedId::from_uuid(id)),
            "PROGRAM" => SkillsOf::Program(TypedId::from_uuid(id)),
            _ => SkillsOf::Employer,
        };
        let suppressed = cells.word_or_none(Suppression::named)?;
        let partial = cells.take()?;
        let shortages = cells.read_or_none(|text| serde_json::from_str(text))?;
        Ok(Self { of, shortages: suppressed.map_or(Ok(shortages.unwrap_or_default()), Err), partial })
    }
}

fn told_row(employer: Uuid, told: &ToldSkills) -> Result<skills_told::ActiveModel, Fault> {
    let (kind, subject) = key(told.of);
    Ok(skills_told::ActiveModel {
        employer_id: Set(employer),
        kind: Set(kind.to_owned()),
        subject_id: Set(subject),
        suppressed: Set(told.shortages.as_ref().err().map(|why| why.name().to_owned())),
        partial: Set(told.partial),
        shortages: Set(told.shortages.as_ref().ok().map(document).transpose()?),
    })
}

fn stock(employer: Uuid) -> SelectStatement {
    Query::select()
        .columns(["taken_on", "taken_at", "minimum"])
        .from(skills_stock::Entity)
        .and_where(Expr::col("employer_id").eq(employer))
        .to_owned()
}

fn taken(cells: &mut Cells<'_>) -> Result<StockTaken, Fault> {
    Ok(StockTaken { on: cells.take()?, at: cells.take()?, minimum: cells.made(u32::try_from)? })
}

#[async_trait]
impl StockWrites for Tx {
    async fn save_stock(&mut self, taken: StockTaken, told: &[ToldSkills]) -> Result<(), Fault> {
        let employer = self.tenant();
        let row = skills_stock::ActiveModel {
            employer_id: Set(employer),
            taken_on: Set(taken.on),
            taken_at: Set(taken.at),
            minimum: Set(i32::try_from(taken.minimum).unwrap_or(i32::MAX)),
        };
        // The row comes first: whoever writes the same employer's stock at the same time waits for it here.
        let mut replace = OnConflict::column("employer_id");
        let replace = replace.update_columns(["taken_on", "taken_at", "minimum"]).to_owned();
        let insert = skills_stock::Entity::insert(row).on_conflict(replace);
        insert.exec_without_returning(&self.tx).await.or_fault()?;
        let before = Query::delete()
            .from_table(skills_told::Entity)
            .and_where(Expr::col("employer_id").eq(employer))
            .to_owned();
        self.tx.execute(&before).await.or_fault()?;
        for chunk in told.chunks(CHUNK_CELLS / skills_told::Column::iter().count()) {
            let rows: Vec<_> = chunk.iter().map(|told| told_row(employer, told)).collect::<Result<_, _>>()?;
            skills_told::Entity::insert_many(rows).exec_without_returning(&self.tx).await.or_fault()?;
        }
        Ok(())
    }
}

#[async_trait]
impl StockReads for Db {
    async fn stock_taken(&self, employer: EmployerId) -> Result<Option<StockTaken>, Fault> {
        row::one_as(&self.pool, &stock(employer.uuid()), taken).await
    }

    async fn some_employees(
        &self,
        employer: EmployerId,
        after: Option<EmployeeId>,
        limit: u32,
    ) -> Result<Vec<(EmployeeId, Option<DepartmentId>)>, Fault> {
        let mut select = Query::select()
            .columns(["id", "department_id"])
            .from("employee")
            .and_where(Expr::col("employer_id").eq(employer.uuid()))
            .and_where(Expr::col("status").ne(EmploymentStatus::Left.name()))
            .order_by("id", Order::Asc)
            .limit(u64::from(limit))
            .to_owned();
        if let Some(after) = after {
            select.and_where(Expr::col("id").gt(after.uuid()));
        }
        row::all_as(&self.pool, &select, |cells| Ok((cells.id()?, cells.id_or_none()?))).await
    }

    async fn programs_of(
        &self,
        employer: EmployerId,
        people: &[EmployeeId],
    ) -> Result<Vec<(EmployeeId, ProgramId)>, Fault> {
        let part = [ParticipantStatus::Joined, ParticipantStatus::Completed];
        let select = Query::select()
            .columns(["employee_id", "program_id"])
            .from("participant")
            .and_where(Expr::col("employer_id").eq(employer.uuid()))
            .and_where(Expr::col("employee_id").is_in(uuids(people)))
            .and_where(Expr::col("status").is_in(part.map(ParticipantStatus::name)))
            .to_owned();
        row::all_as(&self.pool, &select, |cells| Ok((cells.id()?, cells.id()?))).await
    }

    async fn program_targets(&self, employer: EmployerId) -> Result<Vec<(ProgramId, Vec<SkillNeed>)>, Fault> {
        let select = Query::select()
            .columns([("t", "program_id"), ("t", "skill_id"), ("t", "level")])
            .from_as("program_skill", "t")
            .join_as(JoinType::InnerJoin, "program", "p", named_by("p", ("t", "program_id")))
            .and_where(Expr::col(("t", "employer_id")).eq(employer.uuid()))
            .and_where(Expr::col(("p", "status")).ne(ProgramStatus::Draft.name()))
            .order_by(("t", "skill_id"), Order::Asc)
            .to_owned();
        let target = |cells: &mut Cells<'_>| {
            let (program, skill) = (cells.id::<ProgramId>()?, cells.id()?);
            Ok((program, SkillNeed { skill, level: cells.made(SkillLevel::new)? }))
        };
        let mut targets = BTreeMap::<ProgramId, Vec<SkillNeed>>::new();
        for (program, need) in row::all_as(&self.pool, &select, target).await? {
            targets.entry(program).or_default().push(need);
        }
        Ok(targets.into_iter().collect())
    }

    async fn told_skills(&self, scope: Scope, of: &[SkillsOf]) -> Result<Vec<ToldSkills>, Fault> {
        let mut ids = BTreeMap::<&str, Vec<Uuid>>::new();
        for (kind, id) in of.iter().copied().map(key) {
            ids.entry(kind).or_default().push(id);
        }
        let these = ids.into_iter().map(|(kind, ids)| {
            Expr::col(("t", "kind")).eq(kind).and(Expr::col(("t", "subject_id")).is_in(ids))
        });
        let mut select = row::select::<ToldSkills>("t", scope.employer.uuid());
        select.and_where(any_of(these));
        row::all(&self.pool, &select).await
    }
}
