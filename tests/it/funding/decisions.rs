//! Deciding: F1, F4, F12, F17.

use serde_json::json;
use support::both_databases;
use upskill_domain::funding::ApproveFundingRequest;
use upskill_domain::kernel::{Failure, Fault, FundingRequestId, TypedId};

use super::{APPROVE, Desk, eur, outside, reason};

const INBOX: &str = "{ viewer { approvals { totalCount nodes {
  step { position capacity status } requesterLoad { liveRequests amounts { amount currency } }
  requesterHistory(first: 2) { offer { title } status }
  request { offer { title } amount { amount } employee { name department { code } manager { externalId } }
    budget { name balance { available { amount } } } } } } } }";

both_databases! {
    async fn f4_approving_reserves_and_records_what_was_seen(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let id = desk.request("E1", "cloud", "400").await;
        let input = json!({ "id": id, "note": "good choice", "expectedVersion": 1, "idempotencyKey": "d-1" });
        let approved = desk.caller("M1").send(APPROVE, json!({ "input": input })).await;
        assert_eq!(approved.data("/approveFundingRequest/fundingRequest"), json!({ "status": "APPROVED", "version": 2 }));
        let reservation = json!({ "balance": { "reserved": { "amount": "400.00" }, "available": { "amount": "600.00" } } });
        assert_eq!(approved.data("/approveFundingRequest/reservation"), reservation);
        let before = desk.footprint().await;
        let replayed = desk.caller("M1").send(APPROVE, json!({ "input": input })).await;
        assert_eq!(replayed.data("/approveFundingRequest/fundingRequest/status"), json!("APPROVED"));
        assert_eq!(replayed.data("/approveFundingRequest/reservation"), reservation);
        let reused = desk.caller("M1").send(APPROVE, json!({ "input": { "id": id, "idempotencyKey": "d-1" } })).await;
        assert_eq!(reused.refused("approveFundingRequest"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert_eq!(desk.footprint().await, before);

        let decision = "query($id: ID!) { fundingRequest(id: $id) { decidedAt decisions {
          verdict reason note capacity policyVersion decidedAt decidedBy { externalId } step { position } request { status }
          grounds { price { amount } amount { amount } budgetId budgetName available { amount } findings { code } } } } }";
        let max = desk.caller("M1").send(decision, json!({ "id": id })).await;
        assert_eq!(max.data("/fundingRequest"), json!({ "decidedAt": "2026-03-02T09:00:00Z", "decisions": [{
            "verdict": "APPROVE", "reason": null, "note": "good choice", "capacity": "MANAGER", "policyVersion": 1,
            "decidedAt": "2026-03-02T09:00:00Z", "decidedBy": { "externalId": "M1" }, "step": { "position": 1 },
            "request": { "status": "APPROVED" },
            "grounds": {
                "price": { "amount": "400.00" }, "amount": { "amount": "400.00" }, "budgetId": budget, "budgetName": "Learning",
                "available": { "amount": "1000.00" }, "findings": [],
            },
        }] }));
        let eva = desk.caller("E1").send(decision, json!({ "id": id })).await;
        assert_eq!(eva.data("/fundingRequest/decisions/0/note"), json!("good choice"));
        assert_eq!(eva.data("/fundingRequest/decisions/0/grounds"), json!(null));

        desk.app.seal().await;
        let journal = desk.caller("A1").ask("{ journalEntries(last: 1) { nodes { kind capacity actor { externalId } subjectId } } }").await;
        assert_eq!(journal.data("/journalEntries/nodes/0"), json!({
            "kind": "funding.request_approved", "capacity": "MANAGER", "actor": { "externalId": "M1" }, "subjectId": id,
        }));
        // A retry gets the same answer, also when the budget has moved on.
        desk.approved("E2", "other", "50").await;
        let replayed = desk.caller("M1").send(APPROVE, json!({ "input": input })).await;
        assert_eq!(replayed.data("/approveFundingRequest/reservation"), reservation);
        desk.holds().await;
    }

    async fn trap_1_a_retry_on_an_exhausted_budget_gets_its_first_answer(desk: Desk) {
        desk.budget("Learning", "100", json!({})).await;
        let id = desk.request("E1", "cloud", "100").await;
        let input = json!({ "input": { "id": id, "idempotencyKey": "d-1" } });
        for _ in 0..3 {
            let answer = desk.caller("M1").send(APPROVE, input.clone()).await;
            assert_eq!(answer.data("/approveFundingRequest/userErrors"), json!([]));
        }
        assert_eq!(desk.app.rows("decision").await, 1);
    }

    async fn f1_hard_refuses_and_warn_lets_through_and_says_so(desk: Desk) {
        let hard = desk.budget("Hard", "100", json!({})).await;
        let id = desk.request("E1", "cloud", "100.01").await;
        let before = desk.footprint().await;
        let refused = desk.approve("M1", &id).await;
        assert_eq!(refused.refused("approveFundingRequest"), ["INSUFFICIENT_FUNDS input.id"]);
        assert_eq!(reason(&refused, "approveFundingRequest"), "the budget 'Hard' has 100.00 EUR available, but 100.01 EUR is needed");
        assert_eq!(desk.footprint().await, before);
        desk.act("F1", "closeBudgetToSpend", json!({ "id": hard })).await.data("/closeBudgetToSpend/budget");
        let closed = desk.approve("M1", &id).await;
        assert_eq!(closed.refused("approveFundingRequest"), ["BUDGET_STATUS input.id"]);

        let warn = desk.budget("Warn", "100", json!({ "limitMode": "WARN" })).await;
        let id = desk.approved("E2", "rust", "150").await;
        assert_eq!(desk.layers(&warn).await, ["100.00", "0.00", "150.00", "0.00", "0.00", "-50.00"]);
        let seen = desk.caller("M1").send(
            "query($id: ID!) { fundingRequest(id: $id) { decisions { grounds { findings { code message actual { amount } limit { amount } } } } } }",
            json!({ "id": id }),
        ).await;
        assert_eq!(seen.data("/fundingRequest/decisions/0/grounds/findings"), json!([{
            "code": "BUDGET_EXCEEDED", "message": "the budget has 100.00 EUR available, but 150.00 EUR is needed",
            "actual": { "amount": "150.00" }, "limit": { "amount": "100.00" },
        }]));
        desk.holds().await;
    }

    async fn nothing_is_promised_after_a_budgets_last_day(desk: Desk) {
        let budget = desk.budget("Spring", "100", json!({ "period": { "startsOn": "2026-01-01", "endsOn": "2026-03-31" } })).await;
        let (early, late) = (desk.request("E1", "early", "10").await, desk.request("E1", "late", "10").await);
        desk.app.clock.advance(chrono::TimeDelta::days(29));
        desk.approve("M1", &early).await.data("/approveFundingRequest/fundingRequest/status");
        desk.app.clock.advance(chrono::TimeDelta::days(1));
        let before = desk.footprint().await;
        let over = desk.approve("M1", &late).await;
        assert_eq!(over.refused("approveFundingRequest"), ["PERIOD_OVER input.id"]);
        assert_eq!(
            reason(&over, "approveFundingRequest"),
            "the last day of the budget 'Spring' was 2026-03-31, so nothing more is promised on it; the employee can withdraw the request and ask a budget of these days",
        );
        assert_eq!(desk.footprint().await, before);
        // What was promised runs to its end.
        desk.act("F1", "commitFundingRequest", json!({ "id": early })).await.data("/commitFundingRequest/fundingRequest/id");
        desk.act("F1", "settleFundingRequest", json!({ "id": early, "price": eur("10") })).await.data("/settleFundingRequest/fundingRequest/id");
        assert_eq!(desk.layers(&budget).await[4], "10.00");
        desk.holds().await;
    }

    async fn only_whom_it_waits_for_decides(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let id = desk.request("E1", "cloud", "10").await;
        let why = json!({ "id": id, "reason": "OTHER", "text": "no" });
        let before = desk.footprint().await;
        // They see it, by the line, a role, the budget or because it is theirs.
        for person in ["E1", "C1", "H1", "H2", "F1"] {
            assert_eq!(desk.approve(person, &id).await.code(), "FORBIDDEN", "{person}");
            assert_eq!(desk.act(person, "rejectFundingRequest", why.clone()).await.code(), "FORBIDDEN", "{person}");
        }
        // They do not.
        for person in ["E2", "M2", "A1", "W1", "X1"] {
            assert_eq!(desk.approve(person, &id).await.code(), "NOT_FOUND", "{person}");
            assert_eq!(desk.act(person, "rejectFundingRequest", why.clone()).await.code(), "NOT_FOUND", "{person}");
        }
        assert_eq!(desk.approve("M1", "funding_request_00000000000000000000000001").await.code(), "NOT_FOUND");
        let stale = desk.caller("M1").send(APPROVE, json!({ "input": { "id": id, "expectedVersion": 7 } })).await;
        assert_eq!(stale.code(), "CONFLICT");
        let silent = desk.act("M1", "rejectFundingRequest", json!({ "id": id, "reason": "OTHER", "text": " " })).await;
        assert_eq!(silent.refused("rejectFundingRequest"), ["INVALID_TEXT input.text"]);
        let noisy = desk.caller("M1").send(APPROVE, json!({ "input": { "id": id, "note": "\u{0}" } })).await;
        assert_eq!(noisy.refused("approveFundingRequest"), ["INVALID_NOTE input.note"]);

        // F12: the installation does not decide either.
        let request = FundingRequestId::parse(&id).expect("an id");
        let command = ApproveFundingRequest { key: None, id: request, conditions: None, note: None, expected_version: None };
        let system = desk.app.app.funding().approve_request(&desk.northwind.system, command).await;
        assert!(matches!(system, Err(Failure::Fault(Fault::Forbidden(_)))), "{system:?}");
        assert_eq!(desk.footprint().await, before);

        let rejected = desk.act("M1", "rejectFundingRequest", why.clone()).await;
        assert_eq!(rejected.data("/rejectFundingRequest/fundingRequest/status"), json!("REJECTED"));
        assert_eq!(rejected.data("/rejectFundingRequest/fundingRequest/decisions"), json!([{
            "verdict": "REJECT", "reason": "OTHER", "note": "no", "decidedBy": { "externalId": "M1" }, "capacity": "MANAGER", "policyVersion": 1,
        }]));
        let before = desk.footprint().await;
        assert_eq!(desk.act("M1", "rejectFundingRequest", why).await.refused("rejectFundingRequest"), ["NOT_PENDING input.id"]);
        assert_eq!(desk.approve("M1", &id).await.refused("approveFundingRequest"), ["NOT_PENDING input.id"]);
        assert_eq!(desk.footprint().await, before);
        desk.holds().await;
    }

    async fn rejecting_twice_with_a_key_is_one_rejection(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let id = desk.request("E1", "cloud", "10").await;
        let input = json!({ "id": id, "reason": "TOO_EXPENSIVE", "text": "see the other offer", "idempotencyKey": "r-1" });
        for _ in 0..2 {
            let answer = desk.act("M1", "rejectFundingRequest", input.clone()).await;
            assert_eq!(answer.data("/rejectFundingRequest/fundingRequest/status"), json!("REJECTED"));
        }
        let other = json!({ "id": id, "reason": "OTHER", "text": "x", "idempotencyKey": "r-1" });
        let reused = desk.act("M1", "rejectFundingRequest", other).await;
        assert_eq!(reused.refused("rejectFundingRequest"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert_eq!(desk.app.rows("decision").await, 1);
    }

    async fn f17_the_inbox_has_what_a_decision_needs(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        desk.approved("E1", "first", "100").await;
        for (course, price) in [("second", "200"), ("third", "300")] {
            desk.app.clock.advance(chrono::TimeDelta::minutes(1));
            desk.request("E1", course, price).await;
        }
        desk.request("E3", "elsewhere", "10").await;
        let inbox = desk.caller("M1").ask(INBOX).await;
        assert_eq!(inbox.data("/viewer/approvals/totalCount"), json!(2));
        assert_eq!(inbox.data("/viewer/approvals/nodes/0"), json!({
            "step": { "position": 1, "capacity": "MANAGER", "status": "WAITING" },
            "requesterLoad": { "liveRequests": 3, "amounts": [{ "amount": "600.00", "currency": "EUR" }] },
            "requesterHistory": [{ "offer": { "title": "third" }, "status": "SUBMITTED" }, { "offer": { "title": "second" }, "status": "SUBMITTED" }],
            "request": {
                "offer": { "title": "second" }, "amount": { "amount": "200.00" },
                "employee": { "name": "Eva Engineer", "department": { "code": "ENG" }, "manager": { "externalId": "M1" } },
                "budget": { "name": "Learning", "balance": { "available": { "amount": "900.00" } } },
            },
        }));
        assert_eq!(inbox.data("/viewer/approvals/nodes/1/request/offer/title"), json!("third"));
        let empty = async |person: &str| desk.caller(person).ask(INBOX).await.data("/viewer/approvals/nodes");
        for person in ["E1", "C1", "H1", "F1"] {
            assert_eq!(empty(person).await, json!([]), "{person}");
        }
        let paged = "query($after: String) { viewer { approvals(first: 1, after: $after) { nodes { request { id } } pageInfo { hasNextPage endCursor } } } }";
        let first = desk.caller("M1").send(paged, json!({})).await;
        let after = first.text("/viewer/approvals/pageInfo/endCursor");
        let second = desk.caller("M1").send(paged, json!({ "after": after })).await;
        let id = second.text("/viewer/approvals/nodes/0/request/id");
        assert_eq!(second.data("/viewer/approvals/pageInfo/hasNextPage"), json!(false));
        desk.approve("M1", &id).await.data("/approveFundingRequest/fundingRequest");
        assert_eq!(desk.caller("M1").ask(INBOX).await.data("/viewer/approvals/totalCount"), json!(1));
        let many = desk.caller("M1").ask("{ viewer { approvals { nodes { requesterHistory(first: 21) { id } } } } }").await;
        assert_eq!(many.code(), "BAD_USER_INPUT");
    }

    async fn the_inbox_adds_up_whatever_is_asked_for(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let most = "10000000000.00";
        let above = desk.submit("E1", "too-dear", "10000000000.01", json!({})).await;
        assert_eq!(above.refused("submitFundingRequest"), ["QUOTE_TOO_HIGH input.quote"]);
        assert_eq!(
            reason(&above, "submitFundingRequest"),
            "the quote is 10000000000.01 EUR; no course costs more than 10000000000.00 EUR, so some digits may be too many",
        );
        // Together they are more than one amount may be.
        for course in 0..11 {
            desk.request("E1", &format!("course-{course}"), most).await;
        }
        let load = desk.caller("M1").ask("{ viewer { approvals(first: 1) { nodes { requesterLoad { liveRequests amounts { amount } } } } } }").await;
        assert_eq!(load.data("/viewer/approvals/nodes/0/requesterLoad"), json!({
            "liveRequests": 11, "amounts": [{ "amount": "110000000000.00" }],
        }));
    }

    async fn a_key_is_claimed_before_anything_else_is_looked_at(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let id = desk.approved("E1", "cloud", "10").await;
        let waiting = desk.request("E1", "rust", "10").await;
        let why = json!({ "id": waiting, "reason": "OTHER", "text": "no", "idempotencyKey": "m" });
        desk.act("M1", "rejectFundingRequest", why).await.data("/rejectFundingRequest/fundingRequest/id");
        desk.act("F1", "commitFundingRequest", json!({ "id": id, "idempotencyKey": "f" })).await.data("/commitFundingRequest/fundingRequest/id");
        let before = desk.footprint().await;
        // Each of them would be refused for its text as well.
        let reused = [
            ("M1", "approveFundingRequest", json!({ "id": waiting, "note": " ", "idempotencyKey": "m" })),
            ("M1", "rejectFundingRequest", json!({ "id": waiting, "reason": "OTHER", "text": " ", "idempotencyKey": "m" })),
            ("M1", "submitFundingRequest", outside("x", "1", json!({ "purpose": " ", "idempotencyKey": "m" }))),
            ("F1", "commitFundingRequest", json!({ "id": id, "orderNumber": " ", "idempotencyKey": "f" })),
            ("F1", "settleFundingRequest", json!({ "id": id, "price": eur("1"), "invoiceNumber": " ", "idempotencyKey": "f" })),
            ("F1", "cancelFundingRequest", json!({ "id": id, "reason": "CORRECTION", "note": " ", "idempotencyKey": "f" })),
            ("F1", "refundFundingRequest", json!({ "id": id, "amount": eur("1"), "reason": "CORRECTION", "note": " ", "idempotencyKey": "f" })),
            ("F1", "allocateBudget", json!({ "id": "budget_00000000000000000000000001", "amount": eur("1"), "note": " ", "idempotencyKey": "f" })),
            ("F1", "adjustBudget", json!({ "id": "budget_00000000000000000000000001", "amount": eur("1"), "reason": "CORRECTION", "note": " ", "idempotencyKey": "f" })),
            ("F1", "transferBudget", json!({ "fromId": "budget_00000000000000000000000001", "toId": "budget_00000000000000000000000001", "amount": eur("1"), "note": " ", "idempotencyKey": "f" })),
            ("F1", "createBudget", desk.budget_input(" ", json!({ "idempotencyKey": "f" })).await),
        ];
        for (person, mutation, input) in reused {
            let answer = desk.act(person, mutation, input).await;
            assert_eq!(answer.refused(mutation), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"], "{mutation}");
        }
        assert_eq!(desk.footprint().await, before);
    }

    async fn c3_a_price_of_zero_is_a_price(desk: Desk) {
        let budget = desk.budget("Learning", "0", json!({})).await;
        desk.approved("E1", "free", "0").await;
        assert_eq!(desk.layers(&budget).await, ["0.00"; 6]);
        desk.holds().await;
    }
}
