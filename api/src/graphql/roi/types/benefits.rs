//! Benefits and their estimates.

use async_graphql::{Context, ID, Object, SimpleObject};
use upskill_domain::access::Action;
use upskill_domain::kernel::BenefitId;
use upskill_domain::roi as domain;

use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated};
use crate::graphql::id::wire;
use crate::graphql::organization::Employee;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::plain::Known;
use crate::graphql::programs::Program;
use crate::graphql::roi::inputs::{BenefitKind, BenefitStatus, EstimateSource, IsolationMethod};
use crate::graphql::roi::loaders::Benefits;
use crate::graphql::scalars::{DateTime, Money};

/// What a program brought in one respect, as people estimated it. It counts in reports once somebody else than who recorded
/// it has validated it. For `HR_ADMIN`, `HR_ANALYST` and FINANCE.
#[derive(Clone)]
pub(crate) struct Benefit(domain::Benefit);

impl From<domain::Benefit> for Benefit {
    fn from(benefit: domain::Benefit) -> Self {
        Self(benefit)
    }
}

impl Benefit {
    /// The benefit with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: BenefitId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<Benefits, _>(id).await?.map(Self))
    }
}

impl Known for Benefit {
    const KNOWN: &'static [&'static str] = &[
        "id",
        "kind",
        "title",
        "horizonMonths",
        "respondents",
        "status",
        "recordedAt",
        "validatedAt",
        "withdrawnAt",
        "version",
    ];
}

/// What a program brought in one respect, as people estimated it. It counts in reports once somebody else than who recorded
/// it has validated it. For `HR_ADMIN`, `HR_ANALYST` and FINANCE.
#[Object]
impl Benefit {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// The program.
    async fn program(&self, ctx: &Context<'_>) -> Isolated<Program> {
        Program::load(ctx, self.0.program).await.transpose()
    }

    /// In which respect.
    async fn kind(&self) -> BenefitKind {
        self.0.kind.into()
    }

    /// What it is.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// What was estimated. Of estimates that differ, the one that expects least counts.
    async fn estimates(&self) -> Vec<BenefitEstimate> {
        self.0.estimates.iter().map(Into::into).collect()
    }

    /// For how many months it is counted.
    async fn horizon_months(&self) -> i32 {
        self.0.horizon_months
    }

    /// At how many people of the program it was seen; null where it is not a matter of people.
    async fn respondents(&self) -> Option<i32> {
        self.0.respondents
    }

    /// Where it is in its life.
    async fn status(&self) -> BenefitStatus {
        self.0.status.into()
    }

    /// Who recorded it; null for the installation itself.
    #[graphql(directive = personal::apply(DataClass::Activity, who(Action::ReadRoi)))]
    async fn recorded_by(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.recorded_by?).await.transpose()
    }

    /// When it was recorded.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.0.recorded_at)
    }

    /// Who confirmed it, somebody else than who recorded it; null while nobody has, and for the installation itself.
    #[graphql(directive = personal::apply(DataClass::Activity, who(Action::ReadRoi)))]
    async fn validated_by(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.validated_by?).await.transpose()
    }

    /// When it was confirmed; null while it is not.
    async fn validated_at(&self) -> Option<DateTime> {
        self.0.validated_at.map(DateTime)
    }

    /// Since when it counts in no further report; null while it does.
    async fn withdrawn_at(&self) -> Option<DateTime> {
        self.0.withdrawn_at.map(DateTime)
    }

    /// Counts its changes; give it back to `validateBenefit` to be sure that it is what was read.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// What one source says that a benefit is worth.
#[derive(SimpleObject)]
pub(crate) struct BenefitEstimate {
    /// Who says so.
    source: EstimateSource,
    /// How they come to it.
    grounds: String,
    /// What it is worth in a year, over all people at whom it was seen.
    annual_value: Money,
    /// How it was told which part is due to the program; null where it was not, and then the estimate does not count.
    isolation_method: Option<IsolationMethod>,
    /// The part that is due to the program, in hundredths of a percent; null where that was not told.
    isolation_basis_points: Option<i32>,
    /// How sure the source is, in hundredths of a percent.
    confidence_basis_points: i32,
}

impl From<&domain::Estimate> for BenefitEstimate {
    fn from(estimate: &domain::Estimate) -> Self {
        Self {
            source: estimate.source.into(),
            grounds: estimate.grounds.clone(),
            annual_value: estimate.annual_value.into(),
            isolation_method: estimate.isolation.map(|isolation| isolation.method.into()),
            isolation_basis_points: estimate.isolation.map(|isolation| isolation.share.basis_points()),
            confidence_basis_points: estimate.confidence.basis_points(),
        }
    }
}
