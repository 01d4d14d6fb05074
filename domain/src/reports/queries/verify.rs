//! Comparing what was counted with the journal.

use std::collections::BTreeSet;

use crate::kernel::Fault;
use crate::organization::Employer;
use crate::reports::commands::facts;
use crate::reports::happening::happenings;
use crate::reports::recount::Recount;
use crate::reports::verify::compare;
use crate::reports::{CountedUpTo, Group, ReportBreak, Reports};
use crate::store::UnitOfWork;

/// Entries that are counted again at a time.
const BATCH: u32 = 1_000;

impl Reports<'_> {
    /// Counts an employer's journal again, up to where it was counted, and answers with how many groups' years there are,
    /// or the first that comes out otherwise.
    pub async fn verify(self, employer: &Employer) -> Result<Result<u64, ReportBreak>, Fault> {
        let mut look = self.core.store.look(employer.id).await?;
        let up_to = look.counted_up_to().await?.position;
        let stored = look.all_group_years().await?;
        let mut recount = Recount::default();
        self.recount(&mut *look, employer, &mut recount, up_to).await?;
        let (_, counted) = recount.into_parts();
        Ok(compare(stored, counted, up_to))
    }

    /// Counts on, up to a position that was reached before the look began.
    pub(in crate::reports) async fn recount(
        self,
        look: &mut dyn UnitOfWork,
        employer: &Employer,
        recount: &mut Recount,
        up_to: i64,
    ) -> Result<(), Fault> {
        loop {
            let after = recount.up_to().position;
            let mut entries = self.core.store.reads().chain(employer.id, after, BATCH).await?;
            entries.retain(|entry| entry.seal.position <= up_to);
            let Some(last) = entries.last() else { return Ok(()) };
            let reached = CountedUpTo { position: last.seal.position, at: Some(last.entry.at) };
            let facts = facts(look, employer, &happenings(&entries)?).await?;
            let people: BTreeSet<_> = facts.iter().map(|fact| (fact.year, fact.learned.employee)).collect();
            let people = look.person_years(&Vec::from_iter(people)).await?;
            let courses = facts.iter().map(|fact| (fact.year, Group::Course(fact.learned.course)));
            let courses: BTreeSet<_> = courses.collect();
            let courses = look.group_years(&Vec::from_iter(courses)).await?;
            recount.add(&facts, (people, courses), reached);
        }
    }
}
