//! Why a report is not made.

use chrono::NaiveDate;

use crate::journal::Reused;
use crate::kernel::{Currency, Money, Refusal, TextError};
use crate::roi::{CostKind, ShareError};

/// What is wrong with a cost that somebody states.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StatedProblem {
    /// Our own records know it.
    #[error("{} is taken from the records and cannot be stated beside them", .0.name())]
    OnRecord(CostKind),
    /// Reports are in the employer's currency.
    #[error("the amount is in {given}, but the employer's reports are in {needed}")]
    Currency {
        /// What it is in.
        given: Currency,
        /// What it has to be in.
        needed: Currency,
    },
    /// Nothing, or less.
    #[error("the amount is {0}; a cost is above 0")]
    NotPositive(Money),
    /// The source cannot be taken.
    #[error("the source {0}")]
    InvalidSource(TextError),
}

impl StatedProblem {
    fn field(&self) -> &'static str {
        match self {
            Self::OnRecord(_) => "kind",
            Self::Currency { .. } | Self::NotPositive(_) => "amount",
            Self::InvalidSource(_) => "source",
        }
    }
}

/// Why a report was not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreateReportRefusal {
    /// Costs of days to come are not known.
    #[error("the window ends on {until}, but today is {today}; costs of days to come are not known")]
    WindowToCome {
        /// Its last day.
        until: NaiveDate,
        /// Today.
        today: NaiveDate,
    },
    /// The rate is no part of a whole.
    #[error("the discount rate: {0}")]
    InvalidDiscountRate(ShareError),
    /// The share is no part of a whole.
    #[error("the administration share: {0}")]
    InvalidAdministration(ShareError),
    /// Too many lines.
    #[error("{count} {list} are too many; at most {} can be given", super::MOST_STATED)]
    TooMany {
        /// How many.
        count: usize,
        /// Of what.
        list: &'static str,
    },
    /// A stated cost cannot be taken.
    #[error("{problem}")]
    Cost {
        /// Its place in the list.
        at: usize,
        /// What is wrong with it.
        problem: StatedProblem,
    },
    /// A note cannot be taken.
    #[error("the note {problem}")]
    InvalidIntangible {
        /// Its place in the list.
        at: usize,
        /// What is wrong with it.
        problem: TextError,
    },
    /// R7: too few people to speak about.
    #[error("fewer than {minimum} people have joined the program; a report would tell about each of them")]
    GroupTooSmall {
        /// How many it takes.
        minimum: u32,
    },
    /// Working time went into learning, and nobody knows what it costs.
    #[error("working time went into learning, but there is no cost band to price it by; set one first")]
    NoCostBand,
    /// Something was spent in a currency that cannot be converted.
    #[error(
        "the program spent {spent}, but there is no exchange rate from {} to {to} of {day} or the 7 days before; ask FINANCE to \
         set one",
        .spent.currency()
    )]
    NoExchangeRate {
        /// What was spent.
        spent: Money,
        /// The report's currency.
        to: Currency,
        /// The last day of the window.
        day: NaiveDate,
    },
    /// The key was used with another input.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for CreateReportRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::WindowToCome { .. } => &["input", "endsOn"],
            Self::InvalidDiscountRate(_) => &["input", "discountRateBasisPoints"],
            Self::InvalidAdministration(_) => &["input", "administrationBasisPoints"],
            Self::Cost { .. } => &["input", "costs"],
            Self::InvalidIntangible { .. } => &["input", "intangibles"],
            Self::GroupTooSmall { .. } => &["input", "programId"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
            Self::TooMany { .. } | Self::NoCostBand | Self::NoExchangeRate { .. } => &[],
        }
    }

    fn path(&self) -> Vec<String> {
        let mut path: Vec<String> = self.field().iter().map(|&step| step.to_owned()).collect();
        match self {
            Self::Cost { at, problem } => path.extend([at.to_string(), problem.field().to_owned()]),
            Self::InvalidIntangible { at, .. } => path.extend([at.to_string(), "note".to_owned()]),
            Self::TooMany { list, .. } => path.extend(["input".to_owned(), (*list).to_owned()]),
            _ => {}
        }
        path
    }
}
