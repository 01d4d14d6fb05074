//! The time of the story, and ids that belong to it.
//!
//! The seed walks through two years with a clock of its own, so that every entry carries the date on which it would
//! have happened. Ids are UUIDv7 of that clock with bits from a seeded generator: the same day gives the same ids.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use upskill_domain::kernel::{Clock, Ids};
use uuid::Uuid;

/// A clock that only the teller moves, and never back.
#[derive(Debug)]
pub(super) struct StoryClock(Mutex<DateTime<Utc>>);

impl StoryClock {
    pub(super) fn new(beginning: DateTime<Utc>) -> Self {
        Self(Mutex::new(beginning))
    }

    /// Moves on to an instant; one that has passed leaves the clock where it is.
    pub(super) fn reach(&self, instant: DateTime<Utc>) {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now = instant.max(*now);
    }
}

impl Clock for StoryClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// UUIDv7 values of the story's time.
pub(super) struct StoryIds {
    clock: Arc<StoryClock>,
    state: Mutex<IdState>,
}

struct IdState {
    bits: ChaCha8Rng,
    millis: u64,
    counter: u64,
}

impl StoryIds {
    pub(super) fn new(clock: Arc<StoryClock>, seed: u64) -> Self {
        let bits = ChaCha8Rng::seed_from_u64(seed);
        Self { clock, state: Mutex::new(IdState { bits, millis: 0, counter: 0 }) }
    }
}

impl Ids for StoryIds {
    fn next(&self) -> Uuid {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = u64::try_from(self.clock.now().timestamp_millis()).unwrap_or(0);
        // The counter stands where a version 7 may put one, right behind the time, so that ids of one instant sort in
        // the order of their making; when it is full the next millisecond is borrowed.
        if now > state.millis {
            (state.millis, state.counter) = (now, 0);
        } else if state.counter == 0xfff {
            (state.millis, state.counter) = (state.millis + 1, 0);
        } else {
            state.counter += 1;
        }
        let random = state.bits.next_u64() & 0x3fff_ffff_ffff_ffff;
        Uuid::from_u64_pair((state.millis << 16) | 0x7000 | state.counter, 0x8000_0000_0000_0000 | random)
    }
}

/// The days that the story lies between.
#[derive(Debug, Clone, Copy)]
pub(super) struct Calendar {
    /// The fiscal year in which the story ends.
    pub year: i32,
    /// When it begins: the first working day of the year before.
    pub beginning: DateTime<Utc>,
    /// When it ends: in the afternoon of the last working day before today.
    pub end: DateTime<Utc>,
}

impl Calendar {
    pub(super) fn until(today: NaiveDate) -> Self {
        let mut last = today - Days::new(1);
        while is_weekend(last) {
            last = last - Days::new(1);
        }
        let year = last.year();
        Self { year, beginning: working(year - 1, 1, 2), end: at(last, 15, 0) }
    }

    /// Whether an instant lies within the story.
    pub(super) fn has(&self, instant: DateTime<Utc>) -> bool {
        instant <= self.end
    }

    /// So many days before the end, in the morning, on a working day.
    pub(super) fn days_ago(&self, days: u64) -> DateTime<Utc> {
        working_day(self.end.date_naive() - Days::new(days))
    }
}

/// The morning of the first working day on or after a date.
pub(super) fn working(year: i32, month: u32, day: u32) -> DateTime<Utc> {
    working_day(NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default())
}

/// The morning of the first working day on or after a date.
pub(super) fn working_day(mut date: NaiveDate) -> DateTime<Utc> {
    while is_weekend(date) {
        date = date + Days::new(1);
    }
    at(date, 8, 30)
}

/// The same time of day, moved off the weekend.
pub(super) fn on_a_working_day(instant: DateTime<Utc>) -> DateTime<Utc> {
    match instant.weekday() {
        Weekday::Sat => instant + TimeDelta::days(2),
        Weekday::Sun => instant + TimeDelta::days(1),
        _ => instant,
    }
}

fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

fn at(date: NaiveDate, hour: u32, minute: u32) -> DateTime<Utc> {
    date.and_time(NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default()).and_utc()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_in_the_order_of_their_making_and_come_again() {
        let beginning = working(2025, 1, 2);
        let make = || {
            let clock = Arc::new(StoryClock::new(beginning));
            let ids = StoryIds::new(clock.clone(), 7);
            let first: Vec<Uuid> = (0..5_000).map(|_| ids.next()).collect();
            clock.reach(beginning + TimeDelta::days(1));
            first.into_iter().chain([ids.next()]).collect::<Vec<_>>()
        };
        let ids = make();
        assert!(ids.is_sorted() && ids.iter().all(|id| id.get_version_num() == 7));
        assert_eq!(ids, make());
    }

    #[test]
    fn the_story_ends_on_the_last_working_day() {
        let end = |today: &str| Calendar::until(today.parse().unwrap_or_default());
        assert_eq!(end("2026-11-23").end.to_string(), "2026-11-20 15:00:00 UTC");
        assert_eq!(end("2026-01-01").year, 2025);
        assert_eq!(end("2026-11-23").beginning.to_string(), "2025-01-02 08:30:00 UTC");
    }
}
