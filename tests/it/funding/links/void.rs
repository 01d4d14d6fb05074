//! Links that decide nothing: too late, not as it was seen, not theirs any more, never made.

use chrono::TimeDelta;
use serde_json::json;
use support::{both_databases, exchange};

use super::{DECIDED, Desk, body, refusal};
use crate::funding::policies::rules;

impl Desk {
    /// The status, the code and the message of a refusal, of which nothing was written.
    async fn nothing(&self, path: &str) -> (u16, String, String) {
        let before = self.footprint().await;
        let reply = self.use_link(path, json!({})).await;
        assert_eq!(self.footprint().await, before);
        let (status, code) = refusal(&reply);
        (status, code, reply.json()["errors"][0]["message"].as_str().expect("a message").to_owned())
    }
}

fn told(status: u16, code: &str, message: &str) -> (u16, String, String) {
    (status, code.to_owned(), message.to_owned())
}

const THE_REQUEST_WAITS_FOR_ANOTHER: &str = "the request waits for somebody else now";

both_databases! {
    async fn a_link_that_expired_or_is_stale_decides_nothing(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        desk.policy(rules(json!({ "steps": [
            { "who": { "relation": "MANAGER" } }, { "who": { "role": "FINANCE" } },
        ] }))).await;
        let (late, moved) = (desk.request("E1", "late", "10").await, desk.request("E1", "moved", "10").await);
        let [late_link, _] = desk.links("M1", &late).await;
        let [stale, _] = desk.links("M1", &moved).await;
        desk.approve("M1", &moved).await.data("/approveFundingRequest/fundingRequest/status");
        let seen = "the request has changed since the link was made: it was version 1, it is now 2; look at it again";
        assert_eq!(desk.nothing(&stale).await, told(410, "LINK_STALE", seen));
        assert_eq!(body(&desk.look(&stale).await)["spent"], json!(seen));
        desk.app.clock.advance(TimeDelta::hours(72));
        let over = "the link expired at 2026-03-05T09:00:00Z; decide in the application, or ask there for a new one";
        assert_eq!(desk.nothing(&late_link).await, told(410, "LINK_EXPIRED", over));
        // A link says yes to its own step only, and the request goes on to the next.
        let [fresh, _] = desk.links("M1", &late).await;
        assert_eq!(body(&desk.use_link(&fresh, json!({})).await)["outcome"], json!("PASSED_ON"));
        desk.approve("F1", &late).await.data("/approveFundingRequest/fundingRequest/status");
        let again = body(&desk.use_link(&fresh, json!({})).await);
        assert_eq!((again["outcome"].clone(), again["status"].clone()), (json!("PASSED_ON"), json!("APPROVED")));
        desk.holds().await;
    }

    async fn a_link_of_a_request_that_is_decided_or_withdrawn_decides_nothing(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let (decided, withdrawn) = (desk.request("E1", "decided", "10").await, desk.request("E1", "withdrawn", "10").await);
        let [approve, _] = desk.links("M1", &decided).await;
        let [other, _] = desk.links("M1", &withdrawn).await;
        let no = json!({ "id": decided, "reason": "OTHER", "text": "In the application" });
        desk.act("M1", "rejectFundingRequest", no).await.data("/rejectFundingRequest/fundingRequest/id");
        desk.act("E1", "withdrawFundingRequest", json!({ "id": withdrawn })).await.data("/withdrawFundingRequest/fundingRequest/id");
        let over = "the request is REJECTED by now; there is nothing left to decide";
        assert_eq!(desk.nothing(&approve).await, told(410, "REQUEST_DECIDED", over));
        assert_eq!(body(&desk.look(&approve).await)["spent"], json!(over));
        let over = "the request is WITHDRAWN by now; there is nothing left to decide";
        assert_eq!(desk.nothing(&other).await, told(410, "REQUEST_DECIDED", over));
    }

    async fn a_link_decides_nothing_for_who_lost_the_line_or_left(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let (line, left) = (desk.request("E1", "line", "10").await, desk.request("E3", "left", "10").await);
        let [approve, reject] = desk.links("M1", &line).await;
        let [leaver, _] = desk.links("M2", &left).await;
        desk.roster(|line| line.manager = Some("M2".to_owned()), "E1").await;
        desk.roster(|line| (line.status, line.left_on) = (Some("LEFT".to_owned()), Some("2026-03-01".to_owned())), "M2").await;
        let lost = "who is to decide no longer stands to the request as this step asks; it goes to somebody who does";
        assert_eq!(desk.nothing(&approve).await, told(409, "NO_LONGER_APPROVER", lost));
        let (status, code, _) = desk.nothing(&leaver).await;
        assert_eq!((status, code.as_str()), (409, "APPROVER_ABSENT"));
        // A moment later it waits for somebody else.
        desk.follow().await;
        assert_eq!(desk.nothing(&approve).await, told(409, "NOT_YOUR_TURN", THE_REQUEST_WAITS_FOR_ANOTHER));
        assert_eq!(desk.nothing(&leaver).await, told(409, "NOT_YOUR_TURN", THE_REQUEST_WAITS_FOR_ANOTHER));
        let no = json!({ "reason": "OTHER", "text": "No longer mine" });
        assert_eq!(refusal(&desk.use_link(&reject, no).await), (409, "NOT_YOUR_TURN".to_owned()));
        assert_eq!(desk.app.rows("decision").await, 0);
    }

    async fn f10_a_substitutes_link_decides_in_anothers_name_and_ends_with_the_delegation(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let (id, late) = (desk.request("E1", "cloud", "10").await, desk.request("E1", "late", "10").await);
        let delegate = "mutation($input: DelegateApprovalsInput!) { delegateApprovals(input: $input) { delegation { id } userErrors { code } } }";
        let input = json!({ "delegateId": desk.person("E2").await, "fromOn": "2026-03-02", "untilOn": "2026-03-04" });
        let delegated = desk.caller("M1").send(delegate, json!({ "input": input })).await;
        let delegation = delegated.text("/delegateApprovals/delegation/id");
        let [approve, _] = desk.links("E2", &id).await;
        let [ended, _] = desk.links("E2", &late).await;
        assert_eq!(body(&desk.use_link(&approve, json!({})).await)["outcome"], json!("APPROVED"));
        let told_of = desk.caller("M1").send(DECIDED, json!({ "id": id })).await;
        assert_eq!(told_of.data("/fundingRequest/decisions"), json!([{
            "verdict": "APPROVE", "reason": null, "note": null, "byLink": true, "capacity": "MANAGER",
            "decidedBy": { "externalId": "E2" }, "onBehalfOf": { "externalId": "M1" },
        }]));
        let end = "mutation($input: EndDelegationInput!) { endDelegation(input: $input) { userErrors { code } } }";
        let answer = desk.caller("M1").send(end, json!({ "input": { "id": delegation } })).await;
        assert_eq!(answer.data("/endDelegation/userErrors"), json!([]));
        assert_eq!(desk.nothing(&ended).await, told(409, "NOT_YOUR_TURN", THE_REQUEST_WAITS_FOR_ANOTHER));
    }

    async fn a_link_that_was_forged_or_is_of_another_verdict_is_no_link(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let id = desk.request("E1", "cloud", "10").await;
        let [approve, reject] = desk.links("M1", &id).await;
        let of_another_key = {
            let other = Desk::start(support::TestDb::on(desk.app.database().engine()).await.expect("the engine is there")).await;
            other.budget("Learning", "1000", json!({})).await;
            let id = other.request("E1", "cloud", "10").await;
            other.links("M1", &id).await
        };
        let spliced = format!("{}{}", &approve[..60], &reject[60..]);
        let before = desk.footprint().await;
        let tokens = ["x", "AAAA", &"A".repeat(87), &"A".repeat(4_000)].map(|token| format!("/actions/{token}"));
        let longer = format!("{approve}A");
        for path in tokens.iter().chain([&spliced, &longer, &approve.to_ascii_lowercase()]).chain(&of_another_key) {
            for method in ["GET", "POST"] {
                let answer = exchange(&desk.app.router(), (method, path), &[], "").await;
                assert_eq!(refusal(&answer), (404, "NOT_FOUND".to_owned()), "{method} {path}");
                assert_eq!(answer.header("referrer-policy"), "no-referrer");
            }
        }
        assert_eq!(desk.footprint().await, before);
    }

    async fn links_of_a_pair_used_at_once_decide_once(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let id = desk.request("E1", "cloud", "400").await;
        let [approve, reject] = desk.links("M1", &id).await;
        let no = json!({ "reason": "OTHER", "text": "At once" });
        let replies = tokio::join!(
            desk.use_link(&approve, json!({})), desk.use_link(&reject, no.clone()),
            desk.use_link(&approve, json!({})), desk.use_link(&reject, no),
        );
        let replies = [replies.0, replies.1, replies.2, replies.3];
        let statuses = replies.each_ref().map(|reply| reply.status);
        // Whichever verdict came first holds, and its second use is told the same.
        assert!([[200, 410, 200, 410], [410, 200, 410, 200]].contains(&statuses), "{statuses:?}");
        let promised = if statuses[0] == 200 { "400.00" } else { "0.00" };
        assert_eq!((desk.app.rows("decision").await, desk.layers(&budget).await[2].as_str()), (1, promised));
        desk.holds().await;
    }
}
