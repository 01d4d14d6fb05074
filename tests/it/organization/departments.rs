//! Departments that change, and finding them.

use serde_json::{Value, json};
use support::{TestApp, both_databases};

use super::{CHANGE, department};

both_databases! {
    async fn a_department_can_be_renamed_while_its_head_is_away(app: TestApp) {
        let northwind = app.northwind().await;
        let hana = app.caller("northwind", "H1");
        let (eng, max) = (department(&app, "ENG").await, app.person(&northwind, "M1").await.to_string());
        let change = async |input| hana.send(CHANGE, json!({ "input": input })).await;
        change(json!({ "id": eng, "expectedVersion": 1, "headId": max })).await.data("/changeDepartment/department");
        let away = "mutation { importRoster(input: { rows: [{ externalId: \"M1\", status: ON_LEAVE }] }) { report { updated } } }";
        assert_eq!(hana.ask(away).await.data("/importRoster/report/updated"), json!(1));

        let renamed = change(json!({ "id": eng, "expectedVersion": 2, "name": "Engineering" })).await;
        assert_eq!(renamed.data("/changeDepartment/department"), json!({
            "name": "Engineering", "parent": null, "head": { "name": "Max Manager" }, "version": 3,
        }));
        let again = change(json!({ "id": eng, "expectedVersion": 3, "headId": max })).await;
        assert_eq!(again.refused("changeDepartment"), ["UNKNOWN_HEAD input.headId"]);

        app.seal().await;
        let changes = "{ journalEntries(filter: { kind: { in: [\"organization.department_changed\"] } }) { nodes { payload } } }";
        let changes = app.caller("northwind", "A1").ask(changes).await.data("/journalEntries/nodes");
        let fields = |entry: &Value| {
            let payload: Value = match &entry["payload"] {
                Value::String(text) => serde_json::from_str(text).expect("JSON"),
                payload => payload.clone(),
            };
            payload["fields"].clone()
        };
        let fields: Vec<_> = changes.as_array().expect("entries").iter().map(fields).collect();
        assert_eq!(fields, [json!(["head"]), json!(["name"])]);
    }

    async fn a_department_is_found_by_code_or_name_without_regard_to_case(app: TestApp) {
        app.northwind().await;
        let hana = app.caller("northwind", "H1");
        let create = "mutation { createDepartment(input: { code: \"X_1\", name: \"Öffentliches\" }) { department { code } } }";
        hana.ask(create).await.data("/createDepartment/department/code");
        let found = async |search: &str| {
            let document = "query($s: String) { departments(filter: { search: $s }) { nodes { code } } }";
            app.caller("northwind", "E1").send(document, json!({ "s": search })).await.data("/departments/nodes")
        };
        for search in ["eng", "ENG", "Eng", " nG "] {
            assert_eq!(found(search).await, json!([{ "code": "ENG" }]), "{search}");
        }
        for search in ["ÖFFENT", "x_1", "_"] {
            assert_eq!(found(search).await, json!([{ "code": "X_1" }]), "{search}");
        }
        for search in ["%", "E_G", "\\"] {
            assert_eq!(found(search).await, json!([]), "{search}");
        }
    }
}
