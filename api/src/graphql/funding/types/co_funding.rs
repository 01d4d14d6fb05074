//! What others pay of a price.

use async_graphql::SimpleObject;
use upskill_domain::access::Action;
use upskill_domain::funding as domain;

use crate::graphql::funding::inputs::CoFundingSource;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::scalars::Money;

/// A part of a price that somebody else than the employer pays.
#[derive(SimpleObject)]
#[graphql(directive = personal::apply(DataClass::Funding, who(Action::ReadFundingRequest)))]
pub(crate) struct CoFunding {
    /// What sort of source pays it.
    source: CoFundingSource,
    /// How much, in the currency of the budget.
    amount: Money,
    /// Who pays, or by which program; null where the employee does and nothing was said.
    name: Option<String>,
    /// The number under which they agreed; null without one.
    reference: Option<String>,
}

impl CoFunding {
    /// A part as it was agreed.
    pub(crate) fn of(part: &domain::CoFunding) -> Self {
        Self {
            source: part.source.into(),
            amount: part.amount.into(),
            name: part.name.clone(),
            reference: part.reference.clone(),
        }
    }
}
