//! Counting statements, so that a request's log line and the tests' ceilings can say how many it took.

use std::cell::Cell;
use std::future::Future;

use sea_orm::DatabaseConnection;

tokio::task_local! {
    static STATEMENTS: Cell<u64>;
}

/// Runs a future and tells how many statements it sent, also within transactions. A count within a count adds to it.
pub async fn counted<F: Future>(future: F) -> (F::Output, u64) {
    let counting = async {
        let output = future.await;
        (output, STATEMENTS.with(Cell::get))
    };
    let (output, statements) = STATEMENTS.scope(Cell::new(0), counting).await;
    add(statements);
    (output, statements)
}

/// Lets a pool count what runs within [`counted`].
pub(crate) fn attach(pool: &mut DatabaseConnection) {
    pool.set_metric_callback(|_| count());
}

/// Counts one statement.
pub(crate) fn count() {
    add(1);
}

fn add(statements: u64) {
    // Outside of `counted` (worker, command line) nobody asks for the number.
    let _ = STATEMENTS.try_with(|count| count.set(count.get() + statements));
}
