//! Cost bands, and who is in which.

use async_graphql::{Context, ID, Object};
use upskill_domain::kernel::{CostBandId, EmployeeId};
use upskill_domain::roi as domain;

use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated};
use crate::graphql::id::wire;
use crate::graphql::roi::loaders::{CostBands, EmployeeBands};
use crate::graphql::scalars::Money;

/// What an hour of a group of employees costs the employer, wages and everything that comes with them. Nobody's own wage is
/// kept. For `HR_ADMIN`, `HR_ANALYST` and FINANCE.
#[derive(Clone)]
pub(crate) struct CostBand(domain::CostBand);

impl From<domain::CostBand> for CostBand {
    fn from(band: domain::CostBand) -> Self {
        Self(band)
    }
}

impl CostBand {
    /// The band with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: CostBandId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<CostBands, _>(id).await?.map(Self))
    }
}

/// What an hour of a group of employees costs the employer, wages and everything that comes with them. Nobody's own wage is
/// kept. For `HR_ADMIN`, `HR_ANALYST` and FINANCE.
#[Object]
impl CostBand {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// What tells it apart.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Its name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What an hour costs, in the employer's currency.
    async fn hourly_cost(&self) -> Money {
        self.0.hourly_cost.into()
    }

    /// Counts its changes.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// What the return on investment knows of a person.
pub(crate) struct EmployeeRoi(pub(crate) EmployeeId);

/// What the return on investment knows of a person.
#[Object]
impl EmployeeRoi {
    /// What an hour of the person is counted with; null when they are in no band, or for callers other than `HR_ADMIN`,
    /// `HR_ANALYST` and FINANCE.
    async fn cost_band(&self, ctx: &Context<'_>) -> Isolated<CostBand> {
        ctx.load::<EmployeeBands, _>(self.0).await.transpose().map(|band| band.map(CostBand))
    }
}
