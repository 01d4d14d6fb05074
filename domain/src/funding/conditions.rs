//! A yes under conditions: a smaller amount, a later start, something to be shown in the end.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::kernel::{Currency, Money, Refusal, Text, TextError};

use super::{CommitRefusal, FundingRequest, SettleRefusal};

/// Things that one decision may ask to be shown.
const MOST_PROOFS: usize = 5;

/// Characters that say what is to be shown.
const PROOF_LENGTH: usize = 500;

/// How far ahead a start can be asked for. A budget's money is not promised for longer than that.
const MOST_DAYS_AHEAD: u64 = 730;

/// On what a yes depends. On a decision it is what that approver asked for, on a request what holds of all of them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ApprovalConditions {
    /// The budget promises this much and no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// The course starts on this day or a later one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts_from: Option<NaiveDate>,
    /// What is shown before the invoice is booked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proofs: Vec<RequiredProof>,
}

/// Something that the employee shows in the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequiredProof {
    /// Of which kind.
    pub kind: ProofKind,
    /// What exactly, in the approver's words.
    pub text: String,
}

/// What can be asked to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ProofKind {
    /// A grade, or that the examination was passed.
    Grade,
    /// A certificate.
    Certificate,
    /// Something else; the text says what.
    Other,
}

/// Why a yes cannot depend on this.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConditionRefusal {
    /// No condition at all.
    #[error("name a smaller amount, a first day or a proof, or leave the conditions out")]
    Empty,
    /// An amount of another currency than the request.
    #[error("the amount is in {given}, but the request is in {expected}")]
    CurrencyMismatch {
        /// The currency given.
        given: Currency,
        /// The request's.
        expected: Currency,
    },
    /// Nothing, or less.
    #[error(
        "the amount is {0}; an amount to promise is above 0, and to promise nothing the request is rejected"
    )]
    NotPositive(Money),
    /// Not below what is asked, or what an earlier step left of it.
    #[error("the request is for {asked} as it stands; a condition makes that less, and {given} does not")]
    NotSmaller {
        /// The amount given.
        given: Money,
        /// The amount as it stands.
        asked: Money,
    },
    /// Today or before, or not later than an earlier step wants it.
    #[error("the first day is {given}; a condition makes it later than {after}")]
    NotLater {
        /// The day given.
        given: NaiveDate,
        /// Today, or the first day as it stands.
        after: NaiveDate,
    },
    /// Too far ahead.
    #[error("the first day is {given}; it can be {last} at the latest, {MOST_DAYS_AHEAD} days ahead")]
    TooFar {
        /// The day given.
        given: NaiveDate,
        /// The last one possible.
        last: NaiveDate,
    },
    /// More proofs than anybody would look at.
    #[error("one decision asks for {MOST_PROOFS} proofs at most, not {0}")]
    TooManyProofs(usize),
    /// A proof cannot be taken.
    #[error("proof {at}: the text {why}")]
    InvalidProof {
        /// Its place in the list, counted from 0.
        at: usize,
        /// What is wrong with it.
        why: TextError,
    },
}

impl Refusal for ConditionRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::Empty => &["input", "conditions"],
            Self::CurrencyMismatch { .. } | Self::NotPositive(_) | Self::NotSmaller { .. } => {
                &["input", "conditions", "amount"]
            }
            Self::NotLater { .. } | Self::TooFar { .. } => &["input", "conditions", "startsFrom"],
            Self::TooManyProofs(_) | Self::InvalidProof { .. } => &["input", "conditions", "proofs"],
        }
    }

    fn path(&self) -> Vec<String> {
        let field = self.field().iter().map(|&step| step.to_owned());
        match self {
            Self::InvalidProof { at, .. } => field.chain([at.to_string(), "text".to_owned()]).collect(),
            _ => field.collect(),
        }
    }
}

impl ApprovalConditions {
    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The conditions as they are kept, if the request can be approved under them. They may only ask for more than what
    /// earlier steps asked for.
    pub(super) fn on(self, request: &FundingRequest, today: NaiveDate) -> Result<Self, ConditionRefusal> {
        if self.is_empty() {
            return Err(ConditionRefusal::Empty);
        }
        if let Some(given) = self.amount {
            check_amount(given, request.amount)?;
        }
        if let Some(given) = self.starts_from {
            check_start(given, request.conditions.starts_from, today)?;
        }
        if self.proofs.len() > MOST_PROOFS {
            return Err(ConditionRefusal::TooManyProofs(self.proofs.len()));
        }
        let proofs = self.proofs.into_iter().enumerate().map(|(at, proof)| proof.read(at));
        Ok(Self { proofs: proofs.collect::<Result<_, _>>()?, ..self })
    }
}

impl RequiredProof {
    fn read(self, at: usize) -> Result<Self, ConditionRefusal> {
        let text = Text::paragraph(&self.text, PROOF_LENGTH);
        let text = text.map_err(|why| ConditionRefusal::InvalidProof { at, why })?;
        Ok(Self { text: text.into_string(), ..self })
    }
}

fn check_amount(given: Money, asked: Money) -> Result<(), ConditionRefusal> {
    let (currency, expected) = (given.currency(), asked.currency());
    if currency != expected {
        return Err(ConditionRefusal::CurrencyMismatch { given: currency, expected });
    }
    if !given.is_positive() {
        return Err(ConditionRefusal::NotPositive(given));
    }
    if given.minor() >= asked.minor() {
        return Err(ConditionRefusal::NotSmaller { given, asked });
    }
    Ok(())
}

fn check_start(
    given: NaiveDate,
    before: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<(), ConditionRefusal> {
    let after = before.map_or(today, |before| before.max(today));
    if given <= after {
        return Err(ConditionRefusal::NotLater { given, after });
    }
    let last = today.checked_add_days(Days::new(MOST_DAYS_AHEAD)).unwrap_or(NaiveDate::MAX);
    if given > last {
        return Err(ConditionRefusal::TooFar { given, last });
    }
    Ok(())
}

impl FundingRequest {
    /// The request under conditions that were looked at: what an approver wants comes on top of what earlier ones wanted.
    pub(super) fn under(&self, conditions: &ApprovalConditions) -> Self {
        let mut after = self.clone();
        after.amount = conditions.amount.unwrap_or(self.amount);
        after.conditions.amount = conditions.amount.or(self.conditions.amount);
        after.conditions.starts_from = conditions.starts_from.or(self.conditions.starts_from);
        after.conditions.proofs.extend_from_slice(&conditions.proofs);
        after
    }

    /// Whether the place that is booked starts as late as it was approved for.
    pub(super) fn check_start(&self, starts_on: Option<NaiveDate>) -> Result<(), CommitRefusal> {
        match (self.conditions.starts_from, starts_on) {
            (Some(from), None) => Err(CommitRefusal::StartNeeded { from }),
            (Some(from), Some(given)) if given < from => Err(CommitRefusal::StartsTooEarly { given, from }),
            _ => Ok(()),
        }
    }

    /// Whether what the approval asks for was shown.
    pub(super) fn check_proof(&self) -> Result<(), SettleRefusal> {
        if self.conditions.proofs.is_empty() || self.proof.is_some() {
            return Ok(());
        }
        let texts: Vec<&str> = self.conditions.proofs.iter().map(|proof| proof.text.as_str()).collect();
        Err(SettleRefusal::ProofNeeded { required: texts.join("; ") })
    }
}

/// What was shown in the end, as somebody noted it.
pub(super) fn shown_proof(text: &str) -> Result<Text, TextError> {
    Text::paragraph(text, PROOF_LENGTH)
}

#[cfg(test)]
mod tests;
