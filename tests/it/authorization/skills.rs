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
        document: "query($id: ID!) { employee(id: $id) { heldSkills { skill { id } level records { id } } skillRecords { totalCount nodes { id } }
          jobProfile { id } profileGap { coverage skills { skill { id } held { level } } } } }",
        variables: r#"{ "id": "@eva" }"#,
        allowed: EVERYBODY,
        otherwise: Nothing,
    },
    Row {
        field: "jobProfile",
        document: "query($id: ID!) { jobProfile(id: $id) { id name requirements { skill { id } level } } }",
        variables: r#"{ "id": "@job" }"#,
        allowed: EVERYBODY,
        otherwise: Nothing,
    },
    Row {
        field: "jobProfiles",
        document: "{ jobProfiles(first: 100) { totalCount nodes { id name } } }",
        variables: "{}",
        allowed: EVERYBODY,
        otherwise: Forbidden,
    },
    Row {
        field: "node",
        document: "query($id: ID!) { node(id: $id) { id ... on JobProfile { name } } }",
        variables: r#"{ "id": "@job" }"#,
        allowed: EVERYBODY,
        otherwise: Nothing,
    },
    mutation!(
        "createJobProfile",
        "CreateJobProfileInput",
        r#"{ "input": { "name": "Row", "requirements": [{ "skillId": "@skill", "level": 2 }] } }"#,
        &["H1"],
        Forbidden
    ),
    mutation!(
        "changeJobProfile",
        "ChangeJobProfileInput",
        r#"{ "input": { "id": "@job", "expectedVersion": 1, "name": "Another" } }"#,
        &["H1"],
        Forbidden
    ),
    mutation!(
        "assignJobProfiles",
        "AssignJobProfilesInput",
        r#"{ "input": { "assignments": [{ "employeeId": "@emil", "jobProfileId": "@job" }] } }"#,
        &["H1"],
        Forbidden
    ),
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

/// What Eva says of herself, and the job that she has.
pub(super) async fn ids(app: &TestApp, slug: &str, others: &Ids) -> Ids {
    let (hana, eva) = (app.caller(slug, "H1"), app.caller(slug, "E1"));
    let input = json!({ "skillId": others["skill"], "level": 3 });
    let mastery = done(&eva, "stateSkill", "StateSkillInput", "skillRecord", input).await;
    let input = json!({ "name": "Engineer", "requirements": [{ "skillId": others["skill"], "level": 4 }] });
    let job = done(&hana, "createJobProfile", "CreateJobProfileInput", "jobProfile", input).await;
    let assign = "mutation($input: AssignJobProfilesInput!) { assignJobProfiles(input: $input) { report { results { userErrors { code } } } } }";
    let one = json!({ "employeeId": others["eva"], "jobProfileId": job });
    let assigned = hana.send(assign, json!({ "input": { "assignments": [one] } })).await;
    assert_eq!(assigned.data("/assignJobProfiles/report/results/0/userErrors"), json!([]));
    Ids::from([("mastery", mastery), ("job", job)])
}
