//! Rows about the return on investment.

use serde_json::json;
use support::TestApp;
use support::story::Employer;

use super::{Forbidden, Ids, Nothing, Row, done};

const READERS: &[&str] = &["H1", "H2", "F1"];
const WRITERS: &[&str] = &["H1", "F1"];

pub(super) const ROWS: &[Row] = &[
    Row {
        field: "costBands",
        document: "{ costBands { id code hourlyCost { amount } } }",
        variables: "{}",
        allowed: READERS,
        otherwise: Forbidden,
    },
    Row {
        field: "node",
        document: "query($id: ID!) { node(id: $id) { id ... on CostBand { hourlyCost { amount } } } }",
        variables: r#"{ "id": "@band" }"#,
        allowed: READERS,
        otherwise: Nothing,
    },
    Row {
        field: "benefits",
        document: "{ benefits(first: 100) { totalCount nodes { id title recordedBy { id } program { id } } } }",
        variables: "{}",
        allowed: READERS,
        otherwise: Forbidden,
    },
    Row {
        field: "node",
        document: "query($id: ID!) { node(id: $id) { id ... on Benefit { title estimates { grounds } } } }",
        variables: r#"{ "id": "@benefit-read" }"#,
        allowed: READERS,
        otherwise: Nothing,
    },
    Row {
        field: "roiReport",
        document: "query($id: ID!) { roiReport(id: $id) { id cost { amount } program { id } createdBy { id } benefitLines { benefit { id } }
          departments { department { id } suppressed } } }",
        variables: r#"{ "id": "@roi-report" }"#,
        allowed: READERS,
        otherwise: Nothing,
    },
    Row {
        field: "node",
        document: "query($id: ID!) { node(id: $id) { id ... on RoiReport { number } } }",
        variables: r#"{ "id": "@roi-report" }"#,
        allowed: READERS,
        otherwise: Nothing,
    },
    Row {
        field: "roiReports",
        document: "{ roiReports(first: 100) { totalCount nodes { id number cost { amount } } } }",
        variables: "{}",
        allowed: READERS,
        otherwise: Forbidden,
    },
    Row {
        field: "retentionEffect",
        document: "query($id: ID!) { retentionEffect(programId: $id) { status effect { points } program { id } } }",
        variables: r#"{ "id": "@measured" }"#,
        allowed: READERS,
        otherwise: Forbidden,
    },
    Row {
        field: "scrapLearning",
        document: "{ scrapLearning(on: \"2025-01-01\") { total { places } providers { total { places } } } }",
        variables: "{}",
        allowed: READERS,
        otherwise: Forbidden,
    },
    mutation!(
        "setCostBands",
        "SetCostBandsInput",
        r#"{ "input": { "bands": [{ "code": "ROW", "name": "Row", "hourlyCost": { "amount": "50", "currency": "EUR" } }] } }"#,
        WRITERS,
        Forbidden
    ),
    mutation!(
        "placeInCostBand",
        "PlaceInCostBandInput",
        r#"{ "input": { "employeeIds": ["@eva"], "bandId": "@band" } }"#,
        WRITERS,
        Forbidden
    ),
    mutation!(
        "recordBenefit",
        "RecordBenefitInput",
        r#"{ "input": { "programId": "@measured", "kind": "QUALITY", "title": "Row", "estimates": [{ "source": "EXPERTS",
             "grounds": "Row", "annualValue": { "amount": "1", "currency": "EUR" }, "confidenceBasisPoints": 10000 }] } }"#,
        WRITERS,
        Forbidden
    ),
    mutation!(
        "validateBenefit",
        "ValidateBenefitInput",
        r#"{ "input": { "id": "@benefit-validate-@person" } }"#,
        WRITERS,
        Forbidden
    ),
    mutation!(
        "withdrawBenefit",
        "WithdrawBenefitInput",
        r#"{ "input": { "id": "@benefit-withdraw-@person" } }"#,
        WRITERS,
        Forbidden
    ),
    mutation!(
        "createRoiReport",
        "CreateRoiReportInput",
        r#"{ "input": { "programId": "@measured", "startsOn": "2026-01-01", "endsOn": "2026-03-02", "discountRateBasisPoints": 0,
             "administrationBasisPoints": 0 } }"#,
        WRITERS,
        Forbidden
    ),
];

/// Every benefit of the story, and who recorded it.
const BENEFITS: [(&str, &str); 5] = [
    ("benefit-read", "F1"),
    ("benefit-validate-H1", "F1"),
    ("benefit-validate-F1", "H1"),
    ("benefit-withdraw-H1", "F1"),
    ("benefit-withdraw-F1", "H1"),
];

/// A program that five people have joined, with benefits, a cost band and a report.
pub(super) async fn ids(app: &TestApp, employer: &Employer, slug: &str, catalog: &Ids) -> Ids {
    let [hana, finn] = ["H1", "F1"].map(|person| app.caller(slug, person));
    let currency = finn.ask("{ employer { currency } }").await.text("/employer/currency");
    let money = |amount: &str| json!({ "amount": amount, "currency": currency });
    let mut ids = Ids::new();
    let input = json!({
        "name": "measured", "ownerId": app.person(employer, "M1").await.to_string(), "startsOn": "2026-01-01", "endsOn": "2026-12-31",
        "courseIds": [catalog["offered"]],
    });
    let program = done(&hana, "createProgram", "CreateProgramInput", "program", input).await;
    done(&hana, "activateProgram", "ActivateProgramInput", "program", json!({ "id": program })).await;
    let invite = "mutation($input: InviteParticipantsInput!) { inviteParticipants(input: $input) { userErrors { message } } }";
    for person in ["E1", "E2", "E3", "M1", "M2"] {
        let input =
            json!({ "programId": program, "employeeIds": [app.person(employer, person).await.to_string()] });
        let invited = hana.send(invite, json!({ "input": input })).await;
        assert_eq!(invited.data("/inviteParticipants/userErrors"), json!([]));
        let joins = app.caller(slug, person);
        done(&joins, "joinProgram", "JoinProgramInput", "participant", json!({ "id": program })).await;
    }
    for (name, recorder) in BENEFITS {
        let input = json!({
            "programId": program, "kind": "QUALITY", "title": name, "estimates": [{
                "source": "EXPERTS", "grounds": "Row", "annualValue": money("100"), "confidenceBasisPoints": 5000,
                "isolation": { "method": "TREND_LINE", "basisPoints": 5000 },
            }],
        });
        let caller = app.caller(slug, recorder);
        ids.insert(name, done(&caller, "recordBenefit", "RecordBenefitInput", "benefit", input).await);
    }
    let set = "mutation($input: SetCostBandsInput!) { setCostBands(input: $input) { report { costBands { id } } userErrors { message } } }";
    let band = json!({ "code": "B1", "name": "Beginners", "hourlyCost": money("60") });
    let set = finn.send(set, json!({ "input": { "bands": [band] } })).await;
    ids.insert("band", set.text("/setCostBands/report/costBands/0/id"));
    let input = json!({
        "programId": program, "startsOn": "2026-01-01", "endsOn": "2026-03-02", "discountRateBasisPoints": 800,
        "administrationBasisPoints": 500,
    });
    let report = done(&finn, "createRoiReport", "CreateRoiReportInput", "roiReport", input).await;
    ids.insert("roi-report", report);
    ids.insert("measured", program);
    ids
}
