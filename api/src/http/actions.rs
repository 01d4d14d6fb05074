//! `/actions/{token}`: deciding a request from a link in a mail or a chat.
//!
//! GET shows what the link would decide and changes nothing, because programs that look into mail follow links; POST
//! decides. The token is all that is needed, so neither answer is kept by anybody on the way, nothing on the page is
//! loaded from elsewhere, and the address is told to no other page. A browser gets a page, everybody else JSON.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, Request, Response, StatusCode, Uri, header},
};
use serde::{Deserialize, Serialize};

use super::{
    action_page, answer, codes, endpoint::Endpoint, media::Media, refusal::Refusal, request_info::RequestInfo,
};

/// What a link would decide, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ActionShown {
    /// `APPROVE` or `REJECT`.
    pub verdict: &'static str,
    /// The id of the request.
    pub funding_request_id: String,
    /// For whom the request is.
    pub requester: String,
    /// Who would decide.
    pub approver: String,
    /// What is asked for.
    pub title: String,
    /// What the budget is asked for.
    pub amount: String,
    /// What it is good for, in the requester's words.
    pub purpose: String,
    /// From when on the link does nothing any more.
    pub expires_at: String,
    /// Why the link does nothing, where that is known already.
    pub spent: Option<String>,
}

/// What a link decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ActionDone {
    /// `APPROVED`, `PASSED_ON` or `REJECTED`.
    pub outcome: &'static str,
    /// The id of the request.
    pub funding_request_id: String,
    /// The status of the request now.
    pub status: &'static str,
}

/// What is said with a link: a remark to a yes, a reason and a text to a no.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct ActionWords {
    /// A remark.
    pub note: Option<String>,
    /// Why not: one of the reasons of a rejection.
    pub reason: Option<String>,
    /// Why not, in words that the requester reads.
    pub text: Option<String>,
}

/// Why a link did nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionRefused {
    /// What HTTP calls it.
    pub status: StatusCode,
    /// Which rule refused, or one of [`codes`].
    pub code: &'static str,
    /// What is told.
    pub message: String,
}

/// Shows what a link would decide.
pub(super) async fn show(
    State(endpoint): State<Arc<Endpoint>>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Response<Body> {
    let info = RequestInfo::read(&headers);
    let shown = endpoint.within_time(endpoint.executor.show_action(&token)).await;
    let shown = shown.and_then(|shown| shown.map_err(refusal));
    let page = wants_page(&headers).then_some(action_page::shown as fn(&ActionShown) -> String);
    respond(shown, page, &endpoint, &info)
}

/// Decides what a link says.
pub(super) async fn act(
    State(endpoint): State<Arc<Endpoint>>,
    Path(token): Path<String>,
    request: Request<Body>,
) -> Response<Body> {
    let (head, body) = request.into_parts();
    let info = RequestInfo::read(&head.headers);
    let done = async {
        let words = words(&head.headers, &endpoint.bodies.read(body, false).await?.bytes)?;
        let acting = endpoint.executor.act(&token, words, &info);
        endpoint.within_time(acting).await?.map_err(refusal)
    };
    let done = done.await;
    let page = wants_page(&head.headers).then_some(action_page::done as fn(&ActionDone) -> String);
    respond(done, page, &endpoint, &info)
}

/// What was said, as JSON or as a form. An empty body says nothing.
fn words(headers: &HeaderMap, body: &[u8]) -> Result<ActionWords, Refusal> {
    if body.trim_ascii().is_empty() {
        return Ok(ActionWords::default());
    }
    let content_type =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    if kind.eq_ignore_ascii_case("application/json") {
        return serde_json::from_slice(body)
            .map_err(|error| Refusal::bad_request(format!("the body is not as it should be: {error}")));
    }
    if kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        // A form is written as the query of an address is.
        let form = std::str::from_utf8(body).ok().and_then(|body| format!("/?{body}").parse::<Uri>().ok());
        let form = form.and_then(|uri| Query::<ActionWords>::try_from_uri(&uri).ok());
        let Query(form) = form.ok_or_else(|| Refusal::bad_request("the form cannot be read"))?;
        let said = |text: Option<String>| text.filter(|text| !text.is_empty());
        return Ok(ActionWords { note: said(form.note), ..form });
    }
    let message = "the body has to be application/json or application/x-www-form-urlencoded";
    Err(Refusal::http(StatusCode::UNSUPPORTED_MEDIA_TYPE, codes::UNSUPPORTED_MEDIA_TYPE, message))
}

/// Whether a browser asks, which names pages before everything else.
fn wants_page(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|range| range.trim().starts_with("text/html"))
}

fn refusal(ActionRefused { status, code, message }: ActionRefused) -> Refusal {
    Refusal::http(status, code, message)
}

/// A page for who asked for one, JSON for everybody else.
fn respond<T: Serialize>(
    told: Result<T, Refusal>,
    page: Option<fn(&T) -> String>,
    endpoint: &Endpoint,
    info: &RequestInfo,
) -> Response<Body> {
    let written = match (told, page) {
        (Ok(told), Some(page)) => Ok((StatusCode::OK, action_page::CONTENT_TYPE, page(&told))),
        (Ok(told), None) => match serde_json::to_string(&told) {
            Ok(body) => Ok((StatusCode::OK, "application/json; charset=utf-8", body)),
            Err(error) => {
                tracing::error!(request_id = info.request_id, %error, "an answer cannot be written as JSON");
                Err(Refusal::new(codes::INTERNAL, "an internal error occurred"))
            }
        },
        (Err(refusal), Some(_)) => {
            let status = refusal.status.unwrap_or(StatusCode::BAD_REQUEST);
            Ok((status, action_page::CONTENT_TYPE, action_page::refused(&refusal.error.message)))
        }
        (Err(refusal), None) => Err(refusal),
    };
    let mut response = match written {
        Ok((status, content_type, body)) => {
            let mut response = Response::new(Body::from(body));
            *response.status_mut() = status;
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
            response
        }
        Err(refusal) => answer::refused(refusal, Media::Json, info, endpoint.retry_after()),
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::VARY, "accept"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CONTENT_SECURITY_POLICY, action_page::CONTENT_SECURITY_POLICY),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    answer::name_request(headers, info);
    response
}
