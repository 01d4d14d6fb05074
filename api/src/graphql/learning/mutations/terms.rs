//! Agreeing on what courses give back.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::learning::SetCourseTermsRefusal;

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::learning::inputs::SetCourseTermsInput;
use crate::graphql::learning::terms::CourseTerms;
use crate::graphql::refusal::{answered, user_errors};

/// Mutations of what courses give back.
#[derive(Default)]
pub(crate) struct TermsMutations;

#[Object]
impl TermsMutations {
    /// Sets what a course gives back to those who give up. It holds for those who enroll from now on. Setting the same again
    /// changes nothing. For `HR_ADMIN`.
    async fn set_course_terms(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The course and the steps.")] input: SetCourseTermsInput,
    ) -> Isolated<SetCourseTermsPayload> {
        isolated(async {
            let outcome = ctx.app()?.learning().set_course_terms(ctx.actor()?, input.into()).await;
            let (terms, user_errors) = answered(outcome)?;
            Ok(Some(SetCourseTermsPayload { terms: terms.map(CourseTerms::from), user_errors }))
        })
        .await
    }
}

/// What became of `setCourseTerms`.
#[derive(SimpleObject)]
pub(crate) struct SetCourseTermsPayload {
    /// The terms as they are now; null when refused.
    terms: Option<CourseTerms>,
    /// Why they were not set; empty when they were.
    user_errors: Vec<SetCourseTermsError>,
}

user_errors! {
    /// Why terms were not set.
    SetCourseTermsError, SetCourseTermsErrorCode for SetCourseTermsRefusal {
        /// There is no such course.
        UnknownCourse <= SetCourseTermsRefusal::UnknownCourse(_),
        /// There are more than 10 steps.
        TooMany <= SetCourseTermsRefusal::TooMany { .. },
        /// A day is more than 730 days from the first day of the course.
        WrongDay <= SetCourseTermsRefusal::WrongDay(_),
        /// A share is not 1 to 10000 basis points.
        WrongShare <= SetCourseTermsRefusal::WrongShare(_),
        /// After some day more would come back than before, or two steps are about the same day.
        NotFalling <= SetCourseTermsRefusal::NotFalling { .. },
    }
}
