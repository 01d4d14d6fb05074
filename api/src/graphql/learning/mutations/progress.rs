//! How enrollments go on.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::learning::{
    PauseRefusal, ReachMilestoneRefusal, ResumeRefusal, StartRefusal, SubmitForAssessmentRefusal,
    WithdrawEnrollmentRefusal,
};

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::learning::inputs::{
    PauseEnrollmentInput, ReachMilestoneInput, ResumeEnrollmentInput, StartEnrollmentInput,
    SubmitForAssessmentInput, WithdrawEnrollmentInput,
};
use crate::graphql::learning::types::Enrollment;
use crate::graphql::refusal::{answered, user_errors};

/// Mutations of how enrollments go on.
#[derive(Default)]
pub(crate) struct ProgressMutations;

#[Object]
impl ProgressMutations {
    /// The person begins to learn, on the first day of the course or later. For the person and `HR_ADMIN`. CONFLICT
    /// when the expected version is not the stored one.
    async fn start_enrollment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The enrollment.")] input: StartEnrollmentInput,
    ) -> Isolated<StartEnrollmentPayload> {
        isolated(async {
            let outcome = ctx.app()?.learning().start_enrollment(ctx.actor()?, input.into()).await;
            let (enrollment, user_errors) = answered(outcome)?;
            Ok(Some(StartEnrollmentPayload { enrollment: enrollment.map(Enrollment::from), user_errors }))
        })
        .await
    }

    /// The person got through a part of the course. Saying it again changes nothing, so repeating is safe. For the person
    /// and `HR_ADMIN`. CONFLICT when the expected version is not the stored one.
    async fn reach_milestone(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The enrollment and the part.")] input: ReachMilestoneInput,
    ) -> Isolated<ReachMilestonePayload> {
        isolated(async {
            let outcome = ctx.app()?.learning().reach_milestone(ctx.actor()?, input.into()).await;
            let (enrollment, user_errors) = answered(outcome)?;
            Ok(Some(ReachMilestonePayload { enrollment: enrollment.map(Enrollment::from), user_errors }))
        })
        .await
    }

    /// The person has learned, and waits for the result. For the person and `HR_ADMIN`. CONFLICT when the expected version
    /// is not the stored one.
    async fn submit_for_assessment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The enrollment.")] input: SubmitForAssessmentInput,
    ) -> Isolated<SubmitForAssessmentPayload> {
        isolated(async {
            let outcome = ctx.app()?.learning().submit_for_assessment(ctx.actor()?, input.into()).await;
            let (enrollment, user_errors) = answered(outcome)?;
            Ok(Some(SubmitForAssessmentPayload { enrollment: enrollment.map(Enrollment::from), user_errors }))
        })
        .await
    }

    /// The person interrupts the course. For the person and `HR_ADMIN`. CONFLICT when the expected version is not the
    /// stored one.
    async fn pause_enrollment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The enrollment.")] input: PauseEnrollmentInput,
    ) -> Isolated<PauseEnrollmentPayload> {
        isolated(async {
            let outcome = ctx.app()?.learning().pause_enrollment(ctx.actor()?, input.into()).await;
            let (enrollment, user_errors) = answered(outcome)?;
            Ok(Some(PauseEnrollmentPayload { enrollment: enrollment.map(Enrollment::from), user_errors }))
        })
        .await
    }

    /// The person goes on where they stood. For the person and `HR_ADMIN`. CONFLICT when the expected version is not the
    /// stored one.
    async fn resume_enrollment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The enrollment.")] input: ResumeEnrollmentInput,
    ) -> Isolated<ResumeEnrollmentPayload> {
        isolated(async {
            let outcome = ctx.app()?.learning().resume_enrollment(ctx.actor()?, input.into()).await;
            let (enrollment, user_errors) = answered(outcome)?;
            Ok(Some(ResumeEnrollmentPayload { enrollment: enrollment.map(Enrollment::from), user_errors }))
        })
        .await
    }

    /// The person gives up. What comes back of the price by the enrollment's `refunds` is released at once, or refunded where
    /// it was paid; the rest stays booked until HR or finance settle it. For the person and `HR_ADMIN`. CONFLICT when the
    /// expected version is not the stored one, or when the budget takes nothing back.
    async fn withdraw_enrollment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The enrollment and the reason.")] input: WithdrawEnrollmentInput,
    ) -> Isolated<WithdrawEnrollmentPayload> {
        isolated(async {
            let outcome = ctx.app()?.learning().withdraw_enrollment(ctx.actor()?, input.into()).await;
            let (enrollment, user_errors) = answered(outcome)?;
            Ok(Some(WithdrawEnrollmentPayload { enrollment: enrollment.map(Enrollment::from), user_errors }))
        })
        .await
    }
}

/// What became of `startEnrollment`.
#[derive(SimpleObject)]
pub(crate) struct StartEnrollmentPayload {
    /// The enrollment as it is now; null when refused.
    enrollment: Option<Enrollment>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<StartEnrollmentError>,
}

user_errors! {
    /// Why nobody began to learn.
    StartEnrollmentError, StartEnrollmentErrorCode for StartRefusal {
        /// The enrollment is not PLANNED.
        NotPlanned <= StartRefusal::NotPlanned(_),
        /// The course starts later.
        TooEarly <= StartRefusal::TooEarly { .. },
    }
}

/// What became of `reachMilestone`.
#[derive(SimpleObject)]
pub(crate) struct ReachMilestonePayload {
    /// The enrollment as it is now; null when refused.
    enrollment: Option<Enrollment>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<ReachMilestoneError>,
}

user_errors! {
    /// Why a milestone was not reached.
    ReachMilestoneError, ReachMilestoneErrorCode for ReachMilestoneRefusal {
        /// The enrollment is neither ACTIVE nor `IN_ASSESSMENT`.
        NotRunning <= ReachMilestoneRefusal::NotRunning(_),
        /// The milestone is reached by its result.
        TakesResult <= ReachMilestoneRefusal::TakesResult(_),
        /// The course has no such part.
        UnknownMilestone <= ReachMilestoneRefusal::Unknown(_),
    }
}

/// What became of `submitForAssessment`.
#[derive(SimpleObject)]
pub(crate) struct SubmitForAssessmentPayload {
    /// The enrollment as it is now; null when refused.
    enrollment: Option<Enrollment>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<SubmitForAssessmentError>,
}

user_errors! {
    /// Why nobody is assessed.
    SubmitForAssessmentError, SubmitForAssessmentErrorCode for SubmitForAssessmentRefusal {
        /// The enrollment is not ACTIVE.
        NotActive <= SubmitForAssessmentRefusal::NotActive(_),
    }
}

/// What became of `pauseEnrollment`.
#[derive(SimpleObject)]
pub(crate) struct PauseEnrollmentPayload {
    /// The enrollment as it is now; null when refused.
    enrollment: Option<Enrollment>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<PauseEnrollmentError>,
}

user_errors! {
    /// Why nothing was interrupted.
    PauseEnrollmentError, PauseEnrollmentErrorCode for PauseRefusal {
        /// The enrollment is neither ACTIVE nor `IN_ASSESSMENT`.
        NotRunning <= PauseRefusal::NotRunning(_),
    }
}

/// What became of `resumeEnrollment`.
#[derive(SimpleObject)]
pub(crate) struct ResumeEnrollmentPayload {
    /// The enrollment as it is now; null when refused.
    enrollment: Option<Enrollment>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<ResumeEnrollmentError>,
}

user_errors! {
    /// Why nothing goes on.
    ResumeEnrollmentError, ResumeEnrollmentErrorCode for ResumeRefusal {
        /// The enrollment is not PAUSED.
        NotPaused <= ResumeRefusal::NotPaused(_),
    }
}

/// What became of `withdrawEnrollment`.
#[derive(SimpleObject)]
pub(crate) struct WithdrawEnrollmentPayload {
    /// The enrollment as it is now; null when refused.
    enrollment: Option<Enrollment>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<WithdrawEnrollmentError>,
}

user_errors! {
    /// Why nobody gave up.
    WithdrawEnrollmentError, WithdrawEnrollmentErrorCode for WithdrawEnrollmentRefusal {
        /// The enrollment has ended.
        Ended <= WithdrawEnrollmentRefusal::Ended(_),
    }
}
