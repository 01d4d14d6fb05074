//! The statement of a budget as CSV, over HTTP.

use serde_json::json;
use support::{Reply, both_databases, exchange};
use upskill_domain::funding::{AdjustBudget, ReasonCode};
use upskill_domain::kernel::{BudgetId, Currency, Money, TypedId as _};

use super::{Desk, eur};

const COLUMNS: &str = "sequence,effective_on,booked_at,kind,reason,currency,allocated,distributed,reserved,committed,spent,\
  allocated_after,distributed_after,reserved_after,committed_after,spent_after,available_after,request_id,booked_by_id,document,note,\
  hours_allowance,hours_reserved,hours_committed,hours_spent,hours_allowance_after,hours_reserved_after,hours_committed_after,hours_spent_after";

async fn fetch(desk: &Desk, person: &str, uri: &str) -> Reply {
    let bearer = format!("Bearer {}", desk.app.token("northwind", person));
    exchange(&desk.app.router(), ("GET", uri), &[("authorization", &bearer)], "").await
}

both_databases! {
    async fn a_statement_tells_every_entry_with_the_balance_after_it(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let id = desk.approved("E1", "cloud", "400").await;
        desk.app.clock.advance(chrono::TimeDelta::days(1));
        desk.act("F1", "commitFundingRequest", json!({ "id": id, "orderNumber": "=HYPERLINK(\"x\")" })).await.data("/commitFundingRequest/fundingRequest");
        let adjust = json!({ "id": budget, "amount": eur("-50"), "reason": "BUDGET_CUT", "note": "second half, \"saved\"\nas agreed", "effectiveOn": "2026-03-02" });
        desk.act("F1", "adjustBudget", adjust).await.data("/adjustBudget/budget/id");
        let (finn, max) = (desk.person("F1").await, desk.person("M1").await);

        let reply = fetch(&desk, "F1", &format!("/budgets/{budget}/statement.csv")).await;
        assert_eq!((reply.status, reply.header("content-type")), (200, "text/csv; charset=utf-8"));
        assert_eq!(reply.header("cache-control"), "no-store");
        let name = reply.header("content-disposition");
        assert!(name.starts_with("attachment; filename=\"statement-") && name.ends_with(".csv\""), "{name}");
        let first = "2026-03-02T09:00:00.000000Z";
        let next = "2026-03-03T09:00:00.000000Z";
        let lines = [
            COLUMNS.to_owned(),
            format!("1,2026-03-02,{first},ALLOCATE,,EUR,1000.00,0.00,0.00,0.00,0.00,1000.00,0.00,0.00,0.00,0.00,1000.00,,{finn},,,0,0,0,0,,0,0,0"),
            format!("2,2026-03-02,{first},RESERVE,,EUR,0.00,0.00,400.00,0.00,0.00,1000.00,0.00,400.00,0.00,0.00,600.00,{id},{max},,,0,0,0,0,,0,0,0"),
            format!("3,2026-03-03,{next},COMMIT,,EUR,0.00,0.00,-400.00,400.00,0.00,1000.00,0.00,0.00,400.00,0.00,600.00,{id},{finn},\"'=HYPERLINK(\"\"x\"\")\",,0,0,0,0,,0,0,0"),
            format!("4,2026-03-02,{next},ADJUST,BUDGET_CUT,EUR,-50.00,0.00,0.00,0.00,0.00,950.00,0.00,0.00,400.00,0.00,550.00,,{finn},,\"second half, \"\"saved\"\"\nas agreed\",0,0,0,0,,0,0,0"),
        ];
        assert_eq!(reply.text, lines.map(|line| line + "\r\n").concat());

        // Days are those from which entries count.
        for (days, sequences) in [("from=2026-03-03", vec!["3"]), ("to=2026-03-02", vec!["1", "2", "4"]), ("from=2026-03-02&to=2026-03-03", vec!["1", "2", "3", "4"]), ("from=2026-04-01", vec![])] {
            let part = fetch(&desk, "F1", &format!("/budgets/{budget}/statement.csv?{days}")).await;
            // The note has a line of its own.
            let lines = part.text.lines().skip(1).filter(|line| line.starts_with(|first: char| first.is_ascii_digit()));
            let found: Vec<&str> = lines.filter_map(|line| line.split(',').next()).collect();
            assert_eq!(found, sequences, "{days}");
        }
    }

    async fn a_long_statement_comes_whole(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let adjust = AdjustBudget {
            key: None,
            id: BudgetId::parse(&budget).expect("an id"),
            amount: Money::parse("1", Currency::parse("EUR").expect("a currency")).expect("an amount"),
            reason: ReasonCode::Correction,
            note: "one more".to_owned(),
            effective_on: None,
        };
        for _ in 0..600 {
            desk.app.app.funding().adjust_budget(&desk.northwind.system, adjust.clone()).await.expect("adjusted");
        }
        let reply = fetch(&desk, "A1", &format!("/budgets/{budget}/statement.csv")).await;
        let rows: Vec<Vec<&str>> = reply.text.lines().skip(1).map(|line| line.split(',').collect()).collect();
        assert_eq!(rows.len(), 601);
        assert!(rows.iter().zip(1..).all(|(row, place)| row[0] == format!("{place}")));
        assert_eq!(rows[600][16], "1600.00");
    }

    async fn a_statement_is_for_whoever_may_see_the_budget(desk: Desk) {
        let engineering = json!({ "ownedBy": { "departmentId": desk.department("ENG").await }, "ownerIds": [desk.person("M1").await] });
        let budget = desk.budget("Engineering", "1000", engineering).await;
        let uri = format!("/budgets/{budget}/statement.csv");
        desk.app.southwind().await;
        let before = desk.footprint().await;
        for person in ["H1", "H2", "F1", "A1", "M1"] {
            assert_eq!(fetch(&desk, person, &uri).await.status, 200, "{person}");
        }
        for person in ["E1", "E2", "E3", "C1", "M2", "W1", "X1"] {
            let reply = fetch(&desk, person, &uri).await;
            assert_eq!((reply.status, reply.code().as_str()), (404, "NOT_FOUND"), "{person}");
        }
        let bearer = format!("Bearer {}", desk.app.token("southwind", "F1"));
        let stranger = exchange(&desk.app.router(), ("GET", &uri), &[("authorization", &bearer)], "").await;
        assert_eq!((stranger.status, stranger.code().as_str()), (404, "NOT_FOUND"));
        let anonymous = exchange(&desk.app.router(), ("GET", &uri), &[], "").await;
        assert_eq!((anonymous.status, anonymous.code().as_str()), (401, "UNAUTHENTICATED"));
        assert_eq!(anonymous.header("www-authenticate"), "Bearer");
        let forged = exchange(&desk.app.router(), ("GET", &uri), &[("authorization", "Bearer x")], "").await;
        assert_eq!((forged.status, forged.code().as_str()), (401, "UNAUTHENTICATED"));

        for (uri, message) in [
            (format!("{uri}?from=yesterday"), "`from` has to be a day such as 2026-01-31, not \"yesterday\""),
            ("/budgets/budget_00000000000000000000000001/statement.csv".to_owned(), "no Budget with id budget_00000000000000000000000001"),
        ] {
            assert_eq!(fetch(&desk, "F1", &uri).await.message(), message);
        }
        assert_eq!(fetch(&desk, "F1", &format!("{uri}?from=yesterday")).await.status, 400);
        assert_eq!(fetch(&desk, "F1", &format!("{uri}?since=2026-01-01")).await.status, 400);
        assert_eq!(fetch(&desk, "F1", "/budgets/nothing/statement.csv").await.status, 400);
        assert_eq!(exchange(&desk.app.router(), ("POST", &uri), &[], "").await.status, 405);
        assert_eq!(desk.footprint().await, before);
    }
}
