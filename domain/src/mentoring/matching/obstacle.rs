//! Why two people make no pair.

use super::{Conflicts, OpenMentor, SeekingMentee};

/// Why somebody may not, or cannot, mentor somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Obstacle {
    /// They are the same person.
    Themself,
    /// The mentee reports to the mentor.
    DirectManager,
    /// One stands above the other, further up than the direct manager of the mentee.
    ReportingLine,
    /// Both work in the same department.
    SameDepartment,
    /// It has ended before, or did not begin.
    EndedBefore,
    /// The mentor can take the mentee further in nothing that they want.
    NoSkill,
    /// They have no language in common.
    NoLanguage,
    /// The mentor has no place free.
    NoPlace,
}

impl Obstacle {
    /// Every obstacle.
    pub const ALL: [Self; 8] = [
        Self::Themself,
        Self::DirectManager,
        Self::ReportingLine,
        Self::SameDepartment,
        Self::EndedBefore,
        Self::NoSkill,
        Self::NoLanguage,
        Self::NoPlace,
    ];

    /// The name in the schema and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Themself => "THEMSELF",
            Self::DirectManager => "DIRECT_MANAGER",
            Self::ReportingLine => "REPORTING_LINE",
            Self::SameDepartment => "SAME_DEPARTMENT",
            Self::EndedBefore => "ENDED_BEFORE",
            Self::NoSkill => "NO_SKILL",
            Self::NoLanguage => "NO_LANGUAGE",
            Self::NoPlace => "NO_PLACE",
        }
    }

    /// The obstacle with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|obstacle| obstacle.name() == name)
    }

    /// Everything that stands between two people.
    pub(super) fn between(mentee: &SeekingMentee, mentor: &OpenMentor, conflicts: Conflicts) -> Vec<Self> {
        Self::ALL.into_iter().filter(|obstacle| obstacle.stands(mentee, mentor, conflicts)).collect()
    }

    fn stands(self, mentee: &SeekingMentee, mentor: &OpenMentor, conflicts: Conflicts) -> bool {
        match self {
            Self::Themself => mentee.employee == mentor.employee,
            Self::DirectManager => !conflicts.manager_allowed && manages(mentor, mentee),
            Self::ReportingLine => !conflicts.line_allowed && is_in_line(mentee, mentor),
            Self::SameDepartment => {
                !conflicts.same_department_allowed && mentee.department == mentor.department
            }
            Self::EndedBefore => mentee.ended_before.contains(&mentor.mentor),
            Self::NoSkill => !mentee.open_skills().any(|(skill, wanted)| {
                mentor.skills.get(&skill).is_some_and(|level| wanted.reached_at(*level) > 0)
            }),
            Self::NoLanguage => !mentee.languages.iter().any(|language| mentor.speaks(language)),
            Self::NoPlace => mentor.free_places() == 0,
        }
    }
}

fn manages(mentor: &OpenMentor, mentee: &SeekingMentee) -> bool {
    mentee.line.first() == Some(&mentor.employee)
}

fn is_in_line(mentee: &SeekingMentee, mentor: &OpenMentor) -> bool {
    let above = mentee.line.contains(&mentor.employee) && !manages(mentor, mentee);
    above || mentor.line.contains(&mentee.employee)
}

#[cfg(test)]
mod tests {
    use super::super::people::{ended_before, mentee, mentor, mentor_id, reports_to, teaching};
    use super::*;

    const STRICT: Conflicts =
        Conflicts { manager_allowed: false, line_allowed: false, same_department_allowed: false };

    fn between(mentee: &SeekingMentee, mentor: &OpenMentor) -> Vec<Obstacle> {
        Obstacle::between(mentee, mentor, STRICT)
    }

    #[test]
    fn every_obstacle_has_one_name() {
        for obstacle in Obstacle::ALL {
            assert_eq!(Obstacle::named(obstacle.name()), Some(obstacle));
        }
        assert_eq!(Obstacle::named("TOO_FAR"), None);
    }

    #[test]
    fn m2_nobody_mentors_themself_whatever_is_allowed() {
        let anything = Conflicts { manager_allowed: true, line_allowed: true, same_department_allowed: true };
        let found = Obstacle::between(&mentee(1), &mentor(1), anything);
        assert_eq!(found, [Obstacle::Themself]);
    }

    #[test]
    fn m2_by_default_the_direct_manager_alone_is_out_of_the_question() {
        let mentee = reports_to(mentee(1), &[2, 3]);
        let by_default = |number| Obstacle::between(&mentee, &mentor(number), Conflicts::default());
        assert_eq!(by_default(2), [Obstacle::DirectManager]);
        assert_eq!(by_default(3), []);
    }

    #[test]
    fn the_line_is_everybody_above_and_below_but_for_the_direct_manager() {
        let above = reports_to(mentee(1), &[2, 3]);
        assert_eq!(between(&above, &mentor(2)), [Obstacle::DirectManager]);
        assert_eq!(between(&above, &mentor(3)), [Obstacle::ReportingLine]);
        assert_eq!(between(&above, &mentor(4)), []);
        let below = OpenMentor { line: above.chain().collect(), ..mentor(5) };
        assert_eq!(between(&above, &below), [Obstacle::ReportingLine]);
        let manager_only = Conflicts { manager_allowed: true, ..STRICT };
        assert_eq!(Obstacle::between(&above, &mentor(2), manager_only), []);
        assert_eq!(Obstacle::between(&above, &mentor(3), manager_only), [Obstacle::ReportingLine]);
    }

    #[test]
    fn a_department_can_be_kept_apart() {
        let other = mentee(1);
        let same = OpenMentor { department: other.department, ..mentor(2) };
        assert_eq!(between(&other, &same), [Obstacle::SameDepartment]);
        let together = Conflicts { same_department_allowed: true, ..STRICT };
        assert_eq!(Obstacle::between(&other, &same, together), []);
    }

    #[test]
    fn everything_that_stands_between_two_people_is_told() {
        let mut alone = ended_before(mentee(1), mentor_id(2));
        alone.languages.clear();
        let mut full = OpenMentor { capacity: 2, places_taken: 3, ..mentor(2) };
        full.skills.clear();
        let everything = [Obstacle::EndedBefore, Obstacle::NoSkill, Obstacle::NoLanguage, Obstacle::NoPlace];
        assert_eq!(between(&alone, &full), everything);
    }

    #[test]
    fn nobody_teaches_who_knows_no_more() {
        // The mentee holds level 2 and wants 4.
        let taught = |level| between(&mentee(1), &teaching(mentor(2), &[(1, level)]));
        assert_eq!(taught(2), [Obstacle::NoSkill]);
        assert_eq!(taught(3), []);
    }
}
