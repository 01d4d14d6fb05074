//! Reports through the API: what groups of people learned, and what is not told of them.

mod files;
mod rebuilding;

use chrono::TimeDelta;
use serde_json::{Value, json};
use support::database::execute;
use support::{Answer, TestDb, both_databases};
use upskill_domain::kernel::Clock as _;
use upskill_domain::reports::{Group, ReportBreak};

use crate::funding::Desk;

const FIGURES: &str = "learners enrolled completed dropped completionBasisPoints workingMinutes ownMinutes spent { amount currency }";

/// Northwind with two crews: twelve people in a laboratory, which is below engineering, take a course on the cloud, and
/// eleven in a factory one on Rust.
struct Campus {
    desk: Desk,
    cloud: String,
    rust: String,
}

fn crew(letter: char, people: u32) -> impl Iterator<Item = String> {
    (1..=people).map(move |number| format!("{letter}{number:02}"))
}

impl Campus {
    async fn start(database: TestDb) -> Self {
        let desk = Desk::start(database).await;
        let hana = desk.caller("H1");
        let found = hana.ask("{ departments(filter: { search: \"ENG\" }) { nodes { id } } }").await;
        let above = found.text("/departments/nodes/0/id");
        let create = "mutation($input: CreateDepartmentInput!) { createDepartment(input: $input) { department { id } } }";
        for input in [
            json!({ "code": "LAB", "name": "Laboratory", "parentId": above }),
            json!({ "code": "FAB", "name": "Factory" }),
        ] {
            hana.send(create, json!({ "input": input })).await.text("/createDepartment/department/id");
        }
        let person = |id: String, department: &str| json!({ "externalId": id, "name": format!("Person {id}"), "department": department, "manager": "M1", "hiredOn": "2024-01-01" });
        let rows = crew('L', 12).map(|id| person(id, "LAB")).chain(crew('K', 11).map(|id| person(id, "FAB")));
        let import = "mutation($rows: [RosterRowInput!]!) { importRoster(input: { rows: $rows }) { report { created } } }";
        let imported = hana.send(import, json!({ "rows": rows.collect::<Vec<_>>() })).await;
        assert_eq!(imported.data("/importRoster/report/created"), json!(23));
        let import = "mutation { importCourses(input: { publish: true, rows: [
          { code: \"C-1\", title: \"Cloud\", provider: \"Cloudworks\" }, { code: \"C-2\", title: \"Rust\", provider: \"Cloudworks\" }
        ] }) { report { created } } }";
        hana.ask(import).await;
        let courses = hana.ask("{ courses(orderBy: { field: TITLE }) { nodes { id } } }").await;
        let [cloud, rust] = [0, 1].map(|at| courses.text(&format!("/courses/nodes/{at}/id")));
        let campus = Self { desk, cloud, rust };
        for id in crew('L', 12) {
            campus.learn(&id, &campus.cloud).await;
        }
        for id in crew('K', 11) {
            campus.learn(&id, &campus.rust).await;
        }
        campus
    }

    /// The id of an enrollment that somebody has started.
    async fn learn(&self, person: &str, course: &str) -> String {
        let enroll = "mutation($input: EnrollInput!) { enroll(input: $input) { enrollment { id } userErrors { message } } }";
        let input = json!({ "in": { "courseId": course }, "startsOn": "2026-03-02" });
        let caller = self.desk.caller(person);
        let id = caller.send(enroll, json!({ "input": input })).await.text("/enroll/enrollment/id");
        let start = "mutation($id: ID!) { startEnrollment(input: { id: $id }) { enrollment { id } } }";
        caller.send(start, json!({ "id": id })).await.text("/startEnrollment/enrollment/id")
    }

    async fn enrollment(&self, person: &str) -> String {
        let found =
            self.desk.caller(person).ask("{ viewer { enrollments(first: 1) { nodes { id } } } }").await;
        found.text("/viewer/enrollments/nodes/0/id")
    }

    async fn complete(&self, person: &str) {
        let (id, hana) = (self.enrollment(person).await, self.desk.caller("H1"));
        let pass = "mutation($id: ID!, $day: Date!) { recordAssessment(input: { id: $id, outcome: PASSED, assessedOn: $day }) { assessment { id } } }";
        let day = self.desk.app.clock.now().date_naive().to_string();
        hana.send(pass, json!({ "id": id, "day": day })).await.text("/recordAssessment/assessment/id");
        let complete = "mutation($id: ID!) { completeEnrollment(input: { id: $id }) { enrollment { id } } }";
        hana.send(complete, json!({ "id": id })).await.text("/completeEnrollment/enrollment/id");
    }

    /// Reports of everybody, of the departments and of the courses and their provider.
    async fn ask(&self, person: &str, period: &str) -> Answer {
        let report = format!(
            "report(period: $period) {{ period figures {{ {FIGURES} }} suppressed months {{ month figures {{ learners enrolled completed }} }} monthsSuppressed }}"
        );
        let document = format!(
            "query($period: ReportPeriod!) {{
               employer {{ {report} }}
               departments(orderBy: {{ field: CODE }}) {{ nodes {{ code {report} }} }}
               courses(orderBy: {{ field: TITLE }}) {{ nodes {{ code {report} }} }}
               providers {{ nodes {{ {report} }} }}
             }}"
        );
        self.desk.app.count().await;
        self.desk.caller(person).send(&document, json!({ "period": period })).await
    }

    async fn verified(&self) -> Result<u64, ReportBreak> {
        let organization = self.desk.app.app.organization();
        let employer = organization.employer(&self.desk.northwind.system).await.expect("the employer");
        self.desk.app.app.reports().verify(&employer).await.expect("a verdict")
    }
}

/// What a list of answers says of the report of the row with a code.
fn report(answer: &Answer, list: &str, code: &str) -> Value {
    let rows = answer.data(&format!("/{list}/nodes"));
    let row = rows.as_array().into_iter().flatten().find(|row| row["code"] == code);
    row.unwrap_or_else(|| panic!("no {code} in {rows}"))["report"].clone()
}

fn learners(report: &Value) -> (&Value, &Value) {
    (&report["figures"]["learners"], &report["suppressed"])
}

both_databases! {
    async fn a_report_counts_what_happened(campus: Campus) {
        for id in crew('L', 6) {
            let id = campus.enrollment(&id).await;
            let log = "mutation($id: ID!) { logLearningTime(input: { id: $id, day: \"2026-03-02\", minutes: 30, kind: WORKING }) { learningTime { id } } }";
            campus.desk.caller("H1").send(log, json!({ "id": id })).await.text("/logLearningTime/learningTime/id");
        }
        campus.desk.app.clock.advance(TimeDelta::days(31));
        for id in crew('L', 6) {
            campus.complete(&id).await;
        }
        let quits = campus.enrollment("L07").await;
        let withdraw = "mutation($id: ID!) { withdrawEnrollment(input: { id: $id, reason: NO_TIME }) { enrollment { id } } }";
        campus.desk.caller("L07").send(withdraw, json!({ "id": quits })).await.text("/withdrawEnrollment/enrollment/id");
        let answer = campus.ask("H1", "2026").await;
        let whole = json!({
            "learners": 23, "enrolled": 23, "completed": 6, "dropped": 1, "completionBasisPoints": 8571,
            "workingMinutes": 180, "ownMinutes": 0, "spent": [],
        });
        assert_eq!(answer.data("/employer/report/figures"), whole);
        let lab = report(&answer, "departments", "LAB");
        let figures = json!({
            "learners": 12, "enrolled": 12, "completed": 6, "dropped": 1, "completionBasisPoints": 8571,
            "workingMinutes": 180, "ownMinutes": 0, "spent": [],
        });
        assert_eq!((&lab["figures"], &lab["suppressed"]), (&figures, &Value::Null));
        assert_eq!(report(&answer, "departments", "ENG")["figures"], figures, "with those below");
        let month = |month: &str, learners: u32, enrolled: u32, completed: u32| {
            json!({ "month": month, "figures": { "learners": learners, "enrolled": enrolled, "completed": completed } })
        };
        assert_eq!(lab["months"][2], month("2026-03", 12, 12, 0));
        assert_eq!(lab["months"][3], month("2026-04", 7, 0, 6));
        assert_eq!(lab["months"].as_array().map(Vec::len), Some(12));
        let hr = report(&answer, "departments", "HR");
        assert_eq!(learners(&hr), (&json!(0), &Value::Null), "nobody is told as nobody");
        assert_eq!(hr["figures"]["completionBasisPoints"], Value::Null);
        assert_eq!(learners(&report(&answer, "courses", "C-1")), (&json!(12), &Value::Null));
        assert_eq!(answer.data("/providers/nodes/0/report/figures/learners"), json!(23));
        let quarter = campus.ask("H1", "2026-Q2").await;
        let lab = report(&quarter, "departments", "LAB");
        assert_eq!((&lab["figures"]["learners"], &lab["figures"]["enrolled"]), (&json!(7), &json!(0)));
        assert_eq!(lab["months"].as_array().map(Vec::len), Some(3));
        let month = campus.ask("H1", "2026-03").await;
        assert_eq!(report(&month, "departments", "LAB")["months"].as_array().map(Vec::len), Some(1));
        let before = campus.ask("H1", "2025").await;
        assert_eq!(before.data("/employer/report/figures/learners"), json!(0));
        assert_eq!(campus.verified().await, Ok(7));
    }

    /// R7: what is told of others does not give away the two engineers who learn too, nor the one who was paid for.
    async fn few_people_are_not_told_and_cannot_be_told_apart(campus: Campus) {
        for id in ["E1", "E2"] {
            campus.learn(id, &campus.cloud).await;
        }
        let answer = campus.ask("W1", "2026").await;
        assert_eq!(answer.data("/employer/report/figures/learners"), json!(25));
        let of = |code: &str| report(&answer, "departments", code);
        assert_eq!(learners(&of("ENG")), (&json!(14), &Value::Null));
        assert_eq!(learners(&of("LAB")), (&Value::Null, &json!("COMPLEMENTARY")), "engineering less the lab is two");
        assert_eq!(of("LAB")["monthsSuppressed"], json!("COMPLEMENTARY"));
        assert_eq!(of("LAB")["months"], json!([]));
        assert_eq!(learners(&of("FAB")), (&json!(11), &Value::Null));
        campus.desk.budget("Purse", "5000", json!({})).await;
        let request = campus.desk.approved("L01", "Kubernetes", "500").await;
        campus.desk.act("F1", "commitFundingRequest", json!({ "id": request })).await.text("/commitFundingRequest/fundingRequest/id");
        let price = |amount: &str| json!({ "amount": amount, "currency": "EUR" });
        let settle = json!({ "id": request, "price": price("480") });
        campus.desk.act("F1", "settleFundingRequest", settle).await.text("/settleFundingRequest/fundingRequest/id");
        let refund = json!({ "id": request, "amount": price("80"), "reason": "COURSE_CANCELED" });
        campus.desk.act("F1", "refundFundingRequest", refund).await.text("/refundFundingRequest/fundingRequest/id");
        let answer = campus.ask("F1", "2026").await;
        let spent = json!([{ "amount": "400.00", "currency": "EUR" }]);
        assert_eq!(answer.data("/employer/report/figures/spent"), spent);
        assert_eq!(report(&answer, "departments", "ENG")["figures"]["spent"], spent);
        // Everything less the provider would be the one course that is not of the catalog.
        assert_eq!(answer.data("/providers/nodes/0/report/suppressed"), json!("COMPLEMENTARY"));
        assert_eq!(report(&answer, "courses", "C-1")["suppressed"], json!("COMPLEMENTARY"));
        assert!(campus.verified().await.is_ok());
    }

    async fn when_everybody_completed_a_small_group_is_not_told(campus: Campus) {
        for id in crew('K', 9) {
            campus.complete(&id).await;
        }
        let answer = campus.ask("H1", "2026").await;
        assert_eq!(learners(&report(&answer, "departments", "FAB")), (&json!(11), &Value::Null), "eleven are enough");
        for id in ["N1", "N2", "N3", "N4", "N5"] {
            let import = "mutation($id: String!) { importRoster(input: { createDepartments: true, rows: [
              { externalId: $id, name: $id, department: \"NEW\", manager: \"M1\", hiredOn: \"2024-01-01\" }] }) { report { created } } }";
            campus.desk.caller("H1").send(import, json!({ "id": id })).await.data("/importRoster/report/created");
            campus.learn(id, &campus.rust).await;
            campus.complete(id).await;
        }
        let answer = campus.ask("H1", "2026").await;
        assert_eq!(report(&answer, "departments", "NEW")["suppressed"], json!("HOMOGENEOUS"));
    }

    async fn reports_are_for_those_who_read_of_groups(campus: Campus) {
        for reader in ["H1", "H2", "F1", "A1", "W1"] {
            assert_eq!(campus.ask(reader, "2026").await.data("/employer/report/figures/learners"), json!(23), "{reader}");
        }
        for other in ["C1", "M1", "E1", "L01", "X1"] {
            let answer = campus.ask(other, "2026").await;
            assert_eq!(answer.json["data"]["employer"]["report"], Value::Null, "{other}");
            for list in ["departments", "courses", "providers"] {
                let rows = answer.json["data"][list]["nodes"].as_array().expect("rows");
                assert!(!rows.is_empty() && rows.iter().all(|row| row["report"].is_null()), "{other}: {list}");
            }
            let errors = answer.json["errors"].as_array().expect("errors");
            assert!(errors.iter().all(|error| error["extensions"]["code"] == "FORBIDDEN"), "{other}: {errors:?}");
        }
        let answer = campus.ask("H1", "2026-13").await;
        let message = answer.json["errors"][0]["message"].as_str().expect("a message");
        assert!(message.contains("'2026-13' is not a period such as 2026, 2026-Q2 or 2026-05"), "{message}");
    }

    async fn whoever_counts_beside_others_counts_everything_once(campus: Campus) {
        campus.desk.app.seal().await;
        let rounds = (0..6).map(|_| {
            let app = campus.desk.app.app.clone();
            tokio::spawn(async move { upskill_api::worker::count_for_reports(&app, 3).await })
        });
        for round in rounds.collect::<Vec<_>>() {
            let failed = round.await.expect("no panic").expect("counted");
            assert!(failed.is_empty(), "{failed:?}");
        }
        assert!(campus.verified().await.is_ok());
        assert_eq!(campus.ask("H1", "2026").await.data("/employer/report/figures/enrolled"), json!(23));
    }

    async fn figures_that_were_tampered_with_are_named(campus: Campus) {
        campus.desk.app.count().await;
        let tamper = "UPDATE report_group SET months = REPLACE(months, '\"enrolled\":23', '\"enrolled\":24') WHERE kind = 'EVERYBODY'";
        execute(campus.desk.app.database(), tamper).await;
        let broken = campus.verified().await.expect_err("a break");
        assert_eq!((broken.group, broken.year), (Group::Everybody, 2026));
    }
}
