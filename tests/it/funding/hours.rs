//! Learning hours: promised, used and given back with the money, and never more than are allowed.

use serde_json::{Value, json};
use support::{Answer, both_databases};

use super::closing::{FIRST, SECOND};
use super::policies::rules;
use super::{APPROVE, Desk, SUBMIT, eur, reason};

const SET: &str = "mutation($input: SetLearningHoursInput!) { setLearningHours(input: $input) {
  budget { learningHours { allowance available } } userErrors { code field message } } }";

const HOURS: &str = "query($id: ID!) { budget(id: $id) {
  learningHours { allowance reserved committed spent available }
  ledger(direction: ASC) { nodes { kind reason learningHoursChange { allowance reserved committed spent } learningHours { available } } } } }";

const PREVIEW: &str = "query($input: FundingPreviewInput!) { fundingPreview(input: $input) {
  outcome findings { code severity rule message actual { count } limit { count } }
  budget { after { available { amount } } learningHours { available } } } }";

impl Desk {
    /// Publishes courses of 10 euro, each with hours of paid release.
    async fn releasing(&self, courses: &[(&str, i32)]) {
        let row = |(code, hours): &(&str, i32)| {
            json!({
                "code": code, "title": code, "price": eur("10"), "provider": "A College", "providerKind": "COLLEGE",
                "workloadHours": 100, "paidReleaseHours": hours, "skills": ["Rust"], "skillLevel": 2,
            })
        };
        self.import(courses.iter().map(row).collect()).await;
    }

    async fn allow(&self, person: &str, budget: &str, hours: i64, more: Value) -> Answer {
        let mut input = json!({ "budgetId": budget, "hours": hours });
        super::merge(&mut input, more);
        self.caller(person).send(SET, json!({ "input": input })).await
    }

    /// Input for a course of the catalog.
    async fn catalog_course(&self, code: &str) -> Value {
        json!({ "course": { "courseId": self.coded(code).await }, "purpose": "To build it" })
    }

    async fn asked_by(&self, person: &str, code: &str) -> String {
        let input = self.catalog_course(code).await;
        let asked = self.caller(person).send(SUBMIT, json!({ "input": input })).await;
        asked.text("/submitFundingRequest/fundingRequest/id")
    }

    /// A budget's hours: allowance, reserved, committed, spent, available.
    async fn hours(&self, budget: &str) -> Value {
        let hours =
            self.caller("F1").send(HOURS, json!({ "id": budget })).await.data("/budget/learningHours");
        json!(["allowance", "reserved", "committed", "spent", "available"].map(|layer| hours[layer].clone()))
    }
}

both_databases! {
    async fn hours_are_promised_used_and_given_back_with_the_money(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        desk.releasing(&[("A", 20), ("B", 15), ("C", 5)]).await;
        let first = desk.asked_by("E1", "A").await;
        desk.approve("M1", &first).await.data("/approveFundingRequest/fundingRequest/status");
        // Without an allowance they are counted, and nothing limits them.
        assert_eq!(desk.hours(&budget).await, json!([null, 20, 0, 0, null]));
        let set = desk.allow("H1", &budget, 40, json!({ "note": "the year's hours" })).await;
        assert_eq!(set.data("/setLearningHours/budget/learningHours"), json!({ "allowance": 40, "available": 20 }));
        desk.act("F1", "commitFundingRequest", json!({ "id": first, "price": eur("9") })).await.data("/commitFundingRequest/fundingRequest/id");
        assert_eq!(desk.hours(&budget).await, json!([40, 0, 20, 0, 20]));
        desk.act("F1", "settleFundingRequest", json!({ "id": first, "price": eur("9") })).await.data("/settleFundingRequest/fundingRequest/id");
        desk.act("F1", "refundFundingRequest", json!({ "id": first, "amount": eur("4"), "reason": "PRICE_CORRECTED" })).await
            .data("/refundFundingRequest/fundingRequest/id");
        assert_eq!(desk.hours(&budget).await, json!([40, 0, 0, 20, 20]));
        // Given up before and after the booking, and let expire.
        for (code, book) in [("B", false), ("C", true)] {
            let id = desk.asked_by("E1", code).await;
            desk.approve("M1", &id).await.data("/approveFundingRequest/fundingRequest/status");
            if book {
                desk.act("F1", "commitFundingRequest", json!({ "id": id })).await.data("/commitFundingRequest/fundingRequest/id");
            }
            desk.act("F1", "cancelFundingRequest", json!({ "id": id, "reason": "NO_LONGER_NEEDED" })).await
                .data("/cancelFundingRequest/fundingRequest/id");
        }
        assert_eq!(desk.hours(&budget).await, json!([40, 0, 0, 20, 20]));
        let ledger = desk.caller("F1").send(HOURS, json!({ "id": budget })).await.data("/budget/ledger/nodes");
        let entry = |kind: &str, reason: Value, [allowance, reserved, committed, spent]: [i64; 4], left: Value| json!({
            "kind": kind, "reason": reason, "learningHours": { "available": left },
            "learningHoursChange": { "allowance": allowance, "reserved": reserved, "committed": committed, "spent": spent },
        });
        let nothing = [0; 4];
        assert_eq!(ledger, json!([
            entry("ALLOCATE", json!(null), nothing, json!(null)),
            entry("RESERVE", json!(null), [0, 20, 0, 0], json!(null)),
            entry("HOURS", json!(null), [40, 0, 0, 0], json!(20)),
            // The price came down; the time did not.
            entry("RELEASE", json!("PRICE_DRIFT"), nothing, json!(20)),
            entry("COMMIT", json!(null), [0, -20, 20, 0], json!(20)),
            entry("SPEND", json!(null), [0, 0, -20, 20], json!(20)),
            entry("REFUND", json!("PRICE_CORRECTED"), nothing, json!(20)),
            entry("RESERVE", json!(null), [0, 15, 0, 0], json!(5)),
            entry("RELEASE", json!("NO_LONGER_NEEDED"), [0, -15, 0, 0], json!(20)),
            entry("RESERVE", json!(null), [0, 5, 0, 0], json!(15)),
            entry("COMMIT", json!(null), [0, -5, 5, 0], json!(15)),
            entry("RELEASE", json!("NO_LONGER_NEEDED"), [0, 0, -5, 0], json!(20)),
        ]));
        desk.holds().await;
    }

    async fn f1_approvals_at_once_promise_no_more_hours_than_are_allowed(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let codes: Vec<String> = (0..8).map(|number| format!("C{number}")).collect();
        let courses: Vec<(&str, i32)> = codes.iter().map(|code| (code.as_str(), 10)).collect();
        desk.releasing(&courses).await;
        desk.allow("H1", &budget, 35, json!({})).await.data("/setLearningHours/budget");
        let mut sent = Vec::new();
        for code in &codes {
            let (id, max) = (desk.asked_by("E1", code).await, desk.caller("M1"));
            sent.push(tokio::spawn(async move { max.send(APPROVE, json!({ "input": { "id": id } })).await }));
        }
        let (mut done, mut refused) = (0, 0);
        for answer in sent {
            let answer = answer.await.expect("the request was answered");
            if answer.data("/approveFundingRequest/userErrors") == json!([]) {
                done += 1;
            } else {
                assert_eq!(answer.refused("approveFundingRequest"), ["INSUFFICIENT_HOURS input.id"]);
                refused += 1;
            }
        }
        assert_eq!((done, refused), (3, 5));
        assert_eq!(desk.hours(&budget).await, json!([35, 30, 0, 0, 5]));
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "30.00", "0.00", "0.00", "970.00"]);
        desk.holds().await;
    }

    async fn too_few_hours_are_told_before_and_refused_at_the_end(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        desk.releasing(&[("A", 20), ("B", 25)]).await;
        desk.policy(rules(json!({ "autoApproveUpTo": "100" }))).await;
        desk.allow("H1", &budget, 30, json!({})).await.data("/setLearningHours/budget");
        let first = desk.asked_by("E1", "A").await;
        assert_eq!(desk.hours(&budget).await, json!([30, 20, 0, 0, 10]));
        // What somebody should know of is for somebody to decide, and no alternative hides it.
        let mut input = desk.catalog_course("B").await;
        let own = desk.caller("E1").send(PREVIEW, json!({ "input": input })).await;
        let finding = |message: &str, limit: Value| json!({
            "outcome": "ALLOWED", "findings": [{ "code": "HOURS_EXCEEDED", "severity": "WARNING", "rule": "F1", "message": message,
                "actual": { "count": 25 }, "limit": limit }],
        });
        let part = |told: Answer| {
            let preview = told.data("/fundingPreview");
            json!({ "outcome": preview["outcome"], "findings": preview["findings"] })
        };
        assert_eq!(part(own), finding("the budget has fewer learning hours left than the 25 that are needed", json!(null)));
        input["employeeId"] = json!(desk.person("E1").await);
        let hana = desk.caller("H1").send(PREVIEW, json!({ "input": input })).await;
        assert_eq!(hana.data("/fundingPreview/budget"), json!({ "after": null, "learningHours": { "available": 10 } }));
        let message = "the budget has 10 learning hours left, but 25 are needed";
        assert_eq!(part(hana), finding(message, json!({ "count": 10 })));
        let second = desk.asked_by("E1", "B").await;
        let inbox = "{ viewer { approvals { nodes { findings { code actual { amount } actualHours limitHours } } } } }";
        assert_eq!(desk.caller("M1").ask(inbox).await.data("/viewer/approvals/nodes/0/findings"), json!([
            { "code": "HOURS_EXCEEDED", "actual": null, "actualHours": 25, "limitHours": 10 },
        ]));
        let before = desk.footprint().await;
        let refused = desk.approve("M1", &second).await;
        assert_eq!(refused.refused("approveFundingRequest"), ["INSUFFICIENT_HOURS input.id"]);
        assert_eq!(reason(&refused, "approveFundingRequest"), "the budget 'Learning' has 10 learning hours left, but 25 are needed");
        assert_eq!(desk.footprint().await, before);
        // In WARN mode it is promised all the same, and HARD is not set while too much is.
        let change = "mutation($input: ChangeBudgetInput!) { changeBudget(input: $input) { budget { version } userErrors { code field message } } }";
        let mode = async |mode: &str, version: i64| {
            let input = json!({ "id": budget, "limitMode": mode, "expectedVersion": version });
            desk.caller("F1").send(change, json!({ "input": input })).await
        };
        let version = mode("WARN", 2).await.data("/changeBudget/budget/version").as_i64().expect("a version");
        desk.approve("M1", &second).await.data("/approveFundingRequest/fundingRequest/status");
        assert_eq!(desk.hours(&budget).await, json!([30, 45, 0, 0, -15]));
        let hard = mode("HARD", version).await;
        assert_eq!(hard.refused("changeBudget"), ["OVERDRAWN input.limitMode"]);
        desk.act("F1", "cancelFundingRequest", json!({ "id": first, "reason": "NO_LONGER_NEEDED" })).await
            .data("/cancelFundingRequest/fundingRequest/id");
        mode("HARD", version).await.data("/changeBudget/budget/version");
        assert_eq!(desk.hours(&budget).await, json!([30, 25, 0, 0, 5]));
        desk.holds().await;
    }

    async fn hr_and_owners_set_hours_and_every_refusal_writes_nothing(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({ "ownerIds": [desk.person("M2").await] })).await;
        desk.releasing(&[("A", 20)]).await;
        let id = desk.asked_by("E1", "A").await;
        desk.approve("M1", &id).await.data("/approveFundingRequest/fundingRequest/status");
        let archived = desk.budget("Archived", "0", json!({})).await;
        desk.act("F1", "closeBudgetToSpend", json!({ "id": archived })).await.data("/closeBudgetToSpend/budget/id");
        desk.act("F1", "archiveBudget", json!({ "id": archived })).await.data("/archiveBudget/budget/id");
        let before = desk.footprint().await;
        let low = desk.allow("M2", &budget, 19, json!({})).await;
        assert_eq!(low.refused("setLearningHours"), ["BELOW_PROMISED input.hours"]);
        assert_eq!(reason(&low, "setLearningHours"), "20 learning hours of the budget 'Learning' are promised or used; its allowance is that at least");
        for (of, hours, more, refusal) in [
            (&budget, 0, json!({}), "OUT_OF_RANGE input.hours"),
            (&budget, 1_000_001, json!({}), "OUT_OF_RANGE input.hours"),
            (&budget, 50, json!({ "note": " " }), "INVALID_NOTE input.note"),
            (&budget, 50, json!({ "reason": "LAPSED" }), "RESERVED_REASON input.reason"),
            (&archived, 5, json!({}), "BUDGET_STATUS input.budgetId"),
        ] {
            assert_eq!(desk.allow("H1", of, hours, more).await.refused("setLearningHours"), [refusal]);
        }
        for person in ["E1", "M1", "C1", "H2", "F1", "A1", "X1"] {
            assert_eq!(desk.allow(person, &budget, 50, json!({})).await.code(), "FORBIDDEN", "{person}");
        }
        assert_eq!(desk.allow("H1", "budget_00000000000000000000000001", 5, json!({})).await.code(), "NOT_FOUND");
        assert_eq!(desk.footprint().await, before);

        let key = json!({ "idempotencyKey": "hours" });
        desk.allow("M2", &budget, 50, key.clone()).await.data("/setLearningHours/budget/learningHours");
        let after = desk.footprint().await;
        desk.allow("M2", &budget, 50, key.clone()).await.data("/setLearningHours/budget/learningHours");
        assert_eq!(desk.allow("M2", &budget, 51, key).await.refused("setLearningHours"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert_eq!(desk.allow("H1", &budget, 50, json!({})).await.refused("setLearningHours"), ["UNCHANGED input.hours"]);
        assert_eq!(desk.allow("H1", &budget, 60, json!({})).await.refused("setLearningHours"), ["REASON_NEEDED input.reason"]);
        assert_eq!(desk.footprint().await, after);
        desk.allow("H1", &budget, 20, json!({ "reason": "BUDGET_CUT" })).await.data("/setLearningHours/budget/learningHours");
        assert_eq!(desk.hours(&budget).await, json!([20, 20, 0, 0, 0]));
        desk.holds().await;
    }

    async fn a_carry_over_takes_the_hours_of_its_promises_along(desk: Desk) {
        let old = desk.of_days("First", FIRST, "1000", json!({})).await;
        desk.releasing(&[("A", 20), ("B", 10)]).await;
        desk.allow("H1", &old, 40, json!({})).await.data("/setLearningHours/budget");
        let [reserved, committed] = [desk.asked_by("E1", "A").await, desk.asked_by("E1", "B").await];
        for id in [&reserved, &committed] {
            desk.approve("M1", id).await.data("/approveFundingRequest/fundingRequest/status");
        }
        desk.act("F1", "commitFundingRequest", json!({ "id": committed })).await.data("/commitFundingRequest/fundingRequest/id");
        desk.app.clock.advance(chrono::TimeDelta::days(31));
        let new = desk.of_days("Second", SECOND, "0", json!({})).await;
        desk.allow("H1", &new, 25, json!({})).await.data("/setLearningHours/budget");
        let close = "mutation($input: CloseBudgetInput!) { closeBudget(input: $input) { closing { movedRequests } userErrors { code field message } } }";
        let input = json!({ "id": old, "promises": "CARRY_OVER", "money": "CARRY_OVER", "successorId": new });
        let before = desk.footprint().await;
        let refused = desk.caller("F1").send(close, json!({ "input": input })).await;
        assert_eq!(refused.refused("closeBudget"), ["INSUFFICIENT_HOURS input.successorId"]);
        assert_eq!(desk.footprint().await, before);
        desk.allow("H1", &new, 60, json!({ "reason": "CARRY_OVER" })).await.data("/setLearningHours/budget/learningHours");
        desk.caller("F1").send(close, json!({ "input": input })).await.data("/closeBudget/closing/movedRequests");
        assert_eq!(desk.hours(&old).await, json!([40, 0, 0, 0, 40]));
        assert_eq!(desk.hours(&new).await, json!([60, 20, 10, 0, 30]));
        desk.holds().await;
    }
}
