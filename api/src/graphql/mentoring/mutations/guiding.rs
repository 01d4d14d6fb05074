//! Interrupting mentoring, going on, ending it, and saying something of it.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::mentoring::{EndPairingRefusal, GivePairingFeedbackRefusal, GuidePairingRefusal};

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::mentoring::inputs::{
    CompletePairingInput, EndPairingInput, GivePairingFeedbackInput, PausePairingInput, ResumePairingInput,
};
use crate::graphql::mentoring::types::{Pairing, PairingFeedback};
use crate::graphql::refusal::{answered, user_errors};

/// Mutations of pairings that run.
#[derive(Default)]
pub(crate) struct GuidingMutations;

#[Object]
impl GuidingMutations {
    /// Interrupts mentoring; the mentor's place stays taken. For the two and `HR_ADMIN`.
    async fn pause_pairing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The pairing.")] input: PausePairingInput,
    ) -> Isolated<PausePairingPayload> {
        isolated(async {
            let outcome = ctx.app()?.mentoring().pause_pairing(ctx.actor()?, input.into()).await;
            let (pairing, user_errors) = answered(outcome)?;
            Ok(Some(PausePairingPayload { pairing: pairing.map(Pairing::from), user_errors }))
        })
        .await
    }

    /// Goes on with mentoring that was interrupted. For the two and `HR_ADMIN`.
    async fn resume_pairing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The pairing.")] input: ResumePairingInput,
    ) -> Isolated<ResumePairingPayload> {
        isolated(async {
            let outcome = ctx.app()?.mentoring().resume_pairing(ctx.actor()?, input.into()).await;
            let (pairing, user_errors) = answered(outcome)?;
            Ok(Some(ResumePairingPayload { pairing: pairing.map(Pairing::from), user_errors }))
        })
        .await
    }

    /// Ends mentoring that has done what it was for, and frees the mentor's place. For the two and `HR_ADMIN`.
    async fn complete_pairing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The pairing.")] input: CompletePairingInput,
    ) -> Isolated<CompletePairingPayload> {
        isolated(async {
            let outcome = ctx.app()?.mentoring().complete_pairing(ctx.actor()?, input.into()).await;
            let (pairing, user_errors) = answered(outcome)?;
            Ok(Some(CompletePairingPayload { pairing: pairing.map(Pairing::from), user_errors }))
        })
        .await
    }

    /// Ends mentoring before it has done what it was for, and frees the mentor's place. For the two and `HR_ADMIN`.
    async fn end_pairing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The pairing and the reason.")] input: EndPairingInput,
    ) -> Isolated<EndPairingPayload> {
        isolated(async {
            let outcome = ctx.app()?.mentoring().end_pairing(ctx.actor()?, input.into()).await;
            let (pairing, user_errors) = answered(outcome)?;
            Ok(Some(EndPairingPayload { pairing: pairing.map(Pairing::from), user_errors }))
        })
        .await
    }

    /// Says something of mentoring, or replaces what the caller said before. The other of the two does not read it. Saying the same
    /// again changes nothing. For the mentor and the mentee.
    async fn give_pairing_feedback(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The pairing and what is said.")] input: GivePairingFeedbackInput,
    ) -> Isolated<GivePairingFeedbackPayload> {
        isolated(async {
            let outcome = ctx.app()?.mentoring().give_pairing_feedback(ctx.actor()?, input.into()).await;
            let (done, user_errors) = answered(outcome)?;
            let (pairing, feedback) = done.unzip();
            Ok(Some(GivePairingFeedbackPayload {
                pairing: pairing.map(Pairing::from),
                feedback: feedback.map(PairingFeedback::from),
                user_errors,
            }))
        })
        .await
    }
}

/// What became of `pausePairing`.
#[derive(SimpleObject)]
pub(crate) struct PausePairingPayload {
    /// The pairing; null when refused.
    pairing: Option<Pairing>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<PausePairingError>,
}

user_errors! {
    /// Why mentoring was not interrupted.
    PausePairingError, PausePairingErrorCode for GuidePairingRefusal {
        /// Only what is ACTIVE is paused.
        NotActive <= GuidePairingRefusal::NotActive(_),
        /// Only what is PAUSED is resumed.
        NotPaused <= GuidePairingRefusal::NotPaused(_),
    }
}

/// What became of `resumePairing`.
#[derive(SimpleObject)]
pub(crate) struct ResumePairingPayload {
    /// The pairing; null when refused.
    pairing: Option<Pairing>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<ResumePairingError>,
}

user_errors! {
    /// Why mentoring does not go on.
    ResumePairingError, ResumePairingErrorCode for GuidePairingRefusal {
        /// Only what is ACTIVE is paused.
        NotActive <= GuidePairingRefusal::NotActive(_),
        /// Only what is PAUSED is resumed.
        NotPaused <= GuidePairingRefusal::NotPaused(_),
    }
}

/// What became of `completePairing`.
#[derive(SimpleObject)]
pub(crate) struct CompletePairingPayload {
    /// The pairing; null when refused.
    pairing: Option<Pairing>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<CompletePairingError>,
}

user_errors! {
    /// Why mentoring was not completed.
    CompletePairingError, CompletePairingErrorCode for EndPairingRefusal {
        /// The two have not met; such a pairing is ended instead.
        NotStarted <= EndPairingRefusal::NotStarted(_),
        /// Only what is ACCEPTED, ACTIVE or PAUSED can end.
        NotRunning <= EndPairingRefusal::NotRunning(_),
        /// Nobody gives this reason; it comes by itself.
        ComesByItself <= EndPairingRefusal::ComesByItself(_),
        /// The note is empty, too long or has control characters.
        InvalidNote <= EndPairingRefusal::InvalidNote(_),
    }
}

/// What became of `endPairing`.
#[derive(SimpleObject)]
pub(crate) struct EndPairingPayload {
    /// The pairing; null when refused.
    pairing: Option<Pairing>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<EndPairingError>,
}

user_errors! {
    /// Why mentoring was not ended.
    EndPairingError, EndPairingErrorCode for EndPairingRefusal {
        /// The two have not met; such a pairing is ended instead.
        NotStarted <= EndPairingRefusal::NotStarted(_),
        /// Only what is ACCEPTED, ACTIVE or PAUSED can end.
        NotRunning <= EndPairingRefusal::NotRunning(_),
        /// Nobody gives this reason; it comes by itself.
        ComesByItself <= EndPairingRefusal::ComesByItself(_),
        /// The note is empty, too long or has control characters.
        InvalidNote <= EndPairingRefusal::InvalidNote(_),
    }
}

/// What became of `givePairingFeedback`.
#[derive(SimpleObject)]
pub(crate) struct GivePairingFeedbackPayload {
    /// The pairing; null when refused.
    pairing: Option<Pairing>,
    /// What is said now; null when refused.
    feedback: Option<PairingFeedback>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<GivePairingFeedbackError>,
}

user_errors! {
    /// Why feedback was not taken.
    GivePairingFeedbackError, GivePairingFeedbackErrorCode for GivePairingFeedbackRefusal {
        /// The two have not met.
        NotStarted <= GivePairingFeedbackRefusal::NotStarted(_),
        /// The rating is not 1 to 5.
        WrongRating <= GivePairingFeedbackRefusal::WrongRating(_),
        /// The comment is empty, too long or has control characters.
        InvalidComment <= GivePairingFeedbackRefusal::InvalidComment(_),
    }
}
