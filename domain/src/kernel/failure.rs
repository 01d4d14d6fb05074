//! The two ways in which a use case does not do what it was asked.
//!
//! A *refusal* is an answer: a rule said no, and the caller is told which and what would be allowed. Every command has
//! its own enum of refusals. A *fault* is anything else: the caller may not, the thing is not there, the input is no
//! input, the database is away. Faults are few and shared.

use std::error::Error;

/// What stops a use case before or beyond its rules.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// Visible, but not allowed to this actor. The text says who may.
    #[error("{0}")]
    Forbidden(String),
    /// Not there, or not visible to this actor: the two are not told apart.
    #[error("no {what} with id {id}")]
    NotFound {
        /// The type that was asked for, as the schema names it.
        what: &'static str,
        /// The id as it would be written on the wire.
        id: String,
    },
    /// An argument that cannot be meant.
    #[error("{message}")]
    Invalid {
        /// The path of the argument, outermost first.
        field: &'static str,
        /// What was wrong, with the value, and what would be right.
        message: String,
    },
    /// Somebody else changed the thing in between; reading it again and repeating helps.
    #[error("{0}")]
    Conflict(String),
    /// The store does not answer now; repeating later helps.
    #[error("the store does not answer: {0}")]
    Unavailable(String),
    /// A defect. The source is for the log, never for the caller.
    #[error("{context}")]
    Internal {
        /// What was being done.
        context: String,
        /// What failed below, if anything.
        #[source]
        source: Option<Box<dyn Error + Send + Sync>>,
    },
}

impl Fault {
    /// Stored data that contradicts a rule of the domain.
    pub fn inconsistent(context: impl Into<String>) -> Self {
        Self::Internal { context: context.into(), source: None }
    }

    /// Not there, or not visible.
    pub fn not_found<I: super::TypedId>(id: I) -> Self {
        Self::NotFound { what: I::NAME, id: id.to_string() }
    }
}

/// Whether the version that the caller saw, if it matters to them, is the stored one still.
pub fn check_version(what: &str, expected: Option<i32>, actual: i32) -> Result<(), Fault> {
    match expected.filter(|expected| *expected != actual) {
        Some(expected) => Err(Fault::Conflict(format!(
            "the {what} has changed since: expected version {expected}, it is now {actual}; read it again"
        ))),
        None => Ok(()),
    }
}

/// What every command's refusal can say about itself.
pub trait Refusal: std::fmt::Display {
    /// The path of the input field at fault, outermost first; empty when it is the request as a whole.
    fn field(&self) -> &'static [&'static str] {
        &[]
    }

    /// The same, for refusals that speak of one place in a list and so know the path only when they happen.
    fn path(&self) -> Vec<String> {
        self.field().iter().map(|&step| step.to_owned()).collect()
    }
}

/// Everything for which a command did not do what it was asked, where it tells more than the first. Never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusals<R>(pub Vec<R>);

impl<R: std::fmt::Display> std::fmt::Display for Refusals<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (place, refusal) in self.0.iter().enumerate() {
            f.write_str(if place == 0 { "" } else { "; " })?;
            refusal.fmt(f)?;
        }
        Ok(())
    }
}

impl<R: Refusal> Refusal for Refusals<R> {
    fn field(&self) -> &'static [&'static str] {
        self.0.first().map_or(&[], Refusal::field)
    }
}

impl<R> From<R> for Refusals<R> {
    fn from(refusal: R) -> Self {
        Self(vec![refusal])
    }
}

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub enum Failure<R> {
    /// A rule said no; nothing was written.
    Refused(R),
    /// Something else stood in the way; nothing was written.
    Fault(Fault),
}

impl<R> Failure<R> {
    /// The same with another refusal, as a command tells it that did this as a part of what it does.
    pub fn map<S>(self, refusal: impl FnOnce(R) -> S) -> Failure<S> {
        match self {
            Self::Refused(why) => Failure::Refused(refusal(why)),
            Self::Fault(fault) => Failure::Fault(fault),
        }
    }

    /// The same from a command that tells more than the first refusal.
    pub fn of_several(self) -> Failure<Refusals<R>> {
        self.map(Refusals::from)
    }
}

impl<R> From<Fault> for Failure<R> {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl<R: Refusal> From<R> for Failure<R> {
    fn from(refusal: R) -> Self {
        Self::Refused(refusal)
    }
}
