//! Yearly tax buckets, and what requests take of them.

use async_graphql::{Object, SimpleObject};
use upskill_domain::access::Action;
use upskill_domain::funding as domain;

use crate::graphql::funding::inputs::AboveTaxBucket;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::scalars::{CountryCode, Money};

/// What an employer may pay for one person's learning in a calendar year free of tax, as a funding policy says it.
#[derive(SimpleObject)]
pub(crate) struct TaxBucket {
    /// What payroll calls it, such as `US-127`.
    code: String,
    /// What people call it.
    name: String,
    /// How much is free in a calendar year, in the time zone of the employer.
    amount: Money,
    /// For people who work in one of these countries; for everybody when empty.
    work_countries: Vec<CountryCode>,
    /// What becomes of a request that goes above.
    above: AboveTaxBucket,
}

impl From<domain::TaxBucket> for TaxBucket {
    fn from(bucket: domain::TaxBucket) -> Self {
        Self {
            amount: bucket.free().into(),
            work_countries: bucket.work_countries.into_iter().flatten().map(CountryCode).collect(),
            above: bucket.above.into(),
            code: bucket.code,
            name: bucket.name,
        }
    }
}

/// How full a person's tax bucket is in a calendar year. Amounts are in its currency: those of others are converted at the
/// rate that was frozen on their request.
pub(crate) struct TaxBucketUse(pub(super) domain::TaxBucketUse);

/// How full a person's tax bucket is in a calendar year. Amounts are in its currency: those of others are converted at the
/// rate that was frozen on their request.
#[Object(directive = personal::apply(DataClass::Funding, who(Action::ReadFundingRequest)))]
impl TaxBucketUse {
    /// The bucket.
    async fn bucket(&self) -> TaxBucket {
        self.0.bucket.clone().into()
    }

    /// The calendar year.
    async fn year(&self) -> i32 {
        self.0.year
    }

    /// What is promised to approved and booked requests. It is not paid yet, so it counts in the current year.
    async fn promised(&self) -> Money {
        self.0.promised.into()
    }

    /// What was paid in the year and has not come back.
    async fn settled(&self) -> Money {
        self.0.settled.into()
    }

    /// What is promised and paid.
    async fn used(&self) -> Money {
        self.0.used().into()
    }

    /// What is left; 0 when more is used than is free.
    async fn left(&self) -> Money {
        self.0.left().into()
    }

    /// What requests ask for that wait for a decision. It uses nothing yet.
    async fn waiting(&self) -> Money {
        self.0.waiting.into()
    }

    /// What is promised or was paid in a currency for which there was no exchange rate when it was asked for, so that it could
    /// not be counted: one sum per currency.
    async fn not_counted(&self) -> Vec<Money> {
        self.0.uncounted.iter().copied().map(Into::into).collect()
    }
}

/// What a request takes of its person's tax bucket.
pub(crate) struct TaxShare(domain::TaxShare);

impl From<domain::TaxShare> for TaxShare {
    fn from(share: domain::TaxShare) -> Self {
        Self(share)
    }
}

/// What a request takes of its person's tax bucket.
#[Object(directive = personal::apply(DataClass::Funding, who(Action::ReadFundingRequest)))]
impl TaxShare {
    /// The bucket without this request: what was approved before it.
    async fn before(&self) -> TaxBucketUse {
        TaxBucketUse(self.0.before.clone())
    }

    /// What the request asks for or takes, in the bucket's currency; null where there was no exchange rate for it.
    async fn amount(&self) -> Option<Money> {
        self.0.counted.map(Into::into)
    }

    /// What of it is free of tax; null where that cannot be told.
    async fn free(&self) -> Option<Money> {
        self.0.free().map(Into::into)
    }

    /// What of it would be taxable; null where that cannot be told.
    async fn taxable(&self) -> Option<Money> {
        self.0.taxable().map(Into::into)
    }
}
