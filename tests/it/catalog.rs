//! The catalog through the API: providers, courses, prices, search, import.

mod courses;
mod import;
mod listing;
mod prices;
mod providers;

use serde_json::{Value, json};
use support::TestApp;

const CREATE_PROVIDER: &str = "mutation($input: CreateProviderInput!) {
  createProvider(input: $input) {
    provider { id name kind country region accreditation qualityAssurance website version }
    userErrors { code field message }
  }
}";

const CREATE_SKILL: &str = "mutation($input: CreateSkillInput!) {
  createSkill(input: $input) { skill { id } userErrors { code } }
}";

const CREATE_COURSE: &str = "mutation($input: CreateCourseInput!) {
  createCourse(input: $input) { course { id status version } userErrors { code field message } }
}";

const CHANGE_COURSE: &str = "mutation($input: ChangeCourseInput!) {
  changeCourse(input: $input) { course { id title version } userErrors { code field message } }
}";

const SET_PRICE: &str = "mutation($input: SetCoursePriceInput!) {
  setCoursePrice(input: $input) { course { price { amount currency } version } userErrors { code field message } }
}";

const PUBLISH: &str = "mutation($id: ID!) {
  publishCourse(input: { id: $id }) { course { status version } userErrors { code field message } }
}";

const RETIRE: &str = "mutation($id: ID!) {
  retireCourse(input: { id: $id }) { course { status version } userErrors { code field message } }
}";

const READ_COURSE: &str = "query($id: ID!) {
  course(id: $id) {
    code title summary provider { name } subjectArea { code broadField title stem } language participation
    durationWeeks { min max } workloadHours paidReleaseHours ects eqfLevel assessmentType supervision learningOutcomes
    skills { name level skill { name } } prerequisites { courses { code } skills { level skill { name } } }
    creditToward url price { amount currency } status createdAt version
    microCredentialCompleteness { complete missingMandatory suppliedAtAward unlessNotApplicable }
  }
}";

/// An id that is nobody's.
fn nobody(prefix: &str) -> String {
    format!("{prefix}_00000000000000000000000001")
}

/// Northwind's HR creates a provider, a skill or a course, and gets its id.
async fn provider(app: &TestApp, name: &str, kind: &str) -> String {
    let input = json!({ "input": { "name": name, "kind": kind } });
    app.caller("northwind", "H1").send(CREATE_PROVIDER, input).await.text("/createProvider/provider/id")
}

async fn skill(app: &TestApp, name: &str) -> String {
    let input = json!({ "input": { "name": name, "kind": "SKILL" } });
    app.caller("northwind", "H1").send(CREATE_SKILL, input).await.text("/createSkill/skill/id")
}

async fn course(app: &TestApp, input: Value) -> String {
    let answer = app.caller("northwind", "H1").send(CREATE_COURSE, json!({ "input": input })).await;
    answer.text("/createCourse/course/id")
}

async fn published(app: &TestApp, input: Value) -> String {
    let id = course(app, input).await;
    let answer = app.caller("northwind", "H1").send(PUBLISH, json!({ "id": id })).await;
    assert_eq!(answer.data("/publishCourse/course/status"), json!("PUBLISHED"));
    id
}

/// How much of the catalog is stored, to prove that a refusal wrote nothing.
async fn stored(app: &TestApp) -> [i64; 6] {
    [
        app.rows("provider").await,
        app.rows("skill").await,
        app.rows("course").await,
        app.rows("course_skill").await,
        app.rows("course_price").await,
        app.rows("journal_entry").await,
    ]
}
