//! The parts of a course, and when somebody got through each.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::catalog::CourseMilestone;
use crate::kernel::{Refusal, search_key};

use super::EnrollmentStatus;

/// A part of a course, and when it was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Milestone {
    /// What sort of part.
    pub kind: MilestoneKind,
    /// What the course calls it; there only where the course defines it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether the course can be gone through without it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
    /// When it was reached; nothing later changes that (L3).
    pub reached_at: Option<DateTime<Utc>>,
}

/// What sorts of parts there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MilestoneKind {
    /// The material is worked through.
    SelfStudy,
    /// The tasks are handed in.
    Tasks,
    /// What the course defines beside these.
    Custom,
    /// The assessment is passed.
    Assessment,
    /// The certificate is there.
    Certificate,
}

/// A part of a course, as somebody names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedMilestone {
    /// What sort of part.
    pub kind: MilestoneKind,
    /// Which of those that the course defines.
    pub name: Option<String>,
}

impl MilestoneKind {
    /// Every kind, in their order.
    pub const ALL: [Self; 5] =
        [Self::SelfStudy, Self::Tasks, Self::Custom, Self::Assessment, Self::Certificate];

    /// The name in the schema and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::SelfStudy => "SELF_STUDY",
            Self::Tasks => "TASKS",
            Self::Custom => "CUSTOM",
            Self::Assessment => "ASSESSMENT",
            Self::Certificate => "CERTIFICATE",
        }
    }

    /// Whether it takes a result to reach it; the learner's word is enough for the others (L1).
    pub fn takes_a_result(self) -> bool {
        matches!(self, Self::Assessment | Self::Certificate)
    }
}

impl Milestone {
    /// The parts of a course, none of them reached: those of every micro-credential, and between its tasks and its assessment
    /// what the course defines.
    pub(super) fn of_course(defined: &[CourseMilestone]) -> Vec<Self> {
        let of_all = |kind| Self { kind, name: None, optional: false, reached_at: None };
        let own = |CourseMilestone { name, optional }: &CourseMilestone| Self {
            name: Some(name.clone()),
            optional: *optional,
            ..of_all(MilestoneKind::Custom)
        };
        let parts = MilestoneKind::ALL.into_iter().flat_map(|kind| match kind {
            MilestoneKind::Custom => defined.iter().map(own).collect(),
            kind => vec![of_all(kind)],
        });
        parts.collect()
    }

    /// Whether somebody means this one.
    pub(super) fn is(&self, named: &NamedMilestone) -> bool {
        let key = |name: &Option<String>| name.as_deref().map(search_key);
        self.kind == named.kind && key(&self.name) == key(&named.name)
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
    /// The course defines no such part.
    #[error(
        "the course has no milestone {}; those that it defines are CUSTOM and have a name, the others have none",
        .0.name.as_deref().map_or_else(|| format!("{} without a name", .0.kind.name()), |name| format!("{} '{name}'", .0.kind.name()))
    )]
    Unknown(NamedMilestone),
}

impl Refusal for ReachMilestoneRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::NotRunning(_) => &["input", "id"],
            Self::TakesResult(_) => &["input", "milestone"],
            Self::Unknown(_) => &["input", "name"],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_course_defines_stands_between_tasks_and_assessment() {
        let own = |name: &str, optional| CourseMilestone { name: name.to_owned(), optional };
        let parts = Milestone::of_course(&[own("Project", false), own("Workshop", true)]);
        let told: Vec<_> =
            parts.iter().map(|part| (part.kind.name(), part.name.as_deref(), part.optional)).collect();
        let of_all = |name| (name, None, false);
        assert_eq!(
            told,
            [
                of_all("SELF_STUDY"),
                of_all("TASKS"),
                ("CUSTOM", Some("Project"), false),
                ("CUSTOM", Some("Workshop"), true),
                of_all("ASSESSMENT"),
                of_all("CERTIFICATE"),
            ]
        );
        assert_eq!(Milestone::of_course(&[]).len(), 4);
    }
}
