//! Cost bands: what an hour of a group of employees costs the employer, wages and everything that comes with them.

use crate::journal::Reused;
use crate::kernel::{CostBandId, Currency, Money, Refusal, Text, TextError};
use serde::Serialize;

/// What an hour of a group of employees costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostBand {
    /// Its id.
    pub id: CostBandId,
    /// What tells it apart.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What an hour costs.
    pub hourly_cost: Money,
    /// Counts changes.
    pub version: i32,
}

/// A cost band as somebody puts it down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GivenBand {
    /// What tells it apart.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What an hour costs.
    pub hourly_cost: Money,
}

/// The most bands of an employer: they are bands so that nobody's own wage is told by them.
pub(super) const MOST_BANDS: usize = 100;
/// The most people who are put into a band at once.
pub(super) const MOST_PLACED: usize = 500;

/// What is wrong with a band.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BandProblem {
    /// The code cannot be taken.
    #[error("the code {0}")]
    InvalidCode(TextError),
    /// The name cannot be taken.
    #[error("the name {0}")]
    InvalidName(TextError),
    /// Reports are in the employer's currency.
    #[error("the hour is priced in {given}, but the employer's reports are in {needed}")]
    Currency {
        /// What it is in.
        given: Currency,
        /// What it has to be in.
        needed: Currency,
    },
    /// Nothing, or less.
    #[error("an hour cannot cost {0}; give more than 0")]
    NotPositive(Money),
    /// The code is in the list before.
    #[error("the code '{0}' is in the list twice")]
    Twice(String),
}

/// Why cost bands were not set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetBandsRefusal {
    /// No band, or too many.
    #[error("{0} bands cannot be set at once; give 1 to {MOST_BANDS}")]
    WrongNumber(usize),
    /// There would be more than an employer may have.
    #[error("there would be {0} bands; an employer has at most {MOST_BANDS}")]
    TooMany(usize),
    /// One of them cannot be taken.
    #[error("{problem}")]
    Band {
        /// Its place in the list.
        at: usize,
        /// What is wrong with it.
        problem: BandProblem,
    },
    /// The key was used with another input.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for SetBandsRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::KeyReused(_) => &["input", "idempotencyKey"],
            _ => &["input", "bands"],
        }
    }

    fn path(&self) -> Vec<String> {
        let mut path: Vec<String> = self.field().iter().map(|&step| step.to_owned()).collect();
        if let Self::Band { at, problem } = self {
            let field = match problem {
                BandProblem::InvalidCode(_) | BandProblem::Twice(_) => "code",
                BandProblem::InvalidName(_) => "name",
                BandProblem::Currency { .. } | BandProblem::NotPositive(_) => "hourlyCost",
            };
            path.extend([at.to_string(), field.to_owned()]);
        }
        path
    }
}

/// Why people were not put into a cost band.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlaceInBandRefusal {
    /// Nobody, or too many.
    #[error("{0} people cannot be put into a band at once; give 1 to {MOST_PLACED}")]
    WrongNumber(usize),
}

impl Refusal for PlaceInBandRefusal {
    fn field(&self) -> &'static [&'static str] {
        &["input", "employeeIds"]
    }
}

impl GivenBand {
    /// The band with what tells it apart read, or what is wrong with it.
    fn read(&self, currency: Currency) -> Result<Self, BandProblem> {
        let code = Text::line(&self.code, 40).map_err(BandProblem::InvalidCode)?.into_string();
        let name = Text::line(&self.name, Text::NAME).map_err(BandProblem::InvalidName)?.into_string();
        if self.hourly_cost.currency() != currency {
            return Err(BandProblem::Currency { given: self.hourly_cost.currency(), needed: currency });
        }
        if !self.hourly_cost.is_positive() {
            return Err(BandProblem::NotPositive(self.hourly_cost));
        }
        Ok(Self { code, name, hourly_cost: self.hourly_cost })
    }
}

/// A list of bands as they are set, or everything that is wrong with it.
pub(super) fn read_bands(
    bands: &[GivenBand],
    currency: Currency,
) -> Result<Vec<GivenBand>, Vec<SetBandsRefusal>> {
    if !(1..=MOST_BANDS).contains(&bands.len()) {
        return Err(vec![SetBandsRefusal::WrongNumber(bands.len())]);
    }
    let (mut read, mut refusals) = (Vec::<GivenBand>::with_capacity(bands.len()), Vec::new());
    for (at, band) in bands.iter().enumerate() {
        match band.read(currency) {
            Ok(band) if read.iter().any(|other| other.code == band.code) => {
                refusals.push(SetBandsRefusal::Band { at, problem: BandProblem::Twice(band.code) });
            }
            Ok(band) => read.push(band),
            Err(problem) => refusals.push(SetBandsRefusal::Band { at, problem }),
        }
    }
    if refusals.is_empty() { Ok(read) } else { Err(refusals) }
}

impl CostBand {
    /// The band as it is with what was given: the one of the same code changed, or a new one. `None` where nothing is new.
    pub(super) fn beside(known: Option<&Self>, given: &GivenBand, id: CostBandId) -> Option<Self> {
        let GivenBand { code, name, hourly_cost } = given.clone();
        match known {
            Some(known) if known.name == name && known.hourly_cost == hourly_cost => None,
            Some(known) => {
                Some(Self { id: known.id, code, name, hourly_cost, version: known.version.saturating_add(1) })
            }
            None => Some(Self { id, code, name, hourly_cost, version: 1 }),
        }
    }
}
