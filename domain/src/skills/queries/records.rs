//! What can be asked about who masters what.

use chrono::NaiveDate;

use super::{distinct, grouped};
use crate::access::{Action, Actor, policy};
use crate::kernel::{EmployeeId, Fault, Page, PageRequest, SkillRecordId};
use crate::skills::{HeldSkill, SkillRecord, SkillRecordFilter, Skills, held_on};

impl Skills<'_> {
    /// Those of the records that the actor may see.
    pub async fn skill_records_by_id(
        self,
        actor: &Actor,
        ids: &[SkillRecordId],
    ) -> Result<Vec<SkillRecord>, Fault> {
        match policy::scope(actor, Action::ReadSkillRecords) {
            Some(scope) => self.core.store.reads().skill_records_by_id(scope, ids).await,
            None => Ok(Vec::new()),
        }
    }

    /// The same page of several lists of records, as far as the actor may see them, the latest to begin first.
    pub async fn skill_record_pages(
        self,
        actor: &Actor,
        lists: &[SkillRecordFilter],
        page: &PageRequest,
    ) -> Result<Vec<Page<SkillRecord>>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadSkillRecords)?;
        self.core.store.reads().skill_record_pages(scope, lists, page).await
    }

    /// How many records each list has.
    pub async fn count_skill_records(
        self,
        actor: &Actor,
        lists: &[SkillRecordFilter],
    ) -> Result<Vec<u64>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadSkillRecords)?;
        self.core.store.reads().count_skill_records(scope, lists).await
    }

    /// What people hold, each on a day or today, of those whose skills the actor may see (S3).
    pub async fn held_skills(
        self,
        actor: &Actor,
        asked: &[(EmployeeId, Option<NaiveDate>)],
    ) -> Result<Vec<((EmployeeId, Option<NaiveDate>), HeldSkill)>, Fault> {
        let Some(scope) = policy::scope(actor, Action::ReadSkillRecords) else { return Ok(Vec::new()) };
        let today = self.today(actor, asked.iter().map(|(_, day)| *day)).await?;
        let Some(last) = asked.iter().map(|(_, day)| day.unwrap_or(today)).max() else {
            return Ok(Vec::new());
        };
        let people = distinct(asked.iter().map(|(person, _)| *person));
        let records = self.core.store.reads().skill_records_of(scope, &people, last).await?;
        let of_person = grouped(records, |record: &SkillRecord| record.employee);
        let held = asked.iter().flat_map(|(person, day)| {
            let records = of_person.get(person).map(Vec::as_slice).unwrap_or_default();
            let held = held_on(records, day.unwrap_or(today));
            held.into_iter().map(|held| ((*person, *day), held))
        });
        Ok(held.collect())
    }

    /// The day it is at the employer, where somebody asks for today.
    pub(super) async fn today(
        self,
        actor: &Actor,
        mut days: impl Iterator<Item = Option<NaiveDate>> + Send,
    ) -> Result<NaiveDate, Fault> {
        let now = self.core.clock.now();
        if days.all(|day| day.is_some()) {
            return Ok(now.date_naive());
        }
        Ok(self.core.employer(actor).await?.day_of(now))
    }
}
