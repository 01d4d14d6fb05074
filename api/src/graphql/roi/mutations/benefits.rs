//! Recording, validating and withdrawing benefits.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::roi::{
    EstimateProblem, RecordBenefitRefusal, ValidateBenefitRefusal, WithdrawBenefitRefusal,
};

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::refusal::{all_answered, answered, user_errors};
use crate::graphql::roi::inputs::{RecordBenefitInput, ValidateBenefitInput, WithdrawBenefitInput};
use crate::graphql::roi::types::Benefit;

/// Mutations of benefits.
#[derive(Default)]
pub(crate) struct BenefitMutations;

#[Object]
impl BenefitMutations {
    /// Records what a program brought in one respect. It counts in no report until somebody else has validated it. For
    /// `HR_ADMIN` and FINANCE.
    async fn record_benefit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The benefit.")] input: RecordBenefitInput,
    ) -> Isolated<RecordBenefitPayload> {
        isolated(async {
            let outcome = ctx.app()?.roi().record_benefit(ctx.actor()?, input.try_into()?).await;
            let (benefit, user_errors) = all_answered(outcome)?;
            Ok(Some(RecordBenefitPayload { benefit: benefit.map(Into::into), user_errors }))
        })
        .await
    }

    /// Confirms a benefit that somebody else recorded, so that it counts in reports that are made from now on. For `HR_ADMIN`
    /// and FINANCE. CONFLICT when the expected version is not the stored one.
    async fn validate_benefit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The benefit.")] input: ValidateBenefitInput,
    ) -> Isolated<ValidateBenefitPayload> {
        isolated(async {
            let outcome = ctx.app()?.roi().validate_benefit(ctx.actor()?, input.into()).await;
            let (benefit, user_errors) = answered(outcome)?;
            Ok(Some(ValidateBenefitPayload { benefit: benefit.map(Into::into), user_errors }))
        })
        .await
    }

    /// Takes a benefit back: it counts in no further report. Reports that were made keep it. For `HR_ADMIN` and FINANCE.
    /// CONFLICT when the expected version is not the stored one.
    async fn withdraw_benefit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The benefit.")] input: WithdrawBenefitInput,
    ) -> Isolated<WithdrawBenefitPayload> {
        isolated(async {
            let outcome = ctx.app()?.roi().withdraw_benefit(ctx.actor()?, input.into()).await;
            let (benefit, user_errors) = answered(outcome)?;
            Ok(Some(WithdrawBenefitPayload { benefit: benefit.map(Into::into), user_errors }))
        })
        .await
    }
}

/// What became of `recordBenefit`.
#[derive(SimpleObject)]
pub(crate) struct RecordBenefitPayload {
    /// The benefit; null when refused.
    benefit: Option<Benefit>,
    /// Everything for which it was refused; empty when it was done.
    user_errors: Vec<RecordBenefitError>,
}

user_errors! {
    /// Why a benefit was not recorded.
    RecordBenefitError, RecordBenefitErrorCode for RecordBenefitRefusal {
        /// The title is empty, too long or has control characters.
        InvalidTitle <= RecordBenefitRefusal::InvalidTitle(_),
        /// There is no estimate, or more than 10.
        WrongNumber <= RecordBenefitRefusal::WrongNumber(_),
        /// The horizon is not 1 to 60 months.
        HorizonOutOfRange <= RecordBenefitRefusal::HorizonOutOfRange(_),
        /// It was seen at nobody.
        NoRespondents <= RecordBenefitRefusal::NoRespondents(_),
        /// The value of an estimate is not in the employer's currency.
        CurrencyMismatch <= RecordBenefitRefusal::Estimate { problem: EstimateProblem::Currency { .. }, .. },
        /// The value of an estimate is not above 0.
        NotPositive <= RecordBenefitRefusal::Estimate { problem: EstimateProblem::NotPositive(_), .. },
        /// The part that is due to the program is not 1 to 10000 basis points.
        InvalidIsolation <= RecordBenefitRefusal::Estimate { problem: EstimateProblem::Isolation(_), .. },
        /// How sure the source is is not 1 to 10000 basis points.
        InvalidConfidence <= RecordBenefitRefusal::Estimate { problem: EstimateProblem::Confidence(_), .. },
        /// The grounds are empty, too long or have control characters.
        InvalidGrounds <= RecordBenefitRefusal::Estimate { problem: EstimateProblem::InvalidGrounds(_), .. },
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= RecordBenefitRefusal::KeyReused(_),
    }
}

/// What became of `validateBenefit`.
#[derive(SimpleObject)]
pub(crate) struct ValidateBenefitPayload {
    /// The benefit as it is now; null when refused.
    benefit: Option<Benefit>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<ValidateBenefitError>,
}

user_errors! {
    /// Why a benefit was not validated.
    ValidateBenefitError, ValidateBenefitErrorCode for ValidateBenefitRefusal {
        /// It was validated before, or withdrawn.
        NotRecorded <= ValidateBenefitRefusal::NotRecorded(_),
        /// The caller recorded it.
        OwnEstimate <= ValidateBenefitRefusal::OwnEstimate,
        /// No estimate says which part is due to the program.
        NoIsolation <= ValidateBenefitRefusal::NoIsolation,
    }
}

/// What became of `withdrawBenefit`.
#[derive(SimpleObject)]
pub(crate) struct WithdrawBenefitPayload {
    /// The benefit as it is now; null when refused.
    benefit: Option<Benefit>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<WithdrawBenefitError>,
}

user_errors! {
    /// Why a benefit was not withdrawn.
    WithdrawBenefitError, WithdrawBenefitErrorCode for WithdrawBenefitRefusal {
        /// It was withdrawn before.
        AlreadyWithdrawn <= WithdrawBenefitRefusal::AlreadyWithdrawn,
    }
}
