//! What people master, however many they are.

use serde_json::json;
use support::{TestApp, both_databases};

use super::ceilings::Ceiling;
use super::{compare, populate, teach};

const CEILINGS: &[Ceiling] = &[
    (
        "H1",
        "query($first: Int) { skillRecords(first: $first) { totalCount nodes { level evidence fromOn } } }",
        3,
    ),
    (
        "H1",
        "query($first: Int) { skillRecords(first: $first) { nodes { employee { name } skill { name } recordedBy { name } enrollment { id } } } }",
        4,
    ),
    // How much Clara sees is asked first.
    (
        "C1",
        "query($first: Int) { skillRecords(first: $first) { totalCount nodes { level employee { name } } } }",
        5,
    ),
    (
        "H1",
        "query($first: Int) { employees(first: $first, filter: { search: \"Person\" }) { nodes { name heldSkills { skill { name } level evidence } } } }",
        5,
    ),
    (
        "C1",
        "query($first: Int) { employees(first: $first, filter: { search: \"Person\" }) { nodes { name heldSkills(asOf: \"2026-03-02\") { level } skillRecords(first: 3) { totalCount nodes { level } } } } }",
        6,
    ),
    ("E1", "query($first: Int) { jobProfiles(first: $first) { totalCount nodes { name requirements { skill { name } level } } } }", 6),
    (
        "H1",
        "query($first: Int) { employees(first: $first, filter: { search: \"Person\" }) { nodes { name jobProfile { name }
           profileGap(asOf: \"2026-03-02\") { coverage jobProfile { name } skills { skill { name } missingLevels } } } } }",
        11,
    ),
    (
        "H1",
        "query($first: Int) { employees(first: $first, filter: { search: \"Person\" }) { nodes { name
           profileGap { closing(goal: CHEAPEST) { courses { title } listPrice { amount } uncovered { name } } } } } }",
        10,
    ),
];

/// Two skills of everybody, in their own eyes and in those of HR, and a job of their own.
async fn master(app: &TestApp) {
    let hana = app.caller("northwind", "H1");
    let found = hana.ask("{ skills(first: 60) { nodes { id } } employees(first: 60, filter: { search: \"Person\" }) { nodes { id externalId } } }").await;
    let state = "mutation($skill: ID!) { stateSkill(input: { skillId: $skill, level: 2 }) { skillRecord { id } userErrors { message } } }";
    let assess = "mutation($input: AssessSkillInput!) { assessSkill(input: $input) { skillRecord { id } userErrors { message } } }";
    let create = "mutation($input: CreateJobProfileInput!) { createJobProfile(input: $input) { jobProfile { id } userErrors { message } } }";
    let assign = "mutation($input: AssignJobProfilesInput!) { assignJobProfiles(input: $input) { report { results { userErrors { message } } } } }";
    for number in 0..60 {
        let employee = found.text(&format!("/employees/nodes/{number}/id"));
        let person = found.text(&format!("/employees/nodes/{number}/externalId"));
        for skill in [number, (number + 1) % 60] {
            let skill = found.text(&format!("/skills/nodes/{skill}/id"));
            let stated = app.caller("northwind", &person).send(state, json!({ "skill": skill })).await;
            stated.text("/stateSkill/skillRecord/id");
            let input = json!({ "employeeId": employee, "skillId": skill, "level": 3, "evidence": "MENTOR" });
            hana.send(assess, json!({ "input": input })).await.text("/assessSkill/skillRecord/id");
        }
        let skill = found.text(&format!("/skills/nodes/{number}/id"));
        let input =
            json!({ "name": format!("Job {number:03}"), "requirements": [{ "skillId": skill, "level": 4 }] });
        let job = hana.send(create, json!({ "input": input })).await.text("/createJobProfile/jobProfile/id");
        let input = json!({ "assignments": [{ "employeeId": employee, "jobProfileId": job }] });
        let assigned = hana.send(assign, json!({ "input": input })).await;
        assert_eq!(assigned.data("/assignJobProfiles/report/results/0/userErrors"), json!([]));
    }
}

both_databases! {
    async fn what_people_master_takes_as_many_statements_however_long_a_page_is(app: TestApp) {
        populate(&app).await;
        teach(&app).await;
        master(&app).await;
        compare(&app, CEILINGS).await;
    }
}
