//! What machines ask about the process itself.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    Json,
    extract::State,
    http::{StatusCode, Uri, header},
    response::IntoResponse,
};
use serde_json::{Map, Value, json};
use tokio::{sync::Mutex, time::timeout};

use super::{Executor, endpoint::Endpoint, telemetry};

const LONGEST_CHECK: Duration = Duration::from_secs(5);
/// How long an answer about readiness holds. Anybody may ask, and each look costs statements.
const FRESH: Duration = Duration::from_secs(1);
const NO_STORE: [(header::HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

/// What the last look at readiness found. Who asks while somebody looks waits for what they find.
#[derive(Default)]
pub(super) struct Readiness(Mutex<Option<(Instant, Found)>>);

#[derive(Clone)]
struct Found {
    ready: bool,
    body: Value,
}

impl Readiness {
    async fn of(&self, executor: &dyn Executor) -> Found {
        let mut last = self.0.lock().await;
        if let Some((at, found)) = last.as_ref()
            && at.elapsed() < FRESH
        {
            return found.clone();
        }
        let found = look(executor).await;
        *last = Some((Instant::now(), found.clone()));
        found
    }
}

async fn look(executor: &dyn Executor) -> Found {
    let Ok(checks) = timeout(LONGEST_CHECK, executor.readiness()).await else {
        let seconds = LONGEST_CHECK.as_secs();
        let body = json!({"ready": false, "error": format!("the checks took longer than {seconds} s")});
        return Found { ready: false, body };
    };
    let ready = checks.iter().all(|(_, check)| check.is_ok());
    let checks: Map<String, Value> = checks
        .into_iter()
        .map(|(name, check)| (name.to_owned(), Value::from(check.err().unwrap_or("ok"))))
        .collect();
    Found { ready, body: json!({"ready": ready, "checks": checks}) }
}

/// The process runs and its scheduler turns; nothing else is asked, or a slow database would have it restarted.
pub(super) async fn livez() -> impl IntoResponse {
    (NO_STORE, "ok\n")
}

/// Whether requests would be answered, with the reasons where not.
pub(super) async fn readyz(State(endpoint): State<Arc<Endpoint>>) -> impl IntoResponse {
    let Found { ready, body } = endpoint.readiness.of(endpoint.executor.as_ref()).await;
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, NO_STORE, Json(body))
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
