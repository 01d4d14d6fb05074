//! Reports as CSV, over HTTP: what they say is what GraphQL says to the same person.

use chrono::DateTime;
use serde_json::{Value, json};
use support::{Reply, both_databases, exchange};

use super::{Campus, FIGURES, crew, report};

const COLUMNS: &str = "period,id,code,name,suppressed,learners,enrolled,completed,dropped,completion_basis_points,\
  working_minutes,own_minutes,currency,spent,spent_in_other_currencies,counted_at";

/// The files, each with what GraphQL calls its list, its code and its name, and the order of the file.
const FILES: [(&str, &str, &str, &str, &str); 4] = [
    ("departments", "departments", "code", "name", "(first: 9, orderBy: { field: CODE })"),
    ("courses", "courses", "code", "title", "(first: 9, orderBy: { field: TITLE })"),
    ("providers", "providers", "", "name", "(first: 9)"),
    ("programs", "programs", "", "name", "(first: 9)"),
];

async fn fetch(campus: &Campus, person: &str, uri: &str) -> Reply {
    let bearer = format!("Bearer {}", campus.desk.app.token("northwind", person));
    exchange(&campus.desk.app.router(), ("GET", uri), &[("authorization", &bearer)], "").await
}

/// A cell for a text or a number; empty for null.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The cells after the name, without when it was counted.
fn figures(suppressed: &Value, figures: &Value) -> Vec<String> {
    let counts = [
        "learners",
        "enrolled",
        "completed",
        "dropped",
        "completionBasisPoints",
        "workingMinutes",
        "ownMinutes",
    ];
    let spent = match &figures["spent"] {
        Value::Null => "",
        Value::Array(none) if none.is_empty() => "0.00",
        spent => spent[0]["amount"].as_str().expect("an amount"),
    };
    let counts = counts.iter().map(|name| cell(&figures[*name]));
    let cells = [cell(suppressed)].into_iter().chain(counts);
    cells.chain(["EUR".to_owned(), spent.to_owned(), String::new()]).collect()
}

/// Compares the rows of a file with the reports that GraphQL tells.
async fn agrees(campus: &Campus, person: &str, period: &str, by_month: bool) -> usize {
    let report = format!(
        "report(period: $period) {{ figures {{ {FIGURES} }} suppressed months {{ month figures {{ {FIGURES} }} }} monthsSuppressed countedAt }}"
    );
    let mut told = 0;
    for (file, list, code, name, order) in FILES {
        let document = format!(
            "query($period: ReportPeriod!) {{ {list}{order} {{ nodes {{ id {code} {name} {report} }} }} }}"
        );
        let answer = campus.desk.caller(person).send(&document, json!({ "period": period })).await;
        let by = if by_month { "&by=month" } else { "" };
        let reply = fetch(campus, person, &format!("/reports/{file}.csv?period={period}{by}")).await;
        assert_eq!((reply.status, reply.header("content-type")), (200, "text/csv; charset=utf-8"), "{file}");
        let mut rows = reply.text.split_terminator("\r\n");
        assert_eq!(rows.next(), Some(COLUMNS));
        for node in answer.data(&format!("/{list}/nodes")).as_array().expect("a list") {
            let report = &node["report"];
            let all = [(json!(period), report["suppressed"].clone(), report["figures"].clone())];
            let months = report["months"].as_array().expect("months");
            let months =
                months.iter().map(|month| (month["month"].clone(), Value::Null, month["figures"].clone()));
            let hidden = (1..=12).map(|month| {
                (json!(format!("2026-{month:02}")), report["monthsSuppressed"].clone(), Value::Null)
            });
            let expected: Vec<_> = match (by_month, &report["monthsSuppressed"]) {
                (false, _) => all.to_vec(),
                (true, Value::Null) => months.collect(),
                (true, _) => hidden.collect(),
            };
            for (period, suppressed, told_figures) in expected {
                let row: Vec<&str> = rows.next().expect("a row").split(',').collect();
                let (counted_at, row) = row.split_last().expect("cells");
                let code = if code.is_empty() { String::new() } else { cell(&node[code]) };
                let start = vec![cell(&period), cell(&node["id"]), code, cell(&node[name])];
                assert_eq!(row, [start, figures(&suppressed, &told_figures)].concat(), "{file}");
                let instants = [counted_at, report["countedAt"].as_str().expect("an instant")];
                let [file, answer] = instants.map(|at| DateTime::parse_from_rfc3339(at).expect("an instant"));
                assert_eq!(file, answer);
                told += usize::from(suppressed.is_null());
            }
        }
        assert_eq!(rows.next(), None, "{file}");
    }
    told
}

both_databases! {
    async fn a_file_says_what_graphql_says(campus: Campus) {
        for id in ["E1", "E2"] {
            campus.learn(id, &campus.cloud).await;
        }
        for id in crew('L', 5) {
            campus.complete(&id).await;
        }
        campus.desk.budget("Purse", "5000", json!({})).await;
        let request = campus.desk.approved("L01", "Kubernetes", "500").await;
        campus.desk.act("F1", "commitFundingRequest", json!({ "id": request })).await.text("/commitFundingRequest/fundingRequest/id");
        let settle = json!({ "id": request, "price": { "amount": "480", "currency": "EUR" } });
        campus.desk.act("F1", "settleFundingRequest", settle).await.text("/settleFundingRequest/fundingRequest/id");
        let answer = campus.ask("W1", "2026").await;
        assert_eq!(report(&answer, "departments", "LAB")["suppressed"], json!("COMPLEMENTARY"));
        assert_eq!(agrees(&campus, "W1", "2026", false).await, 6);
        assert_eq!(agrees(&campus, "F1", "2026-Q1", false).await, 6);
        assert_eq!(agrees(&campus, "H1", "2026-03", false).await, 6);
        assert_eq!(agrees(&campus, "A1", "2026", true).await, 72);

        let reply = fetch(&campus, "H1", "/reports/employer.csv?period=2026-Q1&by=month").await;
        let employer = campus.desk.northwind.id;
        let at = reply.text.lines().nth(1).and_then(|row| row.rsplit(',').next()).expect("an instant");
        let row = |month: &str, cells: &str| format!("{month},{employer},northwind,northwind,,{cells},{at}\r\n");
        let rows = [
            row("2026-01", "0,0,0,0,,0,0,EUR,0.00,"),
            row("2026-02", "0,0,0,0,,0,0,EUR,0.00,"),
            row("2026-03", "25,25,5,0,10000,0,0,EUR,480.00,"),
        ];
        assert_eq!(reply.text, format!("{COLUMNS}\r\n{}", rows.concat()));
        let name = reply.header("content-disposition");
        assert_eq!(name, "attachment; filename=\"employer-2026-Q1-by-month.csv\"");
        assert_eq!(reply.header("cache-control"), "no-store");
    }

    async fn a_long_file_comes_whole_and_names_are_no_formulas(campus: Campus) {
        let row = |number: u32| json!({ "code": format!("X-{number:04}"), "title": format!("=SUM({number:04})"), "provider": "Cloudworks" });
        let import = "mutation($rows: [CourseRowInput!]!) { importCourses(input: { publish: true, rows: $rows }) { report { created } } }";
        let rows: Vec<Value> = (1..=1100).map(row).collect();
        let created = campus.desk.caller("H1").send(import, json!({ "rows": rows })).await;
        assert_eq!(created.data("/importCourses/report/created"), json!(1100));
        campus.desk.app.count().await;
        let reply = fetch(&campus, "H1", "/reports/courses.csv?period=2026").await;
        let rows: Vec<Vec<&str>> = reply.text.lines().skip(1).map(|row| row.split(',').collect()).collect();
        let found: Vec<&str> = rows.iter().filter(|row| row[2].starts_with('X')).map(|row| row[3]).collect();
        let expected: Vec<String> = (1..=1100).map(|number| format!("'=SUM({number:04})")).collect();
        assert_eq!((rows.len(), found), (1102, expected.iter().map(String::as_str).collect()));
    }

    async fn a_file_is_for_whoever_reads_reports(campus: Campus) {
        campus.desk.app.count().await;
        campus.desk.app.southwind().await;
        campus.desk.budget("Purse", "5000", json!({})).await;
        let before = campus.desk.footprint().await;
        let uri = "/reports/departments.csv?period=2026";
        for reader in ["H1", "H2", "F1", "A1", "W1"] {
            assert_eq!(fetch(&campus, reader, uri).await.status, 200, "{reader}");
        }
        for file in ["employer", "departments", "courses", "providers", "programs"] {
            for other in ["C1", "M1", "E1", "L01"] {
                let reply = fetch(&campus, other, &format!("/reports/{file}.csv?period=2026")).await;
                assert_eq!((reply.status, reply.code().as_str()), (403, "FORBIDDEN"), "{other}: {file}");
            }
        }
        let bearer = format!("Bearer {}", campus.desk.app.token("southwind", "F1"));
        let router = campus.desk.app.router();
        let elsewhere = exchange(&router, ("GET", uri), &[("authorization", &bearer)], "").await;
        assert!(elsewhere.status == 200 && !elsewhere.text.contains("LAB"), "{}", elsewhere.text);
        let anonymous = exchange(&router, ("GET", uri), &[], "").await;
        assert_eq!((anonymous.status, anonymous.code().as_str()), (401, "UNAUTHENTICATED"));
        assert_eq!(exchange(&router, ("POST", uri), &[], "").await.status, 405);
        for (uri, status, code, message) in [
            ("/reports/people.csv?period=2026", 404, "NOT_FOUND", "no file named \"people.csv\" here"),
            ("/reports/departments?period=2026", 404, "NOT_FOUND", "no file named \"departments\" here"),
            ("/reports/departments.csv?period=2026-13", 400, "BAD_USER_INPUT",
             "`period`: '2026-13' is not a period such as 2026, 2026-Q2 or 2026-05, in the years 2000 to 2199"),
            ("/reports/departments.csv?period=2026&by=week", 400, "BAD_USER_INPUT", "`by` has to be period or month, not \"week\""),
        ] {
            let reply = fetch(&campus, "H1", uri).await;
            assert_eq!((reply.status, reply.code().as_str(), reply.message().as_str()), (status, code, message));
        }
        for uri in ["/reports/departments.csv", "/reports/departments.csv?period=2026&year=2026", "/roi-reports.csv?year=2026"] {
            let reply = fetch(&campus, "H1", uri).await;
            assert_eq!((reply.status, reply.code().as_str()), (400, "BAD_USER_INPUT"), "{uri}");
        }
        assert_eq!(campus.desk.footprint().await, before);
    }
}
