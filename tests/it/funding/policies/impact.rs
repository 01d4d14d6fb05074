//! What a policy would have done with the requests of the past.

use serde_json::json;
use support::both_databases;

use super::{Desk, outside, rules};

const IMPACT: &str = "query($id: ID!) { fundingPolicyImpact(id: $id) { fromOn untilOn cut
  submitted { ...tally } refused { ...tally } refusedByRule { code example tally { ...tally } }
  approvedByPolicy { ...tally } chains { approvers { relation role named } tally { ...tally } } notMeasured { ...tally } } }
  fragment tally on FundingTally { requests amounts { amount currency } }";

both_databases! {
    async fn a_draft_is_tried_on_the_requests_of_a_year(desk: Desk) {
        desk.budget("Learning", "10000", json!({ "period": { "startsOn": "2026-01-01", "endsOn": "2027-12-31" } })).await;
        let dollars = desk.budget("Dollars", "10000", json!({ "currency": "USD", "period": { "startsOn": "2026-01-01", "endsOn": "2027-12-31" } })).await;
        desk.request("E1", "too-old", "9999").await;
        desk.app.clock.advance(chrono::TimeDelta::days(366));
        for (person, course, price) in [
            ("E1", "small", "50"), ("E1", "large", "900"), ("E1", "second", "300"), ("E1", "third", "300"),
            ("E2", "small", "50"), ("E2", "middle", "250"),
        ] {
            desk.app.clock.advance(chrono::TimeDelta::minutes(1));
            desk.request(person, course, price).await;
        }
        let foreign = json!({ "quote": { "amount": "70", "currency": "USD" }, "budgetId": dollars });
        desk.caller("E3").send(crate::funding::SUBMIT, json!({ "input": outside("abroad", "70", foreign) })).await
            .text("/submitFundingRequest/fundingRequest/id");
        let draft = desk.draft(rules(json!({
            "caps": { "perRequest": "500", "perPersonAndYear": "600" }, "autoApproveUpTo": "100",
            "eligibility": { "statuses": ["ON_LEAVE"] },
            "steps": [{ "who": { "relation": "MANAGER" } }, { "who": { "role": "FINANCE" }, "fromAmount": "300" }],
        }))).await;
        let mut witness = desk.app.witness().await;
        let told = desk.caller("H1").send(IMPACT, json!({ "id": draft })).await;
        let tally = |requests: u64, amounts: &[(&str, &str)]| json!({
            "requests": requests,
            "amounts": amounts.iter().map(|(amount, currency)| json!({ "amount": amount, "currency": currency })).collect::<Vec<_>>(),
        });
        let eur = |requests: u64, amount: &str| tally(requests, &[(amount, "EUR")]);
        let manager = json!({ "relation": "MANAGER", "role": null, "named": false });
        let finance = json!({ "relation": null, "role": "FINANCE", "named": false });
        assert_eq!(told.data("/fundingPolicyImpact"), json!({
            "fromOn": "2026-03-03", "untilOn": "2027-03-03", "cut": false,
            "submitted": tally(7, &[("1850.00", "EUR"), ("70.00", "USD")]),
            "refused": eur(2, "1200.00"),
            "refusedByRule": [
                { "code": "REQUEST_CAP_EXCEEDED", "example": "the policy allows 500.00 EUR a request; this one asks for 900.00 EUR",
                  "tally": eur(1, "900.00") },
                { "code": "YEAR_CAP_EXCEEDED", "example": "the policy allows 600.00 EUR a person from 2027-01-01 to 2027-12-31; 50.00 EUR \
                    of it are asked for or spent, and this request asks for 900.00 EUR", "tally": eur(2, "1200.00") },
            ],
            "approvedByPolicy": eur(2, "100.00"),
            "chains": [
                { "approvers": [manager, finance], "tally": tally(2, &[("300.00", "EUR"), ("70.00", "USD")]) },
                { "approvers": [manager], "tally": eur(1, "250.00") },
            ],
            "notMeasured": tally(1, &[("70.00", "USD")]),
        }));
        assert!(!witness.wrote().await);
        for person in ["F1", "H2", "A1", "E1", "M1"] {
            let answer = desk.caller(person).send("query($id: ID!) { fundingPolicyImpact(id: $id) { cut } }", json!({ "id": draft })).await;
            assert_eq!(answer.code(), "FORBIDDEN", "{person}");
        }
    }
}
