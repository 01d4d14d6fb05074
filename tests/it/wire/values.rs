//! Values that are not what they have to be: refused with the value and what would be right, never with a 5xx.

use serde_json::{Value, json};

use super::{northwind, send};
use support::TestApp;

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

#[tokio::test]
async fn any_text_can_be_searched_for() {
    let app = northwind().await;
    let list =
        "query($search: String) { employees(filter: { search: $search }) { totalCount nodes { name } } }";
    for search in [
        "\u{0}",
        "%",
        "_",
        "\\",
        "'",
        "\"",
        "😀",
        "é",
        "e\u{301}",
        "ﬀ",
        "\u{202e}",
        "İ",
        "ß",
        "a\u{0}b",
        "'; DROP TABLE employee; --",
        &"x".repeat(100_000),
        &"%".repeat(10_000),
        "\u{feff}",
        "\u{10ffff}",
    ] {
        let reply = send(&app, list, json!({ "search": search })).await;
        assert_eq!(reply.status, 200, "{search:?}");
        // A text without anything to see is none, and finds everybody.
        let start: String = search.chars().take(20).collect();
        let visible = search.chars().any(|c| !c.is_control() && !c.is_whitespace());
        assert_eq!(
            reply.json()["data"]["employees"]["totalCount"],
            if visible { 0 } else { 12 },
            "{start:?}: {}",
            reply.text
        );
    }
}

#[tokio::test]
async fn cursors_are_only_those_that_were_given_out() {
    let app = northwind().await;
    let list = "query($after: String) { employees(after: $after) { nodes { name } } }";
    for cursor in ["", "x", "AAAA", "!!!!", "\u{0}", "😀", &"A".repeat(50_000)] {
        let (code, message) = told(&app, list, json!({ "after": cursor })).await;
        let expected = "after is not a cursor that this API gave out";
        assert_eq!((code.as_str(), message.as_str()), ("BAD_USER_INPUT", expected), "{} bytes", cursor.len());
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
