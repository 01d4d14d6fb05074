//! Yearly tax buckets of a funding policy.

use async_graphql::{Enum, InputObject};
use upskill_domain::funding as domain;

use super::amount;
use crate::graphql::error::ApiError;
use crate::graphql::scalars::{CountryCode, MoneyInput};

/// What becomes of a request that goes above a tax bucket.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::AboveBucket")]
pub(crate) enum AboveTaxBucket {
    /// Whoever asks and whoever decides is told what would be taxable.
    Inform,
    /// It is refused.
    Refuse,
}

/// What an employer may pay for one person's learning in a calendar year free of tax. What counts is what is promised now and
/// what was paid in the year.
#[derive(InputObject)]
pub(crate) struct TaxBucketInput {
    /// What payroll calls it, such as `US-127`: 1 to 200 characters, each code once in a policy.
    code: String,
    /// What people call it: 1 to 200 characters.
    name: String,
    /// How much is free in a calendar year, in the policy's currency or another; above 0. Requests to a budget in another
    /// currency are converted at the exchange rate of their day, which is frozen on them.
    amount: MoneyInput,
    /// For people who work in one of these countries; for everybody when not given.
    #[graphql(validator(max_items = 250))]
    work_countries: Option<Vec<CountryCode>>,
    /// What becomes of a request that goes above.
    #[graphql(default_with = "AboveTaxBucket::Inform")]
    above: AboveTaxBucket,
}

impl TaxBucketInput {
    pub(super) fn read(self) -> Result<domain::TaxBucket, ApiError> {
        let free = amount("input.rules.taxBuckets", &self.amount)?;
        Ok(domain::TaxBucket {
            code: self.code.trim().to_owned(),
            name: self.name.trim().to_owned(),
            currency: free.currency(),
            limit: free.minor(),
            work_countries: self.work_countries.map(|list| list.into_iter().map(|code| code.0).collect()),
            above: self.above.into(),
        })
    }
}
