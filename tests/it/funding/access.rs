//! Who sees which budgets and requests.

use serde_json::{Value, json};
use support::both_databases;
use upskill_domain::organization::{ImportRoster, RosterLine};

use super::{CREATE, Desk, SUBMIT, eur, outside};

/// The names in a connection, in its order.
fn names(list: &Value, field: &str) -> Vec<String> {
    let nodes = list["nodes"].as_array().expect("nodes");
    nodes
        .iter()
        .map(|node| node.pointer(field).and_then(Value::as_str).unwrap_or_default().to_owned())
        .collect()
}

both_databases! {
    async fn budgets_are_for_owners_heads_approvers_and_roles(desk: Desk) {
        let (max, eng, ops) = (desk.person("M1").await, desk.department("ENG").await, desk.department("OPS").await);
        let hana = desk.caller("H1");
        let change = "mutation($input: ChangeDepartmentInput!) { changeDepartment(input: $input) { userErrors { code } } }";
        let head = json!({ "input": { "id": eng, "expectedVersion": 1, "headId": max } });
        hana.send(change, head).await.data("/changeDepartment");
        let below = hana.send(
            "mutation($input: CreateDepartmentInput!) { createDepartment(input: $input) { department { id } userErrors { code } } }",
            json!({ "input": { "code": "ENG-DATA", "name": "Data", "parentId": eng } }),
        ).await.text("/createDepartment/department/id");

        desk.budget("Employer", "100", json!({})).await;
        desk.budget("Engineering", "100", json!({ "ownedBy": { "departmentId": eng } })).await;
        desk.budget("Data", "100", json!({ "ownedBy": { "departmentId": below } })).await;
        desk.budget("Operations", "100", json!({ "ownedBy": { "departmentId": ops }, "ownerIds": [desk.person("E3").await] })).await;
        let list = async |person: &str| {
            let answer = desk.caller(person).ask("{ budgets { totalCount nodes { id name } } }").await;
            let list = answer.data("/budgets");
            let names = names(&list, "/name");
            assert_eq!(list["totalCount"], json!(names.len()));
            names
        };
        for person in ["H1", "H2", "F1", "A1"] {
            assert_eq!(list(person).await, ["Data", "Employer", "Engineering", "Operations"], "{person}");
        }
        assert_eq!(list("M1").await, ["Data", "Engineering"]);
        assert_eq!(list("E3").await, ["Operations"]);
        for person in ["E1", "E2", "C1", "M2", "W1", "X1"] {
            assert_eq!(list(person).await, Vec::<String>::new(), "{person}");
        }
        // Mia sees a budget while a request to it waits for her. Once it is decided she keeps the request and what she
        // decided it on.
        let id = desk.request("E3", "cloud", "10").await;
        assert_eq!(list("M2").await, ["Operations"]);
        desk.approve("M2", &id).await.data("/approveFundingRequest/fundingRequest");
        assert_eq!(list("M2").await, Vec::<String>::new());
        let kept = "query($id: ID!) { fundingRequest(id: $id) { budget { name } decisions { grounds { budgetName available { amount } } } } }";
        assert_eq!(desk.caller("M2").send(kept, json!({ "id": id })).await.data("/fundingRequest"), json!({
            "budget": null, "decisions": [{ "grounds": { "budgetName": "Operations", "available": { "amount": "100.00" } } }],
        }));
    }

    async fn a_budget_out_of_sight_is_not_there(desk: Desk) {
        let id = desk.budget("Learning", "100", json!({})).await;
        desk.app.southwind().await;
        let entry = desk.caller("F1").send("query($id: ID!) { budget(id: $id) { ledger { nodes { id } } } }", json!({ "id": id })).await
            .text("/budget/ledger/nodes/0/id");
        let look = "query($id: ID!, $entry: ID!) { budget(id: $id) { name } node(id: $id) { id } nodes(ids: [$id, $entry]) { id } }";
        let variables = json!({ "id": id, "entry": entry });
        let seen = desk.caller("A1").send(look, variables.clone()).await;
        assert_eq!(seen.data("/nodes"), json!([{ "id": id }, { "id": entry }]));
        let nothing = json!({ "budget": null, "node": null, "nodes": [null, null] });
        assert_eq!(desk.caller("E1").send(look, variables.clone()).await.data(""), nothing);
        for person in ["F1", "H1", "A1"] {
            assert_eq!(desk.app.caller("southwind", person).send(look, variables.clone()).await.data(""), nothing);
        }
        // Trap 9: another employer's budget cannot be acted on by its id either.
        let before = desk.footprint().await;
        let finn = desk.app.caller("southwind", "F1");
        let foreign = finn.send(
            "mutation($input: AllocateBudgetInput!) { allocateBudget(input: $input) { userErrors { code } } }",
            json!({ "input": { "id": id, "amount": eur("1") } }),
        ).await;
        assert_eq!(foreign.code(), "NOT_FOUND");
        let input = desk.budget_input("Mine", json!({ "parentId": id })).await;
        assert_eq!(finn.send(CREATE, json!({ "input": input })).await.refused("createBudget"), ["UNKNOWN_OWNER input.ownerIds"]);
        assert_eq!(desk.footprint().await, before);
        let wrong = desk.caller("F1").send("query($id: ID!) { budget(id: $id) { name } }", json!({ "id": entry })).await;
        assert!(wrong.message().contains("expected an id of Budget, got one of LedgerEntry"), "{wrong:?}");
        assert_eq!(desk.app.anonymous().ask("{ budgets { nodes { id } } }").await.code(), "UNAUTHENTICATED");
    }

    async fn requests_are_for_the_person_the_line_owners_and_roles(desk: Desk) {
        desk.budget("Learning", "100", json!({ "ownerIds": [desk.person("W1").await] })).await;
        for person in ["E1", "E3", "M1"] {
            desk.app.clock.advance(chrono::TimeDelta::minutes(1));
            desk.request(person, &format!("course-of-{person}"), "10").await;
        }
        let list = async |person: &str| {
            let answer = desk.caller(person).ask("{ fundingRequests { totalCount nodes { employee { externalId } } } }").await;
            let list = answer.data("/fundingRequests");
            let names = names(&list, "/employee/externalId");
            assert_eq!(list["totalCount"], json!(names.len()));
            names
        };
        for person in ["H1", "H2", "F1", "C1", "W1"] {
            assert_eq!(list(person).await, ["E1", "E3", "M1"], "{person}");
        }
        assert_eq!(list("M1").await, ["E1", "M1"]);
        assert_eq!(list("M2").await, ["E3"]);
        assert_eq!(list("E1").await, ["E1"]);
        for person in ["E2", "A1", "X1"] {
            assert_eq!(list(person).await, Vec::<String>::new(), "{person}");
        }
    }

    async fn who_leads_thousands_reads_the_same_in_the_lists_order(desk: Desk) {
        desk.budget("Learning", "100000", json!({})).await;
        let people = (0..2_001_u32).map(|number| RosterLine {
            line: number + 1,
            external_id: Some(format!("P{number:04}")),
            name: Some(format!("Person {number:04}")),
            manager: Some(if number == 0 { "M2".to_owned() } else { "P0000".to_owned() }),
            hired_on: Some("2024-01-01".to_owned()),
            ..RosterLine::default()
        });
        let roster = ImportRoster { lines: people.collect(), ..ImportRoster::default() };
        desk.app.app.organization().import_roster(&desk.northwind.system, roster).await.expect("imported");
        for person in ["E1", "P0000", "E3", "P2000", "M1", "M2"] {
            desk.app.clock.advance(chrono::TimeDelta::minutes(1));
            desk.request(person, "cloud", "10").await;
        }
        let page = "query($first: Int, $after: String, $filter: FundingRequestFilter) { fundingRequests(first: $first, after: $after, filter: $filter) {
          totalCount nodes { employee { externalId } } pageInfo { hasNextPage endCursor } } }";
        let read = async |person: &str, variables: Value| desk.caller(person).send(page, variables).await.data("/fundingRequests");
        // Mia leads more than 2,000 people, Max three, and Clara all of them.
        let seen = [("M2", vec!["P0000", "E3", "P2000", "M2"]), ("M1", vec!["E1", "M1"]), ("C1", vec!["E1", "P0000", "E3", "P2000", "M1", "M2"])];
        for (person, expected) in seen {
            let list = read(person, json!({ "first": 10 })).await;
            assert_eq!(names(&list, "/employee/externalId"), expected, "{person}");
            assert_eq!(list["totalCount"], json!(expected.len()));
            let first = read(person, json!({ "first": 1 })).await;
            let second = read(person, json!({ "first": 1, "after": first["pageInfo"]["endCursor"] })).await;
            assert_eq!(names(&second, "/employee/externalId"), [expected[1]], "{person}");
        }
        let (eva, pia) = (desk.person("E1").await, desk.person("P2000").await);
        let named = read("M2", json!({ "filter": { "employee": { "in": [eva, pia] } } })).await;
        assert_eq!((names(&named, "/employee/externalId"), &named["totalCount"]), (vec!["P2000".to_owned()], &json!(1)));
        let employed = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Employee { employment { hiredOn } } } }";
        let employed = desk.caller("M2").send(employed, json!({ "ids": [eva, pia] })).await;
        assert_eq!(employed.data("/nodes"), json!([{ "employment": null }, { "employment": { "hiredOn": "2024-01-01" } }]));
    }

    async fn a_request_out_of_sight_is_not_there_nor_is_what_hangs_on_it(desk: Desk) {
        desk.budget("Learning", "100", json!({})).await;
        let id = desk.approved("E1", "cloud", "10").await;
        let parts = desk.caller("E1").send("query($id: ID!) { fundingRequest(id: $id) { steps { id } decisions { id } } }", json!({ "id": id })).await;
        let (step, decision) = (parts.text("/fundingRequest/steps/0/id"), parts.text("/fundingRequest/decisions/0/id"));
        let look = "query($id: ID!, $ids: [ID!]!) { fundingRequest(id: $id) { id } nodes(ids: $ids) { id } }";
        let variables = json!({ "id": id, "ids": [id, step, decision] });
        for person in ["E1", "M1", "C1", "H2"] {
            let seen = desk.caller(person).send(look, variables.clone()).await;
            assert_eq!(seen.data("/nodes"), json!([{ "id": id }, { "id": step }, { "id": decision }]), "{person}");
        }
        desk.app.southwind().await;
        let strangers = ["E2", "M2", "A1", "W1"].map(|person| desk.caller(person)).into_iter();
        for stranger in strangers.chain([desk.app.caller("southwind", "H1")]) {
            let seen = stranger.send(look, variables.clone()).await;
            assert_eq!(seen.data(""), json!({ "fundingRequest": null, "nodes": [null, null, null] }));
        }
        // Aude sees the ledger, but not whose request an entry is about.
        let entry = "{ budgets { nodes { ledger(first: 1) { nodes { kind request { id } } } } } }";
        assert_eq!(desk.caller("A1").ask(entry).await.data("/budgets/nodes/0/ledger/nodes/0"), json!({ "kind": "RESERVE", "request": null }));
    }

    async fn lists_are_filtered_ordered_and_paged(desk: Desk) {
        let eng = desk.department("ENG").await;
        let root = desk.budget("Root", "900", json!({})).await;
        desk.budget("engineering", "300", json!({ "ownedBy": { "departmentId": eng }, "parentId": root })).await;
        desk.budget("Next year", "0", json!({ "period": { "startsOn": "2027-01-01", "endsOn": "2027-12-31" } })).await;
        let finn = desk.caller("F1");
        let budgets = async |arguments: &str| {
            let answer = finn.ask(&format!("{{ budgets({arguments}) {{ nodes {{ name }} }} }}")).await;
            names(&answer.data("/budgets"), "/name")
        };
        assert_eq!(budgets("first: 9").await, ["engineering", "Next year", "Root"]);
        assert_eq!(budgets("orderBy: { field: AVAILABLE, direction: DESC }").await, ["Root", "engineering", "Next year"]);
        assert_eq!(budgets("orderBy: { field: STARTS_ON }").await[2], "Next year");
        assert_eq!(budgets(&format!("filter: {{ department: {{ in: [\"{eng}\"] }} }}")).await, ["engineering"]);
        assert_eq!(budgets(&format!("filter: {{ parent: {{ in: [\"{root}\"] }} }}")).await, ["engineering"]);
        assert_eq!(budgets("filter: { rootsOnly: true, on: \"2026-12-31\" }").await, ["Root"]);
        assert_eq!(budgets("filter: { search: \"YEAR\" }").await, ["Next year"]);
        assert_eq!(budgets("filter: { status: { in: [DRAFT, ARCHIVED] } }").await, Vec::<String>::new());

        for (person, course, price) in [("E1", "a", "30"), ("E2", "b", "10"), ("E3", "c", "20")] {
            desk.app.clock.advance(chrono::TimeDelta::hours(1));
            desk.caller(person).send(SUBMIT, json!({ "input": outside(course, price, json!({})) })).await.data("/submitFundingRequest/fundingRequest");
        }
        let requests = async |arguments: String| {
            let answer = finn.ask(&format!("{{ fundingRequests({arguments}) {{ totalCount nodes {{ offer {{ title }} }} }} }}")).await;
            let list = answer.data("/fundingRequests");
            let titles = names(&list, "/offer/title");
            assert_eq!(list["totalCount"], json!(titles.len()));
            titles
        };
        let of = |filter: &str| requests(format!("filter: {{ {filter} }}"));
        let euros = "filter: { amount: { gte: { amount: \"0\", currency: \"EUR\" } } }";
        assert_eq!(requests(format!("orderBy: {{ field: AMOUNT }}, {euros}")).await, ["b", "c", "a"]);
        let unordered = finn.ask("{ fundingRequests(orderBy: { field: AMOUNT }) { nodes { id } } }").await;
        assert_eq!(
            (unordered.code(), unordered.message()),
            ("BAD_USER_INPUT", "amounts of different currencies have no order; name a currency in filter.amount"),
        );
        assert_eq!(of(&format!("department: {{ in: [\"{eng}\"] }}")).await, ["a", "b"]);
        assert_eq!(of(&format!("employee: {{ in: [\"{}\"] }}", desk.person("E3").await)).await, ["c"]);
        assert_eq!(of(&format!("budget: {{ in: [\"{root}\"] }}")).await, ["c"]);
        assert_eq!(of("submittedAt: { gte: \"2026-03-02T11:00:00Z\", lt: \"2026-03-02T12:00:00Z\" }").await, ["b"]);
        assert_eq!(of("amount: { gte: { amount: \"20\", currency: \"EUR\" } }").await, ["a", "c"]);
        assert_eq!(of("amount: { lte: { amount: \"20\", currency: \"EUR\" } }").await, ["b", "c"]);
        assert_eq!(of("amount: { lte: { amount: \"20\", currency: \"USD\" } }").await, Vec::<String>::new());
        assert_eq!(of("status: { in: [APPROVED] }").await, Vec::<String>::new());
        assert_eq!(of("course: { in: [\"course_00000000000000000000000001\"] }").await, Vec::<String>::new());
        assert_eq!(of("program: { in: [\"program_00000000000000000000000001\"] }").await, Vec::<String>::new());
        let mixed = finn.ask("{ fundingRequests(filter: { amount: { gte: { amount: \"1\", currency: \"EUR\" }, lte: { amount: \"1\", currency: \"USD\" } } }) { nodes { id } } }").await;
        assert_eq!(mixed.code(), "BAD_USER_INPUT");

        let page = "query($after: String) { fundingRequests(first: 2, after: $after, orderBy: { field: SUBMITTED_AT, direction: DESC }) {
          nodes { offer { title } } pageInfo { hasNextPage endCursor } } }";
        let first = finn.send(page, json!({})).await;
        assert_eq!(names(&first.data("/fundingRequests"), "/offer/title"), ["c", "b"]);
        let next = finn.send(page, json!({ "after": first.text("/fundingRequests/pageInfo/endCursor") })).await;
        assert_eq!(names(&next.data("/fundingRequests"), "/offer/title"), ["a"]);
        assert_eq!(next.data("/fundingRequests/pageInfo/hasNextPage"), json!(false));
    }
}
