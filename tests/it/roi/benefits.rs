//! Benefits: recorded by one, validated by another, or withdrawn.

use serde_json::{Value, json};
use support::both_databases;

use super::{Office, RECORD, estimate, eur};

both_databases! {
    async fn a_benefit_is_recorded_by_one_and_validated_by_another(office: Office) {
        let input = office.benefit(json!({ "idempotencyKey": "tickets" }));
        let finn = office.caller("F1");
        let recorded = finn.send(RECORD, json!({ "input": input })).await;
        let id = recorded.text("/recordBenefit/benefit/id");
        assert_eq!(recorded.data("/recordBenefit/benefit"), json!({
            "id": id, "kind": "PRODUCTIVITY", "title": "Fewer tickets", "status": "RECORDED", "version": 1, "horizonMonths": 12,
            "respondents": 3, "program": { "name": "Cloud for all" }, "recordedBy": { "externalId": "F1" },
            "validatedBy": null, "validatedAt": null, "withdrawnAt": null,
            "estimates": [{
                "source": "MANAGERS", "grounds": "Asked after 60 days", "annualValue": eur("10000.00"),
                "isolationMethod": "MANAGER_ESTIMATE", "isolationBasisPoints": 4000, "confidenceBasisPoints": 7000,
            }],
        }));
        let mut witness = office.app.witness().await;
        let again = finn.send(RECORD, json!({ "input": input })).await;
        assert_eq!(again.data("/recordBenefit"), recorded.data("/recordBenefit"));
        let reused = office.record("F1", json!({ "title": "Other", "idempotencyKey": "tickets" })).await;
        assert_eq!(reused.refused("recordBenefit"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        let own = office.about("F1", "validateBenefit", json!({ "id": id })).await;
        assert_eq!(own.refused("validateBenefit"), ["OWN_ESTIMATE input.id"]);
        let stale = office.about("H1", "validateBenefit", json!({ "id": id, "expectedVersion": 2 })).await;
        assert_eq!(stale.code(), "CONFLICT");
        assert!(!witness.wrote().await);
        let validated = office.about("H1", "validateBenefit", json!({ "id": id, "expectedVersion": 1 })).await;
        assert_eq!(validated.data("/validateBenefit/benefit"), json!({
            "status": "VALIDATED", "version": 2, "validatedBy": { "externalId": "H1" }, "withdrawnAt": null,
        }));
        witness.wrote().await;
        let twice = office.about("H1", "validateBenefit", json!({ "id": id })).await;
        assert_eq!(twice.refused("validateBenefit"), ["NOT_RECORDED input.id"]);
        assert!(!witness.wrote().await);
        let withdrawn = office.about("F1", "withdrawBenefit", json!({ "id": id, "expectedVersion": 2 })).await;
        assert_eq!(withdrawn.data("/withdrawBenefit/benefit/status"), json!("WITHDRAWN"));
        witness.wrote().await;
        let twice = office.about("F1", "withdrawBenefit", json!({ "id": id })).await;
        assert_eq!(twice.refused("withdrawBenefit"), ["ALREADY_WITHDRAWN input.id"]);
        let late = office.about("H1", "validateBenefit", json!({ "id": id })).await;
        assert_eq!(late.refused("validateBenefit"), ["NOT_RECORDED input.id"]);
        assert_eq!(office.about("H1", "withdrawBenefit", json!({ "id": id, "expectedVersion": 1 })).await.code(), "CONFLICT");
        assert!(!witness.wrote().await);
        office.app.seal().await;
        let journal = office.caller("A1").ask("{ journalEntries(last: 3) { nodes { kind actor { externalId } } } }").await;
        assert_eq!(journal.data("/journalEntries/nodes"), json!([
            { "kind": "roi.benefit_recorded", "actor": { "externalId": "F1" } },
            { "kind": "roi.benefit_validated", "actor": { "externalId": "H1" } },
            { "kind": "roi.benefit_withdrawn", "actor": { "externalId": "F1" } },
        ]));
    }

    async fn a_benefit_is_refused_with_everything_that_is_wrong(office: Office) {
        let mut witness = office.app.witness().await;
        let part = |points: i32| json!({ "isolation": { "method": "TREND_LINE", "basisPoints": points } });
        let estimates = json!([
            estimate(json!({ "annualValue": { "amount": "1", "currency": "CHF" } })), estimate(json!({ "annualValue": eur("0") })),
            estimate(part(0)), estimate(part(10_001)), estimate(json!({ "confidenceBasisPoints": 0 })), estimate(json!({ "grounds": "" })),
        ]);
        let refused = office
            .record("F1", json!({ "title": "", "horizonMonths": 61, "respondents": 0, "estimates": estimates }))
            .await;
        assert_eq!(refused.refused("recordBenefit"), [
            "INVALID_TITLE input.title", "HORIZON_OUT_OF_RANGE input.horizonMonths", "NO_RESPONDENTS input.respondents",
            "CURRENCY_MISMATCH input.estimates.0.annualValue", "NOT_POSITIVE input.estimates.1.annualValue",
            "INVALID_ISOLATION input.estimates.2.isolation", "INVALID_ISOLATION input.estimates.3.isolation",
            "INVALID_CONFIDENCE input.estimates.4.confidenceBasisPoints", "INVALID_GROUNDS input.estimates.5.grounds",
        ]);
        assert_eq!(office.record("F1", json!({ "estimates": [] })).await.refused("recordBenefit"), ["WRONG_NUMBER input.estimates"]);
        let nowhere = json!({ "programId": "program_01h455vb4pex5vsknk084sn02q" });
        assert_eq!(office.record("F1", nowhere).await.code(), "NOT_FOUND");
        assert!(!witness.wrote().await);
    }

    async fn r2_what_nobody_isolated_can_be_recorded_and_not_validated(office: Office) {
        let claim = json!({ "estimates": [estimate(json!({ "isolation": null }))] });
        let id = office.record("F1", claim).await.text("/recordBenefit/benefit/id");
        let mut witness = office.app.witness().await;
        let refused = office.about("H1", "validateBenefit", json!({ "id": id })).await;
        assert_eq!(refused.refused("validateBenefit"), ["NO_ISOLATION input.id"]);
        assert!(!witness.wrote().await);
    }

    async fn benefits_are_listed_by_program_and_status(office: Office) {
        office.validated(json!({ "title": "First" })).await;
        office.app.clock.advance(chrono::TimeDelta::minutes(1));
        office.record("F1", json!({ "title": "Second" })).await.text("/recordBenefit/benefit/id");
        let listed = async |filter: Value| {
            let list = "query($filter: BenefitFilter) { benefits(filter: $filter) { totalCount nodes { title } } }";
            let answer = office.caller("H2").send(list, json!({ "filter": filter })).await;
            let nodes = answer.data("/benefits/nodes");
            let titles: Vec<_> = nodes.as_array().expect("nodes").iter().map(|node| node["title"].as_str().unwrap_or_default().to_owned()).collect();
            assert_eq!(answer.data("/benefits/totalCount"), json!(titles.len()));
            titles
        };
        assert_eq!(listed(json!({})).await, ["First", "Second"]);
        assert_eq!(listed(json!({ "status": { "in": ["VALIDATED"] } })).await, ["First"]);
        assert_eq!(listed(json!({ "program": { "in": [office.program] }, "status": { "in": ["RECORDED", "WITHDRAWN"] } })).await, ["Second"]);
        assert_eq!(listed(json!({ "program": { "in": ["program_01h455vb4pex5vsknk084sn02q"] } })).await, Vec::<String>::new());
    }
}
