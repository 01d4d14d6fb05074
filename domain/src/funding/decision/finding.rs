//! What is to be known before a decision, and what was shown.

use serde::{Deserialize, Serialize};

use crate::funding::{Budget, FundingRequest, LearningLoad, PolicyRules, TaxShare};
use crate::kernel::{BudgetId, Currency, Money};

/// What an approver saw when they decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The price of the course.
    pub price: Money,
    /// What was asked of the budget.
    pub amount: Money,
    /// The budget.
    pub budget: BudgetId,
    /// What it was called.
    pub budget_name: String,
    /// What it had available before.
    pub available: Money,
    /// What spoke against it without forbidding it.
    pub findings: Vec<Finding>,
}

/// Something that an approver should know before they decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Finding {
    /// The budget has less than the request needs. A budget in WARN mode takes the promise all the same.
    #[error("the budget has {available} available, but {needed} is needed")]
    BudgetExceeded {
        /// What is available.
        available: Money,
        /// What is needed.
        needed: Money,
    },
    /// The policy's amounts are in another currency, so none of its limits could be applied.
    #[error(
        "the policy's limits are in {policy}; what they allow of {amount} cannot be told, so it is for you to judge"
    )]
    OtherCurrency {
        /// What is asked for.
        amount: Money,
        /// The policy's currency.
        policy: Currency,
    },
    /// The budget has fewer learning hours left than the course releases for. A budget in WARN mode takes the promise all the
    /// same.
    #[error("the budget has {available} learning hours left, but {needed} are needed")]
    HoursExceeded {
        /// How many are left.
        available: i64,
        /// How many are needed.
        needed: i64,
    },
    /// With all that runs for the person by now it is more learning a week than the policy allows.
    #[error("the policy allows {most} minutes of learning a week; with all that runs by now it is {minutes}")]
    LoadTooHigh {
        /// With this course.
        minutes: i64,
        /// The most.
        most: i32,
    },
    /// A part of it lies above what is free of tax this year.
    #[error("{taxable} of the {needed} would be taxable: '{bucket}' has {left} left in {year}")]
    TaxablePart {
        /// What the tax bucket is called.
        bucket: String,
        /// The calendar year.
        year: i32,
        /// What is asked for, in the bucket's currency.
        needed: Money,
        /// What the bucket has left.
        left: Money,
        /// What lies above it.
        taxable: Money,
    },
    /// What of it is free of tax cannot be told.
    #[error(
        "how much of {amount} '{bucket}' leaves free of tax cannot be told, because there was no exchange rate from {} to \
         {currency} when the request was submitted; it is for you to judge",
        .amount.currency()
    )]
    TaxNotKnown {
        /// What the tax bucket is called.
        bucket: String,
        /// What is asked for.
        amount: Money,
        /// The bucket's currency.
        currency: Currency,
    },
}

impl Finding {
    /// What is to be known before an amount is promised on a budget.
    pub(in crate::funding) fn of(
        (needed, hours): (Money, i64),
        budget: &Budget,
        rules: &PolicyRules,
    ) -> Vec<Self> {
        let available = budget.available();
        let exceeded = needed.minor() > available.minor().max(0);
        let exceeded = exceeded.then_some(Self::BudgetExceeded { available, needed });
        let foreign = rules.cannot_measure(needed);
        let foreign = foreign.then_some(Self::OtherCurrency { amount: needed, policy: rules.currency });
        let left = budget.hours.available().map(|left| left.max(0)).filter(|left| hours > *left);
        let released = left.map(|available| Self::HoursExceeded { available, needed: hours });
        exceeded.into_iter().chain(foreign).chain(released).collect()
    }
}

impl Shown {
    /// What a request, its budget, and the tax buckets and the load of its person show now. The load is needed where the
    /// rules limit it.
    pub(in crate::funding) fn of(
        request: &FundingRequest,
        budget: &Budget,
        rules: &PolicyRules,
        (tax, load): (&[TaxShare], LearningLoad),
    ) -> Self {
        let mut findings = Finding::of((request.amount, request.offer.hours()), budget, rules);
        let minutes = load.weekly_minutes;
        let most = rules.workload.weekly_minutes.filter(|most| minutes > i64::from(*most));
        findings.extend(most.map(|most| Finding::LoadTooHigh { minutes, most }));
        findings.extend(tax.iter().filter_map(TaxShare::finding));
        Self {
            price: request.offer.price,
            amount: request.amount,
            budget: budget.id,
            budget_name: budget.name.clone(),
            available: budget.available(),
            findings,
        }
    }
}
