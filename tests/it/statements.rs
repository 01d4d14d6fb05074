//! How many statements a query takes: a fixed number, however long the page is.
//!
//! Counted where the pool sends them, transactions and loaders included. The number includes the one that looks up who
//! is asking. A lower number is good news: write it here, so that it stays.

mod accounts;
mod ceilings;
mod growth;
mod learning;
mod mentoring;
mod roi;
mod skills;

use std::fmt::Write as _;

use serde_json::json;
use support::{TestApp, both_databases};

use ceilings::{CATALOG_CEILINGS, CEILINGS, Ceiling, FUNDING_CEILINGS, ROI_CEILINGS};
use growth::{fund, grow, legislate, populate, quote_rates, stand_in, teach};
use roi::{measure, watch};

/// Asserts that every document takes as many statements as its row says.
async fn compare(app: &TestApp, ceilings: &[Ceiling]) {
    let mut differences = String::new();
    for (person, document, ceiling) in ceilings {
        let caller = app.caller("northwind", person);
        for first in [3, 50] {
            let (answer, statements) =
                upskill_persistence::counted(caller.send(document, json!({ "first": first }))).await;
            assert_eq!(answer.json.get("errors"), None, "{document}: {}", answer.json);
            if statements != *ceiling {
                let _ = writeln!(
                    differences,
                    "{statements} instead of {ceiling} with first: {first}: {document}"
                );
            }
        }
    }
    assert!(differences.is_empty(), "{differences}");
}

/// How many statements a look at what would become of Eva's request takes: for herself, for HR, and for her manager,
/// whose place above her is looked up.
const PREVIEWS: [(&str, u64); 3] = [("E1", 17), ("H1", 16), ("M1", 18)];

/// How many statements the impact of a policy takes when so many requests were submitted: the caller, the policy, the employer
/// and an empty batch; and for each batch of a thousand two more, the requests and their people.
const IMPACTS: [(u64, u64); 2] = [(0, 4), (48, 6)];

/// A course with something to learn and a budget that pays for it.
async fn offer(app: &TestApp) -> serde_json::Value {
    let (finn, hana) = (app.caller("northwind", "F1"), app.caller("northwind", "H1"));
    let found = "query($s: String) { employees(filter: { search: $s }) { nodes { id } } }";
    let person =
        async |name: &str| finn.send(found, json!({ "s": name })).await.text("/employees/nodes/0/id");
    let rows = ["Dear", "Cheap"].map(|code| {
        let price = if code == "Dear" { "90" } else { "9" };
        json!({
            "code": code, "title": code, "price": { "amount": price, "currency": "EUR" }, "provider": "A College",
            "providerKind": "COLLEGE", "skills": ["Rust", "Learning"], "skillLevel": 2,
        })
    });
    let import = "mutation($input: ImportCoursesInput!) { importCourses(input: $input) { report { created } userErrors { message } } }";
    hana.send(import, json!({ "input": { "rows": rows, "publish": true } }))
        .await
        .data("/importCourses/report");
    let create = "mutation($input: CreateBudgetInput!) { createBudget(input: $input) { budget { id } userErrors { message } } }";
    let input = json!({
        "name": "First", "ownerIds": [person("Hana").await], "allocation": { "amount": "500", "currency": "EUR" },
        "period": { "startsOn": "2026-01-01", "endsOn": "2026-12-01" },
    });
    let budget = finn.send(create, json!({ "input": input })).await.text("/createBudget/budget/id");
    let open =
        "mutation($id: ID!) { openBudget(input: { id: $id }) { budget { id } userErrors { message } } }";
    finn.send(open, json!({ "id": budget })).await.data("/openBudget/budget/id");
    let course = "{ courses(filter: { code: { in: [\"Dear\"] } }) { nodes { id } } }";
    let course = hana.ask(course).await.text("/courses/nodes/0/id");
    json!({ "input": { "employeeId": person("Eva").await, "course": { "courseId": course } } })
}

/// How many statements everybody's look takes.
async fn looks(app: &TestApp, variables: &serde_json::Value) -> Vec<(&'static str, u64)> {
    let document =
        "query($input: FundingPreviewInput!) { fundingPreview(input: $input) { outcome findings { code }
      budget { name before { available { amount } } } steps { assignee { name } }
      alternatives { ... on CourseAlternative { course { title } } } } }";
    let mut counts = Vec::new();
    for (person, _) in PREVIEWS {
        let caller = app.caller("northwind", person);
        let (look, statements) = upskill_persistence::counted(caller.send(document, variables.clone())).await;
        assert_eq!(look.data("/fundingPreview/alternatives/0/course/title"), json!("Cheap"));
        counts.push((person, statements));
    }
    counts
}

both_databases! {
    async fn a_preview_takes_as_many_statements_however_large_the_company_is(app: TestApp) {
        let northwind = app.northwind().await;
        let variables = offer(&app).await;
        assert_eq!(looks(&app, &variables).await, PREVIEWS);
        grow(&app, &northwind).await;
        teach(&app).await;
        fund(&app).await;
        assert_eq!(looks(&app, &variables).await, PREVIEWS);
    }

    async fn the_catalog_takes_as_many_statements_however_long_a_page_is(app: TestApp) {
        populate(&app).await;
        teach(&app).await;
        compare(&app, CATALOG_CEILINGS).await;
    }

    async fn funding_takes_as_many_statements_however_long_a_page_is(app: TestApp) {
        populate(&app).await;
        fund(&app).await;
        legislate(&app).await;
        stand_in(&app).await;
        quote_rates(&app).await;
        compare(&app, FUNDING_CEILINGS).await;
    }

    async fn the_impact_of_a_policy_takes_as_many_statements_however_much_was_asked_for(app: TestApp) {
        populate(&app).await;
        legislate(&app).await;
        let hana = app.caller("northwind", "H1");
        let draft = hana.ask("{ fundingPolicies(first: 1, filter: { status: { in: [DRAFT] } }) { nodes { id } } }").await;
        let id = json!({ "id": draft.text("/fundingPolicies/nodes/0/id") });
        let impact = "query($id: ID!) { fundingPolicyImpact(id: $id) { submitted { requests } refusedByRule { code example }
          chains { approvers { relation named } tally { requests amounts { amount } } } } }";
        for (requests, ceiling) in IMPACTS {
            if requests > 0 {
                fund(&app).await;
            }
            let (told, statements) = upskill_persistence::counted(hana.send(impact, id.clone())).await;
            assert_eq!(told.data("/fundingPolicyImpact/submitted/requests"), json!(requests), "{}", told.json);
            assert_eq!(statements, ceiling, "{requests} requests");
        }
    }

    async fn the_feed_takes_a_statement_for_each_batch_however_many_follow_it(app: TestApp) {
        let northwind = app.northwind().await;
        grow(&app, &northwind).await;
        for limit in [3, 250] {
            let (entries, statements) = upskill_persistence::counted(app.app.journal().sealed_after(northwind.id, 0, limit)).await;
            assert_eq!(entries.expect("entries").len(), usize::try_from(limit).expect("a length"));
            assert_eq!(statements, 1, "{limit} entries");
        }
    }

    async fn the_return_on_investment_takes_as_many_statements_however_long_a_page_is(app: TestApp) {
        populate(&app).await;
        teach(&app).await;
        measure(&app).await;
        compare(&app, ROI_CEILINGS).await;
        watch(&app).await;
    }

    async fn a_list_of_decisions_takes_the_same_for_each(app: TestApp) {
        populate(&app).await;
        fund(&app).await;
        let clara = app.caller("northwind", "C1");
        let waiting = clara.ask("{ viewer { approvals(first: 24) { nodes { request { id } } } } }").await;
        let id = |at: usize| waiting.text(&format!("/viewer/approvals/nodes/{at}/request/id"));
        let decide = "mutation($input: DecideFundingRequestsInput!) { decideFundingRequests(input: $input) { report { approved failed results {
          outcome userErrors { code } fundingRequest { employee { name } budget { balance { available { amount } } } decisions { verdict } }
          reservation { balance { available { amount } } } } } } }";
        let (mut next, mut statements) = (0, Vec::new());
        for count in [2, 12] {
            let decisions: Vec<_> = (next..next + count).map(|at| json!({ "id": id(at), "verdict": { "approve": {} } })).collect();
            next += count;
            let variables = json!({ "input": { "decisions": decisions, "idempotencyKey": "list" } });
            // Done, and told again.
            for _ in 0..2 {
                let sent = clara.send(decide, variables.clone());
                let (answer, number) = upskill_persistence::counted(sent).await;
                assert_eq!(answer.data("/decideFundingRequests/report/approved"), json!(count), "{}", answer.json);
                statements.push(number);
            }
        }
        // For each decision what one takes alone, and five when it is told again. For all of them the caller, the people,
        // the budget and the decisions.
        let of = |each: u64| [2, 12].map(|count| 4 + each * count);
        let (done, told_again) = (of(13), of(5));
        assert_eq!(statements, [done[0], told_again[0], done[1], told_again[1]]);
    }

    async fn a_page_takes_as_many_statements_however_long_it_is(app: TestApp) {
        populate(&app).await;
        compare(&app, CEILINGS).await;
    }

    async fn whatever_has_an_id_is_looked_up_together(app: TestApp) {
        populate(&app).await;
        teach(&app).await;
        let hugo = app.caller("northwind", "H2");
        let lists = ["skills", "providers", "courses", "programs", "participants"];
        let ask = lists.map(|list| format!("{list}(first: 50) {{ nodes {{ id }} }}"));
        let found = hugo.ask(&format!("{{ {} }}", ask.join(" "))).await;
        for list in lists {
            let ids: Vec<_> = (0..50).map(|at| found.text(&format!("/{list}/nodes/{at}/id"))).collect();
            let nodes = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
            let (answer, statements) = upskill_persistence::counted(hugo.send(nodes, json!({ "ids": ids }))).await;
            assert!(answer.data("/nodes").as_array().is_some_and(|nodes| nodes.iter().all(|node| !node.is_null())));
            assert_eq!(statements, 2, "the caller and the {list}");
        }
    }

    async fn things_by_id_are_looked_up_together(app: TestApp) {
        populate(&app).await;
        let caller = app.caller("northwind", "E1");
        let found = caller.ask("{ employees(first: 50) { nodes { id } } departments(first: 40) { nodes { id } } }").await;
        let ids = |list: &str, count: usize| -> Vec<_> {
            (0..count).map(|at| found.text(&format!("/{list}/nodes/{at}/id"))).collect()
        };
        let nodes = "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Employee { name manager { name } } } }";
        for (people, departments) in [(1, 1), (50, 40)] {
            let ids = [ids("employees", people), ids("departments", departments)].concat();
            let (answer, statements) = upskill_persistence::counted(caller.send(nodes, json!({ "ids": ids }))).await;
            assert_eq!(answer.data("/nodes").as_array().map(Vec::len), Some(ids.len()));
            // The caller, the people, the departments and the people's managers.
            assert_eq!(statements, 4, "{people} people and {departments} departments");
        }
        let aude = app.caller("northwind", "A1");
        let found = aude.ask("{ roleGrants(first: 50) { nodes { id } } journalEntries(first: 50) { nodes { id } } }").await;
        for count in [1, 50] {
            let ids: Vec<_> = ["roleGrants", "journalEntries"]
                .iter()
                .flat_map(|list| (0..count).map(move |at| format!("/{list}/nodes/{at}/id")))
                .map(|pointer| found.text(&pointer))
                .collect();
            let variables = json!({ "ids": ids });
            let nodes = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
            let (answer, statements) = upskill_persistence::counted(aude.send(nodes, variables)).await;
            assert!(answer.data("/nodes").as_array().is_some_and(|nodes| nodes.iter().all(|node| !node.is_null())));
            // The caller, the grants and the entries.
            assert_eq!(statements, 3, "{count} grants and entries");
        }
    }
}
