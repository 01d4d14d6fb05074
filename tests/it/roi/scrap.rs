//! Scrap learning: what was paid for and is not applied.

use chrono::TimeDelta;
use serde_json::{Value, json};
use support::both_databases;
use upskill_domain::kernel::Clock as _;

use super::{Office, eur};

const SCRAP: &str = "query($on: Date!) { scrapLearning(on: $on) { startsOn endsOn knownFrom smallestGroup
  total { suppression places percent saidPercent cost { amount currency } }
  providers { provider { name } total { suppression places } courses { course { title } total { suppression places percent } } } } }";

/// Everybody at Northwind but Hana, who confirms what they have shown.
const LEARNERS: [&str; 11] = ["C1", "M1", "M2", "E1", "E2", "E3", "H2", "F1", "A1", "W1", "X1"];

impl Office {
    /// Somebody completes what they take; the enrollment's id.
    async fn complete(&self, person: &str, what: Value) -> String {
        let day = self.app.clock.now().date_naive().to_string();
        let input = json!({ "in": what, "startsOn": day });
        let id = self.learn(person, "enroll", input).await;
        self.learn(person, "startEnrollment", json!({ "id": id })).await;
        let passed = json!({ "id": id, "outcome": "PASSED", "assessedOn": day });
        self.learn("H1", "recordAssessment", passed).await;
        self.learn("H1", "completeEnrollment", json!({ "id": id })).await
    }

    /// Somebody answers the form about an enrollment that opened some days after it was completed.
    async fn apply(
        &self,
        person: &str,
        enrollment: &str,
        (respondent, days): (&str, i32),
        application: &str,
    ) {
        let forms = "query($id: ID!) { enrollment(id: $id) { followUps { id respondent afterDays } } }";
        let forms =
            self.caller("H1").send(forms, json!({ "id": enrollment })).await.data("/enrollment/followUps");
        let asked = |form: &&Value| form["respondent"] == respondent && form["afterDays"] == days;
        let form = forms.as_array().and_then(|forms| forms.iter().find(asked)).expect("a form").clone();
        let obstacle = (application != "APPLIED").then_some("NO_TIME");
        let input = json!({ "id": form["id"], "application": application, "obstacle": obstacle });
        let answer = "mutation($input: AnswerFollowUpInput!) { answerFollowUp(input: $input) { followUp { status } userErrors { message } } }";
        let answered = self.caller(person).send(answer, json!({ "input": input })).await;
        assert_eq!(answered.data("/answerFollowUp/followUp/status"), json!("ANSWERED"));
    }

    async fn scrap(&self, on: &str) -> Value {
        self.caller("H2").send(SCRAP, json!({ "on": on })).await.data("/scrapLearning")
    }

    fn pass(&self, days: i64) {
        self.app.clock.advance(TimeDelta::days(days));
    }
}

both_databases! {
    async fn r8_what_is_not_applied_is_told_with_its_cost_once_nobody_can_answer_any_more(office: Office) {
        office.budget("EUR").await;
        let course = office.course().await;
        let request = office.fund(Some(&office.program), ("E3", "M2"), eur("110"), json!({ "courseId": course })).await;
        let mut taken = Vec::new();
        for person in LEARNERS {
            let what = if person == "E3" { json!({ "fundingRequestId": request }) } else { json!({ "courseId": course }) };
            taken.push((person, office.complete(person, what).await));
        }
        let of = |person: &str| taken.iter().find(|(learner, _)| *learner == person).map(|(_, id)| id.clone()).expect("a learner");
        office.pass(30);
        // Of two answers to the same form the lesser counts, and of two forms the later.
        office.apply("E1", &of("E1"), ("LEARNER", 30), "APPLIED").await;
        office.apply("M1", &of("E1"), ("MANAGER", 30), "NOT_APPLIED").await;
        office.apply("E2", &of("E2"), ("LEARNER", 30), "NOT_APPLIED").await;
        office.apply("E3", &of("E3"), ("LEARNER", 30), "PARTLY").await;
        office.apply("M1", &of("M1"), ("LEARNER", 30), "APPLIED").await;
        office.apply("M2", &of("M2"), ("LEARNER", 30), "NOT_APPLIED").await;
        office.pass(30);
        office.apply("E2", &of("E2"), ("LEARNER", 60), "APPLIED").await;
        let early = office.scrap("2026-02-14").await;
        assert_eq!(early, json!({
            "startsOn": "2026-01-01", "endsOn": "2026-03-31", "knownFrom": "2026-07-29", "smallestGroup": 10, "total": null, "providers": [],
        }));
        office.pass(89);
        let told = office.scrap("2026-03-31").await;
        // E1, M2 and six who did not answer, of eleven; the cost is that part of the 110 that were spent.
        assert_eq!(told["total"], json!({ "suppression": null, "places": 11, "percent": "72.73", "saidPercent": "18.18", "cost": [eur("80.00")] }));
        assert_eq!(told["providers"], json!([{
            "provider": { "name": "Cloudworks" }, "total": { "suppression": null, "places": 11 },
            "courses": [{ "course": { "title": "Rust" }, "total": { "suppression": null, "places": 11, "percent": "72.73" } }],
        }]));
    }

    async fn r7_what_few_people_completed_is_not_told_and_says_why(office: Office) {
        office.budget("EUR").await;
        let rust = json!({ "courseId": office.course().await });
        let cloud = office.caller("H1").ask("{ courses(filter: { code: { in: [\"C-1\"] } }) { nodes { id } } }").await;
        let cloud = json!({ "courseId": cloud.text("/courses/nodes/0/id") });
        let outside = office.paid("E1", "M1", eur("100"), json!({})).await;
        office.complete("E1", json!({ "fundingRequestId": outside })).await;
        for person in LEARNERS {
            office.complete(person, rust.clone()).await;
        }
        // Whoever takes two courses is one person.
        for person in &LEARNERS[..4] {
            office.complete(person, cloud.clone()).await;
        }
        office.pass(149);
        let told = office.scrap("2026-01-01").await;
        let hidden = |reason: &str| json!({ "suppression": reason, "places": null });
        assert_eq!(told["total"]["places"], json!(16));
        assert_eq!(told["providers"][0]["total"], hidden("COMPLEMENTARY"));
        let courses = told["providers"][0]["courses"].as_array().cloned().unwrap_or_default();
        let mut courses: Vec<_> = courses.iter().map(|course| format!("{} {} {}", course["course"]["title"], course["total"]["suppression"], course["total"]["percent"])).collect();
        courses.sort();
        assert_eq!(courses, ["\"Cloud\" \"BELOW_MINIMUM\" null", "\"Rust\" \"COMPLEMENTARY\" null"]);
        assert_eq!(told["providers"][1], json!({ "provider": null, "total": hidden("BELOW_MINIMUM"), "courses": [] }));
        // A quarter in which nothing was completed is about nobody.
        let empty = office.scrap("2025-12-31").await;
        assert_eq!((&empty["startsOn"], &empty["providers"]), (&json!("2025-10-01"), &json!([])));
        assert_eq!(empty["total"], json!({ "suppression": null, "places": 0, "percent": null, "saidPercent": null, "cost": [] }));
    }
}
