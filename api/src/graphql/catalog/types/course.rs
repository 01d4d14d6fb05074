//! A course.

use async_graphql::{Context, ID, Object, SimpleObject};
use futures_util::future::try_join_all;
use upskill_domain::catalog::{self as domain, CourseCard, Syllabus};
use upskill_domain::kernel::{CourseId, Joined, SkillId};
use upskill_domain::skills::SkillLevel;

use super::Provider;
use super::price::CoursePrice;
use crate::graphql::catalog::inputs::{
    AssessmentType, CourseStatus, MicroCredentialElement, Participation, Supervision,
};
use crate::graphql::catalog::loaders::{Courses, Syllabi};
use crate::graphql::context::RequestContext;
use crate::graphql::edges::Reported;
use crate::graphql::error::ApiError;
use crate::graphql::id::wire;
use crate::graphql::page::{Connection, PageArguments};
use crate::graphql::plain::Known;
use crate::graphql::scalars::{DateTime, Decimal, Locale, Money, Url};
use crate::graphql::skills::Skill;

/// A course: a micro-credential on offer. Drafts are seen by `HR_ADMIN` and `HR_ANALYST` only; what was published once
/// stays readable for every employee.
#[derive(Clone)]
pub(crate) struct Course(CourseCard);

impl From<CourseCard> for Course {
    fn from(card: CourseCard) -> Self {
        Self(card)
    }
}

impl From<domain::Course> for Course {
    fn from(course: domain::Course) -> Self {
        Self(CourseCard { course, provider: Joined::Unasked })
    }
}

impl Course {
    /// The course with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: CourseId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<Courses, _>(id).await?.map(Self::from))
    }

    /// Those of several courses that the caller may see.
    pub(crate) async fn load_all(ctx: &Context<'_>, ids: &[CourseId]) -> Result<Vec<Self>, ApiError> {
        let found = try_join_all(ids.iter().map(|id| Self::load(ctx, *id))).await?;
        Ok(found.into_iter().flatten().collect())
    }

    async fn syllabus(&self, ctx: &Context<'_>) -> Result<Syllabus, ApiError> {
        Ok(ctx.load::<Syllabi, _>(self.0.course.id).await?.unwrap_or_default())
    }

    async fn offered_by(&self, ctx: &Context<'_>) -> Result<Provider, ApiError> {
        match &self.0.provider {
            Joined::Present(provider) => Ok(provider.as_ref().clone().into()),
            Joined::Unasked | Joined::Absent => Provider::referred(ctx, self.0.course.provider).await,
        }
    }
}

impl Known for Course {
    const KNOWN: &'static [&'static str] = &[
        "id",
        "code",
        "title",
        "summary",
        "subjectArea",
        "language",
        "participation",
        "durationWeeks",
        "workloadHours",
        "paidReleaseHours",
        "ects",
        "eqfLevel",
        "assessmentType",
        "supervision",
        "learningOutcomes",
        "milestones",
        "creditToward",
        "url",
        "price",
        "status",
        "createdAt",
        "version",
    ];
}

/// A course: a micro-credential on offer. Drafts are seen by `HR_ADMIN` and `HR_ANALYST` only; what was published once
/// stays readable for every employee.
#[Object]
impl Course {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.course.id)
    }

    /// The code by which other systems know it, unique within the employer. It never changes.
    async fn code(&self) -> &str {
        &self.0.course.code
    }

    /// The title.
    async fn title(&self) -> &str {
        &self.0.course.title
    }

    /// What it is about, in a few sentences; null when nobody has said.
    async fn summary(&self) -> Option<&str> {
        self.0.course.summary.as_deref()
    }

    /// Who offers it.
    async fn provider(&self, ctx: &Context<'_>) -> Result<Provider, ApiError> {
        self.offered_by(ctx).await
    }

    /// What it is about, as a field of education; null when nobody has said.
    async fn subject_area(&self) -> Option<SubjectArea> {
        self.0.course.subject.as_ref().map(SubjectArea::from)
    }

    /// The language of instruction; null when unknown.
    async fn language(&self) -> Option<Locale> {
        self.0.course.language.clone().map(Locale)
    }

    /// Where it takes place; null when unknown.
    async fn participation(&self) -> Option<Participation> {
        self.0.course.participation.map(Into::into)
    }

    /// How long it takes beside the job; null when unknown.
    async fn duration_weeks(&self) -> Option<WeekRange> {
        self.0.course.duration.map(|weeks| WeekRange { min: weeks.min(), max: weeks.max() })
    }

    /// Hours of work for the learner, 1 to 10,000; null when unknown.
    async fn workload_hours(&self) -> Option<i32> {
        self.0.course.workload_hours
    }

    /// Hours of these that the employer gives; null when nothing has been agreed.
    async fn paid_release_hours(&self) -> Option<i32> {
        self.0.course.paid_release_hours
    }

    /// ECTS credits it carries; null when it carries none.
    async fn ects(&self) -> Option<Decimal> {
        self.0.course.ects.map(|credits| Decimal(credits.decimal()))
    }

    /// The level of the qualification it belongs to, EQF 1 to 8; null where there is no such level.
    async fn eqf_level(&self) -> Option<i32> {
        self.0.course.eqf_level.map(domain::EqfLevel::number)
    }

    /// How it is assessed; null when unknown.
    async fn assessment_type(&self) -> Option<AssessmentType> {
        self.0.course.assessment.map(Into::into)
    }

    /// Who watches the assessment; null when unknown.
    async fn supervision(&self) -> Option<Supervision> {
        self.0.course.supervision.map(Into::into)
    }

    /// What learners will know and be able to do.
    async fn learning_outcomes(&self) -> &[String] {
        &self.0.course.learning_outcomes
    }

    /// Its parts beside those of every micro-credential, in their order. Who is enrolled keeps those that it had then.
    async fn milestones(&self) -> Vec<CourseMilestone> {
        self.0.course.milestones.iter().cloned().map(CourseMilestone::from).collect()
    }

    /// The skills it teaches, by name.
    async fn skills(&self, ctx: &Context<'_>) -> Result<Vec<TaughtSkill>, ApiError> {
        Ok(self.syllabus(ctx).await?.skills.into_iter().map(TaughtSkill).collect())
    }

    /// What it takes to be ready for it.
    async fn prerequisites(&self, ctx: &Context<'_>) -> Result<Prerequisites, ApiError> {
        Ok(Prerequisites(self.syllabus(ctx).await?.prerequisites))
    }

    /// What it counts toward; null when it stands alone.
    async fn credit_toward(&self) -> Option<&str> {
        self.0.course.credit_toward.as_deref()
    }

    /// Where to read more; null when unknown.
    async fn url(&self) -> Option<Url> {
        self.0.course.url.clone().map(Url)
    }

    /// The list price per person as of now. Null means unknown: then the course cannot be requested without a quote. 0
    /// is a price.
    async fn price(&self) -> Option<Money> {
        self.0.course.price.map(Money::from)
    }

    /// Every list price it has had, the newest last.
    async fn prices(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Result<Connection<CoursePrice>, ApiError> {
        Connection::read(ctx, self.0.course.id, (), PageArguments { first, after, last, before }).await
    }

    /// Whether it can be taken.
    async fn status(&self) -> CourseStatus {
        self.0.course.status.into()
    }

    /// Where the 11 mandatory elements of a European micro-credential stand for it.
    async fn micro_credential_completeness(
        &self,
        ctx: &Context<'_>,
    ) -> Result<MicroCredentialCompleteness, ApiError> {
        let provider = self.offered_by(ctx).await?;
        Ok(self.0.course.micro_credential_completeness(&provider.0).into())
    }

    /// When it came into the catalog.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.course.created_at)
    }

    /// Counts changes; give it back as `expectedVersion` when changing the course.
    async fn version(&self) -> i32 {
        self.0.course.version
    }

    /// The reports about it.
    #[graphql(flatten)]
    #[expect(clippy::unused_async, reason = "a resolver is async")]
    async fn reported(&self) -> Reported {
        Reported::course(self.0.course.id)
    }
}

/// A field of education and training of ISCED-F 2013.
#[derive(SimpleObject)]
pub(crate) struct SubjectArea {
    /// The code of a broad (`06`), narrow (`061`) or detailed (`0612`) field.
    code: String,
    /// The code of the broad field.
    broad_field: String,
    /// The title of the broad field.
    title: &'static str,
    /// Whether it is science, technology, engineering or mathematics (MINT): the broad fields 05, 06 and 07.
    stem: bool,
}

impl From<&domain::SubjectArea> for SubjectArea {
    fn from(area: &domain::SubjectArea) -> Self {
        let (code, broad_field) = (area.code().to_owned(), area.broad().to_owned());
        Self { code, broad_field, title: area.title(), stem: area.stem() }
    }
}

/// A number of weeks from the quickest to the slowest.
#[derive(SimpleObject)]
pub(crate) struct WeekRange {
    /// The quickest, 1 to 520.
    min: i32,
    /// The slowest, 1 to 520.
    max: i32,
}

/// A skill that a course teaches.
pub(crate) struct TaughtSkill(domain::TaughtSkill);

/// A skill that a course teaches.
#[Object]
impl TaughtSkill {
    /// The skill.
    async fn skill(&self, ctx: &Context<'_>) -> Result<Skill, ApiError> {
        Skill::referred(ctx, self.0.skill).await
    }

    /// The skill's name. It costs no look-up of the skill.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The level that the course leads to, from 1 (novice) to 5 (expert); null when the provider does not say.
    async fn level(&self) -> Option<i32> {
        self.0.level.map(SkillLevel::number)
    }
}

/// What it takes to be ready for a course.
pub(crate) struct Prerequisites(domain::Prerequisites);

/// What it takes to be ready for a course.
#[Object]
impl Prerequisites {
    /// Courses to have completed; those that the caller may not see are left out.
    async fn courses(&self, ctx: &Context<'_>) -> Result<Vec<Course>, ApiError> {
        Course::load_all(ctx, &self.0.courses).await
    }

    /// Skills to bring along.
    async fn skills(&self) -> Vec<RequiredSkill> {
        let required = self.0.skills.iter();
        required.map(|required| RequiredSkill { skill: required.skill, level: required.level }).collect()
    }
}

/// A skill to bring along.
pub(crate) struct RequiredSkill {
    skill: SkillId,
    level: Option<SkillLevel>,
}

/// A skill to bring along.
#[Object]
impl RequiredSkill {
    /// The skill.
    async fn skill(&self, ctx: &Context<'_>) -> Result<Skill, ApiError> {
        Skill::referred(ctx, self.skill).await
    }

    /// The least level, from 1 (novice) to 5 (expert); null when any will do.
    async fn level(&self) -> Option<i32> {
        self.level.map(SkillLevel::number)
    }
}

/// Where the 11 mandatory elements of a European micro-credential stand for a course on offer.
#[derive(SimpleObject)]
pub(crate) struct MicroCredentialCompleteness {
    /// Whether a credential awarded for the course would have every mandatory element: nothing is missing.
    complete: bool,
    /// Elements that the course or its provider would have to supply and does not.
    missing_mandatory: Vec<MicroCredentialElement>,
    /// Elements that no offer can supply, because they are known at the award: the learner and the date of issuing. They
    /// never count as missing.
    supplied_at_award: Vec<MicroCredentialElement>,
    /// Elements that are not given, which is right where they do not apply: a level exists for qualifications only. They
    /// do not count as missing.
    unless_not_applicable: Vec<MicroCredentialElement>,
}

impl From<domain::MicroCredentialCompleteness> for MicroCredentialCompleteness {
    fn from(completeness: domain::MicroCredentialCompleteness) -> Self {
        let named =
            |elements: Vec<domain::MicroCredentialElement>| elements.into_iter().map(Into::into).collect();
        Self {
            complete: completeness.complete(),
            missing_mandatory: named(completeness.missing),
            supplied_at_award: named(completeness.supplied_at_award),
            unless_not_applicable: named(completeness.unless_not_applicable),
        }
    }
}

/// A part that a course has beside those of every micro-credential: a project, a workshop, a module.
#[derive(SimpleObject)]
pub(crate) struct CourseMilestone {
    /// What it is called; unique within the course.
    name: String,
    /// Whether the course can be gone through without it.
    optional: bool,
}

impl From<domain::CourseMilestone> for CourseMilestone {
    fn from(milestone: domain::CourseMilestone) -> Self {
        Self { name: milestone.name, optional: milestone.optional }
    }
}
