//! Courses to create and to change.

use async_graphql::{InputObject, MaybeUndefined};
use upskill_domain::catalog::{
    self as domain, CourseDetails, Ects, EqfLevel, Prerequisites, SkillAtLevel, SubjectArea, WeekRange,
};
use upskill_domain::kernel::{CourseId, ProviderId, SkillId};

use super::{AssessmentType, Participation, Supervision, price, read};
use crate::graphql::error::ApiError;
use crate::graphql::id::Id;
use crate::graphql::key::key;
use crate::graphql::scalars::{Decimal, Locale, MoneyInput, Url};
use crate::graphql::skills::level;

/// A number of weeks from the quickest to the slowest.
#[derive(InputObject)]
pub(crate) struct WeekRangeInput {
    /// The quickest, 1 to 520.
    min: i32,
    /// The slowest, not below the quickest, 1 to 520.
    max: i32,
}

/// A skill and how well.
#[derive(InputObject)]
pub(crate) struct SkillAtLevelInput {
    /// The skill.
    skill_id: Id<SkillId>,
    /// The level from 1 (novice) to 5 (expert); unknown, or any, when not given.
    level: Option<i32>,
}

/// What it takes to be ready for a course.
#[derive(InputObject)]
pub(crate) struct PrerequisitesInput {
    /// Courses to have completed, at most 20. None of them may require the course itself, directly or through others.
    #[graphql(default)]
    course_ids: Vec<Id<CourseId>>,
    /// Skills to bring along, each with its least level, at most 20.
    #[graphql(default)]
    skills: Vec<SkillAtLevelInput>,
}

/// A course to create. Only code, title and provider need be known.
#[derive(InputObject)]
pub(crate) struct CreateCourseInput {
    /// The code by which other systems know it: 1 to 64 characters, unique within the employer. It never changes.
    code: String,
    /// The title: 1 to 200 characters.
    title: String,
    /// Who offers it.
    provider_id: Id<ProviderId>,
    /// What it is about: at most 4,000 characters.
    summary: Option<String>,
    /// What it is about, as a code of ISCED-F 2013 with two to four digits, for example `0612`.
    subject_area: Option<String>,
    /// The language of instruction.
    language: Option<Locale>,
    /// Where it takes place.
    participation: Option<Participation>,
    /// How long it takes beside the job.
    duration_weeks: Option<WeekRangeInput>,
    /// Hours of work for the learner, 1 to 10,000.
    workload_hours: Option<i32>,
    /// Hours of these that the employer gives, from 0 to the workload.
    paid_release_hours: Option<i32>,
    /// ECTS credits, above 0 and up to 300, with at most two decimals.
    ects: Option<Decimal>,
    /// The level of the qualification it belongs to, EQF 1 to 8. Leave it out where no such level exists.
    eqf_level: Option<i32>,
    /// How it is assessed.
    assessment_type: Option<AssessmentType>,
    /// Who watches the assessment.
    supervision: Option<Supervision>,
    /// What learners will know and be able to do: at most 50 lines of at most 500 characters.
    #[graphql(default)]
    learning_outcomes: Vec<String>,
    /// Its parts beside those of every micro-credential, in their order, at most 20.
    #[graphql(default)]
    milestones: Vec<CourseMilestoneInput>,
    /// The skills it teaches with the levels it leads to, at most 100.
    #[graphql(default)]
    skills: Vec<SkillAtLevelInput>,
    /// What it takes to be ready for it; nothing when not given.
    prerequisites: Option<PrerequisitesInput>,
    /// What it counts toward, when it can be stacked: at most 200 characters.
    credit_toward: Option<String>,
    /// Where to read more.
    url: Option<Url>,
    /// The list price per person. 0 is a price; without one the price is unknown, and the course cannot be requested
    /// without a quote.
    price: Option<MoneyInput>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

/// A part that a course has beside those of every micro-credential.
#[derive(InputObject)]
pub(crate) struct CourseMilestoneInput {
    /// What it is called: 1 to 100 characters, unique within the course without regard to case and spacing.
    name: String,
    /// Whether the course can be gone through without it.
    #[graphql(default)]
    optional: bool,
}

fn milestones(given: Vec<CourseMilestoneInput>) -> Vec<domain::CourseMilestone> {
    let milestone = |CourseMilestoneInput { name, optional }| domain::CourseMilestone { name, optional };
    given.into_iter().map(milestone).collect()
}

impl TryFrom<CreateCourseInput> for domain::CreateCourse {
    type Error = ApiError;
    fn try_from(input: CreateCourseInput) -> Result<Self, ApiError> {
        let none = PrerequisitesInput { course_ids: Vec::new(), skills: Vec::new() };
        Ok(Self {
            key: key(input.idempotency_key)?,
            code: input.code,
            title: input.title,
            provider: input.provider_id.0,
            price: input.price.map(|given| price("input.price", &given)).transpose()?,
            details: CourseDetails {
                summary: Some(input.summary),
                subject: Some(input.subject_area.as_deref().map(subject).transpose()?),
                language: Some(input.language.map(|tag| tag.0)),
                participation: Some(input.participation.map(Into::into)),
                duration: Some(input.duration_weeks.as_ref().map(weeks).transpose()?),
                workload_hours: Some(input.workload_hours),
                paid_release_hours: Some(input.paid_release_hours),
                ects: Some(input.ects.as_ref().map(ects).transpose()?),
                eqf_level: Some(input.eqf_level.map(eqf_level).transpose()?),
                assessment: Some(input.assessment_type.map(Into::into)),
                supervision: Some(input.supervision.map(Into::into)),
                learning_outcomes: Some(input.learning_outcomes),
                milestones: Some(milestones(input.milestones)),
                credit_toward: Some(input.credit_toward),
                url: Some(input.url.map(|url| url.0)),
                skills: Some(skills("input.skills", input.skills)?),
                prerequisites: Some(prerequisites(input.prerequisites.unwrap_or(none))?),
            },
        })
    }
}

/// A course to change. What is left out stays as it is; null makes it unknown, and a list replaces the former one.
#[derive(InputObject)]
pub(crate) struct ChangeCourseInput {
    /// Which one.
    id: Id<CourseId>,
    /// The `version` that was read; CONFLICT when somebody else has changed the course since.
    expected_version: i32,
    /// A new title: 1 to 200 characters.
    title: Option<String>,
    /// Another provider.
    provider_id: Option<Id<ProviderId>>,
    /// What it is about: at most 4,000 characters.
    summary: MaybeUndefined<String>,
    /// What it is about, as a code of ISCED-F 2013 with two to four digits, for example `0612`.
    subject_area: MaybeUndefined<String>,
    /// The language of instruction.
    language: MaybeUndefined<Locale>,
    /// Where it takes place.
    participation: MaybeUndefined<Participation>,
    /// How long it takes beside the job.
    duration_weeks: MaybeUndefined<WeekRangeInput>,
    /// Hours of work for the learner, 1 to 10,000.
    workload_hours: MaybeUndefined<i32>,
    /// Hours of these that the employer gives, from 0 to the workload.
    paid_release_hours: MaybeUndefined<i32>,
    /// ECTS credits, above 0 and up to 300, with at most two decimals.
    ects: MaybeUndefined<Decimal>,
    /// The level of the qualification it belongs to, EQF 1 to 8.
    eqf_level: MaybeUndefined<i32>,
    /// How it is assessed.
    assessment_type: MaybeUndefined<AssessmentType>,
    /// Who watches the assessment.
    supervision: MaybeUndefined<Supervision>,
    /// What learners will know and be able to do, all of it: at most 50 lines of at most 500 characters.
    learning_outcomes: Option<Vec<String>>,
    /// Its parts beside those of every micro-credential, all of them in their order, at most 20. Who is enrolled keeps those that
    /// the course had then.
    milestones: Option<Vec<CourseMilestoneInput>>,
    /// The skills it teaches with the levels it leads to, all of them, at most 100.
    skills: Option<Vec<SkillAtLevelInput>>,
    /// What it takes to be ready for it, all of it.
    prerequisites: Option<PrerequisitesInput>,
    /// What it counts toward, when it can be stacked: at most 200 characters.
    credit_toward: MaybeUndefined<String>,
    /// Where to read more.
    url: MaybeUndefined<Url>,
}

impl TryFrom<ChangeCourseInput> for domain::ChangeCourse {
    type Error = ApiError;
    fn try_from(input: ChangeCourseInput) -> Result<Self, ApiError> {
        Ok(Self {
            id: input.id.0,
            expected_version: input.expected_version,
            title: input.title,
            provider: input.provider_id.map(|id| id.0),
            details: CourseDetails {
                summary: input.summary.into(),
                subject: input.subject_area.map_value(|code| subject(&code)).transpose()?.into(),
                language: input.language.map_value(|tag| tag.0).into(),
                participation: input.participation.map_value(Into::into).into(),
                duration: input.duration_weeks.map_value(|given| weeks(&given)).transpose()?.into(),
                workload_hours: input.workload_hours.into(),
                paid_release_hours: input.paid_release_hours.into(),
                ects: input.ects.map_value(|given| ects(&given)).transpose()?.into(),
                eqf_level: input.eqf_level.map_value(eqf_level).transpose()?.into(),
                assessment: input.assessment_type.map_value(Into::into).into(),
                supervision: input.supervision.map_value(Into::into).into(),
                learning_outcomes: input.learning_outcomes,
                milestones: input.milestones.map(milestones),
                credit_toward: input.credit_toward.into(),
                url: input.url.map_value(|url| url.0).into(),
                skills: input.skills.map(|given| skills("input.skills", given)).transpose()?,
                prerequisites: input.prerequisites.map(prerequisites).transpose()?,
            },
        })
    }
}

/// A list price to set, from now on.
#[derive(InputObject)]
pub(crate) struct SetCoursePriceInput {
    /// Of which course.
    id: Id<CourseId>,
    /// The list price per person. 0 is a price; null makes the price unknown.
    price: Option<MoneyInput>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<SetCoursePriceInput> for domain::SetCoursePrice {
    type Error = ApiError;
    fn try_from(input: SetCoursePriceInput) -> Result<Self, ApiError> {
        let price = input.price.map(|given| price("input.price", &given)).transpose()?;
        Ok(Self { key: key(input.idempotency_key)?, id: input.id.0, price })
    }
}

/// A course to publish.
#[derive(InputObject)]
pub(crate) struct PublishCourseInput {
    /// Which one.
    pub(crate) id: Id<CourseId>,
}

/// A course to retire.
#[derive(InputObject)]
pub(crate) struct RetireCourseInput {
    /// Which one.
    pub(crate) id: Id<CourseId>,
}

fn subject(code: &str) -> Result<SubjectArea, ApiError> {
    read("input.subjectArea", SubjectArea::parse(code))
}

fn weeks(weeks: &WeekRangeInput) -> Result<WeekRange, ApiError> {
    read("input.durationWeeks", WeekRange::new(weeks.min, weeks.max))
}

fn ects(credits: &Decimal) -> Result<Ects, ApiError> {
    read("input.ects", Ects::parse(&credits.0))
}

fn eqf_level(level: i32) -> Result<EqfLevel, ApiError> {
    read("input.eqfLevel", EqfLevel::new(level))
}

fn skills(argument: &'static str, given: Vec<SkillAtLevelInput>) -> Result<Vec<SkillAtLevel>, ApiError> {
    let skill = |given: SkillAtLevelInput| {
        let level = given.level.map(|number| level(argument, number)).transpose()?;
        Ok(SkillAtLevel { skill: given.skill_id.0, level })
    };
    given.into_iter().map(skill).collect()
}

fn prerequisites(given: PrerequisitesInput) -> Result<Prerequisites, ApiError> {
    let courses = given.course_ids.into_iter().map(|id| id.0).collect();
    Ok(Prerequisites { courses, skills: skills("input.prerequisites.skills", given.skills)? })
}
