//! The objects of the return on investment.

mod bands;
mod benefits;
mod lines;
mod reports;

pub(crate) use bands::{CostBand, EmployeeRoi};
pub(crate) use benefits::Benefit;
pub(crate) use reports::RoiReport;
