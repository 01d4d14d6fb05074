//! What somebody has shown: assessments and evidence.

use chrono::TimeDelta;
use serde_json::{Value, json};
use support::{Answer, both_databases};

use super::{School, nobody};

const READ: &str = "query($id: ID!) { enrollment(id: $id) { status result milestones { kind reachedAt }
  assessments { attempt outcome score assessedOn recordedBy { externalId } recordedAt }
  evidence { kind title url fileReference status submittedBy { externalId } verifier verificationNote verifiedBy { externalId } verifiedAt } } }";

impl School {
    pub(super) async fn assess(&self, person: &str, id: &str, more: Value) -> Answer {
        let mut input = json!({ "id": id, "outcome": "PASSED", "assessedOn": "2026-03-02" });
        crate::funding::merge(&mut input, more);
        let document = "mutation($input: RecordAssessmentInput!) { recordAssessment(input: $input) {
          enrollment { status result } assessment { id attempt outcome score } userErrors { code field message } } }";
        self.desk.caller(person).send(document, json!({ "input": input })).await
    }

    pub(super) async fn submit(&self, person: &str, id: &str, more: Value) -> Answer {
        let mut input = json!({ "id": id, "kind": "CERTIFICATE", "title": "Certificate", "place": { "url": "https://example.org/badge/7" } });
        crate::funding::merge(&mut input, more);
        let document = "mutation($input: SubmitEvidenceInput!) { submitEvidence(input: $input) {
          enrollment { version } evidence { id status } userErrors { code field message } } }";
        self.desk.caller(person).send(document, json!({ "input": input })).await
    }

    pub(super) async fn verify(&self, person: &str, id: &str, more: Value) -> Answer {
        let mut input = json!({ "id": id, "verdict": "ACCEPT", "verifier": "HR" });
        crate::funding::merge(&mut input, more);
        let document = "mutation($input: VerifyEvidenceInput!) { verifyEvidence(input: $input) {
          enrollment { status } evidence { status verifier verificationNote } userErrors { code field message } } }";
        self.desk.caller(person).send(document, json!({ "input": input })).await
    }
}

both_databases! {
    async fn l3_an_assessment_is_attempted_until_it_is_passed_for_good(school: School) {
        let id = school.active("E1").await;
        let failed = json!({ "outcome": "FAILED", "score": 4_200, "idempotencyKey": "k" });
        let first = school.assess("H1", &id, failed.clone()).await;
        let attempt = first.text("/recordAssessment/assessment/id");
        assert_eq!(first.data("/recordAssessment"), json!({
            "enrollment": { "status": "IN_ASSESSMENT", "result": null }, "userErrors": [],
            "assessment": { "id": attempt, "attempt": 1, "outcome": "FAILED", "score": 4_200 },
        }));
        let mut witness = school.app().witness().await;
        assert_eq!(school.assess("H1", &id, failed).await, first);
        let other = school.assess("H1", &id, json!({ "idempotencyKey": "k" })).await;
        assert_eq!(other.refused("recordAssessment"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert!(!witness.wrote().await);

        school.app().clock.advance(TimeDelta::days(1));
        let second = school.assess("H1", &id, json!({ "score": 8_750, "assessedOn": "2026-03-03" })).await;
        assert_eq!(second.data("/recordAssessment/enrollment"), json!({ "status": "IN_ASSESSMENT", "result": "PASSED" }));
        let mut witness = school.app().witness().await;
        let again = school.assess("H1", &id, json!({ "outcome": "FAILED" })).await;
        assert_eq!(again.refused("recordAssessment"), ["ALREADY_PASSED input.id"]);
        assert!(!witness.wrote().await);
        let read = school.desk.caller("E1").send(READ, json!({ "id": id })).await;
        assert_eq!(read.data("/enrollment/assessments"), json!([
            { "attempt": 1, "outcome": "FAILED", "score": 4_200, "assessedOn": "2026-03-02", "recordedBy": { "externalId": "H1" }, "recordedAt": "2026-03-02T09:00:00Z" },
            { "attempt": 2, "outcome": "PASSED", "score": 8_750, "assessedOn": "2026-03-03", "recordedBy": { "externalId": "H1" }, "recordedAt": "2026-03-03T09:00:00Z" },
        ]));
        assert_eq!(read.data("/enrollment/milestones/2"), json!({ "kind": "ASSESSMENT", "reachedAt": "2026-03-03T09:00:00Z" }));
        // The journal knows that there was a result, and not which.
        school.app().seal().await;
        let payloads = "query($id: ID!) { journalEntries(filter: { subjectId: $id, kind: { in: [\"learning.assessment_recorded\"] } }) { nodes { payload } } }";
        let payloads = school.desk.caller("A1").send(payloads, json!({ "id": id })).await.data("/journalEntries/nodes");
        assert_eq!(payloads.as_array().map(Vec::len), Some(2));
        assert!(!payloads.to_string().contains("PASSED") && !payloads.to_string().contains("score"));
    }

    async fn managers_see_passed_or_failed_never_score_or_attempts(school: School) {
        let id = school.active("E1").await;
        school.assess("H1", &id, json!({ "outcome": "FAILED", "score": 1 })).await.text("/recordAssessment/assessment/id");
        let assessment = school.assess("H1", &id, json!({ "score": 9_000 })).await.text("/recordAssessment/assessment/id");
        let evidence = school.submit("E1", &id, json!({})).await.text("/submitEvidence/evidence/id");
        for (person, sees) in [("E1", true), ("H1", true), ("M1", false), ("C1", false), ("H2", false)] {
            let caller = school.desk.caller(person);
            let read = caller.send(READ, json!({ "id": id })).await.data("/enrollment");
            assert_eq!(read["result"], json!("PASSED"), "{person}");
            let counts = ["assessments", "evidence"].map(|list| read[list].as_array().map_or(0, Vec::len));
            assert_eq!(counts, if sees { [2, 1] } else { [0, 0] }, "{person}");
            for node in [&assessment, &evidence] {
                let found = caller.send("query($id: ID!) { node(id: $id) { id } }", json!({ "id": node })).await;
                assert_eq!(found.data("/node").is_null(), !sees, "{person}");
            }
        }
    }

    async fn every_refusal_of_a_result_writes_nothing(school: School) {
        let planned = json!({ "in": { "courseId": school.rust }, "startsOn": "2026-03-02" });
        let planned = school.enroll("E1", planned).await.text("/enroll/enrollment/id");
        let [id, own] = [school.active("E1").await, school.active("H1").await];
        let mut witness = school.app().witness().await;
        for (id, input, refusal) in [
            (&own, json!({}), "OWN_RESULT input.id"),
            (&planned, json!({}), "NOT_RUNNING input.id"),
            (&id, json!({ "score": 10_001 }), "WRONG_SCORE input.score"),
            (&id, json!({ "score": -1 }), "WRONG_SCORE input.score"),
            (&id, json!({ "assessedOn": "2026-03-03" }), "IN_FUTURE input.assessedOn"),
            (&id, json!({ "assessedOn": "2026-03-01" }), "BEFORE_START input.assessedOn"),
        ] {
            assert_eq!(school.assess("H1", id, input).await.refused("recordAssessment"), [refusal]);
        }
        for (person, code) in [("E1", "FORBIDDEN"), ("M1", "FORBIDDEN"), ("H2", "FORBIDDEN"), ("E2", "NOT_FOUND"), ("F1", "NOT_FOUND")] {
            assert_eq!(school.assess(person, &id, json!({})).await.code(), code, "{person}");
        }
        assert!(!witness.wrote().await);
    }

    async fn evidence_is_handed_in_and_verified_once(school: School) {
        let id = school.active("E1").await;
        let link = json!({ "idempotencyKey": "k" });
        let submitted = school.submit("E1", &id, link.clone()).await;
        let certificate = submitted.text("/submitEvidence/evidence/id");
        let mut witness = school.app().witness().await;
        assert_eq!(school.submit("E1", &id, link).await, submitted);
        let other = school.submit("E1", &id, json!({ "title": "Other", "idempotencyKey": "k" })).await;
        assert_eq!(other.refused("submitEvidence"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert!(!witness.wrote().await);
        let file = json!({ "kind": "WORK_SAMPLE", "title": "My cluster", "place": { "fileReference": "dms/4711" } });
        let sample = school.submit("E1", &id, file).await.text("/submitEvidence/evidence/id");

        school.app().clock.advance(TimeDelta::hours(1));
        let accepted = school.verify("H1", &certificate, json!({ "verifier": "PROVIDER" })).await;
        assert_eq!(accepted.data("/verifyEvidence/evidence"), json!({ "status": "ACCEPTED", "verifier": "PROVIDER", "verificationNote": null }));
        school.verify("H1", &sample, json!({ "verdict": "REJECT", "verifier": "MENTOR", "note": "Not by the learner" })).await
            .data("/verifyEvidence/evidence");
        let mut witness = school.app().witness().await;
        let again = school.verify("H1", &certificate, json!({ "note": "again" })).await;
        assert_eq!(again.data("/verifyEvidence/evidence"), accepted.data("/verifyEvidence/evidence"));
        assert!(!witness.wrote().await);
        let read = school.desk.caller("E1").send(READ, json!({ "id": id })).await;
        let verified = |verifier: &str, note: Value| json!({ "verifier": verifier, "verificationNote": note,
            "verifiedBy": { "externalId": "H1" }, "verifiedAt": "2026-03-02T10:00:00Z", "submittedBy": { "externalId": "E1" } });
        let mut first = json!({ "kind": "CERTIFICATE", "title": "Certificate", "url": "https://example.org/badge/7", "fileReference": null, "status": "ACCEPTED" });
        crate::funding::merge(&mut first, verified("PROVIDER", json!(null)));
        first["verificationNote"] = json!(null);
        let mut second = json!({ "kind": "WORK_SAMPLE", "title": "My cluster", "url": null, "fileReference": "dms/4711", "status": "REJECTED" });
        for (field, value) in verified("MENTOR", json!("Not by the learner")).as_object().expect("fields") {
            second[field] = value.clone();
        }
        assert_eq!(read.data("/enrollment/evidence"), json!([first, second]));
        assert_eq!(read.data("/enrollment/milestones/3"), json!({ "kind": "CERTIFICATE", "reachedAt": "2026-03-02T10:00:00Z" }));
    }

    async fn every_refusal_of_evidence_writes_nothing(school: School) {
        let planned = json!({ "in": { "courseId": school.rust }, "startsOn": "2026-03-02" });
        let planned = school.enroll("E1", planned).await.text("/enroll/enrollment/id");
        let id = school.active("E1").await;
        let own = school.active("H1").await;
        let own = school.submit("H1", &own, json!({})).await.text("/submitEvidence/evidence/id");
        let waiting = school.submit("E1", &id, json!({})).await.text("/submitEvidence/evidence/id");
        let accepted = school.submit("E1", &id, json!({})).await.text("/submitEvidence/evidence/id");
        school.verify("H1", &accepted, json!({})).await.data("/verifyEvidence/evidence");
        let gone = school.active("E2").await;
        let late = school.submit("E2", &gone, json!({})).await.text("/submitEvidence/evidence/id");
        school.act("E2", "withdrawEnrollment", json!({ "id": gone, "reason": "OTHER" })).await.text("/withdrawEnrollment/enrollment/id");
        let mut witness = school.app().witness().await;
        for (id, input, refusal) in [
            (&planned, json!({}), "NOT_RUNNING input.id"),
            (&id, json!({ "title": " " }), "INVALID_TITLE input.title"),
            (&id, json!({ "place": { "fileReference": "a\nb" } }), "INVALID_FILE_REFERENCE input.place.fileReference"),
        ] {
            assert_eq!(school.submit("E1", id, input).await.refused("submitEvidence"), [refusal]);
        }
        for (id, input, refusal) in [
            (&own, json!({}), "OWN_EVIDENCE input.id"),
            (&accepted, json!({ "verdict": "REJECT", "note": "no" }), "DECIDED input.id"),
            (&waiting, json!({ "verdict": "REJECT" }), "NOTE_NEEDED input.note"),
            (&waiting, json!({ "note": " " }), "INVALID_NOTE input.note"),
            (&late, json!({}), "NOT_RUNNING input.id"),
        ] {
            assert_eq!(school.verify("H1", id, input).await.refused("verifyEvidence"), [refusal]);
        }
        let script = school.submit("E1", &id, json!({ "place": { "url": "javascript:alert(1)" } })).await;
        assert_eq!(script.code(), "BAD_USER_INPUT");
        for (person, code) in [("E1", "FORBIDDEN"), ("M1", "FORBIDDEN"), ("E2", "NOT_FOUND")] {
            assert_eq!(school.verify(person, &waiting, json!({})).await.code(), code, "{person}");
        }
        assert_eq!(school.verify("H1", &nobody("evidence"), json!({})).await.code(), "NOT_FOUND");
        assert_eq!(school.submit("M1", &id, json!({})).await.code(), "FORBIDDEN");
        assert!(!witness.wrote().await);
    }
}
