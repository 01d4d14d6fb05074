//! What stays of a person who has left.

use serde_json::json;
use support::{TestApp, both_databases};

const WHO: &str = "query($id: ID!) { employee(id: $id) { name externalId email jobTitle } }";

both_databases! {
    async fn how_to_reach_who_has_left_is_for_those_who_see_their_employment(app: TestApp) {
        let northwind = app.northwind().await;
        let hana = app.caller("northwind", "H1");
        let title = "mutation { importRoster(input: { rows: [{ externalId: \"L1\", jobTitle: \"Welder\" }] }) { report { updated } } }";
        assert_eq!(hana.ask(title).await.data("/importRoster/report/updated"), json!(1));
        let lara = app.person(&northwind, "L1").await.to_string();
        let seen_by = async |person: &str| {
            app.caller("northwind", person).send(WHO, json!({ "id": lara })).await.data("/employee")
        };
        let whole = json!({ "name": "Lara Leaver", "externalId": "L1", "email": "l1@example.org", "jobTitle": "Welder" });
        for person in ["H1", "H2", "M2", "C1"] {
            assert_eq!(seen_by(person).await, whole, "{person}");
        }
        let name = json!({ "name": "Lara Leaver", "externalId": "L1", "email": null, "jobTitle": null });
        for person in ["E1", "E3", "M1", "F1", "A1", "W1", "X1"] {
            assert_eq!(seen_by(person).await, name, "{person}");
        }
        let node = "query($id: ID!) { node(id: $id) { ... on Employee { name email } } }";
        let node = app.caller("northwind", "E1").send(node, json!({ "id": lara })).await;
        assert_eq!(node.data("/node"), json!({ "name": "Lara Leaver", "email": null }));
    }
}
