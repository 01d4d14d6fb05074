//! Which courses close a gap in skills, and what that takes (S4).

use std::cmp::Ordering;

use crate::kernel::{CourseId, Currency, Money};
use crate::skills::SkillNeed;

use super::WeekRange;

/// By what courses are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ClosingGoal {
    /// Least money: the list prices in the employer's own currency.
    Cheapest,
    /// Least time: the weeks that courses take at their slowest.
    Fastest,
}

/// A published course with the skills that it teaches at a level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeachingCourse {
    /// The course.
    pub id: CourseId,
    /// Its code.
    pub code: String,
    /// Its list price, where one is known.
    pub price: Option<Money>,
    /// How long it takes, where that is known.
    pub duration: Option<WeekRange>,
    /// What it leads to.
    pub teaches: Vec<SkillNeed>,
}

/// The courses that close a gap together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapClosing {
    /// The courses, in the order of their codes. None of them can be left out.
    pub courses: Vec<CourseId>,
    /// What they cost together; none where that is not known in the employer's own currency.
    pub price: Option<Money>,
    /// How many weeks they take one after another, at their slowest; none where that is not known.
    pub weeks: Option<i32>,
    /// What is needed and taught by no course that could be chosen.
    pub uncovered: Vec<SkillNeed>,
}

impl TeachingCourse {
    fn covers(&self, need: &SkillNeed) -> bool {
        self.teaches.iter().any(|taught| taught.skill == need.skill && taught.level >= need.level)
    }

    fn covered<'n>(&self, needs: &[&'n SkillNeed]) -> Vec<&'n SkillNeed> {
        needs.iter().filter(|need| self.covers(need)).copied().collect()
    }

    fn price_in(&self, currency: Currency) -> Option<Money> {
        self.price.filter(|price| price.currency() == currency)
    }

    fn weeks(&self) -> Option<i32> {
        self.duration.map(WeekRange::max)
    }
}

/// Chooses courses that close a gap, out of those that teach something of it.
///
/// The cheapest set of courses is a hard problem, so the way to it is the one that people would go: again and again the
/// course that costs the least for each skill that it adds, and in the end none that the others make superfluous. A
/// course whose price, or duration, is not known cannot be compared and is not chosen for it.
pub(super) fn close(
    needs: &[SkillNeed],
    courses: &[TeachingCourse],
    (goal, currency): (ClosingGoal, Currency),
) -> GapClosing {
    let cost = |course: &TeachingCourse| match goal {
        ClosingGoal::Cheapest => course.price_in(currency).map(Money::minor),
        ClosingGoal::Fastest => course.weeks().map(i64::from),
    };
    let known: Vec<(i64, &TeachingCourse)> =
        courses.iter().filter_map(|course| Some((cost(course)?, course))).collect();
    let mut open: Vec<&SkillNeed> = needs.iter().collect();
    let mut chosen: Vec<(i64, &TeachingCourse)> = Vec::new();
    loop {
        let useful = known.iter().map(|(cost, course)| (*cost, course.covered(&open).len(), *course));
        let best = useful.filter(|(_, adds, _)| *adds > 0).min_by(|one, other| cheaper(*one, *other));
        let Some((cost, _, course)) = best else { break };
        open.retain(|need| !course.covers(need));
        chosen.push((cost, course));
    }
    drop_superfluous(needs, &mut chosen);
    chosen.sort_by(|(_, one), (_, other)| one.code.cmp(&other.code));
    let mut prices = chosen.iter().map(|(_, course)| course.price_in(currency));
    let price = prices.try_fold(Money::zero(currency), |sum, price| sum.plus(price?).ok());
    let weeks = chosen.iter().try_fold(0_i32, |sum, (_, course)| sum.checked_add(course.weeks()?));
    let courses = chosen.iter().map(|(_, course)| course.id).collect();
    GapClosing { courses, price, weeks, uncovered: open.into_iter().copied().collect() }
}

/// Which of two courses costs less for each skill that it adds; of equals the one that adds more, then by code.
fn cheaper(one: (i64, usize, &TeachingCourse), other: (i64, usize, &TeachingCourse)) -> Ordering {
    let times = |cost: i64, skills: usize| {
        i128::from(cost).saturating_mul(i128::try_from(skills).unwrap_or(i128::MAX))
    };
    let each = times(one.0, other.1).cmp(&times(other.0, one.1));
    each.then(other.1.cmp(&one.1)).then_with(|| one.2.code.cmp(&other.2.code))
}

/// Takes back every course whose skills the others teach as well, the dearest first.
fn drop_superfluous(needs: &[SkillNeed], chosen: &mut Vec<(i64, &TeachingCourse)>) {
    chosen.sort_by(|(one_cost, one), (other_cost, other)| {
        other_cost.cmp(one_cost).then_with(|| one.code.cmp(&other.code))
    });
    let mut at = 0;
    while let Some((_, course)) = chosen.get(at) {
        let others =
            || chosen.iter().enumerate().filter(|(place, _)| *place != at).map(|(_, (_, other))| other);
        let needed =
            needs.iter().any(|need| course.covers(need) && !others().any(|other| other.covers(need)));
        if needed {
            at = at.saturating_add(1);
        } else {
            chosen.remove(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::kernel::{SkillId, TypedId};
    use crate::skills::SkillLevel;

    fn eur() -> Currency {
        Currency::parse("EUR").unwrap_or_else(|error| panic!("{error}"))
    }

    fn need(skill: u128, level: i32) -> SkillNeed {
        let level = SkillLevel::new(level).unwrap_or_else(|error| panic!("{error}"));
        SkillNeed { skill: SkillId::from_uuid(Uuid::from_u128(skill)), level }
    }

    /// A course by its number, with a price in euro, its weeks, and the skills and levels that it teaches.
    fn course(
        number: u128,
        price: Option<i64>,
        weeks: Option<i32>,
        teaches: &[(u128, i32)],
    ) -> TeachingCourse {
        TeachingCourse {
            id: CourseId::from_uuid(Uuid::from_u128(number)),
            code: format!("C-{number}"),
            price: price.and_then(|minor| Money::new(minor, eur()).ok()),
            duration: weeks.and_then(|weeks| WeekRange::new(1, weeks).ok()),
            teaches: teaches.iter().map(|(skill, level)| need(*skill, *level)).collect(),
        }
    }

    fn closed(needs: &[SkillNeed], courses: &[TeachingCourse], goal: ClosingGoal) -> (Vec<u128>, GapClosing) {
        let closing = close(needs, courses, (goal, eur()));
        (closing.courses.iter().map(|id| id.uuid().as_u128()).collect(), closing)
    }

    #[test]
    fn s4_the_cheapest_and_the_fastest_are_named_with_what_they_take() {
        let courses = [
            course(1, Some(300), Some(4), &[(1, 3)]),
            course(2, Some(200), Some(12), &[(1, 3)]),
            course(3, Some(50), Some(2), &[(1, 2)]),
            course(4, Some(100), Some(3), &[(2, 5)]),
            course(5, None, None, &[(1, 5), (2, 5)]),
        ];
        let needs = [need(1, 3), need(2, 2), need(3, 1)];
        let (cheapest, closing) = closed(&needs, &courses, ClosingGoal::Cheapest);
        assert_eq!((cheapest, closing.weeks), (vec![2, 4], Some(15)));
        assert_eq!(closing.price, Money::new(300, eur()).ok());
        assert_eq!(closing.uncovered, [need(3, 1)]);
        let (fastest, closing) = closed(&needs, &courses, ClosingGoal::Fastest);
        assert_eq!(
            (fastest, closing.weeks, closing.price),
            (vec![1, 4], Some(7), Money::new(400, eur()).ok())
        );
    }

    #[test]
    fn s4_one_course_for_two_skills_counts_once_and_none_is_superfluous() {
        let both = course(9, Some(250), Some(5), &[(1, 3), (2, 3)]);
        let courses = [
            course(1, Some(100), Some(1), &[(1, 3)]),
            course(2, Some(200), Some(9), &[(2, 3)]),
            both.clone(),
        ];
        let needs = [need(1, 3), need(2, 3)];
        // The cheap one comes first, and is superfluous once the one for both is there.
        assert_eq!(closed(&needs, &[courses[0].clone(), both.clone()], ClosingGoal::Cheapest).0, [9]);
        assert_eq!(closed(&needs, &courses, ClosingGoal::Cheapest).0, [1, 2]);
        assert_eq!(closed(&needs, &courses, ClosingGoal::Fastest).0, [9]);
        let free = course(3, Some(0), Some(52), &[(1, 3), (2, 3)]);
        let (chosen, closing) = closed(&needs, &[free, both], ClosingGoal::Cheapest);
        assert_eq!((chosen, closing.price), (vec![3], Some(Money::zero(eur()))));
    }

    #[test]
    fn s4_other_currencies_are_not_compared_and_nothing_needed_costs_nothing() {
        let usd = Currency::parse("USD").unwrap_or_else(|error| panic!("{error}"));
        let mut dollars = course(1, None, Some(2), &[(1, 3)]);
        dollars.price = Money::new(1, usd).ok();
        let needs = [need(1, 3)];
        let (chosen, closing) = closed(&needs, &[dollars.clone()], ClosingGoal::Cheapest);
        assert_eq!((chosen, closing.uncovered.len()), (vec![], 1));
        let (chosen, closing) = closed(&needs, &[dollars], ClosingGoal::Fastest);
        assert_eq!((chosen, closing.price, closing.weeks), (vec![1], None, Some(2)));
        let (chosen, closing) = closed(&[], &[], ClosingGoal::Fastest);
        assert_eq!((chosen, closing.price, closing.weeks), (vec![], Some(Money::zero(eur())), Some(0)));
    }

    proptest! {
        /// Whatever can be closed is closed, by courses none of which can be left out.
        #[test]
        fn s4_what_can_be_closed_is_and_no_course_is_superfluous(
            needed in proptest::collection::vec((1_u128..6, 1_i32..=5), 0..5),
            offered in proptest::collection::vec(
                (proptest::option::of(0_i64..500), proptest::collection::vec((1_u128..6, 1_i32..=5), 1..4)), 0..8,
            ),
        ) {
            let needs: Vec<_> = needed.iter().map(|(skill, level)| need(*skill, *level)).collect();
            let courses: Vec<_> =
                offered.iter().zip(1..).map(|((price, teaches), number)| course(number, *price, None, teaches)).collect();
            let closing = close(&needs, &courses, (ClosingGoal::Cheapest, eur()));
            let chosen: Vec<_> = courses.iter().filter(|course| closing.courses.contains(&course.id)).collect();
            for need in &needs {
                let possible = courses.iter().any(|course| course.price.is_some() && course.covers(need));
                prop_assert_eq!(chosen.iter().any(|course| course.covers(need)), possible);
                prop_assert_eq!(closing.uncovered.contains(need), !possible);
            }
            for course in &chosen {
                let others = || chosen.iter().filter(|other| other.id != course.id);
                prop_assert!(needs.iter().any(|need| course.covers(need) && !others().any(|other| other.covers(need))));
            }
        }
    }
}
