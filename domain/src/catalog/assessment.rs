//! How a course is examined, and at what level.

use serde::{Deserialize, Serialize};

use crate::kernel::TextError;

/// How learners show what they have learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AssessmentType {
    /// An examination in writing.
    WrittenExam,
    /// An examination by word of mouth.
    OralExam,
    /// A test taken and marked by machine.
    OnlineTest,
    /// A task carried out before an examiner.
    PracticalTask,
    /// A project with a result that is examined.
    Project,
    /// A collection of work done on the way.
    Portfolio,
    /// Work marked throughout the course.
    Continuous,
    /// Several of these together.
    Combined,
}

impl AssessmentType {
    /// Every type.
    pub const ALL: [Self; 8] = [
        Self::WrittenExam,
        Self::OralExam,
        Self::OnlineTest,
        Self::PracticalTask,
        Self::Project,
        Self::Portfolio,
        Self::Continuous,
        Self::Combined,
    ];

    /// The name in the schema, the database and import files.
    pub fn name(self) -> &'static str {
        match self {
            Self::WrittenExam => "WRITTEN_EXAM",
            Self::OralExam => "ORAL_EXAM",
            Self::OnlineTest => "ONLINE_TEST",
            Self::PracticalTask => "PRACTICAL_TASK",
            Self::Project => "PROJECT",
            Self::Portfolio => "PORTFOLIO",
            Self::Continuous => "CONTINUOUS",
            Self::Combined => "COMBINED",
        }
    }

    /// The type with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|assessment| assessment.name() == name)
    }
}

/// Whether somebody watches the assessment and knows who takes it: the three cases of the European standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Supervision {
    /// Unsupervised, the identity is not verified.
    Unsupervised,
    /// Supervised, the identity is not verified.
    Supervised,
    /// Supervised online or on site, the identity is verified.
    SupervisedIdentityVerified,
}

impl Supervision {
    /// Every case.
    pub const ALL: [Self; 3] = [Self::Unsupervised, Self::Supervised, Self::SupervisedIdentityVerified];

    /// The name in the schema, the database and import files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unsupervised => "UNSUPERVISED",
            Self::Supervised => "SUPERVISED",
            Self::SupervisedIdentityVerified => "SUPERVISED_IDENTITY_VERIFIED",
        }
    }

    /// The case with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|supervision| supervision.name() == name)
    }
}

/// A level of the European Qualifications Framework. It ranks qualifications, not people's mastery of a skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "i32", try_from = "i32")]
pub struct EqfLevel(i32);

impl EqfLevel {
    /// A level from 1 to 8.
    pub fn new(level: i32) -> Result<Self, TextError> {
        if (1..=8).contains(&level) {
            Ok(Self(level))
        } else {
            Err(TextError::Kind { value: level.to_string(), kind: "an EQF level from 1 to 8" })
        }
    }

    /// The number.
    pub fn number(self) -> i32 {
        self.0
    }
}

impl From<EqfLevel> for i32 {
    fn from(level: EqfLevel) -> Self {
        level.0
    }
}

impl TryFrom<i32> for EqfLevel {
    type Error = TextError;
    fn try_from(level: i32) -> Result<Self, TextError> {
        Self::new(level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        assert!(
            AssessmentType::ALL.into_iter().all(|value| AssessmentType::named(value.name()) == Some(value))
        );
        assert!(Supervision::ALL.into_iter().all(|value| Supervision::named(value.name()) == Some(value)));
    }

    #[test]
    fn eqf_levels_run_from_one_to_eight() {
        let allowed: Vec<_> = (-1..=10).filter_map(|n| EqfLevel::new(n).ok()).map(EqfLevel::number).collect();
        assert_eq!(allowed, [1, 2, 3, 4, 5, 6, 7, 8]);
    }
}
