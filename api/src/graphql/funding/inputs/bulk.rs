//! Lists of decisions.

use async_graphql::{InputObject, OneofObject};
use upskill_domain::funding::{self as domain, AskedVerdict};
use upskill_domain::kernel::FundingRequestId;

use super::changes::wanted;
use super::conditions::{ApprovalConditionsInput, conditions};
use super::{RejectionReason, RequestedChange};
use crate::graphql::error::ApiError;
use crate::graphql::id::Id;
use crate::graphql::key::key;

/// Requests to decide in one go.
#[derive(InputObject)]
pub(crate) struct DecideFundingRequestsInput {
    /// 1 to 100 decisions, each about another request. They are carried out in this order, so where a budget does not carry
    /// all of them, the first ones get its money.
    decisions: Vec<FundingDecisionInput>,
    /// Makes a retry safe: under the same key, a decision that was carried out answers with its first result, and one that
    /// was not is tried again. So the list can be sent again when its answer was lost, and with what failed taken out or
    /// corrected; only another decision about a request that was decided under the key is refused. 1 to 200 printable
    /// ASCII characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

/// One decision of a list.
#[derive(InputObject)]
pub(crate) struct FundingDecisionInput {
    /// Which request.
    id: Id<FundingRequestId>,
    /// The `version` that was read, if it matters; CONFLICT when the request has changed since.
    expected_version: Option<i32>,
    /// Yes, not yet, or no.
    verdict: FundingVerdictInput,
}

/// Yes, not yet, or no: exactly one of these.
#[derive(OneofObject)]
pub(crate) enum FundingVerdictInput {
    /// Yes, to the request as it stands or under conditions.
    Approve(FundingApprovalInput),
    /// Not yet: the request is handed back for changes.
    RequestChanges(FundingChangesInput),
    /// No, which ends the request.
    Reject(FundingRejectionInput),
}

/// A yes to a request.
#[derive(InputObject)]
pub(crate) struct FundingApprovalInput {
    /// What the yes depends on; nothing when not given.
    conditions: Option<ApprovalConditionsInput>,
    /// A remark that the requester reads: at most 4000 characters.
    note: Option<String>,
}

/// What is to be changed of a request.
#[derive(InputObject)]
pub(crate) struct FundingChangesInput {
    /// What is to be changed, as far as it is one of these; none of them when not given.
    changes: Option<Vec<RequestedChange>>,
    /// What is to be changed, in words that the requester reads: 1 to 4000 characters.
    text: String,
}

/// A no to a request.
#[derive(InputObject)]
pub(crate) struct FundingRejectionInput {
    /// Why.
    reason: RejectionReason,
    /// Why, in words that the requester reads: 1 to 4000 characters.
    text: String,
}

impl TryFrom<DecideFundingRequestsInput> for domain::DecideFundingRequests {
    type Error = ApiError;
    fn try_from(input: DecideFundingRequestsInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            decisions: input.decisions.into_iter().map(TryInto::try_into).collect::<Result<_, _>>()?,
        })
    }
}

impl TryFrom<FundingDecisionInput> for domain::DecisionOnRequest {
    type Error = ApiError;
    fn try_from(input: FundingDecisionInput) -> Result<Self, ApiError> {
        let verdict = match input.verdict {
            FundingVerdictInput::Approve(yes) => AskedVerdict::Approve {
                note: yes.note,
                conditions: conditions("input.decisions.verdict.approve.conditions.amount", yes.conditions)?,
            },
            FundingVerdictInput::RequestChanges(back) => {
                AskedVerdict::RequestChanges { changes: wanted(back.changes), text: back.text }
            }
            FundingVerdictInput::Reject(no) => {
                AskedVerdict::Reject { reason: no.reason.into(), text: no.text }
            }
        };
        Ok(Self { id: input.id.0, expected_version: input.expected_version, verdict })
    }
}
