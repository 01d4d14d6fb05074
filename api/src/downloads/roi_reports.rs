//! The return on investment of programs as CSV: a row for every version of a report, the newest first.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::SecondsFormat;
use upskill_domain::access::Actor;
use upskill_domain::app::App;
use upskill_domain::kernel::{Page, ProgramId};
use upskill_domain::roi::{Outcome, Outcomes, RoiReport, RoiReportFilter};

use super::sheet::{harmless, rows};
use super::{Pages, Place, file};
use crate::graphql::ApiError;
use crate::http::{Download, NoDownload};

const COLUMNS: [&str; 29] = [
    "id",
    "program_id",
    "program",
    "number",
    "starts_on",
    "ends_on",
    "cohort",
    "currency",
    "cost",
    "no_ratio",
    "benefit_low",
    "benefit_expected",
    "benefit_high",
    "net_benefit_low",
    "net_benefit_expected",
    "net_benefit_high",
    "roi_percent_low",
    "roi_percent_expected",
    "roi_percent_high",
    "benefit_cost_ratio_low",
    "benefit_cost_ratio_expected",
    "benefit_cost_ratio_high",
    "payback_months_low",
    "payback_months_expected",
    "payback_months_high",
    "net_present_value_low",
    "net_present_value_expected",
    "net_present_value_high",
    "created_at",
];

/// Reports on their way.
struct RoiReports {
    app: App,
    actor: Arc<Actor>,
    place: Place,
}

/// Opens the reports that the actor may read.
pub(super) async fn open(app: App, actor: Arc<Actor>) -> Result<Download, NoDownload> {
    file("roi-reports.csv".to_owned(), COLUMNS, RoiReports { app, actor, place: Place::default() }).await
}

#[async_trait]
impl Pages for RoiReports {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, ApiError> {
        let Some(request) = self.place.request() else { return Ok(None) };
        let pages = self.app.roi().reports(&self.actor, &[RoiReportFilter::default()], &request).await?;
        let page = pages.into_iter().next().unwrap_or_else(Page::empty);
        let programs: Vec<ProgramId> = page.rows.iter().map(|placed| placed.row.program).collect();
        let programs = self.app.programs().programs_by_id(&self.actor, &programs).await?;
        let names: BTreeMap<_, _> = programs.into_iter().map(|program| (program.id, program.name)).collect();
        let lines = rows(page.rows.iter().map(|placed| {
            let name = names.get(&placed.row.program).map(String::as_str).unwrap_or_default();
            cells(&placed.row, name)
        }))?;
        self.place = Place::after(page.rows.into_iter().last().map(|placed| placed.position), page.more);
        Ok(Some(lines))
    }
}

fn cells(report: &RoiReport, program: &str) -> Vec<String> {
    let RoiReport { id, basis, figures, .. } = report;
    let start = [
        id.to_string(),
        report.program.to_string(),
        harmless(program),
        report.number.to_string(),
        basis.window.from().to_string(),
        basis.window.to().to_string(),
        basis.cohort.to_string(),
        basis.currency.code().to_owned(),
        figures.cost.decimal(),
        figures.no_ratio.map_or("", |reason| reason.name()).to_owned(),
    ];
    let ends: [fn(&Outcomes) -> Outcome; 3] =
        [|outcomes| outcomes.low, |outcomes| outcomes.expected, |outcomes| outcomes.high];
    let measures: [fn(Outcome) -> Option<String>; 6] = [
        |outcome| Some(outcome.benefit.decimal()),
        |outcome| Some(outcome.net.decimal()),
        |outcome| outcome.roi_percent.map(|percent| percent.to_string()),
        |outcome| outcome.benefit_cost_ratio.map(|ratio| ratio.to_string()),
        |outcome| outcome.payback_months.map(|months| months.to_string()),
        |outcome| Some(outcome.net_present_value.decimal()),
    ];
    let outcomes = measures.iter().flat_map(|measure| {
        ends.map(|end| figures.outcomes.as_ref().and_then(|all| measure(end(all))).unwrap_or_default())
    });
    let made = report.created_at.to_rfc3339_opts(SecondsFormat::Micros, true);
    start.into_iter().chain(outcomes).chain([made]).collect()
}
