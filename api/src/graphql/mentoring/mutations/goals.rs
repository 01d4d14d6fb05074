//! Setting goals, and saying what became of them.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::mentoring::{GoalRefusal, SetGoalRefusal};

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::mentoring::inputs::{
    ChangeMentoringGoalInput, CloseMentoringGoalInput, SetMentoringGoalInput,
};
use crate::graphql::mentoring::types::MentoringGoal;
use crate::graphql::refusal::{answered, user_errors};

/// Mutations of goals.
#[derive(Default)]
pub(crate) struct GoalMutations;

#[Object]
impl GoalMutations {
    /// Sets a goal while the pairing runs. For the mentor and the mentee.
    async fn set_mentoring_goal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The goal.")] input: SetMentoringGoalInput,
    ) -> Isolated<SetMentoringGoalPayload> {
        isolated(async {
            let outcome = ctx.app()?.mentoring().set_goal(ctx.actor()?, input.try_into()?).await;
            let (goal, user_errors) = answered(outcome)?;
            Ok(Some(SetMentoringGoalPayload { goal: goal.map(MentoringGoal::from), user_errors }))
        })
        .await
    }

    /// Says an open goal in other words, or for another day. For the mentor and the mentee.
    async fn change_mentoring_goal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: ChangeMentoringGoalInput,
    ) -> Isolated<ChangeMentoringGoalPayload> {
        isolated(async {
            let outcome = ctx.app()?.mentoring().change_goal(ctx.actor()?, input.into()).await;
            let (goal, user_errors) = answered(outcome)?;
            Ok(Some(ChangeMentoringGoalPayload { goal: goal.map(MentoringGoal::from), user_errors }))
        })
        .await
    }

    /// Says that a goal was reached or given up, also after the mentoring has ended. Saying the same again changes nothing. For the
    /// mentor and the mentee.
    async fn close_mentoring_goal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The goal and what became of it.")] input: CloseMentoringGoalInput,
    ) -> Isolated<CloseMentoringGoalPayload> {
        isolated(async {
            let outcome = ctx.app()?.mentoring().close_goal(ctx.actor()?, input.into()).await;
            let (goal, user_errors) = answered(outcome)?;
            Ok(Some(CloseMentoringGoalPayload { goal: goal.map(MentoringGoal::from), user_errors }))
        })
        .await
    }
}

/// What became of `setMentoringGoal`.
#[derive(SimpleObject)]
pub(crate) struct SetMentoringGoalPayload {
    /// The goal; null when refused.
    goal: Option<MentoringGoal>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<SetMentoringGoalError>,
}

user_errors! {
    /// Why a goal was not set.
    SetMentoringGoalError, SetMentoringGoalErrorCode for SetGoalRefusal {
        /// Goals are set while the pairing is ACCEPTED, ACTIVE or PAUSED.
        NotRunning <= SetGoalRefusal::NotRunning(_),
        /// The pairing has 50 goals.
        TooMany <= SetGoalRefusal::TooMany,
        /// The goal is empty, too long or has control characters.
        InvalidText <= SetGoalRefusal::InvalidText(_),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= SetGoalRefusal::KeyReused(_),
    }
}

/// What became of `changeMentoringGoal`.
#[derive(SimpleObject)]
pub(crate) struct ChangeMentoringGoalPayload {
    /// The goal; null when refused.
    goal: Option<MentoringGoal>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<ChangeMentoringGoalError>,
}

user_errors! {
    /// Why a goal was not changed.
    ChangeMentoringGoalError, ChangeMentoringGoalErrorCode for GoalRefusal {
        /// The goal is closed.
        Closed <= GoalRefusal::Closed(_),
        /// A goal is closed as DONE or DROPPED.
        StillOpen <= GoalRefusal::StillOpen,
        /// What is DROPPED has no evidence.
        EvidenceUnneeded <= GoalRefusal::EvidenceUnneeded,
        /// The goal is empty, too long or has control characters.
        InvalidText <= GoalRefusal::InvalidText(_),
    }
}

/// What became of `closeMentoringGoal`.
#[derive(SimpleObject)]
pub(crate) struct CloseMentoringGoalPayload {
    /// The goal; null when refused.
    goal: Option<MentoringGoal>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<CloseMentoringGoalError>,
}

user_errors! {
    /// Why a goal was not closed.
    CloseMentoringGoalError, CloseMentoringGoalErrorCode for GoalRefusal {
        /// The goal is closed.
        Closed <= GoalRefusal::Closed(_),
        /// A goal is closed as DONE or DROPPED.
        StillOpen <= GoalRefusal::StillOpen,
        /// What is DROPPED has no evidence.
        EvidenceUnneeded <= GoalRefusal::EvidenceUnneeded,
        /// The goal is empty, too long or has control characters.
        InvalidText <= GoalRefusal::InvalidText(_),
    }
}
