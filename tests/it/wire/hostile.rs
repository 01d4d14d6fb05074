//! Documents that would cost more than anybody needs are refused before they do.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{northwind, post, send};

/// The refusal of a document as code, measure, cost and limit.
fn excess(reply: &support::Reply) -> (String, Value, Value, Value) {
    let extensions = &reply.json()["errors"][0]["extensions"];
    (reply.code(), extensions["measure"].clone(), extensions["cost"].clone(), extensions["limit"].clone())
}

fn too(measure: &str, cost: u64, limit: u64) -> (String, Value, Value, Value) {
    ("QUERY_TOO_COMPLEX".to_owned(), json!(measure), json!(cost), json!(limit))
}

fn nested(levels: usize) -> String {
    let mut text = String::from("name");
    for _ in 0..levels {
        text = format!("manager {{ {text} }}");
    }
    format!("{{ viewer {{ employee {{ {text} }} }} }}")
}

#[tokio::test]
async fn each_limit_holds_at_its_edge() {
    let app = northwind().await;
    let aliases = |count: usize| {
        let names: String = (0..count).fold(String::new(), |mut text, number| {
            let _ = write!(text, " a{number}: name");
            text
        });
        format!("{{ employer {{ {names} }} }}")
    };
    let directives =
        |count: usize| format!("{{ employer {{ name {} }} }}", "@include(if: true) ".repeat(count));
    let roots = |count: usize| format!("{{ {} }}", "employer { id } ".repeat(count));
    for (document, expected) in [
        (nested(13), too("depth", 16, 15)),
        (aliases(51), too("aliases", 51, 50)),
        (directives(51), too("directives", 51, 50)),
        (roots(21), too("rootFields", 21, 20)),
        (format!("{{ employer {{ {} }} }}", "name ".repeat(5_000)), too("tokens", 5_005, 5_000)),
    ] {
        let reply = send(&app, &document, json!({})).await;
        let start: String = document.chars().take(80).collect();
        assert_eq!((reply.status, excess(&reply)), (400, expected), "{start}");
    }
    for document in [nested(12), aliases(50), roots(20)] {
        let reply = send(&app, &document, json!({})).await;
        assert_eq!((reply.status, reply.code()), (200, String::new()), "{document}: {}", reply.text);
    }
}

#[tokio::test]
async fn a_list_costs_as_much_as_it_is_long() {
    let app = northwind().await;
    let document = "query($outer: Int, $inner: Int) {
      employees(first: $outer) { nodes { reports(first: $inner) { nodes { name } } } } }";
    let small = send(&app, document, json!({ "outer": 10, "inner": 10 })).await;
    assert_eq!((small.status, small.code()), (200, String::new()), "{}", small.text);
    let large = send(&app, document, json!({ "outer": 100, "inner": 100 })).await;
    assert_eq!((large.status, excess(&large)), (400, too("complexity", 20_201, 10_000)));
    let literal = "{ employees(first: 100) { nodes { reports(first: 100) { nodes { name } } } } }";
    assert_eq!(excess(&send(&app, literal, json!({})).await), too("complexity", 20_201, 10_000));
    for absurd in [json!(i64::MAX), json!(u64::MAX), json!(-1), json!("x"), json!(1e300)] {
        let reply = send(&app, document, json!({ "outer": absurd, "inner": 1 })).await;
        assert!(
            ["QUERY_TOO_COMPLEX", "BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"]
                .contains(&reply.code().as_str()),
            "{absurd}: {}",
            reply.text
        );
        assert!(reply.status < 500, "{absurd}: {}", reply.text);
    }
}

#[tokio::test]
async fn a_hundred_and_twenty_thousand_brackets_are_counted_and_not_followed() {
    let app = northwind().await;
    for (open, close) in [("{a", "}"), ("{a(x:[", "])}"), ("{a(x:{y:", "})}")] {
        let levels = 120_000 / open.len();
        let document = format!("{}{}", open.repeat(levels), close.repeat(levels));
        let reply = send(&app, &document[..document.len().min(200_000)], json!({})).await;
        assert_eq!(reply.status, 400, "{open}");
        assert!(
            ["QUERY_TOO_COMPLEX", "GRAPHQL_PARSE_FAILED"].contains(&reply.code().as_str()),
            "{open}: {}",
            reply.text
        );
    }
    let variables = format!(
        "{{\"query\":\"{{__typename}}\",\"variables\":{{\"x\":{}{}}}}}",
        "[".repeat(120_000),
        "]".repeat(120_000)
    );
    let reply = post(&app, variables).await;
    assert_eq!((reply.status, reply.code()), (400, "BAD_USER_INPUT".to_owned()));
    let deep = (0..30).fold(json!(1), |value, _| json!([value]));
    let reply = send(&app, "query($x: Int) { __typename }", json!({ "x": deep })).await;
    assert_eq!(excess(&reply), too("variableDepth", 30, 20));
}

#[tokio::test]
async fn fragments_that_double_or_contain_each_other_are_refused_at_once() {
    let app = northwind().await;
    let mut bomb = String::from("{ viewer { ...F0 } } fragment F30 on Viewer { roles } ");
    for level in 0..30 {
        let _ = write!(bomb, "fragment F{level} on Viewer {{ ...F{0} ...F{0} }} ", level + 1);
    }
    let reply = send(&app, &bomb, json!({})).await;
    assert_eq!((reply.status, reply.code()), (400, "QUERY_TOO_COMPLEX".to_owned()), "{}", reply.text);
    for document in [
        "{ viewer { ...F } } fragment F on Viewer { employee { ...G } } fragment G on Employee { manager { ...G } }",
        "{ viewer { roles } } fragment F on Viewer { ...F }",
        "{ viewer { ...A } } fragment A on Viewer { ...B } fragment B on Viewer { ...A }",
    ] {
        let reply = send(&app, document, json!({})).await;
        assert_eq!((reply.status, reply.code()), (400, "GRAPHQL_VALIDATION_FAILED".to_owned()), "{document}");
    }
}

#[tokio::test]
async fn fields_that_repeat_each_other_are_refused_or_merged() {
    let app = northwind().await;
    let repeated = format!("{{ employer {{ {} }} }}", "id ".repeat(1_500));
    let reply = send(&app, &repeated, json!({})).await;
    assert!(reply.status == 200 || reply.code() == "QUERY_TOO_COMPLEX", "{}", reply.text);
    let conflict = "{ employer { a: id a: name } }";
    let reply = send(&app, conflict, json!({})).await;
    assert_eq!((reply.status, reply.code()), (400, "GRAPHQL_VALIDATION_FAILED".to_owned()));
}
