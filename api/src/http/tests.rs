//! The profile of GraphQL over HTTP, through the router and a schema of five fields.

mod health;
mod load;
mod small;
mod socket;

use std::sync::Arc;

use async_graphql::{EmptySubscription, Schema};
use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tokio::sync::Notify;
use tower::ServiceExt;

use super::router;
use crate::config::Config;
use small::{Mutation, Query, Small};

fn app_with(config: &Config, ready: bool, gate: &Arc<Notify>) -> Router {
    let schema = Schema::build(Query, Mutation, EmptySubscription).data(Arc::clone(gate)).finish();
    router(
        Arc::new(Small { schema, ready, looks: Arc::default() }),
        &config.http,
        &config.graphql,
        &config.live,
    )
    .expect("the settings are valid")
}

/// The defaults with a change.
fn with(change: impl FnOnce(&mut Config)) -> Config {
    let mut config = Config::embedded();
    change(&mut config);
    config
}

fn app() -> Router {
    app_with(&Config::embedded(), true, &Arc::default())
}

struct Answer {
    status: u16,
    headers: header::HeaderMap,
    text: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).expect("JSON")
    }

    fn code(&self) -> Value {
        self.json()["errors"][0]["extensions"]["code"].clone()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }
}

async fn send(
    app: &Router,
    method: &str,
    uri: &str,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> Answer {
    let request = Request::builder().method(method).uri(uri);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    let response =
        app.clone().oneshot(request.body(body.into()).expect("a request")).await.expect("a response");
    let (head, body) = response.into_parts();
    let body = body.collect().await.expect("a body").to_bytes();
    let text = String::from_utf8_lossy(&body).into_owned();
    Answer { status: head.status.as_u16(), headers: head.headers, text }
}

const JSON: (&str, &str) = ("content-type", "application/json");
const NEWER: (&str, &str) = ("accept", "application/graphql-response+json");

async fn post(app: &Router, headers: &[(&str, &str)], body: &Value) -> Answer {
    send(app, "POST", "/graphql", &[&[JSON], headers].concat(), body.to_string()).await
}

#[tokio::test]
async fn an_operation_is_answered_with_the_identity_of_its_request() {
    let app = app();
    let headers = [
        ("authorization", "bearer Ada"),
        ("x-request-id", "r-1"),
        ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
    ];
    let answer = post(&app, &headers, &json!({"query": "{ caller }"})).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
    assert_eq!(answer.header("x-request-id"), "r-1");
    assert!(answer.header("traceresponse").starts_with("00-4bf92f3577b34da6a3ce929d0e0e4736-"));
    assert_eq!(answer.text, r#"{"data":{"caller":"Ada"},"extensions":{"passed":false}}"#);
    let again = post(&app, &[NEWER], &json!({"query": "{ caller }"})).await;
    assert_eq!(again.header("content-type"), "application/graphql-response+json; charset=utf-8");
    assert_eq!(again.text, r#"{"data":{"caller":"nobody"},"extensions":{"passed":true}}"#);
}

#[tokio::test]
async fn a_request_that_graphql_refuses_is_400_or_200_by_its_media_type() {
    let app = app();
    for (body, code) in [
        (json!({"query": "{"}), "GRAPHQL_PARSE_FAILED"),
        (json!({"query": "{ unknown }"}), "GRAPHQL_VALIDATION_FAILED"),
        (json!({"query": "{ a { ...F } } fragment F on Query { ...F }"}), "GRAPHQL_VALIDATION_FAILED"),
        (json!({"query": "query($n: Int!) { half(number: $n) }"}), "BAD_USER_INPUT"),
        (
            json!({"query": "query($n: Int!) { half(number: $n) }", "variables": {"n": "x"}}),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (json!({"query": "query A { caller } query B { caller }"}), "BAD_USER_INPUT"),
        (json!({"query": "query A { caller }", "operationName": "B"}), "BAD_USER_INPUT"),
        (json!({"query": format!("{{ {} }}", "caller ".repeat(21))}), "QUERY_TOO_COMPLEX"),
        (json!({"documentId": "Unknown"}), "PERSISTED_QUERY_NOT_FOUND"),
    ] {
        for (headers, status) in [(&[NEWER][..], 400), (&[][..], 200)] {
            let answer = post(&app, headers, &body).await;
            assert_eq!(answer.status, status, "{body}");
            assert_eq!(answer.code(), code, "{body}");
            assert_eq!(answer.json()["data"], Value::Null);
            assert_eq!(
                answer.json().get("data"),
                None,
                "nothing was executed, so there is no data entry: {body}"
            );
            assert_eq!(answer.json()["errors"][0]["extensions"]["requestId"], answer.header("x-request-id"));
        }
    }
}

#[tokio::test]
async fn a_document_full_of_mistakes_gets_a_short_answer() {
    let answer = post(&app(), &[NEWER], &json!({"query": format!("{{ {} }}", "wrong ".repeat(20))})).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.json()["errors"].as_array().map(Vec::len), Some(10));
}

#[tokio::test]
async fn a_limit_names_what_was_asked_for_and_what_is_allowed() {
    let app = app_with(&with(|config| config.graphql.max_complexity = 3), true, &Arc::default());
    let answer =
        post(&app, &[NEWER], &json!({"query": "{ caller half(number: 4) __typename other: caller }"})).await;
    assert_eq!(answer.status, 400);
    let error = &answer.json()["errors"][0];
    assert_eq!(
        error["message"],
        "the operation has 4 points of complexity, and at most 3 are allowed; ask for less at once"
    );
    assert_eq!(error["extensions"]["measure"], "complexity");
    assert_eq!(error["extensions"]["cost"], 4);
    assert_eq!(error["extensions"]["limit"], 3);
}

#[tokio::test]
async fn requests_that_are_no_graphql_over_http_get_their_own_status() {
    let app = app();
    let body = json!({"query": "{ caller }"}).to_string();
    let big = "x".repeat(300_000);
    for (method, uri, headers, body, status, code) in [
        ("POST", "/graphql", &[][..], body.as_str(), 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("POST", "/graphql", &[("content-type", "text/plain")], &body, 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("POST", "/graphql", &[JSON, ("accept", "text/html")], &body, 406, "NOT_ACCEPTABLE"),
        ("POST", "/graphql", &[JSON], "{\"query", 400, "BAD_USER_INPUT"),
        ("POST", "/graphql", &[JSON], "[]", 400, "BAD_USER_INPUT"),
        ("POST", "/graphql", &[JSON], "{}", 400, "BAD_USER_INPUT"),
        ("POST", "/graphql", &[JSON], &big, 413, "PAYLOAD_TOO_LARGE"),
        ("POST", "/graphql", &[JSON, ("authorization", "Bearer wrong")], &body, 401, "UNAUTHENTICATED"),
        ("POST", "/graphql", &[JSON, ("authorization", "Basic eDp5")], &body, 401, "UNAUTHENTICATED"),
        ("POST", "/graphql", &[JSON, ("authorization", "Bearer offline")], &body, 503, "UNAVAILABLE"),
        ("PUT", "/graphql", &[JSON], &body, 405, "METHOD_NOT_ALLOWED"),
        ("GET", "/graphql", &[], "", 400, "BAD_USER_INPUT"),
        ("GET", "/graphql?query=mutation%7Bchange%7D", &[], "", 405, "METHOD_NOT_ALLOWED"),
        (
            "GET",
            "/graphql?query=%7Bcaller%7D",
            &[("sec-fetch-site", "cross-site")],
            "",
            403,
            "CROSS_SITE_REQUEST",
        ),
    ] {
        let answer = send(&app, method, uri, headers, body.to_owned()).await;
        assert_eq!((answer.status, answer.code()), (status, json!(code)), "{method} {uri} {headers:?}");
        let expected = match status {
            401 => ("www-authenticate", r#"Bearer error="invalid_token""#),
            405 if method == "GET" => ("allow", "POST"),
            405 => ("allow", "GET, POST"),
            503 => ("retry-after", "1"),
            _ => continue,
        };
        assert_eq!(answer.header(expected.0), expected.1);
    }
}

#[tokio::test]
async fn get_is_for_queries() {
    let app = app();
    let cross_site = [("sec-fetch-site", "cross-site"), ("authorization", "Bearer Ada")];
    for headers in [&[][..], &[("sec-fetch-site", "same-origin")], &cross_site] {
        let answer = send(&app, "GET", "/graphql?query=%7Bhalf(number:8)%7D", headers, "").await;
        assert_eq!((answer.status, &answer.json()["data"]["half"]), (200, &json!(4)), "{headers:?}");
    }
    let subscription = post(&app, &[], &json!({"query": "subscription { a }"})).await;
    assert_eq!((subscription.status, subscription.code()), (400, json!("BAD_USER_INPUT")));
}

#[tokio::test]
async fn a_fault_says_nothing_of_itself() {
    let app = app();
    let answer = post(&app, &[NEWER], &json!({"query": "{ caller fault }"})).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["data"], json!({"caller": "nobody", "fault": null}));
    assert_eq!(answer.json()["errors"][0]["message"], "internal error");
    assert_eq!(answer.code(), "INTERNAL");
    assert!(!answer.text.contains("password"));

    let answer = post(&app, &[], &json!({"query": "{ panic }"})).await;
    assert_eq!((answer.status, answer.code()), (500, json!("INTERNAL")));
    assert!(!answer.text.contains("purpose"));
}

#[tokio::test]
async fn what_repeating_can_heal_says_when_to_repeat() {
    let app = app_with(&with(|config| config.http.retry_after_seconds = 7), true, &Arc::default());
    let in_a_field = post(&app, &[NEWER], &json!({"query": "{ caller away fault }"})).await;
    assert_eq!((in_a_field.status, &in_a_field.json()["data"]["caller"]), (200, &json!("nobody")));
    let hints = in_a_field.json()["errors"].as_array().cloned().unwrap_or_default();
    let hints: Vec<_> = hints.iter().map(|error| error["extensions"].get("retryAfter").cloned()).collect();
    assert_eq!(hints, [Some(json!(7)), None]);
    let whole = post(&app, &[("authorization", "Bearer offline")], &json!({"query": "{ caller }"})).await;
    assert_eq!((whole.status, whole.header("retry-after")), (503, "7"));
    assert_eq!(whole.json()["errors"][0]["extensions"]["retryAfter"], 7);
}

#[tokio::test]
async fn a_document_is_sent_once_and_named_afterwards() {
    let app = app();
    let hash = "3e28bbd9cb2a1f3a62d67b0e7b4fe8ba5e7b9a2c7c2d3b1a0f7b6f7a1f3d4c5b";
    let wrong =
        json!({"query": "{ caller }", "extensions": {"persistedQuery": {"version": 1, "sha256Hash": hash}}});
    assert_eq!(post(&app, &[], &wrong).await.code(), "BAD_USER_INPUT");
    let hash = "7f718938472c5fff9b324fc070f9743ce9ef8dcedb4b1dfbc9b34c323b86258c";
    let named = json!({"extensions": {"persistedQuery": {"version": 1, "sha256Hash": hash}}});
    assert_eq!(post(&app, &[], &named).await.code(), "PERSISTED_QUERY_NOT_FOUND");
}

#[tokio::test]
async fn the_page_loads_nothing_from_elsewhere_and_is_asked_for_by_tag() {
    let app = app();
    let root = send(&app, "GET", "/", &[], "").await;
    assert_eq!(
        (root.status, root.header("location")),
        (StatusCode::TEMPORARY_REDIRECT.as_u16(), "/graphiql")
    );
    let page = send(&app, "GET", "/graphiql", &[], "").await;
    assert_eq!(page.status, 200);
    assert!(page.header("content-security-policy").starts_with("default-src 'none'; script-src 'self';"));
    let sources = page.text.split(['"', '\'']).filter(|text| text.starts_with('/') || text.contains("://"));
    for source in sources {
        let file = send(&app, "GET", source, &[("accept-encoding", "gzip, br")], "").await;
        assert_eq!(file.status, 200, "{source}");
        let again = send(&app, "GET", source, &[("if-none-match", file.header("etag"))], "").await;
        assert_eq!(again.status, 304, "{source}");
    }
    assert_eq!(send(&app, "GET", "/graphiql/graphiql.min.js", &[], "").await.status, 406);
    assert_eq!(send(&app, "GET", "/graphiql/passwd", &[], "").await.status, 404);
}

#[tokio::test]
async fn another_origin_may_call_where_it_is_allowed() {
    let origins = |origin: &str| with(|config| config.http.cors_origins = vec![origin.to_owned()]);
    let app = app_with(&origins("https://hr.example.com"), true, &Arc::default());
    let preflight = |origin| {
        let app = app.clone();
        async move {
            let headers = [("origin", origin), ("access-control-request-method", "POST")];
            send(&app, "OPTIONS", "/graphql", &headers, "").await
        }
    };
    let allowed = preflight("https://hr.example.com").await;
    assert_eq!(allowed.header("access-control-allow-origin"), "https://hr.example.com");
    assert_eq!(preflight("https://elsewhere.example").await.header("access-control-allow-origin"), "");
    let schema = Schema::build(Query, Mutation, EmptySubscription).finish();
    let config = origins("*");
    let error = router(
        Arc::new(Small { schema, ready: true, looks: Arc::default() }),
        &config.http,
        &config.graphql,
        &config.live,
    )
    .expect_err("no origin");
    assert_eq!(
        error.to_string(),
        "the origin \"*\" in http.cors_origins has to be a scheme and a host, as https://hr.example.com"
    );
}
