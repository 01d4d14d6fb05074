//! Large bodies: an import comes in one request.

use serde_json::{Value, json};
use support::{TestApp, TestDb, both_databases, exchange};

use super::{JSON, NEWER};

const ROWS: u32 = 5_000;

fn rows() -> Vec<Value> {
    let row = |number| {
        json!({
            "externalId": format!("N{number}"), "name": format!("Nina Newcomer {number}"), "department": "ENG",
            "email": format!("nina.newcomer.{number}@northwind.example"), "jobTitle": "Operator of a rolling mill",
            "manager": "M1", "workCountry": "DE", "weeklyHours": "38.5", "hiredOn": "2026-01-01",
        })
    };
    (0..ROWS).map(row).collect()
}

both_databases! {
    async fn thousands_of_people_come_in_one_request(database: TestDb) {
        let app = TestApp::start(database).await;
        app.northwind().await;
        let document = "mutation($rows: [RosterRowInput!]!) {
          importRoster(input: { rows: $rows }) { report { created refused rows { row outcome } } userErrors { code } }
        }";
        let body = json!({ "query": document, "variables": { "rows": rows() } }).to_string();
        assert!(body.len() > app.config.http.body_limit_bytes);
        let bearer = format!("Bearer {}", app.token("northwind", "H1"));
        let headers = [JSON, NEWER, ("authorization", bearer.as_str())];
        let reply = exchange(&app.router(), ("POST", "/graphql"), &headers, body.clone()).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        let imported = reply.json()["data"]["importRoster"].clone();
        assert_eq!((&imported["userErrors"], &imported["report"]["created"]), (&json!([]), &json!(ROWS)));
        assert_eq!(imported["report"]["rows"].as_array().map(Vec::len), Some(ROWS as usize));
        let stranger = exchange(&app.router(), ("POST", "/graphql"), &[JSON, NEWER], body).await;
        assert_eq!((stranger.status, stranger.code()), (413, "PAYLOAD_TOO_LARGE".to_owned()));
    }
}
