//! Reading a body: within its time, and within the memory that all bodies may take together.

use std::time::Duration;

use axum::{
    body::{Body, Bytes, HttpBody},
    http::StatusCode,
};
use http_body_util::BodyExt;
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};

use super::{codes, refusal::Refusal};
use crate::config::HttpConfig;

/// Reads bodies. Usual ones are small enough to be bounded by the number of connections alone. A large one, as
/// imports have, needs a known caller and one of a few places, which it keeps until its request is answered.
pub(super) struct BodyReader {
    patience_ms: u64,
    usual_bytes: usize,
    large_bytes: usize,
    large_places: Semaphore,
}

/// A body that was read, with the place that it takes.
pub(super) struct ReadBody<'a> {
    pub bytes: Vec<u8>,
    place: Option<SemaphorePermit<'a>>,
}

impl BodyReader {
    pub(super) fn new(http: &HttpConfig) -> Self {
        Self {
            patience_ms: http.body_read_timeout_ms,
            usual_bytes: http.body_limit_bytes,
            large_bytes: http.large_body_limit_bytes,
            large_places: Semaphore::new(http.max_large_bodies.min(Semaphore::MAX_PERMITS)),
        }
    }

    /// Reads a body whole, unless it takes too long or too much room.
    pub(super) async fn read(&self, body: Body, caller_is_known: bool) -> Result<ReadBody<'_>, Refusal> {
        let patience = Duration::from_millis(self.patience_ms);
        timeout(patience, self.collect(body, caller_is_known)).await.unwrap_or_else(|_elapsed| {
            let message = format!("the body did not arrive within {} ms", self.patience_ms);
            Err(Refusal::http(StatusCode::REQUEST_TIMEOUT, codes::REQUEST_TIMEOUT, message))
        })
    }

    async fn collect(&self, mut body: Body, caller_is_known: bool) -> Result<ReadBody<'_>, Refusal> {
        let mut read = ReadBody { bytes: Vec::new(), place: None };
        // What the client announced is refused before it is sent, but only what has come takes memory.
        let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
        self.make_room(&mut read, announced, caller_is_known)?;
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_broken| Refusal::bad_request("the body did not arrive whole"))?;
            let data = frame.into_data().unwrap_or_else(|_trailers| Bytes::new());
            let length = read.bytes.len().saturating_add(data.len());
            self.make_room(&mut read, length, caller_is_known)?;
            read.bytes.extend_from_slice(&data);
        }
        Ok(read)
    }

    /// Sees to it that a body of this length may be read.
    fn make_room<'a>(
        &'a self,
        read: &mut ReadBody<'a>,
        length: usize,
        caller_is_known: bool,
    ) -> Result<(), Refusal> {
        if length <= self.usual_bytes {
            return Ok(());
        }
        if !caller_is_known {
            let limit = self.usual_bytes;
            let message =
                format!("the body is longer than {limit} bytes, which is all that is read without a token");
            return Err(too_large(message));
        }
        if length > self.large_bytes {
            return Err(too_large(format!("the body is longer than {} bytes", self.large_bytes)));
        }
        if read.place.is_none() {
            let Ok(place) = self.large_places.try_acquire() else {
                let message = "the server is busy with other large requests; try again in a moment";
                return Err(Refusal::new(codes::UNAVAILABLE, message));
            };
            read.place = Some(place);
        }
        Ok(())
    }
}

fn too_large(message: String) -> Refusal {
    Refusal::http(StatusCode::PAYLOAD_TOO_LARGE, codes::PAYLOAD_TOO_LARGE, message)
}
