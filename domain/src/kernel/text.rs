//! Texts that people type: trimmed, bounded, without control characters.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A non-empty text of bounded length without control characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(String);

/// Why a text cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("must not be empty")]
    Empty,
    /// Longer than the field allows.
    #[error("has {length} characters; at most {limit} are allowed")]
    TooLong {
        /// Characters given.
        length: usize,
        /// Characters allowed.
        limit: usize,
    },
    /// A character that no text of this kind has.
    #[error("has a control character at position {position}")]
    Control {
        /// Counted in characters from 1.
        position: usize,
    },
    /// The value is not of its kind.
    #[error("'{value}' is not {kind}")]
    Kind {
        /// The value as given, shortened.
        value: String,
        /// What would be right, with an example.
        kind: &'static str,
    },
}

impl Text {
    /// Characters that a name or title may have.
    pub const NAME: usize = 200;
    /// Characters that a note or summary may have.
    pub const NOTE: usize = 4_000;

    /// A text of one line.
    pub fn line(text: &str, limit: usize) -> Result<Self, TextError> {
        Self::checked(text, limit, char::is_control)
    }

    /// A text that may have line breaks and tabs.
    pub fn paragraph(text: &str, limit: usize) -> Result<Self, TextError> {
        Self::checked(text, limit, |c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
    }

    /// A remark in sentences.
    pub fn note(text: &str) -> Result<Self, TextError> {
        Self::paragraph(text, Self::NOTE)
    }

    /// A text that may be left out, but not be empty.
    pub fn optional(
        text: Option<&str>,
        read: impl Fn(&str) -> Result<Self, TextError>,
    ) -> Result<Option<String>, TextError> {
        text.map(|text| read(text).map(Self::into_string)).transpose()
    }

    fn checked(text: &str, limit: usize, forbidden: impl Fn(char) -> bool) -> Result<Self, TextError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(TextError::Empty);
        }
        if let Some(place) = text.chars().position(forbidden) {
            return Err(TextError::Control { position: place.saturating_add(1) });
        }
        let length = text.chars().count();
        if length > limit {
            return Err(TextError::TooLong { length, limit });
        }
        Ok(Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The form in which texts are searched and sorted: lower case, single spaces.
///
/// It is stored beside the text, because the two databases disagree about case outside ASCII.
pub fn search_key(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An ISO 3166-1 alpha-2 country code such as `DE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// Reads two capital letters.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        match text.as_bytes() {
            [a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => Ok(Self([*a, *b])),
            _ => Err(TextError::Kind {
                value: text.chars().take(20).collect(),
                kind: "an ISO 3166-1 country code of two capital letters, for example DE",
            }),
        }
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|letter| write!(f, "{}", char::from(*letter)))
    }
}

impl From<CountryCode> for String {
    fn from(code: CountryCode) -> Self {
        code.to_string()
    }
}

impl TryFrom<String> for CountryCode {
    type Error = TextError;
    fn try_from(text: String) -> Result<Self, TextError> {
        Self::parse(&text)
    }
}

/// A language as BCP 47 writes it in its commonest form: `en`, `de-AT`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LanguageTag(String);

impl LanguageTag {
    /// Reads a language of two or three small letters with an optional region of two capitals.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let (language, region) = text.split_once('-').map_or((text, None), |(l, r)| (l, Some(r)));
        let language_fits =
            matches!(language.len(), 2 | 3) && language.bytes().all(|b| b.is_ascii_lowercase());
        let region_fits = region.is_none_or(|r| r.len() == 2 && r.bytes().all(|b| b.is_ascii_uppercase()));
        if language_fits && region_fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(TextError::Kind {
                value: text.chars().take(20).collect(),
                kind: "a language tag, for example en or de-AT",
            })
        }
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_trimmed_and_bounded() {
        assert_eq!(Text::line("  Ada \t", 3).map(Text::into_string), Ok("Ada".to_owned()));
        assert_eq!(Text::line("Adam", 3), Err(TextError::TooLong { length: 4, limit: 3 }));
        assert_eq!(Text::line(" \u{a0} ", 3), Err(TextError::Empty));
        assert_eq!(Text::line("a\nb", 9), Err(TextError::Control { position: 2 }));
        assert_eq!(Text::paragraph("a\nb", 9).map(Text::into_string), Ok("a\nb".to_owned()));
        assert_eq!(Text::paragraph("a\0b", 9), Err(TextError::Control { position: 2 }));
    }

    #[test]
    fn search_keys_fold_case_beyond_ascii() {
        assert_eq!(search_key("  Émile  ZOLA "), "émile zola");
    }

    #[test]
    fn codes_are_checked_by_form() {
        assert_eq!(CountryCode::parse("DE").map(|code| code.to_string()), Ok("DE".to_owned()));
        assert!(CountryCode::parse("de").is_err() && CountryCode::parse("DEU").is_err());
        assert!(LanguageTag::parse("en").is_ok() && LanguageTag::parse("de-AT").is_ok());
        assert!(LanguageTag::parse("English").is_err() && LanguageTag::parse("en-us").is_err());
    }
}
