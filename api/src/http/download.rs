//! `/budgets/{id}/statement.csv`, `/reports/{file}`, `/skills-reports.csv`, `/budget-reports.csv`, `/roi-reports.csv`,
//! `/roi-departments.csv` and `/employees/{id}/personal-data.json`: files that are sent while they are read.
//!
//! Whoever may see something may have it as a file. A refusal looks like one of `/graphql`, with the status that HTTP has
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
    answer, codes, credentials::Credentials, endpoint::Endpoint, media::Media, refusal::Refusal,
    request_info::RequestInfo,
};

/// Which file is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// The statement of a budget.
    Statement(StatementOf),
    /// Reports of everything of one kind.
    Reports(ReportsOf),
    /// What people lack for their jobs.
    SkillsReports,
    /// What happened to budgets.
    BudgetReports(InPeriod),
    /// The return on investment of programs.
    RoiReports,
    /// What programs took for the people of departments, and what they brought there.
    RoiDepartments,
    /// Everything that is kept of a person, by their id.
    PersonalData(String),
}

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

/// Which reports are asked for, as the address says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportsOf {
    /// The name of the file.
    pub file: String,
    /// Of which days, and how finely.
    pub told: InPeriod,
}

/// The days in the address.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Days {
    from: Option<String>,
    to: Option<String>,
}

/// What an address takes that names a period.
const PERIOD: &str = "`period`, such as 2026, 2026-Q2 or 2026-05, and `by`, which is period or month";

/// The period in the address.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InPeriod {
    /// The calendar year, quarter or month.
    pub period: String,
    /// Whether a row is about the period or about one of its months.
    pub by: Option<String>,
}

/// What stands in an address that takes nothing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

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
    let takes = "`from` and `to`, each a day such as 2026-01-31";
    let wanted =
        read(days, takes).map(|Days { from, to }| Wanted::Statement(StatementOf { budget, from, to }));
    respond(&endpoint, &headers, wanted).await
}

/// Answers with reports.
pub(super) async fn reports(
    State(endpoint): State<Arc<Endpoint>>,
    Path(file): Path<String>,
    period: Result<Query<InPeriod>, QueryRejection>,
    headers: HeaderMap,
) -> Response<Body> {
    let wanted = read(period, PERIOD).map(|told| Wanted::Reports(ReportsOf { file, told }));
    respond(&endpoint, &headers, wanted).await
}

/// Answers with what happened to budgets.
pub(super) async fn budget_reports(
    State(endpoint): State<Arc<Endpoint>>,
    period: Result<Query<InPeriod>, QueryRejection>,
    headers: HeaderMap,
) -> Response<Body> {
    let wanted = read(period, PERIOD).map(Wanted::BudgetReports);
    respond(&endpoint, &headers, wanted).await
}

/// Answers with what people lack for their jobs.
pub(super) async fn skills_reports(
    State(endpoint): State<Arc<Endpoint>>,
    nothing: Result<Query<Nothing>, QueryRejection>,
    headers: HeaderMap,
) -> Response<Body> {
    let wanted = read(nothing, "nothing").map(|Nothing {}| Wanted::SkillsReports);
    respond(&endpoint, &headers, wanted).await
}

/// Answers with the return on investment of programs.
pub(super) async fn roi_reports(
    State(endpoint): State<Arc<Endpoint>>,
    nothing: Result<Query<Nothing>, QueryRejection>,
    headers: HeaderMap,
) -> Response<Body> {
    let wanted = read(nothing, "nothing").map(|Nothing {}| Wanted::RoiReports);
    respond(&endpoint, &headers, wanted).await
}

/// Answers with what programs took for the people of departments, and what they brought there.
pub(super) async fn roi_departments(
    State(endpoint): State<Arc<Endpoint>>,
    nothing: Result<Query<Nothing>, QueryRejection>,
    headers: HeaderMap,
) -> Response<Body> {
    let wanted = read(nothing, "nothing").map(|Nothing {}| Wanted::RoiDepartments);
    respond(&endpoint, &headers, wanted).await
}

/// Answers with everything that is kept of a person.
pub(super) async fn personal_data(
    State(endpoint): State<Arc<Endpoint>>,
    Path(employee): Path<String>,
    nothing: Result<Query<Nothing>, QueryRejection>,
    headers: HeaderMap,
) -> Response<Body> {
    let wanted = read(nothing, "nothing").map(|Nothing {}| Wanted::PersonalData(employee));
    respond(&endpoint, &headers, wanted).await
}

/// What an address says.
fn read<T>(query: Result<Query<T>, QueryRejection>, takes: &str) -> Result<T, Refusal> {
    query.map(|Query(said)| said).map_err(|rejection| {
        Refusal::bad_request(format!("the address takes {takes}: {}", rejection.body_text()))
    })
}

async fn respond(
    endpoint: &Endpoint,
    headers: &HeaderMap,
    wanted: Result<Wanted, Refusal>,
) -> Response<Body> {
    let info = RequestInfo::read(headers);
    let opened = match wanted {
        Ok(wanted) => open(endpoint, headers, wanted, &info).await,
        Err(refusal) => Err(refusal),
    };
    opened.unwrap_or_else(|refusal| answer::refused(refusal, Media::Json, &info, endpoint.retry_after()))
}

async fn open(
    endpoint: &Endpoint,
    headers: &HeaderMap,
    wanted: Wanted,
    info: &RequestInfo,
) -> Result<Response<Body>, Refusal> {
    let credentials = Credentials::of(headers)?;
    let caller = endpoint.authenticate(credentials, info).await?;
    let opening = endpoint.executor.download(caller, wanted);
    let Download { name, content_type, content } =
        endpoint.within_time(opening).await?.map_err(|denied| refusal(denied, credentials.is_some()))?;
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
