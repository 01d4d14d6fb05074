//! `verify` recomputes every ledger and names the first row that disagrees; the tables refuse what the rules refuse.

use serde_json::json;
use sqlx::Connection as _;
use support::{Engine, both_databases};
use upskill_domain::funding::{LedgerBreak, Verified};

use super::{Desk, eur};

impl Desk {
    /// Whether the tables let a statement through that no command would send.
    pub(crate) async fn tamper(&self, sql: &str) -> bool {
        let (url, sql) = (self.app.database().url(), sqlx::AssertSqlSafe(sql.to_owned()));
        match self.app.database().engine() {
            Engine::Sqlite => {
                let mut connection = sqlx::SqliteConnection::connect(url).await.expect("the file opens");
                sqlx::query(sql).execute(&mut connection).await.is_ok()
            }
            Engine::Postgres => {
                let mut connection = sqlx::PgConnection::connect(url).await.expect("the server answers");
                sqlx::query(sql).execute(&mut connection).await.is_ok()
            }
        }
    }

    async fn verdict(&self) -> Result<Verified, LedgerBreak> {
        self.app.app.funding().verify(self.northwind.id).await.expect("a verdict")
    }
}

/// Puts an entry about the only request, which moves nothing, into the ledger of a budget.
fn surplus(sequence: &str, budget: &str) -> String {
    format!(
        "INSERT INTO ledger_entry (employer_id, id, budget_id, sequence, kind, allocated, distributed, reserved, committed, spent,
           currency, allocated_after, distributed_after, reserved_after, committed_after, spent_after, request_id, effective_on, at,
           hours_allowance, hours_reserved, hours_committed, hours_spent,
           hours_allowance_after, hours_reserved_after, hours_committed_after, hours_spent_after)
         SELECT b.employer_id, b.id, b.id, {sequence}, 'RESERVE', 0, 0, 0, 0, 0,
           b.currency, b.allocated, b.distributed, b.reserved, b.committed, b.spent, r.id, b.starts_on, r.submitted_at,
           0, 0, 0, 0, b.hours_allowance, b.hours_reserved, b.hours_committed, b.hours_spent
         FROM budget b CROSS JOIN funding_request r WHERE b.name = {budget}"
    )
}

both_databases! {
    async fn f2_what_was_written_past_the_ledger_is_named(desk: Desk) {
        let root = desk.budget("Root", "1000", json!({})).await;
        desk.budget("Child", "400", json!({ "parentId": root })).await;
        let id = desk.approved("E1", "cloud", "100").await;
        desk.act("F1", "commitFundingRequest", json!({ "id": id })).await.data("/commitFundingRequest/fundingRequest");
        desk.act("F1", "settleFundingRequest", json!({ "id": id, "price": eur("90") })).await.data("/settleFundingRequest/fundingRequest");
        assert_eq!(desk.verdict().await, Ok(Verified { budgets: 2, entries: 6, requests: 1 }));

        let breaks = [
            ("UPDATE budget SET allocated = allocated + 1, available = available + 1 WHERE name = 'Root'",
             "UPDATE budget SET allocated = allocated - 1, available = available - 1 WHERE name = 'Root'", "is not the sum of its"),
            ("UPDATE ledger_entry SET spent_after = spent_after + 1 WHERE kind = 'SPEND'",
             "UPDATE ledger_entry SET spent_after = spent_after - 1 WHERE kind = 'SPEND'", "notes another balance than the sum"),
            ("UPDATE ledger_entry SET sequence = 99 WHERE kind = 'COMMIT'",
             "UPDATE ledger_entry SET sequence = 4 WHERE kind = 'COMMIT'", "lacks entry 4 of its ledger; 5 follows"),
            ("UPDATE budget_month SET returned = returned + 1", "UPDATE budget_month SET returned = returned - 1", "has another sum for the month of 2026-03-01 than its ledger"),
            ("UPDATE budget SET parent_id = NULL WHERE name = 'Child'",
             "UPDATE budget SET parent_id = (SELECT id FROM budget WHERE name = 'Root') WHERE name = 'Child'", "handed on 40000 minor units, but the budgets below it were given 0"),
            // One entry too many, which moves nothing and which the budget does not count.
            (&surplus("99", "'Root'"), "DELETE FROM ledger_entry WHERE sequence = 99",
             "counts 5 entries, but its ledger has 6, the last of them in place 99"),
            ("UPDATE funding_request SET status = 'APPROVED', settled = NULL, settled_on = NULL, committed = NULL, reserved_until = '2026-05-31'",
             "UPDATE funding_request SET status = 'SETTLED', settled = 9000, settled_on = '2026-03-02', committed = 10000, reserved_until = NULL", "is APPROVED, but its entries leave 0 reserved, 0 committed, 9000 spent"),
        ];
        for (tamper, mend, told) in breaks {
            assert!(desk.tamper(tamper).await, "{tamper}");
            let broken = desk.verdict().await.expect_err(tamper).to_string();
            assert!(broken.contains(told), "{broken}");
            assert!(desk.tamper(mend).await, "{mend}");
            desk.holds().await;
        }
    }

    async fn an_entry_about_a_request_in_a_ledger_where_it_does_not_belong_is_named(desk: Desk) {
        desk.budget("Root", "1000", json!({})).await;
        desk.approved("E1", "cloud", "100").await;
        desk.budget("Other", "400", json!({})).await;
        assert!(desk.tamper(&surplus("2", "'Other'")).await);
        let count = |entries: i64| format!("UPDATE budget SET entries = {entries} WHERE name = 'Other'");
        assert!(desk.tamper(&count(2)).await);
        let broken = desk.verdict().await.expect_err("an entry too many").to_string();
        assert!(broken.contains("stand in other ledgers that no carry-over explains; they leave 0 minor units there"), "{broken}");
        assert!(desk.tamper("DELETE FROM ledger_entry WHERE sequence = 2 AND reserved = 0").await && desk.tamper(&count(1)).await);
        desk.holds().await;
    }

    async fn the_tables_refuse_what_the_rules_refuse(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        desk.request("E1", "cloud", "100").await;
        desk.approved("E1", "rust", "100").await;
        let before = desk.footprint().await;
        let refused = [
            // F1: HARD and below zero.
            "UPDATE budget SET spent = 100000, available = -10000",
            // A balance that does not add up.
            "UPDATE budget SET available = available + 1",
            "UPDATE budget SET reserved = -1, available = available + 10001",
            "UPDATE budget SET distributed = 200000, available = available - 200000, limit_mode = 'WARN'",
            // Learning hours: more than are allowed, and fewer than none.
            "UPDATE budget SET hours_allowance = 1, hours_reserved = 2",
            "UPDATE budget SET hours_reserved = -1",
            "UPDATE ledger_entry SET hours_spent = 1, hours_spent_after = 1 WHERE kind = 'RESERVE'",
            "UPDATE ledger_entry SET hours_allowance = 1 WHERE kind = 'ALLOCATE'",
            // An entry of a shape its kind does not have.
            "UPDATE ledger_entry SET allocated = 5 WHERE kind = 'RESERVE'",
            "UPDATE ledger_entry SET reserved = -5 WHERE kind = 'RESERVE'",
            "UPDATE ledger_entry SET kind = 'ADJUST' WHERE kind = 'ALLOCATE'",
            "UPDATE ledger_entry SET request_id = NULL WHERE kind = 'RESERVE'",
            // Two entries in one place.
            "UPDATE ledger_entry SET sequence = 1",
            // F13: two live requests for one course.
            "UPDATE funding_request SET subject = 'x', round = CASE WHEN status = 'SUBMITTED' THEN 1 ELSE 2 END",
            "UPDATE funding_request SET status = 'SETTLED'",
            "UPDATE funding_request SET refunded = 1",
            "UPDATE decision SET verdict = 'REJECT'",
            "UPDATE approval_step SET waiting_since = NULL WHERE status = 'WAITING'",
        ];
        for sql in refused {
            assert!(!desk.tamper(sql).await, "{sql}");
        }
        assert_eq!(desk.footprint().await, before);
        desk.holds().await;
    }
}
