//! Who masters what, in the schema.

use async_graphql::{Context, ID, Object, SimpleObject};
use upskill_domain::access::Action;
use upskill_domain::kernel::SkillRecordId;
use upskill_domain::skills as domain;

use super::inputs::SkillEvidence;
use super::loaders::SkillRecords;
use super::types::Skill;
use crate::graphql::context::RequestContext;
use crate::graphql::edges::SkillRecordEdges;
use crate::graphql::error::{ApiError, Isolated};
use crate::graphql::id::wire;
use crate::graphql::organization::Employee;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::plain::Known;
use crate::graphql::scalars::{Date, DateTime, Url};

/// What one kind of evidence says of one skill of one person, from a day on until the next record of that kind begins.
/// Records are never changed. For the person, the managers above them, `HR_ADMIN` and `HR_ANALYST`.
#[derive(Clone)]
pub(crate) struct SkillRecord(domain::SkillRecord);

impl From<domain::SkillRecord> for SkillRecord {
    fn from(record: domain::SkillRecord) -> Self {
        Self(record)
    }
}

impl SkillRecord {
    /// The record with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: SkillRecordId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<SkillRecords, _>(id).await?.map(Self))
    }
}

impl Known for SkillRecord {
    const KNOWN: &'static [&'static str] =
        &["id", "level", "evidence", "fromOn", "untilOn", "url", "note", "recordedAt"];
}

/// What one kind of evidence says of one skill of one person, from a day on until the next record of that kind begins.
/// Records are never changed. For the person, the managers above them, `HR_ADMIN` and `HR_ANALYST`.
#[Object(directive = personal::apply(DataClass::Skills, who(Action::ReadSkillRecords)))]
impl SkillRecord {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// Who.
    async fn employee(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.employee).await.transpose()
    }

    /// Which skill.
    async fn skill(&self, ctx: &Context<'_>) -> Result<Skill, ApiError> {
        Skill::referred(ctx, self.0.skill).await
    }

    /// How well, 1 to 5; null where the record ends what its kind of evidence said before.
    async fn level(&self) -> Option<i32> {
        self.0.level.map(domain::SkillLevel::number)
    }

    /// On whose word it rests.
    async fn evidence(&self) -> SkillEvidence {
        self.0.evidence.into()
    }

    /// The first day on which it holds.
    async fn from_on(&self) -> Date {
        Date(self.0.from_on)
    }

    /// The last day on which it holds, where it runs out by itself; null where it does not.
    async fn until_on(&self) -> Option<Date> {
        self.0.until_on.map(Date)
    }

    /// Where the evidence lies; null when nobody has said.
    async fn url(&self) -> Option<Url> {
        self.0.link.clone().map(Url)
    }

    /// A remark; null when there is none.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Who recorded it; null for the installation itself.
    async fn recorded_by(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.by?).await.transpose()
    }

    /// When.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.0.at)
    }

    /// What other capabilities know of it.
    #[graphql(flatten)]
    #[expect(clippy::unused_async, reason = "a resolver is async")]
    async fn edges(&self) -> SkillRecordEdges {
        SkillRecordEdges::of(self.0.enrollment)
    }
}

/// How well somebody masters a skill on a day. What was proved (`ASSESSED`, `CREDENTIAL`) is held at least; what others have
/// observed may lie above it, of whom `MENTOR` comes before `MANAGER` and `MANAGER` before `PEER`; what the person says of
/// themself (`SELF`) counts as long as nobody else has said anything.
#[derive(SimpleObject)]
#[graphql(directive = personal::apply(DataClass::Skills, who(Action::ReadSkillRecords)))]
pub(crate) struct HeldSkill {
    /// Which skill.
    skill: Skill,
    /// How well, 1 to 5.
    level: i32,
    /// On whose word the level rests.
    evidence: SkillEvidence,
    /// What each kind of evidence says on the day: the one that counts first, then the others, the strongest first.
    records: Vec<SkillRecord>,
}

impl HeldSkill {
    /// A held skill with its word of the vocabulary.
    pub(super) async fn read(ctx: &Context<'_>, held: domain::HeldSkill) -> Result<Self, ApiError> {
        let domain::HeldSkill { skill, level, evidence, records } = held;
        Ok(Self {
            skill: Skill::referred(ctx, skill).await?,
            level: level.number(),
            evidence: evidence.into(),
            records: records.into_iter().map(SkillRecord).collect(),
        })
    }
}
