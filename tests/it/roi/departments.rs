//! Returns by department: what a program took for the people of each, and what must not be told of them.

use serde_json::{Value, json};
use support::{Engine, Reply, TestDb, both_databases, exchange};

use super::reports::tamper;
use super::{Office, eur};

/// A program that seventeen people have joined: six each of engineering and operations, three of people, two of finance. Five
/// engineers and one operator have a course paid that takes ten hours, and an hour costs sixty.
struct Plant(Office);

const ENGINEERS: [&str; 6] = ["M1", "E1", "E2", "N1", "N2", "N3"];
const OPERATORS: [&str; 6] = ["M2", "E3", "W1", "O1", "O2", "O3"];
const FEW: [&str; 5] = ["H1", "H2", "X1", "F1", "A1"];

const FIGURES: &str = "figures { participants cost { amount } low { roiPercent } expected { benefit { amount } netBenefit { amount } roiPercent }
  high { roiPercent } } suppressed";

const COLUMNS: &str = "id,code,name,suppressed,programs,programs_suppressed,programs_not_kept,participants,currency,cost,\
  benefit_low,benefit_expected,benefit_high,net_benefit_low,net_benefit_expected,net_benefit_high,\
  roi_percent_low,roi_percent_expected,roi_percent_high";

impl Plant {
    async fn start(database: TestDb) -> Self {
        let office = Office::with(database, 0).await;
        let person = |id: &&str| {
            let (department, manager) = if id.starts_with('N') { ("ENG", "M1") } else { ("OPS", "M2") };
            json!({ "externalId": id, "name": format!("Person {id}"), "department": department, "manager": manager, "hiredOn": "2024-01-01" })
        };
        let rows: Vec<_> = ["N1", "N2", "N3", "O1", "O2", "O3"].iter().map(person).collect();
        let import = "mutation($rows: [RosterRowInput!]!) { importRoster(input: { rows: $rows }) { report { created } } }";
        let imported = office.caller("H1").send(import, json!({ "rows": rows })).await;
        assert_eq!(imported.data("/importRoster/report/created"), json!(6));
        office.join(&[ENGINEERS.as_slice(), &OPERATORS, &FEW].concat()).await;
        office.budget("EUR").await;
        office.bands(&[("B1", "60")]).await.data("/setCostBands/report");
        for (person, price) in [("E1", "1000"), ("E2", "500"), ("N1", "400"), ("N2", "400"), ("N3", "400")] {
            office.paid(person, "M1", eur(price), json!({})).await;
        }
        office.paid("E3", "M2", eur("300"), json!({})).await;
        office.validated(json!({})).await;
        Self(office)
    }

    /// Makes the next report, with ten euros of travel for each of them; what it tells of departments.
    async fn report(&self) -> Value {
        let travel =
            json!({ "costs": [{ "kind": "TRAVEL", "amount": eur("170"), "source": "Travel desk" }] });
        let made = self.0.create("F1", travel).await;
        let id = made.text("/createRoiReport/roiReport/id");
        self.read(&id).await
    }

    async fn read(&self, id: &str) -> Value {
        let document = format!(
            "query($id: ID!) {{ roiReport(id: $id) {{ id cohort cost {{ amount }} costLines {{ amount {{ amount }} }} expected {{ benefit {{ amount }} roiPercent }}
               departmentsKept departments {{ department {{ code }} {FIGURES} }} }} }}"
        );
        self.0.caller("H2").send(&document, json!({ "id": id })).await.data("/roiReport")
    }

    /// What the dashboard says of departments, by code.
    async fn dashboard(&self) -> Vec<Value> {
        let document = format!(
            "{{ departments(first: 20, orderBy: {{ field: CODE }}) {{ nodes {{ code roi {{ {FIGURES} programs programsSuppressed programsNotKept }} }} }} }}"
        );
        let told = self.0.caller("F1").ask(&document).await.data("/departments/nodes");
        told.as_array().expect("departments").clone()
    }

    /// The figures of a department on the dashboard.
    async fn roi(&self, code: &str) -> Value {
        let told = self.dashboard().await;
        told.into_iter().find(|row| row["code"] == code).unwrap_or_else(|| panic!("no {code}"))["roi"].clone()
    }

    async fn department(&self, code: &str) -> Value {
        let found = "query($s: String) { departments(filter: { search: $s }) { nodes { id version } } }";
        self.0.caller("H1").send(found, json!({ "s": code })).await.data("/departments/nodes/0")
    }

    /// Puts a department below another one.
    async fn hang(&self, code: &str, above: &str) {
        let [department, above] = [self.department(code).await, self.department(above).await];
        let change = "mutation($input: ChangeDepartmentInput!) { changeDepartment(input: $input) { department { id } userErrors { message } } }";
        let input = json!({ "id": department["id"], "expectedVersion": department["version"], "parentId": above["id"] });
        let changed = self.0.caller("H1").send(change, json!({ "input": input })).await;
        assert_eq!(changed.data("/changeDepartment/userErrors"), json!([]));
    }

    async fn roster(&self, row: Value) {
        let import = "mutation($rows: [RosterRowInput!]!) { importRoster(input: { rows: $rows }) { report { updated } } }";
        let imported = self.0.caller("H1").send(import, json!({ "rows": [row] })).await;
        assert_eq!(imported.data("/importRoster/report/updated"), json!(1));
    }

    async fn fetch(&self, person: &str) -> Reply {
        let bearer = format!("Bearer {}", self.0.app.token("northwind", person));
        exchange(&self.0.app.router(), ("GET", "/roi-departments.csv"), &[("authorization", &bearer)], "")
            .await
    }

    async fn verify(&self) -> Result<u64, String> {
        let verdict = self.0.app.app.roi().verify(self.0.northwind.id).await.expect("a verdict");
        verdict.map_err(|broken| broken.report.to_string())
    }
}

/// The figures of a department: participants, cost, benefit, net benefit, and the percentages.
fn figures(
    participants: i32,
    [cost, benefit, net]: [&str; 3],
    [low, expected, high]: [Option<&str>; 3],
) -> Value {
    json!({
        "participants": participants, "cost": { "amount": cost }, "low": { "roiPercent": low },
        "expected": { "benefit": { "amount": benefit }, "netBenefit": { "amount": net }, "roiPercent": expected },
        "high": { "roiPercent": high },
    })
}

/// Five engineers and one operator took 3000 in courses, and 3600 in time. The operator is one, so both departments share by
/// heads. To that come ten a head for travel, and five percent.
fn engineering() -> Value {
    figures(6, ["5838.00", "988.24", "-4849.76"], [Some("-88.15"), Some("-83.07"), Some("-75.82")])
}

fn operations() -> Value {
    figures(6, ["1218.00", "988.23", "-229.77"], [Some("-43.20"), Some("-18.86"), Some("15.91")])
}

/// Three people and two, which can only be told together.
fn few() -> Value {
    figures(5, ["52.50", "823.53", "771.03"], [Some("998.04"), Some("1468.63"), Some("2140.90")])
}

fn nobody() -> Value {
    let mut nobody = figures(0, ["0.00", "0.00", "0.00"], [None; 3]);
    for end in ["low", "expected", "high"] {
        nobody[end] = Value::Null;
    }
    nobody
}

fn sums(figures: &Value, suppressed: Option<&str>, [programs, hidden, not_kept]: [i32; 3]) -> Value {
    json!({
        "figures": figures, "suppressed": suppressed, "programs": programs, "programsSuppressed": hidden, "programsNotKept": not_kept,
    })
}

both_databases! {
    async fn r7_a_report_tells_of_departments_with_enough_people_and_says_of_others_why_not(plant: Plant) {
        let report = plant.report().await;
        assert_eq!((&report["cohort"], &report["cost"], &report["departmentsKept"]), (&json!(17), &json!({ "amount": "7108.50" }), &json!(true)));
        let row = |code: &str, figures: Value, suppressed: Value| json!({ "department": { "code": code }, "figures": figures, "suppressed": suppressed });
        let mut rows = report["departments"].as_array().expect("departments").clone();
        rows.sort_by_key(|row| row["department"]["code"].to_string());
        assert_eq!(rows, [
            row("ENG", engineering(), Value::Null),
            row("FIN", Value::Null, json!("BELOW_MINIMUM")),
            row("HR", Value::Null, json!("BELOW_MINIMUM")),
            row("OPS", operations(), Value::Null),
        ]);
        assert_eq!(plant.verify().await, Ok(1));
        // A part that somebody improves is found.
        tamper(&plant.0.app, "UPDATE roi_report SET basis = REPLACE(basis, '\"participants\":6', '\"participants\":7')").await;
        assert_eq!(plant.verify().await, Err(report["id"].as_str().unwrap_or_default().to_owned()));
    }

    async fn the_dashboard_sums_the_newest_reports_of_a_department_with_those_below(plant: Plant) {
        assert_eq!(plant.roi("ENG").await, sums(&nobody(), None, [0, 0, 0]), "there is no report");
        plant.report().await;
        plant.report().await;
        let hidden = sums(&Value::Null, Some("BELOW_MINIMUM"), [0, 1, 0]);
        for (code, expected) in [
            ("BOARD", sums(&nobody(), None, [0, 0, 0])), ("ENG", sums(&engineering(), None, [1, 0, 0])),
            ("FIN", hidden.clone()), ("HR", hidden), ("OPS", sums(&operations(), None, [1, 0, 0])),
        ] {
            assert_eq!(plant.roi(code).await, expected, "{code}");
        }
        // Those that can only be told together are told where they are together.
        let create = "mutation { createDepartment(input: { code: \"ADM\", name: \"Administration\" }) { department { code } userErrors { message } } }";
        assert_eq!(plant.0.caller("H1").ask(create).await.text("/createDepartment/department/code"), "ADM");
        plant.hang("HR", "ADM").await;
        assert_eq!(plant.roi("ADM").await, sums(&Value::Null, Some("BELOW_MINIMUM"), [0, 1, 0]));
        plant.hang("OPS", "HR").await;
        // Operations would tell of people here, and the other way round.
        assert_eq!(plant.roi("HR").await, sums(&Value::Null, Some("COMPLEMENTARY"), [0, 1, 0]));
        plant.hang("OPS", "BOARD").await;
        plant.hang("FIN", "ADM").await;
        assert_eq!(plant.roi("ADM").await, sums(&few(), None, [1, 0, 0]));
    }

    async fn a_report_from_before_departments_were_kept_says_so(plant: Plant) {
        let id = plant.report().await["id"].as_str().unwrap_or_default().to_owned();
        let find = if plant.0.app.database().engine() == Engine::Sqlite { "instr" } else { "strpos" };
        for column in ["basis", "figures"] {
            let forget = format!("UPDATE roi_report SET {column} = substr({column}, 1, {find}({column}, ',\"departments\":') - 1) || '}}'");
            tamper(&plant.0.app, &forget).await;
        }
        let old = plant.read(&id).await;
        assert_eq!((&old["departmentsKept"], &old["departments"], &old["cost"]), (&json!(false), &json!([]), &json!({ "amount": "7108.50" })));
        assert_eq!(plant.verify().await, Ok(1));
        assert_eq!(plant.roi("ENG").await, sums(&Value::Null, None, [0, 0, 1]));
        // The next version knows them.
        plant.report().await;
        assert_eq!(plant.roi("ENG").await, sums(&engineering(), None, [1, 0, 0]));
        assert_eq!(plant.verify().await, Ok(2));
    }

    async fn r3_who_moves_moves_with_the_next_report(plant: Plant) {
        let before = plant.report().await;
        plant.roster(json!({ "externalId": "N3", "department": "OPS" })).await;
        let id = before["id"].as_str().unwrap_or_default();
        assert_eq!(plant.read(id).await, before);
        let after = plant.report().await;
        assert_eq!((&after["cost"], &after["expected"]), (&before["cost"], &before["expected"]));
        // Five engineers are left, four of whom took a course, and two of seven operators.
        let of = |report: &Value, code: &str| {
            let rows = report["departments"].as_array().expect("departments").clone();
            rows.into_iter().find(|row| row["department"]["code"] == code).map(|row| row["figures"].clone())
        };
        let cost = |code: &str| of(&after, code).map(|figures| (figures["participants"].clone(), figures["cost"]["amount"].clone()));
        assert_eq!(cost("ENG"), Some((json!(5), json!("4672.50"))));
        assert_eq!(cost("OPS"), Some((json!(7), json!("2383.50"))));
        assert_eq!(plant.verify().await, Ok(2));
    }

    async fn r3_whoever_is_erased_every_figure_stays(plant: Plant) {
        let before = plant.report().await;
        let dashboard = plant.dashboard().await;
        let eva = plant.0.person("E1").await;
        plant.roster(json!({ "externalId": "E1", "status": "LEFT", "leftOn": "2026-03-01" })).await;
        let (hana, seen) = (plant.0.caller("H1"), "query($id: ID!) { employeeErasure(employeeId: $id) { digest obstacles { obstacle } } }");
        let seen = hana.send(seen, json!({ "id": eva })).await;
        assert_eq!(seen.data("/employeeErasure/obstacles"), json!([]));
        let erase = "mutation($input: EraseEmployeeInput!) { eraseEmployee(input: $input) { employee { name } userErrors { message } } }";
        let input = json!({ "employeeId": eva, "digest": seen.text("/employeeErasure/digest"), "reason": "REQUESTED" });
        let erased = hana.send(erase, json!({ "input": input })).await;
        assert_eq!(erased.text("/eraseEmployee/employee/name"), "Erased person");

        let id = before["id"].as_str().unwrap_or_default();
        assert_eq!(plant.read(id).await, before);
        assert_eq!(plant.dashboard().await, dashboard);
        assert_eq!(plant.verify().await, Ok(1));
        // What is gathered again from the records comes to the same, too.
        let mut again = plant.report().await;
        again["id"] = before["id"].clone();
        assert_eq!(again, before);
        assert_eq!(plant.dashboard().await, dashboard);
        assert_eq!(plant.verify().await, Ok(2));
    }

    async fn a_file_says_what_the_dashboard_says_of_departments(plant: Plant) {
        plant.report().await;
        let ask = "{ departments(first: 20, orderBy: { field: CODE }) { nodes { id code name roi { programs programsSuppressed programsNotKept suppressed
          figures { participants cost { currency amount } low { ...R } expected { ...R } high { ...R } } } } } }
          fragment R on RoiReturn { benefit { amount } netBenefit { amount } roiPercent }";
        let text = |row: &Value, pointer: &str| match row.pointer(pointer).unwrap_or(&Value::Null) {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let start = ["/id", "/code", "/name", "/roi/suppressed", "/roi/programs", "/roi/programsSuppressed", "/roi/programsNotKept",
            "/roi/figures/participants", "/roi/figures/cost/currency", "/roi/figures/cost/amount"];
        let ends = ["benefit/amount", "netBenefit/amount", "roiPercent"].iter().flat_map(|measure| {
            ["low", "expected", "high"].map(|end| format!("/roi/figures/{end}/{measure}"))
        });
        let pointers: Vec<String> = start.map(str::to_owned).into_iter().chain(ends).collect();
        for reader in ["F1", "H1", "H2"] {
            let told = plant.0.caller(reader).ask(ask).await.data("/departments/nodes");
            let told = told.as_array().expect("departments");
            let expected: Vec<_> = told.iter().map(|row| pointers.iter().map(|pointer| text(row, pointer)).collect::<Vec<_>>().join(",")).collect();
            let reply = plant.fetch(reader).await;
            assert_eq!((reply.status, reply.header("content-disposition")), (200, "attachment; filename=\"roi-departments.csv\""));
            let mut lines = reply.text.split_terminator("\r\n");
            assert_eq!(lines.next(), Some(COLUMNS));
            let lines: Vec<_> = lines.collect();
            assert_eq!(lines, expected);
            assert!(lines[2].ends_with(",BELOW_MINIMUM,0,1,0,,,,,,,,,,,,"), "{}", lines[2]);
        }
        for other in ["A1", "W1", "M1", "E1"] {
            let reply = plant.fetch(other).await;
            assert_eq!((reply.status, reply.code().as_str()), (403, "FORBIDDEN"), "{other}");
        }
    }

    async fn the_returns_of_departments_are_for_those_who_read_returns(plant: Plant) {
        plant.report().await;
        let ask = "{ departments(first: 1) { nodes { code roi { programs } } } }";
        for reader in ["H1", "H2", "F1"] {
            assert_eq!(plant.0.caller(reader).ask(ask).await.data("/departments/nodes/0/roi/programs"), json!(0), "{reader}");
        }
        for other in ["A1", "W1", "M1", "E1", "X1"] {
            let refused = plant.0.caller(other).ask(ask).await;
            assert_eq!((refused.code(), &refused.json["data"]["departments"]["nodes"][0]["roi"]), ("FORBIDDEN", &Value::Null), "{other}");
        }
    }
}
