//! Rows about who is away.

use serde_json::json;
use support::TestApp;

use super::{EVERYBODY, Forbidden, Hidden, Ids, Nothing, Row, done};

pub(super) const ROWS: &[Row] = &[
    Row {
        field: "absences",
        document: "{ absences(first: 100) { totalCount nodes { id employee { id } fromOn untilOn } } }",
        variables: "{}",
        allowed: EVERYBODY,
        otherwise: Forbidden,
    },
    Row {
        field: "node",
        document: "query($id: ID!) { node(id: $id) { id ... on Absence { untilOn } } }",
        variables: r#"{ "id": "@absence-read" }"#,
        allowed: &["E1", "H1", "H2"],
        otherwise: Nothing,
    },
    mutation!(
        "recordAbsence",
        "RecordAbsenceInput",
        r#"{ "input": { "employeeId": "@emil", "fromOn": "@away-@person", "untilOn": "@away-@person" } }"#,
        &["E2", "H1"],
        Forbidden
    ),
    mutation!(
        "endAbsence",
        "EndAbsenceInput",
        r#"{ "input": { "id": "@absence-end-@person" } }"#,
        &["E1", "H1"],
        Hidden(&["H2"])
    ),
];

/// The absences that rows speak of, all of them a year ahead.
pub(super) async fn ids(app: &TestApp, slug: &str) -> Ids {
    let mut ids = Ids::new();
    let eva = app.caller(slug, "E1");
    for (name, day) in
        [("absence-read", "2027-03-01"), ("absence-end-E1", "2027-03-02"), ("absence-end-H1", "2027-03-03")]
    {
        let input = json!({ "fromOn": day, "untilOn": day });
        ids.insert(name, done(&eva, "recordAbsence", "RecordAbsenceInput", "absence", input).await);
    }
    for (name, day) in [("away-E2", "2027-04-01"), ("away-H1", "2027-04-02")] {
        ids.insert(name, day.to_owned());
    }
    ids
}
