//! L2: what a completed course says of its learner's skills.

use serde_json::{Value, json};
use support::both_databases;

use super::Guild;

impl Guild {
    /// Offers a course that teaches cloud at a level, or at none that is known.
    async fn offer(&self, code: &str, level: Option<i32>) -> String {
        let hana = self.caller("H1");
        let mut row = json!({ "code": code, "title": code, "provider": "Cloudworks", "skills": ["Cloud"] });
        if let Some(level) = level {
            row["skillLevel"] = json!(level);
        }
        let import = "mutation($rows: [CourseRowInput!]!) { importCourses(input: { rows: $rows, publish: true }) { report { created } userErrors { message } } }";
        let imported = hana.send(import, json!({ "rows": [row] })).await;
        assert_eq!(imported.data("/importCourses/report/created"), json!(1));
        let found = "query($code: String!) { courses(filter: { code: { in: [$code] } }) { nodes { id } } }";
        hana.send(found, json!({ "code": code })).await.text("/courses/nodes/0/id")
    }

    /// Takes somebody through a course; passed in an assessment, or shown by a certificate.
    async fn complete(&self, person: &str, course: &str, by_certificate: bool) -> String {
        let (learner, hana) = (self.caller(person), self.caller("H1"));
        let act = async |caller: &support::Caller, mutation: &str, thing: &str, input: Value| {
            let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
            let document = format!(
                "mutation($input: {kind}!) {{ {mutation}(input: $input) {{ {thing} {{ id }} userErrors {{ message }} }} }}"
            );
            caller.send(&document, json!({ "input": input })).await.text(&format!("/{mutation}/{thing}/id"))
        };
        let id = act(
            &learner,
            "enroll",
            "enrollment",
            json!({ "in": { "courseId": course }, "startsOn": "2026-03-02" }),
        )
        .await;
        act(&learner, "startEnrollment", "enrollment", json!({ "id": id })).await;
        if by_certificate {
            let evidence = json!({ "id": id, "kind": "CERTIFICATE", "title": "Certificate", "place": { "fileReference": "dms/1" } });
            let evidence = act(&learner, "submitEvidence", "evidence", evidence).await;
            act(
                &hana,
                "verifyEvidence",
                "evidence",
                json!({ "id": evidence, "verdict": "ACCEPT", "verifier": "PROVIDER" }),
            )
            .await;
        } else {
            act(
                &hana,
                "recordAssessment",
                "assessment",
                json!({ "id": id, "outcome": "PASSED", "assessedOn": "2026-03-02" }),
            )
            .await;
        }
        act(&hana, "completeEnrollment", "enrollment", json!({ "id": id })).await;
        id
    }

    async fn records(&self, person: &str) -> Value {
        let document = "query($id: ID!) { employee(id: $id) { skillRecords { nodes { level evidence fromOn enrollment { id } recordedBy { externalId } } } } }";
        let answer = self.caller(person).send(document, json!({ "id": self.person(person).await })).await;
        answer.data("/employee/skillRecords/nodes")
    }
}

fn held(level: i64, evidence: &str) -> Vec<(String, i64, String)> {
    vec![("Cloud".to_owned(), level, evidence.to_owned())]
}

both_databases! {
    async fn l2_completing_a_course_raises_what_it_teaches_and_lowers_nothing(guild: Guild) {
        guild.state("E1", json!({ "skillId": guild.cloud, "level": 5 })).await.text("/stateSkill/skillRecord/id");
        let (second, third, silent) = (guild.offer("C-2", Some(2)).await, guild.offer("C-3", Some(3)).await, guild.offer("C-0", None).await);
        let first = guild.complete("E1", &third, false).await;
        assert_eq!(guild.held("E1", "E1", "2026-03-02").await, held(3, "ASSESSED"));
        assert_eq!(guild.held("E1", "E1", "2026-03-01").await, []);
        assert_eq!(guild.records("E1").await[0], json!({
            "level": 3, "evidence": "ASSESSED", "fromOn": "2026-03-02", "enrollment": { "id": first }, "recordedBy": { "externalId": "H1" },
        }));
        // A course below, and one that says no level, prove nothing new.
        guild.complete("E1", &second, true).await;
        guild.complete("E1", &silent, false).await;
        assert_eq!(guild.app.rows("skill_record").await, 2);
        // A certificate proves as well; the manager may have seen more.
        guild.complete("E2", &second, true).await;
        assert_eq!(guild.held("M1", "E2", "2026-03-02").await, held(2, "CREDENTIAL"));
        guild.assess("M1", "E2", json!({ "level": 4 })).await.text("/assessSkill/skillRecord/id");
        assert_eq!(guild.held("E2", "E2", "2026-03-02").await, held(4, "MANAGER"));
        guild.complete("E2", &third, true).await;
        assert_eq!(guild.held("E2", "E2", "2026-03-02").await, held(4, "MANAGER"));
        assert_eq!(guild.app.rows("skill_record").await, 5);
    }

    async fn l2_a_completion_that_is_told_late_counts_from_its_day(guild: Guild) {
        guild.offer("C-2", Some(2)).await;
        guild.offer("C-4", Some(4)).await;
        let take = async |id: &str, course: &str, on: &str, dry: bool| {
            let rows = json!([{ "externalId": id, "employee": "E1", "course": course, "completedOn": on }]);
            let document = "mutation($input: ImportCompletionsInput!) { importCompletions(input: $input) { report { refused } userErrors { message } } }";
            let input = json!({ "source": "Campus", "rows": rows, "dryRun": dry });
            let taken = guild.caller("H1").send(document, json!({ "input": input })).await;
            assert_eq!(taken.data("/importCompletions/report/refused"), json!(0), "{}", taken.json);
        };
        take("1", "C-2", "2026-02-01", false).await;
        let mut witness = guild.app.witness().await;
        take("2", "C-4", "2026-01-10", true).await;
        assert!(!witness.wrote().await, "a dry run");
        take("2", "C-4", "2026-01-10", false).await;
        let proof = guild.held("E1", "E1", "2026-01-10").await.pop().map(|(_, level, _)| level);
        assert_eq!(proof, Some(4));
        let later = guild.held("E1", "E1", "2026-03-02").await.pop().map(|(_, level, _)| level);
        assert_eq!(later, Some(4), "the weaker one of February takes nothing away");
        assert_eq!(guild.held("E1", "E1", "2026-01-09").await, []);
        let mut witness = guild.app.witness().await;
        take("2", "C-4", "2026-01-10", false).await;
        assert!(!witness.wrote().await, "told again");
        assert_eq!(guild.app.rows("skill_record").await, 3);
    }
}
