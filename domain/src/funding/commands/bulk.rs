//! Deciding many requests in one go (F16).

use crate::access::Actor;
use crate::journal::IdempotencyKey;
use crate::kernel::{Failure, Fault, FundingRequestId};

use super::{ApproveFundingRequest, Funding, RejectFundingRequest, RequestFundingChanges};
use crate::funding::{
    ApprovalConditions, DecideRefusal, Decided, DecisionOutcome, DecisionRefusal, DecisionResult,
    RejectionReason, RequestedChange, check_list,
};

/// Requests to decide one after the other, each for itself.
#[derive(Debug, Clone)]
pub struct DecideFundingRequests {
    /// Makes a retry safe. Every decision derives a key of its own from it and from its request: that is what the
    /// decision is about, wherever it stands in the list. So a list that was interrupted, or from which something was
    /// taken out or corrected, can be sent again under its key, and what was carried out is not carried out again.
    pub key: Option<IdempotencyKey>,
    /// The decisions, in the order in which they are carried out.
    pub decisions: Vec<DecisionOnRequest>,
}

/// One decision of a list.
#[derive(Debug, Clone)]
pub struct DecisionOnRequest {
    /// Which request.
    pub id: FundingRequestId,
    /// The version that the caller saw, if it matters to them.
    pub expected_version: Option<i32>,
    /// What.
    pub verdict: AskedVerdict,
}

/// Yes or no, in the words of whoever decides.
#[derive(Debug, Clone)]
pub enum AskedVerdict {
    /// Yes.
    Approve {
        /// A remark.
        note: Option<String>,
        /// What it depends on.
        conditions: Option<ApprovalConditions>,
    },
    /// Not yet.
    RequestChanges {
        /// What is to be changed, as far as it is one of these.
        changes: Vec<RequestedChange>,
        /// What is to be changed, in words that the requester reads.
        text: String,
    },
    /// No.
    Reject {
        /// Why.
        reason: RejectionReason,
        /// Why, in words that the requester reads.
        text: String,
    },
}

impl Funding<'_> {
    /// Decides a list of requests, in its order, each in a transaction of its own: what is refused, forbidden or not
    /// there leaves the others alone. The results stand in the order of the list.
    ///
    /// Once the store does not answer, the rest of the list is not tried: it would fail as well, and slowly.
    pub async fn decide_requests(
        self,
        actor: &Actor,
        command: DecideFundingRequests,
    ) -> Result<Vec<DecisionResult>, Failure<DecideRefusal>> {
        let DecideFundingRequests { key, decisions } = command;
        check_list(decisions.iter().map(|decision| decision.id))?;
        let mut results = Vec::with_capacity(decisions.len());
        let mut away = None;
        for decision in decisions {
            let request = decision.id;
            let decided = match &away {
                None => self.decide_one(actor, key.as_ref(), decision).await,
                Some(what) => Err(Fault::Unavailable(String::clone(what)).into()),
            };
            if let Err(Failure::Fault(Fault::Unavailable(what))) = &decided {
                away = Some(what.clone());
            }
            results.push(DecisionResult { request, decided });
        }
        Ok(results)
    }

    /// One decision of a list, just as if it had been asked for alone.
    async fn decide_one(
        self,
        actor: &Actor,
        list: Option<&IdempotencyKey>,
        decision: DecisionOnRequest,
    ) -> Result<Decided, Failure<DecisionRefusal>> {
        let DecisionOnRequest { id, expected_version, verdict } = decision;
        let key = list.map(|list| list.of_part(id));
        match verdict {
            AskedVerdict::Approve { note, conditions } => {
                let command = ApproveFundingRequest { key, id, conditions, note, expected_version };
                let approved = self.approve_request(actor, command).await;
                let (request, reservation) =
                    approved.map_err(|why| of_list(why, DecisionRefusal::Approve, list))?;
                let last = reservation.is_some();
                let outcome = if last { DecisionOutcome::Approved } else { DecisionOutcome::PassedOn };
                Ok(Decided { request, reservation, outcome })
            }
            AskedVerdict::RequestChanges { changes, text } => {
                let command = RequestFundingChanges { key, id, changes, text, expected_version };
                let handed_back = self.request_changes(actor, command).await;
                let request =
                    handed_back.map_err(|why| of_list(why, DecisionRefusal::RequestChanges, list))?;
                Ok(Decided { request, reservation: None, outcome: DecisionOutcome::ChangesRequested })
            }
            AskedVerdict::Reject { reason, text } => {
                let command = RejectFundingRequest { key, id, reason, text, expected_version };
                let rejected = self.reject_request(actor, command).await;
                let request = rejected.map_err(|why| of_list(why, DecisionRefusal::Reject, list))?;
                Ok(Decided { request, reservation: None, outcome: DecisionOutcome::Rejected })
            }
        }
    }
}

/// Why a decision was not carried out, as the list says it.
fn of_list<R>(
    why: Failure<R>,
    refusal: fn(R) -> DecisionRefusal,
    list: Option<&IdempotencyKey>,
) -> Failure<DecisionRefusal> {
    why.map(|why| refusal(why).with_key_of(list))
}
