//! What a request says of who sends it.

use axum::http::{HeaderMap, HeaderName, header};

use super::refusal::Refusal;

/// The header by which a service account says for whom it acts.
pub(super) const ACT_FOR: HeaderName = HeaderName::from_static("upskill-act-for");

/// A token, and the person for whom its holder acts, if they say so.
#[derive(Clone, Copy)]
pub struct Credentials<'a> {
    /// The bearer token.
    pub token: &'a str,
    /// What the header `Upskill-Act-For` says.
    pub act_for: Option<&'a str>,
}

impl<'a> Credentials<'a> {
    /// What the headers of a request say; nothing where they have no token.
    pub(super) fn of(headers: &'a HeaderMap) -> Result<Option<Self>, Refusal> {
        let act_for = act_for(headers)?;
        match bearer(headers)? {
            Some(token) => Ok(Some(Self { token, act_for })),
            None if act_for.is_some() => {
                let message = "the header \"Upskill-Act-For\" needs the token of a service account beside it";
                Err(Refusal::unauthenticated(message, false))
            }
            None => Ok(None),
        }
    }
}

/// The token of the `Authorization` header.
fn bearer(headers: &HeaderMap) -> Result<Option<&str>, Refusal> {
    let Some(value) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let parts = value.to_str().ok().and_then(|text| text.split_once(' '));
    match parts {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") && !token.trim().is_empty() => {
            Ok(Some(token.trim()))
        }
        _ => Err(Refusal::unauthenticated(
            "the header \"Authorization\" has to be \"Bearer\" and a token",
            true,
        )),
    }
}

/// The person whom the header names. Names are not always of ASCII, and two headers would be two people.
fn act_for(headers: &HeaderMap) -> Result<Option<&str>, Refusal> {
    let mut values = headers.get_all(ACT_FOR).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => {
            let text = std::str::from_utf8(value.as_bytes());
            let text = text.map_err(|_| Refusal::bad_request("\"Upskill-Act-For\" has to be UTF-8"))?;
            Ok(Some(text.trim()))
        }
        (Some(_), Some(_)) => Err(Refusal::bad_request("\"Upskill-Act-For\" can be given once")),
    }
}
