//! Who decides under a policy: the policy itself, people by amount and kind of course, and by when.

use serde_json::{Value, json};
use support::both_databases;

use super::{Desk, rules};

const INBOX: &str =
    "{ viewer { approvals { nodes { step { dueAt waitingSince } request { offer { title } } } } } }";

/// The titles in somebody's inbox, with the due dates.
async fn inbox(desk: &Desk, person: &str) -> Vec<(String, Value)> {
    let answer = desk.caller(person).ask(INBOX).await.data("/viewer/approvals/nodes");
    let nodes = answer.as_array().expect("nodes").iter();
    nodes
        .map(|node| {
            let title = node.pointer("/request/offer/title").and_then(Value::as_str).unwrap_or_default();
            (title.to_owned(), node["step"]["dueAt"].clone())
        })
        .collect()
}

both_databases! {
    async fn the_policy_approves_by_itself_and_reserves_in_the_same_breath(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        desk.policy(rules(json!({ "autoApproveUpTo": "100" }))).await;
        let judged = desk.judged("cloud", "100").await;
        assert_eq!(judged.data("/fundingPreview/approvedByPolicy"), json!(true));
        assert_eq!(judged.data("/fundingPreview/steps"), json!([]));
        let key = json!({ "idempotencyKey": "auto" });
        let submitted = desk.submit("E1", "cloud", "100", key.clone()).await;
        assert_eq!(submitted.data("/submitFundingRequest/fundingRequest/status"), json!("APPROVED"));
        assert_eq!(submitted.data("/submitFundingRequest/fundingRequest/steps"), json!([]));
        let id = submitted.text("/submitFundingRequest/fundingRequest/id");
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "100.00", "0.00", "0.00", "900.00"]);
        let before = desk.footprint().await;
        let again = desk.submit("E1", "cloud", "100", key).await;
        assert_eq!(again.text("/submitFundingRequest/fundingRequest/id"), id);
        assert_eq!(desk.footprint().await, before);

        let look = "query($id: ID!) { fundingRequest(id: $id) { policyVersion decidedAt decisions {
          verdict capacity policyVersion decidedBy { externalId } step { id } grounds { available { amount } } }
          budget { ledger(first: 1) { nodes { kind bookedBy { externalId } request { id } } } } } }";
        let told = desk.caller("F1").send(look, json!({ "id": id })).await;
        assert_eq!(told.data("/fundingRequest"), json!({
            "policyVersion": 2, "decidedAt": "2026-03-02T09:00:00Z",
            "decisions": [{
                "verdict": "APPROVE", "capacity": "POLICY", "policyVersion": 2, "decidedBy": null, "step": null,
                "grounds": { "available": { "amount": "1000.00" } },
            }],
            "budget": { "ledger": { "nodes": [{ "kind": "RESERVE", "bookedBy": null, "request": { "id": id } }] } },
        }));
        desk.app.seal().await;
        let journal = desk.caller("A1").ask("{ journalEntries(last: 2) { nodes { kind capacity subjectId actor { externalId } } } }").await;
        assert_eq!(journal.data("/journalEntries/nodes"), json!([
            { "kind": "funding.request_submitted", "capacity": null, "subjectId": id, "actor": { "externalId": "E1" } },
            { "kind": "funding.request_approved", "capacity": "POLICY", "subjectId": id, "actor": null },
        ]));
        // One cent more is for people.
        let more = desk.request("E1", "rust", "100.01").await;
        assert_eq!(desk.approve("M1", &more).await.data("/approveFundingRequest/fundingRequest/status"), json!("APPROVED"));
        // What is approved runs its course like any other.
        desk.act("F1", "cancelFundingRequest", json!({ "id": id, "reason": "NO_LONGER_NEEDED" })).await
            .data("/cancelFundingRequest/fundingRequest/id");
        desk.holds().await;
    }

    async fn what_the_budget_does_not_carry_is_for_people(desk: Desk) {
        desk.budget("Learning", "50", json!({ "limitMode": "WARN" })).await;
        desk.policy(rules(json!({ "autoApproveUpTo": "100" }))).await;
        let submitted = desk.submit("E1", "cloud", "60", json!({})).await;
        assert_eq!(submitted.data("/submitFundingRequest/fundingRequest/steps"), json!([
            { "assignee": { "externalId": "M1" }, "capacity": "MANAGER", "status": "WAITING" },
        ]));
        // Many at once: the money is promised once.
        let ask = async |number: usize| {
            let answer = desk.submit("E2", &format!("course-{number}"), "20", json!({})).await;
            usize::from(answer.data("/submitFundingRequest/fundingRequest/status") == json!("APPROVED"))
        };
        let (one, two, three, four) = tokio::join!(ask(1), ask(2), ask(3), ask(4));
        assert_eq!(one + two + three + four, 2);
        desk.holds().await;
    }

    async fn f9_a_chain_follows_amount_and_course_and_asks_nobody_twice(desk: Desk) {
        desk.budget("Learning", "10000", json!({ "ownerIds": [desk.person("M1").await] })).await;
        desk.head("ENG", "M1").await;
        desk.policy(rules(json!({ "steps": [
            { "who": { "relation": "MANAGER" }, "dueWithinDays": 3 },
            { "who": { "relation": "DEPARTMENT_HEAD" }, "fromAmount": "1000", "dueWithinDays": 7 },
            { "who": { "role": "FINANCE" }, "fromAmount": "2000" },
            { "who": { "employeeId": desk.person("H2").await }, "conditions": { "outsideCatalog": true, "overWorkloadMinutes": 599 },
              "fromAmount": "2000" },
        ] }))).await;
        let chain = async |price: &str| {
            let judged = desk.judged("cloud", price).await;
            let steps = judged.data("/fundingPreview/steps");
            steps.as_array().expect("steps").iter().map(|step| {
                format!("{} {}", step["assignee"]["externalId"].as_str().unwrap_or_default(), step["capacity"].as_str().unwrap_or_default())
            }).collect::<Vec<_>>()
        };
        assert_eq!(chain("999.99").await, ["M1 MANAGER"]);
        // Max heads the department too: under four eyes it goes to whom he reports to.
        assert_eq!(chain("1000").await, ["M1 MANAGER", "C1 MANAGER"]);
        let all = ["M1 MANAGER", "C1 MANAGER", "F1 ROLE_HOLDER", "H2 NAMED_PERSON"];
        assert_eq!(chain("2000").await, all);
        let id = desk.request("E1", "cloud", "2000").await;
        for person in ["M1", "C1", "F1", "H2"] {
            let answer = desk.approve(person, &id).await;
            assert_eq!(answer.data("/approveFundingRequest/userErrors"), json!([]), "{person}");
        }
        let told = desk.caller("F1").send("query($id: ID!) { fundingRequest(id: $id) { status decisions { capacity policyVersion } } }", json!({ "id": id })).await;
        assert_eq!(told.data("/fundingRequest"), json!({ "status": "APPROVED", "decisions": [
            { "capacity": "MANAGER", "policyVersion": 2 }, { "capacity": "MANAGER", "policyVersion": 2 },
            { "capacity": "ROLE_HOLDER", "policyVersion": 2 }, { "capacity": "NAMED_PERSON", "policyVersion": 2 },
        ] }));
        desk.holds().await;
    }

    async fn f8_a_step_that_would_be_the_requesters_moves_up_and_on(desk: Desk) {
        desk.budget("Learning", "10000", json!({})).await;
        desk.head("ENG", "E1").await;
        desk.policy(rules(json!({ "steps": [{ "who": { "relation": "DEPARTMENT_HEAD" } }] }))).await;
        let judged = desk.judged("cloud", "10").await;
        assert_eq!(judged.data("/fundingPreview/steps/0/assignee/externalId"), json!("M1"));
        // Clara has nobody above; Hana owns the budget.
        let own = desk.submit("C1", "cloud", "10", json!({})).await;
        assert_eq!(own.data("/submitFundingRequest/fundingRequest/steps"), json!([
            { "assignee": { "externalId": "H1" }, "capacity": "BUDGET_OWNER", "status": "WAITING" },
        ]));
    }

    async fn f17_the_inbox_shows_what_is_due_first_first(desk: Desk) {
        desk.budget("Learning", "10000", json!({})).await;
        desk.request("E1", "undated", "10").await;
        let due = |days: i32| rules(json!({ "steps": [{ "who": { "relation": "MANAGER" }, "dueWithinDays": days }] }));
        desk.policy(due(31)).await;
        desk.request("E1", "late", "10").await;
        desk.policy(due(2)).await;
        desk.app.clock.advance(chrono::TimeDelta::hours(1));
        desk.request("E1", "soon", "10").await;
        assert_eq!(inbox(&desk, "M1").await, [
            ("soon".to_owned(), json!("2026-03-04T10:00:00Z")),
            ("undated".to_owned(), json!(null)),
            ("late".to_owned(), json!("2026-04-02T09:00:00Z")),
        ]);
    }
}
