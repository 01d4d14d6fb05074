//! What an approval depends on.

use async_graphql::SimpleObject;
use upskill_domain::access::Action;
use upskill_domain::funding as domain;

use crate::graphql::funding::inputs::ProofKind;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::scalars::{Date, Money};

/// On what an approval depends. For whoever may see the request.
#[derive(SimpleObject)]
#[graphql(directive = personal::apply(DataClass::Funding, who(Action::ReadFundingRequest)))]
pub(crate) struct ApprovalConditions {
    /// The budget promises this much and no more; null where the amount was left as it was.
    amount: Option<Money>,
    /// The course starts on this day or later; null where no later start was asked for.
    starts_from: Option<Date>,
    /// What the employee shows before the invoice is booked.
    proofs: Vec<RequiredProof>,
}

/// Something that the employee is to show.
#[derive(SimpleObject)]
#[graphql(directive = personal::apply(DataClass::Funding, who(Action::ReadFundingRequest)))]
pub(crate) struct RequiredProof {
    /// Of which kind.
    kind: ProofKind,
    /// What exactly, in the approver's words.
    text: String,
}

impl ApprovalConditions {
    /// None where nothing was asked for.
    pub(super) fn of(conditions: &domain::ApprovalConditions) -> Option<Self> {
        let proof = |proof: &domain::RequiredProof| RequiredProof {
            kind: proof.kind.into(),
            text: proof.text.clone(),
        };
        (!conditions.is_empty()).then(|| Self {
            amount: conditions.amount.map(Into::into),
            starts_from: conditions.starts_from.map(Date),
            proofs: conditions.proofs.iter().map(proof).collect(),
        })
    }
}
