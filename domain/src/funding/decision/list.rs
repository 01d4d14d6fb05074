//! Many decisions in one list (F16): what such a list has to be, and what became of each decision in it.

use std::collections::HashMap;

use crate::journal::{IdempotencyKey, Reused};
use crate::kernel::{Failure, Fault, FundingRequestId, Refusal};

use super::{ApproveRefusal, RejectRefusal};
use crate::funding::{FundingRequest, LedgerEntry};

/// Decisions that one list may have. More than a screen shows, and few enough to be through before anybody gives up
/// waiting.
const MOST_DECISIONS: usize = 100;

/// What became of one decision of a list.
#[derive(Debug)]
pub struct DecisionResult {
    /// The request it is about.
    pub request: FundingRequestId,
    /// The request as it is now, or why the decision was not carried out.
    pub decided: Result<Decided, Failure<DecisionRefusal>>,
}

/// A request after one decision of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The request as it is now.
    pub request: FundingRequest,
    /// The entry that reserves the money, where the decision was the last yes.
    pub reservation: Option<LedgerEntry>,
    /// What became of it.
    pub outcome: DecisionOutcome,
}

/// The ways in which a decision is carried out, and the one in which it is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DecisionOutcome {
    /// The request is approved and its money reserved.
    Approved,
    /// The step is approved, and the request waits for the next one.
    PassedOn,
    /// The request is handed back for changes.
    ChangesRequested,
    /// The request is rejected.
    Rejected,
    /// Not carried out.
    Failed,
}

impl DecisionOutcome {
    /// Those that were carried out.
    const DONE: [Self; 4] = [Self::Approved, Self::PassedOn, Self::ChangesRequested, Self::Rejected];

    /// The name in the schema and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Approved => "APPROVED",
            Self::PassedOn => "PASSED_ON",
            Self::ChangesRequested => "CHANGES_REQUESTED",
            Self::Rejected => "REJECTED",
            Self::Failed => "FAILED",
        }
    }

    /// The outcome with this name, if it was carried out.
    pub fn named(name: &str) -> Option<Self> {
        Self::DONE.into_iter().find(|outcome| outcome.name() == name)
    }
}

impl DecisionResult {
    /// What became of it, in a word.
    pub fn outcome(&self) -> DecisionOutcome {
        self.decided.as_ref().map_or(DecisionOutcome::Failed, |decided| decided.outcome)
    }

    /// The path of the input field at fault where the decision failed, from its place in the list.
    pub fn path(&self, at: usize) -> Option<Vec<String>> {
        Some(match self.decided.as_ref().err()? {
            Failure::Refused(refusal) => refusal.path(at),
            Failure::Fault(Fault::NotFound { .. } | Fault::Forbidden(_)) => path_of(Some(at), &["id"]),
            Failure::Fault(Fault::Conflict(_)) => path_of(Some(at), &["expectedVersion"]),
            Failure::Fault(_) => path_of(Some(at), &[]),
        })
    }
}

/// Why a list was refused as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecideRefusal {
    /// None, or too many at once.
    #[error("a list has 1 to {MOST_DECISIONS} decisions; this one has {0}")]
    WrongNumber(usize),
    /// A request stands in it twice, and no order of the two would be what the caller means.
    #[error(
        "decision {at} is about the request {request} again, as decision {first} is; leave one of them out"
    )]
    DecidedTwice {
        /// The request.
        request: FundingRequestId,
        /// Its first place, counted from 0.
        first: usize,
        /// Its second place.
        at: usize,
    },
}

impl Refusal for DecideRefusal {
    fn field(&self) -> &'static [&'static str] {
        &["input", "decisions"]
    }

    fn path(&self) -> Vec<String> {
        match self {
            Self::WrongNumber(_) => path_of(None, &[]),
            Self::DecidedTwice { at, .. } => path_of(Some(*at), &["id"]),
        }
    }
}

/// Why one decision of a list was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecisionRefusal {
    /// A yes was refused.
    #[error(transparent)]
    Approve(ApproveRefusal),
    /// It was not handed back.
    #[error(transparent)]
    RequestChanges(RejectRefusal),
    /// A no was refused.
    #[error(transparent)]
    Reject(RejectRefusal),
}

impl DecisionRefusal {
    fn path(&self, at: usize) -> Vec<String> {
        if let Self::Approve(ApproveRefusal::Conditions(refusal)) = self {
            let inner = refusal.path().into_iter().skip(1);
            return path_of(Some(at), &["verdict", "approve"]).into_iter().chain(inner).collect();
        }
        let inner: &[&str] = match self {
            Self::Approve(ApproveRefusal::KeyReused(_))
            | Self::RequestChanges(RejectRefusal::KeyReused(_))
            | Self::Reject(RejectRefusal::KeyReused(_)) => {
                return vec!["input".to_owned(), "idempotencyKey".to_owned()];
            }
            Self::Approve(ApproveRefusal::InvalidNote(_)) => &["verdict", "approve", "note"],
            Self::RequestChanges(RejectRefusal::InvalidText(_)) => &["verdict", "requestChanges", "text"],
            Self::Reject(RejectRefusal::InvalidText(_)) => &["verdict", "reject", "text"],
            Self::Approve(
                ApproveRefusal::Step(_) | ApproveRefusal::Posting(_) | ApproveRefusal::Conditions(_),
            )
            | Self::RequestChanges(RejectRefusal::Step(_))
            | Self::Reject(RejectRefusal::Step(_)) => &["id"],
        };
        path_of(Some(at), inner)
    }

    /// The same, said of the key that the caller gave to the list instead of the one that was made of it.
    pub(in crate::funding) fn with_key_of(self, list: Option<&IdempotencyKey>) -> Self {
        let Some(key) = list else { return self };
        let reused = Reused { key: key.as_str().to_owned() };
        match self {
            Self::Approve(ApproveRefusal::KeyReused(_)) => Self::Approve(reused.into()),
            Self::RequestChanges(RejectRefusal::KeyReused(_)) => Self::RequestChanges(reused.into()),
            Self::Reject(RejectRefusal::KeyReused(_)) => Self::Reject(reused.into()),
            other => other,
        }
    }
}

/// Whether a list about these requests can be worked through.
pub(in crate::funding) fn check_list(
    requests: impl ExactSizeIterator<Item = FundingRequestId>,
) -> Result<(), DecideRefusal> {
    if !(1..=MOST_DECISIONS).contains(&requests.len()) {
        return Err(DecideRefusal::WrongNumber(requests.len()));
    }
    let mut places = HashMap::new();
    for (at, request) in requests.enumerate() {
        if let Some(first) = places.insert(request, at) {
            return Err(DecideRefusal::DecidedTwice { request, first, at });
        }
    }
    Ok(())
}

/// The path of a list, of a decision in it, or of something inside that.
fn path_of(at: Option<usize>, inner: &[&str]) -> Vec<String> {
    let list = ["input", "decisions"].map(str::to_owned);
    let place = at.map(|at| at.to_string());
    list.into_iter().chain(place).chain(inner.iter().map(|&step| step.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{TextError, TypedId as _};

    fn request(number: u128) -> FundingRequestId {
        FundingRequestId::from_uuid(uuid::Uuid::from_u128(number))
    }

    #[test]
    fn a_list_has_one_to_a_hundred_decisions_and_every_request_once() {
        let check = |requests: Vec<u128>| check_list(requests.into_iter().map(request));
        assert_eq!(check((0..100).collect()), Ok(()));
        assert_eq!(check(vec![]), Err(DecideRefusal::WrongNumber(0)));
        assert_eq!(check((0..101).collect()), Err(DecideRefusal::WrongNumber(101)));
        let twice = check(vec![7, 8, 9, 8]).expect_err("8 stands in it twice");
        assert_eq!(twice, DecideRefusal::DecidedTwice { request: request(8), first: 1, at: 3 });
        assert_eq!(twice.path(), ["input", "decisions", "3", "id"]);
        assert_eq!(DecideRefusal::WrongNumber(0).path(), ["input", "decisions"]);
    }

    #[test]
    fn a_refusal_names_the_field_of_its_decision() {
        let key = IdempotencyKey::parse("list-1").expect("a key");
        let derived = Reused { key: key.of_part(request(1)).as_str().to_owned() };
        let reused = DecisionRefusal::Reject(derived.into()).with_key_of(Some(&key));
        assert_eq!(reused.path(2), ["input", "idempotencyKey"]);
        assert!(reused.to_string().starts_with("the idempotency key 'list-1' was used"), "{reused}");
        let text = DecisionRefusal::Reject(RejectRefusal::InvalidText(TextError::Empty));
        assert_eq!(text.path(4), ["input", "decisions", "4", "verdict", "reject", "text"]);
        let note = DecisionRefusal::Approve(ApproveRefusal::InvalidNote(TextError::Empty));
        assert_eq!(note.path(0), ["input", "decisions", "0", "verdict", "approve", "note"]);
    }
}
