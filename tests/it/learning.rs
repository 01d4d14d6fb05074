//! Learning through the API: from a place in a course to its end.

mod access;
mod completions;
mod ending;
mod enrolling;
mod follow_ups;
mod milestones;
mod progress;
mod results;
mod time;
mod withdrawal;

use serde_json::{Value, json};
use support::{Answer, TestApp, TestDb};

use crate::funding::Desk;

/// Northwind with a purse, and a catalog of three courses: two published, one a draft.
struct School {
    desk: Desk,
    cloud: String,
    rust: String,
    draft: String,
}

const ENROLLMENT: &str =
    "id status title providerName workloadMinutes startsOn endsOn employee { externalId } version
  course { code } fundingRequest { id status } program { name } milestones { kind reachedAt } withdrawalReason
  enrolledAt startedAt submittedAt pausedAt endedAt";

impl School {
    async fn start(database: TestDb) -> Self {
        let desk = Desk::start(database).await;
        let [cloud, rust, draft] = ["C-1", "C-2", "C-3"].map(str::to_owned);
        let mut school = Self { desk, cloud, rust, draft };
        let hana = school.desk.caller("H1");
        let import = "mutation($rows: [CourseRowInput!]!, $publish: Boolean!) {
          importCourses(input: { rows: $rows, publish: $publish }) { report { created } userErrors { message } } }";
        let row = |code: &str, title: &str| json!({ "code": code, "title": title, "provider": "Cloudworks", "workloadHours": 40 });
        for (rows, publish) in
            [(vec![row("C-1", "Cloud"), row("C-2", "Rust")], true), (vec![row("C-3", "Draft")], false)]
        {
            let created = json!(rows.len());
            let answer = hana.send(import, json!({ "rows": rows, "publish": publish })).await;
            assert_eq!(answer.data("/importCourses/report/created"), created);
        }
        for code in [&mut school.cloud, &mut school.rust, &mut school.draft] {
            let document =
                "query($code: [String!]!) { courses(filter: { code: { in: $code } }) { nodes { id } } }";
            *code = hana.send(document, json!({ "code": [code] })).await.text("/courses/nodes/0/id");
        }
        school
    }

    fn app(&self) -> &TestApp {
        &self.desk.app
    }

    /// A mutation whose payload is an enrollment.
    async fn act(&self, person: &str, mutation: &str, input: Value) -> Answer {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let document = format!(
            "mutation($input: {kind}!) {{ {mutation}(input: $input) {{ enrollment {{ {ENROLLMENT} }} userErrors {{ code field message }} }} }}"
        );
        self.desk.caller(person).send(&document, json!({ "input": input })).await
    }

    async fn enroll(&self, person: &str, input: Value) -> Answer {
        self.act(person, "enroll", input).await
    }

    /// The id of an enrollment in the cloud course that the person has started.
    async fn active(&self, person: &str) -> String {
        let input = json!({ "in": { "courseId": self.cloud }, "startsOn": "2026-03-02" });
        let id = self.enroll(person, input).await.text("/enroll/enrollment/id");
        let started = self.act(person, "startEnrollment", json!({ "id": id })).await;
        assert_eq!(started.data("/startEnrollment/enrollment/status"), json!("ACTIVE"));
        id
    }

    async fn read(&self, person: &str, id: &str) -> Value {
        let document = format!("query($id: ID!) {{ enrollment(id: $id) {{ {ENROLLMENT} }} }}");
        self.desk.caller(person).send(&document, json!({ "id": id })).await.data("/enrollment")
    }

    /// The kinds of what the journal says of an enrollment, the oldest first.
    async fn told(&self, id: &str) -> Vec<String> {
        self.app().seal().await;
        let document = "query($id: ID!) { journalEntries(filter: { subjectId: $id }) { nodes { kind } } }";
        let answer = self.desk.caller("A1").send(document, json!({ "id": id })).await;
        let nodes = answer.data("/journalEntries/nodes");
        let kinds = nodes.as_array().into_iter().flatten().filter_map(|entry| entry["kind"].as_str());
        kinds.map(str::to_owned).collect()
    }
}

/// An id of a thing that is not there.
fn nobody(prefix: &str) -> String {
    format!("{prefix}_00000000000000000000000001")
}
