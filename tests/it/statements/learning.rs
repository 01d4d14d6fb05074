//! Enrollments, however many there are.

use chrono::TimeDelta;
use serde_json::json;
use support::{Caller, TestApp, both_databases};

use super::ceilings::{Ceiling, REPORT_CEILINGS};
use super::{compare, populate, teach};

const CEILINGS: &[Ceiling] = &[
    ("H1", "query($first: Int) { enrollments(first: $first) { totalCount nodes { title status milestones { kind } } } }", 3),
    (
        "H1",
        "query($first: Int) { enrollments(first: $first) { nodes { employee { name } course { title } program { name }
           loggedTime { ownMinutes } learningTimes(first: 3) { totalCount nodes { minutes loggedBy { name } } } } } }",
        9,
    ),
    (
        "H1",
        "query($first: Int) { enrollments(first: $first) { nodes { result assessments { score recordedBy { name } }
           evidence { title submittedBy { name } verifiedBy { name } } } } }",
        5,
    ),
    (
        "H1",
        "query($first: Int) { enrollments(first: $first) { nodes { feedback { rating } followUps { status respondent answeredBy { name } } } } }",
        6,
    ),
    ("C1", "query($first: Int) { viewer { followUps(first: $first) { totalCount nodes { respondent employee { name } enrollment { title } } } } }", 7),
    // How much Clara sees is asked first; what was logged is asked for, and is not for her.
    ("C1", "query($first: Int) { enrollments(first: $first) { nodes { title employee { name } loggedTime { ownMinutes } } } }", 5),
    ("C1", "query($first: Int) { employees(first: $first) { nodes { name enrollments(first: 3) { totalCount nodes { title } } } } }", 4),
    ("P000", "query($first: Int) { viewer { enrollments(first: $first) { totalCount nodes { title course { title } } } } }", 4),
];

/// What many people learn, a course each besides the one that everybody takes, with some time logged.
async fn learn(app: &TestApp) {
    let courses = app
        .caller("northwind", "H1")
        .ask("{ courses(first: 60) { nodes { id } } programs(first: 60) { nodes { id } } }")
        .await;
    let enroll = "mutation($input: EnrollInput!) { enroll(input: $input) { enrollment { id } userErrors { message } } }";
    let start = "mutation($id: ID!) { startEnrollment(input: { id: $id }) { enrollment { id } userErrors { message } } }";
    let assess = "mutation($input: RecordAssessmentInput!) { recordAssessment(input: $input) { assessment { id } userErrors { message } } }";
    let submit = "mutation($input: SubmitEvidenceInput!) { submitEvidence(input: $input) { evidence { id } userErrors { message } } }";
    let hana = app.caller("northwind", "H1");
    let log = "mutation($input: LogLearningTimeInput!) { logLearningTime(input: $input) { learningTime { id } userErrors { message } } }";
    for number in 0..60 {
        let person = app.caller("northwind", &format!("P{number:03}"));
        let course = courses.text(&format!("/courses/nodes/{number}/id"));
        let program = courses.text(&format!("/programs/nodes/{number}/id"));
        let input = json!({ "in": { "courseId": course }, "programId": program, "startsOn": "2026-03-02" });
        let id = person.send(enroll, json!({ "input": input })).await.text("/enroll/enrollment/id");
        person.send(start, json!({ "id": id })).await.text("/startEnrollment/enrollment/id");
        let input = json!({ "id": id, "day": "2026-03-02", "minutes": 45, "kind": "OWN" });
        person.send(log, json!({ "input": input })).await.text("/logLearningTime/learningTime/id");
        let input = json!({ "id": id, "outcome": "FAILED", "score": 10, "assessedOn": "2026-03-02" });
        hana.send(assess, json!({ "input": input })).await.text("/recordAssessment/assessment/id");
        let input =
            json!({ "id": id, "kind": "OTHER", "title": "A sample", "place": { "fileReference": "dms/1" } });
        person.send(submit, json!({ "input": input })).await.text("/submitEvidence/evidence/id");
        finish(&hana, &person, &id).await;
    }
    app.clock.advance(TimeDelta::days(30));
    for number in 0..60 {
        let person = app.caller("northwind", &format!("P{number:03}"));
        let waiting = "{ viewer { followUps(first: 100) { nodes { id employee { id } } } } }";
        let form = person.ask(waiting).await.text("/viewer/followUps/nodes/0/id");
        let answer = "mutation($id: ID!) { answerFollowUp(input: { id: $id, application: APPLIED }) { followUp { id } userErrors { message } } }";
        person.send(answer, json!({ "id": form })).await.text("/answerFollowUp/followUp/id");
    }
}

/// Completes a course, of which the learner says something.
async fn finish(hana: &Caller, person: &Caller, id: &str) {
    let pass = "mutation($id: ID!) { recordAssessment(input: { id: $id, outcome: PASSED, assessedOn: \"2026-03-02\" }) { assessment { id } } }";
    hana.send(pass, json!({ "id": id })).await.text("/recordAssessment/assessment/id");
    let complete = "mutation($id: ID!) { completeEnrollment(input: { id: $id }) { enrollment { id } userErrors { message } } }";
    hana.send(complete, json!({ "id": id })).await.text("/completeEnrollment/enrollment/id");
    let say = "mutation($id: ID!) { giveCourseFeedback(input: { id: $id, rating: 3, recommended: true }) { feedback { rating } } }";
    person.send(say, json!({ "id": id })).await.data("/giveCourseFeedback/feedback/rating");
}

both_databases! {
    async fn enrollments_take_as_many_statements_however_long_a_page_is(app: TestApp) {
        populate(&app).await;
        teach(&app).await;
        learn(&app).await;
        compare(&app, CEILINGS).await;
        app.count().await;
        app.take_stock().await;
        compare(&app, REPORT_CEILINGS).await;
    }
}
