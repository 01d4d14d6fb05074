//! Proposing pairings, and answering proposals.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::mentoring::{AcceptPairingRefusal, DeclinePairingRefusal, ProposePairingRefusal};

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::mentoring::inputs::{AcceptPairingInput, DeclinePairingInput, ProposePairingInput};
use crate::graphql::mentoring::types::Pairing;
use crate::graphql::refusal::{answered, user_errors};

/// Mutations of proposals.
#[derive(Default)]
pub(crate) struct PairingMutations;

#[Object]
impl PairingMutations {
    /// Proposes that somebody mentors somebody. It is accepted once mentor and mentee have both agreed; whoever of the two
    /// proposes it has agreed. A place of the mentor is taken from the moment in which they agree. For the mentee, the mentor,
    /// the managers above the mentee and `HR_ADMIN`.
    async fn propose_pairing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is to mentor whom.")] input: ProposePairingInput,
    ) -> Isolated<ProposePairingPayload> {
        isolated(async {
            let outcome = ctx.app()?.mentoring().propose_pairing(ctx.actor()?, input.try_into()?).await;
            let (pairing, user_errors) = answered(outcome)?;
            Ok(Some(ProposePairingPayload { pairing: pairing.map(Pairing::from), user_errors }))
        })
        .await
    }

    /// Agrees to a proposal. Once both have, the mentee's other proposals about the same are SUPERSEDED and the pairing that this
    /// one replaces ends, which frees their places. Agreeing again changes nothing. For the mentor and the mentee.
    async fn accept_pairing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proposal.")] input: AcceptPairingInput,
    ) -> Isolated<AcceptPairingPayload> {
        isolated(async {
            let outcome = ctx.app()?.mentoring().accept_pairing(ctx.actor()?, input.into()).await;
            let (pairing, user_errors) = answered(outcome)?;
            Ok(Some(AcceptPairingPayload { pairing: pairing.map(Pairing::from), user_errors }))
        })
        .await
    }

    /// Says no to a proposal, or takes it back. For the mentee, the mentor, the managers above the mentee and `HR_ADMIN`.
    async fn decline_pairing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proposal and the reason.")] input: DeclinePairingInput,
    ) -> Isolated<DeclinePairingPayload> {
        isolated(async {
            let outcome = ctx.app()?.mentoring().decline_pairing(ctx.actor()?, input.into()).await;
            let (pairing, user_errors) = answered(outcome)?;
            Ok(Some(DeclinePairingPayload { pairing: pairing.map(Pairing::from), user_errors }))
        })
        .await
    }
}

/// What became of `proposePairing`.
#[derive(SimpleObject)]
pub(crate) struct ProposePairingPayload {
    /// The pairing; null when refused.
    pairing: Option<Pairing>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<ProposePairingError>,
}

user_errors! {
    /// Why nothing was proposed.
    ProposePairingError, ProposePairingErrorCode for ProposePairingRefusal {
        /// There is no such mentor, or they have left.
        UnknownMentor <= ProposePairingRefusal::UnknownMentor(_),
        /// There is no such person, or they have left.
        UnknownEmployee <= ProposePairingRefusal::UnknownEmployee(_),
        /// Nobody mentors themself.
        Oneself <= ProposePairingRefusal::Oneself,
        /// The mentee reports to the mentor.
        OwnManager <= ProposePairingRefusal::OwnManager,
        /// Only `HR_ADMIN` may allow the mentee's own manager.
        ExceptionNotTheirs <= ProposePairingRefusal::ExceptionNotTheirs,
        /// The mentor takes nobody on today.
        MentorNotActive <= ProposePairingRefusal::MentorNotActive { .. },
        /// All places of the mentor are taken.
        NoPlace <= ProposePairingRefusal::NoPlace { .. },
        /// The two are paired about the same already.
        AlreadyPaired <= ProposePairingRefusal::AlreadyPaired { .. },
        /// Somebody mentors the mentee about the same already.
        AlreadyMentored <= ProposePairingRefusal::AlreadyMentored { .. },
        /// There is no such running pairing of the mentee about the same.
        NothingToReplace <= ProposePairingRefusal::NothingToReplace(_),
        /// There is no such enrollment of the mentee that has not ended.
        UnknownEnrollment <= ProposePairingRefusal::UnknownEnrollment(_),
        /// A proposal can be accepted for 1 to 90 days.
        WrongDays <= ProposePairingRefusal::WrongDays(_),
        /// The message is empty, too long or has control characters.
        InvalidMessage <= ProposePairingRefusal::InvalidMessage(_),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= ProposePairingRefusal::KeyReused(_),
    }
}

/// What became of `acceptPairing`.
#[derive(SimpleObject)]
pub(crate) struct AcceptPairingPayload {
    /// The pairing; null when refused.
    pairing: Option<Pairing>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<AcceptPairingError>,
}

user_errors! {
    /// Why a proposal was not accepted.
    AcceptPairingError, AcceptPairingErrorCode for AcceptPairingRefusal {
        /// Only what is PROPOSED is accepted.
        NotProposed <= AcceptPairingRefusal::NotProposed(_),
        /// The last day to accept it has passed.
        Late <= AcceptPairingRefusal::Late { .. },
        /// All places of the mentor are taken.
        NoPlace <= AcceptPairingRefusal::NoPlace { .. },
        /// Somebody mentors the mentee about the same already.
        AlreadyMentored <= AcceptPairingRefusal::AlreadyMentored { .. },
        /// The mentor or the mentee has left.
        SomebodyLeft <= AcceptPairingRefusal::SomebodyLeft,
    }
}

/// What became of `declinePairing`.
#[derive(SimpleObject)]
pub(crate) struct DeclinePairingPayload {
    /// The pairing; null when refused.
    pairing: Option<Pairing>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<DeclinePairingError>,
}

user_errors! {
    /// Why a proposal was not declined.
    DeclinePairingError, DeclinePairingErrorCode for DeclinePairingRefusal {
        /// Only what is PROPOSED is declined; what runs is ended.
        NotProposed <= DeclinePairingRefusal::NotProposed(_),
        /// The note is empty, too long or has control characters.
        InvalidNote <= DeclinePairingRefusal::InvalidNote(_),
    }
}
