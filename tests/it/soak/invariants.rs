//! What must hold after every batch.

use support::TestApp;

use super::world::World;

/// Rows that must not be there, each with what they would mean. They are counted by sums of their own, not by the code that
/// keeps the balances.
const NEVER: [(&str, &str); 14] = [
    ("a layer is not the sum of its entries", "SELECT COUNT(*) FROM budget b WHERE
       b.allocated <> (SELECT COALESCE(SUM(l.allocated), 0) FROM ledger_entry l WHERE l.employer_id = b.employer_id AND l.budget_id = b.id)
       OR b.distributed <> (SELECT COALESCE(SUM(l.distributed), 0) FROM ledger_entry l WHERE l.employer_id = b.employer_id AND l.budget_id = b.id)
       OR b.reserved <> (SELECT COALESCE(SUM(l.reserved), 0) FROM ledger_entry l WHERE l.employer_id = b.employer_id AND l.budget_id = b.id)
       OR b.committed <> (SELECT COALESCE(SUM(l.committed), 0) FROM ledger_entry l WHERE l.employer_id = b.employer_id AND l.budget_id = b.id)
       OR b.spent <> (SELECT COALESCE(SUM(l.spent), 0) FROM ledger_entry l WHERE l.employer_id = b.employer_id AND l.budget_id = b.id)"),
    ("a parent does not cover its children", "SELECT COUNT(*) FROM budget b WHERE b.distributed <>
       (SELECT COALESCE(SUM(c.allocated), 0) FROM budget c WHERE c.employer_id = b.employer_id AND c.parent_id = b.id)"),
    ("a HARD budget is overspent", "SELECT COUNT(*) FROM budget WHERE limit_mode = 'HARD' AND available < 0"),
    ("what is reserved is not what approved requests reserve", "SELECT COUNT(*) FROM budget b WHERE b.reserved <>
       (SELECT COALESCE(SUM(r.amount), 0) FROM funding_request r WHERE r.employer_id = b.employer_id AND r.budget_id = b.id AND r.status = 'APPROVED')"),
    ("what is committed is not what committed requests hold", "SELECT COUNT(*) FROM budget b WHERE b.committed <>
       (SELECT COALESCE(SUM(r.committed), 0) FROM funding_request r WHERE r.employer_id = b.employer_id AND r.budget_id = b.id AND r.status = 'COMMITTED')"),
    ("a layer of hours is not the sum of its entries", "SELECT COUNT(*) FROM budget b WHERE
       COALESCE(b.hours_allowance, 0) <> (SELECT COALESCE(SUM(l.hours_allowance), 0) FROM ledger_entry l WHERE l.employer_id = b.employer_id AND l.budget_id = b.id)
       OR b.hours_reserved <> (SELECT COALESCE(SUM(l.hours_reserved), 0) FROM ledger_entry l WHERE l.employer_id = b.employer_id AND l.budget_id = b.id)
       OR b.hours_committed <> (SELECT COALESCE(SUM(l.hours_committed), 0) FROM ledger_entry l WHERE l.employer_id = b.employer_id AND l.budget_id = b.id)
       OR b.hours_spent <> (SELECT COALESCE(SUM(l.hours_spent), 0) FROM ledger_entry l WHERE l.employer_id = b.employer_id AND l.budget_id = b.id)"),
    ("hours are not those of the requests", "SELECT COUNT(*) FROM budget b WHERE
       b.hours_reserved <> (SELECT COALESCE(SUM(r.release_hours), 0) FROM funding_request r WHERE r.employer_id = b.employer_id AND r.budget_id = b.id AND r.status = 'APPROVED')
       OR b.hours_committed <> (SELECT COALESCE(SUM(r.release_hours), 0) FROM funding_request r WHERE r.employer_id = b.employer_id AND r.budget_id = b.id AND r.status = 'COMMITTED')
       OR b.hours_spent <> (SELECT COALESCE(SUM(r.release_hours), 0) FROM funding_request r WHERE r.employer_id = b.employer_id AND r.budget_id = b.id AND r.status = 'SETTLED')"),
    ("a HARD budget promises more hours than it allows", "SELECT COUNT(*) FROM budget WHERE limit_mode = 'HARD'
       AND hours_reserved + hours_committed + hours_spent > hours_allowance"),
    ("somebody decided their own request", "SELECT COUNT(*) FROM decision d
       JOIN funding_request r ON r.employer_id = d.employer_id AND r.id = d.request_id WHERE d.by_id = r.employee_id"),
    ("a step waits for the requester", "SELECT COUNT(*) FROM approval_step s
       JOIN funding_request r ON r.employer_id = s.employer_id AND r.id = s.request_id WHERE s.assignee_id = r.employee_id"),
    ("a reservation has no decision behind it", "SELECT COUNT(*) FROM ledger_entry l WHERE l.kind = 'RESERVE' AND NOT EXISTS
       (SELECT 1 FROM decision d WHERE d.employer_id = l.employer_id AND d.request_id = l.request_id AND d.verdict IN ('APPROVE', 'APPROVE_WITH_CONDITIONS'))"),
    ("a reservation was carried over from no closing", "SELECT COUNT(*) FROM ledger_entry l WHERE l.kind = 'RESERVE' AND l.reason = 'CARRY_OVER'
       AND NOT EXISTS (SELECT 1 FROM budget_closing c WHERE c.employer_id = l.employer_id AND c.successor_id = l.budget_id)"),
    ("something was told twice: that a reservation ends, that it has ended, that a step is due or goes up", "SELECT COUNT(*) FROM (SELECT 1 AS twice FROM journal_entry
       WHERE kind IN ('funding.reservation_expiring', 'funding.request_expired', 'funding.step_reminded', 'funding.step_escalated', 'funding.step_overdue') GROUP BY employer_id, kind, payload HAVING COUNT(*) > 1) AS twice"),
    ("a transfer does not come to nothing", "SELECT COUNT(*) FROM (SELECT 1 AS lost FROM ledger_entry WHERE kind IN ('TRANSFER_OUT', 'TRANSFER_IN')
       GROUP BY employer_id, transfer_id HAVING SUM(allocated - distributed) <> 0) AS lost"),
];

/// Whether everything holds, by what the verification says and by sums of this test's own.
pub(super) async fn hold(app: &TestApp, world: &World) -> Result<(), String> {
    for (meaning, rows) in NEVER {
        let count = app.number(rows).await;
        if count != 0 {
            return Err(format!("{meaning}: {count} times"));
        }
    }
    app.seal().await;
    let ledger = app.app.funding().verify(world.employer.id).await.expect("the ledgers are read");
    ledger.map_err(|broken| broken.to_string())?;
    let journal = app.app.journal().verify(world.employer.id).await.expect("the journal is read");
    journal.map(|_| ()).map_err(|broken| broken.to_string())
}
