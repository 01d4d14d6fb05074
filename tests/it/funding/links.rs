//! Deciding from a link: shown without deciding, used once, by every rule of a decision.

mod void;

use serde_json::{Value, json};
use support::{Answer, Reply, TestApp, TestDb, both_databases, exchange};
use upskill_domain::funding::RejectionReason;

use super::{Desk, eur, reason};

const ISSUE: &str = "mutation($input: IssueActionLinksInput!) { issueActionLinks(input: $input) {
  links { approvePath rejectPath requestVersion expiresAt } userErrors { code field message } } }";

const DECIDED: &str = "query($id: ID!) { fundingRequest(id: $id) { status version decisions {
  verdict reason note byLink capacity decidedBy { externalId } onBehalfOf { externalId } } } }";

const JSON: (&str, &str) = ("content-type", "application/json");

impl Desk {
    async fn issue(&self, person: &str, input: Value) -> Answer {
        self.caller(person).send(ISSUE, json!({ "input": input })).await
    }

    /// The paths that approve and reject, made for somebody.
    async fn links(&self, person: &str, id: &str) -> [String; 2] {
        let issued = self.issue(person, json!({ "id": id })).await;
        ["approvePath", "rejectPath"].map(|path| issued.text(&format!("/issueActionLinks/links/{path}")))
    }

    async fn look(&self, path: &str) -> Reply {
        exchange(&self.app.router(), ("GET", path), &[], "").await
    }

    async fn use_link(&self, path: &str, words: Value) -> Reply {
        exchange(&self.app.router(), ("POST", path), &[JSON], words.to_string()).await
    }
}

/// The status and the code of a refusal.
fn refusal(reply: &Reply) -> (u16, String) {
    let body: Value = serde_json::from_str(&reply.text).unwrap_or_else(|_| panic!("{}", reply.text));
    (reply.status, body["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned())
}

fn body(reply: &Reply) -> Value {
    assert_eq!(reply.status, 200, "{}", reply.text);
    serde_json::from_str(&reply.text).expect("JSON")
}

both_databases! {
    async fn a_link_shows_what_it_would_decide_and_a_post_decides_once(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let id = desk.request("E1", "cloud", "400").await;
        let input = json!({ "id": id, "expectedVersion": 1, "idempotencyKey": "l-1" });
        let issued = desk.issue("M1", input.clone()).await;
        assert_eq!(issued.data("/issueActionLinks/links/requestVersion"), json!(1));
        assert_eq!(issued.data("/issueActionLinks/links/expiresAt"), json!("2026-03-05T09:00:00Z"));
        assert_eq!(desk.issue("M1", input).await.data("/issueActionLinks/links"), issued.data("/issueActionLinks/links"));
        assert_eq!(desk.app.rows("action_link").await, 1);
        let [approve, reject] =
            ["approvePath", "rejectPath"].map(|path| issued.text(&format!("/issueActionLinks/links/{path}")));
        // The database does not have them.
        let token = approve.trim_start_matches("/actions/");
        let stored = "SELECT COUNT(*) FROM action_link WHERE approve_digest <> '{}' AND reject_digest <> '{}'".replace("{}", token);
        assert_eq!(desk.app.number(&stored).await, 1);

        let before = desk.footprint().await;
        for _ in 0..2 {
            let shown = desk.look(&approve).await;
            assert_eq!(shown.header("cache-control"), "no-store");
            assert_eq!(shown.header("referrer-policy"), "no-referrer");
            assert_eq!(body(&shown), json!({
                "verdict": "APPROVE", "fundingRequestId": id, "requester": "Eva Engineer", "approver": "Max Manager",
                "title": "cloud", "amount": "400.00 EUR", "purpose": "To run our platform ourselves",
                "expiresAt": "2026-03-05T09:00:00Z", "spent": null,
            }));
        }
        assert_eq!(body(&desk.look(&reject).await)["verdict"], json!("REJECT"));
        assert_eq!(desk.footprint().await, before);

        let done = json!({ "outcome": "APPROVED", "fundingRequestId": id, "status": "APPROVED" });
        assert_eq!(body(&desk.use_link(&approve, json!({ "note": "from the train" })).await), done);
        assert_eq!(desk.layers(&budget).await[2], "400.00");
        let told = desk.caller("M1").send(DECIDED, json!({ "id": id })).await;
        assert_eq!(told.data("/fundingRequest/decisions"), json!([{
            "verdict": "APPROVE", "reason": null, "note": "from the train", "byLink": true, "capacity": "MANAGER",
            "decidedBy": { "externalId": "M1" }, "onBehalfOf": null,
        }]));
        desk.app.seal().await;
        let journal = desk.caller("A1").ask("{ journalEntries(last: 1) { nodes { kind payload actor { externalId } } } }").await;
        assert_eq!(journal.data("/journalEntries/nodes/0/actor/externalId"), json!("M1"));
        assert!(journal.text("/journalEntries/nodes/0/payload").contains("\"byLink\":true"));

        // A POST that is sent again answers the first outcome, whatever has happened since; the twin does nothing.
        let before = desk.footprint().await;
        assert_eq!(body(&desk.use_link(&approve, json!({})).await), done);
        assert_eq!(refusal(&desk.use_link(&reject, json!({ "reason": "OTHER", "text": "x" })).await), (410, "LINK_USED".to_owned()));
        assert_eq!(body(&desk.look(&approve).await)["spent"], json!("a link of this pair was used to approve already"));
        assert_eq!(desk.footprint().await, before);
        desk.holds().await;
    }

    async fn a_link_rejects_with_reason_and_text(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let id = desk.request("E1", "cloud", "400").await;
        let [_, reject] = desk.links("M1", &id).await;
        let before = desk.footprint().await;
        assert_eq!(refusal(&desk.use_link(&reject, json!({})).await), (400, "BAD_USER_INPUT".to_owned()));
        assert_eq!(refusal(&desk.use_link(&reject, json!({ "reason": "NO", "text": "x" })).await), (400, "BAD_USER_INPUT".to_owned()));
        assert_eq!(refusal(&desk.use_link(&reject, json!({ "reason": "OTHER" })).await), (409, "INVALID_TEXT".to_owned()));
        assert_eq!(desk.footprint().await, before);
        let form = [("content-type", "application/x-www-form-urlencoded"), ("accept", "text/html,application/xhtml+xml")];
        let said = exchange(&desk.app.router(), ("POST", &reject), &form, "reason=WRONG_TIME&text=after+the+launch%21").await;
        assert_eq!(said.status, 200);
        assert!(said.text.contains("The request is rejected"), "{}", said.text);
        let told = desk.caller("E1").send(DECIDED, json!({ "id": id })).await;
        assert_eq!(told.data("/fundingRequest"), json!({ "status": "REJECTED", "version": 2, "decisions": [{
            "verdict": "REJECT", "reason": "WRONG_TIME", "note": "after the launch!", "byLink": true, "capacity": "MANAGER",
            "decidedBy": { "externalId": "M1" }, "onBehalfOf": null,
        }] }));
    }

    async fn f12_links_are_for_whom_the_request_waits_and_go_by_every_rule(desk: Desk) {
        desk.budget("Hard", "100", json!({})).await;
        let id = desk.request("E1", "cloud", "100.01").await;
        let before = desk.footprint().await;
        for (person, code) in [("E1", "FORBIDDEN"), ("C1", "FORBIDDEN"), ("H1", "FORBIDDEN"), ("E2", "NOT_FOUND"), ("X1", "NOT_FOUND")] {
            assert_eq!(desk.issue(person, json!({ "id": id })).await.code(), code, "{person}");
        }
        assert_eq!(desk.issue("M1", json!({ "id": id, "expectedVersion": 7 })).await.code(), "CONFLICT");
        assert_eq!((desk.footprint().await, desk.app.rows("action_link").await), (before, 0));
        let [approve, _] = desk.links("M1", &id).await;
        let before = desk.footprint().await;
        let dear = desk.use_link(&approve, json!({})).await;
        assert_eq!(refusal(&dear), (409, "INSUFFICIENT_FUNDS".to_owned()));
        assert!(dear.text.contains("the budget 'Hard' has 100.00 EUR available, but 100.01 EUR is needed"), "{}", dear.text);
        assert_eq!(desk.footprint().await, before);
        // What was refused did not use the link up: it works once there is money.
        let more = json!({ "id": desk.budget_of(&id).await, "amount": eur("1") });
        desk.act("F1", "allocateBudget", more).await.data("/allocateBudget/budget/id");
        assert_eq!(body(&desk.use_link(&approve, json!({})).await)["outcome"], json!("APPROVED"));
        let over = desk.issue("M1", json!({ "id": id })).await;
        assert_eq!(over.refused("issueActionLinks"), ["NOT_PENDING input.id"]);
        assert_eq!(reason(&over, "issueActionLinks"), "the request is APPROVED; only one that is SUBMITTED can be decided");
        desk.holds().await;
    }

    async fn a_browser_gets_a_page_with_a_button_and_no_more(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let id = desk.request("E1", "<b>cloud</b>", "10").await;
        let [approve, reject] = desk.links("M1", &id).await;
        let html = [("accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")];
        let page = exchange(&desk.app.router(), ("GET", &approve), &html, "").await;
        assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
        assert!(page.header("content-security-policy").starts_with("default-src 'none'; form-action 'self'"));
        assert!(page.text.contains("&lt;b&gt;cloud&lt;/b&gt;") && page.text.contains("<button>Approve</button>"), "{}", page.text);
        let other = exchange(&desk.app.router(), ("GET", &reject), &html, "").await;
        for reason in RejectionReason::ALL {
            assert!(other.text.contains(&format!("<option value=\"{}\">", reason.name())), "{}", other.text);
        }
        let wrong = exchange(&desk.app.router(), ("GET", "/actions/x"), &html, "").await;
        assert_eq!(wrong.status, 404);
        assert!(wrong.text.contains("there is no such link"), "{}", wrong.text);
        // What looks into mail asks so too.
        let head = exchange(&desk.app.router(), ("HEAD", &approve), &html, "").await;
        assert_eq!((head.status, head.text.as_str(), head.header("set-cookie")), (200, "", ""));
        let deleted = exchange(&desk.app.router(), ("DELETE", &approve), &[], "").await;
        assert_eq!(deleted.status, 405);
        let text = exchange(&desk.app.router(), ("POST", &approve), &[("content-type", "text/plain")], "yes").await;
        assert_eq!(refusal(&text), (415, "UNSUPPORTED_MEDIA_TYPE".to_owned()));
        assert_eq!(desk.app.rows("decision").await, 0);
        let done = exchange(&desk.app.router(), ("POST", &approve), &html, "").await;
        assert_eq!((done.header("referrer-policy"), done.header("vary")), ("no-referrer", "accept"));
        assert!(done.text.contains("The request is approved"), "{}", done.text);
    }
}

impl Desk {
    /// The budget that a request asks.
    async fn budget_of(&self, id: &str) -> String {
        let document = "query($id: ID!) { fundingRequest(id: $id) { budget { id } } }";
        self.caller("F1").send(document, json!({ "id": id })).await.text("/fundingRequest/budget/id")
    }
}

#[tokio::test]
async fn without_a_key_there_are_no_links() {
    let app = TestApp::start_with(TestDb::sqlite().await, &[("UPSKILL__ACTIONS__KEY_FILE", "")]).await;
    let northwind = app.northwind().await;
    let desk = Desk { app, northwind };
    desk.budget("Learning", "1000", json!({})).await;
    let id = desk.request("E1", "cloud", "400").await;
    let refused = desk.issue("M1", json!({ "id": id })).await;
    assert_eq!(refused.refused("issueActionLinks"), ["NO_KEY "]);
    assert_eq!(desk.app.rows("action_link").await, 0);
}
