//! What a course is about, as ISCED-F 2013 classifies fields of education and training.

use serde::{Deserialize, Serialize};

use crate::kernel::TextError;

/// A field of education: the code of a broad (`06`), narrow (`061`) or detailed (`0612`) field of ISCED-F 2013.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct SubjectArea(String);

/// The broad fields, and the last digits of the narrow fields below them.
const FIELDS: [(&str, &str, &str); 11] = [
    ("00", "Generic programmes and qualifications", "123"),
    ("01", "Education", "1"),
    ("02", "Arts and humanities", "123"),
    ("03", "Social sciences, journalism and information", "12"),
    ("04", "Business, administration and law", "12"),
    ("05", "Natural sciences, mathematics and statistics", "1234"),
    ("06", "Information and Communication Technologies", "1"),
    ("07", "Engineering, manufacturing and construction", "123"),
    ("08", "Agriculture, forestry, fisheries and veterinary", "1234"),
    ("09", "Health and welfare", "12"),
    ("10", "Services", "1234"),
];

/// Third digits that every broad field has: not further defined, inter-disciplinary, not elsewhere classified.
const ANYWHERE: &str = "089";

impl SubjectArea {
    /// Every broad field: its code and its title.
    pub fn broad_fields() -> impl Iterator<Item = (&'static str, &'static str)> {
        FIELDS.iter().map(|(code, title, _)| (*code, *title))
    }

    /// Reads a code of two, three or four digits.
    pub fn parse(code: &str) -> Result<Self, TextError> {
        let digits = (2..=4).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit());
        let known = || {
            let (broad, rest) = code.split_at_checked(2)?;
            let (_, _, narrow) = FIELDS.iter().find(|(field, _, _)| *field == broad)?;
            let fits =
                rest.chars().next().is_none_or(|digit| narrow.contains(digit) || ANYWHERE.contains(digit));
            fits.then_some(())
        };
        if digits && known().is_some() {
            Ok(Self(code.to_owned()))
        } else {
            Err(TextError::Kind {
                value: code.chars().take(20).collect(),
                kind: "a field of ISCED-F 2013, for example 06, 061 or 0612",
            })
        }
    }

    /// The code.
    pub fn code(&self) -> &str {
        &self.0
    }

    /// The code of the broad field.
    pub fn broad(&self) -> &str {
        self.0.get(..2).unwrap_or(&self.0)
    }

    /// The title of the broad field.
    pub fn title(&self) -> &'static str {
        Self::broad_fields().find(|(code, _)| *code == self.broad()).map_or("", |(_, title)| title)
    }

    /// Whether it is science, technology, engineering or mathematics (MINT): the broad fields 05, 06 and 07.
    pub fn stem(&self) -> bool {
        matches!(self.broad(), "05" | "06" | "07")
    }
}

impl From<SubjectArea> for String {
    fn from(area: SubjectArea) -> Self {
        area.0
    }
}

impl TryFrom<String> for SubjectArea {
    type Error = TextError;
    fn try_from(code: String) -> Result<Self, TextError> {
        Self::parse(&code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stem_follows_from_the_broad_field() {
        let stem: Vec<_> = SubjectArea::broad_fields()
            .filter_map(|(code, _)| SubjectArea::parse(code).ok())
            .filter(SubjectArea::stem)
            .map(|area| area.title())
            .collect();
        assert_eq!(
            stem,
            [
                "Natural sciences, mathematics and statistics",
                "Information and Communication Technologies",
                "Engineering, manufacturing and construction"
            ]
        );
        assert_eq!(SubjectArea::parse("0612").map(|area| area.stem()), Ok(true));
        assert_eq!(SubjectArea::parse("0413").map(|area| area.stem()), Ok(false));
    }

    #[test]
    fn only_fields_of_the_classification_are_taken() {
        for good in ["00", "061", "0610", "068", "0732", "1041", "054"] {
            assert!(SubjectArea::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "6", "11", "062", "0620", "06120", "06a", "IT", "０６"] {
            assert!(SubjectArea::parse(bad).is_err(), "{bad}");
        }
    }
}
