//! Programs through the API: from a draft to the last completion.

use chrono::TimeDelta;
use serde_json::{Value, json};
use support::{TestApp, both_databases};

const CREATE: &str = "mutation($input: CreateProgramInput!) {
  createProgram(input: $input) { program { id name status version } userErrors { code field message } }
}";

const CHANGE: &str = "mutation($input: ChangeProgramInput!) {
  changeProgram(input: $input) { program { name version } userErrors { code field message } }
}";

const ACTIVATE: &str = "mutation($id: ID!) {
  activateProgram(input: { id: $id }) { program { status version } userErrors { code field message } }
}";

const CLOSE: &str = "mutation($id: ID!) {
  closeProgram(input: { id: $id }) { program { status version } userErrors { code field message } }
}";

const INVITE: &str = "mutation($input: InviteParticipantsInput!) {
  inviteParticipants(input: $input) {
    report { results { outcome participant { status employee { externalId } } } } userErrors { code field message }
  }
}";

const JOIN: &str = "mutation($id: ID!) {
  joinProgram(input: { id: $id }) { participant { status invitedAt joinedAt } userErrors { code field message } }
}";

const LEAVE: &str = "mutation($id: ID!) {
  leaveProgram(input: { id: $id }) { participant { status leftAt } userErrors { code field message } }
}";

const COMPLETE: &str = "mutation($input: CompleteParticipationInput!) {
  completeParticipation(input: $input) { participant { status completedAt } userErrors { code field message } }
}";

const READ: &str = "query($id: ID!) {
  program(id: $id) {
    name purpose owner { externalId } startsOn endsOn status targetSkills { level skill { name } }
    departments { code } courses { code } version
  }
}";

struct Story {
    skill: String,
    course: String,
    department: String,
    people: Value,
}

/// Northwind with a skill, a published course, and the ids of its people.
async fn told(app: &TestApp) -> Story {
    let northwind = app.northwind().await;
    let hana = app.caller("northwind", "H1");
    let import = "mutation { importCourses(input: { publish: true, rows: [{ code: \"C-1\", title: \"Cloud\", provider: \"Cloudworks\", skills: [\"Linux\"] }] }) { report { created } } }";
    assert_eq!(hana.ask(import).await.data("/importCourses/report/created"), json!(1));
    let found = hana.ask("{ courses { nodes { id } } skills { nodes { id } } departments(filter: { search: \"ENG\" }) { nodes { id } } }").await;
    let mut people = json!({});
    for person in ["M1", "E1", "E2", "E3", "L1"] {
        people[person] = json!(app.person(&northwind, person).await.to_string());
    }
    Story {
        skill: found.text("/skills/nodes/0/id"),
        course: found.text("/courses/nodes/0/id"),
        department: found.text("/departments/nodes/0/id"),
        people,
    }
}

impl Story {
    /// A program of Max's that teaches the course.
    fn input(&self) -> Value {
        json!({
            "name": "Cloud for all", "purpose": "Everybody runs what they build", "ownerId": self.people["M1"],
            "startsOn": "2026-03-01", "endsOn": "2026-12-31", "targetSkills": [{ "skillId": self.skill, "level": 3 }],
            "departmentIds": [self.department], "courseIds": [self.course],
        })
    }

    async fn draft(&self, app: &TestApp) -> String {
        let answer = app.caller("northwind", "H1").send(CREATE, json!({ "input": self.input() })).await;
        answer.text("/createProgram/program/id")
    }

    async fn active(&self, app: &TestApp) -> String {
        let id = self.draft(app).await;
        let answer = app.caller("northwind", "H1").send(ACTIVATE, json!({ "id": id })).await;
        assert_eq!(answer.data("/activateProgram/program/status"), json!("ACTIVE"));
        id
    }

    async fn invite(&self, app: &TestApp, program: &str, people: &[&str]) {
        let ids: Vec<_> = people.iter().map(|person| self.people[person].clone()).collect();
        let input = json!({ "input": { "programId": program, "employeeIds": ids } });
        let answer = app.caller("northwind", "M1").send(INVITE, input).await;
        assert_eq!(answer.data("/inviteParticipants/userErrors"), json!([]));
    }
}

async fn stored(app: &TestApp) -> [i64; 6] {
    [
        app.rows("program").await,
        app.rows("program_skill").await,
        app.rows("program_department").await,
        app.rows("program_course").await,
        app.rows("participant").await,
        app.rows("journal_entry").await,
    ]
}

fn nobody(prefix: &str) -> String {
    format!("{prefix}_00000000000000000000000001")
}

both_databases! {
    async fn a_program_is_created_once_and_drafts_are_for_hr_and_the_owner(app: TestApp) {
        let story = told(&app).await;
        app.southwind().await;
        let hana = app.caller("northwind", "H1");
        let mut input = story.input();
        input["idempotencyKey"] = json!("k-1");
        let created = hana.send(CREATE, json!({ "input": input })).await;
        let id = created.text("/createProgram/program/id");
        assert_eq!(created.data("/createProgram/program"), json!({ "id": id, "name": "Cloud for all", "status": "DRAFT", "version": 1 }));
        let before = stored(&app).await;
        assert_eq!(hana.send(CREATE, json!({ "input": input })).await, created);
        input["name"] = json!("Other");
        assert_eq!(hana.send(CREATE, json!({ "input": input })).await.refused("createProgram"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert_eq!(stored(&app).await, before);

        let draft = json!({
            "name": "Cloud for all", "purpose": "Everybody runs what they build", "owner": { "externalId": "M1" },
            "startsOn": "2026-03-01", "endsOn": "2026-12-31", "status": "DRAFT",
            "targetSkills": [{ "level": 3, "skill": { "name": "Linux" } }], "departments": [{ "code": "ENG" }],
            "courses": [{ "code": "C-1" }], "version": 1,
        });
        let list = "query($id: ID!) { programs { totalCount nodes { id } } node(id: $id) { id } }";
        for (person, sees) in [("H1", true), ("H2", true), ("M1", true), ("E1", false), ("C1", false), ("F1", false), ("A1", false)] {
            let caller = app.caller("northwind", person);
            let read = caller.send(READ, json!({ "id": id })).await.data("/program");
            assert_eq!(read, if sees { draft.clone() } else { json!(null) }, "{person}");
            let listed = caller.send(list, json!({ "id": id })).await;
            let expected = if sees { json!({ "totalCount": 1, "nodes": [{ "id": id }] }) } else { json!({ "totalCount": 0, "nodes": [] }) };
            assert_eq!((listed.data("/programs"), listed.data("/node").is_null()), (expected, !sees), "{person}");
        }
        assert_eq!(app.caller("southwind", "H1").send(READ, json!({ "id": id })).await.data("/program"), json!(null));
    }

    async fn every_refusal_of_a_program_writes_nothing(app: TestApp) {
        let story = told(&app).await;
        let hana = app.caller("northwind", "H1");
        let id = story.draft(&app).await;
        let before = stored(&app).await;
        let cases = [
            (json!({ "name": "" }), "INVALID_NAME input.name"),
            (json!({ "purpose": " " }), "INVALID_PURPOSE input.purpose"),
            (json!({ "endsOn": "2026-02-28" }), "INVALID_PERIOD input.endsOn"),
            (json!({ "ownerId": story.people["L1"] }), "UNKNOWN_OWNER input.ownerId"),
            (json!({ "targetSkills": [{ "skillId": nobody("skill"), "level": 1 }] }), "UNKNOWN_SKILL input.targetSkills"),
            (json!({ "departmentIds": [nobody("department")] }), "UNKNOWN_DEPARTMENT input.departmentIds"),
            (json!({ "courseIds": [nobody("course")] }), "UNKNOWN_COURSE input.courseIds"),
            (json!({ "courseIds": (0..101).map(|n| format!("course_000000000000000000000{n:05}")).collect::<Vec<_>>() }), "TOO_MANY input"),
        ];
        for (changes, refusal) in cases {
            let mut create = story.input();
            let mut change = json!({ "id": id, "expectedVersion": 1 });
            for (field, value) in changes.as_object().expect("changes") {
                create[field] = value.clone();
                change[field] = value.clone();
            }
            assert_eq!(hana.send(CREATE, json!({ "input": create })).await.refused("createProgram"), [refusal]);
            assert_eq!(hana.send(CHANGE, json!({ "input": change })).await.refused("changeProgram"), [refusal]);
        }
        let change = |changes: Value| {
            let mut input = json!({ "id": id, "expectedVersion": 1 });
            changes.as_object().expect("changes").iter().for_each(|(field, value)| input[field] = value.clone());
            json!({ "input": input })
        };
        assert_eq!(hana.send(CHANGE, change(json!({ "expectedVersion": 2 }))).await.code(), "CONFLICT");
        assert_eq!(hana.send(CHANGE, change(json!({ "id": nobody("program") }))).await.code(), "NOT_FOUND");
        assert_eq!(hana.send(CHANGE, change(json!({ "targetSkills": [{ "skillId": story.skill, "level": 0 }] }))).await.code(), "BAD_USER_INPUT");
        for person in ["E1", "C1", "F1", "A1", "W1", "X1"] {
            let caller = app.caller("northwind", person);
            assert_eq!(caller.send(CREATE, json!({ "input": story.input() })).await.code(), "FORBIDDEN", "{person}");
            // They do not see the draft, so there is nothing that they could be forbidden to change.
            assert_eq!(caller.send(CHANGE, change(json!({ "name": "x" }))).await.code(), "NOT_FOUND", "{person}");
            assert_eq!(caller.send(ACTIVATE, json!({ "id": id })).await.code(), "NOT_FOUND", "{person}");
        }
        assert_eq!(app.caller("northwind", "M1").send(CREATE, json!({ "input": story.input() })).await.code(), "FORBIDDEN");
        assert_eq!(app.caller("northwind", "H2").send(CHANGE, change(json!({ "name": "x" }))).await.code(), "FORBIDDEN");
        assert_eq!(stored(&app).await, before);
    }

    async fn a_program_runs_once_from_draft_to_closed(app: TestApp) {
        let story = told(&app).await;
        let (hana, max) = (app.caller("northwind", "H1"), app.caller("northwind", "M1"));
        let id = story.draft(&app).await;
        let change = async |changes: Value| {
            let mut input = changes;
            input["id"] = json!(id);
            max.send(CHANGE, json!({ "input": input })).await
        };
        assert_eq!(max.send(CLOSE, json!({ "id": id })).await.refused("closeProgram"), ["NOT_ACTIVE input.id"]);
        change(json!({ "expectedVersion": 1, "targetSkills": [], "courseIds": [], "purpose": null })).await.data("/changeProgram/program/version");
        assert_eq!(max.send(ACTIVATE, json!({ "id": id })).await.refused("activateProgram"), ["NOTHING_TO_LEARN input.id"]);
        change(json!({ "expectedVersion": 2, "courseIds": [story.course], "startsOn": "2026-01-01", "endsOn": "2026-03-01" })).await.data("/changeProgram/program/version");
        assert_eq!(max.send(ACTIVATE, json!({ "id": id })).await.refused("activateProgram"), ["PERIOD_OVER input.id"]);
        let draft_course = "mutation { importCourses(input: { rows: [{ code: \"C-2\", title: \"Later\", provider: \"Cloudworks\" }] }) { report { created } } }";
        hana.ask(draft_course).await.data("/importCourses/report/created");
        let later = hana.ask("{ courses(filter: { code: { in: [\"C-2\"] } }) { nodes { id } } }").await.text("/courses/nodes/0/id");
        change(json!({ "expectedVersion": 3, "endsOn": "2026-12-31", "courseIds": [story.course, later] })).await.data("/changeProgram/program/version");
        assert_eq!(max.send(ACTIVATE, json!({ "id": id })).await.refused("activateProgram"), ["UNPUBLISHED_COURSE input.id"]);
        change(json!({ "expectedVersion": 4, "courseIds": [story.course] })).await.data("/changeProgram/program/version");

        let started = max.send(ACTIVATE, json!({ "id": id })).await;
        assert_eq!(started.data("/activateProgram/program"), json!({ "status": "ACTIVE", "version": 6 }));
        let before = stored(&app).await;
        assert_eq!(max.send(ACTIVATE, json!({ "id": id })).await.refused("activateProgram"), ["NOT_DRAFT input.id"]);
        assert_eq!(change(json!({ "expectedVersion": 6, "courseIds": [story.course, later] })).await.refused("changeProgram"), ["UNPUBLISHED_COURSE input.courseIds"]);
        assert_eq!(change(json!({ "expectedVersion": 6, "name": "Cloud for all" })).await.data("/changeProgram/program/version"), json!(6));
        let eva = app.caller("northwind", "E1");
        assert_eq!(eva.send(READ, json!({ "id": id })).await.data("/program/status"), json!("ACTIVE"));
        for document in [ACTIVATE, CLOSE] {
            assert_eq!(eva.send(document, json!({ "id": id })).await.code(), "FORBIDDEN");
        }
        assert_eq!(stored(&app).await, before);

        let ended = max.send(CLOSE, json!({ "id": id })).await;
        assert_eq!(ended.data("/closeProgram/program"), json!({ "status": "CLOSED", "version": 7 }));
        assert_eq!(change(json!({ "expectedVersion": 7, "name": "x" })).await.refused("changeProgram"), ["CLOSED input.id"]);
        assert_eq!(eva.send(READ, json!({ "id": id })).await.data("/program/status"), json!("CLOSED"));
    }

    async fn an_invitation_and_a_yes_can_be_sent_again(app: TestApp) {
        let story = told(&app).await;
        let (max, eva) = (app.caller("northwind", "M1"), app.caller("northwind", "E1"));
        let id = story.active(&app).await;
        let invite = |people: &[&str]| {
            let people: Vec<_> = people.iter().map(|person| &story.people[*person]).collect();
            json!({ "input": { "programId": id, "employeeIds": people, "idempotencyKey": "march" } })
        };
        let invited = max.send(INVITE, invite(&["E1", "E3", "E1", "L1"])).await;
        invited.data("/inviteParticipants/report/results/3");
        let join = "mutation($input: JoinProgramInput!) { joinProgram(input: $input) { participant { status joinedAt } userErrors { code field } } }";
        let yes = json!({ "input": { "id": id, "idempotencyKey": "yes" } });
        let before = stored(&app).await;
        assert_eq!(max.send(INVITE, invite(&["E1", "E3", "E1", "L1"])).await, invited);
        assert_eq!(max.send(INVITE, invite(&["E1"])).await.refused("inviteParticipants"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert_eq!(stored(&app).await, before);
        let joined = eva.send(join, yes.clone()).await;
        assert_eq!(joined.data("/joinProgram/participant/status"), json!("JOINED"));
        app.clock.advance(TimeDelta::hours(1));
        let before = stored(&app).await;
        assert_eq!(eva.send(join, yes).await, joined);
        // Who has left meanwhile is not invited once more by what was sent before.
        app.caller("northwind", "E3").send(LEAVE, json!({ "id": id })).await.data("/leaveProgram/participant/status");
        let left = max.send(INVITE, invite(&["E1", "E3", "E1", "L1"])).await;
        assert_eq!(left.data("/inviteParticipants/report/results/1/participant/status"), json!("LEFT"));
        let other = story.active(&app).await;
        let reused = json!({ "input": { "id": other, "idempotencyKey": "yes" } });
        assert_eq!(eva.send(join, reused).await.refused("joinProgram"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert_ne!(stored(&app).await, before, "leaving and another program were written");
    }

    async fn people_are_invited_join_leave_and_complete(app: TestApp) {
        let story = told(&app).await;
        let (max, eva) = (app.caller("northwind", "M1"), app.caller("northwind", "E1"));
        let id = story.active(&app).await;
        let people = json!([story.people["E1"], story.people["L1"], nobody("employee"), story.people["E1"], story.people["E3"]]);
        let invited = max.send(INVITE, json!({ "input": { "programId": id, "employeeIds": people } })).await;
        let part = |person: &str, outcome: &str| json!({ "outcome": outcome, "participant": { "status": "INVITED", "employee": { "externalId": person } } });
        let unknown = json!({ "outcome": "UNKNOWN_EMPLOYEE", "participant": null });
        assert_eq!(invited.data("/inviteParticipants/report/results"), json!([
            part("E1", "INVITED"), unknown, unknown, part("E1", "ALREADY_TAKES_PART"), part("E3", "INVITED"),
        ]));
        let before = stored(&app).await;
        story.invite(&app, &id, &["E1", "E3"]).await;
        assert_eq!(stored(&app).await, before, "inviting again changes nothing");

        app.clock.advance(TimeDelta::hours(1));
        let joined = eva.send(JOIN, json!({ "id": id })).await;
        assert_eq!(joined.data("/joinProgram/participant"), json!({
            "status": "JOINED", "invitedAt": "2026-03-02T09:00:00Z", "joinedAt": "2026-03-02T10:00:00Z",
        }));
        assert_eq!(eva.send(JOIN, json!({ "id": id })).await.refused("joinProgram"), ["ALREADY_TAKES_PART input.id"]);
        let ella = app.caller("northwind", "E3");
        assert_eq!(ella.send(LEAVE, json!({ "id": id })).await.data("/leaveProgram/participant"), json!({ "status": "LEFT", "leftAt": "2026-03-02T10:00:00Z" }));
        assert_eq!(ella.send(LEAVE, json!({ "id": id })).await.refused("leaveProgram"), ["TAKES_NO_PART input.id"]);
        assert_eq!(ella.send(JOIN, json!({ "id": id })).await.refused("joinProgram"), ["NOT_INVITED input.id"]);
        assert_eq!(app.caller("northwind", "E2").send(JOIN, json!({ "id": id })).await.refused("joinProgram"), ["NOT_INVITED input.id"]);
        let again = max.send(INVITE, json!({ "input": { "programId": id, "employeeIds": [story.people["E3"]] } })).await;
        assert_eq!(again.data("/inviteParticipants/report/results/0"), part("E3", "INVITED"));

        let complete = |person: &str| json!({ "input": { "programId": id, "employeeId": story.people[person] } });
        assert_eq!(max.send(COMPLETE, complete("E3")).await.refused("completeParticipation"), ["NOT_JOINED input.employeeId"]);
        assert_eq!(max.send(COMPLETE, complete("E2")).await.refused("completeParticipation"), ["TAKES_NO_PART input.employeeId"]);
        assert_eq!(eva.send(COMPLETE, complete("E1")).await.code(), "FORBIDDEN");
        max.send(CLOSE, json!({ "id": id })).await.data("/closeProgram/program/status");
        let before = stored(&app).await;
        assert_eq!(eva.send(LEAVE, json!({ "id": id })).await.refused("leaveProgram"), ["NOT_ACTIVE input.id"]);
        assert_eq!(ella.send(JOIN, json!({ "id": id })).await.refused("joinProgram"), ["NOT_ACTIVE input.id"]);
        assert_eq!(max.send(INVITE, json!({ "input": { "programId": id, "employeeIds": [story.people["E2"]] } })).await.refused("inviteParticipants"), ["NOT_ACTIVE input.programId"]);
        assert_eq!(stored(&app).await, before);
        // Results come late: a completion can be recorded after the end.
        assert_eq!(max.send(COMPLETE, complete("E1")).await.data("/completeParticipation/participant"), json!({ "status": "COMPLETED", "completedAt": "2026-03-02T10:00:00Z" }));
    }

    async fn what_is_completed_stays_completed_and_a_draft_takes_nobody(app: TestApp) {
        let story = told(&app).await;
        let (max, eva) = (app.caller("northwind", "M1"), app.caller("northwind", "E1"));
        let id = story.active(&app).await;
        story.invite(&app, &id, &["E1"]).await;
        eva.send(JOIN, json!({ "id": id })).await.data("/joinProgram/participant/status");
        let complete = json!({ "input": { "programId": id, "employeeId": story.people["E1"] } });
        max.send(COMPLETE, complete).await.data("/completeParticipation/participant/status");
        assert_eq!(eva.send(LEAVE, json!({ "id": id })).await.refused("leaveProgram"), ["COMPLETED input.id"]);

        let draft = story.draft(&app).await;
        let invite = |program: &str, people: Value| json!({ "input": { "programId": program, "employeeIds": people } });
        assert_eq!(max.send(INVITE, invite(&draft, json!([story.people["E2"]]))).await.refused("inviteParticipants"), ["NOT_ACTIVE input.programId"]);
        assert_eq!(max.send(INVITE, invite(&id, json!([]))).await.refused("inviteParticipants"), ["WRONG_NUMBER input.employeeIds"]);
        assert_eq!(max.send(JOIN, json!({ "id": draft })).await.refused("joinProgram"), ["NOT_ACTIVE input.id"]);
        for document in [JOIN, LEAVE] {
            assert_eq!(eva.send(document, json!({ "id": draft })).await.code(), "NOT_FOUND");
        }
        assert_eq!(eva.send(INVITE, invite(&id, json!([story.people["E2"]]))).await.code(), "FORBIDDEN");
        assert_eq!(app.caller("northwind", "H2").send(INVITE, invite(&id, json!([story.people["E2"]]))).await.code(), "FORBIDDEN");
    }

    async fn who_takes_part_is_known_to_the_person_the_line_the_owner_and_hr(app: TestApp) {
        let story = told(&app).await;
        let id = story.active(&app).await;
        story.invite(&app, &id, &["E1"]).await;
        app.clock.advance(TimeDelta::minutes(1));
        story.invite(&app, &id, &["E3"]).await;
        let query = "query($id: ID!) {
          participants(filter: { program: { in: [$id] } }) { totalCount nodes { id employee { externalId } } }
          program(id: $id) { participants { nodes { employee { externalId } program { id } } } }
          viewer { participations { nodes { status } } }
        }";
        let expected = [
            ("H1", "E1E3"), ("H2", "E1E3"), ("M1", "E1E3"), ("C1", "E1E3"), ("M2", "E3"), ("E1", "E1"), ("E3", "E3"),
            ("E2", ""), ("F1", ""), ("A1", ""), ("W1", ""), ("X1", ""),
        ];
        for (person, people) in expected {
            let answer = app.caller("northwind", person).send(query, json!({ "id": id })).await;
            let named = |pointer: &str| -> String {
                let nodes = answer.data(pointer);
                nodes.as_array().expect("nodes").iter().filter_map(|node| node["employee"]["externalId"].as_str()).collect()
            };
            assert_eq!((named("/participants/nodes").as_str(), named("/program/participants/nodes").as_str()), (people, people), "{person}");
            assert_eq!(answer.data("/participants/totalCount"), json!(people.len() / 2), "{person}");
            let own = if ["E1", "E3"].contains(&person) { json!([{ "status": "INVITED" }]) } else { json!([]) };
            assert_eq!(answer.data("/viewer/participations/nodes"), own, "{person}");
        }
        let node = "query($id: ID!) { node(id: $id) { __typename } }";
        let part = app.caller("northwind", "E1").send(query, json!({ "id": id })).await.text("/participants/nodes/0/id");
        assert_eq!(app.caller("northwind", "M1").send(node, json!({ "id": part })).await.data("/node"), json!({ "__typename": "Participant" }));
        assert_eq!(app.caller("northwind", "M2").send(node, json!({ "id": part })).await.data("/node"), json!(null));
    }

    async fn programs_are_listed_filtered_and_sorted(app: TestApp) {
        let story = told(&app).await;
        let hana = app.caller("northwind", "H1");
        for (name, starts_on, departments) in [("beta", "2026-05-01", true), ("Alpha", "2026-06-01", false), ("gamma", "2026-04-01", true)] {
            let mut input = story.input();
            input["name"] = json!(name);
            input["startsOn"] = json!(starts_on);
            input["purpose"] = json!(format!("for {name}"));
            if !departments {
                input["departmentIds"] = json!([]);
                input["ownerId"] = story.people["E1"].clone();
            }
            hana.send(CREATE, json!({ "input": input })).await.data("/createProgram/program/id");
        }
        let names = async |arguments: &str| -> Vec<String> {
            let answer = hana.ask(&format!("{{ programs({arguments}) {{ nodes {{ name }} }} }}")).await;
            let nodes = answer.data("/programs/nodes");
            nodes.as_array().expect("nodes").iter().map(|node| node["name"].as_str().unwrap_or("").to_owned()).collect()
        };
        assert_eq!(names("first: 9").await, ["Alpha", "beta", "gamma"]);
        assert_eq!(names("orderBy: { field: STARTS_ON, direction: DESC }").await, ["Alpha", "beta", "gamma"]);
        assert_eq!(names("orderBy: { field: STARTS_ON }, last: 2").await, ["beta", "Alpha"]);
        assert_eq!(names("filter: { search: \"FOR G\" }").await, ["gamma"]);
        assert_eq!(names(&format!("filter: {{ department: {{ in: [\"{}\"] }} }}", story.department)).await, ["beta", "gamma"]);
        let owner = story.people["E1"].as_str().unwrap_or_default();
        assert_eq!(names(&format!("filter: {{ owner: {{ in: [\"{owner}\"] }} }}")).await, ["Alpha"]);
        assert_eq!(names("filter: { status: { in: [ACTIVE] } }").await, [] as [&str; 0]);
    }
}
