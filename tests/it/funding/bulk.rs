//! Deciding many requests in one go: F16.

use serde_json::{Value, json};
use support::{Answer, both_databases};

use super::{APPROVE, Desk, reason};

pub(super) const DECIDE: &str = "mutation($input: DecideFundingRequestsInput!) { decideFundingRequests(input: $input) {
  report { approved passedOn rejected failed results {
    index requestId outcome fundingRequest { id status version } reservation { balance { available { amount } } }
    userErrors { code field } } }
  userErrors { code field message } } }";

const REPORT: &str = "/decideFundingRequests/report";

/// A yes about a request.
pub(super) fn yes(id: &str) -> Value {
    json!({ "id": id, "verdict": { "approve": {} } })
}

fn no(id: &str, text: &str) -> Value {
    json!({ "id": id, "verdict": { "reject": { "reason": "TOO_EXPENSIVE", "text": text } } })
}

impl Desk {
    async fn decide(&self, person: &str, key: Option<&str>, decisions: &[&Value]) -> Answer {
        let input = json!({ "decisions": decisions, "idempotencyKey": key });
        self.caller(person).send(DECIDE, json!({ "input": input })).await
    }
}

/// Every result in a line: the outcome, the request's status and version, what its budget has left, and why not.
fn told(answer: &Answer) -> Vec<String> {
    let results = answer.data(&format!("{REPORT}/results"));
    let results = results.as_array().expect("results").iter().enumerate();
    let words = results.map(|(place, result)| {
        assert_eq!(result["index"], place);
        let request = &result["fundingRequest"];
        assert!(request.is_null() || request["id"] == result["requestId"], "{result}");
        let error = &result["userErrors"][0];
        let field = error["field"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let words = [
            result["outcome"].as_str().map(str::to_owned),
            request["status"].as_str().map(str::to_owned),
            request["version"].as_i64().map(|version| version.to_string()),
            result["reservation"]["balance"]["available"]["amount"].as_str().map(str::to_owned),
            error["code"].as_str().map(str::to_owned),
            Some(field.collect::<Vec<_>>().join(".")).filter(|field| !field.is_empty()),
        ];
        words.into_iter().flatten().collect::<Vec<_>>().join(" ")
    });
    words.collect()
}

/// How many were approved, passed on, rejected and failed.
fn counts(answer: &Answer) -> [i64; 4] {
    ["approved", "passedOn", "rejected", "failed"]
        .map(|count| answer.data(&format!("{REPORT}/{count}")).as_i64().expect("a number"))
}

both_databases! {
    async fn f16_every_decision_stands_for_itself(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let settled = desk.approved("E2", "before", "50").await;
        let cloud = desk.request("E1", "cloud", "400").await;
        let (dear, rust) = (desk.request("E1", "dear", "700").await, desk.request("E2", "rust", "100").await);
        let (elsewhere, own) = (desk.request("E3", "elsewhere", "10").await, desk.request("M1", "own", "10").await);
        let (stale, silent) = (desk.request("E1", "stale", "20").await, desk.request("E2", "silent", "30").await);
        let last = desk.request("E1", "last", "550").await;
        let mut noted = yes(&cloud);
        noted["verdict"]["approve"]["note"] = json!("good choice");
        let (mut seven, mut noisy) = (yes(&stale), yes(&silent));
        seven["expectedVersion"] = json!(7);
        noisy["verdict"]["approve"]["note"] = json!("\u{0}");
        let nobody = "funding_request_00000000000000000000000001";
        let before = desk.footprint().await;
        let list = [
            &noted, &yes(&dear), &no(&rust, "see the other offer"), &yes(&elsewhere), &no(&own, "me"),
            &yes(&settled), &yes(nobody), &seven, &noisy, &yes(&last),
        ];
        let decided = desk.decide("M1", Some("list-1"), &list).await;
        assert_eq!(decided.data("/decideFundingRequests/userErrors"), json!([]));
        assert_eq!(told(&decided), [
            "APPROVED APPROVED 2 550.00",
            "FAILED SUBMITTED 1 INSUFFICIENT_FUNDS input.decisions.1.id",
            "REJECTED REJECTED 2",
            "FAILED NOT_FOUND input.decisions.3.id",
            "FAILED SUBMITTED 1 FORBIDDEN input.decisions.4.id",
            "FAILED APPROVED 2 NOT_PENDING input.decisions.5.id",
            "FAILED NOT_FOUND input.decisions.6.id",
            "FAILED SUBMITTED 1 CONFLICT input.decisions.7.expectedVersion",
            "FAILED SUBMITTED 1 INVALID_NOTE input.decisions.8.verdict.approve.note",
            "APPROVED APPROVED 2 0.00",
        ]);
        assert_eq!(counts(&decided), [2, 0, 1, 7]);
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "1000.00", "0.00", "0.00", "0.00"]);
        // What failed wrote nothing: for each of the three decisions that were carried out there is a decision, an event and a claim, and a
        // version of its request more; two of them brought an entry.
        let after = desk.footprint().await;
        let grown: Vec<_> = after.iter().zip(before).map(|(after, before)| after - before).collect();
        assert_eq!(grown, [0, 0, 2, 0, 0, 3, 3, 3, 3]);

        // The same list once more is answered in the same way, and writes nothing.
        let again = desk.decide("M1", Some("list-1"), &list).await;
        assert_eq!(again.json, decided.json);
        assert_eq!(desk.footprint().await, after);
        desk.holds().await;
    }

    async fn f16_a_list_is_sent_again_with_what_failed_corrected(desk: Desk) {
        let budget = desk.budget("Learning", "500", json!({})).await;
        let (cloud, dear) = (desk.request("E1", "cloud", "400").await, desk.request("E1", "dear", "200").await);
        let rust = desk.request("E2", "rust", "50").await;
        let first = desk.decide("M1", Some("list-1"), &[&yes(&cloud), &yes(&dear), &no(&rust, " ")]).await;
        assert_eq!(told(&first), [
            "APPROVED APPROVED 2 100.00",
            "FAILED SUBMITTED 1 INSUFFICIENT_FUNDS input.decisions.1.id",
            "FAILED SUBMITTED 1 INVALID_TEXT input.decisions.2.verdict.reject.text",
        ]);
        // In another order, too: a decision is known by its request.
        let second = desk.decide("M1", Some("list-1"), &[&no(&rust, "later"), &no(&dear, "later"), &yes(&cloud)]).await;
        assert_eq!(told(&second), ["REJECTED REJECTED 2", "REJECTED REJECTED 2", "APPROVED APPROVED 2 100.00"]);
        assert_eq!(counts(&second), [1, 0, 2, 0]);

        let before = desk.footprint().await;
        let other = desk.decide("M1", Some("list-1"), &[&no(&cloud, "after all not"), &no(&rust, "other words")]).await;
        assert_eq!(told(&other), [
            "FAILED APPROVED 2 IDEMPOTENCY_KEY_REUSED input.idempotencyKey",
            "FAILED REJECTED 2 IDEMPOTENCY_KEY_REUSED input.idempotencyKey",
        ]);
        let why = "mutation($input: DecideFundingRequestsInput!) { decideFundingRequests(input: $input) { report { results { userErrors { message } } } } }";
        let input = json!({ "idempotencyKey": "list-1", "decisions": [no(&cloud, "after all not")] });
        assert_eq!(
            desk.caller("M1").send(why, json!({ "input": input })).await.text(&format!("{REPORT}/results/0/userErrors/0/message")),
            "the idempotency key 'list-1' was used before with another input; choose a new key for a new request",
        );
        // The keys of one person are not those of another, and without a key nothing is replayed.
        let mia = desk.decide("M2", Some("list-1"), &[&yes(&cloud)]).await;
        assert_eq!(told(&mia), ["FAILED NOT_FOUND input.decisions.0.id"]);
        let keyless = desk.decide("M1", None, &[&yes(&cloud)]).await;
        assert_eq!(told(&keyless), ["FAILED APPROVED 2 NOT_PENDING input.decisions.0.id"]);
        assert_eq!(desk.footprint().await, before);
        assert_eq!(desk.layers(&budget).await[5], "100.00");
        desk.holds().await;
    }

    async fn f16_a_list_that_cannot_be_meant_decides_nothing(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let (cloud, rust) = (desk.request("E1", "cloud", "10").await, desk.request("E2", "rust", "10").await);
        let before = desk.footprint().await;
        let refused = |answer: &Answer| answer.refused("decideFundingRequests");
        assert_eq!(refused(&desk.decide("M1", Some("k"), &[]).await), ["WRONG_NUMBER input.decisions"]);
        let twice = desk.decide("M1", Some("k"), &[&yes(&cloud), &yes(&rust), &no(&cloud, "x")]).await;
        assert_eq!(refused(&twice), ["DECIDED_TWICE input.decisions.2.id"]);
        assert_eq!(
            reason(&twice, "decideFundingRequests"),
            format!("decision 2 is about the request {cloud} again, as decision 0 is; leave one of them out"),
        );
        let ids: Vec<_> = (0..101).map(|number| yes(&format!("funding_request_{number:026}"))).collect();
        let all: Vec<_> = ids.iter().collect();
        let many = desk.decide("M1", Some("k"), &all).await;
        assert_eq!(refused(&many), ["WRONG_NUMBER input.decisions"]);
        assert_eq!(reason(&many, "decideFundingRequests"), "a list has 1 to 100 decisions; this one has 101");
        let both = json!({ "id": cloud, "verdict": { "approve": {}, "reject": { "reason": "OTHER", "text": "x" } } });
        for wrong in [both, json!({ "id": cloud, "verdict": {} }), json!({ "id": cloud }), yes("budget_00000000000000000000000001")] {
            let answer = desk.decide("M1", Some("k"), &[&yes(&rust), &wrong]).await;
            assert!(answer.json["data"].is_null() && answer.json["errors"].is_array(), "{}", answer.json);
        }
        assert_eq!(desk.footprint().await, before);
        // A hundred are a list, and within what one operation may cost; ten such lists in one are not.
        let hundred = desk.decide("M1", Some("k"), &all[..100]).await;
        assert_eq!(counts(&hundred), [0, 0, 0, 100]);
        let list = "decideFundingRequests(input: $input) { report { failed } }";
        let lists: Vec<_> = (0..10).map(|number| format!("list{number}: {list}")).collect();
        let document = format!("mutation($input: DecideFundingRequestsInput!) {{ {} }}", lists.join(" "));
        let input = json!({ "input": { "decisions": &all[..100] } });
        assert_eq!(desk.caller("M1").send(&document, input).await.code(), "QUERY_TOO_COMPLEX");
        assert_eq!(desk.footprint().await, before);
    }

    async fn f16_a_list_decides_as_single_decisions_do(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let (cloud, rust) = (desk.request("E1", "cloud", "10").await, desk.request("E2", "rust", "20").await);
        let (listed, alone) = (json!([yes(&cloud)]), json!({ "input": { "id": rust } }));
        let list = json!({ "input": { "decisions": listed } });
        desk.caller("M1").send(DECIDE, list).await.data(REPORT);
        desk.caller("M1").send(APPROVE, alone).await.data("/approveFundingRequest/fundingRequest");
        let of = async |id: &str| {
            let document = "query($id: ID!) { fundingRequest(id: $id) { status version steps { status capacity }
              decisions { verdict note capacity policyVersion decidedBy { externalId } grounds { budgetName findings { code } } } } }";
            desk.caller("M1").send(document, json!({ "id": id })).await.data("/fundingRequest")
        };
        assert_eq!(of(&cloud).await, of(&rust).await);
        desk.app.seal().await;
        let journal = desk.caller("A1").ask("{ journalEntries(last: 2) { nodes { kind capacity actor { externalId } subjectId } } }").await;
        let entry = |id: &str| json!({
            "kind": "funding.request_approved", "capacity": "MANAGER", "actor": { "externalId": "M1" }, "subjectId": id,
        });
        assert_eq!(journal.data("/journalEntries/nodes"), json!([entry(&cloud), entry(&rust)]));
    }
}
