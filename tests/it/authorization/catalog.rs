//! Rows about skills, providers and courses.

use serde_json::json;
use support::TestApp;

use super::{EVERYBODY, Forbidden, Ids, Nothing, Row, done};

const DRAFT_READERS: &[&str] = &["H1", "H2"];
const CATALOG: &[&str] = &["H1"];

pub(super) const ROWS: &[Row] = &[
    Row {
        field: "skill",
        document: "query($id: ID!) { skill(id: $id) { id name kind } }",
        variables: r#"{ "id": "@skill" }"#,
        allowed: EVERYBODY,
        otherwise: Nothing,
    },
    Row {
        field: "skills",
        document: "{ skills(first: 100) { totalCount nodes { id name } } }",
        variables: "{}",
        allowed: EVERYBODY,
        otherwise: Forbidden,
    },
    Row {
        field: "provider",
        document: "query($id: ID!) { provider(id: $id) { id name kind country } }",
        variables: r#"{ "id": "@college" }"#,
        allowed: EVERYBODY,
        otherwise: Nothing,
    },
    Row {
        field: "providers",
        document: "{ providers(first: 100) { totalCount nodes { id name } } }",
        variables: "{}",
        allowed: EVERYBODY,
        otherwise: Forbidden,
    },
    Row {
        field: "course",
        document: "query($id: ID!) { course(id: $id) { id title provider { id } price { amount } skills { skill { id } }
          prices { nodes { validFrom setBy { id } } } } }",
        variables: r#"{ "id": "@offered" }"#,
        allowed: EVERYBODY,
        otherwise: Nothing,
    },
    Row {
        field: "course",
        document: "query($id: ID!) { course(id: $id) { id title provider { id } } }",
        variables: r#"{ "id": "@planned" }"#,
        allowed: DRAFT_READERS,
        otherwise: Nothing,
    },
    Row {
        field: "courses",
        document: "{ courses(first: 100) { totalCount nodes { id title provider { id } } } }",
        variables: "{}",
        allowed: EVERYBODY,
        otherwise: Forbidden,
    },
    Row {
        field: "nodes",
        document: "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Course { provider { id } } } }",
        variables: r#"{ "ids": ["@skill", "@college", "@offered"] }"#,
        allowed: EVERYBODY,
        otherwise: Nothing,
    },
    Row {
        field: "node",
        document: "query($id: ID!) { node(id: $id) { id ... on Course { title } } }",
        variables: r#"{ "id": "@planned" }"#,
        allowed: DRAFT_READERS,
        otherwise: Nothing,
    },
    mutation!(
        "createSkill",
        "CreateSkillInput",
        r#"{ "input": { "name": "Row", "kind": "SKILL" } }"#,
        CATALOG,
        Forbidden
    ),
    mutation!(
        "createProvider",
        "CreateProviderInput",
        r#"{ "input": { "name": "Row", "kind": "COLLEGE" } }"#,
        CATALOG,
        Forbidden
    ),
    mutation!(
        "changeProvider",
        "ChangeProviderInput",
        r#"{ "input": { "id": "@college", "expectedVersion": 1, "region": "Bavaria" } }"#,
        CATALOG,
        Forbidden
    ),
    mutation!(
        "createCourse",
        "CreateCourseInput",
        r#"{ "input": { "code": "ROW", "title": "Row", "providerId": "@college" } }"#,
        CATALOG,
        Forbidden
    ),
    mutation!(
        "changeCourse",
        "ChangeCourseInput",
        r#"{ "input": { "id": "@planned", "expectedVersion": 1, "title": "Renamed" } }"#,
        CATALOG,
        Forbidden
    ),
    mutation!(
        "setCoursePrice",
        "SetCoursePriceInput",
        r#"{ "input": { "id": "@planned", "price": { "amount": "1", "currency": "EUR" } } }"#,
        CATALOG,
        Forbidden
    ),
    mutation!("publishCourse", "PublishCourseInput", r#"{ "input": { "id": "@publish" } }"#, CATALOG, Forbidden),
    mutation!("retireCourse", "RetireCourseInput", r#"{ "input": { "id": "@retire" } }"#, CATALOG, Forbidden),
    mutation!(
        "importCourses",
        "ImportCoursesInput",
        r#"{ "input": { "rows": [{ "code": "IMPORTED", "title": "Row", "provider": "Imported", "skills": ["Imported"] }] } }"#,
        CATALOG,
        Forbidden
    ),
];

/// The skill, the provider and the courses that rows speak of.
pub(super) async fn ids(app: &TestApp, slug: &str) -> Ids {
    let hana = app.caller(slug, "H1");
    let currency = hana.ask("{ employer { currency } }").await.text("/employer/currency");
    let skill = json!({ "name": "Cloud", "kind": "SKILL" });
    let skill = done(&hana, "createSkill", "CreateSkillInput", "skill", skill).await;
    let college = json!({ "name": "College", "kind": "COLLEGE" });
    let college = done(&hana, "createProvider", "CreateProviderInput", "provider", college).await;
    let mut ids = Ids::new();
    for (name, published) in [("offered", true), ("planned", false), ("publish", false), ("retire", true)] {
        let input = json!({
            "code": name.to_uppercase(), "title": name, "providerId": college,
            "skills": [{ "skillId": skill, "level": 2 }], "price": { "amount": "2", "currency": currency },
        });
        let id = done(&hana, "createCourse", "CreateCourseInput", "course", input).await;
        if published {
            done(&hana, "publishCourse", "PublishCourseInput", "course", json!({ "id": id })).await;
        }
        ids.insert(name, id);
    }
    ids.insert("skill", skill);
    ids.insert("college", college);
    ids
}
