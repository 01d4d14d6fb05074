//! Who may follow what: every field of `Subscription`, asked by everybody.

use std::collections::BTreeSet;

use serde_json::json;
use support::schema::SchemaDocument;
use support::socket::beginning;
use support::{Socket, both_databases};

use super::Scene;
use crate::authorization::EVERYBODY;

/// The fields that this file and `funding/live.rs` ask for by everybody.
const ASKED: [&str; 4] = ["budgetChanged", "fundingRequestChanged", "journal", "viewerEvents"];

#[tokio::test]
async fn every_subscription_is_asked_by_everybody() {
    let fields: BTreeSet<_> = SchemaDocument::current().await.fields("Subscription").into_iter().collect();
    assert_eq!(
        fields,
        ASKED.map(str::to_owned).into_iter().collect(),
        "subscriptions without a test of who may"
    );
}

both_databases! {
    async fn the_journal_is_for_those_who_audit(scene: Scene) {
        let after = beginning(scene.northwind.id);
        for person in EVERYBODY {
            let mut socket = scene.app.socket(&scene.server, person).await;
            let document = "subscription($after: String) { journal(after: $after) { kind entry { payload } } }";
            socket.ask("1", document, json!({ "after": after })).await;
            if ["H1", "A1", "X1"].contains(person) {
                assert_eq!(socket.next("1").await["journal"]["kind"], "organization.employer_founded");
            } else {
                assert_eq!(socket.refused("1").await, "FORBIDDEN", "{person}");
            }
        }
    }

    async fn everybody_hears_of_what_concerns_them_and_of_nothing_else(scene: Scene) {
        let after = beginning(scene.northwind.id);
        let cursor = scene.cursor().await;
        let document = "subscription($after: String) { viewerEvents(after: $after) { kind subjectId subject { id __typename } } }";
        for person in EVERYBODY {
            let mut socket = scene.app.socket(&scene.server, person).await;
            socket.ask("1", document, json!({ "after": after })).await;
            let first = socket.next("1").await;
            assert_eq!(first["viewerEvents"]["subject"]["id"], first["viewerEvents"]["subjectId"], "{person}");
            assert_eq!(first["viewerEvents"]["subjectId"], json!(scene.person(person).await), "{person}");
        }
        let mut eva = scene.app.socket(&scene.server, "E1").await;
        eva.ask("1", document, json!({ "after": cursor })).await;
        scene.grant("E2", "AUDITOR").await;
        scene.grant("E1", "AUDITOR").await;
        let event = eva.next("1").await;
        assert_eq!(event["viewerEvents"]["kind"], "organization.role_granted");
        assert_eq!(event["viewerEvents"]["subjectId"], json!(scene.person("E1").await), "Emil's is none of hers");
    }

    async fn without_a_token_there_is_no_websocket(scene: Scene) {
        let mut stranger = Socket::silent(&scene.server).await;
        stranger.say(json!({ "type": "connection_init" })).await;
        assert_eq!(stranger.closed().await.0, 4403);
    }
}
