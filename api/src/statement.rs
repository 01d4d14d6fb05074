//! The statement of a budget as CSV: every entry of its ledger with the balance after it.
//!
//! RFC 4180: commas, CRLF, quotes where a cell needs them. A cell of words that a spreadsheet would take for a formula begins
//! with an apostrophe; amounts are numbers and stay what they are. The ledger is read page by page while it is sent, so a
//! statement takes the same memory however long it is. Entries never change and follow one another without gaps, so the
//! pages fit together although each is read by itself.

use std::io;
use std::sync::Arc;

use chrono::NaiveDate;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use upskill_domain::access::Actor;
use upskill_domain::app::App;
use upskill_domain::funding::{Budget, LedgerEntry, LedgerFilter};
use upskill_domain::kernel::{BudgetId, Direction, PageRequest, Position, TypedId};

use crate::graphql::ApiError;
use crate::http::{Download, NoDownload, StatementOf, codes};

/// Entries read at a time.
const PAGE: u32 = 500;

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

/// The part of a ledger that is still to be read.
struct Rest {
    app: App,
    actor: Arc<Actor>,
    budget: Budget,
    filter: LedgerFilter,
    /// The last place that was read, and whether something follows.
    beyond: Option<Position>,
    more: bool,
}

/// Opens the statement of a budget that the actor may see.
pub(crate) async fn open(app: App, actor: Arc<Actor>, wanted: StatementOf) -> Result<Download, NoDownload> {
    let StatementOf { budget, from, to } = wanted;
    let id = BudgetId::parse(&budget).map_err(|error| bad_input(error.to_string()))?;
    let filter = LedgerFilter {
        effective_from: day("from", from.as_deref())?,
        effective_to: day("to", to.as_deref())?,
        ..LedgerFilter::default()
    };
    let found = app.funding().budgets_by_id(&actor, &[id]).await.map_err(|fault| told(fault.into()))?;
    let Some(budget) = found.into_iter().next() else {
        return Err(NoDownload { code: codes::NOT_FOUND, message: format!("no Budget with id {id}") });
    };
    let mut rest = Rest { app, actor, budget, filter, beyond: None, more: true };
    let mut first = rows([COLUMNS]).map_err(told)?;
    first.extend(rest.page().await.map_err(told)?);
    let following = stream::try_unfold(rest, |mut rest| async move {
        if !rest.more {
            return Ok(None);
        }
        let page = rest.page().await.map_err(|error| io::Error::other(error.into_message()))?;
        Ok::<_, io::Error>(Some((page, rest)))
    });
    let content = stream::once(async { Ok(first) }).chain(following.into_stream()).boxed();
    Ok(Download {
        name: format!("statement-{}.csv", id.uuid()),
        content_type: "text/csv; charset=utf-8",
        content,
    })
}

impl Rest {
    /// The next entries as lines.
    async fn page(&mut self) -> Result<Vec<u8>, ApiError> {
        let request = PageRequest { beyond: self.beyond.take(), ..PageRequest::first(PAGE) };
        let list = [(self.budget.id, self.filter.clone())];
        let pages = self.app.funding().ledger(&self.actor, &list, Direction::Ascending, &request).await?;
        let Some(page) = pages.into_iter().next() else {
            self.more = false;
            return Ok(Vec::new());
        };
        let lines = rows(page.rows.iter().map(|placed| cells(&self.budget, &placed.row)))?;
        self.more = page.more;
        self.beyond = page.rows.into_iter().last().map(|placed| placed.position);
        Ok(lines)
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

/// A text that no spreadsheet takes for a formula.
fn harmless(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula { format!("'{text}") } else { text.to_owned() }
}

/// Rows as lines, each with its end.
fn rows<R: IntoIterator<Item: AsRef<[u8]>>>(rows: impl IntoIterator<Item = R>) -> Result<Vec<u8>, ApiError> {
    let unwritten = || ApiError::internal("a row of CSV");
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).map_err(|_| unwritten())?;
    }
    writer.into_inner().map_err(|_| unwritten())
}

fn day(name: &str, text: Option<&str>) -> Result<Option<NaiveDate>, NoDownload> {
    let read = |text: &str| {
        let message = format!("`{name}` has to be a day such as 2026-01-31, not {text:?}");
        text.parse().map_err(|_| bad_input(message))
    };
    text.map(read).transpose()
}

fn bad_input(message: String) -> NoDownload {
    NoDownload { code: codes::BAD_USER_INPUT, message }
}

fn told(error: ApiError) -> NoDownload {
    NoDownload { code: error.code(), message: error.into_message() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_never_become_formulas_and_cells_keep_what_they_hold() {
        for text in ["=1+1", "+49", "-1", "@SUM(A1)", "\tx", "\rx"] {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        assert_eq!(harmless("PO-7"), "PO-7");
        let line = rows([["a,b", "say \"hi\"\nagain", ""]]);
        assert_eq!(line.ok(), Some(b"\"a,b\",\"say \"\"hi\"\"\nagain\",\r\n".to_vec()));
    }
}
