//! Drafts, versions, and what keeps a policy from being published.

use serde_json::json;
use support::both_databases;

use super::{CHANGE, DISCARD, DRAFT, Desk, PUBLISH, rules};

/// The messages of the user errors.
fn messages(answer: &support::Answer, mutation: &str) -> Vec<String> {
    let errors = answer.data(&format!("/{mutation}/userErrors"));
    let errors = errors.as_array().expect("user errors").iter();
    errors.map(|error| error["message"].as_str().unwrap_or_default().to_owned()).collect()
}

both_databases! {
    async fn a_policy_is_drafted_changed_published_and_superseded(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let before = desk.request("E1", "before", "10").await;
        let input = json!({ "name": "Learning 2026", "idempotencyKey": "p-1" });
        let drafted = desk.write(DRAFT, input.clone()).await;
        let id = drafted.text("/draftFundingPolicy/fundingPolicy/id");
        let draft = json!({
            "id": id, "name": "Learning 2026", "number": null, "status": "DRAFT", "version": 1, "problems": [],
            "createdBy": { "externalId": "H1" },
            "rules": { "currency": "EUR", "reservationDays": 90, "steps": [{ "relation": "MANAGER" }] },
        });
        assert_eq!(drafted.data("/draftFundingPolicy/fundingPolicy"), draft);
        let mut witness = desk.app.witness().await;
        assert_eq!(desk.write(DRAFT, input).await.data("/draftFundingPolicy/fundingPolicy"), draft);
        let reused = desk.write(DRAFT, json!({ "name": "Another", "idempotencyKey": "p-1" })).await;
        assert_eq!(reused.refused("draftFundingPolicy"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert!(!witness.wrote().await);
        let unpublished = desk.caller("F1").ask("{ fundingPolicy { number } }").await;
        assert_eq!(unpublished.data("/fundingPolicy"), json!(null));

        let capped = rules(json!({ "caps": { "perRequest": "500" } }));
        let changed = desk.write(CHANGE, json!({ "id": id, "expectedVersion": 1, "rules": capped })).await;
        assert_eq!(changed.data("/changeFundingPolicy/fundingPolicy"), json!({
            "id": id, "name": "Learning 2026", "version": 2, "problems": [],
            "rules": { "mostPerRequest": { "amount": "500.00", "currency": "EUR" } },
        }));
        assert!(witness.wrote().await);
        desk.write(CHANGE, json!({ "id": id, "expectedVersion": 2, "rules": capped })).await.data("/changeFundingPolicy/fundingPolicy");
        assert!(!witness.wrote().await, "a change that changes nothing");
        let published = desk.write(PUBLISH, json!({ "id": id, "expectedVersion": 2 })).await;
        assert_eq!(published.data("/publishFundingPolicy/fundingPolicy"), json!({
            "number": 2, "status": "PUBLISHED", "version": 3, "publishedAt": "2026-03-02T09:00:00Z",
            "publishedBy": { "externalId": "H1" },
        }));
        let after = desk.request("E1", "after", "10").await;
        desk.app.clock.advance(chrono::TimeDelta::minutes(1));
        let copy = desk.write(DRAFT, json!({ "name": "Next", "from": { "copyOfId": id } })).await;
        let copy = copy.text("/draftFundingPolicy/fundingPolicy/id");
        desk.write(PUBLISH, json!({ "id": copy, "expectedVersion": 1 })).await.data("/publishFundingPolicy/fundingPolicy/number");

        let list = "query($before: ID!, $after: ID!) { fundingPolicies { totalCount nodes { number status rules { mostPerRequest { amount } } } }
          drafts: fundingPolicies(filter: { status: { in: [DRAFT] } }) { totalCount }
          fundingPolicy { number } second: fundingPolicy(number: 2) { supersededAt }
          before: fundingRequest(id: $before) { policyVersion } after: fundingRequest(id: $after) { policyVersion } }";
        let told = desk.caller("F1").send(list, json!({ "before": before, "after": after })).await;
        let policy = |number: i32, status: &str| {
            json!({ "number": number, "status": status, "rules": { "mostPerRequest": { "amount": "500.00" } } })
        };
        assert_eq!(told.data(""), json!({
            "fundingPolicies": { "totalCount": 2, "nodes": [policy(3, "PUBLISHED"), policy(2, "SUPERSEDED")] },
            "drafts": { "totalCount": 0 },
            "fundingPolicy": { "number": 3 }, "second": { "supersededAt": "2026-03-02T09:01:00Z" },
            "before": { "policyVersion": 1 }, "after": { "policyVersion": 2 },
        }));
        desk.app.seal().await;
        let journal = desk.caller("A1").ask(
            "{ journalEntries(last: 1) { nodes { kind payload subjectId actor { externalId } } } }",
        ).await;
        assert_eq!(journal.data("/journalEntries/nodes/0"), json!({
            "kind": "funding.policy_published", "subjectId": copy, "actor": { "externalId": "H1" },
            "payload": format!(r#"{{"policy":"{copy}","number":3,"superseded":"{id}"}}"#),
        }));
    }

    async fn what_was_published_is_neither_rewritten_nor_discarded(desk: Desk) {
        let id = desk.policy(rules(json!({}))).await;
        let mut witness = desk.app.witness().await;
        let version = json!({ "id": id, "expectedVersion": 2 });
        assert_eq!(desk.write(CHANGE, version.clone()).await.refused("changeFundingPolicy"), ["NOT_DRAFT input.id"]);
        assert_eq!(desk.write(PUBLISH, version.clone()).await.refused("publishFundingPolicy"), ["NOT_DRAFT input.id"]);
        let discarded = desk.write(DISCARD, version).await;
        assert_eq!(messages(&discarded, "discardFundingPolicyDraft"), [
            "the policy is PUBLISHED; only a DRAFT can be changed, published or discarded, so draft a copy of it",
        ]);
        for (document, mutation) in [(CHANGE, "changeFundingPolicy"), (PUBLISH, "publishFundingPolicy"), (DISCARD, "discardFundingPolicyDraft")] {
            let stale = desk.write(document, json!({ "id": id, "expectedVersion": 1 })).await;
            assert_eq!(stale.code(), "CONFLICT", "{mutation}");
        }
        let blank = desk.write(DRAFT, json!({ "name": " " })).await;
        assert_eq!(blank.refused("draftFundingPolicy"), ["INVALID_NAME input.name"]);
        let missing = "funding_policy_00000000000000000000000001";
        let copy = desk.write(DRAFT, json!({ "name": "Copy", "from": { "copyOfId": missing } })).await;
        assert_eq!(copy.refused("draftFundingPolicy"), ["UNKNOWN_FUNDING_POLICY input.from.copyOfId"]);
        assert_eq!(desk.write(DISCARD, json!({ "id": missing })).await.code(), "NOT_FOUND");
        let cents = desk.write(DRAFT, json!({ "name": "A", "from": { "rules": rules(json!({ "autoApproveUpTo": "0.001" })) } })).await;
        assert_eq!(cents.code(), "BAD_USER_INPUT");
        assert!(!witness.wrote().await);
    }

    async fn a_draft_can_be_thrown_away(desk: Desk) {
        let id = desk.draft(rules(json!({}))).await;
        let blank = desk.write(CHANGE, json!({ "id": id, "expectedVersion": 1, "name": "" })).await;
        assert_eq!(blank.refused("changeFundingPolicy"), ["INVALID_NAME input.name"]);
        let discarded = desk.write(DISCARD, json!({ "id": id, "expectedVersion": 1 })).await;
        assert_eq!(discarded.data("/discardFundingPolicyDraft/discardedId"), json!(id));
        let gone = desk.caller("H1").send("query($id: ID!) { node(id: $id) { id } fundingPolicy(id: $id) { id } }", json!({ "id": id })).await;
        assert_eq!(gone.data(""), json!({ "node": null, "fundingPolicy": null }));
        assert_eq!(desk.app.rows("funding_policy").await, 0);
    }

    async fn a_policy_that_does_not_hold_is_refused_with_the_example(desk: Desk) {
        let clara = desk.person("C1").await;
        let lara = desk.person("L1").await;
        let broken = rules(json!({
            "reservationDays": 0,
            "caps": { "perRequest": "500", "perPersonAndYear": "-1" },
            "eligibility": { "departmentIds": ["department_00000000000000000000000001"], "statuses": [] },
            "autoApproveUpTo": "100",
            "steps": [
                { "who": { "relation": "MANAGER" }, "fromAmount": "200" },
                { "who": { "employeeId": lara }, "fromAmount": "300" },
                { "who": { "role": "AUDITOR" } },
                { "who": { "employeeId": clara }, "conditions": { "outsideCatalog": true } },
            ],
        }));
        let id = desk.draft(broken).await;
        let expected = [
            "reservationDays is 0; it is 1 to 730",
            "caps.perPersonAndYear is -1.00 EUR; a limit is above 0",
            "caps.perRequest is 500.00 EUR, but caps.perPersonAndYear allows -1.00 EUR only",
            "eligibility.statuses is an empty list, which nobody could meet; leave it out to ask for nothing",
            "there is no department department_00000000000000000000000001",
            "a request of 300.00 EUR would wait for Lara Leaver, who is not at work; name somebody else",
            "AUDITOR cannot decide; a step takes HR_ADMIN, FINANCE or EMPLOYER_ADMIN, and MANAGER, DEPARTMENT_HEAD and \
             BUDGET_OWNER without naming a role",
        ];
        let mut witness = desk.app.witness().await;
        let refused = desk.write(PUBLISH, json!({ "id": id, "expectedVersion": 1 })).await;
        assert_eq!(messages(&refused, "publishFundingPolicy"), expected);
        assert_eq!(refused.refused("publishFundingPolicy")[0], "OUT_OF_RANGE input.id");
        let told = desk.caller("F1").send("query($id: ID!) { fundingPolicy(id: $id) { problems { message } } }", json!({ "id": id })).await;
        let problems: Vec<_> = expected.iter().map(|message| json!({ "message": message })).collect();
        assert_eq!(told.data("/fundingPolicy/problems"), json!(problems));
        assert!(!witness.wrote().await);
    }

    async fn f9_a_policy_that_runs_out_of_people_names_whose_request_it_is(desk: Desk) {
        // Clara has nobody above her; Xenia and Hana are all that is left for her, and one of them holds the role.
        let three = ["MANAGER", "DEPARTMENT_HEAD", "BUDGET_OWNER"].map(|who| json!({ "who": { "relation": who }, "fromAmount": "50" }));
        let mut steps = vec![json!({ "who": { "relation": "MANAGER" }, "fromAmount": "0" })];
        steps.extend(three);
        let id = desk.draft(rules(json!({ "steps": steps }))).await;
        let mut witness = desk.app.witness().await;
        let refused = desk.write(PUBLISH, json!({ "id": id, "expectedVersion": 1 })).await;
        assert_eq!(messages(&refused, "publishFundingPolicy"), [
            "a request of 50.00 EUR by Clara Chief, to a budget without an owner at work, could not be decided: it takes 4 \
             steps, and not enough people are left in the line above, with EMPLOYER_ADMIN or with HR_ADMIN",
        ]);
        assert!(!witness.wrote().await);
        let once = rules(json!({ "steps": steps, "onePersonMayDecideTwice": true }));
        desk.write(CHANGE, json!({ "id": id, "expectedVersion": 1, "rules": once })).await.data("/changeFundingPolicy/fundingPolicy");
        let published = desk.write(PUBLISH, json!({ "id": id, "expectedVersion": 2 })).await;
        assert_eq!(published.data("/publishFundingPolicy/fundingPolicy/number"), json!(2));
    }
}
