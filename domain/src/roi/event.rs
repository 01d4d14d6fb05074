//! What happens to benefits, cost bands and reports.
//!
//! Payloads hold ids, not amounts of estimates or hourly costs: the journal is read by more people than those.

use serde::Serialize;

use crate::journal::{Event, Subject};
use crate::kernel::{BenefitId, CostBandId, EmployeeId, ProgramId, RoiReportId};

/// An event of this capability.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "the fields are the event's words")]
pub enum RoiEvent {
    /// A cost band came to be or changed.
    CostBandSet { cost_band: CostBandId, code: String },
    /// Somebody was put into a cost band, or taken out of theirs.
    EmployeePlacedInCostBand { employee: EmployeeId, cost_band: Option<CostBandId> },
    /// Somebody put down what a program brought.
    BenefitRecorded { benefit: BenefitId, program: ProgramId },
    /// Somebody else confirmed it.
    BenefitValidated { benefit: BenefitId, program: ProgramId },
    /// It was taken back.
    BenefitWithdrawn { benefit: BenefitId, program: ProgramId },
    /// A report was made.
    ReportCreated { roi_report: RoiReportId, program: ProgramId, number: i32 },
}

impl Event for RoiEvent {
    const KINDS: &'static [&'static str] = &[
        "roi.cost_band_set",
        "roi.employee_placed_in_cost_band",
        "roi.benefit_recorded",
        "roi.benefit_validated",
        "roi.benefit_withdrawn",
        "roi.report_created",
    ];

    fn kind(&self) -> &'static str {
        match self {
            Self::CostBandSet { .. } => "roi.cost_band_set",
            Self::EmployeePlacedInCostBand { .. } => "roi.employee_placed_in_cost_band",
            Self::BenefitRecorded { .. } => "roi.benefit_recorded",
            Self::BenefitValidated { .. } => "roi.benefit_validated",
            Self::BenefitWithdrawn { .. } => "roi.benefit_withdrawn",
            Self::ReportCreated { .. } => "roi.report_created",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::CostBandSet { cost_band, .. } => Subject::of(*cost_band),
            Self::EmployeePlacedInCostBand { employee, .. } => Subject::of(*employee),
            Self::BenefitRecorded { benefit, .. }
            | Self::BenefitValidated { benefit, .. }
            | Self::BenefitWithdrawn { benefit, .. } => Subject::of(*benefit),
            Self::ReportCreated { roi_report, .. } => Subject::of(*roi_report),
        }
    }
}
