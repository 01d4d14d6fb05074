//! L5: how much somebody learns a week, all their running courses together.

use chrono::TimeDelta;
use serde_json::{Value, json};
use support::{TestDb, both_databases};

use super::policies::rules;
use super::{Desk, eur};

const PREVIEW: &str = "query($input: FundingPreviewInput!) { fundingPreview(input: $input) {
  outcome findings { code } learning { before { courses weeklyMinutes } withThis { courses weeklyMinutes } } } }";

const INBOX: &str = "{ viewer { approvals(first: 1) { nodes { requesterLearning { courses weeklyMinutes }
  findings { code message actual { amount } actualHours actualWeeklyMinutes limitWeeklyMinutes } } } } }";

/// Northwind with a budget and three courses of up to ten weeks, of 20, 30 and 10 hours.
struct Library(Desk);

impl Library {
    async fn start(database: TestDb) -> Self {
        let desk = Desk::start(database).await;
        desk.budget("Learning", "10000", json!({})).await;
        let row = |code: &str, hours: i32| {
            json!({
                "code": code, "title": code, "price": eur("10"), "provider": "A College", "providerKind": "COLLEGE",
                "workloadHours": hours, "duration": "5-10 weeks", "skills": ["Rust"], "skillLevel": 2,
            })
        };
        desk.import(json!([row("FIRST", 20), row("SECOND", 30), row("THIRD", 10)])).await;
        Self(desk)
    }

    /// The id of an enrollment of Eva's.
    async fn enroll(&self, place: Value) -> String {
        let enroll = "mutation($input: EnrollInput!) { enroll(input: $input) { enrollment { id } userErrors { message } } }";
        let input = json!({ "in": place, "startsOn": "2026-03-02" });
        self.0.caller("E1").send(enroll, json!({ "input": input })).await.text("/enroll/enrollment/id")
    }

    async fn go_on(&self, mutation: &str, input: Value) {
        let kind = format!("{}{}", mutation[..1].to_uppercase(), &mutation[1..]);
        let document = format!(
            "mutation($input: {kind}Input!) {{ {mutation}(input: $input) {{ enrollment {{ id }} }} }}"
        );
        let done = self.0.caller("E1").send(&document, json!({ "input": input })).await;
        done.text(&format!("/{mutation}/enrollment/id"));
    }

    async fn course(&self, code: &str) -> Value {
        json!({ "courseId": self.0.coded(code).await })
    }

    /// The id of Eva's request for a course.
    async fn request(&self, code: &str) -> String {
        let course = json!({ "course": self.course(code).await, "quote": null });
        self.0.submit("E1", code, "0", course).await.text("/submitFundingRequest/fundingRequest/id")
    }

    /// How many courses run for Eva, and how many minutes a week that is, as somebody is told.
    async fn load(&self, person: &str) -> Value {
        let eva = self.0.person("E1").await;
        let document = "query($id: ID!) { employee(id: $id) { learningLoad { courses weeklyMinutes } } }";
        let told = self.0.caller(person).send(document, json!({ "id": eva })).await;
        told.json["data"]["employee"]["learningLoad"].clone()
    }
}

fn load(courses: i64, weekly_minutes: i64) -> Value {
    json!({ "courses": courses, "weeklyMinutes": weekly_minutes })
}

both_databases! {
    async fn l5_every_running_course_counts_once(library: Library) {
        assert_eq!(library.load("E1").await, load(0, 0));
        let first = library.enroll(library.course("FIRST").await).await;
        let request = library.request("SECOND").await;
        for reader in ["E1", "M1", "C1", "H1", "H2"] {
            assert_eq!(library.load(reader).await, load(2, 300), "{reader}");
        }
        for other in ["E2", "M2", "F1", "W1"] {
            assert_eq!(library.load(other).await, Value::Null, "{other}");
        }
        let input = json!({ "employeeId": library.0.person("E1").await, "course": library.course("THIRD").await });
        let preview = library.0.caller("M1").send(PREVIEW, json!({ "input": input })).await;
        assert_eq!(preview.data("/fundingPreview"), json!({
            "outcome": "ALLOWED", "findings": [], "learning": { "before": load(2, 300), "withThis": load(3, 360) },
        }));
        let allowance = library.0.caller("E1").ask("{ fundingAllowance { courses weeklyMinutes } }").await;
        assert_eq!(allowance.data("/fundingAllowance"), load(2, 300));

        // A request counts by its enrollment once there is one, and not beside it.
        library.0.approve("M1", &request).await.data("/approveFundingRequest/fundingRequest/status");
        let second = library.enroll(json!({ "fundingRequestId": request })).await;
        assert_eq!(library.load("E1").await, load(2, 300));
        library.go_on("startEnrollment", json!({ "id": first })).await;
        library.go_on("pauseEnrollment", json!({ "id": first })).await;
        assert_eq!(library.load("E1").await, load(1, 180), "what is interrupted does not count");
        library.go_on("resumeEnrollment", json!({ "id": first })).await;
        assert_eq!(library.load("E1").await, load(2, 300));
        library.go_on("withdrawEnrollment", json!({ "id": second, "reason": "NO_TIME" })).await;
        assert_eq!(library.load("E1").await, load(1, 120), "nor does what is over, whatever becomes of the money");
        // After ten weeks nothing is left of its weeks, though it still runs.
        library.0.app.clock.advance(TimeDelta::days(69));
        assert_eq!(library.load("E1").await, load(1, 120));
        library.0.app.clock.advance(TimeDelta::days(1));
        assert_eq!(library.load("E1").await, load(1, 0));
    }

    async fn l5_a_limit_counts_what_runs_without_a_request(library: Library) {
        library.0.policy(rules(json!({ "workload": { "weeklyMinutes": 299, "maximumCourses": 2 } }))).await;
        let first = library.enroll(library.course("FIRST").await).await;
        let before = library.0.footprint().await;
        let course = json!({ "course": library.course("SECOND").await, "quote": null });
        let refused = library.0.submit("E1", "SECOND", "0", course).await;
        assert_eq!(refused.refused("submitFundingRequest"), ["LOAD_TOO_HIGH input.course"]);
        assert_eq!(library.0.footprint().await, before);
        library.enroll(library.course("THIRD").await).await;
        let refused = library.0.submit("E1", "outside", "10", json!({})).await;
        assert_eq!(refused.refused("submitFundingRequest"), ["TOO_MANY_COURSES input.employeeId"]);
        library.go_on("withdrawEnrollment", json!({ "id": first, "reason": "NO_TIME" })).await;
        library.request("SECOND").await;
    }

    async fn l5_whoever_decides_sees_what_runs_by_now(library: Library) {
        library.0.policy(rules(json!({ "workload": { "weeklyMinutes": 299 } }))).await;
        let request = library.request("SECOND").await;
        let max = library.0.caller("M1");
        let inbox = max.ask(INBOX).await;
        assert_eq!(inbox.data("/viewer/approvals/nodes/0"), json!({ "requesterLearning": load(1, 180), "findings": [] }));
        library.enroll(library.course("FIRST").await).await;
        let inbox = max.ask(INBOX).await;
        let finding = json!({
            "code": "LOAD_TOO_HIGH", "actual": null, "actualHours": null, "actualWeeklyMinutes": 300, "limitWeeklyMinutes": 299,
            "message": "the policy allows 299 minutes of learning a week; with all that runs by now it is 300",
        });
        assert_eq!(inbox.data("/viewer/approvals/nodes/0"), json!({ "requesterLearning": load(2, 300), "findings": [finding] }));
        // It is theirs to judge, and what they saw stays with the decision.
        let approved = library.0.approve("M1", &request).await;
        assert_eq!(approved.data("/approveFundingRequest/fundingRequest/status"), json!("APPROVED"));
        let seen = "query($id: ID!) { fundingRequest(id: $id) { decisions { grounds { findings { code actualWeeklyMinutes } } } } }";
        let seen = library.0.caller("M1").send(seen, json!({ "id": request })).await;
        let code = json!([{ "code": "LOAD_TOO_HIGH", "actualWeeklyMinutes": 300 }]);
        assert_eq!(seen.data("/fundingRequest/decisions/0/grounds/findings"), code);
    }
}
