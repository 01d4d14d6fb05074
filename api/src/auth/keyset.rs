//! The public keys in a JWKS, and which algorithm each may verify.

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::TokenRefused;
use crate::config::SigningAlgorithm;

/// The keys of an issuer that may verify tokens.
#[derive(Debug)]
pub(super) struct KeySet {
    keys: Vec<VerificationKey>,
    /// Tells whether a document fetched later says the same, so that what was verified with these keys still counts.
    fingerprint: [u8; 32],
}

/// A public key with the algorithms it may verify: never more than the issuer's allow-list.
#[derive(Debug)]
pub(super) struct VerificationKey {
    id: Option<String>,
    pub(super) algorithms: Vec<Algorithm>,
    pub(super) key: DecodingKey,
}

#[derive(Deserialize)]
struct Document {
    keys: Vec<serde_json::Value>,
}

impl KeySet {
    /// Reads a JWKS. A key that cannot verify tokens by an allowed algorithm (an encryption key, a shared secret, a
    /// kind that is unknown here, a malformed one) is passed over: the set may serve others beside us, and one odd
    /// key must not lock everybody out.
    pub(super) fn parse(document: &[u8], allowed: &[SigningAlgorithm]) -> Result<Self, serde_json::Error> {
        let Document { keys } = serde_json::from_slice(document)?;
        let keys = keys
            .into_iter()
            .filter_map(|key| serde_json::from_value(key).ok())
            .filter_map(|jwk| VerificationKey::new(&jwk, allowed))
            .collect();
        Ok(Self { keys, fingerprint: Sha256::digest(document).into() })
    }

    /// The set of one key that is known from the start.
    pub(super) fn given(jwk: &Jwk, allowed: &[SigningAlgorithm]) -> Self {
        Self { keys: VerificationKey::new(jwk, allowed).into_iter().collect(), fingerprint: [0; 32] }
    }

    /// Whether both were read from the same document.
    pub(super) fn same_as(&self, other: &Self) -> bool {
        self.fingerprint == other.fingerprint
    }

    /// How many keys can verify tokens.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The key to verify a token with. The header of the token is not to be trusted: `id` only looks a key up, and
    /// `algorithm` must be one that the key itself is for. A token without an id is accepted where there is only one
    /// key it could mean.
    pub(super) fn find(
        &self,
        id: Option<&str>,
        algorithm: Algorithm,
    ) -> Result<&VerificationKey, TokenRefused> {
        let named = |key: &&VerificationKey| match id {
            Some(id) => key.id.as_deref() == Some(id),
            None => self.keys.len() == 1,
        };
        let mut candidates = self.keys.iter().filter(named).peekable();
        if candidates.peek().is_none() {
            return Err(TokenRefused::UnknownKey);
        }
        candidates.find(|key| key.algorithms.contains(&algorithm)).ok_or(TokenRefused::Algorithm)
    }
}

impl VerificationKey {
    fn new(jwk: &Jwk, allowed: &[SigningAlgorithm]) -> Option<Self> {
        if matches!(&jwk.common.public_key_use, Some(used) if *used != PublicKeyUse::Signature) {
            return None;
        }
        let mut algorithms = suited(&jwk.algorithm);
        if let Some(declared) = jwk.common.key_algorithm {
            let declared = Algorithm::try_from(declared).ok()?;
            algorithms.retain(|algorithm| *algorithm == declared);
        }
        algorithms.retain(|algorithm| allowed.iter().any(|allowed| Algorithm::from(*allowed) == *algorithm));
        if algorithms.is_empty() {
            return None;
        }
        let key = DecodingKey::from_jwk(jwk).ok()?;
        Some(Self { id: jwk.common.key_id.clone(), algorithms, key })
    }
}

/// The algorithms for which a key of this kind can be used at all. Shared secrets (`oct`) can be used for none.
fn suited(parameters: &AlgorithmParameters) -> Vec<Algorithm> {
    match parameters {
        AlgorithmParameters::RSA(_) => vec![Algorithm::RS256, Algorithm::PS256],
        AlgorithmParameters::EllipticCurve(key) => match key.curve {
            EllipticCurve::P256 => vec![Algorithm::ES256],
            EllipticCurve::P384 => vec![Algorithm::ES384],
            _ => vec![],
        },
        AlgorithmParameters::OctetKeyPair(key) if key.curve == EllipticCurve::Ed25519 => {
            vec![Algorithm::EdDSA]
        }
        _ => vec![],
    }
}

impl From<SigningAlgorithm> for Algorithm {
    fn from(algorithm: SigningAlgorithm) -> Self {
        match algorithm {
            SigningAlgorithm::RS256 => Self::RS256,
            SigningAlgorithm::PS256 => Self::PS256,
            SigningAlgorithm::ES256 => Self::ES256,
            SigningAlgorithm::ES384 => Self::ES384,
            SigningAlgorithm::EdDSA => Self::EdDSA,
        }
    }
}
