//! What a proposal takes of tax buckets.

use crate::funding::policy::CourseTraits;
use crate::funding::{ExchangeRate, FundingRequest, TaxRate, TaxShare};
use crate::kernel::{Currency, Money};
use crate::organization::Employee;

use super::{Circumstances, Proposal};

impl Circumstances {
    /// What an amount takes of the tax buckets of a person, with the rates by which that was told.
    pub(super) fn tax(&self, person: &Employee, amount: Money) -> (Vec<TaxShare>, Vec<TaxRate>) {
        let rules = &self.policy.rules;
        let mut rates: Vec<TaxRate> = Vec::new();
        for bucket in rules.buckets_of(person) {
            let pair = (amount.currency(), bucket.currency);
            let known = pair.0 == pair.1 || rates.iter().any(|rate| rate.to == pair.1);
            let rate = ExchangeRate::on(&self.rates, pair, self.today).filter(|_| !known);
            rates.extend(rate.map(|rate| TaxRate { to: pair.1, applied: rate.applied() }));
        }
        let shares = rules.tax_shares_of_new((person, self.today), &self.before(), (amount, &rates));
        (shares, rates)
    }

    /// The most that the policy lets this person ask for now in a currency, for this course, without a part that is taxable;
    /// none where it does not say.
    pub(in crate::funding) fn most_for(
        &self,
        proposal: Proposal<'_>,
        course: Option<&CourseTraits>,
        currency: Currency,
    ) -> Option<Money> {
        let person = self.learner(proposal)?;
        let most = self.policy.rules.most_for(self.applicant(person), course);
        let free = self.free_of_tax(person, currency);
        most.filter(|most| most.currency() == currency)
            .into_iter()
            .chain(free)
            .min_by_key(|most| most.minor())
    }

    /// The most that the tax buckets of a person leave free, of those in one currency.
    fn free_of_tax(&self, person: &Employee, currency: Currency) -> Option<Money> {
        let uses = self.policy.rules.tax_uses(person, self.today, &self.before()).into_iter();
        let free = uses.map(|bucket| bucket.still_free()).filter(|free| free.currency() == currency);
        free.min_by_key(|free| free.minor())
    }

    fn before(&self) -> impl Iterator<Item = &FundingRequest> + Clone {
        self.earlier.iter().map(|(_, request)| request)
    }
}
