//! Reports: what they gather, what they come to, and that they come out again.

use serde_json::{Value, json};
use sqlx::Connection as _;
use support::{Engine, TestApp, TestDb, both_databases};

use super::{CREATE, Office, READ, estimate, eur};

/// With one fewer than the minimum group size.
struct Few(Office);

impl Few {
    async fn start(database: TestDb) -> Self {
        Self(Office::with(database, 4).await)
    }
}

fn usd(amount: &str) -> Value {
    json!({ "amount": amount, "currency": "USD" })
}

async fn set_rate(office: &Office, day: &str) {
    let set = "mutation($input: SetExchangeRatesInput!) { setExchangeRates(input: $input) { report { exchangeRates { id } } userErrors { code } } }";
    let rate = json!({ "from": "USD", "to": "EUR", "day": day, "rate": "0.92", "source": "A bank" });
    let set = office.caller("F1").send(set, json!({ "input": { "rates": [rate] } })).await;
    assert_eq!(set.data("/setExchangeRates/userErrors"), json!([]));
}

/// Changes the tables behind the program's back.
pub(super) async fn tamper(app: &TestApp, sql: &str) {
    let (url, sql) = (app.database().url(), sqlx::AssertSqlSafe(sql.to_owned()));
    match app.database().engine() {
        Engine::Sqlite => {
            let mut connection = sqlx::SqliteConnection::connect(url).await.expect("the file opens");
            sqlx::query(sql).execute(&mut connection).await.expect("the statement is taken");
        }
        Engine::Postgres => {
            let mut connection = sqlx::PgConnection::connect(url).await.expect("the server answers");
            sqlx::query(sql).execute(&mut connection).await.expect("the statement is taken");
        }
    }
}

both_databases! {
    async fn r1_a_report_gathers_costs_and_tells_what_comes_of_them(office: Office) {
        office.budget("EUR").await;
        let bands = office.bands(&[("B1", "60"), ("B2", "90")]).await;
        office.place("F1", &["E1"], bands.data("/setCostBands/report/costBands/0/id")).await.data("/placeInCostBand/costBand");
        office.paid("E1", "M1", eur("1000"), json!({})).await;
        office.paid("E2", "M1", eur("500"), json!({})).await;
        // Nobody knows how long this one takes.
        office.paid("E3", "M2", eur("100"), json!({ "workloadMinutes": null })).await;
        office.validated(json!({})).await;
        office.record("F1", json!({ "title": "Unconfirmed" })).await.text("/recordBenefit/benefit/id");
        office.validated(json!({ "title": "Too many", "respondents": 6 })).await;
        let withdrawn = office.validated(json!({ "title": "Withdrawn" })).await;
        office.about("H1", "withdrawBenefit", json!({ "id": withdrawn })).await.data("/withdrawBenefit/benefit");

        let stated = json!({
            "costs": [{ "kind": "TRAVEL", "amount": eur("50"), "source": "Travel desk" }],
            "intangibles": [{ "kind": "TEAMWORK", "note": "They help each other" }],
        });
        let report = office.create("F1", stated).await.data("/createRoiReport/roiReport");
        let plain = |kind: &str, amount: &str, source: &str| json!({
            "kind": kind, "amount": eur(amount), "source": source, "spent": null, "ledgerEntries": null, "exchangeRate": null,
            "minutes": null, "hourlyCosts": [],
        });
        let range = |[low, expected, high]: [&str; 3]| json!({ "low": { "amount": low }, "expected": { "amount": expected }, "high": { "amount": high } });
        let left_out = |title: &str, reason: &str, status: &str| json!({
            "title": title, "countedEstimate": null, "leftOut": reason, "annual": null, "overHorizon": null, "benefit": { "status": status },
        });
        // R7: each band has one person in it, so they are told together.
        let whose = "1200 minutes of people in no band, priced as B2 at 90.00 EUR an hour and people in B1 at 60.00 EUR an hour";
        let mut hours = plain("RELEASED_TIME", "1500.00", whose);
        hours["minutes"] = json!(1200);
        hours["hourlyCosts"] = json!([
            { "costBandCode": "B2", "hourlyCost": { "amount": "90.00" }, "assumed": true },
            { "costBandCode": "B1", "hourlyCost": { "amount": "60.00" }, "assumed": false },
        ]);
        let mut ledger = plain("FUNDING", "1600.00", "3 entries of budgets in EUR");
        ledger["spent"] = eur("1600.00");
        ledger["ledgerEntries"] = json!(3);
        let expected_costs = [
            ledger,
            hours,
            plain("TRAVEL", "50.00", "Travel desk"),
            plain("ADMINISTRATION", "157.50", "5.00 % of all other costs"),
        ];
        assert_eq!(report["costLines"], json!(expected_costs));
        assert_eq!(report["cost"], json!({ "amount": "3307.50" }));
        assert_eq!(report["benefitLines"], json!([
            { "title": "Fewer tickets", "countedEstimate": 0, "leftOut": null, "annual": range(["1960.00", "2800.00", "4000.00"]),
              "overHorizon": { "expected": { "amount": "2800.00" } }, "benefit": { "status": "VALIDATED" } },
            left_out("Unconfirmed", "NOT_VALIDATED", "RECORDED"), left_out("Too many", "MORE_THAN_THE_COHORT", "VALIDATED"),
        ]));
        assert_eq!(report["expected"], json!({
            "benefit": { "amount": "2800.00" }, "netBenefit": { "amount": "-507.50" }, "roiPercent": "-15.34", "benefitCostRatio": "0.8466",
            "paybackMonths": "14.18", "netPresentValue": { "amount": "-621.17" },
        }));
        assert_eq!([&report["low"]["roiPercent"], &report["high"]["roiPercent"]], [&json!("-40.74"), &json!("20.94")]);
        for (field, value) in [
            ("number", json!(1)), ("startsOn", json!("2026-01-01")), ("endsOn", json!("2026-03-02")), ("cohort", json!(5)),
            ("minimumGroupSize", json!(5)), ("discountRateBasisPoints", json!(800)), ("administrationBasisPoints", json!(500)),
            ("missingData", json!(["NO_DATA_NO_BENEFIT", "HIGHEST_BAND", "WHOLE_WORKLOAD"])), ("placesWithoutHours", json!(1)),
            ("program", json!({ "name": "Cloud for all" })), ("createdBy", json!({ "externalId": "F1" })), ("noRatio", json!(null)),
            ("intangibles", json!([{ "kind": "TEAMWORK", "note": "They help each other" }])),
        ] {
            assert_eq!(report[field], value, "{field}");
        }
        assert_eq!(office.app.app.roi().verify(office.northwind.id).await.expect("a verdict"), Ok(1));
    }

    async fn r3_a_report_comes_out_again_after_everything_has_changed(office: Office) {
        office.budget("EUR").await;
        office.bands(&[("B1", "60")]).await.data("/setCostBands/report");
        office.paid("E1", "M1", eur("1000"), json!({})).await;
        let benefit = office.validated(json!({})).await;
        let input = office.report(json!({ "idempotencyKey": "march" }));
        let made = office.caller("F1").send(CREATE, json!({ "input": input })).await;
        let id = made.text("/createRoiReport/roiReport/id");
        let read = async || office.caller("H2").send(READ, json!({ "id": id })).await.data("/roiReport");
        let before = read().await;
        assert_eq!(before["cost"], json!({ "amount": "1680.00" }));

        // Bands, benefits, people and prices.
        let bands = office.bands(&[("B1", "99"), ("B2", "120")]).await;
        office.place("F1", &["E1"], bands.data("/setCostBands/report/costBands/0/id")).await.text("/placeInCostBand/costBand/code");
        office.about("H1", "withdrawBenefit", json!({ "id": benefit })).await.data("/withdrawBenefit/benefit");
        office.paid("E2", "M1", eur("700"), json!({})).await;
        let leave = "mutation($id: ID!) { leaveProgram(input: { id: $id }) { participant { status } userErrors { code } } }";
        let left = office.caller("M2").send(leave, json!({ "id": office.program })).await;
        assert_eq!(left.data("/leaveProgram/participant/status"), json!("LEFT"));
        let hana = office.caller("H1");
        let gone = "mutation { importRoster(input: { rows: [{ externalId: \"E3\", status: LEFT, leftOn: \"2026-03-01\" }] }) { report { updated } } }";
        assert_eq!(hana.ask(gone).await.data("/importRoster/report/updated"), json!(1));
        let dearer = "mutation { importCourses(input: { rows: [{ code: \"C-1\", price: { amount: \"2000\", currency: \"EUR\" } }] }) { report { updated } } }";
        assert_eq!(hana.ask(dearer).await.data("/importCourses/report/updated"), json!(1));
        assert_eq!(read().await, before);
        let mut witness = office.app.witness().await;
        let again = office.caller("F1").send(CREATE, json!({ "input": input })).await;
        let same = |answer: &support::Answer, field: &str| answer.data(&format!("/createRoiReport/roiReport/{field}"));
        for field in ["id", "number", "cost", "costLines", "expected"] {
            assert_eq!(same(&again, field), same(&made, field), "{field}");
        }
        let reused = office.create("F1", json!({ "idempotencyKey": "march", "administrationBasisPoints": 0 })).await;
        assert_eq!(reused.refused("createRoiReport"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert!(!witness.wrote().await);

        // The next version is made of what is known now, and no benefit is left.
        let next = office.create("H1", json!({})).await;
        assert_eq!(same(&next, "number"), json!(2));
        assert_eq!(same(&next, "cost"), json!({ "amount": "4084.50" }));
        assert_eq!((same(&next, "expected"), same(&next, "noRatio")), (json!(null), json!("NO_BENEFIT")));
        let list = "query($filter: RoiReportFilter) { roiReports(filter: $filter) { totalCount nodes { number } } }";
        let filter = json!({ "program": { "in": [office.program] } });
        let listed = office.caller("H2").send(list, json!({ "filter": filter })).await;
        assert_eq!(listed.data("/roiReports/totalCount"), json!(2));
        assert_eq!(office.app.app.roi().verify(office.northwind.id).await.expect("a verdict"), Ok(2));
        // A figure that somebody improves is found, and so is an assumption.
        for column in ["figures", "basis"] {
            let swap = |from: &str, to: &str| format!("UPDATE roi_report SET {column} = REPLACE({column}, '{from}', '{to}') WHERE number = 1");
            let (from, to) = if column == "figures" { ("168000", "168001") } else { ("\"minutes\":600", "\"minutes\":601") };
            tamper(&office.app, &swap(from, to)).await;
            let broken = office.app.app.roi().verify(office.northwind.id).await.expect("a verdict");
            assert_eq!(broken.map_err(|broken| broken.report.to_string()), Err(id.clone()), "{column}");
            tamper(&office.app, &swap(to, from)).await;
        }
        assert_eq!(office.app.app.roi().verify(office.northwind.id).await.expect("a verdict"), Ok(2));
    }

    async fn r7_no_report_is_about_fewer_than_the_minimum_group_size(few: Few) {
        let Few(office) = few;
        let mut witness = office.app.witness().await;
        let refused = office.create("F1", json!({})).await;
        assert_eq!(refused.refused("createRoiReport"), ["GROUP_TOO_SMALL input.programId"]);
        assert_eq!(
            refused.text("/createRoiReport/userErrors/0/message"),
            "fewer than 5 people have joined the program; a report would tell about each of them"
        );
        assert!(!witness.wrote().await);
        office.join(&["M2"]).await;
        // Who joined counts, whatever became of them: no data is no benefit.
        let leave = "mutation($id: ID!) { leaveProgram(input: { id: $id }) { participant { status } userErrors { code } } }";
        office.caller("M2").send(leave, json!({ "id": office.program })).await.data("/leaveProgram/participant");
        let report = office.create("F1", json!({})).await;
        assert_eq!(report.data("/createRoiReport/roiReport/cohort"), json!(5));
    }

    async fn r1_without_cost_there_is_no_ratio_but_a_reason(office: Office) {
        office.validated(json!({})).await;
        let report = office.create("F1", json!({})).await.data("/createRoiReport/roiReport");
        assert_eq!(report["noRatio"], json!("NO_COST"));
        let outcome = &report["expected"];
        assert_eq!([&outcome["roiPercent"], &outcome["benefitCostRatio"], &outcome["paybackMonths"]], [&json!(null); 3]);
        assert_eq!(outcome["netBenefit"], json!({ "amount": "2800.00" }));
    }

    async fn r2_of_estimates_that_differ_the_lower_one_counts(office: Office) {
        let lower = estimate(json!({ "source": "BUSINESS_RECORDS", "annualValue": eur("5000"), "confidenceBasisPoints": 10000 }));
        let silent = estimate(json!({ "annualValue": eur("1"), "isolation": null }));
        office.validated(json!({ "estimates": [estimate(json!({})), lower, silent], "horizonMonths": 24 })).await;
        let report = office.create("F1", json!({})).await;
        let line = report.data("/createRoiReport/roiReport/benefitLines/0");
        assert_eq!((&line["countedEstimate"], &line["annual"]["expected"]), (&json!(1), &json!({ "amount": "2000.00" })));
        assert_eq!(line["overHorizon"], json!({ "expected": { "amount": "4000.00" } }));
    }

    async fn what_was_spent_in_another_currency_is_converted_at_the_rate_of_the_last_day(office: Office) {
        office.budget("USD").await;
        office.bands(&[("B1", "60")]).await.data("/setCostBands/report");
        set_rate(&office, "2026-02-10").await;
        office.paid("E1", "M1", usd("100"), json!({})).await;
        let mut witness = office.app.witness().await;
        let refused = office.create("F1", json!({})).await;
        assert_eq!(refused.refused("createRoiReport"), ["NO_EXCHANGE_RATE "]);
        assert!(!witness.wrote().await);
        set_rate(&office, "2026-02-27").await;
        let line = office.create("F1", json!({})).await.data("/createRoiReport/roiReport/costLines/0");
        assert_eq!((&line["amount"], &line["spent"]), (&eur("92.00"), &usd("100.00")));
        assert_eq!(line["exchangeRate"], json!({ "rate": "0.92", "day": "2026-02-27", "source": "A bank" }));
    }

    async fn hours_without_a_band_are_not_taken_for_nothing(office: Office) {
        office.budget("EUR").await;
        office.paid("E1", "M1", eur("100"), json!({})).await;
        let mut witness = office.app.witness().await;
        assert_eq!(office.create("F1", json!({})).await.refused("createRoiReport"), ["NO_COST_BAND "]);
        assert!(!witness.wrote().await);
        // Before the course was booked there is nothing to price.
        let early = office.create("F1", json!({ "endsOn": "2026-03-01" })).await;
        assert_eq!(early.data("/createRoiReport/roiReport/costLines"), json!([]));
    }

    async fn a_report_is_refused_with_everything_that_is_wrong(office: Office) {
        let mut witness = office.app.witness().await;
        let cost = |kind: &str, amount: Value, source: &str| json!({ "kind": kind, "amount": amount, "source": source });
        let refused = office.create("F1", json!({
            "endsOn": "2026-03-03", "discountRateBasisPoints": 10001, "administrationBasisPoints": -1,
            "costs": [
                cost("FUNDING", eur("1"), "Me"), cost("RELEASED_TIME", eur("1"), "Me"), cost("ADMINISTRATION", eur("1"), "Me"),
                cost("TRAVEL", usd("1"), "Me"), cost("MATERIALS", eur("0"), "Me"), cost("EVALUATION", eur("1"), ""),
            ],
            "intangibles": [{ "kind": "REPUTATION", "note": " " }],
        })).await;
        assert_eq!(refused.refused("createRoiReport"), [
            "WINDOW_TO_COME input.endsOn", "INVALID_DISCOUNT_RATE input.discountRateBasisPoints",
            "INVALID_ADMINISTRATION input.administrationBasisPoints", "ON_RECORD input.costs.0.kind", "ON_RECORD input.costs.1.kind",
            "ON_RECORD input.costs.2.kind", "CURRENCY_MISMATCH input.costs.3.amount", "NOT_POSITIVE input.costs.4.amount",
            "INVALID_SOURCE input.costs.5.source", "INVALID_NOTE input.intangibles.0.note",
        ]);
        let many: Vec<_> = (0..51).map(|_| cost("TRAVEL", eur("1"), "Me")).collect();
        assert_eq!(office.create("F1", json!({ "costs": many })).await.refused("createRoiReport"), ["TOO_MANY input.costs"]);
        let backwards = office.create("F1", json!({ "startsOn": "2026-03-02", "endsOn": "2026-03-01" })).await;
        assert_eq!(backwards.code(), "BAD_USER_INPUT");
        let nowhere = json!({ "programId": "program_01h455vb4pex5vsknk084sn02q" });
        assert_eq!(office.create("F1", nowhere).await.code(), "NOT_FOUND");
        assert!(!witness.wrote().await);
    }
}
