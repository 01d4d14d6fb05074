//! Funding through the API: budgets, requests, decisions, and what must hold when many act at once.

mod absences;
mod access;
mod budget_reports;
mod budgets;
mod bulk;
mod catalog;
mod changes;
mod closing;
mod closing_tree;
mod co_funding;
mod comments;
mod conditions;
#[cfg(unix)]
mod crash;
mod currencies;
mod decisions;
mod delegations;
mod escalation;
mod forecast;
mod hours;
mod links;
mod live;
mod load;
mod money;
mod policies;
mod preview;
mod race;
mod requests;
mod reservations;
mod routing;
mod settlement;
mod statement;
mod tasks;
mod tax;
mod traps;
mod verification;

use chrono::TimeDelta;
use serde_json::{Value, json};
use support::story::Employer;
use support::{Answer, Caller, TestApp, TestDb};

/// Northwind with a purse: what the tests of funding start from.
pub(crate) struct Desk {
    pub(crate) app: TestApp,
    pub(crate) northwind: Employer,
}

const CREATE: &str = "mutation($input: CreateBudgetInput!) {
  createBudget(input: $input) { budget { id name status version } userErrors { code field message } } }";

const SUBMIT: &str = "mutation($input: SubmitFundingRequestInput!) {
  submitFundingRequest(input: $input) {
    fundingRequest { id status round amount { amount currency } steps { assignee { externalId } capacity status } }
    userErrors { code field message } } }";

const APPROVE: &str = "mutation($input: ApproveFundingRequestInput!) {
  approveFundingRequest(input: $input) {
    fundingRequest { status version } reservation { balance { reserved { amount } available { amount } } }
    userErrors { code field message } } }";

impl Desk {
    pub(crate) async fn start(database: TestDb) -> Self {
        let app = TestApp::start(database).await;
        let northwind = app.northwind().await;
        Self { app, northwind }
    }

    pub(crate) fn caller(&self, person: &str) -> Caller {
        self.app.caller("northwind", person)
    }

    pub(crate) async fn person(&self, external_id: &str) -> String {
        self.app.person(&self.northwind, external_id).await.to_string()
    }

    /// The id of a department by its code.
    async fn department(&self, code: &str) -> String {
        let document = "query($code: String) { departments(filter: { search: $code }) { nodes { id } } }";
        self.caller("E1").send(document, json!({ "code": code })).await.text("/departments/nodes/0/id")
    }

    /// Input for a budget of the whole employer in 2026, owned by Hana, with what the test says otherwise.
    async fn budget_input(&self, name: &str, more: Value) -> Value {
        let mut input = json!({
            "name": name,
            "period": { "startsOn": "2026-01-01", "endsOn": "2026-12-31" },
            "ownerIds": [self.person("H1").await],
        });
        merge(&mut input, more);
        input
    }

    /// An open budget with an allocation, created by Finn.
    pub(crate) async fn budget(&self, name: &str, allocation: &str, more: Value) -> String {
        let mut input = self.budget_input(name, more).await;
        if allocation != "0" {
            let currency = input["currency"].as_str().unwrap_or("EUR").to_owned();
            merge(&mut input, json!({ "allocation": { "amount": allocation, "currency": currency } }));
        }
        let finn = self.caller("F1");
        let created = finn.send(CREATE, json!({ "input": input })).await;
        let id = created.text("/createBudget/budget/id");
        let opened = self.act("F1", "openBudget", json!({ "id": id })).await;
        assert_eq!(opened.data("/openBudget/userErrors"), json!([]));
        id
    }

    /// What somebody asks for: a course outside the catalog.
    pub(crate) async fn submit(&self, person: &str, course: &str, price: &str, more: Value) -> Answer {
        self.caller(person).send(SUBMIT, json!({ "input": outside(course, price, more) })).await
    }

    /// The id of a request that was taken.
    pub(crate) async fn request(&self, person: &str, course: &str, price: &str) -> String {
        self.submit(person, course, price, json!({})).await.text("/submitFundingRequest/fundingRequest/id")
    }

    pub(crate) async fn approve(&self, person: &str, id: &str) -> Answer {
        self.caller(person).send(APPROVE, json!({ "input": { "id": id } })).await
    }

    /// The id of a request that was approved by Max.
    pub(crate) async fn approved(&self, person: &str, course: &str, price: &str) -> String {
        let id = self.request(person, course, price).await;
        let answer = self.approve("M1", &id).await;
        assert_eq!(answer.data("/approveFundingRequest/fundingRequest/status"), json!("APPROVED"));
        id
    }

    /// Any mutation whose payload is a budget, two, or a request.
    pub(crate) async fn act(&self, person: &str, mutation: &str, input: Value) -> Answer {
        let document = document(mutation);
        self.caller(person).send(&document, json!({ "input": input })).await
    }

    /// A budget's layers as Finn sees them: allocated, distributed, reserved, committed, spent, available.
    pub(crate) async fn layers(&self, budget: &str) -> [String; 6] {
        let document = "query($id: ID!) { budget(id: $id) { balance {
          allocated { amount } distributed { amount } reserved { amount } committed { amount } spent { amount }
          available { amount } } } }";
        let answer = self.caller("F1").send(document, json!({ "id": budget })).await;
        let of = |layer: &str| answer.text(&format!("/budget/balance/{layer}/amount"));
        ["allocated", "distributed", "reserved", "committed", "spent", "available"].map(of)
    }

    /// How many rows everything has that a command could write.
    pub(crate) async fn footprint(&self) -> [i64; 9] {
        let mut rows = [0; 9];
        let tables = [
            "budget",
            "budget_owner",
            "ledger_entry",
            "funding_request",
            "approval_step",
            "decision",
            "journal_entry",
            "idempotency_claim",
        ];
        for (place, table) in rows.iter_mut().zip(tables) {
            *place = self.app.rows(table).await;
        }
        // Rows that change in place count their changes.
        let sum = "SELECT CAST((SELECT SUM(version) FROM budget) + (SELECT COALESCE(SUM(version), 0) FROM funding_request) AS BIGINT)";
        rows[8] = self.app.number(sum).await;
        rows
    }

    /// Requests on a budget in March, of which one is settled, refunded in part in April, one booked and one approved; then
    /// the budget is cut.
    async fn busy_month(&self, budget: &str) {
        let spent = self.approved("E1", "spent", "200").await;
        let committed = self.approved("E1", "committed", "70").await;
        self.approved("E2", "reserved", "30").await;
        for id in [&spent, &committed] {
            let booked = self.act("F1", "commitFundingRequest", json!({ "id": id })).await;
            booked.data("/commitFundingRequest/fundingRequest");
        }
        self.app.clock.advance(TimeDelta::days(40));
        let settle = json!({ "id": spent, "price": eur("180"), "effectiveOn": "2026-03-20" });
        self.act("F1", "settleFundingRequest", settle).await.data("/settleFundingRequest/fundingRequest");
        let refund = json!({ "id": spent, "amount": eur("50"), "reason": "PRICE_CORRECTED" });
        self.act("F1", "refundFundingRequest", refund).await.data("/refundFundingRequest/fundingRequest");
        let cut = json!({ "id": budget, "amount": eur("-10"), "reason": "BUDGET_CUT", "note": "less" });
        self.act("F1", "adjustBudget", cut).await.data("/adjustBudget/budget");
    }

    /// Whether every ledger adds up to its balance and every request to its entries.
    pub(crate) async fn holds(&self) {
        let verdict = self.app.app.funding().verify(self.northwind.id).await.expect("a verdict");
        assert!(verdict.is_ok(), "{verdict:?}");
    }
}

/// The document of a mutation, with the parts of its payload that tests look at.
fn document(mutation: &str) -> String {
    let input = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
    let budget = "id name status limitMode version owners { externalId }";
    let request = "id status round version orderNumber settledPrice { amount } refunded { amount } \
                   steps { status } decisions { verdict reason note decidedBy { externalId } capacity policyVersion }";
    let payload = match mutation {
        "transferBudget" => format!("from {{ {budget} }} to {{ {budget} }}"),
        _ if mutation.contains("Budget") => format!("budget {{ {budget} }}"),
        _ => format!("fundingRequest {{ {request} }}"),
    };
    format!(
        "mutation($input: {input}!) {{ {mutation}(input: $input) {{ {payload} userErrors {{ code field message }} }} }}"
    )
}

pub(crate) fn eur(amount: &str) -> Value {
    json!({ "amount": amount, "currency": "EUR" })
}

/// Input for a course outside the catalog.
fn outside(course: &str, price: &str, more: Value) -> Value {
    let mut input = json!({
        "course": { "outside": {
            "title": course, "providerName": "Example College",
            "url": format!("https://example.org/{course}"), "workloadMinutes": 600,
        } },
        "quote": eur(price),
        "purpose": "To run our platform ourselves",
    });
    merge(&mut input, more);
    input
}

/// Puts fields into an object; null takes one out.
pub(crate) fn merge(object: &mut Value, more: Value) {
    let Value::Object(more) = more else { panic!("fields, not {more}") };
    for (field, value) in more {
        let fields = object.as_object_mut().expect("an object");
        if value.is_null() {
            fields.remove(&field)
        } else {
            fields.insert(field, value)
        };
    }
}

/// The message of the only user error.
pub(crate) fn reason(answer: &Answer, mutation: &str) -> String {
    answer.text(&format!("/{mutation}/userErrors/0/message"))
}
