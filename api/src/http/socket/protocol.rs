//! The messages of `graphql-transport-ws`, and the codes that a connection is closed with.

use async_graphql::{Response as Executed, ServerError};
use axum::extract::ws::{CloseFrame, Message, close_code};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::super::answer::Envelope;

/// The longest reason that fits into a close frame.
const LONGEST_REASON: usize = 123;

/// What a client says.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Said {
    ConnectionInit {
        #[serde(default)]
        payload: Option<Map<String, Value>>,
    },
    Ping {
        #[serde(default)]
        payload: Option<Map<String, Value>>,
    },
    Pong {},
    Subscribe {
        id: String,
        payload: Map<String, Value>,
    },
    Complete {
        id: String,
    },
}

impl Said {
    /// Reads a message, or says how to close.
    pub(super) fn read(text: &str) -> Result<Self, Closing> {
        let said = serde_json::from_str(text);
        said.map_err(|error| Closing::new(4400, format!("not a message of graphql-transport-ws: {error}")))
    }
}

/// What the server says.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Say<'a> {
    ConnectionAck,
    Pong {
        #[serde(skip_serializing_if = "Option::is_none")]
        payload: Option<Map<String, Value>>,
    },
    Next {
        id: &'a str,
        payload: Envelope<'a>,
    },
    Error {
        id: &'a str,
        payload: &'a [ServerError],
    },
    Complete {
        id: &'a str,
    },
}

impl Say<'_> {
    /// The result of an operation.
    pub(super) fn next<'a>(id: &'a str, executed: &'a Executed) -> Say<'a> {
        Say::Next { id, payload: Envelope::of(executed) }
    }

    /// The message as it is sent.
    pub(super) fn written(&self) -> Message {
        match serde_json::to_string(self) {
            Ok(text) => Message::text(text),
            Err(error) => {
                tracing::error!(%error, "a message cannot be written as JSON");
                Closing::internal().frame()
            }
        }
    }
}

/// Why the server ends a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Closing {
    pub code: u16,
    reason: String,
}

impl Closing {
    pub(super) fn new(code: u16, reason: impl Into<String>) -> Self {
        let mut reason = reason.into();
        reason.truncate(reason.floor_char_boundary(LONGEST_REASON));
        Self { code, reason }
    }

    pub(super) fn unauthorized() -> Self {
        Self::new(4401, "Unauthorized")
    }

    /// The words of graphql-ws first, since clients may look at them.
    pub(super) fn forbidden(why: &str) -> Self {
        Self::new(4403, format!("Forbidden: {why}"))
    }

    pub(super) fn unknown_protocol() -> Self {
        Self::new(4406, "Subprotocol not acceptable")
    }

    pub(super) fn init_timeout() -> Self {
        Self::new(4408, "Connection initialisation timeout")
    }

    pub(super) fn already_running(id: &str) -> Self {
        Self::new(4409, format!("Subscriber for {id} already exists"))
    }

    pub(super) fn initialised_twice() -> Self {
        Self::new(4429, "Too many initialisation requests")
    }

    pub(super) fn internal() -> Self {
        Self::new(4500, "Internal server error")
    }

    /// Nobody can tell at the moment.
    pub(super) fn try_again(why: &str) -> Self {
        Self::new(close_code::AGAIN, why)
    }

    pub(super) fn too_long(limit: usize) -> Self {
        Self::new(close_code::SIZE, format!("the message is longer than {limit} bytes"))
    }

    pub(super) fn going_away() -> Self {
        Self::new(close_code::AWAY, "the server stops; connect again and go on after the last cursor")
    }

    pub(super) fn frame(self) -> Message {
        Message::Close(Some(CloseFrame { code: self.code, reason: self.reason.into() }))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn messages_are_read_as_the_protocol_has_them() {
        let read = |message: Value| Said::read(&message.to_string());
        assert_eq!(read(json!({ "type": "connection_init" })), Ok(Said::ConnectionInit { payload: None }));
        assert_eq!(read(json!({ "type": "ping", "payload": null })), Ok(Said::Ping { payload: None }));
        assert_eq!(read(json!({ "type": "pong", "payload": { "a": 1 } })), Ok(Said::Pong {}));
        assert_eq!(read(json!({ "type": "complete", "id": "1" })), Ok(Said::Complete { id: "1".to_owned() }));
        let asked = read(json!({ "type": "subscribe", "id": "1", "payload": { "query": "{ a }" } }));
        assert!(
            matches!(asked, Ok(Said::Subscribe { id, payload }) if id == "1" && payload["query"] == "{ a }")
        );
    }

    #[test]
    fn anything_else_closes_the_connection_as_a_bad_request() {
        for text in [
            "",
            "[]",
            "{}",
            r#"{"type":"start"}"#,
            r#"{"type":"subscribe","id":"1"}"#,
            r#"{"type":"subscribe","id":1,"payload":{}}"#,
            r#"{"type":"connection_init","payload":"token"}"#,
        ] {
            assert_eq!(Said::read(text).map_err(|closing| closing.code), Err(4400), "{text}");
        }
        let long = Closing::new(4400, "ä".repeat(100));
        assert_eq!(long.reason.len(), 122, "half a character is none");
    }
}
