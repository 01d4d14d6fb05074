//! Why a policy was not drafted, changed, published or discarded.

use crate::journal::Reused;
use crate::kernel::{FundingPolicyId, Refusal, TextError};

use super::{PolicyProblem, PolicyStatus};

/// What was published is not rewritten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the policy is {}; only a DRAFT can be changed, published or discarded, so draft a copy of it", .0.name())]
pub struct NotADraft(pub PolicyStatus);

/// Why a policy was not drafted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftPolicyRefusal {
    /// The name cannot be taken.
    #[error("the name {0}")]
    InvalidName(TextError),
    /// There is no such policy to copy.
    #[error("there is no funding policy {0} to copy")]
    UnknownPolicy(FundingPolicyId),
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for DraftPolicyRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::InvalidName(_) => &["input", "name"],
            Self::UnknownPolicy(_) => &["input", "from", "copyOfId"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// Why a draft was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangePolicyRefusal {
    /// It is published or superseded.
    #[error(transparent)]
    NotADraft(#[from] NotADraft),
    /// The name cannot be taken.
    #[error("the name {0}")]
    InvalidName(TextError),
}

impl Refusal for ChangePolicyRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::NotADraft(_) => &["input", "id"],
            Self::InvalidName(_) => &["input", "name"],
        }
    }
}

/// Why a draft was not published.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PublishPolicyRefusal {
    /// It is published already, or superseded.
    #[error(transparent)]
    NotADraft(#[from] NotADraft),
    /// It does not hold as a whole.
    #[error(transparent)]
    Problem(#[from] PolicyProblem),
}

impl Refusal for PublishPolicyRefusal {
    fn field(&self) -> &'static [&'static str] {
        &["input", "id"]
    }
}

/// Why a draft was not discarded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DiscardPolicyRefusal {
    /// It is published or superseded.
    #[error(transparent)]
    NotADraft(#[from] NotADraft),
}

impl Refusal for DiscardPolicyRefusal {
    fn field(&self) -> &'static [&'static str] {
        &["input", "id"]
    }
}
