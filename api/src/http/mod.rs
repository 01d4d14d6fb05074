//! GraphQL over HTTP, independent of what the schema is about.
//!
//! A request passes, in this order: the media types, the method, the caller's token, the body's size and time, the
//! bound on requests in work, a scan of the document before it is parsed, the limits on the parsed document, and
//! then the [`Executor`]. A download passes the token and the same executor, and a link that decides is a token by itself.
//! Refused early is refused cheaply. Each step is a file of its own here; what the answers look
//! like (status codes, `extensions.code`, headers) is decided in `answer` and `codes` alone.
//!
//! The profile is the one that the `graphql-http` audits check: with `application/graphql-response+json` a request
//! that GraphQL refuses is a 400, with `application/json` it is a 200, as older clients expect.

mod action_page;
mod actions;
mod analysis;
mod answer;
mod body;
pub mod codes;
mod cost;
mod credentials;
mod documents;
mod download;
mod endpoint;
mod executor;
mod graphiql;
mod graphql;
mod health;
mod limits;
mod media;
mod parameters;
mod patience;
mod persisted;
mod refusal;
mod request_info;
mod scan;
mod selections;
mod server;
mod socket;
mod telemetry;
#[cfg(test)]
mod tests;
mod token;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    http::{HeaderName, HeaderValue, Method, header},
    response::Redirect,
    routing::{any, get, post},
};
use tower_http::cors::CorsLayer;

use endpoint::Endpoint;

use crate::config::{GraphqlConfig, HttpConfig, LiveConfig};

pub use actions::{ActionDone, ActionRefused, ActionShown, ActionWords};
pub use credentials::Credentials;
pub use download::{Download, InPeriod, NoDownload, ReportsOf, StatementOf, Wanted};
pub use executor::{AuthFailure, Caller, Executor, Interrupted, Next, Occurrence, Source, Validation};
pub use persisted::ManifestError;
pub use request_info::RequestInfo;
pub use server::serve;
pub use telemetry::{OPERATION_TARGET, metrics};
pub use token::{TokenDenied, TokenGranted, TokenRequest};

/// Why the routes cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The manifest of trusted documents cannot be used.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// An entry of `http.cors_origins` is no origin.
    #[error("the origin {0:?} in http.cors_origins has to be a scheme and a host, as https://hr.example.com")]
    Origin(String),
}

/// The routes: `/graphql`, `/graphiql`, `/budgets/{id}/statement.csv`, `/reports/{file}`,
/// `/skills-reports.csv`, `/budget-reports.csv`, `/roi-reports.csv`, `/roi-departments.csv`,
/// `/employees/{id}/personal-data.json`, `/actions/{token}`, `/oauth/token`, `/livez`, `/readyz`, `/metrics`.
pub fn router(
    executor: Arc<dyn Executor>,
    http: &HttpConfig,
    graphql: &GraphqlConfig,
    live: &LiveConfig,
) -> Result<Router, SetupError> {
    let endpoint = Endpoint::new(executor, http.clone(), graphql, live)?;
    let mut router = Router::new()
        .route("/graphql", any(graphql::handle))
        .route("/budgets/{id}/statement.csv", get(download::statement))
        .route("/reports/{file}", get(download::reports))
        .route("/skills-reports.csv", get(download::skills_reports))
        .route("/budget-reports.csv", get(download::budget_reports))
        .route("/roi-reports.csv", get(download::roi_reports))
        .route("/roi-departments.csv", get(download::roi_departments))
        .route("/employees/{id}/personal-data.json", get(download::personal_data))
        .route("/actions/{token}", get(actions::show).post(actions::act))
        .route("/oauth/token", post(token::grant))
        .route("/livez", get(health::livez))
        .route("/readyz", get(health::readyz));
    if http.metrics {
        router = router.route("/metrics", get(health::metrics));
    }
    if graphql.graphiql {
        router = router
            .route("/", get(async || Redirect::temporary("/graphiql")))
            .route("/graphiql", get(graphiql::page))
            .route("/graphiql/{file}", get(graphiql::asset));
    }
    let router = router.fallback(health::not_found).with_state(Arc::new(endpoint));
    // Most servers need no CORS, and a layer costs every request.
    if http.cors_origins.is_empty() { Ok(router) } else { Ok(router.layer(cors(&http.cors_origins)?)) }
}

/// The routes of `http.metrics_listen`: `/livez`, `/metrics`.
pub fn operations() -> Router {
    Router::new()
        .route("/livez", get(health::livez))
        .route("/metrics", get(health::metrics))
        .fallback(health::not_found)
}

fn cors(origins: &[String]) -> Result<CorsLayer, SetupError> {
    let origins: Vec<HeaderValue> = origins
        .iter()
        .map(|origin| {
            let well_formed = origin.split_once("://").is_some_and(|(scheme, host)| {
                matches!(scheme, "http" | "https") && !host.is_empty() && !host.contains(['/', '*'])
            });
            let value = HeaderValue::from_str(origin).ok().filter(|_| well_formed);
            value.ok_or_else(|| SetupError::Origin(origin.clone()))
        })
        .collect::<Result<_, _>>()?;
    Ok(CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            request_info::REQUEST_ID,
            HeaderName::from_static("traceparent"),
            HeaderName::from_static("tracestate"),
            HeaderName::from_static("graphql-require-preflight"),
            HeaderName::from_static("apollo-require-preflight"),
        ])
        .expose_headers([request_info::REQUEST_ID, request_info::TRACE_RESPONSE, header::RETRY_AFTER])
        .max_age(Duration::from_hours(1)))
}
