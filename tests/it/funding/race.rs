//! What must hold when many act at once.

use std::collections::BTreeMap;

use serde_json::json;
use support::{Answer, both_databases};

use super::bulk::{DECIDE, yes};
use super::{APPROVE, Desk, SUBMIT, eur, outside};

/// How often each outcome came: a user error's code, an error's code, or `done`.
fn outcomes(answers: impl IntoIterator<Item = Answer>, mutation: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for answer in answers {
        let refused = &answer.json["data"][mutation]["userErrors"][0]["code"];
        let failed = &answer.json["errors"][0]["extensions"]["code"];
        let outcome = refused.as_str().or(failed.as_str()).unwrap_or("done").to_owned();
        *counts.entry(outcome).or_default() += 1;
    }
    counts
}

/// Sends documents at the same time.
async fn at_once(sent: Vec<(support::Caller, &'static str, serde_json::Value)>) -> Vec<Answer> {
    let tasks: Vec<_> = sent
        .into_iter()
        .map(|(caller, document, input)| {
            tokio::spawn(async move { caller.send(document, json!({ "input": input })).await })
        })
        .collect();
    let mut answers = Vec::with_capacity(tasks.len());
    for task in tasks {
        answers.push(task.await.expect("the request was answered"));
    }
    answers
}

both_databases! {
    async fn f1_sixty_approvals_at_once_promise_no_more_than_there_is(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let mut sent = Vec::new();
        for course in 0..60 {
            let id = desk.request("E1", &format!("course-{course}"), "50").await;
            sent.push((desk.caller("M1"), APPROVE, json!({ "id": id })));
        }
        let answers = at_once(sent).await;
        let expected = BTreeMap::from([("done".to_owned(), 20), ("INSUFFICIENT_FUNDS".to_owned(), 40)]);
        assert_eq!(outcomes(answers, "approveFundingRequest"), expected);
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "1000.00", "0.00", "0.00", "0.00"]);
        assert_eq!((desk.app.rows("decision").await, desk.app.rows("ledger_entry").await), (20, 21));
        desk.holds().await;
    }

    async fn f16_lists_of_two_approvers_at_once_promise_no_more_than_there_is(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let mut lists = Vec::new();
        for (approver, requester) in [("M1", "E1"), ("M2", "E3")] {
            let mut decisions = Vec::new();
            for course in 0..20 {
                decisions.push(yes(&desk.request(requester, &format!("course-{course}"), "50").await));
            }
            lists.push((approver, json!({ "decisions": decisions, "idempotencyKey": "list" })));
        }
        let once: Vec<_> = lists.iter().map(|(approver, list)| (desk.caller(approver), DECIDE, list.clone())).collect();
        let codes = "/decideFundingRequests/report/results";
        let (mut approved, mut refused) = (0, 0);
        for answer in at_once(once.clone()).await {
            for result in answer.data(codes).as_array().expect("results") {
                match result["userErrors"][0]["code"].as_str() {
                    None => approved += 1,
                    Some(code) => {
                        assert_eq!(code, "INSUFFICIENT_FUNDS", "{result}");
                        refused += 1;
                    }
                }
            }
        }
        assert_eq!((approved, refused), (20, 20));
        let full = ["1000.00", "0.00", "1000.00", "0.00", "0.00", "0.00"];
        assert_eq!(desk.layers(&budget).await, full);
        // Both lists again, three times at once: nothing is decided twice.
        let approved = async || at_once([once.clone(), once.clone(), once.clone()].concat()).await
            .iter().map(|answer| answer.data("/decideFundingRequests/report/approved").as_i64().unwrap_or_default()).sum::<i64>();
        assert_eq!(approved().await, 60);
        assert_eq!(desk.layers(&budget).await, full);
        assert_eq!((desk.app.rows("decision").await, desk.app.rows("ledger_entry").await), (20, 21));
        desk.holds().await;
    }

    async fn f16_one_list_at_once_is_decided_once(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let mut decisions = Vec::new();
        for course in 0..10 {
            decisions.push(yes(&desk.request("E1", &format!("course-{course}"), "10").await));
        }
        let list = json!({ "decisions": decisions, "idempotencyKey": "list" });
        decisions.reverse();
        let reversed = json!({ "decisions": decisions, "idempotencyKey": "list" });
        let sent = (0..6).map(|turn| (desk.caller("M1"), DECIDE, if turn % 2 == 0 { list.clone() } else { reversed.clone() }));
        for answer in at_once(sent.collect()).await {
            assert_eq!(answer.data("/decideFundingRequests/report/approved"), json!(10), "{}", answer.json);
        }
        assert_eq!(desk.layers(&budget).await[2], "100.00");
        assert_eq!(desk.app.rows("decision").await, 10);
        desk.holds().await;
    }

    async fn trap_3_two_approvals_for_the_last_thousand_have_one_winner(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let (one, two) = (desk.request("E1", "cloud", "1000").await, desk.request("E3", "cloud", "1000").await);
        let sent = vec![(desk.caller("M1"), APPROVE, json!({ "id": one })), (desk.caller("M2"), APPROVE, json!({ "id": two }))];
        let expected = BTreeMap::from([("done".to_owned(), 1), ("INSUFFICIENT_FUNDS".to_owned(), 1)]);
        assert_eq!(outcomes(at_once(sent).await, "approveFundingRequest"), expected);
        assert_eq!(desk.layers(&budget).await[5], "0.00");
        desk.holds().await;
    }

    async fn trap_4_siblings_at_once_take_no_more_than_the_parent_has(desk: Desk) {
        let root = desk.budget("Root", "1000", json!({})).await;
        let mut sent = Vec::new();
        let allocate = "mutation($input: AllocateBudgetInput!) { allocateBudget(input: $input) { budget { id } userErrors { code } } }";
        for name in ["One", "Two", "Three"] {
            let child = desk.budget(name, "0", json!({ "parentId": root })).await;
            for _ in 0..5 {
                sent.push((desk.caller("F1"), allocate, json!({ "id": child, "amount": eur("100") })));
            }
        }
        let expected = BTreeMap::from([("done".to_owned(), 10), ("INSUFFICIENT_FUNDS".to_owned(), 5)]);
        assert_eq!(outcomes(at_once(sent).await, "allocateBudget"), expected);
        assert_eq!(desk.layers(&root).await, ["1000.00", "1000.00", "0.00", "0.00", "0.00", "0.00"]);
        desk.holds().await;
    }

    async fn transfers_both_ways_at_once_do_not_block_each_other(desk: Desk) {
        let (one, two) = (desk.budget("One", "100", json!({})).await, desk.budget("Two", "100", json!({})).await);
        let transfer = "mutation($input: TransferBudgetInput!) { transferBudget(input: $input) { from { id } userErrors { code } } }";
        let sent = (0..20).map(|turn| {
            let (from, to) = if turn % 2 == 0 { (&one, &two) } else { (&two, &one) };
            (desk.caller("F1"), transfer, json!({ "fromId": from, "toId": to, "amount": eur("1") }))
        });
        let expected = BTreeMap::from([("done".to_owned(), 20)]);
        assert_eq!(outcomes(at_once(sent.collect()).await, "transferBudget"), expected);
        assert_eq!((desk.layers(&one).await[5].as_str(), desk.layers(&two).await[5].as_str()), ("100.00", "100.00"));
        desk.holds().await;
    }

    async fn f13_the_same_request_at_once_is_one_request(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let sent = (0..8).map(|_| (desk.caller("E1"), SUBMIT, outside("cloud", "10", json!({}))));
        let expected = BTreeMap::from([("done".to_owned(), 1), ("ALREADY_REQUESTED".to_owned(), 7)]);
        assert_eq!(outcomes(at_once(sent.collect()).await, "submitFundingRequest"), expected);
        assert_eq!(desk.app.rows("funding_request").await, 1);
    }

    async fn one_key_at_once_is_one_request(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let sent = (0..8).map(|_| (desk.caller("E1"), SUBMIT, outside("cloud", "10", json!({ "idempotencyKey": "s-1" }))));
        let answers = at_once(sent.collect()).await;
        let ids: std::collections::BTreeSet<String> = answers.iter().map(|answer| answer.text("/submitFundingRequest/fundingRequest/id")).collect();
        assert_eq!(ids.len(), 1);
        let id = ids.into_iter().next().expect("the id");
        let sent = (0..8).map(|_| (desk.caller("M1"), APPROVE, json!({ "id": id, "idempotencyKey": "a-1" })));
        assert_eq!(outcomes(at_once(sent.collect()).await, "approveFundingRequest"), BTreeMap::from([("done".to_owned(), 8)]));
        assert_eq!(desk.layers(&budget).await[2], "10.00");
        assert_eq!((desk.app.rows("funding_request").await, desk.app.rows("decision").await), (1, 1));
        desk.holds().await;
    }

    async fn one_key_for_two_commands_at_once_locks_nobody_out(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let cancel = "mutation($input: CancelFundingRequestInput!) { cancelFundingRequest(input: $input) { fundingRequest { id } userErrors { code } } }";
        for round in 0..10 {
            // Hana decides what Clara asks for, and may cancel it too.
            let id = desk.request("C1", &format!("course-{round}"), "10").await;
            let key = format!("key-{round}");
            let sent = vec![
                (desk.caller("H1"), APPROVE, json!({ "id": id, "idempotencyKey": key })),
                (desk.caller("H1"), cancel, json!({ "id": id, "reason": "CORRECTION", "idempotencyKey": key })),
            ];
            for answer in at_once(sent).await {
                assert_eq!(answer.json.get("errors"), None, "{}", answer.json);
            }
        }
        desk.holds().await;
    }

    async fn no_request_is_left_waiting_for_a_budget_that_ended(desk: Desk) {
        let end = "mutation($input: CloseBudgetToSpendInput!) { closeBudgetToSpend(input: $input) { userErrors { code } } }";
        let archive = "mutation($input: ArchiveBudgetInput!) { archiveBudget(input: $input) { userErrors { code } } }";
        for round in 0..5 {
            let budget = desk.budget(&format!("Budget {round}"), "0", json!({})).await;
            let mut sent: Vec<_> = ["E1", "E2", "E3", "M1"].into_iter()
                .map(|person| (desk.caller(person), SUBMIT, outside(&format!("course-{round}"), "0", json!({ "budgetId": budget }))))
                .collect();
            sent.insert(2, (desk.caller("F1"), end, json!({ "id": budget })));
            sent.push((desk.caller("F1"), archive, json!({ "id": budget })));
            for answer in at_once(sent).await {
                assert_eq!(answer.json.get("errors"), None, "{}", answer.json);
            }
        }
        let stranded = "SELECT COUNT(*) FROM funding_request r JOIN budget b ON b.employer_id = r.employer_id AND b.id = r.budget_id
                        WHERE r.status = 'SUBMITTED' AND b.status = 'ARCHIVED'";
        assert_eq!(desk.app.number(stranded).await, 0);
    }

    async fn deciding_and_withdrawing_at_once_end_in_one_state(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let withdraw = "mutation($input: WithdrawFundingRequestInput!) { withdrawFundingRequest(input: $input) { fundingRequest { id } userErrors { code } } }";
        for round in 0..5 {
            let id = desk.request("E1", &format!("course-{round}"), "10").await;
            let sent = vec![(desk.caller("M1"), APPROVE, json!({ "id": id })), (desk.caller("E1"), withdraw, json!({ "id": id }))];
            let answers = at_once(sent).await;
            let refused: Vec<_> = answers.iter().filter(|answer| answer.json.to_string().contains("NOT_PENDING")).collect();
            assert_eq!(refused.len(), 1, "{answers:?}");
        }
        desk.holds().await;
    }
}
