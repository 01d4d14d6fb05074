//! Following budgets, requests and the inbox.

use serde_json::{Value, json};
use support::socket::beginning;
use support::{Listening, Socket, both_databases};

use super::Desk;
use crate::authorization::EVERYBODY;

const REQUEST: &str =
    "subscription($id: ID!, $after: String) { fundingRequestChanged(id: $id, after: $after) {
  kind fundingRequest { id status decisions { verdict } } } }";

const BUDGET: &str = "subscription($id: ID!, $after: String) { budgetChanged(id: $id, after: $after) {
  kind budget { balance { reserved { amount } available { amount } } } } }";

const VIEWER: &str = "subscription($after: String) { viewerEvents(after: $after) {
  kind subjectId subject { ... on FundingRequest { status } } } }";

impl Desk {
    async fn socket(&self, server: &Listening, person: &str) -> Socket {
        self.app.socket(server, person).await
    }

    /// Where the journal ends once everything is sealed.
    async fn sealed(&self) -> Value {
        self.app.seal().await;
        self.caller("E1").ask("{ viewer { eventCursor } }").await.data("/viewer/eventCursor")
    }
}

both_databases! {
    async fn a_request_is_followed_from_submission_to_settlement(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let id = desk.request("E1", "cloud", "400").await;
        let server = desk.app.listen().await;
        let after = desk.sealed().await;
        let mut eva = desk.socket(&server, "E1").await;
        eva.ask("1", REQUEST, json!({ "id": id, "after": after })).await;
        desk.request("E2", "other", "10").await;
        desk.approve("M1", &id).await;
        desk.app.seal().await;
        assert_eq!(eva.next("1").await["fundingRequestChanged"], json!({
            "kind": "funding.request_approved",
            "fundingRequest": { "id": id, "status": "APPROVED", "decisions": [{ "verdict": "APPROVE" }] },
        }));
        let committed = desk.act("F1", "commitFundingRequest", json!({ "id": id })).await;
        assert_eq!(committed.data("/commitFundingRequest/userErrors"), json!([]));
        desk.app.seal().await;
        let event = eva.next("1").await;
        assert_eq!(event["fundingRequestChanged"]["kind"], "funding.request_committed");
        assert_eq!(event["fundingRequestChanged"]["fundingRequest"]["status"], "COMMITTED");
    }

    async fn a_budget_is_followed_through_its_own_changes_and_the_requests_to_it(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let server = desk.app.listen().await;
        let after = desk.sealed().await;
        let mut finn = desk.socket(&server, "F1").await;
        finn.ask("1", BUDGET, json!({ "id": budget, "after": after })).await;
        let id = desk.request("E1", "cloud", "400").await;
        desk.app.seal().await;
        assert_eq!(finn.next("1").await["budgetChanged"], json!({
            "kind": "funding.request_submitted",
            "budget": { "balance": { "reserved": { "amount": "0.00" }, "available": { "amount": "1000.00" } } },
        }));
        desk.approve("M1", &id).await;
        desk.app.seal().await;
        assert_eq!(finn.next("1").await["budgetChanged"], json!({
            "kind": "funding.request_approved",
            "budget": { "balance": { "reserved": { "amount": "400.00" }, "available": { "amount": "600.00" } } },
        }));
    }

    async fn an_approver_hears_of_what_waits_for_them_and_a_requester_of_what_becomes_of_it(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let server = desk.app.listen().await;
        let after = desk.sealed().await;
        let mut sockets = Vec::new();
        for person in ["M1", "E1", "E2"] {
            let mut socket = desk.socket(&server, person).await;
            socket.ask("1", VIEWER, json!({ "after": after })).await;
            sockets.push(socket);
        }
        let id = desk.request("E1", "cloud", "400").await;
        desk.app.seal().await;
        let event = |kind: &str, status: &str| json!({ "viewerEvents": {
            "kind": kind, "subjectId": id, "subject": { "status": status },
        } });
        for socket in &mut sockets[..2] {
            assert_eq!(socket.next("1").await, event("funding.request_submitted", "SUBMITTED"));
        }
        desk.approve("M1", &id).await;
        desk.app.seal().await;
        for socket in &mut sockets[..2] {
            assert_eq!(socket.next("1").await, event("funding.request_approved", "APPROVED"));
        }
        // Emil, whom none of it concerns, hears of his own request first.
        let own = desk.request("E2", "other", "10").await;
        desk.app.seal().await;
        assert_eq!(sockets[2].next("1").await["viewerEvents"]["subjectId"], json!(own));
    }

    async fn what_somebody_may_not_see_they_cannot_follow(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let id = desk.approved("E1", "cloud", "400").await;
        desk.app.seal().await;
        let server = desk.app.listen().await;
        let after = beginning(desk.northwind.id);
        for person in EVERYBODY {
            for (document, thing, field, query) in [
                (REQUEST, &id, "fundingRequestChanged", "fundingRequest"),
                (BUDGET, &budget, "budgetChanged", "budget"),
            ] {
                let asked = format!("query($id: ID!) {{ {query}(id: $id) {{ id }} }}");
                let sees = desk.caller(person).send(&asked, json!({ "id": thing })).await;
                let sees = !sees.data(&format!("/{query}")).is_null();
                let mut socket = desk.socket(&server, person).await;
                socket.ask(field, document, json!({ "id": thing, "after": after })).await;
                if sees {
                    let first = socket.next(field).await;
                    assert!(first[field]["kind"].is_string(), "{person}: {first}");
                } else {
                    assert_eq!(socket.refused(field).await, "NOT_FOUND", "{person} and {field}");
                }
            }
        }
    }

    async fn nothing_of_another_employer_can_be_followed(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let id = desk.request("E1", "cloud", "400").await;
        desk.app.seal().await;
        let southwind = desk.app.southwind().await;
        let server = desk.app.listen().await;
        for person in EVERYBODY {
            let mut namesake = Socket::of(&server, &desk.app.token("southwind", person)).await;
            for (document, thing) in [(REQUEST, &id), (BUDGET, &budget)] {
                namesake.ask("1", document, json!({ "id": thing, "after": beginning(southwind.id) })).await;
                assert_eq!(namesake.refused("1").await, "NOT_FOUND", "{person}");
            }
        }
    }

    async fn a_budget_that_is_no_longer_ones_own_is_followed_no_more(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({ "ownerIds": [desk.person("E3").await, desk.person("H1").await] })).await;
        let server = desk.app.listen().await;
        let after = desk.sealed().await;
        let mut ella = desk.socket(&server, "E3").await;
        ella.ask("1", BUDGET, json!({ "id": budget, "after": after })).await;
        let id = desk.request("E1", "cloud", "400").await;
        desk.app.seal().await;
        assert_eq!(ella.next("1").await["budgetChanged"]["kind"], "funding.request_submitted");
        let removed = desk.act("F1", "removeBudgetOwner", json!({ "id": budget, "employeeId": desk.person("E3").await })).await;
        assert_eq!(removed.data("/removeBudgetOwner/userErrors"), json!([]));
        desk.app.seal().await;
        assert_eq!(ella.refused("1").await, "NOT_FOUND");
        desk.approve("M1", &id).await;
    }
}
