//! What happens to the vocabulary of skills and to what is known of people. How well somebody masters something is told
//! to nobody but those who may read it.

use serde::Serialize;

use crate::journal::{Event, Subject};
use crate::kernel::{EmployeeId, EnrollmentId, JobProfileId, SkillId, SkillRecordId};

use super::{JobAssignment, SkillEvidence, SkillRecord};

/// An event of this capability.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "the fields are the event's words")]
pub enum SkillEvent {
    /// A skill came into the vocabulary.
    Created { skill: SkillId, name: String },
    /// Something was said of somebody's level.
    Recorded {
        skill_record: SkillRecordId,
        employee: EmployeeId,
        skill: SkillId,
        evidence: SkillEvidence,
        #[serde(skip_serializing_if = "Option::is_none")]
        enrollment: Option<EnrollmentId>,
    },
    /// A kind of job was described.
    ProfileCreated { job_profile: JobProfileId, name: String },
    /// It asks for something else, or is called otherwise.
    ProfileChanged { job_profile: JobProfileId },
    /// Somebody has a job from now on, or none any more.
    ProfileAssigned {
        employee: EmployeeId,
        #[serde(skip_serializing_if = "Option::is_none")]
        job_profile: Option<JobProfileId>,
    },
}

impl SkillEvent {
    /// That a record was made.
    pub(super) fn of(record: &SkillRecord) -> Self {
        let SkillRecord { id, employee, skill, evidence, enrollment, .. } = *record;
        Self::Recorded { skill_record: id, employee, skill, evidence, enrollment }
    }

    /// That a job was assigned.
    pub(super) fn assigned(assignment: &JobAssignment) -> Self {
        Self::ProfileAssigned { employee: assignment.employee, job_profile: assignment.profile }
    }
}

impl Event for SkillEvent {
    const KINDS: &'static [&'static str] = &[
        "skills.skill_created",
        "skills.level_recorded",
        "skills.job_profile_created",
        "skills.job_profile_changed",
        "skills.job_profile_assigned",
    ];

    fn kind(&self) -> &'static str {
        match self {
            Self::Created { .. } => "skills.skill_created",
            Self::Recorded { .. } => "skills.level_recorded",
            Self::ProfileCreated { .. } => "skills.job_profile_created",
            Self::ProfileChanged { .. } => "skills.job_profile_changed",
            Self::ProfileAssigned { .. } => "skills.job_profile_assigned",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Created { skill, .. } => Subject::of(*skill),
            Self::Recorded { skill_record, .. } => Subject::of(*skill_record),
            Self::ProfileCreated { job_profile, .. } | Self::ProfileChanged { job_profile } => {
                Subject::of(*job_profile)
            }
            Self::ProfileAssigned { employee, .. } => Subject::of(*employee),
        }
    }
}
