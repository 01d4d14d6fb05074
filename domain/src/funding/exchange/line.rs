//! Exchange rates as a file has them: rows of text, and what becomes of each.

use chrono::NaiveDate;

use crate::kernel::{Currency, MoneyError};

use super::{GivenRate, RateProblem};

/// One row as the file has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the fields are the columns, which RateColumn documents")]
pub struct RateLine {
    /// The line in the file, counted from 1 with the header as line 1, for the report.
    pub line: u32,
    /// Why the row could not be read, when it could not.
    pub unreadable: Option<String>,
    pub day: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub rate: Option<String>,
    pub source: Option<String>,
}

/// The columns of a file of rates. All are required.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RateColumn {
    /// The day, as 2026-01-31.
    Day,
    /// The ISO 4217 code of the currency of prices.
    From,
    /// The ISO 4217 code of the currency of budgets.
    To,
    /// What a unit of the one was worth in the other, such as 0.9231.
    Rate,
    /// Who says so: 1 to 200 characters.
    Source,
}

impl RateColumn {
    /// Every column.
    pub const ALL: [Self; 5] = [Self::Day, Self::From, Self::To, Self::Rate, Self::Source];

    /// The name of the column in a file's header.
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::From => "from",
            Self::To => "to",
            Self::Rate => "rate",
            Self::Source => "source",
        }
    }
}

/// Why a row was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RateRowProblem {
    /// The row could not be read at all.
    #[error("{0}")]
    Unreadable(String),
    /// A cell is empty.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// No currency.
    #[error("{column} {error}")]
    Currency {
        /// The column.
        column: &'static str,
        /// Why not.
        error: MoneyError,
    },
    /// No day.
    #[error("day '{0}' is not a date such as 2026-01-31")]
    Day(String),
    /// The rate cannot be taken.
    #[error(transparent)]
    Rate(#[from] RateProblem),
    /// The pair and the day stand in the file before.
    #[error("the pair and the day stand on line {0} already")]
    Duplicate(u32),
}

impl RateLine {
    /// Reads the texts.
    pub(in crate::funding) fn given(&self) -> Result<GivenRate, RateRowProblem> {
        if let Some(reason) = self.unreadable.clone() {
            return Err(RateRowProblem::Unreadable(reason));
        }
        let day = filled(RateColumn::Day, self.day.as_ref())?;
        Ok(GivenRate {
            day: read_day(&day).ok_or(RateRowProblem::Day(day))?,
            from: currency(RateColumn::From, self.from.as_ref())?,
            to: currency(RateColumn::To, self.to.as_ref())?,
            rate: filled(RateColumn::Rate, self.rate.as_ref())?,
            source: filled(RateColumn::Source, self.source.as_ref())?,
        })
    }

    /// What people call the row: its day and its pair, as far as they are there.
    pub fn label(&self) -> String {
        let cells = [&self.day, &self.from, &self.to].map(|cell| cell.as_deref().unwrap_or_default().trim());
        cells.join(" ").trim().to_owned()
    }
}

fn filled(column: RateColumn, cell: Option<&String>) -> Result<String, RateRowProblem> {
    let cell = cell.map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    cell.map(str::to_owned).ok_or(RateRowProblem::Missing(column.name()))
}

fn currency(column: RateColumn, cell: Option<&String>) -> Result<Currency, RateRowProblem> {
    let code = filled(column, cell)?;
    Currency::parse(&code).map_err(|error| RateRowProblem::Currency { column: column.name(), error })
}

fn read_day(text: &str) -> Option<NaiveDate> {
    let plausible = NaiveDate::from_ymd_opt(1900, 1, 1)..NaiveDate::from_ymd_opt(2200, 1, 1);
    text.parse().ok().filter(|day| plausible.contains(&Some(*day)))
}
