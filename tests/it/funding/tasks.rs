//! An employee's day: what requests wait for, what is missing, and what is left.

use serde_json::{Value, json};
use support::both_databases;

use super::policies::rules;
use super::{Desk, eur};

const DAY: &str = "{ viewer {
    fundingRequests(orderBy: { field: SUBMITTED_AT, direction: ASC }) { nodes { waitsFor offer { title } } }
    fundingTasks { kind changes proof text request { status offer { title } } } }
  fundingAllowance { policyVersion fiscalYearStartsOn fiscalYearEndsOn
    yearCap { limit { amount } used { amount } left { amount } } mostPerRequest { amount } mostNow { amount }
    courses maximumCourses weeklyMinutes maximumWeeklyMinutes taxBuckets { year } findings { code severity } } }";

impl Desk {
    /// What somebody's day looks like.
    async fn day(&self, person: &str) -> Value {
        let answer = self.caller(person).ask(DAY).await;
        json!({ "viewer": answer.data("/viewer"), "left": answer.data("/fundingAllowance") })
    }
}

fn amount(amount: &str) -> Value {
    json!({ "amount": amount })
}

both_databases! {
    async fn one_query_tells_what_waits_what_is_missing_and_what_is_left(desk: Desk) {
        desk.budget("Learning", "10000", json!({})).await;
        desk.policy(rules(json!({
            "caps": { "perRequest": "400", "perPersonAndYear": "1000" },
            "workload": { "maximumCourses": 5, "weeklyMinutes": 600 },
        }))).await;
        desk.request("E1", "waits", "100").await;
        let back = desk.request("E1", "handed-back", "100").await;
        let changes = json!({ "id": back, "changes": ["PRICE"], "text": "There is a cheaper date." });
        desk.act("M1", "requestFundingChanges", changes).await.data("/requestFundingChanges/fundingRequest/status");
        desk.approved("E1", "to-book", "100").await;
        let proven = desk.request("E1", "to-prove", "100").await;
        let proofs = json!({ "id": proven, "conditions": { "proofs": [{ "kind": "GRADE", "text": "a B or better" }] } });
        desk.act("M1", "approveFundingRequest", proofs).await.data("/approveFundingRequest/fundingRequest/status");
        desk.act("F1", "commitFundingRequest", json!({ "id": proven })).await.data("/commitFundingRequest/fundingRequest/id");
        let booked = desk.approved("E1", "booked", "100").await;
        desk.act("F1", "commitFundingRequest", json!({ "id": booked })).await.data("/commitFundingRequest/fundingRequest/id");
        let waits = |title: &str, what: &str| json!({ "waitsFor": what, "offer": { "title": title } });
        assert_eq!(desk.day("E1").await, json!({
            "viewer": {
                "fundingRequests": { "nodes": [
                    waits("waits", "APPROVAL"), waits("handed-back", "ANSWER"), waits("to-book", "BOOKING"),
                    waits("to-prove", "PROOF"), waits("booked", "INVOICE"),
                ] },
                "fundingTasks": [
                    { "kind": "ANSWER_CHANGES", "changes": ["PRICE"], "proof": null, "text": "There is a cheaper date.",
                        "request": { "status": "CHANGES_REQUESTED", "offer": { "title": "handed-back" } } },
                    { "kind": "SHOW_PROOF", "changes": [], "proof": "GRADE", "text": "a B or better",
                        "request": { "status": "COMMITTED", "offer": { "title": "to-prove" } } },
                ],
            },
            "left": {
                "policyVersion": 2, "fiscalYearStartsOn": "2026-01-01", "fiscalYearEndsOn": "2026-12-31",
                "yearCap": { "limit": amount("1000.00"), "used": amount("500.00"), "left": amount("500.00") },
                "mostPerRequest": amount("400.00"), "mostNow": amount("400.00"), "courses": 5, "maximumCourses": 5,
                "weeklyMinutes": 0, "maximumWeeklyMinutes": 600, "taxBuckets": [],
                "findings": [{ "code": "TOO_MANY_COURSES", "severity": "REFUSAL" }],
            },
        }));
        // What is answered and what is settled is missing no more, and others have nothing of it.
        desk.act("E1", "withdrawFundingRequest", json!({ "id": back })).await.data("/withdrawFundingRequest/fundingRequest/id");
        let settle = json!({ "id": proven, "price": eur("100"), "proof": "B" });
        desk.act("F1", "settleFundingRequest", settle).await.data("/settleFundingRequest/fundingRequest/id");
        let day = desk.day("E1").await;
        assert_eq!(day["viewer"]["fundingTasks"], json!([]));
        assert_eq!((&day["left"]["courses"], &day["left"]["findings"]), (&json!(3), &json!([])));
        assert_eq!(day["left"]["yearCap"]["left"], amount("600.00"));
        assert_eq!(desk.day("E2").await["viewer"], json!({ "fundingRequests": { "nodes": [] }, "fundingTasks": [] }));
    }

    async fn without_a_policy_nothing_is_limited(desk: Desk) {
        desk.budget("Learning", "10000", json!({})).await;
        assert_eq!(desk.day("E2").await["left"], json!({
            "policyVersion": 1, "fiscalYearStartsOn": "2026-01-01", "fiscalYearEndsOn": "2026-12-31", "yearCap": null,
            "mostPerRequest": null, "mostNow": null, "courses": 0, "maximumCourses": null, "weeklyMinutes": 0,
            "maximumWeeklyMinutes": null, "taxBuckets": [], "findings": [],
        }));
    }
}
