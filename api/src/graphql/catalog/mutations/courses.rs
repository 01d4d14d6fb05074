//! Creating and changing courses.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::catalog::{ChangeCourseRefusal, CreateCourseRefusal, InvalidCourse};

use crate::graphql::catalog::inputs::{ChangeCourseInput, CreateCourseInput};
use crate::graphql::catalog::types::Course;
use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::refusal::{answered, user_errors};

/// Mutations of what is known of courses.
#[derive(Default)]
pub(crate) struct CourseMutations;

#[Object]
impl CourseMutations {
    /// Adds a course as a draft; it can be one that somebody found outside. For `HR_ADMIN`.
    async fn create_course(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The course.")] input: CreateCourseInput,
    ) -> Isolated<CreateCoursePayload> {
        isolated(async {
            let outcome = ctx.app()?.catalog().create_course(ctx.actor()?, input.try_into()?).await;
            let (course, user_errors) = answered(outcome)?;
            Ok(Some(CreateCoursePayload { course: course.map(Course::from), user_errors }))
        })
        .await
    }

    /// Changes what is known of a course; its price has a mutation of its own. What was asked to be funded before keeps
    /// the course as it was. For `HR_ADMIN`. CONFLICT when the expected version is not the stored one.
    async fn change_course(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The course and what changes.")] input: ChangeCourseInput,
    ) -> Isolated<ChangeCoursePayload> {
        isolated(async {
            let outcome = ctx.app()?.catalog().change_course(ctx.actor()?, input.try_into()?).await;
            let (course, user_errors) = answered(outcome)?;
            Ok(Some(ChangeCoursePayload { course: course.map(Course::from), user_errors }))
        })
        .await
    }
}

/// What became of `createCourse`.
#[derive(SimpleObject)]
pub(crate) struct CreateCoursePayload {
    /// The course; null when refused.
    course: Option<Course>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<CreateCourseError>,
}

user_errors! {
    /// Why a course was not created.
    CreateCourseError, CreateCourseErrorCode for CreateCourseRefusal {
        /// Another course has the code.
        CodeTaken <= CreateCourseRefusal::CodeTaken(_),
        /// The code is empty, too long or has control characters.
        InvalidCode <= CreateCourseRefusal::InvalidCode(_),
        /// The price is below zero.
        NegativePrice <= CreateCourseRefusal::NegativePrice(_),
        /// A value is not one that its field can hold; the message and the path say which.
        InvalidValue <= CreateCourseRefusal::Invalid(InvalidCourse::Value { .. }),
        /// A list has too many items.
        TooMany <= CreateCourseRefusal::Invalid(InvalidCourse::TooMany { .. }),
        /// The employer would give more hours than the course takes.
        ReleaseAboveWorkload <= CreateCourseRefusal::Invalid(InvalidCourse::ReleaseAboveWorkload { .. }),
        /// There is no such provider.
        UnknownProvider <= CreateCourseRefusal::Invalid(InvalidCourse::UnknownProvider(_)),
        /// There is no such skill.
        UnknownSkill <= CreateCourseRefusal::Invalid(InvalidCourse::UnknownSkill(_)),
        /// A skill is listed twice.
        SkillTwice <= CreateCourseRefusal::Invalid(InvalidCourse::SkillTwice(_)),
        /// A milestone is listed twice.
        MilestoneTwice <= CreateCourseRefusal::Invalid(InvalidCourse::MilestoneTwice(_)),
        /// There is no such course to require.
        UnknownPrerequisite <= CreateCourseRefusal::Invalid(InvalidCourse::UnknownPrerequisite(_)),
        /// The course would require itself, directly or through others.
        RequiresItself <= CreateCourseRefusal::Invalid(InvalidCourse::RequiresItself),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= CreateCourseRefusal::KeyReused(_),
    }
}

/// What became of `changeCourse`.
#[derive(SimpleObject)]
pub(crate) struct ChangeCoursePayload {
    /// The course as it is now; null when refused.
    course: Option<Course>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<ChangeCourseError>,
}

user_errors! {
    /// Why a course was not changed.
    ChangeCourseError, ChangeCourseErrorCode for ChangeCourseRefusal {
        /// A value is not one that its field can hold; the message and the path say which.
        InvalidValue <= ChangeCourseRefusal::Invalid(InvalidCourse::Value { .. }),
        /// A list has too many items.
        TooMany <= ChangeCourseRefusal::Invalid(InvalidCourse::TooMany { .. }),
        /// The employer would give more hours than the course takes.
        ReleaseAboveWorkload <= ChangeCourseRefusal::Invalid(InvalidCourse::ReleaseAboveWorkload { .. }),
        /// There is no such provider.
        UnknownProvider <= ChangeCourseRefusal::Invalid(InvalidCourse::UnknownProvider(_)),
        /// There is no such skill.
        UnknownSkill <= ChangeCourseRefusal::Invalid(InvalidCourse::UnknownSkill(_)),
        /// A skill is listed twice.
        SkillTwice <= ChangeCourseRefusal::Invalid(InvalidCourse::SkillTwice(_)),
        /// A milestone is listed twice.
        MilestoneTwice <= ChangeCourseRefusal::Invalid(InvalidCourse::MilestoneTwice(_)),
        /// There is no such course to require.
        UnknownPrerequisite <= ChangeCourseRefusal::Invalid(InvalidCourse::UnknownPrerequisite(_)),
        /// The course would require itself, directly or through others.
        RequiresItself <= ChangeCourseRefusal::Invalid(InvalidCourse::RequiresItself),
    }
}
