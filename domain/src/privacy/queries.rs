//! What is kept of somebody, and what erasing them would do.

use super::commands::{erasure_of, own};
use super::{EmployeeErasure, Privacy, RecordPage, RecordPlace, Section};
use crate::access::{Action, Actor, policy};
use crate::kernel::{EmployeeId, Fault};

/// Records that are read at a time, so that an export takes the same memory however much there is.
const PAGE: u32 = 500;

impl Privacy<'_> {
    /// Some records of a section of an export that was opened, after a place.
    pub async fn records(
        self,
        actor: &Actor,
        employee: EmployeeId,
        section: &'static Section,
        after: Option<&RecordPlace>,
    ) -> Result<RecordPage, Fault> {
        policy::require(actor, Action::ExportPersonalData, own(actor, employee))?;
        let reads = self.core.store.reads();
        reads.personal_records(actor.employer, employee, section, (after, PAGE)).await
    }

    /// What erasing somebody would do; none where there is no such person. Nothing is written.
    pub async fn erasure(
        self,
        actor: &Actor,
        employee: EmployeeId,
    ) -> Result<Option<EmployeeErasure>, Fault> {
        policy::require(actor, Action::EraseEmployee, &[])?;
        let mut look = self.core.store.look(actor.employer).await?;
        match erasure_of(&mut *look, employee).await {
            Ok(report) => Ok(Some(report)),
            Err(Fault::NotFound { .. }) => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    /// Refuses who may not read which fields tell of people.
    pub fn require_monitor(self, actor: &Actor) -> Result<(), Fault> {
        policy::require(actor, Action::ReadMonitoredFields, &[]).map(|_| ())
    }
}
