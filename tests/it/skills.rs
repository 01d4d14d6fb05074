//! Skills through the API: the vocabulary, and who masters what.

mod closing;
mod completion;
mod gaps;
mod profiles;
mod records;
mod reports;
mod vocabulary;

use serde_json::{Value, json};
use support::{Answer, Caller, TestApp, TestDb};

/// Northwind with two words in its vocabulary.
struct Guild {
    app: TestApp,
    cloud: String,
    rust: String,
}

const RECORD: &str = "skillRecord { id level evidence fromOn untilOn url note employee { externalId } skill { name } recordedBy { externalId } recordedAt }";

impl Guild {
    async fn start(database: TestDb) -> Self {
        let app = TestApp::start(database).await;
        app.northwind().await;
        let hana = app.caller("northwind", "H1");
        let create =
            "mutation($name: String!) { createSkill(input: { name: $name, kind: SKILL }) { skill { id } } }";
        let skill =
            async |name: &str| hana.send(create, json!({ "name": name })).await.text("/createSkill/skill/id");
        let (cloud, rust) = (skill("Cloud").await, skill("Rust").await);
        Self { app, cloud, rust }
    }

    fn caller(&self, person: &str) -> Caller {
        self.app.caller("northwind", person)
    }

    async fn person(&self, external_id: &str) -> String {
        let found = "query($id: String!) { employees(filter: { externalId: { in: [$id] }, status: { in: [ACTIVE, LEFT] } }) { nodes { id } } }";
        let found = self.caller("H1").send(found, json!({ "id": external_id })).await;
        found.text("/employees/nodes/0/id")
    }

    async fn state(&self, person: &str, input: Value) -> Answer {
        let document = format!(
            "mutation($input: StateSkillInput!) {{ stateSkill(input: $input) {{ {RECORD} userErrors {{ code field message }} }} }}"
        );
        self.caller(person).send(&document, json!({ "input": input })).await
    }

    /// What one person says of another.
    async fn assess(&self, person: &str, whom: &str, more: Value) -> Answer {
        let mut input = json!({ "employeeId": self.person(whom).await, "skillId": self.cloud, "level": 3 });
        crate::funding::merge(&mut input, more);
        let document = format!(
            "mutation($input: AssessSkillInput!) {{ assessSkill(input: $input) {{ {RECORD} userErrors {{ code field message }} }} }}"
        );
        self.caller(person).send(&document, json!({ "input": input })).await
    }

    /// What somebody is told that another one holds on a day: skill, level and evidence.
    async fn held(&self, asker: &str, whom: &str, as_of: &str) -> Vec<(String, i64, String)> {
        let document = "query($id: ID!, $asOf: Date) { employee(id: $id) { heldSkills(asOf: $asOf) { skill { name } level evidence } } }";
        let variables = json!({ "id": self.person(whom).await, "asOf": as_of });
        let answer = self.caller(asker).send(document, variables).await;
        let held = answer.data("/employee/heldSkills");
        let row = |held: &Value| {
            let text =
                |pointer: &str| held.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
            (text("/skill/name"), held["level"].as_i64().unwrap_or_default(), text("/evidence"))
        };
        held.as_array().into_iter().flatten().map(row).collect()
    }
}
