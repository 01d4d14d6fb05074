//! Recording what somebody has shown.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::learning::{RecordAssessmentRefusal, SubmitEvidenceRefusal, VerifyEvidenceRefusal};

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::learning::inputs::{RecordAssessmentInput, SubmitEvidenceInput, VerifyEvidenceInput};
use crate::graphql::learning::results::{Assessment, Evidence};
use crate::graphql::learning::types::Enrollment;
use crate::graphql::refusal::{answered, user_errors};

/// Mutations of results and evidence.
#[derive(Default)]
pub(crate) struct ResultMutations;

#[Object]
impl ResultMutations {
    /// Records an attempt at the assessment. The enrollment is `IN_ASSESSMENT` by that, and once an attempt was passed, the
    /// milestone ASSESSMENT is reached for good. For `HR_ADMIN`.
    async fn record_assessment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The enrollment and the result.")] input: RecordAssessmentInput,
    ) -> Isolated<RecordAssessmentPayload> {
        isolated(async {
            let outcome = ctx.app()?.learning().record_assessment(ctx.actor()?, input.try_into()?).await;
            let (recorded, user_errors) = answered(outcome)?;
            let (enrollment, assessment) = recorded.unzip();
            Ok(Some(RecordAssessmentPayload {
                enrollment: enrollment.map(Enrollment::from),
                assessment: assessment.map(Assessment::from),
                user_errors,
            }))
        })
        .await
    }

    /// Hands evidence in, to be verified. For the person and `HR_ADMIN`.
    async fn submit_evidence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The enrollment, and where the evidence lies.")] input: SubmitEvidenceInput,
    ) -> Isolated<SubmitEvidencePayload> {
        isolated(async {
            let outcome = ctx.app()?.learning().submit_evidence(ctx.actor()?, input.try_into()?).await;
            let (submitted, user_errors) = answered(outcome)?;
            let (enrollment, evidence) = submitted.unzip();
            Ok(Some(SubmitEvidencePayload {
                enrollment: enrollment.map(Enrollment::from),
                evidence: evidence.map(Evidence::from),
                user_errors,
            }))
        })
        .await
    }

    /// Accepts or rejects evidence, in the name of the provider, a mentor or HR. Saying the same again changes nothing. For
    /// `HR_ADMIN`, not for their own.
    async fn verify_evidence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The evidence and the verdict.")] input: VerifyEvidenceInput,
    ) -> Isolated<VerifyEvidencePayload> {
        isolated(async {
            let outcome = ctx.app()?.learning().verify_evidence(ctx.actor()?, input.into()).await;
            let (verified, user_errors) = answered(outcome)?;
            let (enrollment, evidence) = verified.unzip();
            Ok(Some(VerifyEvidencePayload {
                enrollment: enrollment.map(Enrollment::from),
                evidence: evidence.map(Evidence::from),
                user_errors,
            }))
        })
        .await
    }
}

/// What became of `recordAssessment`.
#[derive(SimpleObject)]
pub(crate) struct RecordAssessmentPayload {
    /// The enrollment as it is now; null when refused.
    enrollment: Option<Enrollment>,
    /// The attempt; null when refused.
    assessment: Option<Assessment>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<RecordAssessmentError>,
}

user_errors! {
    /// Why a result was not recorded.
    RecordAssessmentError, RecordAssessmentErrorCode for RecordAssessmentRefusal {
        /// The enrollment is neither ACTIVE nor `IN_ASSESSMENT`.
        NotRunning <= RecordAssessmentRefusal::NotRunning(_),
        /// The assessment was passed already.
        AlreadyPassed <= RecordAssessmentRefusal::AlreadyPassed,
        /// It is the caller's own enrollment.
        OwnResult <= RecordAssessmentRefusal::Own,
        /// The score is not 0 to 10000 basis points.
        WrongScore <= RecordAssessmentRefusal::WrongScore(_),
        /// The day is still to come.
        InFuture <= RecordAssessmentRefusal::InFuture { .. },
        /// The day is before the enrollment was started.
        BeforeStart <= RecordAssessmentRefusal::BeforeStart { .. },
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= RecordAssessmentRefusal::KeyReused(_),
    }
}

/// What became of `submitEvidence`.
#[derive(SimpleObject)]
pub(crate) struct SubmitEvidencePayload {
    /// The enrollment; null when refused.
    enrollment: Option<Enrollment>,
    /// The evidence; null when refused.
    evidence: Option<Evidence>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<SubmitEvidenceError>,
}

user_errors! {
    /// Why evidence was not taken.
    SubmitEvidenceError, SubmitEvidenceErrorCode for SubmitEvidenceRefusal {
        /// The enrollment is neither ACTIVE nor `IN_ASSESSMENT`.
        NotRunning <= SubmitEvidenceRefusal::NotRunning(_),
        /// The title is empty, too long or has control characters.
        InvalidTitle <= SubmitEvidenceRefusal::InvalidTitle(_),
        /// The reference is empty, too long or has control characters.
        InvalidFileReference <= SubmitEvidenceRefusal::InvalidFile(_),
        /// There are 50 pieces of evidence already.
        TooMany <= SubmitEvidenceRefusal::TooMany,
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= SubmitEvidenceRefusal::KeyReused(_),
    }
}

/// What became of `verifyEvidence`.
#[derive(SimpleObject)]
pub(crate) struct VerifyEvidencePayload {
    /// The enrollment as it is now; null when refused.
    enrollment: Option<Enrollment>,
    /// The evidence as it is now; null when refused.
    evidence: Option<Evidence>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<VerifyEvidenceError>,
}

user_errors! {
    /// Why nothing was made of evidence.
    VerifyEvidenceError, VerifyEvidenceErrorCode for VerifyEvidenceRefusal {
        /// It was accepted or rejected already.
        Decided <= VerifyEvidenceRefusal::Decided(_),
        /// It is the caller's own.
        OwnEvidence <= VerifyEvidenceRefusal::Own,
        /// The enrollment is neither ACTIVE nor `IN_ASSESSMENT`.
        NotRunning <= VerifyEvidenceRefusal::NotRunning(_),
        /// A rejection needs a note.
        NoteNeeded <= VerifyEvidenceRefusal::NoteNeeded,
        /// The note is empty, too long or has control characters.
        InvalidNote <= VerifyEvidenceRefusal::InvalidNote(_),
    }
}
