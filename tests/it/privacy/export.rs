//! Everything that is kept of somebody, as a file.

use serde_json::{Value, json};
use support::{both_databases, exchange};
use upskill_domain::funding::CommentOnFundingRequest;
use upskill_domain::kernel::{FundingRequestId, TypedId as _};
use upskill_domain::privacy::SECTIONS;
use upskill_persistence::counted;

use super::{Archive, EVA};

/// The records of a section.
fn section<'a>(file: &'a Value, name: &str) -> &'a [Value] {
    let sections = file["sections"].as_array().expect("sections");
    let section = sections.iter().find(|section| section["name"] == name);
    section.and_then(|section| section["records"].as_array()).unwrap_or_else(|| panic!("no section {name}"))
}

both_databases! {
    async fn a_person_gets_everything_that_is_kept_of_them(archive: Archive) {
        let reply = archive.fetch("E1", &archive.eva).await;
        assert_eq!((reply.status, reply.header("content-type")), (200, "application/json; charset=utf-8"), "{}", reply.text);
        assert_eq!(reply.header("cache-control"), "no-store");
        let name = reply.header("content-disposition");
        assert!(name.starts_with("attachment; filename=\"personal-data-") && name.ends_with(".json\""), "{name}");
        let file = reply.json();
        assert_eq!(
            (&file["format"], &file["version"], &file["employeeId"], &file["exportedAt"]),
            (&json!("upskill.personal-data"), &json!(1), &json!(archive.eva), &json!("2026-04-02T09:00:00Z")),
        );
        let names: Vec<_> = file["sections"].as_array().expect("sections").iter().map(|section| section["name"].clone()).collect();
        assert_eq!(names, SECTIONS.iter().map(|section| json!(section.name)).collect::<Vec<_>>());
        assert_eq!(file["sections"][0], json!({
            "name": "person", "holds": "who you are", "class": "IDENTITY", "purpose": "to tell people apart, to let them in and to address them",
            "retention": {
                "class": "UNTIL_ERASED", "legalBasis": "Art. 5 (1) (e) and 17 (1) GDPR; §§ 195, 199 BGB",
                "rule": "until the person is erased, which is due when they ask for it and nothing speaks against it, and at the latest three years after the end of the year in which they left",
            },
            "records": [{ "id": archive.eva, "externalId": "E1", "name": EVA, "email": "e1@example.org", "erasedAt": null }],
        }));
        let lengths: Vec<_> = SECTIONS.iter().map(|kind| (kind.name, section(&file, kind.name).len())).filter(|(_, records)| *records > 0).collect();
        assert_eq!(lengths, [
            ("person", 1), ("employment", 1), ("rolesHeld", 1), ("absences", 1), ("costBand", 1), ("programParticipations", 1),
            ("fundingRequests", 2), ("fundingEntries", 4), ("approvalSteps", 2), ("decisionsOnRequests", 2), ("commentsOnRequests", 2),
            ("enrollments", 1), ("learningTime", 1), ("assessments", 1), ("evidence", 1), ("followUps", 6), ("courseFeedback", 1),
            ("skillRecords", 3), ("jobAssignments", 1), ("decisionsMade", 1), ("commentsWritten", 2), ("delegationsGiven", 1),
            ("delegationsHeld", 1), ("delegationsRecorded", 1), ("absencesRecorded", 1), ("learningTimeRecorded", 1),
            ("evidenceSubmitted", 1), ("followUpsAnswered", 1), ("skillRecordsMade", 1), ("retries", 1), ("journalByYou", 16), ("journalAboutYou", 5),
        ]);
        let request = &section(&file, "fundingRequests")[0];
        assert_eq!(request["amount"], json!({ "amount": "400.00", "currency": "EUR" }));
        assert_eq!(request["conditions"], json!({ "proofs": [{ "kind": "GRADE", "text": "The grade of Eva Engineer" }] }));
        assert_eq!((&request["purpose"], &request["proof"], &request["settledOn"]), (&json!("Eva Engineer wants it"), &json!("1.3, Eva Engineer"), &json!("2026-03-02")));
        assert_eq!(section(&file, "assessments")[0]["score"], json!(8_700));
        // Others are there by id and by nothing else; what they said of her is hers.
        let max = archive.desk.person("M1").await;
        let said = section(&file, "commentsOnRequests").iter().find(|comment| comment["byId"] == json!(max)).expect("what Max said");
        assert_eq!(said["text"], json!("Eva Engineer said M1"));
        let made = &section(&file, "decisionsMade")[0];
        assert_eq!((&made["note"], &made["onBehalfOfId"]), (&json!("Eva Engineer says no"), &json!(max)));
        for other in ["Max", "Emil", "Hana", "Finn", "m1@"] {
            let others: Vec<_> = reply.text.lines().filter(|line| line.contains(other)).collect();
            assert_eq!(others, Vec::<&str>::new(), "{other}");
        }
    }

    async fn who_asked_for_it_stands_in_the_journal(archive: Archive) {
        for person in ["E1", "H1"] {
            assert_eq!(archive.fetch(person, &archive.eva).await.status, 200, "{person}");
        }
        archive.desk.app.seal().await;
        let document = "query { journalEntries(filter: { kind: { in: [\"privacy.personal_data_exported\"] } }) { nodes { subjectId payload actor { externalId } } } }";
        let told = archive.caller("A1").ask(document).await.data("/journalEntries/nodes");
        let payload = json!({ "employee": archive.eva }).to_string();
        let entry = |person: &str| json!({ "subjectId": archive.eva, "payload": payload, "actor": { "externalId": person } });
        assert_eq!(told, json!([entry("E1"), entry("H1")]));
        // The one by HR is told in the next export.
        let file = archive.fetch("E1", &archive.eva).await.json();
        let exported = section(&file, "journalAboutYou").iter().filter(|entry| entry["kind"] == "privacy.personal_data_exported");
        assert_eq!(exported.count(), 3);
    }

    async fn everything_about_a_person_is_for_them_and_for_hr(archive: Archive) {
        archive.desk.app.southwind().await;
        let mut witness = archive.desk.app.witness().await;
        for person in ["M1", "C1", "E2", "H2", "F1", "A1", "W1", "X1"] {
            let reply = archive.fetch(person, &archive.eva).await;
            assert_eq!((reply.status, reply.code().as_str()), (403, "FORBIDDEN"), "{person}");
            assert_eq!(
                reply.message(),
                "you may not have everything handed out that is kept of somebody else; it takes HR_ADMIN or the person concerned",
            );
        }
        let uri = format!("/employees/{}/personal-data.json", archive.eva);
        let bearer = format!("Bearer {}", archive.desk.app.token("southwind", "H1"));
        let stranger = exchange(&archive.desk.app.router(), ("GET", &uri), &[("authorization", &bearer)], "").await;
        assert_eq!((stranger.status, stranger.code().as_str()), (404, "NOT_FOUND"));
        let anonymous = exchange(&archive.desk.app.router(), ("GET", &uri), &[], "").await;
        assert_eq!((anonymous.status, anonymous.code().as_str()), (401, "UNAUTHENTICATED"));
        assert_eq!(exchange(&archive.desk.app.router(), ("POST", &uri), &[], "").await.status, 405);
        assert_eq!(archive.fetch("H1", "nobody").await.status, 400);
        assert_eq!(archive.fetch("H1", "employee_00000000000000000000000001").await.status, 404);
        assert!(!witness.wrote().await);
    }

    async fn a_long_export_comes_whole(archive: Archive) {
        let file = archive.fetch("E1", &archive.eva).await.json();
        let request = section(&file, "fundingRequests")[0]["id"].as_str().expect("an id").to_owned();
        let comment = CommentOnFundingRequest {
            key: None,
            id: FundingRequestId::parse(&request).expect("an id"),
            text: "One more".to_owned(),
        };
        let hana = archive.desk.app.app.access().identify("northwind", &upskill_domain::access::Person::ExternalId("H1".to_owned()), "r").await;
        let hana = hana.expect("Hana");
        let (_, few) = counted(archive.erasure(&archive.eva)).await;
        for _ in 0..1_000 {
            archive.desk.app.app.funding().comment_on_request(&hana, comment.clone()).await.expect("said");
        }
        let file = archive.fetch("E1", &archive.eva).await.json();
        let comments = section(&file, "commentsOnRequests");
        assert_eq!(comments.len(), 1_002);
        let mut ids: Vec<_> = comments.iter().map(|comment| comment["id"].as_str().expect("an id")).collect();
        ids.dedup();
        assert_eq!(ids.len(), 1_002);
        // What erasing would do is counted, not read.
        let (_, many) = counted(archive.erasure(&archive.eva)).await;
        assert_eq!((few, many), (5, 5));
    }
}
