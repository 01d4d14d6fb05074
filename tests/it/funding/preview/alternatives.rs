//! What would be allowed instead.

use serde_json::{Value, json};
use support::both_databases;

use super::{Desk, codes, wish};

/// A row of a course file: a code, a price in EUR, and skills at one level.
fn row(code: &str, price: &str, skills: &[&str], level: Option<i32>) -> Value {
    let mut row = json!({
        "code": code, "title": code, "provider": "A College", "providerKind": "COLLEGE", "skills": skills,
        "price": { "amount": price, "currency": "EUR" },
    });
    if let Some(level) = level {
        row["skillLevel"] = json!(level);
    }
    row
}

fn courses(alternatives: &Value) -> Vec<(String, String)> {
    let alternatives = alternatives.as_array().expect("alternatives").iter();
    alternatives
        .map(|other| {
            assert_eq!(other["__typename"], "CourseAlternative", "{other}");
            let text =
                |pointer: &str| other.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
            (text("/course/code"), text("/price/amount"))
        })
        .collect()
}

both_databases! {
    async fn f14_cheaper_courses_teach_the_same_at_least_as_well(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let both = ["Rust", "Cloud"];
        let dollars = json!({ "amount": "1", "currency": "USD" });
        let mut foreign = row("FOREIGN", "1", &both, Some(3));
        foreign["price"] = dollars;
        desk.import(json!([
            row("ASKED", "500", &both, Some(3)), row("SAME", "400", &both, Some(3)), row("BETTER", "450", &both, Some(5)),
            row("MORE", "300", &["Rust", "Cloud", "Data"], Some(4)), row("LOWER", "100", &both, Some(2)),
            row("PART", "90", &["Rust"], Some(5)), row("UNSAID", "80", &both, None), row("DEARER", "600", &both, Some(3)),
            row("EQUAL", "500", &both, Some(3)), foreign, row("RETIRED", "50", &both, Some(3)),
            row("PLAIN", "900", &[], None),
        ])).await;
        let retired = desk.coded("RETIRED").await;
        desk.act_on_course("retireCourse", &retired).await;
        let asked = desk.coded("ASKED").await;
        let input = json!({ "course": { "courseId": asked } });
        let told = desk.preview("E1", input.clone()).await;
        let found = |pairs: &[(&str, &str)]| -> Vec<_> {
            pairs.iter().map(|(code, price)| ((*code).to_owned(), (*price).to_owned())).collect()
        };
        let cheaper = [("MORE", "300.00"), ("SAME", "400.00"), ("BETTER", "450.00")];
        assert_eq!(told.data("/fundingPreview/outcome"), json!("ALLOWED"));
        assert_eq!(courses(&told.data("/fundingPreview/alternatives")), found(&cheaper));
        // What somebody has asked for already would be refused, so it is no alternative for them, but for others it is.
        let same = desk.coded("SAME").await;
        let taken = desk.submit("E1", "x", "0", json!({ "course": { "courseId": same }, "quote": null })).await;
        taken.text("/submitFundingRequest/fundingRequest/id");
        let told = desk.preview("E1", input.clone()).await;
        assert_eq!(courses(&told.data("/fundingPreview/alternatives")), found(&[cheaper[0], cheaper[2]]));
        assert_eq!(courses(&desk.preview("E2", input).await.data("/fundingPreview/alternatives")), found(&cheaper));
        // Without a level, any level will do; without skills there is nothing to compare; and the list ends at five.
        let unsaid = json!({ "course": { "courseId": desk.coded("UNSAID").await } });
        assert_eq!(courses(&desk.preview("E1", unsaid).await.data("/fundingPreview/alternatives")), found(&[]));
        let plain = json!({ "course": { "courseId": desk.coded("PLAIN").await } });
        assert_eq!(courses(&desk.preview("E1", plain).await.data("/fundingPreview/alternatives")), found(&[]));
        desk.import((0..6).map(|n| row(&format!("N{n}"), &format!("{n}"), &both, Some(3))).collect()).await;
        let told = desk.preview("E2", json!({ "course": { "courseId": asked } })).await;
        let five = [("N0", "0.00"), ("N1", "1.00"), ("N2", "2.00"), ("N3", "3.00"), ("N4", "4.00")];
        assert_eq!(courses(&told.data("/fundingPreview/alternatives")), found(&five));
    }

    async fn f14_an_alternative_has_nothing_against_it(desk: Desk) {
        let eng = json!({ "ownedBy": { "departmentId": desk.department("ENG").await } });
        desk.budget("Engineering", "50", eng).await;
        let employer = desk.budget("Employer", "500", json!({})).await;
        desk.budget("Small", "60", json!({})).await;
        let dollars = desk.budget("Dollars", "500", json!({ "currency": "USD" })).await;
        let eva = desk.person("E1").await;
        let told = desk.preview("H1", wish("cloud", "100", json!({ "employeeId": eva }))).await;
        assert_eq!(codes(&told), ["BUDGET_EXCEEDED"]);
        assert_eq!(told.data("/fundingPreview/alternatives"), json!([
            { "__typename": "BudgetAlternative", "budgetId": employer, "name": "Employer", "available": { "amount": "500.00" } },
            { "__typename": "AmountAlternative", "amount": { "amount": "50.00", "currency": "EUR" } },
        ]));
        // The person herself learns which budget to name, not what it holds.
        let own = desk.preview("E1", wish("cloud", "100", json!({}))).await;
        assert_eq!(own.data("/fundingPreview/alternatives"), json!([
            { "__typename": "BudgetAlternative", "budgetId": employer, "name": "Employer", "available": null },
        ]));
        let named = desk.submit("E1", "cloud", "100", json!({ "budgetId": employer })).await;
        named.text("/submitFundingRequest/fundingRequest/id");

        // A budget of another currency than the price, and one that is not for this person.
        let other = desk.preview("H1", wish("rust", "100", json!({ "employeeId": eva, "budgetId": dollars }))).await;
        assert_eq!(codes(&other), ["NO_EXCHANGE_RATE"]);
        assert_eq!(other.data("/fundingPreview/alternatives/0/budgetId"), json!(employer));
        let ops = json!({ "ownedBy": { "departmentId": desk.department("OPS").await } });
        let ops = desk.budget("Operations", "500", ops).await;
        let other = desk.preview("H1", wish("rust", "100", json!({ "employeeId": eva, "budgetId": ops }))).await;
        assert_eq!(codes(&other), ["NO_BUDGET"]);
        assert_eq!(other.data("/fundingPreview/alternatives/0/budgetId"), json!(employer));
        // Nothing else helps where something else is wrong.
        let blank = json!({ "employeeId": eva, "purpose": " " });
        let blank = desk.preview("H1", wish("rust", "100", blank)).await;
        assert_eq!(codes(&blank), ["INVALID_PURPOSE", "BUDGET_EXCEEDED"]);
        assert_eq!(blank.data("/fundingPreview/alternatives"), json!([]));
    }
}

impl Desk {
    /// Ends or begins a course's offer.
    async fn act_on_course(&self, mutation: &str, id: &str) {
        let input = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let document = format!(
            "mutation($input: {input}!) {{ {mutation}(input: $input) {{ course {{ id }} userErrors {{ message }} }} }}"
        );
        let answer = self.caller("H1").send(&document, json!({ "input": { "id": id } })).await;
        assert_eq!(answer.data(&format!("/{mutation}/userErrors")), json!([]));
    }
}
