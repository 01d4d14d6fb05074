//! From a result or a refusal to an HTTP response.

use std::collections::BTreeMap;

use async_graphql::{Response as Executed, ServerError, Value};
use async_graphql_axum::GraphQLResponse;
use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Response, StatusCode, header},
    response::IntoResponse,
};
use serde::Serialize;

use super::{
    codes,
    media::Media,
    refusal::Refusal,
    request_info::{REQUEST_ID, RequestInfo, TRACE_RESPONSE},
    telemetry,
};

/// How async-graphql begins the message of an input that a type refused while the operation ran already.
const REFUSED_INPUT: [&str; 2] = ["Failed to parse \"", "Expected input type \""];

/// The body of a response: errors first, so that nobody reads past them, and no `data` where nothing was executed.
#[derive(Debug, Serialize)]
pub(super) struct Envelope<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: &'a BTreeMap<String, Value>,
}

impl<'a> Envelope<'a> {
    /// The result of an operation that was executed.
    pub(super) fn of(executed: &'a Executed) -> Self {
        Self { errors: &executed.errors, data: Some(&executed.data), extensions: &executed.extensions }
    }
}

/// Whether the executor refused the request as a whole, so that no field ever ran: such errors have no path.
pub(super) fn is_request_error(executed: &Executed) -> bool {
    !executed.errors.is_empty()
        && executed.data == Value::Null
        && executed.errors.iter().all(|error| error.path.is_empty())
}

/// Gives every error its code, the request's id and, where repeating helps, the seconds to wait first; and takes the words from those that were never meant to be read.
/// Returns the first error's code.
pub(super) fn classify(errors: &mut [ServerError], info: &RequestInfo, retry_after: u32) -> Option<String> {
    let mut first = None;
    for error in errors {
        let code = match code_of(error) {
            Some(code) => code.to_owned(),
            None => assign_code(error, info).to_owned(),
        };
        telemetry::count_error(&code);
        let extensions = error.extensions.get_or_insert_default();
        extensions.set("requestId", info.request_id.as_str());
        if code == codes::UNAVAILABLE {
            extensions.set("retryAfter", retry_after);
        }
        first.get_or_insert(code);
    }
    first
}

fn code_of(error: &ServerError) -> Option<&str> {
    match error.extensions.as_ref()?.get("code")? {
        Value::String(code) => Some(code),
        Value::Enum(code) => Some(code),
        _ => None,
    }
}

/// Our own resolvers give every error a code; one without it comes from the library, or from a mistake of ours.
fn assign_code(error: &mut ServerError, info: &RequestInfo) -> &'static str {
    let code = if error.path.is_empty() {
        codes::GRAPHQL_VALIDATION_FAILED
    } else if REFUSED_INPUT.iter().any(|beginning| error.message.starts_with(beginning)) {
        codes::BAD_USER_INPUT
    } else {
        tracing::error!(request_id = info.request_id, path = ?error.path, error = error.message, "unclassified error");
        "internal error".clone_into(&mut error.message);
        codes::INTERNAL
    };
    error.extensions.get_or_insert_default().set("code", code);
    code
}

/// The response to an operation that was executed, or that the executor refused. Its errors are classified already.
pub(super) fn executed(executed: Executed, media: Media, info: &RequestInfo) -> Response<Body> {
    if is_request_error(&executed) {
        let code = executed.errors.first().and_then(code_of);
        let status = code.and_then(codes::status).unwrap_or_else(|| request_error(media));
        let Executed { errors, extensions, http_headers, .. } = &executed;
        let mut response = respond(status, media, info, &Envelope { errors, data: None, extensions });
        response.headers_mut().extend(http_headers.clone());
        return response;
    }
    let mut response = GraphQLResponse::from(executed).into_response();
    describe(&mut response, media, info);
    response
}

/// The response to a request that was refused here.
pub(super) fn refused(
    refusal: Refusal,
    media: Media,
    info: &RequestInfo,
    retry_after: u32,
) -> Response<Body> {
    let Refusal { status, mut error, header } = refusal;
    classify(std::slice::from_mut(&mut error), info, retry_after);
    let status = status.unwrap_or_else(|| request_error(media));
    let body = Envelope { errors: std::slice::from_ref(&error), data: None, extensions: &BTreeMap::new() };
    let mut response = respond(status, media, info, &body);
    if let Some((name, value)) = header {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
    }
    response
}

/// A well-formed request that GraphQL refuses: older clients read the body of a 200 only.
fn request_error(media: Media) -> StatusCode {
    match media {
        Media::Json => StatusCode::OK,
        Media::GraphqlResponse => StatusCode::BAD_REQUEST,
    }
}

fn respond(status: StatusCode, media: Media, info: &RequestInfo, body: &Envelope<'_>) -> Response<Body> {
    let mut bytes = Vec::with_capacity(1_024);
    let (status, bytes) = match serde_json::to_writer(&mut bytes, body) {
        Ok(()) => (status, bytes),
        Err(error) => {
            tracing::error!(request_id = info.request_id, %error, "the result cannot be written as JSON");
            let body = br#"{"errors":[{"message":"internal error","extensions":{"code":"INTERNAL"}}]}"#;
            (StatusCode::INTERNAL_SERVER_ERROR, body.to_vec())
        }
    };
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    describe(&mut response, media, info);
    response
}

/// Says what the body is, who may keep it, and which request it answers.
fn describe(response: &mut Response<Body>, media: Media, info: &RequestInfo) {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, media.content_type());
    headers.insert(header::VARY, HeaderValue::from_static("accept"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    name_request(headers, info);
}

/// Says which request it is that is answered.
pub(super) fn name_request(headers: &mut HeaderMap, info: &RequestInfo) {
    if let Ok(id) = HeaderValue::from_str(&info.request_id) {
        headers.insert(REQUEST_ID, id);
    }
    if let Some(trace) = info.trace_response() {
        headers.insert(TRACE_RESPONSE, trace);
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::{
        EmptyMutation, EmptySubscription, Object, Request, Schema, ValidationMode, Variables,
    };

    use super::*;

    struct Query;

    #[Object]
    impl Query {
        async fn half(&self, number: Option<i32>) -> Option<i32> {
            number.map(|number| number / 2)
        }
    }

    /// Values of variables are checked while the operation runs where its document is known already, and the library
    /// marks what it refuses then by its words alone. If it ever chooses others, this fails.
    #[tokio::test]
    async fn the_library_refuses_input_in_the_words_that_are_looked_for() {
        let schema = Schema::build(Query, EmptyMutation, EmptySubscription);
        let schema = schema.validation_mode(ValidationMode::Fast).finish();
        let info = RequestInfo::read(&axum::http::HeaderMap::new());
        let beyond_32_bits = serde_json::json!(3_000_000_000_u32);
        for (value, words) in [(beyond_32_bits, REFUSED_INPUT[0]), (serde_json::json!("x"), REFUSED_INPUT[1])]
        {
            let variables = Variables::from_json(serde_json::json!({ "n": value }));
            let request = Request::new("query($n: Int) { half(number: $n) }").variables(variables);
            let mut executed = schema.execute(request).await;
            assert!(executed.errors[0].message.starts_with(words), "{:?}", executed.errors);
            assert!(!executed.errors[0].path.is_empty(), "{:?}", executed.errors);
            assert_eq!(classify(&mut executed.errors, &info, 1).as_deref(), Some(codes::BAD_USER_INPUT));
        }
    }
}
