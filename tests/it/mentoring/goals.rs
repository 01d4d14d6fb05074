//! Goals, and what becomes of them.

use serde_json::{Value, json};
use support::{Answer, both_databases};

use super::Guild;

const GOAL: &str = "goal { id text targetOn status evidence setBy { externalId } closedAt version }";

impl Guild {
    async fn set_goal(&self, person: &str, pairing: &str, more: Value) -> Answer {
        let mut input =
            json!({ "pairingId": pairing, "text": "Lead one incident review", "targetOn": "2026-03-10" });
        crate::funding::merge(&mut input, more);
        self.act(person, "setMentoringGoal", GOAL, input).await
    }
}

both_databases! {
    async fn a_goal_is_set_changed_worked_on_and_reached(guild: Guild) {
        let (id, _) = guild.active().await;
        let set = guild.set_goal("E1", &id, json!({ "idempotencyKey": "k" })).await;
        let goal = set.text("/setMentoringGoal/goal/id");
        assert_eq!(set.data("/setMentoringGoal"), json!({ "userErrors": [], "goal": {
            "id": goal, "text": "Lead one incident review", "targetOn": "2026-03-10", "status": "OPEN", "evidence": null,
            "setBy": { "externalId": "E1" }, "closedAt": null, "version": 1,
        } }));
        let mut witness = guild.app().witness().await;
        assert_eq!(guild.set_goal("E1", &id, json!({ "idempotencyKey": "k" })).await, set);
        let other = guild.set_goal("E1", &id, json!({ "idempotencyKey": "k", "text": "?" })).await;
        assert_eq!(other.refused("setMentoringGoal"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert_eq!(guild.set_goal("E1", &id, json!({ "text": " " })).await.refused("setMentoringGoal"), ["INVALID_TEXT input.text"]);
        for (person, code) in [("M1", "FORBIDDEN"), ("H1", "FORBIDDEN"), ("E2", "NOT_FOUND")] {
            assert_eq!(guild.set_goal(person, &id, json!({})).await.code(), code, "{person}");
        }
        assert!(!witness.wrote().await);

        let changed = guild.act("E3", "changeMentoringGoal", GOAL, json!({ "id": goal, "expectedVersion": 1, "targetOn": null })).await;
        assert_eq!(changed.data("/changeMentoringGoal/goal/targetOn"), json!(null));
        let worked = json!({ "startsAt": "2026-03-02T10:30:00Z", "minutes": 15, "goalIds": [goal, goal] });
        let session = guild.record("E1", &id, worked).await.data("/recordMentoringSession/session");
        assert_eq!(session["goals"], json!([{ "id": goal }]));
        let mut witness = guild.app().witness().await;
        let cases = [
            ("changeMentoringGoal", json!({ "id": goal, "expectedVersion": 2, "text": "" }), "INVALID_TEXT input.text"),
            ("closeMentoringGoal", json!({ "id": goal, "status": "OPEN" }), "STILL_OPEN input.status"),
            ("closeMentoringGoal", json!({ "id": goal, "status": "DROPPED", "evidence": "https://wiki.example/1" }), "EVIDENCE_UNNEEDED input.evidence"),
        ];
        for (mutation, input, refusal) in cases {
            assert_eq!(guild.act("E1", mutation, GOAL, input).await.refused(mutation), [refusal]);
        }
        let stale = json!({ "id": goal, "expectedVersion": 1, "text": "Another" });
        assert_eq!(guild.act("E1", "changeMentoringGoal", GOAL, stale.clone()).await.code(), "CONFLICT");
        assert_eq!(guild.act("M1", "changeMentoringGoal", GOAL, stale.clone()).await.code(), "FORBIDDEN");
        assert_eq!(guild.act("E2", "changeMentoringGoal", GOAL, stale).await.code(), "NOT_FOUND");
        let close = json!({ "id": goal, "status": "DONE", "evidence": "https://wiki.example/1" });
        assert_eq!(guild.act("M1", "closeMentoringGoal", GOAL, close.clone()).await.code(), "FORBIDDEN");
        assert_eq!(guild.act("E2", "closeMentoringGoal", GOAL, close.clone()).await.code(), "NOT_FOUND");
        assert!(!witness.wrote().await);

        guild.pair("E1", "completePairing", json!({ "id": id })).await.text("/completePairing/pairing/id");
        let late = guild.set_goal("E1", &id, json!({})).await;
        assert_eq!(late.refused("setMentoringGoal"), ["NOT_RUNNING input.pairingId"]);
        let done = guild.act("E3", "closeMentoringGoal", GOAL, close.clone()).await;
        let closed = done.data("/closeMentoringGoal/goal");
        assert_eq!((&closed["status"], &closed["evidence"], &closed["closedAt"]), (&json!("DONE"), &json!("https://wiki.example/1"), &json!("2026-03-02T11:00:00Z")));
        let mut witness = guild.app().witness().await;
        assert_eq!(guild.act("E1", "closeMentoringGoal", GOAL, close).await, done);
        let dropped = guild.act("E1", "closeMentoringGoal", GOAL, json!({ "id": goal, "status": "DROPPED" })).await;
        assert_eq!(dropped.refused("closeMentoringGoal"), ["CLOSED input.id"]);
        assert!(!witness.wrote().await);
    }

    async fn health_says_who_is_quiet_and_which_goals_are_overdue(guild: Guild) {
        let (id, _) = guild.active().await;
        guild.set_goal("E1", &id, json!({})).await.text("/setMentoringGoal/goal/id");
        let document = "query($id: ID!, $days: Int) { pairing(id: $id) { health(quietAfterDays: $days) { daysWithoutSession goalsOverdue signals } } }";
        let health = async |person: &str, days: i32| {
            guild.desk.caller(person).send(document, json!({ "id": id, "days": days })).await
        };
        let fine = json!({ "daysWithoutSession": 0, "goalsOverdue": 0, "signals": [] });
        assert_eq!(health("M1", 30).await.data("/pairing/health"), fine);
        guild.app().clock.advance(chrono::TimeDelta::days(9));
        let overdue = json!({ "daysWithoutSession": 9, "goalsOverdue": 1, "signals": ["GOALS_OVERDUE"] });
        assert_eq!(health("M1", 9).await.data("/pairing/health"), overdue);
        let both = json!({ "daysWithoutSession": 9, "goalsOverdue": 1, "signals": ["QUIET", "GOALS_OVERDUE"] });
        assert_eq!(health("H1", 8).await.data("/pairing/health"), both);
        assert_eq!(health("H1", 0).await.code(), "BAD_USER_INPUT");
        let quiet = "query($days: Int) { pairings(filter: { quietForDays: $days }) { nodes { id } } }";
        for (days, found) in [(8, json!([{ "id": id }])), (9, json!([]))] {
            assert_eq!(guild.desk.caller("H2").send(quiet, json!({ "days": days })).await.data("/pairings/nodes"), found, "{days}");
        }
    }
}
