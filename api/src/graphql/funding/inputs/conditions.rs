//! What a yes depends on.

use async_graphql::{Enum, InputObject};
use upskill_domain::funding as domain;

use super::amount;
use crate::graphql::error::ApiError;
use crate::graphql::scalars::{Date, MoneyInput};

/// On what a yes depends: at least one of these. Each may only ask for more than what earlier steps asked for.
#[derive(InputObject)]
pub(crate) struct ApprovalConditionsInput {
    /// The budget promises this much and no more: above 0 and below the request's `amount`, in its currency.
    amount: Option<MoneyInput>,
    /// The course starts on this day or later: after today and the first day that earlier steps asked for, at most 730 days
    /// ahead.
    starts_from: Option<Date>,
    /// What the employee shows before the invoice is booked: at most 5. They come on top of those of earlier steps.
    proofs: Option<Vec<RequiredProofInput>>,
}

/// Something that the employee is to show.
#[derive(InputObject)]
pub(crate) struct RequiredProofInput {
    /// Of which kind.
    kind: ProofKind,
    /// What exactly, for example "grade B or better": 1 to 500 characters.
    text: String,
}

/// What can be asked to be shown.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::ProofKind")]
pub(crate) enum ProofKind {
    /// A grade, or that the examination was passed.
    Grade,
    /// A certificate.
    Certificate,
    /// Something else; the text says what.
    Other,
}

/// The conditions that were asked for at a place of the input.
pub(super) fn conditions(
    argument: &'static str,
    input: Option<ApprovalConditionsInput>,
) -> Result<Option<domain::ApprovalConditions>, ApiError> {
    let Some(ApprovalConditionsInput { amount: most, starts_from, proofs }) = input else { return Ok(None) };
    let proof = |RequiredProofInput { kind, text }| domain::RequiredProof { kind: kind.into(), text };
    Ok(Some(domain::ApprovalConditions {
        amount: most.map(|most| amount(argument, &most)).transpose()?,
        starts_from: starts_from.map(|day| day.0),
        proofs: proofs.into_iter().flatten().map(proof).collect(),
    }))
}
