//! What others pay of a price.

use async_graphql::{Enum, InputObject};
use upskill_domain::funding as domain;

use super::amount;
use crate::graphql::error::ApiError;
use crate::graphql::scalars::MoneyInput;

/// A part of a price that somebody else than the employer pays.
#[derive(InputObject)]
pub(crate) struct CoFundingInput {
    /// What sort of source pays it.
    source: CoFundingSource,
    /// How much, above 0, in the currency of the budget.
    amount: MoneyInput,
    /// Who pays, or by which program: 1 to 200 characters. Required unless the employee pays.
    name: Option<String>,
    /// The number under which they agreed, if there is one: at most 200 characters.
    reference: Option<String>,
}

/// What sort of source pays a part of a price.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::CoFundingSource")]
pub(crate) enum CoFundingSource {
    /// A grant of a foundation or a public program.
    Grant,
    /// An employment agency.
    Agency,
    /// The person who learns.
    Employee,
}

/// The parts as they are judged.
pub(super) fn parts(input: Vec<CoFundingInput>) -> Result<Vec<domain::CoFunding>, ApiError> {
    let part = |part: CoFundingInput| {
        Ok(domain::CoFunding {
            source: part.source.into(),
            amount: amount("input.coFunding", &part.amount)?,
            name: part.name,
            reference: part.reference,
        })
    };
    input.into_iter().map(part).collect()
}
