//! Websockets: the routes behind a real listener, and a client that waits for messages and never for time to pass.

use std::fmt::Write as _;
use std::time::Duration;

use axum::Router;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::Role;
use tokio_util::sync::CancellationToken;
use upskill_api::config::HttpConfig;
use upskill_api::http;
use upskill_domain::kernel::{EmployerId, TypedId as _};

use crate::app::TestApp;

/// The protocol that the server speaks.
pub const PROTOCOL: &str = "graphql-transport-ws";

/// How long to wait for a message before the test gives up.
const PATIENCE: Duration = Duration::from_secs(30);

/// Routes behind a listener on this machine, until dropped.
pub struct Listening {
    /// Where.
    pub address: String,
    stop: CancellationToken,
    served: JoinHandle<()>,
}

impl Listening {
    /// Listens on a free port.
    pub async fn start(router: Router, config: &HttpConfig) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let (stop, config) = (CancellationToken::new(), config.clone());
        let stopped = stop.clone();
        let served = tokio::spawn(async move { http::serve(listener, router, &config, stopped).await });
        Self { address, stop, served }
    }

    /// Tells the server to stop.
    pub fn stop(&self) {
        self.stop.cancel();
    }

    /// Waits until it has.
    pub async fn stopped(&mut self) {
        timeout(PATIENCE, &mut self.served).await.expect("the server stops").expect("without a panic");
    }
}

impl AsRef<str> for Listening {
    fn as_ref(&self) -> &str {
        &self.address
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.stop.cancel();
        self.served.abort();
    }
}

impl TestApp {
    /// The routes of this application behind a listener.
    pub async fn listen(&self) -> Listening {
        Listening::start(self.router(), &self.config.http).await
    }

    /// A websocket of a person of Northwind who has said who they are.
    pub async fn socket(&self, server: &Listening, person: &str) -> Socket {
        Socket::of(server, &self.token("northwind", person)).await
    }
}

/// The cursor before an employer's first event.
pub fn beginning(employer: EmployerId) -> String {
    URL_SAFE_NO_PAD.encode([employer.uuid().as_bytes().as_slice(), &0_i64.to_be_bytes()].concat())
}

/// What a client hears.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard {
    /// A message.
    Said(Value),
    /// The last words of the server: a code, and the reason.
    Closed(u16, String),
    /// The connection ended without a word.
    Gone,
}

/// A websocket as a client has it.
pub struct Socket {
    stream: WebSocketStream<TcpStream>,
}

impl Socket {
    /// Shakes hands with headers of the test's own, or returns the status with which that was refused.
    pub async fn open(server: &(impl AsRef<str> + ?Sized), headers: &[(&str, &str)]) -> Result<Self, u16> {
        let mut stream = TcpStream::connect(server.as_ref()).await.expect("the server listens");
        let mut request = format!(
            "GET /graphql HTTP/1.1\r\nHost: {}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
            server.as_ref()
        );
        for (name, value) in headers {
            let _ = write!(request, "{name}: {value}\r\n");
        }
        stream.write_all((request + "\r\n").as_bytes()).await.expect("the server reads");
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let next = timeout(PATIENCE, stream.read_u8()).await.expect("the server answers");
            head.push(next.expect("a whole head"));
        }
        let head = String::from_utf8(head).expect("a head in ASCII").to_ascii_lowercase();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        if status != 101 {
            return Err(status);
        }
        // The answer to the example key of RFC 6455.
        assert!(head.contains("sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo="), "{head}");
        Ok(Self { stream: WebSocketStream::from_raw_socket(stream, Role::Client, None).await })
    }

    /// Shakes hands as every client does, and says nothing yet.
    pub async fn silent(server: &(impl AsRef<str> + ?Sized)) -> Self {
        let opened = Self::open(server, &[("Sec-WebSocket-Protocol", PROTOCOL)]).await;
        opened.unwrap_or_else(|status| panic!("the handshake was refused with {status}"))
    }

    /// A websocket with a token that was accepted.
    pub async fn of(server: &(impl AsRef<str> + ?Sized), token: &str) -> Self {
        let mut socket = Self::silent(server).await;
        socket.init(token).await;
        assert_eq!(socket.hear().await, Heard::Said(json!({ "type": "connection_ack" })));
        socket
    }

    /// Says who this is.
    pub async fn init(&mut self, token: &str) {
        let payload = json!({ "Authorization": format!("Bearer {token}") });
        self.say(json!({ "type": "connection_init", "payload": payload })).await;
    }

    /// Sends a message.
    pub async fn say(&mut self, message: Value) {
        self.send(Message::text(message.to_string())).await;
    }

    /// Sends a frame.
    pub async fn send(&mut self, frame: Message) {
        // A server that has hung up already is heard of by whoever listens.
        let _ = self.stream.send(frame).await;
    }

    /// Starts an operation.
    pub async fn ask(&mut self, id: &str, document: &str, variables: Value) {
        let payload = json!({ "query": document, "variables": variables });
        self.say(json!({ "type": "subscribe", "id": id, "payload": payload })).await;
    }

    /// The next message.
    pub async fn hear(&mut self) -> Heard {
        loop {
            let next = timeout(PATIENCE, self.stream.next()).await.expect("a message within the time");
            return match next {
                Some(Ok(Message::Text(text))) => Heard::Said(serde_json::from_str(&text).expect("JSON")),
                Some(Ok(Message::Close(Some(frame)))) => {
                    Heard::Closed(frame.code.into(), frame.reason.to_string())
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                Some(Ok(other)) => panic!("unexpected: {other:?}"),
                Some(Err(_)) | None => Heard::Gone,
            };
        }
    }

    /// The next message, as it was written.
    pub async fn text(&mut self) -> String {
        let next = timeout(PATIENCE, self.stream.next()).await.expect("a message within the time");
        next.expect("the server has not hung up").expect("a frame").into_text().expect("UTF-8").to_string()
    }

    /// The `data` of the next result of an operation.
    pub async fn next(&mut self, id: &str) -> Value {
        let heard = self.hear().await;
        let Heard::Said(message) = &heard else { panic!("no message but {heard:?}") };
        assert_eq!((&message["type"], &message["id"]), (&json!("next"), &json!(id)), "{message}");
        assert_eq!(message["payload"].get("errors"), None, "{message}");
        message["payload"]["data"].clone()
    }

    /// The code with which an operation ends.
    pub async fn refused(&mut self, id: &str) -> String {
        let heard = self.hear().await;
        let Heard::Said(message) = &heard else { panic!("no message but {heard:?}") };
        assert_eq!((&message["type"], &message["id"]), (&json!("error"), &json!(id)), "{message}");
        message["payload"][0]["extensions"]["code"].as_str().expect("a code").to_owned()
    }

    /// The code and the reason with which the server ends the connection.
    pub async fn closed(&mut self) -> (u16, String) {
        match self.hear().await {
            Heard::Closed(code, reason) => (code, reason),
            other => panic!("not closed but {other:?}"),
        }
    }
}
