//! Writing skills.

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, LockType};
use sea_orm::{ConnectionTrait, EntityTrait, Iterable};
use upskill_domain::kernel::{EmployeeId, Fault, SkillId, SkillRecordId, TypedId};
use upskill_domain::skills::{Skill, SkillRecord, SkillWrites};

use super::entity::{skill, skill_record};
use super::levels::skill_record_row;
use super::records::skill_row;
use crate::dialect::CHUNK_CELLS;
use crate::fault::OrFault;
use crate::organization::line;
use crate::row::{self, unless_taken, uuids};
use crate::store::Tx;

#[async_trait]
impl SkillWrites for Tx {
    async fn skills(&mut self, ids: &[SkillId]) -> Result<Vec<Skill>, Fault> {
        let mut select = row::select::<Skill>("s", self.tenant());
        select.and_where(Expr::col(("s", "id")).is_in(uuids(ids)));
        row::all(&self.tx, &select).await
    }

    async fn skills_by_key(&mut self, keys: &[String]) -> Result<Vec<Skill>, Fault> {
        let mut found = Vec::new();
        for chunk in keys.chunks(CHUNK_CELLS) {
            let mut select = row::select::<Skill>("s", self.tenant());
            select.and_where(Expr::col(("s", "name_key")).is_in(chunk.iter().cloned()));
            found.extend(row::all::<Skill>(&self.tx, &select).await?);
        }
        Ok(found)
    }

    async fn insert_skills(&mut self, skills: &[Skill]) -> Result<u64, Fault> {
        let mut inserted = 0;
        for chunk in skills.chunks(CHUNK_CELLS / skill::Column::iter().count()) {
            let rows = chunk.iter().map(|skill| skill_row(self.tenant(), skill));
            inserted += skill::Entity::insert_many(rows)
                .on_conflict(unless_taken("name_key"))
                .exec_without_returning(&self.tx)
                .await
                .or_fault()?;
        }
        Ok(inserted)
    }

    async fn lock_skill_records(
        &mut self,
        employee: EmployeeId,
        skills: &[SkillId],
    ) -> Result<Vec<SkillRecord>, Fault> {
        let mut person = line::people(self.tenant(), Expr::col("id").eq(employee.uuid()));
        self.tx.query_one(person.lock(LockType::NoKeyUpdate)).await.or_fault()?;
        let mut select = row::select::<SkillRecord>("r", self.tenant());
        select
            .and_where(Expr::col(("r", "employee_id")).eq(employee.uuid()))
            .and_where(Expr::col(("r", "skill_id")).is_in(uuids(skills)));
        row::all(&self.tx, &select).await
    }

    async fn skill_records(&mut self, ids: &[SkillRecordId]) -> Result<Vec<SkillRecord>, Fault> {
        let mut select = row::select::<SkillRecord>("r", self.tenant());
        select.and_where(Expr::col(("r", "id")).is_in(uuids(ids)));
        row::all(&self.tx, &select).await
    }

    async fn insert_skill_records(&mut self, records: &[SkillRecord]) -> Result<(), Fault> {
        for chunk in records.chunks(CHUNK_CELLS / skill_record::Column::iter().count()) {
            let rows = chunk.iter().map(|record| skill_record_row(self.tenant(), record));
            skill_record::Entity::insert_many(rows).exec_without_returning(&self.tx).await.or_fault()?;
        }
        Ok(())
    }
}
