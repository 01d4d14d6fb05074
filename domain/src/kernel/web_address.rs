//! Addresses of pages and of concepts.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::TextError;

/// An `http` or `https` address, as typed.
///
/// It is shown and compared, never called by the product itself, so the check is one of form.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct WebAddress(String);

impl WebAddress {
    /// Characters that an address may have.
    pub const LIMIT: usize = 2_000;

    /// Reads an address such as `https://example.org/courses/42`.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let wrong = || TextError::Kind {
            value: text.chars().take(80).collect(),
            kind: "a web address, for example https://example.org/courses/42",
        };
        let length = text.chars().count();
        if length > Self::LIMIT {
            return Err(TextError::TooLong { length, limit: Self::LIMIT });
        }
        let rest =
            text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).ok_or_else(wrong)?;
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        // A user name in an address is a classic way to make it look like another one.
        let plain = !text.contains(|c: char| c.is_whitespace() || c.is_control()) && !host.contains('@');
        if plain && !host.is_empty() && !host.starts_with(['.', ':']) {
            Ok(Self(text.to_owned()))
        } else {
            Err(wrong())
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<WebAddress> for String {
    fn from(address: WebAddress) -> Self {
        address.0
    }
}

impl TryFrom<String> for WebAddress {
    type Error = TextError;
    fn try_from(text: String) -> Result<Self, TextError> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_checked_by_form() {
        for good in ["https://example.org", "http://data.europa.eu/esco/skill/42", "https://a.b:8443/?q=1#x"]
        {
            assert_eq!(WebAddress::parse(good).map(String::from), Ok(good.to_owned()));
        }
        for bad in ["", "example.org", "ftp://a.b", "https://", "https:///x", "https://a b", "https://u@a.b/"]
        {
            assert!(WebAddress::parse(bad).is_err(), "{bad}");
        }
        let long = format!("https://a.b/{}", "x".repeat(2_000));
        assert_eq!(WebAddress::parse(&long), Err(TextError::TooLong { length: 2_012, limit: 2_000 }));
    }
}
