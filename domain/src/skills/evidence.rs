//! On whose word a level rests.

use serde::{Deserialize, Serialize};

/// On whose word a level rests, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SkillEvidence {
    /// The person says so.
    #[serde(rename = "SELF")]
    SelfAssessed,
    /// A colleague says so.
    Peer,
    /// A manager above them says so.
    Manager,
    /// A mentor has seen it on the job.
    Mentor,
    /// They passed an assessment.
    Assessed,
    /// They hold a certificate.
    Credential,
}

impl SkillEvidence {
    /// Every kind, the weakest first.
    pub const ALL: [Self; 6] =
        [Self::SelfAssessed, Self::Peer, Self::Manager, Self::Mentor, Self::Assessed, Self::Credential];

    /// The name in the schema and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::SelfAssessed => "SELF",
            Self::Peer => "PEER",
            Self::Manager => "MANAGER",
            Self::Mentor => "MENTOR",
            Self::Assessed => "ASSESSED",
            Self::Credential => "CREDENTIAL",
        }
    }

    /// The evidence with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|evidence| evidence.name() == name)
    }

    /// Whether it was proved: shown in an assessment or by a certificate. What was proved is held at least.
    pub fn is_proof(self) -> bool {
        matches!(self, Self::Assessed | Self::Credential)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back_and_the_strongest_come_last() {
        let back = |evidence: SkillEvidence| SkillEvidence::named(evidence.name()) == Some(evidence);
        assert!(SkillEvidence::ALL.into_iter().all(back));
        assert!(SkillEvidence::ALL.is_sorted());
        let proofs: Vec<_> = SkillEvidence::ALL.into_iter().filter(|evidence| evidence.is_proof()).collect();
        assert_eq!(proofs, [SkillEvidence::Assessed, SkillEvidence::Credential]);
    }
}
