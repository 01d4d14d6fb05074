//! Adding what happened to what was counted before.

use std::collections::BTreeMap;

use crate::kernel::{CourseId, DepartmentId, EmployeeId, ProgramId, ProviderId};

use super::figures::{Measure, Sizes};
use super::group::{Group, GroupYear, PersonYear, month_bit};
use super::period::slots_of;

/// Something that happened to somebody who learns, and where it belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fact {
    pub(super) learned: Learned,
    pub(super) year: i32,
    /// From 0.
    pub(super) month: usize,
    pub(super) measure: Measure,
}

/// Who learned what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Learned {
    /// Who.
    pub employee: EmployeeId,
    /// Where they work now.
    pub department: Option<DepartmentId>,
    /// The course, if it is one of the catalog.
    pub course: Option<CourseId>,
    /// Who provides it now.
    pub provider: Option<ProviderId>,
    /// The program it is part of.
    pub program: Option<ProgramId>,
}

/// What is counted, as far as some facts touch it.
#[derive(Debug, Default)]
pub(super) struct Fold {
    people: BTreeMap<(i32, EmployeeId), PersonYear>,
    groups: BTreeMap<(i32, Group), GroupYear>,
}

impl Fold {
    /// From what was counted of the people and the courses of some facts.
    pub(super) fn of(people: Vec<PersonYear>, courses: Vec<GroupYear>) -> Self {
        let people = people.into_iter().map(|person| ((person.year, person.employee), person)).collect();
        let mut fold = Self { people, groups: BTreeMap::new() };
        fold.know(courses);
        fold
    }

    /// Takes up what was counted of groups.
    pub(super) fn know(&mut self, groups: Vec<GroupYear>) {
        self.groups.extend(groups.into_iter().map(|group| ((group.year, group.group), group)));
    }

    /// Takes up where people and courses count, as far as that is not known yet, and nothing of what was counted of them.
    pub(super) fn settle(&mut self, people: Vec<PersonYear>, courses: Vec<GroupYear>) {
        for person in people {
            let settled = PersonYear { months: Vec::new(), ..person };
            self.people.entry((settled.year, settled.employee)).or_insert(settled);
        }
        for course in courses {
            let settled =
                GroupYear { provider: course.provider, ..GroupYear::new(course.group, course.year) };
            self.groups.entry((settled.year, settled.group)).or_insert(settled);
        }
    }

    /// The groups that a fact counts in.
    pub(super) fn groups_of(&self, fact: &Fact) -> [Group; 5] {
        let Learned { employee, department, course, provider, program } = fact.learned;
        let person = self.people.get(&(fact.year, employee));
        let taken = self.groups.get(&(fact.year, Group::Course(course)));
        [
            Group::Everybody,
            Group::Department(person.map_or(department, |person| person.department)),
            Group::Provider(taken.map_or(provider, |course| course.provider)),
            Group::Course(course),
            Group::Program(program),
        ]
    }

    /// Counts a fact.
    pub(super) fn add(&mut self, fact: &Fact) {
        let groups = self.groups_of(fact);
        let Fact { learned: Learned { employee, department, provider, .. }, year, month, measure } = *fact;
        let new = || PersonYear { employee, year, department, months: Vec::new() };
        let person = self.people.entry((year, employee)).or_insert_with(new);
        for group in groups {
            let before = person.count(group, month);
            let provider = provider.filter(|_| matches!(group, Group::Course(Some(_))));
            let new = || GroupYear { provider, ..GroupYear::new(group, year) };
            let counted = self.groups.entry((year, group)).or_insert_with(new);
            counted.months.get_mut(month).into_iter().for_each(|figures| figures.add(measure));
            counted.sizes.add(before, month, measure);
        }
    }

    /// What has to be kept.
    pub(super) fn into_parts(self) -> (Vec<PersonYear>, Vec<GroupYear>) {
        (self.people.into_values().collect(), self.groups.into_values().collect())
    }
}

impl Sizes {
    /// Counts something that somebody did in a month who counted in some months before.
    fn add(&mut self, before: u16, month: usize, measure: Measure) {
        let first = (month / 3).saturating_mul(3);
        let quarter = (first..first.saturating_add(3)).map(month_bit).fold(0, |all, month| all | month);
        let known = [before & month_bit(month) != 0, before & quarter != 0, before != 0];
        let (completed, ended) = match measure {
            Measure::Completed => (1, 1),
            Measure::Dropped => (0, 1),
            Measure::Enrolled | Measure::Logged(..) | Measure::Spent(_) => (0, 0),
        };
        for (slot, known) in slots_of(month).into_iter().zip(known) {
            let Some(size) = self.0.get_mut(slot) else { continue };
            size.people = size.people.saturating_add(u32::from(!known));
            size.completed = size.completed.saturating_add(completed);
            size.ended = size.ended.saturating_add(ended);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::kernel::TypedId;
    use crate::reports::period::ReportPeriod;

    fn id<I: TypedId>(n: u32) -> I {
        I::from_uuid(Uuid::from_u128(u128::from(n)))
    }

    fn fact((person, department, course, month): (u32, u32, u32, usize), measure: Measure) -> Fact {
        let learned = Learned {
            employee: id(person),
            department: Some(id(department)),
            course: Some(id(course)),
            provider: Some(id(course % 2)),
            program: None,
        };
        Fact { learned, year: 2026, month, measure }
    }

    fn sized(fold: &Fold, group: Group, period: &str) -> (u32, u32, u32) {
        let slot = ReportPeriod::parse(period).unwrap().slot();
        let size = fold.groups.get(&(2026, group)).map(|group| group.sizes.0[slot]).unwrap_or_default();
        (size.people, size.completed, size.ended)
    }

    #[test]
    fn people_count_once_in_each_period() {
        let mut fold = Fold::default();
        for month in [0, 0, 2, 5] {
            fold.add(&fact((1, 1, 1, month), Measure::Enrolled));
        }
        fold.add(&fact((2, 1, 1, 2), Measure::Completed));
        let group = Group::Course(Some(id(1)));
        for (period, expected) in [
            ("2026-01", (1, 0, 0)),
            ("2026-02", (0, 0, 0)),
            ("2026-03", (2, 1, 1)),
            ("2026-06", (1, 0, 0)),
            ("2026-Q1", (2, 1, 1)),
            ("2026-Q2", (1, 0, 0)),
            ("2026", (2, 1, 1)),
        ] {
            assert_eq!(sized(&fold, group, period), expected, "{period}");
        }
    }

    #[test]
    fn whoever_moves_stays_in_the_department_where_they_learned_first_that_year() {
        let mut fold = Fold::default();
        fold.add(&fact((1, 1, 1, 0), Measure::Enrolled));
        fold.add(&fact((1, 2, 1, 3), Measure::Completed));
        assert_eq!(sized(&fold, Group::Department(Some(id(1))), "2026"), (1, 1, 1));
        assert_eq!(sized(&fold, Group::Department(Some(id(2))), "2026"), (0, 0, 0));
    }

    #[test]
    fn a_course_that_changes_hands_stays_with_its_provider_that_year() {
        let mut fold = Fold::default();
        fold.add(&fact((1, 1, 1, 0), Measure::Enrolled));
        let mut moved = fact((2, 1, 1, 3), Measure::Enrolled);
        moved.learned.provider = Some(id(0));
        fold.add(&moved);
        assert_eq!(sized(&fold, Group::Provider(Some(id(1))), "2026"), (2, 0, 0));
        assert_eq!(sized(&fold, Group::Provider(Some(id(0))), "2026"), (0, 0, 0));
    }

    proptest! {
        /// However facts come in batches, with what was counted kept in between, the outcome is the same.
        #[test]
        fn batches_make_no_difference(
            facts in proptest::collection::vec((0..6_u32, 0..3_u32, 0..4_u32, 0..12_usize), 0..60),
            cut in 0..60_usize,
        ) {
            let facts: Vec<Fact> = facts.into_iter().map(|at| fact(at, Measure::Completed)).collect();
            let mut whole = Fold::default();
            for fact in &facts { whole.add(fact); }
            let (first, second) = facts.split_at(cut.min(facts.len()));
            let mut fold = Fold::default();
            for fact in first { fold.add(fact); }
            let (people, groups) = fold.into_parts();
            let mut fold = Fold::of(people, groups);
            for fact in second { fold.add(fact); }
            prop_assert_eq!(whole.into_parts(), fold.into_parts());
        }
    }
}
