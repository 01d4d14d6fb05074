//! Counting again what was counted for reports.

use std::pin::pin;

use futures_util::{FutureExt as _, future::poll_fn};
use serde_json::{Value, json};
use support::both_databases;
use support::database::execute;
use support::process::Site;

use super::{Campus, crew};

/// Everything that was counted, falsified: a figure, a size, a group that is not there, one that never was, and how far.
const FALSIFIED: [&str; 6] = [
    "UPDATE report_group SET months = REPLACE(months, '\"enrolled\":', '\"enrolled\":7') WHERE kind = 'EVERYBODY'",
    "UPDATE report_group SET sizes = REPLACE(sizes, '[', '[1') WHERE kind = 'COURSE'",
    "UPDATE report_person SET months = '[]'",
    "DELETE FROM report_group WHERE kind = 'PROVIDER'",
    "UPDATE report_group SET year = 2020 WHERE kind = 'PROGRAM'",
    "UPDATE report_progress SET position = 1000000",
];

async fn falsify(campus: &Campus) {
    for statement in FALSIFIED {
        execute(campus.desk.app.database(), statement).await;
    }
}

/// What is told to HR, as text.
async fn told(campus: &Campus) -> Value {
    campus.ask("H1", "2026").await.json
}

async fn rebuild(campus: &Campus) -> usize {
    let organization = campus.desk.app.app.organization();
    let employer = organization.employer(&campus.desk.northwind.system).await.expect("the employer");
    campus.desk.app.app.reports().rebuild(&employer).await.expect("it is counted again")
}

both_databases! {
    async fn what_was_falsified_is_counted_again(campus: Campus) {
        campus.complete("L01").await;
        let before = told(&campus).await;
        let counted = campus.verified().await.expect("it holds");
        falsify(&campus).await;
        assert!(campus.verified().await.is_err());
        assert_eq!(rebuild(&campus).await as u64, counted);
        assert_eq!(campus.verified().await, Ok(counted));
        assert_eq!(told(&campus).await, before);
        // Counting goes on from there: people who were counted before are not counted as new ones.
        for id in crew('L', 6) {
            let id = campus.enrollment(&id).await;
            let log = "mutation($id: ID!) { logLearningTime(input: { id: $id, day: \"2026-03-02\", minutes: 30, kind: OWN }) { learningTime { id } } }";
            campus.desk.caller("H1").send(log, json!({ "id": id })).await.text("/logLearningTime/learningTime/id");
        }
        let after = campus.ask("H1", "2026").await;
        assert_eq!(after.data("/employer/report/figures/learners"), json!(23));
        assert_eq!(after.data("/employer/report/figures/ownMinutes"), json!(180));
        assert_eq!(campus.verified().await, Ok(counted));
    }

    /// Whoever moved to another department since they learned counts where they counted then.
    async fn where_people_count_stays(campus: Campus) {
        campus.desk.app.count().await;
        let before = told(&campus).await;
        let import = "mutation($rows: [RosterRowInput!]!) { importRoster(input: { rows: $rows }) { report { updated } } }";
        let rows: Vec<Value> = crew('L', 6)
            .map(|id| json!({ "externalId": id, "name": format!("Person {id}"), "department": "FAB", "manager": "M1", "hiredOn": "2024-01-01" }))
            .collect();
        let moved = campus.desk.caller("H1").send(import, json!({ "rows": rows })).await;
        assert_eq!(moved.data("/importRoster/report/updated"), json!(6));
        rebuild(&campus).await;
        assert_eq!(told(&campus).await["data"]["departments"], before["data"]["departments"]);
        assert!(campus.verified().await.is_ok());
    }

    async fn whoever_reads_or_counts_meanwhile_is_not_disturbed(campus: Campus) {
        campus.desk.app.count().await;
        for round in 0..5 {
            campus.learn(&format!("E{}", round % 3 + 1), if round < 3 { &campus.cloud } else { &campus.rust }).await;
            campus.desk.app.seal().await;
            let counts = async {
                let failed = upskill_api::worker::count_for_reports(&campus.desk.app.app, 1).await.expect("counted");
                assert!(failed.is_empty(), "{failed:?}");
            };
            let verify = async {
                let found = campus.verified().await;
                assert!(found.is_ok(), "{found:?}");
            };
            let reads = async {
                let answer = campus.desk.caller("H1").ask("{ employer { report(period: \"2026\") { figures { enrolled } } } }").await;
                let enrolled = answer.data("/employer/report/figures/enrolled").as_u64().expect("a number");
                assert!((23 + round..=24 + round).contains(&enrolled), "{enrolled}");
            };
            futures_util::join!(rebuild(&campus), counts, verify, reads, rebuild(&campus));
            let found = campus.ask("H1", "2026").await;
            assert_eq!(found.data("/employer/report/figures/enrolled"), json!(24 + round));
            assert!(campus.verified().await.is_ok());
        }
    }

    /// A rebuild that is given up, however far it came, has changed nothing.
    async fn one_that_is_given_up_has_changed_nothing(campus: Campus) {
        campus.desk.app.count().await;
        let right = told(&campus).await;
        let tamper = "UPDATE report_group SET months = REPLACE(months, '\"enrolled\":23', '\"enrolled\":24') WHERE kind = 'EVERYBODY'";
        execute(campus.desk.app.database(), tamper).await;
        let wrong = told(&campus).await;
        assert_ne!(right, wrong);
        let mut patience = 1_usize;
        loop {
            let mut rebuilding = pin!(rebuild(&campus));
            let mut left = patience;
            let done = poll_fn(|context| {
                left = left.saturating_sub(1);
                match rebuilding.poll_unpin(context) {
                    std::task::Poll::Ready(_) => std::task::Poll::Ready(true),
                    std::task::Poll::Pending if left == 0 => std::task::Poll::Ready(false),
                    std::task::Poll::Pending => std::task::Poll::Pending,
                }
            })
            .await;
            let now = told(&campus).await;
            if done || now == right {
                break;
            }
            assert_eq!(now, wrong, "after {patience} steps");
            patience += 1 + patience / 8;
        }
        assert!(patience > 1, "it was never given up");
        assert_eq!(told(&campus).await, right);
    }
}

#[cfg(unix)]
both_databases! {
    async fn the_command_counts_again(campus: Campus) {
        campus.desk.app.count().await;
        let right = told(&campus).await;
        campus.desk.app.southwind().await;
        falsify(&campus).await;
        let site = Site::over(campus.desk.app.database().url());
        let nobody = site.run(&["rebuild", "reports", "--employer", "westwind"]);
        assert_eq!(nobody.code, Some(1));
        assert!(nobody.err.contains("there is no employer 'westwind'"), "{nobody:?}");
        let other = site.run(&["rebuild", "reports", "--employer", "southwind"]);
        assert_eq!((other.code, other.out.as_str()), (Some(0), "southwind: reports counted again, 0 years of groups of people\n"));
        assert!(campus.verified().await.is_err());
        let all = site.run(&["rebuild", "reports"]);
        let lines: Vec<&str> = all.out.lines().collect();
        assert_eq!((all.code, lines.len()), (Some(0), 2), "{all:?}");
        assert!(lines.contains(&"northwind: reports counted again, 7 years of groups of people"), "{lines:?}");
        assert_eq!(told(&campus).await, right);
        assert_eq!(site.run(&["verify"]).code, Some(0));
    }
}
