//! The return on investment through the API: what hours cost, what programs brought, and reports that come out again.

mod bands;
mod benefits;
mod departments;
mod files;
mod hours;
mod reports;
mod retention;
mod scrap;

use serde_json::{Value, json};
use support::story::Employer;
use support::{Answer, Caller, TestApp, TestDb};

use crate::funding::merge;

/// Northwind with a program that people have joined: what the tests of the return on investment start from.
struct Office {
    app: TestApp,
    northwind: Employer,
    /// A program of Max's.
    program: String,
}

const RECORD: &str = "mutation($input: RecordBenefitInput!) { recordBenefit(input: $input) {
  benefit { id kind title status version horizonMonths respondents program { name } recordedBy { externalId }
    validatedBy { externalId } validatedAt withdrawnAt
    estimates { source grounds annualValue { amount currency } isolationMethod isolationBasisPoints confidenceBasisPoints } }
  userErrors { code field message } } }";

const CREATE: &str = "mutation($input: CreateRoiReportInput!) { createRoiReport(input: $input) {
  roiReport { id number startsOn endsOn cohort minimumGroupSize discountRateBasisPoints administrationBasisPoints missingData
    placesWithoutHours program { name } createdBy { externalId }
    costLines { kind amount { amount currency } source spent { amount currency } ledgerEntries
      exchangeRate { rate day source } minutes hourlyCosts { costBandCode hourlyCost { amount } assumed } }
    cost { amount }
    benefitLines { title countedEstimate leftOut annual { low { amount } expected { amount } high { amount } }
      overHorizon { expected { amount } } benefit { status } }
    intangibles { kind note }
    low { roiPercent } high { roiPercent }
    expected { benefit { amount } netBenefit { amount } roiPercent benefitCostRatio paybackMonths netPresentValue { amount } }
    noRatio }
  userErrors { code field message } } }";

const READ: &str = "query($id: ID!) { roiReport(id: $id) { number cost { amount } costLines { amount { amount } source }
  benefitLines { title annual { expected { amount } } } expected { roiPercent netPresentValue { amount } } } }";

impl Office {
    /// With as many of the five who work in the line having joined as the test says.
    async fn with(database: TestDb, joined: usize) -> Self {
        let app = TestApp::start(database).await;
        let northwind = app.northwind().await;
        let mut office = Self { app, northwind, program: String::new() };
        let hana = office.caller("H1");
        let import = "mutation { importCourses(input: { publish: true, rows: [{ code: \"C-1\", title: \"Cloud\", provider: \"Cloudworks\" }] }) { report { created } } }";
        assert_eq!(hana.ask(import).await.data("/importCourses/report/created"), json!(1));
        let course = hana.ask("{ courses { nodes { id } } }").await.text("/courses/nodes/0/id");
        let input = json!({
            "name": "Cloud for all", "ownerId": office.person("M1").await, "startsOn": "2026-01-01", "endsOn": "2026-12-31",
            "courseIds": [course],
        });
        let create = "mutation($input: CreateProgramInput!) { createProgram(input: $input) { program { id } userErrors { message } } }";
        office.program = hana.send(create, json!({ "input": input })).await.text("/createProgram/program/id");
        let activate = "mutation($id: ID!) { activateProgram(input: { id: $id }) { program { id } userErrors { message } } }";
        hana.send(activate, json!({ "id": office.program })).await.text("/activateProgram/program/id");
        office.join(&["E1", "E2", "E3", "M1", "M2"][..joined]).await;
        office
    }

    async fn start(database: TestDb) -> Self {
        Self::with(database, 5).await
    }

    /// Has people invited, and join.
    async fn join(&self, people: &[&str]) {
        let invite = "mutation($input: InviteParticipantsInput!) { inviteParticipants(input: $input) { userErrors { message } } }";
        let join = "mutation($id: ID!) { joinProgram(input: { id: $id }) { participant { status } userErrors { message } } }";
        for person in people {
            let input = json!({ "programId": self.program, "employeeIds": [self.person(person).await] });
            let invited = self.caller("H1").send(invite, json!({ "input": input })).await;
            assert_eq!(invited.data("/inviteParticipants/userErrors"), json!([]));
            let joined = self.caller(person).send(join, json!({ "id": self.program })).await;
            assert_eq!(joined.data("/joinProgram/participant/status"), json!("JOINED"));
        }
    }

    fn caller(&self, person: &str) -> Caller {
        self.app.caller("northwind", person)
    }

    async fn person(&self, external_id: &str) -> String {
        self.app.person(&self.northwind, external_id).await.to_string()
    }

    /// Input for a benefit that three managers estimated together, with what the test says otherwise.
    fn benefit(&self, more: Value) -> Value {
        let mut input = json!({
            "programId": self.program, "kind": "PRODUCTIVITY", "title": "Fewer tickets", "respondents": 3,
            "estimates": [estimate(json!({}))],
        });
        merge(&mut input, more);
        input
    }

    async fn record(&self, person: &str, more: Value) -> Answer {
        self.caller(person).send(RECORD, json!({ "input": self.benefit(more) })).await
    }

    /// The id of a benefit that Finn recorded and Hana validated.
    async fn validated(&self, more: Value) -> String {
        let id = self.record("F1", more).await.text("/recordBenefit/benefit/id");
        let validated = self.about("H1", "validateBenefit", json!({ "id": id })).await;
        assert_eq!(validated.data("/validateBenefit/benefit/status"), json!("VALIDATED"));
        id
    }

    /// A mutation about a benefit that is there.
    async fn about(&self, person: &str, mutation: &str, input: Value) -> Answer {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let document = format!(
            "mutation($input: {kind}!) {{ {mutation}(input: $input) {{
               benefit {{ status version validatedBy {{ externalId }} withdrawnAt }} userErrors {{ code field message }} }} }}"
        );
        self.caller(person).send(&document, json!({ "input": input })).await
    }

    /// Input for a report over the first two months, with what the test says otherwise.
    fn report(&self, more: Value) -> Value {
        let mut input = json!({
            "programId": self.program, "startsOn": "2026-01-01", "endsOn": "2026-03-02",
            "discountRateBasisPoints": 800, "administrationBasisPoints": 500,
        });
        merge(&mut input, more);
        input
    }

    async fn create(&self, person: &str, more: Value) -> Answer {
        self.caller(person).send(CREATE, json!({ "input": self.report(more) })).await
    }

    /// Sets cost bands, each by its code, and what an hour costs.
    async fn bands(&self, bands: &[(&str, &str)]) -> Answer {
        let band = |(code, cost): &(&str, &str)| json!({ "code": code, "name": format!("Band {code}"), "hourlyCost": eur(cost) });
        let input = json!({ "bands": bands.iter().map(band).collect::<Vec<_>>() });
        self.caller("F1").send(bands::SET, json!({ "input": input })).await
    }

    /// Puts people into a band by its id, or out of theirs.
    async fn place(&self, person: &str, people: &[&str], band: Value) -> Answer {
        let mut ids = Vec::new();
        for person in people {
            ids.push(self.person(person).await);
        }
        self.caller(person)
            .send(bands::PLACE, json!({ "input": { "employeeIds": ids, "bandId": band } }))
            .await
    }

    /// Has a course outside the catalog paid that somebody wants for the program: ten hours of their time. The request's id.
    async fn paid(&self, person: &str, approver: &str, price: Value, more: Value) -> String {
        self.paid_for(Some(&self.program), (person, approver), price, more).await
    }

    /// The same for some program or none.
    async fn paid_for(&self, program: Option<&str>, who: (&str, &str), price: Value, more: Value) -> String {
        let mut course = json!({
            "title": "Cloud", "providerName": "Example College", "url": "https://example.org/cloud", "workloadMinutes": 600,
        });
        merge(&mut course, more);
        self.fund(program, who, price, json!({ "outside": course })).await
    }

    /// Has a course paid that somebody wants, and that somebody else approves. The request's id.
    async fn fund(
        &self,
        program: Option<&str>,
        (person, approver): (&str, &str),
        price: Value,
        course: Value,
    ) -> String {
        let input = json!({
            "course": course, "quote": price, "purpose": "To run our platform ourselves", "programId": program,
        });
        let submit = "mutation($input: SubmitFundingRequestInput!) { submitFundingRequest(input: $input) { fundingRequest { id } userErrors { code message } } }";
        let submitted = self.caller(person).send(submit, json!({ "input": input })).await;
        let id = submitted.text("/submitFundingRequest/fundingRequest/id");
        for (who, mutation, more) in [
            (approver, "approveFundingRequest", json!({})),
            ("F1", "commitFundingRequest", json!({})),
            ("F1", "settleFundingRequest", json!({ "price": price })),
        ] {
            let mut input = json!({ "id": id });
            merge(&mut input, more);
            let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
            let document = format!(
                "mutation($input: {kind}!) {{ {mutation}(input: $input) {{ fundingRequest {{ id }} userErrors {{ message }} }} }}"
            );
            let answer = self.caller(who).send(&document, json!({ "input": input })).await;
            answer.text(&format!("/{mutation}/fundingRequest/id"));
        }
        id
    }

    /// An open budget of the employer with ten thousand.
    async fn budget(&self, currency: &str) -> String {
        let input = json!({
            "name": format!("Learning in {currency}"), "ownerIds": [self.person("H1").await], "currency": currency,
            "period": { "startsOn": "2026-01-01", "endsOn": "2026-12-31" },
            "allocation": { "amount": "10000", "currency": currency },
        });
        let create = "mutation($input: CreateBudgetInput!) { createBudget(input: $input) { budget { id } userErrors { message } } }";
        let id =
            self.caller("F1").send(create, json!({ "input": input })).await.text("/createBudget/budget/id");
        let open =
            "mutation($id: ID!) { openBudget(input: { id: $id }) { budget { id } userErrors { message } } }";
        self.caller("F1").send(open, json!({ "id": id })).await.text("/openBudget/budget/id");
        id
    }
}

/// Ten thousand a year, of which managers are 70 % sure that 40 % are due to the program.
fn estimate(more: Value) -> Value {
    let mut estimate = json!({
        "source": "MANAGERS", "grounds": "Asked after 60 days", "annualValue": eur("10000"),
        "isolation": { "method": "MANAGER_ESTIMATE", "basisPoints": 4000 }, "confidenceBasisPoints": 7000,
    });
    merge(&mut estimate, more);
    estimate
}

fn eur(amount: &str) -> Value {
    json!({ "amount": amount, "currency": "EUR" })
}
