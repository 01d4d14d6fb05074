//! Why a token was refused, in words that are safe to send back.

use chrono::{DateTime, SecondsFormat, Utc};

/// Why a token was refused.
///
/// The messages help whoever holds the token and repeat nothing out of it, so a forged token can put no text into our
/// answers or logs. They have neither quotation marks nor backslashes and fit `error_description` of RFC 6750 as they
/// are.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenRefused {
    /// Larger than any token an issuer would make.
    #[error("the token is larger than {limit} bytes")]
    TooLarge {
        /// The most bytes a token may have.
        limit: usize,
    },
    /// Not a signed JWT.
    #[error("the token is not a signed JWT that this server can read")]
    Malformed,
    /// From an issuer that is not configured.
    #[error("the issuer of the token is not one that this server trusts")]
    UnknownIssuer,
    /// Signed by a key that the issuer does not publish (any more).
    #[error("the token is signed by a key that its issuer does not publish")]
    UnknownKey,
    /// Signed by an algorithm other than the key's, or one that is not allowed.
    #[error("the signature algorithm of the token is not accepted from its issuer")]
    Algorithm,
    /// The signature is wrong.
    #[error("the signature of the token is not valid")]
    Signature,
    /// A JWT of another kind, or one that does not declare itself an access token where that is required.
    #[error("the token is not an access token: its type is not one that is accepted from its issuer")]
    Type,
    /// A claim that must be there is not, or has another type.
    #[error("the token has no usable `{claim}` claim")]
    MissingClaim {
        /// The claim, as our configuration names it.
        claim: String,
    },
    /// Meant for somebody else.
    #[error("the token is meant for another audience")]
    Audience,
    /// Over.
    #[error("the token expired at {}", instant(.at))]
    Expired {
        /// When.
        at: DateTime<Utc>,
    },
    /// Not valid yet.
    #[error("the token is not valid before {}", instant(.from))]
    NotYetValid {
        /// From when on.
        from: DateTime<Utc>,
    },
    /// The issuer does not say that it has verified the e-mail address, or says that it has not.
    #[error("the token does not say that its e-mail address was verified: `email_verified` must be true")]
    EmailNotVerified,
    /// The issuer's keys could never be had so far.
    #[error("the keys of the token's issuer cannot be had at the moment; try again later")]
    KeysUnavailable,
}

impl TokenRefused {
    /// Whether the same token may well be accepted later: an answer of 503 rather than 401.
    pub fn is_temporary(&self) -> bool {
        matches!(self, Self::KeysUnavailable)
    }
}

fn instant(at: &DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
