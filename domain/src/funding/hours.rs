//! Paid learning hours beside the money: what a budget may release people for, and what it has promised of that.

use crate::journal::Reused;
use crate::kernel::{Refusal, TextError};

use super::posting::{Posting, Remarks, Stamp};
use super::{Budget, Change, EntryKind, LedgerEntry, PostingRefusal, ReservedReason};

/// The most hours that an allowance can have.
const MOST_HOURS: i64 = 1_000_000;

/// How many of a budget's learning hours lie where: working time for which people are released, with pay. None is ever
/// below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hours {
    /// How many the budget may release; without an allowance they are counted, and nothing limits them.
    pub allowance: Option<i64>,
    /// Promised to approved requests.
    pub reserved: i64,
    /// Of booked courses.
    pub committed: i64,
    /// Of settled ones.
    pub spent: i64,
}

/// What one entry does to learning hours; what is negative is taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the layers are those of Hours")]
pub struct HoursChange {
    pub allowance: i64,
    pub reserved: i64,
    pub committed: i64,
    pub spent: i64,
}

impl Hours {
    /// What is promised or used.
    pub fn bound(self) -> i64 {
        self.reserved.saturating_add(self.committed).saturating_add(self.spent)
    }

    /// What is left of the allowance, where there is one. Below zero only in WARN mode.
    pub fn available(self) -> Option<i64> {
        Some(self.allowance?.saturating_sub(self.bound()))
    }

    /// The hours after a change. `None` when one would fall below zero or grow beyond what a budget holds.
    pub fn plus(self, change: HoursChange) -> Option<Self> {
        let allowance = match (self.allowance, change.allowance) {
            (None, 0) => None,
            (held, more) => Some(layer(held.unwrap_or(0), more)?),
        };
        Some(Self {
            allowance,
            reserved: layer(self.reserved, change.reserved)?,
            committed: layer(self.committed, change.committed)?,
            spent: layer(self.spent, change.spent)?,
        })
    }

    /// Whether more is promised or used than is allowed.
    pub fn is_overdrawn(self) -> bool {
        self.available().is_some_and(|available| available < 0)
    }
}

impl HoursChange {
    /// What becomes available by it; negative when it takes from there.
    pub fn available(self) -> i64 {
        let bound = self.reserved.saturating_add(self.committed).saturating_add(self.spent);
        self.allowance.saturating_sub(bound)
    }
}

/// Why an allowance of learning hours was not set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetLearningHoursRefusal {
    /// No such number of hours.
    #[error("{0} is no allowance of learning hours; it is 1 to {MOST_HOURS}")]
    OutOfRange(i64),
    /// It is that already.
    #[error("the allowance is {0} hours already")]
    Unchanged(i64),
    /// It is raised or lowered without a reason.
    #[error("the allowance was set before; say why it is raised or lowered")]
    ReasonNeeded,
    /// Only the product gives this reason.
    #[error(transparent)]
    ReservedReason(#[from] ReservedReason),
    /// The budget does not take it.
    #[error(transparent)]
    Posting(#[from] PostingRefusal),
    /// The remark cannot be taken.
    #[error("the note {0}")]
    InvalidNote(TextError),
    /// The idempotency key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for SetLearningHoursRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::OutOfRange(_)
            | Self::Unchanged(_)
            | Self::Posting(PostingRefusal::HoursBelowPromised { .. }) => &["input", "hours"],
            Self::Posting(_) => &["input", "budgetId"],
            Self::ReasonNeeded | Self::ReservedReason(_) => &["input", "reason"],
            Self::InvalidNote(_) => &["input", "note"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

impl Budget {
    /// Sets the allowance of learning hours, first or anew.
    pub(super) fn set_learning_hours(
        &mut self,
        hours: i64,
        remarks: Remarks,
        stamp: &Stamp<'_>,
    ) -> Result<LedgerEntry, SetLearningHoursRefusal> {
        if !(1..=MOST_HOURS).contains(&hours) {
            return Err(SetLearningHoursRefusal::OutOfRange(hours));
        }
        let allowance = hours.saturating_sub(self.hours.allowance.unwrap_or(0));
        if allowance == 0 {
            return Err(SetLearningHoursRefusal::Unchanged(hours));
        }
        if self.hours.allowance.is_some() && remarks.reason.is_none() {
            return Err(SetLearningHoursRefusal::ReasonNeeded);
        }
        let posting = Posting {
            hours: HoursChange { allowance, ..HoursChange::default() },
            ..Posting::new(EntryKind::Hours, Change::default())
        };
        Ok(self.post(posting.remarking(remarks), stamp)?)
    }
}

fn layer(held: i64, change: i64) -> Option<i64> {
    // What is promised may be more than any allowance where there is none.
    held.checked_add(change).filter(|after| (0..=MOST_HOURS.saturating_mul(1_000)).contains(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_available_where_there_is_an_allowance() {
        let counted = Hours { reserved: 5, ..Hours::default() };
        assert_eq!((counted.available(), counted.is_overdrawn()), (None, false));
        let limited = counted.plus(HoursChange { allowance: 8, ..HoursChange::default() });
        assert_eq!(limited.and_then(Hours::available), Some(3));
        let over = Hours { allowance: Some(4), ..counted };
        assert_eq!((over.available(), over.is_overdrawn()), (Some(-1), true));
    }

    #[test]
    fn no_layer_of_hours_falls_below_zero() {
        let held = Hours { reserved: 5, ..Hours::default() };
        assert_eq!(held.plus(HoursChange { reserved: -6, ..HoursChange::default() }), None);
        assert_eq!(held.plus(HoursChange { allowance: -1, ..HoursChange::default() }), None);
        let booked = HoursChange { reserved: -5, committed: 5, ..HoursChange::default() };
        assert_eq!(booked.available(), 0);
        assert_eq!(held.plus(booked), Some(Hours { committed: 5, ..Hours::default() }));
    }
}
