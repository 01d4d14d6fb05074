//! What a budget is going to need, month by month.

use serde_json::{Value, json};
use support::both_databases;

use super::Desk;

const FORECAST: &str = "query($id: ID!) { budget(id: $id) { forecast { months { month allocated { amount } spent { amount }
  reserved { amount } committed { amount } expected { amount } available { amount } } } balance { available { amount } } } }";

/// Each month as its number and allocated, spent, reserved, committed, expected, available.
async fn months(desk: &Desk, person: &str, budget: &str) -> Vec<(String, [String; 6])> {
    let answer = desk.caller(person).send(FORECAST, json!({ "id": budget })).await;
    let months = answer.data("/budget/forecast/months");
    let amount = |month: &Value, layer: &str| month[layer]["amount"].as_str().expect("an amount").to_owned();
    let read = |month: &Value| {
        let layers = ["allocated", "spent", "reserved", "committed", "expected", "available"]
            .map(|layer| amount(month, layer));
        (month["month"].as_str().expect("a day").to_owned(), layers)
    };
    months.as_array().expect("months").iter().map(read).collect()
}

both_databases! {
    async fn a_forecast_tells_months_that_add_up_to_the_balance(desk: Desk) {
        let period = json!({ "period": { "startsOn": "2026-02-15", "endsOn": "2026-07-31" } });
        let budget = desk.budget("Learning", "1000", period.clone()).await;
        let mut child = period;
        child["parentId"] = json!(budget);
        child["ownedBy"] = json!({ "departmentId": desk.department("OPS").await });
        desk.budget("Below", "100", child).await;
        desk.busy_month(&budget).await;

        let month = |month: &str, layers: [&str; 6]| (month.to_owned(), layers.map(str::to_owned));
        assert_eq!(months(&desk, "F1", &budget).await, [
            month("2026-02-01", ["0.00", "0.00", "0.00", "0.00", "0.00", "0.00"]),
            month("2026-03-01", ["900.00", "180.00", "0.00", "0.00", "180.00", "720.00"]),
            month("2026-04-01", ["-10.00", "-50.00", "0.00", "70.00", "20.00", "690.00"]),
            month("2026-05-01", ["0.00", "0.00", "30.00", "0.00", "30.00", "660.00"]),
            month("2026-06-01", ["0.00", "0.00", "0.00", "0.00", "0.00", "660.00"]),
            month("2026-07-01", ["0.00", "0.00", "0.00", "0.00", "0.00", "660.00"]),
        ]);
        assert_eq!(desk.layers(&budget).await[5], "660.00");

        // An owner sees the same; whoever does not see the budget sees nothing of it.
        assert_eq!(months(&desk, "H1", &budget).await, months(&desk, "F1", &budget).await);
        let hidden = desk.caller("E1").send(FORECAST, json!({ "id": budget })).await;
        assert_eq!(hidden.data("/budget"), json!(null));
    }

    async fn a_budget_without_an_end_in_sight_has_no_forecast(desk: Desk) {
        let period = json!({ "period": { "startsOn": "2020-01-01", "endsOn": "2099-12-31" } });
        let budget = desk.budget("Learning", "1000", period).await;
        let answer = desk.caller("F1").send(FORECAST, json!({ "id": budget })).await;
        assert_eq!(answer.data("/budget"), json!({ "forecast": null, "balance": { "available": { "amount": "1000.00" } } }));
    }
}
