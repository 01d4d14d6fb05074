//! Rosters beside other work, and small ones at large companies.

use serde_json::{Value, json};
use sqlx::{Connection as _, Executor as _, PgConnection};
use support::{Engine, TestApp, both_databases};
use upskill_domain::organization::{ImportRoster, RosterLine, RosterReport, RowOutcome};

use super::{CHANGE, IMPORT, department};

/// A row with what it says besides the external id.
fn line(id: &str, more: &[(&str, &str)]) -> RosterLine {
    let cell = |name: &str| more.iter().find(|(cell, _)| *cell == name).map(|(_, value)| (*value).to_owned());
    RosterLine {
        line: 1,
        external_id: Some(id.to_owned()),
        name: cell("name"),
        email: cell("email"),
        manager: cell("manager"),
        hired_on: cell("hired_on"),
        status: cell("status"),
        left_on: cell("left_on"),
        ..RosterLine::default()
    }
}

/// What becomes of every row, without the ids of new people.
fn fates(report: &RosterReport) -> Vec<String> {
    let fate = |outcome: &RowOutcome| match outcome {
        RowOutcome::Created(_) => "created".to_owned(),
        RowOutcome::Updated(_) => "updated".to_owned(),
        RowOutcome::Unchanged(_) => "unchanged".to_owned(),
        RowOutcome::Refused(problem) => problem.to_string(),
    };
    report.rows.iter().map(|row| fate(&row.outcome)).collect()
}

both_databases! {
    /// Whatever is inserted below a person or a department shares a lock on their key until it is committed.
    async fn what_is_inserted_below_people_does_not_keep_them_from_changing(app: TestApp) {
        app.northwind().await;
        let hana = app.caller("northwind", "H1");
        let eng = department(&app, "ENG").await;
        let mut insertion = match app.database().engine() {
            // The only writer locks the whole file, so there is nothing to share.
            Engine::Sqlite => None,
            Engine::Postgres => Some(PgConnection::connect(app.database().url()).await.expect("a connection")),
        };
        if let Some(connection) = &mut insertion {
            for statement in [
                "BEGIN",
                "SELECT 1 FROM employee FOR KEY SHARE",
                "SELECT 1 FROM department FOR KEY SHARE",
            ] {
                connection.execute(statement).await.expect("the keys are shared");
            }
        }
        let rows = json!([{ "externalId": "E1", "jobTitle": "Engineer", "manager": "M2" }]);
        let imported = hana.send(IMPORT, json!({ "input": { "rows": rows } })).await;
        assert_eq!(imported.data("/importRoster/report/updated"), json!(1));
        let renamed = hana.send(CHANGE, json!({ "input": { "id": eng, "expectedVersion": 1, "name": "Engineers" } })).await;
        assert_eq!(renamed.data("/changeDepartment/department/name"), json!("Engineers"));
    }

    /// A small file is decided on the people that it touches, a large one on everybody: to the same end.
    async fn a_few_rows_are_decided_as_among_many(app: TestApp) {
        let northwind = app.northwind().await;
        let few = [
            // Clara would report to Eva, who reports to her through Max; he is not in the file.
            line("C1", &[("manager", "E1")]),
            // Somebody who is not in the file has the address.
            line("N1", &[("name", "Nora"), ("hired_on", "2026-03-01"), ("email", "E3@Example.org")]),
            // Lara comes back while her address goes to somebody else.
            line("L1", &[("status", "ACTIVE"), ("left_on", "")]),
            line("N2", &[("name", "Nils"), ("hired_on", "2026-03-01"), ("email", "l1@example.org"), ("manager", "M2")]),
            line("E2", &[("manager", "M2")]),
            line("E1", &[("manager", "Z9")]),
            line("H1", &[]),
        ];
        // Rows that nobody could take, to make a large file of a small one.
        let many: Vec<_> = few.iter().cloned().chain((0..1_000).map(|n| line(&format!("S{n}"), &[]))).collect();
        let decide = async |lines: &[RosterLine]| {
            let roster = ImportRoster { lines: lines.to_vec(), dry_run: true, ..ImportRoster::default() };
            let report = app.app.organization().import_roster(&northwind.system, roster).await.expect("a report");
            fates(&report)
        };
        let decided = decide(&few).await;
        assert_eq!(decided, [
            "Clara Chief (C1) cannot report to Eva Engineer (E1): Eva Engineer (E1) reports to Clara Chief (C1), directly or through others",
            "email 'e3@example.org' belongs to 'E3' already",
            "updated",
            "email 'l1@example.org' belongs to 'L1' already",
            "updated",
            "manager 'Z9' is neither on the roster nor on a row that can be taken",
            "unchanged",
        ]);
        assert_eq!(decide(&many).await[..few.len()], decided);

        // Who has an address by now may be somebody whom no row names.
        let taken = json!([{ "externalId": "N3", "name": "Nina", "hiredOn": "2026-03-01", "email": "l1@example.org" }]);
        let hana = app.caller("northwind", "H1");
        let row = async |rows: Value| hana.send(IMPORT, json!({ "input": { "rows": rows } })).await.data("/importRoster/report/rows/0/problem");
        assert_eq!(row(taken).await, json!(null));
        let back = json!([{ "externalId": "L1", "status": "ACTIVE", "leftOn": null }]);
        assert_eq!(row(back).await, json!("email 'l1@example.org' belongs to 'N3' already"));
    }
}
