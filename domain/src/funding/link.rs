//! Deciding from a link: a request, as it was seen, can be approved or rejected once by whoever holds the link.
//!
//! A link is for one person and one version of the request, and so for one step, because every decision makes another
//! version. It is a way to say what the person may say anyway: every rule of a decision holds when it is used, as of then.

use chrono::{DateTime, Utc};

use crate::journal::Reused;
use crate::kernel::{ActionLinkId, EmployeeId, EmployerId, FundingRequestId, Money, Refusal};

use super::{
    ApproveRefusal, DecisionOutcome, FundingRequest, NotTheirTurn, RejectRefusal, RejectionReason,
    RequestStatus,
};

/// The two links by which one person can decide one step of a request, once and with one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionLink {
    /// Their id.
    pub id: ActionLinkId,
    /// The request.
    pub request: FundingRequestId,
    /// The version of the request that the person has seen.
    pub request_version: i32,
    /// Who decides with them.
    pub person: EmployeeId,
    /// The digest of the token that approves.
    pub approve_digest: String,
    /// The digest of the token that rejects.
    pub reject_digest: String,
    /// When they were made.
    pub issued_at: DateTime<Utc>,
    /// From when on they do nothing any more.
    pub expires_at: DateTime<Utc>,
    /// When one of them was used.
    pub used_at: Option<DateTime<Utc>>,
    /// What became of the step then.
    pub outcome: Option<DecisionOutcome>,
}

/// What a link says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkVerdict {
    /// Yes.
    Approve,
    /// No.
    Reject,
}

impl LinkVerdict {
    /// The name in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Approve => "APPROVE",
            Self::Reject => "REJECT",
        }
    }
}

/// What a token says, once its signature is known to be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkClaims {
    /// Whose data.
    pub employer: EmployerId,
    /// Which link.
    pub link: ActionLinkId,
    /// What it says.
    pub verdict: LinkVerdict,
}

/// What makes tokens. The same claims make the same token, so that a retry can be answered and only digests are stored.
pub trait LinkSigner: Send + Sync {
    /// The token for some claims.
    fn token(&self, claims: LinkClaims) -> String;
    /// The digest of a token, as it is stored.
    fn digest(&self, token: &str) -> String;
}

/// Links that were made, with their tokens, which nobody is told again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedLinks {
    /// The links.
    pub link: ActionLink,
    /// The token that approves.
    pub approve: String,
    /// The token that rejects.
    pub reject: String,
}

/// What somebody who holds a link is shown before they use it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkPreview {
    /// What the link says.
    pub verdict: LinkVerdict,
    /// The request.
    pub request: FundingRequestId,
    /// For whom it is.
    pub requester: String,
    /// Who would decide.
    pub approver: String,
    /// What is asked for.
    pub title: String,
    /// What the budget is asked for.
    pub amount: Money,
    /// What it is good for, in the requester's words.
    pub purpose: String,
    /// From when on the link does nothing any more.
    pub expires_at: DateTime<Utc>,
    /// Why the link does nothing, where that is known already.
    pub spent: Option<LinkSpent>,
}

/// What is said with a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkAnswer {
    /// Yes.
    Approve {
        /// A remark.
        note: Option<String>,
    },
    /// No.
    Reject {
        /// Why.
        reason: RejectionReason,
        /// Why, in words that the requester reads.
        text: String,
    },
}

impl LinkAnswer {
    /// What it says in a word.
    pub fn verdict(&self) -> LinkVerdict {
        match self {
            Self::Approve { .. } => LinkVerdict::Approve,
            Self::Reject { .. } => LinkVerdict::Reject,
        }
    }
}

/// Why links were not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IssueLinksRefusal {
    /// It is not this person's turn.
    #[error(transparent)]
    Step(#[from] NotTheirTurn),
    /// The installation has no key to sign with.
    #[error("this installation makes no links; an operator has to name a key for them")]
    NoKey,
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for IssueLinksRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::Step(_) => &["input", "id"],
            Self::NoKey => &[],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// Why a link does nothing any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkSpent {
    /// Its time is over.
    #[error("the link expired at {}; decide in the application, or ask there for a new one", .0.format("%Y-%m-%dT%H:%M:%SZ"))]
    Expired(DateTime<Utc>),
    /// It, or its twin, was used.
    #[error("a link of this pair was used to {} already", if matches!(.0, LinkVerdict::Approve) { "approve" } else { "reject" })]
    Used(LinkVerdict),
    /// Somebody else was first, or the request was taken back.
    #[error("the request is {} by now; there is nothing left to decide", .0.name())]
    Decided(RequestStatus),
    /// The request is not what the person has seen any more.
    #[error(
        "the request has changed since the link was made: it was version {seen}, it is now {now}; look at it again"
    )]
    Stale {
        /// The version that the person has seen.
        seen: i32,
        /// The version it has.
        now: i32,
    },
}

/// Why nothing was decided by a link.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RedeemRefusal {
    /// No such link. A forged one is told the same.
    #[error("there is no such link")]
    Unknown,
    /// It does nothing any more.
    #[error(transparent)]
    Spent(#[from] LinkSpent),
    /// The yes was refused.
    #[error(transparent)]
    Approve(ApproveRefusal),
    /// The no was refused.
    #[error(transparent)]
    Reject(RejectRefusal),
}

impl Refusal for RedeemRefusal {}

impl ActionLink {
    /// The link that a token is for. One that was never made and one whose token is another are told alike.
    pub(super) fn named(
        stored: Option<Self>,
        verdict: LinkVerdict,
        digest: &str,
    ) -> Result<Self, RedeemRefusal> {
        stored.filter(|link| link.knows(verdict, digest)).ok_or(RedeemRefusal::Unknown)
    }

    /// Whether a digest is the one of the token that says this. It takes as long for a wrong one as for a right one.
    fn knows(&self, verdict: LinkVerdict, digest: &str) -> bool {
        let kept = match verdict {
            LinkVerdict::Approve => &self.approve_digest,
            LinkVerdict::Reject => &self.reject_digest,
        };
        let differing = kept.bytes().zip(digest.bytes()).fold(0, |differing, (a, b)| differing | (a ^ b));
        kept.len() == digest.len() && differing == 0
    }

    /// Whether it still does something for its request, as that is now.
    pub(super) fn check(&self, request: &FundingRequest, now: DateTime<Utc>) -> Result<(), LinkSpent> {
        if let Some(verdict) = self.used_for() {
            return Err(LinkSpent::Used(verdict));
        }
        if request.status != RequestStatus::Submitted {
            return Err(LinkSpent::Decided(request.status));
        }
        if now >= self.expires_at {
            return Err(LinkSpent::Expired(self.expires_at));
        }
        if request.version != self.request_version {
            return Err(LinkSpent::Stale { seen: self.request_version, now: request.version });
        }
        Ok(())
    }

    /// What was said with it.
    pub(super) fn used_for(&self) -> Option<LinkVerdict> {
        self.outcome.map(|outcome| match outcome {
            DecisionOutcome::Approved | DecisionOutcome::PassedOn => LinkVerdict::Approve,
            _ => LinkVerdict::Reject,
        })
    }

    /// Uses it up.
    pub(super) fn spend(&mut self, outcome: DecisionOutcome, at: DateTime<Utc>) {
        (self.used_at, self.outcome) = (Some(at), Some(outcome));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::funding::fixture::{at, id, request};

    fn link() -> ActionLink {
        ActionLink {
            id: id(1),
            request: id(9),
            request_version: 2,
            person: id(2),
            approve_digest: "aa".to_owned(),
            reject_digest: "bb".to_owned(),
            issued_at: at(0),
            expires_at: at(60),
            used_at: None,
            outcome: None,
        }
    }

    #[test]
    fn a_link_knows_its_own_token_for_its_own_verdict() {
        let known = |verdict, digest| link().knows(verdict, digest);
        assert!(known(LinkVerdict::Approve, "aa") && known(LinkVerdict::Reject, "bb"));
        assert!(!known(LinkVerdict::Approve, "bb") && !known(LinkVerdict::Reject, "aa"));
        assert!(!known(LinkVerdict::Approve, "a") && !known(LinkVerdict::Approve, "aaa"));
        assert!(!known(LinkVerdict::Approve, ""));
    }

    #[test]
    fn a_link_works_once_in_time_for_what_was_seen() {
        let seen = FundingRequest { version: 2, ..request(100) };
        assert_eq!(link().check(&seen, at(59)), Ok(()));
        assert_eq!(link().check(&seen, at(60)), Err(LinkSpent::Expired(at(60))));
        let changed = FundingRequest { version: 3, ..seen.clone() };
        assert_eq!(link().check(&changed, at(59)), Err(LinkSpent::Stale { seen: 2, now: 3 }));
        let over = FundingRequest { status: RequestStatus::Withdrawn, ..changed };
        assert_eq!(link().check(&over, at(61)), Err(LinkSpent::Decided(RequestStatus::Withdrawn)));
        let mut used = link();
        used.spend(DecisionOutcome::Rejected, at(30));
        assert_eq!(used.check(&seen, at(59)), Err(LinkSpent::Used(LinkVerdict::Reject)));
        assert_eq!(used.used_at, Some(at(30)));
    }
}
