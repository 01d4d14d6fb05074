//! F11: reminders before and at the due date, and the way up after it.

use chrono::TimeDelta;
use serde_json::{Value, json};
use support::both_databases;
use upskill_api::worker::attend_to_approvals;

use super::{Desk, merge};

const STEP: &str = "query($id: ID!) { fundingRequest(id: $id) { version steps {
  id assignee { externalId } status dueAt escalatedAt escalatedFrom { externalId } } } }";

impl Desk {
    /// Looks at due dates as the worker does.
    pub(super) async fn attend(&self) {
        let failed = attend_to_approvals(&self.app.app, 2).await.expect("the employers are there");
        assert!(failed.is_empty(), "{failed:?}");
    }

    /// Days pass, and the worker looks.
    async fn after(&self, days: i64) {
        self.app.clock.advance(TimeDelta::days(days));
        self.attend().await;
    }

    async fn first_step(&self, id: &str) -> Value {
        self.caller("F1").send(STEP, json!({ "id": id })).await.data("/fundingRequest/steps/0")
    }

    /// A policy whose only step is for the manager, and is due.
    async fn due_within(&self, days: i32, more: Value) {
        let mut step = json!({ "who": { "relation": "MANAGER" }, "dueWithinDays": days });
        merge(&mut step, more);
        self.policy(json!({ "currency": "EUR", "steps": [step] })).await;
    }

    /// How many events of each kind about due dates there are: reminders, escalations, ends of the line.
    async fn counted(&self) -> [usize; 3] {
        let mut counted = [0; 3];
        let kinds = ["funding.step_reminded", "funding.step_escalated", "funding.step_overdue"];
        for (count, kind) in counted.iter_mut().zip(kinds) {
            *count = self.told(kind).await.len();
        }
        counted
    }
}

both_databases! {
    async fn f11_an_overdue_step_is_reminded_of_twice_and_then_goes_up(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        desk.due_within(5, json!({ "remindDaysBefore": 2 })).await;
        let id = desk.request("E1", "cloud", "100").await;
        let step = desk.first_step(&id).await;
        assert_eq!((&step["dueAt"], &step["escalatedAt"]), (&json!("2026-03-07T09:00:00Z"), &json!(null)));
        desk.after(2).await;
        assert_eq!(desk.counted().await, [0, 0, 0]);
        for _ in 0..2 {
            desk.after(1).await;
        }
        assert_eq!(desk.counted().await, [1, 0, 0]);
        let [eva, max, clara] = [desk.person("E1").await, desk.person("M1").await, desk.person("C1").await];
        let about = json!({ "request": id, "employee": eva, "step": step["id"] });
        let with = |more: Value| {
            let mut event = about.clone();
            merge(&mut event, more);
            event
        };
        let due = "2026-03-07T09:00:00Z";
        let soon = with(json!({ "assignee": max, "notice": "DUE_SOON", "dueAt": due }));
        desk.after(1).await;
        let now = with(json!({ "assignee": max, "notice": "DUE", "dueAt": due }));
        assert_eq!(desk.told("funding.step_reminded").await, [soon, now]);
        assert_eq!(desk.inbox("M1").await, ["cloud"]);

        desk.after(1).await;
        let mut witness = desk.app.witness().await;
        desk.attend().await;
        assert!(!witness.wrote().await);
        assert_eq!(desk.counted().await, [2, 1, 0]);
        let up = with(json!({ "from": max, "to": clara, "capacity": "MANAGER", "dueAt": due }));
        assert_eq!(desk.told("funding.step_escalated").await, [up]);
        assert_eq!(desk.first_step(&id).await, json!({
            "id": step["id"], "assignee": { "externalId": "C1" }, "status": "WAITING", "dueAt": "2026-03-13T09:00:00Z",
            "escalatedAt": "2026-03-08T09:00:00Z", "escalatedFrom": { "externalId": "M1" },
        }));
        assert_eq!((desk.inbox("M1").await, desk.inbox("C1").await), (Vec::<String>::new(), vec!["cloud".to_owned()]));

        // One person decides it at a time: Max still sees the request of one of his people, and decides nothing.
        let before = desk.footprint().await;
        assert_eq!(desk.approve("M1", &id).await.code(), "FORBIDDEN");
        assert_eq!(desk.footprint().await, before);
        assert_eq!(desk.approve("C1", &id).await.data("/approveFundingRequest/fundingRequest/status"), json!("APPROVED"));
        desk.after(30).await;
        assert_eq!(desk.counted().await, [2, 1, 0]);
        assert_eq!(desk.layers(&budget).await[2], "100.00");
        desk.holds().await;
    }

    async fn f11_several_workers_escalate_once_and_the_end_of_the_line_is_told_to_hr(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        desk.due_within(2, json!({})).await;
        let mut ids = Vec::new();
        for course in ["one", "two", "three", "four", "five"] {
            ids.push(desk.request("E1", course, "10").await);
        }
        let expected = ["C1", "H1", "X1"];
        for (round, holder) in expected.into_iter().enumerate() {
            desk.app.clock.advance(TimeDelta::days(3));
            let workers = (0..6).map(|_| {
                let app = desk.app.app.clone();
                tokio::spawn(async move { attend_to_approvals(&app, 2).await })
            });
            for worker in workers.collect::<Vec<_>>() {
                let failed = worker.await.expect("no panic").expect("the employers are there");
                assert!(failed.is_empty(), "{failed:?}");
            }
            desk.attend().await;
            // First up the line, then to the owner of the budget, then to those who run the employer's side.
            for id in &ids {
                assert_eq!(desk.first_step(id).await["assignee"]["externalId"], json!(holder));
            }
            assert_eq!(desk.counted().await, [0, 5 * (round + 1), 0]);
        }
        // Hana holds the last of the roles too.
        desk.after(3).await;
        assert_eq!(desk.first_step(&ids[0]).await["assignee"]["externalId"], json!("H1"));
        for _ in 0..2 {
            desk.after(3).await;
        }
        let told = desk.told("funding.step_overdue").await;
        let [eva, hana] = [desk.person("E1").await, desk.person("H1").await];
        assert_eq!(told.len(), 5);
        assert_eq!((&told[0]["employee"], &told[0]["assignee"], &told[0]["told"]), (&json!(eva), &json!(hana), &json!([hana])));
        assert_eq!(desk.inbox("H1").await.len(), 5);
        assert_eq!(desk.approve("H1", &ids[0]).await.data("/approveFundingRequest/fundingRequest/status"), json!("APPROVED"));
    }

    async fn f11_a_request_that_is_held_is_left_to_the_next_round_and_one_not_due_is_not_touched(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let undated = desk.request("E2", "undated", "10").await;
        desk.due_within(2, json!({ "remindDaysBefore": 0 })).await;
        let id = desk.request("E1", "cloud", "10").await;
        desk.after(1).await;
        assert_eq!(desk.counted().await, [0, 0, 0]);
        desk.after(1).await;
        assert_eq!(desk.told("funding.step_reminded").await[0]["notice"], json!("DUE"));
        // A manager who has left in between is passed over on the way up.
        desk.roster(|line| line.status = Some("ON_LEAVE".to_owned()), "C1").await;
        desk.after(1).await;
        assert_eq!(desk.first_step(&id).await["assignee"]["externalId"], json!("H1"));
        assert_eq!(desk.first_step(&undated).await["assignee"]["externalId"], json!("M1"));
        assert_eq!(desk.counted().await, [1, 1, 0]);
    }

    async fn f11_days_of_reminders_are_checked_with_the_policy(desk: Desk) {
        let step = json!({ "who": { "relation": "MANAGER" }, "dueWithinDays": 5, "remindDaysBefore": 366 });
        let draft = "mutation($input: DraftFundingPolicyInput!) { draftFundingPolicy(input: $input) { fundingPolicy {
          problems { message } rules { steps { dueWithinDays remindDaysBefore } } } } }";
        let plain = json!({ "who": { "relation": "MANAGER" }, "dueWithinDays": 5 });
        let rules = json!({ "currency": "EUR", "steps": [step, plain] });
        let input = json!({ "name": "Learning", "from": { "rules": rules } });
        let drafted = desk.caller("H1").send(draft, json!({ "input": input })).await.data("/draftFundingPolicy/fundingPolicy");
        assert_eq!(drafted["rules"]["steps"], json!([
            { "dueWithinDays": 5, "remindDaysBefore": 366 }, { "dueWithinDays": 5, "remindDaysBefore": 1 },
        ]));
        let message = drafted["problems"][0]["message"].as_str().expect("a problem");
        assert!(message.contains("steps.0.remindDaysBefore") && message.contains("366"), "{message}");
    }
}
