//! Links that decide: how their tokens are made, read and used.
//!
//! A token says whose data, which link and which verdict, and carries an HMAC-SHA256 of that. What says so is the key of
//! the installation, and the database only has digests of tokens: neither alone is enough to decide. A token is read
//! before the database is asked, so a forged one costs nothing.

use std::path::Path;

use anyhow::Context as _;
use aws_lc_rs::hmac::{self, HMAC_SHA256, Key};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use chrono::TimeDelta;
use sha2::{Digest as _, Sha256};
use upskill_domain::funding::{LinkClaims, LinkSigner, LinkVerdict};
use upskill_domain::kernel::TypedId;
use uuid::Uuid;

use crate::config::{ActionsConfig, Profile};
use crate::secret_file;

/// What is signed: two ids and a verdict.
const CLAIMS: usize = 33;
const SIGNATURE: usize = 32;
/// The fewest bytes of a key that are taken.
const SHORTEST_KEY: usize = 32;

/// How links are made here, if they are.
pub struct ActionLinks {
    key: Option<Key>,
    lifetime: TimeDelta,
}

impl ActionLinks {
    /// Without a key: no links.
    pub fn none() -> Self {
        Self { key: None, lifetime: TimeDelta::zero() }
    }

    /// Reads the key. On a developer's machine one that is missing is made; elsewhere every instance has to have the
    /// same, so one that is missing is a mistake.
    pub fn open(config: &ActionsConfig, profile: Profile) -> anyhow::Result<Self> {
        let Some(path) = &config.key_file else { return Ok(Self::none()) };
        let bytes = read(path, profile).with_context(|| format!("the key of links {}", path.display()))?;
        anyhow::ensure!(
            bytes.len() >= SHORTEST_KEY,
            "the key of links {} has {} bytes; it needs {SHORTEST_KEY} random ones at least",
            path.display(),
            bytes.len()
        );
        let lifetime = TimeDelta::hours(i64::from(config.link_lifetime_hours));
        Ok(Self { key: Some(Key::new(HMAC_SHA256, &bytes)), lifetime })
    }

    /// What signs, and for how long a link holds.
    pub(crate) fn signer(&self) -> Option<(Signer<'_>, TimeDelta)> {
        self.key.as_ref().map(|key| (Signer(key), self.lifetime))
    }

    /// What a token says, if it was made here.
    pub(crate) fn read(&self, token: &str) -> Option<(LinkClaims, String)> {
        let key = self.key.as_ref()?;
        let bytes = BASE64.decode(token).ok().filter(|bytes| bytes.len() == CLAIMS + SIGNATURE)?;
        let (claims, signature) = bytes.split_at_checked(CLAIMS)?;
        hmac::verify(key, claims, signature).ok()?;
        let (employer, rest) = claims.split_at_checked(16)?;
        let (link, verdict) = rest.split_at_checked(16)?;
        let verdict = match verdict {
            [0] => LinkVerdict::Reject,
            [1] => LinkVerdict::Approve,
            _ => return None,
        };
        let claims = LinkClaims {
            employer: TypedId::from_uuid(Uuid::from_slice(employer).ok()?),
            link: TypedId::from_uuid(Uuid::from_slice(link).ok()?),
            verdict,
        };
        Some((claims, digest(token)))
    }
}

fn read(path: &Path, profile: Profile) -> std::io::Result<Vec<u8>> {
    if profile == Profile::Production {
        return std::fs::read(path);
    }
    secret_file::read_or_create(path, || {
        let mut key = vec![0; SHORTEST_KEY];
        let failed = |_| std::io::Error::other("no key could be generated");
        aws_lc_rs::rand::fill(&mut key).map_err(failed)?;
        Ok(key)
    })
}

/// The digest under which a token is stored. Two encodings of one token would be two tokens, and only one is stored.
fn digest(token: &str) -> String {
    BASE64.encode(Sha256::digest(token.as_bytes()))
}

/// Makes tokens with the installation's key.
pub(crate) struct Signer<'k>(&'k Key);

impl LinkSigner for Signer<'_> {
    fn token(&self, claims: LinkClaims) -> String {
        let LinkClaims { employer, link, verdict } = claims;
        let mut bytes = Vec::with_capacity(CLAIMS + SIGNATURE);
        bytes.extend_from_slice(employer.uuid().as_bytes());
        bytes.extend_from_slice(link.uuid().as_bytes());
        bytes.push(u8::from(verdict == LinkVerdict::Approve));
        let signature = hmac::sign(self.0, &bytes);
        bytes.extend_from_slice(signature.as_ref());
        BASE64.encode(bytes)
    }

    fn digest(&self, token: &str) -> String {
        digest(token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(byte: u8) -> ActionLinks {
        let key = Some(Key::new(HMAC_SHA256, &[byte; SHORTEST_KEY]));
        ActionLinks { key, lifetime: TimeDelta::hours(1) }
    }

    fn claims(verdict: LinkVerdict) -> LinkClaims {
        let id = |number| Uuid::from_u128(number);
        LinkClaims { employer: TypedId::from_uuid(id(1)), link: TypedId::from_uuid(id(2)), verdict }
    }

    #[test]
    fn a_token_says_what_was_signed_and_only_to_who_signed_it() {
        let ours = links(1);
        let (signer, _) = ours.signer().expect("a key");
        for verdict in [LinkVerdict::Approve, LinkVerdict::Reject] {
            let token = signer.token(claims(verdict));
            assert_eq!(ours.read(&token), Some((claims(verdict), signer.digest(&token))));
            assert_eq!(links(2).read(&token), None);
            assert_eq!(ActionLinks::none().read(&token), None);
        }
    }

    #[test]
    fn a_token_that_was_changed_anywhere_is_none() {
        let ours = links(1);
        let (signer, _) = ours.signer().expect("a key");
        let token = BASE64.decode(signer.token(claims(LinkVerdict::Reject))).expect("base64");
        for at in 0..token.len() {
            let mut forged = token.clone();
            forged[at] ^= 1;
            assert_eq!(ours.read(&BASE64.encode(&forged)), None, "byte {at}");
        }
        for text in ["", "x", "a.b", &BASE64.encode(&token[1..]), &"A".repeat(10_000)] {
            assert_eq!(ours.read(text), None);
        }
    }

    #[test]
    fn a_key_is_made_where_people_develop_and_has_to_be_there_elsewhere() {
        let folder = tempfile::tempdir().expect("a folder");
        let key_file = Some(folder.path().join("keys/links.key"));
        let config = ActionsConfig { key_file, link_lifetime_hours: 1 };
        assert!(ActionLinks::open(&config, Profile::Production).is_err());
        let made = ActionLinks::open(&config, Profile::Development).expect("a key is made");
        let (signer, lifetime) = made.signer().expect("a key");
        assert_eq!(lifetime, TimeDelta::hours(1));
        let token = signer.token(claims(LinkVerdict::Approve));
        let again = ActionLinks::open(&config, Profile::Production).expect("the same key");
        assert!(again.read(&token).is_some());
        std::fs::write(folder.path().join("keys/links.key"), "short").expect("written");
        assert!(ActionLinks::open(&config, Profile::Production).is_err());
        let without = ActionsConfig { key_file: None, ..config };
        assert!(ActionLinks::open(&without, Profile::Production).expect("no links").signer().is_none());
    }
}
