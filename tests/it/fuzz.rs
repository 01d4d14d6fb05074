//! Whatever is sent, nothing panics and nothing is answered with a 5xx.
//!
//! Documents are grown from the schema's own names and values, then some are cut, doubled or scrambled. The seed is
//! fixed, so a failure comes again; `UPSKILL_FUZZ_CASES` makes a longer run.

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use support::schema::{SchemaDocument, items, text, written};
use support::{TestApp, both_databases, exchange};

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

/// Values that are what a type asks for, and therefore come as far as the database.
struct Fitting<'a> {
    schema: &'a SchemaDocument,
    ids: &'a [String],
}

impl Fitting<'_> {
    /// For a value at a place, which is the names of everything around it.
    fn value(&self, reference: &Value, place: &str) -> BoxedStrategy<Value> {
        match text(reference, "kind") {
            "NON_NULL" => self.present(&reference["ofType"], place),
            // Where a page stands is told by cursors, which nobody can guess.
            _ if [".after", ".before", ".last"].iter().any(|end| place.ends_with(end)) => {
                prop_oneof![20 => Just(Value::Null), 1 => self.present(reference, place)].boxed()
            }
            _ => prop_oneof![1 => Just(Value::Null), 4 => self.present(reference, place)].boxed(),
        }
    }

    fn present(&self, reference: &Value, place: &str) -> BoxedStrategy<Value> {
        let name = text(reference, "name");
        let place = format!("{place} {name}");
        match text(reference, "kind") {
            "LIST" => {
                let inner = self.value(&reference["ofType"], &place);
                proptest::collection::vec(inner, 0..3).prop_map(Value::from).boxed()
            }
            "ENUM" => {
                let names = items(self.schema.named(name), "enumValues").map(|value| value["name"].clone());
                proptest::sample::select(names.collect::<Vec<_>>()).boxed()
            }
            "INPUT_OBJECT" => {
                let fields = items(self.schema.named(name), "inputFields").map(|field| {
                    let name = text(field, "name").to_owned();
                    let required = text(&field["type"], "kind") == "NON_NULL";
                    let value = self.value(&field["type"], &format!("{place}.{name}"));
                    (any::<bool>(), value)
                        .prop_map(move |(there, value)| (required || there).then(|| (name.clone(), value)))
                        .boxed()
                });
                let fields: Vec<_> = fields.collect();
                fields.prop_map(|fields| Value::Object(fields.into_iter().flatten().collect())).boxed()
            }
            "SCALAR" if name == "ID" => {
                let place = place.to_lowercase();
                let here: Vec<_> = self
                    .ids
                    .iter()
                    .filter(|id| place.contains(id.split('_').next().unwrap_or_default()))
                    .cloned()
                    .collect();
                let here = if here.is_empty() { self.ids.to_vec() } else { here };
                proptest::sample::select(here).prop_map(Value::from).boxed()
            }
            _ => scalar(name),
        }
    }
}

fn scalar(name: &str) -> BoxedStrategy<Value> {
    let one_of = |texts: &[&str]| {
        proptest::sample::select(texts.iter().map(|text| json!(text)).collect::<Vec<_>>()).boxed()
    };
    match name {
        "Boolean" => any::<bool>().prop_map(Value::from).boxed(),
        "Int" => prop_oneof![3 => 1..5_i32, 1 => any::<i32>()].prop_map(Value::from).boxed(),
        "Date" => one_of(&["2026-01-31", "2026-12-31", "1900-01-01", "9999-12-31", "0001-01-01"]),
        "DateTime" => one_of(&["2026-03-02T09:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00"]),
        "Decimal" => one_of(&["1", "0.01", "-1", "92233720368547758.07", "99999999999999999999", "1e2"]),
        "Currency" => one_of(&["EUR", "CHF", "JPY"]),
        _ => prop_oneof![2 => one_of(&["E1", "NEW", "eng", "x"]), 1 => nasty_text().prop_map(Value::from)]
            .boxed(),
    }
}

/// A root field with its variables as declared.
struct Operation {
    document: String,
    variables: Vec<String>,
    fitting: Vec<BoxedStrategy<Value>>,
}

fn operations(schema: &SchemaDocument, ids: &[String]) -> Vec<Operation> {
    let mut operations = Vec::new();
    for (root, keyword) in [("Query", "query"), ("Mutation", "mutation")] {
        for field in items(schema.named(root), "fields") {
            let arguments: Vec<_> = items(field, "args").collect();
            let variables: Vec<_> =
                arguments.iter().map(|argument| text(argument, "name").to_owned()).collect();
            let declared: Vec<_> = arguments
                .iter()
                .map(|argument| format!("${}: {}", text(argument, "name"), written(&argument["type"])))
                .collect();
            let given: Vec<_> = variables.iter().map(|name| format!("{name}: ${name}")).collect();
            let brackets = |items: &[String]| {
                if items.is_empty() { String::new() } else { format!("({})", items.join(", ")) }
            };
            let document = format!(
                "{keyword}{} {{ {}{} {{ __typename }} }}",
                brackets(&declared),
                text(field, "name"),
                brackets(&given)
            );
            let fits = |argument: &&Value| {
                let place = format!("{}.{}", text(field, "name"), text(argument, "name"));
                Fitting { schema, ids }.value(&argument["type"], &place)
            };
            let fitting = arguments.iter().map(fits).collect();
            operations.push(Operation { document, variables, fitting });
        }
    }
    operations
}

/// An id of each of a few types.
async fn known_ids(app: &TestApp) -> Vec<String> {
    let document = "{ viewer { employee { id department { id } } } employer { id } roleGrants(first: 2) { nodes { id employee { id } } } }";
    let answer = app.caller("northwind", "H1").ask(document).await.json.to_string();
    let parts = answer.split('"').filter(|part| upskill_domain::kernel::split_id(part).is_ok());
    parts.map(str::to_owned).chain(["course_00000000000000000000000001".to_owned()]).collect()
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

both_databases! {
    async fn nothing_that_is_sent_brings_the_server_down(app: TestApp) {
        app.northwind().await;
        let schema = SchemaDocument::read(&app.anonymous()).await;
        let operations = operations(&schema, &known_ids(&app).await);
        let values = proptest::collection::vec(nasty_value(), 8);
        let mut runner = TestRunner::deterministic();
        for case in 0..cases() {
            let operation = &operations[case % operations.len()];
            let values = values.new_tree(&mut runner).expect("values").current();
            let mutation = mutation().new_tree(&mut runner).expect("a mutation").current();
            let variables: serde_json::Map<_, _> = operation.variables.iter().cloned().zip(values).collect();
            let query = mutate(&operation.document, &mutation);
            let person = ["H1", "X1", "A1", "E1"][case % 4];
            send(&app, person, &json!({ "query": query, "variables": variables }).to_string()).await;
        }
    }

    async fn nothing_that_fits_its_type_brings_the_server_down(app: TestApp) {
        app.northwind().await;
        let schema = SchemaDocument::read(&app.anonymous()).await;
        let operations = operations(&schema, &known_ids(&app).await);
        let mut runner = TestRunner::deterministic();
        let mut answered = 0;
        for case in 0..cases() {
            let operation = &operations[case % operations.len()];
            let values = operation.fitting.new_tree(&mut runner).expect("values").current();
            let variables: serde_json::Map<_, _> = operation.variables.iter().cloned().zip(values).collect();
            let person = ["H1", "X1", "A1", "F1"][case % 4];
            let body = json!({ "query": operation.document, "variables": variables }).to_string();
            let answer = send(&app, person, &body).await;
            answered += usize::from(answer.get("errors").is_none());
        }
        // Most fields name a thing, and most known ids are of another kind or nobody's.
        assert!(answered * 8 > cases(), "only {answered} of {} were carried out", cases());
    }

    async fn no_body_at_all_brings_the_server_down(app: TestApp) {
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
}

/// Sends a body and demands an answer that is JSON, is not the server's fault, and says nothing of the inside.
async fn send(app: &TestApp, person: &str, body: &str) -> Value {
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
    answer
}
