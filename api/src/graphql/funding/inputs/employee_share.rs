//! What employees are to pay themselves.

use async_graphql::InputObject;
use upskill_domain::funding as domain;

use super::policies::minor;
use crate::graphql::error::ApiError;
use crate::graphql::scalars::{Currency, Decimal};

/// What the employee is to pay themself of a price, at least, as co-funding by the EMPLOYEE. It holds where the budget is in the
/// policy's currency.
#[derive(InputObject)]
pub(crate) struct FundingPolicyEmployeeShareInput {
    /// Of every price this much is free of it: 0 or above.
    #[graphql(default_with = "Decimal(\"0\".to_owned())")]
    above: Decimal,
    /// Of the rest, hundredths of a percent: 1 to 10000.
    basis_points: i32,
}

impl FundingPolicyEmployeeShareInput {
    pub(super) fn read(self, currency: &Currency) -> Result<domain::EmployeeShare, ApiError> {
        Ok(domain::EmployeeShare { above: minor(&self.above, currency)?, basis_points: self.basis_points })
    }
}
