//! Providers.

use serde_json::json;
use support::{TestApp, both_databases};

use super::{CREATE_PROVIDER, nobody, provider, stored};

const CHANGE: &str = "mutation($input: ChangeProviderInput!) {
  changeProvider(input: $input) {
    provider { name kind country region accreditation qualityAssurance website version }
    userErrors { code field message }
  }
}";

both_databases! {
    async fn a_provider_is_created_once_and_everybody_reads_it(app: TestApp) {
        app.northwind().await;
        app.southwind().await;
        let hana = app.caller("northwind", "H1");
        let input = json!({ "input": {
            "name": "Hochschule Nordhafen", "kind": "UNIVERSITY", "country": "DE", "region": "Bremen",
            "accreditation": "Akkreditierungsrat", "qualityAssurance": "Peer review every two years",
            "website": "https://nordhafen.example", "idempotencyKey": "k-1",
        } });
        let created = hana.send(CREATE_PROVIDER, input.clone()).await;
        let id = created.text("/createProvider/provider/id");
        let expected = json!({
            "id": id, "name": "Hochschule Nordhafen", "kind": "UNIVERSITY", "country": "DE", "region": "Bremen",
            "accreditation": "Akkreditierungsrat", "qualityAssurance": "Peer review every two years",
            "website": "https://nordhafen.example", "version": 1,
        });
        assert_eq!(created.data("/createProvider/provider"), expected);
        let before = stored(&app).await;
        assert_eq!(hana.send(CREATE_PROVIDER, input).await.data("/createProvider/provider"), expected);
        let reused = json!({ "input": { "name": "Other", "kind": "COMPANY", "idempotencyKey": "k-1" } });
        assert_eq!(hana.send(CREATE_PROVIDER, reused).await.refused("createProvider"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert_eq!(stored(&app).await, before);

        let read = "query($id: ID!) { provider(id: $id) { name } node(id: $id) { __typename } }";
        let seen = app.caller("northwind", "E1").send(read, json!({ "id": id })).await;
        assert_eq!(seen.data(""), json!({ "provider": { "name": "Hochschule Nordhafen" }, "node": { "__typename": "Provider" } }));
        let elsewhere = app.caller("southwind", "H1").send(read, json!({ "id": id })).await;
        assert_eq!(elsewhere.data(""), json!({ "provider": null, "node": null }));
    }

    async fn two_providers_take_one_name_at_once_and_one_of_them_gets_it(app: TestApp) {
        app.northwind().await;
        for round in 0..8 {
            let mut sent = Vec::new();
            for which in ["One", "Two", "Three", "Four"] {
                let id = provider(&app, &format!("{which} {round}"), "COMPANY").await;
                let input = json!({ "input": { "id": id, "expectedVersion": 1, "name": format!("Same {round}") } });
                let hana = app.caller("northwind", "H1");
                sent.push(tokio::spawn(async move { hana.send(CHANGE, input).await }));
            }
            let mut taken = 0;
            for answer in sent {
                let answer = answer.await.expect("an answer");
                let refused = &answer.json["data"]["changeProvider"]["userErrors"][0]["code"];
                let failed = &answer.json["errors"][0]["extensions"]["code"];
                match refused.as_str().or(failed.as_str()) {
                    None => taken += 1,
                    Some(code) => assert!(matches!(code, "NAME_TAKEN" | "CONFLICT"), "{}", answer.json),
                }
            }
            assert_eq!(taken, 1);
        }
    }

    async fn every_refusal_of_a_provider_writes_nothing(app: TestApp) {
        app.northwind().await;
        let hana = app.caller("northwind", "H1");
        let cloudworks = provider(&app, "Cloudworks", "COMPANY").await;
        provider(&app, "Nordhafen", "COLLEGE").await;
        let before = stored(&app).await;
        let long = "x".repeat(4_001);
        let cases = [
            (json!({ "name": "CLOUDWORKS ", "kind": "COMPANY" }), "NAME_TAKEN input.name"),
            (json!({ "name": "", "kind": "COMPANY" }), "INVALID_NAME input.name"),
            (json!({ "name": "x", "kind": "COMPANY", "region": "a\nb" }), "INVALID_REGION input.region"),
            (json!({ "name": "x", "kind": "COMPANY", "accreditation": long }), "INVALID_ACCREDITATION input.accreditation"),
            (json!({ "name": "x", "kind": "COMPANY", "qualityAssurance": " " }), "INVALID_QUALITY_ASSURANCE input.qualityAssurance"),
        ];
        for (input, refusal) in cases {
            assert_eq!(hana.send(CREATE_PROVIDER, json!({ "input": input })).await.refused("createProvider"), [refusal]);
        }
        let change = async |input| hana.send(CHANGE, json!({ "input": input })).await;
        let cases = [
            (json!({ "name": "nordhafen" }), "NAME_TAKEN input.name"),
            (json!({ "name": "\u{7}" }), "INVALID_NAME input.name"),
            (json!({ "region": "" }), "INVALID_REGION input.region"),
            (json!({ "accreditation": "" }), "INVALID_ACCREDITATION input.accreditation"),
            (json!({ "qualityAssurance": "" }), "INVALID_QUALITY_ASSURANCE input.qualityAssurance"),
        ];
        for (mut input, refusal) in cases {
            input["id"] = json!(cloudworks);
            input["expectedVersion"] = json!(1);
            assert_eq!(change(input).await.refused("changeProvider"), [refusal]);
        }
        assert_eq!(change(json!({ "id": cloudworks, "expectedVersion": 7 })).await.code(), "CONFLICT");
        assert_eq!(change(json!({ "id": nobody("provider"), "expectedVersion": 1 })).await.code(), "NOT_FOUND");
        assert_eq!(change(json!({ "id": nobody("course"), "expectedVersion": 1 })).await.code(), "BAD_USER_INPUT");
        for person in ["E1", "M1", "H2", "F1", "A1", "W1", "X1"] {
            let caller = app.caller("northwind", person);
            let create = caller.send(CREATE_PROVIDER, json!({ "input": { "name": "x", "kind": "COMPANY" } })).await;
            let change = caller.send(CHANGE, json!({ "input": { "id": cloudworks, "expectedVersion": 1, "name": "x" } })).await;
            assert_eq!((create.code(), change.code()), ("FORBIDDEN", "FORBIDDEN"), "{person}");
        }
        assert_eq!(stored(&app).await, before);
    }

    async fn a_provider_changes_in_part(app: TestApp) {
        app.northwind().await;
        let hana = app.caller("northwind", "H1");
        let id = provider(&app, "Cloudworks", "COMPANY").await;
        let change = async |mut input: serde_json::Value| {
            input["id"] = json!(id);
            hana.send(CHANGE, json!({ "input": input })).await.data("/changeProvider/provider")
        };
        let richer = change(json!({ "expectedVersion": 1, "country": "IE", "website": "https://cloud.example" })).await;
        assert_eq!(richer, json!({
            "name": "Cloudworks", "kind": "COMPANY", "country": "IE", "region": null, "accreditation": null,
            "qualityAssurance": null, "website": "https://cloud.example", "version": 2,
        }));
        let renamed = change(json!({ "expectedVersion": 2, "name": "CLOUDWORKS", "kind": "PARTNERSHIP", "country": null })).await;
        assert_eq!(renamed, json!({
            "name": "CLOUDWORKS", "kind": "PARTNERSHIP", "country": null, "region": null, "accreditation": null,
            "qualityAssurance": null, "website": "https://cloud.example", "version": 3,
        }));
        let entries = app.rows("journal_entry").await;
        assert_eq!(change(json!({ "expectedVersion": 3, "kind": "PARTNERSHIP" })).await["version"], json!(3));
        assert_eq!(app.rows("journal_entry").await, entries, "nothing new is nothing to tell");
    }

    async fn providers_are_listed_and_filtered(app: TestApp) {
        app.northwind().await;
        for (name, kind) in [("beta Ltd.", "COMPANY"), ("Alpha College", "COLLEGE"), ("Élan University", "UNIVERSITY")] {
            provider(&app, name, kind).await;
        }
        let names = async |arguments: &str| {
            let query = format!("{{ providers({arguments}) {{ totalCount nodes {{ name }} }} }}");
            let answer = app.caller("northwind", "E1").ask(&query).await;
            let nodes = answer.data("/providers/nodes");
            let names = nodes.as_array().expect("nodes").iter().map(|node| node["name"].as_str().unwrap_or("").to_owned());
            (answer.data("/providers/totalCount"), names.collect::<Vec<_>>())
        };
        assert_eq!(names("first: 2").await, (json!(3), vec!["Alpha College".to_owned(), "beta Ltd.".to_owned()]));
        assert_eq!(names("filter: { search: \"éLAN\" }").await.1, ["Élan University"]);
        assert_eq!(names("filter: { kind: { in: [COLLEGE, COMPANY] } }, orderBy: { field: NAME, direction: DESC }").await.1, ["beta Ltd.", "Alpha College"]);
    }
}
