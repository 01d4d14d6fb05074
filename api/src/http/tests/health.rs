//! What machines ask about the process.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

#[tokio::test]
async fn the_process_tells_its_state() {
    let app = app();
    post(&app, &[], &json!({"query": "{ caller }"})).await;
    assert_eq!(send(&app, "GET", "/livez", &[], "").await.text, "ok\n");
    let ready = send(&app, "GET", "/readyz", &[], "").await;
    assert_eq!(ready.json(), json!({"ready": true, "checks": {"database": "ok", "migrations": "ok"}}));
    let metrics = send(&app, "GET", "/metrics", &[], "").await.text;
    assert!(metrics.contains(r#"graphql_operations_total{type="query",outcome="answered"}"#), "{metrics}");
    assert!(
        metrics.contains(r#"graphql_operation_duration_seconds_bucket{type="query",le="0.0005"}"#),
        "{metrics}"
    );
    let broken = app_with(&with(|config| config.graphql.graphiql = false), false, &Arc::default());
    let ready = send(&broken, "GET", "/readyz", &[], "").await;
    assert_eq!(ready.status, 503);
    assert_eq!(ready.json()["checks"]["database"], "does not answer");
    let missing = send(&broken, "GET", "/graphiql", &[], "").await;
    assert_eq!((missing.status, missing.header("content-type")), (404, "application/problem+json"));
}

#[tokio::test]
async fn readiness_is_looked_at_once_for_all_who_ask_at_a_time() {
    let schema = Schema::build(Query, Mutation, EmptySubscription).finish();
    let (config, looks) = (Config::embedded(), Arc::new(AtomicUsize::new(0)));
    let small = Small { schema, ready: false, looks: Arc::clone(&looks) };
    let app =
        router(Arc::new(small), &config.http, &config.graphql, &config.live).expect("the settings are valid");
    let begun = std::time::Instant::now();
    for _ in 0..100 {
        assert_eq!(send(&app, "GET", "/readyz", &[], "").await.status, 503);
    }
    let seconds = begun.elapsed().as_secs() + 1;
    assert!(looks.load(Ordering::Relaxed) as u64 <= seconds, "{looks:?} looks within {seconds} s");
}

#[tokio::test]
async fn metrics_can_be_kept_from_the_public_and_have_an_address_of_their_own() {
    let app = app_with(&with(|config| config.http.metrics = false), true, &Arc::default());
    assert_eq!(send(&app, "GET", "/metrics", &[], "").await.status, 404);
    let own = crate::http::operations();
    let metrics = send(&own, "GET", "/metrics", &[], "").await;
    assert!(metrics.text.contains("graphql_requests_in_flight"), "{}", metrics.text);
    assert_eq!(send(&own, "GET", "/livez", &[], "").await.text, "ok\n");
    assert_eq!(send(&own, "GET", "/graphql", &[], "").await.status, 404);
}
