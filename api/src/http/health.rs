//! What machines ask about the process itself.

use std::{sync::Arc, time::Duration};

use axum::{
    Json,
    extract::State,
    http::{StatusCode, Uri, header},
    response::IntoResponse,
};
use serde_json::{Map, Value, json};
use tokio::time::timeout;

use super::{graphql::Endpoint, telemetry};

const LONGEST_CHECK: Duration = Duration::from_secs(5);
const NO_STORE: [(header::HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

/// The process runs and its scheduler turns; nothing else is asked, or a slow database would have it restarted.
pub(super) async fn livez() -> impl IntoResponse {
    (NO_STORE, "ok\n")
}

/// Whether requests would be answered, with the reasons where not.
pub(super) async fn readyz(State(endpoint): State<Arc<Endpoint>>) -> impl IntoResponse {
    let Ok(checks) = timeout(LONGEST_CHECK, endpoint.executor.readiness()).await else {
        let seconds = LONGEST_CHECK.as_secs();
        let body = json!({"ready": false, "error": format!("the checks took longer than {seconds} s")});
        return (StatusCode::SERVICE_UNAVAILABLE, NO_STORE, Json(body));
    };
    let ready = checks.iter().all(|(_, check)| check.is_ok());
    let checks: Map<String, Value> = checks
        .into_iter()
        .map(|(name, check)| (name.to_owned(), Value::from(check.err().unwrap_or_else(|| "ok".to_owned()))))
        .collect();
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, NO_STORE, Json(json!({"ready": ready, "checks": checks})))
}

/// The process's metrics in the text format of Prometheus.
pub(super) async fn metrics() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], telemetry::metrics().render())
}

/// Any other path, as RFC 9457 describes problems.
pub(super) async fn not_found(uri: Uri) -> impl IntoResponse {
    let path: String = uri.path().chars().take(200).collect();
    let problem = json!({
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": format!("there is nothing at {path}; the API is at /graphql"),
    });
    (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "application/problem+json")], problem.to_string())
}
