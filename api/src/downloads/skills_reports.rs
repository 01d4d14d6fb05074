//! What people lack for their jobs as CSV: a row for each skill of everybody, of every department and of every program.
//!
//! What GraphQL does not tell is an empty cell here as well, never 0, and `suppressed` says why. Who lacks nothing that is
//! asked for, or is not told of, has one row without a skill.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use async_trait::async_trait;
use upskill_domain::access::Actor;
use upskill_domain::app::App;
use upskill_domain::kernel::SkillId;
use upskill_domain::reports::{ReportOf, Shortage, Shortages, SkillsOf, SkillsReport};

use super::sheet::{harmless, rows};
use super::things::{Thing, Things};
use super::{Pages, Place, file};
use crate::graphql::ApiError;
use crate::http::{Download, NoDownload};

const COLUMNS: [&str; 14] = [
    "as_of",
    "id",
    "code",
    "name",
    "suppressed",
    "partial",
    "people",
    "ready",
    "coverage_basis_points",
    "skill_id",
    "skill",
    "asked",
    "short",
    "missing_levels",
];

/// In this order.
const KINDS: [Things; 3] = [Things::Employer, Things::Departments, Things::Programs];

/// Reports on their way.
struct SkillsReports {
    app: App,
    actor: Arc<Actor>,
    /// The kinds of things that are still to be told, and how far the first of them is.
    kinds: &'static [Things],
    place: Place,
}

/// Opens what was found when stock was taken last.
pub(super) async fn open(app: App, actor: Arc<Actor>) -> Result<Download, NoDownload> {
    let pages = SkillsReports { app, actor, kinds: &KINDS, place: Place::default() };
    file("skills-reports.csv".to_owned(), COLUMNS, pages).await
}

#[async_trait]
impl Pages for SkillsReports {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, ApiError> {
        let Some((kind, others)) = self.kinds.split_first() else { return Ok(None) };
        let Some(request) = self.place.request() else {
            (self.kinds, self.place) = (others, Place::default());
            return Box::pin(self.next()).await;
        };
        let (things, place) = kind.page(&self.app, &self.actor, &request).await?;
        self.place = place;
        let asked: Vec<SkillsOf> = things.iter().filter_map(|thing| whose(thing.of)).collect();
        let reports = self.app.reports().skills_reports(&self.actor, &asked).await?;
        let reports: HashMap<SkillsOf, (Vec<(SkillId, Shortage)>, SkillsReport)> =
            reports.into_iter().map(|report| (report.of, (report.skills(), report))).collect();
        let asked_for = reports.values().flat_map(|(skills, _)| skills).map(|(skill, _)| *skill);
        let names = self.names(asked_for.collect()).await?;
        let told = things.iter().filter_map(|thing| Some((thing, reports.get(&whose(thing.of)?)?)));
        let lines = told.flat_map(|(thing, (skills, report))| lines(thing, report, skills, &names));
        Ok(Some(rows(lines)?))
    }
}

impl SkillsReports {
    async fn names(&self, ids: BTreeSet<SkillId>) -> Result<HashMap<SkillId, String>, ApiError> {
        let ids = Vec::from_iter(ids);
        let skills = self.app.skills().skills_by_id(&self.actor, &ids).await?;
        Ok(skills.into_iter().map(|skill| (skill.id, skill.name)).collect())
    }
}

/// Whose skills a thing has a report of.
fn whose(of: ReportOf) -> Option<SkillsOf> {
    match of {
        ReportOf::Employer => Some(SkillsOf::Employer),
        ReportOf::Department(id) => Some(SkillsOf::Department(id)),
        ReportOf::Program(id) => Some(SkillsOf::Program(id)),
        ReportOf::Course(_) | ReportOf::Provider(_) => None,
    }
}

fn lines(
    thing: &Thing,
    report: &SkillsReport,
    skills: &[(SkillId, Shortage)],
    names: &HashMap<SkillId, String>,
) -> Vec<[String; COLUMNS.len()]> {
    let line = |skill: Option<(SkillId, Shortage)>| cells(thing, report, skill, names);
    if skills.is_empty() {
        return vec![line(None)];
    }
    skills.iter().map(|skill| line(Some(*skill))).collect()
}

fn cells(
    thing: &Thing,
    report: &SkillsReport,
    skill: Option<(SkillId, Shortage)>,
    names: &HashMap<SkillId, String>,
) -> [String; COLUMNS.len()] {
    let told = report.shortages.as_ref();
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let of_skill = |of: fn(Shortage) -> u32| number(skill.map(|(_, shortage)| of(shortage)));
    [
        report.on.to_string(),
        thing.id.clone(),
        harmless(&thing.code),
        harmless(&thing.name),
        told.err().map_or("", |why| why.name()).to_owned(),
        report.partial.to_string(),
        number(told.ok().map(|told| told.people)),
        number(told.ok().map(|told| told.ready)),
        number(told.ok().and_then(Shortages::coverage)),
        skill.map(|(skill, _)| skill.to_string()).unwrap_or_default(),
        skill.and_then(|(skill, _)| names.get(&skill)).map(|name| harmless(name)).unwrap_or_default(),
        of_skill(|shortage| shortage.asked),
        of_skill(|shortage| shortage.short),
        of_skill(|shortage| shortage.missing_levels),
    ]
}
