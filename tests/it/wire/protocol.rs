//! Media types, methods, status codes.

use serde_json::json;
use support::{TestApp, TestDb, exchange};

use super::{JSON, NEWER, northwind, northwind_with};

const OLDER: (&str, &str) = ("accept", "application/json");
const QUERY: &str = r#"{"query":"{ viewer { employee { name } } }"}"#;

/// What is sent by Eva, and what has to come back.
struct Case {
    method: &'static str,
    uri: &'static str,
    headers: &'static [(&'static str, &'static str)],
    body: &'static str,
    status: u16,
    code: &'static str,
}

const fn case(
    (method, uri): (&'static str, &'static str),
    headers: &'static [(&'static str, &'static str)],
    body: &'static str,
    status: u16,
    code: &'static str,
) -> Case {
    Case { method, uri, headers, body, status, code }
}

const POST: (&str, &str) = ("POST", "/graphql");
const TYPENAME: &str = "/graphql?query=%7B__typename%7D";

const CASES: &[Case] = &[
    case(POST, &[JSON, NEWER], QUERY, 200, ""),
    case(POST, &[JSON, OLDER], QUERY, 200, ""),
    case(POST, &[JSON], QUERY, 200, ""),
    case(POST, &[JSON, ("accept", "*/*")], QUERY, 200, ""),
    case(POST, &[("content-type", "application/json; charset=utf-8"), NEWER], QUERY, 200, ""),
    case(POST, &[JSON, ("accept", "text/html")], QUERY, 406, "NOT_ACCEPTABLE"),
    case(POST, &[NEWER], QUERY, 415, "UNSUPPORTED_MEDIA_TYPE"),
    case(POST, &[("content-type", "text/plain"), NEWER], QUERY, 415, "UNSUPPORTED_MEDIA_TYPE"),
    case(
        POST,
        &[("content-type", "application/x-www-form-urlencoded")],
        QUERY,
        415,
        "UNSUPPORTED_MEDIA_TYPE",
    ),
    case(POST, &[("content-type", "multipart/form-data; boundary=x")], QUERY, 415, "UNSUPPORTED_MEDIA_TYPE"),
    case(POST, &[("content-type", "application/json; charset=latin1")], QUERY, 415, "UNSUPPORTED_MEDIA_TYPE"),
    // What is no request at all is a 400 whatever the media type.
    case(POST, &[JSON, NEWER], "", 400, "BAD_USER_INPUT"),
    case(POST, &[JSON, OLDER], "{", 400, "BAD_USER_INPUT"),
    case(POST, &[JSON, OLDER], "null", 400, "BAD_USER_INPUT"),
    case(POST, &[JSON, OLDER], "\"{ viewer }\"", 400, "BAD_USER_INPUT"),
    case(POST, &[JSON, OLDER], "{}", 400, "BAD_USER_INPUT"),
    case(POST, &[JSON, OLDER], r#"[{"query":"{ __typename }"}]"#, 400, "BAD_USER_INPUT"),
    case(POST, &[JSON, OLDER], r#"{"query":7}"#, 400, "BAD_USER_INPUT"),
    case(POST, &[JSON, OLDER], r#"{"query":"{ __typename }","variables":[]}"#, 400, "BAD_USER_INPUT"),
    case(POST, &[JSON, OLDER], r#"{"query":"{ __typename }","operationName":{}}"#, 400, "BAD_USER_INPUT"),
    case(POST, &[JSON, OLDER], r#"{"query":"{ __typename }","extensions":"x"}"#, 400, "BAD_USER_INPUT"),
    case(POST, &[JSON, NEWER], r#"{"query":"{ __typename }","unknown":1,"id":"x"}"#, 200, ""),
    case(
        POST,
        &[JSON, NEWER],
        r#"{"query":"{ __typename }","operationName":null,"variables":null}"#,
        200,
        "",
    ),
    // What GraphQL refuses is a 400 for who knows the newer media type and a 200 for who does not.
    case(POST, &[JSON, NEWER], r#"{"query":"{"}"#, 400, "GRAPHQL_PARSE_FAILED"),
    case(POST, &[JSON, OLDER], r#"{"query":"{"}"#, 200, "GRAPHQL_PARSE_FAILED"),
    case(POST, &[JSON, NEWER], r#"{"query":""}"#, 400, "GRAPHQL_PARSE_FAILED"),
    case(POST, &[JSON, NEWER], r#"{"query":"{ nothing }"}"#, 400, "GRAPHQL_VALIDATION_FAILED"),
    case(POST, &[JSON, OLDER], r#"{"query":"{ nothing }"}"#, 200, "GRAPHQL_VALIDATION_FAILED"),
    case(
        POST,
        &[JSON, NEWER],
        r#"{"query":"query A { __typename } query B { __typename }"}"#,
        400,
        "BAD_USER_INPUT",
    ),
    case(
        POST,
        &[JSON, NEWER],
        r#"{"query":"query A { __typename }","operationName":"B"}"#,
        400,
        "BAD_USER_INPUT",
    ),
    case(POST, &[JSON, NEWER], r#"{"query":"subscription { x }"}"#, 400, "BAD_USER_INPUT"),
    // GET reads, and nothing else.
    case(("GET", TYPENAME), &[NEWER], "", 200, ""),
    case(("GET", "/graphql"), &[NEWER], "", 400, "BAD_USER_INPUT"),
    case(("GET", "/graphql?query=%7B"), &[NEWER], "", 400, "GRAPHQL_PARSE_FAILED"),
    case(("GET", "/graphql?query=%FF"), &[NEWER], "", 400, "GRAPHQL_PARSE_FAILED"),
    case(("GET", "/graphql?query=%7B__typename%7D&variables=%5B%5D"), &[NEWER], "", 400, "BAD_USER_INPUT"),
    case(("GET", "/graphql?query=%7B__typename%7D&variables=x"), &[NEWER], "", 400, "BAD_USER_INPUT"),
    case(
        ("GET", "/graphql?query=mutation%7BrevokeRole(input:%7B%7D)%7BuserErrors%7Bcode%7D%7D%7D"),
        &[NEWER],
        "",
        405,
        "METHOD_NOT_ALLOWED",
    ),
    case(("PUT", "/graphql"), &[JSON, NEWER], QUERY, 405, "METHOD_NOT_ALLOWED"),
    case(("DELETE", "/graphql"), &[NEWER], "", 405, "METHOD_NOT_ALLOWED"),
    case(("PATCH", "/graphql"), &[JSON, NEWER], QUERY, 405, "METHOD_NOT_ALLOWED"),
];

#[tokio::test]
async fn requests_get_the_status_and_code_that_belong_to_them() {
    let app = northwind().await;
    let bearer = format!("Bearer {}", app.token("northwind", "E1"));
    for Case { method, uri, headers, body, status, code } in CASES {
        let headers = [headers, &[("authorization", bearer.as_str())][..]].concat();
        let reply = exchange(&app.router(), (method, uri), &headers, *body).await;
        assert_eq!(
            (reply.status, reply.code()),
            (*status, (*code).to_owned()),
            "{method} {uri} {body}: {}",
            reply.text
        );
        assert_eq!(
            reply.json().get("data").is_some(),
            code.is_empty(),
            "{method} {uri} {body}: {}",
            reply.text
        );
        let expected = match headers.iter().find(|(name, _)| *name == "accept") {
            Some(("accept", "application/graphql-response+json")) => {
                "application/graphql-response+json; charset=utf-8"
            }
            _ => "application/json; charset=utf-8",
        };
        assert_eq!(reply.header("content-type"), expected, "{method} {uri} {body}");
        assert_eq!(reply.header("cache-control"), "no-store");
        let allow = if *method == "GET" { "POST" } else { "GET, POST" };
        assert_eq!(reply.header("allow"), if *status == 405 { allow } else { "" }, "{method} {uri}");
    }
}

#[tokio::test]
async fn a_body_that_is_too_long_is_not_read() {
    let app = northwind().await;
    let long = json!({ "query": "{ __typename }", "more": "x".repeat(app.config.http.body_limit_bytes) });
    let reply = exchange(&app.router(), ("POST", "/graphql"), &[JSON, NEWER], long.to_string()).await;
    assert_eq!((reply.status, reply.code()), (413, "PAYLOAD_TOO_LARGE".to_owned()));
}

#[tokio::test]
async fn who_is_not_identified_is_told_how_to_be() {
    let app = northwind().await;
    for (authorization, status, challenge) in [
        ("Bearer nonsense", 401, r#"Bearer error="invalid_token""#),
        ("Bearer ", 401, r#"Bearer error="invalid_token""#),
        ("Basic RTE6eA==", 401, r#"Bearer error="invalid_token""#),
        ("bearer", 401, r#"Bearer error="invalid_token""#),
    ] {
        let headers = [JSON, NEWER, ("authorization", authorization)];
        let reply = exchange(&app.router(), ("POST", "/graphql"), &headers, QUERY).await;
        assert_eq!((reply.status, reply.code()), (status, "UNAUTHENTICATED".to_owned()), "{authorization}");
        assert_eq!(reply.header("www-authenticate"), challenge, "{authorization}");
    }
    let reply = exchange(&app.router(), ("POST", "/graphql"), &[JSON, NEWER], QUERY).await;
    assert_eq!(reply.code(), "UNAUTHENTICATED");
    assert_eq!(
        reply.message(),
        "this needs an identified caller: send the header Authorization: Bearer <token>"
    );
    // The schema itself is no secret where introspection is on.
    let reply =
        exchange(&app.router(), ("POST", "/graphql"), &[JSON, NEWER], r#"{"query":"{ __typename }"}"#).await;
    assert_eq!((reply.status, reply.json()), (200, json!({ "data": { "__typename": "Query" } })));
}

#[tokio::test]
async fn pages_of_other_sites_cannot_make_a_browser_ask() {
    let app = northwind().await;
    let cross = ("sec-fetch-site", "cross-site");
    for (headers, status) in [
        (&[cross][..], 403),
        (&[cross, ("accept", "*/*")], 403),
        (&[("sec-fetch-site", "same-site")], 403),
        (&[cross, ("graphql-require-preflight", "1")], 200),
        (&[cross, NEWER], 200),
        (&[("sec-fetch-site", "same-origin")], 200),
    ] {
        let reply = exchange(&app.router(), ("GET", TYPENAME), headers, "").await;
        assert_eq!(reply.status, status, "{headers:?}");
    }
}

#[tokio::test]
async fn a_request_keeps_its_id_if_that_is_one() {
    let app = northwind().await;
    let ask = async |id: &str| {
        let headers = [JSON, NEWER, ("x-request-id", id)];
        exchange(&app.router(), ("POST", "/graphql"), &headers, r#"{"query":"{ viewer { roles } }"}"#).await
    };
    for good in ["a", "req-7_1.x", &"x".repeat(64)] {
        let reply = ask(good).await;
        assert_eq!(reply.header("x-request-id"), good);
        assert_eq!(reply.json()["errors"][0]["extensions"]["requestId"], good);
    }
    for bad in ["a b", "<script>", &"x".repeat(65), ""] {
        let reply = ask(bad).await;
        let given = reply.header("x-request-id").to_owned();
        assert_ne!(given, bad);
        assert_eq!(given.len(), 36, "{given}");
        assert_eq!(reply.json()["errors"][0]["extensions"]["requestId"], given);
    }
}

#[tokio::test]
async fn the_journal_knows_the_request() {
    let app = northwind().await;
    let bearer = format!("Bearer {}", app.token("northwind", "H1"));
    let headers = [JSON, NEWER, ("authorization", bearer.as_str()), ("x-request-id", "from-the-dashboard")];
    let document = r#"{"query":"mutation { createDepartment(input: { code: \"D\", name: \"D\" }) { userErrors { code } } }"}"#;
    assert_eq!(exchange(&app.router(), ("POST", "/graphql"), &headers, document).await.status, 200);
    app.seal().await;
    let last = "{ journalEntries(last: 1) { nodes { kind requestId } } }";
    assert_eq!(
        app.caller("northwind", "A1").ask(last).await.data("/journalEntries/nodes"),
        json!([{ "kind": "organization.department_created", "requestId": "from-the-dashboard" }])
    );
}

#[tokio::test]
async fn a_store_that_is_gone_is_told_as_unavailable_and_as_nothing_else() {
    let app = northwind().await;
    let path = app.database().url().trim_start_matches("sqlite://").to_owned();
    let token = app.token("northwind", "E1");
    // The file stays open; a table that is gone stands for whatever the database may say.
    support::database::execute(app.database(), "ALTER TABLE department RENAME TO elsewhere").await;
    let bearer = format!("Bearer {token}");
    let headers = [JSON, NEWER, ("authorization", bearer.as_str())];
    let body = r#"{"query":"{ departments { nodes { code } } viewer { employee { name } } }"}"#;
    let reply = exchange(&app.router(), ("POST", "/graphql"), &headers, body).await;
    assert_eq!((reply.code(), reply.message()), ("INTERNAL".to_owned(), "internal error".to_owned()));
    assert_eq!(
        reply.json()["data"],
        json!({ "departments": null, "viewer": { "employee": { "name": "Eva Engineer" } } })
    );
    for inside in ["department\"", "no such table", "SELECT", "sqlite", "sqlx", path.as_str()] {
        assert!(!reply.text.contains(inside), "{inside} in {}", reply.text);
    }
}

#[tokio::test]
async fn introspection_can_be_off() {
    let app = northwind_with(&[("UPSKILL__GRAPHQL__INTROSPECTION", "false")]).await;
    for document in [
        "{ __schema { types { name } } }",
        "{ __type(name: \"Query\") { name } }",
        "{ viewer { roles } ...Hidden } fragment Hidden on Query { ... { __schema { types { name } } } }",
    ] {
        for _ in 0..2 {
            let reply = super::send(&app, document, json!({})).await;
            assert_eq!(
                (reply.status, reply.code()),
                (400, "GRAPHQL_VALIDATION_FAILED".to_owned()),
                "{document}"
            );
            assert!(
                reply.message().starts_with("this server does not answer __schema and __type;"),
                "{document}"
            );
            assert_eq!(reply.json().get("data"), None, "{document}");
        }
    }
    let typo = super::send(&app, "{ employe(id: \"x\") { name } }", json!({})).await;
    assert!(!typo.text.contains("Did you mean"), "{}", typo.text);
    assert_eq!(
        super::send(&app, "{ viewer { __typename } }", json!({})).await.json()["data"]["viewer"]["__typename"],
        "Viewer"
    );
}

#[tokio::test]
async fn what_is_not_there_is_a_problem_document() {
    let app = TestApp::start(TestDb::sqlite().await).await;
    for path in ["/nothing", "/graphql/", "/graphiql/../secret"] {
        let reply = exchange(&app.router(), ("GET", path), &[], "").await;
        assert_eq!((reply.status, reply.header("content-type")), (404, "application/problem+json"), "{path}");
    }
    assert_eq!(exchange(&app.router(), ("GET", "/livez"), &[], "").await.status, 200);
    let ready = exchange(&app.router(), ("GET", "/readyz"), &[], "").await;
    assert_eq!((ready.status, ready.json()["ready"].clone()), (200, json!(true)));
}
