//! Around a program: who is compared with whom, and over which days.
//!
//! Departments are compared, not people. Whoever takes part in a program had stayed until then, so of participants nobody
//! has left before, and they would seem to stay longer whatever they learned. Departments know no such thing: who would
//! have left counts in them before as after, and so does who was meant and did not come (R2).

use std::collections::BTreeSet;

use chrono::{Days, Months, NaiveDate};

use super::{Cell, RetentionEffect, Watched};
use crate::kernel::{Blocks, DepartmentId, MinimumGroupSize, Period, PeriodError, ProgramId, Suppression};

/// How people leave the departments that a program is meant for, and all others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionStudy {
    /// The program.
    pub program: ProgramId,
    /// The year before the last one before, the last one before, and the first one from when the program begins.
    pub years: [Period; 3],
    /// The smallest group of people that the employer's reports speak about.
    pub minimum: MinimumGroupSize,
    /// What came out.
    pub finding: RetentionFinding,
}

/// What a look at how people leave came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetentionFinding {
    /// The year from when the program begins is not over.
    TooEarly,
    /// The program is meant for the whole employer, so there is nobody to compare with.
    NobodyElse,
    /// It would tell about a few people, because a department with few is among those meant or among the others while
    /// those that it can only be told together with are not.
    Suppressed(Suppression),
    /// What can be said.
    Told(RetentionEffect),
}

/// The people of a department over three years; none for those who are in no department.
pub type DepartmentWatched = (Option<DepartmentId>, Watched);

impl RetentionStudy {
    /// The years around a day: two before it, and the one that begins with it.
    pub(crate) fn years(begin: NaiveDate) -> Result<[Period; 3], PeriodError> {
        let year = Months::new(12);
        let earlier = |day: NaiveDate| day.checked_sub_months(year).unwrap_or(day);
        let last = |next: NaiveDate| next.checked_sub_days(Days::new(1)).unwrap_or(next);
        let before = earlier(begin);
        let next = begin.checked_add_months(year).unwrap_or(begin);
        Ok([
            Period::new(earlier(before), last(before))?,
            Period::new(before, last(begin))?,
            Period::new(begin, last(next))?,
        ])
    }

    /// The day from which it is known how people left in all of the years.
    pub fn known_from(&self) -> NaiveDate {
        let [_, _, after] = self.years;
        after.to().checked_add_days(Days::new(1)).unwrap_or(after.to())
    }
}

impl RetentionFinding {
    /// What the people of departments tell, of which some are those that the program is meant for.
    pub(crate) fn of(
        meant: &BTreeSet<DepartmentId>,
        departments: &[DepartmentWatched],
        minimum: MinimumGroupSize,
    ) -> Self {
        if meant.is_empty() {
            return Self::NobodyElse;
        }
        if let Err(reason) = told_apart(meant, departments, minimum) {
            return Self::Suppressed(reason);
        }
        let (upskilled, others): (Vec<_>, Vec<_>) =
            departments.iter().partition(|(department, _)| is_meant(meant, *department));
        let all = |group: Vec<&DepartmentWatched>| {
            group.into_iter().fold(Watched::NOBODY, |sum, (_, watched)| sum.with(*watched))
        };
        Self::Told(RetentionEffect::of(all(upskilled), all(others), minimum))
    }
}

fn is_meant(meant: &BTreeSet<DepartmentId>, department: Option<DepartmentId>) -> bool {
    department.is_some_and(|department| meant.contains(&department))
}

/// Whether those meant can be told apart from the others in each of the years, however other programs cut the departments.
fn told_apart(
    meant: &BTreeSet<DepartmentId>,
    departments: &[DepartmentWatched],
    minimum: MinimumGroupSize,
) -> Result<(), Suppression> {
    let years: [fn(&Watched) -> Cell; 3] = [|group| group.earlier, |group| group.before, |group| group.after];
    for year in years {
        let people = departments.iter().map(|(department, group)| (*department, year(group).people.into()));
        let blocks = Blocks::of(minimum.for_rates(), people);
        let chosen = departments.iter().map(|(department, _)| department);
        blocks.selection(chosen.filter(|department| is_meant(meant, **department)))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::TypedId;
    use uuid::Uuid;

    fn department(number: u128) -> DepartmentId {
        DepartmentId::from_uuid(Uuid::from_u128(number))
    }

    fn watched(people: u32, exits: [u32; 3]) -> Watched {
        let [earlier, before, after] = exits.map(|exits| Cell { people, exits });
        Watched { earlier, before, after }
    }

    fn find(meant: &[u128], departments: &[(u128, Watched)]) -> RetentionFinding {
        let meant = meant.iter().map(|number| department(*number)).collect();
        let departments: Vec<_> =
            departments.iter().map(|(number, group)| (Some(department(*number)), *group)).collect();
        RetentionFinding::of(&meant, &departments, MinimumGroupSize::DEFAULT)
    }

    #[test]
    fn r6_a_year_begins_with_the_program_and_two_lie_before() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        let years = RetentionStudy::years(day("2025-03-01"));
        let spans = years.map(|years| years.map(|year| (year.from(), year.to())));
        assert_eq!(
            spans,
            Ok([
                (day("2023-03-01"), day("2024-02-29")),
                (day("2024-03-01"), day("2025-02-28")),
                (day("2025-03-01"), day("2026-02-28")),
            ])
        );
    }

    #[test]
    fn r6_departments_that_are_meant_are_compared_with_all_others() {
        let found = find(
            &[1, 2],
            &[
                (1, watched(300, [60, 60, 24])),
                (2, watched(200, [40, 40, 16])),
                (3, watched(2_000, [400, 400, 360])),
            ],
        );
        let RetentionFinding::Told(RetentionEffect::Measured { effect, people }) = found else {
            panic!("{found:?}")
        };
        assert_eq!((effect.points.to_string(), people), ("-10.00".to_owned(), [500, 500, 2_000, 2_000]));
        assert_eq!(find(&[], &[(1, watched(300, [60, 60, 24]))]), RetentionFinding::NobodyElse);
    }

    #[test]
    fn r7_a_small_department_is_not_told_by_what_two_programs_differ_in() {
        let of = |meant: &[u128]| {
            find(
                meant,
                &[
                    (1, watched(100, [20, 20, 20])),
                    (2, watched(4, [1, 1, 0])),
                    (3, watched(80, [20, 20, 20])),
                    (4, watched(90, [20, 20, 20])),
                ],
            )
        };
        // The smallest large one goes together with the small one, or neither is among those meant.
        assert_eq!(of(&[1, 2]), RetentionFinding::Suppressed(Suppression::Complementary));
        assert_eq!(of(&[2]), RetentionFinding::Suppressed(Suppression::BelowMinimum));
        assert!(matches!(of(&[1]), RetentionFinding::Told(_)));
        assert!(matches!(of(&[1, 2, 3]), RetentionFinding::Told(_)));
    }
}
