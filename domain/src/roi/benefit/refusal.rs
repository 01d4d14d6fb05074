//! Why a benefit is not recorded, validated or withdrawn.

use crate::journal::Reused;
use crate::kernel::{Currency, Money, Refusal, TextError};

use super::{Benefit, BenefitStatus};

/// What is wrong with an estimate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EstimateProblem {
    /// Reports are in the employer's currency.
    #[error("the value is in {given}, but the employer's reports are in {needed}")]
    Currency {
        /// What it is in.
        given: Currency,
        /// What it has to be in.
        needed: Currency,
    },
    /// Nothing, or less.
    #[error("the value is {0}; a benefit is above 0")]
    NotPositive(Money),
    /// No part that is due to the program.
    #[error("{0} basis points cannot be the part that is due to the program; give 1 to 10000")]
    Isolation(i32),
    /// No confidence.
    #[error("{0} basis points cannot be how sure the source is; give 1 to 10000")]
    Confidence(i32),
    /// The grounds cannot be taken.
    #[error("the grounds {0}")]
    InvalidGrounds(TextError),
}

impl EstimateProblem {
    fn field(&self) -> &'static str {
        match self {
            Self::Currency { .. } | Self::NotPositive(_) => "annualValue",
            Self::Isolation(_) => "isolation",
            Self::Confidence(_) => "confidenceBasisPoints",
            Self::InvalidGrounds(_) => "grounds",
        }
    }
}

/// Why a benefit was not recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordBenefitRefusal {
    /// The title cannot be taken.
    #[error("the title {0}")]
    InvalidTitle(TextError),
    /// No estimate, or too many.
    #[error("{0} estimates cannot be taken; give 1 to {most}", most = Benefit::MOST_ESTIMATES)]
    WrongNumber(usize),
    /// Too short or too long.
    #[error("{0} months cannot be counted; give 1 to {most}", most = Benefit::LONGEST_HORIZON)]
    HorizonOutOfRange(i32),
    /// Seen at nobody.
    #[error("{0} people cannot be those at whom it was seen; give 1 or more, or leave it out")]
    NoRespondents(i32),
    /// One of the estimates cannot be taken.
    #[error("{problem}")]
    Estimate {
        /// Its place in the list.
        at: usize,
        /// What is wrong with it.
        problem: EstimateProblem,
    },
    /// The key was used with another input.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for RecordBenefitRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::InvalidTitle(_) => &["input", "title"],
            Self::WrongNumber(_) | Self::Estimate { .. } => &["input", "estimates"],
            Self::HorizonOutOfRange(_) => &["input", "horizonMonths"],
            Self::NoRespondents(_) => &["input", "respondents"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }

    fn path(&self) -> Vec<String> {
        let mut path: Vec<String> = self.field().iter().map(|&step| step.to_owned()).collect();
        if let Self::Estimate { at, problem } = self {
            path.extend([at.to_string(), problem.field().to_owned()]);
        }
        path
    }
}

/// Why a benefit was not validated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ValidateBenefitRefusal {
    /// It was validated before, or withdrawn.
    #[error("the benefit is {}; only one that is RECORDED can be validated", .0.name())]
    NotRecorded(BenefitStatus),
    /// By whoever recorded it.
    #[error("you recorded this benefit yourself; somebody else has to validate it")]
    OwnEstimate,
    /// Nobody said what is due to the program.
    #[error(
        "no estimate says which part is due to the program and how that was told; withdraw the benefit and record it with \
         an isolation method"
    )]
    NoIsolation,
}

impl Refusal for ValidateBenefitRefusal {
    fn field(&self) -> &'static [&'static str] {
        &["input", "id"]
    }
}

/// Why a benefit was not withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WithdrawBenefitRefusal {
    /// It was withdrawn before.
    #[error("the benefit was withdrawn before")]
    AlreadyWithdrawn,
}

impl Refusal for WithdrawBenefitRefusal {
    fn field(&self) -> &'static [&'static str] {
        &["input", "id"]
    }
}
