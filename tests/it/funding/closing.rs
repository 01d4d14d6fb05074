//! The end of a fiscal period: promises and money go on, stay or lapse.

use chrono::TimeDelta;
use serde_json::{Value, json};
use support::{Answer, both_databases};

use super::{CREATE, Desk, eur, merge, reason};

const CLOSE: &str = "mutation($input: CloseBudgetInput!) { closeBudget(input: $input) {
  closing { budget { name } successor { name } movedRequests movedWaitingRequests carriedPromises { amount } carriedMoney { amount }
    lapsed { amount } keptPromises { amount } closedBy { externalId } } userErrors { code field message } } }";

impl Desk {
    async fn close(&self, person: &str, input: Value) -> Answer {
        self.caller(person).send(CLOSE, json!({ "input": input })).await
    }

    /// A budget of some days, with money.
    pub(super) async fn of_days(
        &self,
        name: &str,
        (from, to): (&str, &str),
        allocation: &str,
        more: Value,
    ) -> String {
        let mut input = json!({ "period": { "startsOn": from, "endsOn": to } });
        merge(&mut input, more);
        self.budget(name, allocation, input).await
    }

    async fn commit(&self, id: &str) {
        self.act("F1", "commitFundingRequest", json!({ "id": id, "orderNumber": "PO-1" }))
            .await
            .data("/commitFundingRequest/fundingRequest");
    }
}

pub(super) const FIRST: (&str, &str) = ("2026-01-01", "2026-03-31");
pub(super) const SECOND: (&str, &str) = ("2026-04-01", "2026-12-31");

/// What the second half takes over.
fn over(id: &str, successor: &str) -> Value {
    json!({ "id": id, "promises": "CARRY_OVER", "money": "CARRY_OVER", "successorId": successor })
}

both_databases! {
    async fn promises_move_to_the_successor_with_their_money(desk: Desk) {
        let old = desk.of_days("First", FIRST, "1000", json!({})).await;
        let [reserved, committed, settled] = [desk.approved("E1", "a", "200").await, desk.approved("E1", "b", "300").await, desk.approved("E2", "c", "100").await];
        let waiting = desk.request("E2", "d", "50").await;
        for id in [&committed, &settled] {
            desk.commit(id).await;
        }
        desk.act("F1", "settleFundingRequest", json!({ "id": settled, "price": eur("100") })).await.data("/settleFundingRequest/fundingRequest");
        desk.app.clock.advance(TimeDelta::days(31));
        let new = desk.of_days("Second", SECOND, "10", json!({})).await;
        let mut input = over(&old, &new);
        merge(&mut input, json!({ "note": "second half", "dryRun": true }));

        // A dry run tells the same and writes nothing.
        let done = json!({
            "budget": { "name": "First" }, "successor": { "name": "Second" }, "movedRequests": 2, "movedWaitingRequests": 1,
            "carriedPromises": { "amount": "500.00" }, "carriedMoney": { "amount": "900.00" }, "lapsed": { "amount": "0.00" },
            "keptPromises": { "amount": "0.00" }, "closedBy": { "externalId": "F1" },
        });
        let before = desk.footprint().await;
        assert_eq!(desk.close("F1", input.clone()).await.data("/closeBudget/closing"), done);
        assert_eq!(desk.footprint().await, before);
        assert_eq!(desk.layers(&old).await, ["1000.00", "0.00", "200.00", "300.00", "100.00", "400.00"]);

        merge(&mut input, json!({ "dryRun": false, "idempotencyKey": "k" }));
        assert_eq!(desk.close("F1", input.clone()).await.data("/closeBudget/closing"), done);
        assert_eq!(desk.layers(&old).await, ["100.00", "0.00", "0.00", "0.00", "100.00", "0.00"]);
        assert_eq!(desk.layers(&new).await, ["910.00", "0.00", "200.00", "300.00", "0.00", "410.00"]);
        desk.holds().await;
        let after = desk.footprint().await;
        assert_eq!(desk.close("F1", input.clone()).await.data("/closeBudget/closing"), done);
        input["note"] = json!("another");
        assert_eq!(desk.close("F1", input.clone()).await.refused("closeBudget"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        let again = desk.close("F1", over(&old, &new)).await;
        assert_eq!(again.refused("closeBudget"), ["ALREADY_CLOSED input.id"]);
        assert_eq!(reason(&again, "closeBudget"), "the budget was closed on 2026-04-02 already; what came back since is handed on with transferBudget");
        assert_eq!(desk.footprint().await, after);

        // What moved goes on there, to its end.
        desk.approve("M1", &waiting).await.data("/approveFundingRequest/fundingRequest");
        desk.commit(&reserved).await;
        desk.act("F1", "settleFundingRequest", json!({ "id": committed, "price": eur("250") })).await.data("/settleFundingRequest/fundingRequest");
        desk.act("F1", "refundFundingRequest", json!({ "id": settled, "amount": eur("20"), "reason": "PRICE_CORRECTED" })).await.data("/refundFundingRequest/fundingRequest");
        assert_eq!(desk.layers(&new).await, ["910.00", "0.00", "50.00", "200.00", "250.00", "410.00"]);
        assert_eq!(desk.layers(&old).await, ["100.00", "0.00", "0.00", "0.00", "80.00", "20.00"]);
        desk.holds().await;
        let trail = "query($old: ID!, $new: ID!, $request: [ID!]!) {
          old: budget(id: $old) { status closing { lapsed { amount } closedAt } ledger(direction: ASC, filter: { request: { in: $request } }) { nodes { kind reason note } } }
          new: budget(id: $new) { closing { closedAt } ledger(direction: ASC, filter: { request: { in: $request } }) { nodes { kind reason document } } } }";
        let trail = desk.caller("F1").send(trail, json!({ "old": old, "new": new, "request": [committed] })).await;
        assert_eq!(trail.data("/old"), json!({
            "status": "CLOSED_TO_SPEND", "closing": { "lapsed": { "amount": "0.00" }, "closedAt": "2026-04-02T09:00:00Z" },
            "ledger": { "nodes": [
                { "kind": "RESERVE", "reason": null, "note": null }, { "kind": "COMMIT", "reason": null, "note": null },
                { "kind": "RELEASE", "reason": "CARRY_OVER", "note": "second half" },
            ] },
        }));
        assert_eq!(trail.data("/new"), json!({ "closing": null, "ledger": { "nodes": [
            { "kind": "RESERVE", "reason": "CARRY_OVER", "document": null }, { "kind": "COMMIT", "reason": "CARRY_OVER", "document": "PO-1" },
            { "kind": "SPEND", "reason": null, "document": null },
        ] } }));
    }

    async fn money_lapses_up_the_tree_and_promises_may_stay(desk: Desk) {
        let root = desk.of_days("Root", FIRST, "1000", json!({})).await;
        let engineering = desk.department("ENG").await;
        let child = desk.of_days("Child", FIRST, "400", json!({ "parentId": root, "ownedBy": { "departmentId": engineering } })).await;
        let staying = desk.approved("E1", "a", "150").await;
        desk.app.clock.advance(TimeDelta::days(31));

        let lapse = |id: &str| json!({ "id": id, "promises": "STAY", "money": "LAPSE" });
        let before = desk.footprint().await;
        let early = desk.close("F1", lapse(&root)).await;
        assert_eq!(early.refused("closeBudget"), ["CHILDREN_OPEN input.id"]);
        assert_eq!(reason(&early, "closeBudget"), "budgets below it are open or have money available; close them first: Child");
        assert_eq!(desk.footprint().await, before);

        let closed = desk.close("H1", lapse(&child)).await;
        assert_eq!(closed.data("/closeBudget/closing"), json!({
            "budget": { "name": "Child" }, "successor": null, "movedRequests": 0, "movedWaitingRequests": 0,
            "carriedPromises": { "amount": "0.00" }, "carriedMoney": { "amount": "0.00" }, "lapsed": { "amount": "250.00" },
            "keptPromises": { "amount": "150.00" }, "closedBy": { "externalId": "H1" },
        }));
        assert_eq!(desk.layers(&child).await, ["150.00", "0.00", "150.00", "0.00", "0.00", "0.00"]);
        assert_eq!(desk.layers(&root).await, ["1000.00", "150.00", "0.00", "0.00", "0.00", "850.00"]);
        assert_eq!(desk.close("F1", lapse(&root)).await.data("/closeBudget/closing/lapsed"), json!({ "amount": "850.00" }));
        assert_eq!(desk.layers(&root).await, ["150.00", "150.00", "0.00", "0.00", "0.00", "0.00"]);
        desk.commit(&staying).await;
        desk.act("F1", "settleFundingRequest", json!({ "id": staying, "price": eur("140") })).await.data("/settleFundingRequest/fundingRequest");
        assert_eq!(desk.layers(&child).await, ["150.00", "0.00", "0.00", "0.00", "140.00", "10.00"]);
        desk.holds().await;
    }

    async fn a_whole_tree_goes_on_branch_by_branch(desk: Desk) {
        let engineering = json!({ "ownedBy": { "departmentId": desk.department("ENG").await } });
        let below = |parent: &str| { let mut more = engineering.clone(); more["parentId"] = json!(parent); more };
        let old_root = desk.of_days("Old root", FIRST, "1000", json!({})).await;
        let old = desk.of_days("Old", FIRST, "400", below(&old_root)).await;
        let promised = desk.approved("E1", "a", "150").await;
        desk.app.clock.advance(TimeDelta::days(31));
        let new_root = desk.of_days("New root", SECOND, "0", json!({})).await;
        let new = desk.of_days("New", SECOND, "0", below(&new_root)).await;
        let mut child = over(&old, &new);
        child["money"] = json!("LAPSE");
        let closed = desk.close("F1", child).await;
        assert_eq!(closed.data("/closeBudget/closing/carriedMoney"), json!({ "amount": "150.00" }));
        assert_eq!(closed.data("/closeBudget/closing/lapsed"), json!({ "amount": "250.00" }));
        // The promise's money went through both roots; what lapsed lies in the old one again.
        assert_eq!(desk.layers(&old).await, ["0.00"; 6]);
        assert_eq!(desk.layers(&old_root).await, ["850.00", "0.00", "0.00", "0.00", "0.00", "850.00"]);
        assert_eq!(desk.layers(&new).await, ["150.00", "0.00", "150.00", "0.00", "0.00", "0.00"]);
        assert_eq!(desk.layers(&new_root).await, ["150.00", "150.00", "0.00", "0.00", "0.00", "0.00"]);
        desk.close("F1", over(&old_root, &new_root)).await.data("/closeBudget/closing/budget");
        assert_eq!(desk.layers(&new_root).await, ["1000.00", "150.00", "0.00", "0.00", "0.00", "850.00"]);
        desk.commit(&promised).await;
        desk.holds().await;
    }

    async fn every_refusal_to_close_writes_nothing(desk: Desk) {
        let old = desk.of_days("First", FIRST, "100", json!({})).await;
        let waiting = desk.request("E1", "a", "10").await;
        let current = desk.of_days("Current", ("2026-01-01", "2026-12-31"), "0", json!({ "ownedBy": { "departmentId": desk.department("OPS").await } })).await;
        desk.app.clock.advance(TimeDelta::days(31));
        let ended = desk.of_days("Ended", FIRST, "0", json!({ "ownedBy": { "departmentId": desk.department("HR").await } })).await;
        let dollars = desk.of_days("Dollars", SECOND, "0", json!({ "currency": "USD", "ownedBy": { "departmentId": desk.department("HR").await } })).await;
        let draft = desk.caller("F1").send(CREATE, json!({ "input": desk.budget_input("Draft", json!({})).await })).await.text("/createBudget/budget/id");
        let new = desk.of_days("Second", SECOND, "0", json!({})).await;
        let before = desk.footprint().await;
        let with = |more: Value| { let mut input = over(&old, &new); merge(&mut input, more); input };
        for (input, refusal) in [
            (over(&current, &new), "NOT_OVER input.id"),
            (over(&draft, &new), "BUDGET_STATUS input.id"),
            (with(json!({ "promises": "STAY" })), "REQUESTS_WAITING input.promises"),
            (with(json!({ "successorId": null })), "SUCCESSOR_NEEDED input.successorId"),
            (json!({ "id": ended, "promises": "STAY", "money": "LAPSE", "successorId": new }), "SUCCESSOR_UNUSED input.successorId"),
            (with(json!({ "successorId": "budget_00000000000000000000000001" })), "UNKNOWN_SUCCESSOR input.successorId"),
            (over(&old, &old), "SAME_BUDGET input.successorId"),
            (over(&old, &dollars), "CURRENCY_MISMATCH input.successorId"),
            (over(&old, &ended), "SUCCESSOR_OVER input.successorId"),
            (over(&old, &draft), "SUCCESSOR_NOT_OPEN input.successorId"),
            (with(json!({ "note": " " })), "INVALID_NOTE input.note"),
        ] {
            let refused = desk.close("F1", input.clone()).await;
            assert_eq!(refused.refused("closeBudget"), [refusal], "{input}");
        }
        assert_eq!(desk.close("F1", with(json!({ "expectedVersion": 9 }))).await.code(), "CONFLICT");
        assert_eq!(desk.close("F1", over("budget_00000000000000000000000001", &new)).await.code(), "NOT_FOUND");
        for person in ["E1", "M1", "C1", "H2", "A1", "X1"] {
            assert_eq!(desk.close(person, over(&old, &new)).await.code(), "FORBIDDEN", "{person}");
        }
        assert_eq!(desk.footprint().await, before);
        desk.close("F1", over(&old, &new)).await.data("/closeBudget/closing/budget");
        desk.approve("M1", &waiting).await.data("/approveFundingRequest/fundingRequest");
        desk.holds().await;
    }

    async fn a_closing_beside_other_work_loses_nothing(desk: Desk) {
        let old = desk.of_days("First", FIRST, "1000", json!({})).await;
        let mut ids = Vec::new();
        for number in 0..8 {
            ids.push(desk.approved("E1", &format!("course-{number}"), "100").await);
        }
        desk.app.clock.advance(TimeDelta::days(31));
        let new = desk.of_days("Second", SECOND, "0", json!({})).await;
        let document = "mutation($id: ID!) { commitFundingRequest(input: { id: $id }) { fundingRequest { status } userErrors { code } } }";
        let work = ids.into_iter().map(|id| {
            let finn = desk.caller("F1");
            tokio::spawn(async move { finn.send(document, json!({ "id": id })).await })
        });
        let work: Vec<_> = work.collect();
        let closed = desk.close("F1", over(&old, &new)).await;
        assert_eq!(closed.data("/closeBudget/closing/movedRequests"), json!(8));
        for answer in work {
            let answer = answer.await.expect("no panic");
            assert_eq!(answer.data("/commitFundingRequest/fundingRequest/status"), json!("COMMITTED"));
        }
        assert_eq!(desk.layers(&old).await, ["0.00"; 6]);
        assert_eq!(desk.layers(&new).await, ["1000.00", "0.00", "0.00", "800.00", "0.00", "200.00"]);
        desk.holds().await;
    }
}
