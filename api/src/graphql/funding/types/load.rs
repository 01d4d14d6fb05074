//! What runs for people already.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::access::Action;
use upskill_domain::funding as domain;
use upskill_domain::kernel::EmployeeId;

use crate::graphql::context::RequestContext;
use crate::graphql::error::ApiError;
use crate::graphql::funding::loaders::LearningLoads;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::scalars::Money;

/// How much somebody learns a week, all the courses together that run for them (L5). What counts are requests that are
/// SUBMITTED, `CHANGES_REQUESTED`, APPROVED or COMMITTED, and enrollments that are PLANNED, ACTIVE or `IN_ASSESSMENT`. One that
/// belongs to a request counts instead of it.
#[derive(SimpleObject)]
#[graphql(directive = personal::apply(DataClass::Learning, who(Action::ReadFundingRequest)))]
pub(crate) struct LearningLoad {
    /// How many courses run or wait to.
    courses: i64,
    /// Minutes of learning a week of these: the workload of each over its longest duration, or over the days of the enrollment
    /// where that is not known, and for as many weeks as it takes. A course of which nothing of that is known does not count.
    weekly_minutes: i64,
}

impl From<domain::LearningLoad> for LearningLoad {
    fn from(load: domain::LearningLoad) -> Self {
        Self { courses: load.courses, weekly_minutes: load.weekly_minutes }
    }
}

/// How much somebody would learn a week with one more course.
pub(crate) struct PreviewedLearning {
    pub(super) employee: EmployeeId,
    pub(super) adds: domain::LearningLoad,
}

/// How much somebody would learn a week with one more course.
#[Object(directive = personal::apply(DataClass::Learning, who(Action::PreviewFunding)))]
impl PreviewedLearning {
    /// What runs for them already.
    async fn before(&self, ctx: &Context<'_>) -> Result<LearningLoad, ApiError> {
        Ok(self.running(ctx).await?.into())
    }

    /// What would with this course. The limits of the policy are held against this.
    async fn with_this(&self, ctx: &Context<'_>) -> Result<LearningLoad, ApiError> {
        Ok(self.running(ctx).await?.and(self.adds).into())
    }
}

impl PreviewedLearning {
    async fn running(&self, ctx: &Context<'_>) -> Result<domain::LearningLoad, ApiError> {
        Ok(ctx.load::<LearningLoads, _>(self.employee).await?.unwrap_or_default())
    }
}

/// What runs for a person already, of what the caller may see.
#[derive(SimpleObject, Default)]
#[graphql(directive = personal::apply(DataClass::Funding, who(Action::DecideFundingRequest)))]
pub(crate) struct RequesterLoad {
    /// How many requests are SUBMITTED, `CHANGES_REQUESTED`, APPROVED or COMMITTED.
    live_requests: u64,
    /// What they ask for, in one sum per currency.
    amounts: Vec<Money>,
}

impl From<domain::Load> for RequesterLoad {
    fn from(load: domain::Load) -> Self {
        Self { live_requests: load.requests, amounts: load.amounts.into_iter().map(Into::into).collect() }
    }
}
