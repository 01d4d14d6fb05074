//! What happened to a budget in a period.

use serde_json::{Value, json};
use support::{both_databases, exchange};

use super::Desk;

const LAYERS: &str = "allocated { amount } distributed { amount } reserved { amount } committed { amount } spent { amount } available { amount }";

/// What a person is told of a budget in a period.
async fn report(desk: &Desk, person: &str, budget: &str, period: &str) -> Value {
    let document = format!(
        "query($id: ID!, $period: ReportPeriod!) {{ budget(id: $id) {{ report(period: $period) {{ period opening {{ {LAYERS} }}
           change {{ {LAYERS} }} returned {{ amount currency }} closing {{ {LAYERS} }}
           months {{ month change {{ {LAYERS} }} returned {{ amount }} closing {{ {LAYERS} }} }} }} }} }}"
    );
    let answer = desk.caller(person).send(&document, json!({ "id": budget, "period": period })).await;
    answer.data("/budget")
}

/// The layers allocated, distributed, reserved, committed, spent and what is available.
fn layers(value: &Value) -> [&str; 6] {
    ["allocated", "distributed", "reserved", "committed", "spent", "available"]
        .map(|layer| value[layer]["amount"].as_str().expect("an amount"))
}

both_databases! {
    async fn a_report_tells_what_happened_month_by_month(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        desk.budget("Below", "100", json!({ "parentId": budget })).await;
        desk.busy_month(&budget).await;

        let year = report(&desk, "F1", &budget, "2026").await["report"].clone();
        let nothing = ["0.00"; 6];
        assert_eq!(layers(&year["opening"]), nothing);
        let closing = ["990.00", "100.00", "30.00", "70.00", "130.00", "660.00"];
        assert_eq!(layers(&year["change"]), closing);
        assert_eq!(layers(&year["closing"]), closing);
        assert_eq!(desk.layers(&budget).await, closing, "the year ends with what the budget has");
        assert_eq!((&year["period"], &year["returned"]), (&json!("2026"), &json!({ "amount": "50.00", "currency": "EUR" })));
        assert_eq!(year["months"].as_array().map(Vec::len), Some(12));
        // Settled in April with effect in March: the invoice counts where it belongs.
        let march = ["1000.00", "100.00", "30.00", "70.00", "180.00", "620.00"];
        assert_eq!(year["months"][2]["month"], json!("2026-03"));
        assert_eq!((layers(&year["months"][2]["change"]), layers(&year["months"][2]["closing"])), (march, march));
        let april = &year["months"][3];
        assert_eq!(layers(&april["change"]), ["-10.00", "0.00", "0.00", "0.00", "-50.00", "40.00"]);
        assert_eq!((april["returned"]["amount"].as_str(), layers(&april["closing"])), (Some("50.00"), closing));

        let quarter = report(&desk, "H1", &budget, "2026-Q2").await["report"].clone();
        assert_eq!((layers(&quarter["opening"]), layers(&quarter["closing"])), (march, closing));
        assert_eq!(quarter["months"].as_array().map(Vec::len), Some(3));
        let before = report(&desk, "F1", &budget, "2025").await["report"].clone();
        assert_eq!((layers(&before["opening"]), layers(&before["closing"])), (nothing, nothing));
        let after = report(&desk, "F1", &budget, "2027-01").await["report"].clone();
        assert_eq!((layers(&after["opening"]), layers(&after["change"]), layers(&after["closing"])), (closing, nothing, closing));
        desk.holds().await;

        // The same as a file, by month.
        let bearer = format!("Bearer {}", desk.app.token("northwind", "F1"));
        let fetch = async |uri: &str| exchange(&desk.app.router(), ("GET", uri), &[("authorization", &bearer)], "").await;
        let reply = fetch("/budget-reports.csv?period=2026-Q2&by=month").await;
        let lines: Vec<&str> = reply.text.split_terminator("\r\n").collect();
        assert_eq!((reply.status, lines.len()), (200, 7));
        assert_eq!(lines[0], "period,id,name,currency,opening_available,allocated,distributed,reserved,committed,spent,returned,closing_available");
        let below = lines.iter().filter(|line| line.contains(",Below,")).count();
        assert_eq!(below, 3);
        let april = format!("2026-04,{budget},Learning,EUR,620.00,-10.00,0.00,0.00,0.00,-50.00,50.00,660.00");
        assert!(lines.contains(&april.as_str()), "{lines:?}");
        let quarter = fetch("/budget-reports.csv?period=2026-Q2").await;
        let whole = format!("2026-Q2,{budget},Learning,EUR,620.00,-10.00,0.00,0.00,0.00,-50.00,50.00,660.00\r\n");
        assert!(quarter.text.ends_with(&whole), "{}", quarter.text);
        let wrong = fetch("/budget-reports.csv?period=2026-13").await;
        assert_eq!((wrong.status, wrong.code().as_str()), (400, "BAD_USER_INPUT"));
    }

    async fn a_budget_out_of_sight_tells_nothing(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        assert_eq!(report(&desk, "E1", &budget, "2026").await, Value::Null);
        let empty = report(&desk, "A1", &budget, "2026-03").await["report"].clone();
        assert_eq!(layers(&empty["closing"]), ["1000.00", "0.00", "0.00", "0.00", "0.00", "1000.00"]);
    }
}
