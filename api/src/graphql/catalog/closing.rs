//! Which courses close a gap in skills, in the schema.

use async_graphql::{Context, Enum, Object, SimpleObject};
use futures_util::future::try_join_all;
use upskill_domain::access::Action;
use upskill_domain::catalog as domain;
use upskill_domain::skills::SkillNeed;

use super::loaders::GapClosings;
use super::types::Course;
use crate::graphql::context::RequestContext;
use crate::graphql::error::ApiError;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::scalars::Money;
use crate::graphql::skills::Skill;

/// By what the courses that close a gap are chosen.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::ClosingGoal")]
pub(crate) enum ClosingGoal {
    /// Least money: the list prices in the employer's own currency.
    Cheapest,
    /// Least time: the weeks that courses take at their slowest.
    Fastest,
}

/// What the catalog knows of a gap.
pub(crate) struct ProfileGapCatalog(pub(crate) Vec<SkillNeed>);

/// What the catalog knows of a gap.
#[Object]
impl ProfileGapCatalog {
    /// The published courses that close the gap, and what they take. Again and again the course is chosen that costs the
    /// least for each skill that it adds, and in the end none stays that the others make superfluous. A course whose price
    /// in the employer's own currency, or whose duration, is not known is not chosen for it.
    async fn closing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "By what the courses are chosen.", default_with = "ClosingGoal::Cheapest")]
        goal: ClosingGoal,
    ) -> Result<GapClosing, ApiError> {
        let asked = domain::ClosingAsked { needs: self.0.clone(), goal: goal.into() };
        let closing = ctx.load::<GapClosings, _>(asked).await?;
        let closing = closing.ok_or_else(|| ApiError::internal("a gap that nobody tried to close"))?;
        let courses = try_join_all(closing.courses.iter().map(|id| Course::load(ctx, *id))).await?;
        let uncovered =
            try_join_all(closing.uncovered.iter().map(|need| Skill::referred(ctx, need.skill))).await?;
        Ok(GapClosing {
            courses: courses.into_iter().flatten().collect(),
            list_price: closing.price.map(Money::from),
            weeks: closing.weeks,
            uncovered,
        })
    }
}

/// The courses that close a gap together.
#[derive(SimpleObject)]
#[graphql(directive = personal::apply(DataClass::Skills, who(Action::ReadSkillRecords)))]
pub(crate) struct GapClosing {
    /// The courses, in the order of their codes; empty when nothing is missing, or no course teaches any of it.
    courses: Vec<Course>,
    /// What they cost together by their list prices; null where that is not known in the employer's own currency.
    list_price: Option<Money>,
    /// How many weeks they take one after another, each at its slowest; null where that is not known.
    weeks: Option<i32>,
    /// The missing skills that none of them teaches at the level that is asked for.
    uncovered: Vec<Skill>,
}
