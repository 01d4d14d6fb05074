//! Sealing: the worker's only job with the journal.

use crate::app::Core;
use crate::kernel::{EmployerId, Fault};

use super::Seal;

/// The journal's use cases.
#[derive(Clone, Copy)]
pub struct Journal<'a> {
    pub(super) core: &'a Core,
}

/// What one round of sealing did.
#[derive(Debug, Default)]
pub struct Sealed {
    /// Entries sealed.
    pub entries: u64,
    /// Employers whose entries could not be sealed, with what stood in the way.
    pub failed: Vec<(EmployerId, Fault)>,
}

impl<'a> Journal<'a> {
    pub(crate) fn new(core: &'a Core) -> Self {
        Self { core }
    }

    /// Seals what waits, for every employer, at most `batch` entries each. An employer whose journal fails does not keep
    /// the others waiting.
    pub async fn seal(self, batch: u32) -> Result<Sealed, Fault> {
        let mut sealed = Sealed::default();
        for employer in self.core.store.reads().employers_to_seal().await? {
            match self.seal_employer(employer, batch).await {
                Ok(entries) => sealed.entries = sealed.entries.saturating_add(entries),
                Err(fault) => sealed.failed.push((employer, fault)),
            }
        }
        Ok(sealed)
    }

    async fn seal_employer(self, employer: EmployerId, batch: u32) -> Result<u64, Fault> {
        let mut tx = self.core.store.begin(employer).await?;
        let mut tail = tx.lock_tail().await?;
        let waiting = tx.unsealed_entries(batch).await?;
        let mut sealed = Vec::with_capacity(waiting.len());
        for entry in waiting {
            let seal = Seal::new(tail.position.saturating_add(1), tail.hash, &entry);
            tail = super::Tail { position: seal.position, hash: seal.hash };
            sealed.push((entry, seal));
        }
        tx.save_seals(&sealed).await?;
        tx.commit().await?;
        Ok(u64::try_from(sealed.len()).unwrap_or(u64::MAX))
    }

    /// Forgets idempotency keys older than their promised 24 hours, of one employer.
    pub async fn drop_old_claims(self, employer: EmployerId) -> Result<u64, Fault> {
        let before = self.core.clock.now().checked_sub_signed(chrono::Duration::hours(48));
        let mut tx = self.core.store.begin(employer).await?;
        let dropped = tx.drop_claims(before.unwrap_or_default()).await?;
        tx.commit().await?;
        Ok(dropped)
    }
}
