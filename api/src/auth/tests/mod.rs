//! What the tests sign with, tell the time by, and configure. Every key is made here, so none of them is worth
//! anything elsewhere.

mod development;
mod remote;
mod rotation;
mod tokens;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, RsaKeyPair};
use chrono::DateTime;
use jsonwebtoken::jwk::{Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::*;
use crate::config::{AuthConfig, DevelopmentIssuerConfig, IssuerConfig, SigningAlgorithm, SubjectKind};

/// 2026-03-01T12:00:00Z
const NOW: i64 = 1_772_366_400;
const ISSUER: &str = "https://login.example.com/";
const FLOOR: i64 = 30;
const LEEWAY: i64 = 30;

/// A clock that stands still until it is told to go on.
#[derive(Clone)]
struct Hands(Arc<AtomicI64>);

impl Hands {
    fn new() -> Self {
        Self(Arc::new(AtomicI64::new(NOW)))
    }

    fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::Relaxed);
    }

    fn clock(&self) -> Clock {
        let hands = Arc::clone(&self.0);
        Arc::new(move || at(hands.load(Ordering::Relaxed)))
    }
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).expect("the tests stay in this millennium")
}

/// A key pair with its public half.
struct Key {
    algorithm: Algorithm,
    private: EncodingKey,
    public: Jwk,
}

impl Key {
    fn new(algorithm: Algorithm, private: EncodingKey, id: &str) -> Self {
        install_crypto();
        let mut public = Jwk::from_encoding_key(&private, algorithm).expect("the key was just made");
        public.common.key_id = Some(id.to_owned());
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        Self { algorithm, private, public }
    }

    fn ed25519(id: &str) -> Self {
        let pair = Ed25519KeyPair::generate().expect("keys can be made");
        let der = pair.to_pkcs8v1().expect("keys can be written");
        Self::new(Algorithm::EdDSA, EncodingKey::from_ed_der(der.as_ref()), id)
    }

    fn p256(id: &str) -> Self {
        let der = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
        let der = der.expect("keys can be made");
        Self::new(Algorithm::ES256, EncodingKey::from_ec_der(der.as_ref()), id)
    }

    fn rsa(id: &str) -> Self {
        let pair = RsaKeyPair::generate(KeySize::Rsa2048).expect("keys can be made");
        let der: aws_lc_rs::encoding::Pkcs8V1Der<'_> = pair.as_der().expect("keys can be written");
        let pem = pem::encode(&pem::Pem::new("PRIVATE KEY", der.as_ref()));
        let private = EncodingKey::from_rsa_pem(pem.as_bytes()).expect("the key was just written");
        Self::new(Algorithm::RS256, private, id)
    }

    fn id(&self) -> Option<String> {
        self.public.common.key_id.clone()
    }

    fn header(&self) -> Header {
        let mut header = Header::new(self.algorithm);
        header.kid = self.id();
        header
    }

    fn sign(&self, claims: &Value) -> String {
        self.sign_with(&self.header(), claims)
    }

    fn sign_with(&self, header: &Header, claims: &Value) -> String {
        jsonwebtoken::encode(header, claims, &self.private).expect("the key signs")
    }
}

fn jwks(keys: &[&Key]) -> String {
    json!({ "keys": keys.iter().map(|key| &key.public).collect::<Vec<_>>() }).to_string()
}

/// The claims of a good token.
fn claims() -> Value {
    json!({ "iss": ISSUER, "aud": "upskill", "sub": "E-1001", "exp": NOW + 3600, "nbf": NOW - 60, "iat": NOW - 60 })
}

/// The claims of a good token with some of them replaced; null leaves one out.
fn claims_with(changes: Value) -> Value {
    let mut claims = claims();
    let Value::Object(changes) = changes else { panic!("changes are an object") };
    for (claim, value) in changes {
        if value.is_null() {
            claims.as_object_mut().expect("claims are an object").remove(&claim);
        } else {
            claims[claim] = value;
        }
    }
    claims
}

fn issuer_with_file(path: &Path) -> IssuerConfig {
    IssuerConfig {
        issuer: ISSUER.to_owned(),
        audience: vec!["upskill".to_owned(), "api://upskill".to_owned()],
        algorithms: vec![SigningAlgorithm::RS256, SigningAlgorithm::ES256, SigningAlgorithm::EdDSA],
        discovery: false,
        jwks_url: None,
        jwks_file: Some(path.to_owned()),
        employer: Some("acme".to_owned()),
        employer_claim: None,
        subject_claim: "sub".to_owned(),
        subject_is: SubjectKind::ExternalId,
        require_verified_email: true,
        require_at_jwt: false,
    }
}

fn auth_config(issuers: Vec<IssuerConfig>) -> AuthConfig {
    AuthConfig {
        leeway_seconds: u32::try_from(LEEWAY).expect("it is small"),
        jwks_refresh_floor_seconds: u32::try_from(FLOOR).expect("it is small"),
        development: DevelopmentIssuerConfig {
            enabled: false,
            key_file: PathBuf::new(),
            token_lifetime_hours: 1,
        },
        issuers,
    }
}

/// An authenticator that trusts one issuer, whose keys are in a file.
struct Fixture {
    folder: TempDir,
    hands: Hands,
    authenticator: Authenticator,
}

impl Fixture {
    async fn new(keys: &[&Key]) -> Self {
        Self::configured(keys, |_| {}).await
    }

    async fn configured(keys: &[&Key], change: impl FnOnce(&mut IssuerConfig)) -> Self {
        Self::publishing(&jwks(keys), change).await
    }

    async fn publishing(document: &str, change: impl FnOnce(&mut IssuerConfig)) -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("jwks.json");
        std::fs::write(&path, document).expect("the folder can be written to");
        let mut issuer = issuer_with_file(&path);
        change(&mut issuer);
        let hands = Hands::new();
        let authenticator = Authenticator::new(&auth_config(vec![issuer]), hands.clock()).await;
        let authenticator = authenticator.unwrap_or_else(|error| panic!("{error}"));
        Self { folder, hands, authenticator }
    }

    fn publish(&self, document: &str) {
        std::fs::write(self.folder.path().join("jwks.json"), document).expect("the folder can be written to");
    }

    async fn person(&self, token: &str) -> Result<PersonKey, TokenRefused> {
        self.authenticator.identify(token).await.map(|identity| identity.person.clone())
    }

    async fn refusal(&self, token: &str) -> TokenRefused {
        self.authenticator.identify(token).await.expect_err("the token should be refused")
    }
}

fn employee() -> PersonKey {
    PersonKey::ExternalId("E-1001".to_owned())
}

fn missing(claim: &str) -> TokenRefused {
    TokenRefused::MissingClaim { claim: claim.to_owned() }
}
