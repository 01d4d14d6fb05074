//! What a client can make many of is bounded, and what ends says so.

use std::time::Duration;

use chrono::TimeDelta;
use serde_json::json;
use support::socket::{PROTOCOL, beginning};
use support::{Heard, Socket, TestDb, both_databases};
use upskill_domain::access::Role;
use upskill_domain::organization::GrantRole;

use super::{JOURNAL, Scene};

/// A token is looked at again this soon where a test waits for it.
const SOON: [(&str, &str); 1] = [("UPSKILL__LIVE__KEEPALIVE_MS", "30")];

async fn scene(settings: &[(&str, &str)]) -> Scene {
    Scene::start_with(TestDb::sqlite().await, settings).await
}

#[tokio::test]
async fn websockets_and_their_operations_are_counted() {
    let scene = scene(&[("UPSKILL__LIVE__MAX_SOCKETS", "1"), ("UPSKILL__LIVE__MAX_OPERATIONS", "2")]).await;
    let mut aude = scene.app.socket(&scene.server, "A1").await;
    let second = Socket::open(&scene.server, &[("Sec-WebSocket-Protocol", "graphql-transport-ws")]).await;
    assert_eq!(second.err(), Some(503));
    for id in ["1", "2", "3"] {
        aude.ask(id, JOURNAL, json!({})).await;
    }
    assert_eq!(aude.refused("3").await, "TOO_MANY_OPERATIONS");
    aude.say(json!({ "type": "complete", "id": "1" })).await;
    aude.ask("3", "{ viewer { employee { name } } }", json!({})).await;
    assert_eq!(aude.next("3").await, json!({ "viewer": { "employee": { "name": "Aude Auditor" } } }));
}

#[tokio::test]
async fn an_operation_on_a_websocket_keeps_the_limits() {
    let scene =
        scene(&[("UPSKILL__GRAPHQL__MAX_DEPTH", "3"), ("UPSKILL__HTTP__BODY_LIMIT_BYTES", "10000")]).await;
    let mut aude = scene.app.socket(&scene.server, "A1").await;
    let deep = "subscription { journal { entry { actor { manager { manager { name } } } } } }";
    aude.ask("1", deep, json!({})).await;
    assert_eq!(aude.refused("1").await, "QUERY_TOO_COMPLEX");
    aude.ask("2", JOURNAL, json!({ "after": "x".repeat(10_000) })).await;
    assert_eq!(aude.closed().await, (1009, "the message is longer than 10000 bytes".to_owned()));
}

/// Waits until the only place for a websocket is free again.
async fn place_is_free(scene: &Scene) {
    let free = async {
        while Socket::open(&scene.server, &[("Sec-WebSocket-Protocol", PROTOCOL)]).await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), free).await.expect("the websocket is given up");
}

#[tokio::test]
async fn a_client_that_gives_no_sign_of_life_is_given_up() {
    let scene = scene(&[("UPSKILL__LIVE__MAX_SOCKETS", "1"), SOON[0]]).await;
    // It hears no ping, since it does not listen.
    let mut aude = scene.app.socket(&scene.server, "A1").await;
    place_is_free(&scene).await;
    assert_eq!(aude.hear().await, Heard::Gone);
}

#[tokio::test]
async fn a_client_that_takes_nothing_is_given_up_and_may_come_back_for_the_rest() {
    let settings = [("UPSKILL__LIVE__MAX_SOCKETS", "1"), ("UPSKILL__HTTP__WRITE_TIMEOUT_MS", "100")];
    let scene = scene(&settings).await;
    // More than fits between the two ends of a connection.
    let payloads = (0..40).map(|number| format!("p{number}: payload")).collect::<Vec<_>>().join(" ");
    let all = format!(
        "subscription($after: String) {{ journal(after: $after) {{ cursor entry {{ {payloads} }} }} }}"
    );
    let after = beginning(scene.northwind.id);
    let mut aude = scene.app.socket(&scene.server, "A1").await;
    for id in 0..30 {
        aude.ask(&id.to_string(), &all, json!({ "after": after })).await;
    }
    place_is_free(&scene).await;
    drop(aude);
    place_is_free(&scene).await;
    let mut again = scene.app.socket(&scene.server, "A1").await;
    again.ask("1", JOURNAL, json!({ "after": after })).await;
    assert_eq!(again.next("1").await["journal"]["kind"], "organization.employer_founded");
}

both_databases! {
    async fn a_websocket_ends_with_its_token(database: TestDb) {
        let scene = Scene::start_with(database, &SOON).await;
        let mut aude = scene.app.socket(&scene.server, "A1").await;
        aude.ask("1", JOURNAL, json!({})).await;
        scene.app.clock.advance(TimeDelta::hours(13));
        let (code, reason) = aude.closed().await;
        assert_eq!(code, 4403);
        assert!(reason.starts_with("Forbidden: the token expired at 2026-03-02T21:00:00Z"), "{reason}");
    }

    async fn no_event_is_told_to_a_token_that_has_expired(scene: Scene) {
        let mut aude = scene.app.socket(&scene.server, "A1").await;
        aude.ask("1", JOURNAL, json!({ "after": scene.cursor().await })).await;
        aude.ask("2", "{ viewer { employee { name } } }", json!({})).await;
        assert_eq!(aude.next("2").await["viewer"]["employee"]["name"], "Aude Auditor");
        assert_eq!(aude.hear().await, Heard::Said(json!({ "type": "complete", "id": "2" })));
        scene.app.clock.advance(TimeDelta::hours(13));
        let grant = GrantRole { key: None, employee: scene.app.person(&scene.northwind, "E1").await, role: Role::Auditor };
        scene.app.app.organization().grant_role(&scene.northwind.system, grant).await.expect("granted");
        scene.app.seal().await;
        assert_eq!(aude.closed().await.0, 4403);
    }

    async fn a_revoked_role_ends_what_it_allowed_and_nothing_else(scene: Scene) {
        let mut aude = scene.app.socket(&scene.server, "A1").await;
        aude.ask("journal", JOURNAL, json!({ "after": scene.cursor().await })).await;
        scene.grant("E1", "AUDITOR").await;
        assert_eq!(aude.next("journal").await["journal"]["kind"], "organization.role_granted");
        scene.revoke("A1", "AUDITOR").await;
        assert_eq!(aude.refused("journal").await, "FORBIDDEN");
        aude.ask("1", "{ viewer { employee { name } } }", json!({})).await;
        assert_eq!(aude.next("1").await["viewer"]["employee"]["name"], "Aude Auditor");
    }

    async fn a_revoked_role_ends_what_it_allowed_also_while_nothing_of_it_happens(scene: Scene) {
        let mut aude = scene.app.socket(&scene.server, "A1").await;
        let courses = "subscription($after: String) { journal(after: $after, filter: { kind: { in: [\"catalog.course_created\"] } }) { kind } }";
        aude.ask("courses", courses, json!({ "after": scene.cursor().await })).await;
        scene.revoke("A1", "AUDITOR").await;
        assert_eq!(aude.refused("courses").await, "FORBIDDEN");
    }

    async fn a_server_that_stops_says_so_and_waits(database: TestDb) {
        let mut scene = Scene::start_with(database, &[]).await;
        let mut aude = scene.app.socket(&scene.server, "A1").await;
        aude.ask("1", JOURNAL, json!({ "after": scene.cursor().await })).await;
        scene.grant("E1", "AUDITOR").await;
        aude.next("1").await;
        scene.server.stop();
        let (code, reason) = aude.closed().await;
        assert_eq!((code, reason.as_str()), (1001, "the server stops; connect again and go on after the last cursor"));
        drop(aude);
        scene.server.stopped().await;
    }

    async fn a_client_that_does_not_read_holds_nobody_up_and_misses_nothing(scene: Scene) {
        let cursor = scene.cursor().await;
        let mut slow = scene.app.socket(&scene.server, "A1").await;
        slow.ask("1", JOURNAL, json!({ "after": cursor })).await;
        let mut quick = scene.app.socket(&scene.server, "X1").await;
        quick.ask("1", JOURNAL, json!({ "after": cursor })).await;
        for _ in 0..20 {
            scene.grant("E1", "AUDITOR").await;
            scene.revoke("E1", "AUDITOR").await;
            for kind in ["organization.role_granted", "organization.role_revoked"] {
                assert_eq!(quick.next("1").await["journal"]["kind"], kind);
            }
        }
        for _ in 0..20 {
            for kind in ["organization.role_granted", "organization.role_revoked"] {
                assert_eq!(slow.next("1").await["journal"]["kind"], kind);
            }
        }
    }
}
