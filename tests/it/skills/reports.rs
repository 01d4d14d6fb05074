//! What departments and programs lack, and what is not told of them.

use chrono::{NaiveDate, TimeDelta};
use serde_json::{Value, json};
use support::database::execute;
use support::{Answer, TestDb, both_databases, exchange};
use upskill_domain::kernel::Clock as _;

use super::Guild;

const REPORT: &str =
    "skillsReport { asOf takenAt figures { people ready coverageBasisPoints } suppressed partial
  shortages { skill { name } asked short missingLevels } months { month coverageBasisPoints } }";

/// Northwind with twelve people in a laboratory and eleven in a factory who have the same job, and three in the factory who
/// have another one.
struct Crews {
    guild: Guild,
    engineer: String,
}

fn crew(letter: char, people: u32) -> impl Iterator<Item = String> {
    (1..=people).map(move |number| format!("{letter}{number:02}"))
}

impl Crews {
    async fn start(database: TestDb) -> Self {
        let guild = Guild::start(database).await;
        let row = |id: String, department: &str| json!({ "externalId": id, "name": format!("Person {id}"), "department": department, "manager": "M1", "hiredOn": "2024-01-01" });
        let rows = crew('L', 12).map(|id| row(id, "LAB")).chain(crew('K', 14).map(|id| row(id, "FAB")));
        let import = "mutation($rows: [RosterRowInput!]!) { importRoster(input: { createDepartments: true, rows: $rows }) { report { created } } }";
        let imported = guild.caller("H1").send(import, json!({ "rows": rows.collect::<Vec<_>>() })).await;
        assert_eq!(imported.data("/importRoster/report/created"), json!(26));
        let (engineer, clerk) = (guild.job("Engineer").await, guild.job("Clerk").await);
        let crews = Self { guild, engineer };
        for id in crew('L', 12).chain(crew('K', 11)) {
            crews.guild.employ(&id, Some(&crews.engineer), "2026-01-01").await;
        }
        for id in ["K12", "K13", "K14"] {
            crews.guild.employ(id, Some(&clerk), "2026-01-01").await;
        }
        crews
    }

    async fn ask(&self, person: &str) -> Answer {
        let document = format!(
            "{{ employer {{ {REPORT} }} departments(orderBy: {{ field: CODE }}) {{ nodes {{ code {REPORT} }} }} programs {{ nodes {{ {REPORT} }} }} }}"
        );
        self.guild.caller(person).send(&document, json!({})).await
    }

    /// A program that aims at Rust on level 3, and those who take part.
    async fn program(&self, people: impl Iterator<Item = String>) {
        let (guild, hana) = (&self.guild, self.guild.caller("H1"));
        let input = json!({ "name": "Rust for all", "ownerId": guild.person("M1").await, "startsOn": "2026-01-01", "endsOn": "2026-12-31",
            "targetSkills": [{ "skillId": guild.rust, "level": 3 }] });
        let create = "mutation($input: CreateProgramInput!) { createProgram(input: $input) { program { id } userErrors { message } } }";
        let program = hana.send(create, json!({ "input": input })).await.text("/createProgram/program/id");
        let activate = "mutation($id: ID!) { activateProgram(input: { id: $id }) { program { id } userErrors { message } } }";
        hana.send(activate, json!({ "id": program })).await.text("/activateProgram/program/id");
        for person in people {
            let invite = "mutation($input: InviteParticipantsInput!) { inviteParticipants(input: $input) { userErrors { message } } }";
            let input = json!({ "programId": program, "employeeIds": [guild.person(&person).await] });
            assert_eq!(
                hana.send(invite, json!({ "input": input })).await.data("/inviteParticipants/userErrors"),
                json!([])
            );
            let join = "mutation($id: ID!) { joinProgram(input: { id: $id }) { participant { status } } }";
            let joined = guild.caller(&person).send(join, json!({ "id": program })).await;
            assert_eq!(joined.data("/joinProgram/participant/status"), json!("JOINED"));
        }
    }

    fn today(&self) -> NaiveDate {
        self.guild.app.clock.now().date_naive()
    }
}

/// What is told of a department.
fn department(answer: &Answer, code: &str) -> Value {
    let rows = answer.data("/departments/nodes");
    let row = rows.as_array().into_iter().flatten().find(|row| row["code"] == code);
    row.unwrap_or_else(|| panic!("no {code} in {rows}"))["skillsReport"].clone()
}

fn figures(people: u32, ready: u32, coverage: u32) -> Value {
    json!({ "people": people, "ready": ready, "coverageBasisPoints": coverage })
}

both_databases! {
    async fn s1_departments_are_told_what_they_lack_and_how_that_changed(crews: Crews) {
        // The job asks for 3 levels of cloud at twice the weight of 2 levels of Rust: 8 in all.
        for id in crew('L', 6) {
            crews.guild.assess("M1", &id, json!({ "fromOn": "2026-01-15" })).await.text("/assessSkill/skillRecord/id");
        }
        for id in crew('L', 3) {
            crews.guild.assess("M1", &id, json!({ "skillId": crews.guild.rust, "level": 1 })).await.text("/assessSkill/skillRecord/id");
        }
        crews.guild.app.take_stock().await;
        let answer = crews.ask("H1").await;
        let lab = department(&answer, "LAB");
        // Six hold 6 of 8, three of them one more: 48 - 9 of 96 are held.
        assert_eq!(lab["figures"], figures(12, 6, 4_062));
        assert_eq!((&lab["asOf"], &lab["suppressed"], &lab["partial"]), (&json!(crews.today().to_string()), &Value::Null, &json!(false)));
        assert_eq!(lab["shortages"], json!([
            { "skill": { "name": "Rust" }, "asked": 12, "short": 12, "missingLevels": 21 },
            { "skill": { "name": "Cloud" }, "asked": 12, "short": 6, "missingLevels": 18 },
        ]));
        let month = |month: &str, coverage: u32| json!({ "month": month, "coverageBasisPoints": coverage });
        assert_eq!(lab["months"].as_array().map(Vec::len), Some(12));
        assert_eq!(lab["months"][10], month("2026-01", 3_750));
        assert_eq!(lab["months"][9], month("2025-12", 0));
        assert_eq!(department(&answer, "HR")["figures"], json!({ "people": 0, "ready": 0, "coverageBasisPoints": null }));
        // Of a skill, where one wants to know about it alone.
        let only = "query($skill: ID!) { employer { skillsReport { shortages(first: 1, skill: { in: [$skill] }) { skill { name } asked } } } }";
        let only = crews.guild.caller("A1").send(only, json!({ "skill": crews.guild.cloud })).await;
        assert_eq!(only.data("/employer/skillsReport/shortages"), json!([{ "skill": { "name": "Cloud" }, "asked": 23 }]));
    }

    /// R7: the three who have a job of their own are in no sum, and what is told of others does not give them away.
    async fn r7_few_people_with_a_job_are_left_out(crews: Crews) {
        crews.guild.app.take_stock().await;
        let answer = crews.ask("W1").await;
        let fab = department(&answer, "FAB");
        assert_eq!((&fab["figures"], &fab["partial"]), (&figures(11, 0, 0), &json!(true)));
        let everybody = answer.data("/employer/skillsReport");
        assert_eq!((&everybody["figures"], &everybody["partial"]), (&figures(23, 0, 0), &json!(true)));
        // Two engineers less and the factory is told of no more, nor is the laboratory, for it is what is left.
        for id in ["K10", "K11"] {
            crews.guild.employ(id, None, "2026-01-01").await;
        }
        crews.guild.app.clock.advance(TimeDelta::days(1));
        crews.guild.app.take_stock().await;
        let answer = crews.ask("W1").await;
        let told = |code: &str| { let report = department(&answer, code); (report["figures"].clone(), report["suppressed"].clone(), report["shortages"].clone(), report["months"].clone()) };
        assert_eq!(told("FAB"), (Value::Null, json!("BELOW_MINIMUM"), json!([]), json!([])));
        assert_eq!(told("LAB"), (Value::Null, json!("COMPLEMENTARY"), json!([]), json!([])));
        assert_eq!(answer.data("/employer/skillsReport/figures"), figures(21, 0, 0));
    }

    async fn s2_a_program_is_told_what_its_people_lack_of_what_it_aims_at(crews: Crews) {
        crews.program(crew('L', 10)).await;
        for id in crew('L', 4) {
            crews.guild.assess("M1", &id, json!({ "skillId": crews.guild.rust, "level": 3 })).await.text("/assessSkill/skillRecord/id");
        }
        assert_eq!(crews.ask("H1").await.data("/programs/nodes/0/skillsReport"), Value::Null, "no stock was taken yet");
        crews.guild.app.take_stock().await;
        let answer = crews.ask("H1").await;
        let report = answer.data("/programs/nodes/0/skillsReport");
        assert_eq!(report["figures"], figures(10, 4, 4_000));
        assert_eq!(report["shortages"], json!([{ "skill": { "name": "Rust" }, "asked": 10, "short": 6, "missingLevels": 18 }]));
    }

    async fn stock_is_taken_once_a_day_and_again_when_the_minimum_changes(crews: Crews) {
        crews.guild.app.take_stock().await;
        let first = crews.ask("H1").await;
        for id in crew('L', 12) {
            crews.guild.assess("M1", &id, json!({})).await.text("/assessSkill/skillRecord/id");
        }
        crews.guild.app.clock.advance(TimeDelta::minutes(10));
        crews.guild.app.take_stock().await;
        assert_eq!(crews.ask("H1").await, first, "the same day");
        execute(crews.guild.app.database(), "UPDATE employer SET minimum_group_size = 6").await;
        crews.guild.app.take_stock().await;
        assert_eq!(crews.ask("H1").await.data("/employer/skillsReport/figures/ready"), json!(12), "by another minimum");
        crews.guild.employ("L01", None, "2026-01-01").await;
        crews.guild.app.clock.advance(TimeDelta::days(1));
        // Several workers at once are as good as one.
        let rounds = (0..4).map(|_| { let app = crews.guild.app.app.clone(); tokio::spawn(async move { upskill_api::worker::take_stock(&app, 7).await }) });
        for round in rounds.collect::<Vec<_>>() {
            let failed = round.await.expect("no panic").expect("taken");
            assert!(failed.is_empty(), "{failed:?}");
        }
        let answer = crews.ask("H1").await;
        assert_eq!(answer.data("/employer/skillsReport/asOf"), json!(crews.today().to_string()));
        assert_eq!(answer.data("/employer/skillsReport/figures"), figures(22, 11, 3_750));
    }

    async fn what_is_lacking_is_a_file_as_well(crews: Crews) {
        crews.guild.assess("M1", "L01", json!({})).await.text("/assessSkill/skillRecord/id");
        crews.guild.app.take_stock().await;
        let fetch = async |person: &str, uri: &str| {
            let bearer = format!("Bearer {}", crews.guild.app.token("northwind", person));
            exchange(&crews.guild.app.router(), ("GET", uri), &[("authorization", &bearer)], "").await
        };
        let reply = fetch("W1", "/skills-reports.csv").await;
        assert_eq!((reply.status, reply.header("content-type")), (200, "text/csv; charset=utf-8"));
        let lines: Vec<&str> = reply.text.split_terminator("\r\n").collect();
        assert_eq!(lines[0], "as_of,id,code,name,suppressed,partial,people,ready,coverage_basis_points,skill_id,skill,asked,short,missing_levels");
        // Without the ids, which are not the test's.
        let row = |line: &str| {
            let cells: Vec<&str> = line.split(',').collect();
            [&cells[2..9], &cells[10..]].concat().join(",")
        };
        let of = |code: &str| lines.iter().map(|line| row(line)).filter(|line| line.starts_with(&format!("{code},"))).collect::<Vec<_>>();
        assert_eq!(of("LAB"), ["LAB,LAB,,false,12,1,625,Cloud,12,11,33", "LAB,LAB,,false,12,1,625,Rust,12,12,24"]);
        assert_eq!(of("FAB"), ["FAB,FAB,,true,11,0,0,Cloud,11,11,33", "FAB,FAB,,true,11,0,0,Rust,11,11,22"]);
        assert_eq!(of("HR"), ["HR,HR,,false,0,0,,,,,"]);
        assert!(lines[1].starts_with(&crews.today().to_string()));
        let refused = fetch("M1", "/skills-reports.csv").await;
        assert_eq!((refused.status, refused.code().as_str()), (403, "FORBIDDEN"));
        let refused = fetch("H1", "/skills-reports.csv?period=2026").await;
        assert_eq!((refused.status, refused.code().as_str()), (400, "BAD_USER_INPUT"));
    }

    async fn what_is_lacking_is_for_those_who_read_of_groups(crews: Crews) {
        crews.guild.app.take_stock().await;
        for reader in ["H1", "H2", "F1", "A1", "W1"] {
            assert_eq!(crews.ask(reader).await.data("/employer/skillsReport/figures/people"), json!(23), "{reader}");
        }
        for other in ["M1", "E1", "L01"] {
            let answer = crews.ask(other).await;
            assert_eq!(answer.json["data"]["employer"]["skillsReport"], Value::Null, "{other}");
            let errors = answer.json["errors"].as_array().expect("errors");
            assert!(!errors.is_empty() && errors.iter().all(|error| error["extensions"]["code"] == "FORBIDDEN"), "{other}: {errors:?}");
        }
        let many = crews.guild.caller("H1").ask("{ employer { skillsReport { shortages(first: 101) { asked } } } }").await;
        assert_eq!(many.json["errors"][0]["extensions"]["code"], json!("BAD_USER_INPUT"));
        assert!(many.json["errors"][0]["message"].as_str().is_some_and(|message| message.contains("101 is not 1 to 100")), "{:?}", many.json);
    }
}
