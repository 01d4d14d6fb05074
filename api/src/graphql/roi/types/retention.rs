//! Whether people stay longer where a program upskilled them.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::roi::{self as domain, RetentionEffect as Told, RetentionFinding as Finding};

use super::lines::RoiRange;
use crate::graphql::error::{ApiError, Isolated};
use crate::graphql::programs::Program;
use crate::graphql::roi::inputs::{RetentionGroup, RetentionStatus, Suppression, amount};
use crate::graphql::scalars::{Date, Decimal, MoneyInput};

/// Whether people stay longer in the departments that a program is meant for, and in those below them, than in all others: a
/// difference in differences. Departments are compared, because who takes part had stayed until then, so that participants
/// would always seem to stay. For `HR_ADMIN`, `HR_ANALYST` and FINANCE.
pub(crate) struct RetentionEffect(domain::RetentionStudy);

/// A difference, in percentage points of those who leave within a year. Below zero, fewer leave.
#[derive(SimpleObject)]
pub(crate) struct RetentionDifference {
    /// The difference itself, with two decimals: `"-10.00"`.
    points: Decimal,
    /// The lower end of the interval in which it lies with a probability of 95 %.
    low: Decimal,
    /// The upper end. Where the ends lie on both sides of zero there may as well be no difference.
    high: Decimal,
}

/// A group of people over a year.
#[derive(SimpleObject)]
pub(crate) struct RetentionCell {
    /// Which group.
    group: RetentionGroup,
    /// The first day of the year.
    starts_on: Date,
    /// The last day of the year.
    ends_on: Date,
    /// How many people were there when it began.
    people: i32,
}

impl From<domain::RetentionStudy> for RetentionEffect {
    fn from(study: domain::RetentionStudy) -> Self {
        Self(study)
    }
}

impl From<domain::Effect> for RetentionDifference {
    fn from(effect: domain::Effect) -> Self {
        let decimal = |points: domain::Fixed<2>| Decimal(points.to_string());
        Self { points: decimal(effect.points), low: decimal(effect.low), high: decimal(effect.high) }
    }
}

impl RetentionEffect {
    fn told(&self) -> Option<Told> {
        if let Finding::Told(told) = self.0.finding { Some(told) } else { None }
    }
}

/// Whether people stay longer in the departments that a program is meant for, and in those below them, than in all others: a
/// difference in differences. Departments are compared, because who takes part had stayed until then, so that participants
/// would always seem to stay. For `HR_ADMIN`, `HR_ANALYST` and FINANCE.
#[Object]
impl RetentionEffect {
    /// The program.
    async fn program(&self, ctx: &Context<'_>) -> Isolated<Program> {
        Program::load(ctx, self.0.program).await.transpose()
    }

    /// Whether there is an answer, or why there is none.
    async fn status(&self) -> RetentionStatus {
        match self.0.finding {
            Finding::TooEarly => RetentionStatus::TooEarly,
            Finding::NobodyElse => RetentionStatus::NobodyElse,
            Finding::Suppressed(_) => RetentionStatus::Suppressed,
            Finding::Told(Told::NotEnoughData { .. } | Told::TooFewOfEach { .. }) => {
                RetentionStatus::NotEnoughData
            }
            Finding::Told(Told::TrendsDiffer { .. }) => RetentionStatus::TrendsDiffer,
            Finding::Told(Told::Measured { .. }) => RetentionStatus::Measured,
        }
    }

    /// The first day of the years that are looked at: two years before the program begins.
    async fn starts_on(&self) -> Date {
        Date(self.0.years[0].from())
    }

    /// The day from which there can be an answer: a year after the program begins.
    async fn known_from(&self) -> Date {
        Date(self.0.known_from())
    }

    /// What changed among the upskilled from the year before the program to its first year, less what changed among the
    /// others; null unless the status is MEASURED.
    async fn effect(&self) -> Option<RetentionDifference> {
        if let Some(Told::Measured { effect, .. }) = self.told() { Some(effect.into()) } else { None }
    }

    /// How many people the effect is told of, before and after, the upskilled first; empty unless the status is MEASURED.
    async fn cells(&self) -> Vec<RetentionCell> {
        let Some(Told::Measured { people, .. }) = self.told() else { return Vec::new() };
        let [_, before, after] = self.0.years;
        let groups = [
            (RetentionGroup::Upskilled, before),
            (RetentionGroup::Upskilled, after),
            (RetentionGroup::Others, before),
            (RetentionGroup::Others, after),
        ];
        let cell = |((group, year), people): ((RetentionGroup, upskill_domain::kernel::Period), u32)| {
            RetentionCell {
                group,
                starts_on: Date(year.from()),
                ends_on: Date(year.to()),
                people: i32::try_from(people).unwrap_or(i32::MAX),
            }
        };
        groups.into_iter().zip(people).map(cell).collect()
    }

    /// By how much the groups went different ways in the two years before, when nothing had happened yet; null unless the
    /// status is `TRENDS_DIFFER`.
    async fn earlier_difference(&self) -> Option<RetentionDifference> {
        if let Some(Told::TrendsDiffer { before }) = self.told() { Some(before.into()) } else { None }
    }

    /// How many people each group needs when a year begins: twice the employer's minimum group size, and 10 at least.
    async fn needed(&self) -> i32 {
        i32::try_from(Told::needed(self.0.minimum)).unwrap_or(i32::MAX)
    }

    /// How many people of each group have to leave, and to stay, in each year: below that no interval means anything.
    async fn needed_of_each(&self) -> i32 {
        i32::try_from(Told::NEEDED_OF_EACH).unwrap_or(i32::MAX)
    }

    /// How many people the smallest group has; null unless that is why the status is `NOT_ENOUGH_DATA`, and where they are
    /// fewer than the minimum group size.
    async fn smallest(&self) -> Option<i32> {
        let Some(Told::NotEnoughData { smallest, .. }) = self.told() else { return None };
        smallest.and_then(|people| i32::try_from(people).ok())
    }

    /// Why it is not told; null unless the status is SUPPRESSED.
    async fn suppression(&self) -> Option<Suppression> {
        if let Finding::Suppressed(reason) = self.0.finding { Some(reason.into()) } else { None }
    }

    /// What it is worth in a year that people stayed who would have left, as the effect tells it of the upskilled: `low` at
    /// its weaker end, `high` at its stronger one. Null without an effect, and where it may as well be none. To count it in
    /// reports, record it as a benefit.
    #[expect(clippy::unused_async, reason = "a resolver is async")]
    async fn worth(
        &self,
        #[graphql(desc = "What somebody earns in a year on average: a band, never one person's.")]
        annual_salary: MoneyInput,
        #[graphql(
            desc = "What it costs to replace somebody, as a part of what they earn in a year, in hundredths of a percent: 0 to \
                    10000. The default is the median of published case studies.",
            default = 2100
        )]
        replacement_basis_points: i32,
    ) -> Result<Option<RoiRange>, ApiError> {
        let salary = amount("annualSalary", &annual_salary)?;
        let replacement = domain::Share::new(replacement_basis_points)
            .map_err(|error| ApiError::bad_input("replacementBasisPoints", error.to_string()))?;
        let Some(told @ Told::Measured { people: [_, upskilled, ..], .. }) = self.told() else {
            return Ok(None);
        };
        let worth = told.benefit(upskilled, salary, replacement);
        Ok(worth.map(|[low, expected, high]| domain::Range { low, expected, high }.into()))
    }
}
