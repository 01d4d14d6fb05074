//! F11: nobody who is away is asked, and what waits for them goes to others.

use chrono::TimeDelta;
use serde_json::json;
use support::both_databases;

use super::{Desk, outside};

const RECORD: &str = "mutation($input: RecordAbsenceInput!) { recordAbsence(input: $input) { absence { id } userErrors { code } } }";

impl Desk {
    /// Somebody is away on some days in March 2026.
    async fn away(&self, person: &str, from: &str, until: &str) -> String {
        let input = json!({ "fromOn": from, "untilOn": until });
        let recorded = self.caller(person).send(RECORD, json!({ "input": input })).await;
        recorded.text("/recordAbsence/absence/id")
    }
}

both_databases! {
    async fn f11_what_waits_goes_to_the_next_when_an_absence_begins(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let (now, later) = (desk.request("E3", "now", "10").await, desk.request("E1", "later", "10").await);
        desk.away("M2", "2026-03-02", "2026-03-03").await;
        desk.away("M1", "2026-03-03", "2026-03-03").await;
        desk.follow().await;
        assert_eq!((desk.chain(&now).await, desk.chain(&later).await), (vec!["C1 MANAGER WAITING".to_owned()], vec!["M1 MANAGER WAITING".to_owned()]));
        desk.attend().await;
        assert_eq!(desk.chain(&later).await, ["M1 MANAGER WAITING"]);
        // A day begins at midnight in Berlin; nothing happens then that could be read in the journal.
        desk.app.clock.advance(TimeDelta::hours(14));
        desk.attend().await;
        assert_eq!((desk.chain(&later).await, desk.inbox("M1").await), (vec!["C1 MANAGER WAITING".to_owned()], Vec::new()));
        let told = desk.told("funding.step_rerouted").await;
        assert_eq!(told.iter().map(|event| &event["reason"]).collect::<Vec<_>>(), [&json!("AWAY"), &json!("AWAY")]);
        let mut witness = desk.app.witness().await;
        desk.attend().await;
        assert!(!witness.wrote().await);

        // What was given away stays there, and who is back is asked again.
        desk.app.clock.advance(TimeDelta::days(1));
        desk.attend().await;
        assert_eq!(desk.chain(&later).await, ["C1 MANAGER WAITING"]);
        let next = desk.request("E1", "next", "10").await;
        assert_eq!(desk.chain(&next).await, ["M1 MANAGER WAITING"]);
    }

    async fn f11_new_requests_pass_over_who_is_away_and_previews_say_so(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let absence = desk.away("M1", "2026-03-01", "2026-03-09").await;
        let preview = "query($input: FundingPreviewInput!) { fundingPreview(input: $input) { steps { assignee { externalId } } } }";
        let input = outside("cloud", "10", json!({}));
        let previewed = desk.caller("E1").send(preview, json!({ "input": input })).await;
        assert_eq!(previewed.data("/fundingPreview/steps"), json!([{ "assignee": { "externalId": "C1" } }]));
        let id = desk.request("E1", "cloud", "10").await;
        assert_eq!(desk.chain(&id).await, ["C1 MANAGER WAITING"]);
        let end = "mutation($input: EndAbsenceInput!) { endAbsence(input: $input) { userErrors { code } } }";
        let ended = desk.caller("H1").send(end, json!({ "input": { "id": absence } })).await;
        assert_eq!(ended.data("/endAbsence/userErrors"), json!([]));
        let next = desk.request("E1", "next", "10").await;
        assert_eq!(desk.chain(&next).await, ["M1 MANAGER WAITING"]);
    }

    async fn f10_f11_who_is_away_keeps_what_a_substitute_decides_until_their_days_end(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let id = desk.request("E1", "cloud", "10").await;
        let input = json!({ "delegateId": desk.person("E2").await, "fromOn": "2026-03-02", "untilOn": "2026-03-02" });
        let delegate = "mutation($input: DelegateApprovalsInput!) { delegateApprovals(input: $input) { delegation { id } userErrors { code } } }";
        desk.caller("M1").send(delegate, json!({ "input": input })).await.text("/delegateApprovals/delegation/id");
        desk.away("M1", "2026-03-02", "2026-03-09").await;
        desk.follow().await;
        desk.attend().await;
        assert_eq!(desk.chain(&id).await, ["M1 MANAGER WAITING"]);
        assert_eq!(desk.inbox("E2").await, ["cloud"]);
        let covered = desk.request("E1", "covered", "10").await;
        assert_eq!(desk.chain(&covered).await, ["M1 MANAGER WAITING"]);
        desk.app.clock.advance(TimeDelta::hours(14));
        desk.attend().await;
        assert_eq!((desk.chain(&id).await, desk.chain(&covered).await), (vec!["C1 MANAGER WAITING".to_owned()], vec!["C1 MANAGER WAITING".to_owned()]));
    }

    async fn f11_who_is_on_leave_gives_away_what_nobody_stands_in_for_any_more(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let id = desk.request("E1", "cloud", "10").await;
        let input = json!({ "delegateId": desk.person("E2").await, "fromOn": "2026-03-02", "untilOn": "2026-03-02" });
        let delegate = "mutation($input: DelegateApprovalsInput!) { delegateApprovals(input: $input) { delegation { id } userErrors { code } } }";
        desk.caller("M1").send(delegate, json!({ "input": input })).await.text("/delegateApprovals/delegation/id");
        desk.roster(|line| line.status = Some("ON_LEAVE".to_owned()), "M1").await;
        desk.follow().await;
        desk.attend().await;
        assert_eq!(desk.chain(&id).await, ["M1 MANAGER WAITING"]);
        desk.app.clock.advance(TimeDelta::hours(14));
        desk.attend().await;
        assert_eq!(desk.chain(&id).await, ["C1 MANAGER WAITING"]);
    }

    async fn f11_where_everybody_is_away_hr_is_told_and_whoever_returns_may_decide(desk: Desk) {
        desk.budget("Learning", "1000", json!({ "ownerIds": [desk.person("F1").await] })).await;
        let id = desk.request("C1", "board", "10").await;
        let absence = desk.away("F1", "2026-03-02", "2026-03-09").await;
        desk.follow().await;
        for _ in 0..2 {
            desk.attend().await;
        }
        let told = desk.told("funding.step_stranded").await;
        assert_eq!((told.len(), &told[0]["reason"], &told[0]["told"]), (1, &json!("AWAY"), &json!([desk.person("H1").await])));
        assert_eq!(desk.chain(&id).await, ["F1 BUDGET_OWNER WAITING"]);
        let end = "mutation($input: EndAbsenceInput!) { endAbsence(input: $input) { userErrors { code } } }";
        desk.caller("F1").send(end, json!({ "input": { "id": absence } })).await.data("/endAbsence/userErrors");
        desk.follow().await;
        assert_eq!(desk.stranded(&id).await.1, json!(null));
        assert_eq!(desk.approve("F1", &id).await.data("/approveFundingRequest/fundingRequest/status"), json!("APPROVED"));
    }
}
