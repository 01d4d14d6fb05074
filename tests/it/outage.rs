//! PostgreSQL goes away in the middle of the work and comes back: the server says so, and needs no restart.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use support::Cluster;
use support::process::{Server, Site, ask};
use tokio::sync::Notify;

const CREATE: &str = "mutation($input: CreateDepartmentInput!) {
  createDepartment(input: $input) { department { id code } userErrors { code } }
}";

/// How many create departments at the same time.
const CLIENTS: usize = 4;
/// How many each of them creates.
const DEPARTMENTS: usize = 25;
/// After how many the database goes away.
const BEFORE: usize = 20;

/// Creates departments one after another, each of them as often as it takes; answers with how often it took more.
async fn create(address: String, token: String, client: usize, done: Arc<(AtomicUsize, Notify)>) -> usize {
    let mut repeated = 0;
    for number in 0..DEPARTMENTS {
        let code = format!("D{client}-{number}");
        let input = json!({ "input": { "code": code, "name": "D", "idempotencyKey": code } });
        loop {
            let (_, answer) =
                ask(&address, &token, CREATE, input.clone()).await.expect("an answer, come what may");
            if answer.get("errors").is_none() {
                assert_eq!(answer["data"]["createDepartment"]["department"]["code"], code, "{answer}");
                break;
            }
            assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAVAILABLE", "{answer}");
            repeated += 1;
        }
        if done.0.fetch_add(1, Ordering::Relaxed) + 1 == BEFORE {
            done.1.notify_one();
        }
    }
    repeated
}

/// Northwind in the cluster, whose administrator takes care of departments too, and her token.
async fn northwind(site: &Site) -> (Server, String) {
    site.found_northwind();
    let (token, server) = (site.token("X1"), site.serve());
    let me = server.ask(&token, "{ viewer { employee { id } } }", json!({})).await.expect("an answer").1;
    let grant = "mutation($id: ID!) { grantRole(input: { employeeId: $id, role: HR_ADMIN }) { userErrors { code } } }";
    let id = me["data"]["viewer"]["employee"]["id"].clone();
    let granted = server.ask(&token, grant, json!({ "id": id })).await;
    assert_eq!(granted, Some((200, json!({ "data": { "grantRole": { "userErrors": [] } } }))));
    (server, token)
}

async fn get(server: &Server, path: &str) -> (u16, String) {
    let response = reqwest::get(format!("http://{}{path}", server.address)).await.expect("an answer");
    (response.status().as_u16(), response.text().await.expect("a body"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_server_says_that_the_database_is_gone_and_goes_on_when_it_is_back() {
    let Some(mut cluster) = Cluster::start().await else { return };
    let site = Site::over(cluster.url());
    site.file("upskill.toml", b"[database]\nacquire_timeout_ms = 200\n");
    let (server, token) = northwind(&site).await;
    let done = Arc::new((AtomicUsize::new(0), Notify::new()));
    let clients: Vec<_> = (0..CLIENTS)
        .map(|client| tokio::spawn(create(server.address.clone(), token.clone(), client, done.clone())))
        .collect();
    done.1.notified().await;
    cluster.go_away();

    let asked = server.ask(&token, "{ departments { totalCount } }", json!({})).await.expect("an answer");
    assert_eq!(
        (asked.0, &asked.1["errors"][0]["extensions"]["code"]),
        (503, &json!("UNAVAILABLE")),
        "{asked:?}"
    );
    let (status, ready) = get(&server, "/readyz").await;
    assert_eq!((status, ready.contains("\"ready\":false")), (503, true), "{ready}");
    assert_eq!(get(&server, "/livez").await, (200, "ok\n".to_owned()));
    cluster.come_back();

    let mut repeated = 0;
    for client in clients {
        repeated += client.await.expect("everything is created in the end");
    }
    assert!(repeated > 0, "nobody noticed that the database was gone");
    let counted = server.ask(&token, "{ departments { totalCount } }", json!({})).await.expect("an answer");
    let expected: Value = json!({ "data": { "departments": { "totalCount": CLIENTS * DEPARTMENTS } } });
    assert_eq!(counted, (200, expected), "each once");
    let (status, ready) = get(&server, "/readyz").await;
    assert_eq!((status, ready.contains("\"ready\":true")), (200, true), "{ready}");
    server.signal("TERM");
    assert_eq!(server.ended(), Some(0));
    let verified = site.run(&["verify"]);
    assert_eq!(verified.code, Some(0), "{verified:?}");
}
