//! The seeded employers: what the demonstration promises, on both databases.

use serde_json::{Value, json};
use support::{TestApp, both_databases};
use upskill_api::installation::Installation;
use upskill_api::seed::{self, Scale, Told};
use upskill_domain::organization::Slug;

const TODAY: &str = "2026-11-23";

/// Tables whose rows are counted and whose contents the journal's hash covers.
const TABLES: [&str; 13] = [
    "employee",
    "department",
    "course",
    "program",
    "participant",
    "budget",
    "funding_request",
    "decision",
    "ledger_entry",
    "cost_band",
    "employee_cost_band",
    "benefit",
    "roi_report",
];

async fn seeded(app: &TestApp, scale: Scale) -> Vec<Told> {
    let installation = Installation::open(&app.config).await.expect("the database opens");
    seed::seed(&installation, scale).await.expect("the seed fills an empty installation")
}

fn demo() -> Scale {
    Scale::demo(TODAY.parse().expect("a day"))
}

/// What a seeded database holds: rows of each table, the ends of both journals, whose hashes cover every id, amount and
/// instant, and the report that is made of costs on record.
async fn digest(app: &TestApp) -> (Vec<i64>, Value) {
    let mut rows = Vec::new();
    for table in TABLES {
        rows.push(app.rows(table).await);
    }
    let last = "{ journalEntries(last: 1) { nodes { position hash } } }";
    let northwind = app.caller("northwind", "N1006").ask(last).await.data("/journalEntries/nodes");
    let southwind = app.caller("southwind", "S1002").ask(last).await.data("/journalEntries/nodes");
    let reports = "{ roiReports(first: 1) { nodes { cost { amount } costLines { amount { amount } source } expected { roiPercent }
      departments { department { code } figures { participants cost { amount } } suppressed } } } }";
    let reports = app.caller("northwind", "N1005").ask(reports).await.data("/roiReports/nodes");
    (rows, json!([northwind, southwind, reports]))
}

async fn holds(app: &TestApp) {
    for slug in ["northwind", "southwind"] {
        let slug = Slug::parse(slug).expect("a slug");
        let employer =
            app.app.organization().employer_named(&slug).await.expect("an answer").expect("it is there");
        let journal = app.app.journal().verify(employer.id).await.expect("the journal is read");
        assert!(journal.is_ok_and(|entries| entries > 0), "{slug}: the journal breaks");
        let ledger = app.app.funding().verify(employer.id).await.expect("the ledger is read");
        assert!(ledger.is_ok(), "{slug}: {ledger:?}");
        let reports = app.app.roi().verify(employer.id).await.expect("the reports are read");
        assert!(reports.is_ok(), "{slug}: {reports:?}");
    }
}

both_databases! {
    async fn the_demonstration_is_what_it_promises(app: TestApp) {
        let told = seeded(&app, demo()).await;
        let told: Vec<_> = told.iter().map(|t| (t.employer, t.employees, t.courses, t.requests)).collect();
        assert_eq!(told, [("northwind", 250, 60, 320), ("southwind", 20, 12, 15)]);
        assert_eq!(app.rows("employee").await, 270);
        assert_eq!(app.rows("department").await, 14 + 3);
        assert_eq!(app.rows("course").await, 60 + 12);
        assert_eq!(app.rows("program").await, 3);
        assert_eq!(app.rows("funding_request").await, 320 + 15);
        for status in ["ACTIVE", "COMPLETED", "FAILED", "WITHDRAWN"] {
            let sql = format!("SELECT COUNT(*) FROM enrollment WHERE status = '{status}'");
            assert!(app.number(&sql).await > 0, "no enrollment is {status}");
        }
        let unsettled = "SELECT COUNT(*) FROM enrollment e JOIN funding_request r ON r.id = e.request_id
            WHERE e.status = 'COMPLETED' AND r.status <> 'SETTLED'";
        assert_eq!(app.number(unsettled).await, 0, "L2");
        assert_eq!(app.number("SELECT COUNT(*) FROM journal_entry WHERE position IS NULL").await, 0);
        for status in ["SUBMITTED", "APPROVED", "COMMITTED", "SETTLED", "REJECTED", "WITHDRAWN", "CANCELED"] {
            let sql = format!("SELECT COUNT(*) FROM funding_request WHERE status = '{status}'");
            assert!(app.number(&sql).await > 0, "no request is {status}");
        }
        for (table, rows) in [("cost_band", 3), ("benefit", 3), ("roi_report", 1)] {
            assert_eq!(app.rows(table).await, rows, "{table}");
        }
        holds(&app).await;
    }
}

both_databases! {
    async fn the_manager_has_one_request_she_can_pay_one_she_cannot_and_one_for_nothing(app: TestApp) {
        seeded(&app, demo()).await;
        let query = "{ viewer { employee { name } approvals(first: 9) { nodes { request {
            employee { name } amount { amount } budget { balance { available { amount } } } } } } } }";
        let answer = app.caller("northwind", "N1011").ask(query).await;
        assert_eq!(answer.text("/viewer/employee/name"), "Mei Tanaka");
        let waiting: Vec<_> = (0..3)
            .map(|at| {
                let request = format!("/viewer/approvals/nodes/{at}/request");
                let amount = answer.text(&format!("{request}/amount/amount"));
                let available = answer.text(&format!("{request}/budget/balance/available/amount"));
                (answer.text(&format!("{request}/employee/name")), amount, available)
            })
            .collect();
        let row = |name: &str, amount: &str| (name.to_owned(), amount.to_owned(), "2150.00".to_owned());
        let expected = [row("Aisha Rahman", "6800.00"), row("Diego Álvarez", "1890.00"), row("Lukas Novák", "0.00")];
        assert_eq!(waiting, expected);
        assert_eq!(answer.data("/viewer/approvals/nodes").as_array().map(Vec::len), Some(3));

        let own = "{ viewer { fundingRequests(first: 9) { nodes { status decisions { verdict reason note } } } } }";
        let own = app.caller("northwind", "N1012").ask(own).await.data("/viewer/fundingRequests/nodes");
        let statuses: Vec<_> =
            own.as_array().into_iter().flatten().filter_map(|request| request["status"].as_str()).collect();
        for status in ["SUBMITTED", "SETTLED", "REJECTED", "WITHDRAWN"] {
            assert!(statuses.contains(&status), "{statuses:?}");
        }
        let rejected = own.as_array().into_iter().flatten().find(|request| request["status"] == "REJECTED");
        assert_eq!(rejected.map(|request| &request["decisions"][0]["reason"]), Some(&json!("WORKLOAD")));
    }
}

both_databases! {
    async fn everybody_can_ask_what_they_are_told_to_try(app: TestApp) {
        seeded(&app, demo()).await;
        for persona in seed::personas() {
            let answer = app.caller(persona.employer, &persona.external_id).ask(persona.query).await;
            assert!(answer.json.get("errors").is_none(), "{}: {}", persona.name, answer.json);
            let who = app.caller(persona.employer, &persona.external_id).ask("{ viewer { employee { name } } }").await;
            assert_eq!(who.text("/viewer/employee/name"), persona.name);
        }
        let everybody = "{ employees(first: 100) { totalCount nodes { externalId } } }";
        let southwind = app.caller("southwind", "S1002").ask(everybody).await;
        let people = southwind.data("/employees/nodes");
        let ids: Vec<_> = people.as_array().into_iter().flatten().filter_map(|p| p["externalId"].as_str()).collect();
        assert!(!ids.is_empty() && ids.iter().all(|id| id.starts_with('S')), "{ids:?}");
    }
}

both_databases! {
    async fn an_installation_with_employers_is_left_alone(app: TestApp) {
        app.northwind().await;
        let before = app.rows("journal_entry").await;
        let installation = Installation::open(&app.config).await.expect("the database opens");
        let refusal = seed::seed(&installation, demo()).await.expect_err("there is an employer");
        assert!(refusal.to_string().starts_with("there are employers already (northwind)"), "{refusal}");
        assert_eq!(seed::if_empty(&installation).await.expect("nothing to do"), []);
        assert_eq!(app.rows("journal_entry").await, before);
    }
}

#[tokio::test]
async fn the_same_day_gives_the_same_data_on_either_database_and_in_bulk() {
    let sqlite = TestApp::start(support::TestDb::sqlite().await).await;
    seeded(&sqlite, demo()).await;
    let expected = digest(&sqlite).await;

    let staged = TestApp::start(support::TestDb::sqlite().await).await;
    seeded(&staged, Scale { in_bulk: true, ..demo() }).await;
    assert_eq!(digest(&staged).await, expected);
    holds(&staged).await;

    if let Some(database) = support::TestDb::postgres().await {
        let postgres = TestApp::start(database).await;
        seeded(&postgres, Scale { in_bulk: true, ..demo() }).await;
        assert_eq!(digest(&postgres).await, expected);
        holds(&postgres).await;
    }
}

/// 330 days before, when the engineer asks for his first course, is between Christmas and New Year.
#[tokio::test]
async fn the_story_can_be_told_on_a_day_that_has_the_holidays_in_it() {
    let app = TestApp::start(support::TestDb::sqlite().await).await;
    let today = "2026-11-24".parse().expect("a day");
    seeded(&app, Scale { employees: 120, requests: 20, ..Scale::demo(today) }).await;
    holds(&app).await;
}
