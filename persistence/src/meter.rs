//! Counting statements, so that a request's log line and the tests' ceilings can say how many it took.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sea_orm::DatabaseConnection;

tokio::task_local! {
    static STATEMENTS: Arc<AtomicU64>;
}

/// Runs a future and tells how many statements it sent, also within transactions and in tasks that [`carry`] the count.
/// A count within a count adds to it.
pub async fn counted<F: Future>(future: F) -> (F::Output, u64) {
    let count = Arc::new(AtomicU64::new(0));
    let output = STATEMENTS.scope(Arc::clone(&count), future).await;
    let statements = count.load(Ordering::Relaxed);
    add(statements);
    (output, statements)
}

/// The future, counting where this is called, whatever task it is then run in.
pub fn carry<F: Future>(future: F) -> impl Future<Output = F::Output> {
    let count = STATEMENTS.try_with(Arc::clone).ok();
    async move {
        match count {
            Some(count) => STATEMENTS.scope(count, future).await,
            None => future.await,
        }
    }
}

/// Lets a pool count what runs within [`counted`].
pub(crate) fn attach(pool: &mut DatabaseConnection) {
    pool.set_metric_callback(|_| add(1));
}

fn add(statements: u64) {
    // Outside of `counted` (worker, command line) nobody asks for the number.
    let _ = STATEMENTS.try_with(|count| count.fetch_add(statements, Ordering::Relaxed));
}
