//! The objects of programs.

use async_graphql::{Context, ID, Object};
use futures_util::future::try_join_all;
use upskill_domain::access::Action;
use upskill_domain::kernel::{ParticipantId, ProgramId};
use upskill_domain::programs::{self as domain, Outline, ParticipantFilter};

use super::inputs::{ParticipantStatus, ProgramStatus};
use super::loaders::{Outlines, Participants, Programs};
use crate::graphql::catalog::Course;
use crate::graphql::context::RequestContext;
use crate::graphql::edges::{Reported, Skilled};
use crate::graphql::error::{ApiError, Isolated};
use crate::graphql::id::wire;
use crate::graphql::organization::{Department, Employee};
use crate::graphql::page::{Connection, PageArguments};
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::plain::Known;
use crate::graphql::scalars::{Date, DateTime};
use crate::graphql::skills::Skill;

/// An upskilling program: a goal, a period, courses and the people who take part. Drafts are seen by `HR_ADMIN`,
/// `HR_ANALYST` and the owner only; what was active once stays readable for every employee.
#[derive(Clone)]
pub(crate) struct Program(domain::Program);

impl From<domain::Program> for Program {
    fn from(program: domain::Program) -> Self {
        Self(program)
    }
}

impl Program {
    /// The program with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: ProgramId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<Programs, _>(id).await?.map(Self))
    }

    async fn outline(&self, ctx: &Context<'_>) -> Result<Outline, ApiError> {
        Ok(ctx.load::<Outlines, _>(self.0.id).await?.unwrap_or_default())
    }
}

impl Known for Program {
    const KNOWN: &'static [&'static str] =
        &["id", "name", "purpose", "startsOn", "endsOn", "status", "version"];
}

/// An upskilling program: a goal, a period, courses and the people who take part. Drafts are seen by `HR_ADMIN`,
/// `HR_ANALYST` and the owner only; what was active once stays readable for every employee.
#[Object]
impl Program {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// The name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it is for; null when nobody has said.
    async fn purpose(&self) -> Option<&str> {
        self.0.purpose.as_deref()
    }

    /// Who runs it.
    #[graphql(directive = personal::apply(DataClass::Activity, who(Action::ReadPrograms)))]
    async fn owner(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.owner).await.transpose()
    }

    /// The first day.
    async fn starts_on(&self) -> Date {
        Date(self.0.period.from())
    }

    /// The last day.
    async fn ends_on(&self) -> Date {
        Date(self.0.period.to())
    }

    /// Whether it runs.
    async fn status(&self) -> ProgramStatus {
        self.0.status.into()
    }

    /// The skills to reach.
    async fn target_skills(&self, ctx: &Context<'_>) -> Result<Vec<TargetSkill>, ApiError> {
        Ok(self.outline(ctx).await?.skills.into_iter().map(TargetSkill).collect())
    }

    /// The departments it is meant for; the whole employer when there is none.
    async fn departments(&self, ctx: &Context<'_>) -> Result<Vec<Department>, ApiError> {
        let ids = self.outline(ctx).await?.departments;
        let found = try_join_all(ids.into_iter().map(|id| Department::load(ctx, id))).await?;
        Ok(found.into_iter().flatten().collect())
    }

    /// The courses that lead there; those that the caller may not see are left out.
    async fn courses(&self, ctx: &Context<'_>) -> Result<Vec<Course>, ApiError> {
        Course::load_all(ctx, &self.outline(ctx).await?.courses).await
    }

    /// Who takes part, as far as the caller may see it: `HR_ADMIN`, `HR_ANALYST` and the owner everybody, others
    /// themself and those who report to them, directly or through others. The newest invitation stands last.
    #[graphql(directive = personal::apply(DataClass::Learning, who(Action::ReadParticipants)))]
    async fn participants(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Participant>, ApiError> {
        let filter = ParticipantFilter { programs: Some(vec![self.0.id]), ..ParticipantFilter::default() };
        Connection::read(ctx, filter, (), PageArguments { first, after, last, before }).await
    }

    /// Counts changes; give it back as `expectedVersion` when changing the program.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The reports about it.
    #[graphql(flatten)]
    #[expect(clippy::unused_async, reason = "a resolver is async")]
    async fn reported(&self) -> Reported {
        Reported::program(self.0.id)
    }

    /// What is known of the skills of its people.
    #[graphql(flatten)]
    #[expect(clippy::unused_async, reason = "a resolver is async")]
    async fn skilled(&self) -> Skilled {
        Skilled::program(self.0.id)
    }
}

/// A skill to reach.
pub(crate) struct TargetSkill(domain::TargetSkill);

/// A skill to reach.
#[Object]
impl TargetSkill {
    /// The skill.
    async fn skill(&self, ctx: &Context<'_>) -> Result<Skill, ApiError> {
        Skill::referred(ctx, self.0.skill).await
    }

    /// The level to reach, from 1 (novice) to 5 (expert).
    async fn level(&self) -> i32 {
        self.0.level.number()
    }
}

/// Somebody's part in a program. For the person, the managers above them, the program's owner, `HR_ADMIN` and
/// `HR_ANALYST`.
#[derive(Clone)]
pub(crate) struct Participant(domain::Participant);

impl From<domain::Participant> for Participant {
    fn from(participant: domain::Participant) -> Self {
        Self(participant)
    }
}

impl Participant {
    /// The participant with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: ParticipantId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<Participants, _>(id).await?.map(Self))
    }
}

impl Known for Participant {
    const KNOWN: &'static [&'static str] =
        &["id", "status", "invitedAt", "joinedAt", "completedAt", "leftAt"];
}

/// Somebody's part in a program. For the person, the managers above them, the program's owner, `HR_ADMIN` and
/// `HR_ANALYST`.
#[Object(directive = personal::apply(DataClass::Learning, who(Action::ReadParticipants)))]
impl Participant {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// The program.
    async fn program(&self, ctx: &Context<'_>) -> Isolated<Program> {
        Program::load(ctx, self.0.program).await.transpose()
    }

    /// The person.
    async fn employee(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.employee).await.transpose()
    }

    /// How far they are.
    async fn status(&self) -> ParticipantStatus {
        self.0.status.into()
    }

    /// When they were invited, the last time.
    async fn invited_at(&self) -> DateTime {
        DateTime(self.0.invited_at)
    }

    /// When they joined; null as long as they have not, since the last invitation.
    async fn joined_at(&self) -> Option<DateTime> {
        self.0.joined_at.map(DateTime)
    }

    /// When their completion was recorded; null as long as it is not.
    async fn completed_at(&self) -> Option<DateTime> {
        self.0.completed_at.map(DateTime)
    }

    /// When they declined or dropped out; null as long as they have not.
    async fn left_at(&self) -> Option<DateTime> {
        self.0.left_at.map(DateTime)
    }
}
