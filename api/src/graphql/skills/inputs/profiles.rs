//! Inputs of job profiles.

use async_graphql::{Enum, InputObject, MaybeUndefined};
use upskill_domain::kernel::{EmployeeId, JobProfileId, SkillId};
use upskill_domain::skills as domain;

use super::level;
use crate::graphql::error::ApiError;
use crate::graphql::filter::search;
use crate::graphql::id::Id;
use crate::graphql::key::key;
use crate::graphql::scalars::Date;

/// By what job profiles are sorted.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq, Default)]
#[graphql(remote = "domain::JobProfileOrder")]
pub(crate) enum JobProfileOrderField {
    /// By name, without regard to case.
    #[default]
    Name,
}

/// Which job profiles to list. Conditions add up.
#[derive(InputObject, Default)]
pub(crate) struct JobProfileFilter {
    /// Whose name contains this text, without regard to case.
    search: Option<String>,
}

impl TryFrom<JobProfileFilter> for domain::JobProfileFilter {
    type Error = ApiError;
    fn try_from(filter: JobProfileFilter) -> Result<Self, ApiError> {
        Ok(Self { search: search("filter.search", filter.search)? })
    }
}

/// A skill that a job asks for.
#[derive(InputObject)]
pub(crate) struct JobRequirementInput {
    /// Which skill.
    skill_id: Id<SkillId>,
    /// How well: 1 novice, 2 advanced beginner, 3 competent, 4 proficient, 5 expert.
    level: i32,
    /// Whether nobody can do the job without it.
    #[graphql(default = false)]
    must_have: bool,
    /// How much it counts beside the others, 1 to 10.
    #[graphql(default = 1)]
    weight: i32,
}

fn requirements(inputs: Vec<JobRequirementInput>) -> Result<Vec<domain::JobRequirement>, ApiError> {
    let read = |input: JobRequirementInput| {
        let JobRequirementInput { skill_id, must_have, weight, .. } = input;
        let level = level("input.requirements.level", input.level)?;
        Ok(domain::JobRequirement { skill: skill_id.0, level, must_have, weight })
    };
    inputs.into_iter().map(read).collect()
}

/// A job profile to create.
#[derive(InputObject)]
pub(crate) struct CreateJobProfileInput {
    /// The name: 1 to 200 characters, unique within the employer without regard to case and spacing.
    name: String,
    /// What the job is about: at most 4000 characters; nothing when not given.
    summary: Option<String>,
    /// The skills that it asks for, each once, 1 to 100.
    requirements: Vec<JobRequirementInput>,
    /// The first day on which it asks for them, today or before; today when not given.
    from_on: Option<Date>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<CreateJobProfileInput> for domain::CreateJobProfile {
    type Error = ApiError;
    fn try_from(input: CreateJobProfileInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            name: input.name,
            summary: input.summary,
            requirements: requirements(input.requirements)?,
            from_on: input.from_on.map(|day| day.0),
        })
    }
}

/// What to change of a job profile. What is not given stays.
#[derive(InputObject)]
pub(crate) struct ChangeJobProfileInput {
    /// Which one.
    id: Id<JobProfileId>,
    /// The `version` that was read; CONFLICT when somebody else has changed the profile since.
    expected_version: i32,
    /// A new name: 1 to 200 characters.
    name: Option<String>,
    /// What the job is about: at most 4000 characters; null for nothing.
    summary: MaybeUndefined<String>,
    /// The skills that it asks for, all of them, each once, 1 to 100. What it asked for before stays known for the days
    /// before `fromOn`.
    requirements: Option<Vec<JobRequirementInput>>,
    /// The first day on which it asks for them, today or before; today when not given.
    from_on: Option<Date>,
}

impl TryFrom<ChangeJobProfileInput> for domain::ChangeJobProfile {
    type Error = ApiError;
    fn try_from(input: ChangeJobProfileInput) -> Result<Self, ApiError> {
        Ok(Self {
            id: input.id.0,
            expected_version: input.expected_version,
            name: input.name,
            summary: input.summary.into(),
            requirements: input.requirements.map(requirements).transpose()?,
            from_on: input.from_on.map(|day| day.0),
        })
    }
}

/// A job for one person.
#[derive(InputObject)]
pub(crate) struct JobAssignmentInput {
    /// Who, not having left.
    employee_id: Id<EmployeeId>,
    /// Which job; none any more when not given.
    job_profile_id: Option<Id<JobProfileId>>,
}

/// Jobs to assign.
#[derive(InputObject)]
pub(crate) struct AssignJobProfilesInput {
    /// Who gets which job, 1 to 100 people.
    assignments: Vec<JobAssignmentInput>,
    /// The first day on which they have it, today or before; today when not given.
    from_on: Option<Date>,
}

impl From<AssignJobProfilesInput> for domain::AssignJobProfiles {
    fn from(input: AssignJobProfilesInput) -> Self {
        let one = |one: JobAssignmentInput| (one.employee_id.0, one.job_profile_id.map(|id| id.0));
        let assignments = input.assignments.into_iter().map(one).collect();
        Self { assignments, from_on: input.from_on.map(|day| day.0) }
    }
}
