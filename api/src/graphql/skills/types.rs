//! The objects of skills.

use async_graphql::{Context, ID, Object};
use upskill_domain::kernel::SkillId;
use upskill_domain::skills as domain;

use super::inputs::SkillKind;
use super::loaders::Skills;
use crate::graphql::context::RequestContext;
use crate::graphql::error::ApiError;
use crate::graphql::id::wire;
use crate::graphql::plain::Known;
use crate::graphql::scalars::Url;

/// A skill: one word of the employer's vocabulary, in which courses say what they teach and programs what they aim at.
#[derive(Clone)]
pub(crate) struct Skill(domain::Skill);

impl From<domain::Skill> for Skill {
    fn from(skill: domain::Skill) -> Self {
        Self(skill)
    }
}

impl Skill {
    /// The skill with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: SkillId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<Skills, _>(id).await?.map(Self))
    }

    /// The skill that something refers to, which therefore is there.
    pub(crate) async fn referred(ctx: &Context<'_>, id: SkillId) -> Result<Self, ApiError> {
        let found = Self::load(ctx, id).await?;
        found.ok_or_else(|| ApiError::internal("a skill that something refers to is not there"))
    }
}

impl Known for Skill {
    const KNOWN: &'static [&'static str] = &["id", "name", "kind", "area", "uri"];
}

/// A skill: one word of the employer's vocabulary, in which courses say what they teach and programs what they aim at.
#[Object]
impl Skill {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// The name, unique within the employer without regard to case and spacing.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What sort of thing it is.
    async fn kind(&self) -> SkillKind {
        self.0.kind.into()
    }

    /// The area that the employer files it under; null when it is filed nowhere.
    async fn area(&self) -> Option<&str> {
        self.0.area.as_deref()
    }

    /// The public concept that it stands for, for example in ESCO; null when none has been named.
    async fn uri(&self) -> Option<Url> {
        self.0.uri.clone().map(Url)
    }
}
