//! How benefits, cost bands and reports are stored, and what the records know of costs.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::access::Scope;
use crate::kernel::{
    BenefitId, CostBandId, DepartmentId, EmployeeId, EmployerId, Fault, Page, PageRequest, Period, ProgramId,
    RoiReportId,
};

use super::{
    AskedPlace, Benefit, BenefitStatus, CostBand, DepartmentWatched, Figures, Hours, RoiReport, Spend,
    Workplace,
};

/// Writes within one employer's transaction.
#[async_trait]
pub trait RoiWrites: Send {
    /// Every cost band, by code, locked.
    async fn lock_cost_bands(&mut self) -> Result<Vec<CostBand>, Fault>;
    /// Adds or replaces cost bands by id.
    async fn save_cost_bands(&mut self, bands: &[CostBand]) -> Result<(), Fault>;
    /// The bands that people are in, of those who are in one.
    async fn cost_bands_of(
        &mut self,
        employees: &[EmployeeId],
    ) -> Result<Vec<(EmployeeId, CostBandId)>, Fault>;
    /// Puts people into a band, or takes them out of theirs.
    async fn place_in_cost_band(
        &mut self,
        employees: &[EmployeeId],
        band: Option<CostBandId>,
    ) -> Result<(), Fault>;
    /// A benefit, locked.
    async fn lock_benefit(&mut self, id: BenefitId) -> Result<Option<Benefit>, Fault>;
    /// The benefits of a program that were not withdrawn, the oldest first.
    async fn benefits_of(&mut self, program: ProgramId) -> Result<Vec<Benefit>, Fault>;
    /// Adds or replaces a benefit by id.
    async fn save_benefit(&mut self, benefit: &Benefit) -> Result<(), Fault>;
    /// How many people had joined a program, whatever became of them then, by where they work now.
    async fn cohort_of(&mut self, program: ProgramId) -> Result<Vec<(Workplace, u64)>, Fault>;
    /// What ledgers spent on a program within some days, by currency and by where the people work now: on its requests, and on
    /// those that fund places of it.
    async fn spend_of(&mut self, program: ProgramId, window: Period) -> Result<Vec<Spend>, Fault>;
    /// The working time of a program's places that were booked or taken from one instant up to another, by cost band and by
    /// where the people work now, and how many of those places have no known hours. A place takes the time that the person
    /// is released for, else the whole workload, or what they logged of working time where that is more; one that was given
    /// up takes what they logged.
    async fn hours_of(
        &mut self,
        program: ProgramId,
        window: (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<(Vec<Hours>, u64), Fault>;
    /// The number of the last report about a program.
    async fn last_roi_report_number(&mut self, program: ProgramId) -> Result<Option<i32>, Fault>;
    /// A report.
    async fn roi_report(&mut self, id: RoiReportId) -> Result<Option<RoiReport>, Fault>;
    /// Adds a report.
    async fn insert_roi_report(&mut self, report: &RoiReport) -> Result<(), Fault>;
}

/// Which benefits a reader wants. A list that is not there means "any", an empty one "none".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct BenefitFilter {
    /// Of one of these programs.
    pub programs: Option<Vec<ProgramId>>,
    /// Of one of these statuses.
    pub statuses: Option<Vec<BenefitStatus>>,
}

/// Which reports a reader wants. A list that is not there means "any", an empty one "none".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct RoiReportFilter {
    /// About one of these programs.
    pub programs: Option<Vec<ProgramId>>,
}

/// Reads of benefits, cost bands and reports.
#[async_trait]
pub trait RoiReads: Send + Sync {
    /// Cost bands by id.
    async fn cost_bands_by_id(&self, scope: Scope, ids: &[CostBandId]) -> Result<Vec<CostBand>, Fault>;
    /// Every cost band, by code.
    async fn cost_bands(&self, scope: Scope) -> Result<Vec<CostBand>, Fault>;
    /// The bands that people are in, of those who are in one.
    async fn cost_bands_by_employee(
        &self,
        scope: Scope,
        employees: &[EmployeeId],
    ) -> Result<Vec<(EmployeeId, CostBand)>, Fault>;
    /// Benefits by id.
    async fn benefits_by_id(&self, scope: Scope, ids: &[BenefitId]) -> Result<Vec<Benefit>, Fault>;
    /// The same page of several lists of benefits, the oldest first.
    async fn benefits(
        &self,
        scope: Scope,
        lists: &[BenefitFilter],
        page: &PageRequest,
    ) -> Result<Vec<Page<Benefit>>, Fault>;
    /// How many benefits each list has.
    async fn count_benefits(&self, scope: Scope, lists: &[BenefitFilter]) -> Result<Vec<u64>, Fault>;
    /// Reports by id.
    async fn roi_reports_by_id(&self, scope: Scope, ids: &[RoiReportId]) -> Result<Vec<RoiReport>, Fault>;
    /// The same page of several lists of reports, the newest first.
    async fn roi_reports(
        &self,
        scope: Scope,
        lists: &[RoiReportFilter],
        page: &PageRequest,
    ) -> Result<Vec<Page<RoiReport>>, Fault>;
    /// What the newest report of every program came to.
    async fn newest_roi_figures(&self, scope: Scope) -> Result<Vec<Figures>, Fault>;
    /// How many reports each list has.
    async fn count_roi_reports(&self, scope: Scope, lists: &[RoiReportFilter]) -> Result<Vec<u64>, Fault>;
    /// The departments that a program is meant for, and those below them; none where it is meant for the whole employer.
    async fn meant_departments(&self, scope: Scope, program: ProgramId) -> Result<Vec<DepartmentId>, Fault>;
    /// How people of each department left over three years. Whoever moved counts where they are, or were last.
    async fn watched_departments(
        &self,
        scope: Scope,
        years: [Period; 3],
    ) -> Result<Vec<DepartmentWatched>, Fault>;
    /// Courses that were completed from one instant up to another and that somebody was asked about.
    async fn asked_places(
        &self,
        scope: Scope,
        between: (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<Vec<AskedPlace>, Fault>;
    /// Reports beyond one, in the order of their ids, for verification.
    async fn roi_reports_to_verify(
        &self,
        employer: EmployerId,
        beyond: Option<RoiReportId>,
        limit: u32,
    ) -> Result<Vec<RoiReport>, Fault>;
}
