//! Goals, sessions and notes in the schema.

use async_graphql::{Context, ID, Object};
use futures_util::future::try_join_all;
use upskill_domain::access::Action;
use upskill_domain::kernel::{MentoringGoalId, MentoringSessionId};
use upskill_domain::mentoring as domain;

use super::Pairing;
use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated};
use crate::graphql::id::wire;
use crate::graphql::mentoring::inputs::{MentoringGoalStatus, SessionAttendance};
use crate::graphql::mentoring::loaders::{Goals, NotesOf, ObservedIn, Sessions};
use crate::graphql::organization::Employee;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::plain::Known;
use crate::graphql::scalars::{Date, DateTime, Url};
use crate::graphql::skills::Skill;

/// What a mentee wants to reach with their mentor. For the two, `HR_ADMIN` and `HR_ANALYST`.
#[derive(Clone)]
pub(crate) struct MentoringGoal(domain::MentoringGoal);

impl From<domain::MentoringGoal> for MentoringGoal {
    fn from(goal: domain::MentoringGoal) -> Self {
        Self(goal)
    }
}

impl MentoringGoal {
    /// The goal with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: MentoringGoalId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<Goals, _>(id).await?.map(Self))
    }
}

impl Known for MentoringGoal {
    const KNOWN: &'static [&'static str] =
        &["id", "text", "targetOn", "status", "evidence", "setAt", "closedAt", "version"];
}

/// What a mentee wants to reach with their mentor. For the two, `HR_ADMIN` and `HR_ANALYST`.
#[Object(directive = personal::apply(DataClass::Learning, who(Action::ReadMentoringSessions)))]
impl MentoringGoal {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// The pairing.
    async fn pairing(&self, ctx: &Context<'_>) -> Isolated<Pairing> {
        Pairing::load(ctx, self.0.pairing).await.transpose()
    }

    /// What is to be reached.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// By when; null when there is no day.
    async fn target_on(&self) -> Option<Date> {
        self.0.target_on.map(Date)
    }

    /// How far it is.
    async fn status(&self) -> MentoringGoalStatus {
        self.0.status.into()
    }

    /// Where it shows that it was reached; null when nobody has said.
    async fn evidence(&self) -> Option<Url> {
        self.0.evidence.clone().map(Url)
    }

    /// Who set it; null when the installation itself did.
    async fn set_by(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.set_by?).await.transpose()
    }

    /// When it was set.
    async fn set_at(&self) -> DateTime {
        DateTime(self.0.set_at)
    }

    /// When it was reached or given up; null as long as it is OPEN.
    async fn closed_at(&self) -> Option<DateTime> {
        self.0.closed_at.map(DateTime)
    }

    /// Counts changes; give it back as `expectedVersion` when changing the goal.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// One meeting of a mentor and a mentee. For the two, `HR_ADMIN` and `HR_ANALYST`.
#[derive(Clone)]
pub(crate) struct MentoringSession(domain::MentoringSession);

impl From<domain::MentoringSession> for MentoringSession {
    fn from(session: domain::MentoringSession) -> Self {
        Self(session)
    }
}

impl MentoringSession {
    /// The session with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: MentoringSessionId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<Sessions, _>(id).await?.map(Self))
    }
}

impl Known for MentoringSession {
    const KNOWN: &'static [&'static str] =
        &["id", "startsAt", "minutes", "attendance", "topics", "recordedAt", "version"];
}

/// One meeting of a mentor and a mentee. For the two, `HR_ADMIN` and `HR_ANALYST`.
#[Object(directive = personal::apply(DataClass::Learning, who(Action::ReadMentoringSessions)))]
impl MentoringSession {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// The pairing.
    async fn pairing(&self, ctx: &Context<'_>) -> Isolated<Pairing> {
        Pairing::load(ctx, self.0.pairing).await.transpose()
    }

    /// When it began, or was to begin.
    async fn starts_at(&self) -> DateTime {
        DateTime(self.0.starts_at)
    }

    /// How long it took, or was to take, in minutes: 1 to 480.
    async fn minutes(&self) -> i32 {
        self.0.minutes
    }

    /// Who came.
    async fn attendance(&self) -> SessionAttendance {
        self.0.attendance.into()
    }

    /// What it was about, in a line each; at most 20.
    async fn topics(&self) -> &[String] {
        &self.0.topics
    }

    /// The goals that they worked on; at most 20.
    async fn goals(&self, ctx: &Context<'_>) -> Result<Vec<MentoringGoal>, ApiError> {
        let goals = try_join_all(self.0.goals.iter().map(|id| MentoringGoal::load(ctx, *id))).await?;
        Ok(goals.into_iter().flatten().collect())
    }

    /// The skills that the mentor has seen the mentee apply, by what they spoke about.
    async fn observed_skills(&self, ctx: &Context<'_>) -> Result<Vec<ObservedSkill>, ApiError> {
        let observed = ctx.load::<ObservedIn, _>(self.0.id).await?.unwrap_or_default();
        Ok(observed.into_iter().map(ObservedSkill).collect())
    }

    /// What the two noted, in the order in which it was written; at most 50. For the two and nobody else; empty for everybody
    /// else.
    async fn notes(&self, ctx: &Context<'_>) -> Result<Vec<MentoringNote>, ApiError> {
        let notes = ctx.load::<NotesOf, _>(self.0.id).await?.unwrap_or_default();
        Ok(notes.into_iter().map(MentoringNote::from).collect())
    }

    /// Who recorded it; null when the installation itself did.
    async fn recorded_by(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.recorded_by?).await.transpose()
    }

    /// When it was recorded.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.0.recorded_at)
    }

    /// Counts corrections; give it back as `expectedVersion` when correcting the session.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// A skill that a mentor has seen a mentee apply. For the two, `HR_ADMIN` and `HR_ANALYST`.
pub(crate) struct ObservedSkill(domain::ObservedSkill);

/// A skill that a mentor has seen a mentee apply. For the two, `HR_ADMIN` and `HR_ANALYST`.
#[Object(directive = personal::apply(DataClass::Skills, who(Action::ReadMentoringSessions)))]
impl ObservedSkill {
    /// The skill.
    async fn skill(&self, ctx: &Context<'_>) -> Result<Skill, ApiError> {
        Skill::referred(ctx, self.0.skill).await
    }

    /// How well they apply it, from 1 (novice) to 5 (expert).
    async fn level(&self) -> i32 {
        self.0.level.number()
    }

    /// The id of the `SkillRecord` that it became.
    async fn skill_record_id(&self) -> ID {
        wire(self.0.record)
    }
}

/// What one of a pair wrote about a session. For the two and nobody else.
pub(crate) struct MentoringNote(domain::MentoringNote);

impl From<domain::MentoringNote> for MentoringNote {
    fn from(note: domain::MentoringNote) -> Self {
        Self(note)
    }
}

/// What one of a pair wrote about a session. For the two and nobody else.
#[Object(directive = personal::apply(DataClass::Opinion, who(Action::ShareMentoringNotes)))]
impl MentoringNote {
    /// Who wrote it.
    async fn by(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.by).await.transpose()
    }

    /// What.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// When.
    async fn written_at(&self) -> DateTime {
        DateTime(self.0.at)
    }
}
