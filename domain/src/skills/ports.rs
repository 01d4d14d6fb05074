//! How skills are stored.

use async_trait::async_trait;

use crate::access::Scope;
use crate::kernel::{Direction, Fault, Page, PageRequest, SkillId};

use super::{Skill, SkillKind, SkillOrder};

/// Writes within one employer's transaction.
#[async_trait]
pub trait SkillWrites: Send {
    /// Skills by id.
    async fn skills(&mut self, ids: &[SkillId]) -> Result<Vec<Skill>, Fault>;
    /// Skills by the key of their name, see [`Skill::key`].
    async fn skills_by_key(&mut self, keys: &[String]) -> Result<Vec<Skill>, Fault>;
    /// Adds skills whose names are not in use; answers with how many those were.
    async fn insert_skills(&mut self, skills: &[Skill]) -> Result<u64, Fault>;
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

/// Reads of the vocabulary.
#[async_trait]
pub trait SkillReads: Send + Sync {
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
}
