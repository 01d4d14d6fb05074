//! Who offers courses.

use serde::{Deserialize, Serialize};

use crate::kernel::{CountryCode, ProviderId, WebAddress, search_key};

/// A provider of courses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    /// Its id.
    pub id: ProviderId,
    /// The name, unique within the employer without regard to case and spacing.
    pub name: String,
    /// What sort of organization it is.
    pub kind: ProviderKind,
    /// Where it issues its credentials.
    pub country: Option<CountryCode>,
    /// The region within the country.
    pub region: Option<String>,
    /// Who has accredited it, for what.
    pub accreditation: Option<String>,
    /// How the quality of its courses is assured.
    pub quality_assurance: Option<String>,
    /// Its web site.
    pub website: Option<WebAddress>,
    /// Counts changes, to notice concurrent ones.
    pub version: i32,
}

impl Provider {
    /// A provider of which only the name and kind are known.
    pub fn named(id: ProviderId, name: String, kind: ProviderKind) -> Self {
        Self {
            id,
            name,
            kind,
            country: None,
            region: None,
            accreditation: None,
            quality_assurance: None,
            website: None,
            version: 1,
        }
    }

    /// The form of the name by which two providers are the same.
    pub fn key(&self) -> String {
        search_key(&self.name)
    }
}

/// What sort of organization a provider is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ProviderKind {
    /// A company, training firm or platform.
    Company,
    /// A professional or industry body that certifies.
    ProfessionalBody,
    /// A college or school below university level.
    College,
    /// A university or another institution that awards degrees.
    University,
    /// Several of the above together.
    Partnership,
}

impl ProviderKind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::Company, Self::ProfessionalBody, Self::College, Self::University, Self::Partnership];

    /// The name in the schema, the database and import files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Company => "COMPANY",
            Self::ProfessionalBody => "PROFESSIONAL_BODY",
            Self::College => "COLLEGE",
            Self::University => "UNIVERSITY",
            Self::Partnership => "PARTNERSHIP",
        }
    }

    /// The kind with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The kind that a name suggests, for imports that do not say. It is a guess, and imports report it as such.
    pub fn suggested_by(name: &str) -> Self {
        let name = search_key(name);
        let speaks_of = |words: &[&str]| words.iter().any(|word| name.contains(word));
        if speaks_of(&["multiple educators", "partnership", "consortium", "alliance"]) {
            Self::Partnership
        } else if speaks_of(&[
            "universi",
            "institute of technology",
            "polytech",
            "politecn",
            "business school",
        ]) {
            Self::University
        } else if speaks_of(&["college", "fachschule", "berufsschule"]) {
            Self::College
        } else if speaks_of(&["association", "chamber", "society", "council", "guild", "academy of"]) {
            Self::ProfessionalBody
        } else {
            Self::Company
        }
    }
}

/// The orders in which providers can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ProviderOrder {
    /// By name, without regard to case.
    #[default]
    Name,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_suggests_a_kind() {
        let cases = [
            ("Nordhafen University of Applied Sciences", ProviderKind::University),
            ("Università degli Studi di Esempio", ProviderKind::University),
            ("Example Institute of Technology", ProviderKind::University),
            ("Riverside Community College", ProviderKind::College),
            ("Association of Example Engineers", ProviderKind::ProfessionalBody),
            ("Multiple educators", ProviderKind::Partnership),
            ("Cloudworks Ltd.", ProviderKind::Company),
        ];
        for (name, kind) in cases {
            assert_eq!(ProviderKind::suggested_by(name), kind, "{name}");
        }
    }
}
