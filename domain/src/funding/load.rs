//! L5: how much somebody learns a week, all the courses together that run for them.
//!
//! A course counts once: by its request for as long as nobody is enrolled for it, and by the enrollment from then on. A request
//! counts while it is live. An enrollment counts while it is PLANNED, ACTIVE or `IN_ASSESSMENT`, and adds minutes for as many
//! weeks as the course takes.

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::kernel::EmployeeId;
use crate::organization::Employer;

use super::FundingRequest;
use super::policy::CourseTraits;

/// A course that runs for somebody, or waits to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunningCourse {
    /// Who learns.
    pub employee: EmployeeId,
    /// How much work it is, in minutes, when known.
    pub workload_minutes: Option<i32>,
    /// The longest that it takes, in weeks, when known.
    pub duration_weeks: Option<i32>,
    /// The place in it, once there is one.
    pub place: Option<RunningPlace>,
}

/// When somebody has a place in a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunningPlace {
    /// The first day of the course.
    pub starts_on: NaiveDate,
    /// The last day on which it can be ended, where there is one.
    pub ends_on: Option<NaiveDate>,
    /// When they began to learn.
    pub started_at: Option<DateTime<Utc>>,
}

/// How much somebody learns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LearningLoad {
    /// How many courses run for them or wait to.
    pub courses: i64,
    /// Minutes of learning a week of these. What is not known of a course does not count.
    pub weekly_minutes: i64,
}

impl LearningLoad {
    /// Of the courses that run for one person, today.
    pub(super) fn of<'a>(
        running: impl IntoIterator<Item = &'a RunningCourse>,
        employer: &Employer,
        today: NaiveDate,
    ) -> Self {
        running.into_iter().fold(Self::default(), |load, course| {
            load.and(Self::of_course(course.weekly_minutes(employer, today)))
        })
    }

    /// Of requests alone, as far as they are live.
    pub(super) fn of_requests<'a>(requests: impl IntoIterator<Item = &'a FundingRequest>) -> Self {
        let live = requests.into_iter().filter(|request| request.status.is_live());
        live.fold(Self::default(), |load, request| load.with(&request.offer.traits()))
    }

    /// With one more course.
    pub(super) fn with(self, course: &CourseTraits) -> Self {
        self.and(Self::of_course(weekly_minutes(course.workload_minutes, course.duration_weeks)))
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            courses: self.courses.saturating_add(other.courses),
            weekly_minutes: self.weekly_minutes.saturating_add(other.weekly_minutes),
        }
    }

    fn of_course(weekly_minutes: i64) -> Self {
        Self { courses: 1, weekly_minutes }
    }
}

impl RunningCourse {
    /// Minutes of learning a week, as long as its weeks last.
    fn weekly_minutes(&self, employer: &Employer, today: NaiveDate) -> i64 {
        let Some(place) = self.place else {
            return weekly_minutes(self.workload_minutes, self.duration_weeks);
        };
        let began = place.started_at.map(|at| employer.day_of(at));
        let first = began.map_or(place.starts_on, |began| began.max(place.starts_on));
        let until_end = place.ends_on.map(|last| weeks_between(place.starts_on, last));
        let weeks = self.duration_weeks.or(until_end);
        let days = weeks.and_then(|weeks| u64::try_from(weeks).ok()).map(|weeks| weeks.saturating_mul(7));
        let over = days.and_then(|days| first.checked_add_days(Days::new(days)));
        if over.is_some_and(|over| over <= today) { 0 } else { weekly_minutes(self.workload_minutes, weeks) }
    }
}

/// Minutes a week, begun ones included; 0 when not known.
pub(super) fn weekly_minutes(workload_minutes: Option<i32>, weeks: Option<i32>) -> i64 {
    let known = |number: Option<i32>| number.and_then(|number| u32::try_from(number).ok());
    let (Some(minutes), Some(weeks)) = (known(workload_minutes), known(weeks)) else { return 0 };
    i64::from(minutes.div_ceil(weeks.max(1)))
}

/// Weeks from one day to another, both included, begun ones too.
fn weeks_between(first: NaiveDate, last: NaiveDate) -> i32 {
    let days = last.signed_duration_since(first).num_days().saturating_add(1);
    i32::try_from(days.saturating_add(6).max(7) / 7).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::funding::fixture::{at, currency, day, id};
    use crate::organization::Slug;

    fn employer() -> Employer {
        Employer {
            id: id(1),
            slug: Slug::parse("northwind").unwrap_or_else(|error| panic!("{error}")),
            name: "Northwind".to_owned(),
            time_zone: chrono_tz::UTC,
            currency: currency("EUR"),
            fiscal_year_start_month: 1,
            minimum_group_size: 5,
        }
    }

    fn course(workload_minutes: i32, duration_weeks: Option<i32>) -> RunningCourse {
        RunningCourse {
            employee: id(1),
            workload_minutes: Some(workload_minutes),
            duration_weeks,
            place: None,
        }
    }

    fn from(starts_on: &str, course: RunningCourse) -> RunningCourse {
        let place = RunningPlace { starts_on: day(starts_on), ends_on: None, started_at: None };
        RunningCourse { place: Some(place), ..course }
    }

    fn load(running: &[RunningCourse], today: &str) -> (i64, i64) {
        let load = LearningLoad::of(running, &employer(), day(today));
        (load.courses, load.weekly_minutes)
    }

    #[test]
    fn l5_all_courses_count_together() {
        let unknown = RunningCourse { workload_minutes: None, ..course(0, Some(5)) };
        let running = [course(1_000, Some(5)), course(101, Some(10)), unknown, course(600, None)];
        assert_eq!(load(&running, "2026-11-22"), (4, 211));
        assert_eq!(load(&[], "2026-11-22"), (0, 0));
    }

    #[test]
    fn l5_a_course_counts_for_as_many_weeks_as_it_takes() {
        let running = [from("2026-03-02", course(1_000, Some(5)))];
        // Before it begins it is what is to come.
        for (today, minutes) in
            [("2026-02-01", 200), ("2026-03-02", 200), ("2026-04-05", 200), ("2026-04-06", 0)]
        {
            assert_eq!(load(&running, today), (1, minutes), "{today}");
        }
    }

    #[test]
    fn l5_whoever_begins_later_learns_for_longer() {
        let mut late = from("1969-03-02", course(1_000, Some(5)));
        let began = at(0);
        if let Some(place) = &mut late.place {
            place.started_at = Some(began);
        }
        let began = began.date_naive();
        let after = |days: u64| began + Days::new(days);
        let minutes = |today| LearningLoad::of(&[late], &employer(), today).weekly_minutes;
        assert_eq!((minutes(after(34)), minutes(after(35))), (200, 0));
    }

    #[test]
    fn l5_without_a_duration_the_last_day_says_how_many_weeks() {
        let mut open = from("2026-03-02", course(1_000, None));
        assert_eq!(load(&[open], "2026-03-02"), (1, 0));
        if let Some(place) = &mut open.place {
            place.ends_on = Some(day("2026-03-16"));
        }
        assert_eq!(load(&[open], "2026-03-16"), (1, 334), "two weeks and a day are three");
        assert_eq!(load(&[open], "2026-03-23"), (1, 0));
    }
}
