//! Rows about programs and who takes part in them.

use serde_json::json;
use support::TestApp;
use support::story::Employer;

use super::{EVERYBODY, Forbidden, Ids, NotThere, Nothing, Row, done};

const PARTICIPANT_READERS: &[&str] = &["C1", "M1", "E1", "H1", "H2"];
/// Max owns the programs that run, and one that does not yet.
const MANAGERS: &[&str] = &["M1", "H1"];

pub(super) const ROWS: &[Row] = &[
    Row {
        field: "program",
        document: "query($id: ID!) { program(id: $id) { id name owner { id } targetSkills { skill { id } }
          departments { id } courses { id provider { id } } participants { nodes { id } } } }",
        variables: r#"{ "id": "@running" }"#,
        allowed: EVERYBODY,
        otherwise: Nothing,
    },
    Row {
        field: "program",
        document: "query($id: ID!) { program(id: $id) { id name owner { id } } }",
        variables: r#"{ "id": "@sketch" }"#,
        allowed: &["M1", "H1", "H2"],
        otherwise: Nothing,
    },
    Row {
        field: "programs",
        document: "{ programs(first: 100) { totalCount nodes { id name owner { id } } } }",
        variables: "{}",
        allowed: EVERYBODY,
        otherwise: Forbidden,
    },
    Row {
        field: "participants",
        document: "{ participants(first: 100) { totalCount nodes { id program { id } employee { id } } } }",
        variables: "{}",
        allowed: EVERYBODY,
        otherwise: Forbidden,
    },
    Row {
        field: "viewer",
        document: "{ viewer { participations { totalCount nodes { id program { id } } } } }",
        variables: "{}",
        allowed: EVERYBODY,
        otherwise: Forbidden,
    },
    Row {
        field: "node",
        document: "query($id: ID!) { node(id: $id) { id ... on Program { name owner { id } } } }",
        variables: r#"{ "id": "@sketch" }"#,
        allowed: &["M1", "H1", "H2"],
        otherwise: Nothing,
    },
    Row {
        field: "node",
        document: "query($id: ID!) { node(id: $id) { id ... on Participant { program { id } employee { id } } } }",
        variables: r#"{ "id": "@seat" }"#,
        allowed: PARTICIPANT_READERS,
        otherwise: Nothing,
    },
    mutation!(
        "createProgram",
        "CreateProgramInput",
        r#"{ "input": { "name": "Row", "ownerId": "@max", "startsOn": "2026-01-01", "endsOn": "2026-12-31" } }"#,
        &["H1"],
        Forbidden
    ),
    mutation!(
        "changeProgram",
        "ChangeProgramInput",
        r#"{ "input": { "id": "@alter-@person", "expectedVersion": 2, "name": "Renamed" } }"#,
        MANAGERS,
        Forbidden
    ),
    mutation!(
        "activateProgram",
        "ActivateProgramInput",
        r#"{ "input": { "id": "@start-@person" } }"#,
        &["H1", "H2"],
        NotThere
    ),
    mutation!(
        "closeProgram",
        "CloseProgramInput",
        r#"{ "input": { "id": "@stop-@person" } }"#,
        MANAGERS,
        Forbidden
    ),
    mutation!(
        "inviteParticipants",
        "InviteParticipantsInput",
        r#"{ "input": { "programId": "@alter-@person", "employeeIds": ["@emil"] } }"#,
        MANAGERS,
        Forbidden
    ),
    mutation!(
        "joinProgram",
        "JoinProgramInput",
        r#"{ "input": { "id": "@running" } }"#,
        EVERYBODY,
        Forbidden
    ),
    mutation!(
        "leaveProgram",
        "LeaveProgramInput",
        r#"{ "input": { "id": "@running" } }"#,
        EVERYBODY,
        Forbidden
    ),
    mutation!(
        "completeParticipation",
        "CompleteParticipationInput",
        r#"{ "input": { "programId": "@reach-@person", "employeeId": "@eva" } }"#,
        MANAGERS,
        Forbidden
    ),
];

/// Every program of the story, who owns it, and whether it runs. Only Hana and Hugo may see that of Hugo's.
const PROGRAMS: [(&str, &str, bool); 10] = [
    ("running", "M1", true),
    ("sketch", "M1", false),
    ("alter-M1", "M1", true),
    ("alter-H1", "M1", true),
    ("start-H1", "H2", false),
    ("start-H2", "H2", false),
    ("stop-M1", "M1", true),
    ("stop-H1", "M1", true),
    ("reach-M1", "M1", true),
    ("reach-H1", "M1", true),
];

/// The programs that rows speak of, about what is in the catalog: everybody is invited into the one that runs, and
/// Eva has joined those whose goal she reaches.
pub(super) async fn ids(app: &TestApp, employer: &Employer, slug: &str, catalog: &Ids) -> Ids {
    let [hana, eva] = ["H1", "E1"].map(|person| app.caller(slug, person));
    let mut everybody = Vec::new();
    for person in EVERYBODY {
        everybody.push(app.person(employer, person).await.to_string());
    }
    let invite = "mutation($input: InviteParticipantsInput!) { inviteParticipants(input: $input) { userErrors { message } } }";
    let mut ids = Ids::new();
    for (name, owner, runs) in PROGRAMS {
        let input = json!({
            "name": name, "ownerId": app.person(employer, owner).await.to_string(),
            "startsOn": "2026-01-01", "endsOn": "2026-12-31", "courseIds": [catalog["offered"]],
            "targetSkills": [{ "skillId": catalog["skill"], "level": 3 }],
        });
        let id = done(&hana, "createProgram", "CreateProgramInput", "program", input).await;
        if runs {
            done(&hana, "activateProgram", "ActivateProgramInput", "program", json!({ "id": id })).await;
        }
        if name == "running" || name.starts_with("reach") {
            let input = json!({ "programId": id, "employeeIds": everybody });
            let answer = hana.send(invite, json!({ "input": input })).await;
            assert_eq!(answer.data("/inviteParticipants/userErrors"), json!([]));
        }
        if name.starts_with("reach") {
            let input = json!({ "id": id });
            let seat = done(&eva, "joinProgram", "JoinProgramInput", "participant", input).await;
            ids.insert("seat", seat);
        }
        ids.insert(name, id);
    }
    ids
}
