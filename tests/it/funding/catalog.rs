//! Courses of the catalog and programs, as funding knows them.

use serde_json::{Value, json};
use support::both_databases;
use upskill_domain::catalog::{
    ChangeCourse, CourseDetails, CreateCourse, CreateProvider, ProviderDetails, ProviderKind, SetCoursePrice,
};
use upskill_domain::kernel::{CourseId, Currency, Money, ProgramId, WebAddress};
use upskill_domain::programs::{CreateProgram, Outline};

use super::{CREATE, Desk, eur, merge, reason};

impl Desk {
    /// A published course of an example provider.
    pub(super) async fn course(&self, code: &str, price: Option<i64>) -> CourseId {
        let (catalog, system) = (self.app.app.catalog(), &self.northwind.system);
        let provider = CreateProvider {
            key: None,
            name: format!("Provider of {code}"),
            kind: ProviderKind::College,
            details: ProviderDetails::default(),
        };
        let provider = catalog.create_provider(system, provider).await.expect("the provider is created").id;
        let course = CreateCourse {
            key: None,
            code: code.to_owned(),
            title: format!("Course {code}"),
            provider,
            price: price.map(euro),
            details: CourseDetails { workload_hours: Some(Some(120)), ..CourseDetails::default() },
        };
        let id = catalog.create_course(system, course).await.expect("the course is created").id;
        catalog.publish_course(system, id).await.expect("the course is published");
        id
    }

    /// A program of Hana's for 2026, not started yet.
    pub(super) async fn program(&self) -> ProgramId {
        let program = CreateProgram {
            key: None,
            name: "Cloud for all".to_owned(),
            purpose: None,
            owner: self.app.person(&self.northwind, "H1").await,
            starts_on: "2026-01-01".parse().expect("a day"),
            ends_on: "2026-12-31".parse().expect("a day"),
            outline: Outline { courses: vec![self.course("FRAME", Some(1)).await], ..Outline::default() },
        };
        self.app
            .app
            .programs()
            .create_program(&self.northwind.system, program)
            .await
            .expect("the program is created")
            .id
    }

    /// Eva asks for a course of the catalog.
    async fn ask(&self, course: CourseId, more: Value) -> support::Answer {
        let mut input = json!({ "course": { "courseId": course.to_string() }, "quote": null });
        merge(&mut input, more);
        self.submit("E1", "x", "0", input).await
    }
}

fn euro(minor: i64) -> Money {
    Currency::parse("EUR").and_then(|eur| Money::new(minor, eur)).expect("an amount")
}

both_databases! {
    async fn c1_what_was_asked_for_outlives_the_catalog(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let course = desk.course("CLOUD", Some(40_000)).await;
        let submitted = desk.ask(course, json!({})).await;
        let id = submitted.text("/submitFundingRequest/fundingRequest/id");
        assert_eq!(submitted.data("/submitFundingRequest/fundingRequest/amount"), json!({ "amount": "400.00", "currency": "EUR" }));

        let (catalog, system) = (desk.app.app.catalog(), &desk.northwind.system);
        let change = ChangeCourse {
            id: course, expected_version: 2, title: Some("Another title".to_owned()), provider: None, details: CourseDetails::default(),
        };
        catalog.change_course(system, change).await.expect("the course is changed");
        let price = SetCoursePrice { key: None, id: course, price: Some(euro(90_000)) };
        catalog.set_course_price(system, price).await.expect("the price is set");
        catalog.retire_course(system, course).await.expect("the course is retired");

        let shown = desk.caller("M1").send(
            "query($course: [ID!]!) { fundingRequests(filter: { course: { in: $course } }) { nodes { id course { title status } offer {
              courseId title providerName price { amount } workloadMinutes } } } }",
            json!({ "course": [course.to_string()] }),
        ).await;
        assert_eq!(shown.data("/fundingRequests/nodes"), json!([{ "id": id, "course": { "title": "Another title", "status": "RETIRED" }, "offer": {
            "courseId": course.to_string(), "title": "Course CLOUD", "providerName": "Provider of CLOUD",
            "price": { "amount": "400.00" }, "workloadMinutes": 7200,
        } }]));
        assert_eq!(desk.approve("M1", &id).await.data("/approveFundingRequest/fundingRequest/status"), json!("APPROVED"));
        desk.holds().await;
    }

    async fn c3_the_price_of_the_catalog_counts_and_an_unknown_one_needs_a_quote(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let (priced, free) = (desk.course("PRICED", Some(1_000)).await, desk.course("FREE", Some(0)).await);
        let (unknown, retired) = (desk.course("UNKNOWN", None).await, desk.course("RETIRED", Some(1_000)).await);
        desk.app.app.catalog().retire_course(&desk.northwind.system, retired).await.expect("the course is retired");
        let before = desk.footprint().await;
        let refused = [
            (desk.ask(priced, json!({ "quote": eur("5") })).await, "QUOTE_NOT_TAKEN input.quote"),
            (desk.ask(unknown, json!({})).await, "QUOTE_NEEDED input.quote"),
            (desk.ask(retired, json!({})).await, "COURSE_NOT_OFFERED input.course.courseId"),
        ];
        for (answer, refusal) in refused {
            assert_eq!(answer.refused("submitFundingRequest"), [refusal]);
        }
        assert_eq!(desk.footprint().await, before);
        for (course, more, amount) in [(priced, json!({}), "10.00"), (free, json!({}), "0.00"), (unknown, json!({ "quote": eur("7.5") }), "7.50")] {
            let answer = desk.ask(course, more.clone()).await;
            assert_eq!(answer.text("/submitFundingRequest/fundingRequest/amount/amount"), amount);
            assert_eq!(desk.ask(course, more).await.refused("submitFundingRequest"), ["ALREADY_REQUESTED input.course"]);
        }
    }

    async fn f13_a_course_of_the_catalog_is_not_asked_for_by_its_address(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let course = desk.course("CLOUD", Some(1_000)).await;
        let url = WebAddress::parse("https://example.org/cloud/").expect("an address");
        let details = CourseDetails { url: Some(Some(url)), ..CourseDetails::default() };
        let change = ChangeCourse { id: course, expected_version: 2, title: None, provider: None, details };
        desk.app.app.catalog().change_course(&desk.northwind.system, change).await.expect("the course is changed");
        let before = desk.footprint().await;
        let around = desk.submit("E1", "cloud", "1", json!({})).await;
        assert_eq!(around.refused("submitFundingRequest"), ["IN_CATALOG input.course.outside.url"]);
        assert_eq!(
            reason(&around, "submitFundingRequest"),
            format!("the catalog holds what stands at https://example.org/cloud: 'Course CLOUD' ({course}); ask for that course"),
        );
        assert_eq!(desk.footprint().await, before);
        // Once it is retired, it is one outside the catalog.
        desk.app.app.catalog().retire_course(&desk.northwind.system, course).await.expect("the course is retired");
        desk.request("E1", "cloud", "1").await;
    }

    async fn a_program_pays_while_it_runs(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let (program, course) = (desk.program().await, desk.course("CLOUD", Some(1_000)).await);
        let budget = desk.budget("Program", "100", json!({ "ownedBy": { "programId": program.to_string() } })).await;
        let within = json!({ "programId": program.to_string() });
        assert_eq!(desk.ask(course, within.clone()).await.refused("submitFundingRequest"), ["UNKNOWN_PROGRAM input.programId"]);

        let (programs, system) = (desk.app.app.programs(), &desk.northwind.system);
        programs.activate_program(system, program).await.expect("the program starts");
        let id = desk.ask(course, within.clone()).await.text("/submitFundingRequest/fundingRequest/id");
        let found = desk.caller("F1").send(
            "query($program: [ID!]!) { fundingRequests(filter: { program: { in: $program } }) { nodes { id budget { name } program { name } } }
              budgets(filter: { program: { in: $program } }) { nodes { id program { name } } } }",
            json!({ "program": [program.to_string()] }),
        ).await;
        assert_eq!(found.data("/fundingRequests/nodes"), json!([{ "id": id, "budget": { "name": "Program" }, "program": { "name": "Cloud for all" } }]));
        assert_eq!(found.data("/budgets/nodes"), json!([{ "id": budget, "program": { "name": "Cloud for all" } }]));

        programs.close_program(system, program).await.expect("the program ends");
        let input = desk.budget_input("Too late", json!({ "ownedBy": { "programId": program.to_string() } })).await;
        let late = desk.caller("F1").send(CREATE, json!({ "input": input })).await;
        assert_eq!(late.refused("createBudget"), ["UNKNOWN_PROGRAM input.ownedBy"]);
        let other = desk.course("RUST", Some(1_000)).await;
        let refused = desk.ask(other, within).await;
        assert_eq!(reason(&refused, "submitFundingRequest"), format!("there is no program {program} that runs now"));
    }
}
