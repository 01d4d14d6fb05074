//! The life of Eva Engineer at Northwind, with her name wherever somebody writes a text of their own.

use chrono::TimeDelta;
use serde_json::{Value, json};
use upskill_api::worker::tell_of_follow_ups;

use super::{Archive, EVA};
use crate::funding::eur;

impl Archive {
    /// Tells all of it, up to a day on which she still works there and nothing of hers is open.
    pub(super) async fn live(&self) {
        self.desk.budget("Learning", "10000", json!({})).await;
        let course = self.catalog().await;
        self.ask().await;
        self.decide().await;
        self.belong().await;
        self.master().await;
        self.learn(&course).await;
    }

    /// A course that teaches a skill.
    async fn catalog(&self) -> String {
        let row = json!({ "code": "C-1", "title": "Cloud", "provider": "Cloudworks", "workloadHours": 40, "skills": ["Cloud"], "skillLevel": 3 });
        self.done("H1", "importCourses", json!({ "rows": [row], "publish": true }), "report { created }")
            .await;
        self.caller("H1").ask("{ courses { nodes { id } } }").await.text("/courses/nodes/0/id")
    }

    /// She asks for a course outside of the catalog; it is approved under a condition, booked and paid, with words at every
    /// step.
    async fn ask(&self) {
        let request =
            self.submitted("E1", &format!("{EVA} wants it"), "https://example.org/eva-engineer").await;
        for person in ["E1", "M1"] {
            let text = format!("{EVA} said {person}");
            self.made(person, "commentOnFundingRequest", json!({ "id": request, "text": text }), "comment")
                .await;
        }
        self.done("M1", "issueActionLinks", json!({ "id": request }), "links { approvePath }").await;
        let proofs = json!([{ "kind": "GRADE", "text": format!("The grade of {EVA}") }]);
        let approve =
            json!({ "id": request, "note": format!("Good for {EVA}"), "conditions": { "proofs": proofs } });
        self.made("M1", "approveFundingRequest", approve, "fundingRequest").await;
        self.made(
            "F1",
            "commitFundingRequest",
            json!({ "id": request, "orderNumber": "O-7" }),
            "fundingRequest",
        )
        .await;
        let settle = json!({ "id": request, "price": eur("400"), "invoiceNumber": "R-9", "proof": format!("1.3, {EVA}") });
        self.made("F1", "settleFundingRequest", settle, "fundingRequest").await;
        let refund = json!({ "id": request, "amount": eur("50"), "reason": "CORRECTION", "note": format!("Back for {EVA}") });
        self.made("F1", "refundFundingRequest", refund, "fundingRequest").await;
        // The same course once more, which is refused.
        let again = self.submitted("E1", &format!("{EVA} again"), "https://example.org/eva-engineer").await;
        let reject = json!({ "id": again, "reason": "OTHER", "text": format!("Not again, {EVA}") });
        self.made("M1", "rejectFundingRequest", reject, "fundingRequest").await;
    }

    async fn submitted(&self, person: &str, purpose: &str, url: &str) -> String {
        let input = json!({
            "course": { "outside": { "title": "Kubernetes", "providerName": "Example College", "url": url } },
            "quote": eur("500"), "purpose": purpose,
            "coFunding": [{ "source": "GRANT", "amount": eur("100"), "name": format!("Grant, as {purpose}"), "reference": url }],
        });
        self.made(person, "submitFundingRequest", input, "fundingRequest").await
    }

    /// She decides in Max's name about Emil.
    async fn decide(&self) {
        let days = json!({ "fromOn": "2026-03-02", "untilOn": "2026-03-03", "delegateId": self.eva });
        self.made("M1", "delegateApprovals", days, "delegation").await;
        let request = self.submitted("E2", "Emil wants it", "https://example.org/emil").await;
        let text = format!("{EVA} says no");
        let reject =
            json!({ "id": request, "reason": "OTHER", "text": text, "idempotencyKey": "eva-engineer" });
        self.made(
            "E1",
            "commentOnFundingRequest",
            json!({ "id": request, "text": format!("Sorry, {EVA}") }),
            "comment",
        )
        .await;
        self.made("E1", "rejectFundingRequest", reject, "fundingRequest").await;
    }

    /// She is away, stands in, has a job and a cost band, takes part in a program and holds a role.
    async fn belong(&self) {
        let emil = self.desk.person("E2").await;
        self.made(
            "E1",
            "recordAbsence",
            json!({ "fromOn": "2026-03-05", "untilOn": "2026-03-06" }),
            "absence",
        )
        .await;
        let days = json!({ "fromOn": "2026-03-05", "untilOn": "2026-03-06", "delegateId": emil });
        self.made("E1", "delegateApprovals", days, "delegation").await;
        self.made("X1", "grantRole", json!({ "employeeId": self.eva, "role": "AUDITOR" }), "roleGrant").await;
        let band = json!({ "bands": [{ "code": "B1", "name": "Engineers", "hourlyCost": eur("60") }] });
        let band = self.done("F1", "setCostBands", band, "report { costBands { id } }").await;
        let place = json!({ "employeeIds": [self.eva], "bandId": band["report"]["costBands"][0]["id"] });
        self.done("F1", "placeInCostBand", place, "costBand { id }").await;
        let input = json!({
            "name": "Cloud for all", "ownerId": self.desk.person("M2").await, "startsOn": "2026-01-01", "endsOn": "2026-12-31",
            "courseIds": [self.caller("H1").ask("{ courses { nodes { id } } }").await.text("/courses/nodes/0/id")],
        });
        let program = self.made("H1", "createProgram", input, "program").await;
        self.made("H1", "activateProgram", json!({ "id": program }), "program").await;
        let invite = json!({ "programId": program, "employeeIds": [self.eva] });
        self.done("H1", "inviteParticipants", invite, "report { results { __typename } }").await;
        self.made("E1", "joinProgram", json!({ "id": program }), "participant").await;
    }

    /// What she and Max say of her skills, and she of nobody else's.
    async fn master(&self) {
        let skill = self.caller("H1").ask("{ skills { nodes { id } } }").await.text("/skills/nodes/0/id");
        let own = json!({ "skillId": skill, "level": 4, "note": format!("{EVA} can"), "url": "https://example.org/eva-engineer" });
        self.made("E1", "stateSkill", own, "skillRecord").await;
        let said =
            json!({ "employeeId": self.eva, "skillId": skill, "level": 2, "note": format!("{EVA} cannot") });
        self.made("M1", "assessSkill", said, "skillRecord").await;
        let profile = json!({ "name": "Engineer", "requirements": [{ "skillId": skill, "level": 3 }] });
        let profile = self.made("H1", "createJobProfile", profile, "jobProfile").await;
        let assign = json!({ "assignments": [{ "employeeId": self.eva, "jobProfileId": profile }] });
        self.done("H1", "assignJobProfiles", assign, "report { results { __typename } }").await;
    }

    /// She takes a course to its end, and is asked about it a month later.
    async fn learn(&self, course: &str) {
        let enroll = json!({ "in": { "courseId": course }, "startsOn": "2026-03-02" });
        let id = self.made("E1", "enroll", enroll, "enrollment").await;
        self.made("E1", "startEnrollment", json!({ "id": id }), "enrollment").await;
        let time = json!({ "id": id, "day": "2026-03-02", "minutes": 90, "kind": "WORKING", "note": format!("{EVA} read") });
        self.made("E1", "logLearningTime", time, "enrollment").await;
        let evidence = json!({
            "id": id, "kind": "CERTIFICATE", "title": format!("Certificate of {EVA}"), "place": { "url": "https://example.org/eva-engineer" },
        });
        let evidence = self.made("E1", "submitEvidence", evidence, "evidence").await;
        let verify = json!({ "id": evidence, "verdict": "ACCEPT", "verifier": "HR", "note": format!("Seen of {EVA}") });
        self.done("H1", "verifyEvidence", verify, "evidence { id }").await;
        let passed = json!({ "id": id, "outcome": "PASSED", "score": 8_700, "assessedOn": "2026-03-02" });
        self.done("H1", "recordAssessment", passed, "assessment { id }").await;
        self.made("H1", "completeEnrollment", json!({ "id": id }), "enrollment").await;
        let feedback =
            json!({ "id": id, "rating": 4, "recommended": true, "comment": format!("{EVA} liked it") });
        self.done("E1", "giveCourseFeedback", feedback, "feedback { rating }").await;
        self.desk.app.clock.advance(TimeDelta::days(31));
        tell_of_follow_ups(&self.desk.app.app, 100).await.expect("they are told");
        let forms = "query($id: ID!) { enrollment(id: $id) { followUps { id respondent afterDays } } }";
        let forms = self.caller("H1").send(forms, json!({ "id": id })).await.data("/enrollment/followUps");
        let first = |form: &&Value| form["afterDays"] == json!(30);
        for form in forms.as_array().into_iter().flatten().filter(first) {
            let person = if form["respondent"] == "LEARNER" { "E1" } else { "M1" };
            let answer = json!({ "id": form["id"], "application": "APPLIED", "note": format!("{EVA} does") });
            self.done(person, "answerFollowUp", answer, "followUp { id }").await;
        }
    }
}
