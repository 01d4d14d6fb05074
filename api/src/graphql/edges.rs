//! What capabilities know of the things of others below them.
//!
//! A capability may not know those above it, but a client expects to walk from a person to their requests. So the types
//! of the lower capability take up, without naming them, the fields that stand here.

use async_graphql::MergedObject;
use upskill_domain::kernel::{EmployeeId, EnrollmentId};
use upskill_domain::skills::SkillNeed;

use super::catalog::ProfileGapCatalog;
use super::funding::EmployeeFunding;
use super::learning::{EmployeeLearning, SkillRecordLearning};
use super::mentoring::{EmployeeMentoring, EnrollmentMentoring};
pub(crate) use super::reports::{BudgetReported, Reported, Returned, Skilled};
use super::roi::EmployeeRoi;
use super::skills::EmployeeSkills;

/// What capabilities know of a person.
#[derive(MergedObject)]
pub(crate) struct EmployeeEdges(
    EmployeeSkills,
    EmployeeFunding,
    EmployeeLearning,
    EmployeeMentoring,
    EmployeeRoi,
);

impl EmployeeEdges {
    pub(crate) fn of(person: EmployeeId) -> Self {
        Self(
            EmployeeSkills(person),
            EmployeeFunding(person),
            EmployeeLearning(person),
            EmployeeMentoring(person),
            EmployeeRoi(person),
        )
    }
}

/// What capabilities know of an enrollment.
#[derive(MergedObject)]
pub(crate) struct EnrollmentEdges(EnrollmentMentoring);

impl EnrollmentEdges {
    pub(crate) fn of(enrollment: EnrollmentId) -> Self {
        Self(EnrollmentMentoring(enrollment))
    }
}

/// What capabilities know of what was recorded of a person's skill.
#[derive(MergedObject)]
pub(crate) struct SkillRecordEdges(SkillRecordLearning);

impl SkillRecordEdges {
    pub(crate) fn of(enrollment: Option<EnrollmentId>) -> Self {
        Self(SkillRecordLearning(enrollment))
    }
}

/// What capabilities know of what somebody lacks for a job.
#[derive(MergedObject)]
pub(crate) struct ProfileGapEdges(ProfileGapCatalog);

impl ProfileGapEdges {
    pub(crate) fn of(needs: Vec<SkillNeed>) -> Self {
        Self(ProfileGapCatalog(needs))
    }
}
