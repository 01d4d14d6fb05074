//! Skills that something refers to, and what people master.

use chrono::NaiveDate;
use upskill_domain::kernel::{EmployeeId, SkillId, SkillRecordId};
use upskill_domain::skills::{HeldSkill, Skill, SkillRecord};

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
