//! Job profiles: what jobs ask for, and who has which.

use chrono::TimeDelta;
use serde_json::{Value, json};
use support::{Answer, both_databases};

use super::Guild;

const PROFILE: &str = "id name summary version requirements { skill { name } level mustHave weight }";

impl Guild {
    /// A mutation whose payload is a job profile.
    pub(super) async fn shape(&self, person: &str, mutation: &str, input: Value) -> Answer {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let document = format!(
            "mutation($input: {kind}!) {{ {mutation}(input: $input) {{ jobProfile {{ {PROFILE} }} userErrors {{ code field message }} }} }}"
        );
        self.caller(person).send(&document, json!({ "input": input })).await
    }

    /// The id of a job that needs cloud at 3, and at half the weight rust at 2.
    pub(super) async fn job(&self, name: &str) -> String {
        let input = json!({ "name": name, "fromOn": "2026-01-01", "requirements": [
            { "skillId": self.cloud, "level": 3, "mustHave": true, "weight": 2 }, { "skillId": self.rust, "level": 2 },
        ] });
        self.shape("H1", "createJobProfile", input).await.text("/createJobProfile/jobProfile/id")
    }

    pub(super) async fn assign(&self, person: &str, input: Value) -> Answer {
        let document = "mutation($input: AssignJobProfilesInput!) { assignJobProfiles(input: $input) {
          report { results { employeeId employee { externalId } userErrors { code field message } } } userErrors { code field message } } }";
        self.caller(person).send(document, json!({ "input": input })).await
    }

    /// Gives somebody a job, or none, from a day on.
    pub(super) async fn employ(&self, whom: &str, job: Option<&str>, from_on: &str) {
        let one = json!({ "employeeId": self.person(whom).await, "jobProfileId": job });
        let assigned = self.assign("H1", json!({ "assignments": [one], "fromOn": from_on })).await;
        assert_eq!(assigned.data("/assignJobProfiles/report/results/0/userErrors"), json!([]));
    }

    async fn job_of(&self, asker: &str, whom: &str, as_of: &str) -> Value {
        let document =
            "query($id: ID!, $asOf: Date) { employee(id: $id) { jobProfile(asOf: $asOf) { name } } }";
        let variables = json!({ "id": self.person(whom).await, "asOf": as_of });
        self.caller(asker).send(document, variables).await.data("/employee/jobProfile")
    }
}

both_databases! {
    async fn a_profile_says_what_a_job_asks_for_and_asked_for(guild: Guild) {
        let input = json!({ "name": "  Cloud engineer ", "summary": "Runs what we run.", "fromOn": "2026-01-01", "idempotencyKey": "k", "requirements": [
            { "skillId": guild.cloud, "level": 3, "mustHave": true, "weight": 2 }, { "skillId": guild.rust, "level": 2 },
        ] });
        let created = guild.shape("H1", "createJobProfile", input.clone()).await;
        let id = created.text("/createJobProfile/jobProfile/id");
        let asked = json!([
            { "skill": { "name": "Cloud" }, "level": 3, "mustHave": true, "weight": 2 },
            { "skill": { "name": "Rust" }, "level": 2, "mustHave": false, "weight": 1 },
        ]);
        let profile = json!({ "id": id, "name": "Cloud engineer", "summary": "Runs what we run.", "version": 1, "requirements": asked });
        assert_eq!(created.data("/createJobProfile"), json!({ "jobProfile": profile, "userErrors": [] }));
        let mut witness = guild.app.witness().await;
        assert_eq!(guild.shape("H1", "createJobProfile", input.clone()).await, created, "replayed");
        let mut other = input;
        other["name"] = json!("Another");
        let other = guild.shape("H1", "createJobProfile", other).await;
        assert_eq!(other.refused("createJobProfile"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        // Nothing changes by saying the same.
        let same = json!({ "id": id, "expectedVersion": 1, "name": "Cloud engineer", "fromOn": "2026-01-01", "requirements": [
            { "skillId": guild.cloud, "level": 3, "mustHave": true, "weight": 2 }, { "skillId": guild.rust, "level": 2 },
        ] });
        assert_eq!(guild.shape("H1", "changeJobProfile", same).await.data("/changeJobProfile/jobProfile"), profile);
        assert!(!witness.wrote().await);

        let change = json!({ "id": id, "expectedVersion": 1, "summary": null, "requirements": [{ "skillId": guild.rust, "level": 5 }] });
        let changed = guild.shape("H1", "changeJobProfile", change).await;
        let now = json!([{ "skill": { "name": "Rust" }, "level": 5, "mustHave": false, "weight": 1 }]);
        assert_eq!(changed.data("/changeJobProfile/jobProfile"), json!({ "id": id, "name": "Cloud engineer", "summary": null, "version": 2, "requirements": now }));
        for (on, expected) in [("2025-12-31", json!([])), ("2026-03-01", asked), ("2026-03-02", now)] {
            let document = "query($id: ID!, $on: Date) { jobProfile(id: $id) { requirements(asOf: $on) { skill { name } level mustHave weight } } }";
            let told = guild.caller("E1").send(document, json!({ "id": id, "on": on })).await;
            assert_eq!(told.data("/jobProfile/requirements"), expected, "{on}");
        }
        let stale = guild.shape("H1", "changeJobProfile", json!({ "id": id, "expectedVersion": 1, "name": "X" })).await;
        assert_eq!(stale.code(), "CONFLICT");
        guild.job("Analyst").await;
        let list = "{ jobProfiles { totalCount nodes { name } } found: jobProfiles(filter: { search: \"CLOUD\" }) { nodes { name } } }";
        let list = guild.caller("E1").ask(list).await;
        assert_eq!(list.data("/jobProfiles"), json!({ "totalCount": 2, "nodes": [{ "name": "Analyst" }, { "name": "Cloud engineer" }] }));
        assert_eq!(list.data("/found/nodes"), json!([{ "name": "Cloud engineer" }]));
    }

    async fn every_refusal_of_a_profile_writes_nothing(guild: Guild) {
        let id = guild.job("Engineer").await;
        guild.job("Analyst").await;
        let mut witness = guild.app.witness().await;
        let one = json!({ "skillId": guild.cloud, "level": 3 });
        let many: Vec<_> = (0..101).map(|_| one.clone()).collect();
        for (more, refusal) in [
            (json!({ "name": "ANALYST" }), "NAME_TAKEN input.name"),
            (json!({ "name": " " }), "INVALID_NAME input.name"),
            (json!({ "summary": "" }), "INVALID_SUMMARY input.summary"),
            (json!({ "requirements": [] }), "WRONG_NUMBER input.requirements"),
            (json!({ "requirements": many }), "WRONG_NUMBER input.requirements"),
            (json!({ "requirements": [one, one] }), "SKILL_TWICE input.requirements"),
            (json!({ "requirements": [{ "skillId": guild.cloud, "level": 3, "weight": 11 }] }), "WRONG_WEIGHT input.requirements"),
            (json!({ "requirements": [{ "skillId": "skill_00000000000000000000000001", "level": 3 }] }), "UNKNOWN_SKILL input.requirements"),
            (json!({ "requirements": [one], "fromOn": "2026-03-03" }), "IN_FUTURE input.fromOn"),
        ] {
            let mut create = json!({ "name": "New", "requirements": [one] });
            crate::funding::merge(&mut create, more.clone());
            assert_eq!(guild.shape("H1", "createJobProfile", create).await.refused("createJobProfile"), [refusal]);
            let mut change = json!({ "id": id, "expectedVersion": 1 });
            crate::funding::merge(&mut change, more);
            assert_eq!(guild.shape("H1", "changeJobProfile", change).await.refused("changeJobProfile"), [refusal]);
        }
        let wrong_level = json!({ "name": "New", "requirements": [{ "skillId": guild.cloud, "level": 0 }] });
        assert_eq!(guild.shape("H1", "createJobProfile", wrong_level).await.code(), "BAD_USER_INPUT");
        for person in ["E1", "M1", "H2", "F1", "A1", "W1", "X1"] {
            let create = json!({ "name": "New", "requirements": [one] });
            assert_eq!(guild.shape(person, "createJobProfile", create).await.code(), "FORBIDDEN", "{person}");
            let change = json!({ "id": id, "expectedVersion": 1, "name": "Mine" });
            assert_eq!(guild.shape(person, "changeJobProfile", change).await.code(), "FORBIDDEN", "{person}");
        }
        let nowhere = json!({ "id": "job_profile_00000000000000000000000001", "expectedVersion": 1 });
        assert_eq!(guild.shape("H1", "changeJobProfile", nowhere).await.code(), "NOT_FOUND");
        assert!(!witness.wrote().await);
    }

    async fn jobs_are_assigned_in_lists_and_every_day_has_its_own(guild: Guild) {
        let (engineer, analyst) = (guild.job("Engineer").await, guild.job("Analyst").await);
        let [eva, emil, lara] = [guild.person("E1").await, guild.person("E2").await, guild.person("L1").await];
        let assignments = json!([
            { "employeeId": eva, "jobProfileId": engineer },
            { "employeeId": emil, "jobProfileId": "job_profile_00000000000000000000000001" },
            { "employeeId": lara, "jobProfileId": engineer },
            { "employeeId": eva, "jobProfileId": analyst },
            { "employeeId": emil, "jobProfileId": analyst },
        ]);
        let input = json!({ "assignments": assignments, "fromOn": "2026-02-01" });
        let assigned = guild.assign("H1", input.clone()).await.data("/assignJobProfiles/report/results");
        let codes: Vec<_> = assigned.as_array().into_iter().flatten().map(|result| result["userErrors"][0]["code"].clone()).collect();
        assert_eq!(codes, [json!(null), json!("UNKNOWN_PROFILE"), json!("UNKNOWN_EMPLOYEE"), json!("TWICE"), json!("TWICE")]);
        let mut witness = guild.app.witness().await;
        assert_eq!(guild.assign("H1", input).await.data("/assignJobProfiles/report/results"), assigned);
        assert!(!witness.wrote().await, "assigned again");
        guild.app.clock.advance(TimeDelta::days(30));
        guild.employ("E1", Some(&analyst), "2026-03-15").await;
        guild.employ("E1", None, "2026-04-01").await;
        for (on, job) in [("2026-01-31", None), ("2026-02-01", Some("Engineer")), ("2026-03-15", Some("Analyst")), ("2026-04-01", None)] {
            let job = job.map_or(json!(null), |name| json!({ "name": name }));
            assert_eq!(guild.job_of("M1", "E1", on).await, job, "{on}");
            assert_eq!(guild.job_of("E2", "E1", on).await, json!(null), "not for colleagues");
        }
        let mut witness = guild.app.witness().await;
        let one = json!({ "employeeId": eva });
        for (input, refusal) in [
            (json!({ "assignments": [] }), "WRONG_NUMBER input.assignments"),
            (json!({ "assignments": vec![one.clone(); 101] }), "WRONG_NUMBER input.assignments"),
            (json!({ "assignments": [one], "fromOn": "2026-04-02" }), "IN_FUTURE input.fromOn"),
        ] {
            assert_eq!(guild.assign("H1", input).await.refused("assignJobProfiles"), [refusal]);
        }
        assert!(!witness.wrote().await);
    }
}
