//! The lines of reports.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::roi::{self as domain, CostSource};

use super::Benefit;
use super::benefits::BenefitEstimate;
use crate::graphql::error::Isolated;
use crate::graphql::roi::inputs::{BenefitKind, IntangibleKind, RoiBenefitLeftOut, RoiCostKind};
use crate::graphql::scalars::{Date, Decimal, Money};

/// One line of a report's costs, with where it comes from.
#[derive(SimpleObject)]
pub(crate) struct RoiCostLine {
    /// What was paid for.
    kind: RoiCostKind,
    /// How much, in the report's currency, rounded to its minor units.
    amount: Money,
    /// Where it comes from, in words.
    source: String,
    /// Of a line from ledgers: what was spent less what came back, in the currency of the budgets. Null of others.
    spent: Option<Money>,
    /// Of a line from ledgers: in how many entries. Null of others.
    ledger_entries: Option<i32>,
    /// Of a line from ledgers in another currency: what a unit of it was worth in the report's. Null of others.
    exchange_rate: Option<RoiExchangeRate>,
    /// Of a line of hours: how many minutes. Null of others.
    minutes: Option<i32>,
    /// Of a line of hours: what an hour cost. There are several where one of the bands has fewer people than the minimum
    /// group size, so that it is only told together with others. Empty of other lines.
    hourly_costs: Vec<RoiHourlyCost>,
}

/// What an hour of people in a cost band cost, as it was then.
#[derive(SimpleObject)]
pub(crate) struct RoiHourlyCost {
    /// The code of the band.
    cost_band_code: String,
    /// What an hour cost.
    hourly_cost: Money,
    /// Whether the band was assumed, because the people were in none.
    assumed: bool,
}

impl From<&domain::BandUsed> for RoiHourlyCost {
    fn from(band: &domain::BandUsed) -> Self {
        Self {
            cost_band_code: band.code.clone(),
            hourly_cost: band.hourly_cost.into(),
            assumed: band.assumed,
        }
    }
}

/// The rate at which a line of a report was converted, as it was then.
#[derive(SimpleObject)]
pub(crate) struct RoiExchangeRate {
    /// What a unit of the budgets' currency was worth in the report's.
    rate: Decimal,
    /// The day it was of.
    day: Date,
    /// Who said so.
    source: String,
}

impl RoiCostLine {
    /// The lines of a report: one for each source, and the administration share.
    pub(super) fn of(report: &domain::RoiReport) -> Vec<Self> {
        let administration = report.basis.administration;
        let sources = report.basis.costs.iter().map(Some).chain([None]);
        let lines = report.figures.costs.iter().zip(sources);
        lines
            .map(|(line, source)| match source {
                Some(source) => Self::from_source(*line, source),
                None => Self::plain(*line, format!("{administration} of all other costs")),
            })
            .collect()
    }

    fn plain(line: domain::CostLine, source: String) -> Self {
        Self {
            kind: line.kind.into(),
            amount: line.amount.into(),
            source,
            spent: None,
            ledger_entries: None,
            exchange_rate: None,
            minutes: None,
            hourly_costs: Vec::new(),
        }
    }

    fn from_source(line: domain::CostLine, source: &CostSource) -> Self {
        match source {
            CostSource::Ledger { spent, entries, converted_at } => Self {
                spent: Some((*spent).into()),
                ledger_entries: i32::try_from(*entries).ok(),
                exchange_rate: converted_at.as_ref().map(|at| RoiExchangeRate {
                    rate: Decimal(at.rate.to_string()),
                    day: Date(at.day),
                    source: at.source.clone(),
                }),
                ..Self::plain(line, format!("{entries} entries of budgets in {}", spent.currency()))
            },
            CostSource::Hours { parts, .. } => {
                let minutes = parts.iter().map(|part| part.minutes).sum();
                Self {
                    minutes: i32::try_from(minutes).ok(),
                    hourly_costs: parts.iter().map(|part| (&part.band).into()).collect(),
                    ..Self::plain(line, hours(minutes, parts))
                }
            }
            CostSource::Stated { source, .. } => Self::plain(line, source.clone()),
            CostSource::Share { of } => Self::plain(line, format!("a part of {of}")),
        }
    }
}

fn hours(minutes: i64, parts: &[domain::PricedHours]) -> String {
    let whose = |domain::PricedHours { band, .. }: &domain::PricedHours| {
        let people = if band.assumed { "people in no band, priced as" } else { "people in" };
        format!("{people} {} at {} an hour", band.code, band.hourly_cost)
    };
    let whose: Vec<String> = parts.iter().map(whose).collect();
    format!("{minutes} minutes of {}", whose.join(" and "))
}

/// An amount, and how far it may be off.
#[derive(SimpleObject)]
pub(crate) struct RoiRange {
    /// With the doubt of the source taken off once more.
    low: Money,
    /// What counts: the value, times the part that is due to the program, times how sure the source is.
    expected: Money,
    /// With no doubt taken off.
    high: Money,
}

impl From<domain::Range> for RoiRange {
    fn from(range: domain::Range) -> Self {
        Self { low: range.low.into(), expected: range.expected.into(), high: range.high.into() }
    }
}

/// A benefit as a report took it.
pub(crate) struct RoiBenefitLine {
    taken: domain::BenefitTaken,
    line: domain::BenefitLine,
}

impl RoiBenefitLine {
    /// The benefits of a report, those that do not count among them.
    pub(super) fn of(report: &domain::RoiReport) -> Vec<Self> {
        let lines = report.basis.benefits.iter().zip(&report.figures.benefits);
        lines.map(|(taken, line)| Self { taken: taken.clone(), line: line.clone() }).collect()
    }
}

/// A benefit as a report took it, whatever became of it since.
#[Object]
impl RoiBenefitLine {
    /// The benefit as it is now.
    async fn benefit(&self, ctx: &Context<'_>) -> Isolated<Benefit> {
        Benefit::load(ctx, self.taken.benefit).await.transpose()
    }

    /// In which respect.
    async fn kind(&self) -> BenefitKind {
        self.taken.kind.into()
    }

    /// What it is.
    async fn title(&self) -> &str {
        &self.taken.title
    }

    /// What was estimated.
    async fn estimates(&self) -> Vec<BenefitEstimate> {
        self.taken.estimates.iter().map(Into::into).collect()
    }

    /// For how many months it is counted.
    async fn horizon_months(&self) -> i32 {
        self.taken.horizon_months
    }

    /// At how many people it was seen; null where it is not a matter of people.
    async fn respondents(&self) -> Option<i32> {
        self.taken.respondents
    }

    /// The place of the estimate that counts, from 0: of those that differ, the one that expects least. Null when none does.
    async fn counted_estimate(&self) -> Option<i32> {
        self.line.counted.and_then(|counted| i32::try_from(counted.estimate).ok())
    }

    /// What it counts with in a year; null when it does not count.
    async fn annual(&self) -> Option<RoiRange> {
        self.line.counted.map(|counted| counted.annual.into())
    }

    /// What it counts with over its horizon; null when it does not count.
    async fn over_horizon(&self) -> Option<RoiRange> {
        self.line.counted.map(|counted| counted.over_horizon.into())
    }

    /// Why it does not count; null when it does.
    async fn left_out(&self) -> Option<RoiBenefitLeftOut> {
        self.line.left_out.map(Into::into)
    }
}

/// What a program brought that is not told in money.
#[derive(SimpleObject)]
pub(crate) struct RoiIntangible {
    /// In which respect.
    kind: IntangibleKind,
    /// What was seen.
    note: String,
}

impl From<&domain::Intangible> for RoiIntangible {
    fn from(intangible: &domain::Intangible) -> Self {
        Self { kind: intangible.kind.into(), note: intangible.note.clone() }
    }
}
