//! What becomes of pairings by themselves, and whether what was learned is applied.

use chrono::TimeDelta;
use serde_json::json;
use support::both_databases;
use upskill_api::worker::{settle_pairings, tell_of_follow_ups};

use super::Guild;

both_databases! {
    async fn what_nobody_accepts_expires_and_who_leaves_mentors_nobody(guild: Guild) {
        let (ella, mia) = (guild.mentor("E3", 3).await, guild.mentor("M2", 1).await);
        let eva = guild.desk.person("E1").await;
        let running = guild.accepted("E2", ("E3", &ella)).await;
        let offered = guild.propose("E3", &ella, json!({ "menteeId": eva, "answerWithinDays": 1 })).await.text("/proposePairing/pairing/id");
        let kept = guild.propose("E1", &mia, json!({})).await.text("/proposePairing/pairing/id");
        assert_eq!(guild.places(&ella).await, json!(2));
        let mut witness = guild.app().witness().await;
        let settle = || async {
            let rounds = (0..3).map(|_| { let app = guild.app().app.clone(); tokio::spawn(async move { settle_pairings(&app, 1).await }) });
            for round in rounds.collect::<Vec<_>>() {
                assert_eq!(round.await.expect("it ends").expect("the employers are there").len(), 0);
            }
        };
        guild.app().clock.advance(TimeDelta::days(1));
        settle().await;
        assert!(!witness.wrote().await);
        guild.app().clock.advance(TimeDelta::days(1));
        settle().await;
        assert_eq!(guild.read("E1", &offered).await["status"], json!("EXPIRED"));
        assert_eq!(guild.told(&offered).await, ["mentoring.pairing_proposed", "mentoring.pairing_expired"]);
        assert_eq!(guild.places(&ella).await, json!(1));

        let leave = "mutation($rows: [RosterRowInput!]!) { importRoster(input: { rows: $rows }) { report { updated } userErrors { message } } }";
        let rows = json!([{ "externalId": "E2", "status": "LEFT", "leftOn": "2026-03-03" }]);
        let left = guild.desk.caller("H1").send(leave, json!({ "rows": rows })).await;
        assert_eq!(left.data("/importRoster/report/updated"), json!(1));
        settle().await;
        let ended = guild.read("E3", &running).await;
        assert_eq!((&ended["status"], &ended["endReason"]), (&json!("ENDED"), &json!("LEFT")));
        assert_eq!(guild.told(&running).await.last().map(String::as_str), Some("mentoring.pairing_ended"));
        assert_eq!((guild.places(&ella).await, guild.read("E1", &kept).await["status"].clone()), (json!(0), json!("PROPOSED")));
        guild.places_hold().await;
    }

    async fn l2_who_mentored_them_is_asked_whether_it_is_applied(guild: Guild) {
        let hana = guild.desk.caller("H1");
        let import = "mutation { importCourses(input: { rows: [{ code: \"C-1\", title: \"Cloud\", provider: \"Cloudworks\" }], publish: true }) { report { created } } }";
        hana.ask(import).await.data("/importCourses/report/created");
        let course = hana.ask("{ courses { nodes { id } } }").await.text("/courses/nodes/0/id");
        let enroll = guild.act("E1", "enroll", "enrollment { id }", json!({ "in": { "courseId": course }, "startsOn": "2026-03-02" })).await;
        let enrollment = enroll.text("/enroll/enrollment/id");
        let ella = guild.mentor("E3", 1).await;
        let about = json!({ "enrollmentId": enrollment });
        let id = guild.propose("E1", &ella, about.clone()).await.text("/proposePairing/pairing/id");
        guild.pair("E3", "acceptPairing", json!({ "id": id })).await.text("/acceptPairing/pairing/id");
        assert_eq!(guild.propose("E2", &ella, about).await.refused("proposePairing"), ["UNKNOWN_ENROLLMENT input.enrollmentId"]);
        let pairings = "query($id: ID!) { enrollment(id: $id) { pairings { totalCount nodes { id } } } }";
        let pairings = guild.desk.caller("E1").send(pairings, json!({ "id": enrollment })).await;
        assert_eq!(pairings.data("/enrollment/pairings"), json!({ "totalCount": 1, "nodes": [{ "id": id }] }));

        guild.act("E1", "startEnrollment", "enrollment { id }", json!({ "id": enrollment })).await.text("/startEnrollment/enrollment/id");
        let passed = json!({ "id": enrollment, "outcome": "PASSED", "assessedOn": "2026-03-02" });
        guild.act("H1", "recordAssessment", "enrollment { id }", passed).await.text("/recordAssessment/enrollment/id");
        guild.act("H1", "completeEnrollment", "enrollment { id }", json!({ "id": enrollment })).await.text("/completeEnrollment/enrollment/id");
        let waiting = "{ viewer { followUps { nodes { id respondent afterDays employee { externalId } } } } }";
        assert_eq!(guild.desk.caller("E3").ask(waiting).await.data("/viewer/followUps/nodes"), json!([]));
        guild.app().clock.advance(TimeDelta::days(30));
        assert_eq!(tell_of_follow_ups(&guild.app().app, 10).await.expect("they are told").len(), 0);
        let forms = guild.desk.caller("E3").ask(waiting).await;
        let form = forms.text("/viewer/followUps/nodes/0/id");
        assert_eq!(forms.data("/viewer/followUps/nodes"), json!([
            { "id": form, "respondent": "MENTOR", "afterDays": 30, "employee": { "externalId": "E1" } },
        ]));
        let answer = json!({ "id": form, "application": "APPLIED" });
        let mut witness = guild.app().witness().await;
        assert_eq!(guild.act("E1", "answerFollowUp", "followUp { id }", answer.clone()).await.code(), "FORBIDDEN");
        assert_eq!(guild.act("M1", "answerFollowUp", "followUp { id }", answer.clone()).await.code(), "NOT_FOUND");
        assert!(!witness.wrote().await);
        let answered = guild.act("E3", "answerFollowUp", "followUp { status answeredBy { externalId } }", answer).await;
        assert_eq!(answered.data("/answerFollowUp/followUp"), json!({ "status": "ANSWERED", "answeredBy": { "externalId": "E3" } }));
    }
}
