//! Reservations end by themselves (F5): told of before, released after, extended in between.

use chrono::TimeDelta;
use serde_json::{Value, json};
use support::both_databases;
use upskill_api::worker::look_after_reservations;

use super::Desk;

/// What the journal says of one kind, the oldest first.
async fn told(desk: &Desk, kind: &str) -> Vec<Value> {
    desk.app.seal().await;
    let document = "query($kind: [String!]!) { journalEntries(filter: { kind: { in: $kind } }) { nodes { payload actor { name } } } }";
    let answer = desk.caller("A1").send(document, json!({ "kind": [kind] })).await;
    answer.data("/journalEntries/nodes").as_array().expect("entries").clone()
}

async fn look_after(desk: &Desk) {
    let failed = look_after_reservations(&desk.app.app, 2).await.expect("the employers are there");
    assert!(failed.is_empty(), "{failed:?}");
}

/// Status and last reserved day of a request.
async fn state(desk: &Desk, id: &str) -> Value {
    let document = "query($id: ID!) { fundingRequest(id: $id) { status reservedUntil } }";
    desk.caller("F1").send(document, json!({ "id": id })).await.data("/fundingRequest")
}

both_databases! {
    async fn f5_a_reservation_is_told_of_and_then_released_once(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let mut ids = Vec::new();
        for course in ["one", "two", "three", "four", "five"] {
            ids.push(desk.approved("E1", course, "100").await);
        }
        let booked = desk.approved("E2", "booked", "50").await;
        desk.act("F1", "commitFundingRequest", json!({ "id": booked })).await.data("/commitFundingRequest/fundingRequest");
        assert_eq!(state(&desk, &ids[0]).await, json!({ "status": "APPROVED", "reservedUntil": "2026-05-31" }));

        // Fifteen days before nothing is told, fourteen days before it is, once.
        desk.app.clock.advance(TimeDelta::days(75));
        look_after(&desk).await;
        assert_eq!(told(&desk, "funding.reservation_expiring").await.len(), 0);
        desk.app.clock.advance(TimeDelta::days(1));
        for _ in 0..3 {
            look_after(&desk).await;
        }
        let notices = told(&desk, "funding.reservation_expiring").await;
        assert_eq!(notices.len(), 5);
        let [hana, eva] = [desk.person("H1").await, desk.person("E1").await];
        let payload: Value = serde_json::from_str(notices[0]["payload"].as_str().expect("a payload")).expect("JSON");
        assert_eq!((&notices[0]["actor"], payload), (&json!(null), json!({
            "request": ids[0], "employee": eva, "budget": budget, "amount": { "minor": 10_000, "currency": "EUR" },
            "until": "2026-05-31", "owners": [hana],
        })));

        // On its last day it holds; on the day after, several workers at once release it a single time.
        desk.app.clock.advance(TimeDelta::days(14));
        look_after(&desk).await;
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "500.00", "50.00", "0.00", "450.00"]);
        desk.app.clock.advance(TimeDelta::days(1));
        let workers = (0..6).map(|_| {
            let app = desk.app.app.clone();
            tokio::spawn(async move { look_after_reservations(&app, 2).await })
        });
        for worker in workers.collect::<Vec<_>>() {
            let failed = worker.await.expect("no panic").expect("the employers are there");
            assert!(failed.is_empty(), "{failed:?}");
        }
        look_after(&desk).await;
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "0.00", "50.00", "0.00", "950.00"]);
        assert_eq!(told(&desk, "funding.request_expired").await.len(), 5);
        for id in &ids {
            assert_eq!(state(&desk, id).await, json!({ "status": "EXPIRED", "reservedUntil": null }));
        }
        let last = "query($id: ID!) { budget(id: $id) { ledger(first: 1) { totalCount nodes { kind reason bookedBy { id } } } } }";
        let last = desk.caller("F1").send(last, json!({ "id": budget })).await;
        assert_eq!(last.data("/budget/ledger"), json!({
            "totalCount": 13, "nodes": [{ "kind": "RELEASE", "reason": "RESERVATION_EXPIRED", "bookedBy": null }],
        }));
        desk.holds().await;

        // What has expired is over, and may be asked for again.
        let before = desk.footprint().await;
        let late = desk.act("F1", "commitFundingRequest", json!({ "id": ids[0] })).await;
        assert_eq!(late.refused("commitFundingRequest"), ["NOT_APPROVED input.id"]);
        assert_eq!(desk.footprint().await, before);
        let again = desk.submit("E1", "one", "100", json!({})).await;
        assert_eq!(again.data("/submitFundingRequest/fundingRequest/round"), json!(2));
    }

    async fn f5_an_extended_reservation_holds_and_is_told_of_again(desk: Desk) {
        let engineering = desk.department("ENG").await;
        let owners = json!({ "ownedBy": { "departmentId": engineering }, "ownerIds": [desk.person("E1").await, desk.person("M2").await] });
        let budget = desk.budget("Engineering", "1000", owners).await;
        let own = desk.approved("E1", "own", "10").await;
        let id = desk.approved("E2", "cloud", "400").await;
        let waiting = desk.request("E2", "later", "1").await;
        desk.app.clock.advance(TimeDelta::days(80));
        look_after(&desk).await;
        let until = |id: &str, day: &str| json!({ "id": id, "reservedUntil": day });

        let before = desk.footprint().await;
        for (person, input, refusal) in [
            ("F1", until(&waiting, "2026-06-30"), "NOT_APPROVED input.id"),
            ("E1", until(&own, "2026-06-30"), "OWN_REQUEST input.id"),
            ("F1", until(&id, "2026-05-31"), "NOT_LATER input.reservedUntil"),
            ("F1", until(&id, "2026-08-20"), "TOO_FAR input.reservedUntil"),
        ] {
            let refused = desk.act(person, "extendReservation", input).await;
            assert_eq!(refused.refused("extendReservation"), [refusal]);
        }
        // Emil sees his request, but does not own the budget.
        assert_eq!(desk.act("E2", "extendReservation", until(&id, "2026-06-30")).await.code(), "FORBIDDEN");
        assert_eq!(desk.act("E3", "extendReservation", until(&id, "2026-06-30")).await.code(), "NOT_FOUND");
        let stale = json!({ "id": id, "reservedUntil": "2026-06-30", "expectedVersion": 1 });
        assert_eq!(desk.act("F1", "extendReservation", stale).await.code(), "CONFLICT");
        assert_eq!(desk.footprint().await, before);

        // Mia owns the budget and has nothing else to do with the request.
        let input = json!({ "id": id, "reservedUntil": "2026-08-19", "idempotencyKey": "k" });
        for _ in 0..2 {
            let extended = desk.act("M2", "extendReservation", input.clone()).await;
            assert_eq!(extended.data("/extendReservation/fundingRequest/status"), json!("APPROVED"));
            assert_eq!(state(&desk, &id).await["reservedUntil"], json!("2026-08-19"));
        }
        let reused = desk.act("M2", "extendReservation", json!({ "id": id, "reservedUntil": "2026-08-18", "idempotencyKey": "k" })).await;
        assert_eq!(reused.refused("extendReservation"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert_eq!(told(&desk, "funding.reservation_extended").await.len(), 1);

        desk.app.clock.advance(TimeDelta::days(20));
        look_after(&desk).await;
        assert_eq!(state(&desk, &own).await["status"], json!("EXPIRED"));
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "400.00", "0.00", "0.00", "600.00"]);
        desk.app.clock.advance(TimeDelta::days(60));
        look_after(&desk).await;
        assert_eq!(told(&desk, "funding.reservation_expiring").await.len(), 3);
        desk.holds().await;
    }

    async fn f5_one_request_that_fails_keeps_no_other_waiting(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let [sick, sound] = [desk.approved("E1", "sick", "100").await, desk.approved("E1", "sound", "200").await];
        desk.app.clock.advance(TimeDelta::days(100));
        // A request that stands for more than the budget holds is not released: that would hide the difference.
        support::database::execute(desk.app.database(), "UPDATE funding_request SET requested = 99999999, amount = 99999999 WHERE title = 'sick'").await;
        let failed = look_after_reservations(&desk.app.app, 500).await.expect("the employers are there");
        assert_eq!(failed.len(), 1);
        assert!(failed[0].1.to_string().contains("run the verification"), "{failed:?}");
        assert_eq!(state(&desk, &sick).await["status"], json!("APPROVED"));
        assert_eq!(state(&desk, &sound).await["status"], json!("EXPIRED"));
        assert_eq!(desk.layers(&budget).await[2], "100.00");
    }
}
