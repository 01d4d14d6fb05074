//! Idempotency: the same request, sent again, is answered with the first result.
//!
//! A claim is inserted before any rule is looked at. Where two requests with one key race, the database lets one
//! insert win and makes the other wait for it; so a replay is found even while the first is still running, and a
//! balance that the first has used up never refuses its own replay. Refused requests leave no claim, because nothing
//! was carried out.

use std::fmt::Display;

use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A key that a caller chose to make a retry safe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(String);

/// A text that is no idempotency key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an idempotency key has 1 to 200 printable ASCII characters; a random UUID is a good one")]
pub struct IdempotencyKeyError;

impl IdempotencyKey {
    /// Reads 1 to 200 printable ASCII characters.
    pub fn parse(text: &str) -> Result<Self, IdempotencyKeyError> {
        let fits = (1..=200).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if fits { Ok(Self(text.to_owned())) } else { Err(IdempotencyKeyError) }
    }

    /// The key of one part of what this key was given for, which retries name the same.
    pub fn of_part(&self, part: impl Display) -> Self {
        Self(format!("{}/{part}", self.0))
    }

    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What is put down when a request with a key is carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Who asked: keys of different actors never meet.
    pub actor: String,
    /// The key.
    pub key: IdempotencyKey,
    /// A hash over the command and its whole input.
    pub fingerprint: String,
    /// The thing that the command creates or changes, to be read again for a replay.
    pub result: Uuid,
}

/// What the store says to a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClaimOutcome {
    /// The key is new; the command goes on.
    Fresh,
    /// The same request was carried out before, with this result.
    Replay(Uuid),
    /// The key was used for another request.
    Reused,
}

/// The refusal that every command with a key shares.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the idempotency key '{key}' was used before with another input; choose a new key for a new request")]
pub struct Reused {
    /// The key.
    pub key: String,
}

/// The fingerprint of a command: its name and its input.
pub fn fingerprint(command: &str, input: &impl Serialize) -> String {
    let mut digest = Sha256::new();
    digest.update(command);
    digest.update([0]);
    digest.update(serde_json::to_vec(input).unwrap_or_default());
    digest.finalize().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}
