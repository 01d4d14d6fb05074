//! After the decision: booking, paying, giving up, getting money back.

use serde_json::{Value, json};
use support::both_databases;

use super::{Desk, eur, merge, reason};

both_databases! {
    async fn money_runs_through_its_layers(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let id = desk.approved("E1", "cloud", "400").await;
        let steps = [
            ("commitFundingRequest", json!({ "orderNumber": "PO-7", "idempotencyKey": "k" }), ["1000.00", "0.00", "0.00", "400.00", "0.00", "600.00"]),
            ("settleFundingRequest", json!({ "price": eur("350"), "invoiceNumber": "RE-9", "effectiveOn": "2026-03-03", "idempotencyKey": "k2" }), ["1000.00", "0.00", "0.00", "0.00", "350.00", "650.00"]),
            ("refundFundingRequest", json!({ "amount": eur("100"), "reason": "PRICE_CORRECTED", "note": "two modules less", "creditNoteNumber": "GS-1", "idempotencyKey": "k3" }), ["1000.00", "0.00", "0.00", "0.00", "250.00", "750.00"]),
        ];
        desk.app.clock.advance(chrono::TimeDelta::days(2));
        for (mutation, more, layers) in steps {
            let mut input = json!({ "id": id });
            merge(&mut input, more);
            desk.act("F1", mutation, input.clone()).await.data(&format!("/{mutation}/fundingRequest"));
            assert_eq!(desk.layers(&budget).await, layers, "{mutation}");
            // A retry changes nothing, and the same key with another input is refused.
            let before = desk.footprint().await;
            desk.act("F1", mutation, input.clone()).await.data(&format!("/{mutation}/fundingRequest/id"));
            input["expectedVersion"] = json!(1);
            let reused = desk.act("F1", mutation, input).await;
            assert_eq!(reused.refused(mutation), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
            assert_eq!(desk.footprint().await, before);
        }
        let rest = desk.act("H1", "refundFundingRequest", json!({ "id": id, "amount": eur("250"), "reason": "COURSE_CANCELED" })).await;
        assert_eq!(rest.data("/refundFundingRequest/fundingRequest/status"), json!("SETTLED"));
        assert_eq!(rest.data("/refundFundingRequest/fundingRequest/settledPrice"), json!({ "amount": "350.00" }));
        assert_eq!(rest.data("/refundFundingRequest/fundingRequest/refunded"), json!({ "amount": "350.00" }));
        assert_eq!(rest.data("/refundFundingRequest/fundingRequest/orderNumber"), json!("PO-7"));

        let trail = desk.caller("F1").send(
            "query($id: ID!, $request: [ID!]!) { budget(id: $id) { ledger(direction: ASC, filter: { request: { in: $request } }) { totalCount nodes {
              sequence kind document reason note effectiveOn request { offer { title } } balance { available { amount } } } } } }",
            json!({ "id": budget, "request": [id] }),
        ).await;
        assert_eq!(trail.data("/budget/ledger/totalCount"), json!(5));
        assert_eq!(trail.data("/budget/ledger/nodes/2"), json!({
            "sequence": 4, "kind": "SPEND", "document": "RE-9", "reason": null, "note": null, "effectiveOn": "2026-03-03",
            "request": { "offer": { "title": "cloud" } }, "balance": { "available": { "amount": "650.00" } },
        }));
        assert_eq!(trail.data("/budget/ledger/nodes/3"), json!({
            "sequence": 5, "kind": "REFUND", "document": "GS-1", "reason": "PRICE_CORRECTED", "note": "two modules less",
            "effectiveOn": "2026-03-04", "request": { "offer": { "title": "cloud" } }, "balance": { "available": { "amount": "750.00" } },
        }));
        desk.holds().await;
    }

    async fn f7_a_place_may_cost_less_than_was_approved(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let id = desk.approved("E1", "cloud", "400").await;
        let input = json!({ "id": id, "price": eur("300"), "orderNumber": "PO-8", "idempotencyKey": "k" });
        for _ in 0..2 {
            let committed = desk.act("F1", "commitFundingRequest", input.clone()).await;
            assert_eq!(committed.data("/commitFundingRequest/fundingRequest/status"), json!("COMMITTED"));
            assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "0.00", "300.00", "0.00", "700.00"]);
        }
        desk.holds().await;
        // The invoice may come to what was approved, without anybody being asked again.
        desk.act("F1", "settleFundingRequest", json!({ "id": id, "price": eur("350") })).await.data("/settleFundingRequest/fundingRequest");
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "0.00", "0.00", "350.00", "650.00"]);
        let document = "query($id: ID!) { fundingRequest(id: $id) { amount { amount } committedPrice { amount } settledPrice { amount } reservedUntil
          budget { ledger(direction: ASC) { nodes { kind reason change { reserved { amount } committed { amount } spent { amount } } } } } } }";
        let seen = desk.caller("F1").send(document, json!({ "id": id })).await;
        let prices = ["amount", "committedPrice", "settledPrice"].map(|price| seen.text(&format!("/fundingRequest/{price}/amount")));
        assert_eq!(prices, ["400.00", "300.00", "350.00"]);
        let entry = |kind: &str, reason: Value, [reserved, committed, spent]: [&str; 3]| json!({ "kind": kind, "reason": reason, "change": {
            "reserved": { "amount": reserved }, "committed": { "amount": committed }, "spent": { "amount": spent } } });
        assert_eq!(seen.data("/fundingRequest/budget/ledger/nodes"), json!([
            entry("ALLOCATE", json!(null), ["0.00", "0.00", "0.00"]),
            entry("RESERVE", json!(null), ["400.00", "0.00", "0.00"]),
            entry("RELEASE", json!("PRICE_DRIFT"), ["-100.00", "0.00", "0.00"]),
            entry("COMMIT", json!(null), ["-300.00", "300.00", "0.00"]),
            entry("RAISE", json!("PRICE_DRIFT"), ["0.00", "50.00", "0.00"]),
            entry("SPEND", json!(null), ["0.00", "-350.00", "350.00"]),
        ]));
        desk.holds().await;

        // What was committed at a lower price and is canceled leaves nothing behind.
        let other = desk.approved("E2", "rust", "200").await;
        desk.act("F1", "commitFundingRequest", json!({ "id": other, "price": eur("0") })).await.data("/commitFundingRequest/fundingRequest");
        desk.act("F1", "cancelFundingRequest", json!({ "id": other, "reason": "COURSE_CANCELED" })).await.data("/cancelFundingRequest/fundingRequest");
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "0.00", "0.00", "350.00", "650.00"]);
        desk.holds().await;
    }

    async fn f7_a_difference_is_not_taken_where_nothing_is_available(desk: Desk) {
        let budget = desk.budget("Learning", "400", json!({})).await;
        let id = desk.approved("E1", "cloud", "400").await;
        desk.act("F1", "commitFundingRequest", json!({ "id": id, "price": eur("300") })).await.data("/commitFundingRequest/fundingRequest");
        desk.approved("E2", "rust", "80").await;
        let before = desk.footprint().await;
        let short = desk.act("F1", "settleFundingRequest", json!({ "id": id, "price": eur("350") })).await;
        assert_eq!(short.refused("settleFundingRequest"), ["INSUFFICIENT_FUNDS input.id"]);
        assert_eq!(reason(&short, "settleFundingRequest"), "the budget 'Learning' has 20.00 EUR available, but 50.00 EUR is needed");
        assert_eq!(desk.footprint().await, before);
        desk.act("F1", "settleFundingRequest", json!({ "id": id, "price": eur("320") })).await.data("/settleFundingRequest/fundingRequest");
        assert_eq!(desk.layers(&budget).await, ["400.00", "0.00", "80.00", "0.00", "320.00", "0.00"]);
        desk.holds().await;
    }

    async fn an_employee_pays_back_beside_what_the_provider_refunds(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let id = desk.approved("E1", "cloud", "400").await;
        desk.act("F1", "commitFundingRequest", json!({ "id": id })).await.data("/commitFundingRequest/fundingRequest");
        desk.act("F1", "settleFundingRequest", json!({ "id": id, "price": eur("400") })).await.data("/settleFundingRequest/fundingRequest");
        desk.act("F1", "refundFundingRequest", json!({ "id": id, "amount": eur("100"), "reason": "PRICE_CORRECTED" })).await.data("/refundFundingRequest/fundingRequest");
        let input = json!({ "id": id, "amount": eur("250"), "reason": "EMPLOYEE_LEFT", "note": "left within a year", "idempotencyKey": "k" });
        for _ in 0..2 {
            desk.act("F1", "recoverFunding", input.clone()).await.data("/recoverFunding/fundingRequest");
            assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "0.00", "0.00", "50.00", "950.00"]);
        }
        let before = desk.footprint().await;
        let mut other = input.clone();
        other["amount"] = eur("1");
        assert_eq!(desk.act("F1", "recoverFunding", other).await.refused("recoverFunding"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        let above = desk.act("F1", "recoverFunding", json!({ "id": id, "amount": eur("51"), "reason": "EMPLOYEE_LEFT" })).await;
        assert_eq!(reason(&above, "recoverFunding"), "the amount is 51.00 EUR, but only 50.00 EUR of the price has not come back yet");
        assert_eq!(desk.footprint().await, before);
        let document = "query($id: ID!) { fundingRequest(id: $id) { refunded { amount } recovered { amount }
          budget { ledger(first: 1) { nodes { kind reason note } } } } }";
        assert_eq!(desk.caller("F1").send(document, json!({ "id": id })).await.data("/fundingRequest"), json!({
            "refunded": { "amount": "100.00" }, "recovered": { "amount": "250.00" },
            "budget": { "ledger": { "nodes": [{ "kind": "RECOVER", "reason": "EMPLOYEE_LEFT", "note": "left within a year" }] } },
        }));
        desk.holds().await;
    }

    async fn canceling_releases_what_was_promised(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let reserved = desk.approved("E1", "cloud", "400").await;
        let committed = desk.approved("E2", "rust", "300").await;
        desk.act("F1", "commitFundingRequest", json!({ "id": committed })).await.data("/commitFundingRequest/fundingRequest");
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "400.00", "300.00", "0.00", "300.00"]);
        for id in [&reserved, &committed] {
            let input = json!({ "id": id, "reason": "COURSE_CANCELED", "note": "too few people", "idempotencyKey": id });
            for _ in 0..2 {
                let canceled = desk.act("F1", "cancelFundingRequest", input.clone()).await;
                assert_eq!(canceled.data("/cancelFundingRequest/fundingRequest/status"), json!("CANCELED"));
            }
        }
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "0.00", "0.00", "0.00", "1000.00"]);
        // What was canceled may be asked for again.
        assert_eq!(desk.submit("E1", "cloud", "1", json!({})).await.data("/submitFundingRequest/fundingRequest/round"), json!(2));
        desk.holds().await;
    }

    async fn every_refusal_after_a_decision_writes_nothing(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let submitted = desk.request("E1", "one", "10").await;
        let approved = desk.approved("E1", "two", "10").await;
        let committed = desk.approved("E1", "three", "10").await;
        let settled = desk.approved("E1", "four", "10").await;
        for id in [&committed, &settled] {
            desk.act("F1", "commitFundingRequest", json!({ "id": id })).await.data("/commitFundingRequest/fundingRequest");
        }
        desk.act("F1", "settleFundingRequest", json!({ "id": settled, "price": eur("8") })).await.data("/settleFundingRequest/fundingRequest");

        let before = desk.footprint().await;
        let usd = json!({ "amount": "1", "currency": "USD" });
        let cases: Vec<(&str, Value, &str)> = vec![
            ("commitFundingRequest", json!({ "id": submitted }), "NOT_APPROVED input.id"),
            ("commitFundingRequest", json!({ "id": approved, "orderNumber": "a\nb" }), "INVALID_ORDER_NUMBER input.orderNumber"),
            ("settleFundingRequest", json!({ "id": approved, "price": eur("1") }), "NOT_COMMITTED input.id"),
            ("commitFundingRequest", json!({ "id": approved, "price": eur("10.01") }), "PRICE_ABOVE_TOLERANCE input.price"),
            ("commitFundingRequest", json!({ "id": approved, "price": eur("-1") }), "NEGATIVE_PRICE input.price"),
            ("commitFundingRequest", json!({ "id": approved, "price": usd }), "CURRENCY_MISMATCH input.price"),
            ("settleFundingRequest", json!({ "id": committed, "price": eur("10.01") }), "PRICE_ABOVE_TOLERANCE input.price"),
            ("settleFundingRequest", json!({ "id": committed, "price": eur("-1") }), "NEGATIVE_PRICE input.price"),
            ("settleFundingRequest", json!({ "id": committed, "price": usd }), "CURRENCY_MISMATCH input.price"),
            ("settleFundingRequest", json!({ "id": committed, "price": eur("1"), "invoiceNumber": "" }), "INVALID_INVOICE_NUMBER input.invoiceNumber"),
            ("settleFundingRequest", json!({ "id": committed, "price": eur("1"), "effectiveOn": "2026-03-03" }), "IN_FUTURE input.effectiveOn"),
            ("settleFundingRequest", json!({ "id": committed, "price": eur("1"), "effectiveOn": "2026-03-01" }), "BEFORE_REQUEST input.effectiveOn"),
            ("settleFundingRequest", json!({ "id": committed, "price": eur("1"), "effectiveOn": "2025-12-31" }), "BEFORE_PERIOD input.effectiveOn"),
            ("refundFundingRequest", json!({ "id": settled, "amount": eur("1"), "reason": "CORRECTION", "effectiveOn": "2026-03-01" }), "BEFORE_REQUEST input.effectiveOn"),
            ("refundFundingRequest", json!({ "id": settled, "amount": eur("1"), "reason": "CORRECTION", "effectiveOn": "2025-12-31" }), "BEFORE_PERIOD input.effectiveOn"),
            ("cancelFundingRequest", json!({ "id": submitted, "reason": "CORRECTION" }), "NOT_PROMISED input.id"),
            ("cancelFundingRequest", json!({ "id": settled, "reason": "CORRECTION" }), "NOT_PROMISED input.id"),
            ("cancelFundingRequest", json!({ "id": approved, "reason": "CORRECTION", "note": "" }), "INVALID_NOTE input.note"),
            ("cancelFundingRequest", json!({ "id": approved, "reason": "RESERVATION_EXPIRED" }), "RESERVED_REASON input.reason"),
            ("cancelFundingRequest", json!({ "id": committed, "reason": "PRICE_DRIFT" }), "RESERVED_REASON input.reason"),
            ("refundFundingRequest", json!({ "id": committed, "amount": eur("1"), "reason": "CORRECTION" }), "NOT_SETTLED input.id"),
            ("refundFundingRequest", json!({ "id": settled, "amount": eur("1"), "reason": "LAPSED" }), "RESERVED_REASON input.reason"),
            ("recoverFunding", json!({ "id": settled, "amount": eur("1"), "reason": "PRICE_DRIFT" }), "RESERVED_REASON input.reason"),
            ("refundFundingRequest", json!({ "id": settled, "amount": eur("8.01"), "reason": "CORRECTION" }), "ABOVE_SPENT input.amount"),
            ("refundFundingRequest", json!({ "id": settled, "amount": eur("0"), "reason": "CORRECTION" }), "AMOUNT_NOT_POSITIVE input.amount"),
            ("refundFundingRequest", json!({ "id": settled, "amount": usd, "reason": "CORRECTION" }), "CURRENCY_MISMATCH input.amount"),
            ("refundFundingRequest", json!({ "id": settled, "amount": eur("1"), "reason": "CORRECTION", "creditNoteNumber": " " }), "INVALID_CREDIT_NOTE_NUMBER input.creditNoteNumber"),
            ("refundFundingRequest", json!({ "id": settled, "amount": eur("1"), "reason": "CORRECTION", "note": " " }), "INVALID_NOTE input.note"),
            ("recoverFunding", json!({ "id": committed, "amount": eur("1"), "reason": "EMPLOYEE_LEFT" }), "NOT_SETTLED input.id"),
            ("recoverFunding", json!({ "id": settled, "amount": eur("8.01"), "reason": "EMPLOYEE_LEFT" }), "ABOVE_SPENT input.amount"),
            ("recoverFunding", json!({ "id": settled, "amount": eur("0"), "reason": "EMPLOYEE_LEFT" }), "AMOUNT_NOT_POSITIVE input.amount"),
            ("recoverFunding", json!({ "id": settled, "amount": usd, "reason": "EMPLOYEE_LEFT" }), "CURRENCY_MISMATCH input.amount"),
            ("recoverFunding", json!({ "id": settled, "amount": eur("1"), "reason": "EMPLOYEE_LEFT", "note": " " }), "INVALID_NOTE input.note"),
            ("recoverFunding", json!({ "id": settled, "amount": eur("1"), "reason": "EMPLOYEE_LEFT", "effectiveOn": "2026-03-01" }), "BEFORE_REQUEST input.effectiveOn"),
        ];
        for (mutation, input, refusal) in cases {
            assert_eq!(desk.act("F1", mutation, input.clone()).await.refused(mutation), [refusal], "{mutation} {input}");
        }
        let above = desk.act("F1", "settleFundingRequest", json!({ "id": committed, "price": eur("10.01") })).await;
        assert_eq!(
            reason(&above, "settleFundingRequest"),
            "the price is 10.01 EUR, but 10.00 EUR was approved and the price may be 10.00 EUR at most; cancel the request, \
             and let the employee submit it anew with this price",
        );
        let inputs = [
            ("commitFundingRequest", json!({ "id": approved })),
            ("settleFundingRequest", json!({ "id": committed, "price": eur("1") })),
            ("cancelFundingRequest", json!({ "id": approved, "reason": "CORRECTION" })),
            ("refundFundingRequest", json!({ "id": settled, "amount": eur("1"), "reason": "CORRECTION" })),
            ("recoverFunding", json!({ "id": settled, "amount": eur("1"), "reason": "EMPLOYEE_LEFT" })),
        ];
        for (mutation, input) in inputs {
            for person in ["E1", "M1", "C1", "H2", "A1", "X1"] {
                assert_eq!(desk.act(person, mutation, input.clone()).await.code(), "FORBIDDEN", "{mutation} by {person}");
            }
            let mut stale = input.clone();
            stale["expectedVersion"] = json!(99);
            assert_eq!(desk.act("F1", mutation, stale).await.code(), "CONFLICT", "{mutation}");
            let mut missing = input.clone();
            missing["id"] = json!("funding_request_00000000000000000000000001");
            assert_eq!(desk.act("F1", mutation, missing).await.code(), "NOT_FOUND", "{mutation}");
        }
        assert_eq!(desk.footprint().await, before);
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "10.00", "10.00", "8.00", "972.00"]);
        desk.holds().await;
    }
}
