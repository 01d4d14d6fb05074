//! Creating, changing, publishing and retiring courses.

use std::collections::HashMap;

use serde::Serialize;

use crate::access::{Action, Actor, policy};
use crate::app::Keyed;
use crate::journal::{IdempotencyKey, Reused};
use crate::kernel::{CourseId, Failure, Fault, Money, ProviderId, Refusal, SkillId, Text, TextError};
use crate::skills::Skill;
use crate::store::UnitOfWork;

use super::super::details::checked;
use super::super::{
    Catalog, CatalogEvent, Course, CourseDetails, CourseStatus, Prerequisites, Syllabus, TaughtSkill,
};
use super::prices::not_negative;

/// A course to create, as a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CreateCourse {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Its code, unique within the employer: 1 to 64 characters.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Who offers it.
    pub provider: ProviderId,
    /// Its list price, if it is known (C3).
    pub price: Option<Money>,
    /// What else is known (C4: nothing of it need be).
    pub details: CourseDetails,
}

/// A course to change. What is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeCourse {
    /// Which one.
    pub id: CourseId,
    /// The version that the caller saw.
    pub expected_version: i32,
    /// A new title.
    pub title: Option<String>,
    /// Another provider.
    pub provider: Option<ProviderId>,
    /// What else changes.
    pub details: CourseDetails,
}

/// Why a course was not created or changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message says what each field is")]
pub enum CourseRefusal {
    /// The code is in use.
    #[error("a course with the code '{0}' exists already")]
    CodeTaken(String),
    /// A value cannot be taken.
    #[error("{} {error}", path.last().unwrap_or(&"the value"))]
    Invalid { path: &'static [&'static str], error: TextError },
    /// A list is too long.
    #[error("{} has {given} items; at most {most} are allowed", path.last().unwrap_or(&"the list"))]
    TooMany { path: &'static [&'static str], given: usize, most: usize },
    /// Below zero.
    #[error("a course cannot cost {0}; 0 is the least, and no price means that it is unknown")]
    NegativePrice(Money),
    /// More release than work.
    #[error("{release} hours of paid release are more than the {workload} hours that the course takes")]
    ReleaseAboveWorkload { release: i32, workload: i32 },
    /// No such provider.
    #[error("there is no provider {0}; create it first")]
    UnknownProvider(ProviderId),
    /// No such skill.
    #[error("there is no skill {0}; create it first")]
    UnknownSkill(SkillId),
    /// A skill is listed twice.
    #[error("skill {0} is listed twice")]
    SkillTwice(SkillId),
    /// No such course to require.
    #[error("there is no course {0} to require")]
    UnknownPrerequisite(CourseId),
    /// Nobody could ever begin.
    #[error("the course would require itself, directly or through others")]
    RequiresItself,
    /// The idempotency key was used for something else.
    #[error(transparent)]
    Reused(#[from] Reused),
}

impl Refusal for CourseRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::CodeTaken(_) => &["input", "code"],
            Self::Invalid { path, .. } | Self::TooMany { path, .. } => path,
            Self::NegativePrice(_) => &["input", "price"],
            Self::ReleaseAboveWorkload { .. } => &["input", "paidReleaseHours"],
            Self::UnknownProvider(_) => &["input", "providerId"],
            Self::UnknownSkill(_) | Self::SkillTwice(_) => &["input", "skills"],
            Self::UnknownPrerequisite(_) | Self::RequiresItself => &["input", "prerequisites", "courseIds"],
            Self::Reused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// Why a course was not published or retired.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StatusRefusal {
    /// It is on offer.
    #[error("the course is published already")]
    AlreadyPublished,
    /// It is not on offer.
    #[error("only a published course can be retired; this one is {}", .0.name())]
    NotPublished(CourseStatus),
}

impl Refusal for StatusRefusal {
    fn field(&self) -> &'static [&'static str] {
        &["input", "id"]
    }
}

impl Catalog<'_> {
    /// Adds a course as a draft. It can be one that somebody found outside (C4).
    pub async fn create_course(
        self,
        actor: &Actor,
        command: CreateCourse,
    ) -> Result<Course, Failure<CourseRefusal>> {
        policy::require(actor, Action::ManageCatalog, &[])?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let id = self.core.id::<CourseId>();
        let keyed = Keyed { key: command.key.as_ref(), command: "createCourse", input: &command };
        if let Some(before) = self.core.claim::<_, CourseRefusal>(&mut *tx, actor, keyed, id).await? {
            let found = tx.courses(&[before]).await?.pop();
            return Ok(found.ok_or_else(|| Fault::not_found(before))?);
        }
        let code = checked(&["input", "code"], Text::line(&command.code, 64))?;
        let title = checked(&["input", "title"], Text::line(&command.title, Text::NAME))?;
        let mut course = Course::draft(id, code, title, command.provider, self.core.clock.now());
        command.details.apply(&mut course)?;
        let price = not_negative(command.price).map_err(CourseRefusal::NegativePrice)?;
        let entry = course.set_price(price, self.pricing(actor));
        check_provider(&mut *tx, course.provider).await?;
        let syllabus = syllabus(&mut *tx, id, Syllabus::default(), &command.details).await?;
        if tx.insert_courses(&[(course.clone(), syllabus)]).await? == 0 {
            return Err(CourseRefusal::CodeTaken(course.code).into());
        }
        tx.append_prices(entry.as_slice()).await?;
        self.record(&mut *tx, actor, &created(&course)).await?;
        tx.commit().await?;
        Ok(course)
    }

    /// Changes what is known of a course. The price has a use case of its own.
    pub async fn change_course(
        self,
        actor: &Actor,
        command: ChangeCourse,
    ) -> Result<Course, Failure<CourseRefusal>> {
        policy::require(actor, Action::ManageCatalog, &[])?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let found = tx.lock_course(command.id).await?;
        let before = found.ok_or_else(|| Fault::not_found(command.id))?;
        if before.version != command.expected_version {
            return Err(Fault::stale("course", command.expected_version, before.version).into());
        }
        let mut course = before.clone();
        if let Some(title) = &command.title {
            course.title = checked(&["input", "title"], Text::line(title, Text::NAME))?;
        }
        command.details.apply(&mut course)?;
        if let Some(provider) = command.provider {
            check_provider(&mut *tx, provider).await?;
            course.provider = provider;
        }
        let taught = tx.syllabi(&[course.id]).await?.pop().map(|(_, syllabus)| syllabus).unwrap_or_default();
        let syllabus = syllabus(&mut *tx, course.id, taught.clone(), &command.details).await?;
        let fields = course.differences(&syllabus, &before, &taught);
        if fields.is_empty() {
            return Ok(before);
        }
        course.touch();
        tx.save_courses(&[(course.clone(), syllabus)]).await?;
        let event = CatalogEvent::CourseChanged { course: course.id, fields };
        self.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(course)
    }

    /// Opens a course to everybody, for the first time or again.
    pub async fn publish_course(self, actor: &Actor, id: CourseId) -> Result<Course, Failure<StatusRefusal>> {
        self.turn(actor, id, Course::publish, CatalogEvent::CoursePublished { course: id }).await
    }

    /// Takes a course off the offer. It stays readable.
    pub async fn retire_course(self, actor: &Actor, id: CourseId) -> Result<Course, Failure<StatusRefusal>> {
        self.turn(actor, id, Course::retire, CatalogEvent::CourseRetired { course: id }).await
    }

    async fn turn(
        self,
        actor: &Actor,
        id: CourseId,
        transition: fn(&mut Course) -> Result<(), StatusRefusal>,
        event: CatalogEvent,
    ) -> Result<Course, Failure<StatusRefusal>> {
        policy::require(actor, Action::ManageCatalog, &[])?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let mut course = tx.lock_course(id).await?.ok_or_else(|| Fault::not_found(id))?;
        transition(&mut course)?;
        let taught = tx.syllabi(&[id]).await?.pop().map(|(_, syllabus)| syllabus).unwrap_or_default();
        tx.save_courses(&[(course.clone(), taught)]).await?;
        self.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(course)
    }
}

/// What there is to tell about a new course.
pub(super) fn created(course: &Course) -> Vec<CatalogEvent> {
    let Course { id, code, title, provider, price, .. } = course;
    let created = CatalogEvent::CourseCreated {
        course: *id,
        code: code.clone(),
        title: title.clone(),
        provider: *provider,
    };
    let priced = price.map(|price| CatalogEvent::CoursePriced { course: *id, price: Some(price) });
    std::iter::once(created).chain(priced).collect()
}

async fn check_provider(tx: &mut dyn UnitOfWork, id: ProviderId) -> Result<(), Failure<CourseRefusal>> {
    let known = !tx.providers(&[id]).await?.is_empty();
    if known { Ok(()) } else { Err(CourseRefusal::UnknownProvider(id).into()) }
}

/// What the course will teach and expect: the lists that the details give, and the former ones otherwise.
async fn syllabus(
    tx: &mut dyn UnitOfWork,
    course: CourseId,
    former: Syllabus,
    details: &CourseDetails,
) -> Result<Syllabus, Failure<CourseRefusal>> {
    details.check_lists()?;
    let known = known_skills(tx, details).await?;
    let skills = match &details.skills {
        Some(taught) => Syllabus::sorted(taught.iter().map(|taught| TaughtSkill {
            skill: taught.skill,
            name: known.get(&taught.skill).map(|skill| skill.name.clone()).unwrap_or_default(),
            level: taught.level,
        })),
        None => former.skills,
    };
    let Some(wanted) = &details.prerequisites else {
        return Ok(Syllabus { skills, prerequisites: former.prerequisites });
    };
    let Prerequisites { courses: mut required, skills: brought } = wanted.clone();
    required.sort_unstable();
    required.dedup();
    let found = tx.courses(&required).await?;
    let unknown = required.iter().find(|id| !found.iter().any(|course| course.id == **id));
    if let Some(id) = unknown {
        return Err(CourseRefusal::UnknownPrerequisite(*id).into());
    }
    if !required.is_empty() && Prerequisites::close_circle(course, &required, &tx.required_courses().await?) {
        return Err(CourseRefusal::RequiresItself.into());
    }
    Ok(Syllabus { skills, prerequisites: Prerequisites { courses: required, skills: brought } })
}

/// Every skill that the details name, or the first that does not exist.
async fn known_skills(
    tx: &mut dyn UnitOfWork,
    details: &CourseDetails,
) -> Result<HashMap<SkillId, Skill>, Failure<CourseRefusal>> {
    let taught = details.skills.iter().flatten();
    let brought = details.prerequisites.iter().flat_map(|prerequisites| &prerequisites.skills);
    let ids: Vec<SkillId> = taught.chain(brought).map(|given| given.skill).collect();
    let known: HashMap<_, _> = tx.skills(&ids).await?.into_iter().map(|skill| (skill.id, skill)).collect();
    match ids.iter().find(|id| !known.contains_key(id)) {
        Some(id) => Err(CourseRefusal::UnknownSkill(*id).into()),
        None => Ok(known),
    }
}
