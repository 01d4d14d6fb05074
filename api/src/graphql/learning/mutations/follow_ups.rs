//! Answering follow-ups, and saying something of courses.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::learning::{AnswerFollowUpRefusal, FollowUpStatus, GiveFeedbackRefusal};

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::learning::follow_ups::{CourseFeedback, FollowUp};
use crate::graphql::learning::inputs::{AnswerFollowUpInput, GiveCourseFeedbackInput};
use crate::graphql::learning::types::Enrollment;
use crate::graphql::refusal::{answered, user_errors};

/// Mutations of follow-ups and course feedback.
#[derive(Default)]
pub(crate) struct FollowUpMutations;

#[Object]
impl FollowUpMutations {
    /// Answers a follow-up while it is open. An answer does not change; giving the same again is safe. For whoever is asked:
    /// the learner, whoever they report to now, or their mentor.
    async fn answer_follow_up(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The follow-up and the answer.")] input: AnswerFollowUpInput,
    ) -> Isolated<AnswerFollowUpPayload> {
        isolated(async {
            let outcome = ctx.app()?.learning().answer_follow_up(ctx.actor()?, input.into()).await;
            let (follow_up, user_errors) = answered(outcome)?;
            let follow_up = follow_up.map(|follow_up| FollowUp::from((follow_up, FollowUpStatus::Answered)));
            Ok(Some(AnswerFollowUpPayload { follow_up, user_errors }))
        })
        .await
    }

    /// Says something of a course that the caller takes or took, or replaces what they said before. Saying the same again
    /// changes nothing. For the learner.
    async fn give_course_feedback(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The enrollment and what is said.")] input: GiveCourseFeedbackInput,
    ) -> Isolated<GiveCourseFeedbackPayload> {
        isolated(async {
            let outcome = ctx.app()?.learning().give_feedback(ctx.actor()?, input.into()).await;
            let (given, user_errors) = answered(outcome)?;
            let (enrollment, feedback) = given.unzip();
            Ok(Some(GiveCourseFeedbackPayload {
                enrollment: enrollment.map(Enrollment::from),
                feedback: feedback.map(CourseFeedback::from),
                user_errors,
            }))
        })
        .await
    }
}

/// What became of `answerFollowUp`.
#[derive(SimpleObject)]
pub(crate) struct AnswerFollowUpPayload {
    /// The follow-up with its answer; null when refused.
    follow_up: Option<FollowUp>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<AnswerFollowUpError>,
}

user_errors! {
    /// Why a follow-up was not answered.
    AnswerFollowUpError, AnswerFollowUpErrorCode for AnswerFollowUpRefusal {
        /// The follow-up opens later.
        NotOpen <= AnswerFollowUpRefusal::NotOpen { .. },
        /// The last day of the follow-up has passed.
        Closed <= AnswerFollowUpRefusal::Closed { .. },
        /// It was answered otherwise already.
        Answered <= AnswerFollowUpRefusal::Answered(_),
        /// The learner has left.
        LearnerLeft <= AnswerFollowUpRefusal::LearnerLeft,
        /// `NOT_APPLIED` needs an obstacle.
        ObstacleNeeded <= AnswerFollowUpRefusal::ObstacleNeeded,
        /// APPLIED has no obstacle.
        ObstacleUnneeded <= AnswerFollowUpRefusal::ObstacleUnneeded,
        /// The note is empty, too long or has control characters.
        InvalidNote <= AnswerFollowUpRefusal::InvalidNote(_),
    }
}

/// What became of `giveCourseFeedback`.
#[derive(SimpleObject)]
pub(crate) struct GiveCourseFeedbackPayload {
    /// The enrollment; null when refused.
    enrollment: Option<Enrollment>,
    /// What is said now; null when refused.
    feedback: Option<CourseFeedback>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<GiveCourseFeedbackError>,
}

user_errors! {
    /// Why feedback was not taken.
    GiveCourseFeedbackError, GiveCourseFeedbackErrorCode for GiveFeedbackRefusal {
        /// The enrollment was not started.
        NotStarted <= GiveFeedbackRefusal::NotStarted(_),
        /// The rating is not 1 to 5.
        WrongRating <= GiveFeedbackRefusal::WrongRating(_),
        /// The comment is empty, too long or has control characters.
        InvalidComment <= GiveFeedbackRefusal::InvalidComment(_),
    }
}
