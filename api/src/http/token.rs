//! `/oauth/token`: tokens for service accounts, by the client credentials grant of OAuth 2.0 (RFC 6749, 4.4).
//!
//! The answers are those of RFC 6749, 5.1 and 5.2, which every OAuth client knows, and not those of the other routes. What
//! bounds the work are the slots that all requests share. There is no bound on failures: nobody guesses 256 random bits, and
//! a client that is locked out because others pretend to be it would be worse off.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderValue, Request, Response, StatusCode, header},
};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use reqwest::Url;
use serde::Serialize;

use super::{answer, endpoint::Endpoint, refusal::Refusal, request_info::RequestInfo, telemetry};

/// The only grant that is given here.
const GRANT: &str = "client_credentials";
/// How a client is asked to prove itself.
const CHALLENGE: &str = r#"Basic realm="/oauth/token", charset="UTF-8""#;

/// Whoever asks for a token, and what for. It is never written anywhere.
pub struct TokenRequest {
    /// The id of the client.
    pub client_id: String,
    /// Its secret.
    pub client_secret: String,
    /// The scopes, with spaces between them.
    pub scope: Option<String>,
}

/// A token, in the words of RFC 6749, 5.1.
#[derive(Serialize)]
pub struct TokenGranted {
    /// The token.
    pub access_token: String,
    /// How it is sent.
    pub token_type: &'static str,
    /// For how many seconds it is good.
    pub expires_in: i64,
    /// Its scopes, with spaces between them.
    pub scope: String,
}

/// Why there is no token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenDenied {
    /// The client is unknown, or does not prove to be it.
    InvalidClient(String),
    /// A scope is unknown, or not the client's.
    InvalidScope(String),
    /// Nobody can tell at the moment.
    Unavailable(String),
    /// Something failed that is not the client's doing; the log has it.
    Internal,
}

/// An error, in the words of RFC 6749, 5.2.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct NoToken {
    #[serde(skip)]
    status: StatusCode,
    error: &'static str,
    error_description: String,
}

impl NoToken {
    /// The description has the characters that the RFC allows; whatever else a client sent and is told again, is not.
    fn new(status: StatusCode, error: &'static str, description: &str) -> Self {
        let allowed = |c: char| matches!(c, ' '..='~') && !matches!(c, '"' | '\\');
        let described = description.chars().map(|c| if allowed(c) { c } else { '?' });
        Self { status, error, error_description: described.collect() }
    }

    fn invalid_request(description: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_request", description)
    }

    fn invalid_client(description: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "invalid_client", description)
    }
}

impl From<TokenDenied> for NoToken {
    fn from(denied: TokenDenied) -> Self {
        match denied {
            TokenDenied::InvalidClient(why) => Self::invalid_client(&why),
            TokenDenied::InvalidScope(why) => Self::new(StatusCode::BAD_REQUEST, "invalid_scope", &why),
            TokenDenied::Unavailable(why) => {
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable", &why)
            }
            TokenDenied::Internal => {
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, "server_error", "internal error")
            }
        }
    }
}

/// What the wire itself refuses: a body that is too long or too late, and a server that is busy.
impl From<Refusal> for NoToken {
    fn from(refusal: Refusal) -> Self {
        let status = refusal.status.unwrap_or(StatusCode::BAD_REQUEST);
        let error = match status {
            StatusCode::SERVICE_UNAVAILABLE => "temporarily_unavailable",
            _ => "invalid_request",
        };
        Self::new(status, error, &refusal.error.message)
    }
}

/// Gives a token to who proves to be a service account.
pub(super) async fn grant(State(endpoint): State<Arc<Endpoint>>, request: Request<Body>) -> Response<Body> {
    let (head, body) = request.into_parts();
    let info = RequestInfo::read(&head.headers);
    let granted = async {
        if !is_form(&head.headers) {
            return Err(NoToken::invalid_request("the body has to be application/x-www-form-urlencoded"));
        }
        let body = endpoint.bodies.read(body, false).await?;
        let asked = read(&head.headers, &body.bytes)?;
        Ok(endpoint.within_time(endpoint.executor.grant_token(asked)).await??)
    };
    let granted = granted.await;
    telemetry::count_token(granted.as_ref().map_or_else(|denied| denied.error, |_| "granted"));
    respond(&granted, &endpoint, &info)
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// What a request asks for. The client says who it is either in the header or in the body, never in both.
fn read(headers: &HeaderMap, body: &[u8]) -> Result<TokenRequest, NoToken> {
    let body = std::str::from_utf8(body).map_err(|_| NoToken::invalid_request("the body has to be UTF-8"))?;
    let mut said = BTreeMap::new();
    for (name, value) in pairs(body) {
        // What is said without a value is as good as not said; what is not known is not looked at.
        let known =
            matches!(name.as_str(), "grant_type" | "scope" | "client_id" | "client_secret" | "resource");
        if known && !value.is_empty() && said.insert(name.clone(), value).is_some() {
            return Err(NoToken::invalid_request(&format!("{name} can be given once")));
        }
    }
    let grant = said.remove("grant_type");
    let grant = grant.ok_or_else(|| NoToken::invalid_request("grant_type is missing"))?;
    if grant != GRANT {
        let description = format!("the only grant_type is {GRANT}");
        return Err(NoToken::new(StatusCode::BAD_REQUEST, "unsupported_grant_type", &description));
    }
    let (client_id, client_secret) = match (basic(headers)?, said.remove("client_secret")) {
        (Some(_), Some(_)) => {
            let description = "the client proves itself in the header or in the body, not in both";
            return Err(NoToken::invalid_request(description));
        }
        (Some((id, secret)), None) => {
            if said.remove("client_id").is_some_and(|said| said != id) {
                return Err(NoToken::invalid_request("client_id differs from that of the header"));
            }
            (id, secret)
        }
        (None, Some(secret)) => {
            let id = said.remove("client_id");
            (id.ok_or_else(|| NoToken::invalid_client("client_id is missing"))?, secret)
        }
        (None, None) => {
            let description = "send client_id and client_secret by HTTP Basic, or in the body";
            return Err(NoToken::invalid_client(description));
        }
    };
    Ok(TokenRequest { client_id, client_secret, scope: said.remove("scope") })
}

/// The client and its secret in the header, each written as in a form (RFC 6749, 2.3.1).
fn basic(headers: &HeaderMap) -> Result<Option<(String, String)>, NoToken> {
    let Some(value) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let unreadable =
        || NoToken::invalid_client("Authorization has to be Basic with a client id and a secret");
    let (scheme, encoded) =
        value.to_str().ok().and_then(|text| text.split_once(' ')).ok_or_else(unreadable)?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return Err(unreadable());
    }
    let decoded = BASE64_STANDARD.decode(encoded.trim()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let decoded = decoded.ok_or_else(unreadable)?;
    let (id, secret) = decoded.split_once(':').ok_or_else(unreadable)?;
    let unwritten = |text: &str| pairs(&format!("={text}")).into_iter().next().map(|(_, value)| value);
    Ok(Some((unwritten(id).ok_or_else(unreadable)?, unwritten(secret).ok_or_else(unreadable)?)))
}

/// The names and values of a form, which is written as the query of an address is.
fn pairs(form: &str) -> Vec<(String, String)> {
    let Ok(mut address) = Url::parse("http://form/") else { return Vec::new() };
    address.set_query(Some(form));
    address.query_pairs().into_owned().collect()
}

fn respond(
    granted: &Result<TokenGranted, NoToken>,
    endpoint: &Endpoint,
    info: &RequestInfo,
) -> Response<Body> {
    let (status, body) = match granted {
        Ok(granted) => (StatusCode::OK, serde_json::to_string(granted)),
        Err(denied) => (denied.status, serde_json::to_string(denied)),
    };
    let mut response = Response::new(Body::from(body.unwrap_or_default()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, "application/json;charset=UTF-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::PRAGMA, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    match status {
        StatusCode::UNAUTHORIZED => {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(CHALLENGE));
        }
        StatusCode::SERVICE_UNAVAILABLE => {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(endpoint.retry_after()));
        }
        _ => {}
    }
    answer::name_request(headers, info);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a form says, or the error and its status.
    fn ask(
        authorization: Option<&str>,
        form: &str,
    ) -> Result<(String, String, Option<String>), (u16, &'static str)> {
        let mut headers = HeaderMap::new();
        if let Some(value) = authorization {
            headers.insert(header::AUTHORIZATION, HeaderValue::from_str(value).expect("a header"));
        }
        let read = read(&headers, form.as_bytes());
        read.map(|asked| (asked.client_id, asked.client_secret, asked.scope))
            .map_err(|denied| (denied.status.as_u16(), denied.error))
    }

    fn basic(text: &str) -> String {
        format!("Basic {}", BASE64_STANDARD.encode(text))
    }

    #[test]
    fn a_client_proves_itself_in_the_header_or_in_the_body() {
        let said = |scope: Option<&str>| Ok(("a b".to_owned(), "s:%".to_owned(), scope.map(str::to_owned)));
        let grant = "grant_type=client_credentials";
        assert_eq!(ask(None, &format!("{grant}&client_id=a+b&client_secret=s%3A%25")), said(None));
        assert_eq!(ask(Some(&basic("a+b:s%3A%25")), grant), said(None));
        assert_eq!(ask(Some(&basic("a%20b:s:%25")), &format!("{grant}&scope=x+y&scope=")), said(Some("x y")));
        assert_eq!(
            ask(Some(&basic("a+b:s%3A%25")), &format!("{grant}&client_id=a%20b&more=1&more=2")),
            said(None)
        );
    }

    #[test]
    fn every_flaw_has_its_error() {
        let grant = "grant_type=client_credentials";
        let (request, client) = ((400, "invalid_request"), (401, "invalid_client"));
        for (authorization, form, expected) in [
            (None, String::new(), request),
            (None, "client_id=a&client_secret=s".to_owned(), request),
            (None, format!("{grant}&{grant}&client_id=a&client_secret=s"), request),
            (
                None,
                "grant_type=password&client_id=a&client_secret=s".to_owned(),
                (400, "unsupported_grant_type"),
            ),
            (None, grant.to_owned(), client),
            (None, format!("{grant}&client_id=a"), client),
            (None, format!("{grant}&client_secret=s"), client),
            (Some(basic("a:s")), format!("{grant}&client_secret=s"), request),
            (Some(basic("a:s")), format!("{grant}&client_id=b"), request),
            (Some(basic("a")), grant.to_owned(), client),
            (Some("Basic !".to_owned()), grant.to_owned(), client),
            (Some("Bearer a".to_owned()), grant.to_owned(), client),
        ] {
            assert_eq!(ask(authorization.as_deref(), &form), Err(expected), "{authorization:?} {form}");
        }
        assert_eq!(
            read(&HeaderMap::new(), &[0xff]).err().map(|denied| denied.error),
            Some("invalid_request")
        );
    }

    #[test]
    fn a_description_has_the_characters_that_the_standard_allows() {
        let denied = NoToken::from(TokenDenied::InvalidScope("no \"scope\\\u{0}é'".to_owned()));
        assert_eq!(denied.error_description, "no ?scope???'");
    }
}
