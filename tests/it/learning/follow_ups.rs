//! Whether what was learned is applied, and what learners say of courses.

use chrono::TimeDelta;
use serde_json::{Value, json};
use support::{Answer, both_databases};
use upskill_api::worker::tell_of_follow_ups;

use super::{School, nobody};

const WAITING: &str = "{ viewer { followUps { totalCount nodes { id respondent afterDays status opensOn closesOn employee { externalId } } } } }";

const FORMS: &str = "query($id: ID!) { enrollment(id: $id) { followUps { id respondent afterDays opensOn closesOn status application
  obstacle note answeredBy { externalId } answeredAt } } }";

impl School {
    /// The id of an enrollment that somebody completed today.
    async fn completed(&self, person: &str) -> String {
        let id = self.active(person).await;
        self.assess("H1", &id, json!({})).await.text("/recordAssessment/assessment/id");
        self.act("H1", "completeEnrollment", json!({ "id": id }))
            .await
            .text("/completeEnrollment/enrollment/id");
        id
    }

    async fn answer(&self, person: &str, id: &str, more: Value) -> Answer {
        let mut input = json!({ "id": id, "application": "APPLIED" });
        crate::funding::merge(&mut input, more);
        let document = "mutation($input: AnswerFollowUpInput!) { answerFollowUp(input: $input) {
          followUp { id status application obstacle note answeredBy { externalId } answeredAt } userErrors { code field message } } }";
        self.desk.caller(person).send(document, json!({ "input": input })).await
    }

    async fn say(&self, person: &str, id: &str, more: Value) -> Answer {
        let mut input = json!({ "id": id, "rating": 4, "recommended": true });
        crate::funding::merge(&mut input, more);
        let document = "mutation($input: GiveCourseFeedbackInput!) { giveCourseFeedback(input: $input) {
          enrollment { id version } feedback { rating recommended comment givenAt } userErrors { code field message } } }";
        self.desk.caller(person).send(document, json!({ "input": input })).await
    }

    /// The id of the form that somebody is asked after so many days.
    async fn form(&self, enrollment: &str, respondent: &str, days: i32) -> String {
        let forms = self
            .desk
            .caller("H1")
            .send(FORMS, json!({ "id": enrollment }))
            .await
            .data("/enrollment/followUps");
        let asked = |form: &&Value| form["respondent"] == respondent && form["afterDays"] == days;
        let form = forms.as_array().and_then(|forms| forms.iter().find(asked));
        form.and_then(|form| form["id"].as_str()).expect("a form").to_owned()
    }

    async fn waits_for(&self, person: &str) -> Vec<String> {
        let nodes = self.desk.caller(person).ask(WAITING).await.data("/viewer/followUps/nodes");
        let who = |form: &Value| {
            format!("{} {} {}", form["respondent"], form["afterDays"], form["employee"]["externalId"])
                .replace('"', "")
        };
        nodes.as_array().into_iter().flatten().map(who).collect()
    }

    async fn tell(&self) {
        let failed = tell_of_follow_ups(&self.app().app, 2).await.expect("the employers are there");
        assert!(failed.is_empty(), "{failed:?}");
    }
}

both_databases! {
    async fn l2_completing_asks_after_30_60_and_90_days(school: School) {
        let id = school.active("E1").await;
        let forms = school.desk.caller("E1").send(FORMS, json!({ "id": id })).await;
        assert_eq!(forms.data("/enrollment/followUps"), json!([]));
        school.assess("H1", &id, json!({})).await.text("/recordAssessment/assessment/id");
        school.act("H1", "completeEnrollment", json!({ "id": id })).await.text("/completeEnrollment/enrollment/id");
        let read = school.desk.caller("E1").send(FORMS, json!({ "id": id })).await.data("/enrollment/followUps");
        let mut forms = read.as_array().cloned().unwrap_or_default();
        assert_eq!(forms.len(), 6);
        assert!(forms.iter().all(|form| form["status"] == "UPCOMING" && form["application"].is_null()));
        forms.sort_by_key(|form| (form["afterDays"].as_i64(), form["respondent"].to_string()));
        let days = |form: &Value| json!([form["respondent"], form["opensOn"], form["closesOn"]]);
        assert_eq!(json!(forms.iter().map(days).collect::<Vec<_>>()), json!([
            ["LEARNER", "2026-04-01", "2026-04-30"], ["MANAGER", "2026-04-01", "2026-04-30"],
            ["LEARNER", "2026-05-01", "2026-05-30"], ["MANAGER", "2026-05-01", "2026-05-30"],
            ["LEARNER", "2026-05-31", "2026-06-29"], ["MANAGER", "2026-05-31", "2026-06-29"],
        ]));
        // Clara reports to nobody, so only she herself is asked.
        let alone = school.completed("C1").await;
        let alone = school.desk.caller("H1").send(FORMS, json!({ "id": alone })).await.data("/enrollment/followUps");
        assert_eq!(alone.as_array().map(Vec::len), Some(3));
    }

    async fn a_form_waits_while_it_is_open_for_whoever_is_asked(school: School) {
        let id = school.completed("E1").await;
        assert_eq!(school.waits_for("E1").await, Vec::<String>::new());
        school.app().clock.advance(TimeDelta::days(30));
        assert_eq!(school.waits_for("E1").await, ["LEARNER 30 E1"]);
        assert_eq!(school.waits_for("M1").await, ["MANAGER 30 E1"]);
        for person in ["C1", "M2", "E2", "H1", "F1", "W1"] {
            assert_eq!(school.waits_for(person).await, Vec::<String>::new(), "{person}");
        }
        let own = school.form(&id, "LEARNER", 30).await;
        let answer = json!({ "application": "PARTLY", "obstacle": "NO_TIME", "note": "Two clusters so far" });
        let answered = school.answer("E1", &own, answer.clone()).await;
        assert_eq!(answered.data("/answerFollowUp"), json!({ "userErrors": [], "followUp": {
            "id": own, "status": "ANSWERED", "application": "PARTLY", "obstacle": "NO_TIME", "note": "Two clusters so far",
            "answeredBy": { "externalId": "E1" }, "answeredAt": "2026-04-01T09:00:00Z",
        } }));
        school.app().clock.advance(TimeDelta::days(1));
        let mut witness = school.app().witness().await;
        assert_eq!(school.answer("E1", &own, answer).await, answered, "the same again");
        let other = school.answer("E1", &own, json!({})).await;
        assert_eq!(other.refused("answerFollowUp"), ["ANSWERED input.id"]);
        assert!(!witness.wrote().await);
        assert_eq!(school.waits_for("E1").await, Vec::<String>::new());

        let managers = school.form(&id, "MANAGER", 30).await;
        school.answer("M1", &managers, json!({ "application": "NOT_APPLIED", "obstacle": "NO_OPPORTUNITY" })).await
            .text("/answerFollowUp/followUp/id");
        school.app().clock.advance(TimeDelta::days(29));
        assert_eq!(school.waits_for("E1").await, ["LEARNER 60 E1"]);
        school.app().clock.advance(TimeDelta::days(60));
        assert_eq!(school.waits_for("E1").await, Vec::<String>::new());
        let told = school.told(&id).await;
        assert_eq!(told.iter().filter(|kind| *kind == "learning.follow_up_answered").count(), 2);
        // The journal knows that there is an answer, and not which.
        let payloads = "query($id: ID!) { journalEntries(filter: { subjectId: $id }) { nodes { payload } } }";
        let payloads = school.desk.caller("A1").send(payloads, json!({ "id": id })).await.data("/journalEntries/nodes");
        assert!(!payloads.to_string().contains("NO_OPPORTUNITY") && !payloads.to_string().contains("clusters"));
    }

    async fn every_refusal_of_an_answer_writes_nothing(school: School) {
        let id = school.completed("E1").await;
        let later = school.form(&id, "LEARNER", 60).await;
        let missed = school.form(&id, "LEARNER", 30).await;
        school.app().clock.advance(TimeDelta::days(60));
        let [next, managers] = [school.form(&id, "LEARNER", 90).await, school.form(&id, "MANAGER", 60).await];
        let mut witness = school.app().witness().await;
        for (id, input, refusal) in [
            (&next, json!({}), "NOT_OPEN input.id"),
            (&missed, json!({}), "CLOSED input.id"),
            (&later, json!({ "application": "NOT_APPLIED" }), "OBSTACLE_NEEDED input.obstacle"),
            (&later, json!({ "obstacle": "OTHER" }), "OBSTACLE_UNNEEDED input.obstacle"),
            (&later, json!({ "note": " " }), "INVALID_NOTE input.note"),
        ] {
            assert_eq!(school.answer("E1", id, input).await.refused("answerFollowUp"), [refusal]);
        }
        // Nobody answers for somebody else: HR sees the forms, Eva sees what Max is asked, Clara sees neither.
        for (person, id, code) in [
            ("H1", &later, "FORBIDDEN"), ("H2", &managers, "FORBIDDEN"), ("E1", &managers, "FORBIDDEN"), ("M1", &later, "NOT_FOUND"),
            ("C1", &managers, "NOT_FOUND"), ("E2", &later, "NOT_FOUND"), ("F1", &managers, "NOT_FOUND"),
        ] {
            assert_eq!(school.answer(person, id, json!({})).await.code(), code, "{person}");
        }
        assert_eq!(school.answer("E1", &nobody("follow_up"), json!({})).await.code(), "NOT_FOUND");
        assert!(!witness.wrote().await);
    }

    async fn answers_are_for_the_learner_whoever_gave_them_and_hr(school: School) {
        let id = school.completed("E1").await;
        school.app().clock.advance(TimeDelta::days(30));
        let [own, managers] = [school.form(&id, "LEARNER", 30).await, school.form(&id, "MANAGER", 30).await];
        for (person, seen) in [("E1", 6), ("H1", 6), ("H2", 6), ("M1", 3), ("C1", 0)] {
            let caller = school.desk.caller(person);
            let forms = caller.send(FORMS, json!({ "id": id })).await.data("/enrollment/followUps");
            assert_eq!(forms.as_array().map(Vec::len), Some(seen), "{person}");
            let node = async |id: &str| !caller.send("query($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await.data("/node").is_null();
            assert_eq!((node(&own).await, node(&managers).await), (seen == 6, seen >= 3), "{person}");
        }
        // The form follows the reporting line; who has answered keeps what they said.
        school.answer("M1", &managers, json!({})).await.text("/answerFollowUp/followUp/id");
        let roster = "mutation($rows: [RosterRowInput!]!) { importRoster(input: { rows: $rows }) { report { updated } userErrors { code } } }";
        let rows = json!([{ "externalId": "E1", "manager": "M2" }]);
        let moved = school.desk.caller("H1").send(roster, json!({ "rows": rows })).await;
        assert_eq!(moved.data("/importRoster/report/updated"), json!(1));
        let forms = async |person: &str| {
            let forms = school.desk.caller(person).send("query($id: [ID!]!) { nodes(ids: $id) { id } }", json!({ "id": [managers] })).await;
            !forms.data("/nodes/0").is_null()
        };
        assert_eq!((forms("M1").await, forms("M2").await), (true, true));
        school.app().clock.advance(TimeDelta::days(30));
        assert_eq!((school.waits_for("M1").await, school.waits_for("M2").await), (vec![], vec!["MANAGER 60 E1".to_owned()]));
    }

    async fn the_worker_tells_of_each_form_when_it_opens_and_before_it_closes(school: School) {
        let id = school.completed("E1").await;
        let count = async |kind: &str| school.told(&id).await.iter().filter(|told| *told == kind).count();
        school.app().clock.advance(TimeDelta::days(29));
        let mut witness = school.app().witness().await;
        school.tell().await;
        assert!(!witness.wrote().await, "nothing is open yet");
        school.app().clock.advance(TimeDelta::days(1));
        let workers = (0..4).map(|_| {
            let app = school.app().app.clone();
            tokio::spawn(async move { tell_of_follow_ups(&app, 1).await })
        });
        for worker in workers.collect::<Vec<_>>() {
            let failed = worker.await.expect("no panic").expect("the employers are there");
            assert!(failed.is_empty(), "{failed:?}");
        }
        school.tell().await;
        assert_eq!(count("learning.follow_up_opened").await, 2);
        let own = school.form(&id, "LEARNER", 30).await;
        school.answer("E1", &own, json!({})).await.text("/answerFollowUp/followUp/id");
        school.app().clock.advance(TimeDelta::days(21));
        school.tell().await;
        assert_eq!(count("learning.follow_up_reminded").await, 0);
        school.app().clock.advance(TimeDelta::days(1));
        school.tell().await;
        school.tell().await;
        assert_eq!(count("learning.follow_up_reminded").await, 1, "Max is told again, Eva has answered");
        let reminded = "query($id: ID!) { journalEntries(filter: { subjectId: $id, kind: { in: [\"learning.follow_up_reminded\"] } }) { nodes { payload } } }";
        let reminded = school.desk.caller("A1").send(reminded, json!({ "id": id })).await;
        let payload = reminded.data("/journalEntries/nodes/0/payload").to_string();
        assert!(payload.contains(&school.desk.person("M1").await), "{payload}");
    }

    async fn a_learner_says_what_they_think_of_a_course(school: School) {
        let planned = json!({ "in": { "courseId": school.rust }, "startsOn": "2026-03-02" });
        let planned = school.enroll("E1", planned).await.text("/enroll/enrollment/id");
        let id = school.active("E1").await;
        let said = school.say("E1", &id, json!({ "comment": "Good labs" })).await;
        assert_eq!(said.data("/giveCourseFeedback"), json!({ "enrollment": { "id": id, "version": 2 }, "userErrors": [],
            "feedback": { "rating": 4, "recommended": true, "comment": "Good labs", "givenAt": "2026-03-02T09:00:00Z" } }));
        school.app().clock.advance(TimeDelta::days(1));
        let mut witness = school.app().witness().await;
        assert_eq!(school.say("E1", &id, json!({ "comment": "Good labs" })).await, said, "the same again");
        for (id, input, refusal) in [
            (&planned, json!({}), "NOT_STARTED input.id"),
            (&id, json!({ "rating": 0 }), "WRONG_RATING input.rating"),
            (&id, json!({ "rating": 6 }), "WRONG_RATING input.rating"),
            (&id, json!({ "comment": " " }), "INVALID_COMMENT input.comment"),
        ] {
            assert_eq!(school.say("E1", id, input).await.refused("giveCourseFeedback"), [refusal]);
        }
        for (person, code) in [("H1", "FORBIDDEN"), ("M1", "FORBIDDEN"), ("E2", "NOT_FOUND")] {
            assert_eq!(school.say(person, &id, json!({})).await.code(), code, "{person}");
        }
        assert!(!witness.wrote().await);
        school.say("E1", &id, json!({ "rating": 2, "recommended": false })).await.data("/giveCourseFeedback/feedback");
        let read = "query($id: ID!) { enrollment(id: $id) { feedback { rating recommended comment givenAt } } }";
        let latest = json!({ "rating": 2, "recommended": false, "comment": null, "givenAt": "2026-03-03T09:00:00Z" });
        for (person, seen) in [("E1", true), ("H1", true), ("H2", true), ("M1", false), ("C1", false)] {
            let feedback = school.desk.caller(person).send(read, json!({ "id": id })).await.data("/enrollment/feedback");
            assert_eq!(feedback, if seen { latest.clone() } else { json!(null) }, "{person}");
        }
        assert_eq!(school.told(&id).await.iter().filter(|kind| *kind == "learning.feedback_given").count(), 2);
    }

    async fn the_tables_refuse_what_the_rules_of_follow_ups_refuse(school: School) {
        let id = school.completed("E1").await;
        school.say("E1", &id, json!({})).await.data("/giveCourseFeedback/feedback");
        for sql in [
            "UPDATE follow_up SET application = 'APPLIED'",
            "UPDATE follow_up SET obstacle = 'OTHER'",
            "UPDATE follow_up SET closes_on = '2026-01-01'",
            "UPDATE follow_up SET after_days = 30",
            "UPDATE course_feedback SET rating = 6",
        ] {
            assert!(!school.desk.tamper(sql).await, "{sql}");
        }
    }
}
