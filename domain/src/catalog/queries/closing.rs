//! What can be asked about closing gaps.

use crate::access::{Action, Actor, policy};
use crate::catalog::closing::close;
use crate::catalog::{Catalog, ClosingGoal, GapClosing};
use crate::kernel::Fault;
use crate::skills::SkillNeed;

/// A gap to close.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClosingAsked {
    /// What is missing.
    pub needs: Vec<SkillNeed>,
    /// By what courses are chosen.
    pub goal: ClosingGoal,
}

impl Catalog<'_> {
    /// Which published courses close gaps, and what they take (S4).
    pub async fn gap_closings(
        self,
        actor: &Actor,
        asked: &[ClosingAsked],
    ) -> Result<Vec<(ClosingAsked, GapClosing)>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadCatalog)?;
        let mut skills: Vec<_> = asked.iter().flat_map(|asked| &asked.needs).map(|need| need.skill).collect();
        skills.sort_unstable();
        skills.dedup();
        let reads = self.core.store.reads();
        let employer = self.core.employer(actor).await?;
        let courses =
            if skills.is_empty() { Vec::new() } else { reads.teaching_courses(scope, &skills).await? };
        let closing = |asked: &ClosingAsked| {
            (asked.clone(), close(&asked.needs, &courses, (asked.goal, employer.currency)))
        };
        Ok(asked.iter().map(closing).collect())
    }
}
