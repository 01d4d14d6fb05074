//! Service accounts through the API: keeping them, their tokens, and what scopes open and leave closed.

mod accounts;
mod acting;
mod live;
mod tokens;

use serde_json::{Value, json};
use support::{Answer, TestApp};

const ACCOUNT: &str = "id name scopes status version createdBy { externalId } createdAt revokedAt lastUsedAt
  secrets { createdAt endsAt lastUsedAt }";

/// A mutation of service accounts by somebody of Northwind.
async fn act(app: &TestApp, person: &str, mutation: &str, input: Value) -> Answer {
    let input_type = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
    let shown =
        if mutation.starts_with("create") || mutation.starts_with("rotate") { "secret notice" } else { "" };
    let document = format!(
        "mutation($input: {input_type}!) {{ {mutation}(input: $input) {{
           serviceAccount {{ {ACCOUNT} }} {shown} userErrors {{ code field message }} }} }}"
    );
    app.caller("northwind", person).send(&document, json!({ "input": input })).await
}

/// What is told of an account to whoever may read it.
async fn told(app: &TestApp, id: &str) -> Value {
    let document = format!("query($id: ID!) {{ serviceAccount(id: $id) {{ {ACCOUNT} }} }}");
    app.caller("northwind", "A1").send(&document, json!({ "id": id })).await.data("/serviceAccount")
}

/// What the journal tells of service accounts: the kind, and who did it.
async fn journal(app: &TestApp) -> Vec<Value> {
    app.seal().await;
    let entries = app
        .caller("northwind", "A1")
        .ask(
            "{ journalEntries(last: 20) { nodes {
                 kind actorKind actor { externalId } serviceAccountId subjectId payload } } }",
        )
        .await
        .data("/journalEntries/nodes");
    let entries = entries.as_array().expect("entries").iter();
    let ours = |entry: &&Value| entry["kind"].as_str().is_some_and(|kind| kind.starts_with("integration."));
    entries.filter(ours).cloned().collect()
}
