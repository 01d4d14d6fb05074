//! Counting again, and replacing what was counted.

use crate::kernel::Fault;
use crate::organization::Employer;
use crate::reports::Reports;
use crate::reports::recount::Recount;

impl Reports<'_> {
    /// Counts an employer's whole journal again and puts the outcome in the place of what was counted. Answers with how many
    /// years of groups there are.
    ///
    /// It is counted aside and replaced in one transaction: whoever reads meanwhile reads what was there before, the worker
    /// goes on, and one that is killed has changed nothing.
    pub async fn rebuild(self, employer: &Employer) -> Result<usize, Fault> {
        let (mut recount, mut claimed) = (Recount::default(), None);
        loop {
            let tail = self.core.store.reads().tail(employer.id).await?.position;
            let mut look = self.core.store.look(employer.id).await?;
            self.recount(&mut *look, employer, &mut recount, tail).await?;
            drop(look);
            let mut tx = self.core.store.begin(employer.id).await?;
            let counted = tx.lock_counted().await?.position;
            if counted > recount.up_to().position && claimed != Some(counted) {
                // The worker has counted more in the meantime, which must not be lost. A place that the journal has not come
                // to by the next time is none.
                claimed = Some(counted);
                continue;
            }
            let up_to = recount.up_to();
            let (people, groups) = recount.into_parts();
            tx.forget_counted().await?;
            tx.save_person_years(&people).await?;
            tx.save_group_years(&groups).await?;
            tx.save_counted(up_to).await?;
            tx.commit().await?;
            return Ok(groups.len());
        }
    }
}
