//! Writing skills.

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{EntityTrait, Iterable};
use upskill_domain::kernel::{Fault, SkillId};
use upskill_domain::skills::{Skill, SkillWrites};

use super::entity::skill;
use super::records::skill_row;
use crate::dialect::CHUNK_CELLS;
use crate::fault::OrFault;
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
}
