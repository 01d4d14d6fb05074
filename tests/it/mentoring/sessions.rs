//! Sessions, notes about them, and what a mentor has seen.

use serde_json::{Value, json};
use support::{Answer, both_databases};

use super::{Guild, nobody};

impl Guild {
    async fn note(&self, person: &str, session: &str, more: Value) -> Answer {
        let mut input = json!({ "sessionId": session, "text": "Ask about ownership" });
        crate::funding::merge(&mut input, more);
        self.act(
            person,
            "addMentoringNote",
            "session { id } note { text by { externalId } writtenAt }",
            input,
        )
        .await
    }

    async fn observe(&self, person: &str, session: &str, more: Value) -> Answer {
        let mut input = json!({ "sessionId": session, "skillId": self.rust, "level": 3 });
        crate::funding::merge(&mut input, more);
        let record = "skillRecord { id employee { externalId } skill { name } level evidence fromOn note recordedBy { externalId } }";
        self.act(
            person,
            "observeSkill",
            &format!("session {{ id observedSkills {{ skill {{ name }} level skillRecordId }} }} {record}"),
            input,
        )
        .await
    }

    async fn correct(&self, person: &str, id: &str, more: Value) -> Answer {
        let mut input = json!({ "id": id, "expectedVersion": 1, "startsAt": "2026-03-02T09:30:00Z", "minutes": 45, "attendance": "BOTH" });
        crate::funding::merge(&mut input, more);
        let fields =
            "pairing { status sessionCount sessionMinutes } session { id minutes attendance topics version }";
        self.act(person, "correctMentoringSession", fields, input).await
    }
}

both_databases! {
    async fn m5_the_first_session_to_which_both_came_begins_it(guild: Guild) {
        let ella = guild.mentor("E3", 1).await;
        let id = guild.accepted("E1", ("E3", &ella)).await;
        guild.app().clock.advance(chrono::TimeDelta::hours(4));
        let absent = guild.record("E3", &id, json!({ "attendance": "MENTEE_ABSENT" })).await;
        assert_eq!(absent.data("/recordMentoringSession/pairing"), json!({
            "id": id, "status": "ACCEPTED", "sessionCount": 0, "sessionMinutes": 0, "lastSessionAt": null, "startedAt": null,
        }));
        let input = json!({ "startsAt": "2026-03-02T11:00:00+01:00", "minutes": 20, "topics": [" Ownership ", "Traits"], "idempotencyKey": "k" });
        let overlapping = guild.record("E1", &id, input.clone()).await;
        assert_eq!(overlapping.refused("recordMentoringSession"), ["OVERLAPS input.startsAt"]);
        let input = json!({ "startsAt": "2026-03-02T10:15:00Z", "minutes": 20, "topics": [" Ownership ", "Traits"], "idempotencyKey": "k" });
        let held = guild.record("E1", &id, input.clone()).await;
        let session = held.text("/recordMentoringSession/session/id");
        assert_eq!(held.data("/recordMentoringSession"), json!({ "userErrors": [],
            "pairing": { "id": id, "status": "ACTIVE", "sessionCount": 1, "sessionMinutes": 20,
                "lastSessionAt": "2026-03-02T10:15:00Z", "startedAt": "2026-03-02T10:15:00Z" },
            "session": { "id": session, "startsAt": "2026-03-02T10:15:00Z", "minutes": 20, "attendance": "BOTH", "topics": ["Ownership", "Traits"],
                "goals": [], "recordedBy": { "externalId": "E1" }, "version": 1 },
        }));
        let mut witness = guild.app().witness().await;
        assert_eq!(guild.record("E1", &id, input).await, held);
        let other = guild.record("E1", &id, json!({ "idempotencyKey": "k" })).await;
        assert_eq!(other.refused("recordMentoringSession"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert!(!witness.wrote().await);
        // What was never held is corrected, and counts then.
        let first = absent.text("/recordMentoringSession/session/id");
        let corrected = guild.correct("E1", &first, json!({ "topics": ["Hello"] })).await;
        assert_eq!(corrected.data("/correctMentoringSession"), json!({ "userErrors": [],
            "pairing": { "status": "ACTIVE", "sessionCount": 2, "sessionMinutes": 65 },
            "session": { "id": first, "minutes": 45, "attendance": "BOTH", "topics": ["Hello"], "version": 2 },
        }));
        let mut witness = guild.app().witness().await;
        assert_eq!(guild.correct("E1", &first, json!({ "topics": ["Hello"] })).await.code(), "CONFLICT");
        let same = guild.correct("E1", &first, json!({ "topics": ["Hello"], "expectedVersion": 2 })).await;
        assert_eq!(same.data("/correctMentoringSession/session/version"), json!(2));
        let refused = guild.correct("E1", &first, json!({ "expectedVersion": 2, "minutes": 46 })).await;
        assert_eq!(refused.refused("correctMentoringSession"), ["OVERLAPS input.startsAt"]);
        assert_eq!(guild.correct("M1", &first, json!({})).await.code(), "FORBIDDEN");
        assert_eq!(guild.correct("E2", &first, json!({})).await.code(), "NOT_FOUND");
        assert!(!witness.wrote().await);
        let list = "query($id: ID!) { pairing(id: $id) { sessions { totalCount nodes { id } } } }";
        let listed = guild.desk.caller("H1").send(list, json!({ "id": id })).await;
        assert_eq!(listed.data("/pairing/sessions"), json!({ "totalCount": 2, "nodes": [{ "id": first }, { "id": session }] }));
    }

    async fn every_refusal_of_a_session_writes_nothing(guild: Guild) {
        let ella = guild.mentor("E3", 2).await;
        let proposed = guild.propose("E2", &ella, json!({})).await.text("/proposePairing/pairing/id");
        let id = guild.accepted("E1", ("E3", &ella)).await;
        let over = guild.propose("H1", &ella, json!({})).await.text("/proposePairing/pairing/id");
        guild.pair("E3", "acceptPairing", json!({ "id": over })).await.text("/acceptPairing/pairing/id");
        guild.app().clock.advance(chrono::TimeDelta::hours(2));
        guild.pair("E3", "endPairing", json!({ "id": over, "reason": "OTHER" })).await.text("/endPairing/pairing/id");
        guild.app().clock.advance(chrono::TimeDelta::hours(2));
        let long: Vec<_> = (0..21).map(|number| number.to_string()).collect();
        let mut witness = guild.app().witness().await;
        let cases = [
            (&proposed, json!({}), "NOT_RUNNING input"),
            (&id, json!({ "minutes": 0 }), "WRONG_LENGTH input.minutes"),
            (&id, json!({ "minutes": 481 }), "WRONG_LENGTH input.minutes"),
            (&id, json!({ "startsAt": "2026-03-02T13:00:01Z" }), "IN_FUTURE input.startsAt"),
            (&id, json!({ "startsAt": "2026-03-02T08:59:59Z" }), "BEFORE_AGREED input.startsAt"),
            (&over, json!({ "startsAt": "2026-03-02T11:00:01Z" }), "AFTER_END input.startsAt"),
            (&id, json!({ "topics": [""] }), "INVALID_TOPIC input.topics"),
            (&id, json!({ "topics": long }), "TOO_MANY_TOPICS input.topics"),
            (&id, json!({ "goalIds": [nobody("mentoring_goal")] }), "UNKNOWN_GOAL input.goalIds"),
        ];
        for (pairing, input, refusal) in cases {
            assert_eq!(guild.record("E3", pairing, input).await.refused("recordMentoringSession"), [refusal]);
        }
        for (person, code) in [("M1", "FORBIDDEN"), ("H1", "FORBIDDEN"), ("H2", "FORBIDDEN"), ("E2", "NOT_FOUND"), ("A1", "NOT_FOUND")] {
            assert_eq!(guild.record(person, &id, json!({})).await.code(), code, "{person}");
        }
        assert!(!witness.wrote().await);
    }

    async fn notes_are_for_the_pair_alone(guild: Guild) {
        let (_, session) = guild.active().await;
        let noted = guild.note("E1", &session, json!({ "idempotencyKey": "k" })).await;
        let note = noted.data("/addMentoringNote/note");
        assert_eq!((&note["text"], &note["by"]["externalId"]), (&json!("Ask about ownership"), &json!("E1")));
        let mut witness = guild.app().witness().await;
        assert_eq!(guild.note("E1", &session, json!({ "idempotencyKey": "k" })).await, noted);
        let other = guild.note("E1", &session, json!({ "idempotencyKey": "k", "text": "?" })).await;
        assert_eq!(other.refused("addMentoringNote"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert_eq!(guild.note("E1", &session, json!({ "text": " " })).await.refused("addMentoringNote"), ["INVALID_TEXT input.text"]);
        for (person, code) in [("M1", "FORBIDDEN"), ("H1", "FORBIDDEN"), ("E2", "NOT_FOUND")] {
            assert_eq!(guild.note(person, &session, json!({})).await.code(), code, "{person}");
        }
        assert!(!witness.wrote().await);
        let read = "query($id: ID!) { node(id: $id) { ... on MentoringSession { minutes notes { text } } } }";
        for (person, notes) in [("E1", json!([{ "text": "Ask about ownership" }])), ("E3", json!([{ "text": "Ask about ownership" }])), ("H1", json!([]))] {
            let answer = guild.desk.caller(person).send(read, json!({ "id": session })).await;
            assert_eq!(answer.data("/node"), json!({ "minutes": 45, "notes": notes }), "{person}");
        }
        for person in ["M1", "C1", "E2"] {
            assert_eq!(guild.desk.caller(person).send(read, json!({ "id": session })).await.data("/node"), json!(null), "{person}");
        }
    }

    async fn m6_what_a_mentor_has_seen_becomes_evidence(guild: Guild) {
        let (id, session) = guild.active().await;
        let absent = json!({ "startsAt": "2026-03-02T10:30:00Z", "minutes": 10, "attendance": "MENTOR_ABSENT" });
        let absent = guild.record("E1", &id, absent).await.text("/recordMentoringSession/session/id");
        let mut witness = guild.app().witness().await;
        assert_eq!(guild.observe("E3", &absent, json!({})).await.refused("observeSkill"), ["NOT_HELD input.sessionId"]);
        let unknown = guild.observe("E3", &session, json!({ "skillId": nobody("skill") })).await;
        assert_eq!(unknown.refused("observeSkill"), ["UNKNOWN_SKILL input.skillId"]);
        assert_eq!(guild.observe("E3", &session, json!({ "note": "" })).await.refused("observeSkill"), ["INVALID_NOTE input.note"]);
        assert_eq!(guild.observe("E3", &session, json!({ "level": 0 })).await.code(), "BAD_USER_INPUT");
        for (person, code) in [("E1", "FORBIDDEN"), ("M1", "FORBIDDEN"), ("H1", "FORBIDDEN"), ("E2", "NOT_FOUND")] {
            assert_eq!(guild.observe(person, &session, json!({})).await.code(), code, "{person}");
        }
        assert!(!witness.wrote().await);
        let seen = guild.observe("E3", &session, json!({ "note": "Led the review", "idempotencyKey": "k" })).await;
        let record = seen.text("/observeSkill/skillRecord/id");
        assert_eq!(seen.data("/observeSkill"), json!({ "userErrors": [],
            "session": { "id": session, "observedSkills": [{ "skill": { "name": "Rust" }, "level": 3, "skillRecordId": record }] },
            "skillRecord": { "id": record, "employee": { "externalId": "E1" }, "skill": { "name": "Rust" }, "level": 3, "evidence": "MENTOR",
                "fromOn": "2026-03-02", "note": "Led the review", "recordedBy": { "externalId": "E3" } },
        }));
        let mut witness = guild.app().witness().await;
        assert_eq!(guild.observe("E3", &session, json!({ "note": "Led the review", "idempotencyKey": "k" })).await, seen);
        let again = guild.observe("E3", &session, json!({ "note": "Led the review" })).await;
        assert_eq!(again.data("/observeSkill/skillRecord/id"), json!(record));
        let other = guild.observe("E3", &session, json!({ "level": 4, "idempotencyKey": "k" })).await;
        assert_eq!(other.refused("observeSkill"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert!(!witness.wrote().await);
        let held = "query($id: ID!) { employee(id: $id) { heldSkills { skill { name } level evidence } } }";
        let held = guild.desk.caller("M1").send(held, json!({ "id": guild.desk.person("E1").await })).await;
        assert_eq!(held.data("/employee/heldSkills"), json!([{ "skill": { "name": "Rust" }, "level": 3, "evidence": "MENTOR" }]));
    }

    async fn feedback_is_for_who_gave_it_and_hr(guild: Guild) {
        let ella = guild.mentor("E3", 1).await;
        let id = guild.accepted("E1", ("E3", &ella)).await;
        let fields = "pairing { id } feedback { side rating comment }";
        let mut witness = guild.app().witness().await;
        let early = guild.act("E1", "givePairingFeedback", fields, json!({ "id": id, "rating": 5 })).await;
        assert_eq!(early.refused("givePairingFeedback"), ["NOT_STARTED input.id"]);
        assert!(!witness.wrote().await);
        guild.app().clock.advance(chrono::TimeDelta::hours(2));
        guild.record("E3", &id, json!({})).await.text("/recordMentoringSession/session/id");
        let mut witness = guild.app().witness().await;
        for (input, refusal) in [
            (json!({ "id": id, "rating": 6 }), "WRONG_RATING input.rating"),
            (json!({ "id": id, "rating": 5, "comment": "" }), "INVALID_COMMENT input.comment"),
        ] {
            assert_eq!(guild.act("E1", "givePairingFeedback", fields, input).await.refused("givePairingFeedback"), [refusal]);
        }
        for (person, code) in [("M1", "FORBIDDEN"), ("H1", "FORBIDDEN"), ("E2", "NOT_FOUND")] {
            assert_eq!(guild.act(person, "givePairingFeedback", fields, json!({ "id": id, "rating": 5 })).await.code(), code, "{person}");
        }
        assert!(!witness.wrote().await);
        let given = guild.act("E1", "givePairingFeedback", fields, json!({ "id": id, "rating": 4, "comment": "Patient" })).await;
        assert_eq!(given.data("/givePairingFeedback/feedback"), json!({ "side": "MENTEE", "rating": 4, "comment": "Patient" }));
        guild.act("E3", "givePairingFeedback", fields, json!({ "id": id, "rating": 2 })).await.data("/givePairingFeedback/feedback/side");
        let mut witness = guild.app().witness().await;
        assert_eq!(guild.act("E1", "givePairingFeedback", fields, json!({ "id": id, "rating": 4, "comment": "Patient" })).await, given);
        assert!(!witness.wrote().await);
        guild.act("E3", "givePairingFeedback", fields, json!({ "id": id, "rating": 3 })).await.data("/givePairingFeedback/feedback/rating");
        let read = "query($id: ID!) { pairing(id: $id) { feedback { side rating } } }";
        let (mentee, mentor) = (json!({ "side": "MENTEE", "rating": 4 }), json!({ "side": "MENTOR", "rating": 3 }));
        for (person, sees) in [("E1", json!([mentee])), ("E3", json!([mentor])), ("H2", json!([mentor, mentee])), ("M1", json!([]))] {
            assert_eq!(guild.desk.caller(person).send(read, json!({ "id": id })).await.data("/pairing/feedback"), sees, "{person}");
        }
    }
}
