//! What is missing from whoever asked.

use async_graphql::{Enum, SimpleObject};
use upskill_domain::access::Action;
use upskill_domain::funding::{self as domain, Missing};

use super::FundingRequest;
use crate::graphql::funding::inputs::{ProofKind, RequestedChange};
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::plain::Partly;

/// What a funding request waits for.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::WaitsFor")]
pub(crate) enum FundingRequestWait {
    /// A decision: of the assignee of the step that is WAITING.
    Approval,
    /// An answer of whoever asked: an approver wants something changed.
    Answer,
    /// A place to be booked, by `HR_ADMIN` or FINANCE.
    Booking,
    /// Something that whoever asked is to show, before the invoice is booked.
    Proof,
    /// The invoice, which `HR_ADMIN` or FINANCE book.
    Invoice,
}

/// What the caller is to do.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
pub(crate) enum FundingTaskKind {
    /// Answer an approver who wants something changed, with `resubmitFundingRequest`, or withdraw the request.
    AnswerChanges,
    /// Show what the approval depends on, before the invoice is booked.
    ShowProof,
}

/// Something that is missing from the caller for a funding request of their own.
#[derive(SimpleObject)]
#[graphql(directive = personal::apply(DataClass::Funding, who(Action::WithdrawFundingRequest)))]
pub(crate) struct FundingTask {
    /// What the caller is to do.
    kind: FundingTaskKind,
    /// The request.
    request: Partly<FundingRequest>,
    /// What is to be changed, as far as the approver pointed at it; empty for a proof.
    changes: Vec<RequestedChange>,
    /// What sort of proof it is; null where something is to be changed.
    proof: Option<ProofKind>,
    /// In the approver's words; null without any.
    text: Option<String>,
}

impl From<domain::FundingTask> for FundingTask {
    fn from(task: domain::FundingTask) -> Self {
        let request = Partly(task.request.into());
        match task.missing {
            Missing::Answer { changes, text } => Self {
                kind: FundingTaskKind::AnswerChanges,
                request,
                changes: changes.into_iter().map(Into::into).collect(),
                proof: None,
                text,
            },
            Missing::Proof(proof) => Self {
                kind: FundingTaskKind::ShowProof,
                request,
                changes: Vec::new(),
                proof: Some(proof.kind.into()),
                text: Some(proof.text),
            },
        }
    }
}
