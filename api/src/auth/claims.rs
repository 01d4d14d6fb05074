//! The claims of a token, and the rules about time and audience.
//!
//! `jsonwebtoken` can check these too, but by the system clock, and it passes a token that leaves `aud` or `iss` out
//! unless told otherwise. Here every rule is in sight and time is an argument.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::TokenRefused;

/// The claims of a token whose signature was verified.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct Claims(Map<String, Value>);

impl Claims {
    /// The text of a claim; an empty one says as little as none.
    pub(super) fn text(&self, claim: &str) -> Result<&str, TokenRefused> {
        let text = self.0.get(claim).and_then(Value::as_str).filter(|text| !text.is_empty());
        text.ok_or_else(|| TokenRefused::MissingClaim { claim: claim.to_owned() })
    }

    /// Whether a claim says `true` or `false`; `None` when it says neither.
    pub(super) fn truth(&self, claim: &str) -> Option<bool> {
        match self.0.get(claim)? {
            Value::Bool(value) => Some(*value),
            // Some issuers write their booleans as text.
            Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }

    /// When the token ends, unless it has ended already or has not begun.
    pub(super) fn valid_until(
        &self,
        now: DateTime<Utc>,
        leeway: TimeDelta,
    ) -> Result<DateTime<Utc>, TokenRefused> {
        let expires_at = self.instant("exp")?;
        if now >= expires_at + leeway {
            return Err(TokenRefused::Expired { at: expires_at });
        }
        if self.0.contains_key("nbf") {
            let from = self.instant("nbf")?;
            if now + leeway < from {
                return Err(TokenRefused::NotYetValid { from });
            }
        }
        Ok(expires_at)
    }

    /// Refuses a token that names none of these audiences; `aud` is one of them or a list (RFC 7519, 4.1.3).
    pub(super) fn for_one_of(&self, audiences: &[String]) -> Result<(), TokenRefused> {
        let ours =
            |value: &Value| value.as_str().is_some_and(|name| audiences.iter().any(|ours| ours == name));
        let named = match self.0.get("aud") {
            Some(Value::Array(list)) => list.iter().any(ours),
            Some(value @ Value::String(_)) => ours(value),
            _ => return Err(TokenRefused::MissingClaim { claim: "aud".to_owned() }),
        };
        if named { Ok(()) } else { Err(TokenRefused::Audience) }
    }

    /// A `NumericDate`: seconds since 1970, possibly with a fraction, which is cut off. Years beyond the calendar's
    /// reach are refused, with room to spare for the leeway.
    fn instant(&self, claim: &str) -> Result<DateTime<Utc>, TokenRefused> {
        const YEAR_10_000: f64 = 253_402_300_800.0;
        let seconds = self.0.get(claim).and_then(Value::as_f64);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the range was checked and a fraction may be lost"
        )]
        let instant = seconds
            .filter(|seconds| (0.0..YEAR_10_000).contains(seconds))
            .and_then(|seconds| DateTime::from_timestamp(seconds as i64, 0));
        instant.ok_or_else(|| TokenRefused::MissingClaim { claim: claim.to_owned() })
    }
}
