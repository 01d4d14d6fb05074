//! Neighbors that were not joined.

use upskill_domain::kernel::{BenefitId, CostBandId, EmployeeId, RoiReportId};
use upskill_domain::roi::{Benefit, CostBand, RoiReport};

use crate::graphql::loader::loader;

loader! {
    /// Those of the cost bands that the actor may see.
    CostBands: CostBandId => one CostBand, roi.cost_bands_by_id, |band| (band.id, band)
}

loader! {
    /// The cost bands of people.
    EmployeeBands: EmployeeId => one CostBand, roi.cost_bands_by_employee, |band| band
}

loader! {
    /// Those of the benefits that the actor may see.
    Benefits: BenefitId => one Benefit, roi.benefits_by_id, |benefit| (benefit.id, benefit)
}

loader! {
    /// Those of the reports that the actor may see.
    Reports: RoiReportId => one RoiReport, roi.reports_by_id, |report| (report.id, report)
}
