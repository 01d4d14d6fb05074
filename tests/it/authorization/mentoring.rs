//! Rows about mentors, pairings and what a pair does together.

use chrono::{SecondsFormat, TimeDelta};
use serde_json::{Value, json};
use support::story::Employer;
use support::{Caller, TestApp};
use upskill_domain::kernel::Clock as _;

use super::{EVERYBODY, Forbidden, Hidden, Ids, Nothing, Row, done};

/// Eva, who is mentored, Ella, who mentors her, the managers above Eva, and HR.
const READERS: &[&str] = &["C1", "M1", "E1", "E3", "H1", "H2"];
/// The two of them, and HR.
const INSIDE: &[&str] = &["E1", "E3", "H1", "H2"];
/// The two of them.
const PAIR: &[&str] = &["E1", "E3"];
/// Who sees the pairing and is none of the two.
const BESIDE: &[&str] = &["C1", "M1", "H1", "H2"];

pub(super) const ROWS: &[Row] = &[
    Row {
        field: "mentor",
        document: "query($id: ID!) { mentor(id: $id) { id about languages skills { level skill { id } } placesFree } }",
        variables: r#"{ "id": "@mentor-E3" }"#,
        allowed: EVERYBODY,
        otherwise: Nothing,
    },
    Row {
        field: "mentors",
        document: "{ mentors(first: 100) { totalCount nodes { id employee { id } } } }",
        variables: "{}",
        allowed: EVERYBODY,
        otherwise: Forbidden,
    },
    Row {
        field: "pairing",
        document: "query($id: ID!) { pairing(id: $id) { id mentor { id } mentee { id } enrollment { id } health { signals }
          goals { id } sessions(first: 5) { nodes { id notes { text } } } feedback { rating } } }",
        variables: r#"{ "id": "@pair-E1" }"#,
        allowed: READERS,
        otherwise: Nothing,
    },
    Row {
        field: "pairings",
        document: "{ pairings(first: 100) { totalCount nodes { id mentee { id } } } }",
        variables: "{}",
        allowed: EVERYBODY,
        otherwise: Forbidden,
    },
    Row {
        field: "viewer",
        document: "{ viewer { mentor { id } pairings { totalCount nodes { id } } } }",
        variables: "{}",
        allowed: EVERYBODY,
        otherwise: Forbidden,
    },
    Row {
        field: "node",
        document: "query($id: ID!) { node(id: $id) { id ... on Mentor { capacity } } }",
        variables: r#"{ "id": "@mentor-E3" }"#,
        allowed: EVERYBODY,
        otherwise: Nothing,
    },
    Row {
        field: "node",
        document: "query($id: ID!) { node(id: $id) { id ... on Pairing { status } } }",
        variables: r#"{ "id": "@pair-E1" }"#,
        allowed: READERS,
        otherwise: Nothing,
    },
    Row {
        field: "node",
        document: "query($id: ID!) { node(id: $id) { id ... on MentoringSession { minutes pairing { id } } } }",
        variables: r#"{ "id": "@session-E1" }"#,
        allowed: INSIDE,
        otherwise: Nothing,
    },
    Row {
        field: "node",
        document: "query($id: ID!) { node(id: $id) { id ... on MentoringGoal { text pairing { id } } } }",
        variables: r#"{ "id": "@goal-E1" }"#,
        allowed: INSIDE,
        otherwise: Nothing,
    },
    mutation!(
        "becomeMentor",
        "BecomeMentorInput",
        r#"{ "input": { "employeeId": "@becoming-@person", "capacity": 1, "languages": ["en"], "skills": [{ "skillId": "@craft", "level": 3 }] } }"#,
        &["E1", "H1"],
        Forbidden
    ),
    mutation!(
        "changeMentor",
        "ChangeMentorInput",
        r#"{ "input": { "id": "@mentor-@person", "expectedVersion": 1, "about": "Row" } }"#,
        &["E3", "H1"],
        Forbidden
    ),
    mutation!(
        "completePairing",
        "CompletePairingInput",
        r#"{ "input": { "id": "@done-@person" } }"#,
        &["E2", "E3", "H1"],
        Hidden(&["C1", "M1", "H2"])
    ),
    mutation!(
        "declinePairing",
        "DeclinePairingInput",
        r#"{ "input": { "id": "@declined-@person", "reason": "OTHER" } }"#,
        &["C1", "M1", "E1", "E3", "H1"],
        Hidden(&["H2"])
    ),
    mutation!(
        "proposePairing",
        "ProposePairingInput",
        r#"{ "input": { "mentorId": "@mentor-@person", "menteeId": "@emil" } }"#,
        &["C1", "M1", "E2", "E3", "H1"],
        Forbidden
    ),
    mutation!(
        "acceptPairing",
        "AcceptPairingInput",
        r#"{ "input": { "id": "@accepted-@person" } }"#,
        PAIR,
        Hidden(BESIDE)
    ),
    mutation!(
        "pausePairing",
        "PausePairingInput",
        r#"{ "input": { "id": "@pair-@person" } }"#,
        &["E1", "E3", "H1"],
        Hidden(&["C1", "M1", "H2"])
    ),
    mutation!(
        "resumePairing",
        "ResumePairingInput",
        r#"{ "input": { "id": "@pair-@person" } }"#,
        &["E1", "E3", "H1"],
        Hidden(&["C1", "M1", "H2"])
    ),
    mutation!(
        "recordMentoringSession",
        "RecordMentoringSessionInput",
        r#"{ "input": { "pairingId": "@pair-@person", "startsAt": "@afterwards", "minutes": 10 } }"#,
        PAIR,
        Hidden(BESIDE)
    ),
    mutation!(
        "correctMentoringSession",
        "CorrectMentoringSessionInput",
        r#"{ "input": { "id": "@session-@person", "expectedVersion": 1, "startsAt": "@begun", "minutes": 20, "attendance": "BOTH" } }"#,
        PAIR,
        Hidden(BESIDE)
    ),
    mutation!(
        "addMentoringNote",
        "AddMentoringNoteInput",
        r#"{ "input": { "sessionId": "@session-@person", "text": "Row" } }"#,
        PAIR,
        Hidden(BESIDE)
    ),
    mutation!(
        "observeSkill",
        "ObserveSkillInput",
        r#"{ "input": { "sessionId": "@session-E1", "skillId": "@craft", "level": 2 } }"#,
        &["E3"],
        Hidden(&["C1", "M1", "E1", "H1", "H2"])
    ),
    mutation!(
        "setMentoringGoal",
        "SetMentoringGoalInput",
        r#"{ "input": { "pairingId": "@pair-@person", "text": "Row" } }"#,
        PAIR,
        Hidden(BESIDE)
    ),
    mutation!(
        "changeMentoringGoal",
        "ChangeMentoringGoalInput",
        r#"{ "input": { "id": "@goal-@person", "expectedVersion": 1, "text": "Another row" } }"#,
        PAIR,
        Hidden(BESIDE)
    ),
    mutation!(
        "closeMentoringGoal",
        "CloseMentoringGoalInput",
        r#"{ "input": { "id": "@goal-@person", "status": "DONE" } }"#,
        PAIR,
        Hidden(BESIDE)
    ),
    mutation!(
        "givePairingFeedback",
        "GivePairingFeedbackInput",
        r#"{ "input": { "id": "@pair-@person", "rating": 4 } }"#,
        PAIR,
        Hidden(BESIDE)
    ),
    mutation!(
        "endPairing",
        "EndPairingInput",
        r#"{ "input": { "id": "@pair-@person", "reason": "OTHER" } }"#,
        &["E1", "E3", "H1"],
        Hidden(&["C1", "M1", "H2"])
    ),
];

/// Ella, with whom most is done, and who else may be proposed.
const MENTORS: [(&str, &str); 5] =
    [("E3", "mentor-E3"), ("C1", "mentor-C1"), ("A1", "mentor-M1"), ("W1", "mentor-E2"), ("X1", "mentor-H1")];

/// Pairings that run: whose, about which enrollment of the story.
const RUNNING: [(&str, &str, Option<&str>); 6] = [
    ("pair-E1", "E1", Some("place-E1")),
    ("pair-E3", "E1", Some("place-H1")),
    ("pair-H1", "E1", None),
    ("done-E2", "E2", None),
    ("done-E3", "H2", None),
    ("done-H1", "F1", None),
];

/// Proposals to which nobody has agreed: the mentor, the mentee, and about which enrollment.
const PROPOSED: [(&str, &str, &str, Option<&str>); 7] = [
    ("accepted-E1", "mentor-E3", "E1", Some("flunked")),
    ("accepted-E3", "mentor-E3", "E1", Some("learned")),
    ("declined-C1", "mentor-C1", "E1", Some("learned")),
    ("declined-M1", "mentor-M1", "E1", Some("learned")),
    ("declined-E1", "mentor-E2", "E1", Some("learned")),
    ("declined-E3", "mentor-E3", "C1", None),
    ("declined-H1", "mentor-H1", "E1", Some("learned")),
];

/// Mentors, and pairings for those who may do something to them.
pub(super) async fn ids(app: &TestApp, employer: &Employer, slug: &str, others: &Ids) -> Ids {
    let [hana, ella] = ["H1", "E3"].map(|person| app.caller(slug, person));
    let mut ids = Ids::new();
    let craft = json!({ "name": "Craft", "kind": "SKILL" });
    ids.insert("craft", done(&hana, "createSkill", "CreateSkillInput", "skill", craft).await);
    for (person, name) in MENTORS {
        let employee = app.person(employer, person).await.to_string();
        let skills = json!([{ "skillId": ids["craft"], "level": 4 }]);
        let input = json!({ "employeeId": employee, "capacity": 10, "languages": ["en"], "skills": skills });
        ids.insert(name, done(&hana, "becomeMentor", "BecomeMentorInput", "mentor", input).await);
    }
    ids.insert("becoming-E1", others["eva"].clone());
    ids.insert("becoming-H1", others["hugo"].clone());
    let proposal = |mentor: &str, mentee: String, about: Option<&str>| json!({ "mentorId": mentor, "menteeId": mentee, "enrollmentId": about.map(|about| &others[about]), "answerWithinDays": 90 });
    for (name, mentor, mentee, about) in PROPOSED {
        let mentee = app.person(employer, mentee).await.to_string();
        let input = proposal(&ids[mentor], mentee, about);
        ids.insert(name, done(&hana, "proposePairing", "ProposePairingInput", "pairing", input).await);
    }
    let begun = app.clock.now() + TimeDelta::minutes(1);
    for (name, mentee, about) in RUNNING {
        let input = proposal(&ids["mentor-E3"], app.person(employer, mentee).await.to_string(), about);
        let id = done(&ella, "proposePairing", "ProposePairingInput", "pairing", input).await;
        let agreed = json!({ "id": id });
        let mentee = app.caller(slug, mentee);
        done(&mentee, "acceptPairing", "AcceptPairingInput", "pairing", agreed).await;
        ids.insert(name, id);
    }
    app.clock.advance(TimeDelta::hours(3));
    let instant = |at: chrono::DateTime<chrono::Utc>| at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
    for (name, ..) in RUNNING {
        let session = json!({ "pairingId": ids[name], "startsAt": instant(begun), "minutes": 30 });
        let session = meet(&ella, session).await;
        let goal = json!({ "pairingId": ids[name], "text": "To be reached" });
        let goal = done(&ella, "setMentoringGoal", "SetMentoringGoalInput", "goal", goal).await;
        match name {
            "pair-E1" => ids.extend([("session-E1", session), ("goal-E1", goal)]),
            "pair-E3" => ids.extend([("session-E3", session), ("goal-E3", goal)]),
            _ => {}
        }
    }
    ids.insert("begun", instant(begun));
    ids.insert("afterwards", instant(begun + TimeDelta::hours(1)));
    ids
}

/// Records a session; its id.
async fn meet(ella: &Caller, input: Value) -> String {
    let input_type = "RecordMentoringSessionInput";
    done(ella, "recordMentoringSession", input_type, "session", input).await
}
