//! Who sees whose enrollments.

use serde_json::json;
use support::both_databases;

use super::School;

both_databases! {
    async fn enrollments_are_for_the_person_the_line_above_and_hr(school: School) {
        let id = school.active("E1").await;
        school.active("E3").await;
        let list = "{ enrollments { totalCount nodes { employee { externalId } } } }";
        for (person, sees) in [
            ("E1", vec!["E1"]), ("E3", vec!["E3"]), ("E2", vec![]), ("M1", vec!["E1"]), ("M2", vec!["E3"]), ("C1", vec!["E1", "E3"]),
            ("H1", vec!["E1", "E3"]), ("H2", vec!["E1", "E3"]), ("F1", vec![]), ("A1", vec![]), ("W1", vec![]), ("X1", vec![]),
        ] {
            let caller = school.desk.caller(person);
            let nodes: Vec<_> = sees.iter().map(|who| json!({ "employee": { "externalId": who } })).collect();
            let expected = json!({ "totalCount": nodes.len(), "nodes": nodes });
            assert_eq!(caller.ask(list).await.data("/enrollments"), expected, "{person}");
            assert_eq!(school.read(person, &id).await.is_null(), !sees.contains(&"E1"), "{person}");
        }
        school.app().southwind().await;
        let stranger = school.app().caller("southwind", "H1");
        let read = stranger.send("query($id: ID!) { enrollment(id: $id) { id } node(id: $id) { id } }", json!({ "id": id })).await;
        assert_eq!(read.data(""), json!({ "enrollment": null, "node": null }));
    }

    async fn lists_are_filtered_and_sorted(school: School) {
        let first = school.active("E1").await;
        let later = json!({ "in": { "courseId": school.rust }, "startsOn": "2026-01-01" });
        let second = school.enroll("E1", later).await.text("/enroll/enrollment/id");
        let document = "query($filter: EnrollmentFilter, $order: EnrollmentOrder) { enrollments(filter: $filter, orderBy: $order) { nodes { id } } }";
        let eva = school.desk.person("E1").await;
        for (filter, order, ids) in [
            (json!({}), json!(null), vec![&first, &second]),
            (json!({}), json!({ "field": "STARTS_ON" }), vec![&second, &first]),
            (json!({}), json!({ "field": "ENROLLED_AT", "direction": "DESC" }), vec![&second, &first]),
            (json!({ "status": { "in": ["PLANNED"] } }), json!(null), vec![&second]),
            (json!({ "course": { "in": [school.cloud] } }), json!(null), vec![&first]),
            (json!({ "employee": { "in": [eva] }, "status": { "in": ["ACTIVE"] } }), json!(null), vec![&first]),
            (json!({ "employee": { "in": [] } }), json!(null), vec![]),
        ] {
            let nodes: Vec<_> = ids.iter().map(|id| json!({ "id": id })).collect();
            let found = school.desk.caller("H1").send(document, json!({ "filter": filter, "order": order })).await;
            assert_eq!(found.data("/enrollments/nodes"), json!(nodes), "{filter} {order}");
        }
        let of_person = "query($id: ID!) { employee(id: $id) { enrollments(filter: { status: { in: [ACTIVE] } }) { totalCount nodes { id } } } }";
        let of_person = school.desk.caller("M1").send(of_person, json!({ "id": eva })).await;
        assert_eq!(of_person.data("/employee/enrollments"), json!({ "totalCount": 1, "nodes": [{ "id": first }] }));
    }
}
