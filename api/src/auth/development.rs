//! The issuer on a developer's own machine: `cargo run` and the tests sign in with its tokens.
//!
//! It signs with an Ed25519 key in a file that is made on first use. The configuration refuses it in production.

use std::io;
use std::path::{Path, PathBuf};

use aws_lc_rs::signature::Ed25519KeyPair;
use chrono::TimeDelta;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::json;

use super::Clock;
use super::issuer::TrustedIssuer;
use super::keyring::Keyring;
use super::keyset::KeySet;
use crate::config::{EmployerSource, IssuerConfig, SigningAlgorithm, SubjectKind};
use crate::secret_file;

/// Why the development key cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the development key {}: {reason}", path.display())]
pub struct DevelopmentKeyError {
    path: PathBuf,
    reason: String,
}

/// Makes tokens for anybody, on a machine where everybody may be anybody.
pub struct DevelopmentIssuer {
    key: EncodingKey,
    public: Jwk,
    clock: Clock,
}

impl DevelopmentIssuer {
    /// The `iss` of its tokens. No such host can exist (RFC 2606), so nobody else can come to own it.
    pub const ISSUER: &str = "https://development.upskill.invalid";
    /// The `aud` of its tokens.
    pub const AUDIENCE: &str = "upskill";
    /// The claim with the employer's slug.
    const EMPLOYER_CLAIM: &str = "employer";

    /// Reads the key, and makes it first if there is none. Processes that start together agree on one.
    pub fn open(key_file: &Path, clock: Clock) -> Result<Self, DevelopmentKeyError> {
        super::install_crypto();
        let failed = |reason: String| DevelopmentKeyError { path: key_file.to_owned(), reason };
        let pem =
            secret_file::read_or_create(key_file, new_key).map_err(|error| failed(error.to_string()))?;
        let unusable =
            |_| failed("it is not an Ed25519 key in PKCS#8 PEM; delete it to have one made".to_owned());
        let key = EncodingKey::from_ed_pem(&pem).map_err(unusable)?;
        let public = Jwk::from_encoding_key(&key, Algorithm::EdDSA).map_err(unusable)?;
        Ok(Self { key, public, clock })
    }

    /// A token for the person whom the employer's HR system knows by `external_id`.
    pub fn token(&self, employer_slug: &str, external_id: &str, lifetime: TimeDelta) -> String {
        let now = (self.clock)();
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some("at+jwt".to_owned());
        let claims = json!({
            "iss": Self::ISSUER,
            "aud": Self::AUDIENCE,
            "sub": external_id,
            (Self::EMPLOYER_CLAIM): employer_slug,
            "iat": now.timestamp(),
            "exp": (now + lifetime).timestamp(),
        });
        jsonwebtoken::encode(&header, &claims, &self.key)
            .expect("the key was proved usable when it was opened")
    }

    /// Itself as an issuer that is trusted.
    pub(super) fn trusted(&self) -> TrustedIssuer {
        let config = IssuerConfig {
            issuer: Self::ISSUER.to_owned(),
            audience: vec![Self::AUDIENCE.to_owned()],
            algorithms: vec![SigningAlgorithm::EdDSA],
            discovery: false,
            jwks_url: None,
            jwks_file: None,
            employer: None,
            employer_claim: Some(Self::EMPLOYER_CLAIM.to_owned()),
            subject_claim: "sub".to_owned(),
            subject_is: SubjectKind::ExternalId,
            require_verified_email: true,
            require_at_jwt: true,
        };
        let keys = KeySet::given(&self.public, &config.algorithms);
        let keyring = Keyring::given(config.issuer.clone(), keys);
        TrustedIssuer::new(&config, EmployerSource::Claim(Self::EMPLOYER_CLAIM), keyring)
    }
}

/// A new key in PEM.
fn new_key() -> io::Result<Vec<u8>> {
    let unspecified = |_| io::Error::other("no key could be generated");
    let pair = Ed25519KeyPair::generate().map_err(unspecified)?;
    let der = pair.to_pkcs8v1().map_err(unspecified)?;
    Ok(pem::encode(&pem::Pem::new("PRIVATE KEY", der.as_ref())).into_bytes())
}
