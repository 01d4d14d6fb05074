//! What is kept of people: every column accounted for, handed out whole, and erased for good.

mod catalog;
mod columns;
mod erasure;
mod export;
mod story;

use serde_json::{Value, json};
use support::{Answer, Caller, Reply, TestDb, exchange};

use crate::funding::Desk;

/// Northwind with the whole life of Eva Engineer, who works for Max Manager. Everything that anybody writes in it about her
/// or as her has her name in it.
struct Archive {
    desk: Desk,
    eva: String,
}

impl Archive {
    async fn start(database: TestDb) -> Self {
        let desk = Desk::start(database).await;
        let eva = desk.person("E1").await;
        let archive = Self { desk, eva };
        archive.live().await;
        archive
    }

    fn caller(&self, person: &str) -> Caller {
        self.desk.caller(person)
    }

    /// Sends a mutation that must be done, and answers with the thing that its payload has.
    async fn done(&self, person: &str, mutation: &str, input: Value, thing: &str) -> Value {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let document = format!(
            "mutation($input: {kind}!) {{ {mutation}(input: $input) {{ {thing} userErrors {{ code message }} }} }}"
        );
        let answer = self.caller(person).send(&document, json!({ "input": input })).await;
        assert_eq!(answer.data(&format!("/{mutation}/userErrors")), json!([]), "{mutation}: {}", answer.json);
        answer.data(&format!("/{mutation}"))
    }

    /// Sends a mutation and answers with the id of the thing that its payload has.
    async fn made(&self, person: &str, mutation: &str, input: Value, thing: &str) -> String {
        let done = self.done(person, mutation, input, &format!("{thing} {{ id }}")).await;
        done[thing]["id"].as_str().unwrap_or_else(|| panic!("{mutation} made nothing: {done}")).to_owned()
    }

    /// Asks for the file with everything about somebody.
    async fn fetch(&self, person: &str, whom: &str) -> Reply {
        let bearer = format!("Bearer {}", self.desk.app.token("northwind", person));
        let uri = format!("/employees/{whom}/personal-data.json");
        exchange(&self.desk.app.router(), ("GET", &uri), &[("authorization", &bearer)], "").await
    }

    /// What erasing somebody would do, as Hana is told.
    async fn erasure(&self, whom: &str) -> Value {
        let document = "query($id: ID!) { employeeErasure(employeeId: $id) { employeeId erasedAt digest
          obstacles { obstacle count remedy } lines { section class fate records retainedUntil retention legalBasis } } }";
        self.caller("H1").send(document, json!({ "id": whom })).await.data("/employeeErasure")
    }

    /// Asks for somebody to be erased.
    async fn erase(&self, person: &str, whom: &str, digest: &str, key: Option<&str>) -> Answer {
        let document = "mutation($input: EraseEmployeeInput!) { eraseEmployee(input: $input) {
          employee { id name externalId email jobTitle } erasedAt userErrors { code field message } } }";
        let input =
            json!({ "employeeId": whom, "digest": digest, "reason": "REQUESTED", "idempotencyKey": key });
        self.caller(person).send(document, json!({ "input": input })).await
    }

    /// Has the roster say something of people.
    async fn roster(&self, rows: Value) {
        let report = self
            .done("H1", "importRoster", json!({ "rows": rows }), "report { refused rows { outcome } }")
            .await;
        assert_eq!(report["report"]["refused"], json!(0), "{report}");
    }

    /// Seals and counts, and checks everything that can be checked.
    async fn verify(&self) {
        self.desk.app.count().await;
        let (app, id) = (&self.desk.app.app, self.desk.northwind.id);
        let journal = app.journal().verify(id).await.expect("a verdict");
        assert!(journal.is_ok(), "{journal:?}");
        self.desk.holds().await;
        let employers = app.organization().all_employers().await.expect("employers");
        for employer in employers {
            let reports = app.reports().verify(&employer).await.expect("a verdict");
            assert!(reports.is_ok(), "{reports:?}");
            let roi = app.roi().verify(employer.id).await.expect("a verdict");
            assert!(roi.is_ok(), "{roi:?}");
        }
    }
}

/// Somebody's name in a text of the test.
const EVA: &str = "Eva Engineer";
