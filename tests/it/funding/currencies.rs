//! Prices in another currency than the budget's, and the table of rates by which they are converted.

use serde_json::{Value, json};
use support::{Answer, both_databases};

use super::{Desk, SUBMIT, eur, outside, reason};

const SET: &str = "mutation($input: SetExchangeRatesInput!) { setExchangeRates(input: $input) {
  report { exchangeRates { id from to day rate source version withdrawnAt setBy { externalId } } }
  userErrors { code field message } } }";

const WITHDRAW: &str = "mutation($input: WithdrawExchangeRateInput!) { withdrawExchangeRate(input: $input) {
  exchangeRate { withdrawnAt version } userErrors { code field message } } }";

const PREVIEW: &str = "query($input: FundingPreviewInput!) { fundingPreview(input: $input) {
  findings { code message field actual { word } limit { word } }
  price { amount currency } amount { amount currency } exchangeRate { from to rate day source }
  budget { after { reserved { amount } available { amount } } }
  alternatives { __typename ... on AmountAlternative { amount { amount currency } } } } }";

const REQUEST: &str = "query($id: ID!) { fundingRequest(id: $id) { status amount { amount currency }
  offer { price { amount currency } } exchangeRate { from to rate day source }
  committedPrice { amount currency } settledPrice { amount currency } } }";

fn usd(amount: &str) -> Value {
    json!({ "amount": amount, "currency": "USD" })
}

fn rate(day: &str, rate: &str) -> Value {
    json!({ "from": "USD", "to": "EUR", "day": day, "rate": rate, "source": "Example Bank" })
}

impl Desk {
    /// Finn sets rates.
    pub(super) async fn set_rates(&self, rates: Value) -> Answer {
        self.caller("F1").send(SET, json!({ "input": { "rates": rates } })).await
    }

    /// What Eva would be told of a course for 100 US dollars, as Hana sees it.
    async fn preview_dollars(&self) -> Answer {
        let more = json!({ "quote": usd("100"), "employeeId": self.person("E1").await });
        self.caller("H1").send(PREVIEW, json!({ "input": outside("cloud", "0", more) })).await
    }

    async fn submit_dollars(&self) -> Answer {
        self.submit("E1", "cloud", "0", json!({ "quote": usd("100") })).await
    }
}

both_databases! {
    async fn a_price_is_converted_at_the_rate_of_its_submission_from_then_on(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        desk.set_rates(json!([rate("2026-02-24", "0.9"), rate("2026-02-27", "0.92"), rate("2026-02-20", "0.5")])).await
            .data("/setExchangeRates/report/exchangeRates");
        let frozen = json!({ "from": "USD", "to": "EUR", "rate": "0.92", "day": "2026-02-27", "source": "Example Bank" });
        let told = desk.preview_dollars().await.data("/fundingPreview");
        assert_eq!(told, json!({
            "findings": [], "price": usd("100.00"), "amount": eur("92.00"), "exchangeRate": frozen, "alternatives": [],
            "budget": { "after": { "reserved": { "amount": "92.00" }, "available": { "amount": "908.00" } } },
        }));
        let submitted = desk.submit_dollars().await;
        let id = submitted.text("/submitFundingRequest/fundingRequest/id");
        assert_eq!(submitted.data("/submitFundingRequest/fundingRequest/amount"), eur("92.00"));

        // Neither a correction nor a withdrawal reaches what was frozen.
        let corrected = desk.set_rates(json!([rate("2026-02-27", "2"), rate("2026-03-02", "3")])).await;
        let corrected = corrected.text("/setExchangeRates/report/exchangeRates/0/id");
        desk.caller("F1").send(WITHDRAW, json!({ "input": { "id": corrected } })).await.data("/withdrawExchangeRate/exchangeRate");
        desk.approve("M1", &id).await.data("/approveFundingRequest/fundingRequest");
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "92.00", "0.00", "0.00", "908.00"]);
        let booked = desk.act("F1", "commitFundingRequest", json!({ "id": id, "price": usd("99.99") })).await;
        assert_eq!(booked.data("/commitFundingRequest/userErrors"), json!([]));
        // 99.99 dollars are 91.9908 euros.
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "0.00", "91.99", "0.00", "908.01"]);
        let settled = desk.act("F1", "settleFundingRequest", json!({ "id": id, "price": usd("98.50") })).await;
        assert_eq!(settled.data("/settleFundingRequest/userErrors"), json!([]));
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "0.00", "0.00", "90.62", "909.38"]);
        assert_eq!(desk.caller("E1").send(REQUEST, json!({ "id": id })).await.data("/fundingRequest"), json!({
            "status": "SETTLED", "amount": eur("92.00"), "offer": { "price": usd("100.00") }, "exchangeRate": frozen,
            "committedPrice": eur("91.99"), "settledPrice": eur("90.62"),
        }));
        desk.app.seal().await;
        let journal = desk.caller("A1").ask("{ journalEntries(last: 1) { nodes { kind payload } } }").await;
        assert_eq!(journal.text("/journalEntries/nodes/0/kind"), "funding.request_settled");
        let payload = journal.text("/journalEntries/nodes/0/payload");
        assert!(payload.contains(r#""invoiced":{"#) && payload.contains("9850"), "{payload}");
        desk.holds().await;
    }

    async fn an_invoice_may_be_paid_in_the_currency_of_the_budget(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        desk.set_rates(json!([rate("2026-03-02", "0.92")])).await.data("/setExchangeRates/report/exchangeRates");
        let id = desk.submit_dollars().await.text("/submitFundingRequest/fundingRequest/id");
        desk.approve("M1", &id).await.data("/approveFundingRequest/fundingRequest");
        let mut witness = desk.app.witness().await;
        let yen = json!({ "amount": "9000", "currency": "JPY" });
        for (price, code) in [(yen, "CURRENCY_MISMATCH"), (usd("100.02"), "PRICE_ABOVE_TOLERANCE"), (usd("-1"), "NEGATIVE_PRICE")] {
            let refused = desk.act("F1", "commitFundingRequest", json!({ "id": id, "price": price })).await;
            assert_eq!(refused.refused("commitFundingRequest"), [format!("{code} input.price")]);
        }
        assert!(!witness.wrote().await);
        desk.act("F1", "commitFundingRequest", json!({ "id": id })).await.data("/commitFundingRequest/fundingRequest");
        let yen = json!({ "amount": "9000", "currency": "JPY" });
        let refused = desk.act("F1", "settleFundingRequest", json!({ "id": id, "price": yen })).await;
        assert_eq!(
            reason(&refused, "settleFundingRequest"),
            "the price is in JPY, but the request is in EUR and was offered in USD",
        );
        // The bank took another rate.
        desk.act("F1", "settleFundingRequest", json!({ "id": id, "price": eur("91.50") })).await.data("/settleFundingRequest/fundingRequest");
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "0.00", "0.00", "91.50", "908.50"]);
        desk.holds().await;
    }

    async fn without_a_rate_of_the_last_days_nothing_is_converted(desk: Desk) {
        desk.budget("Learning", "50", json!({})).await;
        let message = "the price is in USD and the budget 'Learning' in EUR, but there is no exchange rate from USD to EUR of \
                       2026-03-02 or the 7 days before; ask FINANCE to set one, or name a budget in USD";
        let asked = async |told: &str| {
            let before = desk.footprint().await;
            let preview = desk.preview_dollars().await;
            assert_eq!(preview.data("/fundingPreview/findings"), json!([{
                "code": "NO_EXCHANGE_RATE", "message": message, "field": ["input", "budgetId"],
                "actual": { "word": "USD" }, "limit": { "word": "EUR" },
            }]), "{told}");
            assert_eq!(preview.data("/fundingPreview/amount"), json!(null));
            let refused = desk.submit_dollars().await;
            assert_eq!(refused.refused("submitFundingRequest"), ["NO_EXCHANGE_RATE input.budgetId"], "{told}");
            assert_eq!(desk.footprint().await, before, "{told}");
        };
        asked("no rate at all").await;
        desk.set_rates(json!([rate("2026-02-22", "0.92")])).await.data("/setExchangeRates/report/exchangeRates");
        asked("one that is too old").await;
        let back = json!({ "from": "EUR", "to": "USD", "day": "2026-03-02", "rate": "1.09", "source": "Example Bank" });
        desk.set_rates(json!([back])).await.data("/setExchangeRates/report/exchangeRates");
        asked("one for the way back").await;
        let withdrawn = desk.set_rates(json!([rate("2026-03-01", "0.5")])).await.text("/setExchangeRates/report/exchangeRates/0/id");
        desk.caller("F1").send(WITHDRAW, json!({ "input": { "id": withdrawn } })).await.data("/withdrawExchangeRate/exchangeRate");
        asked("one that was withdrawn").await;
        // On the first of the 7 days it is good enough, and what the budget has is compared with the amount.
        desk.set_rates(json!([rate("2026-02-23", "0.92")])).await.data("/setExchangeRates/report/exchangeRates");
        let preview = desk.preview_dollars().await;
        assert_eq!(preview.text("/fundingPreview/findings/0/message"), "the budget has 50.00 EUR available, but 92.00 EUR is needed");
        assert_eq!(preview.data("/fundingPreview/alternatives"), json!([
            { "__typename": "AmountAlternative", "amount": eur("50.00") },
        ]));
        desk.submit_dollars().await.text("/submitFundingRequest/fundingRequest/id");
    }

    async fn a_policy_measures_what_was_converted(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        desk.set_rates(json!([rate("2026-03-02", "0.92")])).await.data("/setExchangeRates/report/exchangeRates");
        let rules = json!({ "currency": "EUR", "caps": { "perRequest": "91.99" }, "steps": [{ "who": { "relation": "MANAGER" } }] });
        let draft = "mutation($input: DraftFundingPolicyInput!) { draftFundingPolicy(input: $input) { fundingPolicy { id version } userErrors { message } } }";
        let drafted = desk.caller("H1").send(draft, json!({ "input": { "name": "Caps", "from": { "rules": rules } } })).await;
        let publish = "mutation($id: ID!) { publishFundingPolicy(input: { id: $id, expectedVersion: 1 }) { fundingPolicy { id } userErrors { message } } }";
        desk.caller("H1").send(publish, json!({ "id": drafted.text("/draftFundingPolicy/fundingPolicy/id") })).await
            .text("/publishFundingPolicy/fundingPolicy/id");
        let refused = desk.submit_dollars().await;
        assert_eq!(refused.refused("submitFundingRequest"), ["REQUEST_CAP_EXCEEDED input.course"]);
        assert_eq!(reason(&refused, "submitFundingRequest"), "the policy allows 91.99 EUR a request; this one asks for 92.00 EUR");
        let input = outside("cloud", "0", json!({ "quote": usd("99.98") }));
        let taken = desk.caller("E1").send(SUBMIT, json!({ "input": input })).await;
        assert_eq!(taken.data("/submitFundingRequest/fundingRequest/amount"), eur("91.98"));
    }

    async fn rates_are_set_replaced_and_withdrawn(desk: Desk) {
        let input = json!({ "rates": [rate("2026-03-02", "0.920"), rate("2026-03-01", "0.91")], "idempotencyKey": "monday" });
        let finn = desk.caller("F1");
        let set = finn.send(SET, json!({ "input": input })).await;
        let id = set.text("/setExchangeRates/report/exchangeRates/0/id");
        assert_eq!(set.data("/setExchangeRates/report/exchangeRates/0"), json!({
            "id": id, "from": "USD", "to": "EUR", "day": "2026-03-02", "rate": "0.92", "source": "Example Bank", "version": 1,
            "withdrawnAt": null, "setBy": { "externalId": "F1" },
        }));
        let mut witness = desk.app.witness().await;
        let again = finn.send(SET, json!({ "input": input })).await;
        assert_eq!(again.data("/setExchangeRates"), set.data("/setExchangeRates"));
        let reused = finn.send(SET, json!({ "input": { "rates": [rate("2026-03-02", "1")], "idempotencyKey": "monday" } })).await;
        assert_eq!(reused.refused("setExchangeRates"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        // The same again is not news.
        let same = desk.set_rates(json!([rate("2026-03-02", "0.92")])).await;
        assert_eq!(same.data("/setExchangeRates/report/exchangeRates/0/version"), json!(1));
        assert!(!witness.wrote().await);

        let other = desk.set_rates(json!([rate("2026-03-02", "0.93")])).await;
        assert_eq!(other.data("/setExchangeRates/report/exchangeRates/0/id"), json!(id));
        assert_eq!(other.data("/setExchangeRates/report/exchangeRates/0/version"), json!(2));
        witness.wrote().await;
        let stale = finn.send(WITHDRAW, json!({ "input": { "id": id, "expectedVersion": 1 } })).await;
        assert_eq!(stale.code(), "CONFLICT");
        assert!(!witness.wrote().await);
        let withdrawn = finn.send(WITHDRAW, json!({ "input": { "id": id, "expectedVersion": 2 } })).await;
        assert_eq!(withdrawn.data("/withdrawExchangeRate/exchangeRate/version"), json!(3));
        witness.wrote().await;
        let twice = finn.send(WITHDRAW, json!({ "input": { "id": id } })).await;
        assert_eq!(twice.refused("withdrawExchangeRate"), ["ALREADY_WITHDRAWN input.id"]);
        assert!(!witness.wrote().await);
        let listed = async |filter: Value| {
            let list = "query($filter: ExchangeRateFilter) { exchangeRates(filter: $filter) { totalCount nodes { day rate } } }";
            let answer = finn.send(list, json!({ "filter": filter })).await;
            let nodes = answer.data("/exchangeRates/nodes");
            let nodes = nodes.as_array().expect("nodes");
            assert_eq!(answer.data("/exchangeRates/totalCount"), json!(nodes.len()));
            nodes.iter().map(|node| format!("{} {}", node["day"], node["rate"]).replace('"', "")).collect::<Vec<_>>()
        };
        assert_eq!(listed(json!({})).await, ["2026-03-02 0.93", "2026-03-01 0.91"]);
        assert_eq!(listed(json!({ "withdrawn": false })).await, ["2026-03-01 0.91"]);
        assert_eq!(listed(json!({ "withdrawn": true, "from": "USD", "to": "EUR", "dayFrom": "2026-03-02" })).await, ["2026-03-02 0.93"]);
        assert_eq!(listed(json!({ "from": "EUR" })).await, Vec::<String>::new());
        assert_eq!(listed(json!({ "dayTo": "2026-03-01" })).await, ["2026-03-01 0.91"]);
        // What was withdrawn is in force again when it is set again.
        let again = desk.set_rates(json!([rate("2026-03-02", "0.93")])).await;
        assert_eq!(again.data("/setExchangeRates/report/exchangeRates/0/withdrawnAt"), json!(null));
    }

    async fn a_list_of_rates_is_refused_as_a_whole_with_every_reason(desk: Desk) {
        let mut witness = desk.app.witness().await;
        let wrong = |field: &str, value: &str| {
            let mut rate = rate("2026-03-02", "0.92");
            rate[field] = json!(value);
            rate
        };
        let refused = desk.set_rates(json!([
            rate("2026-03-02", "0.92"), wrong("to", "USD"), wrong("day", "2026-03-03"), wrong("rate", "0"), wrong("rate", "1e3"),
            wrong("source", " "), rate("2026-03-02", "0.93"),
        ])).await;
        assert_eq!(refused.refused("setExchangeRates"), [
            "SAME_CURRENCY input.rates.1.to", "DAY_TO_COME input.rates.2.day", "INVALID_RATE input.rates.3.rate",
            "INVALID_RATE input.rates.4.rate", "INVALID_SOURCE input.rates.5.source", "SET_TWICE input.rates.6",
        ]);
        assert_eq!(desk.set_rates(json!([])).await.refused("setExchangeRates"), ["WRONG_NUMBER input.rates"]);
        assert!(!witness.wrote().await);
        assert_eq!(desk.app.rows("exchange_rate").await, 0);
    }
}
