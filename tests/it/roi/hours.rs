//! Working time that reports count: what people were released for, or what they logged.

use serde_json::{Value, json};
use support::both_databases;

use super::{Office, eur};

impl Office {
    /// The id of a course of the catalog that takes ten hours, four of them released.
    pub(super) async fn course(&self) -> String {
        let import = "mutation($rows: [CourseRowInput!]!) { importCourses(input: { rows: $rows, publish: true }) { report { created } } }";
        let row = json!({ "code": "C-2", "title": "Rust", "provider": "Cloudworks", "workloadHours": 10, "paidReleaseHours": 4 });
        let hana = self.caller("H1");
        assert_eq!(
            hana.send(import, json!({ "rows": [row] })).await.data("/importCourses/report/created"),
            json!(1)
        );
        let found = "{ courses(filter: { code: { in: [\"C-2\"] } }) { nodes { id } } }";
        hana.ask(found).await.text("/courses/nodes/0/id")
    }

    /// A mutation about an enrollment; the id of the enrollment.
    pub(super) async fn learn(&self, person: &str, mutation: &str, input: Value) -> String {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let document = format!(
            "mutation($input: {kind}!) {{ {mutation}(input: $input) {{ enrollment {{ id }} userErrors {{ code message }} }} }}"
        );
        let answer = self.caller(person).send(&document, json!({ "input": input })).await;
        answer.text(&format!("/{mutation}/enrollment/id"))
    }

    /// Somebody takes a place within the program and begins; the enrollment's id.
    async fn begin(&self, person: &str, what: Value) -> String {
        let input = json!({ "in": what, "programId": self.program, "startsOn": "2026-03-02" });
        let id = self.learn(person, "enroll", input).await;
        self.learn(person, "startEnrollment", json!({ "id": id })).await
    }

    async fn log(&self, person: &str, id: &str, kind: &str, minutes: i32) {
        let input = json!({ "id": id, "day": "2026-03-02", "minutes": minutes, "kind": kind });
        self.learn(person, "logLearningTime", input).await;
    }
}

both_databases! {
    async fn r2_of_planned_and_logged_time_the_more_counts(office: Office) {
        office.budget("EUR").await;
        office.bands(&[("B1", "60")]).await.data("/setCostBands/report");
        let course = json!({ "courseId": office.course().await });
        // More than the four hours that are released.
        let longer = office.begin("E1", course.clone()).await;
        office.log("E1", &longer, "WORKING", 320).await;
        office.log("E1", &longer, "WORKING", -20).await;
        // Less, and own time costs the employer nothing.
        let shorter = office.begin("E2", course.clone()).await;
        office.log("E2", &shorter, "WORKING", 60).await;
        office.log("E2", &shorter, "OWN", 500).await;
        // Given up: what was logged, and no more.
        let given_up = office.begin("M2", course).await;
        office.log("M2", &given_up, "WORKING", 90).await;
        office.learn("M2", "withdrawEnrollment", json!({ "id": given_up, "reason": "NO_TIME" })).await;
        // Nobody knows how long this one takes.
        let unknown = office.caller("H1").ask("{ courses(filter: { code: { in: [\"C-1\"] } }) { nodes { id } } }").await;
        office.begin("M1", json!({ "courseId": unknown.text("/courses/nodes/0/id") })).await;
        // Booked with a request and taken: ten hours once, not twice.
        let request = office.paid("E3", "M2", eur("100"), json!({})).await;
        office.begin("E3", json!({ "fundingRequestId": request })).await;

        let report = office.create("F1", json!({ "administrationBasisPoints": 0 })).await.data("/createRoiReport/roiReport");
        let line = &report["costLines"][1];
        assert_eq!(line["minutes"], json!(300 + 240 + 90 + 600));
        assert_eq!((&line["kind"], &line["amount"]), (&json!("RELEASED_TIME"), &eur("1230.00")));
        assert_eq!(report["costLines"][0]["amount"], eur("100.00"));
        assert_eq!((&report["placesWithoutHours"], &report["cost"]), (&json!(1), &json!({ "amount": "1330.00" })));
        // Hours belong to the day on which the place was taken.
        let early = office.create("F1", json!({ "endsOn": "2026-03-01" })).await;
        assert_eq!(early.data("/createRoiReport/roiReport/costLines"), json!([]));
    }

    async fn what_a_request_outside_of_the_program_pays_for_a_place_of_it_counts(office: Office) {
        office.budget("EUR").await;
        office.bands(&[("B1", "60")]).await.data("/setCostBands/report");
        let request = office.paid_for(None, ("E1", "M1"), eur("100"), json!({})).await;
        let before = office.create("F1", json!({ "administrationBasisPoints": 0 })).await;
        assert_eq!(before.data("/createRoiReport/roiReport/costLines"), json!([]));
        office.begin("E1", json!({ "fundingRequestId": request })).await;
        let after = office.create("F1", json!({ "administrationBasisPoints": 0 })).await;
        assert_eq!(after.data("/createRoiReport/roiReport/cost"), json!({ "amount": "700.00" }));
    }

    async fn r7_a_band_with_enough_people_is_told_about_alone(office: Office) {
        let bands = office.bands(&[("B1", "60"), ("B2", "90")]).await;
        let band = |at: usize| bands.data(&format!("/setCostBands/report/costBands/{at}/id"));
        office.place("F1", &["E1", "E2", "E3", "M1", "M2"], band(0)).await.text("/placeInCostBand/costBand/code");
        office.place("F1", &["C1"], band(1)).await.text("/placeInCostBand/costBand/code");
        let course = json!({ "courseId": office.course().await });
        for person in ["E1", "E2", "E3", "M1", "M2"] {
            office.begin(person, course.clone()).await;
        }
        let report = office.create("F1", json!({})).await;
        let source = |report: &support::Answer| report.text("/createRoiReport/roiReport/costLines/0/source");
        assert_eq!(source(&report), "1200 minutes of people in B1 at 60.00 EUR an hour");
        // One more, in another band, is not told apart from them.
        office.begin("C1", course).await;
        let report = office.create("F1", json!({})).await;
        assert_eq!(source(&report), "1440 minutes of people in B1 at 60.00 EUR an hour and people in B2 at 90.00 EUR an hour");
        assert_eq!(report.data("/createRoiReport/roiReport/costLines/0/amount"), eur("1560.00"));
    }
}
