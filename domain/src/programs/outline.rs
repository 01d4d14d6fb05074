//! What a program aims at, for whom, and by which courses.

use serde::{Deserialize, Serialize};

use crate::kernel::{CourseId, DepartmentId, SkillId};
use crate::skills::SkillLevel;

/// What a program aims at, for whom, and by which courses.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Outline {
    /// The skills to reach, each with its level.
    pub skills: Vec<TargetSkill>,
    /// The departments it is meant for; the whole employer when there is none.
    pub departments: Vec<DepartmentId>,
    /// The courses that lead there.
    pub courses: Vec<CourseId>,
}

/// A skill to reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TargetSkill {
    /// The skill.
    pub skill: SkillId,
    /// The level to reach.
    pub level: SkillLevel,
}

impl Outline {
    /// Items that each list may have.
    pub const MOST: usize = 100;

    /// The outline with every list in order and without repetitions, so that equal outlines look equal. Of a skill
    /// given twice the higher level counts.
    pub fn tidy(mut self) -> Self {
        self.skills.sort_unstable_by_key(|target| (target.skill, std::cmp::Reverse(target.level)));
        self.skills.dedup_by_key(|target| target.skill);
        self.departments.sort_unstable();
        self.departments.dedup();
        self.courses.sort_unstable();
        self.courses.dedup();
        self
    }

    /// Whether there is anything to learn.
    pub(super) fn teaches(&self) -> bool {
        !self.skills.is_empty() || !self.courses.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::TypedId;
    use uuid::Uuid;

    #[test]
    fn of_a_skill_given_twice_the_higher_level_counts() {
        let skill = SkillId::from_uuid(Uuid::from_u128(1));
        let at = |level| SkillLevel::new(level).map(|level| TargetSkill { skill, level });
        let skills: Vec<_> = [2, 4, 3].into_iter().filter_map(|level| at(level).ok()).collect();
        let tidy = Outline { skills, ..Outline::default() }.tidy();
        assert_eq!(tidy.skills.iter().map(|target| target.level.number()).collect::<Vec<_>>(), [4]);
        assert!(tidy.teaches() && !Outline::default().teaches());
    }
}
