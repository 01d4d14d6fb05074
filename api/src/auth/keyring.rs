//! The key set of an issuer that is in force: when it is looked up again, and what happens when that fails.
//!
//! Three promises. A set is looked up at most once per floor, whatever tokens claim, so nobody can make us hammer an
//! issuer. Among requests that need it at the same moment one looks up and the others use its answer. And a set that
//! was good stays in force until a better one is there: an issuer's outage locks nobody out.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::key_source::{FetchError, Fetched, KeySource};
use super::keyset::KeySet;
use crate::config::SigningAlgorithm;

/// For how long a fetched set holds when its publisher does not say.
const DEFAULT_AGE: TimeDelta = TimeDelta::minutes(10);
/// The longest a fetched set holds, whatever its publisher says.
const LONGEST_AGE: TimeDelta = TimeDelta::hours(24);

/// When keys were last looked for. Whoever holds the lock is the one looking.
type LastLook = Option<DateTime<Utc>>;

/// Why a look at the keys brought none.
#[derive(Debug, thiserror::Error)]
pub(super) enum LookError {
    #[error(transparent)]
    Fetch(#[from] FetchError),
    #[error("the document is not a JSON Web Key Set: {0}")]
    NotAKeySet(#[from] serde_json::Error),
}

/// The keys of one issuer.
#[derive(Debug)]
pub(super) struct Keyring {
    issuer: String,
    source: KeySource,
    algorithms: Vec<SigningAlgorithm>,
    floor: TimeDelta,
    in_force: RwLock<Option<Arc<KeySet>>>,
    /// The second from which on the set should be looked up again.
    due: AtomicI64,
    look: Arc<Mutex<LastLook>>,
}

impl Keyring {
    /// A keyring that is still empty.
    pub(super) fn new(
        issuer: String,
        source: KeySource,
        algorithms: Vec<SigningAlgorithm>,
        floor: TimeDelta,
    ) -> Arc<Self> {
        Arc::new(Self {
            issuer,
            source,
            algorithms,
            floor,
            in_force: RwLock::new(None),
            due: AtomicI64::new(i64::MIN),
            look: Arc::default(),
        })
    }

    /// A keyring whose keys never change.
    pub(super) fn given(issuer: String, keys: KeySet) -> Arc<Self> {
        let keyring = Self::new(issuer, KeySource::Given, Vec::new(), TimeDelta::zero());
        keyring.put_in_force(keys);
        keyring.due.store(i64::MAX, Ordering::Relaxed);
        keyring
    }

    /// Looks at the keys for the first time, and says what went wrong.
    pub(super) async fn prime(&self, now: DateTime<Utc>) -> Result<(), LookError> {
        *self.look.lock().await = Some(now);
        self.look(now).await
    }

    /// The set in force. If it is due, the one request that notices first waits for the answer; those that come
    /// meanwhile go on with the set that was there, because stalling them all would turn an issuer's outage into ours.
    pub(super) async fn current(self: &Arc<Self>, now: DateTime<Utc>) -> Option<Arc<KeySet>> {
        if now.timestamp() >= self.due.load(Ordering::Relaxed)
            && let Ok(turn) = Arc::clone(&self.look).try_lock_owned()
        {
            self.take_turn(turn, now).await;
        }
        self.in_force()
    }

    /// The set in force after another look, for a token that names a key we do not have. Everybody who needs it waits
    /// for the same look; if the last one was less than the floor ago, nobody looks.
    pub(super) async fn after_another_look(self: &Arc<Self>, now: DateTime<Utc>) -> Option<Arc<KeySet>> {
        let turn = Arc::clone(&self.look).lock_owned().await;
        self.take_turn(turn, now).await;
        self.in_force()
    }

    fn in_force(&self) -> Option<Arc<KeySet>> {
        self.in_force.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Looks, unless the floor forbids it. The work is a task of its own: a client that hangs up in the middle must
    /// not end a look that others wait for, or refreshing could be prevented by hanging up often enough.
    async fn take_turn(self: &Arc<Self>, mut last: OwnedMutexGuard<LastLook>, now: DateTime<Utc>) {
        if last.is_some_and(|last| now < last + self.floor) {
            return;
        }
        *last = Some(now);
        let keyring = Arc::clone(self);
        let looking = tokio::spawn(async move {
            if let Err(error) = keyring.look(now).await {
                tracing::warn!(issuer = keyring.issuer, %error, "the issuer's keys could not be looked up");
            }
            drop(last);
        });
        if let Err(error) = looking.await {
            tracing::error!(issuer = self.issuer, %error, "looking up the issuer's keys failed");
        }
    }

    async fn look(&self, now: DateTime<Utc>) -> Result<(), LookError> {
        // Should this fail, the next look may come after the floor.
        self.due_after(now, self.floor);
        let Some(Fetched { document, max_age }) = self.source.fetch().await? else { return Ok(()) };
        self.put_in_force(KeySet::parse(&document, &self.algorithms)?);
        self.due_after(now, max_age.unwrap_or(DEFAULT_AGE).clamp(self.floor, LONGEST_AGE));
        Ok(())
    }

    fn due_after(&self, now: DateTime<Utc>, age: TimeDelta) {
        self.due.store((now + age).timestamp(), Ordering::Relaxed);
    }

    /// Replaces the set in force, unless the new one says the same: then the old one stays, and with it whatever was
    /// verified by it.
    fn put_in_force(&self, keys: KeySet) {
        let mut in_force = self.in_force.write().unwrap_or_else(PoisonError::into_inner);
        if in_force.as_ref().is_some_and(|old| old.same_as(&keys)) {
            return;
        }
        if keys.len() == 0 {
            tracing::warn!(issuer = self.issuer, "the issuer publishes no key that could verify a token");
        }
        *in_force = Some(Arc::new(keys));
    }
}
