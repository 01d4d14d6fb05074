//! `[auth]`: whose tokens are trusted, and how a token says who it speaks for.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// `[auth]`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthConfig {
    /// How far an issuer's clock may differ from ours.
    pub leeway_seconds: u32,
    /// The least time between two looks at an issuer's keys.
    pub jwks_refresh_floor_seconds: u32,
    /// The issuer on this machine, for development and tests.
    pub development: DevelopmentIssuerConfig,
    /// The issuers that are trusted.
    pub issuers: Vec<IssuerConfig>,
}

/// `[auth.development]`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DevelopmentIssuerConfig {
    /// Whether tokens signed with the development key are trusted.
    pub enabled: bool,
    /// Where the development key lies; it is made on first use.
    pub key_file: PathBuf,
    /// How long a development token is valid.
    pub token_lifetime_hours: u32,
}

/// `[[auth.issuers]]`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssuerConfig {
    /// The exact `iss` of its tokens.
    pub issuer: String,
    /// The audiences that stand for us; a token must name one of them.
    pub audience: Vec<String>,
    /// The algorithms that are accepted from this issuer.
    pub algorithms: Vec<SigningAlgorithm>,
    /// Find the keys through the issuer's OpenID configuration.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub discovery: bool,
    /// Fetch the keys from this address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jwks_url: Option<String>,
    /// Read the keys from this file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jwks_file: Option<PathBuf>,
    /// The slug of the one employer this issuer speaks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employer: Option<String>,
    /// The claim that holds the employer's slug; such an issuer speaks for every employer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employer_claim: Option<String>,
    /// The claim that says which person it is.
    #[serde(default = "sub")]
    pub subject_claim: String,
    /// What that claim holds.
    #[serde(default)]
    pub subject_is: SubjectKind,
    /// With e-mail addresses, accept only tokens that say of theirs that it was verified.
    #[serde(default = "yes")]
    pub require_verified_email: bool,
    /// Accept only tokens whose header declares them an access token (RFC 9068).
    #[serde(default)]
    pub require_at_jwt: bool,
}

impl IssuerConfig {
    /// Where the keys come from, if exactly one place is named.
    pub fn key_source(&self) -> Option<KeySource<'_>> {
        match (self.discovery, &self.jwks_url, &self.jwks_file) {
            (true, None, None) => Some(KeySource::Discovery(&self.issuer)),
            (false, Some(url), None) => Some(KeySource::Url(url)),
            (false, None, Some(path)) => Some(KeySource::File(path)),
            _ => None,
        }
    }

    /// How the employer is found, if exactly one way is named.
    pub fn employer_source(&self) -> Option<EmployerSource<'_>> {
        match (&self.employer, &self.employer_claim) {
            (Some(slug), None) => Some(EmployerSource::Fixed(slug)),
            (None, Some(claim)) => Some(EmployerSource::Claim(claim)),
            _ => None,
        }
    }
}

/// Where an issuer's keys come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeySource<'a> {
    /// The OpenID configuration of this issuer names the address.
    Discovery(&'a str),
    /// This address.
    Url(&'a str),
    /// This file.
    File(&'a Path),
}

/// How the employer that a token belongs to is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmployerSource<'a> {
    /// It is always this one.
    Fixed(&'a str),
    /// This claim holds its slug.
    Claim(&'a str),
}

/// A signature algorithm that a token may use. All are asymmetric: there is no shared secret to leak, and none for a
/// forger to derive from a public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SigningAlgorithm {
    /// RSA PKCS#1 v1.5 with SHA-256.
    RS256,
    /// RSA PSS with SHA-256.
    PS256,
    /// ECDSA on P-256 with SHA-256.
    ES256,
    /// ECDSA on P-384 with SHA-384.
    ES384,
    /// Ed25519.
    EdDSA,
}

/// What the subject claim of an issuer's tokens holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SubjectKind {
    /// The identifier under which the employer's HR system knows the person.
    #[default]
    ExternalId,
    /// The person's e-mail address.
    Email,
}

fn yes() -> bool {
    true
}

fn sub() -> String {
    "sub".to_owned()
}
