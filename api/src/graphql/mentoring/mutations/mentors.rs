//! Becoming a mentor, and changing the profile.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::mentoring::MentorRefusal;

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::mentoring::inputs::{BecomeMentorInput, ChangeMentorInput};
use crate::graphql::mentoring::types::Mentor;
use crate::graphql::refusal::{answered, user_errors};

/// Mutations of mentors.
#[derive(Default)]
pub(crate) struct MentorMutations;

#[Object]
impl MentorMutations {
    /// Makes the caller a mentor, or somebody else for `HR_ADMIN`. A person has one profile at most.
    async fn become_mentor(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What they offer.")] input: BecomeMentorInput,
    ) -> Isolated<BecomeMentorPayload> {
        isolated(async {
            let outcome = ctx.app()?.mentoring().become_mentor(ctx.actor()?, input.try_into()?).await;
            let (mentor, user_errors) = answered(outcome)?;
            Ok(Some(BecomeMentorPayload { mentor: mentor.map(Mentor::from), user_errors }))
        })
        .await
    }

    /// Changes a mentor's profile. Whom they mentor they go on to mentor. For the mentor and `HR_ADMIN`.
    async fn change_mentor(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: ChangeMentorInput,
    ) -> Isolated<ChangeMentorPayload> {
        isolated(async {
            let outcome = ctx.app()?.mentoring().change_mentor(ctx.actor()?, input.try_into()?).await;
            let (mentor, user_errors) = answered(outcome)?;
            Ok(Some(ChangeMentorPayload { mentor: mentor.map(Mentor::from), user_errors }))
        })
        .await
    }
}

/// What became of `becomeMentor`.
#[derive(SimpleObject)]
pub(crate) struct BecomeMentorPayload {
    /// The mentor; null when refused.
    mentor: Option<Mentor>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<BecomeMentorError>,
}

user_errors! {
    /// Why nobody became a mentor.
    BecomeMentorError, BecomeMentorErrorCode for MentorRefusal {
        /// There is no such person, or they have left.
        UnknownEmployee <= MentorRefusal::UnknownEmployee(_),
        /// The person has a profile already.
        AlreadyMentor <= MentorRefusal::AlreadyMentor(_),
        /// There is no such skill.
        UnknownSkill <= MentorRefusal::UnknownSkill(_),
        /// A mentor helps in 1 to 50 skills.
        WrongSkills <= MentorRefusal::WrongSkills(_),
        /// A mentor speaks 1 to 50 languages.
        WrongLanguages <= MentorRefusal::WrongLanguages(_),
        /// A mentor has places for 1 to 50 people.
        WrongCapacity <= MentorRefusal::WrongCapacity(_),
        /// More places are taken than there would be.
        PlacesTaken <= MentorRefusal::PlacesTaken { .. },
        /// The last day is before the first.
        EndsBeforeStart <= MentorRefusal::EndsBeforeStart { .. },
        /// What the mentor says of themself is empty, too long or has control characters.
        InvalidAbout <= MentorRefusal::InvalidAbout(_),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= MentorRefusal::KeyReused(_),
    }
}

/// What became of `changeMentor`.
#[derive(SimpleObject)]
pub(crate) struct ChangeMentorPayload {
    /// The mentor; null when refused.
    mentor: Option<Mentor>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<ChangeMentorError>,
}

user_errors! {
    /// Why a mentor's profile was not changed.
    ChangeMentorError, ChangeMentorErrorCode for MentorRefusal {
        /// There is no such person, or they have left.
        UnknownEmployee <= MentorRefusal::UnknownEmployee(_),
        /// The person has a profile already.
        AlreadyMentor <= MentorRefusal::AlreadyMentor(_),
        /// There is no such skill.
        UnknownSkill <= MentorRefusal::UnknownSkill(_),
        /// A mentor helps in 1 to 50 skills.
        WrongSkills <= MentorRefusal::WrongSkills(_),
        /// A mentor speaks 1 to 50 languages.
        WrongLanguages <= MentorRefusal::WrongLanguages(_),
        /// A mentor has places for 1 to 50 people.
        WrongCapacity <= MentorRefusal::WrongCapacity(_),
        /// More places are taken than there would be.
        PlacesTaken <= MentorRefusal::PlacesTaken { .. },
        /// The last day is before the first.
        EndsBeforeStart <= MentorRefusal::EndsBeforeStart { .. },
        /// What the mentor says of themself is empty, too long or has control characters.
        InvalidAbout <= MentorRefusal::InvalidAbout(_),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= MentorRefusal::KeyReused(_),
    }
}
