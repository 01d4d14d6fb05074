//! The journal: sealed, gap-free, and unforgiving about changes.

use serde_json::json;
use support::database::execute;
use support::{TestApp, both_databases};
use upskill_domain::journal::ChainBreak;

both_databases! {
    async fn entries_are_sealed_in_order_without_gaps(app: TestApp) {
        let northwind = app.northwind().await;
        let aude = app.caller("northwind", "A1");
        let count = "{ journalEntries { totalCount } }";
        assert_eq!(aude.ask(count).await.data("/journalEntries/totalCount"), json!(0));
        app.seal().await;
        // The founding, five departments, thirteen people and six roles.
        assert_eq!(aude.ask(count).await.data("/journalEntries/totalCount"), json!(25));
        assert_eq!(app.app.journal().verify(northwind.id).await.expect("a verdict"), Ok(25));

        let first = aude.ask("{ journalEntries(first: 2) { nodes { position kind actorKind actor { name } capacity subjectId } } }").await;
        assert_eq!(first.data("/journalEntries/nodes/0"), json!({
            "position": "1", "kind": "organization.employer_founded", "actorKind": "SYSTEM", "actor": null,
            "capacity": "found", "subjectId": northwind.id.to_string(),
        }));
        assert_eq!(first.data("/journalEntries/nodes/1/position"), json!("2"));

        let roles = "{ journalEntries(filter: { kind: { in: [\"organization.role_granted\"] } }, direction: DESC) { totalCount nodes { position payload } } }";
        let roles = aude.ask(roles).await;
        assert_eq!(roles.data("/journalEntries/totalCount"), json!(6));
        assert_eq!(roles.data("/journalEntries/nodes/0/position"), json!("25"));

        for (kind, known) in [
            ("organization.role_grantd", "organization.role_granted"),
            ("role_granted", "funding.budget_created"),
        ] {
            let typo = format!("{{ journalEntries(filter: {{ kind: {{ in: [\"{kind}\"] }} }}) {{ totalCount }} }}");
            let refused = aude.ask(&typo).await;
            assert_eq!(refused.code(), "BAD_USER_INPUT");
            let message = refused.message();
            assert!(message.starts_with(&format!("there is no kind of event '{kind}'; there are: ")), "{message}");
            assert!(message.contains(known), "{message}");
        }

        for person in ["E1", "M1", "H2", "F1", "W1"] {
            assert_eq!(app.caller("northwind", person).ask(count).await.code(), "FORBIDDEN", "{person}");
        }
    }

    async fn an_altered_entry_breaks_the_chain(app: TestApp) {
        let northwind = app.northwind().await;
        app.seal().await;
        execute(app.database(), "UPDATE journal_entry SET payload = '{}' WHERE position = 7").await;
        let verdict = app.app.journal().verify(northwind.id).await.expect("a verdict");
        assert!(matches!(verdict, Err(ChainBreak::Altered { position: 7, .. })), "{verdict:?}");
    }

    async fn a_missing_entry_breaks_the_chain(app: TestApp) {
        let northwind = app.northwind().await;
        app.seal().await;
        execute(app.database(), "DELETE FROM journal_entry WHERE position = 7").await;
        let verdict = app.app.journal().verify(northwind.id).await.expect("a verdict");
        assert_eq!(verdict, Err(ChainBreak::Gap { expected: 7, found: 8 }));
        execute(app.database(), "DELETE FROM journal_entry WHERE position >= 7").await;
        let verdict = app.app.journal().verify(northwind.id).await.expect("a verdict");
        assert_eq!(verdict, Err(ChainBreak::Truncated { recorded: 25, found: 6 }));
    }

    async fn a_chain_that_was_written_anew_shows_at_its_end(app: TestApp) {
        let northwind = app.northwind().await;
        app.seal().await;
        execute(app.database(), "UPDATE journal_tail SET hash = (SELECT hash FROM journal_entry WHERE position = 24)").await;
        let verdict = app.app.journal().verify(northwind.id).await.expect("a verdict");
        assert_eq!(verdict, Err(ChainBreak::Replaced { position: 25 }));
        execute(app.database(), "UPDATE journal_tail SET position = 24").await;
        // What lies beyond the recorded end was sealed after it was read.
        assert_eq!(app.app.journal().verify(northwind.id).await.expect("a verdict"), Ok(24));
    }

    async fn an_employer_whose_journal_is_sick_keeps_nobody_else_waiting(app: TestApp) {
        let (northwind, southwind) = (app.northwind().await, app.southwind().await);
        app.seal().await;
        let waiting = "SELECT COUNT(*) FROM journal_entry WHERE position IS NULL";
        for (sick, code, statement) in [
            (northwind.id, "ONE", "UPDATE journal_tail SET hash = 'x' || hash WHERE employer_id = (SELECT id FROM employer WHERE slug = 'northwind')"),
            (southwind.id, "TWO", "UPDATE journal_tail SET hash = 'x' || hash WHERE employer_id = (SELECT id FROM employer WHERE slug = 'southwind')"),
        ] {
            execute(app.database(), statement).await;
            let create = "mutation($code: String!) { createDepartment(input: { code: $code, name: \"New\" }) { department { code } } }";
            for employer in ["northwind", "southwind"] {
                let created = app.caller(employer, "H1").send(create, json!({ "code": code })).await;
                assert_eq!(created.text("/createDepartment/department/code"), code);
            }
            let failed = upskill_api::worker::seal(&app.app, 500).await.expect("the others are sealed");
            assert_eq!(failed.iter().map(|(employer, _)| *employer).collect::<Vec<_>>(), [sick]);
            assert_eq!(app.number(waiting).await, 1);
            execute(app.database(), "UPDATE journal_tail SET hash = SUBSTR(hash, 2) WHERE hash LIKE 'x%'").await;
            app.seal().await;
            assert_eq!(app.number(waiting).await, 0);
        }
    }

    async fn sealers_beside_each_other_seal_everything_once(app: TestApp) {
        let northwind = app.northwind().await;
        let rounds = (0..8).map(|_| {
            let app = app.app.clone();
            tokio::spawn(async move { upskill_api::worker::seal(&app, 3).await })
        });
        for round in rounds.collect::<Vec<_>>() {
            round.await.expect("no panic").expect("sealed");
        }
        assert_eq!(app.app.journal().verify(northwind.id).await.expect("a verdict"), Ok(25));
    }
}
