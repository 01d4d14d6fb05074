//! Rows about enrollments and logged time.

use chrono::{NaiveDate, TimeDelta};
use serde_json::{Value, json};
use support::{Caller, TestApp};
use upskill_domain::kernel::Clock as _;

use super::{EVERYBODY, Forbidden, Hidden, Ids, Nothing, Row, done};

/// Eva, the managers above her, and HR. Max owns the program that her enrollment is part of besides.
const READERS: &[&str] = &["C1", "M1", "E1", "H1", "H2"];
/// Eva herself, and HR.
const LEARNERS: &[&str] = &["E1", "H1"];

pub(super) const ROWS: &[Row] = &[
    Row {
        field: "enrollment",
        document: "query($id: ID!) { enrollment(id: $id) { id employee { id } course { id } program { id }
          milestones { kind } result assessments { id } evidence { id } followUps { id } feedback { rating } learningTimes { nodes { id } } } }",
        variables: r#"{ "id": "@learned" }"#,
        allowed: READERS,
        otherwise: Nothing,
    },
    Row {
        field: "enrollments",
        document: "{ enrollments(first: 100) { totalCount nodes { id employee { id } course { id } } } }",
        variables: "{}",
        allowed: EVERYBODY,
        otherwise: Forbidden,
    },
    Row {
        field: "viewer",
        document: "{ viewer { enrollments { totalCount nodes { id } } followUps { totalCount nodes { id enrollment { id } } } } }",
        variables: "{}",
        allowed: EVERYBODY,
        otherwise: Forbidden,
    },
    Row {
        field: "node",
        document: "query($id: ID!) { node(id: $id) { id ... on Enrollment { title employee { id } } } }",
        variables: r#"{ "id": "@learned" }"#,
        allowed: READERS,
        otherwise: Nothing,
    },
    Row {
        field: "node",
        document: "query($id: ID!) { node(id: $id) { id ... on LearningTime { minutes enrollment { id } } } }",
        variables: r#"{ "id": "@minutes" }"#,
        allowed: LEARNERS,
        otherwise: Nothing,
    },
    Row {
        field: "node",
        document: "query($id: ID!) { node(id: $id) { id ... on Assessment { score enrollment { id } } } }",
        variables: r#"{ "id": "@attempt" }"#,
        allowed: LEARNERS,
        otherwise: Nothing,
    },
    Row {
        field: "node",
        document: "query($id: ID!) { node(id: $id) { id ... on Evidence { title enrollment { id } } } }",
        variables: r#"{ "id": "@shown" }"#,
        allowed: LEARNERS,
        otherwise: Nothing,
    },
    Row {
        field: "node",
        document: "query($id: ID!) { node(id: $id) { id ... on FollowUp { status enrollment { id } } } }",
        variables: r#"{ "id": "@form-E1" }"#,
        allowed: &["E1", "H1", "H2"],
        otherwise: Nothing,
    },
    mutation!(
        "answerFollowUp",
        "AnswerFollowUpInput",
        r#"{ "input": { "id": "@form-@person", "application": "APPLIED" } }"#,
        &["E1"],
        Hidden(&["H1", "H2"])
    ),
    mutation!(
        "giveCourseFeedback",
        "GiveCourseFeedbackInput",
        r#"{ "input": { "id": "@learned", "rating": 5, "recommended": true } }"#,
        &["E1"],
        Hidden(&["C1", "M1", "H1", "H2"])
    ),
    Row {
        field: "courseTerms",
        document: "query($id: ID!) { courseTerms(courseId: $id) { course { id } refunds { share } } }",
        variables: r#"{ "id": "@lesson-H1" }"#,
        allowed: EVERYBODY,
        otherwise: Nothing,
    },
    mutation!(
        "setCourseTerms",
        "SetCourseTermsInput",
        r#"{ "input": { "courseId": "@lesson-H1", "refunds": [{ "untilDay": 0, "share": 5000 }] } }"#,
        &["H1"],
        Forbidden
    ),
    mutation!(
        "enroll",
        "EnrollInput",
        r#"{ "input": { "in": { "courseId": "@lesson-@person" }, "employeeId": "@eva", "startsOn": "2026-03-02" } }"#,
        LEARNERS,
        Forbidden
    ),
    mutation!(
        "startEnrollment",
        "StartEnrollmentInput",
        r#"{ "input": { "id": "@place-@person" } }"#,
        LEARNERS,
        Hidden(&["C1", "M1", "H2"])
    ),
    mutation!(
        "reachMilestone",
        "ReachMilestoneInput",
        r#"{ "input": { "id": "@place-@person", "milestone": "TASKS" } }"#,
        LEARNERS,
        Hidden(&["C1", "M1", "H2"])
    ),
    mutation!(
        "logLearningTime",
        "LogLearningTimeInput",
        r#"{ "input": { "id": "@place-@person", "day": "2026-04-02", "minutes": 10, "kind": "OWN" } }"#,
        LEARNERS,
        Hidden(&["C1", "M1", "H2"])
    ),
    mutation!(
        "pauseEnrollment",
        "PauseEnrollmentInput",
        r#"{ "input": { "id": "@place-@person" } }"#,
        LEARNERS,
        Hidden(&["C1", "M1", "H2"])
    ),
    mutation!(
        "resumeEnrollment",
        "ResumeEnrollmentInput",
        r#"{ "input": { "id": "@place-@person" } }"#,
        LEARNERS,
        Hidden(&["C1", "M1", "H2"])
    ),
    mutation!(
        "submitForAssessment",
        "SubmitForAssessmentInput",
        r#"{ "input": { "id": "@place-@person" } }"#,
        LEARNERS,
        Hidden(&["C1", "M1", "H2"])
    ),
    mutation!(
        "submitEvidence",
        "SubmitEvidenceInput",
        r#"{ "input": { "id": "@place-@person", "kind": "OTHER", "title": "Row", "place": { "fileReference": "row" } } }"#,
        LEARNERS,
        Hidden(&["C1", "M1", "H2"])
    ),
    mutation!(
        "recordAssessment",
        "RecordAssessmentInput",
        r#"{ "input": { "id": "@learned", "outcome": "FAILED", "assessedOn": "2026-03-03" } }"#,
        &["H1"],
        Hidden(&["C1", "M1", "E1", "H2"])
    ),
    mutation!(
        "verifyEvidence",
        "VerifyEvidenceInput",
        r#"{ "input": { "id": "@shown", "verdict": "ACCEPT", "verifier": "HR" } }"#,
        &["H1"],
        Hidden(&["C1", "M1", "E1", "H2"])
    ),
    mutation!(
        "completeEnrollment",
        "CompleteEnrollmentInput",
        r#"{ "input": { "id": "@learned" } }"#,
        &["H1"],
        Hidden(&["C1", "M1", "E1", "H2"])
    ),
    mutation!(
        "importCompletions",
        "ImportCompletionsInput",
        r#"{ "input": { "source": "rows", "rows": [{ "externalId": "1", "employee": "E2", "course": "L-5", "completedOn": "2026-03-02" }] } }"#,
        &["H1"],
        Forbidden
    ),
    mutation!(
        "failEnrollment",
        "FailEnrollmentInput",
        r#"{ "input": { "id": "@flunked" } }"#,
        &["H1"],
        Hidden(&["C1", "M1", "E1", "H2"])
    ),
    mutation!(
        "withdrawEnrollment",
        "WithdrawEnrollmentInput",
        r#"{ "input": { "id": "@place-@person", "reason": "OTHER" } }"#,
        LEARNERS,
        Hidden(&["C1", "M1", "H2"])
    ),
];

/// Published courses with a name of the story for each: one that Eva learns, and those in which places are taken.
const COURSES: [(&str, Option<&str>); 7] = [
    ("L-9", Some("mastered")),
    ("L-0", Some("flunked")),
    ("L-1", Some("learned")),
    ("L-2", Some("place-E1")),
    ("L-3", Some("place-H1")),
    ("L-4", None),
    ("L-5", None),
];

/// What Eva learns, some minutes of it, and places for those who may change them.
pub(super) async fn ids(app: &TestApp, slug: &str, others: &Ids) -> Ids {
    let [hana, eva] = ["H1", "E1"].map(|person| app.caller(slug, person));
    let rows: Vec<_> = COURSES
        .iter()
        .map(|(code, _)| json!({ "code": code, "title": code, "provider": "Lessons" }))
        .collect();
    let import = "mutation($input: ImportCoursesInput!) { importCourses(input: $input) { report { created } userErrors { message } } }";
    let imported = hana.send(import, json!({ "input": { "rows": rows, "publish": true } })).await;
    assert_eq!(imported.data("/importCourses/report/created"), json!(7));
    // The stories before this one take days.
    let today = app.clock.now().date_naive();
    let mut ids = Ids::new();
    for ((code, place), lesson) in COURSES.into_iter().zip(["", "", "", "", "", "lesson-E1", "lesson-H1"]) {
        let found = "query($code: [String!]!) { courses(filter: { code: { in: $code } }) { nodes { id } } }";
        let course = hana.send(found, json!({ "code": [code] })).await.text("/courses/nodes/0/id");
        let Some(place) = place else {
            ids.insert(lesson, course);
            continue;
        };
        let mut input = json!({ "in": { "courseId": course }, "startsOn": "2026-03-02" });
        if place == "learned" {
            input["programId"] = json!(others["running"]);
        }
        let enrollment = done(&eva, "enroll", "EnrollInput", "enrollment", input).await;
        if ["learned", "flunked", "mastered"].contains(&place) {
            let input = json!({ "id": enrollment });
            done(&eva, "startEnrollment", "StartEnrollmentInput", "enrollment", input).await;
            let input = json!({ "id": enrollment, "outcome": "FAILED", "assessedOn": today });
            let attempt = done(&hana, "recordAssessment", "RecordAssessmentInput", "assessment", input).await;
            ids.insert("attempt", attempt);
        }
        if place == "mastered" {
            ids.insert("form-E1", asked(&hana, &enrollment, today).await);
        }
        if place == "learned" {
            let place = json!({ "fileReference": "certificate" });
            let input =
                json!({ "id": enrollment, "kind": "CERTIFICATE", "title": "Certificate", "place": place });
            let shown = done(&eva, "submitEvidence", "SubmitEvidenceInput", "evidence", input).await;
            ids.insert("shown", shown);
            let input = json!({ "id": enrollment, "day": today, "minutes": 30, "kind": "WORKING" });
            let time = done(&eva, "logLearningTime", "LogLearningTimeInput", "learningTime", input).await;
            ids.insert("minutes", time);
        }
        ids.insert(place, enrollment);
    }
    // Until the first forms are open.
    app.clock.advance(TimeDelta::days(30));
    ids
}

/// Completes an enrollment; the id of the form that its learner is asked first.
async fn asked(hana: &Caller, enrollment: &str, today: NaiveDate) -> String {
    let passed = json!({ "id": enrollment, "outcome": "PASSED", "assessedOn": today });
    done(hana, "recordAssessment", "RecordAssessmentInput", "assessment", passed).await;
    let input = json!({ "id": enrollment });
    done(hana, "completeEnrollment", "CompleteEnrollmentInput", "enrollment", input).await;
    let forms = "query($id: ID!) { enrollment(id: $id) { followUps { id respondent afterDays } } }";
    let forms = hana.send(forms, json!({ "id": enrollment })).await.data("/enrollment/followUps");
    let first = |form: &&Value| form["respondent"] == "LEARNER" && form["afterDays"] == 30;
    let form = forms.as_array().and_then(|forms| forms.iter().find(first));
    form.and_then(|form| form["id"].as_str()).expect("a form").to_owned()
}
