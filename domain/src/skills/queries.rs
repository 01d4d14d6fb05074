//! What can be asked about skills. Everybody at the employer speaks the same vocabulary; who masters what is for the
//! person, those above them and HR.

mod gaps;
mod records;

pub use gaps::GapAsked;

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use crate::access::{Action, Actor, policy};
use crate::kernel::{Direction, Fault, Page, PageRequest, SkillId};

use super::{Skill, SkillFilter, SkillOrder, Skills};

impl Skills<'_> {
    /// Skills by id.
    pub async fn skills_by_id(self, actor: &Actor, ids: &[SkillId]) -> Result<Vec<Skill>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadCatalog)?;
        self.core.store.reads().skills_by_id(scope, ids).await
    }

    /// The same page of several lists of skills.
    pub async fn skills(
        self,
        actor: &Actor,
        lists: &[SkillFilter],
        order: (SkillOrder, Direction),
        page: &PageRequest,
    ) -> Result<Vec<Page<Skill>>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadCatalog)?;
        self.core.store.reads().skills(scope, lists, order, page).await
    }

    /// How many skills each list has.
    pub async fn count_skills(self, actor: &Actor, lists: &[SkillFilter]) -> Result<Vec<u64>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadCatalog)?;
        self.core.store.reads().count_skills(scope, lists).await
    }
}

/// Each of them once, in an order of their own.
fn distinct<T: Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    all.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Things by what they belong to.
pub(crate) fn grouped<K: Eq + Hash, T>(all: Vec<T>, owner: impl Fn(&T) -> K) -> HashMap<K, Vec<T>> {
    let mut owned = HashMap::<K, Vec<T>>::new();
    for one in all {
        owned.entry(owner(&one)).or_default().push(one);
    }
    owned
}
