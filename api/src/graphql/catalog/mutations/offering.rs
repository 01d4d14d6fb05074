//! Pricing, publishing and retiring courses.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::catalog::{PublishCourseRefusal, RetireCourseRefusal, SetCoursePriceRefusal};

use crate::graphql::catalog::inputs::{PublishCourseInput, RetireCourseInput, SetCoursePriceInput};
use crate::graphql::catalog::types::Course;
use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::refusal::{answered, user_errors};

/// Mutations of how courses are offered.
#[derive(Default)]
pub(crate) struct OfferingMutations;

#[Object]
impl OfferingMutations {
    /// Sets the list price of a course from now on; the former one stays in `prices`. Setting the price that it has
    /// changes nothing. For `HR_ADMIN`.
    async fn set_course_price(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The course and its price.")] input: SetCoursePriceInput,
    ) -> Isolated<SetCoursePricePayload> {
        isolated(async {
            let outcome = ctx.app()?.catalog().set_course_price(ctx.actor()?, input.try_into()?).await;
            let (course, user_errors) = answered(outcome)?;
            Ok(Some(SetCoursePricePayload { course: course.map(Course::from), user_errors }))
        })
        .await
    }

    /// Opens a draft or retired course to every employee. For `HR_ADMIN`.
    async fn publish_course(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The course.")] input: PublishCourseInput,
    ) -> Isolated<PublishCoursePayload> {
        isolated(async {
            let outcome = ctx.app()?.catalog().publish_course(ctx.actor()?, input.id.0).await;
            let (course, user_errors) = answered(outcome)?;
            Ok(Some(PublishCoursePayload { course: course.map(Course::from), user_errors }))
        })
        .await
    }

    /// Takes a published course off the offer. It stays readable, and what was approved stays approved. For `HR_ADMIN`.
    async fn retire_course(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The course.")] input: RetireCourseInput,
    ) -> Isolated<RetireCoursePayload> {
        isolated(async {
            let outcome = ctx.app()?.catalog().retire_course(ctx.actor()?, input.id.0).await;
            let (course, user_errors) = answered(outcome)?;
            Ok(Some(RetireCoursePayload { course: course.map(Course::from), user_errors }))
        })
        .await
    }
}

/// What became of `setCoursePrice`.
#[derive(SimpleObject)]
pub(crate) struct SetCoursePricePayload {
    /// The course as it is now; null when refused.
    course: Option<Course>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<SetCoursePriceError>,
}

user_errors! {
    /// Why a price was not set.
    SetCoursePriceError, SetCoursePriceErrorCode for SetCoursePriceRefusal {
        /// The price is below zero.
        Negative <= SetCoursePriceRefusal::Negative(_),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= SetCoursePriceRefusal::KeyReused(_),
    }
}

/// What became of `publishCourse`.
#[derive(SimpleObject)]
pub(crate) struct PublishCoursePayload {
    /// The course as it is now; null when refused.
    course: Option<Course>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<PublishCourseError>,
}

user_errors! {
    /// Why a course was not published.
    PublishCourseError, PublishCourseErrorCode for PublishCourseRefusal {
        /// It is published already.
        AlreadyPublished <= PublishCourseRefusal::AlreadyPublished,
    }
}

/// What became of `retireCourse`.
#[derive(SimpleObject)]
pub(crate) struct RetireCoursePayload {
    /// The course as it is now; null when refused.
    course: Option<Course>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<RetireCourseError>,
}

user_errors! {
    /// Why a course was not retired.
    RetireCourseError, RetireCourseErrorCode for RetireCourseRefusal {
        /// It is not published: still a draft, or retired already.
        NotPublished <= RetireCourseRefusal::NotPublished(_),
    }
}
