//! GraphQL over HTTP through the routes of the installation: what is no good request is refused as such, cheaply, and
//! without a word about the inside.

mod bodies;
mod documents;
mod hostile;
mod protocol;
mod values;

use serde_json::{Value, json};
use support::{Reply, TestApp, TestDb, exchange};

const JSON: (&str, &str) = ("content-type", "application/json");
const NEWER: (&str, &str) = ("accept", "application/graphql-response+json");

/// Northwind over SQLite: what happens before a statement is sent is the same on every database.
async fn northwind() -> TestApp {
    northwind_with(&[]).await
}

async fn northwind_with(settings: &[(&str, &str)]) -> TestApp {
    let app = TestApp::start_with(TestDb::sqlite().await, settings).await;
    app.northwind().await;
    app
}

/// A body sent by Eva, who asks for the newer media type.
async fn post(app: &TestApp, body: impl Into<axum::body::Body>) -> Reply {
    let bearer = format!("Bearer {}", app.token("northwind", "E1"));
    exchange(&app.router(), ("POST", "/graphql"), &[JSON, NEWER, ("authorization", &bearer)], body).await
}

/// A document with variables sent by Eva.
async fn send(app: &TestApp, document: &str, variables: Value) -> Reply {
    post(app, json!({ "query": document, "variables": variables }).to_string()).await
}
