//! What can be done to the vocabulary of skills.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::skills::CreateSkillRefusal;

use super::inputs::CreateSkillInput;
use super::types::Skill;
use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::refusal::{answered, user_errors};

/// Mutations of skills.
#[derive(Default)]
pub(crate) struct SkillMutations;

#[Object]
impl SkillMutations {
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
