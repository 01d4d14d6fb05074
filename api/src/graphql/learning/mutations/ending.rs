//! Ending enrollments by what was shown.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::funding::{PostingRefusal, PriceRefusal, SettleRefusal};
use upskill_domain::learning::{CompleteEnrollmentRefusal, FailEnrollmentRefusal};

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::learning::inputs::{CompleteEnrollmentInput, FailEnrollmentInput};
use crate::graphql::learning::types::Enrollment;
use crate::graphql::refusal::{answered, user_errors};

/// Mutations that end enrollments.
#[derive(Default)]
pub(crate) struct EndingMutations;

#[Object]
impl EndingMutations {
    /// Completes a course whose assessment was passed, or of which evidence was accepted. Where money is committed for it, it
    /// is settled by that, in the same transaction. For `HR_ADMIN`. CONFLICT when the expected version is not the stored one.
    async fn complete_enrollment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The enrollment, and what is known of its price.")] input: CompleteEnrollmentInput,
    ) -> Isolated<CompleteEnrollmentPayload> {
        isolated(async {
            let outcome = ctx.app()?.learning().complete_enrollment(ctx.actor()?, input.try_into()?).await;
            let (enrollment, user_errors) = answered(outcome)?;
            Ok(Some(CompleteEnrollmentPayload { enrollment: enrollment.map(Enrollment::from), user_errors }))
        })
        .await
    }

    /// Ends a course that somebody did not pass, for good. What is committed for it stays so until the invoice comes. For
    /// `HR_ADMIN`. CONFLICT when the expected version is not the stored one.
    async fn fail_enrollment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The enrollment.")] input: FailEnrollmentInput,
    ) -> Isolated<FailEnrollmentPayload> {
        isolated(async {
            let outcome = ctx.app()?.learning().fail_enrollment(ctx.actor()?, input.into()).await;
            let (enrollment, user_errors) = answered(outcome)?;
            Ok(Some(FailEnrollmentPayload { enrollment: enrollment.map(Enrollment::from), user_errors }))
        })
        .await
    }
}

/// What became of `completeEnrollment`.
#[derive(SimpleObject)]
pub(crate) struct CompleteEnrollmentPayload {
    /// The enrollment as it is now; null when refused.
    enrollment: Option<Enrollment>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<CompleteEnrollmentError>,
}

user_errors! {
    /// Why nobody completed a course.
    CompleteEnrollmentError, CompleteEnrollmentErrorCode for CompleteEnrollmentRefusal {
        /// The enrollment is neither ACTIVE nor `IN_ASSESSMENT`.
        NotRunning <= CompleteEnrollmentRefusal::NotRunning(_),
        /// Neither was the assessment passed nor was evidence accepted.
        NothingShown <= CompleteEnrollmentRefusal::NothingShown,
        /// No money is committed for the enrollment.
        NothingToSettle <= CompleteEnrollmentRefusal::NothingToSettle,
        /// The price is above what was approved and tolerated.
        PriceAboveTolerance <= CompleteEnrollmentRefusal::Funding(SettleRefusal::Price(PriceRefusal::AboveTolerance { .. })),
        /// The price is in another currency, or below 0.
        InvalidPrice <= CompleteEnrollmentRefusal::Funding(SettleRefusal::Price(_)),
        /// The approval asks for something to be shown.
        ProofNeeded <= CompleteEnrollmentRefusal::Funding(SettleRefusal::ProofNeeded { .. }),
        /// The proof is empty, too long or has control characters.
        InvalidProof <= CompleteEnrollmentRefusal::Funding(SettleRefusal::InvalidProof(_)),
        /// The invoice number is empty, too long or has control characters.
        InvalidInvoiceNumber <= CompleteEnrollmentRefusal::Funding(SettleRefusal::InvalidInvoiceNumber(_)),
        /// The budget of its status does not take it.
        BudgetStatus <= CompleteEnrollmentRefusal::Funding(SettleRefusal::Posting(PostingRefusal::NotTaken { .. })),
        /// The money cannot be settled for another reason, which the message says.
        NotSettled <= CompleteEnrollmentRefusal::Funding(_),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= CompleteEnrollmentRefusal::KeyReused(_),
    }
}

/// What became of `failEnrollment`.
#[derive(SimpleObject)]
pub(crate) struct FailEnrollmentPayload {
    /// The enrollment as it is now; null when refused.
    enrollment: Option<Enrollment>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<FailEnrollmentError>,
}

user_errors! {
    /// Why nobody failed a course.
    FailEnrollmentError, FailEnrollmentErrorCode for FailEnrollmentRefusal {
        /// The enrollment is not `IN_ASSESSMENT`.
        NotInAssessment <= FailEnrollmentRefusal::NotInAssessment(_),
        /// The assessment was passed.
        Passed <= FailEnrollmentRefusal::Passed,
    }
}
