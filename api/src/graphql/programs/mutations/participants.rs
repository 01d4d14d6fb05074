//! Inviting people, and what they make of it.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use upskill_domain::access::Action;
use upskill_domain::programs::{
    CompleteParticipationRefusal, InvitationOutcome, InvitationResult, InviteParticipantsRefusal,
    JoinProgramRefusal, LeaveProgramRefusal,
};

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::id::wire;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::programs::inputs::{
    CompleteParticipationInput, InviteParticipantsInput, JoinProgramInput, LeaveProgramInput,
};
use crate::graphql::programs::types::Participant;
use crate::graphql::refusal::{answered, user_errors};

/// Mutations of who takes part.
#[derive(Default)]
pub(crate) struct ParticipationMutations;

#[Object]
impl ParticipationMutations {
    /// Invites people into an active program, each on their own: one who cannot be invited does not hinder the others.
    /// Who has left the program is invited again; who takes part already stays as they are, so repeating is safe. For
    /// `HR_ADMIN` and the program's owner.
    async fn invite_participants(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The program and the people.")] input: InviteParticipantsInput,
    ) -> Isolated<InviteParticipantsPayload> {
        isolated(async {
            let outcome = ctx.app()?.programs().invite_participants(ctx.actor()?, input.try_into()?).await;
            let (results, user_errors) = answered(outcome)?;
            let results = results.map(|results| results.into_iter().map(Invitation::from).collect());
            let report = results.map(|results| InvitationReport { results });
            Ok(Some(InviteParticipantsPayload { report, user_errors }))
        })
        .await
    }

    /// The caller joins an active program into which they were invited. For that person.
    async fn join_program(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The program.")] input: JoinProgramInput,
    ) -> Isolated<JoinProgramPayload> {
        isolated(async {
            let outcome = ctx.app()?.programs().join_program(ctx.actor()?, input.try_into()?).await;
            let (participant, user_errors) = answered(outcome)?;
            Ok(Some(JoinProgramPayload { participant: participant.map(Participant::from), user_errors }))
        })
        .await
    }

    /// The caller declines the invitation into an active program, or drops out of it. For that person.
    async fn leave_program(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The program.")] input: LeaveProgramInput,
    ) -> Isolated<LeaveProgramPayload> {
        isolated(async {
            let outcome = ctx.app()?.programs().leave_program(ctx.actor()?, input.id.0).await;
            let (participant, user_errors) = answered(outcome)?;
            Ok(Some(LeaveProgramPayload { participant: participant.map(Participant::from), user_errors }))
        })
        .await
    }

    /// Records that somebody who has joined reached the program's goal; also after the program was closed. For
    /// `HR_ADMIN` and the program's owner.
    async fn complete_participation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The program and the person.")] input: CompleteParticipationInput,
    ) -> Isolated<CompleteParticipationPayload> {
        isolated(async {
            let outcome = ctx.app()?.programs().complete_participation(ctx.actor()?, input.into()).await;
            let (participant, user_errors) = answered(outcome)?;
            Ok(Some(CompleteParticipationPayload {
                participant: participant.map(Participant::from),
                user_errors,
            }))
        })
        .await
    }
}

/// What became of `inviteParticipants`.
#[derive(SimpleObject)]
pub(crate) struct InviteParticipantsPayload {
    /// What became of every person; null when the invitation as a whole was refused.
    report: Option<InvitationReport>,
    /// Why the invitation as a whole was refused; empty when it was done.
    user_errors: Vec<InviteParticipantsError>,
}

user_errors! {
    /// Why nobody was invited.
    InviteParticipantsError, InviteParticipantsErrorCode for InviteParticipantsRefusal {
        /// The program is not active.
        NotActive <= InviteParticipantsRefusal::NotActive(_),
        /// Nobody is named, or more than 1,000 people.
        WrongNumber <= InviteParticipantsRefusal::WrongNumber { .. },
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= InviteParticipantsRefusal::KeyReused(_),
    }
}

/// What became of the people on an invitation.
#[derive(SimpleObject)]
pub(crate) struct InvitationReport {
    /// A result for every person, in the order of the input.
    results: Vec<Invitation>,
}

/// What became of one person on an invitation.
#[derive(SimpleObject)]
#[graphql(directive = personal::apply(DataClass::Learning, who(Action::ManagePrograms)))]
pub(crate) struct Invitation {
    /// The person, as given.
    employee_id: ID,
    /// What became of it.
    outcome: InvitationOutcomeCode,
    /// Their part in the program; null when there is no such person.
    participant: Option<Participant>,
}

/// The fates of a person on an invitation.
#[derive(Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(name = "InvitationOutcome")]
pub(crate) enum InvitationOutcomeCode {
    /// Invited, for the first time or again.
    Invited,
    /// Takes part already; nothing changed.
    AlreadyTakesPart,
    /// There is no such person, or they have left the employer.
    UnknownEmployee,
}

impl From<InvitationResult> for Invitation {
    fn from(result: InvitationResult) -> Self {
        let (outcome, participant) = match result.outcome {
            InvitationOutcome::Invited(part) => (InvitationOutcomeCode::Invited, Some(part.into())),
            InvitationOutcome::AlreadyTakesPart(part) => {
                (InvitationOutcomeCode::AlreadyTakesPart, Some(part.into()))
            }
            InvitationOutcome::UnknownEmployee => (InvitationOutcomeCode::UnknownEmployee, None),
        };
        Self { employee_id: wire(result.employee), outcome, participant }
    }
}

/// What became of `joinProgram`.
#[derive(SimpleObject)]
pub(crate) struct JoinProgramPayload {
    /// The caller's part as it is now; null when refused.
    participant: Option<Participant>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<JoinProgramError>,
}

user_errors! {
    /// Why the caller did not join.
    JoinProgramError, JoinProgramErrorCode for JoinProgramRefusal {
        /// The program is not active.
        NotActive <= JoinProgramRefusal::NotActive(_),
        /// There is no open invitation.
        NotInvited <= JoinProgramRefusal::NotInvited,
        /// The caller takes part already.
        AlreadyTakesPart <= JoinProgramRefusal::AlreadyTakesPart(_),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= JoinProgramRefusal::KeyReused(_),
    }
}

/// What became of `leaveProgram`.
#[derive(SimpleObject)]
pub(crate) struct LeaveProgramPayload {
    /// The caller's part as it is now; null when refused.
    participant: Option<Participant>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<LeaveProgramError>,
}

user_errors! {
    /// Why the caller did not leave.
    LeaveProgramError, LeaveProgramErrorCode for LeaveProgramRefusal {
        /// The program is not active.
        NotActive <= LeaveProgramRefusal::NotActive(_),
        /// The caller takes no part.
        TakesNoPart <= LeaveProgramRefusal::TakesNoPart,
        /// The caller has completed the program.
        Completed <= LeaveProgramRefusal::Completed,
    }
}

/// What became of `completeParticipation`.
#[derive(SimpleObject)]
pub(crate) struct CompleteParticipationPayload {
    /// The person's part as it is now; null when refused.
    participant: Option<Participant>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<CompleteParticipationError>,
}

user_errors! {
    /// Why a completion was not recorded.
    CompleteParticipationError, CompleteParticipationErrorCode for CompleteParticipationRefusal {
        /// The person takes no part in the program.
        TakesNoPart <= CompleteParticipationRefusal::TakesNoPart,
        /// The person has not joined: invited only, completed already, or gone.
        NotJoined <= CompleteParticipationRefusal::NotJoined(_),
    }
}
