//! Whatever is sent, nothing panics and nothing is answered with a 5xx.
//!
//! Documents are grown from the schema's own names and values, then some are cut, doubled or scrambled. The seed is
//! fixed, so a failure comes again; `UPSKILL_FUZZ_CASES` makes a longer run.

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use support::schema::{SchemaDocument, items, text, written};
use support::{TestApp, TestDb, exchange};

#[expect(
    clippy::disallowed_methods,
    reason = "the test run's switches are no part of the product's configuration"
)]
fn cases() -> usize {
    std::env::var("UPSKILL_FUZZ_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(400)
}

/// Texts that programs stumble over.
fn nasty_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        proptest::sample::select(vec![
            "",
            "\u{0}",
            "null",
            "😀",
            "\u{202e}",
            "employee_00000000000000000000000001",
            "2026-02-30",
            "1e999",
            "-0",
            "NaN",
            "{}",
            "'",
            "\\",
            "%",
            "9223372036854775808",
            "ACTIVE",
            "2026-01-31",
            "employee_",
        ])
        .prop_map(str::to_owned),
    ]
}

fn nasty_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        nasty_text().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::hash_map("[a-z]{1,8}", inner, 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// A root field with its variables: as declared, but with values of any kind.
fn operations(schema: &SchemaDocument) -> Vec<(String, Vec<String>)> {
    let mut operations = Vec::new();
    for (root, keyword) in [("Query", "query"), ("Mutation", "mutation")] {
        for field in items(schema.named(root), "fields") {
            let arguments: Vec<_> = items(field, "args").collect();
            let names: Vec<_> = arguments.iter().map(|argument| text(argument, "name").to_owned()).collect();
            let declared: Vec<_> = arguments
                .iter()
                .map(|argument| format!("${}: {}", text(argument, "name"), written(&argument["type"])))
                .collect();
            let given: Vec<_> = names.iter().map(|name| format!("{name}: ${name}")).collect();
            let brackets = |items: &[String]| {
                if items.is_empty() { String::new() } else { format!("({})", items.join(", ")) }
            };
            let document = format!(
                "{keyword}{} {{ {}{} {{ __typename }} }}",
                brackets(&declared),
                text(field, "name"),
                brackets(&given)
            );
            operations.push((document, names));
        }
    }
    operations
}

/// What may happen to a document on its way.
#[derive(Debug, Clone)]
enum Mutation {
    Nothing,
    Cut(usize),
    Insert(usize, String),
    Double(usize, usize),
    Swap(usize, usize),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let scraps = proptest::sample::select(vec![
        "{",
        "}",
        "(",
        ")",
        "\"",
        "\"\"\"",
        "#",
        "...",
        "@skip(if: true)",
        "$",
        ":",
        "!",
        "[",
        "\u{0}",
        "\u{feff}",
        "fragment F on Query { ...F }",
        "\\u{110000}",
        "1e9999",
        "-",
        "query",
        "null",
    ]);
    prop_oneof![
        2 => Just(Mutation::Nothing),
        1 => any::<usize>().prop_map(Mutation::Cut),
        2 => (any::<usize>(), scraps).prop_map(|(at, scrap)| Mutation::Insert(at, scrap.to_owned())),
        1 => (any::<usize>(), any::<usize>()).prop_map(|(from, length)| Mutation::Double(from, length)),
        1 => (any::<usize>(), any::<usize>()).prop_map(|(one, other)| Mutation::Swap(one, other)),
    ]
}

fn mutate(document: &str, mutation: &Mutation) -> String {
    let mut letters: Vec<char> = document.chars().collect();
    let length = letters.len().max(1);
    match mutation {
        Mutation::Nothing => {}
        Mutation::Cut(at) => letters.truncate(at % length),
        Mutation::Insert(at, scrap) => {
            let at = at % length;
            letters.splice(at..at, scrap.chars());
        }
        Mutation::Double(from, count) => {
            let from = from % length;
            let part: Vec<_> = letters[from..].iter().take(count % 40).copied().collect();
            letters.splice(from..from, part);
        }
        Mutation::Swap(one, other) => letters.swap(one % length, other % length),
    }
    letters.into_iter().collect()
}

#[tokio::test]
async fn nothing_that_is_sent_brings_the_server_down() {
    let app = TestApp::start(TestDb::sqlite().await).await;
    app.northwind().await;
    let schema = SchemaDocument::read(&app.anonymous()).await;
    let operations = operations(&schema);
    let case = (
        proptest::sample::select(operations),
        proptest::collection::vec(nasty_value(), 8),
        mutation(),
        proptest::sample::select(vec!["H1", "X1", "A1", "E1"]),
    );
    let mut runner = TestRunner::deterministic();
    for _ in 0..cases() {
        let ((document, names), values, mutation, person) =
            case.new_tree(&mut runner).expect("a case").current();
        let variables: serde_json::Map<_, _> = names.into_iter().zip(values).collect();
        let body = json!({ "query": mutate(&document, &mutation), "variables": variables }).to_string();
        send(&app, person, &body).await;
    }
}

#[tokio::test]
async fn no_body_at_all_brings_the_server_down() {
    let app = TestApp::start(TestDb::sqlite().await).await;
    app.northwind().await;
    let body = prop_oneof![
        nasty_value().prop_map(|value| value.to_string()),
        nasty_value().prop_map(|value| json!({ "query": value }).to_string()),
        (nasty_text(), nasty_value(), nasty_value()).prop_map(|(query, variables, extensions)| {
            json!({ "query": query, "variables": variables, "extensions": extensions }).to_string()
        }),
        nasty_value().prop_map(|value| {
            json!({ "query": "query($id: ID!) { node(id: $id) { id } }", "variables": { "id": value } })
                .to_string()
        }),
        any::<String>(),
    ];
    let mut runner = TestRunner::deterministic();
    for _ in 0..cases() {
        send(&app, "E1", &body.new_tree(&mut runner).expect("a case").current()).await;
    }
}

/// Sends a body and demands an answer that is JSON, is not the server's fault, and says nothing of the inside.
async fn send(app: &TestApp, person: &str, body: &str) {
    let bearer = format!("Bearer {}", app.token("northwind", person));
    let headers = [
        ("content-type", "application/json"),
        ("accept", "application/graphql-response+json"),
        ("authorization", &bearer),
    ];
    let reply = exchange(&app.router(), ("POST", "/graphql"), &headers, body.to_owned()).await;
    assert!(reply.status < 500, "{}: {body}\n{}", reply.status, reply.text);
    let answer = reply.json();
    for error in answer["errors"].as_array().into_iter().flatten() {
        assert_ne!(error["extensions"]["code"], "INTERNAL", "{body}\n{}", reply.text);
        assert!(error["extensions"]["code"].is_string(), "{body}\n{}", reply.text);
    }
}
