//! What happens to the vocabulary of skills.

use serde::Serialize;

use crate::journal::{Event, Subject};
use crate::kernel::SkillId;

/// An event of this capability.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "the fields are the event's words")]
pub enum SkillEvent {
    /// A skill came into the vocabulary.
    Created { skill: SkillId, name: String },
}

impl Event for SkillEvent {
    const KINDS: &'static [&'static str] = &["skills.skill_created"];

    fn kind(&self) -> &'static str {
        match self {
            Self::Created { .. } => "skills.skill_created",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Created { skill, .. } => Subject::of(*skill),
        }
    }
}
