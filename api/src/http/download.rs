//! Files that are sent while they are read: `/budgets/{id}/statement.csv` and `/employees/{id}/personal-data.json`.
//!
//! Whoever may see the budget may have its statement; everything about a person is for them and for HR. A refusal looks like one of `/graphql`, with the status that HTTP has
//! for it. The file itself takes as long as it takes: what bounds it is how long the client may leave an answer unread.

use std::{io, sync::Arc};

use axum::{
    body::Body,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderValue, Response, StatusCode, header},
};
use futures_util::stream::BoxStream;
use serde::Deserialize;

use super::{
    answer, codes, endpoint::Endpoint, executor::Caller, graphql::bearer, media::Media, refusal::Refusal,
    request_info::RequestInfo,
};

/// Which statement is asked for, as the address says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementOf {
    /// The id of the budget.
    pub budget: String,
    /// Only entries that count from this day or a later one.
    pub from: Option<String>,
    /// Only entries that count from this day or an earlier one.
    pub to: Option<String>,
}

/// The days in the address.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Days {
    from: Option<String>,
    to: Option<String>,
}

/// A file on its way.
pub struct Download {
    /// What the client may call it: letters, digits, dots and hyphens.
    pub name: String,
    /// Its media type.
    pub content_type: &'static str,
    /// What it holds, piece by piece. An error ends the connection, so that a part is not taken for the whole.
    pub content: BoxStream<'static, io::Result<Vec<u8>>>,
}

/// Why there is no file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoDownload {
    /// One of [`codes`].
    pub code: &'static str,
    /// What is told.
    pub message: String,
}

/// Answers with the statement of a budget.
pub(super) async fn statement(
    State(endpoint): State<Arc<Endpoint>>,
    Path(budget): Path<String>,
    days: Result<Query<Days>, QueryRejection>,
    headers: HeaderMap,
) -> Response<Body> {
    let info = RequestInfo::read(&headers);
    let opened = match days {
        Ok(Query(Days { from, to })) => {
            let wanted = StatementOf { budget, from, to };
            open(&endpoint, &headers, &info, |caller| endpoint.executor.statement(caller, wanted)).await
        }
        Err(rejection) => Err(Refusal::bad_request(format!(
            "the address takes `from` and `to`, each a day such as 2026-01-31: {}",
            rejection.body_text()
        ))),
    };
    opened.unwrap_or_else(|refusal| answer::refused(refusal, Media::Json, &info, endpoint.retry_after()))
}

/// Answers with everything that is kept of a person.
pub(super) async fn personal_data(
    State(endpoint): State<Arc<Endpoint>>,
    Path(employee): Path<String>,
    headers: HeaderMap,
) -> Response<Body> {
    let info = RequestInfo::read(&headers);
    let opened =
        open(&endpoint, &headers, &info, |caller| endpoint.executor.personal_data(caller, employee)).await;
    opened.unwrap_or_else(|refusal| answer::refused(refusal, Media::Json, &info, endpoint.retry_after()))
}

async fn open<F: Future<Output = Result<Download, NoDownload>>>(
    endpoint: &Endpoint,
    headers: &HeaderMap,
    info: &RequestInfo,
    opening: impl FnOnce(Caller) -> F,
) -> Result<Response<Body>, Refusal> {
    let token = bearer(headers)?;
    let caller = endpoint.authenticate(token, info).await?;
    let Download { name, content_type, content } =
        endpoint.within_time(opening(caller)).await?.map_err(|denied| refusal(denied, token.is_some()))?;
    let mut response = Response::new(Body::from_stream(content));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    answer::name_request(headers, info);
    Ok(response)
}

/// An address that names nothing is a 404 here, as there is a resource and no document in between.
fn refusal(NoDownload { code, message }: NoDownload, token_was_sent: bool) -> Refusal {
    match code {
        codes::UNAUTHENTICATED => Refusal::unauthenticated(message, token_was_sent),
        codes::NOT_FOUND => Refusal::http(StatusCode::NOT_FOUND, code, message),
        codes::BAD_USER_INPUT => Refusal::bad_request(message),
        _ => Refusal::new(code, message),
    }
}
