//! Organization through the API: directory, departments, roster, roles.

mod absences;
mod departments;
mod founding;
mod leavers;
mod roles;
mod rosters;

use serde_json::json;
use support::{TestApp, both_databases};

const EMPLOYEE: &str = "query($id: ID!) {
  employee(id: $id) {
    name externalId email jobTitle
    department { code } manager { name manager { name } }
    employment { status hiredOn weeklyMinutes }
  }
}";

const CREATE: &str = "mutation($input: CreateDepartmentInput!) {
  createDepartment(input: $input) { department { id code name parent { code } head { name } version } userErrors { code field message } }
}";

const CHANGE: &str = "mutation($input: ChangeDepartmentInput!) {
  changeDepartment(input: $input) { department { name parent { code } head { name } version } userErrors { code field } }
}";

const IMPORT: &str = "mutation($input: ImportRosterInput!) {
  importRoster(input: $input) {
    report { dryRun created updated unchanged refused departmentsCreated rows { row externalId outcome problem } }
    userErrors { code field }
  }
}";

const GRANT: &str = "mutation($input: GrantRoleInput!) {
  grantRole(input: $input) { roleGrant { role employee { name } grantedBy { name } } userErrors { code field } }
}";

const REVOKE: &str = "mutation($input: RevokeRoleInput!) {
  revokeRole(input: $input) { roleGrant { role employee { name } } userErrors { code field } }
}";

async fn department(app: &TestApp, code: &str) -> String {
    let answer = app
        .caller("northwind", "E1")
        .send(
            "query($s: String) { departments(filter: { search: $s }) { nodes { id } } }",
            json!({ "s": code }),
        )
        .await;
    answer.text("/departments/nodes/0/id")
}

both_databases! {
    async fn a_colleague_sees_the_directory_but_not_the_employment(app: TestApp) {
        let northwind = app.northwind().await;
        let eva = app.person(&northwind, "E1").await.to_string();
        let seen_by = async |person: &str| app.caller("northwind", person).send(EMPLOYEE, json!({ "id": eva })).await;

        let colleague = seen_by("E3").await;
        assert_eq!(colleague.data("/employee"), json!({
            "name": "Eva Engineer", "externalId": "E1", "email": "e1@example.org", "jobTitle": null,
            "department": { "code": "ENG" }, "manager": { "name": "Max Manager", "manager": { "name": "Clara Chief" } },
            "employment": null,
        }));
        let employment = json!({ "status": "ACTIVE", "hiredOn": "2020-01-01", "weeklyMinutes": 2400 });
        for person in ["E1", "M1", "C1", "H1", "H2"] {
            assert_eq!(seen_by(person).await.data("/employee/employment"), employment, "{person}");
        }
        for person in ["E2", "M2", "F1", "A1", "W1", "X1"] {
            assert_eq!(seen_by(person).await.data("/employee/employment"), json!(null), "{person}");
        }
    }

    async fn people_are_listed_filtered_and_paged_both_ways(app: TestApp) {
        let northwind = app.northwind().await;
        let eva = app.caller("northwind", "E1");
        let list = "query($first: Int, $after: String, $last: Int, $before: String) {
          employees(first: $first, after: $after, last: $last, before: $before) {
            totalCount nodes { externalId } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";

        let first = eva.send(list, json!({ "first": 5 })).await;
        // By name; Lara has left and is not in the directory.
        assert_eq!(first.data("/employees/totalCount"), json!(12));
        let ids = |answer: &support::Answer| -> Vec<String> {
            let nodes = answer.data("/employees/nodes");
            nodes.as_array().expect("nodes").iter().map(|node| node["externalId"].as_str().unwrap_or("").to_owned()).collect()
        };
        assert_eq!(ids(&first), ["A1", "C1", "E3", "E2", "E1"]);
        assert_eq!(first.data("/employees/pageInfo/hasNextPage"), json!(true));

        let next = eva.send(list, json!({ "first": 20, "after": first.text("/employees/pageInfo/endCursor") })).await;
        assert_eq!(ids(&next), ["F1", "H1", "H2", "M1", "M2", "W1", "X1"]);
        assert_eq!(next.data("/employees/pageInfo/hasNextPage"), json!(false));
        assert_eq!(next.data("/employees/pageInfo/hasPreviousPage"), json!(true));

        let back = eva.send(list, json!({ "last": 2, "before": next.text("/employees/pageInfo/startCursor") })).await;
        assert_eq!(ids(&back), ["E2", "E1"]);
        assert_eq!(back.data("/employees/pageInfo/hasPreviousPage"), json!(true));

        let stranger = eva.send(
            "query($after: String) { employees(after: $after, orderBy: { field: EXTERNAL_ID }) { nodes { name } } }",
            json!({ "after": first.text("/employees/pageInfo/endCursor") }),
        ).await;
        assert_eq!(stranger.code(), "BAD_USER_INPUT");
        assert_eq!(stranger.message(), "after belongs to a list with another filter or order; start without it");

        let left = "{ employees(filter: { status: { in: [LEFT] } }) { nodes { externalId } } }";
        assert_eq!(ids(&app.caller("northwind", "H1").ask(left).await), ["L1"]);
        assert_eq!(eva.ask(left).await.code(), "FORBIDDEN");

        let max = app.person(&northwind, "M1").await.to_string();
        let reports = eva.send("query($id: ID!) { employee(id: $id) { reports { nodes { externalId } } } }", json!({ "id": max })).await;
        assert_eq!(reports.data("/employee/reports/nodes"), json!([{ "externalId": "E2" }, { "externalId": "E1" }]));
    }

    async fn hr_creates_a_department_once(app: TestApp) {
        let northwind = app.northwind().await;
        let hana = app.caller("northwind", "H1");
        let max = app.person(&northwind, "M1").await.to_string();
        let parent = department(&app, "ENG").await;
        let input = json!({ "input": {
            "code": "ENG-DATA", "name": "Data", "parentId": parent, "headId": max, "idempotencyKey": "k-1",
        } });
        let created = hana.send(CREATE, input.clone()).await;
        let expected = json!({
            "id": created.text("/createDepartment/department/id"), "code": "ENG-DATA", "name": "Data",
            "parent": { "code": "ENG" }, "head": { "name": "Max Manager" }, "version": 1,
        });
        assert_eq!(created.data("/createDepartment/department"), expected);

        let (departments, entries) = (app.rows("department").await, app.rows("journal_entry").await);
        let replayed = hana.send(CREATE, input).await;
        assert_eq!(replayed.data("/createDepartment/department"), expected);
        let reused = hana.send(CREATE, json!({ "input": { "code": "OTHER", "name": "Data", "idempotencyKey": "k-1" } })).await;
        assert_eq!(reused.refused("createDepartment"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        let bad_key = hana.send(CREATE, json!({ "input": { "code": "OTHER", "name": "Data", "idempotencyKey": "" } })).await;
        assert_eq!(bad_key.code(), "BAD_USER_INPUT");
        assert_eq!((app.rows("department").await, app.rows("journal_entry").await), (departments, entries));
    }

    async fn every_refusal_of_a_department_writes_nothing(app: TestApp) {
        let northwind = app.northwind().await;
        let hana = app.caller("northwind", "H1");
        let lara = app.person(&northwind, "L1").await.to_string();
        let (departments, entries) = (app.rows("department").await, app.rows("journal_entry").await);
        let cases = [
            (json!({ "code": "ENG", "name": "x" }), "CODE_TAKEN input.code"),
            (json!({ "code": " ", "name": "x" }), "INVALID_CODE input.code"),
            (json!({ "code": "c", "name": "a\u{0}b" }), "INVALID_NAME input.name"),
            (json!({ "code": "c", "name": "x", "parentId": "department_00000000000000000000000001" }), "UNKNOWN_PARENT input.parentId"),
            (json!({ "code": "c", "name": "x", "headId": lara }), "UNKNOWN_HEAD input.headId"),
        ];
        for (input, refusal) in cases {
            let answer = hana.send(CREATE, json!({ "input": input })).await;
            assert_eq!(answer.refused("createDepartment"), [refusal]);
        }
        for person in ["E1", "M1", "H2", "F1", "A1", "W1", "X1"] {
            let answer = app.caller("northwind", person).send(CREATE, json!({ "input": { "code": "c", "name": "x" } })).await;
            assert_eq!(answer.code(), "FORBIDDEN", "{person}");
        }
        assert_eq!((app.rows("department").await, app.rows("journal_entry").await), (departments, entries));
    }

    async fn a_department_changes_unless_somebody_was_faster_or_it_would_stand_above_itself(app: TestApp) {
        app.northwind().await;
        let hana = app.caller("northwind", "H1");
        let (eng, ops) = (department(&app, "ENG").await, department(&app, "OPS").await);
        let change = async |input| hana.send(CHANGE, json!({ "input": input })).await;

        let moved = change(json!({ "id": ops, "expectedVersion": 1, "parentId": eng, "name": "Operations" })).await;
        assert_eq!(moved.data("/changeDepartment/department"), json!({
            "name": "Operations", "parent": { "code": "ENG" }, "head": null, "version": 2,
        }));
        let entries = app.rows("journal_entry").await;
        let stale = change(json!({ "id": ops, "expectedVersion": 1, "name": "Old" })).await;
        assert_eq!(stale.code(), "CONFLICT");
        assert_eq!(stale.message(), "the department has changed since: expected version 1, it is now 2; read it again");
        let circle = change(json!({ "id": eng, "expectedVersion": 1, "parentId": ops })).await;
        assert_eq!(circle.refused("changeDepartment"), ["CLOSES_CYCLE input.parentId"]);
        let missing = change(json!({ "id": "department_00000000000000000000000001", "expectedVersion": 1 })).await;
        assert_eq!(missing.code(), "NOT_FOUND");
        assert_eq!(app.rows("journal_entry").await, entries);
        let top = change(json!({ "id": ops, "expectedVersion": 2, "parentId": null })).await;
        assert_eq!(top.data("/changeDepartment/department/parent"), json!(null));
    }

    async fn o2_a_roster_lands_as_far_as_it_can(app: TestApp) {
        app.northwind().await;
        let hana = app.caller("northwind", "H1");
        let rows = json!([
            { "externalId": "N2", "name": "Nora New", "manager": "N1", "hiredOn": "2026-03-01", "department": "ENG" },
            { "externalId": "N1", "name": "Nils New", "manager": "M1", "hiredOn": "2026-03-01", "weeklyHours": "19.5" },
            { "externalId": "M1", "manager": "E1" },
            { "externalId": "E1", "jobTitle": "Data engineer" },
            { "externalId": "E2" },
            { "externalId": "N3", "name": "No Date" },
            { "externalId": "N4", "name": "No Boss", "manager": "ZZ", "hiredOn": "2026-03-01" },
            { "externalId": "N1", "name": "Twice", "hiredOn": "2026-03-01" },
            { "externalId": "N5", "name": "Bad Mail", "email": "nope", "hiredOn": "2026-03-01" },
        ]);
        let before = (app.rows("employee").await, app.rows("journal_entry").await);
        let dry = hana.send(IMPORT, json!({ "input": { "rows": rows, "dryRun": true } })).await;
        assert_eq!((app.rows("employee").await, app.rows("journal_entry").await), before);
        let wet = hana.send(IMPORT, json!({ "input": { "rows": rows } })).await;
        assert_eq!(dry.data("/importRoster/report/rows"), wet.data("/importRoster/report/rows"));
        assert_eq!(wet.data("/importRoster/report"), json!({
            "dryRun": false, "created": 2, "updated": 1, "unchanged": 1, "refused": 5, "departmentsCreated": [],
            "rows": [
                { "row": 1, "externalId": "N2", "outcome": "CREATED", "problem": null },
                { "row": 2, "externalId": "N1", "outcome": "CREATED", "problem": null },
                { "row": 3, "externalId": "M1", "outcome": "REFUSED", "problem":
                    "Max Manager (M1) cannot report to Eva Engineer (E1): Eva Engineer (E1) reports to Max Manager (M1), directly or through others" },
                { "row": 4, "externalId": "E1", "outcome": "UPDATED", "problem": null },
                { "row": 5, "externalId": "E2", "outcome": "UNCHANGED", "problem": null },
                { "row": 6, "externalId": "N3", "outcome": "REFUSED", "problem":
                    "hired_on is missing; it is required for a person who is not on the roster yet" },
                { "row": 7, "externalId": "N4", "outcome": "REFUSED", "problem":
                    "manager 'ZZ' is neither on the roster nor on a row that can be taken" },
                { "row": 8, "externalId": "N1", "outcome": "REFUSED", "problem": "external_id 'N1' stands on line 2 already" },
                { "row": 9, "externalId": "N5", "outcome": "REFUSED", "problem": "email 'nope' is not an e-mail address" },
            ],
        }));
        assert_eq!(app.rows("employee").await, before.0 + 2);
        assert_eq!(app.rows("journal_entry").await, before.1 + 3);

        let nora = "{ employees(filter: { externalId: { in: [\"N2\"] } }) { nodes { name manager { name employment { weeklyMinutes } } } } }";
        assert_eq!(hana.ask(nora).await.data("/employees/nodes"), json!([
            { "name": "Nora New", "manager": { "name": "Nils New", "employment": { "weeklyMinutes": 1170 } } },
        ]));
        let empty = hana.send(IMPORT, json!({ "input": { "rows": [] } })).await;
        assert_eq!(empty.refused("importRoster"), ["EMPTY input.rows"]);
        let forbidden = app.caller("northwind", "M1").send(IMPORT, json!({ "input": { "rows": rows } })).await;
        assert_eq!(forbidden.code(), "FORBIDDEN");
    }

    async fn o3_roles_are_granted_revoked_and_derived(app: TestApp) {
        let northwind = app.northwind().await;
        let xenia = app.caller("northwind", "X1");
        let eva = app.person(&northwind, "E1").await.to_string();
        let admin = app.person(&northwind, "X1").await.to_string();
        let roles = async |person: &str| app.caller("northwind", person).ask("{ viewer { roles } }").await.data("/viewer/roles");

        assert_eq!(roles("M1").await, json!(["MANAGER"]));
        assert_eq!(roles("H1").await, json!(["MANAGER", "HR_ADMIN"]));
        let granted = xenia.send(GRANT, json!({ "input": { "employeeId": eva, "role": "FINANCE" } })).await;
        assert_eq!(granted.data("/grantRole/roleGrant"), json!({
            "role": "FINANCE", "employee": { "name": "Eva Engineer" }, "grantedBy": { "name": "Xenia Admin" },
        }));
        assert_eq!(roles("E1").await, json!(["FINANCE"]));

        let before = (app.rows("role_grant").await, app.rows("journal_entry").await);
        let refusals = [
            (GRANT, "grantRole", json!({ "employeeId": eva, "role": "FINANCE" }), "ALREADY_GRANTED input.role"),
            (GRANT, "grantRole", json!({ "employeeId": eva, "role": "MANAGER" }), "DERIVED input.role"),
            (GRANT, "grantRole", json!({ "employeeId": "employee_00000000000000000000000001", "role": "FINANCE" }), "UNKNOWN_EMPLOYEE input.employeeId"),
            (REVOKE, "revokeRole", json!({ "employeeId": eva, "role": "AUDITOR" }), "NOT_GRANTED input.role"),
            (REVOKE, "revokeRole", json!({ "employeeId": admin, "role": "EMPLOYER_ADMIN" }), "LAST_ADMIN input.role"),
        ];
        for (document, mutation, input, refusal) in refusals {
            assert_eq!(xenia.send(document, json!({ "input": input })).await.refused(mutation), [refusal]);
        }
        for person in ["E2", "M1", "H1", "H2", "F1", "A1", "W1"] {
            let caller = app.caller("northwind", person);
            for document in [GRANT, REVOKE] {
                let answer = caller.send(document, json!({ "input": { "employeeId": eva, "role": "FINANCE" } })).await;
                assert_eq!(answer.code(), "FORBIDDEN", "{person}");
            }
        }
        assert_eq!((app.rows("role_grant").await, app.rows("journal_entry").await), before);

        let revoked = xenia.send(REVOKE, json!({ "input": { "employeeId": eva, "role": "FINANCE" } })).await;
        assert_eq!(revoked.data("/revokeRole/roleGrant/role"), json!("FINANCE"));
        assert_eq!(roles("E1").await, json!([]));
        let grants = xenia.ask("{ roleGrants { totalCount nodes { role employee { externalId } } } }").await;
        assert_eq!(grants.data("/roleGrants/totalCount"), json!(6));
    }

    async fn who_has_left_is_not_let_in(app: TestApp) {
        app.northwind().await;
        let answer = app.caller("northwind", "L1").ask("{ viewer { roles } }").await;
        assert_eq!((answer.status, answer.code()), (401, "UNAUTHENTICATED"));
        let nobody = app.caller("northwind", "Z9").ask("{ viewer { roles } }").await;
        assert_eq!((nobody.status, nobody.code()), (401, "UNAUTHENTICATED"));
        let nowhere = app.caller("westwind", "E1").ask("{ viewer { roles } }").await;
        assert_eq!((nowhere.status, nowhere.code()), (401, "UNAUTHENTICATED"));
        let anonymous = app.anonymous().ask("{ viewer { roles } }").await;
        assert_eq!(anonymous.code(), "UNAUTHENTICATED");
    }
}
