//! Several servers over one database, and a database that goes away.

use std::sync::Arc;

use serde_json::json;
#[cfg(unix)]
use support::{Cluster, process::Site};
use support::{Listening, Socket, TestDb, both_databases};
use upskill_api::installation::Installation;
use upskill_api::system::SystemIds;

use super::{JOURNAL, Scene};

/// Another server over the same database, as it would stand in another process.
async fn beside(scene: &Scene) -> Listening {
    let config = &scene.app.config;
    let installation =
        Installation::open_with(&config.database, scene.app.clock.clone(), Arc::new(SystemIds)).await;
    let installation = installation.expect("the database opens");
    let router = installation.router(config).await.expect("the routes stand");
    Listening::start(router, &config.http).await
}

both_databases! {
    async fn what_one_server_seals_the_other_tells(scene: Scene) {
        let other = beside(&scene).await;
        let token = scene.app.token("northwind", "A1");
        let (mut here, mut there) = (Socket::of(&scene.server, &token).await, Socket::of(&other, &token).await);
        let cursor = scene.cursor().await;
        for socket in [&mut here, &mut there] {
            socket.ask("1", JOURNAL, json!({ "after": cursor })).await;
        }
        for person in ["E1", "E2", "E3"] {
            scene.grant(person, "AUDITOR").await;
            let (first, second) = (here.next("1").await, there.next("1").await);
            assert_eq!(first, second);
            assert_eq!(first["journal"]["kind"], "organization.role_granted");
        }
    }
}

/// Ends every connection that listens, as a restart of the server or of a proxy in between would.
const HANG_UP: &str = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity
  WHERE datname = current_database() AND query LIKE 'LISTEN %'";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_says_so_when_another_process_has_sealed() {
    let Some(database) = TestDb::postgres().await else { return };
    let scene = Scene::start(database).await;
    let other = beside(&scene).await;
    let mut there = Socket::of(&other, &scene.app.token("northwind", "A1")).await;
    there.ask("1", JOURNAL, json!({ "after": scene.cursor().await })).await;
    for person in ["E1", "E2", "E3"] {
        scene.grant(person, "AUDITOR").await;
        assert_eq!(there.next("1").await["journal"]["kind"], "organization.role_granted");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_listener_that_was_hung_up_on_listens_again_and_has_missed_nothing() {
    let Some(database) = TestDb::postgres().await else { return };
    let scene = Scene::start(database).await;
    let mut aude = scene.app.socket(&scene.server, "A1").await;
    aude.ask("1", JOURNAL, json!({ "after": scene.cursor().await })).await;
    scene.grant("E1", "AUDITOR").await;
    assert_eq!(aude.next("1").await["journal"]["kind"], "organization.role_granted");
    assert_eq!(scene.app.number(HANG_UP).await, 1, "one connection listens for the whole process");
    scene.revoke("E1", "AUDITOR").await;
    assert_eq!(aude.next("1").await["journal"]["kind"], "organization.role_revoked");
    scene.grant("E2", "AUDITOR").await;
    assert_eq!(aude.next("1").await["journal"]["kind"], "organization.role_granted");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn subscriptions_outlive_the_database() {
    let Some(mut cluster) = Cluster::start().await else { return };
    let site = Site::over(cluster.url());
    site.file("upskill.toml", b"[database]\nacquire_timeout_ms = 200\n[live]\nkeepalive_ms = 60000\n");
    site.found_northwind();
    let (token, server) = (site.token("X1"), site.serve());
    let mut xenia = Socket::of(server.address.as_str(), &token).await;
    let roles = "subscription($after: String) { journal(after: $after) { kind } }";
    let me = server
        .ask(&token, "{ viewer { eventCursor employee { id } } }", json!({}))
        .await
        .expect("an answer")
        .1;
    xenia.ask("1", roles, json!({ "after": me["data"]["viewer"]["eventCursor"] })).await;
    let change = async |mutation: &str| {
        let document = format!(
            "mutation($id: ID!) {{ {mutation}(input: {{ employeeId: $id, role: AUDITOR }}) {{ userErrors {{ code }} }} }}"
        );
        let id = json!({ "id": me["data"]["viewer"]["employee"]["id"] });
        // While the database comes back, requests are refused as unavailable and may be repeated.
        loop {
            let answer = server.ask(&token, &document, id.clone()).await.expect("an answer").1;
            if answer.get("errors").is_none() {
                break;
            }
            assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAVAILABLE", "{answer}");
        }
    };
    change("grantRole").await;
    assert_eq!(xenia.next("1").await["journal"]["kind"], "organization.role_granted");
    cluster.go_away();
    server.wait_for("the connection that tells what is sealed broke; making a new one");
    cluster.come_back();
    change("revokeRole").await;
    assert_eq!(xenia.next("1").await["journal"]["kind"], "organization.role_revoked");
}
