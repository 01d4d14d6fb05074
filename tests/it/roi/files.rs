//! The return on investment as CSV, over HTTP.

use serde_json::{Value, json};
use support::{Reply, both_databases, exchange};

use super::{Office, eur};

const COLUMNS: &str = "id,program_id,program,number,starts_on,ends_on,cohort,currency,cost,no_ratio,\
  benefit_low,benefit_expected,benefit_high,net_benefit_low,net_benefit_expected,net_benefit_high,\
  roi_percent_low,roi_percent_expected,roi_percent_high,benefit_cost_ratio_low,benefit_cost_ratio_expected,benefit_cost_ratio_high,\
  payback_months_low,payback_months_expected,payback_months_high,\
  net_present_value_low,net_present_value_expected,net_present_value_high,created_at";

const LIST: &str = "{ roiReports { nodes { id number startsOn endsOn cohort cost { amount currency } noRatio program { id name }
  low { ...O } expected { ...O } high { ...O } } } }
  fragment O on RoiOutcome { benefit { amount } netBenefit { amount } roiPercent benefitCostRatio paybackMonths netPresentValue { amount } }";

async fn fetch(office: &Office, person: &str) -> Reply {
    let bearer = format!("Bearer {}", office.app.token("northwind", person));
    exchange(&office.app.router(), ("GET", "/roi-reports.csv"), &[("authorization", &bearer)], "").await
}

/// A row of the file for what GraphQL says of a report.
fn row(report: &Value) -> Vec<String> {
    let text = |pointer: &str| match report.pointer(pointer).unwrap_or(&Value::Null) {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let start = [
        "/id",
        "/program/id",
        "/program/name",
        "/number",
        "/startsOn",
        "/endsOn",
        "/cohort",
        "/cost/currency",
        "/cost/amount",
        "/noRatio",
    ];
    let measures = [
        "benefit/amount",
        "netBenefit/amount",
        "roiPercent",
        "benefitCostRatio",
        "paybackMonths",
        "netPresentValue/amount",
    ];
    let outcomes = measures
        .iter()
        .flat_map(|measure| ["low", "expected", "high"].map(|end| text(&format!("/{end}/{measure}"))));
    start.iter().map(|pointer| text(pointer)).chain(outcomes).collect()
}

both_databases! {
    async fn a_file_says_what_graphql_says_of_returns(office: Office) {
        office.budget("EUR").await;
        office.bands(&[("B1", "60")]).await.data("/setCostBands/report");
        office.paid("E1", "M1", eur("1000"), json!({})).await;
        office.create("F1", json!({})).await.data("/createRoiReport/roiReport/id");
        office.validated(json!({})).await;
        office.create("F1", json!({})).await.data("/createRoiReport/roiReport/id");
        for reader in ["F1", "H1", "H2"] {
            let told = office.caller(reader).ask(LIST).await;
            let told: Vec<_> = told.data("/roiReports/nodes").as_array().expect("a list").iter().map(row).collect();
            assert_eq!((told.len(), told[1][9].as_str()), (2, "NO_BENEFIT"));
            let reply = fetch(&office, reader).await;
            assert_eq!((reply.status, reply.header("content-type")), (200, "text/csv; charset=utf-8"));
            assert_eq!(reply.header("content-disposition"), "attachment; filename=\"roi-reports.csv\"");
            let mut lines = reply.text.split_terminator("\r\n");
            assert_eq!(lines.next(), Some(COLUMNS));
            let created = "2026-03-02T09:00:00.000000Z".to_owned();
            let expected: Vec<_> = told.into_iter().map(|row| [row, vec![created.clone()]].concat().join(",")).collect();
            assert_eq!(lines.collect::<Vec<_>>(), expected);
        }
        for other in ["A1", "W1", "M1", "E1"] {
            let reply = fetch(&office, other).await;
            assert_eq!((reply.status, reply.code().as_str()), (403, "FORBIDDEN"), "{other}");
        }
        let anonymous = exchange(&office.app.router(), ("GET", "/roi-reports.csv"), &[], "").await;
        assert_eq!((anonymous.status, anonymous.code().as_str()), (401, "UNAUTHENTICATED"));
    }
}
