//! One operation on a websocket: a query or mutation with its one answer, or a subscription with as many as there are
//! events.

use std::sync::Arc;
use std::time::Duration;

use async_graphql::{Response as Executed, ServerError, Value as GraphqlValue, parser::types::OperationType};
use axum::extract::ws::Message;
use serde_json::{Map, Value};
use tokio::sync::mpsc::Sender;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::super::{
    answer, codes,
    endpoint::{Endpoint, Prepared},
    executor::{Caller, Next, Source},
    parameters::Parameters,
    refusal::Refusal,
    request_info::RequestInfo,
};
use super::Peer;
use super::protocol::{Closing, Say};

/// What an operation needs.
pub(super) struct Asked {
    pub endpoint: Arc<Endpoint>,
    pub info: RequestInfo,
    pub peer: Option<Peer>,
    pub stop: CancellationToken,
    pub id: String,
    pub number: u64,
    pub send: Sender<Answer>,
}

/// A message of an operation on its way to the client.
pub(super) struct Answer {
    pub id: String,
    pub number: u64,
    /// What to say, or how to end the connection.
    pub message: Result<Message, Closing>,
    pub is_last: bool,
}

/// Why an operation ends before its time.
enum Failed {
    /// It was refused, or can be answered no longer.
    Operation(Vec<ServerError>),
    /// Nobody may ask with this token any more.
    Caller(String),
    /// The connection ends, and says so by itself.
    Gone,
}

impl Asked {
    /// Runs the operation to its end.
    pub(super) async fn run(self, payload: Map<String, Value>) {
        let last = match self.answer(payload).await {
            Ok(()) => Ok(Say::Complete { id: &self.id }.written()),
            Err(Failed::Operation(errors)) => Ok(Say::Error { id: &self.id, payload: &errors }.written()),
            Err(Failed::Caller(why)) => Err(Closing::forbidden(&why)),
            Err(Failed::Gone) => return,
        };
        // Where nobody takes the last message, the connection has ended before the operation.
        let _ = self.pass(last, true).await;
    }

    async fn answer(&self, payload: Map<String, Value>) -> Result<(), Failed> {
        let prepared = self.prepare(payload)?;
        if prepared.kind == OperationType::Subscription {
            return self.follow(prepared).await;
        }
        let slot = self.endpoint.slot().map_err(|refusal| self.refused(refusal))?;
        let caller = self.caller().await?;
        let executed = self.in_time(self.endpoint.run(prepared, caller, &self.info)).await?;
        drop(slot);
        if answer::is_request_error(&executed) {
            return Err(Failed::Operation(executed.errors));
        }
        self.tell(&executed).await
    }

    fn prepare(&self, payload: Map<String, Value>) -> Result<Prepared, Failed> {
        let written = Value::Object(payload).to_string();
        let parameters =
            Parameters::from_body(written.as_bytes()).map_err(|refusal| self.refused(refusal))?;
        self.endpoint.prepare(parameters).map_err(|refusal| self.refused(refusal))
    }

    /// Tells every event, each as the caller may see it at that moment, until it is none of their business any more.
    async fn follow(&self, prepared: Prepared) -> Result<(), Failed> {
        let checked = prepared.again();
        let slot = self.endpoint.slot().map_err(|refusal| self.refused(refusal))?;
        let mut events = self.open(prepared).await?;
        drop(slot);
        loop {
            let Some(next) = self.stop.run_until_cancelled(events.next()).await else {
                return Err(Failed::Gone);
            };
            let next = next.map_err(|_interrupted| {
                let message =
                    "what happened cannot be read at the moment; subscribe again after the last cursor";
                self.refused(Refusal::new(codes::UNAVAILABLE, message))
            })?;
            let slot = self.endpoint.next_slot().await.map_err(|refusal| self.refused(refusal))?;
            match next {
                Next::Event(occurrence) => {
                    let caller = self.caller().await?.with(occurrence);
                    let executed =
                        self.in_time(self.endpoint.run(checked.again(), caller, &self.info)).await?;
                    drop(slot);
                    if tells_nothing(&executed) {
                        return Err(Failed::Operation(executed.errors));
                    }
                    self.tell(&executed).await?;
                }
                Next::Doubt => drop(self.open(checked.again()).await?),
            }
        }
    }

    async fn open(&self, prepared: Prepared) -> Result<Box<dyn Source>, Failed> {
        let caller = self.caller().await?;
        let opened = self.in_time(self.endpoint.open(prepared, caller, &self.info)).await?;
        opened.map_err(|refused| Failed::Operation(refused.errors))
    }

    /// Who asks, as they are now: roles may have been revoked, the token may have expired, the person may have left.
    async fn caller(&self) -> Result<Caller, Failed> {
        let credentials = self.peer.as_ref().map(Peer::credentials);
        self.endpoint.identify(credentials, &self.info).await.map_err(|refusal| {
            if refusal.is_about_the_caller() {
                Failed::Caller(refusal.error.message)
            } else {
                self.refused(refusal)
            }
        })
    }

    async fn in_time<T>(&self, work: impl Future<Output = T>) -> Result<T, Failed> {
        let limit = self.endpoint.http.request_timeout_ms;
        // In a box, since an execution is too large to be carried in every state of a waiting subscription.
        timeout(Duration::from_millis(limit), Box::pin(work)).await.map_err(|_elapsed| {
            let message = format!("the operation took longer than {limit} ms and was given up");
            self.refused(Refusal::new(codes::UNAVAILABLE, message))
        })
    }

    async fn tell(&self, executed: &Executed) -> Result<(), Failed> {
        self.pass(Ok(Say::next(&self.id, executed).written()), false).await
    }

    async fn pass(&self, message: Result<Message, Closing>, is_last: bool) -> Result<(), Failed> {
        let answer = Answer { id: self.id.clone(), number: self.number, message, is_last };
        self.send.send(answer).await.map_err(|_closed| Failed::Gone)
    }

    fn refused(&self, refusal: Refusal) -> Failed {
        Failed::Operation(refusal.into_errors(&self.info, self.endpoint.http.retry_after_seconds))
    }
}

/// Whether an event has an error in the place of its only field: what it was about is there no more for this caller.
fn tells_nothing(executed: &Executed) -> bool {
    let nothing = match &executed.data {
        GraphqlValue::Object(fields) => fields.values().all(|field| *field == GraphqlValue::Null),
        data => *data == GraphqlValue::Null,
    };
    nothing && !executed.errors.is_empty()
}
