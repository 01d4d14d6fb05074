//! What is counted.

use serde::{Deserialize, Serialize};

use crate::kernel::Money;
use crate::learning::TimeKind;

use super::period::SLOTS;

/// One thing that happened to somebody who learns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// They were enrolled.
    Enrolled,
    /// They have shown what was to be learned.
    Completed,
    /// Their enrollment ended otherwise: failed, given up, or past its last day.
    Dropped,
    /// They logged minutes, or took some back.
    Logged(TimeKind, i32),
    /// Money was spent for them, or came back.
    Spent(Money),
}

/// What some people did in some months, and what it took.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Figures {
    /// Enrollments that began.
    #[serde(skip_serializing_if = "is_zero")]
    pub enrolled: u32,
    /// Enrollments that were completed.
    #[serde(skip_serializing_if = "is_zero")]
    pub completed: u32,
    /// Enrollments that ended otherwise: failed, given up, or past their last day.
    #[serde(skip_serializing_if = "is_zero")]
    pub dropped: u32,
    /// Minutes that were logged of working time.
    #[serde(skip_serializing_if = "is_nothing")]
    pub working_minutes: i64,
    /// Minutes that were logged of the learners' own time.
    #[serde(skip_serializing_if = "is_nothing")]
    pub own_minutes: i64,
    /// What was spent, less what came back, by currency.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub spent: Vec<Money>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_nothing(minutes: &i64) -> bool {
    *minutes == 0
}

impl Figures {
    /// The sum of several.
    pub(super) fn sum<'a>(several: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut sum = Self::default();
        for figures in several {
            sum.enrolled = sum.enrolled.saturating_add(figures.enrolled);
            sum.completed = sum.completed.saturating_add(figures.completed);
            sum.dropped = sum.dropped.saturating_add(figures.dropped);
            sum.working_minutes = sum.working_minutes.saturating_add(figures.working_minutes);
            sum.own_minutes = sum.own_minutes.saturating_add(figures.own_minutes);
            figures.spent.iter().for_each(|spent| sum.spend(*spent));
        }
        sum
    }

    /// How much of what ended was completed, in basis points; nothing when nothing ended.
    pub fn completion_rate(&self) -> Option<u32> {
        let ended = u64::from(self.completed).saturating_add(u64::from(self.dropped));
        let rate =
            u64::from(self.completed).saturating_mul(10_000).saturating_add(ended / 2).checked_div(ended)?;
        u32::try_from(rate).ok()
    }

    pub(super) fn add(&mut self, measure: Measure) {
        match measure {
            Measure::Enrolled => self.enrolled = self.enrolled.saturating_add(1),
            Measure::Completed => self.completed = self.completed.saturating_add(1),
            Measure::Dropped => self.dropped = self.dropped.saturating_add(1),
            Measure::Logged(TimeKind::Working, minutes) => {
                self.working_minutes = self.working_minutes.saturating_add(i64::from(minutes));
            }
            Measure::Logged(TimeKind::Own, minutes) => {
                self.own_minutes = self.own_minutes.saturating_add(i64::from(minutes));
            }
            Measure::Spent(money) => self.spend(money),
        }
    }

    fn spend(&mut self, money: Money) {
        let place =
            self.spent.binary_search_by_key(&money.currency().code(), |spent| spent.currency().code());
        match place {
            Ok(at) => {
                if let Some(spent) = self.spent.get_mut(at) {
                    *spent = Money::sum(spent.minor().saturating_add(money.minor()), money.currency());
                }
            }
            Err(at) => self.spent.insert(at, money),
        }
    }
}

/// How many people some figures are about, and how their enrollments ended: what decides whether they may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Size {
    /// Distinct people.
    pub people: u32,
    /// Enrollments that were completed.
    pub completed: u32,
    /// Enrollments that ended, completed or not.
    pub ended: u32,
}

/// The sizes of a group in the months, quarters and the whole of a year.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(into = "Vec<u32>", try_from = "Vec<u32>")]
pub struct Sizes(pub(super) [Size; SLOTS]);

impl Sizes {
    /// In one month, quarter or the year.
    pub(super) fn at(&self, slot: usize) -> Size {
        self.0.get(slot).copied().unwrap_or_default()
    }
}

impl From<Sizes> for Vec<u32> {
    fn from(sizes: Sizes) -> Self {
        sizes.0.iter().flat_map(|size| [size.people, size.completed, size.ended]).collect()
    }
}

impl TryFrom<Vec<u32>> for Sizes {
    type Error = &'static str;

    fn try_from(numbers: Vec<u32>) -> Result<Self, Self::Error> {
        if numbers.len() != SLOTS * 3 {
            return Err("sizes are three numbers for each month, quarter and the year");
        }
        let mut sizes = Self::default();
        for (size, numbers) in sizes.0.iter_mut().zip(numbers.chunks_exact(3)) {
            if let [people, completed, ended] = *numbers {
                *size = Size { people, completed, ended };
            }
        }
        Ok(sizes)
    }
}
