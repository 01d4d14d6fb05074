//! Taking a place in a course, and booking it.

use chrono::TimeDelta;
use serde_json::{Value, json};
use support::both_databases;

use super::{School, nobody};

both_databases! {
    async fn a_place_in_a_course_is_taken_once(school: School) {
        let input = json!({ "in": { "courseId": school.cloud }, "startsOn": "2026-03-09", "endsOn": "2026-06-30", "idempotencyKey": "k" });
        let enrolled = school.enroll("E1", input.clone()).await;
        let id = enrolled.text("/enroll/enrollment/id");
        let open = |kind: &str| json!({ "kind": kind, "reachedAt": null });
        let expected = json!({
            "id": id, "status": "PLANNED", "title": "Cloud", "providerName": "Cloudworks", "workloadMinutes": 2400,
            "startsOn": "2026-03-09", "endsOn": "2026-06-30", "employee": { "externalId": "E1" }, "version": 1,
            "course": { "code": "C-1" }, "fundingRequest": null, "program": null, "withdrawalReason": null,
            "milestones": [open("SELF_STUDY"), open("TASKS"), open("ASSESSMENT"), open("CERTIFICATE")],
            "enrolledAt": "2026-03-02T09:00:00Z", "startedAt": null, "submittedAt": null, "pausedAt": null, "endedAt": null,
        });
        assert_eq!(enrolled.data("/enroll"), json!({ "enrollment": expected, "userErrors": [] }));
        assert_eq!(school.read("E1", &id).await, expected);

        let mut witness = school.app().witness().await;
        assert_eq!(school.enroll("E1", input.clone()).await, enrolled);
        let mut other = input.clone();
        other["startsOn"] = json!("2026-03-10");
        assert_eq!(school.enroll("E1", other).await.refused("enroll"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        let again = json!({ "in": { "courseId": school.cloud }, "startsOn": "2026-03-09" });
        assert_eq!(school.enroll("E1", again.clone()).await.refused("enroll"), ["ALREADY_ENROLLED input.in"]);
        assert!(!witness.wrote().await);

        // What has ended may be tried again, and somebody else's place is nobody else's.
        let gave_up = json!({ "id": id, "reason": "NO_TIME" });
        school.act("E1", "withdrawEnrollment", gave_up).await.text("/withdrawEnrollment/enrollment/id");
        school.enroll("E1", again.clone()).await.text("/enroll/enrollment/id");
        school.enroll("E2", again).await.text("/enroll/enrollment/id");
        assert_eq!(school.told(&id).await, ["learning.enrolled", "learning.enrollment_withdrawn"]);
    }

    async fn what_was_learned_stays_readable_after_the_course_has_changed(school: School) {
        let id = school.active("E1").await;
        let change = "mutation($input: ChangeCourseInput!) { changeCourse(input: $input) { course { title } userErrors { message } } }";
        let input = json!({ "id": school.cloud, "expectedVersion": 1, "title": "Sky" });
        let version = "query($id: ID!) { course(id: $id) { version } }";
        let version = school.desk.caller("H1").send(version, json!({ "id": school.cloud })).await.data("/course/version");
        let mut input = input;
        input["expectedVersion"] = version;
        assert_eq!(school.desk.caller("H1").send(change, json!({ "input": input })).await.data("/changeCourse/course/title"), json!("Sky"));
        assert_eq!(school.read("E1", &id).await["title"], json!("Cloud"));
    }

    async fn f4_enrolling_with_an_approved_request_books_the_place(school: School) {
        let desk = &school.desk;
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let request = desk.approved("E1", "cloud", "400").await;
        let place = json!({ "in": { "fundingRequestId": request }, "startsOn": "2026-03-09", "idempotencyKey": "k" });
        let enrolled = school.enroll("E1", place.clone()).await;
        assert_eq!(enrolled.data("/enroll/enrollment/fundingRequest"), json!({ "id": request, "status": "COMMITTED" }));
        assert_eq!(enrolled.data("/enroll/enrollment/title"), json!("cloud"));
        assert_eq!(enrolled.data("/enroll/enrollment/course"), json!(null));
        assert_eq!(enrolled.data("/enroll/enrollment/workloadMinutes"), json!(600));
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "0.00", "400.00", "0.00", "600.00"]);
        let booked = desk.caller("F1").send("query($id: ID!) { fundingRequest(id: $id) { startsOn committedPrice { amount } } }", json!({ "id": request })).await;
        assert_eq!(booked.data("/fundingRequest"), json!({ "startsOn": "2026-03-09", "committedPrice": { "amount": "400.00" } }));

        let mut witness = school.app().witness().await;
        assert_eq!(school.enroll("E1", place).await, enrolled);
        let twice = json!({ "in": { "fundingRequestId": request }, "startsOn": "2026-03-09" });
        assert_eq!(school.enroll("E1", twice).await.refused("enroll"), ["REQUEST_USED input.in.fundingRequestId"]);
        assert!(!witness.wrote().await);
        desk.holds().await;

        // Finance may have booked and paid it before anybody enrolls; then nothing moves.
        let paid = desk.approved("E2", "rust", "100").await;
        desk.act("F1", "commitFundingRequest", json!({ "id": paid })).await.data("/commitFundingRequest/fundingRequest");
        let settle = json!({ "id": paid, "price": crate::funding::eur("100") });
        desk.act("F1", "settleFundingRequest", settle).await.data("/settleFundingRequest/fundingRequest");
        let layers = desk.layers(&budget).await;
        let late = json!({ "in": { "fundingRequestId": paid }, "employeeId": desk.person("E2").await, "startsOn": "2026-03-02" });
        let late = school.enroll("H1", late).await;
        assert_eq!(late.data("/enroll/enrollment/fundingRequest/status"), json!("SETTLED"));
        assert_eq!(desk.layers(&budget).await, layers);
        desk.holds().await;
    }

    async fn every_refusal_of_a_place_writes_nothing(school: School) {
        let desk = &school.desk;
        desk.budget("Learning", "1000", json!({})).await;
        let waiting = desk.request("E1", "waiting", "10").await;
        let granted = desk.approved("E1", "granted", "10").await;
        let others = desk.approved("E2", "others", "10").await;
        let later = desk.request("E1", "later", "10").await;
        let approve = json!({ "id": later, "conditions": { "startsFrom": "2026-09-01" } });
        desk.act("M1", "approveFundingRequest", approve).await.text("/approveFundingRequest/fundingRequest/id");
        let [lara, emil] = [desk.person("L1").await, desk.person("E2").await];
        let create = "mutation($input: CreateProgramInput!) { createProgram(input: $input) { program { id } userErrors { message } } }";
        let program = json!({ "name": "Plan", "ownerId": desk.person("M1").await, "startsOn": "2026-01-01", "endsOn": "2026-12-31" });
        let plan = desk.caller("H1").send(create, json!({ "input": program })).await.text("/createProgram/program/id");

        let mut witness = school.app().witness().await;
        let cloud = || json!({ "courseId": school.cloud });
        let with = |what: Value, more: Value| {
            let mut input = json!({ "in": what, "startsOn": "2026-03-02" });
            crate::funding::merge(&mut input, more);
            input
        };
        let request = |id: &str| json!({ "fundingRequestId": id });
        let cases = [
            ("E1", with(json!({ "courseId": nobody("course") }), json!({})), "UNKNOWN_COURSE input.in.courseId"),
            ("E1", with(json!({ "courseId": school.draft }), json!({})), "NOT_OFFERED input.in.courseId"),
            ("H1", with(cloud(), json!({ "employeeId": nobody("employee") })), "UNKNOWN_EMPLOYEE input.employeeId"),
            ("H1", with(cloud(), json!({ "employeeId": lara })), "UNKNOWN_EMPLOYEE input.employeeId"),
            ("E1", with(request(&waiting), json!({})), "NOT_GRANTED input.in.fundingRequestId"),
            ("H1", with(request(&granted), json!({ "employeeId": emil })), "REQUEST_OF_SOMEBODY_ELSE input.employeeId"),
            ("E1", with(cloud(), json!({ "programId": nobody("program") })), "UNKNOWN_PROGRAM input.programId"),
            ("E1", with(cloud(), json!({ "programId": plan })), "UNKNOWN_PROGRAM input.programId"),
            ("E1", with(cloud(), json!({ "endsOn": "2026-03-01" })), "ENDS_BEFORE_START input.endsOn"),
            ("E1", with(cloud(), json!({ "startsOn": "2026-02-01", "endsOn": "2026-03-01" })), "OVER input.endsOn"),
            ("E1", with(request(&later), json!({})), "STARTS_TOO_EARLY input.startsOn"),
        ];
        for (person, input, refusal) in cases {
            assert_eq!(school.enroll(person, input).await.refused("enroll"), [refusal]);
        }
        // Emil's request is not there for Eva; his manager sees it, and may not take the place for him.
        assert_eq!(school.enroll("E1", with(request(&others), json!({}))).await.code(), "NOT_FOUND");
        assert_eq!(school.enroll("M1", with(request(&others), json!({}))).await.code(), "FORBIDDEN");
        assert_eq!(school.enroll("M1", with(cloud(), json!({ "employeeId": emil }))).await.code(), "FORBIDDEN");
        assert!(!witness.wrote().await);
    }

    async fn learning_is_part_of_programs_that_run(school: School) {
        let desk = &school.desk;
        let create = "mutation($input: CreateProgramInput!) { createProgram(input: $input) { program { id } userErrors { message } } }";
        let mut programs = Vec::new();
        for name in ["One", "Two"] {
            let input = json!({ "name": name, "ownerId": desk.person("M2").await, "startsOn": "2026-01-01", "endsOn": "2026-12-31", "courseIds": [school.cloud] });
            let id = desk.caller("H1").send(create, json!({ "input": input })).await.text("/createProgram/program/id");
            let activate = "mutation($id: ID!) { activateProgram(input: { id: $id }) { program { status } userErrors { message } } }";
            assert_eq!(desk.caller("H1").send(activate, json!({ "id": id })).await.data("/activateProgram/program/status"), json!("ACTIVE"));
            programs.push(id);
        }
        let place = json!({ "in": { "courseId": school.cloud }, "programId": programs[0], "startsOn": "2026-03-02" });
        let enrolled = school.enroll("E1", place).await;
        assert_eq!(enrolled.data("/enroll/enrollment/program"), json!({ "name": "One" }));

        // A request brings its program along, whatever has become of that since.
        desk.budget("Learning", "1000", json!({})).await;
        let granted = desk.submit("E2", "rust", "10", json!({ "programId": programs[1] })).await.text("/submitFundingRequest/fundingRequest/id");
        desk.approve("M1", &granted).await.data("/approveFundingRequest/fundingRequest");
        let close = "mutation($id: ID!) { closeProgram(input: { id: $id }) { program { status } userErrors { message } } }";
        desk.caller("H1").send(close, json!({ "id": programs[1] })).await.data("/closeProgram/program/status");
        let mut witness = school.app().witness().await;
        let other = json!({ "in": { "fundingRequestId": granted }, "programId": programs[0], "startsOn": "2026-03-02" });
        assert_eq!(school.enroll("E2", other).await.refused("enroll"), ["PROGRAM_OF_REQUEST input.programId"]);
        let closed = json!({ "in": { "courseId": school.rust }, "programId": programs[1], "startsOn": "2026-03-02" });
        assert_eq!(school.enroll("E2", closed).await.refused("enroll"), ["PROGRAM_NOT_ACTIVE input.programId"]);
        assert!(!witness.wrote().await);
        let enrolled = school.enroll("E2", json!({ "in": { "fundingRequestId": granted }, "startsOn": "2026-03-02" })).await;
        assert_eq!(enrolled.data("/enroll/enrollment/program"), json!({ "name": "Two" }));

        // Mia owns both programs and stands above neither; she sees who learns in them.
        let list = "query($id: [ID!]!) { enrollments(filter: { program: { in: $id } }) { totalCount nodes { employee { externalId } } } }";
        let seen = desk.caller("M2").send(list, json!({ "id": [programs[1]] })).await;
        assert_eq!(seen.data("/enrollments"), json!({ "totalCount": 1, "nodes": [{ "employee": { "externalId": "E2" } }] }));
    }

    async fn of_many_who_take_the_same_place_at_once_one_gets_it(school: School) {
        let desk = &school.desk;
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let request = desk.approved("E1", "cloud", "400").await;
        let tries = (0..8).map(|_| {
            let (caller, request) = (desk.caller("E1"), request.clone());
            tokio::spawn(async move {
                let document = "mutation($input: EnrollInput!) { enroll(input: $input) { enrollment { id } userErrors { code } } }";
                let input = json!({ "in": { "fundingRequestId": request }, "startsOn": "2026-03-02" });
                caller.send(document, json!({ "input": input })).await
            })
        });
        let mut taken = 0;
        for answer in tries.collect::<Vec<_>>() {
            let answer = answer.await.expect("no panic");
            if answer.json["data"]["enroll"]["enrollment"].is_object() {
                taken += 1;
            } else {
                assert_eq!(answer.refused("enroll"), ["REQUEST_USED "], "{}", answer.json);
            }
        }
        assert_eq!(taken, 1);
        assert_eq!(desk.layers(&budget).await, ["1000.00", "0.00", "0.00", "400.00", "0.00", "600.00"]);
        desk.holds().await;
    }

    async fn a_place_may_be_taken_after_some_time(school: School) {
        school.app().clock.advance(TimeDelta::days(10));
        let input = json!({ "in": { "courseId": school.rust }, "startsOn": "2026-02-01" });
        let id = school.enroll("E3", input).await.text("/enroll/enrollment/id");
        assert_eq!(school.read("E3", &id).await["enrolledAt"], json!("2026-03-12T09:00:00Z"));
        let own = "{ viewer { enrollments { totalCount nodes { id startsOn } } } }";
        let own = school.desk.caller("E3").ask(own).await;
        assert_eq!(own.data("/viewer/enrollments"), json!({ "totalCount": 1, "nodes": [{ "id": id, "startsOn": "2026-02-01" }] }));
    }
}
