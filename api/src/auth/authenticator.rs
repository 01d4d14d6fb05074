//! From a bearer token to an identity.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use quick_cache::sync::Cache;
use reqwest::Url;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::issuer::TrustedIssuer;
use super::key_source::{self, KeySource};
use super::keyring::Keyring;
use super::keyset::KeySet;
use super::{Clock, DevelopmentIssuer, DevelopmentKeyError, Identity, TokenRefused};
use crate::config::{self, AuthConfig, IssuerConfig};

/// The largest token that is looked at. Issuers keep below this, because headers beyond it are refused elsewhere too.
const MAX_TOKEN_BYTES: usize = 8 * 1024;
/// How many verified tokens are remembered. One takes about half a kilobyte.
const REMEMBERED_TOKENS: usize = 10_000;

/// Why the authenticator could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum AuthError {
    /// An issuer is configured in a way that validation of the configuration refuses.
    #[error(
        "the issuer {0} must name exactly one source of keys and exactly one of employer and employer_claim"
    )]
    Issuer(String),
    /// The keys on this machine cannot be used.
    #[error("the keys of the issuer {issuer} cannot be used: {reason}")]
    Keys {
        /// The issuer.
        issuer: String,
        /// What is wrong with them.
        reason: String,
    },
    /// The client that would ask for keys could not be made.
    #[error("cannot set up the HTTP client that asks issuers for their keys: {0}")]
    Client(#[from] reqwest::Error),
    /// The development key cannot be used.
    #[error(transparent)]
    DevelopmentKey(#[from] DevelopmentKeyError),
}

/// Recognizes people by their tokens.
pub struct Authenticator {
    issuers: HashMap<String, Arc<TrustedIssuer>>,
    /// Tokens verified before, by their SHA-256: checking a signature costs more than the rest of a small request.
    /// A token that was seen in a memory dump or a log would still be a token, so none is kept.
    verified: Cache<[u8; 32], Arc<Verified>>,
    leeway: TimeDelta,
    clock: Clock,
}

/// A token that was verified: true until it expires or the keys it was verified by are no longer in force.
struct Verified {
    identity: Arc<Identity>,
    issuer: Arc<TrustedIssuer>,
    keys: Arc<KeySet>,
}

/// All that is read of a token before its signature is verified: whose keys to verify it with.
#[derive(Deserialize)]
struct Unverified {
    iss: Option<String>,
}

impl Authenticator {
    /// Sets up the configured issuers and looks their keys up for the first time.
    ///
    /// A key file that cannot be read is an error. An issuer that does not answer is only logged: its outage should
    /// not keep an instance from starting, and its keys are asked for again as soon as a token needs them.
    pub async fn new(config: &AuthConfig, clock: Clock) -> Result<Self, AuthError> {
        super::install_crypto();
        let now = clock();
        let floor = TimeDelta::seconds(i64::from(config.jwks_refresh_floor_seconds));
        let mut issuers = HashMap::new();
        for issuer in &config.issuers {
            let name = issuer.issuer.clone();
            let employer = issuer.employer_source().ok_or_else(|| AuthError::Issuer(name.clone()))?;
            let keyring = Keyring::new(name.clone(), source(issuer)?, issuer.algorithms.clone(), floor);
            prime(issuer, &keyring, now).await?;
            issuers.insert(name, Arc::new(TrustedIssuer::new(issuer, employer, keyring)));
        }
        if config.development.enabled {
            let development = DevelopmentIssuer::open(&config.development.key_file, Arc::clone(&clock))?;
            issuers.insert(DevelopmentIssuer::ISSUER.to_owned(), Arc::new(development.trusted()));
        }
        Ok(Self {
            issuers,
            verified: Cache::new(REMEMBERED_TOKENS),
            leeway: TimeDelta::seconds(i64::from(config.leeway_seconds)),
            clock,
        })
    }

    /// Who this token speaks for.
    pub async fn identify(&self, bearer: &str) -> Result<Arc<Identity>, TokenRefused> {
        if bearer.len() > MAX_TOKEN_BYTES {
            return Err(TokenRefused::TooLarge { limit: MAX_TOKEN_BYTES });
        }
        let now = (self.clock)();
        let digest: [u8; 32] = Sha256::digest(bearer.as_bytes()).into();
        if let Some(verified) = self.verified.get(&digest) {
            if self.still_holds(&verified, now).await {
                return Ok(Arc::clone(&verified.identity));
            }
            self.verified.remove(&digest);
        }
        let (issuer, identity, keys) = self.verify(bearer, now).await?;
        let identity = Arc::new(identity);
        let verified = Verified { identity: Arc::clone(&identity), issuer, keys };
        self.verified.insert(digest, Arc::new(verified));
        Ok(identity)
    }

    async fn verify(
        &self,
        token: &str,
        now: DateTime<Utc>,
    ) -> Result<(Arc<TrustedIssuer>, Identity, Arc<KeySet>), TokenRefused> {
        let header = jsonwebtoken::decode_header(token).map_err(|_| TokenRefused::Malformed)?;
        // Whoever marks an extension as critical wants a token refused by those who do not know it (RFC 7515, 4.1.11).
        if header.crit.is_some() {
            return Err(TokenRefused::Malformed);
        }
        let unverified: Unverified =
            jsonwebtoken::dangerous::insecure_decode_claims(token).map_err(|_| TokenRefused::Malformed)?;
        let issuer = unverified.iss.ok_or_else(|| TokenRefused::MissingClaim { claim: "iss".to_owned() })?;
        let issuer = self.issuers.get(&issuer).ok_or(TokenRefused::UnknownIssuer)?;
        let (identity, keys) = issuer.verify(token, &header, now, self.leeway).await?;
        Ok((Arc::clone(issuer), identity, keys))
    }

    /// Whether what was found about a token is true still. Asking for the keys keeps them fresh even when every token
    /// is remembered; without it a withdrawn key would work for as long as its tokens last.
    async fn still_holds(&self, verified: &Verified, now: DateTime<Utc>) -> bool {
        let in_force = verified.issuer.keyring.current(now).await;
        now < verified.identity.expires_at + self.leeway
            && in_force.is_some_and(|in_force| Arc::ptr_eq(&in_force, &verified.keys))
    }
}

fn source(issuer: &IssuerConfig) -> Result<KeySource, AuthError> {
    let wrong = || AuthError::Issuer(issuer.issuer.clone());
    Ok(match issuer.key_source().ok_or_else(wrong)? {
        config::KeySource::File(path) => KeySource::File(path.to_owned()),
        config::KeySource::Url(url) => {
            KeySource::Url(key_source::client()?, Url::parse(url).map_err(|_| wrong())?)
        }
        config::KeySource::Discovery(issuer) => {
            KeySource::Discovery(key_source::client()?, issuer.to_owned())
        }
    })
}

async fn prime(issuer: &IssuerConfig, keyring: &Keyring, now: DateTime<Utc>) -> Result<(), AuthError> {
    match keyring.prime(now).await {
        Ok(()) => Ok(()),
        Err(error) if issuer.jwks_file.is_some() => {
            Err(AuthError::Keys { issuer: issuer.issuer.clone(), reason: error.to_string() })
        }
        Err(error) => {
            tracing::warn!(issuer = issuer.issuer, %error, "the issuer's keys could not be looked up yet");
            Ok(())
        }
    }
}
