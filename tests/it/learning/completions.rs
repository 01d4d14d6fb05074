//! Completions that other systems tell of.

use serde_json::{Value, json};
use support::{Answer, both_databases};

use super::School;

const REPORT: &str =
    "dryRun created updated unchanged refused rows { row externalId outcome enrollmentId code problem }";

impl School {
    async fn take(&self, person: &str, input: Value) -> Answer {
        let mut whole = json!({ "source": "Campus" });
        crate::funding::merge(&mut whole, input);
        let document = format!(
            "mutation($input: ImportCompletionsInput!) {{ importCompletions(input: $input) {{ report {{ {REPORT} }} userErrors {{ code field message }} }} }}"
        );
        self.desk.caller(person).send(&document, json!({ "input": whole })).await
    }

    /// The totals of an import: created, updated, unchanged and refused.
    async fn totals(&self, input: Value) -> [Value; 4] {
        let report = self.take("H1", input).await.data("/importCompletions/report");
        ["created", "updated", "unchanged", "refused"].map(|fate| report[fate].clone())
    }
}

fn row(id: &str, employee: &str, more: Value) -> Value {
    let mut row =
        json!({ "externalId": id, "employee": employee, "course": "C-1", "completedOn": "2026-02-20" });
    crate::funding::merge(&mut row, more);
    row
}

both_databases! {
    async fn a_completion_of_the_past_is_taken_once(school: School) {
        let whole = json!({ "startedOn": "2026-01-10", "score": 8_750, "certificateUrl": "https://example.org/badge/7" });
        let rows = json!({ "rows": [row("c-1", "E1", whole.clone()), row("c-2", "E2", json!({}))] });
        let mut witness = school.app().witness().await;
        let dry = json!({ "rows": rows["rows"], "dryRun": true });
        let dry = school.take("H1", dry).await.data("/importCompletions/report");
        assert_eq!((&dry["dryRun"], &dry["created"], &dry["rows"][0]["enrollmentId"]), (&json!(true), &json!(2), &json!(null)));
        assert!(!witness.wrote().await, "a dry run");

        let taken = school.take("H1", rows.clone()).await.data("/importCompletions/report");
        let id = taken["rows"][0]["enrollmentId"].as_str().expect("an enrollment").to_owned();
        assert_eq!(taken["rows"][0], json!({ "row": 1, "externalId": "c-1", "outcome": "CREATED", "enrollmentId": id, "code": null, "problem": null }));
        let read = "query($id: ID!) { enrollment(id: $id) { status result title startsOn startedAt endedAt employee { externalId } course { code }
          milestones { kind reachedAt } assessments { attempt outcome score assessedOn recordedBy { externalId } }
          evidence { kind title url status verifier verifiedBy { externalId } } followUps { afterDays } } }";
        let read = school.desk.caller("E1").send(read, json!({ "id": id })).await.data("/enrollment");
        assert_eq!(read, json!({
            "status": "COMPLETED", "result": "PASSED", "title": "Cloud", "startsOn": "2026-01-10",
            "startedAt": "2026-01-10T11:00:00Z", "endedAt": "2026-02-20T11:00:00Z", "employee": { "externalId": "E1" }, "course": { "code": "C-1" },
            "milestones": [
                { "kind": "SELF_STUDY", "reachedAt": null }, { "kind": "TASKS", "reachedAt": null },
                { "kind": "ASSESSMENT", "reachedAt": "2026-02-20T11:00:00Z" }, { "kind": "CERTIFICATE", "reachedAt": "2026-02-20T11:00:00Z" },
            ],
            "assessments": [{ "attempt": 1, "outcome": "PASSED", "score": 8_750, "assessedOn": "2026-02-20", "recordedBy": { "externalId": "H1" } }],
            "evidence": [{ "kind": "CERTIFICATE", "title": "Cloud", "url": "https://example.org/badge/7", "status": "ACCEPTED", "verifier": "PROVIDER", "verifiedBy": { "externalId": "H1" } }],
            "followUps": [{ "afterDays": 30 }, { "afterDays": 30 }, { "afterDays": 60 }, { "afterDays": 60 }, { "afterDays": 90 }, { "afterDays": 90 }],
        }));
        assert_eq!(school.told(&id).await, [
            "learning.enrolled", "learning.assessment_recorded", "learning.evidence_submitted", "learning.evidence_verified", "learning.enrollment_completed",
        ]);

        let mut witness = school.app().witness().await;
        let again = school.take("H1", rows).await.data("/importCompletions/report/rows");
        assert_eq!((&again[0]["outcome"], &again[0]["enrollmentId"]), (&json!("UNCHANGED"), &json!(id)));
        // Under the same id nothing else is told, and another system has ids of its own.
        let other = school.take("H1", json!({ "rows": [row("c-1", "E1", json!({}))] })).await;
        assert_eq!(other.data("/importCompletions/report/rows/0/code"), json!("EXTERNAL_ID_REUSED"));
        assert!(!witness.wrote().await);
        assert_eq!(school.totals(json!({ "source": "Library", "rows": [row("c-1", "E3", json!({}))] })).await, [1, 0, 0, 0].map(Value::from));
        // What is long past is not asked about any more.
        let old = school.take("H1", json!({ "rows": [row("c-3", "E3", json!({ "course": "C-2", "completedOn": "2024-05-01" }))] })).await;
        let old = old.text("/importCompletions/report/rows/0/enrollmentId");
        let forms = school.desk.caller("H1").send("query($id: ID!) { enrollment(id: $id) { followUps { id } } }", json!({ "id": old })).await;
        assert_eq!(forms.data("/enrollment/followUps"), json!([]));
    }

    async fn l2_a_completion_that_is_told_of_settles_the_live_enrollment(school: School) {
        let desk = &school.desk;
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let id = school.active("E3").await;
        school.act("E3", "pauseEnrollment", json!({ "id": id })).await.text("/pauseEnrollment/enrollment/id");
        let mut funded = Vec::new();
        for (person, conditions) in [("E1", json!({})), ("E2", json!({ "conditions": { "proofs": [{ "kind": "CERTIFICATE", "text": "The certificate" }] } }))] {
            let document = "mutation($input: SubmitFundingRequestInput!) { submitFundingRequest(input: $input) { fundingRequest { id } userErrors { message } } }";
            let input = json!({ "course": { "courseId": school.cloud }, "quote": crate::funding::eur("400"), "purpose": "To run it ourselves" });
            let request = desk.caller(person).send(document, json!({ "input": input })).await.text("/submitFundingRequest/fundingRequest/id");
            let mut approve = json!({ "id": request });
            crate::funding::merge(&mut approve, conditions);
            desk.act("M1", "approveFundingRequest", approve).await.text("/approveFundingRequest/fundingRequest/id");
            let place = json!({ "in": { "fundingRequestId": request }, "startsOn": "2026-03-02" });
            funded.push(school.enroll(person, place).await.text("/enroll/enrollment/id"));
        }
        let today = json!({ "completedOn": "2026-03-02" });
        let rows = json!({ "rows": [row("1", "E1", today.clone()), row("2", "E2", today.clone()), row("3", "E3", today)] });
        let taken = school.take("H1", rows).await.data("/importCompletions/report/rows");
        let fates: Vec<_> = (0..3).map(|at| (taken[at]["outcome"].clone(), taken[at]["enrollmentId"].clone())).collect();
        assert_eq!(fates, [(json!("UPDATED"), json!(funded[0])), (json!("REFUSED"), json!(null)), (json!("UPDATED"), json!(id))]);
        assert_eq!(taken[1]["code"], json!("NOT_SETTLED"));
        assert!(taken[1]["problem"].as_str().is_some_and(|problem| problem.contains("The certificate")), "{taken}");
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "0.00", "400.00", "400.00", "200.00"]);
        assert_eq!(school.read("E2", &funded[1]).await["status"], json!("PLANNED"));
        let certified = json!({ "completedOn": "2026-03-02", "certificateUrl": "https://example.org/badge/7" });
        assert_eq!(school.totals(json!({ "rows": [row("2", "E2", certified)] })).await, [0, 1, 0, 0].map(Value::from));
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "0.00", "0.00", "800.00", "200.00"]);
        assert_eq!(school.read("E2", &funded[1]).await["fundingRequest"]["status"], json!("SETTLED"));
        desk.holds().await;
    }

    async fn rows_that_cannot_be_taken_are_told_one_by_one(school: School) {
        let mut witness = school.app().witness().await;
        let cases = [
            (row(" ", "E1", json!({})), "INVALID"),
            (row("2", "E1", json!({ "score": 10_001 })), "INVALID"),
            (row("3", "E1", json!({ "score": -1 })), "INVALID"),
            (row("4", "Z9", json!({})), "UNKNOWN_EMPLOYEE"),
            (row("5", "E1", json!({ "course": "C-9" })), "UNKNOWN_COURSE"),
            (row("6", "E1", json!({ "course": "C-3" })), "UNKNOWN_COURSE"),
            (row("7", "E1", json!({ "completedOn": "2026-03-03" })), "IN_FUTURE"),
            (row("8", "E1", json!({ "startedOn": "2026-02-21" })), "ENDS_BEFORE_START"),
            (row("8", "E2", json!({})), "DUPLICATE"),
            (row("9", "H1", json!({})), "OWN_COMPLETION"),
        ];
        let rows: Vec<_> = cases.iter().map(|(row, _)| row.clone()).collect();
        let report = school.take("H1", json!({ "rows": rows })).await.data("/importCompletions/report");
        assert_eq!(report["refused"], json!(10));
        for (at, (row, code)) in cases.iter().enumerate() {
            assert_eq!(report["rows"][at]["code"], json!(code), "{row}");
        }
        assert_eq!(school.take("H1", json!({ "rows": [] })).await.refused("importCompletions"), ["WRONG_NUMBER input.rows"]);
        let nameless = school.take("H1", json!({ "source": " ", "rows": [row("1", "E1", json!({}))] })).await;
        assert_eq!(nameless.refused("importCompletions"), ["INVALID_SOURCE input.source"]);
        for person in ["E1", "M1", "H2", "F1"] {
            assert_eq!(school.take(person, json!({ "rows": [row("1", "E1", json!({}))] })).await.code(), "FORBIDDEN", "{person}");
        }
        assert!(!witness.wrote().await);
        // A row that is not taken undoes none of the others. Lara has left; what she learned stays learned.
        let mixed = json!({ "rows": [row("10", "L1", json!({})), row("11", "Z9", json!({})), row("12", "E1", json!({}))] });
        assert_eq!(school.totals(mixed).await, [2, 0, 0, 1].map(Value::from));
    }

    async fn of_many_who_tell_of_the_same_one_is_taken(school: School) {
        let rows = json!({ "source": "Campus", "rows": [row("1", "E1", json!({}))] });
        let tries = (0..6).map(|_| {
            let (caller, rows) = (school.desk.caller("H1"), rows.clone());
            tokio::spawn(async move {
                let document = "mutation($input: ImportCompletionsInput!) { importCompletions(input: $input) { report { rows { outcome code } } } }";
                caller.send(document, json!({ "input": rows })).await.data("/importCompletions/report/rows/0")
            })
        });
        let mut created = 0;
        for answer in tries.collect::<Vec<_>>() {
            let answer = answer.await.expect("no panic");
            created += i32::from(answer["outcome"] == "CREATED");
            assert!(answer["outcome"] != "REFUSED" || answer["code"] == "BUSY", "{answer}");
        }
        assert_eq!(created, 1);
        let list = school.desk.caller("E1").ask("{ viewer { enrollments { totalCount } } }").await;
        assert_eq!(list.data("/viewer/enrollments/totalCount"), json!(1));
    }
}
