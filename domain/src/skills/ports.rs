//! How skills are stored.

mod profiles;

pub use profiles::{JobProfileFilter, JobProfileReads, JobProfileWrites};

use async_trait::async_trait;

use chrono::NaiveDate;

use crate::access::Scope;
use crate::kernel::{Direction, EmployeeId, Fault, Page, PageRequest, SkillId, SkillRecordId};

use super::{Skill, SkillEvidence, SkillKind, SkillOrder, SkillRecord};

/// Writes within one employer's transaction.
#[async_trait]
pub trait SkillWrites: JobProfileWrites + Send {
    /// Skills by id.
    async fn skills(&mut self, ids: &[SkillId]) -> Result<Vec<Skill>, Fault>;
    /// Skills by the key of their name, see [`Skill::key`].
    async fn skills_by_key(&mut self, keys: &[String]) -> Result<Vec<Skill>, Fault>;
    /// Adds skills whose names are not in use; answers with how many those were.
    async fn insert_skills(&mut self, skills: &[Skill]) -> Result<u64, Fault>;
    /// What was recorded of a person in some skills, with the person locked against others who record something.
    async fn lock_skill_records(
        &mut self,
        employee: EmployeeId,
        skills: &[SkillId],
    ) -> Result<Vec<SkillRecord>, Fault>;
    /// Records by id.
    async fn skill_records(&mut self, ids: &[SkillRecordId]) -> Result<Vec<SkillRecord>, Fault>;
    /// Adds records.
    async fn insert_skill_records(&mut self, records: &[SkillRecord]) -> Result<(), Fault>;
}

/// Which skills a reader wants. A list that is not there means "any", an empty one "none".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct SkillFilter {
    /// Of one of these kinds.
    pub kinds: Option<Vec<SkillKind>>,
    /// Filed under one of these areas.
    pub areas: Option<Vec<String>>,
    /// Whose name contains this, without regard to case.
    pub search: Option<String>,
}

/// Which records a reader wants. A list that is not there means "any", an empty one "none".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct SkillRecordFilter {
    /// Of one of these people.
    pub employees: Option<Vec<EmployeeId>>,
    /// Of one of these skills.
    pub skills: Option<Vec<SkillId>>,
    /// Resting on one of these kinds of evidence.
    pub evidence: Option<Vec<SkillEvidence>>,
}

/// Reads of the vocabulary, and of what is known of people: within [`crate::access::Reach::Related`] of the person and of
/// everybody below them.
#[async_trait]
pub trait SkillReads: JobProfileReads + Send + Sync {
    /// Skills by id.
    async fn skills_by_id(&self, scope: Scope, ids: &[SkillId]) -> Result<Vec<Skill>, Fault>;
    /// The same page of several lists of skills.
    async fn skills(
        &self,
        scope: Scope,
        lists: &[SkillFilter],
        order: (SkillOrder, Direction),
        page: &PageRequest,
    ) -> Result<Vec<Page<Skill>>, Fault>;
    /// How many skills each list has.
    async fn count_skills(&self, scope: Scope, lists: &[SkillFilter]) -> Result<Vec<u64>, Fault>;
    /// Records by id.
    async fn skill_records_by_id(
        &self,
        scope: Scope,
        ids: &[SkillRecordId],
    ) -> Result<Vec<SkillRecord>, Fault>;
    /// The same page of several lists of records, the latest to begin first.
    async fn skill_record_pages(
        &self,
        scope: Scope,
        lists: &[SkillRecordFilter],
        page: &PageRequest,
    ) -> Result<Vec<Page<SkillRecord>>, Fault>;
    /// How many records each list has.
    async fn count_skill_records(&self, scope: Scope, lists: &[SkillRecordFilter])
    -> Result<Vec<u64>, Fault>;
    /// Everything that was recorded of people and has begun on a day.
    async fn skill_records_of(
        &self,
        scope: Scope,
        employees: &[EmployeeId],
        day: NaiveDate,
    ) -> Result<Vec<SkillRecord>, Fault>;
}
