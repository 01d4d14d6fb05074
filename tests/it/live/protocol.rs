//! The protocol graphql-transport-ws: its messages, and every code with which it closes.

use serde_json::{Value, json};
use support::{Heard, Socket, TestDb, both_databases};
use tokio_tungstenite::tungstenite::Message;

use super::{JOURNAL, Scene};

async fn scene() -> Scene {
    Scene::start(TestDb::sqlite().await).await
}

both_databases! {
    async fn a_client_says_who_it_is_follows_and_leaves(scene: Scene) {
        let mut aude = scene.app.socket(&scene.server, "A1").await;
        aude.ask("1", JOURNAL, json!({ "after": scene.cursor().await })).await;
        scene.grant("E2", "AUDITOR").await;
        let event = aude.next("1").await;
        assert_eq!(event["journal"]["kind"], "organization.role_granted");
        assert_eq!(event["journal"]["cursor"], scene.cursor().await, "the last event stands where the journal ends");
        aude.say(json!({ "type": "complete", "id": "1" })).await;
        // The id is free again, and nothing of the first subscription comes any more.
        aude.ask("1", "{ viewer { employee { name } } }", json!({})).await;
        assert_eq!(aude.next("1").await, json!({ "viewer": { "employee": { "name": "Aude Auditor" } } }));
        assert_eq!(aude.hear().await, Heard::Said(json!({ "type": "complete", "id": "1" })));
        scene.grant("E1", "AUDITOR").await;
        aude.say(json!({ "type": "ping", "payload": { "at": 1 } })).await;
        assert_eq!(aude.hear().await, Heard::Said(json!({ "type": "pong", "payload": { "at": 1 } })));
    }

    async fn queries_and_mutations_are_answered_like_over_http(scene: Scene) {
        let mut xenia = scene.app.socket(&scene.server, "X1").await;
        let before = scene.app.rows("role_grant").await;
        let grant = "mutation($id: ID!) { grantRole(input: { employeeId: $id, role: AUDITOR }) { userErrors { code } } }";
        xenia.ask("g", grant, json!({ "id": scene.person("E1").await })).await;
        assert_eq!(xenia.next("g").await, json!({ "grantRole": { "userErrors": [] } }));
        assert_eq!(xenia.hear().await, Heard::Said(json!({ "type": "complete", "id": "g" })));
        assert_eq!(scene.app.rows("role_grant").await, before + 1);
        // A field that fails leaves the others standing, and is a result; a document that fails is an error.
        let mut emil = scene.app.socket(&scene.server, "E2").await;
        emil.ask("f", "{ viewer { employee { name } } roleGrants { totalCount } }", json!({})).await;
        let Heard::Said(message) = emil.hear().await else { panic!("no message") };
        assert_eq!(message["type"], "next");
        let data = json!({ "viewer": { "employee": { "name": "Emil Engineer" } }, "roleGrants": null });
        assert_eq!(message["payload"]["data"], data);
        assert_eq!(message["payload"]["errors"][0]["extensions"]["code"], "FORBIDDEN");
        xenia.ask("d", "{ nothing }", json!({})).await;
        assert_eq!(xenia.refused("d").await, "GRAPHQL_VALIDATION_FAILED");
        xenia.ask("s", "{", json!({})).await;
        assert_eq!(xenia.refused("s").await, "GRAPHQL_PARSE_FAILED");
    }
}

#[tokio::test]
async fn the_token_may_come_with_the_handshake() {
    let scene = scene().await;
    let authorization = format!("Bearer {}", scene.app.token("northwind", "E1"));
    let headers = [("Sec-WebSocket-Protocol", "x, graphql-transport-ws"), ("Authorization", &authorization)];
    let mut eva = Socket::open(&scene.server, &headers).await.unwrap_or_else(|status| panic!("{status}"));
    eva.say(json!({ "type": "connection_init" })).await;
    assert_eq!(eva.hear().await, Heard::Said(json!({ "type": "connection_ack" })));
    eva.ask("1", "{ viewer { employee { name } } }", json!({})).await;
    assert_eq!(eva.next("1").await, json!({ "viewer": { "employee": { "name": "Eva Engineer" } } }));
}

#[tokio::test]
async fn a_message_that_is_none_closes_with_4400() {
    let scene = scene().await;
    for nonsense in ["", "nonsense", "[]", r#"{"type":"start","id":"1"}"#, r#"{"type":"subscribe","id":"1"}"#]
    {
        let mut eva = scene.app.socket(&scene.server, "E1").await;
        eva.send(Message::text(nonsense)).await;
        assert_eq!(eva.closed().await.0, 4400, "{nonsense}");
        assert_eq!(eva.hear().await, Heard::Gone);
    }
    let mut eva = scene.app.socket(&scene.server, "E1").await;
    eva.send(Message::binary(b"{}".as_slice())).await;
    assert_eq!(eva.closed().await, (4400, "messages are text, not binary".to_owned()));
    let mut eva = scene.app.socket(&scene.server, "E1").await;
    eva.ask("", "{ viewer { roles } }", json!({})).await;
    assert_eq!(eva.closed().await.0, 4400, "an empty id");
}

#[tokio::test]
async fn an_operation_before_the_token_closes_with_4401() {
    let scene = scene().await;
    let mut stranger = Socket::silent(&scene.server).await;
    stranger.ask("1", "{ viewer { roles } }", json!({})).await;
    assert_eq!(stranger.closed().await, (4401, "Unauthorized".to_owned()));
}

#[tokio::test]
async fn a_token_that_is_none_closes_with_4403() {
    let scene = scene().await;
    let left = scene.app.token("northwind", "L1");
    for (token, why) in
        [("nonsense", "Forbidden: the token is not a signed JWT"), (&left, "Forbidden: the person has left")]
    {
        let mut stranger = Socket::silent(&scene.server).await;
        stranger.init(token).await;
        let (code, reason) = stranger.closed().await;
        assert_eq!(code, 4403, "{reason}");
        assert!(reason.starts_with(why), "{reason}");
    }
    for payload in
        [json!(null), json!({}), json!({ "Authorization": "Basic eDp5" }), json!({ "Authorization": 1 })]
    {
        let mut stranger = Socket::silent(&scene.server).await;
        stranger.say(json!({ "type": "connection_init", "payload": payload })).await;
        assert_eq!(stranger.closed().await.0, 4403, "{payload}");
    }
}

#[tokio::test]
async fn another_protocol_closes_with_4406() {
    let scene = scene().await;
    for headers in [vec![], vec![("Sec-WebSocket-Protocol", "graphql-ws")]] {
        let opened = Socket::open(&scene.server, &headers).await;
        let mut old = opened.unwrap_or_else(|status| panic!("{status}"));
        assert_eq!(old.closed().await, (4406, "Subprotocol not acceptable".to_owned()));
    }
}

#[tokio::test]
async fn a_client_that_does_not_say_who_it_is_closes_with_4408() {
    let settings = [("UPSKILL__LIVE__INIT_TIMEOUT_MS", "50")];
    let scene = Scene::start_with(TestDb::sqlite().await, &settings).await;
    let mut stranger = Socket::silent(&scene.server).await;
    assert_eq!(stranger.closed().await, (4408, "Connection initialisation timeout".to_owned()));
}

#[tokio::test]
async fn an_id_that_is_taken_closes_with_4409() {
    let scene = scene().await;
    let mut aude = scene.app.socket(&scene.server, "A1").await;
    aude.ask("1", JOURNAL, json!({})).await;
    aude.ask("1", JOURNAL, json!({})).await;
    assert_eq!(aude.closed().await, (4409, "Subscriber for 1 already exists".to_owned()));
}

#[tokio::test]
async fn a_second_greeting_closes_with_4429() {
    let scene = scene().await;
    let mut eva = scene.app.socket(&scene.server, "E1").await;
    eva.init(&scene.app.token("northwind", "E1")).await;
    assert_eq!(eva.closed().await, (4429, "Too many initialisation requests".to_owned()));
}

#[tokio::test]
async fn pages_from_elsewhere_get_no_websocket() {
    let settings = [("UPSKILL__HTTP__CORS_ORIGINS", "https://hr.example.com")];
    let scene = Scene::start_with(TestDb::sqlite().await, &settings).await;
    let open = async |origin: &str| {
        let headers = [("Sec-WebSocket-Protocol", "graphql-transport-ws"), ("Origin", origin)];
        Socket::open(&scene.server, &headers).await.err()
    };
    assert_eq!(open("https://hr.example.com").await, None);
    assert_eq!(open(&format!("http://{}", scene.server.address)).await, None);
    assert_eq!(open("https://example.org").await, Some(403));
    assert_eq!(open("null").await, Some(403));
}

#[tokio::test]
async fn a_subscription_is_one_field() {
    let scene = scene().await;
    let mut aude = scene.app.socket(&scene.server, "A1").await;
    for document in [
        "subscription { journal { cursor } viewerEvents { cursor } }",
        "subscription { a: journal { cursor } b: journal { cursor } }",
        "subscription { ...F } fragment F on Subscription { journal { cursor } }",
        "subscription { __typename }",
        "subscription { journal @skip(if: true) { cursor } }",
        "subscription { nothing { cursor } }",
        "subscription { journal { nothing } }",
    ] {
        aude.ask("1", document, Value::Null).await;
        assert_eq!(aude.refused("1").await, "GRAPHQL_VALIDATION_FAILED", "{document}");
    }
    // Over HTTP it is told where to go instead.
    let answer = scene.app.caller("northwind", "A1").ask("subscription { journal { cursor } }").await;
    assert_eq!((answer.status, answer.code()), (400, "BAD_USER_INPUT"));
}
