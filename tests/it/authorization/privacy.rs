//! Rows about privacy.

use serde_json::json;
use support::TestApp;
use support::story::Employer;

use super::{Forbidden, Ids, Row};

const HR: &[&str] = &["H1"];

pub(super) const ROWS: &[Row] = &[
    Row {
        field: "employeeErasure",
        document: "query($id: ID!) { employeeErasure(employeeId: $id) { digest obstacles { obstacle } lines { section } } }",
        variables: r#"{ "id": "@eva" }"#,
        allowed: HR,
        otherwise: Forbidden,
    },
    Row {
        field: "monitoredFields",
        document: "{ monitoredFields(class: SKILLS) { type field seenBy } }",
        variables: "{}",
        allowed: &["H1", "A1", "W1"],
        otherwise: Forbidden,
    },
    mutation!(
        "eraseEmployee",
        "EraseEmployeeInput",
        r#"{ "input": { "employeeId": "@lara", "digest": "@digest", "reason": "REQUESTED" } }"#,
        HR,
        Forbidden
    ),
];

/// Lara, who has left, and the digest of what erasing her would do.
pub(super) async fn ids(app: &TestApp, employer: &Employer, slug: &str) -> Ids {
    let lara = app.person(employer, "L1").await.to_string();
    let report = "query($id: ID!) { employeeErasure(employeeId: $id) { digest } }";
    let report = app.caller(slug, "H1").send(report, json!({ "id": lara })).await;
    Ids::from([("lara", lara), ("digest", report.text("/employeeErasure/digest"))])
}
