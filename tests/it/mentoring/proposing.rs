//! Proposing that somebody mentors somebody.

use serde_json::json;
use support::both_databases;

use super::{Guild, nobody};

both_databases! {
    async fn whoever_proposes_themself_has_agreed(guild: Guild) {
        let ella = guild.mentor("E3", 2).await;
        let input = json!({ "message": "Could you help me with services?", "answerWithinDays": 7, "idempotencyKey": "k" });
        let asked = guild.propose("E1", &ella, input.clone()).await;
        let id = asked.text("/proposePairing/pairing/id");
        assert_eq!(asked.data("/proposePairing"), json!({ "userErrors": [], "pairing": {
            "id": id, "status": "PROPOSED", "mentor": { "employee": { "externalId": "E3" }, "placesTaken": 0 },
            "mentee": { "externalId": "E1" }, "enrollment": null, "replaces": null, "proposedBy": { "externalId": "E1" },
            "proposedAt": "2026-03-02T09:00:00Z", "answerBy": "2026-03-09", "message": "Could you help me with services?",
            "mentorAgreedAt": null, "menteeAgreedAt": "2026-03-02T09:00:00Z", "startedAt": null, "pausedAt": null, "endedAt": null,
            "declineReason": null, "endReason": null, "closingNote": null, "sessionCount": 0, "sessionMinutes": 0, "lastSessionAt": null,
        } }));
        let mut witness = guild.app().witness().await;
        assert_eq!(guild.propose("E1", &ella, input).await, asked);
        let other = guild.propose("E1", &ella, json!({ "idempotencyKey": "k" })).await;
        assert_eq!(other.refused("proposePairing"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert!(!witness.wrote().await);
        // A mentor who offers takes a place by that; a manager agrees for nobody.
        let emil = guild.desk.person("E2").await;
        let offered = guild.propose("E3", &ella, json!({ "menteeId": emil })).await;
        assert_eq!(offered.data("/proposePairing/pairing/mentorAgreedAt"), json!("2026-03-02T09:00:00Z"));
        assert_eq!(guild.places(&ella).await, json!(1));
        let mia = guild.mentor("M2", 1).await;
        let proposed = guild.propose("M1", &mia, json!({ "menteeId": emil })).await.data("/proposePairing/pairing");
        assert_eq!((&proposed["mentorAgreedAt"], &proposed["menteeAgreedAt"]), (&json!(null), &json!(null)));
        assert_eq!(guild.told(&id).await, ["mentoring.pairing_proposed"]);
        guild.places_hold().await;
    }

    async fn m2_nobody_mentors_themself_or_who_reports_to_them(guild: Guild) {
        let max = guild.mentor("M1", 2).await;
        let eva = guild.desk.person("E1").await;
        let mut witness = guild.app().witness().await;
        assert_eq!(guild.propose("M1", &max, json!({})).await.refused("proposePairing"), ["ONESELF input.menteeId"]);
        for person in ["E1", "M1", "H1"] {
            let refused = guild.propose(person, &max, json!({ "menteeId": eva })).await;
            assert_eq!(refused.refused("proposePairing"), ["OWN_MANAGER input.mentorId"], "{person}");
        }
        let theirs = guild.propose("M1", &max, json!({ "menteeId": eva, "managerAllowed": true })).await;
        assert_eq!(theirs.refused("proposePairing"), ["EXCEPTION_NOT_THEIRS input.managerAllowed"]);
        assert!(!witness.wrote().await);
        let allowed = guild.propose("H1", &max, json!({ "menteeId": eva, "managerAllowed": true })).await;
        assert_eq!(allowed.data("/proposePairing/pairing/status"), json!("PROPOSED"));
    }

    async fn every_refusal_of_a_proposal_writes_nothing(guild: Guild) {
        let ella = guild.mentor("E3", 1).await;
        let later = guild.become_mentor("M2", json!({ "activeFrom": "2026-03-03" })).await.text("/becomeMentor/mentor/id");
        let asked = guild.propose("E1", &ella, json!({})).await.text("/proposePairing/pairing/id");
        let enrollment = nobody("enrollment");
        let mut witness = guild.app().witness().await;
        let cases = [
            ("E1", &ella, json!({}), "ALREADY_PAIRED input.menteeId"),
            ("E2", &ella, json!({ "answerWithinDays": 0 }), "WRONG_DAYS input.answerWithinDays"),
            ("E2", &ella, json!({ "answerWithinDays": 91 }), "WRONG_DAYS input.answerWithinDays"),
            ("E2", &later, json!({}), "MENTOR_NOT_ACTIVE input.mentorId"),
            ("E2", &ella, json!({ "enrollmentId": enrollment }), "UNKNOWN_ENROLLMENT input.enrollmentId"),
            ("E1", &ella, json!({ "message": "\u{7}" }), "INVALID_MESSAGE input.message"),
            ("E2", &ella, json!({ "replaces": asked }), "NOTHING_TO_REPLACE input.replaces"),
            ("H1", &ella, json!({ "menteeId": nobody("employee") }), "UNKNOWN_EMPLOYEE input.menteeId"),
        ];
        for (person, mentor, input, refusal) in cases {
            assert_eq!(guild.propose(person, mentor, input).await.refused("proposePairing"), [refusal], "{person}");
        }
        let unknown = guild.propose("E2", &nobody("mentor"), json!({})).await;
        assert_eq!(unknown.refused("proposePairing"), ["UNKNOWN_MENTOR input.mentorId"]);
        let eva = guild.desk.person("E1").await;
        for person in ["E2", "M2", "H2", "F1"] {
            assert_eq!(guild.propose(person, &ella, json!({ "menteeId": eva })).await.code(), "FORBIDDEN", "{person}");
        }
        assert!(!witness.wrote().await);
        guild.pair("E3", "acceptPairing", json!({ "id": asked })).await.text("/acceptPairing/pairing/id");
        let mut witness = guild.app().witness().await;
        assert_eq!(guild.propose("E2", &ella, json!({})).await.refused("proposePairing"), ["NO_PLACE input.mentorId"]);
        guild.app().clock.advance(chrono::TimeDelta::days(1));
        let mentored = guild.propose("E1", &later, json!({})).await;
        assert_eq!(mentored.refused("proposePairing"), ["ALREADY_MENTORED input.menteeId"]);
        assert!(!witness.wrote().await);
    }
}
