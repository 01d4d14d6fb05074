//! R1, R2 and R4: from what a report is based on to its figures. Pure, exact, and the same for ever.
//!
//! * An estimate counts with its value times the part that is due to the program times how sure the source is. That is
//!   what is *expected*. *Low* takes the doubt off once more; *high* does not take it off at all.
//! * Where estimates differ, the one that expects least counts.
//! * Every line is rounded to minor units once, half to even, and sums are sums of lines.

use serde::{Deserialize, Serialize};

use super::exact::{Fixed, rounded, total};
use super::present_value::MonthlyDiscount;
use super::{Basis, BenefitTaken, CostLine, CostSource, DepartmentFigures, Estimate, Share};
use crate::kernel::{BenefitId, Currency, Money};

/// The figures of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// The costs: a line for each source, in their order, and the administration share at the end, where there is one of
    /// something.
    pub costs: Vec<CostLine>,
    /// What they come to.
    pub cost: Money,
    /// The benefits, in their order: those that count and those that do not.
    pub benefits: Vec<BenefitLine>,
    /// What comes of it; none where no benefit counts.
    pub outcomes: Option<Outcomes>,
    /// Why there is no ratio, where there is none.
    pub no_ratio: Option<NoRatio>,
    /// What of it is whose; nothing in reports that were made before departments were told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departments: Option<Vec<DepartmentFigures>>,
}

/// A benefit in a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BenefitLine {
    /// Which one.
    pub benefit: BenefitId,
    /// What it counts with, if it counts.
    pub counted: Option<Counted>,
    /// Why it does not, if it does not.
    pub left_out: Option<LeftOut>,
}

/// What a benefit counts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Counted {
    /// The place of the estimate that counts.
    pub estimate: usize,
    /// In a year.
    pub annual: Range,
    /// Over its horizon.
    pub over_horizon: Range,
}

/// An amount and how far it may be off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// At least.
    pub low: Money,
    /// What counts.
    pub expected: Money,
    /// At most.
    pub high: Money,
}

/// Why a benefit does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LeftOut {
    /// Nobody else than who recorded it has confirmed it.
    NotValidated,
    /// Nobody said which part is due to the program.
    NoIsolation,
    /// It was seen at more people than took part.
    MoreThanTheCohort,
}

/// Why there is no ratio of benefit to cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum NoRatio {
    /// Nothing was spent, and nothing divides by nothing.
    NoCost,
    /// No benefit counts, and no data is no benefit.
    NoBenefit,
}

impl NoRatio {
    /// The name in the schema.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoCost => "NO_COST",
            Self::NoBenefit => "NO_BENEFIT",
        }
    }
}

/// What comes of a program: at least, as expected, and at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcomes {
    /// With the low end of every benefit.
    pub low: Outcome,
    /// With what is expected of every benefit.
    pub expected: Outcome,
    /// With the high end of every benefit.
    pub high: Outcome,
}

/// What comes of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// All benefits over their horizons.
    pub benefit: Money,
    /// Those less the cost.
    pub net: Money,
    /// Those less the cost as a percentage of the cost.
    pub roi_percent: Option<Fixed<2>>,
    /// Benefit by cost.
    pub benefit_cost_ratio: Option<Fixed<4>>,
    /// After how many months the benefit of a year makes up for the cost.
    pub payback_months: Option<Fixed<2>>,
    /// What it is all worth today: costs at once, benefits at the end of every month of their horizons.
    pub net_present_value: Money,
}

/// What an estimate is worth in a year, exactly: whole numbers over [`Worth::PARTS`].
#[derive(Clone, Copy)]
struct Worth {
    low: i128,
    expected: i128,
    high: i128,
}

impl Worth {
    /// A part is due to the program, and doubt is taken off up to twice: three times ten thousand.
    const PARTS: i128 = 1_000_000_000_000;

    fn of(estimate: &Estimate) -> Option<Self> {
        let isolation = estimate.isolation?.share;
        let times = |amount: i128, share: Share| amount.saturating_mul(share.basis_points().into());
        let due = times(i128::from(estimate.annual_value.minor()), isolation);
        let sure = |amount: i128| times(amount, estimate.confidence);
        let all = |amount: i128| times(amount, Share::ALL);
        Some(Self { low: sure(sure(due)), expected: all(sure(due)), high: all(all(due)) })
    }

    /// Over some months, in minor units.
    fn over(self, months: i32, currency: Currency) -> Range {
        let of = |worth: i128| {
            rounded(worth.saturating_mul(months.into()), Self::PARTS.saturating_mul(12), currency)
        };
        Range { low: of(self.low), expected: of(self.expected), high: of(self.high) }
    }
}

impl Figures {
    /// The figures of a report.
    pub fn of(basis: &Basis) -> Self {
        let currency = basis.currency;
        let lines = basis.costs.iter().map(|source| source.line(currency, basis.administration));
        let mut costs: Vec<CostLine> = lines.collect();
        let before = total(costs.iter().map(|line| line.amount), currency);
        if basis.administration > Share::NONE && before.is_positive() {
            costs.push(CostSource::Share { of: before }.line(currency, basis.administration));
        }
        let cost = total(costs.iter().map(|line| line.amount), currency);
        let benefits: Vec<_> = basis.benefits.iter().map(|taken| taken.line(basis)).collect();
        let counted: Vec<(i32, Counted)> = basis
            .benefits
            .iter()
            .zip(&benefits)
            .filter_map(|(taken, line)| Some((taken.horizon_months, line.counted?)))
            .collect();
        let outcomes = (!counted.is_empty()).then(|| Outcomes::of(cost, &counted, basis.discount_rate));
        let no_ratio = match outcomes {
            None => Some(NoRatio::NoBenefit),
            Some(_) if !cost.is_positive() => Some(NoRatio::NoCost),
            Some(_) => None,
        };
        let departments = basis.departments.as_deref();
        let departments = departments.map(|parts| DepartmentFigures::of(basis, parts, outcomes.as_ref()));
        Self { costs, cost, benefits, outcomes, no_ratio, departments }
    }
}

impl BenefitTaken {
    fn line(&self, basis: &Basis) -> BenefitLine {
        let counted = self.counted(basis);
        BenefitLine { benefit: self.benefit, counted: counted.ok(), left_out: counted.err() }
    }

    /// What it counts with: the estimate that expects least, of those that say which part is due to the program.
    fn counted(&self, basis: &Basis) -> Result<Counted, LeftOut> {
        if !self.validated {
            return Err(LeftOut::NotValidated);
        }
        let respondents = self.respondents.and_then(|people| u64::try_from(people).ok());
        if respondents.is_some_and(|people| people > basis.cohort) {
            return Err(LeftOut::MoreThanTheCohort);
        }
        let worths = self.estimates.iter().enumerate();
        let worths = worths.filter_map(|(at, estimate)| Some((at, Worth::of(estimate)?)));
        let least = worths.min_by_key(|(at, worth)| (worth.expected, worth.high, *at));
        let (estimate, worth) = least.ok_or(LeftOut::NoIsolation)?;
        let over = |months: i32| worth.over(months, basis.currency);
        Ok(Counted { estimate, annual: over(12), over_horizon: over(self.horizon_months) })
    }
}

impl Outcomes {
    fn of(cost: Money, counted: &[(i32, Counted)], discount_rate: Share) -> Self {
        let discount = MonthlyDiscount::at(discount_rate);
        let outcome = |end: fn(&Range) -> Money| Outcome::of(cost, counted, discount, end);
        Self {
            low: outcome(|range| range.low),
            expected: outcome(|range| range.expected),
            high: outcome(|range| range.high),
        }
    }
}

impl Outcome {
    fn of(
        cost: Money,
        counted: &[(i32, Counted)],
        discount: MonthlyDiscount,
        end: fn(&Range) -> Money,
    ) -> Self {
        let currency = cost.currency();
        let annual = total(counted.iter().map(|(_, counted)| end(&counted.annual)), currency);
        let benefit = total(counted.iter().map(|(_, counted)| end(&counted.over_horizon)), currency);
        let net = Money::sum(benefit.minor().saturating_sub(cost.minor()), currency);
        let today = counted.iter().fold(0_i128, |sum, (months, counted)| {
            let months = discount.annuity(u32::try_from(*months).unwrap_or(0));
            sum.saturating_add(i128::from(end(&counted.annual).minor()).saturating_mul(months))
        });
        let today = rounded(today, MonthlyDiscount::places().saturating_mul(12), currency);
        let paid = cost.is_positive();
        let ratio = Fixed::quotient(benefit.minor().into(), cost.minor().into());
        let months = i128::from(cost.minor()).saturating_mul(12);
        Self {
            benefit,
            net,
            roi_percent: roi_percent(net, cost),
            benefit_cost_ratio: ratio.filter(|_| paid),
            payback_months: Fixed::quotient(months, annual.minor().into()).filter(|_| paid),
            net_present_value: Money::sum(today.minor().saturating_sub(cost.minor()), currency),
        }
    }
}

/// What is left after a cost, as a percentage of it; nothing where nothing was spent.
pub(super) fn roi_percent(net: Money, cost: Money) -> Option<Fixed<2>> {
    let net = i128::from(net.minor()).saturating_mul(100);
    Fixed::quotient(net, cost.minor().into()).filter(|_| cost.is_positive())
}

#[cfg(test)]
mod tests;
