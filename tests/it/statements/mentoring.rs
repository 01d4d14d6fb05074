//! Mentors and pairings, however many there are.

use chrono::TimeDelta;
use serde_json::{Value, json};
use support::{Caller, TestApp, both_databases};

use super::ceilings::Ceiling;
use super::{compare, populate};

const CEILINGS: &[Ceiling] = &[
    ("P000", "query($first: Int) { mentors(first: $first) { totalCount nodes { placesFree languages skills { level skill { name } } employee { name } } } }", 6),
    ("P000", "query($first: Int) { employees(first: $first) { nodes { name mentor { capacity } pairings(first: 3) { totalCount nodes { status } } } } }", 5),
    (
        "H1",
        "query($first: Int) { pairings(first: $first) { totalCount nodes { status mentee { name } mentor { placesFree employee { name } }
           proposedBy { name } health { signals } } } }",
        8,
    ),
    ("H1", "query($first: Int) { pairings(first: $first) { nodes { goals { text setBy { name } } feedback { rating } } } }", 5),
    (
        "H1",
        "query($first: Int) { pairings(first: $first) { nodes {
           sessions(first: 2) { totalCount nodes { minutes notes { text } recordedBy { name } } } } } }",
        6,
    ),
    (
        "H1",
        "query($first: Int) { pairings(first: $first) { nodes {
           sessions(first: 2) { nodes { goals { text } observedSkills { level skill { name } } } } } } }",
        6,
    ),
    // How much Clara sees is asked first.
    ("C1", "query($first: Int) { pairings(first: $first) { nodes { status mentee { name } } } }", 4),
    ("P000", "query($first: Int) { viewer { mentor { capacity } pairings(first: $first) { totalCount nodes { status sessionCount } } } }", 4),
];

async fn act(caller: &Caller, mutation: &str, thing: &str, input: Value) -> String {
    let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
    let document = format!(
        "mutation($input: {kind}!) {{ {mutation}(input: $input) {{ {thing} {{ id }} userErrors {{ message }} }} }}"
    );
    caller.send(&document, json!({ "input": input })).await.text(&format!("/{mutation}/{thing}/id"))
}

/// Sixty people who mentor each other in a circle, with a session, a goal and a note each.
async fn mentor(app: &TestApp) {
    let person = |number: usize| app.caller("northwind", &format!("P{:03}", number % 60));
    let hana = app.caller("northwind", "H1");
    let skill = act(&hana, "createSkill", "skill", json!({ "name": "Craft", "kind": "SKILL" })).await;
    let mut pairings = Vec::new();
    for number in 0..60 {
        let skills = json!([{ "skillId": skill, "level": 4 }]);
        let profile = json!({ "capacity": 3, "languages": ["en", "de"], "skills": skills });
        let mentor = act(&person(number), "becomeMentor", "mentor", profile).await;
        let pairing =
            act(&person(number + 31), "proposePairing", "pairing", json!({ "mentorId": mentor })).await;
        act(&person(number), "acceptPairing", "pairing", json!({ "id": pairing })).await;
        pairings.push(pairing);
    }
    let begun = chrono::SubsecRound::trunc_subsecs(upskill_domain::kernel::Clock::now(app.clock.as_ref()), 0);
    app.clock.advance(TimeDelta::hours(2));
    for (number, pairing) in pairings.into_iter().enumerate() {
        let mentor = person(number);
        let goal =
            act(&mentor, "setMentoringGoal", "goal", json!({ "pairingId": pairing, "text": "A goal" })).await;
        let session =
            json!({ "pairingId": pairing, "startsAt": begun.to_rfc3339(), "minutes": 30, "goalIds": [goal] });
        let session = act(&mentor, "recordMentoringSession", "session", session).await;
        act(&mentor, "addMentoringNote", "session", json!({ "sessionId": session, "text": "A note" })).await;
        let seen = json!({ "sessionId": session, "skillId": skill, "level": 2 });
        act(&mentor, "observeSkill", "skillRecord", seen).await;
        act(&mentor, "givePairingFeedback", "pairing", json!({ "id": pairing, "rating": 4 })).await;
    }
}

both_databases! {
    async fn pairings_take_as_many_statements_however_long_a_page_is(app: TestApp) {
        populate(&app).await;
        mentor(&app).await;
        compare(&app, CEILINGS).await;
    }
}
