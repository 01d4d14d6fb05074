//! What can be done with cost bands, benefits and reports, and what all of it shares.

mod bands;
mod benefits;
mod gathering;
mod reports;

pub use bands::{PlaceInCostBand, SetCostBands};
pub use benefits::{RecordBenefit, ValidateBenefit, WithdrawBenefit};
pub use reports::CreateRoiReport;

use crate::app::Core;

/// The use cases of the return on investment.
#[derive(Clone, Copy)]
pub struct Roi<'a> {
    pub(super) core: &'a Core,
}

impl<'a> Roi<'a> {
    pub(crate) fn new(core: &'a Core) -> Self {
        Self { core }
    }
}
