//! What a request waits for, and what is missing from whoever asked.

use super::{Decision, FundingRequest, RequestStatus, RequestedChange, RequiredProof, Verdict};

/// What a request waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WaitsFor {
    /// A decision.
    Approval,
    /// An answer of whoever asked to an approver who wants something changed.
    Answer,
    /// A place to be booked.
    Booking,
    /// Something that whoever asked is to show.
    Proof,
    /// The invoice.
    Invoice,
}

/// Something that is missing from whoever asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundingTask {
    /// The request.
    pub request: FundingRequest,
    /// What.
    pub missing: Missing,
}

/// What is missing from whoever asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// An answer to an approver who wants something changed.
    Answer {
        /// What is to be changed, as far as that was pointed at.
        changes: Vec<RequestedChange>,
        /// In the approver's words.
        text: Option<String>,
    },
    /// Something to be shown before the invoice is booked.
    Proof(RequiredProof),
}

impl FundingRequest {
    /// What it waits for; nothing once it is over.
    pub fn waits_for(&self) -> Option<WaitsFor> {
        match self.status {
            RequestStatus::Submitted => Some(WaitsFor::Approval),
            RequestStatus::ChangesRequested => Some(WaitsFor::Answer),
            RequestStatus::Approved => Some(WaitsFor::Booking),
            RequestStatus::Committed if !self.conditions.proofs.is_empty() => Some(WaitsFor::Proof),
            RequestStatus::Committed => Some(WaitsFor::Invoice),
            RequestStatus::Settled
            | RequestStatus::Rejected
            | RequestStatus::Withdrawn
            | RequestStatus::Canceled
            | RequestStatus::Expired
            | RequestStatus::Superseded => None,
        }
    }

    /// What is missing from whoever asked. What was approved on conditions is shown from the approval on, because it takes
    /// time to come by.
    pub(super) fn tasks(self, decisions: &[Decision]) -> Vec<FundingTask> {
        let missing: Vec<Missing> = match self.status {
            RequestStatus::ChangesRequested => {
                let handed_back = |decision: &&Decision| {
                    decision.request == self.id && decision.verdict == Verdict::RequestChanges
                };
                let last = decisions.iter().rfind(handed_back);
                let changes = last.map(|decision| decision.changes.clone()).unwrap_or_default();
                vec![Missing::Answer { changes, text: last.and_then(|decision| decision.note.clone()) }]
            }
            status if status.is_promised() => {
                self.conditions.proofs.iter().cloned().map(Missing::Proof).collect()
            }
            _ => Vec::new(),
        };
        missing.into_iter().map(|missing| FundingTask { request: self.clone(), missing }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::funding::fixture::request;
    use crate::funding::{ApprovalConditions, ProofKind};

    fn at(status: RequestStatus) -> FundingRequest {
        FundingRequest { status, ..request(1) }
    }

    #[test]
    fn what_is_live_waits_for_somebody_and_what_is_over_does_not() {
        for status in RequestStatus::ALL {
            assert_eq!(at(status).waits_for().is_some(), status.is_live(), "{}", status.name());
        }
    }

    #[test]
    fn proofs_are_owed_until_the_invoice_is_booked() {
        let proof = RequiredProof { kind: ProofKind::Certificate, text: "of the college".to_owned() };
        let conditions = ApprovalConditions { proofs: vec![proof.clone()], ..ApprovalConditions::default() };
        let owed = |status| {
            let request = FundingRequest { conditions: conditions.clone(), ..at(status) };
            (request.waits_for(), request.tasks(&[]).into_iter().map(|task| task.missing).collect::<Vec<_>>())
        };
        let owes = vec![Missing::Proof(proof)];
        assert_eq!(owed(RequestStatus::Approved), (Some(WaitsFor::Booking), owes.clone()));
        assert_eq!(owed(RequestStatus::Committed), (Some(WaitsFor::Proof), owes));
        assert_eq!(owed(RequestStatus::Settled), (None, Vec::new()));
    }
}
