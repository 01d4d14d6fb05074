//! Recording that somebody is away, and that they are back.

use serde_json::{Value, json};
use support::{Answer, TestApp, both_databases};

const RECORD: &str = "mutation($input: RecordAbsenceInput!) { recordAbsence(input: $input) {
  absence { id employee { externalId } fromOn untilOn createdBy { externalId } endedAt }
  userErrors { code field message } } }";

const END: &str = "mutation($input: EndAbsenceInput!) { endAbsence(input: $input) {
  absence { endedAt } userErrors { code field } } }";

/// Somebody records days in March 2026.
async fn record(app: &TestApp, by: &str, days: [u32; 2], more: Value) -> Answer {
    let [from, until] = days.map(|day| format!("2026-03-{day:02}"));
    let mut input = json!({ "fromOn": from, "untilOn": until });
    crate::funding::merge(&mut input, more);
    app.caller("northwind", by).send(RECORD, json!({ "input": input })).await
}

both_databases! {
    async fn an_absence_is_recorded_once_and_ended_once(app: TestApp) {
        let northwind = app.northwind().await;
        let key = json!({ "idempotencyKey": "away" });
        let recorded = record(&app, "M1", [4, 6], key.clone()).await;
        let id = recorded.text("/recordAbsence/absence/id");
        assert_eq!(recorded.data("/recordAbsence/absence"), json!({
            "id": id, "employee": { "externalId": "M1" }, "fromOn": "2026-03-04", "untilOn": "2026-03-06",
            "createdBy": { "externalId": "M1" }, "endedAt": null,
        }));
        let mut witness = app.witness().await;
        assert_eq!(record(&app, "M1", [4, 6], key.clone()).await.text("/recordAbsence/absence/id"), id);
        let reused = record(&app, "M1", [4, 7], key).await;
        assert_eq!(reused.refused("recordAbsence"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);

        let refused = async |days, more| record(&app, "M1", days, more).await.refused("recordAbsence");
        assert_eq!(refused([6, 9], json!({})).await, ["OVERLAPS input.fromOn"]);
        assert_eq!(refused([1, 1], json!({})).await, ["OVER input.untilOn"]);
        assert_eq!(refused([9, 9], json!({ "untilOn": "2027-03-10" })).await, ["TOO_LONG input.untilOn"]);
        assert_eq!(record(&app, "M1", [9, 8], json!({})).await.code(), "BAD_USER_INPUT");
        let lara = json!({ "employeeId": app.person(&northwind, "L1").await.to_string() });
        assert_eq!(record(&app, "M1", [9, 9], lara.clone()).await.code(), "FORBIDDEN");
        let gone = record(&app, "H1", [9, 9], lara).await;
        assert_eq!(gone.refused("recordAbsence"), ["UNKNOWN_EMPLOYEE input.employeeId"]);
        let end = async |person: &str| app.caller("northwind", person).send(END, json!({ "input": { "id": id } })).await;
        assert_eq!(end("E1").await.code(), "NOT_FOUND");
        assert_eq!(end("H2").await.code(), "FORBIDDEN");
        assert!(!witness.wrote().await);

        let emil = json!({ "employeeId": app.person(&northwind, "E2").await.to_string() });
        record(&app, "H1", [2, 20], emil).await.text("/recordAbsence/absence/id");
        let list = "{ absences { totalCount } now: absences(filter: { on: \"2026-03-02\" }) { totalCount } }";
        for (person, all, now) in [("M1", 1, 0), ("E2", 1, 1), ("H1", 2, 1), ("H2", 2, 1), ("C1", 0, 0)] {
            let told = app.caller("northwind", person).ask(list).await;
            assert_eq!(told.data(""), json!({ "absences": { "totalCount": all }, "now": { "totalCount": now } }), "{person}");
        }

        assert_eq!(end("M1").await.data("/endAbsence/absence/endedAt"), json!("2026-03-02T09:00:00Z"));
        let mut witness = app.witness().await;
        assert_eq!(end("H1").await.refused("endAbsence"), ["OVER input.id"]);
        assert!(!witness.wrote().await);
        // What is ended stands in nobody's way.
        record(&app, "M1", [5, 5], json!({})).await.text("/recordAbsence/absence/id");
        app.seal().await;
        let journal = "{ journalEntries(last: 2, filter: { kind: { in: [\"organization.absence_recorded\", \"organization.absence_ended\"] } }) { nodes { kind actor { externalId } } } }";
        assert_eq!(app.caller("northwind", "A1").ask(journal).await.data("/journalEntries/nodes"), json!([
            { "kind": "organization.absence_ended", "actor": { "externalId": "M1" } },
            { "kind": "organization.absence_recorded", "actor": { "externalId": "M1" } },
        ]));
    }
}
