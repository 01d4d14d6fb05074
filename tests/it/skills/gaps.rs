//! S1 to S3: what people lack for jobs.

use serde_json::{Value, json};
use support::both_databases;

use super::Guild;

impl Guild {
    async fn gap(&self, asker: &str, whom: &str, more: Value) -> Value {
        let document = "query($id: ID!, $job: ID, $asOf: Date) { employee(id: $id) { profileGap(jobProfileId: $job, asOf: $asOf) {
          jobProfile { name } asOf closed mustHavesMet coverage
          skills { skill { name } requiredLevel heldLevel missingLevels mustHave weight held { evidence } } } } }";
        let mut variables = json!({ "id": self.person(whom).await });
        crate::funding::merge(&mut variables, more);
        self.caller(asker).send(document, variables).await.data("/employee/profileGap")
    }

    /// Coverage, whether the gates are open, and the missing levels of each skill.
    async fn brief(&self, whom: &str, more: Value) -> (Value, Value, Vec<Value>) {
        let gap = self.gap("H1", whom, more).await;
        let missing =
            gap["skills"].as_array().into_iter().flatten().map(|skill| skill["missingLevels"].clone());
        (gap["coverage"].clone(), gap["mustHavesMet"].clone(), missing.collect())
    }
}

both_databases! {
    async fn s1_s2_gaps_are_capped_and_must_haves_are_gates(guild: Guild) {
        let engineer = guild.job("Engineer").await;
        assert_eq!(guild.gap("E1", "E1", json!({})).await, json!(null), "no job yet");
        guild.employ("E1", Some(&engineer), "2026-01-01").await;
        assert_eq!(guild.brief("E1", json!({})).await, (json!(0), json!(false), vec![json!(3), json!(2)]));
        // Twice what is asked of one makes up for nothing of the other.
        guild.assess("M1", "E1", json!({ "skillId": guild.rust, "level": 5 })).await.text("/assessSkill/skillRecord/id");
        guild.assess("M1", "E1", json!({ "level": 2 })).await.text("/assessSkill/skillRecord/id");
        let gap = guild.gap("E1", "E1", json!({})).await;
        assert_eq!(gap, json!({
            "jobProfile": { "name": "Engineer" }, "asOf": "2026-03-02", "closed": false, "mustHavesMet": false, "coverage": 7_500,
            "skills": [
                { "skill": { "name": "Cloud" }, "requiredLevel": 3, "heldLevel": 2, "missingLevels": 1, "mustHave": true, "weight": 2, "held": { "evidence": "MANAGER" } },
                { "skill": { "name": "Rust" }, "requiredLevel": 2, "heldLevel": 5, "missingLevels": 0, "mustHave": false, "weight": 1, "held": { "evidence": "MANAGER" } },
            ],
        }));
        guild.assess("M1", "E1", json!({ "level": 4 })).await.text("/assessSkill/skillRecord/id");
        assert_eq!(guild.brief("E1", json!({})).await, (json!(10_000), json!(true), vec![json!(0), json!(0)]));
        // Towards another job than one's own.
        let other = json!({ "name": "Architect", "requirements": [{ "skillId": guild.cloud, "level": 5 }] });
        let other = guild.shape("H1", "createJobProfile", other).await.text("/createJobProfile/jobProfile/id");
        assert_eq!(guild.brief("E1", json!({ "job": other })).await, (json!(8_000), json!(true), vec![json!(1)]));
        assert_eq!(guild.brief("E2", json!({ "job": other })).await, (json!(0), json!(true), vec![json!(5)]));
        let nowhere = json!({ "job": "job_profile_00000000000000000000000001" });
        assert_eq!(guild.gap("H1", "E1", nowhere).await, json!(null));
        for (person, sees) in [
            ("E1", true), ("M1", true), ("C1", true), ("H1", true), ("H2", true),
            ("E2", false), ("M2", false), ("F1", false), ("A1", false), ("W1", false), ("X1", false),
        ] {
            assert_eq!(guild.gap(person, "E1", json!({ "job": other })).await.is_null(), !sees, "{person}");
        }
    }

    async fn s3_a_gap_is_that_of_its_day(guild: Guild) {
        let engineer = guild.job("Engineer").await;
        guild.employ("E1", Some(&engineer), "2026-01-15").await;
        guild.assess("M1", "E1", json!({ "level": 3, "fromOn": "2026-02-01" })).await.text("/assessSkill/skillRecord/id");
        let more = json!({ "id": engineer, "expectedVersion": 1, "fromOn": "2026-03-01", "requirements": [{ "skillId": guild.cloud, "level": 5, "mustHave": true }] });
        guild.shape("H1", "changeJobProfile", more).await.text("/changeJobProfile/jobProfile/id");
        for (on, expected) in [
            ("2026-01-14", (json!(null), json!(null), vec![])),
            ("2026-01-31", (json!(0), json!(false), vec![json!(3), json!(2)])),
            ("2026-02-28", (json!(7_500), json!(true), vec![json!(0), json!(2)])),
            ("2026-03-01", (json!(6_000), json!(false), vec![json!(2)])),
        ] {
            assert_eq!(guild.brief("E1", json!({ "asOf": on })).await, expected, "{on}");
        }
    }
}
