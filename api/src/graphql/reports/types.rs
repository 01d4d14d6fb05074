//! Reports and their figures.

use async_graphql::{Context, Enum, Object, SimpleObject};
use upskill_domain::kernel::{CourseId, DepartmentId, ProgramId, ProviderId};
use upskill_domain::reports as domain;
use upskill_domain::reports::ReportOf;

use super::loaders::Reports;
use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated, isolated};
use crate::graphql::plain::Plain;
use crate::graphql::scalars::{DateTime, Money, ReportPeriod};

/// Something that there are reports about.
pub(crate) struct Reported(ReportOf);

impl Reported {
    /// Everybody at the employer.
    pub(crate) fn employer() -> Self {
        Self(ReportOf::Employer)
    }

    /// The people of a department and of those below it.
    pub(crate) fn department(id: DepartmentId) -> Self {
        Self(ReportOf::Department(id))
    }

    /// Those who learn with a provider.
    pub(crate) fn provider(id: ProviderId) -> Self {
        Self(ReportOf::Provider(id))
    }

    /// Those who take a course.
    pub(crate) fn course(id: CourseId) -> Self {
        Self(ReportOf::Course(id))
    }

    /// Those who learn in a program.
    pub(crate) fn program(id: ProgramId) -> Self {
        Self(ReportOf::Program(id))
    }
}

/// Something that there are reports about.
#[Object]
impl Reported {
    /// What people learned here in a period and what it took: of a department with all those below it. Ask for two
    /// periods under two names to compare them. For `HR_ADMIN`, `HR_ANALYST`, FINANCE, AUDITOR and `WORKS_COUNCIL`.
    async fn report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The calendar year, quarter or month.")] period: ReportPeriod,
    ) -> Isolated<Plain<Report>> {
        isolated(async {
            let report = ctx.load::<Reports, _>((self.0, period.0)).await?;
            let report = report.ok_or_else(|| ApiError::internal("a report was not made"))?;
            Ok(Some(Plain(report.into())))
        })
        .await
    }
}

/// Why figures are not told. They are never told as 0 instead.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "upskill_domain::kernel::Suppression")]
pub(crate) enum SuppressionReason {
    /// They are about fewer people than the employer's minimum group size, in the period or in one of those beside it.
    BelowMinimum,
    /// They are about enough people, but those of others that are about too few could be told from them and the whole.
    Complementary,
    /// Everything or nothing that ended in a small group was completed, which says the same of everybody in it.
    Homogeneous,
}

/// What people learned in a period, and what it took. Nothing is told of fewer people than the employer's
/// `minimumGroupSize`, nor can it be had by adding or subtracting what is told: of each department, course, provider and
/// program the whole series of months, of quarters or of years is told, or none of it.
#[derive(SimpleObject)]
pub(crate) struct Report {
    /// The period.
    period: ReportPeriod,
    /// The figures of the whole period; null when they are suppressed.
    figures: Option<Plain<ReportFigures>>,
    /// Why the figures are not told; null when they are.
    suppressed: Option<SuppressionReason>,
    /// The figures of each month of the period, the first month first; empty when they are suppressed.
    months: Vec<Plain<ReportMonth>>,
    /// Why the months are not told; null when they are.
    months_suppressed: Option<SuppressionReason>,
    /// Everything that happened until then is counted; null when nothing is yet. A worker counts every few seconds.
    counted_at: Option<DateTime>,
}

impl From<domain::Report> for Report {
    fn from(report: domain::Report) -> Self {
        let domain::Report { period, whole, months, counted_at, .. } = report;
        Self {
            period: ReportPeriod(period),
            suppressed: whole.as_ref().err().copied().map(Into::into),
            figures: whole.ok().map(|counted| Plain(counted.into())),
            months_suppressed: months.as_ref().err().copied().map(Into::into),
            months: months.unwrap_or_default().into_iter().map(|month| Plain(month.into())).collect(),
            counted_at: counted_at.map(DateTime),
        }
    }
}

/// One month of a report.
#[derive(SimpleObject)]
pub(crate) struct ReportMonth {
    /// The month.
    month: ReportPeriod,
    /// Its figures.
    figures: Plain<ReportFigures>,
}

impl From<domain::Counted> for ReportMonth {
    fn from(month: domain::Counted) -> Self {
        Self { month: ReportPeriod(month.period), figures: Plain(month.into()) }
    }
}

/// What some people learned in a period, and what it took. What happened counts in the month in which it happened, by the
/// employer's time zone; time counts in the month it was logged for.
#[derive(SimpleObject)]
pub(crate) struct ReportFigures {
    /// How many people the figures are about: everybody to whom something of them happened, once.
    learners: u32,
    /// How many enrollments began.
    enrolled: u32,
    /// How many were completed.
    completed: u32,
    /// How many ended otherwise: failed, given up, or past their last day.
    dropped: u32,
    /// How much of what ended was completed, in basis points (10000 is all); null when nothing ended.
    completion_basis_points: Option<u32>,
    /// Minutes that were logged of working time.
    working_minutes: i64,
    /// Minutes that were logged of the learners' own time.
    own_minutes: i64,
    /// What was spent from budgets, less what came back from providers and employees; one amount for each currency, by its
    /// code.
    spent: Vec<Money>,
}

impl From<domain::Counted> for ReportFigures {
    fn from(counted: domain::Counted) -> Self {
        let domain::Counted { learners, figures, .. } = counted;
        Self {
            learners,
            enrolled: figures.enrolled,
            completed: figures.completed,
            dropped: figures.dropped,
            completion_basis_points: figures.completion_rate(),
            working_minutes: figures.working_minutes,
            own_minutes: figures.own_minutes,
            spent: figures.spent.into_iter().map(Money::from).collect(),
        }
    }
}
