//! What programs took and what they brought: cost bands, benefits and reports of the return on investment.

mod inputs;
mod lists;
mod loaders;
mod mutations;
mod queries;
mod types;

pub(crate) use inputs::Suppression;
pub(crate) use mutations::RoiMutations;
pub(crate) use queries::RoiQueries;
pub(crate) use types::{Benefit, CostBand, EmployeeRoi, RoiFigures, RoiReport};
