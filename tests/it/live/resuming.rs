//! Coming back: nothing is lost and nothing is told twice.

use serde_json::{Value, json};
use support::socket::beginning;
use support::{Socket, both_databases};

use super::{JOURNAL, Scene};

/// The positions of the next events.
async fn positions(socket: &mut Socket, id: &str, count: usize) -> Vec<i64> {
    let mut heard = Vec::new();
    for _ in 0..count {
        let event = socket.next(id).await;
        let position = event["journal"]["entry"]["position"].as_str().expect("a position");
        heard.push(position.parse().expect("a number"));
    }
    heard
}

both_databases! {
    async fn after_a_cursor_everything_comes_once_and_in_order(scene: Scene) {
        let sealed = scene.app.number("SELECT CAST(MAX(position) AS BIGINT) FROM journal_entry").await;
        let mut aude = scene.app.socket(&scene.server, "A1").await;
        aude.ask("all", JOURNAL, json!({ "after": beginning(scene.northwind.id) })).await;
        let count = usize::try_from(sealed).expect("few");
        let heard = positions(&mut aude, "all", count).await;
        assert_eq!(heard, (1..=sealed).collect::<Vec<_>>());
        // What is sealed while others are told comes behind them.
        scene.grant("E1", "AUDITOR").await;
        assert_eq!(positions(&mut aude, "all", 1).await, [sealed + 1]);
    }

    async fn a_client_that_was_away_goes_on_where_it_was(scene: Scene) {
        let mut aude = scene.app.socket(&scene.server, "A1").await;
        aude.ask("1", JOURNAL, json!({ "after": scene.cursor().await })).await;
        scene.grant("E1", "AUDITOR").await;
        let last = aude.next("1").await["journal"]["cursor"].clone();
        drop(aude);
        scene.revoke("E1", "AUDITOR").await;
        scene.grant("E2", "FINANCE").await;
        let mut again = scene.app.socket(&scene.server, "A1").await;
        again.ask("1", JOURNAL, json!({ "after": last })).await;
        assert_eq!(again.next("1").await["journal"]["kind"], "organization.role_revoked");
        assert_eq!(again.next("1").await["journal"]["kind"], "organization.role_granted");
        scene.revoke("E2", "FINANCE").await;
        assert_eq!(again.next("1").await["journal"]["kind"], "organization.role_revoked");
    }

    async fn more_than_the_server_keeps_in_memory_comes_from_the_journal(scene: Scene) {
        // A follower keeps the feed alive while it grows beyond what it keeps.
        let mut xenia = scene.app.socket(&scene.server, "X1").await;
        xenia.ask("1", JOURNAL, json!({ "after": scene.cursor().await })).await;
        let grow = "mutation($rows: [RosterRowInput!]!) { importRoster(input: { rows: $rows, createDepartments: true }) { userErrors { code } } }";
        let before = scene.app.number("SELECT CAST(MAX(position) AS BIGINT) FROM journal_entry").await;
        let rows: Vec<Value> = (0..1_300).map(|number| json!({
            "externalId": format!("P{number}"), "name": format!("Person {number}"), "department": "ENG",
            "manager": "M1", "hiredOn": "2024-01-01",
        })).collect();
        let done = scene.app.caller("northwind", "H1").send(grow, json!({ "rows": rows })).await;
        assert_eq!(done.data("/importRoster/userErrors"), json!([]));
        scene.app.seal().await;
        let mut aude = scene.app.socket(&scene.server, "A1").await;
        aude.ask("1", JOURNAL, json!({ "after": beginning(scene.northwind.id) })).await;
        let sealed = scene.app.number("SELECT CAST(MAX(position) AS BIGINT) FROM journal_entry").await;
        assert!(sealed - before >= 1_300, "{before} and {sealed}");
        let count = usize::try_from(sealed).expect("few");
        assert_eq!(positions(&mut aude, "1", count).await, (1..=sealed).collect::<Vec<_>>());
        let count = usize::try_from(sealed - before).expect("few");
        assert_eq!(positions(&mut xenia, "1", count).await, (before + 1..=sealed).collect::<Vec<_>>());
    }

    async fn a_cursor_of_another_journal_is_refused(scene: Scene) {
        let southwind = scene.app.southwind().await;
        let mut aude = scene.app.socket(&scene.server, "A1").await;
        for cursor in ["nonsense", "", &beginning(southwind.id)] {
            aude.ask("1", JOURNAL, json!({ "after": cursor })).await;
            assert_eq!(aude.refused("1").await, "BAD_USER_INPUT", "{cursor}");
        }
    }

    async fn an_employer_hears_nothing_of_another(scene: Scene) {
        let southwind = scene.app.southwind().await;
        let token = scene.app.token("southwind", "A1");
        let mut aude = Socket::of(&scene.server, &token).await;
        aude.ask("1", JOURNAL, json!({ "after": beginning(southwind.id) })).await;
        scene.grant("E1", "AUDITOR").await;
        let sealed = i64::try_from(scene.app.app.journal().sealed_after(southwind.id, 0, 500).await.expect("read").len());
        let sealed = sealed.expect("few");
        let heard = positions(&mut aude, "1", usize::try_from(sealed).expect("few")).await;
        assert_eq!(heard, (1..=sealed).collect::<Vec<_>>());
        aude.ask("2", "{ viewer { employee { name } } }", json!({})).await;
        assert_eq!(aude.next("2").await["viewer"]["employee"]["name"], "Aude Auditor");
    }
}
