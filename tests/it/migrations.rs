//! The history of the tables: forwards, backwards, and by many at once.

use support::database::tables;
use support::{TestDb, both_databases};

both_databases! {
    async fn migrations_go_up_down_and_up_again(database: TestDb) {
        let there = tables(&database).await;
        assert!(there.len() > 5, "{there:?}");
        let steps = upskill_migrations::status(database.url()).await.expect("the status");
        assert!(steps.iter().all(|step| step.applied), "{steps:?}");
        let mut names: Vec<_> = steps.iter().map(|step| step.name.clone()).collect();
        let in_order = names.clone();
        names.sort();
        names.dedup();
        assert_eq!(names, in_order, "names are numbered in their order and none stands twice");

        upskill_migrations::down(database.url()).await.expect("everything is taken back");
        let left = tables(&database).await;
        let bookkeeping = |table: &String| table.contains("migration") || table.starts_with("sqlite_");
        assert!(left.iter().all(bookkeeping), "left behind: {left:?}");
        let steps = upskill_migrations::status(database.url()).await.expect("the status");
        assert!(steps.iter().all(|step| !step.applied), "{steps:?}");

        upskill_migrations::up(database.url()).await.expect("everything is applied");
        assert_eq!(tables(&database).await, there);
        upskill_migrations::up(database.url()).await.expect("there is nothing left to do");
        assert_eq!(tables(&database).await, there);
    }

    async fn many_may_migrate_at_once(database: TestDb) {
        let there = tables(&database).await;
        upskill_migrations::down(database.url()).await.expect("everything is taken back");
        let starting = (0..12).map(|_| {
            let url = database.url().to_owned();
            tokio::spawn(async move { upskill_migrations::up(&url).await })
        });
        for one in starting.collect::<Vec<_>>() {
            one.await.expect("no panic").expect("everything is applied");
        }
        let steps = upskill_migrations::status(database.url()).await.expect("the status");
        assert!(steps.iter().all(|step| step.applied), "{steps:?}");
        assert_eq!(tables(&database).await, there);
    }
}

#[tokio::test]
async fn a_file_that_is_not_there_is_created_and_its_status_can_be_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}", folder.path().join("new.db").display());
    assert!(upskill_migrations::status(&url).await.is_err(), "asking creates nothing");
    upskill_migrations::up(&url).await.expect("everything is applied");
    let steps = upskill_migrations::status(&url).await.expect("the status");
    assert!(steps.iter().all(|step| step.applied), "{steps:?}");
}
