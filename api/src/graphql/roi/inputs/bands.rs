//! Cost bands to set, and people to put into them.

use async_graphql::InputObject;
use upskill_domain::kernel::{CostBandId, EmployeeId};
use upskill_domain::roi as domain;

use super::amount;
use crate::graphql::error::ApiError;
use crate::graphql::id::Id;
use crate::graphql::key::key;
use crate::graphql::scalars::MoneyInput;

/// Cost bands to set: all of them or none.
#[derive(InputObject)]
pub(crate) struct SetCostBandsInput {
    /// The bands, 1 to 100, each code once. Bands of other codes stay as they are.
    bands: Vec<CostBandInput>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

/// What an hour of a group of employees costs.
#[derive(InputObject)]
pub(crate) struct CostBandInput {
    /// What tells it apart: 1 to 40 characters. A band of the same code is changed.
    code: String,
    /// Its name: 1 to 200 characters.
    name: String,
    /// What an hour costs, wages and everything that comes with them: above 0, in the employer's currency.
    hourly_cost: MoneyInput,
}

impl TryFrom<SetCostBandsInput> for domain::SetCostBands {
    type Error = ApiError;
    fn try_from(input: SetCostBandsInput) -> Result<Self, ApiError> {
        let bands = input.bands.into_iter().map(|band| {
            Ok(domain::GivenBand {
                code: band.code,
                name: band.name,
                hourly_cost: amount("input.bands.hourlyCost", &band.hourly_cost)?,
            })
        });
        Ok(Self { key: key(input.idempotency_key)?, bands: bands.collect::<Result<_, ApiError>>()? })
    }
}

/// People to put into a cost band.
#[derive(InputObject)]
pub(crate) struct PlaceInCostBandInput {
    /// Who: 1 to 500 people.
    employee_ids: Vec<Id<EmployeeId>>,
    /// Which band; null to take them out of theirs. Who is in no band costs as much as the dearest one.
    band_id: Option<Id<CostBandId>>,
}

impl From<PlaceInCostBandInput> for domain::PlaceInCostBand {
    fn from(input: PlaceInCostBandInput) -> Self {
        Self {
            employees: input.employee_ids.into_iter().map(|id| id.0).collect(),
            band: input.band_id.map(|id| id.0),
        }
    }
}
