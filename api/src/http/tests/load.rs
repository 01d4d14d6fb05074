//! More requests than there is room for, and clients that take their time.

use super::*;

#[tokio::test]
async fn a_busy_server_sheds_until_a_client_leaves() {
    let gate = Arc::new(Notify::new());
    let app = app_with(&with(|config| config.http.max_concurrent_requests = 1), true, &gate);
    let slow = tokio::spawn({
        let app = app.clone();
        async move { post(&app, &[], &json!({"query": "{ forever }"})).await.status }
    });
    gate.notified().await;
    let shed = post(&app, &[], &json!({"query": "{ caller }"})).await;
    assert_eq!((shed.status, shed.code(), shed.header("retry-after")), (503, json!("UNAVAILABLE"), "1"));
    slow.abort();
    assert!(slow.await.is_err_and(|error| error.is_cancelled()));
    assert_eq!(post(&app, &[], &json!({"query": "{ caller }"})).await.status, 200, "the slot is free again");
}

/// A body of which nothing ever comes; it tells when it is waited for.
fn stalled(waited_for: Arc<Notify>) -> Body {
    Body::from_stream(futures_util::stream::poll_fn(move |_| {
        waited_for.notify_one();
        std::task::Poll::<Option<Result<Vec<u8>, std::io::Error>>>::Pending
    }))
}

#[tokio::test]
async fn a_client_that_sends_its_body_slowly_takes_no_place_from_others() {
    let app = app_with(&with(|config| config.http.max_concurrent_requests = 1), true, &Arc::default());
    let waited_for = Arc::new(Notify::new());
    let slow = tokio::spawn({
        let (app, body) = (app.clone(), stalled(Arc::clone(&waited_for)));
        async move { send(&app, "POST", "/graphql", &[JSON, ("authorization", "Bearer Ada")], body).await.status }
    });
    waited_for.notified().await;
    assert_eq!(post(&app, &[], &json!({"query": "{ caller }"})).await.status, 200);
    slow.abort();
}

#[tokio::test]
async fn a_large_body_needs_a_token_and_a_place() {
    let config = with(|config| {
        config.http.body_limit_bytes = 100;
        config.http.large_body_limit_bytes = 1_000;
        config.http.max_large_bodies = 1;
    });
    let gate = Arc::new(Notify::new());
    let app = app_with(&config, true, &gate);
    let ada = ("authorization", "Bearer Ada");
    let of = |length: usize, query: &str| json!({"query": query, "more": "x".repeat(length)});
    let refused = post(&app, &[], &of(100, "{ caller }")).await;
    assert_eq!((refused.status, refused.code()), (413, json!("PAYLOAD_TOO_LARGE")));
    assert_eq!(
        refused.json()["errors"][0]["message"],
        "the body is longer than 100 bytes, which is all that is read without a token"
    );
    assert_eq!(post(&app, &[ada], &of(100, "{ caller }")).await.json()["data"]["caller"], "Ada");
    assert_eq!(post(&app, &[ada], &of(1_000, "{ caller }")).await.status, 413);
    let in_work = tokio::spawn({
        let (app, body) = (app.clone(), of(100, "{ forever }"));
        async move { post(&app, &[ada], &body).await.status }
    });
    gate.notified().await;
    let shed = post(&app, &[ada], &of(100, "{ caller }")).await;
    assert_eq!((shed.status, shed.code(), shed.header("retry-after")), (503, json!("UNAVAILABLE"), "1"));
    assert_eq!(
        post(&app, &[ada], &json!({"query": "{ caller }"})).await.status,
        200,
        "small ones are served"
    );
    in_work.abort();
    assert!(in_work.await.is_err_and(|error| error.is_cancelled()));
    assert_eq!(post(&app, &[ada], &of(100, "{ caller }")).await.status, 200, "the place is free again");
}

#[tokio::test]
async fn a_request_ends_when_its_time_is_over() {
    let app = app_with(&with(|config| config.http.request_timeout_ms = 5), true, &Arc::default());
    let slow = post(&app, &[], &json!({"query": "{ forever }"})).await;
    assert_eq!((slow.status, slow.code(), slow.header("retry-after")), (503, json!("UNAVAILABLE"), "1"));
    let message = slow.json()["errors"][0]["message"].as_str().map(str::to_owned);
    assert!(
        message.is_some_and(|text| text.starts_with("the request took longer than 5 ms and was given up;"))
    );
}
