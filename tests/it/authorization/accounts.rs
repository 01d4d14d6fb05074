//! Rows about service accounts, and what every scope opens of all the other rows.

use std::fmt::Write as _;

use serde_json::Value;
use support::{Answer, TestApp, assert_golden, both_databases};
use upskill_domain::access::AccountScope;

use super::{Forbidden, Ids, Nothing, Otherwise, Row};

const READERS: &[&str] = &["H1", "A1", "X1"];
const ADMIN: &[&str] = &["X1"];

pub(super) const ROWS: &[Row] = &[
    Row {
        field: "serviceAccount",
        document: "query($id: ID!) { serviceAccount(id: $id) { id name secrets { createdAt } } }",
        variables: r#"{ "id": "@account" }"#,
        allowed: READERS,
        otherwise: Nothing,
    },
    Row {
        field: "serviceAccounts",
        document: "{ serviceAccounts(first: 100) { totalCount nodes { id name createdBy { id } secrets { createdAt } } } }",
        variables: "{}",
        allowed: READERS,
        otherwise: Forbidden,
    },
    mutation!(
        "createServiceAccount",
        "CreateServiceAccountInput",
        r#"{ "input": { "name": "By @person", "scopes": ["ROSTER_READ"] } }"#,
        ADMIN,
        Forbidden
    ),
    mutation!(
        "changeServiceAccount",
        "ChangeServiceAccountInput",
        r#"{ "input": { "id": "@account", "name": "Of @person" } }"#,
        ADMIN,
        Forbidden
    ),
    mutation!(
        "rotateServiceAccountSecret",
        "RotateServiceAccountSecretInput",
        r#"{ "input": { "id": "@account" } }"#,
        ADMIN,
        Forbidden
    ),
    mutation!(
        "revokeServiceAccount",
        "RevokeServiceAccountInput",
        r#"{ "input": { "id": "@account" } }"#,
        ADMIN,
        Forbidden
    ),
];

/// An account of the employer.
pub(super) async fn ids(app: &TestApp, slug: &str) -> Ids {
    Ids::from([("account", app.service_account(slug, "HRIS", "roster:read").await.id)])
}

/// Whether a row was let in, whatever its rules said then.
fn is_let_in(row: &Row, answer: &Answer) -> bool {
    let value = &answer.json["data"][row.field];
    let listed = value.pointer("/report/results/0/userErrors/0/code").and_then(Value::as_str);
    let nothing = value.is_null() || value.as_array().is_some_and(|list| list.iter().all(Value::is_null));
    let kept_out =
        matches!(row.otherwise, Otherwise::Listed(_)) && matches!(listed, Some("NOT_FOUND" | "FORBIDDEN"));
    !nothing && !kept_out
}

both_databases! {
    async fn a_scope_opens_what_was_reviewed_and_nothing_else(app: TestApp) {
        let northwind = app.northwind().await;
        let ids = crate::authorization::ids(&app, &northwind, "northwind").await;
        let mut text = String::from(
            "What a service account with one scope gets an answer from, of everything that can be asked and done: by itself.\n",
        );
        for scope in AccountScope::ALL {
            let caller = app.account("northwind", scope.name(), scope.name()).await;
            // The first request is written down, and the clock stands still.
            caller.ask("{ employer { id } }").await;
            let mut witness = app.witness().await;
            let mut open: Vec<&str> = Vec::new();
            for row in Row::all() {
                let person = row.allowed.first().unwrap_or(&"H1");
                let answer = row.ask(&caller, person, &ids).await;
                assert_eq!(answer.status, 200, "{scope}: {}: {}", row.field, answer.json);
                let wrote = witness.wrote().await;
                if is_let_in(row, &answer) {
                    open.push(row.field);
                } else {
                    assert!(!wrote, "{} wrote for {scope}", row.field);
                }
            }
            open.sort_unstable();
            open.dedup();
            let _ = write!(text, "\n{scope}\n");
            for field in open {
                let _ = writeln!(text, "    {field}");
            }
        }
        assert_golden("golden/scopes.txt", &text);
    }
}
