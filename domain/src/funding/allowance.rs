//! What is left to a person of what the funding policy allows, before they ask for anything in particular.

use crate::kernel::{Money, Period};

use super::policy::Applicant;
use super::{Objection, PolicyInForce, PreviewFinding, TaxBucketUse};

/// What is left to a person of what the funding policy allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundingAllowance {
    /// The version of the funding policy that new requests go by.
    pub policy_version: i32,
    /// The fiscal year that today lies in.
    pub fiscal_year: Period,
    /// What is used of the cap of the fiscal year, where there is one.
    pub year: Option<YearCapUse>,
    /// The most for one request, where the policy says.
    pub per_request: Option<Money>,
    /// How many courses run or wait to (L5).
    pub courses: i64,
    /// How many may, where the policy says.
    pub most_courses: Option<i32>,
    /// Minutes of learning a week of these.
    pub weekly_minutes: i64,
    /// How many there may be, where the policy says.
    pub most_weekly_minutes: Option<i32>,
    /// How full the tax buckets are in this calendar year.
    pub tax: Vec<TaxBucketUse>,
    /// The most that one request may ask for now at any provider, where the policy limits it.
    pub most: Option<Money>,
    /// What forbids any request now.
    pub findings: Vec<PreviewFinding>,
}

/// How much of the cap of a fiscal year is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearCapUse {
    /// The cap.
    pub limit: Money,
    /// What is asked for, promised or spent of it.
    pub used: Money,
}

impl YearCapUse {
    /// What is left of it; never below 0.
    pub fn left(self) -> Money {
        let left = self.limit.minor().saturating_sub(self.used.minor());
        Money::sum(left.max(0), self.limit.currency())
    }
}

impl FundingAllowance {
    /// What the policy leaves to somebody.
    pub(super) fn of(policy: &PolicyInForce, applicant: Applicant<'_>) -> Self {
        let rules = &policy.rules;
        let money = |minor| Money::sum(minor, rules.currency);
        let earlier = applicant.earlier.iter().map(|(_, request)| request);
        let objections = rules.objections(applicant, None, None).into_iter();
        let most = rules.most_for(applicant, None).map(|most| money(most.minor().max(0)));
        Self {
            policy_version: policy.version,
            fiscal_year: applicant.year,
            year: rules
                .caps
                .per_person_and_year
                .map(|limit| YearCapUse { limit: money(limit), used: money(rules.spent_in_year(applicant)) }),
            per_request: rules.caps.per_request.map(money),
            courses: applicant.load.courses,
            most_courses: rules.workload.maximum_courses,
            weekly_minutes: applicant.load.weekly_minutes,
            most_weekly_minutes: rules.workload.weekly_minutes,
            tax: rules.tax_uses(applicant.person, applicant.today, &earlier),
            most,
            findings: objections.map(|why| PreviewFinding::Refusal(Objection::Policy(why))).collect(),
        }
    }
}
