//! The `/graphql` endpoint: one request from its headers to its response.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use async_graphql::parser::types::OperationType;
use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, Method, Request, Response, StatusCode, header, request::Parts},
};
use futures_util::FutureExt;
use tokio::time::timeout;

use super::{
    answer, codes,
    credentials::Credentials,
    endpoint::Endpoint,
    executor::Caller,
    media::{self, Media},
    parameters::Parameters,
    refusal::Refusal,
    request_info::RequestInfo,
    socket,
};

/// Answers one request, whatever happens.
pub(super) async fn handle(State(endpoint): State<Arc<Endpoint>>, request: Request<Body>) -> Response<Body> {
    let info = RequestInfo::read(request.headers());
    if socket::is_upgrade(&request) {
        let retry_after = endpoint.http.retry_after_seconds;
        let upgraded = socket::upgrade(endpoint, request, info.clone()).await;
        return upgraded.unwrap_or_else(|refusal| answer::refused(refusal, Media::Json, &info, retry_after));
    }
    let media = Media::negotiate(request.headers());
    let answered = match media {
        Some(media) => endpoint.admit(request, media, &info).await,
        None => Err(Refusal::http(
            StatusCode::NOT_ACCEPTABLE,
            codes::NOT_ACCEPTABLE,
            "the answer can be application/graphql-response+json or application/json, \
             and the header \"Accept\" allows neither",
        )),
    };
    answered.unwrap_or_else(|refusal| {
        let retry_after = endpoint.http.retry_after_seconds;
        answer::refused(refusal, media.unwrap_or(Media::Json), &info, retry_after)
    })
}

impl Endpoint {
    /// Ends a request when its time is over or its resolver panics.
    async fn admit(
        &self,
        request: Request<Body>,
        media: Media,
        info: &RequestInfo,
    ) -> Result<Response<Body>, Refusal> {
        let answer = AssertUnwindSafe(self.answer(request, media, info)).catch_unwind();
        match timeout(Duration::from_millis(self.http.request_timeout_ms), answer).await {
            Ok(Ok(answered)) => answered,
            Ok(Err(_panic)) => {
                // The panic hook has printed what happened; this line ties it to the request.
                tracing::error!(request_id = info.request_id, trace_id = info.trace_id, "a request panicked");
                Err(Refusal::new(codes::INTERNAL, "internal error"))
            }
            Err(_elapsed) => {
                let limit = self.http.request_timeout_ms;
                let message = format!(
                    "the request took longer than {limit} ms and was given up; whether a mutation took effect is open, \
                     so repeat it with the same idempotencyKey"
                );
                Err(Refusal::new(codes::UNAVAILABLE, message))
            }
        }
    }

    async fn answer(
        &self,
        request: Request<Body>,
        media: Media,
        info: &RequestInfo,
    ) -> Result<Response<Body>, Refusal> {
        let (head, body) = request.into_parts();
        check_method(&head)?;
        let credentials = Credentials::of(&head.headers)?;
        let caller = self.authenticate(credentials, info).await?;
        // A body is waited for without a slot: whoever sends one slowly keeps nobody else from being served.
        let body = match head.method {
            Method::GET => None,
            _ => Some(self.bodies.read(body, credentials.is_some()).await?),
        };
        let _slot = self.slot()?;
        let prepared = self.prepare(match &body {
            Some(body) => Parameters::from_body(&body.bytes)?,
            None => Parameters::from_uri(&head.uri)?,
        })?;
        check_transport(&head.method, prepared.kind)?;
        Ok(answer::executed(self.run(prepared, caller, info).await, media, info))
    }

    /// Seconds to wait before a repetition, as refusals tell them.
    pub(super) fn retry_after(&self) -> u32 {
        self.http.retry_after_seconds
    }

    /// Waits for work in one of the slots, as long as a request may take.
    pub(super) async fn within_time<T>(&self, work: impl Future<Output = T>) -> Result<T, Refusal> {
        let _slot = self.slot()?;
        let limit = self.http.request_timeout_ms;
        let ended = timeout(Duration::from_millis(limit), work).await;
        ended.map_err(|_elapsed| {
            let message = format!("the request took longer than {limit} ms and was given up");
            Refusal::new(codes::UNAVAILABLE, message)
        })
    }

    pub(super) async fn authenticate(
        &self,
        credentials: Option<Credentials<'_>>,
        info: &RequestInfo,
    ) -> Result<Caller, Refusal> {
        let _slot = self.slot()?;
        self.identify(credentials, info).await
    }
}

/// POST has to bring JSON, and GET has to come from somebody who could also read the answer.
fn check_method(head: &Parts) -> Result<(), Refusal> {
    match head.method {
        Method::POST => match head.headers.get(header::CONTENT_TYPE) {
            Some(content_type) if media::is_json(content_type) => Ok(()),
            _ => Err(Refusal::http(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                codes::UNSUPPORTED_MEDIA_TYPE,
                "the body has to be JSON in UTF-8, with the header \"Content-Type: application/json\"",
            )),
        },
        Method::GET if is_simple_cross_site(&head.headers) => Err(Refusal::http(
            StatusCode::FORBIDDEN,
            codes::CROSS_SITE_REQUEST,
            "a GET request from another site needs a header that browsers ask about first, \
             as \"GraphQL-Require-Preflight\", or an \"Accept\" that names JSON",
        )),
        Method::GET => Ok(()),
        _ => Err(Refusal::method_not_allowed("GET, POST", "the endpoint takes GET for queries, and POST")),
    }
}

/// Browsers say where a request comes from. One from another site that carries no sign of a script which was
/// allowed to send it may be an image or a link on anybody's page.
fn is_simple_cross_site(headers: &HeaderMap) -> bool {
    let cross_site =
        headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site" || site == "same-site");
    let preflighted = [
        "authorization",
        "graphql-require-preflight",
        "apollo-require-preflight",
        "x-requested-with",
        "x-request-id",
    ];
    cross_site && !preflighted.iter().any(|name| headers.contains_key(*name)) && !media::names_json(headers)
}

fn check_transport(method: &Method, kind: OperationType) -> Result<(), Refusal> {
    match kind {
        OperationType::Mutation if method == Method::GET => {
            Err(Refusal::method_not_allowed("POST", "GET is for queries; send a mutation by POST"))
        }
        OperationType::Query | OperationType::Mutation => Ok(()),
        OperationType::Subscription => {
            Err(Refusal::bad_request("a subscription needs a websocket that speaks graphql-transport-ws"))
        }
    }
}
