//! Subscriptions: the protocol, who is told what, and what happens when connections, tokens and servers end.

mod bounds;
mod protocol;
mod resuming;
mod roots;
mod sharing;

use serde_json::{Value, json};
use support::story::Employer;
use support::{Listening, TestApp, TestDb};

/// Northwind behind a listener.
struct Scene {
    app: TestApp,
    northwind: Employer,
    server: Listening,
}

/// Every entry of the journal, as Aude and Xenia may follow it.
const JOURNAL: &str =
    "subscription($after: String) { journal(after: $after) { cursor kind entry { position subjectId } } }";

impl Scene {
    async fn start(database: TestDb) -> Self {
        Self::start_with(database, &[]).await
    }

    async fn start_with(database: TestDb, settings: &[(&str, &str)]) -> Self {
        let app = TestApp::start_with(database, settings).await;
        let northwind = app.northwind().await;
        app.seal().await;
        let server = app.listen().await;
        Self { app, northwind, server }
    }

    /// Where the journal ends now, as somebody learns it who is about to follow it.
    async fn cursor(&self) -> String {
        self.app.caller("northwind", "E1").ask("{ viewer { eventCursor } }").await.text("/viewer/eventCursor")
    }

    async fn person(&self, external_id: &str) -> String {
        self.app.person(&self.northwind, external_id).await.to_string()
    }

    /// Xenia grants a role, which is sealed at once.
    async fn grant(&self, person: &str, role: &str) {
        self.role("grantRole", person, role).await;
    }

    /// Xenia revokes a role, which is sealed at once.
    async fn revoke(&self, person: &str, role: &str) {
        self.role("revokeRole", person, role).await;
    }

    async fn role(&self, mutation: &str, person: &str, role: &str) {
        let input = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let document =
            format!("mutation($input: {input}!) {{ {mutation}(input: $input) {{ userErrors {{ code }} }} }}");
        let input = json!({ "employeeId": self.person(person).await, "role": role });
        let done = self.app.caller("northwind", "X1").send(&document, json!({ "input": input })).await;
        assert_eq!(done.data(&format!("/{mutation}/userErrors")), Value::Array(Vec::new()));
        self.app.seal().await;
    }
}
