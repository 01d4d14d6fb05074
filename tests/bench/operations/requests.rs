//! What the bare handler writes about funding requests.

use std::collections::HashMap;

use anyhow::Context as _;
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use upskill_domain::kernel::{
    ApprovalStepId, BudgetId, CourseId, Currency, EmployeeId, FundingRequestId, Money, TypedId,
};
use uuid::Uuid;

use super::written;
use crate::bare::Replayed;

/// Columns of a request, of a person, of a budget and of a step, in the order of the server's statements.
const REQUEST: usize = 44;
const PERSON: usize = 8;
const STEP: usize = 15;

#[derive(Serialize)]
pub(super) struct Amount {
    amount: String,
    currency: &'static str,
}

#[derive(Serialize)]
struct Balance {
    available: Amount,
}

#[derive(Serialize)]
struct Budget<'r> {
    id: String,
    name: &'r str,
    balance: Balance,
}

#[derive(Serialize)]
struct Person<'r> {
    id: String,
    name: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    manager: Option<Option<Box<Person<'r>>>>,
}

#[derive(Serialize)]
struct Nodes<T> {
    nodes: Vec<T>,
}

pub(super) fn id<I: TypedId>(row: &PgRow, at: usize) -> anyhow::Result<String> {
    Ok(I::from_uuid(row.try_get(at)?).to_string())
}

pub(super) fn amount(minor: i64, currency: &str) -> anyhow::Result<Amount> {
    let currency = Currency::parse(currency)?;
    Ok(Amount { amount: Money::new(minor, currency)?.decimal(), currency: currency.code() })
}

fn instant(row: &PgRow, at: usize) -> anyhow::Result<String> {
    Ok(row.try_get::<DateTime<Utc>, _>(at)?.to_rfc3339_opts(SecondsFormat::AutoSi, true))
}

fn person(row: &PgRow, at: usize) -> anyhow::Result<Person<'_>> {
    Ok(Person { id: id::<EmployeeId>(row, at)?, name: row.try_get(at + 2)?, manager: None })
}

fn budget(row: &PgRow, at: usize) -> anyhow::Result<Budget<'_>> {
    let layer = |number: usize| row.try_get::<i64, _>(at + 10 + number);
    let available = layer(0)? - layer(1)? - layer(2)? - layer(3)? - layer(4)?;
    Ok(Budget {
        id: id::<BudgetId>(row, at)?,
        name: row.try_get(at + 1)?,
        balance: Balance { available: amount(available, row.try_get(at + 6)?)? },
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Offer<'r> {
    course_id: Option<String>,
    title: &'r str,
    provider_name: &'r str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Request<'r> {
    id: String,
    status: &'r str,
    submitted_at: String,
    amount: Amount,
    offer: Offer<'r>,
    employee: Person<'r>,
    budget: Budget<'r>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Asking<'r> {
    id: String,
    name: &'r str,
    funding_requests: Nodes<Plain<'r>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Plain<'r> {
    id: String,
    status: &'r str,
    submitted_at: String,
    amount: Amount,
    offer: Offer<'r>,
}

#[derive(Serialize)]
struct People<'r> {
    employees: Nodes<Asking<'r>>,
}

/// One statement reads the people, another the requests of all of them, each person's in their order. The two are told
/// apart by their columns, as the server may have sent them on two connections.
pub(super) fn by_person(replayed: &Replayed<'_>) -> anyhow::Result<Vec<u8>> {
    let mut people = Vec::new();
    let mut places = HashMap::new();
    let (requests, employees): (Vec<_>, Vec<_>) =
        replayed.results[1..].iter().flatten().partition(|row| row.len() > REQUEST);
    for (place, row) in employees.into_iter().take(20).enumerate() {
        places.insert(row.try_get::<Uuid, _>(0)?, place);
        let Person { id, name, .. } = person(row, 0)?;
        people.push(Asking { id, name, funding_requests: Nodes { nodes: Vec::new() } });
    }
    for row in requests {
        let place = places.get(&row.try_get::<Uuid, _>(1)?).copied().context("a request of nobody")?;
        let requests: &mut Vec<_> = &mut people[place].funding_requests.nodes;
        if requests.len() < 10 {
            requests.push(plain(row)?);
        }
    }
    written(People { employees: Nodes { nodes: people } })
}

fn plain(row: &PgRow) -> anyhow::Result<Plain<'_>> {
    Ok(Plain {
        id: id::<FundingRequestId>(row, 0)?,
        status: row.try_get(16)?,
        submitted_at: instant(row, 24)?,
        amount: amount(row.try_get(9)?, row.try_get(10)?)?,
        offer: offer(row)?,
    })
}

fn offer(row: &PgRow) -> anyhow::Result<Offer<'_>> {
    let course: Option<Uuid> = row.try_get(2)?;
    Ok(Offer {
        course_id: course.map(|course| CourseId::from_uuid(course).to_string()),
        title: row.try_get(3)?,
        provider_name: row.try_get(4)?,
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct List<'r> {
    funding_requests: Nodes<Request<'r>>,
}

pub(super) fn list(replayed: &Replayed<'_>) -> anyhow::Result<Vec<u8>> {
    let nodes = replayed.results[1].iter().take(50).map(request).collect::<anyhow::Result<_>>()?;
    written(List { funding_requests: Nodes { nodes } })
}

fn request(row: &PgRow) -> anyhow::Result<Request<'_>> {
    let manager = match row.try_get::<Option<Uuid>, _>(REQUEST + PERSON)? {
        Some(_) => Some(Box::new(person(row, REQUEST + PERSON)?)),
        None => None,
    };
    Ok(Request {
        id: id::<FundingRequestId>(row, 0)?,
        status: row.try_get(16)?,
        submitted_at: instant(row, 24)?,
        amount: amount(row.try_get(9)?, row.try_get(10)?)?,
        offer: offer(row)?,
        employee: Person { manager: Some(manager), ..person(row, REQUEST)? },
        budget: budget(row, REQUEST + PERSON + PERSON)?,
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Step {
    id: String,
    waiting_since: String,
}

#[derive(Serialize)]
struct Title<'r> {
    title: &'r str,
}

#[derive(Serialize)]
struct Asked<'r> {
    id: String,
    purpose: &'r str,
    amount: Amount,
    offer: Title<'r>,
    employee: Person<'r>,
    budget: Budget<'r>,
}

#[derive(Serialize)]
struct Approval<'r> {
    step: Step,
    request: Asked<'r>,
}

#[derive(Serialize)]
struct Approvals<'r> {
    approvals: Nodes<Approval<'r>>,
}

#[derive(Serialize)]
struct Inbox<'r> {
    viewer: Approvals<'r>,
}

pub(super) fn inbox(replayed: &Replayed<'_>) -> anyhow::Result<Vec<u8>> {
    let nodes = replayed.results[1].iter().take(20).map(approval).collect::<anyhow::Result<_>>()?;
    written(Inbox { viewer: Approvals { approvals: Nodes { nodes } } })
}

fn approval(row: &PgRow) -> anyhow::Result<Approval<'_>> {
    Ok(Approval {
        step: Step { id: id::<ApprovalStepId>(row, 0)?, waiting_since: instant(row, 6)? },
        request: Asked {
            id: id::<FundingRequestId>(row, STEP)?,
            purpose: row.try_get(STEP + 13)?,
            amount: amount(row.try_get(STEP + 9)?, row.try_get(STEP + 10)?)?,
            offer: Title { title: row.try_get(STEP + 3)? },
            employee: person(row, STEP + REQUEST)?,
            budget: budget(row, STEP + REQUEST + PERSON)?,
        },
    })
}
