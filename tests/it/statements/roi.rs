//! What the return on investment is counted over.

use serde_json::json;
use support::TestApp;

/// A program that many people have joined, everybody in a cost band, with benefits, and reports that list all of them.
pub(super) async fn measure(app: &TestApp) {
    let (hana, finn) = (app.caller("northwind", "H1"), app.caller("northwind", "F1"));
    let found = "{ courses(first: 1) { nodes { id } } employees(first: 60, filter: { search: \"Person\" }) { nodes { id } } }";
    let found = hana.ask(found).await;
    let people: Vec<_> = (0..60).map(|at| found.text(&format!("/employees/nodes/{at}/id"))).collect();
    let create = "mutation($input: CreateProgramInput!) { createProgram(input: $input) { program { id } userErrors { message } } }";
    let input = json!({
        "name": "Measured", "ownerId": people[0], "startsOn": "2026-01-01", "endsOn": "2026-12-31",
        "courseIds": [found.text("/courses/nodes/0/id")],
    });
    let program = hana.send(create, json!({ "input": input })).await.text("/createProgram/program/id");
    let activate = "mutation($id: ID!) { activateProgram(input: { id: $id }) { userErrors { message } } }";
    hana.send(activate, json!({ "id": program })).await.data("/activateProgram");
    let invite = "mutation($input: InviteParticipantsInput!) { inviteParticipants(input: $input) { userErrors { message } } }";
    let input = json!({ "programId": program, "employeeIds": people });
    hana.send(invite, json!({ "input": input })).await.data("/inviteParticipants");
    let join = "mutation($id: ID!) { joinProgram(input: { id: $id }) { participant { id } userErrors { message } } }";
    for number in 0..5 {
        let person = app.caller("northwind", &format!("P{number:03}"));
        person.send(join, json!({ "id": program })).await.text("/joinProgram/participant/id");
    }
    let set = "mutation($input: SetCostBandsInput!) { setCostBands(input: $input) { report { costBands { id } } userErrors { message } } }";
    let band =
        json!({ "code": "B1", "name": "Beginners", "hourlyCost": { "amount": "60", "currency": "EUR" } });
    let band = finn.send(set, json!({ "input": { "bands": [band] } })).await;
    let place = "mutation($input: PlaceInCostBandInput!) { placeInCostBand(input: $input) { costBand { code } userErrors { message } } }";
    let input = json!({ "employeeIds": people, "bandId": band.text("/setCostBands/report/costBands/0/id") });
    finn.send(place, json!({ "input": input })).await.text("/placeInCostBand/costBand/code");
    let record = "mutation($input: RecordBenefitInput!) { recordBenefit(input: $input) { benefit { id } userErrors { message } } }";
    let validate = "mutation($id: ID!) { validateBenefit(input: { id: $id }) { benefit { id } userErrors { message } } }";
    let make = "mutation($input: CreateRoiReportInput!) { createRoiReport(input: $input) { roiReport { id } userErrors { message } } }";
    for number in 0..8 {
        let input = json!({
            "programId": program, "kind": "QUALITY", "title": format!("Benefit {number}"), "estimates": [{
                "source": "EXPERTS", "grounds": "Counted", "annualValue": { "amount": "100", "currency": "EUR" },
                "isolation": { "method": "TREND_LINE", "basisPoints": 5000 }, "confidenceBasisPoints": 5000,
            }],
        });
        let id = finn.send(record, json!({ "input": input })).await.text("/recordBenefit/benefit/id");
        hana.send(validate, json!({ "id": id })).await.text("/validateBenefit/benefit/id");
        let input = json!({
            "programId": program, "startsOn": "2026-01-01", "endsOn": "2026-03-02", "discountRateBasisPoints": 0,
            "administrationBasisPoints": 0,
        });
        finn.send(make, json!({ "input": input })).await.text("/createRoiReport/roiReport/id");
    }
}

/// How many statements it takes to compare departments: who is asking, the program, the employer, the departments that it is
/// meant for, how people left each, and the program again for whoever asked for it.
const COMPARED: u64 = 6;

/// Compares a department of a program that began long enough ago with all others.
pub(super) async fn watch(app: &TestApp) {
    let hana = app.caller("northwind", "H1");
    let found = "{ departments(first: 1) { nodes { id } } employees(first: 1) { nodes { id } } }";
    let found = hana.ask(found).await;
    let create = "mutation($input: CreateProgramInput!) { createProgram(input: $input) { program { id } userErrors { message } } }";
    let input = json!({
        "name": "Watched", "ownerId": found.text("/employees/nodes/0/id"), "startsOn": "2025-01-01", "endsOn": "2026-12-31",
        "departmentIds": [found.text("/departments/nodes/0/id")],
    });
    let program = hana.send(create, json!({ "input": input })).await.text("/createProgram/program/id");
    let document = "query($id: ID!) { retentionEffect(programId: $id) { status program { name } } }";
    let (answer, statements) =
        upskill_persistence::counted(hana.send(document, json!({ "id": program }))).await;
    assert_ne!(answer.text("/retentionEffect/status"), "TOO_EARLY");
    assert_eq!(statements, COMPARED);
}
