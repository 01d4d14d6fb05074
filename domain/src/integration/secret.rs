//! The secrets of service accounts, and how one takes the place of another.

use chrono::{DateTime, TimeDelta, Utc};

use crate::journal::Reused;
use crate::kernel::{ClientSecretId, Digest, Refusal, ServiceAccountId};

/// A secret by which a service account gets its tokens, as far as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientSecret {
    /// Its id.
    pub id: ClientSecretId,
    /// Whose it is.
    pub account: ServiceAccountId,
    /// The digest of the secret.
    pub digest: Digest,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends; none for the one that no other takes the place of yet.
    pub ends_at: Option<DateTime<Utc>>,
    /// When a token was last given for it.
    pub last_used_at: Option<DateTime<Utc>>,
}

impl ClientSecret {
    /// A new secret, without an end.
    pub(super) fn new(
        id: ClientSecretId,
        account: ServiceAccountId,
        digest: Digest,
        created_at: DateTime<Utc>,
    ) -> Self {
        Self { id, account, digest, created_at, ends_at: None, last_used_at: None }
    }

    /// Whether it has not ended.
    pub fn holds(&self, now: DateTime<Utc>) -> bool {
        self.ends_at.is_none_or(|end| now < end)
    }

    /// Ends it at an instant, unless it ends before.
    pub(super) fn end(&mut self, at: DateTime<Utc>) {
        self.ends_at = Some(self.ends_at.map_or(at, |end| end.min(at)));
    }
}

/// How long a secret goes on beside the one that takes its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Overlap(u32);

/// An overlap that is too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{given} hours are too long; a secret goes on for 0 to {most} hours beside the next one", most = Overlap::MOST_HOURS)]
pub struct OverlapError {
    /// The hours that were given.
    pub given: i64,
}

impl Overlap {
    /// The hours that an overlap has at most: a week.
    pub const MOST_HOURS: u32 = 168;
    /// An overlap of a day, which is enough for whoever rolls secrets out by a schedule.
    pub const DAY: Self = Self(24);

    /// So many hours, 0 to [`Overlap::MOST_HOURS`].
    pub fn hours(given: i64) -> Result<Self, OverlapError> {
        let hours = u32::try_from(given).ok().filter(|hours| *hours <= Self::MOST_HOURS);
        hours.map(Self).ok_or(OverlapError { given })
    }

    fn from(self, now: DateTime<Utc>) -> DateTime<Utc> {
        now.checked_add_signed(TimeDelta::hours(i64::from(self.0))).unwrap_or(now)
    }
}

/// Why an account got no other secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RotateSecretRefusal {
    /// It is revoked.
    #[error("the account is revoked, which cannot be taken back; create another")]
    Revoked,
    /// It has two already.
    #[error(
        "another secret goes on until {} already; wait, or end every old one now with an overlap of 0 hours",
        .until.format("%Y-%m-%dT%H:%M:%SZ")
    )]
    Underway {
        /// Until when.
        until: DateTime<Utc>,
    },
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for RotateSecretRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::Revoked => &["input", "id"],
            Self::Underway { .. } => &["input", "overlapHours"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// Lets the secrets of an account end for another one. Two hold at the same time, never three; with no overlap all of them
/// end at once, which is for secrets that somebody else has got hold of. Answers with the end.
pub(super) fn make_way(
    secrets: &mut [ClientSecret],
    overlap: Overlap,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, RotateSecretRefusal> {
    let end = overlap.from(now);
    let ending = secrets.iter().filter(|secret| secret.holds(now)).filter_map(|secret| secret.ends_at).max();
    if let Some(until) = ending.filter(|_| end > now) {
        return Err(RotateSecretRefusal::Underway { until });
    }
    for secret in secrets {
        secret.end(end);
    }
    Ok(end)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::kernel::TypedId;

    fn secret(number: u128) -> ClientSecret {
        let (id, account) = (Uuid::from_u128(number), Uuid::from_u128(1));
        let digest = Digest::of(&number.to_string());
        ClientSecret::new(TypedId::from_uuid(id), TypedId::from_uuid(account), digest, DateTime::UNIX_EPOCH)
    }

    fn hours(hours: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::hours(hours)
    }

    #[test]
    fn the_old_secret_goes_on_for_as_long_as_is_said_and_not_an_instant_longer() {
        let mut secrets = [secret(1)];
        assert_eq!(make_way(&mut secrets, Overlap::DAY, hours(0)), Ok(hours(24)));
        assert!(secrets[0].holds(hours(24) - TimeDelta::microseconds(1)));
        assert!(!secrets[0].holds(hours(24)));
        assert!(secret(2).holds(hours(1_000_000)));
    }

    #[test]
    fn a_third_secret_waits_for_the_first_to_end() {
        let mut secrets = [secret(1), secret(2)];
        make_way(&mut secrets[..1], Overlap::DAY, hours(0)).expect("a way");
        let underway = Err(RotateSecretRefusal::Underway { until: hours(24) });
        assert_eq!(make_way(&mut secrets, Overlap::DAY, hours(23)), underway);
        assert_eq!(secrets[1].ends_at, None);
        assert_eq!(make_way(&mut secrets, Overlap::DAY, hours(24)), Ok(hours(48)));
        assert_eq!([secrets[0].ends_at, secrets[1].ends_at], [Some(hours(24)), Some(hours(48))]);
    }

    #[test]
    fn without_an_overlap_every_secret_ends_at_once() {
        let mut secrets = [secret(1), secret(2)];
        make_way(&mut secrets[..1], Overlap::DAY, hours(0)).expect("a way");
        let none = Overlap::hours(0).expect("an overlap");
        assert_eq!(make_way(&mut secrets, none, hours(1)), Ok(hours(1)));
        assert!(secrets.iter().all(|secret| !secret.holds(hours(1))));
    }

    #[test]
    fn an_overlap_has_up_to_a_week() {
        assert_eq!(Overlap::hours(24), Ok(Overlap::DAY));
        assert!(Overlap::hours(168).is_ok());
        for given in [-1, 169, i64::MAX] {
            assert_eq!(Overlap::hours(given), Err(OverlapError { given }));
        }
    }
}
