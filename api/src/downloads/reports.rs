//! Reports as CSV: a row for everything of a kind, about a period or about each of its months.
//!
//! What GraphQL does not tell is an empty cell here as well, never 0, and `suppressed` says why. A month is a row with
//! `by=month` only, so that no column holds figures together with what they are made of.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::SecondsFormat;
use upskill_domain::access::Actor;
use upskill_domain::app::App;
use upskill_domain::kernel::{Currency, Money, Suppression};
use upskill_domain::reports::{Counted, Report, ReportPeriod};

use super::sheet::{harmless, rows};
use super::span::Span;
use super::things::{Thing, Things};
use super::{Pages, Place, file, not_found, told};
use crate::graphql::ApiError;
use crate::http::{Download, NoDownload, ReportsOf};

const COLUMNS: [&str; 16] = [
    "period",
    "id",
    "code",
    "name",
    "suppressed",
    "learners",
    "enrolled",
    "completed",
    "dropped",
    "completion_basis_points",
    "working_minutes",
    "own_minutes",
    "currency",
    "spent",
    "spent_in_other_currencies",
    "counted_at",
];

/// Reports on their way.
struct Reports {
    app: App,
    actor: Arc<Actor>,
    things: Things,
    span: Span,
    currency: Currency,
    place: Place,
}

/// Opens the reports of everything of a kind that the actor may read.
pub(super) async fn open(app: App, actor: Arc<Actor>, wanted: &ReportsOf) -> Result<Download, NoDownload> {
    let name = &wanted.file;
    let things = Things::named(name).ok_or_else(|| not_found(format!("no file named {name:?} here")))?;
    let span = Span::read(&wanted.told)?;
    let employer = app.organization().employer(&actor).await.map_err(|fault| told(fault.into()))?;
    let (currency, place) = (employer.currency, Place::default());
    let name = span.file(name.trim_end_matches(".csv"));
    file(name, COLUMNS, Reports { app, actor, things, span, currency, place }).await
}

#[async_trait]
impl Pages for Reports {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, ApiError> {
        let Some(request) = self.place.request() else { return Ok(None) };
        let (things, place) = self.things.page(&self.app, &self.actor, &request).await?;
        let asked: Vec<_> = things.iter().map(|thing| (thing.of, self.span.period)).collect();
        let reports = self.app.reports().reports(&self.actor, &asked).await?;
        let lines = things.iter().zip(&reports).flat_map(|(thing, report)| self.lines(thing, report));
        let lines = rows(lines)?;
        self.place = place;
        Ok(Some(lines))
    }
}

impl Reports {
    /// The rows of one report.
    fn lines(&self, thing: &Thing, report: &Report) -> Vec<[String; COLUMNS.len()]> {
        let line = |period: ReportPeriod, counted: Result<&Counted, Suppression>| {
            self.cells(thing, report, period, counted)
        };
        if !self.span.by_month {
            return vec![line(self.span.period, report.whole.as_ref().map_err(|why| *why))];
        }
        match &report.months {
            Ok(months) => months.iter().map(|month| line(month.period, Ok(month))).collect(),
            Err(why) => self.span.period.each_month().map(|month| line(month, Err(*why))).collect(),
        }
    }

    fn cells(
        &self,
        thing: &Thing,
        report: &Report,
        period: ReportPeriod,
        counted: Result<&Counted, Suppression>,
    ) -> [String; COLUMNS.len()] {
        let told = counted.ok();
        let figure = |of: &dyn Fn(&Counted) -> String| told.map(of).unwrap_or_default();
        let (spent, other) =
            told.map(|counted| spent(&counted.figures.spent, self.currency)).unwrap_or_default();
        let rate = |counted: &Counted| {
            counted.figures.completion_rate().map(|rate| rate.to_string()).unwrap_or_default()
        };
        [
            period.to_string(),
            thing.id.clone(),
            harmless(&thing.code),
            harmless(&thing.name),
            counted.err().map_or("", Suppression::name).to_owned(),
            figure(&|counted| counted.learners.to_string()),
            figure(&|counted| counted.figures.enrolled.to_string()),
            figure(&|counted| counted.figures.completed.to_string()),
            figure(&|counted| counted.figures.dropped.to_string()),
            figure(&rate),
            figure(&|counted| counted.figures.working_minutes.to_string()),
            figure(&|counted| counted.figures.own_minutes.to_string()),
            self.currency.code().to_owned(),
            spent,
            other,
            report.counted_at.map(|at| at.to_rfc3339_opts(SecondsFormat::Micros, true)).unwrap_or_default(),
        ]
    }
}

/// What was spent in the employer's currency, and in words what was spent in others.
fn spent(spent: &[Money], currency: Currency) -> (String, String) {
    let (own, others): (Vec<Money>, Vec<Money>) =
        spent.iter().partition(|money| money.currency() == currency);
    let own = own.first().copied().unwrap_or_else(|| Money::zero(currency));
    let others: Vec<String> = others.iter().map(ToString::to_string).collect();
    (own.decimal(), harmless(&others.join("; ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_currencies_stand_beside_the_own_one() {
        let money = |minor: i64, currency: &str| Money::sum(minor, Currency::parse(currency).unwrap());
        let eur = Currency::parse("EUR").unwrap();
        let told = |list: &[Money]| spent(list, eur);
        let pair = |own: &str, other: &str| (own.to_owned(), other.to_owned());
        assert_eq!(told(&[]), pair("0.00", ""));
        assert_eq!(told(&[money(-500, "EUR")]), pair("-5.00", ""));
        assert_eq!(
            told(&[money(100, "CHF"), money(250, "EUR"), money(7, "JPY")]),
            pair("2.50", "1.00 CHF; 7 JPY")
        );
        assert_eq!(told(&[money(-100, "USD")]), pair("0.00", "'-1.00 USD"));
    }
}
