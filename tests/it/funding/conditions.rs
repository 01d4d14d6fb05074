//! A yes under conditions: refused where it asks for nothing or for less, tightened by later steps, obeyed to the end.

use serde_json::{Value, json};
use support::both_databases;

use super::bulk::DECIDE;
use super::policies::rules;
use super::{APPROVE, Desk, eur, reason};

const REQUEST: &str = "query($id: ID!) { fundingRequest(id: $id) {
  status requestedAmount { amount } amount { amount } startsOn proof settledPrice { amount } offer { price { amount } }
  conditions { amount { amount currency } startsFrom proofs { kind text } }
  decisions { verdict note conditions { amount { amount } startsFrom proofs { kind text } } grounds { amount { amount } } } } }";

impl Desk {
    /// Approves as somebody, under conditions.
    async fn approve_if(&self, person: &str, id: &str, conditions: Value) -> support::Answer {
        let input = json!({ "id": id, "conditions": conditions });
        self.caller(person).send(APPROVE, json!({ "input": input })).await
    }
}

both_databases! {
    async fn a_condition_that_is_none_is_refused(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let id = desk.request("E1", "cloud", "400").await;
        let before = desk.footprint().await;
        let francs = json!({ "amount": "300", "currency": "CHF" });
        let proof = |text: &str| json!({ "kind": "GRADE", "text": text });
        let many: Vec<Value> = (0..6).map(|_| proof("x")).collect();
        for (conditions, refusal, message) in [
            (json!({}), "NO_CONDITION input.conditions", "name a smaller amount, a first day or a proof, or leave the conditions out"),
            (
                json!({ "amount": eur("400") }), "AMOUNT_NOT_SMALLER input.conditions.amount",
                "the request is for 400.00 EUR as it stands; a condition makes that less, and 400.00 EUR does not",
            ),
            (
                json!({ "amount": eur("400.01") }), "AMOUNT_NOT_SMALLER input.conditions.amount",
                "the request is for 400.00 EUR as it stands; a condition makes that less, and 400.01 EUR does not",
            ),
            (
                json!({ "amount": eur("0") }), "AMOUNT_NOT_POSITIVE input.conditions.amount",
                "the amount is 0.00 EUR; an amount to promise is above 0, and to promise nothing the request is rejected",
            ),
            (
                json!({ "amount": eur("-1") }), "AMOUNT_NOT_POSITIVE input.conditions.amount",
                "the amount is -1.00 EUR; an amount to promise is above 0, and to promise nothing the request is rejected",
            ),
            (
                json!({ "amount": francs }), "CURRENCY_MISMATCH input.conditions.amount",
                "the amount is in CHF, but the request is in EUR",
            ),
            (
                json!({ "startsFrom": "2026-03-02" }), "INVALID_START input.conditions.startsFrom",
                "the first day is 2026-03-02; a condition makes it later than 2026-03-02",
            ),
            (
                json!({ "startsFrom": "2028-03-02" }), "INVALID_START input.conditions.startsFrom",
                "the first day is 2028-03-02; it can be 2028-03-01 at the latest, 730 days ahead",
            ),
            (json!({ "proofs": many }), "INVALID_PROOF input.conditions.proofs", "one decision asks for 5 proofs at most, not 6"),
            (
                json!({ "proofs": [proof("passed"), proof(" ")] }), "INVALID_PROOF input.conditions.proofs.1.text",
                "proof 1: the text must not be empty",
            ),
        ] {
            let refused = desk.approve_if("M1", &id, conditions.clone()).await;
            assert_eq!(refused.refused("approveFundingRequest"), [refusal], "{conditions}");
            assert_eq!(reason(&refused, "approveFundingRequest"), message);
        }
        let list = json!({ "decisions": [{ "id": id, "verdict": { "approve": { "conditions": { "proofs": [proof("")] } } } }] });
        let listed = desk.caller("M1").send(DECIDE, json!({ "input": list })).await;
        assert_eq!(listed.data("/decideFundingRequests/report/results/0/userErrors/0"), json!({
            "code": "INVALID_PROOF",
            "field": ["input", "decisions", "0", "verdict", "approve", "conditions", "proofs", "0", "text"],
        }));
        // Whose turn it is not sets no conditions.
        assert_eq!(desk.approve_if("C1", &id, json!({ "amount": eur("1") })).await.code(), "FORBIDDEN");
        assert_eq!(desk.approve_if("M2", &id, json!({ "amount": eur("1") })).await.code(), "NOT_FOUND");
        assert_eq!(desk.footprint().await, before);
        desk.holds().await;
    }

    async fn the_smaller_amount_is_what_is_reserved_booked_and_measured(desk: Desk) {
        // The budget would not carry what was asked.
        let budget = desk.budget("Learning", "330", json!({})).await;
        desk.policy(rules(json!({ "priceTolerance": { "basisPoints": 1000 } }))).await;
        let id = desk.request("E1", "cloud", "400").await;
        let input = json!({
            "id": id, "note": "the rest is yours", "conditions": { "amount": eur("300") }, "idempotencyKey": "c-1",
        });
        let mut after = None;
        for _ in 0..2 {
            let approved = desk.caller("M1").send(APPROVE, json!({ "input": input })).await;
            assert_eq!(approved.data("/approveFundingRequest/fundingRequest"), json!({ "status": "APPROVED", "version": 2 }));
            assert_eq!(approved.data("/approveFundingRequest/reservation/balance/reserved/amount"), json!("300.00"));
            let footprint = desk.footprint().await;
            assert_eq!(after.replace(footprint).unwrap_or(footprint), footprint, "a replay writes nothing");
        }
        let told = desk.caller("M1").send(REQUEST, json!({ "id": id })).await;
        let conditions = json!({ "amount": { "amount": "300.00", "currency": "EUR" }, "startsFrom": null, "proofs": [] });
        assert_eq!(told.data("/fundingRequest"), json!({
            "status": "APPROVED", "requestedAmount": { "amount": "400.00" }, "amount": { "amount": "300.00" },
            "startsOn": null, "proof": null, "settledPrice": null, "offer": { "price": { "amount": "400.00" } },
            "conditions": conditions,
            "decisions": [{
                "verdict": "APPROVE_WITH_CONDITIONS", "note": "the rest is yours",
                "conditions": { "amount": { "amount": "300.00" }, "startsFrom": null, "proofs": [] },
                "grounds": { "amount": { "amount": "400.00" } },
            }],
        }));
        let eva = desk.caller("E1").send(REQUEST, json!({ "id": id })).await;
        assert_eq!(eva.data("/fundingRequest/conditions"), conditions);
        desk.app.seal().await;
        let journal = desk.caller("A1").ask("{ journalEntries(last: 1) { nodes { kind payload } } }").await;
        let payload: Value = serde_json::from_str(&journal.text("/journalEntries/nodes/0/payload")).expect("an object");
        assert_eq!(payload["conditional"], json!(true), "{payload}");
        assert_eq!(payload["amount"], json!({ "minor": 30_000, "currency": "EUR" }), "{payload}");
        assert_eq!(desk.layers(&budget).await, ["330.00", "0.00", "300.00", "0.00", "0.00", "30.00"]);
        // The tolerance comes on top of what was approved.
        let before = desk.footprint().await;
        let dear = desk.act("F1", "commitFundingRequest", json!({ "id": id, "price": eur("330.01") })).await;
        assert_eq!(dear.refused("commitFundingRequest"), ["PRICE_ABOVE_TOLERANCE input.price"]);
        assert_eq!(desk.footprint().await, before);
        desk.act("F1", "commitFundingRequest", json!({ "id": id })).await.data("/commitFundingRequest/fundingRequest/id");
        assert_eq!(desk.layers(&budget).await, ["330.00", "0.00", "0.00", "300.00", "0.00", "30.00"]);
        let dear = desk.act("F1", "settleFundingRequest", json!({ "id": id, "price": eur("330.01") })).await;
        assert_eq!(dear.refused("settleFundingRequest"), ["PRICE_ABOVE_TOLERANCE input.price"]);
        desk.act("F1", "settleFundingRequest", json!({ "id": id, "price": eur("330") })).await.data("/settleFundingRequest/fundingRequest/id");
        assert_eq!(desk.layers(&budget).await, ["330.00", "0.00", "0.00", "0.00", "330.00", "0.00"]);
        desk.holds().await;
    }

    async fn later_steps_see_conditions_and_only_tighten_them(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        desk.policy(rules(json!({ "steps": [
            { "who": { "relation": "MANAGER" } }, { "who": { "relation": "MANAGERS_MANAGER" } },
            { "who": { "role": "FINANCE" } },
        ] }))).await;
        let id = desk.request("E1", "cloud", "400").await;
        let grade = json!({ "kind": "GRADE", "text": "B or better" });
        let first = json!({ "amount": eur("300"), "startsFrom": "2026-05-01", "proofs": [grade] });
        let passed = desk.approve_if("M1", &id, first).await;
        assert_eq!(passed.data("/approveFundingRequest/fundingRequest"), json!({ "status": "SUBMITTED", "version": 2 }));
        assert_eq!(desk.layers(&budget).await[2], "0.00");
        let inbox = "{ viewer { approvals { nodes { request { amount { amount } requestedAmount { amount }
          conditions { startsFrom proofs { kind } } } } } } }";
        let seen = desk.caller("C1").ask(inbox).await;
        assert_eq!(seen.data("/viewer/approvals/nodes/0/request"), json!({
            "amount": { "amount": "300.00" }, "requestedAmount": { "amount": "400.00" },
            "conditions": { "startsFrom": "2026-05-01", "proofs": [{ "kind": "GRADE" }] },
        }));
        let before = desk.footprint().await;
        let more = desk.approve_if("C1", &id, json!({ "amount": eur("350") })).await;
        assert_eq!(
            reason(&more, "approveFundingRequest"),
            "the request is for 300.00 EUR as it stands; a condition makes that less, and 350.00 EUR does not",
        );
        let sooner = desk.approve_if("C1", &id, json!({ "startsFrom": "2026-04-01" })).await;
        assert_eq!(
            reason(&sooner, "approveFundingRequest"),
            "the first day is 2026-04-01; a condition makes it later than 2026-05-01",
        );
        assert_eq!(desk.footprint().await, before);
        let certificate = json!({ "kind": "CERTIFICATE", "text": "the certificate" });
        let tighter = desk.approve_if("C1", &id, json!({ "amount": eur("250"), "proofs": [certificate] })).await;
        assert_eq!(tighter.data("/approveFundingRequest/userErrors"), json!([]));
        // A plain yes leaves them as they are.
        desk.approve("F1", &id).await.data("/approveFundingRequest/fundingRequest/status");
        let told = desk.caller("F1").send(REQUEST, json!({ "id": id })).await;
        assert_eq!(told.data("/fundingRequest/conditions"), json!({
            "amount": { "amount": "250.00", "currency": "EUR" }, "startsFrom": "2026-05-01", "proofs": [grade, certificate],
        }));
        let decisions = told.data("/fundingRequest/decisions");
        let words: Vec<_> = decisions.as_array().expect("decisions").iter()
            .map(|decision| (decision["verdict"].clone(), decision["grounds"]["amount"]["amount"].clone(), decision["conditions"]["proofs"].clone()))
            .collect();
        assert_eq!(words, [
            (json!("APPROVE_WITH_CONDITIONS"), json!("400.00"), json!([grade])),
            (json!("APPROVE_WITH_CONDITIONS"), json!("300.00"), json!([certificate])),
            (json!("APPROVE"), json!("250.00"), json!(null)),
        ]);
        assert_eq!(desk.layers(&budget).await[2], "250.00");
        desk.holds().await;
    }

    async fn booking_and_paying_obey_start_and_proof(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let id = desk.request("E1", "cloud", "400").await;
        let conditions = json!({ "startsFrom": "2026-05-01", "proofs": [
            { "kind": "GRADE", "text": "B or better" }, { "kind": "OTHER", "text": "a talk for the team" },
        ] });
        desk.approve_if("M1", &id, conditions).await.data("/approveFundingRequest/fundingRequest/status");
        let before = desk.footprint().await;
        let silent = desk.act("F1", "commitFundingRequest", json!({ "id": id })).await;
        assert_eq!(silent.refused("commitFundingRequest"), ["START_NEEDED input.startsOn"]);
        assert_eq!(
            reason(&silent, "commitFundingRequest"),
            "the request was approved for a start on 2026-05-01 or later; say on which day the course starts",
        );
        let early = desk.act("F1", "commitFundingRequest", json!({ "id": id, "startsOn": "2026-04-30" })).await;
        assert_eq!(early.refused("commitFundingRequest"), ["STARTS_TOO_EARLY input.startsOn"]);
        assert_eq!(desk.footprint().await, before);
        let booked = desk.act("F1", "commitFundingRequest", json!({ "id": id, "startsOn": "2026-05-01" })).await;
        assert_eq!(booked.data("/commitFundingRequest/fundingRequest/status"), json!("COMMITTED"));
        let before = desk.footprint().await;
        let paid = json!({ "id": id, "price": eur("400") });
        let unproven = desk.act("F1", "settleFundingRequest", paid).await;
        assert_eq!(unproven.refused("settleFundingRequest"), ["PROOF_NEEDED input.proof"]);
        assert_eq!(
            reason(&unproven, "settleFundingRequest"),
            "the request was approved on the condition that this is shown: B or better; a talk for the team; say what was shown",
        );
        let blank = desk.act("F1", "settleFundingRequest", json!({ "id": id, "price": eur("400"), "proof": " " })).await;
        assert_eq!(blank.refused("settleFundingRequest"), ["INVALID_PROOF input.proof"]);
        assert_eq!(desk.footprint().await, before);
        let proven = json!({ "id": id, "price": eur("400"), "proof": "A minus, and the talk of 1 July" });
        desk.act("F1", "settleFundingRequest", proven).await.data("/settleFundingRequest/fundingRequest/status");
        let told = desk.caller("E1").send(REQUEST, json!({ "id": id })).await;
        assert_eq!(told.data("/fundingRequest/startsOn"), json!("2026-05-01"));
        assert_eq!(told.data("/fundingRequest/proof"), json!("A minus, and the talk of 1 July"));
        assert_eq!(told.data("/fundingRequest/settledPrice/amount"), json!("400.00"));
        desk.holds().await;
    }

    async fn a_list_approves_under_conditions_too(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let (cloud, rust) = (desk.request("E1", "cloud", "400").await, desk.request("E2", "rust", "100").await);
        let yes = |id: &str, amount: &str| json!({ "id": id, "verdict": { "approve": { "conditions": { "amount": eur(amount) } } } });
        let input = json!({ "decisions": [yes(&cloud, "399"), yes(&rust, "100")] });
        let decided = desk.caller("M1").send(DECIDE, json!({ "input": input })).await;
        assert_eq!(decided.data("/decideFundingRequests/report/approved"), json!(1));
        assert_eq!(decided.data("/decideFundingRequests/report/results/1/userErrors/0"), json!({
            "code": "AMOUNT_NOT_SMALLER", "field": ["input", "decisions", "1", "verdict", "approve", "conditions", "amount"],
        }));
        assert_eq!(desk.layers(&budget).await[2], "399.00");
        desk.holds().await;
    }
}
