//! What people say to each other about a request, beside deciding it.

use chrono::{DateTime, Utc};

use crate::journal::Reused;
use crate::kernel::{EmployeeId, FundingCommentId, FundingRequestId, Refusal, TextError};

/// A remark on a request. It is said once: nobody changes it or takes it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundingComment {
    /// Its id.
    pub id: FundingCommentId,
    /// On which request.
    pub request: FundingRequestId,
    /// Who said it.
    pub by: EmployeeId,
    /// What was said.
    pub text: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Why nothing was said.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommentRefusal {
    /// The text cannot be taken.
    #[error("the text {0}")]
    InvalidText(TextError),
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for CommentRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::InvalidText(_) => &["input", "text"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}
