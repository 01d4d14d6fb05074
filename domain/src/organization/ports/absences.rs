//! How absences are stored.

use async_trait::async_trait;
use chrono::NaiveDate;

use crate::access::Scope;
use crate::kernel::{AbsenceId, EmployeeId, Fault, Page, PageRequest};
use crate::organization::{Absence, AbsenceFilter};

/// Writes of absences within one employer's transaction.
#[async_trait]
pub trait AbsenceWrites: Send {
    /// An absence, locked.
    async fn lock_absence(&mut self, id: AbsenceId) -> Result<Option<Absence>, Fault>;
    /// Those of a person whose last day is this one or a later one.
    async fn absences_of(&mut self, employee: EmployeeId, day: NaiveDate) -> Result<Vec<Absence>, Fault>;
    /// Adds or replaces an absence by id.
    async fn save_absence(&mut self, absence: &Absence) -> Result<(), Fault>;
}

/// Reads of absences. Under [`crate::access::Reach::Related`] a person sees their own.
#[async_trait]
pub trait AbsenceReads: Send + Sync {
    /// Absences by id.
    async fn absences_by_id(&self, scope: Scope, ids: &[AbsenceId]) -> Result<Vec<Absence>, Fault>;
    /// The same page of several lists of absences, the newest first.
    async fn absences(
        &self,
        scope: Scope,
        lists: &[AbsenceFilter],
        page: &PageRequest,
    ) -> Result<Vec<Page<Absence>>, Fault>;
    /// How many absences each list has.
    async fn count_absences(&self, scope: Scope, lists: &[AbsenceFilter]) -> Result<Vec<u64>, Fault>;
}
