//! F15: what a grant, an agency or the employee pays of a price.

use serde_json::{Value, json};
use support::both_databases;

use super::policies::rules;
use super::{Desk, SUBMIT, eur, outside, reason};

const PREVIEW: &str = "query($input: FundingPreviewInput!) { fundingPreview(input: $input) {
  outcome findings { code rule field message actual { money { amount } word } limit { money { amount } word } }
  price { amount } amount { amount } budget { after { available { amount } } } } }";

const REQUEST: &str = "query($id: ID!) { fundingRequest(id: $id) {
  amount { amount } requestedAmount { amount } committedPrice { amount } settledPrice { amount }
  coFunding { source amount { amount currency } name reference } } }";

fn part(source: &str, amount: &str) -> Value {
    json!({ "source": source, "amount": eur(amount), "name": "Upskilling fund", "reference": "A-17" })
}

both_databases! {
    async fn f15_only_the_employers_part_hits_the_budget_and_bears_the_drift(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        desk.policy(rules(json!({ "caps": { "perRequest": "500" }, "priceTolerance": { "amount": "20" } }))).await;
        let own = json!({ "source": "EMPLOYEE", "amount": eur("100") });
        let parts = json!({ "coFunding": [part("GRANT", "300"), own] });
        let input = outside("cloud", "900", parts);
        let told = desk.caller("E1").send(PREVIEW, json!({ "input": input })).await;
        assert_eq!(told.data("/fundingPreview/findings"), json!([]));
        assert_eq!(told.data("/fundingPreview/amount/amount"), json!("500.00"));
        assert_eq!(told.data("/fundingPreview/price/amount"), json!("900.00"));
        let id = desk.caller("E1").send(SUBMIT, json!({ "input": input })).await.text("/submitFundingRequest/fundingRequest/id");
        desk.approve("M1", &id).await.data("/approveFundingRequest/fundingRequest");
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "500.00", "0.00", "0.00", "500.00"]);

        let before = desk.footprint().await;
        let above = desk.act("F1", "commitFundingRequest", json!({ "id": id, "price": eur("920.01") })).await;
        assert_eq!(above.refused("commitFundingRequest"), ["PRICE_ABOVE_TOLERANCE input.price"]);
        assert!(reason(&above, "commitFundingRequest").starts_with(
            "the price is 920.01 EUR, but 900.00 EUR was approved and the price may be 920.00 EUR at most",
        ));
        assert_eq!(desk.footprint().await, before);
        desk.act("F1", "commitFundingRequest", json!({ "id": id, "price": eur("880") })).await.data("/commitFundingRequest/fundingRequest");
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "0.00", "480.00", "0.00", "520.00"]);
        desk.act("F1", "settleFundingRequest", json!({ "id": id, "price": eur("915") })).await.data("/settleFundingRequest/fundingRequest");
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "0.00", "0.00", "515.00", "485.00"]);
        assert_eq!(desk.caller("E1").send(REQUEST, json!({ "id": id })).await.data("/fundingRequest"), json!({
            "amount": { "amount": "500.00" }, "requestedAmount": { "amount": "500.00" },
            "committedPrice": { "amount": "480.00" }, "settledPrice": { "amount": "515.00" },
            "coFunding": [
                { "source": "GRANT", "amount": eur("300.00"), "name": "Upskilling fund", "reference": "A-17" },
                { "source": "EMPLOYEE", "amount": eur("100.00"), "name": null, "reference": null },
            ],
        }));
        desk.holds().await;
    }

    async fn f15_others_may_pay_all_of_it(desk: Desk) {
        let budget = desk.budget("Learning", "10", json!({})).await;
        let input = outside("cloud", "900", json!({ "coFunding": [part("AGENCY", "900")] }));
        let id = desk.caller("E1").send(SUBMIT, json!({ "input": input })).await.text("/submitFundingRequest/fundingRequest/id");
        desk.approve("M1", &id).await.data("/approveFundingRequest/fundingRequest");
        desk.act("F1", "commitFundingRequest", json!({ "id": id })).await.data("/commitFundingRequest/fundingRequest");
        desk.act("F1", "settleFundingRequest", json!({ "id": id, "price": eur("850") })).await.data("/settleFundingRequest/fundingRequest");
        assert_eq!(desk.layers(&budget).await, ["10.00", "0.00", "0.00", "0.00", "0.00", "10.00"]);
        desk.holds().await;
    }

    async fn f15_parts_that_cannot_be_are_refused_with_their_places(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let nameless = json!({ "source": "GRANT", "amount": eur("1") });
        let dollars = json!({ "source": "GRANT", "amount": { "amount": "1", "currency": "USD" }, "name": "A fund" });
        let unread = json!({ "source": "AGENCY", "amount": eur("1"), "name": "x".repeat(201), "reference": " " });
        let cases = [
            (json!([part("GRANT", "0")]), vec!["INVALID_CO_FUNDING input.coFunding.0.amount"]),
            (json!([part("GRANT", "1"), nameless]), vec!["INVALID_CO_FUNDING input.coFunding.1.name"]),
            (json!([unread]), vec!["INVALID_CO_FUNDING input.coFunding.0.name", "INVALID_CO_FUNDING input.coFunding.0.reference"]),
            (json!(vec![part("GRANT", "1"); 11]), vec!["INVALID_CO_FUNDING input.coFunding"]),
            (json!([part("GRANT", "1"), dollars]), vec!["CO_FUNDING_CURRENCY input.coFunding.1.amount"]),
            (json!([part("GRANT", "60"), part("AGENCY", "40.01")]), vec!["CO_FUNDING_ABOVE_PRICE input.coFunding"]),
        ];
        let before = desk.footprint().await;
        for (parts, expected) in cases {
            let input = outside("cloud", "100", json!({ "coFunding": parts }));
            let told = desk.caller("E1").send(PREVIEW, json!({ "input": input })).await;
            let findings = told.data("/fundingPreview/findings");
            let findings = findings.as_array().expect("findings").iter();
            let places = findings.map(|finding| {
                assert_eq!(finding["rule"], "F15");
                let path: Vec<_> = finding["field"].as_array().expect("a path").iter().filter_map(Value::as_str).collect();
                format!("{} {}", finding["code"].as_str().unwrap_or_default(), path.join("."))
            });
            assert_eq!(places.collect::<Vec<_>>(), expected);
            let refused = desk.caller("E1").send(SUBMIT, json!({ "input": input })).await;
            assert_eq!(refused.refused("submitFundingRequest"), expected);
        }
        assert_eq!(desk.footprint().await, before);
    }

    async fn f18_a_policy_may_ask_for_a_share_of_the_employee(desk: Desk) {
        desk.budget("Learning", "10000", json!({})).await;
        desk.policy(rules(json!({ "employeeShare": { "above": "500", "basisPoints": 2_000 } }))).await;
        let shown = desk.caller("F1").ask("{ fundingPolicy { rules { employeeShareBasisPoints employeeShareAbove { amount } } } }").await;
        assert_eq!(shown.data("/fundingPolicy/rules"), json!({
            "employeeShareBasisPoints": 2_000, "employeeShareAbove": { "amount": "500.00" },
        }));
        let before = desk.footprint().await;
        let input = outside("cloud", "1500", json!({ "coFunding": [part("GRANT", "900"), part("EMPLOYEE", "199.99")] }));
        let told = desk.caller("E1").send(PREVIEW, json!({ "input": input })).await;
        assert_eq!(told.data("/fundingPreview/findings"), json!([{
            "code": "EMPLOYEE_SHARE_TOO_LOW", "rule": "F18", "field": ["input", "coFunding"],
            "message": "the policy asks the employee to pay 200.00 EUR of the price of 1500.00 EUR; the request says 199.99 EUR, so \
                give the rest as co-funding by the EMPLOYEE",
            "actual": { "money": { "amount": "199.99" }, "word": null }, "limit": { "money": { "amount": "200.00" }, "word": null },
        }]));
        let refused = desk.caller("E1").send(SUBMIT, json!({ "input": input })).await;
        assert_eq!(refused.refused("submitFundingRequest"), ["EMPLOYEE_SHARE_TOO_LOW input.coFunding"]);
        assert_eq!(desk.footprint().await, before);
        desk.request("E1", "cheap", "500").await;
        let input = outside("cloud", "1500", json!({ "coFunding": [part("EMPLOYEE", "200")] }));
        let taken = desk.caller("E1").send(SUBMIT, json!({ "input": input })).await;
        assert_eq!(taken.data("/submitFundingRequest/fundingRequest/amount"), eur("1300.00"));
    }
}
