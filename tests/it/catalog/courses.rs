//! Courses: what is said about them, prerequisites, publishing.

use serde_json::{Value, json};
use support::{TestApp, both_databases};

use super::{
    CHANGE_COURSE, CREATE_COURSE, PUBLISH, READ_COURSE, RETIRE, course, nobody, provider, published, skill,
    stored,
};

both_databases! {
    async fn two_courses_that_come_to_require_each_other_at_once_do_not(app: TestApp) {
        app.northwind().await;
        let school = provider(&app, "Nordhafen", "UNIVERSITY").await;
        for round in 0..8 {
            let of = |code: &str| json!({ "code": format!("{code}-{round}"), "title": code, "providerId": school });
            let (one, two) = (course(&app, of("ONE")).await, course(&app, of("TWO")).await);
            let mut sent = Vec::new();
            for (after, before) in [(&one, &two), (&two, &one)] {
                let input = json!({ "input": { "id": after, "expectedVersion": 1, "prerequisites": { "courseIds": [before] } } });
                let hana = app.caller("northwind", "H1");
                sent.push(tokio::spawn(async move { hana.send(CHANGE_COURSE, input).await }));
            }
            let mut refused = 0;
            for answer in sent {
                let answer = answer.await.expect("an answer");
                assert_eq!(answer.json.get("errors"), None, "{}", answer.json);
                refused += usize::from(answer.json.to_string().contains("REQUIRES_ITSELF"));
            }
            assert_eq!(refused, 1);
        }
    }

    async fn a_course_keeps_everything_that_is_said_about_it(app: TestApp) {
        app.northwind().await;
        let hana = app.caller("northwind", "H1");
        let nordhafen = provider(&app, "Nordhafen", "UNIVERSITY").await;
        let (linux, cloud) = (skill(&app, "Linux").await, skill(&app, "cloud").await);
        let basics = published(&app, json!({ "code": "BASICS", "title": "Basics", "providerId": nordhafen })).await;
        let id = course(&app, json!({
            "code": "CLOUD-1", "title": "Cloud engineering", "providerId": nordhafen, "summary": "Two lines\nof text",
            "subjectArea": "0613", "language": "de-AT", "participation": "BLENDED", "durationWeeks": { "min": 4, "max": 13 },
            "workloadHours": 120, "paidReleaseHours": 40, "ects": "4.5", "eqfLevel": 6, "assessmentType": "PROJECT",
            "supervision": "SUPERVISED_IDENTITY_VERIFIED", "learningOutcomes": ["Runs a cluster", "Reads a bill"],
            "skills": [{ "skillId": linux, "level": 3 }, { "skillId": cloud }],
            "prerequisites": { "courseIds": [basics], "skills": [{ "skillId": linux, "level": 1 }] },
            "creditToward": "MSc Computing", "url": "https://nordhafen.example/cloud", "price": { "amount": "1250.5", "currency": "EUR" },
        })).await;
        let expected = json!({
            "code": "CLOUD-1", "title": "Cloud engineering", "summary": "Two lines\nof text", "provider": { "name": "Nordhafen" },
            "subjectArea": { "code": "0613", "broadField": "06", "title": "Information and Communication Technologies", "stem": true },
            "language": "de-AT", "participation": "BLENDED", "durationWeeks": { "min": 4, "max": 13 }, "workloadHours": 120,
            "paidReleaseHours": 40, "ects": "4.5", "eqfLevel": 6, "assessmentType": "PROJECT",
            "supervision": "SUPERVISED_IDENTITY_VERIFIED", "learningOutcomes": ["Runs a cluster", "Reads a bill"],
            "skills": [
                { "name": "cloud", "level": null, "skill": { "name": "cloud" } },
                { "name": "Linux", "level": 3, "skill": { "name": "Linux" } },
            ],
            "prerequisites": { "courses": [{ "code": "BASICS" }], "skills": [{ "level": 1, "skill": { "name": "Linux" } }] },
            "creditToward": "MSc Computing", "url": "https://nordhafen.example/cloud",
            "price": { "amount": "1250.50", "currency": "EUR" }, "status": "DRAFT", "createdAt": "2026-03-02T09:00:00Z", "version": 1,
            "microCredentialCompleteness": {
                "complete": false, "missingMandatory": ["ISSUER_COUNTRY", "QUALITY_ASSURANCE"],
                "suppliedAtAward": ["LEARNER", "ISSUING_DATE"], "unlessNotApplicable": [],
            },
        });
        assert_eq!(hana.send(READ_COURSE, json!({ "id": id })).await.data("/course"), expected);
    }

    async fn c4_a_course_found_outside_needs_no_more_than_code_title_and_provider(app: TestApp) {
        app.northwind().await;
        let outside = provider(&app, "Somewhere", "COMPANY").await;
        let id = published(&app, json!({ "code": "X", "title": "Found outside", "providerId": outside })).await;
        let read = app.caller("northwind", "E1").send(READ_COURSE, json!({ "id": id })).await;
        assert_eq!(read.data("/course"), json!({
            "code": "X", "title": "Found outside", "summary": null, "provider": { "name": "Somewhere" }, "subjectArea": null,
            "language": null, "participation": null, "durationWeeks": null, "workloadHours": null, "paidReleaseHours": null,
            "ects": null, "eqfLevel": null, "assessmentType": null, "supervision": null, "learningOutcomes": [], "skills": [],
            "prerequisites": { "courses": [], "skills": [] }, "creditToward": null, "url": null, "price": null,
            "status": "PUBLISHED", "createdAt": "2026-03-02T09:00:00Z", "version": 2,
            "microCredentialCompleteness": {
                "complete": false,
                "missingMandatory": ["ISSUER_COUNTRY", "LEARNING_OUTCOMES", "WORKLOAD", "ASSESSMENT_TYPE", "PARTICIPATION", "QUALITY_ASSURANCE"],
                "suppliedAtAward": ["LEARNER", "ISSUING_DATE"], "unlessNotApplicable": ["LEVEL"],
            },
        }));
    }

    async fn a_course_is_created_once(app: TestApp) {
        app.northwind().await;
        let hana = app.caller("northwind", "H1");
        let cloudworks = provider(&app, "Cloudworks", "COMPANY").await;
        let input = |code: &str| json!({ "input": { "code": code, "title": "Cloud", "providerId": cloudworks, "idempotencyKey": "k" } });
        let created = hana.send(CREATE_COURSE, input("C-1")).await;
        let before = stored(&app).await;
        assert_eq!(hana.send(CREATE_COURSE, input("C-1")).await, created);
        assert_eq!(hana.send(CREATE_COURSE, input("C-2")).await.refused("createCourse"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert_eq!(stored(&app).await, before);

        // Of two that race for one code, one wins and the other is told.
        let race = json!({ "input": { "code": "RACE", "title": "Cloud", "providerId": cloudworks } });
        let (one, other) = tokio::join!(hana.send(CREATE_COURSE, race.clone()), hana.send(CREATE_COURSE, race));
        let refused: Vec<_> = [one, other].iter().filter(|answer| answer.data("/createCourse/course").is_null())
            .map(|answer| answer.refused("createCourse")).collect();
        assert_eq!(refused, [["CODE_TAKEN input.code"]]);
    }

    async fn every_refusal_of_a_course_writes_nothing(app: TestApp) {
        app.northwind().await;
        let hana = app.caller("northwind", "H1");
        let cloudworks = provider(&app, "Cloudworks", "COMPANY").await;
        let linux = skill(&app, "Linux").await;
        course(&app, json!({ "code": "C-1", "title": "Cloud", "providerId": cloudworks })).await;
        let before = stored(&app).await;
        let create = async |changes: Value| {
            let mut input = json!({ "code": "NEW", "title": "New", "providerId": cloudworks });
            for (field, value) in changes.as_object().expect("changes") {
                input[field] = value.clone();
            }
            hana.send(CREATE_COURSE, json!({ "input": input })).await
        };
        let skills = |count: usize| json!(vec![json!({ "skillId": linux }); count]);
        let cases = [
            (json!({ "code": "C-1" }), "CODE_TAKEN input.code"),
            (json!({ "code": "x".repeat(65) }), "INVALID_CODE input.code"),
            (json!({ "title": "" }), "INVALID_VALUE input.title"),
            (json!({ "summary": " " }), "INVALID_VALUE input.summary"),
            (json!({ "workloadHours": 0 }), "INVALID_VALUE input.workloadHours"),
            (json!({ "paidReleaseHours": -1 }), "INVALID_VALUE input.paidReleaseHours"),
            (json!({ "creditToward": "a\u{0}" }), "INVALID_VALUE input.creditToward"),
            (json!({ "learningOutcomes": ["x", ""] }), "INVALID_VALUE input.learningOutcomes"),
            (json!({ "learningOutcomes": vec!["x"; 51] }), "TOO_MANY input.learningOutcomes"),
            (json!({ "skills": skills(101) }), "TOO_MANY input.skills"),
            (json!({ "skills": skills(2) }), "SKILL_TWICE input.skills"),
            (json!({ "workloadHours": 10, "paidReleaseHours": 11 }), "RELEASE_ABOVE_WORKLOAD input.paidReleaseHours"),
            (json!({ "providerId": nobody("provider") }), "UNKNOWN_PROVIDER input.providerId"),
            (json!({ "skills": [{ "skillId": nobody("skill") }] }), "UNKNOWN_SKILL input.skills"),
            (json!({ "prerequisites": { "courseIds": [nobody("course")] } }), "UNKNOWN_PREREQUISITE input.prerequisites.courseIds"),
            (json!({ "price": { "amount": "-0.01", "currency": "EUR" } }), "NEGATIVE_PRICE input.price"),
        ];
        for (changes, refusal) in cases {
            assert_eq!(create(changes).await.refused("createCourse"), [refusal]);
        }
        let inputs = [
            json!({ "subjectArea": "11" }), json!({ "ects": "2,5" }), json!({ "eqfLevel": 9 }), json!({ "language": "German" }),
            json!({ "durationWeeks": { "min": 5, "max": 4 } }), json!({ "skills": [{ "skillId": linux, "level": 6 }] }),
            json!({ "price": { "amount": "1.005", "currency": "EUR" } }), json!({ "url": "nordhafen" }),
            json!({ "providerId": linux }),
        ];
        for changes in inputs {
            assert_eq!(create(changes.clone()).await.code(), "BAD_USER_INPUT", "{changes}");
        }
        for person in ["E1", "M1", "H2", "F1", "A1", "W1", "X1"] {
            let input = json!({ "input": { "code": "NEW", "title": "New", "providerId": cloudworks } });
            assert_eq!(app.caller("northwind", person).send(CREATE_COURSE, input).await.code(), "FORBIDDEN", "{person}");
        }
        assert_eq!(stored(&app).await, before);
    }

    async fn a_course_changes_in_part_unless_somebody_was_faster(app: TestApp) {
        app.northwind().await;
        let hana = app.caller("northwind", "H1");
        let (cloudworks, nordhafen) = (provider(&app, "Cloudworks", "COMPANY").await, provider(&app, "Nordhafen", "COLLEGE").await);
        let linux = skill(&app, "Linux").await;
        let id = course(&app, json!({
            "code": "C-1", "title": "Cloud", "providerId": cloudworks, "workloadHours": 60, "paidReleaseHours": 20,
            "skills": [{ "skillId": linux, "level": 2 }],
        })).await;
        let change = async |mut input: Value| {
            input["id"] = json!(id);
            hana.send(CHANGE_COURSE, json!({ "input": input })).await
        };
        let changed = change(json!({ "expectedVersion": 1, "title": "Clouds", "providerId": nordhafen, "paidReleaseHours": null, "skills": [] })).await;
        assert_eq!(changed.data("/changeCourse/course"), json!({ "id": id, "title": "Clouds", "version": 2 }));
        let read = hana.send(READ_COURSE, json!({ "id": id })).await;
        assert_eq!(read.data("/course/provider/name"), json!("Nordhafen"));
        assert_eq!((read.data("/course/workloadHours"), read.data("/course/paidReleaseHours"), read.data("/course/skills")), (json!(60), json!(null), json!([])));

        let before = stored(&app).await;
        assert_eq!(change(json!({ "expectedVersion": 2, "title": "Clouds" })).await.data("/changeCourse/course/version"), json!(2));
        assert_eq!(change(json!({ "expectedVersion": 1, "title": "Old" })).await.code(), "CONFLICT");
        let cases = [
            (json!({ "title": "" }), "INVALID_VALUE input.title"),
            (json!({ "learningOutcomes": vec!["x"; 51] }), "TOO_MANY input.learningOutcomes"),
            (json!({ "paidReleaseHours": 61 }), "RELEASE_ABOVE_WORKLOAD input.paidReleaseHours"),
            (json!({ "providerId": nobody("provider") }), "UNKNOWN_PROVIDER input.providerId"),
            (json!({ "skills": [{ "skillId": nobody("skill") }] }), "UNKNOWN_SKILL input.skills"),
            (json!({ "skills": [{ "skillId": linux }, { "skillId": linux }] }), "SKILL_TWICE input.skills"),
            (json!({ "prerequisites": { "courseIds": [nobody("course")] } }), "UNKNOWN_PREREQUISITE input.prerequisites.courseIds"),
            (json!({ "prerequisites": { "courseIds": [id] } }), "REQUIRES_ITSELF input.prerequisites.courseIds"),
        ];
        for (mut input, refusal) in cases {
            input["expectedVersion"] = json!(2);
            assert_eq!(change(input).await.refused("changeCourse"), [refusal]);
        }
        let missing = json!({ "input": { "id": nobody("course"), "expectedVersion": 1 } });
        assert_eq!(hana.send(CHANGE_COURSE, missing).await.code(), "NOT_FOUND");
        for person in ["E1", "M1", "H2", "F1", "A1", "W1", "X1"] {
            let input = json!({ "input": { "id": id, "expectedVersion": 2, "title": "x" } });
            assert_eq!(app.caller("northwind", person).send(CHANGE_COURSE, input).await.code(), "FORBIDDEN", "{person}");
        }
        assert_eq!(stored(&app).await, before);
    }

    async fn a_course_does_not_require_itself_through_others(app: TestApp) {
        app.northwind().await;
        let hana = app.caller("northwind", "H1");
        let cloudworks = provider(&app, "Cloudworks", "COMPANY").await;
        let first = course(&app, json!({ "code": "1", "title": "First", "providerId": cloudworks })).await;
        let second = published(&app, json!({ "code": "2", "title": "Second", "providerId": cloudworks, "prerequisites": { "courseIds": [first] } })).await;
        let third = course(&app, json!({ "code": "3", "title": "Third", "providerId": cloudworks, "prerequisites": { "courseIds": [second, first] } })).await;
        let circle = json!({ "input": { "id": first, "expectedVersion": 1, "prerequisites": { "courseIds": [third] } } });
        assert_eq!(hana.send(CHANGE_COURSE, circle).await.refused("changeCourse"), ["REQUIRES_ITSELF input.prerequisites.courseIds"]);

        // The first course is still a draft, which an employee does not see even as a prerequisite.
        let required = async |person: &str| app.caller("northwind", person).send(READ_COURSE, json!({ "id": second })).await.data("/course/prerequisites/courses");
        assert_eq!(required("H2").await, json!([{ "code": "1" }]));
        assert_eq!(required("E1").await, json!([]));
    }

    async fn drafts_are_for_those_who_run_the_catalog_and_what_was_published_stays(app: TestApp) {
        app.northwind().await;
        app.southwind().await;
        let hana = app.caller("northwind", "H1");
        let cloudworks = provider(&app, "Cloudworks", "COMPANY").await;
        let id = course(&app, json!({ "code": "C-1", "title": "Cloud", "providerId": cloudworks })).await;
        let seen = async |employer: &str, person: &str| {
            let read = "query($id: ID!) { course(id: $id) { status } node(id: $id) { id } }";
            let answer = app.caller(employer, person).send(read, json!({ "id": id })).await;
            assert_eq!(answer.data("/course").is_null(), answer.data("/node").is_null());
            answer.data("/course")
        };
        for person in ["E1", "M1", "F1", "A1", "W1", "X1"] {
            assert_eq!(seen("northwind", person).await, json!(null), "{person}");
        }
        assert_eq!(seen("northwind", "H2").await, json!({ "status": "DRAFT" }));

        let before = stored(&app).await;
        assert_eq!(hana.send(RETIRE, json!({ "id": id })).await.refused("retireCourse"), ["NOT_PUBLISHED input.id"]);
        for document in [PUBLISH, RETIRE] {
            for person in ["E1", "M1", "H2", "F1", "A1", "W1", "X1"] {
                assert_eq!(app.caller("northwind", person).send(document, json!({ "id": id })).await.code(), "FORBIDDEN", "{person}");
            }
            assert_eq!(app.caller("southwind", "H1").send(document, json!({ "id": id })).await.code(), "NOT_FOUND");
        }
        assert_eq!(stored(&app).await, before);

        let opened = hana.send(PUBLISH, json!({ "id": id })).await;
        assert_eq!(opened.data("/publishCourse/course"), json!({ "status": "PUBLISHED", "version": 2 }));
        assert_eq!(hana.send(PUBLISH, json!({ "id": id })).await.refused("publishCourse"), ["ALREADY_PUBLISHED input.id"]);
        assert_eq!(seen("northwind", "E1").await, json!({ "status": "PUBLISHED" }));
        let retired = hana.send(RETIRE, json!({ "id": id })).await;
        assert_eq!(retired.data("/retireCourse/course"), json!({ "status": "RETIRED", "version": 3 }));
        assert_eq!(seen("northwind", "E1").await, json!({ "status": "RETIRED" }));
        assert_eq!(hana.send(PUBLISH, json!({ "id": id })).await.data("/publishCourse/course/status"), json!("PUBLISHED"));
        assert_eq!(seen("southwind", "H1").await, json!(null));
    }
}
