//! Costs: what a program took, each line with where it comes from.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::departments::Workplace;
use super::exact::{part, rounded};
use crate::kernel::{CostBandId, Currency, Money, Rate};

/// What was paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CostKind {
    /// Courses, as the ledger has them.
    Funding,
    /// Working time that went into learning: what people were released for, or what they logged, whichever is more.
    ReleasedTime,
    /// Working time of mentors and of those they mentor.
    MentoringTime,
    /// What runs beside: a part of everything else.
    Administration,
    /// Travel and lodging.
    Travel,
    /// Books, licenses, equipment.
    Materials,
    /// Rooms.
    Facilities,
    /// Finding out what it brought.
    Evaluation,
}

impl CostKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Funding,
        Self::ReleasedTime,
        Self::MentoringTime,
        Self::Administration,
        Self::Travel,
        Self::Materials,
        Self::Facilities,
        Self::Evaluation,
    ];

    /// The name in the schema.
    pub fn name(self) -> &'static str {
        match self {
            Self::Funding => "FUNDING",
            Self::ReleasedTime => "RELEASED_TIME",
            Self::MentoringTime => "MENTORING_TIME",
            Self::Administration => "ADMINISTRATION",
            Self::Travel => "TRAVEL",
            Self::Materials => "MATERIALS",
            Self::Facilities => "FACILITIES",
            Self::Evaluation => "EVALUATION",
        }
    }

    /// Whether somebody may state it by hand. What our own records know is not stated beside them.
    pub fn can_be_stated(self) -> bool {
        !matches!(self, Self::Funding | Self::ReleasedTime | Self::Administration)
    }
}

/// Where a cost comes from, with everything that it is computed from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum CostSource {
    /// The ledgers of budgets.
    Ledger {
        /// What was spent, less what came back.
        spent: Money,
        /// In how many entries.
        entries: u64,
        /// The rate it is converted at, where the budgets are in another currency than the report.
        converted_at: Option<RateUsed>,
    },
    /// Hours of people, at what an hour of theirs costs.
    Hours {
        /// What the hours went into.
        kind: CostKind,
        /// Of how many people.
        people: u64,
        /// The hours by cost band. Those of several bands are told together where one of them has too few people to be
        /// told about alone (R7).
        parts: Vec<PricedHours>,
    },
    /// Somebody stated it when the report was made.
    Stated {
        /// What it was for.
        kind: CostKind,
        /// How much.
        amount: Money,
        /// Where that is known from.
        source: String,
    },
    /// A part of everything else.
    Share {
        /// Of how much.
        of: Money,
    },
}

/// A rate between currencies, frozen in a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RateUsed {
    /// What a unit was worth in the report's currency.
    pub rate: Rate,
    /// The day it was of.
    pub day: NaiveDate,
    /// Who said so.
    pub source: String,
}

/// A cost band, frozen in a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BandUsed {
    /// What told it apart.
    pub code: String,
    /// What an hour cost.
    pub hourly_cost: Money,
    /// Whether it was assumed for people who were in none.
    pub assumed: bool,
}

/// Hours of people in one cost band, as it was then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PricedHours {
    /// How many minutes.
    pub minutes: i64,
    /// What an hour costs.
    pub band: BandUsed,
}

/// Hours as the records have them, before they are priced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// What they went into.
    pub kind: CostKind,
    /// Where the people work.
    pub workplace: Workplace,
    /// The band of the people, if they are in one.
    pub band: Option<CostBandId>,
    /// How many minutes.
    pub minutes: i64,
    /// Of how many people.
    pub people: u64,
}

/// What the ledgers of one currency spent on people who work in one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spend {
    /// Where they work.
    pub workplace: Workplace,
    /// How much, less what came back.
    pub amount: Money,
    /// In how many entries.
    pub entries: u64,
    /// For how many people.
    pub people: u64,
}

/// One line of a report's costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CostLine {
    /// What was paid for.
    pub kind: CostKind,
    /// How much, in the report's currency.
    pub amount: Money,
}

impl CostSource {
    /// The line of a report that it makes.
    pub(super) fn line(&self, currency: Currency, administration: super::Share) -> CostLine {
        match self {
            Self::Ledger { spent, converted_at, .. } => {
                let amount = converted(*spent, converted_at.as_ref(), currency);
                CostLine { kind: CostKind::Funding, amount }
            }
            Self::Hours { kind, parts, .. } => {
                let worth = |hours: &PricedHours| {
                    i128::from(hours.band.hourly_cost.minor()).saturating_mul(hours.minutes.into())
                };
                let worth = parts.iter().map(worth).fold(0, i128::saturating_add);
                CostLine { kind: *kind, amount: rounded(worth, 60, currency) }
            }
            Self::Stated { kind, amount, .. } => CostLine { kind: *kind, amount: *amount },
            Self::Share { of } => {
                let amount = part(*of, administration.basis_points().into(), 10_000);
                CostLine { kind: CostKind::Administration, amount }
            }
        }
    }

    /// What some of it costs: of a ledger so many minor units, of hours so many minutes times what an hour costs, and of
    /// what nobody knows by person the share of so many people of the cohort.
    pub(super) fn of_it(&self, taken: i64, cohort: u64, currency: Currency) -> Money {
        match self {
            Self::Ledger { spent, converted_at, .. } => {
                converted(Money::sum(taken, spent.currency()), converted_at.as_ref(), currency)
            }
            Self::Hours { .. } => rounded(taken.into(), 60, currency),
            Self::Stated { amount, .. } | Self::Share { of: amount } => {
                part(*amount, taken.into(), cohort.into())
            }
        }
    }
}

fn converted(spent: Money, at: Option<&RateUsed>, currency: Currency) -> Money {
    at.map_or(spent, |at| at.rate.convert(spent, currency).unwrap_or(spent))
}
