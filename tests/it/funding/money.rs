//! Money in and between budgets: F2, F3, F6.

use serde_json::{Value, json};
use support::both_databases;

use super::{Desk, eur, reason};

const STATEMENT: &str = "query($id: ID!) { budget(id: $id) { ledger(direction: ASC) { nodes {
  kind change { allocated { amount } distributed { amount } } reason note transferId id } } } }";

/// A budget's statement as `KIND allocated distributed`.
async fn statement(desk: &Desk, id: &str) -> Vec<String> {
    let answer = desk.caller("F1").send(STATEMENT, json!({ "id": id })).await;
    let nodes = answer.data("/budget/ledger/nodes");
    let line = |entry: &Value| {
        let of = |layer: &str| entry["change"][layer]["amount"].as_str().unwrap_or_default().to_owned();
        format!("{} {} {}", entry["kind"].as_str().unwrap_or_default(), of("allocated"), of("distributed"))
    };
    nodes.as_array().expect("entries").iter().map(line).collect()
}

both_databases! {
    async fn f2_a_child_takes_from_its_parent(desk: Desk) {
        let root = desk.budget("Root", "1000", json!({})).await;
        desk.budget("One", "600", json!({ "parentId": root })).await;
        let two = desk.budget("Two", "0", json!({ "parentId": root })).await;
        assert_eq!(desk.layers(&root).await, ["1000.00", "600.00", "0.00", "0.00", "0.00", "400.00"]);

        let before = desk.footprint().await;
        let much = desk.act("F1", "allocateBudget", json!({ "id": two, "amount": eur("400.01") })).await;
        assert_eq!(much.refused("allocateBudget"), ["INSUFFICIENT_FUNDS input.amount"]);
        assert_eq!(reason(&much, "allocateBudget"), "the budget 'Root' has 400.00 EUR available, but 400.01 EUR is needed");
        assert_eq!(desk.footprint().await, before);

        let input = json!({ "id": two, "amount": eur("400"), "note": "second half", "idempotencyKey": "a-1" });
        let allocated = desk.act("F1", "allocateBudget", input.clone()).await;
        assert_eq!(allocated.data("/allocateBudget/budget/id"), json!(two));
        assert_eq!(desk.layers(&root).await, ["1000.00", "1000.00", "0.00", "0.00", "0.00", "0.00"]);
        assert_eq!(statement(&desk, &root).await, ["ALLOCATE 1000.00 0.00", "DISTRIBUTE 0.00 600.00", "DISTRIBUTE 0.00 400.00"]);
        assert_eq!(statement(&desk, &two).await, ["ALLOCATE 400.00 0.00"]);

        // Trap 1: the root is empty by now, and the retry still gets its first answer. Trap 2: another amount does not.
        let before = desk.footprint().await;
        let replayed = desk.act("F1", "allocateBudget", input).await;
        assert_eq!(replayed.data("/allocateBudget/budget/id"), json!(two));
        let reused = desk.act("F1", "allocateBudget", json!({ "id": two, "amount": eur("1"), "idempotencyKey": "a-1" })).await;
        assert_eq!(reused.refused("allocateBudget"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert_eq!(desk.footprint().await, before);

        let children = desk.caller("F1").send("query($id: ID!) { budget(id: $id) { children { nodes { name parent { name } } } } }", json!({ "id": root })).await;
        assert_eq!(children.data("/budget/children/nodes"), json!([
            { "name": "One", "parent": { "name": "Root" } }, { "name": "Two", "parent": { "name": "Root" } },
        ]));
        desk.holds().await;
    }

    async fn money_passes_through_the_tree(desk: Desk) {
        let root = desk.budget("Root", "1000", json!({})).await;
        let left = desk.budget("Left", "500", json!({ "parentId": root })).await;
        let leaf = desk.budget("Leaf", "200", json!({ "parentId": left })).await;
        let right = desk.budget("Right", "100", json!({ "parentId": root })).await;
        let input = json!({ "fromId": leaf, "toId": right, "amount": eur("150"), "note": "moved", "idempotencyKey": "t-1" });
        let moved = desk.act("F1", "transferBudget", input.clone()).await;
        assert_eq!((moved.data("/transferBudget/from/name"), moved.data("/transferBudget/to/name")), (json!("Leaf"), json!("Right")));
        assert_eq!(desk.layers(&leaf).await, ["50.00", "0.00", "0.00", "0.00", "0.00", "50.00"]);
        assert_eq!(desk.layers(&left).await, ["350.00", "50.00", "0.00", "0.00", "0.00", "300.00"]);
        assert_eq!(desk.layers(&right).await, ["250.00", "0.00", "0.00", "0.00", "0.00", "250.00"]);
        assert_eq!(desk.layers(&root).await, ["1000.00", "600.00", "0.00", "0.00", "0.00", "400.00"]);
        assert_eq!(statement(&desk, &left).await[2..], ["TRANSFER_OUT -150.00 -150.00"]);
        let before = desk.footprint().await;
        desk.act("F1", "transferBudget", input).await.data("/transferBudget/to");
        assert_eq!(desk.footprint().await, before);

        // The two ends share the id of the movement.
        let last = async |id: &str| {
            let answer = desk.caller("F1").send("query($id: ID!) { budget(id: $id) { ledger(first: 1) { nodes { transferId note } } } }", json!({ "id": id })).await;
            answer.data("/budget/ledger/nodes/0")
        };
        assert_eq!(last(&leaf).await, last(&right).await);
        assert_eq!(last(&leaf).await["note"], json!("moved"));
        // Down and up again.
        desk.act("F1", "transferBudget", json!({ "fromId": root, "toId": leaf, "amount": eur("30") })).await.data("/transferBudget/from");
        desk.act("F1", "transferBudget", json!({ "fromId": leaf, "toId": root, "amount": eur("80") })).await.data("/transferBudget/from");
        assert_eq!(desk.layers(&leaf).await[0], "0.00");
        assert_eq!(desk.layers(&root).await, ["1000.00", "550.00", "0.00", "0.00", "0.00", "450.00"]);
        desk.holds().await;
    }

    async fn f6_an_allocation_is_not_lowered_below_its_promises(desk: Desk) {
        let id = desk.budget("Learning", "1000", json!({})).await;
        desk.approved("E1", "cloud", "600").await;
        let lower = async |amount: &str| {
            let input = json!({ "id": id, "amount": eur(amount), "reason": "BUDGET_CUT", "note": "savings" });
            desk.act("F1", "adjustBudget", input).await
        };
        let before = desk.footprint().await;
        let refused = lower("-500").await;
        assert_eq!(refused.refused("adjustBudget"), ["BELOW_PROMISED input.amount"]);
        assert_eq!(
            reason(&refused, "adjustBudget"),
            "the allocation of the budget 'Learning' can be lowered by 400.00 EUR at most; 600.00 EUR is handed on, promised or spent, of which 100.00 EUR would have to be released first",
        );
        assert_eq!(desk.footprint().await, before);
        lower("-400").await.data("/adjustBudget/budget/id");
        assert_eq!(desk.layers(&id).await, ["600.00", "0.00", "600.00", "0.00", "0.00", "0.00"]);
        desk.holds().await;
    }

    async fn every_refusal_of_a_movement_writes_nothing(desk: Desk) {
        let (one, two) = (desk.budget("One", "100", json!({})).await, desk.budget("Two", "100", json!({})).await);
        let dollars = desk.budget("Dollars", "0", json!({ "currency": "USD" })).await;
        let archived = desk.budget("Archived", "0", json!({})).await;
        for mutation in ["closeBudgetToSpend", "archiveBudget"] {
            desk.act("F1", mutation, json!({ "id": archived })).await.data(&format!("/{mutation}/budget/id"));
        }
        let nobody = "budget_00000000000000000000000001";
        let usd = json!({ "amount": "1", "currency": "USD" });
        let before = desk.footprint().await;
        let cases = [
            ("allocateBudget", json!({ "id": one, "amount": eur("0") }), "AMOUNT_NOT_POSITIVE input.amount"),
            ("allocateBudget", json!({ "id": one, "amount": usd }), "CURRENCY_MISMATCH input.amount"),
            ("allocateBudget", json!({ "id": archived, "amount": eur("1") }), "BUDGET_STATUS input"),
            ("allocateBudget", json!({ "id": one, "amount": eur("1"), "effectiveOn": "2026-03-03" }), "IN_FUTURE input.effectiveOn"),
            ("allocateBudget", json!({ "id": one, "amount": eur("1"), "effectiveOn": "2025-12-31" }), "BEFORE_PERIOD input.effectiveOn"),
            ("adjustBudget", json!({ "id": one, "amount": eur("1"), "reason": "CORRECTION", "note": "x", "effectiveOn": "2025-01-01" }), "BEFORE_PERIOD input.effectiveOn"),
            ("transferBudget", json!({ "fromId": one, "toId": two, "amount": eur("1"), "effectiveOn": "2025-12-31" }), "BEFORE_PERIOD input.effectiveOn"),
            ("allocateBudget", json!({ "id": one, "amount": eur("100000000000") }), "OUT_OF_RANGE input.amount"),
            ("allocateBudget", json!({ "id": one, "amount": eur("1"), "note": " " }), "INVALID_NOTE input.note"),
            ("adjustBudget", json!({ "id": one, "amount": eur("0"), "reason": "CORRECTION", "note": "x" }), "AMOUNT_ZERO input.amount"),
            ("adjustBudget", json!({ "id": one, "amount": usd, "reason": "CORRECTION", "note": "x" }), "CURRENCY_MISMATCH input.amount"),
            ("adjustBudget", json!({ "id": one, "amount": eur("-101"), "reason": "CORRECTION", "note": "x" }), "BELOW_PROMISED input.amount"),
            ("adjustBudget", json!({ "id": one, "amount": eur("1"), "reason": "CORRECTION", "note": "" }), "INVALID_NOTE input.note"),
            ("adjustBudget", json!({ "id": one, "amount": eur("1"), "reason": "PRICE_DRIFT", "note": "x" }), "RESERVED_REASON input.reason"),
            ("adjustBudget", json!({ "id": one, "amount": eur("1"), "reason": "RESERVATION_EXPIRED", "note": "x" }), "RESERVED_REASON input.reason"),
            ("adjustBudget", json!({ "id": one, "amount": eur("-1"), "reason": "LAPSED", "note": "x" }), "RESERVED_REASON input.reason"),
            ("transferBudget", json!({ "fromId": one, "toId": one, "amount": eur("1") }), "SAME_BUDGET input.toId"),
            ("transferBudget", json!({ "fromId": one, "toId": nobody, "amount": eur("1") }), "UNKNOWN_TARGET input.toId"),
            ("transferBudget", json!({ "fromId": one, "toId": two, "amount": eur("-1") }), "AMOUNT_NOT_POSITIVE input.amount"),
            ("transferBudget", json!({ "fromId": one, "toId": dollars, "amount": eur("1") }), "CURRENCY_MISMATCH input.amount"),
            ("transferBudget", json!({ "fromId": one, "toId": two, "amount": eur("100.01") }), "INSUFFICIENT_FUNDS input.amount"),
        ];
        for (mutation, input, refusal) in cases {
            assert_eq!(desk.act("F1", mutation, input.clone()).await.refused(mutation), [refusal], "{mutation} {input}");
        }
        let lapsed = json!({ "id": one, "amount": eur("-1"), "reason": "LAPSED", "note": "x" });
        assert_eq!(
            reason(&desk.act("F1", "adjustBudget", lapsed).await, "adjustBudget"),
            "LAPSED is booked by the product when it is so; give one of CORRECTION, REPLANNING, CARRY_OVER, BUDGET_CUT, \
             COURSE_CANCELED, NO_LONGER_NEEDED, EMPLOYEE_LEFT, PRICE_CORRECTED",
        );
        let missing = desk.act("F1", "transferBudget", json!({ "fromId": nobody, "toId": one, "amount": eur("1") })).await;
        assert_eq!(missing.code(), "NOT_FOUND");
        let precise = desk.act("F1", "allocateBudget", json!({ "id": one, "amount": eur("1.005") })).await;
        assert_eq!(precise.code(), "BAD_USER_INPUT");
        for person in ["E1", "M1", "C1", "H2", "A1", "X1"] {
            let inputs = [
                ("allocateBudget", json!({ "id": one, "amount": eur("1") })),
                ("adjustBudget", json!({ "id": one, "amount": eur("1"), "reason": "CORRECTION", "note": "x" })),
                ("transferBudget", json!({ "fromId": one, "toId": two, "amount": eur("1") })),
            ];
            for (mutation, input) in inputs {
                assert_eq!(desk.act(person, mutation, input).await.code(), "FORBIDDEN", "{person}");
            }
        }
        assert_eq!(desk.footprint().await, before);
    }
}
