//! Counting again.

use std::collections::BTreeSet;

use crate::kernel::Fault;
use crate::organization::Employer;
use crate::reports::commands::facts;
use crate::reports::fold::Fold;
use crate::reports::happening::happenings;
use crate::reports::verify::{begun, compare};
use crate::reports::{Group, PersonYear, ReportBreak, Reports};

/// Entries that are counted again at a time.
const BATCH: u32 = 1_000;

impl Reports<'_> {
    /// Counts an employer's journal again, up to where it was counted, and answers with how many groups' years there are,
    /// or the first that comes out otherwise. Where people and courses count in a year is taken as it was decided then.
    pub async fn verify(self, employer: &Employer) -> Result<Result<u64, ReportBreak>, Fault> {
        let mut tx = self.core.store.look(employer.id).await?;
        let up_to = self.core.store.reads().counted(employer.id).await?.position;
        let stored = tx.all_group_years().await?;
        let courses = stored.iter().filter(|year| matches!(year.group, Group::Course(_)));
        let mut fold = Fold::of(Vec::new(), courses.map(begun).collect());
        let mut position = 0;
        loop {
            let mut entries = self.core.store.reads().chain(employer.id, position, BATCH).await?;
            entries.retain(|entry| entry.seal.position <= up_to);
            let Some(last) = entries.last() else { break };
            position = last.seal.position;
            let facts = facts(&mut *tx, employer, &happenings(&entries)?).await?;
            let people: BTreeSet<_> = facts.iter().map(|fact| (fact.year, fact.learned.employee)).collect();
            let people = tx.person_years(&Vec::from_iter(people)).await?;
            fold.settle(people.into_iter().map(|person| PersonYear { months: Vec::new(), ..person }));
            for fact in &facts {
                fold.add(fact);
            }
        }
        let (_, counted) = fold.into_parts();
        Ok(compare(stored, counted, up_to))
    }
}
