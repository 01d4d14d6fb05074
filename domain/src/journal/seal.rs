//! The hash chain that makes a changed or missing entry show.

use std::fmt;

use sha2::{Digest, Sha256};

use super::{ActorKind, Entry};
use crate::kernel::TypedId;

/// A SHA-256 value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Hash([u8; 32]);

/// What stands before the first entry of an employer.
pub const GENESIS: Hash = Hash([0; 32]);

impl Hash {
    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        let pairs = text.as_bytes().chunks(2);
        if text.len() != 64 {
            return None;
        }
        for (byte, pair) in bytes.iter_mut().zip(pairs) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The place of an entry in its employer's chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seal {
    /// Counted from 1 without gaps.
    pub position: i64,
    /// Over the entry's content, its position and the hash before it.
    pub hash: Hash,
}

impl Seal {
    /// Seals an entry behind the one at `position - 1`.
    ///
    /// Every field goes in with its length before it, so that no two different entries read the same.
    pub fn new(position: i64, previous: Hash, entry: &Entry) -> Self {
        let mut digest = Sha256::new();
        digest.update(previous.0);
        digest.update(position.to_be_bytes());
        digest.update(entry.id.uuid().as_bytes());
        digest.update(entry.employer.uuid().as_bytes());
        digest.update(entry.subject.id.as_bytes());
        digest.update(entry.actor.map_or([0; 16], |actor| *actor.uuid().as_bytes()));
        digest.update(entry.at.timestamp_micros().to_be_bytes());
        let actor_kind = match entry.actor_kind {
            ActorKind::Employee => "EMPLOYEE",
            ActorKind::ServiceAccount => "SERVICE_ACCOUNT",
            ActorKind::System => "SYSTEM",
        };
        let texts = [
            actor_kind,
            entry.capacity.as_deref().unwrap_or_default(),
            &entry.kind,
            &entry.subject.kind,
            &entry.payload,
            &entry.request_id,
        ];
        // The account comes last and only where there is one: entries that were sealed before there were any still hold,
        // and a seventh text cannot be mistaken for anything else.
        let account = entry.account.map(|account| account.to_string());
        for text in texts.into_iter().chain(account.as_deref()) {
            digest.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
            digest.update(text);
        }
        Self { position, hash: Hash(digest.finalize().into()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Subject;
    use crate::kernel::{EmployeeId, EmployerId, JournalEntryId, ServiceAccountId};
    use uuid::Uuid;

    fn entry() -> Entry {
        Entry {
            id: JournalEntryId::from_uuid(Uuid::from_u128(1)),
            employer: EmployerId::from_uuid(Uuid::from_u128(2)),
            at: chrono::DateTime::UNIX_EPOCH,
            actor_kind: ActorKind::Employee,
            actor: Some(EmployeeId::from_uuid(Uuid::from_u128(3))),
            account: None,
            capacity: Some("MANAGER".to_owned()),
            kind: "funding.request_approved".to_owned(),
            subject: Subject { kind: "funding_request".to_owned(), id: Uuid::from_u128(4) },
            payload: "{}".to_owned(),
            request_id: "r".to_owned(),
        }
    }

    #[test]
    fn every_part_of_an_entry_is_under_the_seal() {
        let sealed = Seal::new(1, GENESIS, &entry());
        assert_eq!(sealed, Seal::new(1, GENESIS, &entry()));
        let changes: [fn(&mut Entry); 9] = [
            |e| e.id = JournalEntryId::from_uuid(Uuid::from_u128(9)),
            |e| e.at += chrono::Duration::microseconds(1),
            |e| e.actor = None,
            |e| e.account = Some(ServiceAccountId::from_uuid(Uuid::from_u128(5))),
            |e| e.capacity = None,
            |e| e.kind.push('x'),
            |e| e.subject.id = Uuid::from_u128(9),
            |e| e.payload.push(' '),
            |e| e.request_id.push('x'),
        ];
        for change in changes {
            let mut changed = entry();
            change(&mut changed);
            assert_ne!(Seal::new(1, GENESIS, &changed).hash, sealed.hash, "{changed:?}");
        }
        assert_ne!(Seal::new(2, GENESIS, &entry()).hash, sealed.hash);
        assert_ne!(Seal::new(1, sealed.hash, &entry()).hash, sealed.hash);
    }

    #[test]
    fn entries_that_were_sealed_before_there_were_service_accounts_still_hold() {
        let hash = "98e85384d8c1ba8c50a1d0944917a30a4ac6cef7a4d45ec6d1f2529e8094f291";
        assert_eq!(Some(Seal::new(1, GENESIS, &entry()).hash), Hash::parse(hash));
    }

    #[test]
    fn a_text_cannot_move_from_one_field_to_the_next() {
        let (mut left, mut right) = (entry(), entry());
        left.kind = "ab".to_owned();
        left.subject.kind = "c".to_owned();
        right.kind = "a".to_owned();
        right.subject.kind = "bc".to_owned();
        assert_ne!(Seal::new(1, GENESIS, &left).hash, Seal::new(1, GENESIS, &right).hash);
    }

    #[test]
    fn a_hash_reads_back() {
        let hash = Seal::new(1, GENESIS, &entry()).hash;
        assert_eq!(Hash::parse(&hash.to_string()), Some(hash));
        assert_eq!(Hash::parse("00"), None);
        assert_eq!(Hash::parse(&"é".repeat(32)), None);
    }
}
