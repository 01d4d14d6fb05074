//! The ledger: kinds of entries, and how an entry looks.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::kernel::{BudgetId, Currency, EmployeeId, FundingRequestId, LedgerEntryId};

use super::{Balance, Change, Hours, HoursChange};

/// What an entry does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// Money for the budget: from outside for a budget at the top, from its parent for one below.
    Allocate,
    /// The allocation is raised or lowered afterwards, with a reason code.
    Adjust,
    /// Money leaves for another budget.
    TransferOut,
    /// Money comes from another budget.
    TransferIn,
    /// The parent's side of an allocation or adjustment of a budget below it.
    Distribute,
    /// Promised to a request that was approved.
    Reserve,
    /// Reserved money becomes committed.
    Commit,
    /// The whole commitment ends and the actual price is spent. What the price left over is available again by this
    /// very entry, because its layers say so; there is no second one.
    Spend,
    /// Reserved or committed money becomes available again.
    Release,
    /// Spent money comes back from the provider, in whole or in part.
    Refund,
    /// A promise grows, because the actual price is higher than what was approved, within the tolerance.
    Raise,
    /// Spent money is paid back by the employee, in whole or in part.
    Recover,
    /// The allowance of learning hours is set, raised or lowered. No money moves.
    Hours,
}

impl EntryKind {
    /// Every kind, in the order of a request's life.
    pub const ALL: [Self; 13] = [
        Self::Allocate,
        Self::Adjust,
        Self::TransferOut,
        Self::TransferIn,
        Self::Distribute,
        Self::Reserve,
        Self::Commit,
        Self::Spend,
        Self::Release,
        Self::Refund,
        Self::Raise,
        Self::Recover,
        Self::Hours,
    ];

    /// The name in the schema and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allocate => "ALLOCATE",
            Self::Adjust => "ADJUST",
            Self::TransferOut => "TRANSFER_OUT",
            Self::TransferIn => "TRANSFER_IN",
            Self::Distribute => "DISTRIBUTE",
            Self::Reserve => "RESERVE",
            Self::Commit => "COMMIT",
            Self::Spend => "SPEND",
            Self::Release => "RELEASE",
            Self::Refund => "REFUND",
            Self::Raise => "RAISE",
            Self::Recover => "RECOVER",
            Self::Hours => "HOURS",
        }
    }

    /// The kind with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether an entry of this kind can do that to the layers.
    pub fn allows(self, change: Change) -> bool {
        let Change { allocated, distributed, reserved, committed, spent } = change;
        let touched = [allocated != 0, distributed != 0, reserved != 0, committed != 0, spent != 0];
        // A transfer leaves the budget's own allocation, passes through it, or goes to or from a budget below.
        let moves = |sign: i64| match (allocated.saturating_mul(sign), distributed.saturating_mul(sign)) {
            (n, 0) => n > 0,
            (0, n) => n < 0,
            (n, m) => n == m && n > 0,
        };
        match self {
            Self::Allocate => touched == [true, false, false, false, false] && allocated > 0,
            Self::Adjust => touched == [true, false, false, false, false],
            Self::Distribute => touched == [false, true, false, false, false],
            Self::TransferIn => [reserved, committed, spent] == [0; 3] && moves(1),
            Self::TransferOut => [reserved, committed, spent] == [0; 3] && moves(-1),
            Self::Reserve => [allocated, distributed, committed, spent] == [0; 4] && reserved >= 0,
            Self::Commit => {
                [allocated, distributed, spent] == [0; 3]
                    && committed >= 0
                    && reserved == committed.saturating_neg()
            }
            Self::Spend => {
                [allocated, distributed, reserved] == [0; 3]
                    && spent >= 0
                    && committed <= spent.saturating_neg()
            }
            Self::Release => {
                [allocated, distributed, spent] == [0; 3]
                    && reserved <= 0
                    && committed <= 0
                    && (reserved == 0 || committed == 0)
            }
            Self::Raise => {
                [allocated, distributed, spent] == [0; 3]
                    && reserved >= 0
                    && committed >= 0
                    && (reserved == 0) != (committed == 0)
            }
            Self::Refund | Self::Recover => touched == [false, false, false, false, true] && spent < 0,
            Self::Hours => touched == [false; 5],
        }
    }

    /// Whether an entry of this kind can do that to learning hours.
    pub fn allows_hours(self, change: HoursChange) -> bool {
        let HoursChange { allowance, reserved, committed, spent } = change;
        match self {
            Self::Hours => allowance != 0 && [reserved, committed, spent] == [0; 3],
            Self::Reserve => reserved >= 0 && [allowance, committed, spent] == [0; 3],
            Self::Commit => {
                committed >= 0 && reserved == committed.saturating_neg() && [allowance, spent] == [0; 2]
            }
            Self::Spend => {
                spent >= 0 && committed == spent.saturating_neg() && [allowance, reserved] == [0; 2]
            }
            Self::Release => {
                reserved <= 0
                    && committed <= 0
                    && (reserved == 0 || committed == 0)
                    && [allowance, spent] == [0; 2]
            }
            _ => change == HoursChange::default(),
        }
    }
}

/// Why money moved other than by the usual course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReasonCode {
    /// An earlier entry was a mistake.
    Correction,
    /// Plans changed.
    Replanning,
    /// Left over from an earlier period.
    CarryOver,
    /// The employer saves.
    BudgetCut,
    /// The provider does not hold the course.
    CourseCanceled,
    /// The person does not need or want it any more.
    NoLongerNeeded,
    /// The person leaves or has left.
    EmployeeLeft,
    /// The provider corrected the price.
    PriceCorrected,
    /// The actual price is another than the approved one.
    PriceDrift,
    /// Nobody booked the place before the reservation ended.
    ReservationExpired,
    /// Left over when the budget was closed.
    Lapsed,
}

impl ReasonCode {
    /// Every reason.
    pub const ALL: [Self; 11] = [
        Self::Correction,
        Self::Replanning,
        Self::CarryOver,
        Self::BudgetCut,
        Self::CourseCanceled,
        Self::NoLongerNeeded,
        Self::EmployeeLeft,
        Self::PriceCorrected,
        Self::PriceDrift,
        Self::ReservationExpired,
        Self::Lapsed,
    ];

    /// The name in the schema and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Correction => "CORRECTION",
            Self::Replanning => "REPLANNING",
            Self::CarryOver => "CARRY_OVER",
            Self::BudgetCut => "BUDGET_CUT",
            Self::CourseCanceled => "COURSE_CANCELED",
            Self::NoLongerNeeded => "NO_LONGER_NEEDED",
            Self::EmployeeLeft => "EMPLOYEE_LEFT",
            Self::PriceCorrected => "PRICE_CORRECTED",
            Self::PriceDrift => "PRICE_DRIFT",
            Self::ReservationExpired => "RESERVATION_EXPIRED",
            Self::Lapsed => "LAPSED",
        }
    }

    /// The reason with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }

    /// The reason, if a person may give it. What only the product knows to be so is said by the product alone, so that a
    /// reader of the ledger can rely on it.
    pub(super) fn given(self) -> Result<Self, ReservedReason> {
        match self {
            Self::PriceDrift | Self::ReservationExpired | Self::Lapsed => Err(ReservedReason(self)),
            _ => Ok(self),
        }
    }
}

/// A reason that people do not give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{} is booked by the product when it is so; give one of {}", .0.name(), given_by_people())]
pub struct ReservedReason(pub ReasonCode);

fn given_by_people() -> String {
    let given = ReasonCode::ALL.into_iter().filter(|reason| reason.given().is_ok());
    given.map(ReasonCode::name).collect::<Vec<_>>().join(", ")
}

/// One entry of a budget's ledger. It never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry {
    /// Its id.
    pub id: LedgerEntryId,
    /// The budget.
    pub budget: BudgetId,
    /// Its place in the budget's ledger, counted from 1 without gaps.
    pub sequence: i64,
    /// What it does.
    pub kind: EntryKind,
    /// What it does to each layer.
    pub change: Change,
    /// The currency of its amounts, which is the budget's.
    pub currency: Currency,
    /// Every layer after it, so that a statement can be printed without summing.
    pub balance: Balance,
    /// The request it is about, if any.
    pub request: Option<FundingRequestId>,
    /// The first entry of the movement between budgets that it is part of, if any; the others carry the same.
    pub transfer: Option<LedgerEntryId>,
    /// Why, where it is not the usual course.
    pub reason: Option<ReasonCode>,
    /// A remark of the person who booked it.
    pub note: Option<String>,
    /// The number of the order, invoice or credit note in the system it lives in.
    pub document: Option<String>,
    /// The day from which it counts.
    pub effective_on: NaiveDate,
    /// Who booked it; nobody when the installation did.
    pub by: Option<EmployeeId>,
    /// When it was booked.
    pub at: DateTime<Utc>,
    /// What it does to learning hours.
    pub hours: HoursChange,
    /// The learning hours after it.
    pub hours_after: Hours,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_give_every_reason_but_those_that_the_product_knows() {
        let reserved = ReasonCode::ALL.into_iter().filter_map(|reason| reason.given().err());
        let reserved: Vec<_> = reserved.map(|ReservedReason(reason)| reason).collect();
        assert_eq!(reserved, [ReasonCode::PriceDrift, ReasonCode::ReservationExpired, ReasonCode::Lapsed]);
        assert_eq!(
            ReservedReason(ReasonCode::Lapsed).to_string(),
            "LAPSED is booked by the product when it is so; give one of CORRECTION, REPLANNING, CARRY_OVER, BUDGET_CUT, \
             COURSE_CANCELED, NO_LONGER_NEEDED, EMPLOYEE_LEFT, PRICE_CORRECTED"
        );
    }
}
