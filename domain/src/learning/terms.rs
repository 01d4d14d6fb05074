//! What a course gives back to those who give up, as the employer and the provider have agreed (L4).

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::kernel::{CourseId, Refusal};

/// What is agreed about a course of the catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseTerms {
    /// The course.
    pub course: CourseId,
    /// What comes back when, the earliest first.
    pub refunds: Vec<RefundStep>,
}

/// A day up to which a share of the price comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RefundStep {
    /// The last day, counted from the first day of the course: 0 is that day, -14 two weeks before.
    pub until_day: i32,
    /// The share of the price, in basis points.
    pub share: i32,
}

/// Why terms were not set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message says what each field is")]
pub enum SetCourseTermsRefusal {
    /// No such course.
    #[error("there is no course {0}")]
    UnknownCourse(CourseId),
    /// More than anybody keeps in mind.
    #[error("{given} refund steps are too many; at most {MOST_STEPS} are allowed")]
    TooMany { given: usize },
    /// A day too far away.
    #[error("day {0} is too far from the first day of the course; it is -{MOST_DAYS} to {MOST_DAYS}")]
    WrongDay(i32),
    /// No share of the price.
    #[error("a share of {0} is none; it is 1 to {FULL} basis points of the price")]
    WrongShare(i32),
    /// The steps do not go down.
    #[error(
        "after day {day} more would come back than before; the later the withdrawal, the less comes back"
    )]
    NotFalling { day: i32 },
}

impl Refusal for SetCourseTermsRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::UnknownCourse(_) => &["input", "courseId"],
            _ => &["input", "refunds"],
        }
    }
}

const MOST_STEPS: usize = 10;
const MOST_DAYS: i32 = 730;
const FULL: i32 = 10_000;

/// Refund steps in order, if they make sense together: the later, the less.
pub(super) fn checked(mut steps: Vec<RefundStep>) -> Result<Vec<RefundStep>, SetCourseTermsRefusal> {
    if steps.len() > MOST_STEPS {
        return Err(SetCourseTermsRefusal::TooMany { given: steps.len() });
    }
    for step in &steps {
        if !(-MOST_DAYS..=MOST_DAYS).contains(&step.until_day) {
            return Err(SetCourseTermsRefusal::WrongDay(step.until_day));
        }
        if !(1..=FULL).contains(&step.share) {
            return Err(SetCourseTermsRefusal::WrongShare(step.share));
        }
    }
    steps.sort_unstable_by_key(|step| step.until_day);
    let rises = steps
        .iter()
        .zip(steps.iter().skip(1))
        .find(|(earlier, later)| later.until_day == earlier.until_day || later.share >= earlier.share);
    match rises {
        Some((earlier, _)) => Err(SetCourseTermsRefusal::NotFalling { day: earlier.until_day }),
        None => Ok(steps),
    }
}

/// The share that comes back on a day, in basis points, of a course that starts on another.
pub(super) fn share_on(steps: &[RefundStep], starts_on: NaiveDate, day: NaiveDate) -> i32 {
    let last_day = |step: &RefundStep| {
        let days = Days::new(step.until_day.unsigned_abs().into());
        let last = if step.until_day < 0 {
            starts_on.checked_sub_days(days)
        } else {
            starts_on.checked_add_days(days)
        };
        last.unwrap_or(starts_on)
    };
    steps.iter().find(|step| day <= last_day(step)).map_or(0, |step| step.share)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::enrollment::fixture::day;
    use proptest::prelude::*;

    fn step(until_day: i32, share: i32) -> RefundStep {
        RefundStep { until_day, share }
    }

    #[test]
    fn l4_what_comes_back_falls_step_by_step() {
        let steps = [step(-14, 10_000), step(0, 5_000), step(7, 2_500)];
        for (on, share) in [
            ("2026-02-16", 10_000),
            ("2026-02-17", 5_000),
            ("2026-03-02", 5_000),
            ("2026-03-03", 2_500),
            ("2026-03-09", 2_500),
            ("2026-03-10", 0),
        ] {
            assert_eq!(share_on(&steps, day("2026-03-02"), day(on)), share, "{on}");
        }
        assert_eq!(share_on(&[], day("2026-03-02"), day("2026-01-01")), 0);
    }

    #[test]
    fn terms_that_make_no_sense_are_refused() {
        for (steps, refusal) in [
            (vec![step(0, 0)], SetCourseTermsRefusal::WrongShare(0)),
            (vec![step(0, 10_001)], SetCourseTermsRefusal::WrongShare(10_001)),
            (vec![step(731, 1)], SetCourseTermsRefusal::WrongDay(731)),
            (vec![step(0, 5_000), step(-7, 5_000)], SetCourseTermsRefusal::NotFalling { day: -7 }),
            (vec![step(3, 9), step(3, 5)], SetCourseTermsRefusal::NotFalling { day: 3 }),
            (vec![step(0, 1); 11], SetCourseTermsRefusal::TooMany { given: 11 }),
        ] {
            assert_eq!(checked(steps), Err(refusal));
        }
    }

    proptest! {
        /// Under any terms that are taken, waiting never brings more back.
        #[test]
        fn l4_waiting_never_brings_more_back(
            steps in proptest::collection::vec((-20_i32..20, 1_i32..=10_000).prop_map(|(day, share)| step(day, share)), 0..5),
        ) {
            if let Ok(steps) = checked(steps) {
                let starts_on = day("2026-03-02");
                let days = day("2026-02-01").iter_days().take(60);
                let shares: Vec<_> = days.map(|on| share_on(&steps, starts_on, on)).collect();
                prop_assert!(shares.is_sorted_by(|earlier, later| earlier >= later));
            }
        }
    }
}
