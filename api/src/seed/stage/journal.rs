//! The journal on the stage: entries wait here unsealed. Sealing is the worker's, after everything was poured.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use upskill_domain::journal::{Claim, ClaimOutcome, Entry, GENESIS, JournalWrites, Seal, Tail};
use upskill_domain::kernel::Fault;

use super::Scene;

#[async_trait]
impl JournalWrites for Scene {
    async fn append_entries(&mut self, entries: &[Entry]) -> Result<(), Fault> {
        self.write().journal.extend_from_slice(entries);
        Ok(())
    }

    async fn claim(&mut self, _: &Claim, _: DateTime<Utc>) -> Result<ClaimOutcome, Fault> {
        Err(Fault::inconsistent("nothing on the stage is asked twice"))
    }

    async fn lock_tail(&mut self) -> Result<Tail, Fault> {
        Ok(Tail { position: 0, hash: GENESIS })
    }

    async fn unsealed_entries(&mut self, _: u32) -> Result<Vec<Entry>, Fault> {
        Ok(Vec::new())
    }

    async fn save_seals(&mut self, sealed: &[(Entry, Seal)]) -> Result<(), Fault> {
        match sealed {
            [] => Ok(()),
            _ => Err(Fault::inconsistent("the journal is sealed where it is kept, not on the stage")),
        }
    }

    async fn drop_claims(&mut self, _: DateTime<Utc>) -> Result<u64, Fault> {
        Ok(0)
    }
}
