//! What is given in about cost bands, benefits and reports.

mod bands;
mod benefits;
mod insights;
mod reports;
mod words;

pub(crate) use bands::{PlaceInCostBandInput, SetCostBandsInput};
pub(crate) use benefits::{BenefitFilter, RecordBenefitInput, ValidateBenefitInput, WithdrawBenefitInput};
pub(crate) use insights::{RetentionGroup, RetentionStatus, Suppression};
pub(crate) use reports::{CreateRoiReportInput, RoiReportFilter};
pub(crate) use words::{
    BenefitKind, BenefitStatus, EstimateSource, IntangibleKind, IsolationMethod, RoiBenefitLeftOut,
    RoiCostKind, RoiMissingData, RoiNoRatio,
};

use upskill_domain::kernel::Money;

use crate::graphql::error::ApiError;
use crate::graphql::scalars::MoneyInput;

/// An amount, or which argument holds none.
pub(crate) fn amount(argument: &'static str, money: &MoneyInput) -> Result<Money, ApiError> {
    money.read().map_err(|error| ApiError::bad_input(argument, error.to_string()))
}
