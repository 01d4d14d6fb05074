//! Co-funding (F15): the parts of a price that somebody else than the employer pays.
//!
//! Parts are amounts in the currency of the budget, agreed before the request. What they leave of the price is the
//! employer's part, and only that one is asked of the budget, measured by caps, promised and spent. A price that turns out
//! higher or lower is borne by the employer's part, because the others have promised what they have promised.

use serde::{Deserialize, Serialize};

use crate::kernel::{Currency, Money, Refusal, Text, TextError};

use super::FundingRequest;

/// A part of a price that somebody else pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CoFunding {
    /// What sort of source pays.
    pub source: CoFundingSource,
    /// How much, in the currency of the budget.
    pub amount: Money,
    /// Who pays, or by which program; not said of the employee.
    pub name: Option<String>,
    /// The number under which they agreed, if there is one.
    pub reference: Option<String>,
}

/// What sort of source pays a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CoFundingSource {
    /// A grant of a foundation or a public program.
    Grant,
    /// An employment agency.
    Agency,
    /// The person who learns.
    Employee,
}

/// Why parts cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CoFundingRefusal {
    /// More than anybody can keep track of.
    #[error("the price is split into {given} parts of others; at most {} are possible", CoFunding::MOST)]
    TooMany {
        /// How many.
        given: usize,
    },
    /// Nothing, or less.
    #[error("the part is {amount}; it must be above 0")]
    NotPositive {
        /// Its place in the list, counted from 0.
        at: usize,
        /// The amount.
        amount: Money,
    },
    /// Of another currency than the budget.
    #[error("the part is in {given}, but the budget is in {expected}; parts are in the budget's currency")]
    Currency {
        /// Its place in the list, counted from 0.
        at: usize,
        /// The part's currency.
        given: Currency,
        /// The budget's.
        expected: Currency,
    },
    /// Nobody knows who pays.
    #[error("say who pays the part, or by which program")]
    Unnamed {
        /// Its place in the list, counted from 0.
        at: usize,
    },
    /// The name cannot be taken.
    #[error("the name {error}")]
    InvalidName {
        /// Its place in the list, counted from 0.
        at: usize,
        /// Why not.
        error: TextError,
    },
    /// The reference cannot be taken.
    #[error("the reference {error}")]
    InvalidReference {
        /// Its place in the list, counted from 0.
        at: usize,
        /// Why not.
        error: TextError,
    },
    /// More than there is to pay.
    #[error(
        "others pay {parts} together, but the price is {price}; nothing less than 0 is left for the employer"
    )]
    AbovePrice {
        /// The sum of the parts.
        parts: Money,
        /// The price in the budget's currency.
        price: Money,
    },
}

impl Refusal for CoFundingRefusal {
    fn field(&self) -> &'static [&'static str] {
        &["input", "coFunding"]
    }

    fn path(&self) -> Vec<String> {
        let (at, field) = match self {
            Self::TooMany { .. } | Self::AbovePrice { .. } => (None, None),
            Self::NotPositive { at, .. } | Self::Currency { at, .. } => (Some(at), Some("amount")),
            Self::Unnamed { at } | Self::InvalidName { at, .. } => (Some(at), Some("name")),
            Self::InvalidReference { at, .. } => (Some(at), Some("reference")),
        };
        let root = self.field().iter().map(|&step| step.to_owned());
        root.chain(at.map(usize::to_string)).chain(field.map(str::to_owned)).collect()
    }
}

impl CoFunding {
    /// Parts that a price may be split into besides the employer's.
    pub const MOST: usize = 10;

    /// What is wrong with parts as such, whatever the price and the budget are.
    pub(super) fn problems(parts: &[Self]) -> Vec<CoFundingRefusal> {
        let mut problems = Vec::new();
        if parts.len() > Self::MOST {
            problems.push(CoFundingRefusal::TooMany { given: parts.len() });
        }
        for (at, part) in parts.iter().enumerate() {
            if !part.amount.is_positive() {
                problems.push(CoFundingRefusal::NotPositive { at, amount: part.amount });
            }
            if part.name.is_none() && part.source != CoFundingSource::Employee {
                problems.push(CoFundingRefusal::Unnamed { at });
            }
            let wrong =
                |text: &Option<String>| text.as_deref().and_then(|text| Text::line(text, Text::NAME).err());
            let name = wrong(&part.name).map(|error| CoFundingRefusal::InvalidName { at, error });
            let reference =
                wrong(&part.reference).map(|error| CoFundingRefusal::InvalidReference { at, error });
            problems.extend(name.into_iter().chain(reference));
        }
        problems
    }

    /// What parts leave of a price for the employer.
    pub(super) fn employers_part(parts: &[Self], price: Money) -> Result<Money, CoFundingRefusal> {
        let expected = price.currency();
        let foreign = parts.iter().enumerate().find(|(_, part)| part.amount.currency() != expected);
        if let Some((at, part)) = foreign {
            return Err(CoFundingRefusal::Currency { at, given: part.amount.currency(), expected });
        }
        let parts = sum(parts, expected);
        let left = price.minor().saturating_sub(parts.minor());
        if left < 0 {
            return Err(CoFundingRefusal::AbovePrice { parts, price });
        }
        Ok(Money::sum(left, expected))
    }

    /// What the person pays themself.
    pub(super) fn employees_part(parts: &[Self], currency: Currency) -> Money {
        let own = parts.iter().filter(|part| part.source == CoFundingSource::Employee);
        Money::sum(own.map(|part| part.amount.minor()).fold(0, i64::saturating_add), currency)
    }

    /// As it is kept: without the space around its texts.
    pub(super) fn kept(&self) -> Self {
        let trimmed = |text: &Option<String>| text.as_deref().map(|text| text.trim().to_owned());
        Self { name: trimmed(&self.name), reference: trimmed(&self.reference), ..self.clone() }
    }
}

/// What parts come to together.
pub(super) fn sum(parts: &[CoFunding], currency: Currency) -> Money {
    let minor = parts.iter().map(|part| part.amount.minor()).fold(0, i64::saturating_add);
    Money::sum(minor, currency)
}

impl FundingRequest {
    /// What others pay of the price.
    pub fn co_funded(&self) -> Money {
        sum(&self.co_funding, self.amount.currency())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::funding::fixture::{currency, eur};

    fn part(source: CoFundingSource, minor: i64) -> CoFunding {
        CoFunding { source, amount: eur(minor), name: Some("A fund".to_owned()), reference: None }
    }

    fn told(parts: &[CoFunding]) -> Vec<(String, String)> {
        let told = |problem: &CoFundingRefusal| (problem.path().join("."), problem.to_string());
        CoFunding::problems(parts).iter().map(told).collect()
    }

    #[test]
    fn f15_what_others_pay_is_not_asked_of_the_budget() {
        let parts = [part(CoFundingSource::Grant, 300), part(CoFundingSource::Employee, 200)];
        assert_eq!(CoFunding::employers_part(&parts, eur(1_000)), Ok(eur(500)));
        assert_eq!(CoFunding::employers_part(&parts, eur(500)), Ok(eur(0)));
        assert_eq!(CoFunding::employees_part(&parts, currency("EUR")), eur(200));
        let above = CoFundingRefusal::AbovePrice { parts: eur(500), price: eur(499) };
        assert_eq!(CoFunding::employers_part(&parts, eur(499)), Err(above));
        let dollars = Money::zero(currency("USD"));
        let foreign = CoFunding::employers_part(&parts, dollars).map_err(|refusal| refusal.path().join("."));
        assert_eq!(foreign, Err("input.coFunding.0.amount".to_owned()));
    }

    #[test]
    fn f15_what_is_wrong_with_parts_is_told_with_their_places() {
        let own = CoFunding { name: None, ..part(CoFundingSource::Employee, 1) };
        assert_eq!(told(&[own.clone(), part(CoFundingSource::Agency, 1)]), []);
        let parts = [
            CoFunding { amount: eur(0), ..own },
            CoFunding { name: None, ..part(CoFundingSource::Grant, 1) },
            CoFunding { name: Some(" ".to_owned()), ..part(CoFundingSource::Grant, 1) },
            CoFunding { reference: Some("\u{7}".to_owned()), ..part(CoFundingSource::Grant, 1) },
        ];
        let told = told(&parts);
        let paths: Vec<_> = told.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "input.coFunding.0.amount",
                "input.coFunding.1.name",
                "input.coFunding.2.name",
                "input.coFunding.3.reference"
            ]
        );
        assert_eq!(told[0].1, "the part is 0.00 EUR; it must be above 0");
        let many = vec![part(CoFundingSource::Grant, 1); 11];
        assert_eq!(CoFunding::problems(&many), [CoFundingRefusal::TooMany { given: 11 }]);
    }
}
