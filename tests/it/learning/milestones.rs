//! Parts that courses define: where they come from, what an enrollment keeps of them, and what reaching them takes.

use serde_json::{Value, json};
use support::{Answer, both_databases};

use super::School;
use crate::funding::eur;

const CHANGE: &str = "mutation($input: ChangeCourseInput!) { changeCourse(input: $input) {
  course { version milestones { name optional } } userErrors { code field message } } }";

const IMPORT: &str = "mutation($rows: [CourseRowInput!]!) { importCourses(input: { rows: $rows }) { report { updated unchanged } } }";

const REACH: &str = "mutation($input: ReachMilestoneInput!) { reachMilestone(input: $input) {
  enrollment { version milestones { kind name optional reachedAt } } userErrors { code field message } } }";

impl School {
    /// Says which parts the cloud course defines.
    async fn define(&self, milestones: Value) -> Answer {
        let read = "query($id: ID!) { course(id: $id) { version } }";
        let hana = self.desk.caller("H1");
        let version = hana.send(read, json!({ "id": self.cloud })).await.data("/course/version");
        let input = json!({ "id": self.cloud, "expectedVersion": version, "milestones": milestones });
        hana.send(CHANGE, json!({ "input": input })).await
    }

    /// The parts of an enrollment, each as its kind, its name and whether it is optional.
    async fn parts(&self, id: &str) -> Value {
        let read = "query($id: ID!) { enrollment(id: $id) { milestones { kind name optional } } }";
        let told =
            self.desk.caller("H1").send(read, json!({ "id": id })).await.data("/enrollment/milestones");
        let part = |part: &Value| json!([part["kind"], part["name"], part["optional"]]);
        told.as_array().into_iter().flatten().map(part).collect()
    }

    async fn reach(&self, id: &str, milestone: &str, name: Value) -> Answer {
        let input = json!({ "id": id, "milestone": milestone, "name": name });
        self.desk.caller("E1").send(REACH, json!({ "input": input })).await
    }
}

fn defined() -> Value {
    json!([{ "name": "Project" }, { "name": "Workshop", "optional": true }])
}

fn all(own: &[(&str, bool)]) -> Value {
    let of_all = |kind: &str| json!([kind, null, false]);
    let own = own.iter().map(|(name, optional)| json!(["CUSTOM", name, optional]));
    let before = [of_all("SELF_STUDY"), of_all("TASKS")];
    before.into_iter().chain(own).chain([of_all("ASSESSMENT"), of_all("CERTIFICATE")]).collect()
}

both_databases! {
    async fn an_enrollment_keeps_the_parts_that_the_course_had(school: School) {
        let changed = school.define(defined()).await;
        let told = json!([{ "name": "Project", "optional": false }, { "name": "Workshop", "optional": true }]);
        assert_eq!(changed.data("/changeCourse/course/milestones"), told);
        let id = school.active("E1").await;
        assert_eq!(school.parts(&id).await, all(&[("Project", false), ("Workshop", true)]));
        // What others enroll in is another course from now on; what she has begun stays.
        school.define(json!([{ "name": "Module 1" }])).await.data("/changeCourse/course/version");
        assert_eq!(school.parts(&id).await, all(&[("Project", false), ("Workshop", true)]));
        let other = school.active("E2").await;
        assert_eq!(school.parts(&other).await, all(&[("Module 1", false)]));
        // So is what somebody takes with a request that was granted before.
        school.desk.budget("Learning", "5000", json!({})).await;
        let ask = json!({ "course": { "courseId": school.cloud }, "quote": eur("500") });
        let request = school.desk.submit("E3", "Cloud", "500", ask).await.text("/submitFundingRequest/fundingRequest/id");
        school.desk.approve("M2", &request).await.data("/approveFundingRequest/fundingRequest/status");
        let input = json!({ "in": { "fundingRequestId": request }, "startsOn": "2026-03-02" });
        let funded = school.enroll("E3", input).await.text("/enroll/enrollment/id");
        assert_eq!(school.parts(&funded).await, all(&[("Module 1", false)]));
    }

    async fn a_part_that_the_course_defines_is_reached_by_its_name(school: School) {
        school.define(defined()).await.data("/changeCourse/course/version");
        let id = school.active("E1").await;
        let reached = school.reach(&id, "CUSTOM", json!(" project ")).await;
        let project = json!({ "kind": "CUSTOM", "name": "Project", "optional": false, "reachedAt": "2026-03-02T09:00:00Z" });
        assert_eq!(reached.data("/reachMilestone/enrollment/milestones/2"), project);
        let mut witness = school.app().witness().await;
        assert_eq!(school.reach(&id, "CUSTOM", json!("Project")).await.data("/reachMilestone"), reached.data("/reachMilestone"));
        for (milestone, name) in [("CUSTOM", json!(null)), ("CUSTOM", json!("Essay")), ("TASKS", json!("Project")), ("SELF_STUDY", json!("x"))] {
            let refused = school.reach(&id, milestone, name).await;
            assert_eq!(refused.refused("reachMilestone"), ["UNKNOWN_MILESTONE input.name"], "{milestone}");
        }
        assert_eq!(school.reach(&id, "ASSESSMENT", json!("Project")).await.refused("reachMilestone"), ["TAKES_RESULT input.milestone"]);
        assert!(!witness.wrote().await);
        school.app().seal().await;
        let entries = "query($id: ID!) { journalEntries(filter: { subjectId: $id }) { nodes { kind payload } } }";
        let entries = school.desk.caller("A1").send(entries, json!({ "id": id })).await.data("/journalEntries/nodes");
        let told = entries.as_array().into_iter().flatten().find(|entry| entry["kind"] == "learning.milestone_reached");
        let payload = told.and_then(|entry| entry["payload"].as_str()).expect("an entry");
        let payload: Value = serde_json::from_str(payload).expect("JSON");
        assert_eq!((&payload["milestone"], &payload["name"]), (&json!("CUSTOM"), &json!("Project")));

        // L1: what a course defines beside its assessment makes no difference to whether it is completed.
        let hana = school.desk.caller("H1");
        let pass = "mutation($id: ID!) { recordAssessment(input: { id: $id, outcome: PASSED, assessedOn: \"2026-03-02\" }) { assessment { id } } }";
        hana.send(pass, json!({ "id": id })).await.text("/recordAssessment/assessment/id");
        let complete = "mutation($id: ID!) { completeEnrollment(input: { id: $id }) { enrollment { status } } }";
        let completed = hana.send(complete, json!({ "id": id })).await;
        assert_eq!(completed.data("/completeEnrollment/enrollment/status"), json!("COMPLETED"));
    }

    async fn a_course_defines_a_few_parts_with_different_names(school: School) {
        let mut witness = school.app().witness().await;
        let twice = json!([{ "name": "Project" }, { "name": " project", "optional": true }]);
        let many: Value = (0..21).map(|number| json!({ "name": format!("Module {number}") })).collect();
        for (milestones, refusal) in [
            (twice, "MILESTONE_TWICE input.milestones"),
            (many, "TOO_MANY input.milestones"),
            (json!([{ "name": "" }]), "INVALID_VALUE input.milestones"),
            (json!([{ "name": "x".repeat(101) }]), "INVALID_VALUE input.milestones"),
        ] {
            assert_eq!(school.define(milestones).await.refused("changeCourse"), [refusal]);
        }
        assert!(!witness.wrote().await);
    }

    async fn a_catalog_brings_the_parts_along(school: School) {
        let hana = school.desk.caller("H1");
        let import = async |milestones: Value| {
            let rows = json!([{ "code": "C-1", "milestones": milestones }]);
            hana.send(IMPORT, json!({ "rows": rows })).await.data("/importCourses/report")
        };
        let read = async || {
            let read = "query($id: ID!) { course(id: $id) { milestones { name optional } } }";
            hana.send(read, json!({ "id": school.cloud })).await.data("/course/milestones")
        };
        let (updated, unchanged) = (json!({ "updated": 1, "unchanged": 0 }), json!({ "updated": 0, "unchanged": 1 }));
        assert_eq!(import(json!(["Project", "Workshop (optional)"])).await, updated);
        assert_eq!(read().await, json!([{ "name": "Project", "optional": false }, { "name": "Workshop", "optional": true }]));
        assert_eq!(import(json!(["Project", "Workshop (optional)"])).await, unchanged);
        assert_eq!(import(json!(null)).await, updated);
        assert_eq!(read().await, json!([]));
    }
}
