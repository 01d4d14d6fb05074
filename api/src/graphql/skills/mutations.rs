//! What can be done to the vocabulary of skills, and to what is known of people.

mod profiles;

use async_graphql::{Context, MergedObject, Object, SimpleObject};
use upskill_domain::skills::{AssessSkillRefusal, CreateSkillRefusal, StateSkillRefusal};

use super::inputs::{AssessSkillInput, CreateSkillInput, StateSkillInput};
use super::records::SkillRecord;
use super::types::Skill;
use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::refusal::{answered, user_errors};

/// Mutations of skills and jobs.
#[derive(MergedObject, Default)]
pub(crate) struct SkillMutations(LevelMutations, profiles::JobProfileMutations);

/// Mutations of skills.
#[derive(Default)]
pub(crate) struct LevelMutations;

#[Object]
impl LevelMutations {
    /// Adds a skill to the vocabulary. For `HR_ADMIN`. Imports of courses add the skills that they name by themselves.
    async fn create_skill(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The skill.")] input: CreateSkillInput,
    ) -> Isolated<CreateSkillPayload> {
        isolated(async {
            let outcome = ctx.app()?.skills().create_skill(ctx.actor()?, input.try_into()?).await;
            let (skill, user_errors) = answered(outcome)?;
            Ok(Some(CreateSkillPayload { skill: skill.map(Skill::from), user_errors }))
        })
        .await
    }

    /// Says how well the caller masters a skill, by their own word, or takes it back with level 0. Saying the same again on
    /// the same day changes nothing. For every employee, of themself.
    async fn state_skill(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The skill and the level.")] input: StateSkillInput,
    ) -> Isolated<StateSkillPayload> {
        isolated(async {
            let outcome = ctx.app()?.skills().state_skill(ctx.actor()?, input.try_into()?).await;
            let (record, user_errors) = answered(outcome)?;
            Ok(Some(StateSkillPayload { skill_record: record.map(SkillRecord::from), user_errors }))
        })
        .await
    }

    /// Says how well somebody masters a skill, or ends with level 0 what was said before. Saying the same again for the same
    /// day changes nothing; another level for the same day corrects it. With the evidence MANAGER for the managers above
    /// the person and `HR_ADMIN`, with any other but SELF for `HR_ADMIN`; nobody assesses themself.
    async fn assess_skill(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The person, the skill, the level and the evidence.")] input: AssessSkillInput,
    ) -> Isolated<AssessSkillPayload> {
        isolated(async {
            let outcome = ctx.app()?.skills().assess_skill(ctx.actor()?, input.try_into()?).await;
            let (record, user_errors) = answered(outcome)?;
            Ok(Some(AssessSkillPayload { skill_record: record.map(SkillRecord::from), user_errors }))
        })
        .await
    }
}

/// What became of `createSkill`.
#[derive(SimpleObject)]
pub(crate) struct CreateSkillPayload {
    /// The skill; null when refused.
    skill: Option<Skill>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<CreateSkillError>,
}

user_errors! {
    /// Why a skill was not created.
    CreateSkillError, CreateSkillErrorCode for CreateSkillRefusal {
        /// Another skill has the name.
        NameTaken <= CreateSkillRefusal::NameTaken(_),
        /// The name is empty, too long or has control characters.
        InvalidName <= CreateSkillRefusal::InvalidName(_),
        /// The area is empty, too long or has control characters.
        InvalidArea <= CreateSkillRefusal::InvalidArea(_),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= CreateSkillRefusal::KeyReused(_),
    }
}

/// What became of `stateSkill`.
#[derive(SimpleObject)]
pub(crate) struct StateSkillPayload {
    /// What holds now; null when refused.
    skill_record: Option<SkillRecord>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<StateSkillError>,
}

user_errors! {
    /// Why a level was not recorded.
    StateSkillError, StateSkillErrorCode for StateSkillRefusal {
        /// There is no such skill.
        UnknownSkill <= StateSkillRefusal::UnknownSkill(_),
        /// The first day is still to come.
        InFuture <= StateSkillRefusal::InFuture { .. },
        /// The last day is before the first.
        EndsBeforeStart <= StateSkillRefusal::EndsBeforeStart { .. },
        /// There is no level that could end.
        NothingToEnd <= StateSkillRefusal::NothingToEnd(_),
        /// Level 0 has no last day.
        EndWithEnd <= StateSkillRefusal::EndWithEnd,
        /// The note is empty, too long or has control characters.
        InvalidNote <= StateSkillRefusal::InvalidNote(_),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= StateSkillRefusal::KeyReused(_),
    }
}

/// What became of `assessSkill`.
#[derive(SimpleObject)]
pub(crate) struct AssessSkillPayload {
    /// What holds now; null when refused.
    skill_record: Option<SkillRecord>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<AssessSkillError>,
}

user_errors! {
    /// Why somebody's level was not assessed.
    AssessSkillError, AssessSkillErrorCode for AssessSkillRefusal {
        /// There is no such person, or they have left.
        UnknownEmployee <= AssessSkillRefusal::UnknownEmployee(_),
        /// Nobody assesses themself; `stateSkill` says what somebody thinks of their own level.
        OwnSkill <= AssessSkillRefusal::Oneself,
        /// SELF is what people say of themselves.
        NotTheirWord <= AssessSkillRefusal::NotTheirWord,
        /// There is no such skill.
        UnknownSkill <= AssessSkillRefusal::Statement(StateSkillRefusal::UnknownSkill(_)),
        /// The first day is still to come.
        InFuture <= AssessSkillRefusal::Statement(StateSkillRefusal::InFuture { .. }),
        /// The last day is before the first.
        EndsBeforeStart <= AssessSkillRefusal::Statement(StateSkillRefusal::EndsBeforeStart { .. }),
        /// There is no level of this kind of evidence that could end.
        NothingToEnd <= AssessSkillRefusal::Statement(StateSkillRefusal::NothingToEnd(_)),
        /// Level 0 has no last day.
        EndWithEnd <= AssessSkillRefusal::Statement(StateSkillRefusal::EndWithEnd),
        /// The note is empty, too long or has control characters.
        InvalidNote <= AssessSkillRefusal::Statement(StateSkillRefusal::InvalidNote(_)),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= AssessSkillRefusal::Statement(StateSkillRefusal::KeyReused(_)),
    }
}
