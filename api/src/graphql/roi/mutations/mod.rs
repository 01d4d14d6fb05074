//! What can be done with cost bands, benefits and reports.

mod bands;
mod benefits;
mod reports;

use async_graphql::MergedObject;

/// Mutations of the return on investment.
#[derive(MergedObject, Default)]
pub(crate) struct RoiMutations(bands::BandMutations, benefits::BenefitMutations, reports::ReportMutations);
