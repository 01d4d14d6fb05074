//! A preview and a submission right after it never disagree.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use support::both_databases;

use super::{Desk, codes, eur, merge, wish};
use crate::funding::SUBMIT;

/// How many of all cases are tried.
const TRIED: usize = 240;
/// A step through the cases that meets each of them once before it meets one again.
const STRIDE: usize = 1_213;

/// What inputs are put together from; each list is a part that varies by itself.
struct Cases([Vec<Value>; 5]);

impl Cases {
    async fn of(desk: &Desk) -> Self {
        let running = desk.program().await;
        let system = &desk.northwind.system;
        desk.app.app.programs().activate_program(system, running).await.expect("the program starts");
        let [priced, free, unknown, retired] = [
            desk.course("PRICED", Some(2_000)).await,
            desk.course("FREE", Some(0)).await,
            desk.course("UNKNOWN", None).await,
            desk.course("RETIRED", Some(1_000)).await,
        ];
        desk.app.app.catalog().retire_course(system, retired).await.expect("the course is retired");
        let ops = json!({ "ownedBy": { "departmentId": desk.department("OPS").await } });
        let eng = json!({ "ownedBy": { "departmentId": desk.department("ENG").await } });
        let clara = desk.person("C1").await;
        let own = json!({ "ownedBy": { "programId": running.to_string() }, "ownerIds": [clara] });
        desk.budget("Employer", "1000", json!({})).await;
        desk.budget("Engineering", "15", eng).await;
        let foreign = desk.budget("Operations", "1000", ops).await;
        let dollars = desk.budget("Dollars", "1000", json!({ "currency": "USD" })).await;
        desk.budget("Program", "30", own).await;
        let course = |id: String| json!({ "course": { "courseId": id } });
        let bad = json!({ "course": { "outside": {
            "title": "", "providerName": "", "url": "ftp://example.org", "workloadMinutes": 0 } } });
        let courses = [priced, free, unknown, retired].map(|id| course(id.to_string()));
        let mut courses = courses.to_vec();
        courses.extend([course("course_00000000000000000000000001".to_owned()), bad, json!({}), json!({})]);
        let quotes = [None, Some(eur("20")), Some(eur("-1")), Some(eur("99999999999")), Some(usd("20"))];
        let quotes = quotes.into_iter().map(|quote| json!({ "quote": quote })).collect();
        let budgets =
            [None, Some(foreign), Some(dollars), Some("budget_00000000000000000000000001".to_owned())];
        let budgets = budgets.into_iter().map(|budget| json!({ "budgetId": budget })).collect();
        let programs =
            [None, Some(running.to_string()), Some("program_00000000000000000000000001".to_owned())];
        let programs = programs.into_iter().map(|program| json!({ "programId": program })).collect();
        let purposes =
            ["To run our platform", "To run our platform", " "].map(|purpose| json!({ "purpose": purpose }));
        Self([courses, quotes, budgets, programs, purposes.to_vec()])
    }

    /// One of all inputs there are, by its number.
    fn input(&self, mut number: usize) -> Value {
        let mut input = wish(&format!("course-{}", number % 7), "20", json!({}));
        for part in &self.0 {
            merge(&mut input, part[number % part.len()].clone());
            number /= part.len();
        }
        input
    }

    fn count(&self) -> usize {
        self.0.iter().map(Vec::len).product()
    }
}

fn usd(amount: &str) -> Value {
    json!({ "amount": amount, "currency": "USD" })
}

both_databases! {
    async fn f14_a_preview_never_disagrees_with_a_submission_right_after(desk: Desk) {
        let cases = Cases::of(&desk).await;
        let mut witness = desk.app.witness().await;
        let mut seen = BTreeSet::new();
        for number in 0..TRIED {
            let person = ["E1", "C1", "H1", "E3"][number % 4];
            let input = cases.input(number * STRIDE % cases.count());
            desk.meanwhile(number).await;
            witness.wrote().await;
            let told = desk.preview(person, input.clone()).await;
            assert!(!witness.wrote().await, "{input}");
            let preview = told.data("/fundingPreview");
            let mut by_hana = input.clone();
            merge(&mut by_hana, json!({ "employeeId": desk.person(person).await }));
            assert_eq!(codes(&desk.preview("H1", by_hana).await), codes(&told), "{input}");

            let submitted = desk.caller(person).send(SUBMIT, json!({ "input": input })).await;
            let errors = submitted.data("/submitFundingRequest/userErrors");
            if preview["outcome"] == "ALLOWED" {
                assert_eq!(errors, json!([]), "{input}");
                desk.as_previewed(&preview, &submitted.data("/submitFundingRequest/fundingRequest")).await;
                seen.insert("ALLOWED".to_owned());
            } else {
                let first = &preview["findings"][0];
                for part in ["code", "message", "field"] {
                    assert_eq!(errors[0][part], first[part], "{input}");
                }
                assert!(!witness.wrote().await, "{input}");
            }
            seen.extend(codes(&told));
        }
        let expected = [
            "ALLOWED", "ALREADY_REQUESTED", "BUDGET_EXCEEDED", "COURSE_NOT_OFFERED", "INVALID_PROVIDER_NAME",
            "INVALID_PURPOSE", "INVALID_TITLE", "INVALID_URL", "INVALID_WORKLOAD", "NEGATIVE_QUOTE", "NO_APPROVER", "NO_BUDGET", "NO_EXCHANGE_RATE", "QUOTE_NEEDED",
            "QUOTE_NOT_TAKEN", "QUOTE_TOO_HIGH", "UNKNOWN_COURSE", "UNKNOWN_PROGRAM",
        ];
        assert_eq!(seen.iter().map(String::as_str).collect::<Vec<_>>(), expected);
        desk.holds().await;
    }
}

impl Desk {
    /// What happens at the employer while people ask.
    async fn meanwhile(&self, number: usize) {
        match number {
            80 => self.roster(|line| line.status = Some("ON_LEAVE".to_owned()), "M1").await,
            120 => {
                let set = "mutation($input: SetExchangeRatesInput!) { setExchangeRates(input: $input) { userErrors { message } } }";
                let rate = json!({ "from": "USD", "to": "EUR", "day": "2026-03-02", "rate": "0.9", "source": "A bank" });
                let set = self.caller("F1").send(set, json!({ "input": { "rates": [rate] } })).await;
                assert_eq!(set.data("/setExchangeRates/userErrors"), json!([]));
            }
            160 => {
                let found = self
                    .caller("F1")
                    .ask("{ budgets(filter: { search: \"Engineering\" }) { nodes { id } } }")
                    .await;
                let id = found.text("/budgets/nodes/0/id");
                self.act("F1", "closeBudgetToSpend", json!({ "id": id }))
                    .await
                    .data("/closeBudgetToSpend/budget");
            }
            _ => {}
        }
    }

    /// Asserts that a request has the price, the budget and the chain that its preview told.
    async fn as_previewed(&self, preview: &Value, request: &Value) {
        assert_eq!(preview["amount"], request["amount"]);
        let document = "query($id: ID!) { fundingRequest(id: $id) { budget { id }
          steps { position capacity assignee { externalId name } } } }";
        let stored = self.caller("F1").send(document, json!({ "id": request["id"] })).await;
        assert_eq!(preview["budget"]["budgetId"], stored.data("/fundingRequest/budget/id"));
        assert_eq!(preview["steps"], stored.data("/fundingRequest/steps"));
    }
}
