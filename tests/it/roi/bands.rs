//! What an hour of employees costs, and who is in which band.

use serde_json::{Value, json};
use support::both_databases;

use super::{Office, eur};

pub(super) const SET: &str = "mutation($input: SetCostBandsInput!) { setCostBands(input: $input) {
  report { costBands { id code name hourlyCost { amount currency } version } } userErrors { code field message } } }";

pub(super) const PLACE: &str = "mutation($input: PlaceInCostBandInput!) { placeInCostBand(input: $input) {
  costBand { code } userErrors { code field message } } }";

const WHOSE: &str = "query($id: ID!) { employee(id: $id) { costBand { code hourlyCost { amount } } } }";

both_databases! {
    async fn bands_are_set_by_code_and_changed_where_they_are_known(office: Office) {
        let finn = office.caller("F1");
        let input = json!({
            "bands": [
                { "code": "B2", "name": "Experts", "hourlyCost": eur("90.30") }, { "code": "B1", "name": "Beginners", "hourlyCost": eur("62") },
            ],
            "idempotencyKey": "bands-of-2026",
        });
        let set = finn.send(SET, json!({ "input": input })).await;
        let ids = [0, 1].map(|at| set.text(&format!("/setCostBands/report/costBands/{at}/id")));
        assert_eq!(set.data("/setCostBands/report/costBands"), json!([
            { "id": ids[0], "code": "B2", "name": "Experts", "hourlyCost": eur("90.30"), "version": 1 },
            { "id": ids[1], "code": "B1", "name": "Beginners", "hourlyCost": eur("62.00"), "version": 1 },
        ]));
        let mut witness = office.app.witness().await;
        let again = finn.send(SET, json!({ "input": input })).await;
        assert_eq!(again.data("/setCostBands"), set.data("/setCostBands"));
        let other = json!({ "bands": [{ "code": "B1", "name": "Beginners", "hourlyCost": eur("1") }], "idempotencyKey": "bands-of-2026" });
        let reused = finn.send(SET, json!({ "input": other })).await;
        assert_eq!(reused.refused("setCostBands"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert!(!witness.wrote().await);
        // Only what is other is news, and the rest of the bands stay.
        let changed = office.bands(&[("B1", "65"), ("B3", "120")]).await;
        assert_eq!(changed.data("/setCostBands/report/costBands/0/id"), json!(ids[1]));
        assert_eq!(changed.data("/setCostBands/report/costBands/0/version"), json!(2));
        let listed = office.caller("H2").ask("{ costBands { code name hourlyCost { amount } } }").await;
        assert_eq!(listed.data("/costBands"), json!([
            { "code": "B1", "name": "Band B1", "hourlyCost": { "amount": "65.00" } },
            { "code": "B2", "name": "Experts", "hourlyCost": { "amount": "90.30" } },
            { "code": "B3", "name": "Band B3", "hourlyCost": { "amount": "120.00" } },
        ]));
        office.app.seal().await;
        let journal = office.caller("A1").ask("{ journalEntries(last: 2) { nodes { kind payload } } }").await;
        assert_eq!(journal.text("/journalEntries/nodes/1/kind"), "roi.cost_band_set");
        assert!(!journal.text("/journalEntries/nodes/1/payload").contains("120"), "what an hour costs is not for every reader");
    }

    async fn a_list_of_bands_is_refused_as_a_whole_with_every_reason(office: Office) {
        let mut witness = office.app.witness().await;
        let band = |code: &str, name: &str, cost: Value| json!({ "code": code, "name": name, "hourlyCost": cost });
        let bands = json!([
            band("A", "Good", eur("50")), band("", "No code", eur("50")), band("B", " ", eur("50")), band("C", "Nothing", eur("0")),
            band("D", "Francs", json!({ "amount": "50", "currency": "CHF" })), band("A", "Twice", eur("51")),
        ]);
        let refused = office.caller("F1").send(SET, json!({ "input": { "bands": bands } })).await;
        assert_eq!(refused.refused("setCostBands"), [
            "INVALID_CODE input.bands.1.code", "INVALID_NAME input.bands.2.name", "NOT_POSITIVE input.bands.3.hourlyCost",
            "CURRENCY_MISMATCH input.bands.4.hourlyCost", "SET_TWICE input.bands.5.code",
        ]);
        let none = office.caller("F1").send(SET, json!({ "input": { "bands": [] } })).await;
        assert_eq!(none.refused("setCostBands"), ["WRONG_NUMBER input.bands"]);
        let many: Vec<_> = (0..60).map(|number| band(&format!("X{number}"), "Many", eur("50"))).collect();
        office.caller("F1").send(SET, json!({ "input": { "bands": many } })).await.data("/setCostBands/report");
        witness.wrote().await;
        let more: Vec<_> = (0..41).map(|number| band(&format!("Y{number}"), "More", eur("50"))).collect();
        let refused = office.caller("F1").send(SET, json!({ "input": { "bands": more } })).await;
        assert_eq!(refused.refused("setCostBands"), ["TOO_MANY input.bands"]);
        assert!(!witness.wrote().await);
    }

    async fn people_are_put_into_bands_and_taken_out_again(office: Office) {
        let set = office.bands(&[("B1", "62"), ("B2", "90")]).await;
        let [first, second] = [0, 1].map(|at| json!(set.text(&format!("/setCostBands/report/costBands/{at}/id"))));
        let placed = office.place("H1", &["E1", "E2"], first.clone()).await;
        assert_eq!(placed.data("/placeInCostBand"), json!({ "costBand": { "code": "B1" }, "userErrors": [] }));
        let eva = json!({ "id": office.person("E1").await });
        assert_eq!(office.caller("H2").send(WHOSE, eva.clone()).await.data("/employee/costBand"), json!({ "code": "B1", "hourlyCost": { "amount": "62.00" } }));
        // What somebody costs is neither for their manager nor for themself.
        for person in ["E1", "M1", "C1", "A1"] {
            assert_eq!(office.caller(person).send(WHOSE, eva.clone()).await.data("/employee/costBand"), json!(null), "{person}");
        }
        let mut witness = office.app.witness().await;
        // Where somebody is already is no news.
        office.place("H1", &["E2", "E1"], first.clone()).await.data("/placeInCostBand/costBand/code");
        let nobody = office.place("H1", &[], first.clone()).await;
        assert_eq!(nobody.refused("placeInCostBand"), ["WRONG_NUMBER input.employeeIds"]);
        let program = json!(office.program);
        assert_eq!(office.place("H1", &["E1"], program).await.code(), "BAD_USER_INPUT");
        let nowhere = json!("cost_band_01h455vb4pex5vsknk084sn02q");
        assert_eq!(office.place("H1", &["E1"], nowhere).await.code(), "NOT_FOUND");
        assert!(!witness.wrote().await);
        office.place("F1", &["E1", "M1"], second).await.data("/placeInCostBand/costBand/code");
        assert_eq!(office.caller("F1").send(WHOSE, eva.clone()).await.data("/employee/costBand/code"), json!("B2"));
        let taken_out = office.place("F1", &["E1"], json!(null)).await;
        assert_eq!(taken_out.data("/placeInCostBand"), json!({ "costBand": null, "userErrors": [] }));
        assert_eq!(office.caller("F1").send(WHOSE, eva).await.data("/employee/costBand"), json!(null));
        assert_eq!(office.app.rows("employee_cost_band").await, 2);
    }
}
