//! What is said when the settings cannot be used.

use std::fmt;
use std::path::PathBuf;

/// One setting that was refused: which, what it held, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The key, as `section.key`, or the name of the environment variable that set it.
    pub key: String,
    /// The value that was found, with secrets masked.
    pub value: String,
    /// What is wrong with it and what to write instead.
    pub remedy: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {}: {}", self.key, self.value, self.remedy)
    }
}

/// Why the settings could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file is missing, or may not be read.
    #[error("cannot read the configuration file {}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The file is not TOML.
    #[error("the configuration file {} is not valid TOML: {source}", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// Where it stops being TOML.
        source: Box<toml::de::Error>,
    },
    /// Some settings are unknown or wrong. All that were found are listed, so that they can be put right in one go.
    #[error("the configuration was refused:{}", listed(.0))]
    Refused(Vec<Refusal>),
}

fn listed(refusals: &[Refusal]) -> String {
    refusals.iter().fold(String::new(), |list, refusal| format!("{list}\n  {refusal}"))
}
