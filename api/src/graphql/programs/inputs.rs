//! Inputs of programs, and how they become the domain's.

use async_graphql::{Enum, InputObject, MaybeUndefined};
use upskill_domain::kernel::{CourseId, DepartmentId, EmployeeId, ProgramId, SkillId};
use upskill_domain::programs::{self as domain, Outline, ProgramOrder, TargetSkill};

use crate::graphql::error::ApiError;
use crate::graphql::filter::{Filterable, OneOf, ids, search, values};
use crate::graphql::id::Id;
use crate::graphql::key::key;
use crate::graphql::scalars::Date;
use crate::graphql::skills::level;

/// Whether a program runs.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::ProgramStatus")]
pub(crate) enum ProgramStatus {
    /// Not yet; seen only by `HR_ADMIN`, `HR_ANALYST` and its owner.
    Draft,
    /// Yes.
    Active,
    /// No longer.
    Closed,
}

/// How far somebody is in a program.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::ParticipantStatus")]
pub(crate) enum ParticipantStatus {
    /// Asked to join.
    Invited,
    /// Takes part.
    Joined,
    /// Has reached the goal.
    Completed,
    /// Declined or dropped out.
    Left,
}

impl Filterable for ProgramStatus {}

impl Filterable for ParticipantStatus {}

/// By what programs are sorted.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq, Default)]
#[graphql(remote = "ProgramOrder")]
pub(crate) enum ProgramOrderField {
    /// By name, without regard to case.
    #[default]
    Name,
    /// By first day.
    StartsOn,
}

/// Which programs to list. Conditions add up.
#[derive(InputObject, Default)]
pub(crate) struct ProgramFilter {
    /// Of one of these statuses.
    status: Option<OneOf<ProgramStatus>>,
    /// Run by one of these people.
    owner: Option<OneOf<Id<EmployeeId>>>,
    /// Meant for one of these departments (not those above or below them). Programs for the whole employer are left out.
    department: Option<OneOf<Id<DepartmentId>>>,
    /// Whose name or purpose contains this text, without regard to case.
    search: Option<String>,
}

impl TryFrom<ProgramFilter> for domain::ProgramFilter {
    type Error = ApiError;
    fn try_from(filter: ProgramFilter) -> Result<Self, ApiError> {
        Ok(Self {
            statuses: values(filter.status, Into::into),
            owners: ids(filter.owner),
            departments: ids(filter.department),
            search: search("filter.search", filter.search)?,
        })
    }
}

/// Which participants to list. Conditions add up.
#[derive(InputObject, Default)]
pub(crate) struct ParticipantFilter {
    /// Of one of these programs.
    program: Option<OneOf<Id<ProgramId>>>,
    /// One of these people.
    employee: Option<OneOf<Id<EmployeeId>>>,
    /// Of one of these statuses.
    status: Option<OneOf<ParticipantStatus>>,
}

impl From<ParticipantFilter> for domain::ParticipantFilter {
    fn from(filter: ParticipantFilter) -> Self {
        Self {
            programs: ids(filter.program),
            employees: ids(filter.employee),
            statuses: values(filter.status, Into::into),
        }
    }
}

/// A skill to reach.
#[derive(InputObject)]
pub(crate) struct TargetSkillInput {
    /// The skill.
    skill_id: Id<SkillId>,
    /// The level to reach, from 1 (novice) to 5 (expert).
    level: i32,
}

/// A program to create, as a draft.
#[derive(InputObject)]
pub(crate) struct CreateProgramInput {
    /// The name: 1 to 200 characters.
    name: String,
    /// What it is for: at most 4,000 characters; nothing when not given.
    purpose: Option<String>,
    /// Who runs it: somebody who has not left.
    owner_id: Id<EmployeeId>,
    /// The first day.
    starts_on: Date,
    /// The last day, not before the first.
    ends_on: Date,
    /// The skills to reach, at most 100. Of a skill given twice the higher level counts.
    #[graphql(default)]
    target_skills: Vec<TargetSkillInput>,
    /// The departments it is meant for, at most 100; the whole employer when there is none.
    #[graphql(default)]
    department_ids: Vec<Id<DepartmentId>>,
    /// The courses that lead there, at most 100.
    #[graphql(default)]
    course_ids: Vec<Id<CourseId>>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<CreateProgramInput> for domain::CreateProgram {
    type Error = ApiError;
    fn try_from(input: CreateProgramInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            name: input.name,
            purpose: input.purpose,
            owner: input.owner_id.0,
            starts_on: input.starts_on.0,
            ends_on: input.ends_on.0,
            outline: Outline {
                skills: target_skills(input.target_skills)?,
                departments: plain(input.department_ids),
                courses: plain(input.course_ids),
            },
        })
    }
}

/// A program to change. What is left out stays as it is; a list replaces the former one.
#[derive(InputObject)]
pub(crate) struct ChangeProgramInput {
    /// Which one.
    id: Id<ProgramId>,
    /// The `version` that was read; CONFLICT when somebody else has changed the program since.
    expected_version: i32,
    /// A new name: 1 to 200 characters.
    name: Option<String>,
    /// What it is for: at most 4,000 characters; null for nothing.
    purpose: MaybeUndefined<String>,
    /// Somebody else to run it, who has not left.
    owner_id: Option<Id<EmployeeId>>,
    /// Another first day.
    starts_on: Option<Date>,
    /// Another last day, not before the first.
    ends_on: Option<Date>,
    /// The skills to reach, all of them, at most 100.
    target_skills: Option<Vec<TargetSkillInput>>,
    /// The departments it is meant for, all of them, at most 100; an empty list for the whole employer.
    department_ids: Option<Vec<Id<DepartmentId>>>,
    /// The courses, all of them, at most 100. What is added to an active program must be published.
    course_ids: Option<Vec<Id<CourseId>>>,
}

impl TryFrom<ChangeProgramInput> for domain::ChangeProgram {
    type Error = ApiError;
    fn try_from(input: ChangeProgramInput) -> Result<Self, ApiError> {
        Ok(Self {
            id: input.id.0,
            expected_version: input.expected_version,
            name: input.name,
            purpose: input.purpose.into(),
            owner: input.owner_id.map(|id| id.0),
            starts_on: input.starts_on.map(|day| day.0),
            ends_on: input.ends_on.map(|day| day.0),
            skills: input.target_skills.map(target_skills).transpose()?,
            departments: input.department_ids.map(plain),
            courses: input.course_ids.map(plain),
        })
    }
}

/// A program to start.
#[derive(InputObject)]
pub(crate) struct ActivateProgramInput {
    /// Which one.
    pub(crate) id: Id<ProgramId>,
}

/// A program to end.
#[derive(InputObject)]
pub(crate) struct CloseProgramInput {
    /// Which one.
    pub(crate) id: Id<ProgramId>,
}

/// People to invite into a program.
#[derive(InputObject)]
pub(crate) struct InviteParticipantsInput {
    /// Into which program.
    program_id: Id<ProgramId>,
    /// Whom, 1 to 1,000 people. Inviting somebody who takes part already changes nothing.
    employee_ids: Vec<Id<EmployeeId>>,
    /// Makes a retry safe: the same key with the same input invites nobody again who has left since, and answers with what
    /// has become of everybody. 1 to 200 printable ASCII characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<InviteParticipantsInput> for domain::InviteParticipants {
    type Error = ApiError;
    fn try_from(input: InviteParticipantsInput) -> Result<Self, ApiError> {
        let key = key(input.idempotency_key)?;
        Ok(Self { key, program: input.program_id.0, employees: plain(input.employee_ids) })
    }
}

/// A program to join.
#[derive(InputObject)]
pub(crate) struct JoinProgramInput {
    /// Which one.
    id: Id<ProgramId>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<JoinProgramInput> for domain::JoinProgram {
    type Error = ApiError;
    fn try_from(input: JoinProgramInput) -> Result<Self, ApiError> {
        Ok(Self { key: key(input.idempotency_key)?, program: input.id.0 })
    }
}

/// A program to leave.
#[derive(InputObject)]
pub(crate) struct LeaveProgramInput {
    /// Which one.
    pub(crate) id: Id<ProgramId>,
}

/// Somebody who has reached the goal of a program.
#[derive(InputObject)]
pub(crate) struct CompleteParticipationInput {
    /// Of which program.
    program_id: Id<ProgramId>,
    /// Who.
    employee_id: Id<EmployeeId>,
}

impl From<CompleteParticipationInput> for domain::CompleteParticipation {
    fn from(input: CompleteParticipationInput) -> Self {
        Self { program: input.program_id.0, employee: input.employee_id.0 }
    }
}

fn plain<T>(ids: Vec<Id<T>>) -> Vec<T> {
    ids.into_iter().map(|id| id.0).collect()
}

fn target_skills(given: Vec<TargetSkillInput>) -> Result<Vec<TargetSkill>, ApiError> {
    let target = |given: TargetSkillInput| {
        Ok(TargetSkill { skill: given.skill_id.0, level: level("input.targetSkills", given.level)? })
    };
    given.into_iter().map(target).collect()
}
