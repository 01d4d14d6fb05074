//! What of a report is whose.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::kernel;
use upskill_domain::roi::{self as domain, Returns, Whose, Workplace};

use crate::graphql::error::Isolated;
use crate::graphql::organization::Department;
use crate::graphql::plain::Plain;
use crate::graphql::roi::inputs::Suppression;
use crate::graphql::scalars::{Decimal, Money};

/// What a program took for the people of one department, without those below it, and what it brought there; or why that is not
/// told. A person counts in the department where they worked when the report was made.
pub(crate) struct RoiDepartment {
    workplace: Workplace,
    told: Result<Returns, kernel::Suppression>,
}

impl RoiDepartment {
    /// Each department that a report is about; those that it must not tell of at the end.
    pub(super) fn of(report: &domain::RoiReport) -> Vec<Self> {
        let parts = report.figures.departments.iter().flatten();
        let rows = parts.flat_map(|part| match &part.whose {
            Whose::One(workplace) => vec![Self { workplace: *workplace, told: Ok(part.returns) }],
            Whose::Together(several) => {
                let hidden = |(workplace, reason): &(Workplace, kernel::Suppression)| Self {
                    workplace: *workplace,
                    told: Err(*reason),
                };
                several.iter().map(hidden).collect()
            }
        });
        rows.collect()
    }
}

/// What a program took for the people of one department, without those below it, and what it brought there; or why that is not
/// told. A person counts in the department where they worked when the report was made.
#[Object]
impl RoiDepartment {
    /// The department; null for those who worked in none.
    async fn department(&self, ctx: &Context<'_>) -> Isolated<Department> {
        Department::load(ctx, self.workplace?).await.transpose()
    }

    /// The figures; null when they are suppressed.
    async fn figures(&self) -> Option<Plain<RoiFigures>> {
        self.told.as_ref().ok().map(|returns| Plain(returns.into()))
    }

    /// Why the figures are not told; null when they are. They are never told as 0 instead.
    async fn suppressed(&self) -> Option<Suppression> {
        self.told.as_ref().err().map(|reason| (*reason).into())
    }
}

/// What some people's part in programs took, and what it brought.
///
/// `cost` holds what was spent on them and the working time that they took. Where fewer people of a department than the minimum
/// group size are in a line of costs, such departments share what they took together, by how many of their people are in it. What
/// is known of a whole program only is divided by its participants: costs that were stated or that few people took, and all benefits. The administration
/// share is the same part of everybody's cost.
#[derive(SimpleObject)]
pub(crate) struct RoiFigures {
    /// How many of them had joined; whoever joined two programs counts in each.
    participants: i32,
    /// What it took. All departments of a report, those that are suppressed among them, add up to the report to the minor unit, in
    /// cost and in benefit.
    cost: Money,
    /// With the low end of every benefit; null where no benefit counts.
    low: Option<Plain<RoiReturn>>,
    /// As expected of every benefit; null where no benefit counts.
    expected: Option<Plain<RoiReturn>>,
    /// With the high end of every benefit; null where no benefit counts.
    high: Option<Plain<RoiReturn>>,
}

impl From<&Returns> for RoiFigures {
    fn from(returns: &Returns) -> Self {
        let end = |end: fn(domain::Range) -> kernel::Money| {
            let benefit = end(returns.benefit?);
            let (net, roi_percent) = returns.net_of(benefit);
            Some(Plain(RoiReturn {
                benefit: benefit.into(),
                net_benefit: net.into(),
                roi_percent: roi_percent.map(|percent| Decimal(percent.to_string())),
            }))
        };
        Self {
            participants: i32::try_from(returns.participants).unwrap_or(i32::MAX),
            cost: returns.cost.into(),
            low: end(|range| range.low),
            expected: end(|range| range.expected),
            high: end(|range| range.high),
        }
    }
}

/// What is left of a benefit after the cost.
#[derive(SimpleObject)]
pub(crate) struct RoiReturn {
    /// The benefit, over its horizon.
    benefit: Money,
    /// The benefit less the cost.
    net_benefit: Money,
    /// The net benefit as a percentage of the cost, with two decimals: `"180.00"`. Null where nothing was spent.
    roi_percent: Option<Decimal>,
}
