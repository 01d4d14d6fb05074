//! Who masters what: said by themselves, by those above them and by HR.

use chrono::TimeDelta;
use serde_json::{Value, json};
use support::both_databases;

use super::Guild;

fn held(name: &str, level: i64, evidence: &str) -> Vec<(String, i64, String)> {
    vec![(name.to_owned(), level, evidence.to_owned())]
}

both_databases! {
    async fn people_say_what_they_think_of_their_own_level(guild: Guild) {
        let input = json!({
            "skillId": guild.cloud, "level": 4, "fromOn": "2026-01-15", "untilOn": "2026-12-31",
            "url": "https://example.org/portfolio", "note": "  Three years of it. ", "idempotencyKey": "k",
        });
        let stated = guild.state("E1", input.clone()).await;
        let id = stated.text("/stateSkill/skillRecord/id");
        assert_eq!(stated.data("/stateSkill"), json!({ "userErrors": [], "skillRecord": {
            "id": id, "level": 4, "evidence": "SELF", "fromOn": "2026-01-15", "untilOn": "2026-12-31",
            "url": "https://example.org/portfolio", "note": "Three years of it.", "employee": { "externalId": "E1" },
            "skill": { "name": "Cloud" }, "recordedBy": { "externalId": "E1" }, "recordedAt": "2026-03-02T09:00:00Z",
        } }));
        let mut witness = guild.app.witness().await;
        assert_eq!(guild.state("E1", input.clone()).await, stated, "replayed");
        let mut other = input.clone();
        other["level"] = json!(5);
        assert_eq!(guild.state("E1", other).await.refused("stateSkill"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        let mut same = input;
        same["idempotencyKey"] = json!("another");
        assert_eq!(guild.state("E1", same).await, stated, "said again");
        assert!(!witness.wrote().await);
        assert_eq!(guild.held("E1", "E1", "2026-12-31").await, held("Cloud", 4, "SELF"));
        assert_eq!(guild.held("E1", "E1", "2027-01-01").await, []);
        assert_eq!(guild.held("E1", "E1", "2026-01-14").await, []);

        guild.app.seal().await;
        let told = "{ viewer { employee { name } } journalEntries(last: 1) { nodes { kind subjectId payload } } }";
        let told = guild.caller("A1").ask(told).await.data("/journalEntries/nodes/0");
        assert_eq!((&told["kind"], &told["subjectId"]), (&json!("skills.level_recorded"), &json!(id)));
        assert!(!told["payload"].to_string().contains("evel"), "how well is not told: {told}");
    }

    async fn every_refusal_of_a_statement_writes_nothing(guild: Guild) {
        guild.state("E1", json!({ "skillId": guild.rust, "level": 2 })).await.text("/stateSkill/skillRecord/id");
        let mut witness = guild.app.witness().await;
        for (more, refusal) in [
            (json!({ "skillId": "skill_00000000000000000000000001" }), "UNKNOWN_SKILL input.skillId"),
            (json!({ "fromOn": "2026-03-03" }), "IN_FUTURE input.fromOn"),
            (json!({ "untilOn": "2026-03-01" }), "ENDS_BEFORE_START input.untilOn"),
            (json!({ "level": 0 }), "NOTHING_TO_END input.level"),
            (json!({ "level": 0, "untilOn": "2026-04-01" }), "END_WITH_END input.untilOn"),
            (json!({ "note": " " }), "INVALID_NOTE input.note"),
        ] {
            let mut input = json!({ "skillId": guild.cloud, "level": 3 });
            crate::funding::merge(&mut input, more);
            assert_eq!(guild.state("E1", input).await.refused("stateSkill"), [refusal]);
        }
        for (number, message) in [(6, "'6' is not a skill level from 1 to 5"), (-1, "'-1' is not a skill level from 1 to 5")] {
            let answer = guild.state("E1", json!({ "skillId": guild.cloud, "level": number })).await;
            assert_eq!((answer.code(), answer.message()), ("BAD_USER_INPUT", message));
        }
        for (whom, more, refusal) in [
            ("L1", json!({}), "UNKNOWN_EMPLOYEE input.employeeId"),
            ("H1", json!({}), "OWN_SKILL input.employeeId"),
            ("H1", json!({ "evidence": "CREDENTIAL" }), "OWN_SKILL input.employeeId"),
            ("E1", json!({ "evidence": "SELF" }), "NOT_THEIR_WORD input.evidence"),
            ("E1", json!({ "skillId": "skill_00000000000000000000000001" }), "UNKNOWN_SKILL input.skillId"),
            ("E1", json!({ "fromOn": "2026-03-03" }), "IN_FUTURE input.fromOn"),
            ("E1", json!({ "untilOn": "2026-03-01" }), "ENDS_BEFORE_START input.untilOn"),
            // What Eva says of herself is hers to end.
            ("E1", json!({ "skillId": guild.rust, "level": 0 }), "NOTHING_TO_END input.level"),
            ("E1", json!({ "level": 0, "untilOn": "2026-04-01" }), "END_WITH_END input.untilOn"),
            ("E1", json!({ "note": "" }), "INVALID_NOTE input.note"),
        ] {
            assert_eq!(guild.assess("H1", whom, more.clone()).await.refused("assessSkill"), [refusal], "{whom} {more}");
        }
        assert!(!witness.wrote().await);
    }

    async fn those_above_assess_and_hr_records_what_it_has_evidence_of(guild: Guild) {
        let on = "2026-03-02";
        guild.state("E1", json!({ "skillId": guild.cloud, "level": 5 })).await.text("/stateSkill/skillRecord/id");
        assert_eq!(guild.held("M1", "E1", on).await, held("Cloud", 5, "SELF"));
        let assessed = guild.assess("M1", "E1", json!({ "level": 2, "idempotencyKey": "k" })).await;
        assert_eq!(assessed.data("/assessSkill/skillRecord/evidence"), json!("MANAGER"));
        assert_eq!(guild.held("E1", "E1", on).await, held("Cloud", 2, "MANAGER"));
        let mut witness = guild.app.witness().await;
        assert_eq!(guild.assess("M1", "E1", json!({ "level": 2, "idempotencyKey": "k" })).await, assessed);
        let other = guild.assess("M1", "E1", json!({ "level": 4, "idempotencyKey": "k" })).await;
        assert_eq!(other.refused("assessSkill"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        // Managers speak for themselves; what is proved comes from HR.
        for (person, evidence) in [
            ("M1", "CREDENTIAL"), ("M1", "ASSESSED"), ("M1", "MENTOR"), ("M1", "PEER"), ("M2", "MANAGER"), ("E2", "MANAGER"),
            ("E1", "MANAGER"), ("E1", "CREDENTIAL"), ("H2", "MANAGER"), ("F1", "MANAGER"), ("A1", "MANAGER"), ("W1", "MANAGER"),
        ] {
            assert_eq!(guild.assess(person, "E1", json!({ "evidence": evidence })).await.code(), "FORBIDDEN", "{person} {evidence}");
        }
        assert!(!witness.wrote().await);

        let certificate = json!({ "evidence": "CREDENTIAL", "level": 3, "fromOn": "2026-02-01", "untilOn": "2026-06-30", "url": "https://example.org/badge/1" });
        guild.assess("H1", "E1", certificate).await.text("/assessSkill/skillRecord/id");
        assert_eq!(guild.held("E1", "E1", on).await, held("Cloud", 3, "CREDENTIAL"));
        assert_eq!(guild.held("E1", "E1", "2026-07-01").await, held("Cloud", 2, "MANAGER"), "it has run out");
        let each = "query($id: ID!) { employee(id: $id) { heldSkills { records { evidence level } } } }";
        let each = guild.caller("C1").send(each, json!({ "id": guild.person("E1").await })).await;
        assert_eq!(each.data("/employee/heldSkills/0/records"), json!([
            { "evidence": "CREDENTIAL", "level": 3 }, { "evidence": "MANAGER", "level": 2 }, { "evidence": "SELF", "level": 5 },
        ]));
    }

    async fn s3_records_are_only_added_and_every_day_has_its_answer(guild: Guild) {
        guild.assess("M1", "E1", json!({ "level": 2, "fromOn": "2025-01-01" })).await.text("/assessSkill/skillRecord/id");
        guild.assess("M1", "E1", json!({ "level": 5, "fromOn": "2026-01-01" })).await.text("/assessSkill/skillRecord/id");
        // Corrected for the same day, then ended.
        guild.assess("M1", "E1", json!({ "level": 3, "fromOn": "2026-01-01" })).await.text("/assessSkill/skillRecord/id");
        guild.app.clock.advance(TimeDelta::days(10));
        let ended = guild.assess("C1", "E1", json!({ "level": 0 })).await;
        assert_eq!(ended.data("/assessSkill/skillRecord/level"), json!(null));
        for (on, expected) in [
            ("2024-12-31", vec![]),
            ("2025-12-31", held("Cloud", 2, "MANAGER")),
            ("2026-01-01", held("Cloud", 3, "MANAGER")),
            ("2026-03-11", held("Cloud", 3, "MANAGER")),
            ("2026-03-12", vec![]),
        ] {
            assert_eq!(guild.held("H2", "E1", on).await, expected, "{on}");
        }
        let history = "query($id: ID!) { employee(id: $id) { skillRecords { totalCount nodes { fromOn level recordedBy { externalId } } } } }";
        let history = guild.caller("E1").send(history, json!({ "id": guild.person("E1").await })).await;
        let row = |from_on: &str, level: Value, by: &str| json!({ "fromOn": from_on, "level": level, "recordedBy": { "externalId": by } });
        assert_eq!(history.data("/employee/skillRecords"), json!({ "totalCount": 4, "nodes": [
            row("2026-03-12", json!(null), "C1"), row("2026-01-01", json!(3), "M1"), row("2026-01-01", json!(5), "M1"), row("2025-01-01", json!(2), "M1"),
        ] }));
    }

    async fn records_are_for_the_person_the_line_above_and_hr(guild: Guild) {
        let stated = guild.state("E1", json!({ "skillId": guild.cloud, "level": 3 })).await;
        let id = stated.text("/stateSkill/skillRecord/id");
        guild.state("E3", json!({ "skillId": guild.rust, "level": 1 })).await.text("/stateSkill/skillRecord/id");
        let list = "query($id: ID!) { skillRecords(filter: { skill: { in: [$id] } }) { totalCount nodes { employee { externalId } } } }";
        for (person, sees) in [
            ("E1", true), ("M1", true), ("C1", true), ("H1", true), ("H2", true),
            ("E2", false), ("E3", false), ("M2", false), ("F1", false), ("A1", false), ("W1", false), ("X1", false),
        ] {
            let nodes = if sees { json!([{ "employee": { "externalId": "E1" } }]) } else { json!([]) };
            let found = guild.caller(person).send(list, json!({ "id": guild.cloud })).await;
            assert_eq!(found.data("/skillRecords"), json!({ "totalCount": i32::from(sees), "nodes": nodes }), "{person}");
            let one = guild.caller(person).send("query($id: ID!) { skillRecord(id: $id) { level } }", json!({ "id": id })).await;
            assert_eq!(one.data("/skillRecord").is_null(), !sees, "{person}");
            assert_eq!(guild.held(person, "E1", "2026-03-02").await.is_empty(), !sees, "{person}");
        }
        let filtered = "query($filter: SkillRecordFilter) { skillRecords(filter: $filter) { totalCount } }";
        for (filter, count) in [
            (json!({}), 2), (json!({ "evidence": { "in": ["SELF"] } }), 2), (json!({ "evidence": { "in": ["PEER"] } }), 0),
            (json!({ "employee": { "in": [guild.person("E3").await] } }), 1), (json!({ "skill": { "in": [] } }), 0),
        ] {
            let found = guild.caller("H2").send(filtered, json!({ "filter": filter })).await;
            assert_eq!(found.data("/skillRecords/totalCount"), json!(count), "{filter}");
        }
        let only = "query($id: ID!, $skill: ID!) { employee(id: $id) { heldSkills(skill: { in: [$skill] }) { level } } }";
        let only = guild.caller("E1").send(only, json!({ "id": guild.person("E1").await, "skill": guild.rust })).await;
        assert_eq!(only.data("/employee/heldSkills"), json!([]));
    }
}
