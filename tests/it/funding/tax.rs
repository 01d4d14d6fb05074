//! Yearly tax buckets: what a request takes of them is told to whoever asks and whoever decides.

use serde_json::{Value, json};
use support::{Answer, both_databases};

use super::policies::rules;
use super::{Desk, eur, outside};

const PREVIEW: &str = "query($input: FundingPreviewInput!) { fundingPreview(input: $input) {
  outcome approvedByPolicy findings { code severity rule message actual { money { amount } word } limit { money { amount } word } }
  taxShares { ...share } alternatives { ... on AmountAlternative { amount { amount } } } } }
  fragment share on TaxShare { amount { amount currency } free { amount } taxable { amount }
    before { year used { amount } left { amount } waiting { amount } notCounted { amount currency } bucket { code } } }";

const SHARES: &str = "query($id: ID!) { fundingRequest(id: $id) { settledOn taxShares {
  amount { amount currency } free { amount } taxable { amount } before { year used { amount } left { amount } } } } }";

const ALLOWANCE: &str = "query($id: ID) { fundingAllowance(employeeId: $id) { taxBuckets {
  year promised { amount } settled { amount } used { amount } left { amount } waiting { amount } notCounted { amount currency }
  bucket { code name above workCountries amount { amount currency } } } } }";

const INBOX: &str =
    "{ viewer { approvals { nodes { findings { code message actual { amount } limit { amount } } } } } }";

/// Rules with one bucket for those who work in the United States.
fn bucket(amount: &Value, above: &str) -> Value {
    let bucket = json!({
        "code": "US-127", "name": "Section 127", "amount": amount, "workCountries": ["US"], "above": above,
    });
    rules(json!({ "taxBuckets": [bucket] }))
}

impl Desk {
    /// Eva works in the United States from now on.
    async fn eva_works_abroad(&self) {
        let import = "mutation($rows: [RosterRowInput!]!) { importRoster(input: { rows: $rows }) { report { updated } } }";
        let rows = json!([{ "externalId": "E1", "workCountry": "US" }]);
        let moved = self.caller("H1").send(import, json!({ "rows": rows })).await;
        assert_eq!(moved.data("/importRoster/report/updated"), json!(1));
    }

    async fn foresee(&self, person: &str, price: &str) -> Value {
        let input = outside("next", price, json!({}));
        self.caller(person).send(PREVIEW, json!({ "input": input })).await.data("/fundingPreview")
    }

    async fn shares(&self, request: &str) -> Value {
        self.caller("E1").send(SHARES, json!({ "id": request })).await.data("/fundingRequest")
    }

    async fn allowance(&self, person: &str, of: Option<&str>) -> Answer {
        let id = match of {
            Some(of) => Some(self.person(of).await),
            None => None,
        };
        self.caller(person).send(ALLOWANCE, json!({ "id": id })).await
    }

    /// Eva's only bucket: promised, settled, used, left, waiting.
    async fn bucket(&self) -> [String; 5] {
        let answer = self.allowance("E1", None).await;
        let of = |field: &str| answer.text(&format!("/fundingAllowance/taxBuckets/0/{field}/amount"));
        ["promised", "settled", "used", "left", "waiting"].map(of)
    }

    async fn pay(&self, id: &str, price: &str, on: &str) {
        self.act("F1", "commitFundingRequest", json!({ "id": id }))
            .await
            .data("/commitFundingRequest/fundingRequest/id");
        let paid = json!({ "id": id, "price": eur(price), "effectiveOn": on });
        self.act("F1", "settleFundingRequest", paid).await.data("/settleFundingRequest/fundingRequest/id");
    }
}

fn amount(amount: &str) -> Value {
    json!({ "amount": amount })
}

both_databases! {
    async fn what_would_be_taxable_is_told_before_and_after_the_decision(desk: Desk) {
        desk.budget("Learning", "10000", json!({})).await;
        desk.eva_works_abroad().await;
        desk.policy(bucket(&eur("1000"), "INFORM")).await;
        let first = desk.approved("E1", "first", "700").await;
        let told = desk.foresee("E1", "500").await;
        let message = "200.00 EUR of the 500.00 EUR would be taxable: 'Section 127' has 300.00 EUR left in 2026";
        let money = |amount: &str| json!({ "money": { "amount": amount }, "word": null });
        let share = |before: &str, left: &str, waiting: &str| json!([{
            "amount": eur("500.00"), "free": amount("300.00"), "taxable": amount("200.00"),
            "before": { "year": 2026, "used": amount(before), "left": amount(left), "waiting": amount(waiting),
                "notCounted": [], "bucket": { "code": "US-127" } },
        }]);
        assert_eq!(told, json!({
            "outcome": "ALLOWED", "approvedByPolicy": false,
            "findings": [{ "code": "TAXABLE_PART", "severity": "WARNING", "rule": "F18", "message": message,
                "actual": money("500.00"), "limit": money("300.00") }],
            "taxShares": share("700.00", "300.00", "0.00"), "alternatives": [],
        }));
        // Whoever sees the budget is told what could be asked for free of tax.
        let input = outside("next", "500", json!({ "employeeId": desk.person("E1").await }));
        let hana = desk.caller("H1").send(PREVIEW, json!({ "input": input })).await;
        assert_eq!(hana.data("/fundingPreview/alternatives"), json!([{ "amount": amount("300.00") }]));
        let second = desk.request("E1", "next", "500").await;
        assert_eq!(desk.caller("M1").ask(INBOX).await.data("/viewer/approvals/nodes/0/findings"), json!([{
            "code": "TAXABLE_PART", "message": message, "actual": amount("500.00"), "limit": amount("300.00"),
        }]));
        assert_eq!(desk.bucket().await, ["700.00", "0.00", "700.00", "300.00", "500.00"]);
        desk.approve("M1", &second).await.data("/approveFundingRequest/fundingRequest/status");
        let grounds = "query($id: ID!) { fundingRequest(id: $id) { decisions { grounds { findings { code message limit { amount } } } } } }";
        let seen = desk.caller("M1").send(grounds, json!({ "id": second })).await;
        assert_eq!(seen.data("/fundingRequest/decisions/0/grounds/findings"), json!([
            { "code": "TAXABLE_PART", "message": message, "limit": amount("300.00") },
        ]));
        assert_eq!(desk.bucket().await, ["1200.00", "0.00", "1200.00", "0.00", "0.00"]);
        // What was approved first is free of tax, and what came later is not.
        let taxable = async |id: &str| desk.shares(id).await["taxShares"][0]["taxable"]["amount"].clone();
        assert_eq!((taxable(&first).await, taxable(&second).await), (json!("0.00"), json!("200.00")));
    }

    async fn money_counts_in_the_year_in_which_it_is_paid(desk: Desk) {
        desk.budget("Learning", "10000", json!({ "period": { "startsOn": "2025-01-01", "endsOn": "2027-12-31" } })).await;
        desk.eva_works_abroad().await;
        desk.policy(bucket(&eur("1000"), "INFORM")).await;
        let paid = desk.approved("E1", "paid", "700").await;
        desk.approved("E1", "open", "600").await;
        desk.pay(&paid, "650", "2026-03-02").await;
        assert_eq!(desk.bucket().await, ["600.00", "650.00", "1250.00", "0.00", "0.00"]);
        let back = json!({ "id": paid, "amount": eur("50"), "reason": "COURSE_CANCELED" });
        desk.act("F1", "refundFundingRequest", back).await.data("/refundFundingRequest/fundingRequest/id");
        assert_eq!(desk.bucket().await, ["600.00", "600.00", "1200.00", "0.00", "0.00"]);
        desk.act("F1", "cancelFundingRequest", json!({ "id": desk.approved("E1", "given-up", "10").await, "reason": "COURSE_CANCELED" }))
            .await.data("/cancelFundingRequest/fundingRequest/id");
        assert_eq!(desk.bucket().await, ["600.00", "600.00", "1200.00", "0.00", "0.00"]);
        // On the second of January the promise can only be paid this year, and what was paid stays where it was.
        desk.app.clock.advance(chrono::TimeDelta::days(306));
        assert_eq!(desk.bucket().await, ["600.00", "0.00", "600.00", "400.00", "0.00"]);
        assert_eq!(desk.shares(&paid).await, json!({ "settledOn": "2026-03-02", "taxShares": [{
            "amount": eur("600.00"), "free": amount("600.00"), "taxable": amount("0.00"),
            "before": { "year": 2026, "used": amount("0.00"), "left": amount("1000.00") },
        }] }));
        let rejected = desk.request("E1", "rejected", "10").await;
        desk.act("M1", "rejectFundingRequest", json!({ "id": rejected, "reason": "OTHER", "text": "no" })).await
            .data("/rejectFundingRequest/fundingRequest/id");
        assert_eq!(desk.shares(&rejected).await, json!({ "settledOn": null, "taxShares": [] }));
    }

    async fn a_policy_may_refuse_what_would_be_taxable(desk: Desk) {
        desk.budget("Learning", "10000", json!({})).await;
        desk.eva_works_abroad().await;
        desk.policy(bucket(&eur("1000"), "REFUSE")).await;
        desk.request("E1", "waiting", "600").await;
        let told = desk.foresee("E1", "400.01").await;
        let message = "the policy pays no more than is free of tax: 'Section 127' allows 1000.00 EUR in 2026; 600.00 EUR of it \
                       are asked for, promised or paid, and this request asks for 400.01 EUR";
        assert_eq!((&told["outcome"], &told["findings"][0]["message"]), (&json!("REFUSED"), &json!(message)));
        assert_eq!(told["findings"].as_array().map(Vec::len), Some(1));
        let before = desk.footprint().await;
        let refused = desk.submit("E1", "next", "400.01", json!({})).await;
        assert_eq!(refused.refused("submitFundingRequest"), ["TAX_BUCKET_EXCEEDED input.employeeId"]);
        assert_eq!(desk.footprint().await, before);
        // Emil works nowhere that is known, so nothing of this is about him.
        desk.request("E2", "elsewhere", "5000").await;
        let ask = async |number: usize| {
            let answer = desk.submit("E1", &format!("course-{number}"), "150", json!({})).await;
            usize::from(answer.data("/submitFundingRequest/userErrors") == json!([]))
        };
        let (one, two, three, four) = tokio::join!(ask(1), ask(2), ask(3), ask(4));
        assert_eq!(one + two + three + four, 2);
        assert_eq!(desk.bucket().await, ["0.00", "0.00", "0.00", "1000.00", "900.00"]);
    }

    async fn another_currency_counts_at_the_rate_of_the_submission(desk: Desk) {
        desk.budget("Learning", "10000", json!({})).await;
        desk.eva_works_abroad().await;
        let dollars = |amount: &str| json!({ "amount": amount, "currency": "USD" });
        desk.policy(bucket(&dollars("1000"), "INFORM")).await;
        // Without a rate it is for people to judge.
        let unknown = desk.approved("E1", "unknown", "100").await;
        let told = desk.foresee("E1", "500").await;
        let message = "how much of 500.00 EUR 'Section 127' leaves free of tax cannot be told, because there was no exchange \
                       rate from EUR to USD when the request was submitted; it is for you to judge";
        let word = |word: &str| json!({ "money": null, "word": word });
        assert_eq!(told["findings"], json!([{ "code": "TAX_NOT_KNOWN", "severity": "WARNING", "rule": "F18", "message": message,
            "actual": word("EUR"), "limit": word("USD") }]));
        let rate = |rate: &str| json!([{ "from": "EUR", "to": "USD", "day": "2026-03-02", "rate": rate, "source": "A bank" }]);
        desk.set_rates(rate("1.1")).await.data("/setExchangeRates/report/exchangeRates");
        let known = desk.approved("E1", "known", "500").await;
        desk.set_rates(rate("2")).await.data("/setExchangeRates/report/exchangeRates");
        let share = desk.shares(&known).await["taxShares"][0].clone();
        assert_eq!((&share["amount"], &share["taxable"]), (&dollars("550.00"), &amount("0.00")));
        assert_eq!(desk.shares(&unknown).await["taxShares"][0]["amount"], json!(null));
        let told = desk.foresee("E1", "300").await;
        assert_eq!(told["taxShares"], json!([{
            "amount": dollars("600.00"), "free": amount("450.00"), "taxable": amount("150.00"),
            "before": { "year": 2026, "used": amount("550.00"), "left": amount("450.00"), "waiting": amount("0.00"),
                "notCounted": [eur("100.00")], "bucket": { "code": "US-127" } },
        }]));
    }

    async fn a_person_and_those_above_see_what_is_left(desk: Desk) {
        desk.budget("Learning", "10000", json!({})).await;
        desk.eva_works_abroad().await;
        desk.policy(bucket(&eur("1000"), "INFORM")).await;
        let left = json!({ "taxBuckets": [{
            "year": 2026, "promised": amount("0.00"), "settled": amount("0.00"), "used": amount("0.00"),
            "left": amount("1000.00"), "waiting": amount("0.00"), "notCounted": [],
            "bucket": { "code": "US-127", "name": "Section 127", "above": "INFORM", "workCountries": ["US"],
                "amount": eur("1000.00") },
        }] });
        for (person, of) in [("E1", None), ("M1", Some("E1")), ("C1", Some("E1")), ("H2", Some("E1"))] {
            assert_eq!(desk.allowance(person, of).await.data("/fundingAllowance"), left, "{person}");
        }
        assert_eq!(desk.allowance("E2", None).await.data("/fundingAllowance"), json!({ "taxBuckets": [] }));
        for person in ["E2", "M2", "F1", "A1", "W1", "X1"] {
            assert_eq!(desk.allowance(person, Some("E1")).await.code(), "FORBIDDEN", "{person}");
        }
    }

    async fn an_inbox_takes_as_many_statements_however_much_waits(desk: Desk) {
        desk.budget("Learning", "10000", json!({})).await;
        desk.eva_works_abroad().await;
        desk.policy(bucket(&eur("1000"), "INFORM")).await;
        let document = "{ viewer { approvals { nodes { findings { code } request { taxShares { taxable { amount } } } } } } }";
        let look = async || {
            let max = desk.caller("M1");
            let (answer, statements) = upskill_persistence::counted(max.ask(document)).await;
            (answer.data("/viewer/approvals/nodes").as_array().map_or(0, Vec::len), statements)
        };
        desk.request("E1", "first", "600").await;
        assert_eq!(look().await, (1, 13));
        for (person, course) in [("E1", "second"), ("E1", "third"), ("E2", "fourth")] {
            desk.request(person, course, "600").await;
        }
        assert_eq!(look().await, (4, 13));
    }

    async fn a_bucket_that_makes_no_sense_is_not_published(desk: Desk) {
        desk.budget("Learning", "1", json!({})).await;
        let twice = json!({ "code": "A", "name": "A", "amount": eur("1") });
        let wrong = json!({ "code": " ", "name": "B", "amount": eur("0"), "workCountries": [] });
        let id = desk.draft(rules(json!({ "taxBuckets": [twice.clone(), twice, wrong] }))).await;
        let before = desk.footprint().await;
        let publish = "mutation($id: ID!) { publishFundingPolicy(input: { id: $id, expectedVersion: 1 }) { userErrors { code field } } }";
        let refused = desk.caller("H1").send(publish, json!({ "id": id })).await;
        assert_eq!(
            refused.refused("publishFundingPolicy"),
            ["NOT_POSITIVE input.id", "INVALID_TEXT input.id", "EMPTY_LIST input.id", "NAMED_TWICE input.id"],
        );
        assert_eq!(desk.footprint().await, before);
    }
}
