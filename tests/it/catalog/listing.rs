//! Finding, sorting and paging courses.

use serde_json::{Value, json};
use support::{Answer, TestApp, both_databases};

use super::{RETIRE, course, provider, published, skill};

/// Four published courses, a draft and a retired one.
async fn shelf(app: &TestApp) -> [String; 3] {
    app.northwind().await;
    let (cloudworks, nordhafen) =
        (provider(app, "Cloudworks", "COMPANY").await, provider(app, "Nordhafen", "UNIVERSITY").await);
    let (linux, law) = (skill(app, "Linux").await, skill(app, "Contract law").await);
    let eur = |amount: &str| json!({ "amount": amount, "currency": "EUR" });
    published(app, json!({
        "code": "A", "title": "Administering Linux", "providerId": cloudworks, "subjectArea": "0612", "language": "en-GB",
        "participation": "ONLINE", "durationWeeks": { "min": 4, "max": 6 }, "price": eur("300"), "skills": [{ "skillId": linux }],
    })).await;
    published(app, json!({
        "code": "B", "title": "building clouds", "providerId": nordhafen, "subjectArea": "06", "language": "en", "eqfLevel": 6,
        "participation": "BLENDED", "durationWeeks": { "min": 12, "max": 20 }, "price": eur("1200"), "skills": [{ "skillId": linux }],
    })).await;
    published(app, json!({
        "code": "C", "title": "Contracts", "providerId": nordhafen, "subjectArea": "042", "language": "de", "eqfLevel": 7,
        "participation": "ON_SITE", "durationWeeks": { "min": 2, "max": 2 }, "skills": [{ "skillId": law }],
        "summary": "What 100% of managers sign",
    })).await;
    published(app, json!({
        "code": "D", "title": "Design", "providerId": cloudworks, "price": { "amount": "90", "currency": "USD" },
    })).await;
    course(app, json!({ "code": "E", "title": "Early draft", "providerId": cloudworks, "price": eur("1") }))
        .await;
    let old = published(app, json!({ "code": "F", "title": "Former", "providerId": cloudworks })).await;
    app.caller("northwind", "H1")
        .send(RETIRE, json!({ "id": old }))
        .await
        .data("/retireCourse/course/status");
    [nordhafen, linux, law]
}

fn codes(answer: &Answer) -> String {
    let nodes = answer.data("/courses/nodes");
    let codes = nodes.as_array().expect("nodes").iter().map(|node| node["code"].as_str().unwrap_or("?"));
    codes.collect()
}

async fn found(app: &TestApp, person: &str, filter: Value, order: Value) -> Answer {
    let query = "query($filter: CourseFilter, $order: CourseOrder) { courses(filter: $filter, orderBy: $order) { totalCount nodes { code } } }";
    app.caller("northwind", person).send(query, json!({ "filter": filter, "order": order })).await
}

both_databases! {
    async fn courses_are_found_by_what_they_are(app: TestApp) {
        let [nordhafen, linux, law] = shelf(&app).await;
        let cases = [
            (json!(null), "ABCD"),
            (json!({ "search": "LINUX" }), "AB"),
            (json!({ "search": "nordhafen cloud" }), "B"),
            (json!({ "search": "cloud" }), "ABD"),
            (json!({ "search": "100%" }), "C"),
            (json!({ "search": "1%0" }), ""),
            (json!({ "search": "  " }), "ABCD"),
            (json!({ "skill": { "in": [linux] } }), "AB"),
            (json!({ "skill": { "in": [linux, law] } }), "ABC"),
            (json!({ "subjectArea": { "in": ["06"] } }), "AB"),
            (json!({ "subjectArea": { "in": ["0612", "04"] } }), "AC"),
            (json!({ "stem": true }), "AB"),
            (json!({ "stem": false }), "C"),
            (json!({ "provider": { "in": [nordhafen] } }), "BC"),
            (json!({ "providerKind": { "in": ["COMPANY"] } }), "AD"),
            (json!({ "durationWeeks": { "lte": 6 } }), "AC"),
            (json!({ "durationWeeks": { "gte": 4, "lte": 20 } }), "AB"),
            (json!({ "price": { "currency": "EUR" } }), "AB"),
            (json!({ "price": { "currency": "EUR", "lte": "300" } }), "A"),
            (json!({ "price": { "currency": "EUR", "gte": "300.01" } }), "B"),
            (json!({ "price": { "currency": "USD" } }), "D"),
            (json!({ "language": { "in": ["en"] } }), "AB"),
            (json!({ "language": { "in": ["en-GB", "de"] } }), "AC"),
            (json!({ "participation": { "in": ["ONLINE", "BLENDED"] } }), "AB"),
            (json!({ "eqfLevel": { "in": [6, 7] } }), "BC"),
            (json!({ "code": { "in": ["A", "D", "E"] } }), "AD"),
            (json!({ "status": { "in": ["RETIRED"] } }), "F"),
            (json!({ "status": { "in": ["DRAFT"] } }), ""),
            (json!({ "status": { "in": ["DRAFT", "PUBLISHED", "RETIRED"] } }), "ABCDF"),
            (json!({ "stem": true, "price": { "currency": "EUR", "lte": "500" }, "search": "linux" }), "A"),
        ];
        for (filter, expected) in cases {
            let answer = found(&app, "E1", filter.clone(), json!(null)).await;
            assert_eq!(codes(&answer), expected, "{filter}");
            assert_eq!(answer.data("/courses/totalCount"), json!(expected.len()), "{filter}");
        }
        assert_eq!(codes(&found(&app, "H2", json!(null), json!(null)).await), "ABCDE");
        assert_eq!(codes(&found(&app, "H1", json!({ "status": { "in": ["DRAFT"] } }), json!(null)).await), "E");
        for filter in [json!({ "subjectArea": { "in": ["99"] } }), json!({ "eqfLevel": { "in": [0] } }), json!({ "price": { "currency": "EUR", "gte": "1.001" } })] {
            assert_eq!(found(&app, "E1", filter.clone(), json!(null)).await.code(), "BAD_USER_INPUT", "{filter}");
        }
    }

    async fn courses_are_sorted_and_paged_in_every_order(app: TestApp) {
        shelf(&app).await;
        let eur = json!({ "price": { "currency": "EUR" } });
        let cases = [
            (json!(null), "TITLE", "ABCDE", "EDCBA"),
            (json!(null), "DURATION", "CABDE", "EDBAC"),
            (eur, "PRICE", "EAB", "BAE"),
            (json!(null), "CREATED", "ABCDE", "EDCBA"),
        ];
        let walk = async |filter: &Value, field: &str, direction: &str| {
            let query = "query($filter: CourseFilter, $order: CourseOrder, $after: String) {
              courses(first: 2, after: $after, filter: $filter, orderBy: $order) { nodes { code } pageInfo { hasNextPage endCursor } } }";
            let (mut seen, mut after) = (String::new(), json!(null));
            loop {
                let variables = json!({ "filter": filter, "order": { "field": field, "direction": direction }, "after": after });
                let page = app.caller("northwind", "H1").send(query, variables).await;
                seen.push_str(&codes(&page));
                if page.data("/courses/pageInfo/hasNextPage") == json!(false) {
                    return seen;
                }
                after = page.data("/courses/pageInfo/endCursor");
            }
        };
        for (filter, field, ascending, descending) in cases {
            assert_eq!(walk(&filter, field, "ASC").await, ascending, "{field}");
            assert_eq!(walk(&filter, field, "DESC").await, descending, "{field}");
        }
        let mixed = found(&app, "E1", json!(null), json!({ "field": "PRICE" })).await;
        assert_eq!(mixed.code(), "BAD_USER_INPUT");
        assert_eq!(mixed.message(), "prices of different currencies have no order; name a currency in filter.price");
    }

    async fn a_renamed_provider_is_found_by_its_new_name(app: TestApp) {
        let [nordhafen, ..] = shelf(&app).await;
        let rename = "mutation($id: ID!) { changeProvider(input: { id: $id, expectedVersion: 1, name: \"Südhafen\" }) { provider { name } userErrors { code } } }";
        app.caller("northwind", "H1").send(rename, json!({ "id": nordhafen })).await.data("/changeProvider/provider/name");
        assert_eq!(codes(&found(&app, "E1", json!({ "search": "SÜDHAFEN" }), json!(null)).await), "BC");
        assert_eq!(codes(&found(&app, "E1", json!({ "search": "nordhafen" }), json!(null)).await), "");
    }

    async fn a_page_of_courses_takes_as_many_statements_as_a_row(app: TestApp) {
        shelf(&app).await;
        let query = |first: u32| format!("{{ courses(first: {first}) {{ nodes {{ title provider {{ name }} skills {{ name skill {{ kind }} }} prerequisites {{ skills {{ level }} }} microCredentialCompleteness {{ complete }} }} }} }}");
        let eva = app.caller("northwind", "E1");
        let (_, one) = upskill_persistence::counted(eva.ask(&query(1))).await;
        let (answer, all) = upskill_persistence::counted(eva.ask(&query(100))).await;
        assert_eq!(answer.data("/courses/nodes/0/provider/name"), json!("Cloudworks"));
        // Who asks; the courses with their providers; what they teach; the skills.
        assert_eq!((one, all), (4, 4));
    }
}
