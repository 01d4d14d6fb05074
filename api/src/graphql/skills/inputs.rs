//! Inputs of skills, and how they become the domain's.

use async_graphql::{Enum, InputObject};
use upskill_domain::skills::{self as domain, SkillLevel, SkillOrder};

use crate::graphql::error::ApiError;
use crate::graphql::filter::{Filterable, OneOf, search, texts, values};
use crate::graphql::key::key;
use crate::graphql::scalars::Url;

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

/// A level of mastery as an argument.
pub(crate) fn level(argument: &'static str, level: i32) -> Result<SkillLevel, ApiError> {
    SkillLevel::new(level).map_err(|error| ApiError::bad_input(argument, error.to_string()))
}
