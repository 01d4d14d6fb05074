//! Yearly tax buckets: up to how much an employer may pay for somebody's learning in a calendar year without it being
//! wages.
//!
//! Money counts when it is paid: what is settled, in the calendar year of the day from which the payment counts. What is
//! promised is not paid yet, so it counts in the current year, whenever it was promised. Of several requests the one that
//! was approved first uses the bucket first, so that what lies above adds up over all of them.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::kernel::{CountryCode, Currency, Money};
use crate::organization::Employee;

use super::{PolicyObjection, PolicyRules};
use crate::funding::{AppliedRate, Finding, FundingRequest, RequestStatus};

/// What an employer may pay for one person's learning in a calendar year free of tax, such as section 127 of the
/// tax code of the United States.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaxBucket {
    /// What payroll calls it, such as `US-127`.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// The currency of its amount; that of the policy or another.
    pub currency: Currency,
    /// How much is free in a calendar year, in minor units.
    pub limit: i64,
    /// For people who work in one of these countries; for everybody when not given.
    pub work_countries: Option<Vec<CountryCode>>,
    /// What becomes of a request that goes above.
    pub above: AboveBucket,
}

/// What becomes of a request that goes above a tax bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AboveBucket {
    /// Whoever asks and whoever decides is told what would be taxable.
    Inform,
    /// It is refused.
    Refuse,
}

/// What a unit of a request's currency was worth in a tax bucket's when it was submitted, frozen on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxRate {
    /// The bucket's currency.
    pub to: Currency,
    /// The rate.
    #[serde(flatten)]
    pub applied: AppliedRate,
}

/// How full somebody's tax bucket is in a calendar year. Amounts are in its currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxBucketUse {
    /// The bucket.
    pub bucket: TaxBucket,
    /// The calendar year.
    pub year: i32,
    /// What is promised to approved and booked requests.
    pub promised: Money,
    /// What was paid in the year and has not come back.
    pub settled: Money,
    /// What requests ask for that wait for a decision. It uses nothing yet.
    pub waiting: Money,
    /// What is promised or was paid in currencies for which there was no exchange rate, so that it could not be counted: one
    /// sum per currency.
    pub uncounted: Vec<Money>,
}

/// What a request takes of its person's tax bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxShare {
    /// The bucket without the request: what came before it.
    pub before: TaxBucketUse,
    /// What the request asks for or takes.
    pub amount: Money,
    /// The same in the bucket's currency; none where there was no exchange rate.
    pub counted: Option<Money>,
}

impl TaxBucket {
    /// How much is free in a calendar year.
    pub fn free(&self) -> Money {
        Money::sum(self.limit, self.currency)
    }

    /// Whether it is for people who work in a country. Of somebody whose country is not known it cannot be told, so it is
    /// not for them, unless it is for everybody.
    fn is_for(&self, country: Option<CountryCode>) -> bool {
        let listed = |list: &Vec<CountryCode>| country.is_some_and(|country| list.contains(&country));
        self.work_countries.as_ref().is_none_or(listed)
    }

    /// An amount in its currency.
    fn counted(&self, amount: Money, rates: &[TaxRate]) -> Option<Money> {
        if amount.currency() == self.currency {
            return Some(amount);
        }
        let rate = rates.iter().find(|rate| rate.to == self.currency)?;
        rate.applied.convert(amount, self.currency).ok()
    }

    /// How full it is with these requests, all of them of one person and of one year.
    fn filled<'a>(&self, year: i32, requests: impl Iterator<Item = &'a FundingRequest>) -> TaxBucketUse {
        let zero = Money::zero(self.currency);
        let mut used = TaxBucketUse {
            bucket: self.clone(),
            year,
            promised: zero,
            settled: zero,
            waiting: zero,
            uncounted: Vec::new(),
        };
        for request in requests {
            let amount = request.taxed();
            let Some(counted) = self.counted(amount, &request.tax_rates) else {
                if !request.is_waiting() {
                    used.leave_out(amount);
                }
                continue;
            };
            let sum = match request.status {
                RequestStatus::Settled => &mut used.settled,
                status if status.is_promised() => &mut used.promised,
                _ => &mut used.waiting,
            };
            *sum = Money::sum(sum.minor().saturating_add(counted.minor()), self.currency);
        }
        used
    }
}

impl TaxBucketUse {
    /// What is promised and paid.
    pub fn used(&self) -> Money {
        let used = self.promised.minor().saturating_add(self.settled.minor());
        Money::sum(used, self.bucket.currency)
    }

    /// What is left of it this year; never below 0.
    pub fn left(&self) -> Money {
        let left = self.bucket.limit.saturating_sub(self.used().minor());
        Money::sum(left.max(0), self.bucket.currency)
    }

    /// What another request may ask for without anything to be said of it.
    pub(in crate::funding) fn still_free(&self) -> Money {
        let refuses = self.bucket.above == AboveBucket::Refuse;
        Money::sum(if refuses { self.room() } else { self.left().minor() }, self.bucket.currency)
    }

    /// What another request may ask for without going above, also if everything that waits is approved.
    fn room(&self) -> i64 {
        self.left().minor().saturating_sub(self.waiting.minor()).max(0)
    }

    fn leave_out(&mut self, amount: Money) {
        let sum = self.uncounted.iter_mut().find(|sum| sum.currency() == amount.currency());
        match sum {
            Some(sum) => *sum = Money::sum(sum.minor().saturating_add(amount.minor()), sum.currency()),
            None => self.uncounted.push(amount),
        }
    }
}

impl TaxShare {
    /// What of the request the bucket takes; none where it cannot be told.
    pub fn free(&self) -> Option<Money> {
        let counted = self.counted?;
        let left = self.before.left();
        Some(if counted.minor() > left.minor() { left } else { counted })
    }

    /// What of the request lies above the bucket and would be taxable; none where it cannot be told.
    pub fn taxable(&self) -> Option<Money> {
        let (counted, free) = (self.counted?, self.free()?);
        Some(Money::sum(counted.minor().saturating_sub(free.minor()), counted.currency()))
    }

    /// Why the request is refused, if the policy refuses what goes above.
    pub(in crate::funding) fn objection(&self) -> Option<PolicyObjection> {
        let TaxBucketUse { bucket, year, waiting, .. } = &self.before;
        let asked = self.counted.filter(|asked| asked.minor() > self.before.room())?;
        let taken = self.before.used().minor().saturating_add(waiting.minor());
        (bucket.above == AboveBucket::Refuse).then(|| PolicyObjection::TaxBucketExceeded {
            bucket: bucket.name.clone(),
            year: *year,
            taken: Money::sum(taken, bucket.currency),
            asked,
            limit: bucket.free(),
        })
    }

    /// What whoever decides should know of it.
    pub(in crate::funding) fn finding(&self) -> Option<Finding> {
        let bucket = self.before.bucket.name.clone();
        let Some((needed, taxable)) = self.counted.zip(self.taxable()) else {
            let (amount, currency) = (self.amount, self.before.bucket.currency);
            return Some(Finding::TaxNotKnown { bucket, amount, currency });
        };
        let (year, left) = (self.before.year, self.before.left());
        taxable.is_positive().then_some(Finding::TaxablePart { bucket, year, needed, left, taxable })
    }
}

impl PolicyRules {
    /// The tax buckets of a person.
    pub(in crate::funding) fn buckets_of<'a>(
        &'a self,
        person: &Employee,
    ) -> impl Iterator<Item = &'a TaxBucket> + use<'a> {
        let country = person.employment.work_country;
        self.tax_buckets.iter().filter(move |bucket| bucket.is_for(country))
    }

    /// How full the tax buckets of a person are in the year of a day, with all the requests that they have.
    pub(in crate::funding) fn tax_uses<'a>(
        &self,
        person: &Employee,
        today: NaiveDate,
        requests: &(impl Iterator<Item = &'a FundingRequest> + Clone),
    ) -> Vec<TaxBucketUse> {
        let year = today.year();
        let counts = move |request: &&FundingRequest| request.tax_year(today) == Some(year);
        let buckets = self.buckets_of(person);
        buckets.map(|bucket| bucket.filled(year, requests.clone().filter(counts))).collect()
    }

    /// What an amount that is asked for today would take of the tax buckets of a person.
    pub(in crate::funding) fn tax_shares_of_new<'a>(
        &self,
        (person, today): (&Employee, NaiveDate),
        requests: &(impl Iterator<Item = &'a FundingRequest> + Clone),
        (amount, rates): (Money, &[TaxRate]),
    ) -> Vec<TaxShare> {
        let uses = self.tax_uses(person, today, requests).into_iter();
        uses.map(|before| TaxShare { counted: before.bucket.counted(amount, rates), before, amount })
            .collect()
    }

    /// What a request takes of the tax buckets of its person, among all the requests that they have. Nothing where its money
    /// was never paid and never will be.
    pub(in crate::funding) fn tax_shares<'a>(
        &self,
        (person, today): (&Employee, NaiveDate),
        requests: &(impl Iterator<Item = &'a FundingRequest> + Clone),
        request: &FundingRequest,
    ) -> Vec<TaxShare> {
        let Some(year) = request.tax_year(today) else { return Vec::new() };
        let before = |other: &&FundingRequest| {
            other.tax_year(today) == Some(year) && other.id != request.id && other.goes_before(request)
        };
        let share = |bucket: &TaxBucket| TaxShare {
            before: bucket.filled(year, requests.clone().filter(before)),
            amount: request.taxed(),
            counted: bucket.counted(request.taxed(), &request.tax_rates),
        };
        self.buckets_of(person).map(share).collect()
    }
}

impl FundingRequest {
    /// The calendar year in which its money counts, as of a day; none where none is paid.
    fn tax_year(&self, today: NaiveDate) -> Option<i32> {
        match self.status {
            RequestStatus::Settled => self.settled_on.map(|day| day.year()),
            status => status.is_live().then(|| today.year()),
        }
    }

    /// What is paid for it, or would be.
    fn taxed(&self) -> Money {
        match self.status {
            RequestStatus::Settled => Money::sum(self.spent(), self.amount.currency()),
            _ => self.promised(),
        }
    }

    fn is_waiting(&self) -> bool {
        self.status.is_live() && !self.status.is_promised()
    }

    /// Whether it uses the bucket before another one: what was approved first does, and what waits uses nothing yet.
    fn goes_before(&self, other: &Self) -> bool {
        if other.is_waiting() || self.is_waiting() {
            return other.is_waiting();
        }
        (self.decided_at, self.id) < (other.decided_at, other.id)
    }
}
