//! Reading, following and checking the journal.

use crate::access::{Action, Actor, Relation, policy};
use crate::kernel::{Direction, EmployeeId, EmployerId, Fault, JournalEntryId, Page, PageRequest};

use super::{GENESIS, Journal, JournalFilter, Seal, SealedEntry, Tail};

/// Entries that are checked at a time.
const BATCH: i64 = 1_000;

/// The first place where a chain does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChainBreak {
    /// A position is missing.
    #[error("journal position {expected} is missing; the next entry stands at {found}")]
    Gap {
        /// The position that should come.
        expected: i64,
        /// The position that came.
        found: i64,
    },
    /// The content of an entry is not what was sealed.
    #[error("journal entry {id} at position {position} does not match its seal")]
    Altered {
        /// The entry.
        id: JournalEntryId,
        /// Its position.
        position: i64,
    },
    /// The chain holds in itself, but its end is not the one that was recorded.
    #[error("the journal was written anew: the hash at position {position} is not the one that was recorded")]
    Replaced {
        /// The recorded end.
        position: i64,
    },
    /// The chain ends elsewhere than its recorded end.
    #[error("the journal ends at position {found}, but {recorded} positions were given")]
    Truncated {
        /// The recorded end.
        recorded: i64,
        /// The last entry found.
        found: i64,
    },
}

impl Journal<'_> {
    /// The same page of several lists of sealed entries, by position.
    pub async fn entries(
        self,
        actor: &Actor,
        lists: &[JournalFilter],
        direction: Direction,
        page: &PageRequest,
    ) -> Result<Vec<Page<SealedEntry>>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadJournal)?;
        self.core.store.reads().entries(scope, lists, direction, page).await
    }

    /// How many sealed entries each list has.
    pub async fn count_entries(self, actor: &Actor, lists: &[JournalFilter]) -> Result<Vec<u64>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadJournal)?;
        self.core.store.reads().count_entries(scope, lists).await
    }

    /// Sealed entries by id; none for who may not read them.
    pub async fn entries_by_id(
        self,
        actor: &Actor,
        ids: &[JournalEntryId],
    ) -> Result<Vec<SealedEntry>, Fault> {
        match policy::scope(actor, Action::ReadJournal) {
            Some(scope) => self.core.store.reads().entries_by_id(scope, ids).await,
            None => Ok(Vec::new()),
        }
    }

    /// What was sealed after a position, in order. For whoever passes it on: what concerns whom is a matter of
    /// [`Interest`](super::Interest), and what they may see of it is asked anew for each of them.
    pub async fn sealed_after(
        self,
        employer: EmployerId,
        position: i64,
        limit: u32,
    ) -> Result<Vec<SealedEntry>, Fault> {
        self.core.store.reads().chain(employer, position, limit).await
    }

    /// The position of the entry that was sealed last, 0 before the first.
    pub async fn position(self, employer: EmployerId) -> Result<i64, Fault> {
        Ok(self.core.store.reads().tail(employer).await?.position)
    }

    /// Refuses who may not read the journal.
    pub fn require_reader(self, actor: &Actor) -> Result<(), Fault> {
        policy::require_scope(actor, Action::ReadJournal).map(|_| ())
    }

    /// The person who follows what happens to themself. Nobody follows it for them, and no service account either.
    pub fn require_oneself(self, actor: &Actor) -> Result<EmployeeId, Fault> {
        policy::require(actor, Action::FollowOneself, &[Relation::Oneself])?;
        actor.employee().ok_or_else(|| Fault::Forbidden("only people follow what happens to them".to_owned()))
    }

    /// Recomputes an employer's chain from its first entry. Answers with the number of entries, or the first break.
    pub async fn verify(self, employer: EmployerId) -> Result<Result<i64, ChainBreak>, Fault> {
        let reads = self.core.store.reads();
        // The recorded end is read first: entries sealed meanwhile lie beyond it and are the next run's affair.
        let recorded = reads.tail(employer).await?;
        let mut tail = Tail { position: 0, hash: GENESIS };
        while tail.position < recorded.position {
            let left = recorded.position.saturating_sub(tail.position).min(BATCH);
            let links = reads.chain(employer, tail.position, u32::try_from(left).unwrap_or(1)).await?;
            if links.is_empty() {
                break;
            }
            for link in links {
                match follow(tail, &link) {
                    Ok(next) => tail = next,
                    Err(broken) => return Ok(Err(broken)),
                }
            }
        }
        if tail.position < recorded.position {
            return Ok(Err(ChainBreak::Truncated { recorded: recorded.position, found: tail.position }));
        }
        // Whoever writes a whole chain anew can make it hold in itself; its recorded end tells.
        if tail.hash == recorded.hash {
            Ok(Ok(tail.position))
        } else {
            Ok(Err(ChainBreak::Replaced { position: tail.position }))
        }
    }

    /// How long the oldest unsealed entry has been waiting, for readiness.
    pub async fn lag(self) -> Result<chrono::Duration, Fault> {
        let oldest = self.core.store.reads().oldest_unsealed().await?;
        Ok(oldest.map_or_else(chrono::Duration::zero, |at| self.core.clock.now().signed_duration_since(at)))
    }
}

fn follow(tail: Tail, link: &SealedEntry) -> Result<Tail, ChainBreak> {
    let expected = tail.position.saturating_add(1);
    if link.seal.position != expected {
        return Err(ChainBreak::Gap { expected, found: link.seal.position });
    }
    let recomputed = Seal::new(expected, tail.hash, &link.entry);
    if recomputed == link.seal {
        Ok(Tail { position: expected, hash: recomputed.hash })
    } else {
        Err(ChainBreak::Altered { id: link.entry.id, position: expected })
    }
}
