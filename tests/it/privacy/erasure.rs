//! Erasing somebody: seen first, refused while something stands in the way, and then for good.

use serde_json::{Value, json};
use support::both_databases;
use support::database::holding;

use super::{Archive, EVA};

/// A line of the report in a few words.
fn lines(report: &Value) -> Vec<String> {
    let word = |line: &Value, name: &str| line[name].as_str().unwrap_or("-").to_owned();
    let line = |line: &Value| {
        format!(
            "{} {} {} {} {}",
            word(line, "section"),
            line["records"],
            word(line, "fate"),
            word(line, "retention"),
            word(line, "retainedUntil")
        )
    };
    report["lines"].as_array().expect("lines").iter().map(line).collect()
}

impl Archive {
    /// Eva leaves, and the roster says so.
    async fn leave(&self) {
        self.roster(json!([{ "externalId": "E1", "status": "LEFT", "leftOn": "2026-03-31" }])).await;
    }

    /// What groups of people learned and spent, and what the ledgers hold: everything that must stay as it is.
    async fn figures(&self) -> [Value; 3] {
        let budgets = "{ budgets(first: 1) { nodes { name balance { allocated { amount } spent { amount } available { amount } }
          ledger(first: 20) { nodes { sequence kind document change { spent { amount } } } } } } }";
        let requests = "{ fundingRequests(first: 20) { nodes { status amount { amount } settledPrice { amount } refunded { amount } } } }";
        let programs = "{ programs(first: 5) { nodes { name participants { totalCount } } } }";
        let hana = self.caller("H1");
        [
            hana.ask(budgets).await.data(""),
            hana.ask(requests).await.data(""),
            hana.ask(programs).await.data(""),
        ]
    }
}

both_databases! {
    async fn the_report_says_what_goes_what_stays_and_until_when(archive: Archive) {
        archive.leave().await;
        let mut witness = archive.desk.app.witness().await;
        let report = archive.erasure(&archive.eva).await;
        assert_eq!((&report["employeeId"], &report["erasedAt"], &report["obstacles"]), (&json!(archive.eva), &Value::Null, &json!([])));
        assert_eq!(lines(&report), [
            "person 1 ERASED - -",
            "employment 1 PSEUDONYMIZED STATISTICS -",
            "rolesHeld 1 ERASED - -",
            "absences 1 ERASED - -",
            "costBand 1 PSEUDONYMIZED STATISTICS -",
            "programParticipations 1 PSEUDONYMIZED STATISTICS -",
            "fundingRequests 2 RETAINED ACCOUNTING 2034-12-31",
            "fundingEntries 4 RETAINED ACCOUNTING 2034-12-31",
            "approvalSteps 2 PSEUDONYMIZED STATISTICS -",
            "decisionsOnRequests 2 PSEUDONYMIZED STATISTICS -",
            "commentsOnRequests 2 ERASED - -",
            "enrollments 1 PSEUDONYMIZED STATISTICS -",
            "learningTime 1 PSEUDONYMIZED STATISTICS -",
            "assessments 1 ERASED - -",
            "evidence 1 ERASED - -",
            "followUps 6 PSEUDONYMIZED STATISTICS -",
            "courseFeedback 1 PSEUDONYMIZED STATISTICS -",
            "skillRecords 3 ERASED - -",
            "jobAssignments 1 ERASED - -",
            "decisionsMade 1 PSEUDONYMIZED PROOF -",
            "commentsWritten 2 ERASED - -",
            "delegationsGiven 1 PSEUDONYMIZED PROOF -",
            "delegationsHeld 1 PSEUDONYMIZED PROOF -",
            "delegationsRecorded 1 PSEUDONYMIZED PROOF -",
            "absencesRecorded 1 PSEUDONYMIZED PROOF -",
            "learningTimeRecorded 1 PSEUDONYMIZED PROOF -",
            "evidenceSubmitted 1 PSEUDONYMIZED PROOF -",
            "followUpsAnswered 1 PSEUDONYMIZED PROOF -",
            "skillRecordsMade 1 PSEUDONYMIZED PROOF -",
            "retries 1 ERASED - -",
            "journalByYou 15 PSEUDONYMIZED PROOF -",
            "journalAboutYou 5 PSEUDONYMIZED PROOF -",
        ]);
        assert_eq!(report["lines"][6]["legalBasis"], json!("Art. 17 (3) (b) GDPR; § 147 (1) no. 4 and (3) AO; § 257 (1) no. 4 and (4) HGB"));
        assert_eq!(archive.erasure(&archive.eva).await["digest"], report["digest"]);
        assert!(!witness.wrote().await);
        let nobody = "{ employeeErasure(employeeId: \"employee_00000000000000000000000001\") { digest } }";
        assert_eq!(archive.caller("H1").ask(nobody).await.data("/employeeErasure"), Value::Null);
    }

    async fn nothing_is_left_that_says_who_it_was_and_every_figure_stays(archive: Archive) {
        archive.leave().await;
        archive.verify().await;
        let figures = archive.figures().await;
        let database = archive.desk.app.database();
        let groups = "SELECT CAST(SUM(LENGTH(months) + LENGTH(sizes)) AS BIGINT) FROM report_group";
        let counted = archive.desk.app.number(groups).await;
        assert!(!holding(database, EVA).await.is_empty());

        let digest = archive.erasure(&archive.eva).await["digest"].as_str().expect("a digest").to_owned();
        let erased = archive.erase("H1", &archive.eva, &digest, Some("erase")).await;
        assert_eq!(erased.data("/eraseEmployee/userErrors"), json!([]));
        assert_eq!(erased.data("/eraseEmployee/erasedAt"), json!("2026-04-02T09:00:00Z"));
        let tombstone = erased.data("/eraseEmployee/employee");
        assert_eq!((&tombstone["name"], &tombstone["email"], &tombstone["jobTitle"]), (&json!("Erased person"), &Value::Null, &Value::Null));

        for trace in [EVA, "eva-engineer", "e1@example.org"] {
            assert_eq!(holding(database, trace).await, Vec::<(String, String)>::new(), "{trace}");
        }
        assert_eq!(archive.desk.app.number("SELECT COUNT(*) FROM employee WHERE external_id = 'E1'").await, 0);
        assert_eq!(archive.figures().await, figures);
        archive.verify().await;
        assert_eq!(archive.desk.app.number(groups).await, counted);

        // What stayed is what the report said would stay.
        let left = lines(&archive.erasure(&archive.eva).await);
        let gone: Vec<_> = left.iter().filter(|line| line.contains(" ERASED ")).collect();
        assert_eq!(gone, ["person 1 ERASED - -"]);
        assert!(left.contains(&"fundingEntries 4 RETAINED ACCOUNTING 2034-12-31".to_owned()), "{left:?}");

        archive.desk.app.seal().await;
        let told = "{ journalEntries(last: 1) { nodes { kind subjectId payload actor { externalId } } } }";
        let told = archive.caller("A1").ask(told).await.data("/journalEntries/nodes/0");
        assert_eq!(told, json!({
            "kind": "privacy.employee_erased", "subjectId": archive.eva, "actor": { "externalId": "H1" },
            "payload": json!({ "employee": archive.eva, "ground": "REQUESTED" }).to_string(),
        }));
    }

    async fn who_was_erased_is_let_in_no_more_and_comes_back_as_somebody_new(archive: Archive) {
        archive.leave().await;
        let digest = archive.erasure(&archive.eva).await["digest"].as_str().expect("a digest").to_owned();
        let done = archive.erase("H1", &archive.eva, &digest, Some("erase")).await;
        assert_eq!(done.data("/eraseEmployee/userErrors"), json!([]));
        let mut witness = archive.desk.app.witness().await;
        let told = archive.erase("H1", &archive.eva, &digest, Some("erase")).await;
        assert_eq!(told.data("/eraseEmployee"), done.data("/eraseEmployee"));
        let reused = archive.erase("H1", &archive.eva, "other", Some("erase")).await;
        assert_eq!(reused.refused("eraseEmployee"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        let again = archive.erase("H1", &archive.eva, &digest, None).await;
        assert_eq!(again.refused("eraseEmployee"), ["ALREADY_ERASED input.employeeId"]);
        assert_eq!(archive.caller("E1").ask("{ viewer { roles } }").await.code(), "UNAUTHENTICATED");
        assert!(!witness.wrote().await);

        let row = json!({ "externalId": "E1", "name": "Eva Engineer", "email": "e1@example.org", "hiredOn": "2026-04-02", "status": "ACTIVE" });
        archive.roster(json!([row])).await;
        let somebody = archive.desk.person("E1").await;
        assert_ne!(somebody, archive.eva);
        let new = archive.fetch("E1", &somebody).await.json();
        let records = |name: &str| new["sections"].as_array().and_then(|all| all.iter().find(|section| section["name"] == name)).map(|section| section["records"].clone());
        assert_eq!(records("fundingRequests"), Some(json!([])));
        assert_eq!(archive.fetch("E1", &archive.eva).await.status, 403);
        let tombstone = archive.fetch("H1", &archive.eva).await.json();
        assert_eq!(tombstone["sections"][0]["records"][0]["name"], json!("Erased person"));
    }

    async fn nobody_is_erased_while_something_stands_in_the_way(archive: Archive) {
        let budget = archive.desk.budget("Eva's", "100", json!({ "ownerIds": [archive.eva] })).await;
        let open = archive.desk.request("E1", "open", "50").await;
        let report = archive.erasure(&archive.eva).await;
        let obstacles: Vec<_> = report["obstacles"].as_array().expect("obstacles").iter().map(|it| format!("{} {}", it["obstacle"], it["count"])).collect();
        assert_eq!(obstacles, ["\"NOT_LEFT\" 1", "\"OPEN_REQUESTS\" 1", "\"LAST_BUDGET_OWNER\" 1"]);
        let digest = report["digest"].as_str().expect("a digest").to_owned();
        let mut witness = archive.desk.app.witness().await;
        let refused = archive.erase("H1", &archive.eva, &digest, None).await;
        assert_eq!(refused.refused("eraseEmployee"), ["OBSTRUCTED input.employeeId"]);
        assert_eq!(
            refused.text("/eraseEmployee/userErrors/0/message"),
            "something stands in the way; record on the roster that they have left; settle, cancel or let expire what they asked for; give each budget another owner",
        );
        let hana = archive.desk.person("H1").await;
        let own = archive.erasure(&hana).await["digest"].as_str().expect("a digest").to_owned();
        assert_eq!(archive.erase("H1", &hana, &own, None).await.refused("eraseEmployee"), ["ONESELF input.employeeId"]);
        for person in ["M1", "C1", "E2", "H2", "F1", "A1", "W1", "X1"] {
            assert_eq!(archive.erase(person, &archive.eva, &digest, None).await.code(), "FORBIDDEN", "{person}");
        }
        assert_eq!(archive.erase("H1", "employee_00000000000000000000000001", &digest, None).await.code(), "NOT_FOUND");
        assert!(!witness.wrote().await);

        archive.made("E1", "withdrawFundingRequest", json!({ "id": open }), "fundingRequest").await;
        let owner = archive.desk.person("H1").await;
        archive.made("H1", "addBudgetOwner", json!({ "id": budget, "employeeId": owner }), "budget").await;
        archive.leave().await;
        let seen = archive.erasure(&archive.eva).await;
        assert_eq!(seen["obstacles"], json!([]));
        // Something comes to be between the look and the deed.
        assert_eq!(archive.fetch("H1", &archive.eva).await.status, 200);
        let mut witness = archive.desk.app.witness().await;
        let stale = archive.erase("H1", &archive.eva, seen["digest"].as_str().expect("a digest"), None).await;
        assert_eq!(stale.refused("eraseEmployee"), ["STALE_DIGEST input.digest"]);
        assert!(!witness.wrote().await);
    }

    async fn whoever_others_rely_on_is_not_erased(archive: Archive) {
        let max = archive.desk.person("M1").await;
        let obstacles = archive.erasure(&max).await["obstacles"].clone();
        let kinds: Vec<_> = obstacles.as_array().expect("obstacles").iter().map(|it| it["obstacle"].as_str().unwrap_or_default().to_owned()).collect();
        assert_eq!(kinds, ["NOT_LEFT", "LINE_MANAGER"]);
        archive.desk.request("E2", "waits", "50").await;
        let program = archive.caller("H1").ask("{ programs { nodes { owner { id } } } }").await;
        let mia = program.text("/programs/nodes/0/owner/id");
        let of = async |whom: &str| {
            let report = archive.erasure(whom).await;
            report["obstacles"].as_array().expect("obstacles").iter().map(|it| it["obstacle"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(of(&max).await, ["NOT_LEFT", "OPEN_APPROVALS", "LINE_MANAGER"]);
        assert_eq!(of(&mia).await, ["NOT_LEFT", "PROGRAM_OWNER", "LINE_MANAGER"]);
    }
}
