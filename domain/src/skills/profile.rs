//! Job profiles: what a job asks for, since when, and who has it.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::journal::Reused;
use crate::kernel::{EmployeeId, JobProfileId, Refusal, SkillId, TextError, search_key};

use super::{SkillLevel, SkillNeed};

/// A kind of job, such as "Cloud engineer".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobProfile {
    /// Its id.
    pub id: JobProfileId,
    /// The name, unique within the employer without regard to case and spacing.
    pub name: String,
    /// What the job is about.
    pub summary: Option<String>,
    /// Counts changes, to notice concurrent ones.
    pub version: i32,
}

impl JobProfile {
    /// The form of the name by which two profiles are the same.
    pub fn key(&self) -> String {
        search_key(&self.name)
    }
}

/// A skill that a job asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct JobRequirement {
    /// Which skill.
    pub skill: SkillId,
    /// How well.
    pub level: SkillLevel,
    /// Whether nobody can do the job without it (S2).
    pub must_have: bool,
    /// How much it counts beside the others, 1 to 10.
    pub weight: i32,
}

impl JobRequirement {
    /// A skill to reach, where each counts the same and none can be missing.
    pub(crate) fn goal(need: SkillNeed) -> Self {
        Self { skill: need.skill, level: need.level, must_have: true, weight: 1 }
    }
}

/// What a job asks for from a day on, until other requirements begin. They are only ever added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRequirements {
    /// Of which profile.
    pub profile: JobProfileId,
    /// Which of its requirements, counted from 1.
    pub number: i32,
    /// The first day on which they hold.
    pub from_on: NaiveDate,
    /// The skills.
    pub skills: Vec<JobRequirement>,
    /// Who set them; none for the installation itself.
    pub by: Option<EmployeeId>,
    /// When.
    pub at: DateTime<Utc>,
}

/// Which job somebody has from a day on, until another one begins. Assignments are only ever added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobAssignment {
    /// Who.
    pub employee: EmployeeId,
    /// Which of their assignments, counted from 1.
    pub number: i32,
    /// Which job; none from that day on when there is none.
    pub profile: Option<JobProfileId>,
    /// The first day.
    pub from_on: NaiveDate,
    /// Who assigned it; none for the installation itself.
    pub by: Option<EmployeeId>,
    /// When.
    pub at: DateTime<Utc>,
}

/// The orders in which profiles can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum JobProfileOrder {
    /// By name, without regard to case.
    #[default]
    Name,
}

/// What a job asks for on a day, out of everything that one profile has asked for (S3). Before its first requirements it
/// asks for nothing.
pub fn required_on(all: &[JobRequirements], day: NaiveDate) -> Option<&JobRequirements> {
    let begun = all.iter().filter(|requirements| requirements.from_on <= day);
    begun.max_by_key(|requirements| (requirements.from_on, requirements.number))
}

/// The job that one person has on a day, out of everything that was assigned to them (S3).
pub fn assigned_on(all: &[JobAssignment], day: NaiveDate) -> Option<JobProfileId> {
    let begun = all.iter().filter(|assignment| assignment.from_on <= day);
    begun.max_by_key(|assignment| (assignment.from_on, assignment.number))?.profile
}

/// Why a profile cannot be as it was asked to be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message says what each field is")]
pub enum JobProfileRefusal {
    /// The name is in use.
    #[error("a job profile named '{0}' exists already; case and spacing make no difference")]
    NameTaken(String),
    /// The name cannot be taken.
    #[error("the name {0}")]
    InvalidName(TextError),
    /// The summary cannot be taken.
    #[error("the summary {0}")]
    InvalidSummary(TextError),
    /// Nothing, or more than anybody keeps in mind.
    #[error("{0} required skills are not 1 to {MOST_SKILLS}")]
    WrongNumber(usize),
    /// The same skill twice.
    #[error("{0} is required twice")]
    Twice(SkillId),
    /// A weight out of range.
    #[error("a weight of {0} is not 1 to {HEAVIEST}")]
    WrongWeight(i32),
    /// No such skill.
    #[error("there is no skill {0}")]
    UnknownSkill(SkillId),
    /// The requirements would hold from a day that is still to come.
    #[error("{given} is still to come; requirements hold from today, {today}, or from an earlier day")]
    InFuture { given: NaiveDate, today: NaiveDate },
}

/// Why a profile was not created.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreateJobProfileRefusal {
    /// A value cannot be taken.
    #[error(transparent)]
    Invalid(#[from] JobProfileRefusal),
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for CreateJobProfileRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::Invalid(refusal) => refusal.field(),
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

impl Refusal for JobProfileRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::NameTaken(_) | Self::InvalidName(_) => &["input", "name"],
            Self::InvalidSummary(_) => &["input", "summary"],
            Self::WrongNumber(_) | Self::Twice(_) | Self::WrongWeight(_) | Self::UnknownSkill(_) => {
                &["input", "requirements"]
            }
            Self::InFuture { .. } => &["input", "fromOn"],
        }
    }
}

/// Why no job was assigned to anybody.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message says what each field is")]
pub enum AssignJobProfilesRefusal {
    /// Nobody, or more than one list takes.
    #[error("{0} assignments are not 1 to {MOST_ASSIGNMENTS}")]
    WrongNumber(usize),
    /// The jobs would begin on a day that is still to come.
    #[error("{given} is still to come; a job is assigned from today, {today}, or from an earlier day")]
    InFuture { given: NaiveDate, today: NaiveDate },
}

impl Refusal for AssignJobProfilesRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::WrongNumber(_) => &["input", "assignments"],
            Self::InFuture { .. } => &["input", "fromOn"],
        }
    }
}

/// Why one person of a list was assigned no job.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JobAssignmentRefusal {
    /// No such person, or somebody who has left.
    #[error("there is no employee {0} who could have a job profile")]
    UnknownEmployee(EmployeeId),
    /// No such profile.
    #[error("there is no job profile {0}")]
    UnknownProfile(JobProfileId),
    /// The same person stands in the list before.
    #[error("{0} stands in the list twice")]
    Twice(EmployeeId),
}

impl Refusal for JobAssignmentRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::UnknownEmployee(_) | Self::Twice(_) => &["employeeId"],
            Self::UnknownProfile(_) => &["jobProfileId"],
        }
    }
}

/// Skills that a profile may ask for.
const MOST_SKILLS: usize = 100;
/// The highest weight.
const HEAVIEST: i32 = 10;
/// People to whom jobs are assigned at once.
pub(super) const MOST_ASSIGNMENTS: usize = 100;

/// Requirements that make sense together.
pub(super) fn checked(skills: &[JobRequirement]) -> Result<(), JobProfileRefusal> {
    if !(1..=MOST_SKILLS).contains(&skills.len()) {
        return Err(JobProfileRefusal::WrongNumber(skills.len()));
    }
    let mut seen = HashSet::new();
    for required in skills {
        if !seen.insert(required.skill) {
            return Err(JobProfileRefusal::Twice(required.skill));
        }
        if !(1..=HEAVIEST).contains(&required.weight) {
            return Err(JobProfileRefusal::WrongWeight(required.weight));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::kernel::TypedId;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    fn required(skill: u128, weight: i32) -> JobRequirement {
        JobRequirement {
            skill: SkillId::from_uuid(Uuid::from_u128(skill)),
            level: SkillLevel::new(3).unwrap_or_else(|error| panic!("{error}")),
            must_have: false,
            weight,
        }
    }

    #[test]
    fn requirements_that_make_no_sense_are_refused() {
        assert_eq!(checked(&[required(1, 1), required(2, 10)]), Ok(()));
        assert_eq!(checked(&[]), Err(JobProfileRefusal::WrongNumber(0)));
        let many: Vec<_> = (0..101).map(|skill| required(skill, 1)).collect();
        assert_eq!(checked(&many), Err(JobProfileRefusal::WrongNumber(101)));
        let twice = required(1, 1);
        assert_eq!(checked(&[twice, required(1, 2)]), Err(JobProfileRefusal::Twice(twice.skill)));
        assert_eq!(checked(&[required(1, 0)]), Err(JobProfileRefusal::WrongWeight(0)));
        assert_eq!(checked(&[required(1, 11)]), Err(JobProfileRefusal::WrongWeight(11)));
    }

    #[test]
    fn s3_every_day_has_its_own_requirements_and_its_own_job() {
        let profile = |number| JobProfileId::from_uuid(Uuid::from_u128(number));
        let requirements = |number, from_on| JobRequirements {
            profile: profile(1),
            number,
            from_on: day(from_on),
            skills: Vec::new(),
            by: None,
            at: DateTime::UNIX_EPOCH,
        };
        let all =
            [requirements(1, "2026-01-01"), requirements(2, "2026-03-01"), requirements(3, "2026-03-01")];
        let number = |on| required_on(&all, day(on)).map(|requirements| requirements.number);
        assert_eq!(
            [number("2025-12-31"), number("2026-02-28"), number("2026-03-01")],
            [None, Some(1), Some(3)]
        );

        let assignment = |number, to: Option<u128>, from_on| JobAssignment {
            employee: EmployeeId::from_uuid(Uuid::from_u128(7)),
            number,
            profile: to.map(profile),
            from_on: day(from_on),
            by: None,
            at: DateTime::UNIX_EPOCH,
        };
        let all = [
            assignment(1, Some(1), "2026-01-01"),
            assignment(2, None, "2026-03-01"),
            assignment(3, Some(2), "2026-02-01"),
        ];
        let job = |on| assigned_on(&all, day(on));
        assert_eq!([job("2025-12-31"), job("2026-01-31")], [None, Some(profile(1))]);
        assert_eq!([job("2026-02-28"), job("2026-03-01")], [Some(profile(2)), None]);
    }
}
