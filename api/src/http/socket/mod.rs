//! GraphQL over a websocket, by the protocol `graphql-transport-ws`.
//!
//! The same path, the same limits and the same executor as over HTTP; what is different is that a connection lasts. So
//! the token is looked at again before every event and at every sign of life, everything that a client can make many of
//! is bounded, and nothing is kept for a client that does not read: a subscription asks for the next event when the one
//! before has left.
//!
//! * `protocol`: the messages, and the codes that a connection is closed with
//! * `connection`: one websocket from its handshake to its end
//! * `operation`: one operation on it

mod connection;
mod operation;
mod protocol;

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{FromRequestParts, WebSocketUpgrade},
    http::{HeaderMap, Method, Request, Response, StatusCode, header},
    response::IntoResponse,
};
use metrics::{Gauge, describe_gauge, gauge};
use reqwest::Url;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{
    codes, credentials::Credentials, endpoint::Endpoint, refusal::Refusal, request_info::RequestInfo,
    server::Lifetime, telemetry,
};
use crate::config::LiveConfig;
use connection::Connection;

/// The only protocol that is spoken here.
const PROTOCOL: &str = "graphql-transport-ws";

/// Whoever speaks on a websocket, for as long as it lasts.
#[derive(Clone)]
struct Peer {
    token: Arc<str>,
    act_for: Option<Arc<str>>,
}

impl From<Credentials<'_>> for Peer {
    fn from(Credentials { token, act_for }: Credentials<'_>) -> Self {
        Self { token: token.into(), act_for: act_for.map(Arc::from) }
    }
}

impl Peer {
    fn credentials(&self) -> Credentials<'_> {
        Credentials { token: &self.token, act_for: self.act_for.as_deref() }
    }
}

/// What all websockets share.
pub(super) struct Sockets {
    pub live: LiveConfig,
    places: Arc<Semaphore>,
    open: Gauge,
}

impl Sockets {
    pub(super) fn new(live: &LiveConfig) -> Self {
        telemetry::metrics();
        describe_gauge!("graphql_websockets_open", "Open websockets.");
        Self {
            live: live.clone(),
            places: Arc::new(Semaphore::new(live.max_sockets.min(Semaphore::MAX_PERMITS))),
            open: gauge!("graphql_websockets_open"),
        }
    }

    fn place(&self) -> Result<Place, Refusal> {
        let Ok(permit) = Arc::clone(&self.places).try_acquire_owned() else {
            return Err(Refusal::new(
                codes::UNAVAILABLE,
                "as many websockets are open as may be; try again later",
            ));
        };
        self.open.increment(1);
        Ok(Place { _permit: permit, open: self.open.clone() })
    }
}

/// One of the places for websockets, until it is dropped.
struct Place {
    _permit: OwnedSemaphorePermit,
    open: Gauge,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.open.decrement(1);
    }
}

/// Whether a request asks for a websocket.
pub(super) fn is_upgrade(request: &Request<Body>) -> bool {
    let websocket = |value: &header::HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"websocket");
    request.method() == Method::GET && request.headers().get(header::UPGRADE).is_some_and(websocket)
}

/// Answers the handshake, and serves the websocket that comes of it.
pub(super) async fn upgrade(
    endpoint: Arc<Endpoint>,
    request: Request<Body>,
    info: RequestInfo,
) -> Result<Response<Body>, Refusal> {
    let (mut head, _) = request.into_parts();
    check_origin(&head.headers, &endpoint.http.cors_origins)?;
    let peer = Credentials::of(&head.headers)?.map(Peer::from);
    let lifetime = head.extensions.get::<Lifetime>().cloned().unwrap_or_default();
    let handshake = WebSocketUpgrade::from_request_parts(&mut head, &())
        .await
        .map_err(|rejection| Refusal::bad_request(rejection.to_string()))?;
    let place = endpoint.sockets.place()?;
    // Longer messages are told so; far longer ones are not even read.
    let longest = endpoint.http.body_limit_bytes.saturating_mul(2);
    let handshake = handshake.protocols([PROTOCOL]).max_message_size(longest).max_frame_size(longest);
    let Lifetime { stop, cut, connections } = lifetime;
    let waited_for = connections.token();
    Ok(handshake
        .on_upgrade(async move |socket| {
            let (_place, _waited_for) = (place, waited_for);
            let connection = Connection::new(endpoint, info, peer, stop);
            cut.run_until_cancelled(connection.serve(socket)).await;
        })
        .into_response())
}

/// Browsers ask nobody whether a page may open a websocket, so the server has to: pages of its own host may, and those of
/// `http.cors_origins`. Whoever is no browser names no origin.
fn check_origin(headers: &HeaderMap, allowed: &[String]) -> Result<(), Refusal> {
    let Some(origin) = headers.get(header::ORIGIN) else { return Ok(()) };
    let origin = origin.to_str().unwrap_or_default();
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let from_here = || {
        let authority = Url::parse(origin).ok().map(|url| url.authority().to_owned());
        authority.is_some_and(|authority| Some(authority.as_str()) == host)
    };
    if allowed.iter().any(|allowed| allowed == origin) || from_here() {
        return Ok(());
    }
    Err(Refusal::http(
        StatusCode::FORBIDDEN,
        codes::CROSS_SITE_REQUEST,
        "pages of this origin may not open a websocket here; http.cors_origins names those that may",
    ))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn pages_from_elsewhere_are_refused() {
        let allowed = ["https://hr.example.com".to_owned()];
        let check = |origin: Option<&'static str>| {
            let mut headers =
                HeaderMap::from_iter([(header::HOST, HeaderValue::from_static("api.example.com:8080"))]);
            headers.extend(origin.map(|origin| (header::ORIGIN, HeaderValue::from_static(origin))));
            check_origin(&headers, &allowed).is_ok()
        };
        assert!(check(None));
        assert!(check(Some("https://hr.example.com")));
        assert!(check(Some("http://api.example.com:8080")));
        for stranger in
            ["https://example.org", "http://api.example.com", "null", "", "https://hr.example.com.evil.org"]
        {
            assert!(!check(Some(stranger)), "{stranger}");
        }
    }
}
