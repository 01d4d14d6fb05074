//! Values that are not what they have to be: refused with the value and what would be right, never with a 5xx.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use support::schema::{SchemaDocument, items, text};
use support::{TestApp, both_databases};

use super::{northwind, send};

const ROSTER: &str = "mutation($on: Date) {
  importRoster(input: { dryRun: true, rows: [{ externalId: \"N1\", name: \"N\", hiredOn: $on }] }) { report { refused } }
}";

/// The code of the first error, or what became of the field.
async fn told(app: &TestApp, document: &str, variables: Value) -> (String, String) {
    let reply = send(app, document, variables).await;
    assert!(reply.status < 500, "{document}: {}", reply.text);
    (reply.code(), reply.message())
}

#[tokio::test]
async fn a_bad_id_is_named_with_what_is_wrong_with_it() {
    let app = northwind().await;
    let employee = "query($id: ID!) { employee(id: $id) { name } }";
    for id in [
        "",
        "x",
        "employee_",
        "employee_zzzzzzzzzzzzzzzzzzzzzzzzzz",
        "employee_0000000000000000000000000",
        "employee_000000000000000000000000011",
        "EMPLOYEE_00000000000000000000000001",
        "department_00000000000000000000000001",
        "employee_0000000000000000000000000u",
        "employee_\u{0}",
        "employee_😀😀😀😀😀😀",
        "' OR 1=1 --",
        "../../etc/passwd",
    ] {
        let (code, message) = told(&app, employee, json!({ "id": id })).await;
        assert_eq!(code, "BAD_USER_INPUT", "{id:?}: {message}");
        assert!(!message.is_empty() && message.len() < 500, "{id:?}: {message}");
    }
    let other = "department_00000000000000000000000001";
    let (_, message) = told(&app, employee, json!({ "id": other })).await;
    assert!(message.ends_with("expected an id of Employee, got one of Department"), "{message}");
    // A number is an ID too, as GraphQL says; here it names nothing.
    for id in [json!(7), json!(u64::MAX)] {
        let (code, message) = told(&app, employee, json!({ "id": id })).await;
        assert!(["BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"].contains(&code.as_str()), "{id}: {message}");
    }
    let gone = send(&app, employee, json!({ "id": "employee_00000000000000000000000001" })).await;
    assert_eq!(gone.json(), json!({ "data": { "employee": null } }));
    let node = "query($id: ID!) { node(id: $id) { id } }";
    for id in ["x", "nothing_00000000000000000000000001", "course_x"] {
        assert_eq!(told(&app, node, json!({ "id": id })).await.0, "BAD_USER_INPUT", "{id}");
    }
}

#[tokio::test]
async fn one_bad_id_among_many_leaves_the_others_standing() {
    let app = northwind().await;
    let me = send(&app, "{ viewer { employee { id } } }", json!({})).await.json();
    let me = me["data"]["viewer"]["employee"]["id"].as_str().expect("an id").to_owned();
    let reply =
        send(&app, "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({ "ids": [me, "x", me] })).await;
    assert_eq!(reply.json()["data"], json!({ "nodes": [{ "id": me }, null, { "id": me }] }));
    assert_eq!(reply.json()["errors"][0]["path"], json!(["nodes", 1]));
    assert_eq!(reply.code(), "BAD_USER_INPUT");
    let many: Vec<_> = std::iter::repeat_n(me, 101).collect();
    let reply = send(&app, "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({ "ids": many })).await;
    assert_eq!(
        (reply.code(), reply.message()),
        ("BAD_USER_INPUT".to_owned(), "101 ids are too many; at most 100 at once".to_owned())
    );
}

#[tokio::test]
async fn a_bad_date_is_named_with_what_would_be_right() {
    let app = northwind().await;
    for date in [
        "",
        "2026-02-30",
        "2026-2-3",
        "30.01.2026",
        "2026-01-31T00:00:00Z",
        "+002026-01-31",
        "0000-00-00",
        "9999-12-31",
        "\u{0}",
        "😀",
    ] {
        let (code, message) = told(&app, ROSTER, json!({ "on": date })).await;
        assert_eq!(code, "BAD_USER_INPUT", "{date:?}: {message}");
        assert!(message.contains("is not a date such as 2026-01-31"), "{date:?}: {message}");
    }
    for date in [json!(20_260_131), json!(true), json!(["2026-01-31"]), json!({})] {
        let (code, message) = told(&app, ROSTER, json!({ "on": date })).await;
        assert!(
            ["BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"].contains(&code.as_str()),
            "{date}: {code} {message}"
        );
    }
    let (_, message) = told(&app, ROSTER, json!({ "on": "x".repeat(100_000) })).await;
    assert!(message.len() < 500, "{}", message.len());
}

#[tokio::test]
async fn variables_have_to_be_what_they_are_declared_as() {
    let app = northwind().await;
    let list = "query($first: Int, $search: String, $status: EmploymentStatus!) {
      employees(first: $first, filter: { search: $search, status: { in: [$status] } }) { nodes { name } } }";
    for variables in [
        json!({}),
        json!({ "status": null }),
        json!({ "status": "PRESENT" }),
        json!({ "status": "active" }),
        json!({ "status": "ACTIVE", "first": "3" }),
        json!({ "status": "ACTIVE", "first": 1.5 }),
        json!({ "status": "ACTIVE", "first": 2_147_483_648_u64 }),
        json!({ "status": "ACTIVE", "first": u64::MAX }),
        json!({ "status": "ACTIVE", "search": 7 }),
        json!({ "status": "ACTIVE", "search": ["x"] }),
        json!({ "status": "ACTIVE", "first": true }),
        json!({ "status": "ACTIVE", "first": 0 }),
        json!({ "status": "ACTIVE", "first": 101 }),
        json!({ "status": "ACTIVE", "first": -5 }),
    ] {
        let (code, message) = told(&app, list, variables.clone()).await;
        let right = ["BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED", "QUERY_TOO_COMPLEX"];
        assert!(right.contains(&code.as_str()), "{variables}: {code} {message}");
    }
}

both_databases! {
    async fn any_text_can_be_searched_for(app: TestApp) {
        app.northwind().await;
        let list = "query($search: String) { employees(filter: { search: $search }) { totalCount nodes { name } } }";
        for (search, found) in [
            ("", 12), (" ", 12), ("\n", 12), ("engineer\teva", 0), ("eva\tengineer", 1),
            ("%", 0), ("_", 0), ("\\", 0), ("'", 0), ("\"", 0), ("😀", 0), ("é", 0), ("e\u{301}", 0), ("ﬀ", 0),
            ("\u{202e}", 0), ("İ", 0), ("ß", 0), ("'; DROP TABLE employee; --", 0), (&"x".repeat(100_000), 0),
            (&"%".repeat(10_000), 0), ("\u{feff}", 0), ("\u{10ffff}", 0),
        ] {
            let reply = send(&app, list, json!({ "search": search })).await;
            let start: String = search.chars().take(20).collect();
            assert_eq!(reply.json()["data"]["employees"]["totalCount"], found, "{start:?}: {}", reply.text);
        }
    }

    async fn no_text_with_a_control_character_is_looked_for(app: TestApp) {
        app.northwind().await;
        let of = |list: &str, filter: &str, kind: &str| {
            format!("query($text: String!) {{ {list}(filter: {{ {filter}: {kind} }}) {{ totalCount }} }}")
        };
        for (list, filter) in [
            ("employees", "search"), ("departments", "search"), ("skills", "search"), ("providers", "search"),
            ("courses", "search"), ("programs", "search"), ("budgets", "search"), ("employees", "externalId"),
            ("skills", "area"), ("courses", "code"),
        ] {
            let kind = if filter == "search" { "$text" } else { "{ in: [\"E1\", $text] }" };
            let document = of(list, filter, kind);
            for (text, position) in [("\u{0}", 1), ("a\u{0}b", 2), ("a\u{1b}", 2), ("\u{85}\u{9f}", 2)] {
                let reply = send(&app, &document, json!({ "text": text })).await;
                let expected = format!("filter.{filter} has a control character at position {position}");
                assert_eq!((reply.code(), reply.message()), ("BAD_USER_INPUT".to_owned(), expected), "{list} {text:?}");
                assert_eq!(reply.json()["errors"][0]["extensions"]["argument"], format!("filter.{filter}"));
            }
        }
    }

    async fn an_empty_list_keeps_nothing(app: TestApp) {
        app.northwind().await;
        let hana = app.caller("northwind", "H1");
        let schema = SchemaDocument::read(&app.anonymous()).await;
        let (mut asked, mut full) = (0, 0);
        for field in items(schema.named("Query"), "fields") {
            let Some(filter) = items(field, "args").find(|argument| text(argument, "name") == "filter") else { continue };
            let list = text(field, "name");
            full += usize::from(hana.ask(&format!("{{ {list} {{ totalCount }} }}")).await.data(&format!("/{list}/totalCount")) != json!(0));
            for condition in items(schema.named(text(&filter["type"], "name")), "inputFields") {
                let kind = text(&condition["type"], "name");
                if !kind.ends_with("Filter") || !items(schema.named(kind), "inputFields").any(|field| text(field, "name") == "in") {
                    continue;
                }
                let document = format!("{{ {list}(filter: {{ {}: {{ in: [] }} }}) {{ totalCount nodes {{ id }} }} }}", text(condition, "name"));
                assert_eq!(hana.ask(&document).await.data(&format!("/{list}")), json!({ "totalCount": 0, "nodes": [] }), "{document}");
                asked += 1;
            }
        }
        assert!(asked > 20 && full > 2, "{asked} conditions, {full} lists with something in them");
    }

    async fn cursors_are_only_those_that_were_given_out(app: TestApp) {
        app.northwind().await;
        let list = "query($after: String) { employees(after: $after) { nodes { name } pageInfo { endCursor } } }";
        let first = send(&app, list, json!({})).await.json();
        let cursor = first["data"]["employees"]["pageInfo"]["endCursor"].as_str().expect("a cursor").to_owned();
        let decoded = URL_SAFE_NO_PAD.decode(&cursor).expect("base64");
        let (stamp, body) = decoded.split_at(6);
        let forged = |key: Value| {
            let mut body: Value = serde_json::from_slice(body).expect("JSON");
            body["key"] = key;
            URL_SAFE_NO_PAD.encode([stamp, body.to_string().as_bytes()].concat())
        };
        assert_eq!(told(&app, list, json!({ "after": forged(json!({ "Text": "eva" })) })).await.0, "");
        let forgeries = [
            json!({ "Number": 1 }), json!({ "Day": "2026-01-31" }), json!({ "Instant": "2026-01-31T00:00:00Z" }),
            json!({ "Text": "\u{0}" }),
        ].map(forged);
        let nonsense = ["", "x", "AAAA", "!!!!", "\u{0}", "😀", &"A".repeat(50_000)].map(str::to_owned);
        for cursor in nonsense.into_iter().chain(forgeries) {
            let (code, message) = told(&app, list, json!({ "after": cursor })).await;
            let expected = "after is not a cursor that this API gave out";
            assert_eq!((code.as_str(), message.as_str()), ("BAD_USER_INPUT", expected), "{cursor:.80}");
            let back = "query($before: String) { employees(last: 3, before: $before) { nodes { name } } }";
            let (code, message) = told(&app, back, json!({ "before": cursor })).await;
            let expected = "before is not a cursor that this API gave out";
            assert_eq!((code.as_str(), message.as_str()), ("BAD_USER_INPUT", expected), "{cursor:.80}");
        }
    }
}

#[tokio::test]
async fn lists_of_values_are_bounded() {
    let app = northwind().await;
    let list = "query($ids: [String!]!) { employees(filter: { externalId: { in: $ids } }) { nodes { externalId } } }";
    let ids = |count: usize| (0..count).map(|number| format!("E{number}")).collect::<Vec<_>>();
    assert_eq!(told(&app, list, json!({ "ids": ids(100) })).await.0, "");
    let (code, message) = told(&app, list, json!({ "ids": ids(101) })).await;
    assert_eq!(code, "BAD_USER_INPUT", "{message}");
}
