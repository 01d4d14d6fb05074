//! Accepting and declining, and how mentoring ends.

use serde_json::json;
use support::both_databases;

use super::{Guild, nobody};

both_databases! {
    async fn it_is_accepted_once_both_have_agreed(guild: Guild) {
        let ella = guild.mentor("E3", 1).await;
        let eva = guild.desk.person("E1").await;
        let id = guild.propose("M1", &ella, json!({ "menteeId": eva })).await.text("/proposePairing/pairing/id");
        let first = guild.pair("E1", "acceptPairing", json!({ "id": id })).await;
        assert_eq!(first.data("/acceptPairing/pairing/status"), json!("PROPOSED"));
        assert_eq!(guild.places(&ella).await, json!(0));
        let second = guild.pair("E3", "acceptPairing", json!({ "id": id })).await;
        assert_eq!(second.data("/acceptPairing/pairing/status"), json!("ACCEPTED"));
        assert_eq!(guild.places(&ella).await, json!(1));
        let mut witness = guild.app().witness().await;
        assert_eq!(guild.pair("E3", "acceptPairing", json!({ "id": id })).await, second);
        let declined = guild.pair("E1", "declinePairing", json!({ "id": id, "reason": "OTHER" })).await;
        assert_eq!(declined.refused("declinePairing"), ["NOT_PROPOSED input.id"]);
        // Whoever sees it and is not one of the two agrees for nobody.
        for person in ["M1", "C1", "H1", "H2"] {
            assert_eq!(guild.pair(person, "acceptPairing", json!({ "id": id })).await.code(), "FORBIDDEN", "{person}");
        }
        for person in ["E2", "M2", "F1", "X1"] {
            assert_eq!(guild.pair(person, "acceptPairing", json!({ "id": id })).await.code(), "NOT_FOUND", "{person}");
        }
        assert_eq!(guild.pair("E1", "acceptPairing", json!({ "id": nobody("pairing") })).await.code(), "NOT_FOUND");
        assert!(!witness.wrote().await);
        let kinds = ["mentoring.pairing_proposed", "mentoring.pairing_agreed", "mentoring.pairing_agreed", "mentoring.pairing_accepted"];
        assert_eq!(guild.told(&id).await, kinds);
    }

    async fn m3_accepting_supersedes_the_other_proposals_and_frees_their_places(guild: Guild) {
        let (ella, mia) = (guild.mentor("E3", 1).await, guild.mentor("M2", 1).await);
        let eva = guild.desk.person("E1").await;
        let offered = guild.propose("M2", &mia, json!({ "menteeId": eva })).await.text("/proposePairing/pairing/id");
        assert_eq!(guild.places(&mia).await, json!(1));
        let id = guild.accepted("E1", ("E3", &ella)).await;
        assert_eq!(guild.read("M2", &offered).await["status"], json!("SUPERSEDED"));
        assert_eq!((guild.places(&ella).await, guild.places(&mia).await), (json!(1), json!(0)));
        assert_eq!(guild.told(&offered).await, ["mentoring.pairing_proposed", "mentoring.pairing_superseded"]);
        // Another mentor takes over once they are accepted, and not before.
        let next = guild.propose("E1", &mia, json!({ "replaces": id })).await.text("/proposePairing/pairing/id");
        assert_eq!(guild.read("E1", &id).await["status"], json!("ACCEPTED"));
        guild.pair("M2", "acceptPairing", json!({ "id": next })).await.text("/acceptPairing/pairing/id");
        let before = guild.read("E1", &id).await;
        assert_eq!((&before["status"], &before["endReason"]), (&json!("ENDED"), &json!("REMATCHED")));
        assert_eq!(guild.read("E1", &next).await["replaces"], json!({ "id": id }));
        assert_eq!((guild.places(&ella).await, guild.places(&mia).await), (json!(0), json!(1)));
        guild.places_hold().await;
    }

    async fn a_proposal_is_declined_or_taken_back_and_its_place_is_free(guild: Guild) {
        let ella = guild.mentor("E3", 1).await;
        let eva = guild.desk.person("E1").await;
        let id = guild.propose("E3", &ella, json!({ "menteeId": eva })).await.text("/proposePairing/pairing/id");
        let mut witness = guild.app().witness().await;
        let wrong = guild.pair("E1", "declinePairing", json!({ "id": id, "reason": "OTHER", "note": "" })).await;
        assert_eq!(wrong.refused("declinePairing"), ["INVALID_NOTE input.note"]);
        assert_eq!(guild.pair("H2", "declinePairing", json!({ "id": id, "reason": "OTHER" })).await.code(), "FORBIDDEN");
        assert_eq!(guild.pair("E2", "declinePairing", json!({ "id": id, "reason": "OTHER" })).await.code(), "NOT_FOUND");
        assert!(!witness.wrote().await);
        let declined = guild.pair("E1", "declinePairing", json!({ "id": id, "reason": "NO_TIME", "note": "Not this year" })).await;
        let pairing = declined.data("/declinePairing/pairing");
        assert_eq!((&pairing["status"], &pairing["declineReason"], &pairing["closingNote"]), (&json!("DECLINED"), &json!("NO_TIME"), &json!("Not this year")));
        assert_eq!(guild.places(&ella).await, json!(0));
        let late = guild.pair("E1", "acceptPairing", json!({ "id": id })).await;
        assert_eq!(late.refused("acceptPairing"), ["NOT_PROPOSED input.id"]);
        guild.places_hold().await;
    }

    async fn what_nobody_accepts_in_time_is_late(guild: Guild) {
        let ella = guild.mentor("E3", 1).await;
        let id = guild.propose("E1", &ella, json!({ "answerWithinDays": 1 })).await.text("/proposePairing/pairing/id");
        let other = guild.propose("E2", &ella, json!({})).await.text("/proposePairing/pairing/id");
        guild.app().clock.advance(chrono::TimeDelta::days(2));
        guild.pair("E3", "acceptPairing", json!({ "id": other })).await.text("/acceptPairing/pairing/id");
        let mut witness = guild.app().witness().await;
        assert_eq!(guild.pair("E3", "acceptPairing", json!({ "id": id })).await.refused("acceptPairing"), ["LATE input.id"]);
        assert!(!witness.wrote().await);
    }

    async fn mentoring_is_interrupted_completed_and_ended(guild: Guild) {
        let (id, _) = guild.active().await;
        let profile = guild.desk.caller("E3").ask("{ viewer { mentor { id } } }").await.text("/viewer/mentor/id");
        let mut witness = guild.app().witness().await;
        let refused = [
            ("resumePairing", json!({ "id": id }), "NOT_PAUSED input.id"),
            ("endPairing", json!({ "id": id, "reason": "LEFT" }), "COMES_BY_ITSELF input.reason"),
            ("endPairing", json!({ "id": id, "reason": "OTHER", "note": " " }), "INVALID_NOTE input.note"),
            ("completePairing", json!({ "id": id, "note": " " }), "INVALID_NOTE input.note"),
        ];
        for (mutation, input, refusal) in refused {
            assert_eq!(guild.pair("E1", mutation, input).await.refused(mutation), [refusal]);
        }
        for mutation in ["pausePairing", "resumePairing", "completePairing"] {
            assert_eq!(guild.pair("M1", mutation, json!({ "id": id })).await.code(), "FORBIDDEN", "{mutation}");
            assert_eq!(guild.pair("E2", mutation, json!({ "id": id })).await.code(), "NOT_FOUND", "{mutation}");
        }
        assert_eq!(guild.pair("M1", "endPairing", json!({ "id": id, "reason": "OTHER" })).await.code(), "FORBIDDEN");
        assert!(!witness.wrote().await);
        let paused = guild.pair("E1", "pausePairing", json!({ "id": id })).await.data("/pausePairing/pairing");
        assert_eq!((&paused["status"], &paused["pausedAt"]), (&json!("PAUSED"), &json!("2026-03-02T11:00:00Z")));
        assert_eq!(guild.places(&profile).await, json!(1));
        assert_eq!(guild.pair("E1", "pausePairing", json!({ "id": id })).await.refused("pausePairing"), ["NOT_ACTIVE input.id"]);
        let resumed = guild.pair("H1", "resumePairing", json!({ "id": id })).await.data("/resumePairing/pairing");
        assert_eq!((&resumed["status"], &resumed["pausedAt"]), (&json!("ACTIVE"), &json!(null)));
        let done = guild.pair("E3", "completePairing", json!({ "id": id, "note": "Well done" })).await.data("/completePairing/pairing");
        assert_eq!((&done["status"], &done["closingNote"]), (&json!("COMPLETED"), &json!("Well done")));
        assert_eq!(guild.places(&profile).await, json!(0));
        assert_eq!(guild.pair("E3", "endPairing", json!({ "id": id, "reason": "OTHER" })).await.refused("endPairing"), ["NOT_RUNNING input.id"]);

        let next = guild.accepted("E2", ("E3", &profile)).await;
        assert_eq!(guild.pair("E2", "completePairing", json!({ "id": next })).await.refused("completePairing"), ["NOT_STARTED input.id"]);
        let ended = guild.pair("H1", "endPairing", json!({ "id": next, "reason": "NOT_A_FIT" })).await.data("/endPairing/pairing");
        assert_eq!((&ended["status"], &ended["endReason"]), (&json!("ENDED"), &json!("NOT_A_FIT")));
        assert_eq!(guild.places(&profile).await, json!(0));
        guild.places_hold().await;
    }
}
