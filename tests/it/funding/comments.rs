//! Talking about a request, and the rounds that came before it.

use serde_json::json;
use support::both_databases;

use super::{Desk, reason};

const COMMENT: &str =
    "mutation($input: CommentOnFundingRequestInput!) { commentOnFundingRequest(input: $input) {
  fundingRequest { version } comment { id text } userErrors { code field message } } }";
const THREAD: &str = "query($id: ID!) { fundingRequest(id: $id) {
  comments { totalCount nodes { text saidAt author { externalId } request { id } } }
  rounds { totalCount nodes { round status comments { totalCount } } } } }";

both_databases! {
    async fn everybody_who_sees_a_request_can_talk_about_it(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let id = desk.request("E1", "cloud", "400").await;
        let input = json!({ "id": id, "text": "Is there a cheaper one?", "idempotencyKey": "c-1" });
        let said = desk.caller("M1").send(COMMENT, json!({ "input": input })).await;
        assert_eq!(said.data("/commentOnFundingRequest/fundingRequest/version"), json!(1));
        let before = desk.footprint().await;
        let replayed = desk.caller("M1").send(COMMENT, json!({ "input": input })).await;
        assert_eq!(replayed.data("/commentOnFundingRequest"), said.data("/commentOnFundingRequest"));
        let other = json!({ "id": id, "text": "Something else", "idempotencyKey": "c-1" });
        let reused = desk.caller("M1").send(COMMENT, json!({ "input": other })).await;
        assert_eq!(reused.refused("commentOnFundingRequest"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        let empty = desk.caller("E1").send(COMMENT, json!({ "input": { "id": id, "text": "  " } })).await;
        assert_eq!(empty.refused("commentOnFundingRequest"), ["INVALID_TEXT input.text"]);
        assert_eq!(reason(&empty, "commentOnFundingRequest"), "the text must not be empty");
        // To a colleague the request is not there.
        let stranger = desk.caller("E2").send(COMMENT, json!({ "input": { "id": id, "text": "me too" } })).await;
        assert_eq!(stranger.code(), "NOT_FOUND");
        assert_eq!(desk.footprint().await, before);

        desk.caller("E1").send(COMMENT, json!({ "input": { "id": id, "text": "This one has an exam." } })).await
            .data("/commentOnFundingRequest/comment");
        let thread = desk.caller("E1").send(THREAD, json!({ "id": id })).await;
        let at = json!("2026-03-02T09:00:00Z");
        assert_eq!(thread.data("/fundingRequest/comments"), json!({ "totalCount": 2, "nodes": [
            { "text": "Is there a cheaper one?", "saidAt": at, "author": { "externalId": "M1" }, "request": { "id": id } },
            { "text": "This one has an exam.", "saidAt": at, "author": { "externalId": "E1" }, "request": { "id": id } },
        ] }));
        // The journal tells that something was said, never what.
        desk.app.seal().await;
        let journal = desk.caller("A1").ask("{ journalEntries(last: 1) { nodes { kind payload actor { externalId } } } }").await;
        assert_eq!(journal.data("/journalEntries/nodes/0/kind"), json!("funding.request_commented"));
        assert!(!journal.data("/journalEntries/nodes/0/payload").to_string().contains("exam"));
    }

    async fn earlier_rounds_stay_readable_with_what_was_said(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let first = desk.request("E1", "cloud", "400").await;
        desk.caller("M1").send(COMMENT, json!({ "input": { "id": first, "text": "Not this quarter" } })).await
            .data("/commentOnFundingRequest/comment");
        desk.act("E1", "withdrawFundingRequest", json!({ "id": first })).await
            .data("/withdrawFundingRequest/fundingRequest/id");
        let second = desk.request("E1", "cloud", "300").await;
        desk.request("E1", "another", "10").await;
        desk.request("E2", "cloud", "300").await;
        let thread = desk.caller("M1").send(THREAD, json!({ "id": second })).await;
        assert_eq!(thread.data("/fundingRequest/rounds"), json!({ "totalCount": 2, "nodes": [
            { "round": 1, "status": "WITHDRAWN", "comments": { "totalCount": 1 } },
            { "round": 2, "status": "SUBMITTED", "comments": { "totalCount": 0 } },
        ] }));
    }
}
