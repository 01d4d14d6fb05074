//! Which budget pays, and what a price comes to in its currency.

use crate::funding::offer::MAX_QUOTE;
use crate::funding::{AppliedRate, Budget, ExchangeRate, NoBudget, Objection, OfferRefusal};
use crate::kernel::Money;

use super::{Circumstances, Proposal};

impl Circumstances {
    /// The budget that pays: the one that was named, else the nearest.
    pub(super) fn payer(&self, proposal: Proposal<'_>, price: Option<Money>) -> Result<&Budget, NoBudget> {
        self.sources(proposal).choose(&self.open, proposal.budget, price.map(Money::currency))
    }

    /// What a price comes to in a budget's currency, and by which rate where it is in another.
    pub(super) fn charged(
        &self,
        price: Money,
        budget: &Budget,
    ) -> Result<(Money, Option<AppliedRate>), Objection> {
        let (from, to) = (price.currency(), budget.currency);
        if from == to {
            return Ok((price, None));
        }
        let rate = ExchangeRate::on(&self.rates, (from, to), self.today);
        let rate = rate.ok_or_else(|| Objection::NoExchangeRate {
            price: from,
            budget: budget.name.clone(),
            expected: to,
            day: self.today,
        })?;
        let most = Money::sum(MAX_QUOTE, to);
        let amount = rate.applied().convert(price, to).ok().filter(|amount| amount.minor() <= most.minor());
        let amount = amount.ok_or(OfferRefusal::QuoteTooHigh { given: price, most })?;
        Ok((amount, Some(rate.applied())))
    }
}
