//! The objects of the return on investment.

mod bands;
mod benefits;
mod departments;
mod lines;
mod reports;
mod retention;
mod scrap;

pub(crate) use bands::{CostBand, EmployeeRoi};
pub(crate) use benefits::Benefit;
pub(crate) use departments::RoiFigures;
pub(crate) use reports::RoiReport;
pub(crate) use retention::RetentionEffect;
pub(crate) use scrap::ScrapLearning;
