//! What a policy says of promises once they are made.

use serde_json::json;
use support::both_databases;

use super::{Desk, eur, rules};

const PROMISE: &str =
    "query($id: ID!) { fundingRequest(id: $id) { status reservedUntil settledPrice { amount } } }";

both_databases! {
    async fn f5_a_promise_is_kept_as_long_as_its_policy_says(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let under_built_in = desk.request("E1", "old", "10").await;
        desk.policy(rules(json!({ "reservationDays": 30 }))).await;
        let under_policy = desk.approved("E1", "new", "10").await;
        desk.approve("M1", &under_built_in).await.data("/approveFundingRequest/fundingRequest/status");
        let until = async |id: &str| {
            desk.caller("E1").send(PROMISE, json!({ "id": id })).await.text("/fundingRequest/reservedUntil")
        };
        assert_eq!(until(&under_policy).await, "2026-04-01");
        assert_eq!(until(&under_built_in).await, "2026-05-31");

        desk.app.clock.advance(chrono::TimeDelta::days(10));
        let before = desk.footprint().await;
        let later = json!({ "id": under_policy, "reservedUntil": "2026-04-12" });
        let refused = desk.act("F1", "extendReservation", later).await;
        assert_eq!(refused.refused("extendReservation"), ["TOO_FAR input.reservedUntil"]);
        assert_eq!(desk.footprint().await, before);
        let last = json!({ "id": under_policy, "reservedUntil": "2026-04-11" });
        desk.act("F1", "extendReservation", last).await.data("/extendReservation/fundingRequest/id");
        assert_eq!(until(&under_policy).await, "2026-04-11");
    }

    async fn f7_a_price_may_rise_as_far_as_its_policy_says(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        desk.policy(rules(json!({ "priceTolerance": { "basisPoints": 500, "amount": "15" } }))).await;
        let id = desk.approved("E1", "cloud", "400").await;
        let before = desk.footprint().await;
        // The narrower of the two holds.
        let above = desk.act("F1", "commitFundingRequest", json!({ "id": id, "price": eur("415.01") })).await;
        assert_eq!(above.refused("commitFundingRequest"), ["PRICE_ABOVE_TOLERANCE input.price"]);
        assert_eq!(desk.footprint().await, before);
        desk.act("F1", "commitFundingRequest", json!({ "id": id, "price": eur("410") })).await
            .data("/commitFundingRequest/fundingRequest/id");
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "0.00", "410.00", "0.00", "590.00"]);
        desk.act("F1", "settleFundingRequest", json!({ "id": id, "price": eur("415") })).await
            .data("/settleFundingRequest/fundingRequest/id");
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "0.00", "0.00", "415.00", "585.00"]);
        desk.holds().await;
    }
}
