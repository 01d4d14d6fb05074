//! Reading cost bands, benefits and reports.

mod insights;

use crate::access::{Action, Actor, policy};
use crate::kernel::{BenefitId, CostBandId, EmployeeId, EmployerId, Fault, Page, PageRequest, RoiReportId};

use super::{Benefit, BenefitFilter, CostBand, Roi, RoiBreak, RoiReport, RoiReportFilter};

/// Reports that a verification reads at a time.
const VERIFY_BATCH: u32 = 100;

impl Roi<'_> {
    /// Those of the cost bands that the actor may see.
    pub async fn cost_bands_by_id(self, actor: &Actor, ids: &[CostBandId]) -> Result<Vec<CostBand>, Fault> {
        match policy::scope(actor, Action::ReadCostBands) {
            Some(scope) => self.core.store.reads().cost_bands_by_id(scope, ids).await,
            None => Ok(Vec::new()),
        }
    }

    /// Every cost band, by code.
    pub async fn cost_bands(self, actor: &Actor) -> Result<Vec<CostBand>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadCostBands)?;
        self.core.store.reads().cost_bands(scope).await
    }

    /// The bands that people are in, where the actor may see them.
    pub async fn cost_bands_by_employee(
        self,
        actor: &Actor,
        employees: &[EmployeeId],
    ) -> Result<Vec<(EmployeeId, CostBand)>, Fault> {
        match policy::scope(actor, Action::ReadCostBands) {
            Some(scope) => self.core.store.reads().cost_bands_by_employee(scope, employees).await,
            None => Ok(Vec::new()),
        }
    }

    /// Those of the benefits that the actor may see.
    pub async fn benefits_by_id(self, actor: &Actor, ids: &[BenefitId]) -> Result<Vec<Benefit>, Fault> {
        match policy::scope(actor, Action::ReadRoi) {
            Some(scope) => self.core.store.reads().benefits_by_id(scope, ids).await,
            None => Ok(Vec::new()),
        }
    }

    /// The same page of several lists of benefits, the oldest first.
    pub async fn benefits(
        self,
        actor: &Actor,
        lists: &[BenefitFilter],
        page: &PageRequest,
    ) -> Result<Vec<Page<Benefit>>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadRoi)?;
        self.core.store.reads().benefits(scope, lists, page).await
    }

    /// How many benefits each list has.
    pub async fn count_benefits(self, actor: &Actor, lists: &[BenefitFilter]) -> Result<Vec<u64>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadRoi)?;
        self.core.store.reads().count_benefits(scope, lists).await
    }

    /// Those of the reports that the actor may see.
    pub async fn reports_by_id(self, actor: &Actor, ids: &[RoiReportId]) -> Result<Vec<RoiReport>, Fault> {
        match policy::scope(actor, Action::ReadRoi) {
            Some(scope) => self.core.store.reads().roi_reports_by_id(scope, ids).await,
            None => Ok(Vec::new()),
        }
    }

    /// The same page of several lists of reports, the newest first.
    pub async fn reports(
        self,
        actor: &Actor,
        lists: &[RoiReportFilter],
        page: &PageRequest,
    ) -> Result<Vec<Page<RoiReport>>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadRoi)?;
        self.core.store.reads().roi_reports(scope, lists, page).await
    }

    /// How many reports each list has.
    pub async fn count_reports(self, actor: &Actor, lists: &[RoiReportFilter]) -> Result<Vec<u64>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadRoi)?;
        self.core.store.reads().count_roi_reports(scope, lists).await
    }

    /// Computes every report again from what it kept, and answers with how many there are or the first that comes out
    /// otherwise. For the installation itself.
    pub async fn verify(self, employer: EmployerId) -> Result<Result<u64, RoiBreak>, Fault> {
        let (mut last, mut verified) = (None, 0_u64);
        loop {
            let reports = self.core.store.reads().roi_reports_to_verify(employer, last, VERIFY_BATCH).await?;
            let Some(end) = reports.last() else { return Ok(Ok(verified)) };
            last = Some(end.id);
            if let Some(report) = reports.iter().find(|report| !report.holds()) {
                return Ok(Err(RoiBreak { report: report.id }));
            }
            verified = verified.saturating_add(u64::try_from(reports.len()).unwrap_or(u64::MAX));
        }
    }
}
