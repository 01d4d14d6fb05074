//! When somebody works, on the clock of everybody.

/// The part of a day in which somebody works, the same every day, in minutes of UTC. It may go past midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WorkingHours {
    start: i32,
    minutes: i32,
}

/// Why a part of a day is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WorkingHoursError {
    /// It begins outside of the day.
    #[error("a day has no minute {0}; its minutes are 0 to 1439")]
    Start(i32),
    /// It is empty or longer than a day.
    #[error("{0} minutes are no part of a day; it is 1 to 1440 minutes long")]
    Length(i32),
}

/// The minutes of a day.
const DAY: i32 = 1_440;

/// Where no other hours are known, people work from nine in the morning, for eight hours.
const OFFICE_START: i32 = 540;
const OFFICE_MINUTES: i32 = 480;

impl WorkingHours {
    /// So many minutes from a minute of the UTC day on.
    pub fn new(start: i32, minutes: i32) -> Result<Self, WorkingHoursError> {
        if !(0..DAY).contains(&start) {
            Err(WorkingHoursError::Start(start))
        } else if !(1..=DAY).contains(&minutes) {
            Err(WorkingHoursError::Length(minutes))
        } else {
            Ok(Self { start, minutes })
        }
    }

    /// Usual office hours, nine to five, where clocks are so many minutes ahead of UTC; negative numbers are behind it.
    pub fn office(minutes_ahead: i32) -> Self {
        let start = OFFICE_START.saturating_sub(minutes_ahead).rem_euclid(DAY);
        Self { start, minutes: OFFICE_MINUTES }
    }

    /// How many minutes of a day two people both work.
    pub fn overlap(self, other: Self) -> i32 {
        let shared = |later: i32| {
            let start = other.start.saturating_add(later);
            let end = self.end().min(start.saturating_add(other.minutes));
            end.saturating_sub(self.start.max(start)).max(0)
        };
        // The hours of one that go past midnight meet the next day of the other.
        shared(0).saturating_add(shared(DAY)).saturating_add(shared(DAY.saturating_neg()))
    }

    fn end(self) -> i32 {
        self.start.saturating_add(self.minutes)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hours(start: i32, minutes: i32) -> WorkingHours {
        WorkingHours::new(start, minutes).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn office_hours_overlap_by_what_lies_between_the_zones() {
        let (berlin, new_york, tokyo) =
            (WorkingHours::office(60), WorkingHours::office(-300), WorkingHours::office(540));
        assert_eq!(berlin.overlap(berlin), 480);
        assert_eq!(berlin.overlap(new_york), 120);
        assert_eq!(berlin.overlap(tokyo), 0);
        // Tokyo's day begins at midnight of UTC, Los Angeles' ends an hour after it.
        assert_eq!(tokyo.overlap(WorkingHours::office(-480)), 60);
    }

    #[test]
    fn a_night_shift_meets_both_ends_of_a_day() {
        assert_eq!(hours(1_320, 480).overlap(hours(0, 1_440)), 480);
        assert_eq!(hours(1_320, 480).overlap(hours(300, 1_080)), 60 + 60);
        assert_eq!(hours(0, 1_440).overlap(hours(720, 1_440)), 1_440);
    }

    #[test]
    fn what_is_no_part_of_a_day_is_refused() {
        assert_eq!(WorkingHours::new(1_440, 60), Err(WorkingHoursError::Start(1_440)));
        assert_eq!(WorkingHours::new(-1, 60), Err(WorkingHoursError::Start(-1)));
        assert_eq!(WorkingHours::new(0, 0), Err(WorkingHoursError::Length(0)));
        assert_eq!(WorkingHours::new(0, 1_441), Err(WorkingHoursError::Length(1_441)));
    }

    proptest! {
        /// Counted minute by minute, from either side.
        #[test]
        fn an_overlap_is_the_minutes_that_both_have(
            one in (0_i32..1_440, 1_i32..=1_440), other in (0_i32..1_440, 1_i32..=1_440),
        ) {
            let has = |(start, length): (i32, i32), minute: i32| (minute - start).rem_euclid(1_440) < length;
            let counted = (0..1_440).filter(|minute| has(one, *minute) && has(other, *minute)).count();
            let (one, other) = (hours(one.0, one.1), hours(other.0, other.1));
            prop_assert_eq!(usize::try_from(one.overlap(other)), Ok(counted));
            prop_assert_eq!(one.overlap(other), other.overlap(one));
        }
    }
}
