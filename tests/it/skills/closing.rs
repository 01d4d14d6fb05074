//! S4: which courses close a gap, and what they take.

use serde_json::{Value, json};
use support::both_databases;

use super::Guild;

impl Guild {
    async fn offer_all(&self, rows: Value) {
        let import = "mutation($rows: [CourseRowInput!]!) { importCourses(input: { rows: $rows, publish: true }) { report { created } userErrors { message } } }";
        let count = rows.as_array().map(Vec::len);
        let imported = self.caller("H1").send(import, json!({ "rows": rows })).await;
        assert_eq!(imported.data("/importCourses/report/created"), json!(count));
    }

    async fn closing(&self, goal: &str) -> Value {
        let document =
            "query($id: ID!, $goal: ClosingGoal!) { employee(id: $id) { profileGap { closing(goal: $goal) {
          courses { code } listPrice { amount currency } weeks uncovered { name } } } } }";
        let variables = json!({ "id": self.person("E1").await, "goal": goal });
        self.caller("E1").send(document, variables).await.data("/employee/profileGap/closing")
    }
}

both_databases! {
    async fn s4_a_gap_names_the_courses_that_close_it_cheapest_or_fastest(guild: Guild) {
        let engineer = guild.job("Engineer").await;
        guild.employ("E1", Some(&engineer), "2026-01-01").await;
        let nothing = json!({ "courses": [], "listPrice": { "amount": "0.00", "currency": "EUR" }, "weeks": 0, "uncovered": [{ "name": "Cloud" }, { "name": "Rust" }] });
        assert_eq!(guild.closing("CHEAPEST").await, nothing);
        let row = |code: &str, skills: Value, level: i32, price: Value, weeks: i32| {
            json!({ "code": code, "title": code, "provider": "Cloudworks", "skills": skills, "skillLevel": level, "price": price, "duration": format!("{weeks} weeks") })
        };
        let eur = |amount: &str| json!({ "amount": amount, "currency": "EUR" });
        guild.offer_all(json!([
            row("SLOW", json!(["Cloud"]), 3, eur("200"), 12),
            row("QUICK", json!(["Cloud"]), 4, eur("900"), 3),
            row("LOW", json!(["Cloud"]), 2, eur("10"), 2),
            row("DOLLARS", json!(["Cloud"]), 3, json!({ "amount": "1", "currency": "USD" }), 20),
        ])).await;
        assert_eq!(guild.closing("CHEAPEST").await, json!({
            "courses": [{ "code": "SLOW" }], "listPrice": eur("200.00"), "weeks": 12, "uncovered": [{ "name": "Rust" }],
        }));
        assert_eq!(guild.closing("FASTEST").await, json!({
            "courses": [{ "code": "QUICK" }], "listPrice": eur("900.00"), "weeks": 3, "uncovered": [{ "name": "Rust" }],
        }));
        guild.offer_all(json!([row("BOTH", json!(["Cloud", "Rust"]), 3, eur("300"), 10)])).await;
        assert_eq!(guild.closing("CHEAPEST").await, json!({ "courses": [{ "code": "BOTH" }], "listPrice": eur("300.00"), "weeks": 10, "uncovered": [] }));
        // What is held is not paid for.
        guild.assess("M1", "E1", json!({ "level": 3 })).await.text("/assessSkill/skillRecord/id");
        guild.assess("M1", "E1", json!({ "skillId": guild.rust, "level": 2 })).await.text("/assessSkill/skillRecord/id");
        assert_eq!(guild.closing("FASTEST").await, json!({ "courses": [], "listPrice": eur("0.00"), "weeks": 0, "uncovered": [] }));
    }
}
