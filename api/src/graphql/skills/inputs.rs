//! Inputs of skills, and how they become the domain's.

mod profiles;

pub(crate) use profiles::{
    AssignJobProfilesInput, ChangeJobProfileInput, CreateJobProfileInput, JobProfileFilter,
    JobProfileOrderField,
};

use async_graphql::{Enum, InputObject};
use upskill_domain::kernel::{EmployeeId, SkillId};
use upskill_domain::skills::{self as domain, SkillLevel, SkillOrder};

use crate::graphql::error::ApiError;
use crate::graphql::filter::{Filterable, OneOf, ids, search, texts, values};
use crate::graphql::id::Id;
use crate::graphql::key::key;
use crate::graphql::scalars::{Date, Url};

/// What sort of thing a skill is.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::SkillKind")]
pub(crate) enum SkillKind {
    /// Something that people can do.
    Skill,
    /// Something that people know.
    Knowledge,
    /// A tool, product or programming language that people work with.
    Technology,
}

impl Filterable for SkillKind {}

/// By what skills are sorted.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq, Default)]
#[graphql(remote = "SkillOrder")]
pub(crate) enum SkillOrderField {
    /// By name, without regard to case.
    #[default]
    Name,
}

/// Which skills to list. Conditions add up.
#[derive(InputObject, Default)]
pub(crate) struct SkillFilter {
    /// Of one of these kinds.
    kind: Option<OneOf<SkillKind>>,
    /// Filed under one of these areas.
    area: Option<OneOf<String>>,
    /// Whose name contains this text, without regard to case.
    search: Option<String>,
}

impl TryFrom<SkillFilter> for domain::SkillFilter {
    type Error = ApiError;
    fn try_from(filter: SkillFilter) -> Result<Self, ApiError> {
        Ok(Self {
            kinds: values(filter.kind, Into::into),
            areas: texts("filter.area", filter.area)?,
            search: search("filter.search", filter.search)?,
        })
    }
}

/// A skill to create.
#[derive(InputObject)]
pub(crate) struct CreateSkillInput {
    /// The name: 1 to 200 characters, unique within the employer without regard to case and spacing.
    name: String,
    /// What sort of thing it is.
    kind: SkillKind,
    /// The area to file it under: at most 200 characters; none when not given.
    area: Option<String>,
    /// The public concept that it stands for, for example in ESCO; none when not given.
    uri: Option<Url>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<CreateSkillInput> for domain::CreateSkill {
    type Error = ApiError;
    fn try_from(input: CreateSkillInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            name: input.name,
            kind: input.kind.into(),
            area: input.area,
            uri: input.uri.map(|uri| uri.0),
        })
    }
}

/// On whose word a level rests.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::SkillEvidence")]
pub(crate) enum SkillEvidence {
    /// The person says so.
    #[graphql(name = "SELF")]
    SelfAssessed,
    /// A colleague says so.
    Peer,
    /// A manager above them says so.
    Manager,
    /// A mentor has seen it on the job.
    Mentor,
    /// They passed an assessment.
    Assessed,
    /// They hold a certificate.
    Credential,
}

impl Filterable for SkillEvidence {}

/// Which records of skills to list. Conditions add up.
#[derive(InputObject, Default)]
pub(crate) struct SkillRecordFilter {
    /// Of one of these people.
    employee: Option<OneOf<Id<EmployeeId>>>,
    /// Of one of these skills.
    skill: Option<OneOf<Id<SkillId>>>,
    /// Resting on one of these kinds of evidence.
    evidence: Option<OneOf<SkillEvidence>>,
}

impl From<SkillRecordFilter> for domain::SkillRecordFilter {
    fn from(filter: SkillRecordFilter) -> Self {
        Self {
            employees: ids(filter.employee),
            skills: ids(filter.skill),
            evidence: values(filter.evidence, Into::into),
        }
    }
}

/// What the caller says of their own level.
#[derive(InputObject)]
pub(crate) struct StateSkillInput {
    /// Which skill.
    skill_id: Id<SkillId>,
    /// How well: 1 novice, 2 advanced beginner, 3 competent, 4 proficient, 5 expert; 0 takes back what was said before.
    level: i32,
    /// The first day on which it holds, today or before; today when not given.
    from_on: Option<Date>,
    /// The last day on which it holds; it runs on when not given.
    until_on: Option<Date>,
    /// Where it can be seen; none when not given.
    url: Option<Url>,
    /// A remark: at most 4000 characters.
    note: Option<String>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<StateSkillInput> for domain::StateSkill {
    type Error = ApiError;
    fn try_from(input: StateSkillInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            statement: domain::SkillStatement {
                skill: input.skill_id.0,
                level: level_or_end("input.level", input.level)?,
                from_on: input.from_on.map(|day| day.0),
                until_on: input.until_on.map(|day| day.0),
                link: input.url.map(|url| url.0),
                note: input.note,
            },
        })
    }
}

/// What the caller says of somebody else's level.
#[derive(InputObject)]
pub(crate) struct AssessSkillInput {
    /// Of whom.
    employee_id: Id<EmployeeId>,
    /// Which skill.
    skill_id: Id<SkillId>,
    /// How well: 1 novice, 2 advanced beginner, 3 competent, 4 proficient, 5 expert; 0 ends what the same kind of evidence
    /// said before.
    level: i32,
    /// On whose word it rests: MANAGER for the managers above the person, any but SELF for `HR_ADMIN`.
    #[graphql(default_with = "SkillEvidence::Manager")]
    evidence: SkillEvidence,
    /// The first day on which it holds, today or before; today when not given.
    from_on: Option<Date>,
    /// The last day on which it holds, such as that of a certificate; it runs on when not given.
    until_on: Option<Date>,
    /// Where the evidence lies; none when not given.
    url: Option<Url>,
    /// A remark: at most 4000 characters.
    note: Option<String>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<AssessSkillInput> for domain::AssessSkill {
    type Error = ApiError;
    fn try_from(input: AssessSkillInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            employee: input.employee_id.0,
            evidence: input.evidence.into(),
            statement: domain::SkillStatement {
                skill: input.skill_id.0,
                level: level_or_end("input.level", input.level)?,
                from_on: input.from_on.map(|day| day.0),
                until_on: input.until_on.map(|day| day.0),
                link: input.url.map(|url| url.0),
                note: input.note,
            },
        })
    }
}

/// A level as an argument, where 0 ends what was recorded.
fn level_or_end(argument: &'static str, number: i32) -> Result<Option<SkillLevel>, ApiError> {
    if number == 0 { Ok(None) } else { level(argument, number).map(Some) }
}

/// A level of mastery as an argument.
pub(crate) fn level(argument: &'static str, level: i32) -> Result<SkillLevel, ApiError> {
    SkillLevel::new(level).map_err(|error| ApiError::bad_input(argument, error.to_string()))
}
