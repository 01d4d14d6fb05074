//! Asking: which budget pays, who decides, and what cannot be asked.

use serde_json::{Value, json};
use support::both_databases;
use upskill_domain::organization::{ImportRoster, RosterLine};

use super::{Desk, eur, merge, outside, reason};

const REQUEST: &str = "query($id: ID!) { fundingRequest(id: $id) {
  employee { name department { code } } budget { name } status round purpose policyVersion submittedAt decidedAt
  amount { amount currency } offer { courseId title providerName url price { amount } workloadMinutes }
  steps { position capacity status waitingSince assignee { externalId } } decisions { id } } }";

impl Desk {
    /// What HR's next roster says of somebody.
    pub(super) async fn roster(&self, change: impl Fn(&mut RosterLine), person: &str) {
        let mut line = RosterLine { line: 1, external_id: Some(person.to_owned()), ..RosterLine::default() };
        change(&mut line);
        let roster = ImportRoster { lines: vec![line], ..ImportRoster::default() };
        let report = self.app.app.organization().import_roster(&self.northwind.system, roster).await;
        assert_eq!(
            report
                .expect("the roster is taken")
                .count(|fate| matches!(fate, upskill_domain::organization::RowOutcome::Updated(_))),
            1
        );
    }
}

both_databases! {
    async fn c1_c4_a_request_keeps_what_was_asked_for(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let submitted = desk.submit("E1", "cloud", "120.50", json!({ "idempotencyKey": "s-1" })).await;
        let id = submitted.text("/submitFundingRequest/fundingRequest/id");
        let shown = desk.caller("E1").send(REQUEST, json!({ "id": id })).await;
        assert_eq!(shown.data("/fundingRequest"), json!({
            "employee": { "name": "Eva Engineer", "department": { "code": "ENG" } },
            // Eva asks; what the budget holds is not hers to see.
            "budget": null,
            "status": "SUBMITTED", "round": 1, "purpose": "To run our platform ourselves", "policyVersion": 1,
            "submittedAt": "2026-03-02T09:00:00Z", "decidedAt": null,
            "amount": { "amount": "120.50", "currency": "EUR" },
            "offer": {
                "courseId": null, "title": "cloud", "providerName": "Example College", "url": "https://example.org/cloud",
                "price": { "amount": "120.50" }, "workloadMinutes": 600,
            },
            "steps": [{ "position": 1, "capacity": "MANAGER", "status": "WAITING", "waitingSince": "2026-03-02T09:00:00Z", "assignee": { "externalId": "M1" } }],
            "decisions": [],
        }));
        let max = desk.caller("M1").send(REQUEST, json!({ "id": id })).await;
        assert_eq!(max.data("/fundingRequest/budget"), json!({ "name": "Learning" }));

        let before = desk.footprint().await;
        let replayed = desk.submit("E1", "cloud", "120.50", json!({ "idempotencyKey": "s-1" })).await;
        assert_eq!(replayed.data("/submitFundingRequest/fundingRequest/id"), json!(id));
        let reused = desk.submit("E1", "cloud", "120.51", json!({ "idempotencyKey": "s-1" })).await;
        assert_eq!(reused.refused("submitFundingRequest"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert_eq!(desk.footprint().await, before);
    }

    async fn the_nearest_money_pays(desk: Desk) {
        let payer = async |person: &str, course: &str, more: Value| {
            let id = desk.submit(person, course, "10", more).await.text("/submitFundingRequest/fundingRequest/id");
            desk.caller("H1").send("query($id: ID!) { fundingRequest(id: $id) { budget { name } } }", json!({ "id": id })).await
                .text("/fundingRequest/budget/name")
        };
        let none = desk.submit("E1", "cloud", "10", json!({})).await;
        assert_eq!(none.refused("submitFundingRequest"), ["NO_BUDGET input.budgetId"]);
        assert_eq!(
            reason(&none, "submitFundingRequest"),
            "there is no open budget for 2026-03-02; it takes one of the departments ENG, or the employer",
        );
        let (eng, ops) = (desk.department("ENG").await, desk.department("OPS").await);
        let employer = desk.budget("Employer", "100", json!({})).await;
        assert_eq!(payer("E1", "one", json!({})).await, "Employer");
        desk.budget("Engineering", "100", json!({ "ownedBy": { "departmentId": eng } })).await;
        desk.budget("Last year", "100", json!({
            "ownedBy": { "departmentId": ops }, "period": { "startsOn": "2025-01-01", "endsOn": "2025-12-31" },
        })).await;
        assert_eq!(payer("E1", "two", json!({})).await, "Engineering");
        assert_eq!(payer("E1", "three", json!({ "budgetId": employer })).await, "Employer");
        assert_eq!(payer("E3", "four", json!({})).await, "Employer");

        let operations = desk.budget("Operations", "100", json!({ "ownedBy": { "departmentId": ops } })).await;
        let foreign = desk.submit("E1", "five", "10", json!({ "budgetId": operations })).await;
        assert_eq!(foreign.refused("submitFundingRequest"), ["NO_BUDGET input.budgetId"]);
        assert_eq!(
            reason(&foreign, "submitFundingRequest"),
            format!("{operations} is no open budget for 2026-03-02 that this request may use; it takes one of the departments ENG, or the employer"),
        );
        let dollars = desk.submit("E1", "six", "0", json!({ "quote": { "amount": "10", "currency": "USD" } })).await;
        assert_eq!(dollars.refused("submitFundingRequest"), ["NO_EXCHANGE_RATE input.budgetId"]);
        assert_eq!(
            reason(&dollars, "submitFundingRequest"),
            "the price is in USD and the budget 'Engineering' in EUR, but there is no exchange rate from USD to EUR of \
             2026-03-02 or the 7 days before; ask FINANCE to set one, or name a budget in USD",
        );
        desk.budget("Dollars", "100", json!({ "currency": "USD" })).await;
        assert_eq!(payer("E1", "seven", json!({ "quote": { "amount": "10", "currency": "USD" } })).await, "Dollars");
    }

    async fn f8_the_next_person_up_decides_and_never_the_requester(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let decides = async |person: &str, course: &str| {
            let answer = desk.submit(person, course, "10", json!({})).await;
            let step = answer.data("/submitFundingRequest/fundingRequest/steps/0");
            (step["assignee"]["externalId"].clone(), step["capacity"].clone())
        };
        assert_eq!(decides("E1", "one").await, (json!("M1"), json!("MANAGER")));
        desk.roster(|line| line.status = Some("ON_LEAVE".to_owned()), "M1").await;
        assert_eq!(decides("E1", "two").await, (json!("C1"), json!("MANAGER")));
        // Clara has nobody above her; Hana owns the budget.
        assert_eq!(decides("C1", "three").await, (json!("H1"), json!("BUDGET_OWNER")));
        // Hana owns the budget and has a manager.
        assert_eq!(decides("H1", "four").await, (json!("C1"), json!("MANAGER")));
        desk.roster(|line| line.manager = Some(String::new()), "H1").await;
        let before = desk.footprint().await;
        let alone = desk.submit("H1", "five", "10", json!({})).await;
        assert_eq!(alone.refused("submitFundingRequest"), ["NO_APPROVER input.employeeId"]);
        assert_eq!(desk.footprint().await, before);
    }

    async fn f8_an_organization_change_makes_nobody_decide_for_themself(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let id = desk.request("M1", "cloud", "10").await;
        desk.roster(|line| line.status = Some("ON_LEAVE".to_owned()), "C1").await;
        let before = desk.footprint().await;
        assert_eq!(desk.approve("C1", &id).await.refused("approveFundingRequest"), ["APPROVER_ABSENT input.id"]);
        assert_eq!(desk.footprint().await, before);
        desk.roster(|line| line.status = Some("ACTIVE".to_owned()), "C1").await;
        // Max rises to the top and Clara reports to him: neither may decide it now.
        desk.roster(|line| line.manager = Some(String::new()), "M1").await;
        desk.roster(|line| line.manager = Some("M1".to_owned()), "C1").await;
        let before = desk.footprint().await;
        assert_eq!(desk.approve("M1", &id).await.code(), "FORBIDDEN");
        assert_eq!(desk.approve("C1", &id).await.refused("approveFundingRequest"), ["NO_LONGER_APPROVER input.id"]);
        assert_eq!(desk.footprint().await, before);
        // As it was.
        desk.roster(|line| line.manager = Some(String::new()), "C1").await;
        desk.roster(|line| line.manager = Some("C1".to_owned()), "M1").await;
        let approved = desk.approve("C1", &id).await;
        assert_eq!(approved.data("/approveFundingRequest/fundingRequest/status"), json!("APPROVED"));
    }

    async fn f13_one_live_request_and_a_round_for_every_attempt(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let first = desk.request("E1", "cloud", "10").await;
        let before = desk.footprint().await;
        let twice = desk.submit("E1", "cloud", "10", json!({})).await;
        assert_eq!(twice.refused("submitFundingRequest"), ["ALREADY_REQUESTED input.course"]);
        assert_eq!(
            reason(&twice, "submitFundingRequest"),
            format!("the request {first} asks for the same course and is still live; withdraw it first to ask anew"),
        );
        assert_eq!(desk.footprint().await, before);
        // Somebody else may ask for the same course, and the same person for another.
        desk.request("E2", "cloud", "10").await;
        desk.request("E1", "rust", "10").await;

        // Trap 10 and 11: rejected once, they may ask again, and the first answer stays readable.
        let why = json!({ "id": first, "reason": "WRONG_TIME", "text": "after the launch" });
        desk.act("M1", "rejectFundingRequest", why).await.data("/rejectFundingRequest/fundingRequest");
        let again = desk.submit("E1", "cloud", "12", json!({})).await;
        assert_eq!(again.data("/submitFundingRequest/fundingRequest/round"), json!(2));
        let second = again.text("/submitFundingRequest/fundingRequest/id");
        desk.act("E1", "withdrawFundingRequest", json!({ "id": second })).await.data("/withdrawFundingRequest/fundingRequest");
        let third = desk.submit("E1", "cloud", "12", json!({})).await;
        assert_eq!(third.data("/submitFundingRequest/fundingRequest/round"), json!(3));
        let history = desk.caller("E1").ask("{ viewer { fundingRequests(orderBy: { field: SUBMITTED_AT, direction: ASC }) { totalCount nodes {
          offer { title } round status decisions { verdict reason note } } } } }").await;
        assert_eq!(history.data("/viewer/fundingRequests/totalCount"), json!(4));
        assert_eq!(history.data("/viewer/fundingRequests/nodes/0"), json!({
            "offer": { "title": "cloud" }, "round": 1, "status": "REJECTED",
            "decisions": [{ "verdict": "REJECT", "reason": "WRONG_TIME", "note": "after the launch" }],
        }));
    }

    async fn every_refusal_of_a_submission_writes_nothing(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let before = desk.footprint().await;
        let course = |field: &str, value: Value| {
            let mut input = outside("cloud", "10", json!({}));
            input["course"]["outside"][field] = value;
            json!({ "course": input["course"] })
        };
        let cases = [
            (json!({ "purpose": " " }), "INVALID_PURPOSE input.purpose"),
            (json!({ "quote": null }), "QUOTE_NEEDED input.quote"),
            (json!({ "quote": eur("-1") }), "NEGATIVE_QUOTE input.quote"),
            (course("title", json!("")), "INVALID_TITLE input.course.outside.title"),
            (course("providerName", json!("")), "INVALID_PROVIDER_NAME input.course.outside.providerName"),
            (course("url", json!("ftp://example.org")), "INVALID_URL input.course.outside.url"),
            (course("workloadMinutes", json!(0)), "INVALID_WORKLOAD input.course.outside.workloadMinutes"),
            (json!({ "course": { "courseId": "course_00000000000000000000000001" } }), "UNKNOWN_COURSE input.course.courseId"),
            (json!({ "programId": "program_00000000000000000000000001" }), "UNKNOWN_PROGRAM input.programId"),
            (json!({ "budgetId": "budget_00000000000000000000000001" }), "NO_BUDGET input.budgetId"),
        ];
        for (more, refusal) in cases {
            assert_eq!(desk.submit("E1", "cloud", "10", more.clone()).await.refused("submitFundingRequest"), [refusal], "{more}");
        }
        let emil = desk.person("E2").await;
        for person in ["E1", "M1", "H1", "F1"] {
            let answer = desk.submit(person, "cloud", "10", json!({ "employeeId": emil })).await;
            assert_eq!(answer.code(), "FORBIDDEN", "{person}");
        }
        let both = desk.submit("E1", "cloud", "10", json!({ "course": { "courseId": "course_00000000000000000000000001", "outside": null } })).await;
        assert_eq!(both.json["data"], json!(null));
        assert_eq!(desk.footprint().await, before);
    }

    async fn withdrawing_is_for_the_person_and_before_the_decision(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let id = desk.request("E1", "cloud", "10").await;
        let withdraw = async |person: &str, more: Value| {
            let mut input = json!({ "id": id });
            merge(&mut input, more);
            desk.act(person, "withdrawFundingRequest", input).await
        };
        let before = desk.footprint().await;
        for person in ["M1", "C1", "H1", "F1"] {
            assert_eq!(withdraw(person, json!({})).await.code(), "FORBIDDEN", "{person}");
        }
        // Not visible, so not there.
        for person in ["E2", "M2", "A1", "W1", "X1"] {
            assert_eq!(withdraw(person, json!({})).await.code(), "NOT_FOUND", "{person}");
        }
        assert_eq!(withdraw("E1", json!({ "expectedVersion": 9 })).await.code(), "CONFLICT");
        assert_eq!(desk.footprint().await, before);

        let withdrawn = withdraw("E1", json!({ "expectedVersion": 1 })).await;
        assert_eq!(withdrawn.data("/withdrawFundingRequest/fundingRequest/status"), json!("WITHDRAWN"));
        assert_eq!(withdrawn.data("/withdrawFundingRequest/fundingRequest/steps"), json!([{ "status": "SKIPPED" }]));
        let before = desk.footprint().await;
        assert_eq!(withdraw("E1", json!({})).await.refused("withdrawFundingRequest"), ["NOT_PENDING input.id"]);
        assert_eq!(desk.approve("M1", &id).await.refused("approveFundingRequest"), ["NOT_PENDING input.id"]);
        assert_eq!(desk.footprint().await, before);
        desk.holds().await;
    }
}
