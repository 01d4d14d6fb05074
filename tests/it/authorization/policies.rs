//! Rows about funding policies.

use serde_json::json;
use support::TestApp;

use super::{Forbidden, Ids, Nothing, Row, done};

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

/// The policies that rows speak of.
pub(super) async fn ids(app: &TestApp, slug: &str) -> Ids {
    let mut ids = Ids::new();
    let hana = app.caller(slug, "H1");
    for name in ["rules-read", "rules-change", "rules-publish", "rules-discard"] {
        let input = json!({ "name": name });
        let id = done(&hana, "draftFundingPolicy", "DraftFundingPolicyInput", "fundingPolicy", input).await;
        ids.insert(name, id);
    }
    ids
}
