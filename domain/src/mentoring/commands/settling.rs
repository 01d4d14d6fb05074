//! What becomes of pairings by themselves.

use crate::access::Actor;
use crate::kernel::{Fault, PairingId};
use crate::mentoring::{Mentoring, MentoringEvent, PairingStatus};
use crate::organization::Employer;

use super::Moment;

/// What settling an employer's pairings did.
#[derive(Debug, Default)]
pub struct SettledPairings {
    /// Proposals that expired.
    pub expired: u64,
    /// Pairings that ended because one of the two has left.
    pub ended: u64,
    /// Pairings that could not be settled, with what stood in the way.
    pub failed: Vec<(PairingId, Fault)>,
}

impl Mentoring<'_> {
    /// Lets proposals expire that nobody accepted in time, and ends the pairings of those who have left, `batch` at a time.
    ///
    /// Each is a transaction of its own that decides on what it has locked, so any number of workers may do this at once.
    /// One that somebody holds now is left to the next round, and one that fails stands in nobody's way.
    pub async fn settle_pairings(self, employer: &Employer, batch: u32) -> Result<SettledPairings, Fault> {
        let actor = Actor::system(employer.id, "pairings");
        let today = employer.day_of(self.core.clock.now());
        let mut done = SettledPairings::default();
        let mut beyond = None;
        loop {
            let reads = self.core.store.reads();
            let due = reads.pairings_to_settle(employer.id, today, beyond, batch.max(1)).await?;
            let Some(last) = due.last() else { return Ok(done) };
            beyond = Some(*last);
            for id in due {
                match self.settle(&actor, id).await {
                    Ok(Some(PairingStatus::Ended)) => done.ended = done.ended.saturating_add(1),
                    Ok(Some(_)) => done.expired = done.expired.saturating_add(1),
                    Ok(None) => {}
                    Err(fault) => done.failed.push((id, fault)),
                }
            }
        }
    }

    async fn settle(self, actor: &Actor, id: PairingId) -> Result<Option<PairingStatus>, Fault> {
        let mut tx = self.core.store.begin(actor.employer).await?;
        if tx.lock_mentee_if_free(id).await?.is_none() {
            return Ok(None);
        }
        let Some(mut pairing) = tx.pairings(&[id]).await?.pop() else { return Ok(None) };
        let people = tx.employees(&[pairing.mentored_by, pairing.mentee]).await?;
        let somebody_left = people.iter().any(|person| person.colleague.left);
        let Moment { at, today } = self.moment(&mut *tx).await?;
        let before = pairing.clone();
        if !pairing.settle(somebody_left, (at, today)) {
            return Ok(None);
        }
        let pair = pairing.pair();
        let event = match pairing.ended_for {
            Some(reason) => MentoringEvent::Ended { pair, reason },
            None => MentoringEvent::Expired { pair },
        };
        self.keep(tx, actor, (&before, &pairing), event).await?;
        Ok(Some(pairing.status))
    }
}
