//! Who is asking: a bearer token becomes an [`Identity`].
//!
//! Tokens are JWTs from OpenID Connect issuers that the configuration trusts by name. A token says *who* somebody is
//! and for which employer; what they may do is decided from our own data and never read from a token. The rules are
//! those of RFC 8725 (JWT best current practices): the algorithm belongs to the key and must stand in the issuer's
//! allow-list, the header only helps to find the key, and every claim that limits a token is required and checked.
//!
//! | file | what it knows |
//! | --- | --- |
//! | `authenticator` | from a token to an identity, and which tokens were verified already |
//! | `issuer` | what one issuer's tokens must say |
//! | `claims` | the claims of a token and the rules about time and audience |
//! | `keyset` | the public keys in a JWKS, and which of them may verify what |
//! | `keyring` | the set in force: when it is looked up again, and what happens when that fails |
//! | `key_source` | where keys come from: a file, an address, or discovery |
//! | `development` | the issuer on a developer's own machine |

mod authenticator;
mod claims;
mod development;
mod issuer;
mod key_source;
mod keyring;
mod keyset;
mod refusal;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use chrono::{DateTime, Utc};

pub use self::authenticator::{AuthError, Authenticator};
pub use self::development::{DevelopmentIssuer, DevelopmentKeyError};
pub use self::refusal::TokenRefused;

/// Tells the time. It is an argument so that tests decide what time it is.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// Who a verified token speaks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The issuer that vouches for it.
    pub issuer: String,
    /// The slug of the employer.
    pub employer: String,
    /// Which of the employer's people it is.
    pub person: PersonKey,
    /// When the token ends; whatever lasts longer than a request must end then too.
    pub expires_at: DateTime<Utc>,
}

/// What a token calls a person.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PersonKey {
    /// The identifier in the employer's HR system.
    ExternalId(String),
    /// The e-mail address.
    Email(String),
}

/// Chooses the cryptography behind tokens. Call it once before the first token; calling it again changes nothing.
///
/// Without it, `jsonwebtoken` guesses from its compiled features, and panics at the first token if some dependency
/// ever turns on a second one.
pub fn install_crypto() {
    // The only error is that one is installed already, and nothing else in the program installs any.
    let _ = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
}
