//! Checking that reports hold (R3).

use crate::kernel::RoiReportId;

/// A report that does not come out again as it was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the figures of {report} are not those that it comes to from what it is based on")]
pub struct RoiBreak {
    /// Which report.
    pub report: RoiReportId,
}
