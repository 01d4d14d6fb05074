//! When loaders send their statements: as soon as the operation cannot go on without them, and not before.
//!
//! A loader collects ids and has to guess when the last one has come. The usual guess is a millisecond, which is both
//! long (every level of an answer waits for it) and short (a large page takes longer, and its batch falls apart). An
//! operation runs in one task, so there is no need to guess: once polling it leads nowhere, every id that can be asked
//! for has been. The batches then run in the same task, so they are counted, traced and given up with it.

use std::future::{Future, poll_fn, ready};
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use async_graphql::runtime::Timer;
use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use futures_util::task::{FutureObj, Spawn, SpawnError};

/// The batches of one request that wait to be run.
#[derive(Clone, Default)]
pub(crate) struct Batches(Arc<Mutex<Vec<FutureObj<'static, ()>>>>);

impl Batches {
    /// Runs an operation, and its batches whenever it cannot go on without them.
    ///
    /// Batches run beside each other in rounds: those that become necessary meanwhile wait for the next round, so that
    /// how many statements an operation takes does not depend on which answer comes first.
    pub(crate) async fn drive<F: Future>(self, operation: F) -> F::Output {
        let mut operation = pin!(operation);
        let mut round = FuturesUnordered::new();
        poll_fn(|context| {
            loop {
                if let Poll::Ready(output) = operation.as_mut().poll(context) {
                    return Poll::Ready(output);
                }
                if round.is_empty() {
                    round.extend(self.take());
                }
                if !advance(&mut round, context) {
                    return Poll::Pending;
                }
            }
        })
        .await
    }

    fn take(&self) -> Vec<FutureObj<'static, ()>> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Whether a batch has ended, so that the operation may have something to go on with.
fn advance(round: &mut FuturesUnordered<FutureObj<'static, ()>>, context: &mut Context<'_>) -> bool {
    let mut ended = false;
    while let Poll::Ready(Some(())) = round.poll_next_unpin(context) {
        ended = true;
    }
    ended
}

impl Spawn for Batches {
    fn spawn_obj(&self, batch: FutureObj<'static, ()>) -> Result<(), SpawnError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(batch);
        Ok(())
    }
}

/// The timer of loaders that need none.
pub(crate) struct AtOnce;

impl Timer for AtOnce {
    fn delay(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(ready(()))
    }
}
