//! Whether people stay longer where a program upskilled them.

use serde_json::{Value, json};
use support::{TestDb, both_databases};

use super::{Office, eur};

const EFFECT: &str = "query($id: ID!) { retentionEffect(programId: $id) { program { name } status startsOn knownFrom needed neededOfEach smallest
  suppression effect { points low high } earlierDifference { points low high } cells { group startsOn endsOn people }
  worth(annualSalary: { amount: \"60000\", currency: \"EUR\" }) { low { amount } expected { amount } high { amount } } } }";

/// A hundred people of a department at the beginning of each of three Marches from 2023 on, of whom so many leave before the
/// next one.
fn hundred(department: &str, exits: [usize; 3]) -> Vec<Value> {
    let [first, second, third] = exits;
    let leaves = [("2023-09-01", first), ("2024-09-01", second), ("2025-09-01", third)];
    let mut leaves = leaves.into_iter().flat_map(|(day, people)| std::iter::repeat_n(day, people));
    let comes = [("2022-01-01", 100), ("2024-01-01", first), ("2025-01-01", second)];
    let comes = comes.into_iter().flat_map(|(day, people)| std::iter::repeat_n(day, people));
    let row = |(number, came): (usize, &str)| {
        let left = leaves.next();
        json!({
            "externalId": format!("{department}{number}"), "name": format!("Person {number}"), "department": department,
            "hiredOn": came, "leftOn": left, "status": if left.is_some() { "LEFT" } else { "ACTIVE" },
        })
    };
    comes.enumerate().map(row).collect()
}

impl Office {
    async fn hire(&self, rows: Vec<Value>) {
        let import = "mutation($input: ImportRosterInput!) { importRoster(input: $input) { report { created refused } userErrors { message } } }";
        let expected = json!({ "created": rows.len(), "refused": 0 });
        let input = json!({ "rows": rows, "createDepartments": true });
        let imported = self.caller("H1").send(import, json!({ "input": input })).await;
        assert_eq!(imported.data("/importRoster/report"), expected);
    }

    /// The id of a program that begins on a day and is meant for some departments.
    async fn program_for(&self, begins: &str, departments: &[&str]) -> String {
        let hana = self.caller("H1");
        let known =
            hana.ask("{ departments(first: 100) { nodes { id code } } }").await.data("/departments/nodes");
        let known = known.as_array().cloned().unwrap_or_default();
        let meant = known.iter().filter(|known| departments.iter().any(|code| known["code"] == *code));
        let ids: Vec<_> = meant.map(|known| known["id"].clone()).collect();
        assert_eq!(ids.len(), departments.len());
        let input = json!({
            "name": "Measured", "ownerId": self.person("M1").await, "startsOn": begins, "endsOn": "2027-12-31", "departmentIds": ids,
        });
        let create = "mutation($input: CreateProgramInput!) { createProgram(input: $input) { program { id } userErrors { message } } }";
        hana.send(create, json!({ "input": input })).await.text("/createProgram/program/id")
    }

    async fn effect(&self, program: &str) -> Value {
        self.caller("H2").send(EFFECT, json!({ "id": program })).await.data("/retentionEffect")
    }
}

/// With a department that was upskilled, and one that was not.
struct Company(Office);

impl Company {
    async fn start(database: TestDb) -> Self {
        let office = Office::start(database).await;
        office.hire(hundred("UP", [25, 25, 5])).await;
        office.hire(hundred("OTHER", [25, 25, 25])).await;
        Self(office)
    }
}

both_databases! {
    async fn r6_the_effect_is_told_with_its_interval_and_the_size_of_each_cell(company: Company) {
        let Company(office) = company;
        let program = office.program_for("2025-03-01", &["UP"]).await;
        let told = office.effect(&program).await;
        // Of the others there are Northwind's own thirteen too, of whom one left: 5 % - 25 % - (26/113 - 25/113).
        let cell = |group: &str, from: &str, to: &str, people: u32| {
            json!({ "group": group, "startsOn": from, "endsOn": to, "people": people })
        };
        let (before, after) = (("2024-03-01", "2025-02-28"), ("2025-03-01", "2026-02-28"));
        assert_eq!(told, json!({
            "program": { "name": "Measured" }, "status": "MEASURED", "startsOn": "2023-03-01", "knownFrom": "2026-03-01",
            "needed": 10, "neededOfEach": 5, "smallest": null, "suppression": null, "earlierDifference": null,
            "effect": { "points": "-20.88", "low": "-35.35", "high": "-6.42" },
            "cells": [
                cell("UPSKILLED", before.0, before.1, 100), cell("UPSKILLED", after.0, after.1, 100),
                cell("OTHERS", before.0, before.1, 113), cell("OTHERS", after.0, after.1, 113),
            ],
            // 12,600 for each of those who would have left.
            "worth": { "low": { "amount": "80892.00" }, "expected": { "amount": "263088.00" }, "high": { "amount": "445410.00" } },
        }));
        // The other way round fewer stayed, which is worth nothing.
        let others = office.program_for("2025-03-01", &["OTHER"]).await;
        let told = office.effect(&others).await;
        assert_eq!((&told["status"], &told["worth"]), (&json!("MEASURED"), &json!({
            "low": { "amount": "0.00" }, "expected": { "amount": "0.00" }, "high": { "amount": "0.00" },
        })));
    }

    async fn r6_groups_that_went_different_ways_before_are_not_compared(company: Company) {
        let Company(office) = company;
        office.hire(hundred("WILD", [60, 10, 10])).await;
        let program = office.program_for("2025-03-01", &["WILD"]).await;
        let told = office.effect(&program).await;
        assert_eq!((&told["status"], &told["effect"], &told["cells"], &told["worth"]), (&json!("TRENDS_DIFFER"), &json!(null), &json!([]), &json!(null)));
        assert_eq!(told["earlierDifference"]["points"], json!("-50.00"));
    }

    async fn r6_not_enough_data_is_an_honest_answer(company: Company) {
        let Company(office) = company;
        let young = |number: usize| json!({
            "externalId": format!("N{number}"), "name": format!("Newcomer {number}"), "department": "NEW", "hiredOn": "2024-06-01",
        });
        office.hire((0..20).map(young).collect()).await;
        let program = office.program_for("2025-03-01", &["NEW"]).await;
        let told = office.effect(&program).await;
        assert_eq!((&told["status"], &told["smallest"], &told["needed"]), (&json!("NOT_ENOUGH_DATA"), &json!(0), &json!(10)));
        assert_eq!((&told["effect"], &told["cells"]), (&json!(null), &json!([])));
        // Twenty who all stay tell no more than nobody does.
        let loyal = |number: usize| json!({
            "externalId": format!("S{number}"), "name": format!("Stayer {number}"), "department": "STAY", "hiredOn": "2020-01-01",
        });
        office.hire((0..20).map(loyal).collect()).await;
        let stayed = office.program_for("2025-03-01", &["STAY"]).await;
        let told = office.effect(&stayed).await;
        assert_eq!((&told["status"], &told["smallest"], &told["neededOfEach"]), (&json!("NOT_ENOUGH_DATA"), &json!(null), &json!(5)));
        assert_eq!((&told["effect"], &told["cells"]), (&json!(null), &json!([])));
        // Less than a year is too early, and a program for everybody leaves nobody to compare with.
        let early = office.program_for("2025-03-03", &["UP"]).await;
        let told = office.effect(&early).await;
        assert_eq!((&told["status"], &told["knownFrom"]), (&json!("TOO_EARLY"), &json!("2026-03-03")));
        let everybody = office.program_for("2025-03-01", &[]).await;
        assert_eq!(office.effect(&everybody).await["status"], json!("NOBODY_ELSE"));
        assert_eq!(office.effect("program_01h455vb4pex5vsknk084sn02q").await, json!(null));
    }

    async fn r7_departments_with_few_people_are_not_told_by_comparing_programs(company: Company) {
        let Company(office) = company;
        let alone = office.program_for("2025-03-01", &["ENG"]).await;
        let along = office.program_for("2025-03-01", &["UP", "ENG"]).await;
        assert_eq!(office.effect(&alone).await["suppression"], json!("BELOW_MINIMUM"));
        let told = office.effect(&along).await;
        assert_eq!((&told["status"], &told["suppression"]), (&json!("SUPPRESSED"), &json!("COMPLEMENTARY")));
        assert_eq!((&told["effect"], &told["cells"], &told["smallest"]), (&json!(null), &json!([]), &json!(null)));
        // With all of the small ones it is about enough people.
        let all = office.program_for("2025-03-01", &["UP", "BOARD", "ENG", "OPS", "HR", "FIN"]).await;
        assert_eq!(office.effect(&all).await["status"], json!("MEASURED"));
        let salary = |amount: Value| json!({ "id": all, "salary": amount });
        let worth = "query($id: ID!, $salary: MoneyInput!) { retentionEffect(programId: $id) { worth(annualSalary: $salary, replacementBasisPoints: 10001) { low { amount } } } }";
        let refused = office.caller("F1").send(worth, salary(eur("1"))).await;
        assert_eq!((refused.code(), refused.message()), ("BAD_USER_INPUT", "10001 basis points are no part of a whole; 0 is nothing, 10000 is everything"));
    }
}
