//! Scrap learning: what was paid for and is not applied.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::kernel::{CourseId, ProviderId};
use upskill_domain::roi as domain;

use crate::graphql::catalog::{Course, Provider};
use crate::graphql::error::Isolated;
use crate::graphql::roi::inputs::Suppression;
use crate::graphql::scalars::{Date, Decimal, Money};

/// What was completed in a calendar quarter and is not applied on the job. It is told once nobody can answer any more, and
/// never changes then. For `HR_ADMIN`, `HR_ANALYST` and FINANCE.
#[derive(SimpleObject)]
pub(crate) struct ScrapLearning {
    /// The first day of the quarter.
    starts_on: Date,
    /// Its last day.
    ends_on: Date,
    /// The day from which it is told: when the last form about it has closed.
    known_from: Date,
    /// The smallest group of people of which it is told: twice the employer's minimum group size, because what holds of
    /// everybody in a smaller group would say it of each of them.
    smallest_group: i32,
    /// All of it; null before it is told.
    total: Option<ScrapCell>,
    /// By provider, those of the catalog first; empty before it is told.
    providers: Vec<ProviderScrap>,
}

/// Scrap learning of one provider.
pub(crate) struct ProviderScrap(domain::ProviderScrap);

/// Scrap learning of one course.
pub(crate) struct CourseScrap {
    course: CourseId,
    cell: domain::ScrapCell,
}

/// What is not applied, or why it is not told.
#[derive(SimpleObject)]
pub(crate) struct ScrapCell {
    /// Why nothing is told; null when something is. It is never told as 0 instead.
    suppression: Option<Suppression>,
    /// How many completed courses it is told of.
    places: Option<i32>,
    /// What is not applied of them, as a percentage with two decimals: `"40.00"`. Who did not answer counts as not applying;
    /// who applies some of it applies it. The latest form that was answered counts, and of two answers to it the lesser. Null of
    /// no courses.
    percent: Option<Decimal>,
    /// What is not applied as somebody said so, as a percentage with two decimals. The rest of `percent` did not answer.
    said_percent: Option<Decimal>,
    /// That percentage of what ledgers spent on them, an amount for each currency; empty when nothing is told.
    cost: Vec<Money>,
}

impl From<domain::ScrapReport> for ScrapLearning {
    fn from(report: domain::ScrapReport) -> Self {
        let (total, providers) = report.told.map(|told| (told.total, told.providers)).unzip();
        Self {
            starts_on: Date(report.quarter.from()),
            ends_on: Date(report.quarter.to()),
            known_from: Date(report.known_from),
            smallest_group: i32::try_from(report.minimum.people()).unwrap_or(i32::MAX),
            total: total.as_ref().map(Into::into),
            providers: providers.into_iter().flatten().map(ProviderScrap).collect(),
        }
    }
}

impl From<&domain::ScrapCell> for ScrapCell {
    fn from(cell: &domain::ScrapCell) -> Self {
        let told = cell.as_ref().ok();
        Self {
            suppression: cell.as_ref().err().map(|reason| (*reason).into()),
            places: told.map(|told| i32::try_from(told.places).unwrap_or(i32::MAX)),
            percent: told.and_then(|told| told.share).map(|share| Decimal(share.to_string())),
            said_percent: told.and_then(|told| told.said).map(|said| Decimal(said.to_string())),
            cost: told.into_iter().flat_map(|told| &told.cost).copied().map(Into::into).collect(),
        }
    }
}

/// Scrap learning of one provider.
#[Object]
impl ProviderScrap {
    /// The provider; null of everything that was completed outside the catalog.
    async fn provider(&self, ctx: &Context<'_>) -> Isolated<Provider> {
        let provider: ProviderId = self.0.provider?;
        Provider::load(ctx, provider).await.transpose()
    }

    /// All of the provider's courses.
    async fn total(&self) -> ScrapCell {
        (&self.0.all).into()
    }

    /// Each of them; empty outside the catalog.
    async fn courses(&self) -> Vec<CourseScrap> {
        self.0
            .courses
            .iter()
            .map(|(course, cell)| CourseScrap { course: *course, cell: cell.clone() })
            .collect()
    }
}

/// Scrap learning of one course.
#[Object]
impl CourseScrap {
    /// The course.
    async fn course(&self, ctx: &Context<'_>) -> Isolated<Course> {
        Course::load(ctx, self.course).await.transpose()
    }

    /// What is not applied of it.
    async fn total(&self) -> ScrapCell {
        (&self.cell).into()
    }
}
