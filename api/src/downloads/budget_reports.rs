//! What happened to budgets as CSV: a row for every budget, about a period or about each of its months.

use std::sync::Arc;

use async_trait::async_trait;
use upskill_domain::access::Actor;
use upskill_domain::app::App;
use upskill_domain::funding::{Budget, BudgetFilter, BudgetOrder, Change};
use upskill_domain::kernel::{Direction, Money, Page};
use upskill_domain::reports::{BudgetMove, BudgetReport, ReportPeriod};

use super::sheet::{harmless, rows};
use super::span::Span;
use super::{Pages, Place, file};
use crate::graphql::ApiError;
use crate::http::{Download, InPeriod, NoDownload};

const COLUMNS: [&str; 12] = [
    "period",
    "id",
    "name",
    "currency",
    "opening_available",
    "allocated",
    "distributed",
    "reserved",
    "committed",
    "spent",
    "returned",
    "closing_available",
];

/// Reports on their way.
struct BudgetReports {
    app: App,
    actor: Arc<Actor>,
    span: Span,
    place: Place,
}

/// Opens the reports of every budget that the actor may see.
pub(super) async fn open(app: App, actor: Arc<Actor>, wanted: &InPeriod) -> Result<Download, NoDownload> {
    let span = Span::read(wanted)?;
    let name = span.file("budget-reports");
    file(name, COLUMNS, BudgetReports { app, actor, span, place: Place::default() }).await
}

#[async_trait]
impl Pages for BudgetReports {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, ApiError> {
        let Some(request) = self.place.request() else { return Ok(None) };
        let (filter, order) = (BudgetFilter::default(), (BudgetOrder::Name, Direction::Ascending));
        let pages = self.app.funding().budgets(&self.actor, &[filter], order, &request).await?;
        let page = pages.into_iter().next().unwrap_or_else(Page::empty);
        let asked: Vec<_> = page.rows.iter().map(|placed| (placed.row.id, self.span.period)).collect();
        let reports = self.app.reports().budget_reports(&self.actor, &asked).await?;
        let lines =
            page.rows.iter().zip(&reports).flat_map(|(placed, report)| self.lines(&placed.row, report));
        let lines = rows(lines)?;
        self.place = Place::after(page.rows.into_iter().last().map(|placed| placed.position), page.more);
        Ok(Some(lines))
    }
}

impl BudgetReports {
    fn lines(&self, budget: &Budget, report: &BudgetReport) -> Vec<[String; COLUMNS.len()]> {
        if !self.span.by_month {
            return vec![cells(budget, self.span.period, report.opening, &report.moved)];
        }
        let mut opening = report.opening;
        let month = |(month, moved): &(ReportPeriod, BudgetMove)| {
            let line = cells(budget, *month, opening, moved);
            opening = moved.closing;
            line
        };
        report.months.iter().map(month).collect()
    }
}

fn cells(
    budget: &Budget,
    period: ReportPeriod,
    opening: Change,
    moved: &BudgetMove,
) -> [String; COLUMNS.len()] {
    let amount = |minor: i64| Money::sum(minor, budget.currency).decimal();
    let BudgetMove { change, returned, closing } = *moved;
    [
        period.to_string(),
        budget.id.to_string(),
        harmless(&budget.name),
        budget.currency.code().to_owned(),
        amount(opening.available()),
        amount(change.allocated),
        amount(change.distributed),
        amount(change.reserved),
        amount(change.committed),
        amount(change.spent),
        amount(returned),
        amount(closing.available()),
    ]
}
