//! Giving up, and what comes back of the price (L4).

use chrono::TimeDelta;
use serde_json::{Value, json};
use support::{Answer, both_databases};

use super::{School, nobody};
use crate::funding::eur;

impl School {
    async fn agree(&self, person: &str, course: &str, refunds: Value) -> Answer {
        let document = "mutation($input: SetCourseTermsInput!) { setCourseTerms(input: $input) {
          terms { course { code } refunds { untilDay share } } userErrors { code field message } } }";
        let input = json!({ "courseId": course, "refunds": refunds });
        self.desk.caller(person).send(document, json!({ "input": input })).await
    }

    /// A place in the cloud course from the first of April on, which costs 400 and is booked; the enrollment and the request.
    async fn booked(&self, person: &str) -> (String, String) {
        let document = "mutation($input: SubmitFundingRequestInput!) { submitFundingRequest(input: $input) { fundingRequest { id } userErrors { message } } }";
        let input = json!({ "course": { "courseId": self.cloud }, "quote": eur("400"), "purpose": "To run it ourselves" });
        let submitted = self.desk.caller(person).send(document, json!({ "input": input })).await;
        let request = submitted.text("/submitFundingRequest/fundingRequest/id");
        self.desk.approve("M1", &request).await.data("/approveFundingRequest/fundingRequest");
        let place = json!({ "in": { "fundingRequestId": request }, "startsOn": "2026-04-01" });
        (self.enroll(person, place).await.text("/enroll/enrollment/id"), request)
    }

    async fn give_up(&self, person: &str, id: &str) -> String {
        let answer = self.act(person, "withdrawEnrollment", json!({ "id": id, "reason": "NO_TIME" })).await;
        assert_eq!(answer.data("/withdrawEnrollment/enrollment/status"), json!("WITHDRAWN"));
        answer.text("/withdrawEnrollment/enrollment/fundingRequest/status")
    }
}

both_databases! {
    async fn l4_what_comes_back_is_what_was_agreed_at_enrollment(school: School) {
        let desk = &school.desk;
        let budget = desk.budget("Learning", "2000", json!({})).await;
        let refunds = json!([{ "untilDay": 0, "share": 5_000 }, { "untilDay": -14, "share": 10_000 }]);
        let agreed = school.agree("H1", &school.cloud, refunds.clone()).await;
        let falling = json!([{ "untilDay": -14, "share": 10_000 }, { "untilDay": 0, "share": 5_000 }]);
        assert_eq!(agreed.data("/setCourseTerms/terms"), json!({ "course": { "code": "C-1" }, "refunds": falling }));
        let mut witness = school.app().witness().await;
        assert_eq!(school.agree("H1", &school.cloud, refunds).await, agreed);
        assert!(!witness.wrote().await, "the same again");

        let (early, first) = school.booked("E1").await;
        let (later, second) = school.booked("E2").await;
        // What is agreed afterwards holds for those who come afterwards.
        school.agree("H1", &school.cloud, json!([])).await.data("/setCourseTerms/terms");
        let read = desk.caller("E1").send("query($id: ID!) { enrollment(id: $id) { refunds { untilDay share } } }", json!({ "id": early })).await;
        assert_eq!(read.data("/enrollment/refunds"), falling);

        // Fourteen days before, all of it comes back.
        school.app().clock.advance(TimeDelta::days(16));
        assert_eq!(school.give_up("E1", &early).await, "CANCELED");
        assert_eq!(desk.layers(&budget).await, ["2000.00", "0.00", "0.00", "400.00", "0.00", "1600.00"]);
        // On the first day half of it; the other half waits for the invoice.
        school.app().clock.advance(TimeDelta::days(14));
        assert_eq!(school.give_up("E2", &later).await, "COMMITTED");
        assert_eq!(desk.layers(&budget).await, ["2000.00", "0.00", "0.00", "200.00", "0.00", "1800.00"]);
        desk.holds().await;
        desk.act("F1", "settleFundingRequest", json!({ "id": second, "price": eur("200") })).await.data("/settleFundingRequest/fundingRequest");
        assert_eq!(desk.layers(&budget).await, ["2000.00", "0.00", "0.00", "0.00", "200.00", "1800.00"]);
        desk.holds().await;
        let ledger = "query($id: ID!) { budget(id: $id) { ledger(direction: ASC, last: 3) { nodes { kind reason request { id } } } } }";
        let ledger = desk.caller("F1").send(ledger, json!({ "id": budget })).await;
        assert_eq!(ledger.data("/budget/ledger/nodes"), json!([
            { "kind": "RELEASE", "reason": "NO_LONGER_NEEDED", "request": { "id": first } },
            { "kind": "RELEASE", "reason": "NO_LONGER_NEEDED", "request": { "id": second } },
            { "kind": "SPEND", "reason": null, "request": { "id": second } },
        ]));
    }

    async fn l4_what_was_paid_is_refunded_and_what_is_not_agreed_stays(school: School) {
        let desk = &school.desk;
        let budget = desk.budget("Learning", "2000", json!({})).await;
        let (none, _) = school.booked("E1").await;
        school.agree("H1", &school.cloud, json!([{ "untilDay": 30, "share": 2_500 }])).await.data("/setCourseTerms/terms");
        let (paid, request) = school.booked("E2").await;
        desk.act("F1", "settleFundingRequest", json!({ "id": request, "price": eur("400") })).await.data("/settleFundingRequest/fundingRequest");
        assert_eq!(desk.layers(&budget).await, ["2000.00", "0.00", "0.00", "400.00", "400.00", "1200.00"]);
        assert_eq!(school.give_up("E2", &paid).await, "SETTLED");
        assert_eq!(school.give_up("H1", &none).await, "COMMITTED");
        assert_eq!(desk.layers(&budget).await, ["2000.00", "0.00", "0.00", "400.00", "300.00", "1300.00"]);
        let refunded = desk.caller("F1").send("query($id: ID!) { fundingRequest(id: $id) { refunded { amount } } }", json!({ "id": request })).await;
        assert_eq!(refunded.text("/fundingRequest/refunded/amount"), "100.00");
        desk.holds().await;
    }

    async fn terms_that_make_no_sense_are_refused(school: School) {
        let mut witness = school.app().witness().await;
        let step = |day: i32, share: i32| json!({ "untilDay": day, "share": share });
        for (course, refunds, refusal) in [
            (nobody("course"), json!([]), "UNKNOWN_COURSE input.courseId"),
            (school.cloud.clone(), json!([step(0, 0)]), "WRONG_SHARE input.refunds"),
            (school.cloud.clone(), json!([step(731, 1)]), "WRONG_DAY input.refunds"),
            (school.cloud.clone(), json!([step(0, 1), step(1, 1)]), "NOT_FALLING input.refunds"),
            (school.cloud.clone(), json!((0..11).map(|day| step(day, 100 - day)).collect::<Vec<_>>()), "TOO_MANY input.refunds"),
        ] {
            assert_eq!(school.agree("H1", &course, refunds).await.refused("setCourseTerms"), [refusal]);
        }
        for person in ["E1", "M1", "H2", "F1"] {
            assert_eq!(school.agree(person, &school.cloud, json!([])).await.code(), "FORBIDDEN", "{person}");
        }
        assert!(!witness.wrote().await);
        // Drafts are for HR, and so are their terms.
        school.agree("H1", &school.draft, json!([step(0, 1)])).await.data("/setCourseTerms/terms");
        let terms = "query($id: ID!) { courseTerms(courseId: $id) { refunds { share } } }";
        for (person, course, expected) in [
            ("E1", &school.draft, json!(null)), ("H2", &school.draft, json!({ "refunds": [{ "share": 1 }] })), ("E1", &school.cloud, json!({ "refunds": [] })),
        ] {
            assert_eq!(school.desk.caller(person).send(terms, json!({ "id": course })).await.data("/courseTerms"), expected, "{person}");
        }
    }
}
