//! F10: deciding in somebody's name for some days.

use serde_json::{Value, json};
use support::{Answer, both_databases};

use super::Desk;

const DELEGATE: &str = "mutation($input: DelegateApprovalsInput!) { delegateApprovals(input: $input) {
  delegation { id employee { externalId } delegate { externalId } fromOn untilOn endedAt createdBy { externalId } }
  userErrors { code field message } } }";

const END: &str = "mutation($input: EndDelegationInput!) { endDelegation(input: $input) {
  delegation { endedAt } userErrors { code field } } }";

const INBOX: &str = "{ viewer { approvals { totalCount nodes { onBehalfOf { externalId }
  request { offer { title } budget { name } } } } } }";

impl Desk {
    /// Max has somebody stand in from 2 March 2026 on.
    async fn delegate(&self, person: &str, until: &str, more: Value) -> Answer {
        let mut input =
            json!({ "delegateId": self.person(person).await, "fromOn": "2026-03-02", "untilOn": until });
        crate::funding::merge(&mut input, more);
        self.caller("M1").send(DELEGATE, json!({ "input": input })).await
    }

    /// What is in somebody's inbox: title, in whose name, and whether the budget is shown.
    async fn waiting(&self, person: &str) -> Vec<String> {
        let answer = self.caller(person).ask(INBOX).await.data("/viewer/approvals");
        let nodes = answer["nodes"].as_array().expect("nodes");
        assert_eq!(answer["totalCount"], json!(nodes.len()));
        let text =
            |node: &Value, at: &str| node.pointer(at).and_then(Value::as_str).unwrap_or("-").to_owned();
        let told = nodes.iter().map(|node| {
            let parts = ["/request/offer/title", "/onBehalfOf/externalId", "/request/budget/name"];
            parts.map(|at| text(node, at)).join(" ")
        });
        told.collect()
    }

    /// Looks at the calendar as the worker does.
    async fn look_at_the_calendar(&self) {
        self.app.app.funding().mark_delegations(self.northwind.id).await.expect("the calendar is looked at");
    }
}

both_databases! {
    async fn f10_a_substitute_sees_and_decides_in_the_name_of_another(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let id = desk.request("E1", "cloud", "100").await;
        let key = json!({ "idempotencyKey": "away" });
        let delegated = desk.delegate("E2", "2026-03-04", key.clone()).await;
        let delegation = delegated.text("/delegateApprovals/delegation/id");
        assert_eq!(delegated.data("/delegateApprovals/delegation"), json!({
            "id": delegation, "employee": { "externalId": "M1" }, "delegate": { "externalId": "E2" },
            "fromOn": "2026-03-02", "untilOn": "2026-03-04", "endedAt": null, "createdBy": { "externalId": "M1" },
        }));
        let mut witness = desk.app.witness().await;
        let again = desk.delegate("E2", "2026-03-04", key.clone()).await;
        assert_eq!(again.text("/delegateApprovals/delegation/id"), delegation);
        let reused = desk.delegate("E2", "2026-03-05", key).await;
        assert_eq!(reused.refused("delegateApprovals"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert!(!witness.wrote().await);

        assert_eq!(desk.waiting("E2").await, ["cloud M1 Learning"]);
        assert_eq!(desk.waiting("M1").await, ["cloud - Learning"]);
        let approved = desk.approve("E2", &id).await;
        assert_eq!(approved.data("/approveFundingRequest/fundingRequest/status"), json!("APPROVED"));
        let decisions = "query($id: ID!) { fundingRequest(id: $id) { decisions { capacity decidedBy { externalId } onBehalfOf { externalId } } } }";
        assert_eq!(desk.caller("F1").send(decisions, json!({ "id": id })).await.data("/fundingRequest/decisions"), json!([
            { "capacity": "MANAGER", "decidedBy": { "externalId": "E2" }, "onBehalfOf": { "externalId": "M1" } },
        ]));
        desk.app.seal().await;
        let journal = desk.caller("A1").ask("{ journalEntries(last: 1) { nodes { kind capacity payload actor { externalId } } } }").await;
        assert_eq!(journal.data("/journalEntries/nodes/0/actor/externalId"), json!("E2"));
        let max = desk.person("M1").await;
        assert!(journal.text("/journalEntries/nodes/0/payload").contains(&format!(r#""onBehalfOf":"{max}""#)));
        desk.holds().await;
    }

    async fn f8_a_substitute_never_decides_their_own_request_and_none_that_others_were_given(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let own = desk.request("E2", "own", "100").await;
        let other = desk.request("E1", "other", "100").await;
        desk.delegate("E2", "2026-03-04", json!({})).await.text("/delegateApprovals/delegation/id");
        // Emil has Ella stand in for what waits for him; what he decides for Max does not wait for him.
        let input = json!({ "delegateId": desk.person("E3").await, "fromOn": "2026-03-02", "untilOn": "2026-03-04" });
        desk.caller("E2").send(DELEGATE, json!({ "input": input })).await.text("/delegateApprovals/delegation/id");
        assert_eq!(desk.waiting("E2").await, ["other M1 Learning"]);
        assert_eq!(desk.waiting("E3").await, Vec::<String>::new());
        let before = desk.footprint().await;
        let refused = desk.approve("E2", &own).await;
        assert_eq!(refused.refused("approveFundingRequest"), ["OWN_REQUEST input.id"]);
        assert_eq!(desk.approve("E3", &other).await.code(), "NOT_FOUND");
        assert_eq!(desk.footprint().await, before);
    }

    async fn f10_it_begins_and_ends_with_its_days_or_before(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let (first, second) = (desk.request("E1", "first", "100").await, desk.request("E1", "second", "100").await);
        let later = json!({ "fromOn": "2026-03-03" });
        desk.delegate("E2", "2026-03-03", later).await.text("/delegateApprovals/delegation/id");
        assert_eq!(desk.approve("E2", &first).await.code(), "NOT_FOUND");
        assert_eq!(desk.waiting("E2").await, Vec::<String>::new());
        // A day begins at midnight in Berlin.
        desk.app.clock.advance(chrono::TimeDelta::hours(14));
        desk.look_at_the_calendar().await;
        assert_eq!(desk.waiting("E2").await, ["first M1 Learning", "second M1 Learning"]);
        desk.approve("E2", &first).await.data("/approveFundingRequest/fundingRequest/status");
        desk.app.clock.advance(chrono::TimeDelta::days(1));
        assert_eq!(desk.approve("E2", &second).await.code(), "NOT_FOUND", "by the days, whoever has looked at the calendar");
        desk.look_at_the_calendar().await;
        assert_eq!(desk.waiting("E2").await, Vec::<String>::new());

        let next = desk.delegate("E2", "2026-12-01", json!({ "fromOn": "2026-03-04" })).await;
        let next = next.text("/delegateApprovals/delegation/id");
        assert_eq!(desk.waiting("E2").await, ["second M1 Learning"]);
        let ended = desk.caller("M1").send(END, json!({ "input": { "id": next } })).await;
        assert_eq!(ended.data("/endDelegation/delegation/endedAt"), json!("2026-03-03T23:00:00Z"));
        assert_eq!(desk.waiting("E2").await, Vec::<String>::new());
        let mut witness = desk.app.witness().await;
        let again = desk.caller("M1").send(END, json!({ "input": { "id": next } })).await;
        assert_eq!(again.refused("endDelegation"), ["OVER input.id"]);
        assert!(!witness.wrote().await);
    }

    async fn f10_what_cannot_be_arranged_is_refused(desk: Desk) {
        let first = desk.delegate("E2", "2026-03-10", json!({})).await;
        first.text("/delegateApprovals/delegation/id");
        let mut witness = desk.app.witness().await;
        let refused = async |person: &str, until: &str, more: Value| {
            desk.delegate(person, until, more).await.refused("delegateApprovals")
        };
        assert_eq!(refused("M1", "2026-03-20", json!({})).await, ["ONESELF input.delegateId"]);
        assert_eq!(refused("L1", "2026-03-20", json!({})).await, ["UNKNOWN_DELEGATE input.delegateId"]);
        assert_eq!(refused("E1", "2026-03-20", json!({ "fromOn": "2026-03-10" })).await, ["OVERLAPS input.fromOn"]);
        assert_eq!(refused("E1", "2026-03-01", json!({ "fromOn": "2026-03-01" })).await, ["OVER input.untilOn"]);
        assert_eq!(refused("E1", "2027-03-20", json!({})).await, ["TOO_LONG input.untilOn"]);
        assert_eq!(desk.delegate("E1", "2026-03-01", json!({})).await.code(), "BAD_USER_INPUT");
        let lara = json!({ "employeeId": desk.person("L1").await });
        assert_eq!(desk.delegate("E1", "2026-03-20", lara.clone()).await.code(), "FORBIDDEN");
        let mut input = json!({ "delegateId": desk.person("E1").await, "fromOn": "2026-03-02", "untilOn": "2026-03-03" });
        crate::funding::merge(&mut input, lara);
        let gone = desk.caller("H1").send(DELEGATE, json!({ "input": input })).await;
        assert_eq!(gone.refused("delegateApprovals"), ["UNKNOWN_EMPLOYEE input.employeeId"]);
        assert!(!witness.wrote().await);
        // Next to each other is not over each other.
        desk.delegate("E1", "2026-03-20", json!({ "fromOn": "2026-03-11" })).await.text("/delegateApprovals/delegation/id");
        let list = "{ approvalDelegations { totalCount } now: approvalDelegations(filter: { on: \"2026-03-02\" }) { totalCount } }";
        for (person, all, now) in [("M1", 2, 1), ("E2", 1, 1), ("E1", 1, 0), ("H1", 2, 1), ("C1", 0, 0)] {
            let told = desk.caller(person).ask(list).await;
            assert_eq!(told.data(""), json!({ "approvalDelegations": { "totalCount": all }, "now": { "totalCount": now } }), "{person}");
        }
    }

    async fn f9_a_substitute_does_not_decide_twice(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let steps = json!([{ "who": { "relation": "MANAGER" } }, { "who": { "employeeId": desk.person("F1").await } }]);
        desk.policy(json!({ "currency": "EUR", "steps": steps })).await;
        let id = desk.request("E1", "cloud", "100").await;
        desk.delegate("F1", "2026-03-04", json!({})).await.text("/delegateApprovals/delegation/id");
        desk.approve("F1", &id).await.data("/approveFundingRequest/fundingRequest/status");
        let before = desk.footprint().await;
        assert_eq!(desk.approve("F1", &id).await.refused("approveFundingRequest"), ["DECIDED_BEFORE input.id"]);
        assert_eq!(desk.footprint().await, before);
    }
}
