//! Rows about funding policies, exchange rates and who stands in for whom.

use serde_json::json;
use support::TestApp;
use support::story::Employer;

use super::{EVERYBODY, Forbidden, Hidden, Ids, Nothing, Row, done};

const POLICY_READERS: &[&str] = &["H1", "H2", "F1", "A1"];

pub(super) const ROWS: &[Row] = &[
    Row {
        field: "fundingPolicy",
        document: "query($id: ID!) { fundingPolicy(id: $id) { id name problems { message } createdBy { id }
          rules { currency steps { relation employee { id } } eligibleDepartments { id } } } }",
        variables: r#"{ "id": "@rules-read" }"#,
        allowed: POLICY_READERS,
        otherwise: Nothing,
    },
    Row {
        field: "fundingPolicies",
        document: "{ fundingPolicies(first: 100) { totalCount nodes { id status rules { currency } } } }",
        variables: "{}",
        allowed: POLICY_READERS,
        otherwise: Forbidden,
    },
    Row {
        field: "node",
        document: "query($id: ID!) { node(id: $id) { id ... on FundingPolicy { name } } }",
        variables: r#"{ "id": "@rules-read" }"#,
        allowed: POLICY_READERS,
        otherwise: Nothing,
    },
    Row {
        field: "fundingPolicyImpact",
        document: "query($id: ID!) { fundingPolicyImpact(id: $id) { cut submitted { requests amounts { amount } } chains { tally { requests } } } }",
        variables: r#"{ "id": "@rules-read" }"#,
        allowed: &["H1"],
        otherwise: Forbidden,
    },
    Row {
        field: "exchangeRates",
        document: "{ exchangeRates(first: 100) { totalCount nodes { id rate setBy { id } } } }",
        variables: "{}",
        allowed: POLICY_READERS,
        otherwise: Forbidden,
    },
    Row {
        field: "node",
        document: "query($id: ID!) { node(id: $id) { id ... on ExchangeRate { rate } } }",
        variables: r#"{ "id": "@rate-read" }"#,
        allowed: POLICY_READERS,
        otherwise: Nothing,
    },
    mutation!(
        "setExchangeRates",
        "SetExchangeRatesInput",
        r#"{ "input": { "rates": [{ "from": "JPY", "to": "EUR", "day": "2026-03-02", "rate": "0.006", "source": "A bank" }] } }"#,
        &["H1", "F1"],
        Forbidden
    ),
    mutation!(
        "withdrawExchangeRate",
        "WithdrawExchangeRateInput",
        r#"{ "input": { "id": "@rate-withdraw-@person" } }"#,
        &["H1", "F1"],
        Forbidden
    ),
    Row {
        field: "approvalDelegations",
        document: "{ approvalDelegations(first: 100) { totalCount nodes { id employee { id } delegate { id } } } }",
        variables: "{}",
        allowed: EVERYBODY,
        otherwise: Forbidden,
    },
    Row {
        field: "node",
        document: "query($id: ID!) { node(id: $id) { id ... on ApprovalDelegation { untilOn } } }",
        variables: r#"{ "id": "@standing-read" }"#,
        allowed: &["E1", "H1", "H2", "W1"],
        otherwise: Nothing,
    },
    mutation!(
        "delegateApprovals",
        "DelegateApprovalsInput",
        r#"{ "input": { "employeeId": "@emil", "delegateId": "@wim", "fromOn": "@day-@person", "untilOn": "@day-@person" } }"#,
        &["E2", "H1"],
        Forbidden
    ),
    mutation!(
        "endDelegation",
        "EndDelegationInput",
        r#"{ "input": { "id": "@standing-end-@person" } }"#,
        &["E1", "H1"],
        Hidden(&["H2", "W1"])
    ),
    mutation!(
        "draftFundingPolicy",
        "DraftFundingPolicyInput",
        r#"{ "input": { "name": "Row", "from": { "copyOfId": "@rules-read" } } }"#,
        &["H1"],
        Forbidden
    ),
    mutation!(
        "changeFundingPolicy",
        "ChangeFundingPolicyInput",
        r#"{ "input": { "id": "@rules-change", "expectedVersion": 1, "name": "Renamed" } }"#,
        &["H1"],
        Forbidden
    ),
    mutation!(
        "publishFundingPolicy",
        "PublishFundingPolicyInput",
        r#"{ "input": { "id": "@rules-publish", "expectedVersion": 1 } }"#,
        &["H1"],
        Forbidden
    ),
    mutation!(
        "discardFundingPolicyDraft",
        "DiscardFundingPolicyDraftInput",
        r#"{ "input": { "id": "@rules-discard" } }"#,
        &["H1"],
        Forbidden
    ),
];

/// The policies and delegations that rows speak of.
pub(super) async fn ids(app: &TestApp, employer: &Employer, slug: &str) -> Ids {
    let mut ids = Ids::new();
    let eva = app.caller(slug, "E1");
    let hana = app.caller(slug, "H1");
    let wim = app.person(employer, "W1").await.to_string();
    for (name, day) in [
        ("standing-read", "2027-01-01"),
        ("standing-end-E1", "2027-01-02"),
        ("standing-end-H1", "2027-01-03"),
    ] {
        let input = json!({ "delegateId": wim, "fromOn": day, "untilOn": day });
        let id = done(&eva, "delegateApprovals", "DelegateApprovalsInput", "delegation", input).await;
        ids.insert(name, id);
    }
    // Emil's substitute of one day does not stand in on another.
    for (name, day) in [("day-E2", "2027-02-01"), ("day-H1", "2027-02-02")] {
        ids.insert(name, day.to_owned());
    }
    let set = "mutation($input: SetExchangeRatesInput!) { setExchangeRates(input: $input) { report { exchangeRates { id } } userErrors { message } } }";
    for (name, from) in [("rate-read", "USD"), ("rate-withdraw-H1", "GBP"), ("rate-withdraw-F1", "CHF")] {
        let rate =
            json!({ "from": from, "to": "EUR", "day": "2026-03-02", "rate": "1.1", "source": "A bank" });
        let set = hana.send(set, json!({ "input": { "rates": [rate] } })).await;
        ids.insert(name, set.text("/setExchangeRates/report/exchangeRates/0/id"));
    }
    for name in ["rules-read", "rules-change", "rules-publish", "rules-discard"] {
        let input = json!({ "name": name });
        let id = done(&hana, "draftFundingPolicy", "DraftFundingPolicyInput", "fundingPolicy", input).await;
        ids.insert(name, id);
    }
    ids
}
