//! F18: what the policy says of a request, in a preview and in a submission.

use serde_json::json;
use support::both_databases;

use super::{Desk, JUDGED, eur, outside, rules};
use crate::funding::reason;

both_databases! {
    async fn f18_a_submission_is_refused_with_everything_that_a_preview_tells(desk: Desk) {
        desk.budget("Learning", "10000", json!({})).await;
        desk.request("E1", "first", "300").await;
        let ops = desk.department("OPS").await;
        desk.policy(rules(json!({
            "caps": { "perRequest": "400", "perPersonAndYear": "500" },
            "eligibility": {
                "minimumTenureDays": 2_253, "statuses": ["ON_LEAVE"], "departmentIds": [ops], "providerKinds": ["COLLEGE"],
            },
            "workload": { "maximumCourses": 1 },
        }))).await;
        let judged = desk.judged("second", "400.01").await;
        assert_eq!(judged.data("/fundingPreview/outcome"), json!("REFUSED"));
        let money = |amount: &str| json!({ "money": { "amount": amount }, "count": null, "word": null });
        let count = |count: i64| json!({ "money": null, "count": count, "word": null });
        let word = |word: &str| json!({ "money": null, "count": null, "word": word });
        let finding = |code: &str, message: &str, field: &str, actual, limit| json!({
            "code": code, "rule": "F18", "severity": "REFUSAL", "message": message, "field": ["input", field],
            "actual": actual, "limit": limit,
        });
        assert_eq!(judged.data("/fundingPreview/findings"), json!([
            finding("TENURE_TOO_SHORT", "the policy asks for 2253 days with the employer; the employee has been here for 2252",
                "employeeId", count(2_252), count(2_253)),
            finding("STATUS_NOT_ELIGIBLE", "the employee is ACTIVE; the policy is for those who are ON_LEAVE",
                "employeeId", word("ACTIVE"), json!(null)),
            finding("DEPARTMENT_NOT_ELIGIBLE", "the policy is for some departments and those below them, and 'ENG' is not among them",
                "employeeId", word("ENG"), json!(null)),
            finding("TOO_MANY_COURSES", "the policy limits courses at once to 1; with this one it would be 2",
                "employeeId", count(2), count(1)),
            finding("PROVIDER_KIND_NOT_ELIGIBLE", "the provider is of a kind that is not known, because the course is outside the \
                catalog; the policy pays for courses of COLLEGE", "course", json!(null), json!(null)),
            finding("REQUEST_CAP_EXCEEDED", "the policy allows 400.00 EUR a request; this one asks for 400.01 EUR",
                "course", money("400.01"), money("400.00")),
            finding("YEAR_CAP_EXCEEDED", "the policy allows 500.00 EUR a person from 2026-01-01 to 2026-12-31; 300.00 EUR of it are \
                asked for or spent, and this request asks for 400.01 EUR", "employeeId", money("700.01"), money("500.00")),
        ]));
        let before = desk.footprint().await;
        let refused = desk.submit("E1", "second", "400.01", json!({})).await;
        assert_eq!(refused.refused("submitFundingRequest"), [
            "TENURE_TOO_SHORT input.employeeId", "STATUS_NOT_ELIGIBLE input.employeeId",
            "DEPARTMENT_NOT_ELIGIBLE input.employeeId", "TOO_MANY_COURSES input.employeeId",
            "PROVIDER_KIND_NOT_ELIGIBLE input.course", "REQUEST_CAP_EXCEEDED input.course",
            "YEAR_CAP_EXCEEDED input.employeeId",
        ]);
        assert_eq!(desk.footprint().await, before);
    }

    async fn f18_a_yearly_cap_counts_what_is_live_or_spent_and_begins_anew(desk: Desk) {
        desk.budget("Learning", "10000", json!({ "period": { "startsOn": "2026-01-01", "endsOn": "2027-12-31" } })).await;
        desk.policy(rules(json!({ "caps": { "perPersonAndYear": "500" } }))).await;
        let settled = desk.approved("E1", "settled", "300").await;
        desk.act("F1", "commitFundingRequest", json!({ "id": settled })).await.data("/commitFundingRequest/fundingRequest/id");
        desk.act("F1", "settleFundingRequest", json!({ "id": settled, "price": eur("250") })).await
            .data("/settleFundingRequest/fundingRequest/id");
        let rejected = desk.request("E1", "rejected", "250").await;
        desk.act("M1", "rejectFundingRequest", json!({ "id": rejected, "reason": "OTHER", "text": "no" })).await
            .data("/rejectFundingRequest/fundingRequest/id");
        let above = desk.submit("E1", "above", "250.01", json!({})).await;
        assert_eq!(above.refused("submitFundingRequest"), ["YEAR_CAP_EXCEEDED input.employeeId"]);
        // What is left is the nearest alternative, for whoever sees the budget.
        let eva = json!({ "employeeId": desk.person("E1").await });
        let told = desk.caller("H1").send(JUDGED, json!({ "input": outside("above", "250.01", eva) })).await;
        assert_eq!(told.data("/fundingPreview/alternatives"), json!([{ "amount": { "amount": "250.00" } }]));
        desk.request("E1", "within", "250").await;
        desk.request("E2", "elsewhere", "500").await;
        desk.app.clock.advance(chrono::TimeDelta::days(305));
        desk.request("E1", "next-year", "500").await;
    }

    async fn f18_the_learning_of_a_week_is_limited(desk: Desk) {
        desk.budget("Learning", "10000", json!({})).await;
        let row = |code: &str, hours: &str| json!({
            "code": code, "title": code, "price": eur("10"), "provider": "A College", "providerKind": "COLLEGE",
            "workloadHours": hours.parse::<i32>().expect("hours"), "duration": "5-10 weeks",
            "skills": ["Rust"], "skillLevel": 2,
        });
        desk.import(json!([row("FIRST", "20"), row("SECOND", "30")])).await;
        desk.policy(rules(json!({ "workload": { "weeklyMinutes": 299 } }))).await;
        let ask = async |code: &str| {
            let course = json!({ "course": { "courseId": desk.coded(code).await }, "quote": null });
            desk.submit("E1", code, "0", course).await
        };
        ask("FIRST").await.data("/submitFundingRequest/fundingRequest/id");
        let refused = ask("SECOND").await;
        assert_eq!(refused.refused("submitFundingRequest"), ["LOAD_TOO_HIGH input.course"]);
        assert_eq!(
            reason(&refused, "submitFundingRequest"),
            "the policy allows 299 minutes of learning a week; with this course it would be 300",
        );
        // A course of which it is not known how long it takes does not count.
        desk.request("E1", "outside", "10").await;
    }

    async fn an_amount_of_another_currency_is_left_to_people(desk: Desk) {
        let budget = desk.budget("Dollars", "10000", json!({ "currency": "USD" })).await;
        desk.policy(rules(json!({
            "caps": { "perRequest": "5" }, "autoApproveUpTo": "5",
            "steps": [{ "who": { "relation": "MANAGER" } }, { "who": { "relation": "MANAGERS_MANAGER" }, "fromAmount": "1000" }],
            "onePersonMayDecideTwice": true,
        }))).await;
        let dollars = json!({ "quote": { "amount": "4", "currency": "USD" }, "budgetId": budget });
        let input = outside("cloud", "4", dollars.clone());
        let judged = desk.caller("E1").send(JUDGED, json!({ "input": input })).await;
        let word = |word: &str| json!({ "money": null, "count": null, "word": word });
        assert_eq!(judged.data("/fundingPreview"), json!({
            "outcome": "ALLOWED", "policyVersion": 2, "approvedByPolicy": false,
            "findings": [{
                "code": "OTHER_CURRENCY", "rule": "F18", "severity": "WARNING", "field": [],
                "message": "the policy's limits are in EUR; what they allow of 4.00 USD cannot be told, so it is for you to judge",
                "actual": word("USD"), "limit": word("EUR"),
            }],
            "steps": [
                { "position": 1, "capacity": "MANAGER", "dueWithinDays": null, "assignee": { "externalId": "M1" } },
                { "position": 2, "capacity": "MANAGER", "dueWithinDays": null, "assignee": { "externalId": "C1" } },
            ],
            "alternatives": [],
        }));
        let id = desk.submit("E1", "cloud", "4", dollars).await.text("/submitFundingRequest/fundingRequest/id");
        desk.approve("M1", &id).await.data("/approveFundingRequest/fundingRequest/status");
        let grounds = "query($id: ID!) { fundingRequest(id: $id) { decisions { grounds { findings { code actual { amount } limit { amount } } } } } }";
        let seen = desk.caller("M1").send(grounds, json!({ "id": id })).await;
        assert_eq!(seen.data("/fundingRequest/decisions/0/grounds/findings"), json!([
            { "code": "OTHER_CURRENCY", "actual": { "amount": "4.00" }, "limit": null },
        ]));
    }

    async fn f18_two_at_once_do_not_share_one_cap(desk: Desk) {
        desk.budget("Learning", "10000", json!({})).await;
        desk.policy(rules(json!({ "caps": { "perPersonAndYear": "500" } }))).await;
        let ask = async |number: usize| {
            let answer = desk.submit("E1", &format!("course-{number}"), "200", json!({})).await;
            usize::from(answer.data("/submitFundingRequest/userErrors") == json!([]))
        };
        let (one, two, three, four) = tokio::join!(ask(1), ask(2), ask(3), ask(4));
        assert_eq!(one + two + three + four, 2);
        assert_eq!(desk.app.rows("funding_request").await, 2);
    }
}
