//! What is left to a person of what the funding policy allows.

use async_graphql::{Object, SimpleObject};
use upskill_domain::access::Action;
use upskill_domain::funding as domain;

use super::preview::PreviewFinding;
use super::tax::TaxBucketUse;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::scalars::{Date, Money};

/// What is left to a person of what the funding policy allows, before they ask for anything in particular. What a course
/// itself has to meet is told by `fundingPreview`.
pub(crate) struct FundingAllowance(domain::FundingAllowance);

impl From<domain::FundingAllowance> for FundingAllowance {
    fn from(allowance: domain::FundingAllowance) -> Self {
        Self(allowance)
    }
}

/// What is left to a person of what the funding policy allows, before they ask for anything in particular. What a course
/// itself has to meet is told by `fundingPreview`.
#[Object(directive = personal::apply(DataClass::Funding, who(Action::PreviewFunding)))]
impl FundingAllowance {
    /// The version of the funding policy that new requests go by; 1 is the built-in one, which limits nothing.
    async fn policy_version(&self) -> i32 {
        self.0.policy_version
    }

    /// The first day of the current fiscal year of the employer.
    async fn fiscal_year_starts_on(&self) -> Date {
        Date(self.0.fiscal_year.from())
    }

    /// The last day of the current fiscal year of the employer.
    async fn fiscal_year_ends_on(&self) -> Date {
        Date(self.0.fiscal_year.to())
    }

    /// The cap of the fiscal year; null when there is none.
    async fn year_cap(&self) -> Option<YearCapUse> {
        self.0.year.map(Into::into)
    }

    /// The most for one request; null when the policy does not say.
    async fn most_per_request(&self) -> Option<Money> {
        self.0.per_request.map(Into::into)
    }

    /// The most that one request may ask for now, by the caps of the year and of a request together; null when neither is
    /// there.
    async fn most_now(&self) -> Option<Money> {
        self.0.most.map(Into::into)
    }

    /// How many courses run or wait to: requests that are SUBMITTED, `CHANGES_REQUESTED`, APPROVED or COMMITTED, and enrollments
    /// that are PLANNED, ACTIVE or `IN_ASSESSMENT`; one that belongs to a request counts instead of it.
    async fn courses(&self) -> i64 {
        self.0.courses
    }

    /// How many of these there may be at once; null when the policy does not say.
    async fn maximum_courses(&self) -> Option<i32> {
        self.0.most_courses
    }

    /// Minutes of learning a week of these.
    async fn weekly_minutes(&self) -> i64 {
        self.0.weekly_minutes
    }

    /// How many of these there may be; null when the policy does not say.
    async fn maximum_weekly_minutes(&self) -> Option<i32> {
        self.0.most_weekly_minutes
    }

    /// How full the person's tax buckets are in this calendar year; empty when the policy has none for the country they work
    /// in.
    async fn tax_buckets(&self) -> Vec<TaxBucketUse> {
        self.0.tax.iter().cloned().map(TaxBucketUse).collect()
    }

    /// What forbids any request now, such as a tenure that is too short; empty when a request may be allowed.
    async fn findings(&self) -> Vec<PreviewFinding> {
        self.0.findings.iter().cloned().map(Into::into).collect()
    }
}

/// How much of the cap of a fiscal year is used.
#[derive(SimpleObject)]
#[graphql(directive = personal::apply(DataClass::Funding, who(Action::PreviewFunding)))]
pub(crate) struct YearCapUse {
    /// The cap.
    limit: Money,
    /// What is asked for, promised or spent of it.
    used: Money,
    /// What is left; 0 when more is used.
    left: Money,
}

impl From<domain::YearCapUse> for YearCapUse {
    fn from(cap: domain::YearCapUse) -> Self {
        Self { limit: cap.limit.into(), used: cap.used.into(), left: cap.left().into() }
    }
}
