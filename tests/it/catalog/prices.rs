//! List prices and their history.

use chrono::TimeDelta;
use serde_json::{Value, json};
use support::{TestApp, both_databases};

use super::{READ_COURSE, SET_PRICE, course, nobody, provider, stored};

const PRICES: &str = "query($id: ID!) { course(id: $id) { prices { totalCount nodes { price { amount currency } validFrom setBy { externalId } } } } }";

both_databases! {
    async fn c3_a_price_of_0_is_a_price_and_no_price_is_unknown(app: TestApp) {
        app.northwind().await;
        let hana = app.caller("northwind", "H1");
        let cloudworks = provider(&app, "Cloudworks", "COMPANY").await;
        let id = course(&app, json!({ "code": "C-1", "title": "Cloud", "providerId": cloudworks })).await;
        let set = async |price: Value| hana.send(SET_PRICE, json!({ "input": { "id": id, "price": price } })).await;

        assert_eq!(app.rows("course_price").await, 0);
        let free = set(json!({ "amount": "0", "currency": "EUR" })).await;
        assert_eq!(free.data("/setCoursePrice/course"), json!({ "price": { "amount": "0.00", "currency": "EUR" }, "version": 2 }));
        app.clock.advance(TimeDelta::days(1));
        set(json!({ "amount": "49", "currency": "CHF" })).await.data("/setCoursePrice/course/version");
        app.clock.advance(TimeDelta::days(1));
        let unknown = set(json!(null)).await;
        assert_eq!(unknown.data("/setCoursePrice/course"), json!({ "price": null, "version": 4 }));

        let history = hana.send(PRICES, json!({ "id": id })).await;
        assert_eq!(history.data("/course/prices"), json!({ "totalCount": 3, "nodes": [
            { "price": { "amount": "0.00", "currency": "EUR" }, "validFrom": "2026-03-02T09:00:00Z", "setBy": { "externalId": "H1" } },
            { "price": { "amount": "49.00", "currency": "CHF" }, "validFrom": "2026-03-03T09:00:00Z", "setBy": { "externalId": "H1" } },
            { "price": null, "validFrom": "2026-03-04T09:00:00Z", "setBy": { "externalId": "H1" } },
        ] }));
        let before = stored(&app).await;
        assert_eq!(set(json!(null)).await.data("/setCoursePrice/course/version"), json!(4), "the same price again is nothing new");
        assert_eq!(stored(&app).await, before);
    }

    async fn a_price_is_set_once_and_each_refusal_writes_nothing(app: TestApp) {
        app.northwind().await;
        app.southwind().await;
        let hana = app.caller("northwind", "H1");
        let cloudworks = provider(&app, "Cloudworks", "COMPANY").await;
        let id = course(&app, json!({ "code": "C-1", "title": "Cloud", "providerId": cloudworks, "price": { "amount": "10", "currency": "EUR" } })).await;
        let set = async |amount: &str| hana.send(SET_PRICE, json!({ "input": {
            "id": id, "price": { "amount": amount, "currency": "EUR" }, "idempotencyKey": "k",
        } })).await;
        set("20").await.data("/setCoursePrice/course/price");
        // Somebody else sets another price; the replay of the first request does not set it back.
        hana.send(SET_PRICE, json!({ "input": { "id": id, "price": { "amount": "30", "currency": "EUR" } } })).await.data("/setCoursePrice/course/price");
        let before = stored(&app).await;
        assert_eq!(set("20").await.data("/setCoursePrice/course/price/amount"), json!("30.00"));
        assert_eq!(set("40").await.refused("setCoursePrice"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        let price = |amount: &str, currency: &str| json!({ "input": { "id": id, "price": { "amount": amount, "currency": currency } } });
        assert_eq!(hana.send(SET_PRICE, price("-0.01", "EUR")).await.refused("setCoursePrice"), ["NEGATIVE input.price"]);
        assert_eq!(hana.send(SET_PRICE, price("1.5", "JPY")).await.code(), "BAD_USER_INPUT");
        assert_eq!(hana.send(SET_PRICE, price("1", "XAU")).await.code(), "BAD_USER_INPUT");
        assert_eq!(hana.send(SET_PRICE, json!({ "input": { "id": nobody("course") } })).await.code(), "NOT_FOUND");
        assert_eq!(app.caller("southwind", "H1").send(SET_PRICE, price("1", "EUR")).await.code(), "NOT_FOUND");
        for person in ["E1", "M1", "H2", "F1", "A1", "W1", "X1"] {
            assert_eq!(app.caller("northwind", person).send(SET_PRICE, price("1", "EUR")).await.code(), "FORBIDDEN", "{person}");
        }
        assert_eq!(stored(&app).await, before);
        assert_eq!(hana.send(READ_COURSE, json!({ "id": id })).await.data("/course/price/amount"), json!("30.00"));
    }
}
