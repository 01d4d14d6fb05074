//! What speaks against a request: every rule that can refuse one, with its number and what it measured.

use chrono::NaiveDate;

use crate::kernel::{Currency, EmployeeId, FundingRequestId, Money, ProgramId, Refusal, TextError};

use super::offer::MAX_WORKLOAD;
use super::{
    CoFunding, CoFundingRefusal, ExchangeRate, Finding, NoApprover, NoBudget, OfferRefusal, PolicyObjection,
};

/// Why a request cannot be submitted as it stands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Objection {
    /// The purpose cannot be taken.
    #[error("the purpose {0}")]
    InvalidPurpose(TextError),
    /// No such person, or somebody who has left.
    #[error("there is no employee {0} who could learn")]
    UnknownEmployee(EmployeeId),
    /// The course cannot be asked for.
    #[error(transparent)]
    Offer(#[from] OfferRefusal),
    /// No such program, or one that does not run.
    #[error("there is no program {0} that runs now")]
    UnknownProgram(ProgramId),
    /// Nobody has money for it.
    #[error(transparent)]
    NoBudget(#[from] NoBudget),
    /// The same was asked for and is still live (F13).
    #[error("the request {live} asks for the same course and is still live; withdraw it first to ask anew")]
    AlreadyRequested {
        /// The live one.
        live: FundingRequestId,
    },
    /// The price is of another currency than the budget, and what it is worth there is not known.
    #[error(
        "the price is in {price} and the budget '{budget}' in {expected}, but there is no exchange rate from {price} to \
         {expected} of {day} or the {} days before; ask FINANCE to set one, or name a budget in {price}",
        ExchangeRate::GOOD_FOR_DAYS
    )]
    NoExchangeRate {
        /// The price's currency.
        price: Currency,
        /// The budget's name.
        budget: String,
        /// The budget's currency.
        expected: Currency,
        /// The day it is.
        day: NaiveDate,
    },
    /// What others pay of the price cannot be taken (F15).
    #[error(transparent)]
    CoFunding(#[from] CoFundingRefusal),
    /// The employer's policy does not allow it (F18).
    #[error(transparent)]
    Policy(PolicyObjection),
    /// Nobody may decide it.
    #[error(transparent)]
    NoApprover(#[from] NoApprover),
}

/// What a rule measures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// An amount.
    Money(Money),
    /// A number of something; the message says of what.
    Count(i64),
    /// A word of a list, such as a currency.
    Word(String),
}

/// What was found and what the rule would have it stay within, each where there is something to measure.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Measured {
    /// What was found.
    pub actual: Option<Measure>,
    /// What it may be at most, at least or exactly; the message says which.
    pub limit: Option<Measure>,
}

impl Measured {
    pub(super) fn new(actual: Measure, limit: Measure) -> Self {
        Self { actual: Some(actual), limit: Some(limit) }
    }
}

impl Refusal for Objection {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::UnknownEmployee(_) | Self::NoApprover(_) => &["input", "employeeId"],
            Self::Offer(refusal) => refusal.field(),
            Self::UnknownProgram(_) => &["input", "programId"],
            Self::InvalidPurpose(_) => &["input", "purpose"],
            Self::NoBudget(_) | Self::NoExchangeRate { .. } => &["input", "budgetId"],
            Self::AlreadyRequested { .. } => &["input", "course"],
            Self::Policy(objection) => objection.field(),
            Self::CoFunding(refusal) => refusal.field(),
        }
    }

    fn path(&self) -> Vec<String> {
        match self {
            Self::CoFunding(refusal) => refusal.path(),
            _ => self.field().iter().map(|&step| step.to_owned()).collect(),
        }
    }
}

impl Objection {
    /// The number of the rule, where it has one.
    pub fn rule(&self) -> Option<&'static str> {
        match self {
            Self::Offer(refusal) => refusal.rule(),
            Self::AlreadyRequested { .. } => Some("F13"),
            Self::NoApprover(_) => Some("F8"),
            Self::CoFunding(_) => Some("F15"),
            Self::Policy(_) => Some("F18"),
            Self::InvalidPurpose(_)
            | Self::UnknownEmployee(_)
            | Self::UnknownProgram(_)
            | Self::NoBudget(_)
            | Self::NoExchangeRate { .. } => None,
        }
    }

    /// What the rule measured.
    pub fn measured(&self) -> Measured {
        match self {
            Self::Offer(refusal) => refusal.measured(),
            Self::Policy(objection) => objection.measured(),
            Self::InvalidPurpose(text) => length(text),
            Self::CoFunding(refusal) => refusal.measured(),
            Self::NoExchangeRate { price, expected, .. } => Measured::new(word(*price), word(*expected)),
            // The one that is live and the one to be submitted, where one is allowed.
            Self::AlreadyRequested { .. } => Measured::new(Measure::Count(2), Measure::Count(1)),
            Self::UnknownEmployee(_) | Self::UnknownProgram(_) | Self::NoBudget(_) | Self::NoApprover(_) => {
                Measured::default()
            }
        }
    }
}

impl OfferRefusal {
    fn rule(&self) -> Option<&'static str> {
        match self {
            Self::QuoteNeeded { .. }
            | Self::QuoteNotTaken { .. }
            | Self::NegativeQuote(_)
            | Self::QuoteTooHigh { .. } => Some("C3"),
            Self::InvalidTitle(_)
            | Self::InvalidProvider(_)
            | Self::InCatalog { .. }
            | Self::InvalidUrl { .. }
            | Self::InvalidWorkload(_) => Some("C4"),
            Self::UnknownCourse(_) | Self::NotOffered { .. } => None,
        }
    }

    fn measured(&self) -> Measured {
        match self {
            Self::NegativeQuote(quote) => {
                Measured::new(Measure::Money(*quote), Measure::Money(Money::zero(quote.currency())))
            }
            Self::QuoteTooHigh { given, most } => {
                Measured::new(Measure::Money(*given), Measure::Money(*most))
            }
            Self::InvalidWorkload(minutes) => {
                Measured::new(Measure::Count((*minutes).into()), Measure::Count(MAX_WORKLOAD.into()))
            }
            Self::InvalidTitle(text) | Self::InvalidProvider(text) => length(text),
            Self::UnknownCourse(_)
            | Self::NotOffered { .. }
            | Self::QuoteNeeded { .. }
            | Self::QuoteNotTaken { .. }
            | Self::InCatalog { .. }
            | Self::InvalidUrl { .. } => Measured::default(),
        }
    }
}

impl CoFundingRefusal {
    fn measured(&self) -> Measured {
        match self {
            Self::TooMany { given } => Measured::new(count(*given), count(CoFunding::MOST)),
            Self::NotPositive { amount, .. } => {
                Measured { actual: Some(Measure::Money(*amount)), limit: None }
            }
            Self::Currency { given, expected, .. } => Measured::new(word(*given), word(*expected)),
            Self::AbovePrice { parts, price } => {
                Measured::new(Measure::Money(*parts), Measure::Money(*price))
            }
            Self::InvalidName { error, .. } | Self::InvalidReference { error, .. } => length(error),
            Self::Unnamed { .. } => Measured::default(),
        }
    }
}

impl Finding {
    /// The number of the rule.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::BudgetExceeded { .. } | Self::HoursExceeded { .. } => "F1",
            Self::OtherCurrency { .. } | Self::TaxablePart { .. } | Self::TaxNotKnown { .. } => "F18",
            Self::LoadTooHigh { .. } => "L5",
        }
    }
}

fn length(error: &TextError) -> Measured {
    match error {
        TextError::TooLong { length, limit } => Measured::new(count(*length), count(*limit)),
        _ => Measured::default(),
    }
}

fn count(number: usize) -> Measure {
    Measure::Count(i64::try_from(number).unwrap_or(i64::MAX))
}

pub(super) fn word(currency: Currency) -> Measure {
    Measure::Word(currency.code().to_owned())
}
