//! One websocket, from its handshake to its end.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use serde_json::{Map, Value};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task::{AbortHandle, JoinError, JoinSet};
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at, sleep, timeout};
use tokio_util::sync::CancellationToken;

use super::super::credentials::{ACT_FOR, Credentials};
use super::super::{codes, endpoint::Endpoint, refusal::Refusal, request_info::RequestInfo};
use super::Peer;
use super::operation::{Answer, Asked};
use super::protocol::{Closing, Said, Say};

/// Answers that wait to be sent, over all operations of a connection. One that finds no place waits with whatever it
/// would do next.
const WAITING_ANSWERS: usize = 8;
/// Turns of the keepalive that a client may stay silent.
const SILENT_TURNS: u32 = 2;
/// How long a client has for taking the last message.
const FAREWELL: Duration = Duration::from_secs(1);
/// The longest id of an operation.
const LONGEST_ID: usize = 128;

/// One websocket.
pub(super) struct Connection {
    endpoint: Arc<Endpoint>,
    info: RequestInfo,
    stop: CancellationToken,
    /// Whom the handshake named, until `connection_init` names somebody.
    peer: Option<Peer>,
    initialised: bool,
    operations: JoinSet<()>,
    running: HashMap<String, Running>,
    started: u64,
    send: Sender<Answer>,
    answers: Receiver<Answer>,
    silent: u32,
}

/// An operation that runs.
struct Running {
    /// Tells it from an earlier one of the same id, whose last answer may still be on its way.
    number: u64,
    task: AbortHandle,
}

/// What happens next on a connection.
enum Turn {
    Received(Option<Result<Message, axum::Error>>),
    Answered(Answer),
    Ended(Result<(), JoinError>),
    Keepalive,
    Closing(Closing),
}

/// How a turn ends the connection: with a last message, or without a word where nobody listens.
type End = Option<Closing>;

impl Connection {
    pub(super) fn new(
        endpoint: Arc<Endpoint>,
        info: RequestInfo,
        peer: Option<Peer>,
        stop: CancellationToken,
    ) -> Self {
        let (send, answers) = channel(WAITING_ANSWERS);
        Self {
            endpoint,
            info,
            stop,
            peer,
            initialised: false,
            operations: JoinSet::new(),
            running: HashMap::new(),
            started: 0,
            send,
            answers,
            silent: 0,
        }
    }

    /// Serves the websocket to its end. What still runs then is given up.
    pub(super) async fn serve(mut self, mut socket: WebSocket) {
        let end = self.converse(&mut socket).await;
        self.operations.shutdown().await;
        if let Some(closing) = end {
            tracing::debug!(code = closing.code, request_id = self.info.request_id, "a websocket is closed");
            // The client may be gone already.
            let _ = timeout(FAREWELL, farewell(&mut socket, closing)).await;
        }
    }

    async fn converse(&mut self, socket: &mut WebSocket) -> End {
        if socket.protocol().is_none() {
            return Some(Closing::unknown_protocol());
        }
        let live = &self.endpoint.sockets.live;
        let mut late = std::pin::pin!(sleep(Duration::from_millis(live.init_timeout_ms)));
        let mut keepalive = turns(Duration::from_millis(live.keepalive_ms));
        loop {
            let turn = tokio::select! {
                received = socket.recv() => Turn::Received(received),
                Some(answer) = self.answers.recv() => Turn::Answered(answer),
                Some(ended) = self.operations.join_next() => Turn::Ended(ended),
                _ = keepalive.tick() => Turn::Keepalive,
                () = late.as_mut(), if !self.initialised => Turn::Closing(Closing::init_timeout()),
                () = self.stop.cancelled(), if self.is_idle() => Turn::Closing(Closing::going_away()),
            };
            if let Err(end) = self.take(turn, socket).await {
                return end;
            }
        }
    }

    /// Whether every operation has ended and been answered. Subscriptions end when the server stops; what else runs then
    /// is waited for, as over HTTP.
    fn is_idle(&self) -> bool {
        self.operations.is_empty() && self.answers.is_empty()
    }

    async fn take(&mut self, turn: Turn, socket: &mut WebSocket) -> Result<(), End> {
        match turn {
            Turn::Received(Some(Ok(message))) => {
                self.silent = 0;
                self.received(message, socket).await
            }
            Turn::Received(_) => Err(None),
            Turn::Answered(answer) => self.answered(answer, socket).await,
            Turn::Ended(Err(error)) if error.is_panic() => {
                // The panic hook has printed what happened; this line ties it to the connection.
                tracing::error!(request_id = self.info.request_id, "an operation on a websocket panicked");
                Err(Some(Closing::internal()))
            }
            Turn::Ended(_) => Ok(()),
            Turn::Keepalive => self.keep_alive(socket).await,
            Turn::Closing(closing) => Err(Some(closing)),
        }
    }

    async fn received(&mut self, message: Message, socket: &mut WebSocket) -> Result<(), End> {
        let text = match message {
            Message::Text(text) => text,
            Message::Binary(_) => return Err(Some(Closing::new(4400, "messages are text, not binary"))),
            Message::Ping(_) | Message::Pong(_) => return Ok(()),
            Message::Close(_) => return Err(None),
        };
        let limit = self.endpoint.http.body_limit_bytes;
        if text.len() > limit {
            return Err(Some(Closing::too_long(limit)));
        }
        match Said::read(&text).map_err(Some)? {
            Said::ConnectionInit { .. } if self.initialised => Err(Some(Closing::initialised_twice())),
            Said::ConnectionInit { payload } => self.initialise(payload, socket).await,
            Said::Ping { payload } => say(socket, &Say::Pong { payload }).await,
            Said::Pong {} => Ok(()),
            Said::Subscribe { .. } if !self.initialised => Err(Some(Closing::unauthorized())),
            Said::Subscribe { id, payload } => self.start(id, payload, socket).await,
            Said::Complete { id } => {
                if let Some(running) = self.running.remove(&id) {
                    running.task.abort();
                }
                Ok(())
            }
        }
    }

    async fn initialise(
        &mut self,
        payload: Option<Map<String, Value>>,
        socket: &mut WebSocket,
    ) -> Result<(), End> {
        if let Some(named) = payload.as_ref().and_then(credentials) {
            self.peer = Some(named.map_err(|why| Some(Closing::forbidden(why)))?.into());
        }
        let Some(peer) = &self.peer else {
            let why = "send the payload {\"Authorization\": \"Bearer <token>\"}";
            return Err(Some(Closing::forbidden(why)));
        };
        let caller = self.endpoint.identify(Some(peer.credentials()), &self.info).await;
        caller.map_err(|refusal| Some(unidentified(&refusal)))?;
        self.initialised = true;
        say(socket, &Say::ConnectionAck).await
    }

    /// Ends the connection when its token no longer holds. Where nobody can tell, it is asked again at the next turn.
    async fn check_token(&self) -> Result<(), End> {
        let Some(peer) = self.peer.as_ref().filter(|_| self.initialised) else { return Ok(()) };
        match self.endpoint.verify(peer.credentials(), &self.info).await {
            Err(refusal) if refusal.is_about_the_caller() => Err(Some(unidentified(&refusal))),
            _ => Ok(()),
        }
    }

    async fn start(
        &mut self,
        id: String,
        payload: Map<String, Value>,
        socket: &mut WebSocket,
    ) -> Result<(), End> {
        if id.is_empty() || id.len() > LONGEST_ID {
            return Err(Some(Closing::new(4400, format!("an id has 1 to {LONGEST_ID} bytes"))));
        }
        if self.running.contains_key(&id) {
            return Err(Some(Closing::already_running(&id)));
        }
        if let Some(refusal) = self.no_room() {
            let errors = refusal.into_errors(&self.info, self.endpoint.http.retry_after_seconds);
            return say(socket, &Say::Error { id: &id, payload: &errors }).await;
        }
        self.started += 1;
        let asked = Asked {
            endpoint: Arc::clone(&self.endpoint),
            info: self.info.clone(),
            peer: self.peer.clone(),
            stop: self.stop.clone(),
            id: id.clone(),
            number: self.started,
            send: self.send.clone(),
        };
        let task = self.operations.spawn(asked.run(payload));
        self.running.insert(id, Running { number: self.started, task });
        Ok(())
    }

    /// Why no further operation may start.
    fn no_room(&self) -> Option<Refusal> {
        let limit = self.endpoint.sockets.live.max_operations;
        if self.stop.is_cancelled() {
            return Some(Refusal::new(codes::UNAVAILABLE, "the server stops; connect again"));
        }
        let message =
            || format!("{limit} operations run on this websocket, and no more may; complete one first");
        (self.running.len() >= limit).then(|| Refusal::new(codes::TOO_MANY_OPERATIONS, message()))
    }

    async fn answered(&mut self, answer: Answer, socket: &mut WebSocket) -> Result<(), End> {
        let current = self.running.get(&answer.id).is_some_and(|running| running.number == answer.number);
        if !current {
            return Ok(());
        }
        if answer.is_last {
            self.running.remove(&answer.id);
        }
        send(socket, answer.message.map_err(Some)?).await
    }

    async fn keep_alive(&mut self, socket: &mut WebSocket) -> Result<(), End> {
        if self.silent >= SILENT_TURNS {
            return Err(None);
        }
        self.silent += 1;
        self.check_token().await?;
        send(socket, Message::Ping(axum::body::Bytes::new())).await
    }
}

/// Whom the payload of `connection_init` names, where it has a token; header names know no case.
fn credentials(payload: &Map<String, Value>) -> Option<Result<Credentials<'_>, &'static str>> {
    let said = |header: &str| payload.iter().find(|(name, _)| name.eq_ignore_ascii_case(header));
    let (_, value) = said("authorization")?;
    let parts = value.as_str().and_then(|text| text.split_once(' '));
    let token =
        parts.filter(|(scheme, token)| scheme.eq_ignore_ascii_case("bearer") && !token.trim().is_empty());
    let Some((_, token)) = token else {
        return Some(Err("\"Authorization\" has to be \"Bearer\" and a token"));
    };
    let act_for = said(ACT_FOR.as_str()).map(|(_, value)| value.as_str().unwrap_or_default().trim());
    Some(Ok(Credentials { token: token.trim(), act_for }))
}

fn unidentified(refusal: &Refusal) -> Closing {
    if refusal.is_about_the_caller() {
        Closing::forbidden(&refusal.error.message)
    } else {
        Closing::try_again(&refusal.error.message)
    }
}

fn turns(every: Duration) -> Interval {
    let mut turns = interval_at(Instant::now() + every, every);
    turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
    turns
}

async fn say(socket: &mut WebSocket, say: &Say<'_>) -> Result<(), End> {
    send(socket, say.written()).await
}

async fn send(socket: &mut WebSocket, message: Message) -> Result<(), End> {
    socket.send(message).await.map_err(|_gone| None)
}

/// Says why the connection ends, and waits until the client has heard it: whoever hangs up at once may cut the words
/// off.
async fn farewell(socket: &mut WebSocket, closing: Closing) {
    if socket.send(closing.frame()).await.is_ok() {
        while let Some(Ok(_)) = socket.recv().await {}
    }
}
