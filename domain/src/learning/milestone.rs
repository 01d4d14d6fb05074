//! The parts of a micro-credential, and when somebody got through each.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::kernel::Refusal;

use super::EnrollmentStatus;

/// A part of a course, and when it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Milestone {
    /// Which part.
    pub kind: MilestoneKind,
    /// When it was reached; nothing later changes that (L3).
    pub reached_at: Option<DateTime<Utc>>,
}

/// The parts of every micro-credential, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MilestoneKind {
    /// The material is worked through.
    SelfStudy,
    /// The tasks are handed in.
    Tasks,
    /// The assessment is passed.
    Assessment,
    /// The certificate is there.
    Certificate,
}

impl MilestoneKind {
    /// Every kind, in their order.
    pub const ALL: [Self; 4] = [Self::SelfStudy, Self::Tasks, Self::Assessment, Self::Certificate];

    /// The name in the schema and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::SelfStudy => "SELF_STUDY",
            Self::Tasks => "TASKS",
            Self::Assessment => "ASSESSMENT",
            Self::Certificate => "CERTIFICATE",
        }
    }

    /// Whether it takes a result to reach it; the learner's word is enough for the others (L1).
    pub fn takes_a_result(self) -> bool {
        matches!(self, Self::Assessment | Self::Certificate)
    }
}

/// Why a milestone was not reached.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReachMilestoneRefusal {
    /// The course does not run.
    #[error("the enrollment is {}; milestones are reached while it is ACTIVE or IN_ASSESSMENT", .0.name())]
    NotRunning(EnrollmentStatus),
    /// Its result speaks for it.
    #[error("{} is reached by its result, not by saying so", .0.name())]
    TakesResult(MilestoneKind),
}

impl Refusal for ReachMilestoneRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::NotRunning(_) => &["input", "id"],
            Self::TakesResult(_) => &["input", "milestone"],
        }
    }
}
