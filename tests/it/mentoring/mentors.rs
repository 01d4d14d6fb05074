//! Becoming a mentor, and changing the profile.

use serde_json::{Value, json};
use support::{Answer, both_databases};

use super::{Guild, MENTOR, nobody};

impl Guild {
    async fn change(&self, person: &str, id: &str, more: Value) -> Answer {
        let mut input = json!({ "id": id, "expectedVersion": 1 });
        crate::funding::merge(&mut input, more);
        self.act(person, "changeMentor", &format!("mentor {{ {MENTOR} }}"), input).await
    }
}

both_databases! {
    async fn somebody_becomes_a_mentor_once(guild: Guild) {
        let input = json!({
            "about": " Ten years of services ", "languages": ["en", "de-AT", "en"], "idempotencyKey": "k", "activeTo": "2026-12-31",
            "skills": [{ "skillId": guild.cloud, "level": 2 }, { "skillId": guild.rust, "level": 5 }, { "skillId": guild.cloud, "level": 3 }],
        });
        let made = guild.become_mentor("E3", input.clone()).await;
        let id = made.text("/becomeMentor/mentor/id");
        assert_eq!(made.data("/becomeMentor"), json!({ "userErrors": [], "mentor": {
            "id": id, "employee": { "externalId": "E3" }, "about": "Ten years of services", "languages": ["de-AT", "en"],
            "skills": [{ "skill": { "name": "Rust" }, "level": 5 }, { "skill": { "name": "Cloud" }, "level": 3 }],
            "timeZone": "Europe/Berlin", "capacity": 2, "placesTaken": 0, "placesFree": 2, "activeFrom": "2026-03-02",
            "activeTo": "2026-12-31", "version": 1,
        } }));
        assert_eq!(guild.told(&id).await, ["mentoring.became_mentor"]);
        let mut witness = guild.app().witness().await;
        assert_eq!(guild.become_mentor("E3", input).await, made);
        let other = guild.become_mentor("E3", json!({ "idempotencyKey": "k" })).await;
        assert_eq!(other.refused("becomeMentor"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert_eq!(guild.become_mentor("E3", json!({})).await.refused("becomeMentor"), ["ALREADY_MENTOR input.employeeId"]);
        assert!(!witness.wrote().await);
        let own = format!("{{ viewer {{ mentor {{ {MENTOR} }} }} }}");
        assert_eq!(guild.desk.caller("E3").ask(&own).await.data("/viewer/mentor"), made.data("/becomeMentor/mentor"));
        assert_eq!(guild.desk.caller("E1").ask(&own).await.data("/viewer/mentor"), json!(null));
    }

    async fn every_refusal_of_a_profile_writes_nothing(guild: Guild) {
        let eva = guild.desk.person("E1").await;
        let mut witness = guild.app().witness().await;
        let cases = [
            (json!({ "skills": [] }), "WRONG_SKILLS input.skills"),
            (json!({ "skills": [{ "skillId": nobody("skill"), "level": 1 }] }), "UNKNOWN_SKILL input.skills"),
            (json!({ "languages": [] }), "WRONG_LANGUAGES input.languages"),
            (json!({ "capacity": 0 }), "WRONG_CAPACITY input.capacity"),
            (json!({ "capacity": 51 }), "WRONG_CAPACITY input.capacity"),
            (json!({ "activeFrom": "2026-04-02", "activeTo": "2026-04-01" }), "ENDS_BEFORE_START input.activeTo"),
            (json!({ "about": " " }), "INVALID_ABOUT input.about"),
        ];
        for (input, refusal) in cases {
            assert_eq!(guild.become_mentor("E3", input).await.refused("becomeMentor"), [refusal]);
        }
        let unknown = guild.become_mentor("H1", json!({ "employeeId": nobody("employee") })).await;
        assert_eq!(unknown.refused("becomeMentor"), ["UNKNOWN_EMPLOYEE input.employeeId"]);
        for input in [json!({ "timeZone": "Mars/Olympus" }), json!({ "skills": [{ "skillId": guild.rust, "level": 6 }] })] {
            assert_eq!(guild.become_mentor("E3", input).await.code(), "BAD_USER_INPUT");
        }
        for person in ["M1", "C1", "H2", "E2"] {
            assert_eq!(guild.become_mentor(person, json!({ "employeeId": eva })).await.code(), "FORBIDDEN", "{person}");
        }
        assert!(!witness.wrote().await);
        let by_hana = guild.become_mentor("H1", json!({ "employeeId": eva, "timeZone": "Asia/Tokyo" })).await;
        assert_eq!(by_hana.data("/becomeMentor/mentor/employee/externalId"), json!("E1"));
        assert_eq!(by_hana.data("/becomeMentor/mentor/timeZone"), json!("Asia/Tokyo"));
    }

    async fn a_profile_changes_but_not_below_the_places_that_are_taken(guild: Guild) {
        let id = guild.mentor("E3", 3).await;
        guild.accepted("E1", ("E3", &id)).await;
        guild.accepted("E2", ("E3", &id)).await;
        let mut witness = guild.app().witness().await;
        let few = guild.change("E3", &id, json!({ "capacity": 1 })).await;
        assert_eq!(few.refused("changeMentor"), ["PLACES_TAKEN input.capacity"]);
        assert_eq!(guild.change("E3", &id, json!({ "skills": [] })).await.refused("changeMentor"), ["WRONG_SKILLS input.skills"]);
        assert_eq!(guild.change("E3", &id, json!({ "expectedVersion": 2, "capacity": 2 })).await.code(), "CONFLICT");
        assert_eq!(guild.change("E1", &id, json!({ "capacity": 2 })).await.code(), "FORBIDDEN");
        assert_eq!(guild.change("E3", &nobody("mentor"), json!({})).await.code(), "NOT_FOUND");
        // What stays as it is counts no version.
        assert_eq!(guild.change("E3", &id, json!({ "capacity": 3 })).await.data("/changeMentor/mentor/version"), json!(1));
        assert!(!witness.wrote().await);
        let changed = guild.change("E3", &id, json!({ "capacity": 2, "about": "Busy", "activeTo": "2026-03-31", "languages": ["fr"] })).await;
        let mentor = changed.data("/changeMentor/mentor");
        assert_eq!((&mentor["capacity"], &mentor["placesFree"], &mentor["version"]), (&json!(2), &json!(0), &json!(2)));
        assert_eq!((&mentor["about"], &mentor["activeTo"], &mentor["languages"]), (&json!("Busy"), &json!("2026-03-31"), &json!(["fr"])));
        let cleared = guild.change("H1", &id, json!({ "expectedVersion": 2, "capacity": 4 })).await;
        assert_eq!(cleared.data("/changeMentor/mentor/placesFree"), json!(2));
        assert_eq!(guild.told(&id).await, ["mentoring.became_mentor", "mentoring.mentor_changed", "mentoring.mentor_changed"]);
    }

    async fn mentors_are_found_by_what_they_offer(guild: Guild) {
        guild.become_mentor("E3", json!({ "skills": [{ "skillId": guild.rust, "level": 5 }], "languages": ["de"], "capacity": 1 })).await;
        let max = guild.become_mentor("M1", json!({
            "skills": [{ "skillId": guild.rust, "level": 2 }, { "skillId": guild.cloud, "level": 4 }], "activeFrom": "2026-04-01",
        })).await.text("/becomeMentor/mentor/id");
        let mia = guild.mentor("M2", 1).await;
        guild.accepted("E1", ("M2", &mia)).await;
        let (rust, cloud) = (&guild.rust, &guild.cloud);
        let document = "query($filter: MentorFilter, $order: MentorOrder) { mentors(filter: $filter, orderBy: $order) { totalCount nodes { employee { externalId } } } }";
        for (filter, order, found) in [
            (json!({}), json!({ "field": "ACTIVE_FROM", "direction": "DESC" }), vec!["M1", "M2", "E3"]),
            (json!({ "skill": { "in": [cloud] } }), json!(null), vec!["M1"]),
            (json!({ "skill": { "in": [rust] }, "leastLevel": 3 }), json!(null), vec!["E3", "M2"]),
            (json!({ "language": { "in": ["de", "fr"] } }), json!(null), vec!["E3"]),
            (json!({ "takingOn": "2026-03-31" }), json!(null), vec!["E3", "M2"]),
            (json!({ "hasFreePlaces": false }), json!(null), vec!["M2"]),
            (json!({ "hasFreePlaces": true, "takingOn": "2026-04-01" }), json!(null), vec!["E3", "M1"]),
        ] {
            let nodes: Vec<_> = found.iter().map(|who| json!({ "employee": { "externalId": who } })).collect();
            let answer = guild.desk.caller("E2").send(document, json!({ "filter": filter, "order": order })).await;
            assert_eq!(answer.data("/mentors"), json!({ "totalCount": found.len(), "nodes": nodes }), "{filter}");
        }
        let alone = guild.desk.caller("E2").send(document, json!({ "filter": { "leastLevel": 3 } })).await;
        assert_eq!(alone.code(), "BAD_USER_INPUT");
        let of_person = "query($id: ID!) { employee(id: $id) { mentor { id } } }";
        let of_person = guild.desk.caller("E2").send(of_person, json!({ "id": guild.desk.person("M1").await })).await;
        assert_eq!(of_person.data("/employee/mentor/id"), json!(max));
    }
}
