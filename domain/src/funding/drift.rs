//! Actual prices that are another than what was approved (F7).

use crate::kernel::{Currency, Money};

use super::posting::{Posting, Remarks, Stamp};
use super::{
    Budget, Change, EntryKind, FundingRequest, LedgerEntry, PostingRefusal, ReasonCode, RequestStatus,
};

/// Why a price cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PriceRefusal {
    /// It is of another currency than the request.
    #[error(
        "the price is in {given}, but the request is in {expected}{}",
        .offered.map(|offered| format!(" and was offered in {offered}")).unwrap_or_default()
    )]
    CurrencyMismatch {
        /// The currency given.
        given: Currency,
        /// The request's.
        expected: Currency,
        /// The one it was converted from, if it was.
        offered: Option<Currency>,
    },
    /// Less than nothing.
    #[error("the price is {0}; a price is 0 or above")]
    Negative(Money),
    /// Further above what was approved than the tolerance allows.
    #[error(
        "the price is {price}, but {approved} was approved and the price may be {highest} at most; cancel the request, \
         and let the employee submit it anew with this price"
    )]
    AboveTolerance {
        /// The actual price.
        price: Money,
        /// What was approved.
        approved: Money,
        /// The highest price that needs no new decision.
        highest: Money,
    },
}

/// The highest price that an approved amount covers, with what the policy tolerates above it in minor units.
fn highest_price(approved: Money, tolerated: i64) -> Money {
    let most = approved.minor().saturating_add(tolerated).min(Money::MAX_MINOR);
    Money::new(most, approved.currency()).unwrap_or(approved)
}

impl FundingRequest {
    /// What the place costs the budget, if it can cost this much: what others leave of the price (F15). A price in the currency in which the course was offered is
    /// converted at the rate of the submission; whoever pays at another rate gives what was paid in the budget's currency.
    /// What was approved is the measure, whatever was booked since.
    pub(super) fn checked_price(&self, price: Money, tolerated: i64) -> Result<Money, PriceRefusal> {
        let others = self.co_funded().minor();
        let whole = |part: Money| Money::sum(part.minor().saturating_add(others), part.currency());
        // Whoever reads a refusal compares the price with prices.
        let (approved, highest) = (whole(self.amount), whole(highest_price(self.amount, tolerated)));
        let (given, expected) = (price.currency(), approved.currency());
        let offered = self.converted_at.as_ref().map(|_| self.offer.price.currency());
        let charged = match &self.converted_at {
            _ if given == expected => price,
            Some(rate) if offered == Some(given) => {
                // What no amount can hold is above every tolerance.
                let charged = rate.convert(price, expected);
                charged.map_err(|_| PriceRefusal::AboveTolerance { price, approved, highest })?
            }
            _ => return Err(PriceRefusal::CurrencyMismatch { given, expected, offered }),
        };
        if price.is_negative() {
            return Err(PriceRefusal::Negative(price));
        }
        if charged.minor() > highest.minor() {
            return Err(PriceRefusal::AboveTolerance { price: charged, approved, highest });
        }
        Ok(Money::sum(charged.minor().saturating_sub(others).max(0), expected))
    }

    /// Brings the promise to a price: what it lacks is taken from what the budget has available, what is too much is
    /// released. `None` when the price is what is promised.
    pub(super) fn drift(
        &self,
        budget: &mut Budget,
        price: Money,
        stamp: &Stamp<'_>,
    ) -> Result<Option<LedgerEntry>, PostingRefusal> {
        let difference = price.minor().saturating_sub(self.promised().minor());
        let kind = match difference {
            0 => return Ok(None),
            1.. => EntryKind::Raise,
            _ => EntryKind::Release,
        };
        let change = match self.status {
            RequestStatus::Committed => Change { committed: difference, ..Change::default() },
            _ => Change { reserved: difference, ..Change::default() },
        };
        let remarks = Remarks { reason: Some(ReasonCode::PriceDrift), ..Remarks::default() };
        let posting = Posting::new(kind, change).about(self).keeping_hours().remarking(remarks);
        budget.post(posting, stamp).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::funding::fixture::{Counter, budget, currency, day, eur, request, stamp};
    use crate::funding::{
        AppliedRate, Balance, BudgetStatus, CoFunding, CoFundingSource, CommitRefusal, SettleRefusal,
    };
    use crate::kernel::Rate;

    fn approved(minor: i64) -> (FundingRequest, Budget) {
        let request = FundingRequest { status: RequestStatus::Approved, ..request(minor) };
        let mut budget = budget(1_000);
        budget.balance = Balance { reserved: minor, ..budget.balance };
        (request, budget)
    }

    fn kinds(entries: &[LedgerEntry]) -> Vec<&'static str> {
        entries.iter().map(|entry| entry.kind.name()).collect()
    }

    #[test]
    fn f7_the_tolerance_comes_on_top_of_what_was_approved() {
        assert_eq!(highest_price(eur(999), 0), eur(999));
        assert_eq!(highest_price(eur(999), 49), eur(1_048));
        assert_eq!(highest_price(eur(Money::MAX_MINOR), i64::MAX), eur(Money::MAX_MINOR));
    }

    #[test]
    fn f7_within_the_tolerance_the_difference_is_taken_from_what_is_available() {
        let ids = Counter::default();
        let (mut request, mut budget) = approved(400);
        let entries = request.commit(&mut budget, (Some(eur(440)), 40), (None, None), &stamp(&ids));
        assert_eq!(entries.map(|entries| kinds(&entries)), Ok(vec!["RAISE", "COMMIT"]));
        assert_eq!(
            (budget.balance.reserved, budget.balance.committed, budget.available()),
            (0, 440, eur(560))
        );
        assert_eq!((request.committed, request.amount), (Some(eur(440)), eur(400)));
        // The invoice is measured by what was approved too, and an ended budget still pays what it promised.
        budget.status = BudgetStatus::ClosedToSpend;
        let beyond = request.settle(&mut budget, (eur(441), 40), Remarks::default(), &stamp(&ids));
        let above = PriceRefusal::AboveTolerance { price: eur(441), approved: eur(400), highest: eur(440) };
        assert_eq!(beyond, Err(SettleRefusal::Price(above)));
        let entries = request.settle(&mut budget, (eur(480), 80), Remarks::default(), &stamp(&ids));
        assert_eq!(entries.map(|entries| kinds(&entries)), Ok(vec!["RAISE", "SPEND"]));
        assert_eq!((budget.balance.committed, budget.balance.spent, budget.available()), (0, 480, eur(520)));
    }

    #[test]
    fn f7_a_lower_price_releases_the_rest() {
        let ids = Counter::default();
        let (mut request, mut budget) = approved(400);
        let entries = request.commit(&mut budget, (Some(eur(300)), 0), (None, None), &stamp(&ids));
        assert_eq!(entries.map(|entries| kinds(&entries)), Ok(vec!["RELEASE", "COMMIT"]));
        assert_eq!(
            (budget.balance.reserved, budget.balance.committed, budget.available()),
            (0, 300, eur(700))
        );
        // Up to what was approved nobody has to be asked again.
        let entries = request.settle(&mut budget, (eur(400), 0), Remarks::default(), &stamp(&ids));
        assert_eq!(entries.map(|entries| kinds(&entries)), Ok(vec!["RAISE", "SPEND"]));
        assert_eq!((budget.balance.spent, budget.available()), (400, eur(600)));
    }

    #[test]
    fn an_invoice_in_the_currency_of_the_offer_is_converted_at_the_frozen_rate() {
        let usd = |minor| Money::new(minor, currency("USD")).unwrap_or_else(|error| panic!("{error}"));
        let rate = Rate::parse("0.9").unwrap_or_else(|error| panic!("{error}"));
        let (mut request, mut budget) = approved(90);
        request.offer.price = usd(100);
        request.converted_at =
            Some(AppliedRate { rate, day: day("2026-11-20"), source: "A bank".to_owned() });
        assert_eq!(request.checked_price(usd(99), 0), Ok(eur(89)));
        assert_eq!(request.checked_price(eur(88), 0), Ok(eur(88)));
        let above = PriceRefusal::AboveTolerance { price: eur(91), approved: eur(90), highest: eur(90) };
        assert_eq!(request.checked_price(usd(101), 0), Err(above));
        assert_eq!(request.checked_price(usd(-1), 0), Err(PriceRefusal::Negative(usd(-1))));
        let yen = Money::zero(currency("JPY"));
        let refused = request.checked_price(yen, 0).map_err(|refusal| refusal.to_string());
        let told = "the price is in JPY, but the request is in EUR and was offered in USD";
        assert_eq!(refused, Err(told.to_owned()));

        let ids = Counter::default();
        let entries = request.commit(&mut budget, (Some(usd(100)), 0), (None, None), &stamp(&ids));
        assert_eq!(entries.map(|entries| kinds(&entries)), Ok(vec!["COMMIT"]));
        let entries = request.settle(&mut budget, (usd(90), 0), Remarks::default(), &stamp(&ids));
        assert_eq!(entries.map(|entries| kinds(&entries)), Ok(vec!["SPEND"]));
        assert_eq!((request.settled, budget.balance.spent), (Some(eur(81)), 81));
    }

    #[test]
    fn f15_the_employers_part_bears_what_the_price_drifts() {
        let ids = Counter::default();
        let (mut request, mut budget) = approved(400);
        let (source, name, reference) = (CoFundingSource::Agency, Some("An agency".to_owned()), None);
        request.co_funding = vec![CoFunding { source, amount: eur(600), name, reference }];
        let above =
            PriceRefusal::AboveTolerance { price: eur(1_041), approved: eur(1_000), highest: eur(1_040) };
        assert_eq!(request.checked_price(eur(1_041), 40), Err(above));
        assert_eq!(request.checked_price(eur(1_000), 0), Ok(eur(400)));
        assert_eq!(request.checked_price(eur(500), 0), Ok(eur(0)));
        // Booked without a price, it is what was approved.
        let entries = request.commit(&mut budget, (None, 0), (None, None), &stamp(&ids));
        assert_eq!(entries.map(|entries| kinds(&entries)), Ok(vec!["COMMIT"]));
        let entries = request.settle(&mut budget, (eur(1_030), 40), Remarks::default(), &stamp(&ids));
        assert_eq!(entries.map(|entries| kinds(&entries)), Ok(vec!["RAISE", "SPEND"]));
        assert_eq!((request.settled, budget.balance.spent), (Some(eur(430)), 430));
    }

    #[test]
    fn f1_a_difference_is_not_taken_where_nothing_is_available() {
        let ids = Counter::default();
        let (mut request, mut budget) = approved(1_000);
        let refused = request.commit(&mut budget, (Some(eur(1_001)), 10), (None, None), &stamp(&ids));
        assert!(
            matches!(refused, Err(CommitRefusal::Posting(PostingRefusal::InsufficientFunds { .. }))),
            "{refused:?}"
        );
    }
}
