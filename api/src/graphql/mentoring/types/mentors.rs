//! Mentors in the schema.

use async_graphql::{Context, ID, Object};
use upskill_domain::access::Action;
use upskill_domain::kernel::MentorId;
use upskill_domain::mentoring as domain;

use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated};
use crate::graphql::id::wire;
use crate::graphql::mentoring::loaders::{Expertises, Mentors};
use crate::graphql::organization::Employee;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::plain::Known;
use crate::graphql::scalars::{Date, Locale, TimeZone};
use crate::graphql::skills::Skill;

/// Somebody who mentors, and what they offer. For every employee.
#[derive(Clone)]
pub(crate) struct Mentor(pub(crate) domain::Mentor);

impl From<domain::Mentor> for Mentor {
    fn from(mentor: domain::Mentor) -> Self {
        Self(mentor)
    }
}

impl Mentor {
    /// The mentor with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: MentorId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<Mentors, _>(id).await?.map(Self))
    }

    async fn expertise(&self, ctx: &Context<'_>) -> Result<domain::Expertise, ApiError> {
        Ok(ctx.load::<Expertises, _>(self.0.id).await?.unwrap_or_default())
    }
}

impl Known for Mentor {
    const KNOWN: &'static [&'static str] = &[
        "id",
        "about",
        "timeZone",
        "capacity",
        "placesTaken",
        "placesFree",
        "activeFrom",
        "activeTo",
        "version",
    ];
}

/// Somebody who mentors, and what they offer. For every employee.
#[Object(directive = personal::apply(DataClass::Skills, who(Action::ReadMentors)))]
impl Mentor {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// Who.
    async fn employee(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.employee).await.transpose()
    }

    /// What they say of themself as a mentor; null when they have not.
    async fn about(&self) -> Option<&str> {
        self.0.about.as_deref()
    }

    /// The skills in which they help, at most 50.
    async fn skills(&self, ctx: &Context<'_>) -> Result<Vec<MentoredSkill>, ApiError> {
        Ok(self.expertise(ctx).await?.skills.into_iter().map(MentoredSkill).collect())
    }

    /// The languages in which they mentor, at most 50.
    async fn languages(&self, ctx: &Context<'_>) -> Result<Vec<Locale>, ApiError> {
        Ok(self.expertise(ctx).await?.languages.into_iter().map(Locale).collect())
    }

    /// Where their working days begin.
    async fn time_zone(&self) -> TimeZone {
        TimeZone(self.0.time_zone.name().to_owned())
    }

    /// How many mentees they have places for: 1 to 50.
    async fn capacity(&self) -> i32 {
        self.0.capacity
    }

    /// How many of these places are taken: by everybody to whom they have agreed and whose pairing is not over.
    async fn places_taken(&self) -> i32 {
        self.0.places_taken
    }

    /// How many are free.
    async fn places_free(&self) -> i32 {
        self.0.places_free()
    }

    /// The first day on which they take somebody on.
    async fn active_from(&self) -> Date {
        Date(self.0.active_from)
    }

    /// The last one; null when it is open. Whom they mentor by then they go on to mentor.
    async fn active_to(&self) -> Option<Date> {
        self.0.active_to.map(Date)
    }

    /// Counts changes of the profile; give it back as `expectedVersion` when changing it.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// A skill that somebody mentors.
pub(crate) struct MentoredSkill(domain::MentoredSkill);

/// A skill that somebody mentors.
#[Object(directive = personal::apply(DataClass::Skills, who(Action::ReadMentors)))]
impl MentoredSkill {
    /// The skill.
    async fn skill(&self, ctx: &Context<'_>) -> Result<Skill, ApiError> {
        Skill::referred(ctx, self.0.skill).await
    }

    /// Up to which level they can take somebody, from 1 (novice) to 5 (expert).
    async fn level(&self) -> i32 {
        self.0.level.number()
    }
}
