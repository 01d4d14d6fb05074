//! The vocabulary of skills.

use serde_json::json;
use support::{TestApp, both_databases};

const CREATE: &str = "mutation($input: CreateSkillInput!) {
  createSkill(input: $input) { skill { id name kind area uri } userErrors { code field message } }
}";

both_databases! {
    async fn a_skill_is_created_once_and_everybody_reads_it(app: TestApp) {
        app.northwind().await;
        app.southwind().await;
        let hana = app.caller("northwind", "H1");
        let input = json!({ "input": {
            "name": "  Kubernetes ", "kind": "TECHNOLOGY", "area": "Cloud",
            "uri": "http://data.europa.eu/esco/skill/1", "idempotencyKey": "k-1",
        } });
        let created = hana.send(CREATE, input.clone()).await;
        let id = created.text("/createSkill/skill/id");
        let expected = json!({
            "id": id, "name": "Kubernetes", "kind": "TECHNOLOGY", "area": "Cloud",
            "uri": "http://data.europa.eu/esco/skill/1",
        });
        assert_eq!(created.data("/createSkill/skill"), expected);
        let before = (app.rows("skill").await, app.rows("journal_entry").await);
        assert_eq!(hana.send(CREATE, input).await.data("/createSkill/skill"), expected);
        assert_eq!((app.rows("skill").await, app.rows("journal_entry").await), before);

        let read = "query($id: ID!) { skill(id: $id) { id name kind area uri } node(id: $id) { id __typename } }";
        let seen = app.caller("northwind", "E1").send(read, json!({ "id": id })).await;
        assert_eq!(seen.data("/skill"), expected);
        assert_eq!(seen.data("/node"), json!({ "id": id, "__typename": "Skill" }));
        let elsewhere = app.caller("southwind", "H1").send(read, json!({ "id": id })).await;
        assert_eq!((elsewhere.data("/skill"), elsewhere.data("/node")), (json!(null), json!(null)));
        let same_name = json!({ "input": { "name": "Kubernetes", "kind": "SKILL" } });
        let theirs = app.caller("southwind", "H1").send(CREATE, same_name).await;
        assert_eq!(theirs.data("/createSkill/skill/kind"), json!("SKILL"));
    }

    async fn every_refusal_of_a_skill_writes_nothing(app: TestApp) {
        app.northwind().await;
        let hana = app.caller("northwind", "H1");
        let create = async |input| hana.send(CREATE, json!({ "input": input })).await;
        create(json!({ "name": "Linux", "kind": "TECHNOLOGY", "idempotencyKey": "k" })).await.data("/createSkill/skill/id");
        let before = (app.rows("skill").await, app.rows("journal_entry").await);
        let cases = [
            (json!({ "name": "LINUX  ", "kind": "SKILL" }), "NAME_TAKEN input.name"),
            (json!({ "name": " ", "kind": "SKILL" }), "INVALID_NAME input.name"),
            (json!({ "name": "x", "kind": "SKILL", "area": "" }), "INVALID_AREA input.area"),
            (json!({ "name": "x", "kind": "SKILL", "idempotencyKey": "k" }), "IDEMPOTENCY_KEY_REUSED input.idempotencyKey"),
        ];
        for (input, refusal) in cases {
            assert_eq!(create(input).await.refused("createSkill"), [refusal]);
        }
        let no_address = create(json!({ "name": "x", "kind": "SKILL", "uri": "esco" })).await;
        assert_eq!(no_address.code(), "BAD_USER_INPUT");
        for person in ["E1", "M1", "H2", "F1", "A1", "W1", "X1"] {
            let answer = app.caller("northwind", person).send(CREATE, json!({ "input": { "name": "x", "kind": "SKILL" } })).await;
            assert_eq!(answer.code(), "FORBIDDEN", "{person}");
        }
        assert_eq!((app.rows("skill").await, app.rows("journal_entry").await), before);
    }

    async fn skills_are_listed_filtered_and_paged(app: TestApp) {
        app.northwind().await;
        let hana = app.caller("northwind", "H1");
        for (name, kind, area) in [("Ökologie", "KNOWLEDGE", "Earth"), ("linux", "TECHNOLOGY", "Cloud"), ("Leading", "SKILL", "People")] {
            hana.send(CREATE, json!({ "input": { "name": name, "kind": kind, "area": area } })).await.data("/createSkill/skill/id");
        }
        let names = async |arguments: &str| {
            let answer = app.caller("northwind", "E1").ask(&format!("{{ skills({arguments}) {{ totalCount nodes {{ name }} }} }}")).await;
            (answer.data("/skills/totalCount"), answer.data("/skills/nodes"))
        };
        let named = |names: &[&str]| json!(names.iter().map(|name| json!({ "name": name })).collect::<Vec<_>>());
        assert_eq!(names("first: 9").await, (json!(3), named(&["Leading", "linux", "Ökologie"])));
        assert_eq!(names("last: 1").await, (json!(3), named(&["Ökologie"])));
        assert_eq!(names("filter: { search: \"öKO\" }").await, (json!(1), named(&["Ökologie"])));
        assert_eq!(names("filter: { kind: { in: [SKILL, TECHNOLOGY] } }").await, (json!(2), named(&["Leading", "linux"])));
        assert_eq!(names("filter: { area: { in: [\"Cloud\"] } }").await, (json!(1), named(&["linux"])));
        assert_eq!(names("orderBy: { field: NAME, direction: DESC }, first: 1").await, (json!(3), named(&["Ökologie"])));
    }
}
