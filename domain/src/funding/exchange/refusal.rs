//! Why rates were not set or withdrawn.

use crate::journal::Reused;
use crate::kernel::Refusal;

use super::RateProblem;

/// Rates that one call may set: those of every currency for some months.
pub(in crate::funding) const MOST_SET: usize = 500;
/// Rows that one import may have: those of thirty currencies for a year.
pub(in crate::funding) const MOST_IMPORTED: usize = 10_000;

/// Why rates were not set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetRatesRefusal {
    /// None, or too many at once.
    #[error("a list has 1 to {MOST_SET} rates; this one has {0}")]
    WrongNumber(usize),
    /// One of them cannot be taken.
    #[error("{problem}")]
    Rate {
        /// Its place, counted from 0.
        at: usize,
        /// Why not.
        problem: RateProblem,
    },
    /// A pair and a day stand in the list twice.
    #[error("rate {at} is of the same pair and day as rate {first}; leave one of them out")]
    SetTwice {
        /// Its first place, counted from 0.
        first: usize,
        /// Its second place.
        at: usize,
    },
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for SetRatesRefusal {
    fn path(&self) -> Vec<String> {
        let of = |at: &usize, field: Option<&str>| {
            let place = ["input".to_owned(), "rates".to_owned(), at.to_string()];
            place.into_iter().chain(field.map(str::to_owned)).collect()
        };
        match self {
            Self::WrongNumber(_) => vec!["input".to_owned(), "rates".to_owned()],
            Self::Rate { at, problem } => of(at, Some(problem.field())),
            Self::SetTwice { at, .. } => of(at, None),
            Self::KeyReused(_) => vec!["input".to_owned(), "idempotencyKey".to_owned()],
        }
    }
}

/// Why a file of rates as a whole was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ImportRatesRefusal {
    /// No rows, or too many.
    #[error("a file has 1 to {MOST_IMPORTED} rates; this one has {0}")]
    WrongNumber(usize),
}

impl Refusal for ImportRatesRefusal {}

/// Why a rate was not withdrawn: it was before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the rate was withdrawn already")]
pub struct RateWithdrawn;

impl Refusal for RateWithdrawn {
    fn field(&self) -> &'static [&'static str] {
        &["input", "id"]
    }
}
