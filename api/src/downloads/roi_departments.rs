//! What programs took for the people of departments as CSV, and what they brought there: a row for each department.
//!
//! What GraphQL does not tell is an empty cell here as well, never 0, and `suppressed` says why.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use upskill_domain::access::Actor;
use upskill_domain::app::App;
use upskill_domain::kernel::{DepartmentId, Money};
use upskill_domain::reports::{DepartmentReturns, ReportOf};
use upskill_domain::roi::Range;

use super::sheet::{harmless, rows};
use super::things::{Thing, Things};
use super::{Pages, Place, file};
use crate::graphql::ApiError;
use crate::http::{Download, NoDownload};

const COLUMNS: [&str; 19] = [
    "id",
    "code",
    "name",
    "suppressed",
    "programs",
    "programs_suppressed",
    "programs_not_kept",
    "participants",
    "currency",
    "cost",
    "benefit_low",
    "benefit_expected",
    "benefit_high",
    "net_benefit_low",
    "net_benefit_expected",
    "net_benefit_high",
    "roi_percent_low",
    "roi_percent_expected",
    "roi_percent_high",
];

/// Departments on their way.
struct RoiDepartments {
    app: App,
    actor: Arc<Actor>,
    place: Place,
}

/// Opens what the newest reports say of departments that the actor may read.
pub(super) async fn open(app: App, actor: Arc<Actor>) -> Result<Download, NoDownload> {
    let pages = RoiDepartments { app, actor, place: Place::default() };
    file("roi-departments.csv".to_owned(), COLUMNS, pages).await
}

#[async_trait]
impl Pages for RoiDepartments {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, ApiError> {
        let Some(request) = self.place.request() else { return Ok(None) };
        let (things, place) = Things::Departments.page(&self.app, &self.actor, &request).await?;
        self.place = place;
        let departments: Vec<DepartmentId> = things.iter().filter_map(department).collect();
        let returns = self.app.reports().department_returns(&self.actor, &departments).await?;
        let returns: HashMap<_, _> = returns.iter().map(|returns| (returns.department, returns)).collect();
        let told = things.iter().filter_map(|thing| Some((thing, *returns.get(&department(thing)?)?)));
        Ok(Some(rows(told.map(|(thing, returns)| cells(thing, returns)))?))
    }
}

fn department(thing: &Thing) -> Option<DepartmentId> {
    match thing.of {
        ReportOf::Department(id) => Some(id),
        _ => None,
    }
}

fn cells(thing: &Thing, returns: &DepartmentReturns) -> Vec<String> {
    let told = returns.returns();
    let start = [
        thing.id.clone(),
        harmless(&thing.code),
        harmless(&thing.name),
        returns.suppression().map_or("", |reason| reason.name()).to_owned(),
        returns.programs.to_string(),
        returns.suppressed.to_string(),
        returns.not_kept.to_string(),
        told.map(|told| told.participants.to_string()).unwrap_or_default(),
        told.map(|told| told.cost.currency().code().to_owned()).unwrap_or_default(),
        told.map(|told| told.cost.decimal()).unwrap_or_default(),
    ];
    let ends: [fn(Range) -> Money; 3] = [|range| range.low, |range| range.expected, |range| range.high];
    let benefit = |end: fn(Range) -> Money| told.and_then(|told| told.benefit.map(end));
    let left = |end: fn(Range) -> Money| told.zip(benefit(end)).map(|(told, benefit)| told.net_of(benefit));
    let benefits = ends.map(|end| benefit(end).map(Money::decimal).unwrap_or_default());
    let nets = ends.map(|end| left(end).map(|(net, _)| net.decimal()).unwrap_or_default());
    let percents =
        ends.map(|end| left(end).and_then(|(_, percent)| percent).map(|percent| percent.to_string()));
    let percents = percents.map(Option::unwrap_or_default);
    start.into_iter().chain(benefits).chain(nets).chain(percents).collect()
}
