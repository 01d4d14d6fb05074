//! What the bare handler writes about mutations, and the rows that they need.

use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use sqlx::Row as _;
use upskill_domain::kernel::{FundingRequestId, TypedId as _};

use super::requests::{Amount, amount, id};
use super::written;
use crate::bare::Replayed;
use crate::subject;

/// Waiting requests of people who report to the callers, each of one minor unit, with one step that waits for a caller. A
/// step has the id of its request, so that both follow from the subject.
pub(super) fn waiting() -> String {
    let id = subject::sql("(m.request + $5)", "(n - 1)");
    format!(
        "WITH caller AS (SELECT e.employer_id, e.id, turn - 1 AS turn FROM employee e JOIN employer o ON o.id = e.employer_id \
            JOIN unnest($3) WITH ORDINALITY AS asked (external_id, turn) ON asked.external_id = e.external_id \
            WHERE o.slug = 'northwind'), \
        budgets AS (SELECT b.id, b.currency, row_number() OVER (ORDER BY b.available DESC, b.id) - 1 AS number \
            FROM budget b JOIN employer o ON o.id = b.employer_id \
            WHERE o.slug = 'northwind' AND b.status = 'OPEN' AND b.department_id IS NOT NULL ORDER BY number LIMIT $1), \
        money AS (SELECT b.id, b.currency, b.number * $4 + share AS request FROM budgets b \
            CROSS JOIN generate_series(0, $4 - 1) share), \
        sample AS (SELECT DISTINCT ON (c.turn) r.*, c.turn, c.id AS leader \
            FROM funding_request r JOIN employee e ON e.employer_id = r.employer_id \
            AND e.id = r.employee_id JOIN caller c ON c.employer_id = e.employer_id AND c.id = e.manager_id \
            WHERE r.program_id IS NULL ORDER BY c.turn, r.id DESC), \
        turns AS (SELECT m.*, s.employer_id, s.leader, s.employee_id, s.title, s.provider_name, s.purpose, \
            s.policy_version, s.submitted_at FROM money m JOIN sample s ON s.turn = m.request % (SELECT count(*) FROM sample)), \
        made AS (INSERT INTO funding_request (employer_id, id, employee_id, subject, title, provider_name, url, price, \
            price_currency, requested, amount, currency, budget_id, purpose, policy_version, round, status, refunded, \
            recovered, submitted_at, version) \
            SELECT m.employer_id, {id}, m.employee_id, 'bench ' || {id}, m.title, m.provider_name, \
            'https://courses.example/', 1, m.currency, 1, 1, m.currency, m.id, m.purpose, m.policy_version, 1, \
            'SUBMITTED', 0, 0, m.submitted_at, 1 \
            FROM turns m CROSS JOIN generate_series(1, $2) n), \
        steps AS (INSERT INTO approval_step (employer_id, id, request_id, position, assignee_id, capacity, status, \
            waiting_since, inbox_at, rule, remind_days_before, notice) \
            SELECT m.employer_id, {id}, {id}, 1, m.leader, 'MANAGER', 'WAITING', m.submitted_at, m.submitted_at, 0, 1, 'NOTHING' \
            FROM turns m CROSS JOIN generate_series(1, $2) n) \
        SELECT count(*) FROM turns"
    )
}

/// The place among the statements of the one that answers with the request.
const LOCKED: usize = 2;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Payload<T> {
    funding_request: T,
    user_errors: [(); 0],
}

#[derive(Serialize)]
struct Offer<'r> {
    title: &'r str,
}

#[derive(Serialize)]
struct Approved<'r> {
    id: String,
    status: &'static str,
    version: i32,
    amount: Amount,
    offer: Offer<'r>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Approval<'r> {
    approve_funding_request: Payload<Approved<'r>>,
}

pub(super) fn approve(replayed: &Replayed<'_>) -> anyhow::Result<Vec<u8>> {
    let row = replayed.results[LOCKED].first().context("no such request")?;
    let funding_request = Approved {
        id: id::<FundingRequestId>(row, 0)?,
        status: "APPROVED",
        version: row.try_get::<i32, _>("version")? + 1,
        amount: amount(row.try_get(9)?, row.try_get(10)?)?,
        offer: Offer { title: row.try_get(3)? },
    };
    written(Approval { approve_funding_request: Payload { funding_request, user_errors: [] } })
}

#[derive(Deserialize)]
struct Asked<'b> {
    #[serde(borrow)]
    variables: Variables<'b>,
}

#[derive(Deserialize)]
struct Variables<'b> {
    id: &'b str,
}

#[derive(Serialize)]
struct Outside<'b> {
    title: &'static str,
    url: &'b str,
}

#[derive(Serialize)]
struct Submitted<'b> {
    id: String,
    status: &'static str,
    round: i32,
    amount: Amount,
    offer: Outside<'b>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Submission<'b> {
    submit_funding_request: Payload<Submitted<'b>>,
}

pub(super) fn submit(replayed: &Replayed<'_>) -> anyhow::Result<Vec<u8>> {
    let asked: Asked<'_> = serde_json::from_slice(replayed.body)?;
    // The request is the first thing that is made.
    let made = replayed.fresh.iter().min_by_key(|(number, _)| **number);
    let (_, made) = made.context("a request gets an id")?;
    let funding_request = Submitted {
        id: FundingRequestId::from_uuid(*made).to_string(),
        status: "SUBMITTED",
        round: 1,
        amount: amount(12_000, "EUR")?,
        offer: Outside { title: "Thermography", url: asked.variables.id },
    };
    written(Submission { submit_funding_request: Payload { funding_request, user_errors: [] } })
}
