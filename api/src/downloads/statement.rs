//! The statement of a budget as CSV: every entry of its ledger with the balance after it.
//!
//! Entries never change and follow one another without gaps, so the pages fit together although each is read by itself.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::NaiveDate;
use upskill_domain::access::Actor;
use upskill_domain::app::App;
use upskill_domain::funding::{Budget, LedgerEntry, LedgerFilter};
use upskill_domain::kernel::{BudgetId, Direction, TypedId};

use super::sheet::{harmless, rows};
use super::{Pages, Place, bad_input, file, not_found, told};
use crate::graphql::ApiError;
use crate::http::{Download, NoDownload, StatementOf};

const COLUMNS: [&str; 29] = [
    "sequence",
    "effective_on",
    "booked_at",
    "kind",
    "reason",
    "currency",
    "allocated",
    "distributed",
    "reserved",
    "committed",
    "spent",
    "allocated_after",
    "distributed_after",
    "reserved_after",
    "committed_after",
    "spent_after",
    "available_after",
    "request_id",
    "booked_by_id",
    "document",
    "note",
    "hours_allowance",
    "hours_reserved",
    "hours_committed",
    "hours_spent",
    "hours_allowance_after",
    "hours_reserved_after",
    "hours_committed_after",
    "hours_spent_after",
];

/// A ledger on its way.
struct Ledger {
    app: App,
    actor: Arc<Actor>,
    budget: Budget,
    filter: LedgerFilter,
    place: Place,
}

/// Opens the statement of a budget that the actor may see.
pub(super) async fn open(app: App, actor: Arc<Actor>, wanted: StatementOf) -> Result<Download, NoDownload> {
    let StatementOf { budget, from, to } = wanted;
    let id = BudgetId::parse(&budget).map_err(|error| bad_input(error.to_string()))?;
    let filter = LedgerFilter {
        effective_from: day("from", from.as_deref())?,
        effective_to: day("to", to.as_deref())?,
        ..LedgerFilter::default()
    };
    let found = app.funding().budgets_by_id(&actor, &[id]).await.map_err(|fault| told(fault.into()))?;
    let Some(budget) = found.into_iter().next() else {
        return Err(not_found(format!("no Budget with id {id}")));
    };
    let ledger = Ledger { app, actor, budget, filter, place: Place::Start };
    file(format!("statement-{}.csv", id.uuid()), COLUMNS, ledger).await
}

#[async_trait]
impl Pages for Ledger {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, ApiError> {
        let Some(request) = self.place.request() else { return Ok(None) };
        let list = [(self.budget.id, self.filter.clone())];
        let pages = self.app.funding().ledger(&self.actor, &list, Direction::Ascending, &request).await?;
        let Some(page) = pages.into_iter().next() else { return Ok(None) };
        let lines = rows(page.rows.iter().map(|placed| cells(&self.budget, &placed.row)))?;
        self.place = Place::after(page.rows.into_iter().last().map(|placed| placed.position), page.more);
        Ok(Some(lines))
    }
}

fn cells(budget: &Budget, entry: &LedgerEntry) -> [String; COLUMNS.len()] {
    let amount = |minor: i64| budget.money(minor).decimal();
    let id = |id: Option<String>| id.unwrap_or_default();
    let words = |text: &Option<String>| text.as_deref().map(harmless).unwrap_or_default();
    [
        entry.sequence.to_string(),
        entry.effective_on.to_string(),
        entry.at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
        entry.kind.name().to_owned(),
        entry.reason.map_or("", |reason| reason.name()).to_owned(),
        entry.currency.code().to_owned(),
        amount(entry.change.allocated),
        amount(entry.change.distributed),
        amount(entry.change.reserved),
        amount(entry.change.committed),
        amount(entry.change.spent),
        amount(entry.balance.allocated),
        amount(entry.balance.distributed),
        amount(entry.balance.reserved),
        amount(entry.balance.committed),
        amount(entry.balance.spent),
        amount(entry.balance.available()),
        id(entry.request.map(|request| request.to_string())),
        id(entry.by.map(|person| person.to_string())),
        words(&entry.document),
        words(&entry.note),
        entry.hours.allowance.to_string(),
        entry.hours.reserved.to_string(),
        entry.hours.committed.to_string(),
        entry.hours.spent.to_string(),
        entry.hours_after.allowance.map(|hours| hours.to_string()).unwrap_or_default(),
        entry.hours_after.reserved.to_string(),
        entry.hours_after.committed.to_string(),
        entry.hours_after.spent.to_string(),
    ]
}

fn day(name: &str, text: Option<&str>) -> Result<Option<NaiveDate>, NoDownload> {
    let read = |text: &str| {
        let message = format!("`{name}` has to be a day such as 2026-01-31, not {text:?}");
        text.parse().map_err(|_| bad_input(message))
    };
    text.map(read).transpose()
}
