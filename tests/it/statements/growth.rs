//! A company that has grown, with everything in it that lists are long of.

use serde_json::json;
use support::TestApp;
use support::story::Employer;
use upskill_domain::organization::{ImportRoster, RosterLine};

/// Northwind with a few hundred people.
pub(super) async fn populate(app: &TestApp) {
    let northwind = app.northwind().await;
    grow(app, &northwind).await;
}

/// A few hundred people: every fifth leads the next four, in a department of its own, with changes by different people.
pub(super) async fn grow(app: &TestApp, northwind: &Employer) {
    let lines = (0..240_u32).map(|number| {
        let leader = number - number % 5;
        RosterLine {
            line: number + 1,
            external_id: Some(format!("P{number:03}")),
            name: Some(format!("Person {number:03}")),
            department: Some(format!("D{leader:03}")),
            manager: Some(if number == leader { "C1".to_owned() } else { format!("P{leader:03}") }),
            hired_on: Some("2024-01-01".to_owned()),
            ..RosterLine::default()
        }
    });
    let roster = ImportRoster { lines: lines.collect(), create_departments: true, dry_run: false };
    let report = app.app.organization().import_roster(&northwind.system, roster).await.expect("imported");
    assert_eq!(report.rows.len(), 240);
    let xenia = app.caller("northwind", "X1");
    let people = xenia.ask("{ employees(first: 60, filter: { search: \"Person\" }) { nodes { id } } }").await;
    for number in 0..60 {
        let employee = people.text(&format!("/employees/nodes/{number}/id"));
        let grant = "mutation($id: ID!) { grantRole(input: { employeeId: $id, role: AUDITOR }) { userErrors { code } } }";
        assert_eq!(
            xenia.send(grant, json!({ "id": employee })).await.data("/grantRole/userErrors"),
            json!([])
        );
    }
    let (eng, departments) = (department(app, "ENG").await, departments(app).await);
    let hana = app.caller("northwind", "H1");
    for (number, id) in departments.iter().enumerate() {
        let head = people.text(&format!("/employees/nodes/{number}/id"));
        let change = "mutation($input: ChangeDepartmentInput!) { changeDepartment(input: $input) { userErrors { code } } }";
        let input = json!({ "id": id, "expectedVersion": 1, "parentId": eng, "headId": head });
        assert_eq!(
            hana.send(change, json!({ "input": input })).await.data("/changeDepartment/userErrors"),
            json!([])
        );
    }
    app.seal().await;
}

/// The id of a department by its code.
async fn department(app: &TestApp, code: &str) -> String {
    let found = "query($s: String) { departments(filter: { search: $s }) { nodes { id } } }";
    app.caller("northwind", "E1").send(found, json!({ "s": code })).await.text("/departments/nodes/0/id")
}

/// The ids of the departments that the people were put into.
async fn departments(app: &TestApp) -> Vec<String> {
    let found = "{ departments(first: 100, filter: { search: \"D\" }) { nodes { id code } } }";
    let found = app.caller("northwind", "E1").ask(found).await.data("/departments/nodes");
    let numbered = found.as_array().expect("departments").iter().filter(|department| {
        department["code"].as_str().is_some_and(|code| code.len() == 4 && code.starts_with('D'))
    });
    numbered.map(|department| department["id"].as_str().expect("an id").to_owned()).collect()
}

/// Two budgets, one below the other, and requests of sixty people, half of them decided.
pub(super) async fn fund(app: &TestApp) {
    let finn = app.caller("northwind", "F1");
    let hana = finn
        .ask("{ employees(filter: { search: \"Hana\" }) { nodes { id } } }")
        .await
        .text("/employees/nodes/0/id");
    let create = "mutation($input: CreateBudgetInput!) { createBudget(input: $input) { budget { id } userErrors { message } } }";
    let open = "mutation($id: ID!) { openBudget(input: { id: $id }) { userErrors { message } } }";
    let mut parent = None::<String>;
    for (name, amount) in [("Above", "5000"), ("Below", "1000")] {
        let input = json!({
            "name": name, "ownerIds": [hana], "parentId": parent, "allocation": { "amount": amount, "currency": "EUR" },
            "period": { "startsOn": "2026-01-01", "endsOn": "2026-12-31" },
        });
        let id = finn.send(create, json!({ "input": input })).await.text("/createBudget/budget/id");
        finn.send(open, json!({ "id": id })).await.data("/openBudget");
        parent = Some(id);
    }
    let submit = "mutation($input: SubmitFundingRequestInput!) { submitFundingRequest(input: $input) {
      fundingRequest { id } userErrors { message } } }";
    let approve = "mutation($id: ID!) { approveFundingRequest(input: { id: $id }) { fundingRequest { id } userErrors { message } } }";
    for number in (0..240).filter(|number| number % 5 == 0) {
        let person = app.caller("northwind", &format!("P{number:03}"));
        let input = json!({
            "course": { "outside": { "title": "Cloud", "providerName": "A College", "url": "https://example.org/cloud" } },
            "quote": { "amount": "10", "currency": "EUR" }, "purpose": "statements",
        });
        let id = person
            .send(submit, json!({ "input": input }))
            .await
            .text("/submitFundingRequest/fundingRequest/id");
        if number % 10 == 0 {
            let clara = app.caller("northwind", "C1");
            clara.send(approve, json!({ "id": id })).await.data("/approveFundingRequest/fundingRequest/id");
        }
    }
}

/// Drafts of funding policies, all of them with something to look up.
pub(super) async fn legislate(app: &TestApp) {
    let hana = app.caller("northwind", "H1");
    let found = hana.ask("{ employees(filter: { search: \"Hana\" }) { nodes { id } } departments(first: 1) { nodes { id } } }").await;
    let (person, department) = (found.text("/employees/nodes/0/id"), found.text("/departments/nodes/0/id"));
    let draft = "mutation($input: DraftFundingPolicyInput!) { draftFundingPolicy(input: $input) { fundingPolicy { id } userErrors { message } } }";
    for number in 0..8 {
        let rules = json!({
            "currency": "EUR", "eligibility": { "departmentIds": [department] },
            "steps": [{ "who": { "relation": "MANAGER" } }, { "who": { "employeeId": person } }],
        });
        let input = json!({ "name": format!("Policy {number}"), "from": { "rules": rules } });
        hana.send(draft, json!({ "input": input })).await.text("/draftFundingPolicy/fundingPolicy/id");
    }
}

/// Substitutes for a good part of the company, and days on which its people are away.
pub(super) async fn stand_in(app: &TestApp) {
    let hana = app.caller("northwind", "H1");
    let people = hana.ask("{ employees(first: 60, filter: { search: \"Person\" }) { nodes { id } } }").await;
    let delegate = "mutation($input: DelegateApprovalsInput!) { delegateApprovals(input: $input) { delegation { id } userErrors { message } } }";
    let record = "mutation($input: RecordAbsenceInput!) { recordAbsence(input: $input) { absence { id } userErrors { message } } }";
    for number in 1..60 {
        let input = json!({
            "employeeId": people.text(&format!("/employees/nodes/{number}/id")), "delegateId": people.text("/employees/nodes/0/id"),
            "fromOn": "2026-03-02", "untilOn": "2026-03-20",
        });
        hana.send(delegate, json!({ "input": input })).await.text("/delegateApprovals/delegation/id");
        let person = people.text(&format!("/employees/nodes/{number}/id"));
        let away = json!({ "employeeId": person, "fromOn": "2027-03-01", "untilOn": "2027-03-05" });
        hana.send(record, json!({ "input": away })).await.text("/recordAbsence/absence/id");
    }
}

/// Exchange rates of many days, set by Finn.
pub(super) async fn quote_rates(app: &TestApp) {
    let days = (1..=28).flat_map(|day| ["USD", "GBP", "CHF"].map(|from| (day, from)));
    let rate = |(day, from): (i32, &str)| json!({ "from": from, "to": "EUR", "day": format!("2026-02-{day:02}"), "rate": "1.1", "source": "A bank" });
    let rates: Vec<_> = days.map(rate).collect();
    let set = "mutation($input: SetExchangeRatesInput!) { setExchangeRates(input: $input) { userErrors { message } } }";
    let finn = app.caller("northwind", "F1");
    let set = finn.send(set, json!({ "input": { "rates": rates } })).await;
    assert_eq!(set.data("/setExchangeRates/userErrors"), json!([]));
}

/// Courses of several providers, programs that teach them, and people who are invited into them.
pub(super) async fn teach(app: &TestApp) {
    let hana = app.caller("northwind", "H1");
    let rows = (0..60).map(|number| {
        json!({
            "code": format!("C{number:03}"), "title": format!("Course {number:03}"), "price": { "amount": "10", "currency": "EUR" },
            "provider": format!("Provider {number:03}"), "providerKind": "COLLEGE",
            "skills": [format!("Skill {number:03}"), "Learning"], "skillLevel": 2,
        })
    });
    let import = "mutation($input: ImportCoursesInput!) { importCourses(input: $input) { report { created } userErrors { message } } }";
    let report =
        hana.send(import, json!({ "input": { "rows": rows.collect::<Vec<_>>(), "publish": true } })).await;
    assert_eq!(report.data("/importCourses/report/created"), json!(60));
    let found = "{ courses(first: 60) { nodes { id } } skills(first: 60) { nodes { id } } departments(first: 60) { nodes { id } }
      employees(first: 60, filter: { search: \"Person\" }) { nodes { id } } }";
    let found = hana.ask(found).await;
    let create = "mutation($input: CreateProgramInput!) { createProgram(input: $input) { program { id } userErrors { message } } }";
    let activate = "mutation($id: ID!) { activateProgram(input: { id: $id }) { userErrors { message } } }";
    let invite = "mutation($input: InviteParticipantsInput!) { inviteParticipants(input: $input) { userErrors { message } } }";
    let people: Vec<_> = (0..60).map(|at| found.text(&format!("/employees/nodes/{at}/id"))).collect();
    for (number, owner) in people.iter().enumerate() {
        let thing = |list: &str, count: usize| found.text(&format!("/{list}/nodes/{}/id", number % count));
        let input = json!({
            "name": format!("Program {number:03}"), "ownerId": owner, "startsOn": "2026-01-01", "endsOn": "2026-12-31",
            "targetSkills": [{ "skillId": thing("skills", 60), "level": 3 }],
            "departmentIds": [thing("departments", 40)], "courseIds": [thing("courses", 60)],
        });
        let id = hana.send(create, json!({ "input": input })).await.text("/createProgram/program/id");
        assert_eq!(
            hana.send(activate, json!({ "id": id })).await.data("/activateProgram/userErrors"),
            json!([])
        );
        let input = json!({ "programId": id, "employeeIds": [owner] });
        let invited = hana.send(invite, json!({ "input": input })).await;
        assert_eq!(invited.data("/inviteParticipants/userErrors"), json!([]));
    }
}
