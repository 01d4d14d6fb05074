//! What only a resolver of the test's own can show on a websocket: one that panics, and one that does not end.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{Message, protocol::Role},
};
use tokio_util::sync::CancellationToken;

use super::*;
use crate::http::serve;

const PATIENCE: Duration = Duration::from_secs(30);

struct Client(WebSocketStream<TcpStream>);

impl Client {
    /// A client that was let in, of a server that stops by the token.
    async fn start(config: &Config, gate: &Arc<Notify>, stop: &CancellationToken) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (router, http, stop) = (app_with(config, true, gate), config.http.clone(), stop.clone());
        tokio::spawn(async move { serve(listener, router, &http, stop).await });
        let mut stream = TcpStream::connect(address).await.expect("the server listens");
        let request = "GET /graphql HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                       Authorization: Bearer eva\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\
                       Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        stream.write_all(request.as_bytes()).await.expect("the server reads");
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.expect("a whole head"));
        }
        assert!(head.starts_with(b"HTTP/1.1 101"), "{}", String::from_utf8_lossy(&head));
        let mut client = Self(WebSocketStream::from_raw_socket(stream, Role::Client, None).await);
        client.say(json!({ "type": "connection_init" })).await;
        assert_eq!(client.hear().await, Ok(json!({ "type": "connection_ack" })));
        client
    }

    async fn say(&mut self, message: Value) {
        self.0.send(Message::text(message.to_string())).await.expect("the server listens");
    }

    async fn ask(&mut self, id: &str, query: &str) {
        self.say(json!({ "type": "subscribe", "id": id, "payload": { "query": query } })).await;
    }

    /// The next message, or the code with which the server hangs up.
    async fn hear(&mut self) -> Result<Value, u16> {
        match timeout(PATIENCE, self.0.next()).await.expect("a message within the time") {
            Some(Ok(Message::Text(text))) => Ok(serde_json::from_str(&text).expect("JSON")),
            Some(Ok(Message::Close(Some(frame)))) => Err(frame.code.into()),
            other => panic!("unexpected: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_panic_closes_with_4500_and_hurts_nobody_else() {
    let stop = CancellationToken::new();
    let mut client = Client::start(&Config::embedded(), &Arc::default(), &stop).await;
    client.ask("1", "{ caller }").await;
    let result = json!({ "data": { "caller": "eva" }, "extensions": { "passed": false } });
    assert_eq!(client.hear().await, Ok(json!({ "type": "next", "id": "1", "payload": result })));
    assert_eq!(client.hear().await, Ok(json!({ "type": "complete", "id": "1" })));
    client.ask("2", "{ panic }").await;
    assert_eq!(client.hear().await, Err(4500));
}

#[tokio::test]
async fn an_operation_ends_with_its_time_and_the_connection_goes_on() {
    let config = with(|config| config.http.request_timeout_ms = 50);
    let stop = CancellationToken::new();
    let mut client = Client::start(&config, &Arc::default(), &stop).await;
    client.ask("1", "{ forever }").await;
    let error = client.hear().await.expect("a message");
    assert_eq!((&error["type"], &error["id"]), (&json!("error"), &json!("1")));
    assert_eq!(error["payload"][0]["extensions"]["code"], "UNAVAILABLE");
    client.ask("1", "{ half(number: 4) }").await;
    assert_eq!(client.hear().await.expect("a message")["payload"]["data"], json!({ "half": 2 }));
}

#[tokio::test]
async fn what_runs_when_the_server_stops_is_answered_first() {
    let config = with(|config| config.http.request_timeout_ms = 200);
    let (stop, gate) = (CancellationToken::new(), Arc::<Notify>::default());
    let mut client = Client::start(&config, &gate, &stop).await;
    client.ask("1", "{ forever }").await;
    gate.notified().await;
    stop.cancel();
    client.ask("2", "{ half(number: 4) }").await;
    let refused = client.hear().await.expect("a message");
    assert_eq!(
        (&refused["id"], &refused["payload"][0]["message"]),
        (&json!("2"), &json!("the server stops; connect again"))
    );
    let ended = client.hear().await.expect("a message");
    assert_eq!((&ended["type"], &ended["id"]), (&json!("error"), &json!("1")));
    assert_eq!(client.hear().await, Err(1001));
}
