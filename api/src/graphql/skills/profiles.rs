//! Job profiles in the schema, and what people lack for them.

use async_graphql::{Context, ID, Object, SimpleObject};
use futures_util::future::try_join_all;
use upskill_domain::access::Action;
use upskill_domain::kernel::JobProfileId;
use upskill_domain::skills as domain;

use super::loaders::{JobProfiles, RequiredSkills};
use super::records::HeldSkill;
use super::types::Skill;
use crate::graphql::context::RequestContext;
use crate::graphql::edges::ProfileGapEdges;
use crate::graphql::error::ApiError;
use crate::graphql::id::wire;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::plain::Known;
use crate::graphql::scalars::Date;

/// A kind of job, and the skills that it asks for. Every employee may read it.
#[derive(Clone)]
pub(crate) struct JobProfile(domain::JobProfile);

impl From<domain::JobProfile> for JobProfile {
    fn from(profile: domain::JobProfile) -> Self {
        Self(profile)
    }
}

impl JobProfile {
    /// The profile with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: JobProfileId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<JobProfiles, _>(id).await?.map(Self))
    }

    /// The profile that something refers to, which therefore is there.
    async fn referred(ctx: &Context<'_>, id: JobProfileId) -> Result<Self, ApiError> {
        let found = Self::load(ctx, id).await?;
        found.ok_or_else(|| ApiError::internal("a job profile that something refers to is not there"))
    }
}

impl Known for JobProfile {
    const KNOWN: &'static [&'static str] = &["id", "name", "summary", "version"];
}

/// A kind of job, and the skills that it asks for. Every employee may read it.
#[Object]
impl JobProfile {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// The name, unique within the employer without regard to case and spacing.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What the job is about; null when nobody has said.
    async fn summary(&self) -> Option<&str> {
        self.0.summary.as_deref()
    }

    /// The skills that the job asks for on a day, in the order in which they were given; empty before its first
    /// requirements.
    async fn requirements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today when not given.")] as_of: Option<Date>,
    ) -> Result<Vec<JobRequirement>, ApiError> {
        let asked = (self.0.id, as_of.map(|day| day.0));
        let required = ctx.load::<RequiredSkills, _>(asked).await?.unwrap_or_default();
        try_join_all(required.into_iter().map(|required| JobRequirement::read(ctx, required))).await
    }

    /// Counts changes; give it back as `expectedVersion` when changing the profile.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// A skill that a job asks for.
#[derive(SimpleObject)]
pub(crate) struct JobRequirement {
    /// Which skill.
    skill: Skill,
    /// How well, 1 to 5.
    level: i32,
    /// Whether nobody can do the job without it.
    must_have: bool,
    /// How much it counts beside the others, 1 to 10.
    weight: i32,
}

impl JobRequirement {
    async fn read(ctx: &Context<'_>, required: domain::JobRequirement) -> Result<Self, ApiError> {
        let domain::JobRequirement { skill, level, must_have, weight } = required;
        Ok(Self { skill: Skill::referred(ctx, skill).await?, level: level.number(), must_have, weight })
    }
}

/// What somebody lacks for a job on a day.
pub(crate) struct ProfileGap(domain::ProfileGap);

impl From<domain::ProfileGap> for ProfileGap {
    fn from(gap: domain::ProfileGap) -> Self {
        Self(gap)
    }
}

/// What somebody lacks for a job on a day. For the person, the managers above them, `HR_ADMIN` and `HR_ANALYST`.
#[Object(directive = personal::apply(DataClass::Skills, who(Action::ReadSkillRecords)))]
impl ProfileGap {
    /// The job.
    async fn job_profile(&self, ctx: &Context<'_>) -> Result<JobProfile, ApiError> {
        JobProfile::referred(ctx, self.0.profile).await
    }

    /// The day.
    async fn as_of(&self) -> Date {
        Date(self.0.day)
    }

    /// Whether everything is held without which nobody can do the job, whatever the rest adds up to.
    async fn must_haves_met(&self) -> bool {
        self.0.must_haves_met()
    }

    /// Whether nothing is missing.
    async fn closed(&self) -> bool {
        self.0.is_closed()
    }

    /// How much of what the job asks for is held, by weight and level, in basis points: 10000 when nothing is missing. Each
    /// skill counts up to what is asked of it, so knowing one better makes up for no other.
    async fn coverage(&self) -> i32 {
        self.0.coverage()
    }

    /// What other capabilities know of the gap.
    #[graphql(flatten)]
    #[expect(clippy::unused_async, reason = "a resolver is async")]
    async fn edges(&self) -> ProfileGapEdges {
        ProfileGapEdges::of(self.0.needs())
    }

    /// Every skill that the job asks for, in its order.
    async fn skills(&self, ctx: &Context<'_>) -> Result<Vec<SkillGap>, ApiError> {
        try_join_all(self.0.skills.iter().map(|gap| SkillGap::read(ctx, gap))).await
    }
}

/// A skill that a job asks for, and how far somebody has it.
#[derive(SimpleObject)]
#[graphql(directive = personal::apply(DataClass::Skills, who(Action::ReadSkillRecords)))]
pub(crate) struct SkillGap {
    /// Which skill.
    skill: Skill,
    /// The level that is asked for, 1 to 5.
    required_level: i32,
    /// The level that is held, 1 to 5; 0 when nothing is known.
    held_level: i32,
    /// How many levels are missing; never below 0.
    missing_levels: i32,
    /// Whether nobody can do the job without it.
    must_have: bool,
    /// How much it counts beside the others, 1 to 10.
    weight: i32,
    /// What is held, and on whose word; null when nothing is known.
    held: Option<HeldSkill>,
}

impl SkillGap {
    async fn read(ctx: &Context<'_>, gap: &domain::SkillGap) -> Result<Self, ApiError> {
        let held = match gap.held.clone() {
            Some(held) => Some(HeldSkill::read(ctx, held).await?),
            None => None,
        };
        Ok(Self {
            skill: Skill::referred(ctx, gap.required.skill).await?,
            required_level: gap.required.level.number(),
            held_level: gap.level(),
            missing_levels: gap.missing(),
            must_have: gap.required.must_have,
            weight: gap.required.weight,
            held,
        })
    }
}
