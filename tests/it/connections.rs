//! Who gets the connections of a pool on PostgreSQL: reads and transactions, and neither all of them.

use std::time::Duration;

use futures_util::future::join_all;
use support::TestDb;

use upskill_domain::kernel::{EmployerId, Fault, TypedId};
use upskill_domain::store::{Store, UnitOfWork};
use upskill_persistence::{Db, DbOptions};
use uuid::Uuid;

const CONNECTIONS: u32 = 8;

async fn connect(database: &TestDb) -> Db {
    let options = DbOptions {
        url: database.url().to_owned(),
        max_connections: CONNECTIONS,
        acquire_timeout: Duration::from_secs(2),
        statement_timeout: Duration::ZERO,
    };
    Db::connect(&options).await.expect("connections")
}

fn employer() -> EmployerId {
    EmployerId::from_uuid(Uuid::nil())
}

/// As many reads at once as there are connections; every one has to be answered.
async fn read_at_once(db: &Db) {
    let reads = (0..CONNECTIONS).map(|_| async { db.reads().all_employers().await });
    for employers in join_all(reads).await {
        assert_eq!(employers.expect("employers").len(), 0);
    }
}

async fn transactions(db: &Db, count: u32) -> Vec<Box<dyn UnitOfWork>> {
    let opened = join_all((0..count).map(|_| db.begin(employer()))).await;
    opened.into_iter().map(|tx| tx.expect("a transaction")).collect()
}

#[tokio::test]
async fn transactions_take_what_reads_do_not_use_and_give_it_back() {
    let Some(database) = TestDb::postgres().await else { return };
    let db = connect(&database).await;
    // The reads keep half of the connections, the transactions open the other half, and then need two of the first.
    read_at_once(&db).await;
    let held = transactions(&db, 6).await;
    read_at_once(&db).await;
    assert_eq!((db.connections().open, db.connections().idle), (CONNECTIONS, 2));
    // A quarter stays with the reads, whoever else waits.
    assert!(matches!(db.begin(employer()).await, Err(Fault::Unavailable(_))));
    read_at_once(&db).await;
    drop(held);
    read_at_once(&db).await;
    // And a quarter stays with the transactions, however many read.
    let held = transactions(&db, 2).await;
    read_at_once(&db).await;
    drop(held);
    db.close().await.expect("closed");
}
