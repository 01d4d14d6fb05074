//! What people lack for their jobs, department by department and program by program.

use async_graphql::{Context, Object, SimpleObject};
use futures_util::future::try_join_all;
use upskill_domain::kernel::{DepartmentId, ProgramId, SkillId};
use upskill_domain::reports as domain;
use upskill_domain::reports::SkillsOf;

use super::loaders::SkillsReports;
use super::types::SuppressionReason;
use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated, isolated};
use crate::graphql::filter::{OneOf, ids};
use crate::graphql::id::Id;
use crate::graphql::plain::Plain;
use crate::graphql::scalars::{Date, DateTime, ReportPeriod};
use crate::graphql::skills::Skill;

/// Some whose skills there are reports on.
pub(crate) struct Skilled(SkillsOf);

impl Skilled {
    /// Everybody at the employer.
    pub(crate) fn employer() -> Self {
        Self(SkillsOf::Employer)
    }

    /// The people of a department and of those below it.
    pub(crate) fn department(id: DepartmentId) -> Self {
        Self(SkillsOf::Department(id))
    }

    /// Those who take part in a program.
    pub(crate) fn program(id: ProgramId) -> Self {
        Self(SkillsOf::Program(id))
    }
}

/// Some whose skills there are reports on.
#[Object]
impl Skilled {
    /// What people lack here for their jobs, of a department with all those below it; in a program, what those who joined it
    /// lack of the skills that it aims at. Null for what is newer than the stock of skills, which a worker takes every day,
    /// and for a program that aims at no skills. For `HR_ADMIN`, `HR_ANALYST`, FINANCE, AUDITOR and `WORKS_COUNCIL`.
    async fn skills_report(&self, ctx: &Context<'_>) -> Isolated<SkillsReport> {
        isolated(async { Ok(ctx.load::<SkillsReports, _>(self.0).await?.map(SkillsReport)) }).await
    }
}

/// What some people lack for their jobs, or of what a program aims at. Nothing is told of fewer people with the same job in
/// a department than twice the employer's `minimumGroupSize`, nor can it be had by adding or subtracting what is told:
/// they are left out of every figure of the department.
pub(crate) struct SkillsReport(domain::SkillsReport);

/// What some people lack for their jobs, or of what a program aims at. Nothing is told of fewer people with the same job in
/// a department than twice the employer's `minimumGroupSize`, nor can it be had by adding or subtracting what is told:
/// they are left out of every figure of the department.
#[Object]
impl SkillsReport {
    /// The day on which people were looked at.
    async fn as_of(&self) -> Date {
        Date(self.0.on)
    }

    /// When they were.
    async fn taken_at(&self) -> DateTime {
        DateTime(self.0.at)
    }

    /// The figures; null when they are suppressed.
    async fn figures(&self) -> Option<Plain<SkillsFigures>> {
        let shortages = self.0.shortages.as_ref().ok()?;
        Some(Plain(SkillsFigures {
            people: shortages.people,
            ready: shortages.ready,
            coverage_basis_points: shortages.coverage(),
        }))
    }

    /// Why nothing is told; null when something is.
    async fn suppressed(&self) -> Option<SuppressionReason> {
        self.0.shortages.as_ref().err().copied().map(Into::into)
    }

    /// Whether people are left out of the figures because too few here have the same job.
    async fn partial(&self) -> bool {
        self.0.partial
    }

    /// The skills that are asked for, the one of which most levels are missing first; empty when nothing is told.
    async fn shortages(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many to list, 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Only these skills; all when not given.")] skill: Option<OneOf<Id<SkillId>>>,
    ) -> Result<Vec<SkillShortage>, ApiError> {
        let most = usize::try_from(first).ok().filter(|most| (1..=100).contains(most));
        let most = most.ok_or_else(|| ApiError::bad_input("first", format!("{first} is not 1 to 100")))?;
        let wanted = ids(skill);
        let skills = self.0.skills().into_iter();
        let skills = skills.filter(|(skill, _)| wanted.as_ref().is_none_or(|wanted| wanted.contains(skill)));
        try_join_all(skills.take(most).map(|(skill, shortage)| SkillShortage::read(ctx, skill, shortage)))
            .await
    }

    /// How much of what is asked for today the same people held at the end of each of the last twelve months, the earliest
    /// first; empty when nothing is told.
    async fn months(&self) -> Vec<Plain<SkillsMonth>> {
        let months = self.0.coverage_by_month().into_iter();
        months
            .map(|(month, coverage_basis_points)| {
                Plain(SkillsMonth { month: ReportPeriod(month), coverage_basis_points })
            })
            .collect()
    }
}

/// How far some people are from what is asked of them.
#[derive(SimpleObject)]
pub(crate) struct SkillsFigures {
    /// Of how many people something is asked for.
    people: u32,
    /// How many of them hold everything without which nobody can do their job; in a program, everything that it aims at.
    ready: u32,
    /// How much of what is asked for a person holds on average, by weight and level, in basis points: 10000 when nothing is
    /// missing. Null where nothing is asked of anybody.
    coverage_basis_points: Option<u32>,
}

/// How much of what is asked for today was held at the end of a month.
#[derive(SimpleObject)]
pub(crate) struct SkillsMonth {
    /// The month.
    month: ReportPeriod,
    /// How much was held on its last day, in basis points.
    coverage_basis_points: u32,
}

/// What some people lack of one skill.
#[derive(SimpleObject)]
pub(crate) struct SkillShortage {
    /// The skill.
    skill: Skill,
    /// Of how many people it is asked for.
    asked: u32,
    /// How many of them hold less than is asked of them.
    short: u32,
    /// How many levels they lack together.
    missing_levels: u32,
}

impl SkillShortage {
    async fn read(ctx: &Context<'_>, skill: SkillId, shortage: domain::Shortage) -> Result<Self, ApiError> {
        let domain::Shortage { asked, short, missing_levels } = shortage;
        Ok(Self { skill: Skill::referred(ctx, skill).await?, asked, short, missing_levels })
    }
}
