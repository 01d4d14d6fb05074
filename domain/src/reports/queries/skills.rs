//! Reading what people lack for their jobs.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use crate::access::{Action, Actor, policy};
use crate::kernel::{Fault, SkillId, Suppression};
use crate::reports::commands::month_ends_before;
use crate::reports::period::ReportPeriod;
use crate::reports::shortage::{Shortage, Shortages};
use crate::reports::stock::SkillsOf;
use crate::reports::{Reports, ToldSkills};

/// What some people lack for their jobs, or for what a program aims at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillsReport {
    /// Whose skills.
    pub of: SkillsOf,
    /// The day stock was taken of.
    pub on: NaiveDate,
    /// When it was taken.
    pub at: DateTime<Utc>,
    /// What they lack, or why it is not told.
    pub shortages: Result<Shortages, Suppression>,
    /// Whether some are left out, for too few of them have the same job.
    pub partial: bool,
}

impl SkillsReport {
    /// How much of what is asked for today was held at the end of each month before, the earliest first, in basis points;
    /// nothing where nothing is told or nothing is asked for.
    pub fn coverage_by_month(&self) -> Vec<(ReportPeriod, u32)> {
        let Ok(shortages) = &self.shortages else { return Vec::new() };
        let ends = month_ends_before(self.on).map(ReportPeriod::month_of);
        let months = ends.into_iter().zip(shortages.coverage_before());
        months.filter_map(|(month, coverage)| Some((month, coverage?))).collect()
    }

    /// The skills that are asked for, the one of which most levels are missing first; none where nothing is told.
    pub fn skills(&self) -> Vec<(SkillId, Shortage)> {
        self.shortages.as_ref().map(Shortages::skills).unwrap_or_default()
    }
}

impl Reports<'_> {
    /// What was found of some when stock was taken last. Of what is newer than that nothing is answered.
    pub async fn skills_reports(self, actor: &Actor, asked: &[SkillsOf]) -> Result<Vec<SkillsReport>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadReports)?;
        let reads = self.core.store.reads();
        let Some(taken) = reads.stock_taken(actor.employer).await? else { return Ok(Vec::new()) };
        let told: BTreeMap<_, _> =
            reads.told_skills(scope, asked).await?.into_iter().map(|told| (told.of, told)).collect();
        let report = |of: &SkillsOf| {
            let ToldSkills { of, shortages, partial } = told.get(of)?.clone();
            Some(SkillsReport { of, on: taken.on, at: taken.at, shortages, partial })
        };
        Ok(asked.iter().filter_map(report).collect())
    }
}
