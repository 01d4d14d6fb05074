//! Importing catalogs.

use serde_json::json;
use support::{TestApp, both_databases};

use super::{READ_COURSE, course, provider, stored};

const IMPORT: &str = "mutation($input: ImportCoursesInput!) {
  importCourses(input: $input) {
    report {
      dryRun created updated unchanged refused providersCreated { name kind } skillsCreated
      rows { row code outcome problem }
    }
    userErrors { code field }
  }
}";

both_databases! {
    async fn a_catalog_lands_as_far_as_it_can(app: TestApp) {
        app.northwind().await;
        let hana = app.caller("northwind", "H1");
        let cloudworks = provider(&app, "Cloudworks", "COMPANY").await;
        course(&app, json!({ "code": "OLD", "title": "Old title", "providerId": cloudworks, "workloadHours": 10 })).await;
        let rows = json!([
            { "title": "Cloud Basics", "provider": "CLOUDWORKS", "duration": "Beginner Â· Course Â· 1 - 3 Months",
              "skills": ["Linux", "Extract, transform, load", "linux"], "skillLevel": 2 },
            { "code": "L-1", "title": "FormaciÃ³n", "provider": "Universidad de Ejemplo", "providerCountry": "ES",
              "price": { "amount": "0", "currency": "EUR" }, "language": "es", "ects": "2.5", "skills": ["Python:4"] },
            { "code": "OLD", "title": "New title" },
            { "title": "cloud  BASICS", "provider": "Cloudworks" },
            { "code": "L-2", "provider": "Nobody" },
            { "code": "L-3", "title": "x", "provider": "Nobody", "duration": "soon" },
            { "code": "OLD" },
        ]);
        let before = stored(&app).await;
        let dry = hana.send(IMPORT, json!({ "input": { "rows": rows, "dryRun": true, "publish": true } })).await;
        assert_eq!(stored(&app).await, before);
        let wet = hana.send(IMPORT, json!({ "input": { "rows": rows, "publish": true } })).await;
        assert_eq!(dry.data("/importCourses/report/rows"), wet.data("/importCourses/report/rows"));
        let derived = wet.text("/importCourses/report/rows/0/code");
        assert!(derived.starts_with("cloud-basics-"), "{derived}");
        assert_eq!(wet.data("/importCourses/report"), json!({
            "dryRun": false, "created": 2, "updated": 1, "unchanged": 0, "refused": 4,
            "providersCreated": [{ "name": "Universidad de Ejemplo", "kind": "UNIVERSITY" }],
            "skillsCreated": ["Extract, transform, load", "Linux", "Python"],
            "rows": [
                { "row": 1, "code": derived, "outcome": "CREATED", "problem": null },
                { "row": 2, "code": "L-1", "outcome": "CREATED", "problem": null },
                { "row": 3, "code": "OLD", "outcome": "UPDATED", "problem": null },
                { "row": 4, "code": derived, "outcome": "REFUSED", "problem": "the course stands on line 1 already, with the same provider and title" },
                { "row": 5, "code": "L-2", "outcome": "REFUSED", "problem": "title is missing; it is required for a course that is not in the catalog yet" },
                { "row": 6, "code": "L-3", "outcome": "REFUSED", "problem": "duration 'soon' is not a duration such as 6 weeks or 3 - 6 Months" },
                { "row": 7, "code": "OLD", "outcome": "REFUSED", "problem": "the course stands on line 3 already, with the same code" },
            ],
        }));
        // One provider, three skills and two courses came; three skills are taught; one price is known. In the journal
        // each of those, the two publications, and the old course's change and publication.
        assert_eq!(stored(&app).await, [before[0] + 1, before[1] + 3, before[2] + 2, before[3] + 3, before[4] + 1, before[5] + 11]);

        let find = "query($code: String!) { courses(filter: { code: { in: [$code] } }) { nodes {
          title provider { name country } durationWeeks { min max } skills { name level } price { amount } status version } } }";
        let read = async |code: &str| app.caller("northwind", "E1").send(find, json!({ "code": code })).await.data("/courses/nodes/0");
        assert_eq!(read(&derived).await, json!({
            "title": "Cloud Basics", "provider": { "name": "Cloudworks", "country": null }, "durationWeeks": { "min": 4, "max": 13 },
            "skills": [{ "name": "Extract, transform, load", "level": 2 }, { "name": "Linux", "level": 2 }],
            "price": null, "status": "PUBLISHED", "version": 1,
        }));
        assert_eq!(read("L-1").await, json!({
            "title": "Formación", "provider": { "name": "Universidad de Ejemplo", "country": "ES" }, "durationWeeks": null,
            "skills": [{ "name": "Python", "level": 4 }], "price": { "amount": "0.00" }, "status": "PUBLISHED", "version": 1,
        }));
        assert_eq!(read("OLD").await["version"], json!(2));
    }

    async fn the_same_catalog_again_changes_nothing_and_null_makes_unknown(app: TestApp) {
        app.northwind().await;
        let hana = app.caller("northwind", "H1");
        let import = async |rows| hana.send(IMPORT, json!({ "input": { "rows": rows } })).await.data("/importCourses/report");
        let row = json!([{ "code": "A", "title": "Cloud", "provider": "Cloudworks", "summary": "About clouds", "workloadHours": 40,
            "paidReleaseHours": 10, "skills": ["SQL", "Linux:3"], "learningOutcomes": ["One", "Two"], "price": { "amount": "10", "currency": "EUR" } }]);
        assert_eq!(import(row.clone()).await["created"], json!(1));
        let before = stored(&app).await;
        assert_eq!(import(row).await["unchanged"], json!(1));
        assert_eq!(import(json!([{ "code": "A" }])).await["unchanged"], json!(1));
        assert_eq!(stored(&app).await, before);

        assert_eq!(import(json!([{ "code": "A", "summary": null, "price": null, "skills": ["Linux:3"], "learningOutcomes": null }])).await["updated"], json!(1));
        let find = hana.ask("{ courses { nodes { id } } }").await.text("/courses/nodes/0/id");
        let read = hana.send(READ_COURSE, json!({ "id": find })).await;
        let fields = ["summary", "price", "learningOutcomes", "workloadHours", "version", "status"].map(|field| read.data(&format!("/course/{field}")));
        assert_eq!(fields, [json!(null), json!(null), json!([]), json!(40), json!(2), json!("DRAFT")]);
        assert_eq!(read.data("/course/skills"), json!([{ "name": "Linux", "level": 3, "skill": { "name": "Linux" } }]));
        assert_eq!(app.rows("course_price").await, 2);
    }

    async fn an_import_is_for_hr_and_has_rows(app: TestApp) {
        app.northwind().await;
        let rows = json!({ "input": { "rows": [{ "title": "Cloud", "provider": "Cloudworks" }] } });
        let before = stored(&app).await;
        for person in ["E1", "M1", "H2", "F1", "A1", "W1", "X1"] {
            assert_eq!(app.caller("northwind", person).send(IMPORT, rows.clone()).await.code(), "FORBIDDEN", "{person}");
        }
        let empty = app.caller("northwind", "H1").send(IMPORT, json!({ "input": { "rows": [] } })).await;
        assert_eq!(empty.refused("importCourses"), ["EMPTY input.rows"]);
        assert_eq!(stored(&app).await, before);
    }

    async fn two_imports_at_once_leave_one_of_each(app: TestApp) {
        app.northwind().await;
        let hana = app.caller("northwind", "H1");
        let rows: Vec<_> = (0..40).map(|n| json!({ "code": format!("C-{n}"), "title": "Cloud", "provider": format!("P{}", n % 7), "skills": [format!("S{}", n % 5)] })).collect();
        let import = || hana.send(IMPORT, json!({ "input": { "rows": rows } }));
        let answers: [support::Answer; 3] = tokio::join!(import(), import(), import()).into();
        for answer in &answers {
            // Either it was first, or it came after and found everything there, or it met the other halfway.
            let fine = answer.json["errors"].is_null() || answer.code() == "CONFLICT";
            assert!(fine, "{}", answer.json);
        }
        let again = import().await;
        assert_eq!(again.data("/importCourses/report/unchanged"), json!(40));
        let [providers, skills, courses, ..] = stored(&app).await;
        assert_eq!((providers, skills, courses), (7, 5, 40));
    }
}
