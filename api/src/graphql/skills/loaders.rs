//! Skills that something refers to.

use upskill_domain::kernel::SkillId;
use upskill_domain::skills::Skill;

use crate::graphql::loader::loader;

loader! {
    /// Skills by id.
    Skills: SkillId => one Skill, skills.skills_by_id, |skill| (skill.id, skill)
}
