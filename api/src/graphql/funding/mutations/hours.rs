//! Learning hours of budgets.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::funding::{PostingRefusal, SetLearningHoursRefusal};

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::funding::inputs::SetLearningHoursInput;
use crate::graphql::funding::types::Budget;
use crate::graphql::refusal::{answered, user_errors};

/// Mutations of learning hours.
#[derive(Default)]
pub(crate) struct HoursMutations;

#[Object]
impl HoursMutations {
    /// Sets how many learning hours a budget may release people for. A budget without an allowance only counts them; with one
    /// and in HARD mode no approval goes above, and the allowance is not lowered below what is promised or used. For
    /// `HR_ADMIN` and the owners of the budget.
    async fn set_learning_hours(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The budget and the hours.")] input: SetLearningHoursInput,
    ) -> Isolated<SetLearningHoursPayload> {
        isolated(async {
            let command = input.try_into()?;
            let outcome = ctx.app()?.funding().set_learning_hours(ctx.actor()?, command).await;
            let (budget, user_errors) = answered(outcome)?;
            Ok(Some(SetLearningHoursPayload { budget: budget.map(Budget::from), user_errors }))
        })
        .await
    }
}

/// What became of `setLearningHours`.
#[derive(SimpleObject)]
pub(crate) struct SetLearningHoursPayload {
    /// The budget as it is now; null when refused.
    budget: Option<Budget>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<SetLearningHoursError>,
}

user_errors! {
    /// Why learning hours were not set.
    SetLearningHoursError, SetLearningHoursErrorCode for SetLearningHoursRefusal {
        /// The number is not 1 to 1000000.
        OutOfRange <= SetLearningHoursRefusal::OutOfRange(_),
        /// The allowance is that already.
        Unchanged <= SetLearningHoursRefusal::Unchanged(_),
        /// The allowance was set before, so it takes a reason.
        ReasonNeeded <= SetLearningHoursRefusal::ReasonNeeded,
        /// The reason is one that only the product gives.
        ReservedReason <= SetLearningHoursRefusal::ReservedReason(_),
        /// More is promised or used.
        BelowPromised <= SetLearningHoursRefusal::Posting(PostingRefusal::HoursBelowPromised { .. }),
        /// The budget's status does not allow it.
        BudgetStatus <= SetLearningHoursRefusal::Posting(_),
        /// The remark is empty, too long or has control characters.
        InvalidNote <= SetLearningHoursRefusal::InvalidNote(_),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= SetLearningHoursRefusal::KeyReused(_),
    }
}
