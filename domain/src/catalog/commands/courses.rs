//! Creating and changing courses.

use std::collections::HashMap;

use serde::Serialize;

use crate::access::{Action, Actor, policy};
use crate::app::Keyed;
use crate::journal::{IdempotencyKey, Reused};
use crate::kernel::{
    CourseId, Failure, Fault, Money, ProviderId, Refusal, SkillId, Text, TextError, check_version,
};
use crate::skills::Skill;
use crate::store::UnitOfWork;

use super::prices::not_negative;
use crate::catalog::details::checked;
use crate::catalog::{
    Catalog, CatalogEvent, Course, CourseDetails, InvalidCourse, Prerequisites, SkillAtLevel, Syllabus,
    TaughtSkill,
};

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

/// Why a course was not created.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreateCourseRefusal {
    /// The code is in use.
    #[error("a course with the code '{0}' exists already")]
    CodeTaken(String),
    /// The code cannot be taken.
    #[error("the code {0}")]
    InvalidCode(TextError),
    /// Below zero.
    #[error("a course cannot cost {0}; 0 is the least, and no price means that it is unknown")]
    NegativePrice(Money),
    /// A value cannot be taken.
    #[error(transparent)]
    Invalid(#[from] InvalidCourse),
    /// The idempotency key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for CreateCourseRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::CodeTaken(_) | Self::InvalidCode(_) => &["input", "code"],
            Self::NegativePrice(_) => &["input", "price"],
            Self::Invalid(invalid) => invalid.field(),
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// Why a course was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeCourseRefusal {
    /// A value cannot be taken.
    #[error(transparent)]
    Invalid(#[from] InvalidCourse),
}

impl Refusal for ChangeCourseRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::Invalid(invalid) => invalid.field(),
        }
    }
}

impl Catalog<'_> {
    /// Adds a course as a draft. It can be one that somebody found outside (C4).
    pub async fn create_course(
        self,
        actor: &Actor,
        command: CreateCourse,
    ) -> Result<Course, Failure<CreateCourseRefusal>> {
        policy::require(actor, Action::ManageCatalog, &[])?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let id = self.core.id::<CourseId>();
        let keyed = Keyed { key: command.key.as_ref(), command: "createCourse", input: &command };
        if let Some(before) = self.core.claim::<_, CreateCourseRefusal>(&mut *tx, actor, keyed, id).await? {
            let found = tx.courses(&[before]).await?.pop();
            return Ok(found.ok_or_else(|| Fault::not_found(before))?);
        }
        let code = Text::line(&command.code, 64).map_err(CreateCourseRefusal::InvalidCode)?.into_string();
        let title = checked_title(&command.title).map_err(CreateCourseRefusal::from)?;
        let mut course = Course::draft(id, code, title, command.provider, self.core.clock.now());
        command.details.apply(&mut course).map_err(CreateCourseRefusal::from)?;
        let price = not_negative(command.price).map_err(CreateCourseRefusal::NegativePrice)?;
        let entry = course.set_price(price, self.pricing(actor));
        check_provider::<CreateCourseRefusal>(&mut *tx, course.provider).await?;
        let syllabus =
            syllabus::<CreateCourseRefusal>(&mut *tx, id, Syllabus::default(), &command.details).await?;
        if tx.insert_courses(&[(course.clone(), syllabus)]).await? == 0 {
            return Err(CreateCourseRefusal::CodeTaken(course.code).into());
        }
        tx.append_prices(entry.as_slice()).await?;
        self.core.record(&mut *tx, actor, &created(&course)).await?;
        tx.commit().await?;
        Ok(course)
    }

    /// Changes what is known of a course. The price has a use case of its own.
    pub async fn change_course(
        self,
        actor: &Actor,
        command: ChangeCourse,
    ) -> Result<Course, Failure<ChangeCourseRefusal>> {
        policy::require(actor, Action::ManageCatalog, &[])?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let found = tx.lock_course(command.id).await?;
        let before = found.ok_or_else(|| Fault::not_found(command.id))?;
        check_version("course", Some(command.expected_version), before.version)?;
        let mut course = before.clone();
        if let Some(title) = &command.title {
            course.title = checked_title(title).map_err(ChangeCourseRefusal::from)?;
        }
        command.details.apply(&mut course).map_err(ChangeCourseRefusal::from)?;
        if let Some(provider) = command.provider {
            check_provider::<ChangeCourseRefusal>(&mut *tx, provider).await?;
            course.provider = provider;
        }
        let taught = tx.syllabi(&[course.id]).await?.pop().map(|(_, syllabus)| syllabus).unwrap_or_default();
        let syllabus =
            syllabus::<ChangeCourseRefusal>(&mut *tx, course.id, taught.clone(), &command.details).await?;
        let fields = course.differences(&syllabus, &before, &taught);
        if fields.is_empty() {
            return Ok(before);
        }
        course.touch();
        tx.save_courses(&[(course.clone(), syllabus)]).await?;
        let event = CatalogEvent::CourseChanged { course: course.id, fields };
        self.core.record(&mut *tx, actor, &[event]).await?;
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

fn checked_title(title: &str) -> Result<String, InvalidCourse> {
    checked(&["input", "title"], Text::line(title, Text::NAME))
}

async fn check_provider<R: Refusal + From<InvalidCourse>>(
    tx: &mut dyn UnitOfWork,
    id: ProviderId,
) -> Result<(), Failure<R>> {
    let known = !tx.providers(&[id]).await?.is_empty();
    if known { Ok(()) } else { Err(R::from(InvalidCourse::UnknownProvider(id)).into()) }
}

/// What the course will teach and expect: the lists that the details give, and the former ones otherwise.
async fn syllabus<R: Refusal + From<InvalidCourse>>(
    tx: &mut dyn UnitOfWork,
    course: CourseId,
    former: Syllabus,
    details: &CourseDetails,
) -> Result<Syllabus, Failure<R>> {
    details.check_lists().map_err(R::from)?;
    let known = known_skills(tx, details).await?;
    let mut syllabus = former;
    if let Some(taught) = &details.skills {
        let named = |taught: &SkillAtLevel| TaughtSkill {
            skill: taught.skill,
            name: known.get(&taught.skill).map(|skill| skill.name.clone()).unwrap_or_default(),
            level: taught.level,
        };
        syllabus.skills = taught.iter().map(named).collect();
    }
    if let Some(prerequisites) = &details.prerequisites {
        check_prerequisites(tx, course, &prerequisites.courses).await?;
        syllabus.prerequisites = prerequisites.clone();
        syllabus.prerequisites.courses.sort_unstable();
        syllabus.prerequisites.courses.dedup();
    }
    syllabus.sort();
    Ok(syllabus)
}

/// Every required course exists, and none of them requires the course itself.
async fn check_prerequisites<R: Refusal + From<InvalidCourse>>(
    tx: &mut dyn UnitOfWork,
    course: CourseId,
    required: &[CourseId],
) -> Result<(), Failure<R>> {
    let found = tx.courses(required).await?;
    if let Some(id) = required.iter().find(|id| !found.iter().any(|course| course.id == **id)) {
        return Err(R::from(InvalidCourse::UnknownPrerequisite(*id)).into());
    }
    if required.is_empty() {
        return Ok(());
    }
    // Two changes could each add one half of a circle, so one waits for the other. Always the last lock that is taken.
    tx.lock_organization().await?;
    if Prerequisites::close_circle(course, required, &tx.required_courses().await?) {
        return Err(R::from(InvalidCourse::RequiresItself).into());
    }
    Ok(())
}

/// Every skill that the details name, or the first that does not exist.
async fn known_skills<R: Refusal + From<InvalidCourse>>(
    tx: &mut dyn UnitOfWork,
    details: &CourseDetails,
) -> Result<HashMap<SkillId, Skill>, Failure<R>> {
    let taught = details.skills.iter().flatten();
    let brought = details.prerequisites.iter().flat_map(|prerequisites| &prerequisites.skills);
    let ids: Vec<SkillId> = taught.chain(brought).map(|given| given.skill).collect();
    let known: HashMap<_, _> = tx.skills(&ids).await?.into_iter().map(|skill| (skill.id, skill)).collect();
    match ids.iter().find(|id| !known.contains_key(id)) {
        Some(id) => Err(R::from(InvalidCourse::UnknownSkill(*id)).into()),
        None => Ok(known),
    }
}
