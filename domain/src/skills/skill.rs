//! One word of the vocabulary.

use serde::{Deserialize, Serialize};

use crate::kernel::{SkillId, WebAddress, search_key};

/// A skill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skill {
    /// Its id.
    pub id: SkillId,
    /// The name, unique within the employer without regard to case and spacing.
    pub name: String,
    /// What sort of thing it is.
    pub kind: SkillKind,
    /// The area that the employer files it under, for example "Cloud".
    pub area: Option<String>,
    /// The public concept it stands for, for example in ESCO.
    pub uri: Option<WebAddress>,
}

impl Skill {
    /// The form of the name by which two skills are the same.
    pub fn key(&self) -> String {
        search_key(&self.name)
    }
}

/// What sort of thing a skill is. ESCO knows the first two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SkillKind {
    /// Something that people can do.
    #[default]
    Skill,
    /// Something that people know.
    Knowledge,
    /// A tool, product or programming language that people work with.
    Technology,
}

impl SkillKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Skill, Self::Knowledge, Self::Technology];

    /// The name in the schema, the database and import files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Skill => "SKILL",
            Self::Knowledge => "KNOWLEDGE",
            Self::Technology => "TECHNOLOGY",
        }
    }

    /// The kind with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// The orders in which skills can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SkillOrder {
    /// By name, without regard to case.
    #[default]
    Name,
}
