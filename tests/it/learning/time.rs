//! Logging time.

use chrono::TimeDelta;
use serde_json::{Value, json};
use support::{Answer, both_databases};

use super::School;

const TIMES: &str = "query($id: ID!) { enrollment(id: $id) { loggedTime { workingMinutes ownMinutes }
  learningTimes { totalCount nodes { day minutes kind note loggedBy { externalId } } } } }";

impl School {
    async fn log(&self, person: &str, id: &str, more: Value) -> Answer {
        let mut input = json!({ "id": id, "day": "2026-03-02", "minutes": 60, "kind": "OWN" });
        crate::funding::merge(&mut input, more);
        let document = "mutation($input: LogLearningTimeInput!) { logLearningTime(input: $input) {
          enrollment { id version } learningTime { id day minutes kind note loggedAt } userErrors { code field message } } }";
        self.desk.caller(person).send(document, json!({ "input": input })).await
    }
}

both_databases! {
    async fn time_is_logged_and_a_mistake_is_taken_back(school: School) {
        let id = school.active("E1").await;
        school.app().clock.advance(TimeDelta::days(1));
        let first = json!({ "minutes": 90, "kind": "WORKING", "note": "Chapters 1 to 3", "idempotencyKey": "k" });
        let logged = school.log("E1", &id, first.clone()).await;
        let time = logged.text("/logLearningTime/learningTime/id");
        assert_eq!(logged.data("/logLearningTime"), json!({
            "enrollment": { "id": id, "version": 2 }, "userErrors": [],
            "learningTime": { "id": time, "day": "2026-03-02", "minutes": 90, "kind": "WORKING", "note": "Chapters 1 to 3", "loggedAt": "2026-03-03T09:00:00Z" },
        }));
        let mut witness = school.app().witness().await;
        assert_eq!(school.log("E1", &id, first).await, logged);
        let other = school.log("E1", &id, json!({ "minutes": 91, "idempotencyKey": "k" })).await;
        assert_eq!(other.refused("logLearningTime"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert!(!witness.wrote().await);

        school.log("E1", &id, json!({ "day": "2026-03-03" })).await.text("/logLearningTime/learningTime/id");
        school.log("H1", &id, json!({ "minutes": -30, "kind": "WORKING", "note": "A break" })).await.text("/logLearningTime/learningTime/id");
        let read = school.desk.caller("E1").send(TIMES, json!({ "id": id })).await;
        assert_eq!(read.data("/enrollment"), json!({
            "loggedTime": { "workingMinutes": 60, "ownMinutes": 60 },
            "learningTimes": { "totalCount": 3, "nodes": [
                { "day": "2026-03-02", "minutes": 90, "kind": "WORKING", "note": "Chapters 1 to 3", "loggedBy": { "externalId": "E1" } },
                { "day": "2026-03-02", "minutes": -30, "kind": "WORKING", "note": "A break", "loggedBy": { "externalId": "H1" } },
                { "day": "2026-03-03", "minutes": 60, "kind": "OWN", "note": null, "loggedBy": { "externalId": "E1" } },
            ] },
        }));
        // The journal says that time was logged, not how much.
        let told = school.told(&id).await;
        assert_eq!(told.iter().filter(|kind| *kind == "learning.time_logged").count(), 3);
        let payloads = school.desk.caller("A1").send("query($id: ID!) { journalEntries(filter: { subjectId: $id }) { nodes { payload } } }", json!({ "id": id })).await;
        assert!(!payloads.data("/journalEntries/nodes").to_string().contains("minutes"));
    }

    async fn every_refusal_of_time_writes_nothing(school: School) {
        let planned = json!({ "in": { "courseId": school.rust }, "startsOn": "2026-03-02" });
        let planned = school.enroll("E1", planned).await.text("/enroll/enrollment/id");
        let id = school.active("E1").await;
        let ended = school.active("E2").await;
        school.act("E2", "withdrawEnrollment", json!({ "id": ended, "reason": "OTHER" })).await.text("/withdrawEnrollment/enrollment/id");
        school.log("E1", &id, json!({ "minutes": 1_000 })).await.text("/logLearningTime/learningTime/id");
        school.app().clock.advance(TimeDelta::days(3));
        let mut witness = school.app().witness().await;
        let cases = [
            ("E1", &planned, json!({}), "NOT_STARTED input.id"),
            ("E1", &id, json!({ "minutes": 0 }), "WRONG_AMOUNT input.minutes"),
            ("E1", &id, json!({ "minutes": 1_441 }), "WRONG_AMOUNT input.minutes"),
            ("E1", &id, json!({ "day": "2026-03-06" }), "IN_FUTURE input.day"),
            ("E1", &id, json!({ "day": "2026-03-01" }), "BEFORE_START input.day"),
            ("E2", &ended, json!({ "day": "2026-03-03" }), "AFTER_END input.day"),
            ("E1", &id, json!({ "minutes": -1_001 }), "BELOW_ZERO input.minutes"),
            ("E1", &id, json!({ "minutes": -1, "kind": "WORKING" }), "BELOW_ZERO input.minutes"),
            ("E1", &id, json!({ "minutes": 441, "kind": "WORKING" }), "DAY_OVERFULL input.minutes"),
            ("E1", &id, json!({ "note": " " }), "INVALID_NOTE input.note"),
        ];
        for (person, id, input, refusal) in cases {
            assert_eq!(school.log(person, id, input).await.refused("logLearningTime"), [refusal]);
        }
        assert_eq!(school.log("M1", &id, json!({})).await.code(), "FORBIDDEN");
        assert_eq!(school.log("E2", &id, json!({})).await.code(), "NOT_FOUND");
        assert!(!witness.wrote().await);
        // The day on which it ended still counts.
        school.log("E2", &ended, json!({})).await.text("/logLearningTime/learningTime/id");
    }

    async fn how_long_somebody_learned_is_for_them_and_hr(school: School) {
        let id = school.active("E1").await;
        let time = school.log("E1", &id, json!({})).await.text("/logLearningTime/learningTime/id");
        for (person, sees) in [("E1", true), ("H1", true), ("M1", false), ("C1", false), ("H2", false)] {
            let caller = school.desk.caller(person);
            let read = caller.send(TIMES, json!({ "id": id })).await.data("/enrollment");
            let expected = if sees { json!({ "workingMinutes": 0, "ownMinutes": 60 }) } else { json!(null) };
            assert_eq!((&read["loggedTime"], read["learningTimes"]["totalCount"] == 1), (&expected, sees), "{person}");
            let node = caller.send("query($id: ID!) { node(id: $id) { id } }", json!({ "id": time })).await;
            assert_eq!(node.data("/node").is_null(), !sees, "{person}");
        }
    }
}
