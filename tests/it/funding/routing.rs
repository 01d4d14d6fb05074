//! F11: what was with the wrong person goes to somebody who may decide it.

use serde_json::{Value, json};
use support::{Answer, both_databases};
use upskill_api::worker::follow_organization;

use super::Desk;

const STEPS: &str = "query($id: ID!) { fundingRequest(id: $id) { steps {
  assignee { externalId } capacity status strandedAt waitingSince dueAt } } }";

const INBOX: &str = "{ viewer { approvals { nodes { request { offer { title } } } } } }";

impl Desk {
    /// Follows the organization as the worker does.
    pub(super) async fn follow(&self) {
        self.app.seal().await;
        let failed = follow_organization(&self.app.app, 3).await.expect("the employers are there");
        assert!(failed.is_empty(), "{failed:?}");
    }

    /// Who holds the steps of a request, in which capacity, and where they are.
    pub(super) async fn chain(&self, id: &str) -> Vec<String> {
        let steps = self.caller("F1").send(STEPS, json!({ "id": id })).await.data("/fundingRequest/steps");
        let text =
            |step: &Value, at: &str| step.pointer(at).and_then(Value::as_str).unwrap_or("-").to_owned();
        let told =
            steps.as_array().expect("steps").iter().map(|step| {
                ["/assignee/externalId", "/capacity", "/status"].map(|at| text(step, at)).join(" ")
            });
        told.collect()
    }

    /// The titles in somebody's inbox.
    pub(super) async fn inbox(&self, person: &str) -> Vec<String> {
        let nodes = self.caller(person).ask(INBOX).await.data("/viewer/approvals/nodes");
        let title = |node: &Value| node["request"]["offer"]["title"].as_str().expect("a title").to_owned();
        nodes.as_array().expect("nodes").iter().map(title).collect()
    }

    /// What the journal says of one kind of event, the oldest first.
    pub(super) async fn told(&self, kind: &str) -> Vec<Value> {
        self.app.seal().await;
        let document = "query($kind: [String!]!) { journalEntries(filter: { kind: { in: $kind } }) { nodes { payload actor { externalId } } } }";
        let answer = self.caller("A1").send(document, json!({ "kind": [kind] })).await;
        let entries = answer.data("/journalEntries/nodes");
        let payload = |entry: &Value| {
            assert_eq!(entry["actor"], json!(null));
            serde_json::from_str(entry["payload"].as_str().expect("a payload")).expect("JSON")
        };
        entries.as_array().expect("entries").iter().map(payload).collect()
    }

    async fn step_of(&self, id: &str, place: usize) -> String {
        let document = "query($id: ID!) { fundingRequest(id: $id) { steps { id } } }";
        let answer = self.caller("F1").send(document, json!({ "id": id })).await;
        answer.text(&format!("/fundingRequest/steps/{place}/id"))
    }

    async fn owner(&self, mutation: &str, budget: &str, person: &str) -> Answer {
        self.act("F1", mutation, json!({ "id": budget, "employeeId": self.person(person).await })).await
    }
}

both_databases! {
    async fn f11_who_is_no_longer_above_decides_nothing_and_the_step_goes_to_who_is(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let (id, other) = (desk.request("E1", "cloud", "100").await, desk.request("E2", "other", "100").await);
        desk.follow().await;
        assert_eq!(desk.told("funding.step_rerouted").await.len(), 0);
        desk.app.clock.advance(chrono::TimeDelta::hours(1));
        desk.roster(|line| line.manager = Some("M2".to_owned()), "E1").await;

        // Until somebody has followed, the step is where it was, and nobody decides it by what they were.
        let before = desk.footprint().await;
        assert_eq!(desk.approve("M1", &id).await.refused("approveFundingRequest"), ["NO_LONGER_APPROVER input.id"]);
        let no = json!({ "id": id, "reason": "OTHER", "text": "No longer mine" });
        assert_eq!(desk.act("M1", "rejectFundingRequest", no).await.refused("rejectFundingRequest"), ["NO_LONGER_APPROVER input.id"]);
        assert_eq!(desk.footprint().await, before);

        let step = desk.step_of(&id, 0).await;
        desk.follow().await;
        assert_eq!((desk.chain(&id).await, desk.chain(&other).await), (vec!["M2 MANAGER WAITING".to_owned()], vec!["M1 MANAGER WAITING".to_owned()]));
        assert_eq!((desk.inbox("M1").await, desk.inbox("M2").await), (vec!["other".to_owned()], vec!["cloud".to_owned()]));
        let [eva, max, mia] = [desk.person("E1").await, desk.person("M1").await, desk.person("M2").await];
        assert_eq!(desk.told("funding.step_rerouted").await, [json!({
            "request": id, "employee": eva, "step": step, "from": max, "to": mia, "capacity": "MANAGER",
            "reason": "RELATION_LOST",
        })]);
        let steps = desk.caller("F1").send(STEPS, json!({ "id": id })).await;
        assert_eq!(steps.data("/fundingRequest/steps/0/waitingSince"), json!("2026-03-02T10:00:00Z"));

        let mut witness = desk.app.witness().await;
        assert_eq!(desk.approve("M1", &id).await.code(), "NOT_FOUND");
        assert!(!witness.wrote().await);
        let stale = json!({ "id": id, "expectedVersion": 1 });
        assert_eq!(desk.act("M2", "approveFundingRequest", stale).await.code(), "CONFLICT");
        assert_eq!(desk.approve("M2", &id).await.data("/approveFundingRequest/fundingRequest/status"), json!("APPROVED"));
        assert_eq!(desk.layers(&budget).await[2], "100.00");
        desk.holds().await;
    }

    async fn f11_a_leavers_steps_go_up_once_however_many_workers_follow(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let mut ids = Vec::new();
        for course in ["one", "two", "three", "four", "five"] {
            ids.push(desk.request("E1", course, "10").await);
        }
        ids.push(desk.request("E2", "six", "10").await);
        desk.roster(|line| (line.status, line.left_on) = (Some("LEFT".to_owned()), Some("2026-03-01".to_owned())), "M1").await;
        desk.app.seal().await;
        let workers = (0..6).map(|_| {
            let app = desk.app.app.clone();
            tokio::spawn(async move { follow_organization(&app, 2).await })
        });
        for worker in workers.collect::<Vec<_>>() {
            let failed = worker.await.expect("no panic").expect("the employers are there");
            assert!(failed.is_empty(), "{failed:?}");
        }
        for id in &ids {
            assert_eq!(desk.chain(id).await, ["C1 MANAGER WAITING"]);
        }
        let told = desk.told("funding.step_rerouted").await;
        assert_eq!((told.len(), &told[0]["reason"]), (6, &json!("LEFT")));
        assert_eq!(desk.inbox("C1").await.len(), 6);
        desk.follow().await;
        let mut witness = desk.app.witness().await;
        desk.follow().await;
        assert!(!witness.wrote().await);
        // Who comes back finds nothing taken back.
        desk.roster(|line| (line.status, line.left_on) = (Some("ACTIVE".to_owned()), Some(String::new())), "M1").await;
        desk.follow().await;
        assert_eq!(desk.chain(&ids[0]).await, ["C1 MANAGER WAITING"]);
        // Nobody who has left is asked anew.
        assert_eq!(desk.told("funding.step_rerouted").await.len(), 6);
    }

    async fn f11_who_goes_on_leave_keeps_what_somebody_stands_in_for(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let id = desk.request("E1", "cloud", "100").await;
        let input = json!({ "delegateId": desk.person("E2").await, "fromOn": "2026-03-02", "untilOn": "2026-03-09" });
        let delegate = "mutation($input: DelegateApprovalsInput!) { delegateApprovals(input: $input) { delegation { id } userErrors { code } } }";
        let delegation = desk.caller("M1").send(delegate, json!({ "input": input })).await.text("/delegateApprovals/delegation/id");
        desk.roster(|line| line.status = Some("ON_LEAVE".to_owned()), "M1").await;
        desk.follow().await;
        assert_eq!((desk.chain(&id).await, desk.inbox("E2").await), (vec!["M1 MANAGER WAITING".to_owned()], vec!["cloud".to_owned()]));
        let end = "mutation($input: EndDelegationInput!) { endDelegation(input: $input) { userErrors { code } } }";
        assert_eq!(desk.caller("H1").send(end, json!({ "input": { "id": delegation } })).await.data("/endDelegation/userErrors"), json!([]));
        desk.follow().await;
        assert_eq!(desk.chain(&id).await, ["C1 MANAGER WAITING"]);
        assert_eq!(desk.told("funding.step_rerouted").await[0]["reason"], json!("AWAY"));
        assert_eq!((desk.inbox("E2").await, desk.inbox("M1").await), (Vec::<String>::new(), Vec::<String>::new()));
    }

    async fn f11_heads_owners_and_holders_of_roles_are_followed_too(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({ "ownerIds": [desk.person("F1").await] })).await;
        desk.app.clock.advance(chrono::TimeDelta::hours(1));
        assert_eq!(desk.owner("addBudgetOwner", &budget, "H2").await.data("/addBudgetOwner/userErrors"), json!([]));
        desk.head("ENG", "E2").await;
        let steps = json!([
            { "who": { "relation": "DEPARTMENT_HEAD" }, "dueWithinDays": 5 }, { "who": { "relation": "BUDGET_OWNER" } },
            { "who": { "role": "HR_ADMIN" } },
        ]);
        desk.policy(json!({ "currency": "EUR", "steps": steps, "onePersonMayDecideTwice": true })).await;
        let id = desk.request("E1", "cloud", "100").await;
        assert_eq!(desk.chain(&id).await, ["E2 DEPARTMENT_HEAD WAITING", "F1 BUDGET_OWNER PENDING", "H1 ROLE_HOLDER PENDING"]);

        // Mia takes over from Hana, Hugo from Finn, and Max from Emil.
        let grant = "mutation($input: GrantRoleInput!) { grantRole(input: $input) { userErrors { code } } }";
        let revoke = "mutation($input: RevokeRoleInput!) { revokeRole(input: $input) { userErrors { code } } }";
        for (document, person) in [(grant, "M2"), (revoke, "H1")] {
            let input = json!({ "employeeId": desk.person(person).await, "role": "HR_ADMIN" });
            desk.caller("X1").send(document, json!({ "input": input })).await.data("");
        }
        assert_eq!(desk.owner("removeBudgetOwner", &budget, "F1").await.data("/removeBudgetOwner/userErrors"), json!([]));
        let engineering = desk.department("ENG").await;
        let change = "mutation($input: ChangeDepartmentInput!) { changeDepartment(input: $input) { userErrors { code } } }";
        let input = json!({ "id": engineering, "expectedVersion": 2, "headId": desk.person("M1").await });
        assert_eq!(desk.caller("M2").send(change, json!({ "input": input })).await.data("/changeDepartment/userErrors"), json!([]));
        let before = desk.footprint().await;
        assert_eq!(desk.approve("E2", &id).await.refused("approveFundingRequest"), ["NO_LONGER_APPROVER input.id"]);
        assert_eq!(desk.footprint().await, before);
        desk.follow().await;
        assert_eq!(desk.chain(&id).await, ["M1 DEPARTMENT_HEAD WAITING", "H2 BUDGET_OWNER PENDING", "M2 ROLE_HOLDER PENDING"]);
        assert_eq!(desk.told("funding.step_rerouted").await.len(), 3);
        for person in ["M1", "H2", "M2"] {
            desk.approve(person, &id).await.data("/approveFundingRequest/fundingRequest/status");
        }
        assert_eq!(desk.layers(&budget).await[2], "100.00");
        desk.holds().await;
    }

    async fn f11_where_nobody_is_left_hr_is_told_once_until_somebody_is(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({ "ownerIds": [desk.person("F1").await] })).await;
        // Nobody is above Clara, so an owner of the budget decides.
        let id = desk.request("C1", "board", "100").await;
        desk.roster(|line| line.status = Some("ON_LEAVE".to_owned()), "F1").await;
        for _ in 0..2 {
            desk.follow().await;
        }
        let told = desk.told("funding.step_stranded").await;
        let [clara, finn, hana] = [desk.person("C1").await, desk.person("F1").await, desk.person("H1").await];
        assert_eq!(told, [json!({
            "request": id, "employee": clara, "step": desk.stranded(&id).await.0, "assignee": finn, "reason": "AWAY",
            "told": [hana],
        })]);
        assert_eq!(desk.stranded(&id).await.1, json!("2026-03-02T09:00:00Z"));
        let added = json!({ "id": budget, "employeeId": desk.person("M1").await });
        assert_eq!(desk.act("H1", "addBudgetOwner", added).await.data("/addBudgetOwner/userErrors"), json!([]));
        desk.follow().await;
        assert_eq!(desk.stranded(&id).await.1, json!(null));
        assert_eq!(desk.inbox("M1").await, ["board"]);
        assert_eq!(desk.told("funding.step_rerouted").await.len(), 1);
        assert_eq!(desk.approve("M1", &id).await.data("/approveFundingRequest/fundingRequest/status"), json!("APPROVED"));
    }
}

impl Desk {
    /// The first step of a request, and since when nobody may decide it, as Hana sees them.
    pub(super) async fn stranded(&self, id: &str) -> (String, Value) {
        let document = "query($id: ID!) { fundingRequest(id: $id) { steps { id strandedAt } } }";
        let answer = self.caller("H1").send(document, json!({ "id": id })).await;
        (answer.text("/fundingRequest/steps/0/id"), answer.data("/fundingRequest/steps/0/strandedAt"))
    }
}
