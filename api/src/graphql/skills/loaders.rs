//! Skills and jobs that something refers to, and what people master and lack.

use chrono::NaiveDate;
use upskill_domain::kernel::{EmployeeId, JobProfileId, SkillId, SkillRecordId};
use upskill_domain::skills::{
    GapAsked, HeldSkill, JobProfile, JobRequirement, ProfileGap, Skill, SkillRecord,
};

use crate::graphql::loader::loader;

loader! {
    /// Skills by id.
    Skills: SkillId => one Skill, skills.skills_by_id, |skill| (skill.id, skill)
}

loader! {
    /// Records by id, as far as the actor may see them.
    SkillRecords: SkillRecordId => one SkillRecord, skills.skill_records_by_id, |record| (record.id, record)
}

loader! {
    /// What those people master on a day whose skills the actor may see; no day is today.
    HeldSkills: (EmployeeId, Option<NaiveDate>) => all HeldSkill, skills.held_skills, |held| held
}

loader! {
    /// Job profiles by id.
    JobProfiles: JobProfileId => one JobProfile, skills.job_profiles_by_id, |profile| (profile.id, profile)
}

loader! {
    /// What jobs ask for on a day, in its order; no day is today.
    RequiredSkills: (JobProfileId, Option<NaiveDate>) => all JobRequirement, skills.required_skills, |required| required
}

loader! {
    /// Which jobs those people have on a day whose skills the actor may see; no day is today.
    AssignedProfiles: (EmployeeId, Option<NaiveDate>) => one JobProfileId, skills.assigned_profiles, |assigned| assigned
}

loader! {
    /// What those people lack whose skills the actor may see.
    ProfileGaps: GapAsked => one ProfileGap, skills.profile_gaps, |gap| gap
}
