//! How the journal is stored.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::access::Scope;
use crate::kernel::{
    Direction, EmployeeId, EmployerId, Fault, JournalEntryId, Page, PageRequest, ServiceAccountId,
};

use super::{Claim, ClaimOutcome, Entry, Hash, Seal, Subject};

/// Writes to one employer's journal, within a transaction.
#[async_trait]
pub trait JournalWrites: Send {
    /// Adds entries, not yet sealed.
    async fn append_entries(&mut self, entries: &[Entry]) -> Result<(), Fault>;

    /// Puts a claim down, or says what stands under its key.
    async fn claim(&mut self, claim: &Claim, at: DateTime<Utc>) -> Result<ClaimOutcome, Fault>;

    /// The end of the chain, locked so that one sealer works at a time.
    async fn lock_tail(&mut self) -> Result<Tail, Fault>;

    /// The oldest entries that are not sealed yet.
    async fn unsealed_entries(&mut self, limit: u32) -> Result<Vec<Entry>, Fault>;

    /// Puts seals on entries and moves the tail, given as pairs in the order of their positions.
    async fn save_seals(&mut self, sealed: &[(Entry, Seal)]) -> Result<(), Fault>;

    /// Forgets claims older than an instant.
    async fn drop_claims(&mut self, before: DateTime<Utc>) -> Result<u64, Fault>;
}

/// The end of an employer's chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tail {
    /// The last position given, 0 before the first.
    pub position: i64,
    /// The hash there.
    pub hash: Hash,
}

/// A sealed entry as readers see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedEntry {
    /// The entry.
    pub entry: Entry,
    /// Its place in the chain.
    pub seal: Seal,
}

/// Which entries a reader wants.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct JournalFilter {
    /// Of these kinds only.
    pub kinds: Option<Vec<String>>,
    /// About this subject only.
    pub subject: Option<Subject>,
    /// By this person only.
    pub actor: Option<EmployeeId>,
    /// By this service account only, for whomever it acted.
    pub account: Option<ServiceAccountId>,
}

/// Reads of the journal.
#[async_trait]
pub trait JournalReads: Send + Sync {
    /// The same page of several lists of sealed entries, by position.
    async fn entries(
        &self,
        scope: Scope,
        lists: &[JournalFilter],
        direction: Direction,
        page: &PageRequest,
    ) -> Result<Vec<Page<SealedEntry>>, Fault>;

    /// How many sealed entries each list has.
    async fn count_entries(&self, scope: Scope, lists: &[JournalFilter]) -> Result<Vec<u64>, Fault>;

    /// Sealed entries by id.
    async fn entries_by_id(&self, scope: Scope, ids: &[JournalEntryId]) -> Result<Vec<SealedEntry>, Fault>;

    /// The chain from a position on, in order, for verification.
    async fn chain(&self, employer: EmployerId, after: i64, limit: u32) -> Result<Vec<SealedEntry>, Fault>;

    /// The end of the chain as stored.
    async fn tail(&self, employer: EmployerId) -> Result<Tail, Fault>;

    /// Employers that have entries waiting to be sealed.
    async fn employers_to_seal(&self) -> Result<Vec<EmployerId>, Fault>;

    /// The instant of the oldest entry waiting to be sealed, over all employers; for readiness.
    async fn oldest_unsealed(&self) -> Result<Option<DateTime<Utc>>, Fault>;
}
