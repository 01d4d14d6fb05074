//! A place that is given up: what of its price comes back, by a rule that was known before.

use crate::kernel::{Fault, Money};

use super::posting::{Posting, Remarks, Stamp};
use super::{
    Budget, Change, EntryKind, FundingRequest, LedgerEntry, PostingRefusal, ReasonCode, RequestStatus,
};

/// All of a price, in basis points.
pub(crate) const WHOLE: i32 = 10_000;

/// What came back of a price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum GivenBack {
    /// Nothing of it.
    Nothing,
    /// The whole promise, which was released.
    Promise,
    /// So much of the promise; the rest is still owed.
    PartOfPromise(Money),
    /// So much of what was paid.
    Paid(Money),
}

impl FundingRequest {
    /// Gives a place up of whose price a share comes back, in basis points. What is committed is released as far as it
    /// comes back, and the rest waits for the invoice; of what was paid the share is refunded.
    pub(super) fn give_up(
        &mut self,
        budget: &mut Budget,
        share: i32,
        stamp: &Stamp<'_>,
    ) -> Result<(GivenBack, Option<LedgerEntry>), PostingRefusal> {
        let remarks = Remarks { reason: Some(ReasonCode::NoLongerNeeded), ..Remarks::default() };
        match self.status {
            RequestStatus::Committed if share >= WHOLE => {
                let entry = self.release(budget, remarks, stamp)?;
                self.ended_at = Some(stamp.at);
                self.move_to(RequestStatus::Canceled);
                Ok((GivenBack::Promise, Some(entry)))
            }
            RequestStatus::Committed => {
                let back = part(self.promised().minor(), share);
                if back == 0 {
                    return Ok((GivenBack::Nothing, None));
                }
                let change = Change { committed: back.saturating_neg(), ..Change::default() };
                // The place stays booked until its invoice comes, and the time for it with it.
                let posting = Posting::new(EntryKind::Release, change).about(self).keeping_hours();
                let entry = budget.post(posting.remarking(remarks), stamp)?;
                self.committed = Some(budget.money(self.promised().minor().saturating_sub(back)));
                self.touch();
                Ok((GivenBack::PartOfPromise(budget.money(back)), Some(entry)))
            }
            RequestStatus::Settled => {
                let paid = self.settled.map_or(0, Money::minor);
                let back = part(paid, share).min(self.spent());
                if back <= 0 {
                    return Ok((GivenBack::Nothing, None));
                }
                let change = Change { spent: back.saturating_neg(), ..Change::default() };
                let entry = self.post(budget, EntryKind::Refund, change, remarks, stamp)?;
                self.refunded = budget.money(self.refunded.minor().saturating_add(back));
                self.touch();
                Ok((GivenBack::Paid(budget.money(back)), Some(entry)))
            }
            _ => Ok((GivenBack::Nothing, None)),
        }
    }

    /// Whether giving it up is a matter of its budget at all.
    pub(super) fn holds_money(&self) -> bool {
        matches!(self.status, RequestStatus::Committed | RequestStatus::Settled)
    }
}

/// A share of an amount, in whole minor units and never more than the share.
fn part(amount: i64, share: i32) -> i64 {
    let share = i128::from(share.clamp(0, WHOLE));
    let part = i128::from(amount).saturating_mul(share).checked_div(i128::from(WHOLE)).unwrap_or(0);
    i64::try_from(part).unwrap_or(0)
}

/// A budget that does not take back what comes back.
pub(super) fn kept(refusal: &PostingRefusal, request: &FundingRequest) -> Fault {
    Fault::Conflict(format!("the money of {} cannot be given back now: {refusal}", request.id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::funding::fixture::{Counter, budget, eur, request, stamp};
    use crate::funding::{Balance, Hours};
    use proptest::prelude::*;

    fn committed(minor: i64) -> (FundingRequest, Budget) {
        let request = FundingRequest {
            status: RequestStatus::Committed,
            committed: Some(eur(minor)),
            ..request(minor)
        };
        let mut budget = budget(1_000);
        budget.balance = Balance { committed: minor, ..budget.balance };
        (request, budget)
    }

    #[test]
    fn l4_the_whole_price_comes_back_and_the_promise_with_it() {
        let ids = Counter::default();
        let (mut request, mut budget) = committed(400);
        let given = request.give_up(&mut budget, WHOLE, &stamp(&ids)).map(|(given, _)| given);
        assert_eq!(given, Ok(GivenBack::Promise));
        assert_eq!((request.status, budget.available()), (RequestStatus::Canceled, eur(1_000)));
    }

    #[test]
    fn l4_hours_stay_with_a_place_of_which_a_part_is_owed() {
        let ids = Counter::default();
        let (mut request, mut budget) = committed(400);
        request.offer.release_hours = Some(20);
        budget.hours = Hours { allowance: Some(30), committed: 20, ..Hours::default() };
        assert!(request.give_up(&mut budget, 2_500, &stamp(&ids)).is_ok());
        assert_eq!(budget.hours.committed, 20);
        assert!(request.give_up(&mut budget, WHOLE, &stamp(&ids)).is_ok());
        assert_eq!((budget.hours.committed, budget.hours.available()), (0, Some(30)));
    }

    #[test]
    fn l4_of_what_was_paid_the_share_is_refunded_once() {
        let ids = Counter::default();
        let (mut request, mut budget) = committed(0);
        (request.status, request.settled) = (RequestStatus::Settled, Some(eur(401)));
        request.recovered = eur(300);
        budget.balance = Balance { committed: 0, spent: 101, ..budget.balance };
        let given = request.give_up(&mut budget, 5_000, &stamp(&ids)).map(|(given, _)| given);
        assert_eq!(given, Ok(GivenBack::Paid(eur(101))));
        assert_eq!((request.refunded, request.spent(), budget.balance.spent), (eur(101), 0, 0));
    }

    proptest! {
        /// Whatever the share, nothing is lost: what comes back and what is still owed are the promise.
        #[test]
        fn l4_what_comes_back_and_what_is_owed_are_the_promise(minor in 0_i64..1_000, share in 0_i32..10_000) {
            let ids = Counter::default();
            let (mut request, mut budget) = committed(minor);
            let given = request.give_up(&mut budget, share, &stamp(&ids)).map(|(given, _)| given);
            let back = match given {
                Ok(GivenBack::PartOfPromise(back)) => back.minor(),
                other => {
                    prop_assert_eq!(other, Ok(GivenBack::Nothing));
                    0
                }
            };
            prop_assert_eq!(request.promised().minor() + back, minor);
            prop_assert_eq!(budget.balance.committed, request.promised().minor());
            prop_assert_eq!(budget.available(), eur(1_000 - minor + back));
            prop_assert!(i128::from(back) * 10_000 <= i128::from(minor) * i128::from(share));
        }
    }
}
