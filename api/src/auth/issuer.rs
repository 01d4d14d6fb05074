//! What the tokens of one issuer must say, and how they say who they speak for.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Header, Validation};

use super::claims::Claims;
use super::keyring::Keyring;
use super::keyset::{KeySet, VerificationKey};
use super::{Identity, PersonKey, TokenRefused};
use crate::config::{EmployerSource, IssuerConfig, SubjectKind};

/// An issuer that is trusted.
#[derive(Debug)]
pub(super) struct TrustedIssuer {
    name: String,
    audience: Vec<String>,
    employer: Employer,
    subject_claim: String,
    subject_is: SubjectKind,
    require_verified_email: bool,
    require_at_jwt: bool,
    pub(super) keyring: Arc<Keyring>,
}

#[derive(Debug)]
enum Employer {
    Fixed(String),
    InClaim(String),
}

impl TrustedIssuer {
    /// The issuer as configured, with its employer and its keys.
    pub(super) fn new(config: &IssuerConfig, employer: EmployerSource<'_>, keyring: Arc<Keyring>) -> Self {
        Self {
            name: config.issuer.clone(),
            audience: config.audience.clone(),
            employer: match employer {
                EmployerSource::Fixed(slug) => Employer::Fixed(slug.to_owned()),
                EmployerSource::Claim(claim) => Employer::InClaim(claim.to_owned()),
            },
            subject_claim: config.subject_claim.clone(),
            subject_is: config.subject_is,
            require_verified_email: config.require_verified_email,
            require_at_jwt: config.require_at_jwt,
            keyring,
        }
    }

    /// Checks everything about a token of this issuer and says who it speaks for, and by which keys that was found.
    pub(super) async fn verify(
        &self,
        token: &str,
        header: &Header,
        now: DateTime<Utc>,
        leeway: TimeDelta,
    ) -> Result<(Identity, Arc<KeySet>), TokenRefused> {
        self.check_type(header)?;
        let keys = self.keys_for(header, now).await?;
        let claims = read_signed(token, keys.find(header.kid.as_deref(), header.alg)?)?;
        let identity = self.identity(&claims, now, leeway)?;
        Ok((identity, keys))
    }

    /// The keys in force, looked up once more if they do not have the one that the token names.
    async fn keys_for(&self, header: &Header, now: DateTime<Utc>) -> Result<Arc<KeySet>, TokenRefused> {
        let lacks_it = |keys: &KeySet| {
            matches!(keys.find(header.kid.as_deref(), header.alg), Err(TokenRefused::UnknownKey))
        };
        let keys = match self.keyring.current(now).await {
            Some(keys) if !lacks_it(&keys) => Some(keys),
            _ => self.keyring.after_another_look(now).await,
        };
        keys.ok_or(TokenRefused::KeysUnavailable)
    }

    /// Different kinds of JWT must not stand in for each other (RFC 8725, 3.11): a logout token or a proof of
    /// possession from the same issuer is no access token. Most issuers leave the type at `JWT` or out.
    fn check_type(&self, header: &Header) -> Result<(), TokenRefused> {
        let named = |names: &[&str]| {
            header.typ.as_deref().is_some_and(|typ| names.iter().any(|name| typ.eq_ignore_ascii_case(name)))
        };
        let access_token = named(&["at+jwt", "application/at+jwt"]);
        let plain = header.typ.is_none() || named(&["JWT", "application/jwt"]);
        if access_token || (plain && !self.require_at_jwt) { Ok(()) } else { Err(TokenRefused::Type) }
    }

    fn identity(
        &self,
        claims: &Claims,
        now: DateTime<Utc>,
        leeway: TimeDelta,
    ) -> Result<Identity, TokenRefused> {
        let expires_at = claims.valid_until(now, leeway)?;
        claims.for_one_of(&self.audience)?;
        let employer = match &self.employer {
            Employer::Fixed(slug) => slug,
            Employer::InClaim(claim) => claims.text(claim)?,
        };
        let subject = claims.text(&self.subject_claim)?.to_owned();
        let person = match self.subject_is {
            SubjectKind::ExternalId => PersonKey::ExternalId(subject),
            // Where anybody may type an address into their profile, an unverified one is somebody else's.
            SubjectKind::Email => match claims.truth("email_verified") {
                Some(false) => return Err(TokenRefused::EmailNotVerified),
                None if self.require_verified_email => return Err(TokenRefused::EmailNotVerified),
                Some(true) | None => PersonKey::Email(subject),
            },
        };
        Ok(Identity { issuer: self.name.clone(), employer: employer.to_owned(), person, expires_at })
    }
}

/// Verifies the signature and reads the claims. The checks of `jsonwebtoken` on claims are off, because ours take
/// their place: see `claims`.
fn read_signed(token: &str, key: &VerificationKey) -> Result<Claims, TokenRefused> {
    let mut validation = Validation::default();
    validation.algorithms.clone_from(&key.algorithms);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation.validate_aud = false;
    match jsonwebtoken::decode::<Claims>(token, &key.key, &validation) {
        Ok(data) => Ok(data.claims),
        Err(error) => Err(match error.kind() {
            jsonwebtoken::errors::ErrorKind::InvalidAlgorithm => TokenRefused::Algorithm,
            jsonwebtoken::errors::ErrorKind::InvalidSignature => TokenRefused::Signature,
            _ => TokenRefused::Malformed,
        }),
    }
}
