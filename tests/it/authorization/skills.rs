//! Rows about who masters what.

use serde_json::json;
use support::TestApp;

use super::{EVERYBODY, Forbidden, Ids, Nothing, Row, done};

/// Eva, the managers above her, and HR.
const READERS: &[&str] = &["C1", "M1", "E1", "H1", "H2"];

pub(super) const ROWS: &[Row] = &[
    Row {
        field: "skillRecord",
        document: "query($id: ID!) { skillRecord(id: $id) { id level employee { id } skill { id } recordedBy { id } enrollment { id } } }",
        variables: r#"{ "id": "@mastery" }"#,
        allowed: READERS,
        otherwise: Nothing,
    },
    Row {
        field: "skillRecords",
        document: "{ skillRecords(first: 100) { totalCount nodes { id level employee { id } } } }",
        variables: "{}",
        allowed: EVERYBODY,
        otherwise: Forbidden,
    },
    Row {
        field: "node",
        document: "query($id: ID!) { node(id: $id) { id ... on SkillRecord { level evidence employee { id } } } }",
        variables: r#"{ "id": "@mastery" }"#,
        allowed: READERS,
        otherwise: Nothing,
    },
    Row {
        field: "employee",
        document: "query($id: ID!) { employee(id: $id) { heldSkills { skill { id } level records { id } } skillRecords { totalCount nodes { id } } } }",
        variables: r#"{ "id": "@eva" }"#,
        allowed: EVERYBODY,
        otherwise: Nothing,
    },
    mutation!(
        "stateSkill",
        "StateSkillInput",
        r#"{ "input": { "skillId": "@skill", "level": 2 } }"#,
        EVERYBODY,
        Forbidden
    ),
    mutation!(
        "assessSkill",
        "AssessSkillInput",
        r#"{ "input": { "employeeId": "@eva", "skillId": "@skill", "level": 4 } }"#,
        &["C1", "M1", "H1"],
        Forbidden
    ),
    mutation!(
        "assessSkill",
        "AssessSkillInput",
        r#"{ "input": { "employeeId": "@eva", "skillId": "@skill", "level": 4, "evidence": "CREDENTIAL" } }"#,
        &["H1"],
        Forbidden
    ),
];

/// What Eva says of herself.
pub(super) async fn ids(app: &TestApp, slug: &str, others: &Ids) -> Ids {
    let input = json!({ "skillId": others["skill"], "level": 3 });
    let mastery = done(&app.caller(slug, "E1"), "stateSkill", "StateSkillInput", "skillRecord", input).await;
    Ids::from([("mastery", mastery)])
}
