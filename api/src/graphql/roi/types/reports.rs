//! Reports of the return on investment.

use async_graphql::{Context, ID, Object, SimpleObject};
use upskill_domain::access::Action;
use upskill_domain::kernel::RoiReportId;
use upskill_domain::roi as domain;

use super::departments::RoiDepartment;
use super::lines::{RoiBenefitLine, RoiCostLine, RoiIntangible};
use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated};
use crate::graphql::id::wire;
use crate::graphql::organization::Employee;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::plain::Known;
use crate::graphql::programs::Program;
use crate::graphql::roi::inputs::{RoiMissingData, RoiNoRatio};
use crate::graphql::roi::loaders::Reports;
use crate::graphql::scalars::{Date, DateTime, Decimal, Money};

/// What a program took and what it brought: one numbered version, with everything that it was computed from. It never
/// changes, whatever becomes of prices, cost bands, benefits and people. For `HR_ADMIN`, `HR_ANALYST` and FINANCE.
#[derive(Clone)]
pub(crate) struct RoiReport(Box<domain::RoiReport>);

impl From<domain::RoiReport> for RoiReport {
    fn from(report: domain::RoiReport) -> Self {
        Self(Box::new(report))
    }
}

impl RoiReport {
    /// The report with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: RoiReportId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<Reports, _>(id).await?.map(Self::from))
    }

    fn outcome(&self, of: impl Fn(&domain::Outcomes) -> domain::Outcome) -> Option<RoiOutcome> {
        self.0.figures.outcomes.as_ref().map(|outcomes| of(outcomes).into())
    }
}

impl Known for RoiReport {
    const KNOWN: &'static [&'static str] = &[
        "id",
        "number",
        "startsOn",
        "endsOn",
        "cohort",
        "minimumGroupSize",
        "discountRateBasisPoints",
        "administrationBasisPoints",
        "missingData",
        "placesWithoutHours",
        "costLines",
        "cost",
        "intangibles",
        "low",
        "expected",
        "high",
        "noRatio",
        "departmentsKept",
        "createdAt",
    ];
}

/// What a program took and what it brought: one numbered version, with everything that it was computed from. It never
/// changes, whatever becomes of prices, cost bands, benefits and people. For `HR_ADMIN`, `HR_ANALYST` and FINANCE.
#[Object]
impl RoiReport {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// The program.
    async fn program(&self, ctx: &Context<'_>) -> Isolated<Program> {
        Program::load(ctx, self.0.program).await.transpose()
    }

    /// Which version of the program's report it is, counted from 1.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// The first of the days whose costs count.
    async fn starts_on(&self) -> Date {
        Date(self.0.basis.window.from())
    }

    /// The last of the days whose costs count.
    async fn ends_on(&self) -> Date {
        Date(self.0.basis.window.to())
    }

    /// How many people had joined the program, whatever became of them then. Of those who gave no data nothing is counted.
    async fn cohort(&self) -> i32 {
        i32::try_from(self.0.basis.cohort).unwrap_or(i32::MAX)
    }

    /// The smallest group of people that the employer's reports spoke about then. There is no report about fewer.
    async fn minimum_group_size(&self) -> i32 {
        i32::try_from(self.0.basis.minimum_group_size.people()).unwrap_or(i32::MAX)
    }

    /// What money of a year later was taken to be worth less, in hundredths of a percent.
    async fn discount_rate_basis_points(&self) -> i32 {
        self.0.basis.discount_rate.basis_points()
    }

    /// What ran beside everything else, as a part of it, in hundredths of a percent.
    async fn administration_basis_points(&self) -> i32 {
        self.0.basis.administration.basis_points()
    }

    /// What was done where data were missing.
    async fn missing_data(&self) -> Vec<RoiMissingData> {
        self.0.basis.missing_data.iter().copied().map(Into::into).collect()
    }

    /// Places in courses of which nobody knew how long they take, so that their hours are not among the costs.
    async fn places_without_hours(&self) -> i32 {
        i32::try_from(self.0.basis.places_without_hours).unwrap_or(i32::MAX)
    }

    /// The costs. They add up to `cost`.
    async fn cost_lines(&self) -> Vec<RoiCostLine> {
        RoiCostLine::of(&self.0)
    }

    /// What the program took.
    async fn cost(&self) -> Money {
        self.0.figures.cost.into()
    }

    /// The benefits as they were then, those that do not count among them. Those that count add up to the `benefit` of each
    /// outcome.
    async fn benefit_lines(&self) -> Vec<RoiBenefitLine> {
        RoiBenefitLine::of(&self.0)
    }

    /// What the program brought that is not told in money.
    async fn intangibles(&self) -> Vec<RoiIntangible> {
        self.0.basis.intangibles.iter().map(Into::into).collect()
    }

    /// What comes of the program at the low end of every benefit; null when no benefit counts.
    async fn low(&self) -> Option<RoiOutcome> {
        self.outcome(|outcomes| outcomes.low)
    }

    /// What comes of the program as expected; null when no benefit counts.
    async fn expected(&self) -> Option<RoiOutcome> {
        self.outcome(|outcomes| outcomes.expected)
    }

    /// What comes of the program at the high end of every benefit; null when no benefit counts.
    async fn high(&self) -> Option<RoiOutcome> {
        self.outcome(|outcomes| outcomes.high)
    }

    /// Why there is no ratio of benefit to cost; null when there is one.
    async fn no_ratio(&self) -> Option<RoiNoRatio> {
        self.0.figures.no_ratio.map(Into::into)
    }

    /// What of it is whose, department by department, those that are suppressed at the end. Empty where `departmentsKept` is
    /// false.
    async fn departments(&self) -> Vec<RoiDepartment> {
        RoiDepartment::of(&self.0)
    }

    /// Whether the report knows departments. One that was made before reports did never learns of them, since a report never
    /// changes; the next report of its program does.
    async fn departments_kept(&self) -> bool {
        self.0.figures.departments.is_some()
    }

    /// Who made it; null for the installation itself.
    #[graphql(directive = personal::apply(DataClass::Activity, who(Action::ReadRoi)))]
    async fn created_by(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.created_by?).await.transpose()
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

/// What comes of a program.
#[derive(SimpleObject)]
pub(crate) struct RoiOutcome {
    /// All benefits that count, over their horizons.
    benefit: Money,
    /// The benefit less the cost.
    net_benefit: Money,
    /// The net benefit as a percentage of the cost, with two decimals: `"180.00"`. Null where nothing was spent.
    roi_percent: Option<Decimal>,
    /// Benefit by cost, with four decimals: `"2.8000"`. Null where nothing was spent.
    benefit_cost_ratio: Option<Decimal>,
    /// After how many months the benefit of a year makes up for the cost, with two decimals: `"4.29"`. Null where nothing was
    /// spent.
    payback_months: Option<Decimal>,
    /// What it is all worth at the discount rate: costs at once, benefits at the end of every month of their horizons.
    net_present_value: Money,
}

impl From<domain::Outcome> for RoiOutcome {
    fn from(outcome: domain::Outcome) -> Self {
        Self {
            benefit: outcome.benefit.into(),
            net_benefit: outcome.net.into(),
            roi_percent: outcome.roi_percent.map(|percent| Decimal(percent.to_string())),
            benefit_cost_ratio: outcome.benefit_cost_ratio.map(|ratio| Decimal(ratio.to_string())),
            payback_months: outcome.payback_months.map(|months| Decimal(months.to_string())),
            net_present_value: outcome.net_present_value.into(),
        }
    }
}
