//! What courses give back, in the schema.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::kernel::CourseId;
use upskill_domain::learning as domain;

use super::loaders::Terms;
use crate::graphql::catalog::Course;
use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated};

/// What is agreed about a course: what comes back of the price when somebody gives up. It holds for those who enroll from
/// then on; what holds for an enrollment stands there. For every employee who may see the course.
pub(crate) struct CourseTerms(domain::CourseTerms);

impl From<domain::CourseTerms> for CourseTerms {
    fn from(terms: domain::CourseTerms) -> Self {
        Self(terms)
    }
}

impl CourseTerms {
    /// What is agreed about a course that the caller may see.
    pub(crate) async fn of(ctx: &Context<'_>, course: CourseId) -> Result<Option<Self>, ApiError> {
        if Course::load(ctx, course).await?.is_none() {
            return Ok(None);
        }
        let nothing = domain::CourseTerms { course, refunds: Vec::new() };
        Ok(Some(Self(ctx.load::<Terms, _>(course).await?.unwrap_or(nothing))))
    }
}

/// What is agreed about a course: what comes back of the price when somebody gives up. It holds for those who enroll from
/// then on; what holds for an enrollment stands there. For every employee who may see the course.
#[Object]
impl CourseTerms {
    /// The course.
    async fn course(&self, ctx: &Context<'_>) -> Isolated<Course> {
        Course::load(ctx, self.0.course).await.transpose()
    }

    /// What comes back when, the earliest day first; nothing when there is no step.
    async fn refunds(&self) -> Vec<RefundStep> {
        self.0.refunds.iter().copied().map(RefundStep::from).collect()
    }
}

/// A day up to which a share of the price comes back.
#[derive(SimpleObject)]
pub(crate) struct RefundStep {
    /// The last day, counted from the first day of the course: 0 is that day, -14 two weeks before.
    until_day: i32,
    /// The share of the price, in basis points: 5000 is half of it.
    share: i32,
}

impl From<domain::RefundStep> for RefundStep {
    fn from(step: domain::RefundStep) -> Self {
        Self { until_day: step.until_day, share: step.share }
    }
}
