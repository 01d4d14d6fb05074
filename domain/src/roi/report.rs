//! R3: reports of the return on investment. A report is a numbered version that keeps everything it was computed from, so
//! that it can be computed again.

mod refusal;

pub use refusal::{CreateReportRefusal, StatedProblem};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    Benefit, BenefitKind, BenefitStatus, CostSource, DepartmentPart, Estimate, Figures, Intangible, Share,
};
use crate::kernel::{
    BenefitId, Currency, EmployeeId, MinimumGroupSize, Money, Period, ProgramId, RoiReportId, Text,
};

/// One version of the return on investment of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoiReport {
    /// Its id.
    pub id: RoiReportId,
    /// The program.
    pub program: ProgramId,
    /// Which version of the program's, counted from 1.
    pub number: i32,
    /// Everything that it is computed from.
    pub basis: Basis,
    /// What came out.
    pub figures: Figures,
    /// Who made it; none for the installation itself.
    pub created_by: Option<EmployeeId>,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// Everything that a report is computed from, as it was when the report was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Basis {
    /// The currency of all of it.
    pub currency: Currency,
    /// The days whose costs count.
    pub window: Period,
    /// How many people have joined the program. All of them are what a benefit is divided by (R2).
    pub cohort: u64,
    /// The smallest group of people that the employer's reports speak about.
    pub minimum_group_size: MinimumGroupSize,
    /// What money of a year later is worth less.
    pub discount_rate: Share,
    /// What runs beside everything else, as a part of it.
    pub administration: Share,
    /// What was done where data are missing.
    pub missing_data: Vec<MissingData>,
    /// Places in courses of which nobody knows how long they take, so that their hours cost nothing here.
    pub places_without_hours: u64,
    /// The costs.
    pub costs: Vec<CostSource>,
    /// The benefits, those that do not count among them.
    pub benefits: Vec<BenefitTaken>,
    /// What is listed beside, and never told in money (R5).
    pub intangibles: Vec<Intangible>,
    /// The people and the costs by department; nothing in reports that were made before departments were told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departments: Option<Vec<DepartmentPart>>,
}

/// What is done where data are missing. Each of these leans against the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MissingData {
    /// People of whom nothing is known brought nothing.
    NoDataNoBenefit,
    /// People who are in no cost band cost as much as the dearest one.
    HighestBand,
    /// A course whose released time is unknown takes its whole workload out of working time.
    WholeWorkload,
}

impl MissingData {
    /// Every rule; all of them hold in every report.
    pub const ALL: [Self; 3] = [Self::NoDataNoBenefit, Self::HighestBand, Self::WholeWorkload];
}

/// A benefit as a report took it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BenefitTaken {
    /// Which one.
    pub benefit: BenefitId,
    /// In which respect.
    pub kind: BenefitKind,
    /// What it is.
    pub title: String,
    /// What was estimated.
    pub estimates: Vec<Estimate>,
    /// For how many months it is counted.
    pub horizon_months: i32,
    /// At how many people it was seen.
    pub respondents: Option<i32>,
    /// Whether somebody else had confirmed it.
    pub validated: bool,
}

/// What somebody says for a report: what our own records do not know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assumptions {
    /// The days whose costs count.
    pub window: Period,
    /// What money of a year later is worth less, in basis points.
    pub discount_rate: i32,
    /// What runs beside everything else, as a part of it, in basis points.
    pub administration: i32,
    /// Costs that are known elsewhere.
    pub costs: Vec<StatedCost>,
    /// What the program brought that is not told in money.
    pub intangibles: Vec<Intangible>,
}

/// A cost that is known elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatedCost {
    /// What it was for.
    pub kind: super::CostKind,
    /// How much.
    pub amount: Money,
    /// Where that is known from.
    pub source: String,
}

/// Assumptions that can be taken.
pub(super) struct Assumed {
    pub(super) discount_rate: Share,
    pub(super) administration: Share,
    pub(super) costs: Vec<CostSource>,
    pub(super) intangibles: Vec<Intangible>,
}

/// The most lines of one kind that are stated for a report.
const MOST_STATED: usize = 50;

impl From<Benefit> for BenefitTaken {
    fn from(benefit: Benefit) -> Self {
        Self {
            benefit: benefit.id,
            kind: benefit.kind,
            title: benefit.title,
            estimates: benefit.estimates,
            horizon_months: benefit.horizon_months,
            respondents: benefit.respondents,
            validated: benefit.status == BenefitStatus::Validated,
        }
    }
}

impl Assumptions {
    /// The assumptions as a report keeps them, or everything that is wrong with them.
    pub(super) fn read(
        &self,
        currency: Currency,
        today: chrono::NaiveDate,
    ) -> Result<Assumed, Vec<CreateReportRefusal>> {
        let mut refusals = Vec::new();
        if self.window.to() > today {
            refusals.push(CreateReportRefusal::WindowToCome { until: self.window.to(), today });
        }
        let mut share = |points: i32, wrong: fn(super::ShareError) -> CreateReportRefusal| {
            Share::new(points).unwrap_or_else(|error| {
                refusals.push(wrong(error));
                Share::NONE
            })
        };
        let discount_rate = share(self.discount_rate, CreateReportRefusal::InvalidDiscountRate);
        let administration = share(self.administration, CreateReportRefusal::InvalidAdministration);
        for (count, list) in [(self.costs.len(), "costs"), (self.intangibles.len(), "intangibles")] {
            if count > MOST_STATED {
                refusals.push(CreateReportRefusal::TooMany { count, list });
            }
        }
        let mut costs = Vec::with_capacity(self.costs.len());
        for (at, cost) in self.costs.iter().enumerate() {
            match cost.read(currency) {
                Ok(source) => costs.push(source),
                Err(problem) => refusals.push(CreateReportRefusal::Cost { at, problem }),
            }
        }
        let mut intangibles = Vec::with_capacity(self.intangibles.len());
        for (at, intangible) in self.intangibles.iter().enumerate() {
            match Text::note(&intangible.note) {
                Ok(note) => intangibles.push(Intangible { kind: intangible.kind, note: note.into_string() }),
                Err(problem) => refusals.push(CreateReportRefusal::InvalidIntangible { at, problem }),
            }
        }
        if refusals.is_empty() {
            Ok(Assumed { discount_rate, administration, costs, intangibles })
        } else {
            Err(refusals)
        }
    }
}

impl StatedCost {
    fn read(&self, currency: Currency) -> Result<CostSource, StatedProblem> {
        if !self.kind.can_be_stated() {
            return Err(StatedProblem::OnRecord(self.kind));
        }
        if self.amount.currency() != currency {
            return Err(StatedProblem::Currency { given: self.amount.currency(), needed: currency });
        }
        if !self.amount.is_positive() {
            return Err(StatedProblem::NotPositive(self.amount));
        }
        let source = Text::line(&self.source, 500).map_err(StatedProblem::InvalidSource)?;
        Ok(CostSource::Stated { kind: self.kind, amount: self.amount, source: source.into_string() })
    }
}

impl RoiReport {
    /// Whether what was kept still comes to the figures that were kept.
    pub fn holds(&self) -> bool {
        Figures::of(&self.basis) == self.figures
    }
}
