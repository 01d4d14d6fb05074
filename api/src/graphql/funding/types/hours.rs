//! Learning hours of budgets.

use async_graphql::SimpleObject;
use upskill_domain::funding::{Hours, HoursChange};

/// Learning hours of a budget: working time for which people are released, with pay, as the catalog says of a course.
#[derive(SimpleObject)]
pub(crate) struct LearningHours {
    /// How many the budget may release; null when nothing limits them, and they are only counted.
    allowance: Option<i64>,
    /// Promised to approved requests.
    reserved: i64,
    /// Of booked courses.
    committed: i64,
    /// Of settled ones.
    spent: i64,
    /// What is left of the allowance; null without one. Below 0 only in WARN mode.
    available: Option<i64>,
}

impl From<Hours> for LearningHours {
    fn from(hours: Hours) -> Self {
        let Hours { allowance, reserved, committed, spent } = hours;
        Self { allowance, reserved, committed, spent, available: hours.available() }
    }
}

/// What an entry does to the learning hours of a budget; what is below 0 is taken away.
#[derive(SimpleObject)]
pub(crate) struct LearningHoursChange {
    /// To the allowance.
    allowance: i64,
    /// To what is promised.
    reserved: i64,
    /// To what is booked.
    committed: i64,
    /// To what is settled.
    spent: i64,
}

impl From<HoursChange> for LearningHoursChange {
    fn from(change: HoursChange) -> Self {
        let HoursChange { allowance, reserved, committed, spent } = change;
        Self { allowance, reserved, committed, spent }
    }
}
