//! Why a step was not decided.

use crate::journal::Reused;
use crate::kernel::{Refusal, TextError};

use crate::funding::{ConditionRefusal, NotTheirTurn, PostingRefusal};

/// Why a request was not approved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApproveRefusal {
    /// It is not this person's turn.
    #[error(transparent)]
    Step(#[from] NotTheirTurn),
    /// The budget does not carry it.
    #[error(transparent)]
    Posting(#[from] PostingRefusal),
    /// The yes cannot depend on that.
    #[error(transparent)]
    Conditions(#[from] ConditionRefusal),
    /// The note cannot be taken.
    #[error("the note {0}")]
    InvalidNote(TextError),
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for ApproveRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::Step(_) | Self::Posting(_) => &["input", "id"],
            Self::Conditions(refusal) => refusal.field(),
            Self::InvalidNote(_) => &["input", "note"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }

    fn path(&self) -> Vec<String> {
        match self {
            Self::Conditions(refusal) => refusal.path(),
            _ => self.field().iter().map(|&step| step.to_owned()).collect(),
        }
    }
}

/// Why a request was not rejected, or not handed back for changes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RejectRefusal {
    /// It is not this person's turn.
    #[error(transparent)]
    Step(#[from] NotTheirTurn),
    /// The text cannot be taken.
    #[error("the text {0}")]
    InvalidText(TextError),
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for RejectRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::Step(_) => &["input", "id"],
            Self::InvalidText(_) => &["input", "text"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}
