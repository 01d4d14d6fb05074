//! Mentoring through the API: from a profile to what comes of it.

mod access;
mod answering;
mod goals;
mod mentors;
mod places;
mod proposing;
mod sessions;
mod settling;

use serde_json::{Value, json};
use support::{Answer, TestApp, TestDb};

use crate::funding::Desk;

/// Northwind with two skills. Max manages Eva and Emil, Mia manages Ella.
struct Guild {
    desk: Desk,
    rust: String,
    cloud: String,
}

const MENTOR: &str =
    "id employee { externalId } about skills { skill { name } level } languages timeZone capacity
  placesTaken placesFree activeFrom activeTo version";

const PAIRING: &str = "id status mentor { employee { externalId } placesTaken } mentee { externalId } enrollment { id } replaces { id }
  proposedBy { externalId } proposedAt answerBy message mentorAgreedAt menteeAgreedAt startedAt pausedAt endedAt declineReason
  endReason closingNote sessionCount sessionMinutes lastSessionAt";

impl Guild {
    async fn start(database: TestDb) -> Self {
        let desk = Desk::start(database).await;
        let create = "mutation($name: String!) { createSkill(input: { name: $name, kind: TECHNOLOGY }) { skill { id } userErrors { message } } }";
        let hana = desk.caller("H1");
        let rust = hana.send(create, json!({ "name": "Rust" })).await.text("/createSkill/skill/id");
        let cloud = hana.send(create, json!({ "name": "Cloud" })).await.text("/createSkill/skill/id");
        Self { desk, rust, cloud }
    }

    fn app(&self) -> &TestApp {
        &self.desk.app
    }

    /// A mutation with its input; the payload's fields are given.
    async fn act(&self, person: &str, mutation: &str, fields: &str, input: Value) -> Answer {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let document = format!(
            "mutation($input: {kind}!) {{ {mutation}(input: $input) {{ {fields} userErrors {{ code field message }} }} }}"
        );
        self.desk.caller(person).send(&document, json!({ "input": input })).await
    }

    /// A mutation whose payload is a pairing.
    async fn pair(&self, person: &str, mutation: &str, input: Value) -> Answer {
        self.act(person, mutation, &format!("pairing {{ {PAIRING} }}"), input).await
    }

    async fn become_mentor(&self, person: &str, more: Value) -> Answer {
        let mut input =
            json!({ "skills": [{ "skillId": self.rust, "level": 4 }], "languages": ["en"], "capacity": 2 });
        crate::funding::merge(&mut input, more);
        self.act(person, "becomeMentor", &format!("mentor {{ {MENTOR} }}"), input).await
    }

    /// The id of somebody's profile, with places for some.
    async fn mentor(&self, person: &str, capacity: i32) -> String {
        self.become_mentor(person, json!({ "capacity": capacity })).await.text("/becomeMentor/mentor/id")
    }

    async fn propose(&self, person: &str, mentor: &str, more: Value) -> Answer {
        let mut input = json!({ "mentorId": mentor });
        crate::funding::merge(&mut input, more);
        self.pair(person, "proposePairing", input).await
    }

    /// The id of a pairing that the mentee proposed and the mentor accepted.
    async fn accepted(&self, mentee: &str, (mentor, profile): (&str, &str)) -> String {
        let id = self.propose(mentee, profile, json!({})).await.text("/proposePairing/pairing/id");
        let accepted = self.pair(mentor, "acceptPairing", json!({ "id": id })).await;
        assert_eq!(accepted.data("/acceptPairing/pairing/status"), json!("ACCEPTED"));
        id
    }

    async fn record(&self, person: &str, pairing: &str, more: Value) -> Answer {
        let mut input = json!({ "pairingId": pairing, "startsAt": "2026-03-02T09:30:00Z", "minutes": 45 });
        crate::funding::merge(&mut input, more);
        let fields = "pairing { id status sessionCount sessionMinutes lastSessionAt startedAt }
          session { id startsAt minutes attendance topics goals { id } recordedBy { externalId } version }";
        self.act(person, "recordMentoringSession", fields, input).await
    }

    /// The id of an accepted pairing of Eva with Ella, who met an hour ago, and of that session.
    async fn active(&self) -> (String, String) {
        let profile = self.mentor("E3", 2).await;
        let id = self.accepted("E1", ("E3", &profile)).await;
        self.app().clock.advance(chrono::TimeDelta::hours(2));
        let session = self.record("E3", &id, json!({})).await.text("/recordMentoringSession/session/id");
        (id, session)
    }

    async fn read(&self, person: &str, id: &str) -> Value {
        let document = format!("query($id: ID!) {{ pairing(id: $id) {{ {PAIRING} }} }}");
        self.desk.caller(person).send(&document, json!({ "id": id })).await.data("/pairing")
    }

    /// The kinds of what the journal says of a thing, the oldest first.
    async fn told(&self, id: &str) -> Vec<String> {
        self.app().seal().await;
        let document = "query($id: ID!) { journalEntries(filter: { subjectId: $id }) { nodes { kind } } }";
        let answer = self.desk.caller("A1").send(document, json!({ "id": id })).await;
        let nodes = answer.data("/journalEntries/nodes");
        let kinds = nodes.as_array().into_iter().flatten().filter_map(|entry| entry["kind"].as_str());
        kinds.map(str::to_owned).collect()
    }

    /// How many places of a mentor are taken, as everybody reads it.
    async fn places(&self, mentor: &str) -> Value {
        let document = "query($id: ID!) { mentor(id: $id) { placesTaken } }";
        self.desk.caller("A1").send(document, json!({ "id": mentor })).await.data("/mentor/placesTaken")
    }

    /// Places are what pairings take, whatever has happened.
    async fn places_hold(&self) {
        let held = self.app().app.mentoring().verify(self.desk.northwind.id).await.expect("it is looked at");
        assert!(held.is_ok(), "{held:?}");
    }
}

/// An id of a thing that is not there.
fn nobody(prefix: &str) -> String {
    format!("{prefix}_00000000000000000000000001")
}
