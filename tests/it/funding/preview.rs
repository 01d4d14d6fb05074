//! Looking ahead: a preview says what a submission would, and everything else that there is to know.

mod agreement;
mod alternatives;

use serde_json::{Value, json};
use support::{Answer, both_databases};

use super::{Desk, eur, merge, outside};

const PREVIEW: &str = "query($input: FundingPreviewInput!) { fundingPreview(input: $input) {
  outcome policyVersion price { amount currency } amount { amount currency }
  findings { code severity rule message field
    actual { money { amount currency } count word } limit { money { amount currency } count word } }
  budget { budgetId name before { ...layers } after { ...layers } }
  steps { position capacity assignee { externalId name } }
  alternatives { __typename
    ... on BudgetAlternative { budgetId name available { amount } }
    ... on AmountAlternative { amount { amount currency } }
    ... on CourseAlternative { course { code } price { amount currency } } } } }
  fragment layers on BudgetBalance { allocated { amount } reserved { amount } available { amount } }";

impl Desk {
    /// What somebody is told about a request with this input.
    async fn preview(&self, person: &str, input: Value) -> Answer {
        self.caller(person).send(PREVIEW, json!({ "input": input })).await
    }

    /// Publishes courses from rows of a file.
    pub(super) async fn import(&self, rows: Value) {
        let import = "mutation($input: ImportCoursesInput!) { importCourses(input: $input) {
          report { created } userErrors { message } } }";
        let count = rows.as_array().map(Vec::len);
        let report =
            self.caller("H1").send(import, json!({ "input": { "rows": rows, "publish": true } })).await;
        assert_eq!(report.data("/importCourses/report/created"), json!(count));
    }

    /// The id of a course by its code.
    pub(super) async fn coded(&self, code: &str) -> String {
        let found = "query($code: String!) { courses(filter: { code: { in: [$code] } }) { nodes { id } } }";
        self.caller("E1").send(found, json!({ "code": code })).await.text("/courses/nodes/0/id")
    }
}

/// The codes of the findings, in their order.
fn codes(answer: &Answer) -> Vec<String> {
    let findings = answer.data("/fundingPreview/findings");
    let findings = findings.as_array().expect("findings").iter();
    findings.map(|finding| finding["code"].as_str().unwrap_or_default().to_owned()).collect()
}

/// Input for a preview of a course outside the catalog.
fn wish(course: &str, price: &str, more: Value) -> Value {
    outside(course, price, more)
}

fn layers(allocated: &str, reserved: &str, available: &str) -> Value {
    let amount = |amount: &str| json!({ "amount": amount });
    json!({ "allocated": amount(allocated), "reserved": amount(reserved), "available": amount(available) })
}

both_databases! {
    async fn f14_what_would_become_of_a_request_is_told_and_nothing_is_written(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        desk.approved("E2", "rust", "250").await;
        let mut witness = desk.app.witness().await;
        let told = desk.preview("H1", wish("cloud", "120.50", json!({ "employeeId": desk.person("E1").await }))).await;
        let price = json!({ "amount": "120.50", "currency": "EUR" });
        let expected = json!({
            "outcome": "ALLOWED", "policyVersion": 1, "price": price, "amount": price, "findings": [],
            "budget": {
                "budgetId": budget, "name": "Learning",
                "before": layers("1000.00", "250.00", "750.00"), "after": layers("1000.00", "370.50", "629.50"),
            },
            "steps": [{ "position": 1, "capacity": "MANAGER", "assignee": { "externalId": "M1", "name": "Max Manager" } }],
            "alternatives": [],
        });
        assert_eq!(told.data("/fundingPreview"), expected);
        // Eva asks for herself: what the budget holds is not hers to see. Max would decide, so he sees it.
        let own = desk.preview("E1", wish("cloud", "120.50", json!({}))).await;
        let mut hidden = expected.clone();
        hidden["budget"]["before"] = json!(null);
        hidden["budget"]["after"] = json!(null);
        assert_eq!(own.data("/fundingPreview"), hidden);
        let eva = json!({ "employeeId": desk.person("E1").await });
        assert_eq!(desk.preview("M1", wish("cloud", "120.50", eva.clone())).await.data("/fundingPreview"), expected);
        // Clara stands above too, but it would not wait for her.
        assert_eq!(desk.preview("C1", wish("cloud", "120.50", eva.clone())).await.data("/fundingPreview"), hidden);
        for person in ["M2", "E2", "F1", "A1", "W1", "X1"] {
            assert_eq!(desk.preview(person, wish("cloud", "1", eva.clone())).await.code(), "FORBIDDEN", "{person}");
        }
        assert!(!witness.wrote().await);
    }

    async fn f14_every_finding_is_told_with_its_rule_and_what_it_measured(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let live = desk.request("E1", "cloud", "10").await;
        let mut input = wish("cloud", "0", json!({ "purpose": " ", "quote": { "amount": "10", "currency": "USD" } }));
        input["course"]["outside"]["workloadMinutes"] = json!(0);
        input["course"]["outside"]["title"] = json!("x".repeat(201));
        input["programId"] = json!("program_00000000000000000000000001");
        let before = desk.footprint().await;
        let told = desk.preview("E1", input).await;
        assert_eq!(told.data("/fundingPreview/outcome"), json!("REFUSED"));
        let finding = |code: &str, rule: Value, message: &str, field: &[&str], actual: Value, limit: Value| {
            json!({
                "code": code, "severity": "REFUSAL", "rule": rule, "message": message, "field": field,
                "actual": actual, "limit": limit,
            })
        };
        let count = |count: i64| json!({ "money": null, "count": count, "word": null });
        let word = |word: &str| json!({ "money": null, "count": null, "word": word });
        assert_eq!(told.data("/fundingPreview/findings"), json!([
            finding("INVALID_PURPOSE", json!(null), "the purpose must not be empty", &["input", "purpose"], json!(null), json!(null)),
            finding(
                "INVALID_TITLE", json!("C4"), "the title has 201 characters; at most 200 are allowed",
                &["input", "course", "outside", "title"], count(201), count(200),
            ),
            finding(
                "INVALID_WORKLOAD", json!("C4"), "0 minutes is no workload; it is 1 to 600000 minutes",
                &["input", "course", "outside", "workloadMinutes"], count(0), count(600_000),
            ),
            finding(
                "UNKNOWN_PROGRAM", json!(null), "there is no program program_00000000000000000000000001 that runs now",
                &["input", "programId"], json!(null), json!(null),
            ),
            finding(
                "ALREADY_REQUESTED", json!("F13"),
                &format!("the request {live} asks for the same course and is still live; withdraw it first to ask anew"),
                &["input", "course"], count(2), count(1),
            ),
            finding(
                "NO_EXCHANGE_RATE", json!(null),
                "the price is in USD and the budget 'Learning' in EUR, but there is no exchange rate from USD to EUR of \
                 2026-03-02 or the 7 days before; ask FINANCE to set one, or name a budget in USD",
                &["input", "budgetId"], word("USD"), word("EUR"),
            ),
        ]));
        // Somebody who is not there has neither money nor approvers.
        let nobody = desk.preview("H1", wish("cloud", "-1", json!({ "employeeId": desk.person("L1").await }))).await;
        assert_eq!(codes(&nobody), ["UNKNOWN_EMPLOYEE", "NEGATIVE_QUOTE"]);
        assert_eq!(nobody.data("/fundingPreview/budget"), json!(null));
        assert_eq!(nobody.data("/fundingPreview/steps"), json!([]));
        assert_eq!(desk.footprint().await, before);
    }

    async fn f1_too_little_money_is_a_warning_and_told_in_full_to_those_who_see_the_budget(desk: Desk) {
        desk.budget("Learning", "100", json!({})).await;
        let eva = json!({ "employeeId": desk.person("E1").await });
        let money = |amount: &str| json!({ "money": { "amount": amount, "currency": "EUR" }, "count": null, "word": null });
        let told = desk.preview("H1", wish("cloud", "120", eva)).await;
        let warning = json!({
            "code": "BUDGET_EXCEEDED", "severity": "WARNING", "rule": "F1", "field": [],
            "message": "the budget has 100.00 EUR available, but 120.00 EUR is needed",
            "actual": money("120.00"), "limit": money("100.00"),
        });
        assert_eq!(told.data("/fundingPreview/findings"), json!([warning]));
        // A submission takes it, and whoever decides will see the warning. No approval would.
        assert_eq!(told.data("/fundingPreview/outcome"), json!("ALLOWED"));
        assert_eq!(told.data("/fundingPreview/budget/after"), json!(null));
        assert_eq!(told.data("/fundingPreview/alternatives"), json!([
            { "__typename": "AmountAlternative", "amount": { "amount": "100.00", "currency": "EUR" } },
        ]));
        let own = desk.preview("E1", wish("cloud", "120", json!({}))).await;
        let mut veiled = warning.clone();
        merge(&mut veiled, json!({ "message": "the budget has less available than the 120.00 EUR that is needed" }));
        veiled["limit"] = json!(null);
        assert_eq!(own.data("/fundingPreview/findings"), json!([veiled]));
        assert_eq!(own.data("/fundingPreview/alternatives"), json!([]));
        // In WARN mode the budget takes the promise.
        let warned = json!({ "limitMode": "WARN", "ownedBy": { "departmentId": desk.department("ENG").await } });
        desk.budget("Engineering", "50", warned).await;
        let told = desk.preview("H1", wish("cloud", "120", json!({ "employeeId": desk.person("E1").await }))).await;
        assert_eq!(codes(&told), ["BUDGET_EXCEEDED"]);
        assert_eq!(told.data("/fundingPreview/budget/after"), layers("50.00", "120.00", "-70.00"));
    }

    async fn an_unknown_price_leaves_open_who_pays_and_who_decides(desk: Desk) {
        desk.budget("Learning", "100", json!({})).await;
        let told = desk.preview("E1", wish("cloud", "0", json!({ "quote": null, "purpose": null }))).await;
        assert_eq!(told.data("/fundingPreview"), json!({
            "outcome": "REFUSED", "policyVersion": 1, "price": null, "amount": null,
            "findings": [{
                "code": "QUOTE_NEEDED", "severity": "REFUSAL", "rule": "C3",
                "message": "the price of 'cloud' is not known; ask for a quote and give it",
                "field": ["input", "quote"], "actual": null, "limit": null,
            }],
            "budget": null, "steps": [], "alternatives": [],
        }));
        let draft = desk.preview("E1", wish("cloud", "7", json!({ "purpose": null }))).await;
        assert_eq!(draft.data("/fundingPreview/outcome"), json!("ALLOWED"));
    }
}
