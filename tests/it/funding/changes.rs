//! Handing a request back for changes, and its answer: a new round.

use serde_json::{Value, json};
use support::both_databases;

use super::bulk::DECIDE;
use super::policies::rules;
use super::{Desk, eur, merge, reason};

const RESUBMIT: &str = "mutation($input: ResubmitFundingRequestInput!) { resubmitFundingRequest(input: $input) {
  fundingRequest { id round status policyVersion purpose amount { amount } offer { title url workloadMinutes price { amount } }
    budget { name } steps { status assignee { externalId } } decisions { verdict } }
  userErrors { code field message } } }";

const ROUNDS: &str = "query($id: ID!) { fundingRequest(id: $id) { rounds { nodes {
  round status policyVersion amount { amount } endedAt steps { status }
  decisions { verdict note changes decidedBy { externalId } } comments { totalCount } } } } }";

impl Desk {
    /// A request that Max handed back.
    async fn handed_back(&self, person: &str, course: &str, price: &str) -> String {
        let id = self.request(person, course, price).await;
        let input = json!({ "id": id, "changes": ["PRICE"], "text": "ask for a discount" });
        let back = self.act("M1", "requestFundingChanges", input).await;
        assert_eq!(back.data("/requestFundingChanges/fundingRequest/status"), json!("CHANGES_REQUESTED"));
        id
    }

    async fn resubmit(&self, person: &str, id: &str, more: Value) -> support::Answer {
        let mut input = json!({ "id": id });
        merge(&mut input, more);
        self.caller(person).send(RESUBMIT, json!({ "input": input })).await
    }
}

both_databases! {
    async fn a_request_that_is_handed_back_waits_for_whoever_asked(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        desk.policy(rules(json!({ "steps": [
            { "who": { "relation": "MANAGER" } }, { "who": { "relation": "MANAGERS_MANAGER" } },
        ] }))).await;
        let id = desk.request("E1", "cloud", "400").await;
        let before = desk.footprint().await;
        let input = json!({ "id": id, "changes": ["PURPOSE", "PRICE", "PURPOSE"], "text": "why this one?", "idempotencyKey": "h-1" });
        for (person, code) in [("E1", "FORBIDDEN"), ("F1", "FORBIDDEN"), ("M2", "NOT_FOUND"), ("E2", "NOT_FOUND")] {
            assert_eq!(desk.act(person, "requestFundingChanges", input.clone()).await.code(), code, "{person}");
        }
        let silent = desk.act("M1", "requestFundingChanges", json!({ "id": id, "text": " " })).await;
        assert_eq!(silent.refused("requestFundingChanges"), ["INVALID_TEXT input.text"]);
        let stale = desk.act("M1", "requestFundingChanges", json!({ "id": id, "text": "x", "expectedVersion": 7 })).await;
        assert_eq!(stale.code(), "CONFLICT");
        assert_eq!(desk.footprint().await, before);

        for _ in 0..2 {
            let back = desk.act("M1", "requestFundingChanges", input.clone()).await;
            assert_eq!(back.data("/requestFundingChanges/fundingRequest/status"), json!("CHANGES_REQUESTED"));
            assert_eq!(back.data("/requestFundingChanges/fundingRequest/version"), json!(2));
            assert_eq!(back.data("/requestFundingChanges/fundingRequest/steps"), json!([{ "status": "DECIDED" }, { "status": "SKIPPED" }]));
        }
        let other = json!({ "id": id, "text": "another", "idempotencyKey": "h-1" });
        let reused = desk.act("M1", "requestFundingChanges", other).await;
        assert_eq!(reused.refused("requestFundingChanges"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert_eq!(desk.app.rows("decision").await, 1);
        assert_eq!(desk.layers(&budget).await[2], "0.00");
        for person in ["M1", "C1"] {
            let inbox = desk.caller(person).ask("{ viewer { approvals { totalCount } } }").await;
            assert_eq!(inbox.data("/viewer/approvals/totalCount"), json!(0), "{person}");
        }
        let told = desk.caller("E1").send(ROUNDS, json!({ "id": id })).await;
        assert_eq!(told.data("/fundingRequest/rounds/nodes/0/decisions"), json!([{
            "verdict": "REQUEST_CHANGES", "note": "why this one?", "changes": ["PRICE", "PURPOSE"], "decidedBy": { "externalId": "M1" },
        }]));
        desk.app.seal().await;
        let journal = desk.caller("A1").ask("{ journalEntries(last: 1) { nodes { kind payload capacity subjectId } } }").await;
        assert_eq!(journal.data("/journalEntries/nodes/0/kind"), json!("funding.changes_requested"));
        assert_eq!(journal.data("/journalEntries/nodes/0/subjectId"), json!(id));
        let payload: Value = serde_json::from_str(&journal.text("/journalEntries/nodes/0/payload")).expect("an object");
        assert_eq!(payload["changes"], json!(["PRICE", "PURPOSE"]));
        assert!(!payload.to_string().contains("why"), "{payload}");

        // F13: it is live. Nobody decides it, and it can be withdrawn.
        let before = desk.footprint().await;
        let again = desk.submit("E1", "cloud", "300", json!({})).await;
        assert_eq!(again.refused("submitFundingRequest"), ["ALREADY_REQUESTED input.course"]);
        assert_eq!(desk.approve("M1", &id).await.refused("approveFundingRequest"), ["NOT_PENDING input.id"]);
        let twice = desk.act("M1", "requestFundingChanges", json!({ "id": id, "text": "x" })).await;
        assert_eq!(twice.refused("requestFundingChanges"), ["NOT_PENDING input.id"]);
        assert_eq!(desk.footprint().await, before);
        let withdrawn = desk.act("E1", "withdrawFundingRequest", json!({ "id": id })).await;
        assert_eq!(withdrawn.data("/withdrawFundingRequest/fundingRequest/status"), json!("WITHDRAWN"));
        desk.holds().await;
    }

    async fn the_answer_is_a_new_round_under_the_rules_of_today(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let id = desk.handed_back("E1", "cloud", "400").await;
        desk.act("M1", "commentOnFundingRequest", json!({ "id": id, "text": "any discount?" })).await;
        // Meanwhile there is another policy, with two steps.
        desk.policy(rules(json!({ "steps": [
            { "who": { "relation": "MANAGER" } }, { "who": { "role": "FINANCE" } },
        ] }))).await;
        desk.app.clock.advance(chrono::TimeDelta::hours(1));
        let course = json!({ "outside": {
            "title": "Cloud, second edition", "providerName": "Example College", "url": "http://example.org/cloud/", "workloadMinutes": 300,
        } });
        let input = json!({ "course": course, "quote": eur("350"), "expectedVersion": 2, "idempotencyKey": "r-1" });
        let next = desk.resubmit("E1", &id, input.clone()).await;
        let round = next.data("/resubmitFundingRequest/fundingRequest");
        let next_id = next.text("/resubmitFundingRequest/fundingRequest/id");
        assert_ne!(next_id, id);
        let mut without_id = round.clone();
        merge(&mut without_id, json!({ "id": null }));
        assert_eq!(without_id, json!({
            "round": 2, "status": "SUBMITTED", "policyVersion": 2, "purpose": "To run our platform ourselves",
            "amount": { "amount": "350.00" },
            "offer": { "title": "Cloud, second edition", "url": "http://example.org/cloud", "workloadMinutes": 300, "price": { "amount": "350.00" } },
            "budget": null, "decisions": [],
            "steps": [{ "status": "WAITING", "assignee": { "externalId": "M1" } }, { "status": "PENDING", "assignee": { "externalId": "F1" } }],
        }));
        let before = desk.footprint().await;
        let replayed = desk.resubmit("E1", &id, input).await;
        assert_eq!(replayed.data("/resubmitFundingRequest/fundingRequest"), round);
        let reused = desk.resubmit("E1", &id, json!({ "purpose": "another", "idempotencyKey": "r-1" })).await;
        assert_eq!(reused.refused("resubmitFundingRequest"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        let twice = desk.resubmit("E1", &id, json!({})).await;
        assert_eq!(twice.refused("resubmitFundingRequest"), ["NOT_HANDED_BACK input.id"]);
        assert_eq!(
            reason(&twice, "resubmitFundingRequest"),
            "the request is SUPERSEDED; only one that is CHANGES_REQUESTED can be submitted again",
        );
        let late = desk.act("E1", "withdrawFundingRequest", json!({ "id": id })).await;
        assert_eq!(late.refused("withdrawFundingRequest"), ["NOT_PENDING input.id"]);
        assert_eq!(desk.footprint().await, before);

        let thread = desk.caller("M1").send(ROUNDS, json!({ "id": next_id })).await;
        assert_eq!(thread.data("/fundingRequest/rounds/nodes"), json!([
            {
                "round": 1, "status": "SUPERSEDED", "policyVersion": 1, "amount": { "amount": "400.00" },
                "endedAt": "2026-03-02T10:00:00Z", "steps": [{ "status": "DECIDED" }],
                "decisions": [{ "verdict": "REQUEST_CHANGES", "note": "ask for a discount", "changes": ["PRICE"], "decidedBy": { "externalId": "M1" } }],
                "comments": { "totalCount": 1 },
            },
            {
                "round": 2, "status": "SUBMITTED", "policyVersion": 2, "amount": { "amount": "350.00" }, "endedAt": null,
                "steps": [{ "status": "WAITING" }, { "status": "PENDING" }], "decisions": [], "comments": { "totalCount": 0 },
            },
        ]));
        desk.app.seal().await;
        let journal = desk.caller("A1").ask("{ journalEntries(last: 2) { nodes { kind payload subjectId } } }").await;
        assert_eq!(journal.data("/journalEntries/nodes/0/kind"), json!("funding.request_superseded"));
        assert!(journal.text("/journalEntries/nodes/0/payload").contains(&next_id));
        assert_eq!(journal.data("/journalEntries/nodes/1/kind"), json!("funding.request_submitted"));
        for person in ["M1", "F1"] {
            assert_eq!(desk.approve(person, &next_id).await.data("/approveFundingRequest/userErrors"), json!([]));
        }
        assert_eq!(desk.layers(&budget).await[2], "350.00");
        desk.holds().await;
    }

    async fn an_answer_is_refused_as_a_submission_would_be(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let id = desk.handed_back("E1", "cloud", "400").await;
        let waiting = desk.request("E1", "rust", "100").await;
        desk.policy(rules(json!({ "caps": { "perRequest": "450" } }))).await;
        let before = desk.footprint().await;
        let dear = desk.resubmit("E1", &id, json!({ "quote": eur("450.01"), "purpose": " " })).await;
        assert_eq!(dear.refused("resubmitFundingRequest"), ["INVALID_PURPOSE input.purpose", "REQUEST_CAP_EXCEEDED input.course"]);
        let elsewhere = json!({ "course": { "outside": { "title": "x", "providerName": "x", "url": "https://example.org/other" } } });
        let other = desk.resubmit("E1", &id, elsewhere).await;
        assert_eq!(other.refused("resubmitFundingRequest"), ["OTHER_COURSE input.course"]);
        assert_eq!(
            reason(&other, "resubmitFundingRequest"),
            "a new round asks for the same course; withdraw this request, and submit one for the other course",
        );
        let early = desk.resubmit("E1", &waiting, json!({})).await;
        assert_eq!(early.refused("resubmitFundingRequest"), ["NOT_HANDED_BACK input.id"]);
        assert_eq!(desk.resubmit("E1", &id, json!({ "expectedVersion": 1 })).await.code(), "CONFLICT");
        for (person, code) in [("M1", "FORBIDDEN"), ("H1", "FORBIDDEN"), ("E2", "NOT_FOUND"), ("X1", "NOT_FOUND")] {
            assert_eq!(desk.resubmit(person, &id, json!({})).await.code(), code, "{person}");
        }
        // The budget that was asked closes; without another one there is none.
        desk.act("F1", "closeBudgetToSpend", json!({ "id": budget })).await.data("/closeBudgetToSpend/budget/id");
        let nowhere = desk.resubmit("E1", &id, json!({})).await;
        assert_eq!(nowhere.refused("resubmitFundingRequest"), ["NO_BUDGET input.budgetId"]);
        let closed = desk.footprint().await;
        assert_eq!((closed[3..6].to_vec(), closed[7]), (before[3..6].to_vec(), before[7]));
        // With another one the nearest is asked.
        desk.budget("Spare", "1000", json!({})).await;
        let next = desk.resubmit("E1", &id, json!({ "purpose": "To be on call" })).await;
        assert_eq!(next.data("/resubmitFundingRequest/fundingRequest/amount"), json!({ "amount": "400.00" }));
        assert_eq!(next.data("/resubmitFundingRequest/fundingRequest/purpose"), json!("To be on call"));
        desk.holds().await;
    }

    async fn a_list_hands_back_too(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let (cloud, rust) = (desk.request("E1", "cloud", "400").await, desk.request("E2", "rust", "100").await);
        let back = |id: &str, text: &str| json!({ "id": id, "verdict": { "requestChanges": { "changes": ["BUDGET"], "text": text } } });
        let input = json!({ "decisions": [back(&cloud, "ask the program's"), back(&rust, "")], "idempotencyKey": "l-1" });
        for _ in 0..2 {
            let decided = desk.caller("M1").send(DECIDE, json!({ "input": input })).await;
            assert_eq!(decided.data("/decideFundingRequests/report/results/0/outcome"), json!("CHANGES_REQUESTED"));
            assert_eq!(decided.data("/decideFundingRequests/report/results/0/fundingRequest/status"), json!("CHANGES_REQUESTED"));
            assert_eq!(decided.data("/decideFundingRequests/report/results/1/userErrors/0"), json!({
                "code": "INVALID_TEXT", "field": ["input", "decisions", "1", "verdict", "requestChanges", "text"],
            }));
        }
        assert_eq!(desk.app.rows("decision").await, 1);
    }
}
