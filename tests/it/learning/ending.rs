//! How enrollments end, and what becomes of the money.

use chrono::TimeDelta;
use serde_json::{Value, json};
use support::both_databases;
use upskill_api::worker::end_enrollments;

use super::School;
use crate::funding::eur;

impl School {
    /// The request and the enrollment of somebody who is funded and has started.
    async fn funded(&self, person: &str, course: &str, price: &str) -> (String, String) {
        let request = self.desk.approved(person, course, price).await;
        let input = json!({ "in": { "fundingRequestId": request }, "startsOn": "2026-03-02" });
        let id = self.enroll(person, input).await.text("/enroll/enrollment/id");
        self.act(person, "startEnrollment", json!({ "id": id })).await.text("/startEnrollment/enrollment/id");
        (request, id)
    }

    async fn passed(&self, id: &str) {
        self.assess("H1", id, json!({})).await.text("/recordAssessment/assessment/id");
    }

    async fn end(&self) {
        let failed = end_enrollments(&self.app().app, 2).await.expect("the employers are there");
        assert!(failed.is_empty(), "{failed:?}");
    }
}

both_databases! {
    async fn l2_completing_settles_what_is_committed_in_the_same_transaction(school: School) {
        let desk = &school.desk;
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let (request, id) = school.funded("E1", "cloud", "400").await;
        school.passed(&id).await;
        let input = json!({ "id": id, "price": eur("350"), "invoiceNumber": "RE-9", "idempotencyKey": "k" });
        let completed = school.act("H1", "completeEnrollment", input.clone()).await;
        assert_eq!(completed.data("/completeEnrollment/enrollment/status"), json!("COMPLETED"));
        assert_eq!(completed.data("/completeEnrollment/enrollment/endedAt"), json!("2026-03-02T09:00:00Z"));
        assert_eq!(completed.data("/completeEnrollment/enrollment/fundingRequest"), json!({ "id": request, "status": "SETTLED" }));
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "0.00", "0.00", "350.00", "650.00"]);
        let last = "query($id: ID!) { budget(id: $id) { ledger(first: 1) { nodes { kind document bookedBy { externalId } request { id } } } } }";
        let last = desk.caller("F1").send(last, json!({ "id": budget })).await;
        assert_eq!(last.data("/budget/ledger/nodes/0"), json!({ "kind": "SPEND", "document": "RE-9", "bookedBy": { "externalId": "H1" }, "request": { "id": request } }));
        desk.holds().await;

        let mut witness = school.app().witness().await;
        assert_eq!(school.act("H1", "completeEnrollment", input.clone()).await, completed);
        let mut other = input;
        other["price"] = eur("1");
        let other = school.act("H1", "completeEnrollment", other).await;
        assert_eq!(other.refused("completeEnrollment"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert!(!witness.wrote().await);

        // What was committed is the price when nothing else is known.
        let (_, second) = school.funded("E2", "rust", "100").await;
        let certificate = school.submit("E2", &second, json!({})).await.text("/submitEvidence/evidence/id");
        school.verify("H1", &certificate, json!({ "verifier": "PROVIDER" })).await.data("/verifyEvidence/evidence");
        school.act("H1", "completeEnrollment", json!({ "id": second })).await.text("/completeEnrollment/enrollment/id");
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "0.00", "0.00", "450.00", "550.00"]);
        desk.holds().await;
        assert_eq!(school.told(&second).await.last().map(String::as_str), Some("learning.enrollment_completed"));
    }

    async fn a_completion_that_cannot_be_settled_is_none(school: School) {
        let desk = &school.desk;
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let request = desk.request("E1", "cloud", "400").await;
        let approve = json!({ "id": request, "conditions": { "proofs": [{ "kind": "CERTIFICATE", "text": "The certificate" }] } });
        desk.act("M1", "approveFundingRequest", approve).await.text("/approveFundingRequest/fundingRequest/id");
        let place = json!({ "in": { "fundingRequestId": request }, "startsOn": "2026-03-02" });
        let id = school.enroll("E1", place).await.text("/enroll/enrollment/id");
        school.act("E1", "startEnrollment", json!({ "id": id })).await.text("/startEnrollment/enrollment/id");
        school.passed(&id).await;
        let mut witness = school.app().witness().await;
        for (more, refusal) in [
            (json!({}), "PROOF_NEEDED input.proof"),
            (json!({ "proof": " " }), "INVALID_PROOF input.proof"),
            (json!({ "proof": "Seen", "price": eur("400.01") }), "PRICE_ABOVE_TOLERANCE input.price"),
            (json!({ "proof": "Seen", "price": eur("-1") }), "INVALID_PRICE input.price"),
            (json!({ "proof": "Seen", "invoiceNumber": "" }), "INVALID_INVOICE_NUMBER input.invoiceNumber"),
        ] {
            let mut input = json!({ "id": id });
            crate::funding::merge(&mut input, more);
            assert_eq!(school.act("H1", "completeEnrollment", input).await.refused("completeEnrollment"), [refusal]);
        }
        assert!(!witness.wrote().await);
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "0.00", "400.00", "0.00", "600.00"]);
        let shown = json!({ "id": id, "proof": "The certificate, seen by HR" });
        school.act("H1", "completeEnrollment", shown).await.text("/completeEnrollment/enrollment/id");
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "0.00", "0.00", "400.00", "600.00"]);
        desk.holds().await;
    }

    async fn l1_nothing_completes_without_being_shown(school: School) {
        let id = school.active("E1").await;
        let other = school.active("E2").await;
        school.assess("H1", &other, json!({ "outcome": "FAILED" })).await.text("/recordAssessment/assessment/id");
        let passed = school.active("E3").await;
        school.passed(&passed).await;
        let submitted = school.submit("E1", &id, json!({})).await.text("/submitEvidence/evidence/id");
        school.app().clock.advance(TimeDelta::days(400));
        let mut witness = school.app().witness().await;
        let complete = async |id: &str, more: Value| {
            let mut input = json!({ "id": id });
            crate::funding::merge(&mut input, more);
            school.act("H1", "completeEnrollment", input).await.refused("completeEnrollment")
        };
        assert_eq!(complete(&id, json!({})).await, ["NOTHING_SHOWN input.id"]);
        assert_eq!(complete(&other, json!({})).await, ["NOTHING_SHOWN input.id"]);
        assert_eq!(complete(&passed, json!({ "price": eur("1") })).await, ["NOTHING_TO_SETTLE input.price"]);
        let fail = async |id: &str| school.act("H1", "failEnrollment", json!({ "id": id })).await.refused("failEnrollment");
        assert_eq!(fail(&id).await, ["NOT_IN_ASSESSMENT input.id"]);
        assert_eq!(fail(&passed).await, ["PASSED input.id"]);
        for mutation in ["completeEnrollment", "failEnrollment"] {
            let stale = school.act("H1", mutation, json!({ "id": passed, "expectedVersion": 1 })).await;
            assert_eq!(stale.code(), "CONFLICT", "{mutation}");
            for (person, code) in [("E3", "FORBIDDEN"), ("M2", "FORBIDDEN"), ("E1", "NOT_FOUND")] {
                assert_eq!(school.act(person, mutation, json!({ "id": passed })).await.code(), code, "{person} {mutation}");
            }
        }
        assert!(!witness.wrote().await);

        let failed = school.act("H1", "failEnrollment", json!({ "id": other })).await;
        assert_eq!(failed.data("/failEnrollment/enrollment/status"), json!("FAILED"));
        let seen = school.desk.caller("M1").send("query($id: ID!) { enrollment(id: $id) { result } }", json!({ "id": other })).await;
        assert_eq!(seen.data("/enrollment/result"), json!("FAILED"));
        assert_eq!(complete(&other, json!({})).await, ["NOT_RUNNING input.id"]);
        school.verify("H1", &submitted, json!({})).await.data("/verifyEvidence/evidence");
        let done = school.act("H1", "completeEnrollment", json!({ "id": id })).await;
        assert_eq!(done.data("/completeEnrollment/enrollment/status"), json!("COMPLETED"));
    }

    async fn the_calendar_ends_enrollments_once(school: School) {
        let mut ids = Vec::new();
        for person in ["E1", "E2", "E3", "M1"] {
            let input = json!({ "in": { "courseId": school.cloud }, "startsOn": "2026-03-02", "endsOn": "2026-03-31" });
            ids.push(school.enroll(person, input).await.text("/enroll/enrollment/id"));
        }
        let open = school.active("M2").await;
        for (person, id) in [("E2", &ids[1]), ("E3", &ids[2])] {
            school.act(person, "startEnrollment", json!({ "id": id })).await.text("/startEnrollment/enrollment/id");
        }
        school.act("E3", "submitForAssessment", json!({ "id": ids[2] })).await.text("/submitForAssessment/enrollment/id");
        school.app().clock.advance(TimeDelta::days(29));
        let mut witness = school.app().witness().await;
        school.end().await;
        assert!(!witness.wrote().await, "the last day still counts");
        school.app().clock.advance(TimeDelta::days(1));
        let workers = (0..4).map(|_| {
            let app = school.app().app.clone();
            tokio::spawn(async move { end_enrollments(&app, 2).await })
        });
        for worker in workers.collect::<Vec<_>>() {
            let failed = worker.await.expect("no panic").expect("the employers are there");
            assert!(failed.is_empty(), "{failed:?}");
        }
        school.end().await;
        for (id, status) in [(&ids[0], "EXPIRED"), (&ids[1], "EXPIRED"), (&ids[2], "IN_ASSESSMENT"), (&ids[3], "EXPIRED"), (&open, "ACTIVE")] {
            assert_eq!(school.read("H1", id).await["status"], json!(status));
        }
        let told = school.told(&ids[0]).await;
        assert_eq!(told, ["learning.enrolled", "learning.enrollment_expired"]);
        let again = json!({ "in": { "courseId": school.cloud }, "startsOn": "2026-04-01" });
        school.enroll("E1", again).await.text("/enroll/enrollment/id");
    }
}
