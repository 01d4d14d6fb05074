//! Closing a whole tree of budgets: all of them or none.

use chrono::TimeDelta;
use serde_json::{Value, json};
use support::{Answer, both_databases};

use super::closing::{FIRST, SECOND};
use super::{CREATE, Desk, merge, reason};

const CLOSE: &str = "mutation($input: CloseBudgetTreeInput!) { closeBudgetTree(input: $input) {
  report { closings { budget { name } successor { name } movedRequests movedWaitingRequests carriedPromises { amount }
    carriedMoney { amount } lapsed { amount } keptPromises { amount } } } userErrors { code field message } } }";

/// A company's budget of the first months, two below it and one below the first of these.
struct Tree {
    root: String,
    engineering: String,
    platform: String,
    operations: String,
}

impl Desk {
    async fn tree(&self) -> Tree {
        let owned = async |code: &str, parent: &str| json!({ "parentId": parent, "ownedBy": { "departmentId": self.department(code).await } });
        let root = self.of_days("Company", FIRST, "1000", json!({})).await;
        let engineering = self.of_days("Engineering", FIRST, "500", owned("HR", &root).await).await;
        let platform = self.of_days("Platform", FIRST, "300", owned("ENG", &engineering).await).await;
        let operations = self.of_days("Operations", FIRST, "200", owned("OPS", &root).await).await;
        Tree { root, engineering, platform, operations }
    }

    async fn close_tree(&self, person: &str, input: Value) -> Answer {
        self.caller(person).send(CLOSE, json!({ "input": input })).await
    }
}

fn lapse(id: &str) -> Value {
    json!({ "id": id, "promises": "STAY", "money": "LAPSE" })
}

/// What was done to a budget of which nothing was carried over.
fn lapsed(name: &str, amount: &str, kept: &str) -> Value {
    let none = json!({ "amount": "0.00" });
    json!({
        "budget": { "name": name }, "successor": null, "movedRequests": 0, "movedWaitingRequests": 0, "carriedPromises": none,
        "carriedMoney": none, "lapsed": { "amount": amount }, "keptPromises": { "amount": kept },
    })
}

both_databases! {
    async fn a_tree_lapses_from_below_in_one_transaction(desk: Desk) {
        let tree = desk.tree().await;
        let staying = desk.approved("E1", "a", "120").await;
        desk.app.clock.advance(TimeDelta::days(31));
        let done = json!([
            lapsed("Operations", "200.00", "0.00"), lapsed("Platform", "180.00", "120.00"),
            lapsed("Engineering", "380.00", "0.00"), lapsed("Company", "880.00", "0.00"),
        ]);
        let by_name = |answer: &Answer| {
            let mut closings = answer.data("/closeBudgetTree/report/closings").as_array().cloned().unwrap_or_default();
            assert_eq!(closings.last().map(|last| last["budget"]["name"].clone()), Some(json!("Company")));
            closings.sort_by_key(|closing| ["Operations", "Platform", "Engineering", "Company"].iter()
                .position(|name| closing["budget"]["name"] == json!(name)));
            json!(closings)
        };
        let before = desk.footprint().await;
        let mut input = lapse(&tree.root);
        merge(&mut input, json!({ "dryRun": true, "idempotencyKey": "tree", "note": "the year is over" }));
        assert_eq!(by_name(&desk.close_tree("F1", input.clone()).await), done);
        assert_eq!(desk.footprint().await, before);

        input["dryRun"] = json!(false);
        let closed = desk.close_tree("F1", input.clone()).await;
        assert_eq!(by_name(&closed), done);
        assert_eq!(desk.layers(&tree.root).await, ["120.00", "120.00", "0.00", "0.00", "0.00", "0.00"]);
        assert_eq!(desk.layers(&tree.engineering).await, ["120.00", "120.00", "0.00", "0.00", "0.00", "0.00"]);
        assert_eq!(desk.layers(&tree.platform).await, ["120.00", "0.00", "120.00", "0.00", "0.00", "0.00"]);
        assert_eq!(desk.layers(&tree.operations).await, ["0.00"; 6]);
        desk.holds().await;

        // The same key answers the same, in the same order; without it the tree is closed already.
        let after = desk.footprint().await;
        let again = desk.close_tree("F1", input.clone()).await;
        assert_eq!(again.data("/closeBudgetTree/report/closings"), closed.data("/closeBudgetTree/report/closings"));
        input["note"] = json!("another");
        let reused = desk.close_tree("F1", input).await;
        assert_eq!(reused.refused("closeBudgetTree"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        let again = desk.close_tree("F1", lapse(&tree.root)).await;
        assert_eq!(again.refused("closeBudgetTree"), ["ALREADY_CLOSED input.id"]);
        assert_eq!(desk.footprint().await, after);
        desk.act("F1", "commitFundingRequest", json!({ "id": staying })).await.data("/commitFundingRequest/fundingRequest/id");
        desk.holds().await;
    }

    async fn promises_and_money_go_on_branch_by_branch(desk: Desk) {
        let tree = desk.tree().await;
        let (promised, waiting) = (desk.approved("E1", "a", "120").await, desk.request("E1", "b", "30").await);
        // What is closed by itself before is left as it is.
        desk.app.clock.advance(TimeDelta::days(31));
        let single = "mutation($input: CloseBudgetInput!) { closeBudget(input: $input) { closing { closedAt } } }";
        desk.caller("F1").send(single, json!({ "input": lapse(&tree.operations) })).await.data("/closeBudget/closing/closedAt");
        let new_root = desk.of_days("New company", SECOND, "0", json!({})).await;
        let owned = json!({ "parentId": new_root, "ownedBy": { "departmentId": desk.department("ENG").await } });
        let new_platform = desk.of_days("New platform", SECOND, "0", owned).await;
        let successors = json!([
            { "budgetId": tree.platform, "successorId": new_platform },
            { "budgetId": tree.engineering, "successorId": new_root },
            { "budgetId": tree.root, "successorId": new_root },
        ]);
        let input = json!({ "id": tree.root, "promises": "CARRY_OVER", "money": "CARRY_OVER", "successors": successors });
        let closed = desk.close_tree("H1", input).await;
        let carried = |name: &str, to: &str, requests: i32, waiting: i32, promises: &str, money: &str| json!({
            "budget": { "name": name }, "successor": { "name": to }, "movedRequests": requests, "movedWaitingRequests": waiting,
            "carriedPromises": { "amount": promises }, "carriedMoney": { "amount": money }, "lapsed": { "amount": "0.00" },
            "keptPromises": { "amount": "0.00" },
        });
        assert_eq!(closed.data("/closeBudgetTree/report/closings"), json!([
            carried("Platform", "New platform", 1, 1, "120.00", "300.00"),
            carried("Engineering", "New company", 0, 0, "0.00", "200.00"),
            carried("Company", "New company", 0, 0, "0.00", "500.00"),
        ]));
        assert_eq!(desk.layers(&tree.root).await, ["0.00"; 6]);
        assert_eq!(desk.layers(&new_root).await, ["1000.00", "300.00", "0.00", "0.00", "0.00", "700.00"]);
        assert_eq!(desk.layers(&new_platform).await, ["300.00", "0.00", "120.00", "0.00", "0.00", "180.00"]);
        desk.holds().await;
        desk.act("F1", "commitFundingRequest", json!({ "id": promised })).await.data("/commitFundingRequest/fundingRequest/id");
        desk.approve("M1", &waiting).await.data("/approveFundingRequest/fundingRequest/status");
        assert_eq!(desk.layers(&new_platform).await, ["300.00", "0.00", "30.00", "120.00", "0.00", "150.00"]);
        desk.holds().await;
    }

    async fn one_that_cannot_be_closed_keeps_all_of_them_open_and_is_named(desk: Desk) {
        let tree = desk.tree().await;
        desk.request("E1", "waiting", "10").await;
        let early = desk.close_tree("F1", lapse(&tree.operations)).await;
        assert_eq!(early.refused("closeBudgetTree"), ["NOT_OVER input.id"]);
        assert!(reason(&early, "closeBudgetTree").starts_with(&format!("the budget 'Operations' ({})", tree.operations)));
        desk.app.clock.advance(TimeDelta::days(31));
        let new = desk.of_days("New", SECOND, "0", json!({})).await;
        let dollars = desk.of_days("Dollars", SECOND, "0", json!({ "currency": "USD" })).await;
        let draft = desk.caller("F1").send(CREATE, json!({ "input": desk.budget_input("Draft", json!({})).await })).await
            .text("/createBudget/budget/id");
        let before = desk.footprint().await;
        let waiting = desk.close_tree("F1", lapse(&tree.root)).await;
        assert_eq!(waiting.refused("closeBudgetTree"), ["REQUESTS_WAITING input.promises"]);
        assert_eq!(reason(&waiting, "closeBudgetTree"), format!(
            "the budget 'Platform' ({}) cannot be closed, so nothing is: requests to it that still wait for a decision: 1; decide \
             them first, or carry promises over", tree.platform));
        let over = |successors: Value| json!({
            "id": tree.root, "promises": "CARRY_OVER", "money": "LAPSE", "successors": successors,
        });
        let to = |budget: &str, successor: &str| json!({ "budgetId": budget, "successorId": successor });
        let unknown = "budget_00000000000000000000000001";
        for (successors, refusal) in [
            (json!([]), "SUCCESSOR_NEEDED input.successors"),
            (json!([to(&new, &new)]), "NOT_IN_TREE input.successors"),
            (json!([to(&tree.platform, &new), to(&tree.platform, &new)]), "SUCCESSOR_TWICE input.successors"),
            (json!([to(&tree.platform, unknown)]), "UNKNOWN_SUCCESSOR input.successors"),
            (json!([to(&tree.platform, &dollars)]), "CURRENCY_MISMATCH input.successors"),
            (json!([to(&tree.platform, &tree.root)]), "SUCCESSOR_OVER input.successors"),
            (json!([to(&tree.platform, &tree.platform)]), "SAME_BUDGET input.successors"),
            (json!([to(&tree.platform, &draft)]), "SUCCESSOR_NOT_OPEN input.successors"),
        ] {
            let refused = desk.close_tree("F1", over(successors.clone())).await;
            assert_eq!(refused.refused("closeBudgetTree"), [refusal], "{successors}");
        }
        let mut unused = lapse(&tree.operations);
        unused["successors"] = json!([to(&tree.operations, &new)]);
        assert_eq!(desk.close_tree("F1", unused).await.refused("closeBudgetTree"), ["SUCCESSOR_UNUSED input.successors"]);
        let mut blank = lapse(&tree.operations);
        blank["note"] = json!(" ");
        assert_eq!(desk.close_tree("F1", blank).await.refused("closeBudgetTree"), ["INVALID_NOTE input.note"]);
        let stale = { let mut input = lapse(&tree.operations); input["expectedVersion"] = json!(9); input };
        assert_eq!(desk.close_tree("F1", stale).await.code(), "CONFLICT");
        assert_eq!(desk.close_tree("F1", lapse(unknown)).await.code(), "NOT_FOUND");
        for person in ["E1", "M1", "C1", "H2", "A1", "X1"] {
            assert_eq!(desk.close_tree(person, lapse(&tree.root)).await.code(), "FORBIDDEN", "{person}");
        }
        assert_eq!(desk.footprint().await, before);
    }
}
