//! What a course teaches and what it expects.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::kernel::{CourseId, SkillId, search_key};
use crate::skills::SkillLevel;

/// What a course teaches and what it expects.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Syllabus {
    /// The skills taught, each once, by name.
    pub skills: Vec<TaughtSkill>,
    /// What it takes to be ready for the course.
    pub prerequisites: Prerequisites,
}

impl Syllabus {
    /// Puts every list in the order in which it is kept, so that equal syllabi look equal.
    pub fn sort(&mut self) {
        self.skills.sort_by_cached_key(|taught| (search_key(&taught.name), taught.skill));
        self.prerequisites.courses.sort_unstable();
        self.prerequisites.skills.sort_by_key(|required| required.skill);
    }
}

/// A skill that a course teaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaughtSkill {
    /// The skill.
    pub skill: SkillId,
    /// Its name, for reading and searching.
    pub name: String,
    /// The level that the course leads to. Unknown when the provider does not say.
    pub level: Option<SkillLevel>,
}

/// What it takes to be ready for a course.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Prerequisites {
    /// Courses to have completed.
    pub courses: Vec<CourseId>,
    /// Skills to bring along.
    pub skills: Vec<SkillAtLevel>,
}

/// A skill, and how well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkillAtLevel {
    /// The skill.
    pub skill: SkillId,
    /// The level: the one that a course leads to, unknown when its provider does not say; or the least to bring
    /// along, any when there is none.
    pub level: Option<SkillLevel>,
}

impl Prerequisites {
    /// Whether requiring `required` for `course` would close a circle: a course that nobody could ever begin.
    pub(super) fn close_circle(
        course: CourseId,
        required: &[CourseId],
        known: &[(CourseId, CourseId)],
    ) -> bool {
        let mut requires: HashMap<CourseId, Vec<CourseId>> = HashMap::new();
        for (after, before) in known {
            requires.entry(*after).or_default().push(*before);
        }
        let mut seen = HashSet::new();
        let mut ahead = required.to_vec();
        while let Some(next) = ahead.pop() {
            if next == course {
                return true;
            }
            if seen.insert(next) {
                ahead.extend(requires.get(&next).into_iter().flatten());
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::TypedId;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn course(number: u128) -> CourseId {
        CourseId::from_uuid(Uuid::from_u128(number))
    }

    #[test]
    fn a_course_does_not_require_itself_through_others() {
        let known = [(course(2), course(1)), (course(3), course(2))];
        assert!(Prerequisites::close_circle(course(1), &[course(3)], &known));
        assert!(Prerequisites::close_circle(course(1), &[course(1)], &[]));
        assert!(!Prerequisites::close_circle(course(4), &[course(3), course(1)], &known));
    }

    proptest! {
        /// Whatever is added link by link through the rule can always be begun somewhere.
        #[test]
        fn links_taken_by_the_rule_never_form_a_circle(
            wishes in proptest::collection::vec((0_u128..8, 0_u128..8), 0..40),
        ) {
            let mut known = Vec::new();
            for (after, before) in wishes {
                if !Prerequisites::close_circle(course(after), &[course(before)], &known) {
                    known.push((course(after), course(before)));
                }
            }
            // Peeling off courses that require nothing must reach every course.
            let mut left = known;
            loop {
                let waiting: HashSet<_> = left.iter().map(|(after, _)| *after).collect();
                let before = left.len();
                left.retain(|(_, required)| waiting.contains(required));
                if left.len() == before {
                    break;
                }
            }
            prop_assert!(left.is_empty());
        }
    }
}
