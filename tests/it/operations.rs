//! What an operator asks of an installation: whether it is ready, what it measures, and what it will not start over.

use serde_json::json;
use support::process::Site;
use support::{TestApp, TestDb, both_databases, database, exchange};

/// A database whose last migration has not come yet.
async fn outdated(database: &TestDb) {
    database::execute(database, "DELETE FROM seaql_migrations WHERE version = 'm0006_funding'").await;
}

both_databases! {
    async fn readiness_knows_the_database_its_migrations_and_the_worker(database: TestDb) {
        let app = TestApp::start(database).await;
        let ready = exchange(&app.router(), ("GET", "/readyz"), &[], "").await;
        let checks = json!({ "database": "ok", "migrations": "ok", "sealing": "ok" });
        assert_eq!((ready.status, ready.json()), (200, json!({ "ready": true, "checks": checks })));
    }

    async fn a_database_that_lacks_migrations_is_not_ready(database: TestDb) {
        outdated(&database).await;
        let app = TestApp::start(database).await;
        let ready = exchange(&app.router(), ("GET", "/readyz"), &[], "").await;
        let checks = json!({ "database": "ok", "migrations": "some are missing; run `upskill migrate`" });
        assert_eq!((ready.status, ready.json()), (503, json!({ "ready": false, "checks": checks })));
    }

    async fn what_is_wrong_with_a_database_is_for_the_log_only(database: TestDb) {
        database::execute(&database, "ALTER TABLE journal_entry RENAME TO elsewhere").await;
        let app = TestApp::start(database).await;
        let ready = exchange(&app.router(), ("GET", "/readyz"), &[], "").await;
        let checks = json!({ "database": "ok", "migrations": "ok", "sealing": "cannot be told" });
        assert_eq!((ready.status, ready.json()), (503, json!({ "ready": false, "checks": checks })));
    }
}

#[cfg(unix)]
both_databases! {
    async fn no_command_starts_over_a_database_that_lacks_migrations(database: TestDb) {
        outdated(&database).await;
        let site = Site::over(database.url());
        site.file("upskill.toml", b"[database]\nmigrate_on_start = false\n");
        for command in ["serve", "worker", "verify"] {
            let refused = site.run(&[command]);
            assert_eq!(refused.code, Some(1), "{refused:?}");
            let complaint = "lacks migrations: m0006_funding; run `upskill migrate` once\n";
            assert!(refused.err.ends_with(complaint), "{refused:?}");
        }
    }

    async fn a_worker_serves_its_metrics_where_nothing_else_is(database: TestDb) {
        let site = Site::over(database.url());
        site.file("upskill.toml", b"[http]\nmetrics_listen = \"127.0.0.1:0\"\n");
        let worker = site.start(&["worker"], "serving metrics");
        let get = async |path: &str| {
            let response = reqwest::get(format!("http://{}{path}", worker.address)).await.expect("an answer");
            (response.status().as_u16(), response.text().await.expect("a body"))
        };
        assert_eq!(get("/livez").await, (200, "ok\n".to_owned()));
        assert_eq!(get("/graphql").await.0, 404);
        // The first look at the installation may still be under way.
        let metrics = loop {
            let (status, metrics) = get("/metrics").await;
            assert_eq!(status, 200);
            if metrics.contains("journal_sealing_lag_seconds 0") {
                break metrics;
            }
        };
        assert!(metrics.contains("database_connections_limit 8"), "{metrics}");
        assert!(metrics.contains("database_connections{state=\"idle\"}"), "{metrics}");
        worker.signal("TERM");
        assert_eq!(worker.ended(), Some(0));
    }
}
