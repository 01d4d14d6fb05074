//! How enrollments go on.

use chrono::TimeDelta;
use serde_json::json;
use support::both_databases;

use super::{School, nobody};

both_databases! {
    async fn an_enrollment_goes_from_planned_to_the_assessment(school: School) {
        let input = json!({ "in": { "courseId": school.cloud }, "startsOn": "2026-03-03" });
        let id = school.enroll("E1", input).await.text("/enroll/enrollment/id");
        let mut witness = school.app().witness().await;
        let early = school.act("E1", "startEnrollment", json!({ "id": id })).await;
        assert_eq!(early.refused("startEnrollment"), ["TOO_EARLY input.id"]);
        assert!(!witness.wrote().await);
        school.app().clock.advance(TimeDelta::days(1));
        let started = school.act("E1", "startEnrollment", json!({ "id": id, "expectedVersion": 1 })).await;
        assert_eq!(started.data("/startEnrollment/enrollment/startedAt"), json!("2026-03-03T09:00:00Z"));

        let studied = json!({ "id": id, "milestone": "SELF_STUDY" });
        let reached = school.act("E1", "reachMilestone", studied.clone()).await;
        assert_eq!(reached.data("/reachMilestone/enrollment/milestones/0"), json!({ "kind": "SELF_STUDY", "reachedAt": "2026-03-03T09:00:00Z" }));
        school.app().clock.advance(TimeDelta::days(1));
        // L3: saying it again, later, changes nothing.
        let mut witness = school.app().witness().await;
        let again = school.act("E1", "reachMilestone", studied).await;
        assert_eq!(again.data("/reachMilestone"), reached.data("/reachMilestone"));
        assert!(!witness.wrote().await);

        let paused = school.act("E1", "pauseEnrollment", json!({ "id": id })).await;
        assert_eq!(paused.data("/pauseEnrollment/enrollment/status"), json!("PAUSED"));
        assert_eq!(paused.data("/pauseEnrollment/enrollment/pausedAt"), json!("2026-03-04T09:00:00Z"));
        let resumed = school.act("H1", "resumeEnrollment", json!({ "id": id })).await;
        assert_eq!(resumed.data("/resumeEnrollment/enrollment/status"), json!("ACTIVE"));
        assert_eq!(resumed.data("/resumeEnrollment/enrollment/pausedAt"), json!(null));
        let submitted = school.act("E1", "submitForAssessment", json!({ "id": id })).await;
        assert_eq!(submitted.data("/submitForAssessment/enrollment/status"), json!("IN_ASSESSMENT"));
        assert_eq!(submitted.data("/submitForAssessment/enrollment/submittedAt"), json!("2026-03-04T09:00:00Z"));
        assert_eq!(submitted.data("/submitForAssessment/enrollment/version"), json!(6));
        school.act("E1", "pauseEnrollment", json!({ "id": id })).await.text("/pauseEnrollment/enrollment/id");
        let back = school.act("E1", "resumeEnrollment", json!({ "id": id })).await;
        assert_eq!(back.data("/resumeEnrollment/enrollment/status"), json!("IN_ASSESSMENT"));
        let gave_up = school.act("E1", "withdrawEnrollment", json!({ "id": id, "reason": "CHANGED_JOB" })).await;
        assert_eq!(gave_up.data("/withdrawEnrollment/enrollment/status"), json!("WITHDRAWN"));
        assert_eq!(gave_up.data("/withdrawEnrollment/enrollment/withdrawalReason"), json!("CHANGED_JOB"));
        assert_eq!(gave_up.data("/withdrawEnrollment/enrollment/endedAt"), json!("2026-03-04T09:00:00Z"));
        assert_eq!(school.told(&id).await, [
            "learning.enrolled", "learning.enrollment_started", "learning.milestone_reached", "learning.enrollment_paused",
            "learning.enrollment_resumed", "learning.submitted_for_assessment", "learning.enrollment_paused",
            "learning.enrollment_resumed", "learning.enrollment_withdrawn",
        ]);
    }

    async fn every_refusal_on_the_way_writes_nothing(school: School) {
        let input = json!({ "in": { "courseId": school.rust }, "startsOn": "2026-03-02" });
        let planned = school.enroll("E1", input).await.text("/enroll/enrollment/id");
        let active = school.active("E1").await;
        let ended = school.active("E2").await;
        school.act("E2", "withdrawEnrollment", json!({ "id": ended, "reason": "OTHER" })).await.text("/withdrawEnrollment/enrollment/id");
        let mut witness = school.app().witness().await;
        let cases = [
            ("E1", "startEnrollment", json!({ "id": active }), "NOT_PLANNED input.id"),
            ("E1", "submitForAssessment", json!({ "id": planned }), "NOT_ACTIVE input.id"),
            ("E1", "pauseEnrollment", json!({ "id": planned }), "NOT_RUNNING input.id"),
            ("E1", "resumeEnrollment", json!({ "id": active }), "NOT_PAUSED input.id"),
            ("E1", "reachMilestone", json!({ "id": planned, "milestone": "TASKS" }), "NOT_RUNNING input.id"),
            ("E1", "reachMilestone", json!({ "id": active, "milestone": "ASSESSMENT" }), "TAKES_RESULT input.milestone"),
            ("E1", "reachMilestone", json!({ "id": active, "milestone": "CERTIFICATE" }), "TAKES_RESULT input.milestone"),
            ("E2", "withdrawEnrollment", json!({ "id": ended, "reason": "OTHER" }), "ENDED input.id"),
            ("H1", "pauseEnrollment", json!({ "id": ended }), "NOT_RUNNING input.id"),
        ];
        for (person, mutation, input, refusal) in cases {
            assert_eq!(school.act(person, mutation, input).await.refused(mutation), [refusal]);
        }
        for (mutation, more) in [("startEnrollment", None), ("submitForAssessment", None), ("pauseEnrollment", None), ("resumeEnrollment", None),
            ("reachMilestone", Some(("milestone", "TASKS"))), ("withdrawEnrollment", Some(("reason", "OTHER")))] {
            let input = |id: &str| {
                let mut input = json!({ "id": id });
                if let Some((field, value)) = more {
                    input[field] = json!(value);
                }
                input
            };
            let mut stale = input(&active);
            stale["expectedVersion"] = json!(1);
            assert_eq!(school.act("E1", mutation, stale).await.code(), "CONFLICT", "{mutation}");
            // Max manages Eva and sees how far she is; Emil does not.
            assert_eq!(school.act("M1", mutation, input(&active)).await.code(), "FORBIDDEN", "{mutation}");
            assert_eq!(school.act("H2", mutation, input(&active)).await.code(), "FORBIDDEN", "{mutation}");
            assert_eq!(school.act("E2", mutation, input(&active)).await.code(), "NOT_FOUND", "{mutation}");
            assert_eq!(school.act("H1", mutation, input(&nobody("enrollment"))).await.code(), "NOT_FOUND", "{mutation}");
        }
        assert!(!witness.wrote().await);
    }

    async fn the_tables_refuse_what_the_rules_refuse(school: School) {
        let id = school.active("E1").await;
        for sql in [
            "UPDATE enrollment SET status = 'COMPLETED'",
            "UPDATE enrollment SET status = 'PAUSED'",
            "UPDATE enrollment SET resumes_as = 'ACTIVE'",
            "UPDATE enrollment SET status = 'WITHDRAWN', ended_at = enrolled_at",
            "UPDATE enrollment SET started_at = NULL",
            "UPDATE enrollment SET ends_on = '2026-01-01'",
        ] {
            assert!(!school.desk.tamper(sql).await, "{sql}");
        }
        assert_eq!(school.read("E1", &id).await["status"], json!("ACTIVE"));
    }
}
